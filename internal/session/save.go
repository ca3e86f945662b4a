package session

import (
	"bytes"
	"errors"
	"fmt"
	"path/filepath"
	"reflect"
	"strings"
	"sync/atomic"
	"time"

	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/profile/file"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/store"
	"github.com/ksbcoach/ksbcoach/internal/tomledit"
)

// Saved is how a save ended.
type Saved struct {
	Rev     int // the revision that was written
	At      time.Time
	Err     error
	Warning string // saved, but something was odd

	job  *saveJob
	read *reading // what was written, as it reads
	kept bool     // a backup was made
}

// StartSave begins a save when there is something to save and no save is under way. The function it returns does the
// work, on any goroutine; its answer goes to FinishSave.
func (s *Session) StartSave() (func() Saved, bool) {
	if !s.Dirty() || s.inFlight != nil || s.mayChange() != nil {
		return nil, false
	}
	job := &saveJob{
		ended: make(chan Saved, 1),
		file:  s.file, text: s.text, before: s.saved, after: s.now, notes: s.notes, rev: s.rev,
		find: s.o.Library.Standard, now: s.o.Now,
		state: s.stateJob(),
	}
	if !s.backedUp {
		job.backups = s.backups()
		job.sweep = func() { s.o.Places.Sweep(s.o.Ops, job.file.Resolved(), s.o.Now()) }
	}
	s.inFlight = job
	return job.run, true
}

// FinishSave takes in how a save ended, and says whether it did. After a failure the session still holds every change.
// A save that was taken in or taken over already is passed over: how it ended says nothing of what is on disk now.
func (s *Session) FinishSave(r Saved) bool {
	if r.job == nil || r.job != s.inFlight {
		return false
	}
	s.inFlight = nil
	s.backedUp = s.backedUp || r.kept
	if r.Err != nil {
		return true
	}
	s.text, s.saved, s.notes, s.savedRev = s.file.Text(), r.read.record, r.read.notes, r.Rev
	s.short = false // the learner went on with it, and the backup is kept
	if r.Warning != "" {
		s.warning = r.Warning
	}
	return true
}

// settle ends a save that is under way: it waits for it, or takes it over when its work has not begun, so that an older
// state can never be written over a newer one.
func (s *Session) settle() {
	j := s.inFlight
	switch {
	case j == nil:
	case j.claimed.CompareAndSwap(false, true):
		s.inFlight = nil
	default:
		s.FinishSave(<-j.ended)
	}
}

// Save writes what changed and waits for it.
func (s *Session) Save() error {
	s.settle()
	for s.Dirty() {
		job, ok := s.StartSave()
		if !ok {
			return s.mayChange()
		}
		r := job()
		s.FinishSave(r)
		if r.Err != nil {
			return r.Err
		}
	}
	return nil
}

type saveJob struct {
	file          *store.File
	backups       *store.Backups // nil when this run has made one
	text          string         // reads as before
	before, after profile.Profile
	notes         []file.Problem
	rev           int
	find          file.Find
	now           func() time.Time
	state         func()
	sweep         func() // with backups

	claimed atomic.Bool // the work has begun, or was taken over
	ended   chan Saved  // how it ended, for SaveLeft to wait for
}

func (j *saveJob) run() (r Saved) {
	if !j.claimed.CompareAndSwap(false, true) {
		return Saved{Rev: j.rev, Err: errTakenOver, job: j}
	}
	r = Saved{Rev: j.rev, Err: errBroken, job: j}
	// Even if the work panics, its end is announced, so that nothing waits for ever.
	defer func() { j.ended <- r }()
	r = j.write()
	return r
}

// errBroken is how a save ends that broke off.
var errBroken = errors.New("the save was interrupted")

// errTakenOver is how a save ends if another one did its work.
var errTakenOver = errors.New("it was saved another way")

func (j *saveJob) write() Saved {
	r := Saved{Rev: j.rev, At: j.now(), job: j}
	defer j.state()
	r.read, r.Err = edited(j.text, j.before, j.after, j.notes, j.find)
	if r.Err != nil {
		return r
	}
	text := r.read.text
	if string(text) == j.file.Text() {
		// Undone before it was saved, so there is nothing to write; but what is taken for saved must be there.
		if r.Err = j.file.Check(); !errors.Is(r.Err, store.ErrChanged) {
			r.Err = nil
		}
		return r
	}
	if j.backups != nil {
		// The first save of a run also clears away what a killed one once left beside the file and in the folders of
		// the state.
		j.sweep()
		if err := j.backups.Keep([]byte(j.text), j.now()); err != nil {
			r.Warning = "your changes are saved, but the version before them could not be kept, so restore cannot " +
				"bring that one back: " + err.Error()
		} else {
			r.kept = true
		}
	}
	r.Err = j.file.Save(text)
	if errors.Is(r.Err, store.ErrUnsynced) {
		r.Warning, r.Err = r.Err.Error(), nil
	}
	if r.Warning == "" {
		r.Warning = j.file.Warning()
	}
	return r
}

// A reading is the text of a profile and the record that it reads as.
type reading struct {
	text   []byte
	record profile.Profile
	notes  []file.Problem
}

