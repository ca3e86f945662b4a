package session

import (
	"errors"
	"reflect"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/profile/file"
	"github.com/ksbcoach/ksbcoach/internal/store"
)

// A Reload is the file as it is now and all that this session did, saved or not, put on top of it. Making one changes
// nothing.
type Reload struct {
	Clashes []file.Clash // where the two differ and the learner has to choose, the larger first
	Said    []string     // what was settled without asking and should be known
	HasAll  bool         // all that this session did is in the file already
	Foreign bool         // the file is no version of this record: another learner's, or a rating sheet

	file   *store.File
	theirs profile.Profile
	notes  []file.Problem
	rev    int // of the session when it was made

	becomes  string // what taking it changes, in words
	takesOut bool   // something of the record goes
}

// PrepareReload reads the file again after it was changed elsewhere. What the session saved before is put on top as
// well, since the file may be an older copy that came back.
func (s *Session) PrepareReload() (*Reload, error) {
	s.settle()
	onDisk, err := s.load()
	if err != nil {
		return nil, err
	}
	read, err := s.o.decode(s.o.Path, onDisk.Bytes())
	if err != nil {
		return nil, err
	}
	r := &Reload{file: onDisk, theirs: read.Profile, notes: read.Notes, rev: s.rev}
	merged := s.onTop(r, s.now, nil)
	r.Clashes, r.Said = merged.Clashes, merged.Said
	r.HasAll = len(r.Clashes) == 0 && reflect.DeepEqual(merged.Profile, r.theirs)
	r.Foreign = s.saved.Sheet != r.theirs.Sheet || s.saved.Standard != r.theirs.Standard ||
		!samePerson(s.saved.Learner, r.theirs.Learner)
	s.compare(r, merged.Profile)
	return r, nil
}

// Unasked says whether the session can go on with the file without a question: the two did not change one place, and
// the file is still a version of this record.
func (r *Reload) Unasked() bool { return len(r.Clashes) == 0 && !r.Foreign }

// compare notes what going on with the file changes in the record of this session.
func (s *Session) compare(r *Reload, is profile.Profile) {
	apart := file.Compare(file.TablesOf(s.now), file.TablesOf(is))
	r.takesOut = apart == nil || apart.Gone.Total() > 0
	what := became(apart, holdingWords)
	r.becomes = "The file was changed elsewhere"
	switch {
	case what != "" && r.HasAll:
		r.becomes += ": " + what + ". This is how it is now."
	case what != "":
		r.becomes += ": " + what + ". What you did here is in it too."
	case r.HasAll:
		r.becomes += ", and your record is as it was."
	default:
		r.becomes += ", and all that you did here is in it."
	}
	if r.takesOut && s.mayChange() == nil {
		r.becomes += " What was taken out is kept in a backup."
	}
}

// Says tells what going on with the file changes here, and what was settled without asking.
func (r *Reload) Says() string { return strings.Join(append([]string{r.becomes}, r.Said...), " ") }

// onTop puts a state of this session on top of the file.
func (s *Session) onTop(r *Reload, ours profile.Profile, mine func(key string) bool) file.Merged {
	return file.Merge(file.Pair{
		Bases: []profile.Profile{s.base, s.saved}, Ours: ours, Theirs: r.theirs, InTheirs: true, TakeOurs: mine,
	})
}

// errMovedOn is why what was looked at cannot be taken any more.
var errMovedOn = &profile.Refusal{
	Msg: "something was changed meanwhile", Why: "do it again: it will work on how things are now",
}

// Reload continues with the file as PrepareReload found it, and everything that this session did on top. Mine says for
// the key of a clash whether the session's side wins; nil means that it always does. What this session last wrote is
// backed up first, with what is not saved where the learner had to choose, and the file as found is backed up at the
// next save. On an error nothing changes: one is that what would go from the record could not be kept.
func (s *Session) Reload(r *Reload, mine func(key string) bool) error {
	if r.rev != s.rev || s.inFlight != nil {
		return errMovedOn
	}
	merged := s.onTop(r, s.now, mine).Profile
	if _, err := edited(r.file.Text(), r.theirs, merged, r.notes, s.o.Library.Standard); err != nil {
		return err
	}
	if s.mayChange() == nil { // a reader leaves no trace
		if err := s.keepBefore(r); err != nil {
			if r.takesOut || len(r.Clashes) > 0 {
				return notKept(err)
			}
			s.warning = "what the file held before could not be kept as a backup: " + err.Error()
		}
	}
	s.undo = s.undoOnTop(r, merged, mine)
	theirs := func(string) bool { return false }
	s.base = s.onTop(r, s.base, theirs).Profile // a choice that was made is not asked about again
	s.file, s.text, s.notes = r.file, r.file.Text(), r.notes
	s.now, s.saved = merged, r.theirs
	s.std = s.standardOf(merged)
	s.short, s.backedUp = false, false
	s.rev++
	s.savedRev = s.rev
	if !reflect.DeepEqual(merged, r.theirs) {
		s.MarkUnsaved()
	}
	return nil
}

// keepBefore keeps what this session last wrote, and what it did since where some of that may give way.
func (s *Session) keepBefore(r *Reload) error {
	texts := []string{s.text}
	if len(r.Clashes) > 0 {
		if read, err := edited(s.text, s.saved, s.now, s.notes, s.o.Library.Standard); err == nil {
			texts = append(texts, string(read.text))
		}
	}
	for _, text := range texts {
		if text == r.file.Text() {
			continue
		}
		if err := s.backups().Keep([]byte(text), s.o.Now()); err != nil {
			return err
		}
	}
	return nil
}

// undoOnTop is what can be taken back when the record is on top of another file: what makes no difference there goes.
func (s *Session) undoOnTop(r *Reload, merged profile.Profile, mine func(key string) bool) []undoStep {
	var steps []undoStep
	after := merged
	for _, step := range slices.Backward(s.undo) {
		step.before = s.onTop(r, step.before, mine).Profile
		if !reflect.DeepEqual(step.before, after) {
			steps = append(steps, step)
		}
		after = step.before
	}
	slices.Reverse(steps)
	return steps
}

// LookAtFile gives the work of looking whether the file is still as this session read or saved it; it may be done on
// any goroutine. Its error is Changed where it is not.
func (s *Session) LookAtFile() func() error { return s.file.Check }

// MarkUnsaved notes that the file no longer holds what this session did, so that there is something to save.
func (s *Session) MarkUnsaved() { s.savedRev = s.rev - 1 }

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
		if r, err := s.PrepareReload(); err != nil || !r.Unasked() || s.Reload(r, nil) != nil {
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
