package session

import (
	"bytes"
	"errors"
	"fmt"
	"path/filepath"
	"slices"

	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/profile/file"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/store"
	"github.com/ksbcoach/ksbcoach/internal/tomledit"
)

// A Merge is this session's record combined with another version of it. PrepareMerge makes one without changing
// anything; TakeIn makes the result the session's record; PutAway then moves the other file to the backups.
type Merge struct {
	Clashes []file.Clash // where both were changed and the learner has to choose, larger ones first
	Said    []string     // what was decided without asking but the learner should know
	Bases   []string     // the files that both are taken to come from; with none, everything that either has is kept
	Unread  []string     // the learner's own keys that are missing or different here: they are not merged

	pair file.Pair
	rev  int    // of the session when it was made
	path string // of the other version
	text []byte // of the other version

	title func(ksb string) string // the short title of a KSB
}

// basesWanted is how many backups, holding nothing that either version lacks, it takes to guess what both versions come
// from. Something counts as unchanged only if both backups agree, since one alone could have been made after the two
// versions parted.
const basesWanted = 2

// PrepareMerge reads another version of the profile from the file at path. Both versions come from the one in the file
// base; if base is "", the backups serve to guess what both come from.
func (s *Session) PrepareMerge(path, base string) (*Merge, error) {
	onDisk, theirs, err := s.loadVersion(path)
	if err == nil {
		err = s.refuseItself(onDisk, path)
	}
	if err == nil {
		err = s.checkMergeable(path, theirs.Profile)
	}
	if err != nil {
		return nil, err
	}
	m := &Merge{pair: file.Pair{Ours: s.current, Theirs: theirs.Profile}, rev: s.rev, path: path, text: onDisk.Bytes()}
	m.title = func(ksb string) string { return s.opts.Library.Title(s.current.Standard, ksb) }
	if base == "" {
		m.guessBases(s)
	} else if err := m.useBase(s, base); err != nil {
		return nil, err
	}
	merged := file.Merge(m.pair)
	m.Clashes, m.Said = merged.Clashes, merged.Said
	known, err := s.opts.decode(s.opts.Path, []byte(s.text))
	if err != nil {
		return nil, err
	}
	for key, says := range theirs.Own {
		if known.Own[key] != says {
			m.Unread = append(m.Unread, key)
		}
	}
	slices.Sort(m.Unread)
	return m, nil
}

// loadVersion reads another version of the profile.
func (s *Session) loadVersion(path string) (*store.File, *file.File, error) {
	onDisk, err := store.Load(s.opts.Ops, path, int64(tomledit.ProfileLimits.Size))
	if err != nil {
		return nil, nil, err
	}
	if err := filledElsewhere(path, onDisk.Bytes()); err != nil {
		return nil, nil, err
	}
	read, err := s.opts.decode(path, onDisk.Bytes())
	return onDisk, read, err
}

// refuseItself refuses the profile itself, under whatever name, because PutAway would remove it.
func (s *Session) refuseItself(onDisk *store.File, path string) error {
	if !s.file.Same(onDisk) {
		return nil
	}
	return profile.Refuse("name the copy of it", "%s is the profile itself", safetext.Line(path))
}

// checkMergeable refuses what is not a version of this profile.
func (s *Session) checkMergeable(path string, theirs profile.Profile) error {
	ours, name := s.current, safetext.Line(path)
	switch {
	case ours.Sheet || theirs.Sheet:
		return profile.Refuse("ksbcoach sheet take FILE takes in what a mentor filled in",
			"%s cannot be merged: a rating sheet is not a version of a profile", name)
	case !samePerson(ours.Learner, theirs.Learner):
		return profile.Refuse("merge is for two copies of one profile; if these are, write the same name into both",
			"%s is the profile of another learner, %s", name, theirs.Learner.Name.Quoted())
	case ours.Standard != theirs.Standard:
		return profile.Refuse("two copies on different standards cannot be merged",
			"%s is on the standard %s and yours on %s", name, theirs.Standard, ours.Standard)
	}
	return nil
}

// samePerson says whether two records may be the same learner's: the name or the ID must be the same. The name may have
// been changed in one of them, and each may have been given an ID of its own.
func samePerson(a, b profile.Learner) bool {
	return profile.SameName(a.Name, b.Name) || a.ID != "" && a.ID == b.ID
}

// useBase reads a base that was named. An empty file means that there is none, as when Git calls us.
func (m *Merge) useBase(s *Session, base string) error {
	if onDisk, err := store.Load(s.opts.Ops, base, int64(tomledit.ProfileLimits.Size)); err == nil &&
		len(onDisk.Bytes()) == 0 {
		return nil
	}
	_, read, err := s.loadVersion(base)
	if err != nil {
		return err
	}
	m.Bases, m.pair.Bases = []string{base}, []profile.Profile{read.Profile}
	return nil
}

