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

// A Reload is the file as it is now, after a change elsewhere, with all that this session did on top, saved or not.
// PrepareReload makes one without changing anything; Session.Reload continues with it.
type Reload struct {
	Clashes []file.Clash // where both were changed and the learner has to choose, larger ones first
	Said    []string     // what was decided without asking but the learner should know
	HasAll  bool         // all that this session did is in the file already
	Foreign bool         // the file is not a version of this record: another learner's, or a rating sheet

	file   *store.File
	theirs profile.Profile
	notes  []file.Problem
	rev    int // of the session when it was made

	changes string // what continuing with it changes, in words
	removes bool   // something disappears from the record
}

// PrepareReload reads the file again after it was changed elsewhere. What the session saved before is put on top as
// well, since the file may be an older copy that came back.
func (s *Session) PrepareReload() (*Reload, error) {
	s.settle()
	onDisk, err := s.load()
	if err != nil {
		return nil, err
	}
	read, err := s.opts.decode(s.opts.Path, onDisk.Bytes())
	if err != nil {
		return nil, err
	}
	r := &Reload{file: onDisk, theirs: read.Profile, notes: read.Notes, rev: s.rev}
	merged := s.onTop(r, s.current, nil)
	r.Clashes, r.Said = merged.Clashes, merged.Said
	r.HasAll = len(r.Clashes) == 0 && reflect.DeepEqual(merged.Profile, r.theirs)
	r.Foreign = s.saved.Sheet != r.theirs.Sheet || s.saved.Standard != r.theirs.Standard ||
		!samePerson(s.saved.Learner, r.theirs.Learner)
	s.compare(r, merged.Profile)
	return r, nil
}

// Unasked says whether the session can continue with the file without asking: nothing clashes, and the file is still a
// version of this record.
func (r *Reload) Unasked() bool { return len(r.Clashes) == 0 && !r.Foreign }

// compare notes what continuing with the merged record changes for the learner.
func (s *Session) compare(r *Reload, merged profile.Profile) {
	compared := file.Compare(file.TablesOf(s.current), file.TablesOf(merged))
	r.removes = compared == nil || compared.Gone.Total() > 0
	what := changesInWords(compared, tallyWords)
	r.changes = "The file was changed elsewhere"
	switch {
	case what != "" && r.HasAll:
		r.changes += ": " + what + ". This is how it is now."
	case what != "":
		r.changes += ": " + what + ". What you did here is in it too."
	case r.HasAll:
		r.changes += ", and your record is as it was."
	default:
		r.changes += ", and all that you did here is in it."
	}
	if r.removes && s.mayChange() == nil {
		r.changes += " What was taken out is kept in a backup."
	}
}

// Says tells the learner what continuing with the file changes, and what was decided without asking.
func (r *Reload) Says() string { return strings.Join(append([]string{r.changes}, r.Said...), " ") }

// onTop merges a record of this session into the file of r: the current one, or one from the undo history.
func (s *Session) onTop(r *Reload, ours profile.Profile, mine func(key string) bool) file.Merged {
	return file.Merge(file.Pair{
		Bases: []profile.Profile{s.base, s.saved}, Ours: ours, Theirs: r.theirs, InTheirs: true, TakeOurs: mine,
	})
}

// errMovedOn is the refusal of a merge, reload or restore that was prepared before the record last changed.
var errMovedOn = &profile.Refusal{
	Msg: "something was changed meanwhile", Why: "try again: it will start from how things are now",
}

// Reload continues with the file as PrepareReload found it, with everything that this session did on top. Mine says for
// the key of a clash whether the session's side wins; nil means always. It first backs up what this session last wrote
// and, if there are clashes, what it has not saved; the file as found is backed up at the next save. If there are
// clashes or something would disappear from the record, and the backup fails, Reload fails too. On an error nothing
// changes.
func (s *Session) Reload(r *Reload, mine func(key string) bool) error {
	if r.rev != s.rev || s.inFlight != nil {
		return errMovedOn
	}
	merged := s.onTop(r, s.current, mine).Profile
	if _, err := editText(r.file.Text(), r.theirs, merged, r.notes, s.opts.Library.Standard); err != nil {
		return err
	}
	if s.mayChange() == nil { // a read-only session leaves no trace
		if err := s.keepBefore(r); err != nil {
			if r.removes || len(r.Clashes) > 0 {
				return notKept(err)
			}
			s.warning = "what the file held before could not be kept as a backup: " + err.Error()
		}
	}
	s.undo = s.undoOnTop(r, merged, mine)
	theirs := func(string) bool { return false }
	s.base = s.onTop(r, s.base, theirs).Profile // so that the same clash is not asked about again
	s.file, s.text, s.notes = r.file, r.file.Text(), r.notes
	s.current, s.saved = merged, r.theirs
	s.std = s.standardOf(merged)
	s.short, s.backedUp = false, false
	s.rev++
	s.savedRev = s.rev
	if !reflect.DeepEqual(merged, r.theirs) {
		s.MarkUnsaved()
	}
	return nil
}

// keepBefore backs up what this session last wrote. If there are clashes it also backs up what the session did since,
// because the learner's choices may undo some of it.
func (s *Session) keepBefore(r *Reload) error {
	texts := []string{s.text}
	if len(r.Clashes) > 0 {
		if read, err := editText(s.text, s.saved, s.current, s.notes, s.opts.Library.Standard); err == nil {
			texts = append(texts, string(read.text))
		}
	}
	for _, text := range texts {
		if text == r.file.Text() {
			continue
		}
		if err := s.backups().Keep([]byte(text), s.opts.Now()); err != nil {
			return err
		}
	}
	return nil
}

// undoOnTop is the undo history for the reloaded record, without the steps that make no difference there.
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

// LookAtFile returns a function that checks whether the file is still as this session read or saved it; it may run on
// any goroutine. If the file has changed, its error is one for Changed.
func (s *Session) LookAtFile() func() error { return s.file.Check }

// MarkUnsaved notes that the file no longer has what this session did, so that the next save writes it.
func (s *Session) MarkUnsaved() { s.savedRev = s.rev - 1 }

// BecomeWriter lets a session that is read-only because another ksbcoach had the profile open write from now on, if
// that one has closed it: it takes the lock and reads what the other one wrote. It is false if that was not possible.
func (s *Session) BecomeWriter() bool {
	if s.opts.Reading || !errors.Is(s.readOnly, store.ErrLocked) {
		return false
	}
	lock, err := store.TryLock(s.opts.Places.State, s.file.Resolved())
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
	position := s.Position()
	s.loadState() // for the drafts of the other one
	s.SetPosition(position)
	return true
}
