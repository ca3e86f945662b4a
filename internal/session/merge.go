package session

import (
	"errors"
	"reflect"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/profile/file"
	"github.com/ksbcoach/ksbcoach/internal/store"
)

// A Meeting is the file as it is now and all that this session did, saved or not, put on top of it. Making one changes
// nothing.
type Meeting struct {
	Clashes []file.Clash // where the two differ and the learner has to choose, the larger first
	Said    []string     // what was settled without asking and should be known
	Holds   bool         // all that this session did is in the file already
	Foreign bool         // the file is no version of this record: it is another learner's, or a rating sheet came or went

	file   *store.File
	theirs profile.Profile
	notes  []file.Problem
	rev    int // of the session when it was made

	becomes  string // what taking it changes, in words
	takesOut bool   // something of the record goes
}

// Meet reads the file again after it was changed elsewhere. What the session saved before is put on top as well, since
// the file may be an older copy that came back.
func (s *Session) Meet() (*Meeting, error) {
	s.settle()
	onDisk, err := s.load()
	if err != nil {
		return nil, err
	}
	read, err := file.Decode(onDisk.Bytes(), s.o.Library.Standard)
	if err != nil {
		return nil, &FileError{s.o.Path, err}
	}
	m := &Meeting{file: onDisk, theirs: read.Profile, notes: read.Notes, rev: s.rev}
	merged := s.onTop(m, s.now, nil)
	m.Clashes, m.Said = merged.Clashes, merged.Said
	m.Holds = len(m.Clashes) == 0 && reflect.DeepEqual(merged.Profile, m.theirs)
	m.Foreign = s.saved.Sheet != m.theirs.Sheet || s.saved.Standard != m.theirs.Standard || !samePerson(s.saved.Learner, m.theirs.Learner)
	s.compare(m, merged.Profile)
	return m, nil
}

// Unasked says whether the session can go on with the file without a question: the two did not change one place, and the file
// is still a version of this record.
func (m *Meeting) Unasked() bool { return len(m.Clashes) == 0 && !m.Foreign }

// compare notes what going on with the file changes in the record of this session.
func (s *Session) compare(m *Meeting, is profile.Profile) {
	apart := file.Apart(file.Lay(s.now), file.Lay(is))
	m.takesOut = apart == nil || apart.Gone.Things() > 0
	what := became(apart, holdingWords)
	m.becomes = "The file was changed elsewhere"
	switch {
	case what != "" && m.Holds:
		m.becomes += ": " + what + ". This is how it is now."
	case what != "":
		m.becomes += ": " + what + ". What you did here is in it too."
	case m.Holds:
		m.becomes += ", and your record is as it was."
	default:
		m.becomes += ", and all that you did here is in it."
	}
	if m.takesOut && s.mayChange() == nil {
		m.becomes += " What was taken out is kept in a backup."
	}
}

// Says tells what going on with the file changes here, and what was settled without asking.
func (m *Meeting) Says() string { return strings.Join(append([]string{m.becomes}, m.Said...), " ") }

// onTop puts a state of this session on top of the file.
func (s *Session) onTop(m *Meeting, ours profile.Profile, mine func(key string) bool) file.Merged {
	return file.Merge(file.Pair{
		Bases: []profile.Profile{s.base, s.saved}, Ours: ours, Theirs: m.theirs, InTheirs: true, Mine: mine,
	})
}

// errMovedOn is why what was looked at cannot be taken any more.
var errMovedOn = &profile.Refusal{Msg: "something was changed meanwhile", Why: "do it again: it will work on how things are now"}

// Take continues with the file as Meet found it, and everything that this session did on top. Mine says for the key of
// a clash whether the session's side wins; nil means that it always does. What this session last wrote is backed up
// first, with what is not saved where the learner had to choose, and the file as found is backed up at the next save. On
// an error nothing changes: one is that what would go from the record could not be kept.
func (s *Session) Take(m *Meeting, mine func(key string) bool) error {
	if m.rev != s.rev || s.inFlight != nil {
		return errMovedOn
	}
	merged := s.onTop(m, s.now, mine).Profile
	if _, err := edited(m.file.Text(), m.theirs, merged, m.notes, s.o.Library.Standard); err != nil {
		return err
	}
	if s.mayChange() == nil { // a reader leaves no trace
		if err := s.keepBefore(m); err != nil {
			if m.takesOut || len(m.Clashes) > 0 {
				return &notKept{err}
			}
			s.warning = "what the file held before could not be kept as a backup: " + err.Error()
		}
	}
	s.undo = s.undoOnTop(m, merged, mine)
	theirs := func(string) bool { return false }
	s.base = s.onTop(m, s.base, theirs).Profile // a choice that was made is not asked about again
	s.file, s.text, s.notes = m.file, m.file.Text(), m.notes
	s.now, s.saved = merged, m.theirs
	s.std = s.standardOf(merged)
	s.short, s.backedUp = false, false
	s.rev++
	s.savedRev = s.rev
	if !reflect.DeepEqual(merged, m.theirs) {
		s.savedRev = s.rev - 1
	}
	return nil
}

// keepBefore keeps what this session last wrote, and what it did since where some of that may give way.
func (s *Session) keepBefore(m *Meeting) error {
	texts := []string{s.text}
	if len(m.Clashes) > 0 {
		if read, err := edited(s.text, s.saved, s.now, s.notes, s.o.Library.Standard); err == nil {
			texts = append(texts, string(read.text))
		}
	}
	for _, text := range texts {
		if text == m.file.Text() {
			continue
		}
		if err := s.backups().Keep([]byte(text), s.o.Now()); err != nil {
			return err
		}
	}
	return nil
}

// undoOnTop is what can be taken back when the record is on top of another file: what makes no difference there goes.
func (s *Session) undoOnTop(m *Meeting, merged profile.Profile, mine func(key string) bool) []undoStep {
	steps := make([]undoStep, 0, len(s.undo))
	for _, step := range s.undo {
		step.before = s.onTop(m, step.before, mine).Profile
		steps = append(steps, step)
	}
	kept, after := len(steps), merged
	for i := len(steps) - 1; i >= 0; i-- {
		if !reflect.DeepEqual(steps[i].before, after) {
			kept--
			steps[kept] = steps[i]
		}
		after = steps[i].before
	}
	return steps[kept:]
}

// LookAtFile gives the work of looking whether the file is still as this session read or saved it; it may be done on
// any goroutine. Its error is Changed where it is not.
func (s *Session) LookAtFile() func() error { return s.file.Check }

// Distrust notes that the file no longer holds what this session did, so that there is something to save.
func (s *Session) Distrust() { s.savedRev = s.rev - 1 }

// BecomeWriter takes the lock of a session that can only read because another ksbcoach had the profile open, where that
// one has left, and reads what it wrote. It says whether the profile can be changed from now on.
func (s *Session) BecomeWriter() bool {
	if s.o.Reading || !errors.Is(s.readOnly, store.ErrLocked) {
		return false
	}
	lock, err := store.TryLock(s.o.Places.State, s.file.Resolved())
	if err != nil {
		return false
	}
	was := s.readOnly
	s.lock, s.readOnly = lock, nil
	if errors.Is(s.file.Check(), store.ErrChanged) {
		if m, err := s.Meet(); err != nil || !m.Unasked() || s.Take(m, nil) != nil {
			s.lock, s.readOnly = nil, was
			_ = lock.Unlock()
			return false
		}
	}
	at := s.Position()
	s.loadState() // with the drafts of the other one
	s.SetPosition(at)
	return true
}