// guessBases looks among the backups for what both versions come from; see basesWanted.
func (m *Merge) guessBases(s *Session) {
	var bases []profile.Profile
	var paths []string
	backups := s.backups()
	list, _ := backups.List() // without backups there are no bases, and nothing is lost
	for _, backup := range list {
		if len(bases) == basesWanted {
			break
		}
		data, err := backups.Read(backup)
		if err != nil {
			continue
		}
		read, err := file.Decode(data, s.opts.Library.Standard)
		if err == nil && file.MayFollow(read.Profile, m.pair.Ours) && file.MayFollow(read.Profile, m.pair.Theirs) {
			bases = append(bases, read.Profile)
			paths = append(paths, backups.Path(backup))
		}
	}
	if len(bases) == basesWanted {
		m.Bases, m.pair.Bases, m.pair.Guessed = paths, bases, true
	}
}

// With is the merged record. Mine says for the key of a clash whether this session's side wins; nil means always.
func (m *Merge) With(mine func(key string) bool) profile.Profile {
	pair := m.pair
	pair.TakeOurs = mine
	return file.Merge(pair).Profile
}

// Brings lists what is different in a merged record from this session's record.
func (m *Merge) Brings(merged profile.Profile) ([]file.Difference, error) {
	return file.Differences(m.pair.Ours, merged)
}

// Lacks lists what is different in a merged record from the other version.
func (m *Merge) Lacks(merged profile.Profile) ([]file.Difference, error) {
	return file.Differences(m.pair.Theirs, merged)
}

// Name is the name of the other version's file.
func (m *Merge) Name() string { return safetext.Line(filepath.Base(m.path)) }

// maxTitles is up to how many KSBs are listed with their titles, since a code alone tells a learner little.
const maxTitles = 2

// Says tells the learner in sentences what the other version brings, and what was decided without asking.
func (m *Merge) Says() []string {
	brings, err := m.Brings(m.With(func(string) bool { return true }))
	held := file.TallyOf(brings)
	if len(held.KSBs) <= maxTitles {
		for i, id := range held.KSBs {
			held.KSBs[i] = id + " " + m.title(id)
		}
	}
	what := tallyWords(held)
	out := []string{"It brings " + what + "."}
	if err != nil || what == "" {
		out[0] = "It has nothing that yours does not."
	}
	switch n := len(m.Clashes); {
	case n == 1:
		out = append(out, "One thing was changed in both: you are asked which one counts.")
	case n > 1:
		out = append(out, fmt.Sprintf("%d things were changed in both: you are asked about each of them.", n))
	}
	return append(append(out, m.Said...), m.NotTaken()...)
}

// NotTaken says which keys of the learner's own stay behind in the other version.
func (m *Merge) NotTaken() []string {
	return lists.Each(m.Unread, func(key string) string {
		return "A key of your own in the other copy is not taken over: " + safetext.Line(key) + "."
	})
}

// InWords says how many things there are, such as "3 ratings (K7, K8, S6) and 1 goal"; "" for none.
func InWords(things []file.Difference) string { return tallyWords(file.TallyOf(things)) }

// Text is the text of the profile file with a merged record in it. It writes nothing.
func (s *Session) Text(merged profile.Profile) ([]byte, error) {
	read, err := editText(s.text, s.saved, merged, s.notes, s.opts.Library.Standard)
	if err != nil {
		// Both may be valid and the result not, for example if each gave the same ID to something else.
		return nil, &failure{
			"the two cannot be put together as they are: " + errors.Unwrap(err).Error(),
			"neither file is changed; change what is named here in one of the two and merge again or, if a question " +
				"was about it, choose the other side (--prefer ours or theirs)",
			err,
		}
	}
	return read.text, nil
}

// TakeIn makes the merged record the session's record, as one change that can be undone. First it backs up the profile
// as it is in the file; if that fails it changes nothing.
func (s *Session) TakeIn(m *Merge, mine func(key string) bool) error {
	if m.rev != s.rev {
		return errMovedOn
	}
	merged := m.With(mine)
	if _, err := s.Text(merged); err != nil {
		return err
	}
	if err := s.mayChange(); err != nil {
		return err
	}
	if err := s.backups().Keep([]byte(s.text), s.opts.Now()); err != nil {
		return err
	}
	return s.Do(profile.TakeMerged{Merged: merged})
}

// PutAway moves the file of the other version to the backups, once it is taken in and saved. If the file has changed
// since PrepareMerge it stays, and PutAway returns false.
func (s *Session) PutAway(m *Merge) (moved bool, err error) {
	onDisk, err := store.Load(s.opts.Ops, m.path, int64(tomledit.ProfileLimits.Size))
	if err == nil {
		err = s.refuseItself(onDisk, m.path)
	}
	if err != nil || !bytes.Equal(onDisk.Bytes(), m.text) {
		return false, err
	}
	if err := s.backups().Keep(m.text, s.opts.Now()); err != nil {
		return false, err
	}
	if err := s.opts.Ops.Remove(onDisk.Resolved()); err != nil {
		return false, fmt.Errorf("its content is in the backups, but %s could not be removed: %w",
			safetext.Line(m.path), err)
	}
	return true, nil
}
