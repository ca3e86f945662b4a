package session

import (
	"bytes"
	"errors"
	"fmt"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/profile/file"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/store"
	"github.com/ksbcoach/ksbcoach/internal/tomledit"
)

// A Joint is the record of this session and another version of it, put together. Making one changes nothing.
type Joint struct {
	Clashes []file.Clash // where the two differ and the learner has to choose, the larger first
	Said    []string     // what was settled without asking and should be known
	Bases   []string     // the files that both are taken to have come from; none where all that either has is kept
	Unread  []string     // keys of the learner's own that only the other version has, or has otherwise: they stay there

	pair file.Pair
	rev  int    // of the session when it was made
	path string // of the other version
	text []byte // of the other version

	title func(ksb string) string // the short title of a KSB
}

// basesWanted is how many backups must hold nothing but what both versions have before any of them is taken for what
// both came from. A place counts as unchanged where it is as both have it: one alone could be later than the day on
// which the two parted.
const basesWanted = 2

// Join looks at another version of the profile, in the file at path. Both came from base, where that is given; else it
// is guessed from the backups.
func (s *Session) Join(path, base string) (*Joint, error) {
	onDisk, theirs, err := s.version(path)
	if err == nil {
		err = s.another(onDisk, path)
	}
	if err == nil {
		err = s.mayJoin(path, theirs.Profile)
	}
	if err != nil {
		return nil, err
	}
	j := &Joint{pair: file.Pair{Ours: s.now, Theirs: theirs.Profile}, rev: s.rev, path: path, text: onDisk.Bytes()}
	j.title = func(ksb string) string { return s.o.Library.Title(s.now.Standard, ksb) }
	if base == "" {
		j.guess(s)
	} else if err := j.from(s, base); err != nil {
		return nil, err
	}
	merged := file.Merge(j.pair)
	j.Clashes, j.Said = merged.Clashes, merged.Said
	known, err := s.o.decode(s.o.Path, []byte(s.text))
	if err != nil {
		return nil, err
	}
	for key, says := range theirs.Own {
		if known.Own[key] != says {
			j.Unread = append(j.Unread, key)
		}
	}
	slices.Sort(j.Unread)
	return j, nil
}

func (s *Session) version(path string) (*store.File, *file.File, error) {
	onDisk, err := store.Load(s.o.Ops, path, int64(tomledit.ProfileLimits.Size))
	if err != nil {
		return nil, nil, err
	}
	if err := filledElsewhere(path, onDisk.Bytes()); err != nil {
		return nil, nil, err
	}
	read, err := s.o.decode(path, onDisk.Bytes())
	return onDisk, read, err
}

// another refuses the profile itself, under whatever name: what is merged is put away afterwards.
func (s *Session) another(onDisk *store.File, path string) error {
	if !s.file.Same(onDisk) {
		return nil
	}
	return profile.Refuse("name the copy of it", "%s is the profile itself", safetext.Line(path))
}

// mayJoin refuses what is no version of this profile.
func (s *Session) mayJoin(path string, theirs profile.Profile) error {
	ours, name := s.now, safetext.Line(path)
	switch {
	case ours.Sheet || theirs.Sheet:
		return profile.Refuse("ksbcoach sheet take FILE takes in what a mentor filled in",
			"%s cannot be merged: a rating sheet is no version of a profile", name)
	case !samePerson(ours.Learner, theirs.Learner):
		return profile.Refuse("merge is for two copies of one profile; if these are, write the same name into both",
			"%s is the profile of another learner, %s", name, theirs.Learner.Name.Quoted())
	case ours.Standard != theirs.Standard:
		return profile.Refuse("two copies on different standards cannot be merged",
			"%s is on the standard %s and yours on %s", name, theirs.Standard, ours.Standard)
	}
	return nil
}

// samePerson says whether two files may be of one learner's record: under one name or with one ID. A name may have been
// changed in one of them, and an ID given in each.
func samePerson(a, b profile.Learner) bool {
	return profile.SameName(a.Name, b.Name) || a.ID != "" && a.ID == b.ID
}

// from takes a base that was named. Git hands an empty one over where there is none.
func (j *Joint) from(s *Session, base string) error {
	if onDisk, err := store.Load(s.o.Ops, base, int64(tomledit.ProfileLimits.Size)); err == nil &&
		len(onDisk.Bytes()) == 0 {
		return nil
	}
	_, read, err := s.version(base)
	if err != nil {
		return err
	}
	j.Bases, j.pair.Bases = []string{base}, []profile.Profile{read.Profile}
	return nil
}

// guess takes the newest backups that hold nothing but what both versions have for what both came from.
func (j *Joint) guess(s *Session) {
	var bases []profile.Profile
	var paths []string
	backups := s.backups()
	list, _ := backups.List() // without backups all is kept
	for _, one := range list {
		if len(bases) == basesWanted {
			break
		}
		data, err := backups.Read(one)
		if err != nil {
			continue
		}
		read, err := file.Decode(data, s.o.Library.Standard)
		if err == nil && file.Within(read.Profile, j.pair.Ours) && file.Within(read.Profile, j.pair.Theirs) {
			bases, paths = append(bases, read.Profile), append(paths, backups.Path(one))
		}
	}
	if len(bases) == basesWanted {
		j.Bases, j.pair.Bases, j.pair.Guessed = paths, bases, true
	}
}

// With is the record that comes of the two. Mine says for the key of a clash whether this session's side holds; nil
// means that it always does.
func (j *Joint) With(mine func(key string) bool) profile.Profile {
	a := j.pair
	a.Mine = mine
	return file.Merge(a).Profile
}

// Brings lists what a merged record has that this session's has not, or not so, and Lacks what the other version has
// not, or not so.
func (j *Joint) Brings(merged profile.Profile) ([]file.Difference, error) {
	return file.Differences(j.pair.Ours, merged)
}

