package session

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/export"
	"github.com/ksbcoach/ksbcoach/internal/intake"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/profile/file"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/sheet"
	"github.com/ksbcoach/ksbcoach/internal/store"
	"github.com/ksbcoach/ksbcoach/internal/xlsx"
)

// Home is the learner's home folder, the default place for files to hand on; "" if it is not known.
func (s *Session) Home() string { return s.opts.Home }

// Typed is the path meant by what somebody typed or pasted into a form, perhaps in quotes or with ~ for the home
// folder.
func (s *Session) Typed(path string) string {
	return InHome(s.opts.Home, strings.Trim(strings.TrimSpace(path), `"'`))
}

// InHome replaces ~/ at the start of a path with the home folder, as a shell would.
func InHome(home, path string) string {
	if rest, ok := strings.CutPrefix(filepath.ToSlash(path), "~/"); ok && home != "" {
		return filepath.Join(home, rest)
	}
	return path
}

// maxNumbered is the highest number that a taken name gets.
const maxNumbered = 99

// WriteNew writes a new file whose path was typed into a form, and returns its path. If the name is taken it gets a
// number, as with downloads: nothing is replaced, and nobody has to think of another name. There is a warning if the
// file is written but might not survive a power cut. It may run on any goroutine.
func (s *Session) WriteNew(file string, data []byte) (path, warning string, err error) {
	return s.writeNew(file, func(path string) error {
		_, err := store.Create(s.opts.Ops, path, data)
		return err
	})
}

// WriteNewFolder is WriteNew for several files in a folder, which it makes if it is missing.
func (s *Session) WriteNewFolder(folder string, files []export.File) (path, warning string, err error) {
	return s.writeNew(folder, func(path string) error { return s.WriteFolder(path, files, false) })
}

func (s *Session) writeNew(typed string, write func(path string) error) (path, warning string, err error) {
	first := s.Typed(typed)
	if full, err := filepath.Abs(first); err == nil { // so that messages show the folder too
		first = full
	}
	if err := HasFolder(first); err != nil {
		return "", "", err
	}
	for n := 1; ; n++ {
		path = numbered(first, n)
		err = write(path)
		switch {
		case errors.Is(err, store.ErrUnsynced):
			return path, err.Error(), nil
		case !errors.Is(err, store.ErrExists), errors.Is(err, store.ErrNotRegular), n == maxNumbered:
			return path, "", err
		}
	}
}

// WriteFolder writes files into a folder, as store.WriteFolder does.
func (s *Session) WriteFolder(folder string, files []export.File, force bool) error {
	all := map[string][]byte{}
	for _, f := range files {
		all[f.Name] = f.Data
	}
	return store.WriteFolder(s.opts.Ops, folder, all, force)
}

// numbered is the path with -n before its extension; for n = 1 it is the path itself.
func numbered(path string, n int) string {
	if n == 1 {
		return path
	}
	end := filepath.Ext(path)
	return fmt.Sprintf("%s-%d%s", strings.TrimSuffix(path, end), n, end)
}

// HasFolder refuses a path in a folder that does not exist, which is most likely a typing error.
func HasFolder(path string) error {
	dir := filepath.Dir(path)
	if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
		return profile.Refuse("make that folder first, or choose another place", "there is no folder %s",
			safetext.Quote(dir))
	}
	return nil
}

// MakeSheet writes a rating sheet for all KSBs of a record into a new file, as WriteNew does. It may run on any
// goroutine, because it uses nothing of the session but its options; that is why the record is an argument.
func (s *Session) MakeSheet(p profile.Profile, format sheet.Format, file string) (path, warning string, err error) {
	src, err := s.SheetOf(p, format, nil)
	if err != nil {
		return "", "", err
	}
	return s.WriteNew(file, src)
}

// SheetOf is a rating sheet of a record for some KSBs, or for all if none is given.
func (s *Session) SheetOf(p profile.Profile, format sheet.Format, ksbs []string) ([]byte, error) {
	title := func(ksb string) string { return s.opts.Library.Title(p.Standard, ksb) }
	return format.Make(p, s.opts.Library.Standard(p.Standard), s.opts.Library.Scale(), title, s.Today(), ksbs)
}

// ReadSheet reads a rating sheet whose path was typed into a form. It may run on any goroutine.
func (s *Session) ReadSheet(file string) (profile.Profile, error) {
	return LoadSheet(s.opts.Ops, s.Typed(file), s.opts.Library.Standard, s.Today())
}

// ReadScan reads a skills scan whose path was typed into a form. It may run on any goroutine.
func (s *Session) ReadScan(file string) ([]xlsx.Table, error) {
	return LoadScan(s.opts.Ops, s.Typed(file))
}

// LoadScan reads the sheets of a skills scan: a workbook, CSV or JSON.
func LoadScan(ops store.Ops, path string) ([]xlsx.Table, error) {
	onDisk, err := store.Load(ops, path, intake.LargestFile)
	if err != nil {
		return nil, err
	}
	tables, err := intake.Read(onDisk.Bytes())
	if err != nil {
		return nil, &FileError{path, err}
	}
	return tables, nil
}

// MayFill refuses a rating sheet in a form that has to be filled in with another program, and says with which.
func MayFill(ops store.Ops, path string) error {
	onDisk, err := store.Load(ops, path, sheet.Largest)
	if err == nil {
		err = filledElsewhere(path, onDisk.Bytes())
	}
	return err
}

// filledElsewhere is MayFill for the content of a file.
func filledElsewhere(path string, data []byte) error {
	form := sheet.FormOf(data)
	if form.Elsewhere == "" {
		return nil
	}
	return &FileError{path, profile.Refuse(form.Elsewhere, "this is %s, not a profile", form.Name)}
}

// LoadSheet reads a rating sheet in any form; it needs no profile. Errors say which file and where in it. Dates after
// today are refused, unless today is zero.
func LoadSheet(ops store.Ops, path string, find file.Find, today calendar.Date) (profile.Profile, error) {
	onDisk, err := store.Load(ops, path, sheet.Largest)
	if err != nil {
		return profile.Profile{}, err
	}
	read, err := sheet.Decode(onDisk.Bytes(), find)
	if err == nil && read.Profile.Sheet && !today.IsZero() {
		if odd := read.OddDates(today); len(odd) > 0 {
			err = file.Faults(odd)
		}
	}
	switch {
	case err != nil:
		return profile.Profile{}, &FileError{path, err}
	case !read.Profile.Sheet:
		return profile.Profile{}, profile.Refuse("ksbcoach sheet make -o FILE makes a sheet from it",
			"%s is a profile, not a rating sheet", safetext.Line(path))
	}
	return read.Profile, nil
}

// lookWait is how long looking for all the files of the evidence, or for copies, may take.
const lookWait = time.Second

// LookForEvidence returns a function that looks for the files of the evidence; it may run on any goroutine. It says for
// the ID of each piece whether the file is there, and leaves out evidence that is not a file on this machine.
func (s *Session) LookForEvidence() func() map[string]bool {
	places := map[string]string{}
	for _, e := range s.current.Evidence {
		places[e.ID] = e.Where.String()
	}
	folder, ops, home := filepath.Dir(s.file.Resolved()), s.opts.Ops, s.opts.Home
	return func() map[string]bool { return store.LookFor(ops, places, folder, home, lookWait) }
}
