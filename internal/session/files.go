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

// Home is the learner's home folder, where files to hand on are written unless they say otherwise; "" where it is not
// known.
func (s *Session) Home() string { return s.o.Home }

// Typed is the path of a file as people type or paste it into a form: in quotes, or with ~ for the home folder.
func (s *Session) Typed(path string) string {
	return InHome(s.o.Home, strings.Trim(strings.TrimSpace(path), `"'`))
}

// InHome replaces ~ in a path with the home folder, as a shell would have done.
func InHome(home, path string) string {
	if rest, ok := strings.CutPrefix(filepath.ToSlash(path), "~/"); ok && home != "" {
		return filepath.Join(home, rest)
	}
	return path
}

// mostOfAName is how many files of one name there may be.
const mostOfAName = 99

// WriteNew writes a new file whose path was typed into a form, and gives its path, with a warning where it is there but
// might not outlast a power cut. Where there is such a file already the name gets a number, as with downloads: nothing
// is replaced, and nobody has to think of another name. It may run on any goroutine.
func (s *Session) WriteNew(file string, data []byte) (path, warning string, err error) {
	return s.writeNew(file, func(path string) error {
		_, err := store.Create(s.o.Ops, path, data)
		return err
	})
}

// WriteNewFolder writes files into a folder whose path was typed into a form, which it makes where it is missing, as
// WriteNew does with one file.
func (s *Session) WriteNewFolder(folder string, files []export.File) (path, warning string, err error) {
	return s.writeNew(folder, func(path string) error { return s.WriteFolder(path, files, false) })
}

func (s *Session) writeNew(typed string, write func(path string) error) (path, warning string, err error) {
	first := s.Typed(typed)
	if full, err := filepath.Abs(first); err == nil { // so that what is said of it names the folder too
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
		case !errors.Is(err, store.ErrExists), errors.Is(err, store.ErrNotRegular), n == mostOfAName:
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
	return store.WriteFolder(s.o.Ops, folder, all, force)
}

// numbered is the path of a file with a number before its ending, from the second on.
func numbered(path string, n int) string {
	if n == 1 {
		return path
	}
	end := filepath.Ext(path)
	return fmt.Sprintf("%s-%d%s", strings.TrimSuffix(path, end), n, end)
}

// HasFolder refuses a file in a folder that is not there: it is more likely a slip than wanted.
func HasFolder(path string) error {
	dir := filepath.Dir(path)
	if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
		return profile.Refuse("make that folder first, or choose another place", "there is no folder %s",
			safetext.Quote(dir))
	}
	return nil
}

// MakeSheet writes a rating sheet for all KSBs of a record into a new file, as WriteNew does. It may run on any
// goroutine, which is why it asks nothing of the session but what it was wired with.
func (s *Session) MakeSheet(p profile.Profile, format sheet.Format, file string) (path, warning string, err error) {
	src, err := s.SheetOf(p, format, nil)
	if err != nil {
		return "", "", err
	}
	return s.WriteNew(file, src)
}

// SheetOf is a rating sheet of a record for some KSBs, or for all when none is named.
func (s *Session) SheetOf(p profile.Profile, format sheet.Format, ksbs []string) ([]byte, error) {
	title := func(ksb string) string { return s.o.Library.Title(p.Standard, ksb) }
	return format.Make(p, s.o.Library.Standard(p.Standard), s.o.Library.Scale(), title, s.Today(), ksbs)
}

// ReadSheet reads a rating sheet whose path was typed into a form. It may run on any goroutine.
func (s *Session) ReadSheet(file string) (profile.Profile, error) {
	return LoadSheet(s.o.Ops, s.Typed(file), s.o.Library.Standard, s.Today())
}

// ReadScan reads a skills scan whose path was typed into a form. It may run on any goroutine.
func (s *Session) ReadScan(file string) ([]xlsx.Table, error) {
	return LoadScan(s.o.Ops, s.Typed(file))
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

// MayFill refuses a rating sheet in a form that is filled in with another program, and says with which. It reads no
// more of the file than that needs to be told.
func MayFill(ops store.Ops, path string) error {
	onDisk, err := store.Load(ops, path, sheet.Largest)
	if err == nil {
		err = filledElsewhere(path, onDisk.Bytes())
	}
	return err
}

func filledElsewhere(path string, data []byte) error {
	form := sheet.FormOf(data)
	if form.Elsewhere == "" {
		return nil
	}
	return &FileError{path, profile.Refuse(form.Elsewhere, "this is %s, not a profile", form.Name)}
}

// LoadSheet reads a rating sheet in any form; it needs no profile. A fault is told with the file and its place. One
// that is to be taken in today may hold no day to come; zero for today does not ask.
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

// lookWait is how long looking for the files of all the evidence may take.
const lookWait = time.Second

// LookForEvidence returns a function that looks for the files of the evidence, for any goroutine. Its result is by the
// ID of the piece: true if the file is there, false if it is gone. Evidence that is not a path on this machine is left
// out.
func (s *Session) LookForEvidence() func() map[string]bool {
	places := map[string]string{}
	for _, e := range s.now.Evidence {
		places[e.ID] = e.Where.String()
	}
	folder, ops, home := filepath.Dir(s.file.Resolved()), s.o.Ops, s.o.Home
	return func() map[string]bool { return store.LookFor(ops, places, folder, home, lookWait) }
}