// Lacks is explained with Brings.
func (j *Joint) Lacks(merged profile.Profile) ([]file.Difference, error) {
	return file.Differences(j.pair.Theirs, merged)
}

// Name is the name of the other version's file.
func (j *Joint) Name() string { return safetext.Line(filepath.Base(j.path)) }

// mostTitles is how many KSBs are named with their titles: a code alone tells a learner little.
const mostTitles = 2

// Says tells in sentences, by counts and KSBs, what the other version brings, and what was settled unasked.
func (j *Joint) Says() []string {
	brings, err := j.Brings(j.With(func(string) bool { return true }))
	held := file.Count(brings)
	if len(held.KSBs) <= mostTitles {
		for i, id := range held.KSBs {
			held.KSBs[i] = id + " " + j.title(id)
		}
	}
	what := holdingWords(held)
	out := []string{"It brings " + what + "."}
	if err != nil || what == "" {
		out[0] = "Nothing is in it that yours has not."
	}
	switch n := len(j.Clashes); {
	case n == 1:
		out = append(out, "One thing was changed in both: you are asked which one counts.")
	case n > 1:
		out = append(out, fmt.Sprintf("%d things were changed in both: you are asked which one counts, for each.", n))
	}
	return append(append(out, j.Said...), j.NotTaken()...)
}

// NotTaken names the keys that stay in the other version.
func (j *Joint) NotTaken() []string {
	return lists.Each(j.Unread, func(key string) string {
		return "A key of your own in the other copy is not taken over: " + safetext.Line(key) + "."
	})
}

// InWords counts things in half a sentence, such as "3 ratings (K7, K8, S6) and 1 goal"; "" for none.
func InWords(things []file.Difference) string { return holdingWords(file.Count(things)) }

// Text is the text of the profile with a merged record in it; nothing is written.
func (s *Session) Text(merged profile.Profile) ([]byte, error) {
	read, err := edited(s.text, s.saved, merged, s.notes, s.o.Library.Standard)
	if err != nil {
		// It breaks a rule which holds in each copy alone, such as an id that each gave to another thing.
		return nil, &failure{
			"the two cannot be put together as they are: " + errors.Unwrap(err).Error(),
			"neither file is changed; where a question is about it, the other side answers it (--prefer ours or " +
				"theirs), else change what is named in one of the two, and merge again",
			err,
		}
	}
	return read.text, nil
}

// TakeIn makes the merged record the session's, as one change that can be undone. The profile as it is in the file is
// backed up first, and without a backup nothing is taken in.
func (s *Session) TakeIn(j *Joint, mine func(key string) bool) error {
	if j.rev != s.rev {
		return errMovedOn
	}
	merged := j.With(mine)
	if _, err := s.Text(merged); err != nil {
		return err
	}
	if err := s.mayChange(); err != nil {
		return err
	}
	if err := s.backups().Keep([]byte(s.text), s.o.Now()); err != nil {
		return err
	}
	return s.Do(profile.TakeMerged{Merged: merged})
}

// PutAway moves a copy that is taken in and saved to the backups of the profile. One that was changed meanwhile stays,
// with false.
func (s *Session) PutAway(j *Joint) (moved bool, err error) {
	onDisk, err := store.Load(s.o.Ops, j.path, int64(tomledit.ProfileLimits.Size))
	if err == nil {
		err = s.another(onDisk, j.path)
	}
	if err != nil || !bytes.Equal(onDisk.Bytes(), j.text) {
		return false, err
	}
	if err := s.backups().Keep(j.text, s.o.Now()); err != nil {
		return false, err
	}
	if err := s.o.Ops.Remove(onDisk.Resolved()); err != nil {
		return false, fmt.Errorf("its words are in the backups, but %s could not be taken away: %w",
			safetext.Line(j.path), err)
	}
	return true, nil
}

// A Meeting is the file as it is now and all that this session did, saved or not, put on top of it. Making one changes
// nothing.
type Meeting struct {
	Clashes []file.Clash // where the two differ and the learner has to choose, the larger first
	Said    []string     // what was settled without asking and should be known
	Holds   bool         // all that this session did is in the file already
	Foreign bool         // the file is no version of this record: another learner's, or a rating sheet

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
	read, err := s.o.decode(s.o.Path, onDisk.Bytes())
	if err != nil {
		return nil, err
	}
	m := &Meeting{file: onDisk, theirs: read.Profile, notes: read.Notes, rev: s.rev}
	merged := s.onTop(m, s.now, nil)
	m.Clashes, m.Said = merged.Clashes, merged.Said
	m.Holds = len(m.Clashes) == 0 && reflect.DeepEqual(merged.Profile, m.theirs)
	m.Foreign = s.saved.Sheet != m.theirs.Sheet || s.saved.Standard != m.theirs.Standard ||
		!samePerson(s.saved.Learner, m.theirs.Learner)
	s.compare(m, merged.Profile)
	return m, nil
}

// Unasked says whether the session can go on with the file without a question: the two did not change one place, and
// the file is still a version of this record.
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
var errMovedOn = &profile.Refusal{
	Msg: "something was changed meanwhile", Why: "do it again: it will work on how things are now",
}

// Take continues with the file as Meet found it, and everything that this session did on top. Mine says for the key of
// a clash whether the session's side wins; nil means that it always does. What this session last wrote is backed up
// first, with what is not saved where the learner had to choose, and the file as found is backed up at the next save.
// On an error nothing changes: one is that what would go from the record could not be kept.
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
				return notKept(err)
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
		s.Distrust()
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
	var steps []undoStep
	after := merged
	for _, step := range slices.Backward(s.undo) {
		step.before = s.onTop(m, step.before, mine).Profile
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