// edited makes the new text and reads it back, so that a text that would not read as what the learner sees is never
// written.
func edited(text string, before, after profile.Profile, notes []file.Problem, find file.Find) (*reading, error) {
	if len(notes) == 0 { // what is odd in the file may move to other lines
		if next, ok := file.Patch(text, before, after, find); ok {
			return &reading{text: []byte(next), record: after}, nil
		}
	}
	var read *file.File
	doc, err := tomledit.Parse([]byte(text), tomledit.ProfileLimits)
	if err == nil {
		err = file.Write(doc, before, after)
	}
	if err == nil {
		read, err = file.Read(doc, find)
	}
	if err != nil {
		return nil, notEditable(err)
	}
	next := doc.Bytes()
	if reflect.DeepEqual(read.Profile, after) {
		// What this one shares with the next change need not be compared again.
		return &reading{next, after, read.Notes}, nil
	}
	// What the file cannot tell apart, such as none from an empty list, makes no difference to it.
	if err := file.Write(doc, read.Profile, after); err != nil || !bytes.Equal(doc.Bytes(), next) {
		return nil, notEditable(errors.New("the file would not hold the change afterwards"))
	}
	return &reading{next, read.Profile, read.Notes}, nil
}

// anew is the text of a new profile file.
func anew(p profile.Profile, find file.Find) (*reading, error) {
	text, err := file.New(p)
	if err != nil {
		return nil, err
	}
	read, err := file.Decode(text, find)
	if err != nil {
		return nil, err
	}
	return &reading{text, read.Profile, read.Notes}, nil
}

// A failure is an error of a session in words, with what to try about it.
type failure struct {
	says, hint string
	cause      error
}

func (e *failure) Error() string { return e.says }

func (e *failure) Unwrap() error { return e.cause }

// Hint is what to try.
func (e *failure) Hint() string { return e.hint }

// notEditable is a change that cannot be written into the file's present form without touching other lines.
func notEditable(err error) error {
	return &failure{
		"the file is laid out in a way that ksbcoach cannot edit safely: " + err.Error(),
		"the file is untouched; lay that part out as README.md shows, or save under another name",
		err,
	}
}

// SaveElsewhere writes the record into a new file and continues with that one. ~/ is the home folder.
func (s *Session) SaveElsewhere(path string) error {
	if file.IsLater(s.readOnly) {
		return s.readOnly // the copy would not hold what this program does not know
	}
	path = InHome(s.o.Home, strings.TrimSpace(path))
	s.settle()
	left := ""
	read, err := edited(s.text, s.saved, s.now, s.notes, s.o.Library.Standard)
	if err != nil {
		// The layout of the old file is the trouble; a new file has none yet.
		if read, err = anew(s.now, s.o.Library.Standard); err != nil {
			return err
		}
		left = fmt.Sprintf("the new file has the whole record; comments and keys of your own are still in %s only",
			safetext.Line(s.o.Path))
	}
	file, err := store.Create(s.o.Ops, path, read.text)
	if err = s.unsynced(err); err != nil {
		return err
	}
	s.unlock()
	if left != "" {
		s.warning = left
	}
	s.readOnly = nil
	s.o.Path = path
	s.file, s.text, s.saved, s.notes = file, file.Text(), read.record, read.notes
	s.takeLock(file.Resolved())
	s.savedRev, s.backedUp = s.rev, false
	return nil
}

// SaveLeft saves when the program ends. A save that is under way is waited for, and one whose work has not begun is
// taken over.
func (s *Session) SaveLeft() error {
	if s.mayChange() != nil {
		return nil
	}
	return s.Save()
}

// Changed says whether an error means that the file was changed elsewhere.
func Changed(err error) bool { return errors.Is(err, store.ErrChanged) }

// SaveBeside writes the record into a new file next to the old one, continues with that, and gives its path.
func (s *Session) SaveBeside() (string, error) {
	ext := filepath.Ext(s.o.Path)
	return s.saveNumbered(fmt.Sprintf("%s-mine-%s%s", strings.TrimSuffix(s.o.Path, ext), s.Today(), ext))
}

// saveNumbered is SaveElsewhere under the first name that is free, with a number where the name itself is taken.
func (s *Session) saveNumbered(first string) (path string, err error) {
	for n := 1; n <= mostOfAName; n++ {
		path = numbered(first, n)
		if err = s.SaveElsewhere(path); !errors.Is(err, store.ErrExists) {
			break
		}
	}
	return path, err
}

// Rescue keeps the record when the program ends and saving it failed with an error, and is what the learner must know.
// It writes a new file beside the old one, else among the files of the state.
func (s *Session) Rescue(failed error) error {
	path, err := s.SaveBeside()
	if err != nil {
		name := fmt.Sprintf("profile-%s%s", s.Today(), filepath.Ext(s.o.Path))
		path, err = s.saveNumbered(filepath.Join(s.o.Places.State, "rescued", name))
	}
	if err == nil {
		return fmt.Errorf("the last changes are not in the profile (%w), but nothing is lost: all of it is in the "+
			"new file %s", failed, safetext.Line(path))
	}
	return fmt.Errorf("the last changes are not saved: %w", failed)
}

// AlreadyOpen is said while another ksbcoach has the profile open. That one may be a command, which is gone in a
// moment, but who reads this has time to look for a window.
const AlreadyOpen = "ksbcoach is already open in another window: close it there to rate here"

// OpenElsewhere says whether an error means that another ksbcoach has the profile open.
func OpenElsewhere(err error) bool { return errors.Is(err, store.ErrLocked) }

// Gone says whether an error means that the file is no longer there.
func Gone(err error) bool {
	return errors.Is(err, store.ErrNotExist) || errors.Is(err, store.ErrDangling)
}
