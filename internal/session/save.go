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
	Warning string // it was saved, but something was odd

	job  *saveJob
	read *reading // what was written
	kept bool     // a backup was made
}

// StartSave begins a save, if there is something to save and no save is under way. The function that it returns does
// the work and may run on any goroutine; its result must be passed to FinishSave.
func (s *Session) StartSave() (func() Saved, bool) {
	if !s.Dirty() || s.inFlight != nil || s.mayChange() != nil {
		return nil, false
	}
	job := &saveJob{
		ended: make(chan Saved, 1),
		file:  s.file, text: s.text, before: s.saved, after: s.current, notes: s.notes, rev: s.rev,
		find: s.opts.Library.Standard, now: s.opts.Now,
		state: s.stateJob(),
	}
	if !s.backedUp {
		job.backups = s.backups()
		job.sweep = func() { s.opts.Places.Sweep(s.opts.Ops, job.file.Resolved(), s.opts.Now()) }
	}
	s.inFlight = job
	return job.run, true
}

// FinishSave notes how a save ended. After a failure the session still has every change. It does nothing and returns
// false if the save was finished already or another one took it over, because then its result says nothing about what
// is on disk now.
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
	s.short = false // the learner has carried on with the file, and the backup is kept
	if r.Warning != "" {
		s.warning = r.Warning
	}
	return true
}

// settle makes sure that no save is under way: it waits for one that is running, and cancels one that has not begun. A
// later save can then never be overwritten by an older one.
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

// Save writes all changes and waits until they are written.
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

// A saveJob is one save with all that it needs, so that it can run while the session goes on.
type saveJob struct {
	file          *store.File
	backups       *store.Backups // nil if this session has kept a backup already
	text          string         // of the file; reads as before
	before, after profile.Profile
	notes         []file.Problem
	rev           int
	find          file.Find
	now           func() time.Time
	state         func() // writes the state as well
	sweep         func() // nil if backups is

	claimed atomic.Bool // the work has begun, or was cancelled
	ended   chan Saved  // gets the result, for settle to wait for
}

func (j *saveJob) run() (r Saved) {
	if !j.claimed.CompareAndSwap(false, true) {
		return Saved{Rev: j.rev, Err: errTakenOver, job: j}
	}
	r = Saved{Rev: j.rev, Err: errBroken, job: j}
	// Even after a panic in write there is a result, so that nothing waits for ever.
	defer func() { j.ended <- r }()
	r = j.write()
	return r
}

var (
	errBroken    = errors.New("the save was interrupted")
	errTakenOver = errors.New("it was saved another way") // by settle and the save after it
)

func (j *saveJob) write() Saved {
	r := Saved{Rev: j.rev, At: j.now(), job: j}
	defer j.state()
	r.read, r.Err = editText(j.text, j.before, j.after, j.notes, j.find)
	if r.Err != nil {
		return r
	}
	text := r.read.text
	if string(text) == j.file.Text() {
		// A change that was undone leaves nothing to write. Check only that the file is still there and unchanged.
		if r.Err = j.file.Check(); !errors.Is(r.Err, store.ErrChanged) {
			r.Err = nil
		}
		return r
	}
	if j.backups != nil {
		// The first save of a session also removes temporary files that killed saves have left.
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

// A reading is the text of a profile, and the record and notes that reading it gives.
type reading struct {
	text   []byte
	record profile.Profile
	notes  []file.Problem
}

// editText edits a text that reads as before so that it reads as after. It reads the new text back, so that a text that
// would read as something else is never written.
func editText(text string, before, after profile.Profile, notes []file.Problem, find file.Find) (*reading, error) {
	if len(notes) == 0 { // notes have line numbers, which an edit may change
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
		// Return after and not its equal, because comparing it with the next record is faster where they share memory.
		return &reading{next, after, read.Notes}, nil
	}
	// They may differ in what a file cannot express, such as nil and an empty list. Then writing changes nothing more.
	if err := file.Write(doc, read.Profile, after); err != nil || !bytes.Equal(doc.Bytes(), next) {
		return nil, notEditable(errors.New("the file would not contain the change afterwards"))
	}
	return &reading{next, read.Profile, read.Notes}, nil
}

// newText is the text of a new profile file, read back.
func newText(p profile.Profile, find file.Find) (*reading, error) {
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

// A failure is an error in words for the learner, with a hint.
type failure struct {
	text, hint string
	cause      error
}

func (e *failure) Error() string { return e.text }

func (e *failure) Unwrap() error { return e.cause }

// Hint says what to try.
func (e *failure) Hint() string { return e.hint }

// notEditable is the failure to write a change into the file without touching other lines.
func notEditable(err error) error {
	return &failure{
		"the file is laid out in a way that ksbcoach cannot edit safely: " + err.Error(),
		"the file is untouched; lay that part out as README.md shows, or save under another name",
		err,
	}
}

// SaveElsewhere writes the record into a new file and continues with that one. In path, ~/ is the home folder.
func (s *Session) SaveElsewhere(path string) error {
	if file.IsLater(s.readOnly) {
		return s.readOnly // the copy would lack what this program does not understand
	}
	path = InHome(s.opts.Home, strings.TrimSpace(path))
	s.settle()
	lost := ""
	read, err := editText(s.text, s.saved, s.current, s.notes, s.opts.Library.Standard)
	if err != nil {
		// The layout of the old file is the problem; a new file starts with our own.
		if read, err = newText(s.current, s.opts.Library.Standard); err != nil {
			return err
		}
		lost = fmt.Sprintf("the new file has the whole record; comments and keys of your own are still in %s only",
			safetext.Line(s.opts.Path))
	}
	file, err := store.Create(s.opts.Ops, path, read.text)
	if err = s.unsynced(err); err != nil {
		return err
	}
	s.unlock()
	if lost != "" {
		s.warning = lost
	}
	s.readOnly = nil
	s.opts.Path = path
	s.file, s.text, s.saved, s.notes = file, file.Text(), read.record, read.notes
	s.takeLock(file.Resolved())
	s.savedRev, s.backedUp = s.rev, false
	return nil
}

// SaveLeft saves what is not saved yet when the program ends. In a read-only session it does nothing.
func (s *Session) SaveLeft() error {
	if s.mayChange() != nil {
		return nil
	}
	return s.Save()
}

// Changed says whether an error means that the file was changed elsewhere.
func Changed(err error) bool { return errors.Is(err, store.ErrChanged) }

// SaveBeside writes the record into a new file next to the old one, continues with that, and returns its path.
func (s *Session) SaveBeside() (string, error) {
	ext := filepath.Ext(s.opts.Path)
	return s.saveNumbered(fmt.Sprintf("%s-mine-%s%s", strings.TrimSuffix(s.opts.Path, ext), s.Today(), ext))
}

// saveNumbered is SaveElsewhere under a name, or if that is taken, under the name with a number.
func (s *Session) saveNumbered(first string) (path string, err error) {
	for n := 1; n <= maxNumbered; n++ {
		path = numbered(first, n)
		if err = s.SaveElsewhere(path); !errors.Is(err, store.ErrExists) {
			break
		}
	}
	return path, err
}

// Rescue keeps the record when the program ends after saving has failed. It writes a new file next to the profile, or
// else in the state folder. The error that it returns tells the learner what has happened.
func (s *Session) Rescue(failed error) error {
	path, err := s.SaveBeside()
	if err != nil {
		name := fmt.Sprintf("profile-%s%s", s.Today(), filepath.Ext(s.opts.Path))
		path, err = s.saveNumbered(filepath.Join(s.opts.Places.State, "rescued", name))
	}
	if err == nil {
		return fmt.Errorf("the last changes are not in the profile (%w), but nothing is lost: everything is in the "+
			"new file %s", failed, safetext.Line(path))
	}
	return fmt.Errorf("the last changes are not saved: %w", failed)
}

// AlreadyOpen is what to say while another ksbcoach has the profile open. That may be a command, but it will have
// finished by the time anyone looks for a window.
const AlreadyOpen = "ksbcoach is already open in another window: close it there to rate here"

// OpenElsewhere says whether an error means that another ksbcoach has the profile open.
func OpenElsewhere(err error) bool { return errors.Is(err, store.ErrLocked) }

// Gone says whether an error means that the file is not there.
func Gone(err error) bool {
	return errors.Is(err, store.ErrNotExist) || errors.Is(err, store.ErrDangling)
}
