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

// A Merge is the record of this session and another version of it, put together. Making one changes nothing.
type Merge struct {
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

// PrepareMerge looks at another version of the profile, in the file at path. Both came from base, where that is given;
// else it is guessed from the backups.
func (s *Session) PrepareMerge(path, base string) (*Merge, error) {
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
	m := &Merge{pair: file.Pair{Ours: s.now, Theirs: theirs.Profile}, rev: s.rev, path: path, text: onDisk.Bytes()}
	m.title = func(ksb string) string { return s.o.Library.Title(s.now.Standard, ksb) }
	if base == "" {
		m.guess(s)
	} else if err := m.from(s, base); err != nil {
		return nil, err
	}
	merged := file.Merge(m.pair)
	m.Clashes, m.Said = merged.Clashes, merged.Said
	known, err := s.o.decode(s.o.Path, []byte(s.text))
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
func (m *Merge) from(s *Session, base string) error {
	if onDisk, err := store.Load(s.o.Ops, base, int64(tomledit.ProfileLimits.Size)); err == nil &&
		len(onDisk.Bytes()) == 0 {
		return nil
	}
	_, read, err := s.version(base)
	if err != nil {
		return err
	}
	m.Bases, m.pair.Bases = []string{base}, []profile.Profile{read.Profile}
	return nil
}

// guess takes the newest backups that hold nothing but what both versions have for what both came from.
func (m *Merge) guess(s *Session) {
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
		if err == nil && file.MayFollow(read.Profile, m.pair.Ours) && file.MayFollow(read.Profile, m.pair.Theirs) {
			bases, paths = append(bases, read.Profile), append(paths, backups.Path(one))
		}
	}
	if len(bases) == basesWanted {
		m.Bases, m.pair.Bases, m.pair.Guessed = paths, bases, true
	}
}

// With is the record that comes of the two. Mine says for the key of a clash whether this session's side holds; nil
// means that it always does.
func (m *Merge) With(mine func(key string) bool) profile.Profile {
	a := m.pair
	a.TakeOurs = mine
	return file.Merge(a).Profile
}

// Brings lists what a merged record has that this session's has not, or not so, and Lacks what the other version has
// not, or not so.
func (m *Merge) Brings(merged profile.Profile) ([]file.Difference, error) {
	return file.Differences(m.pair.Ours, merged)
}

// Lacks is explained with Brings.
func (m *Merge) Lacks(merged profile.Profile) ([]file.Difference, error) {
	return file.Differences(m.pair.Theirs, merged)
}

// Name is the name of the other version's file.
func (m *Merge) Name() string { return safetext.Line(filepath.Base(m.path)) }

// mostTitles is how many KSBs are named with their titles: a code alone tells a learner little.
const mostTitles = 2

// Says tells in sentences, by counts and KSBs, what the other version brings, and what was settled unasked.
func (m *Merge) Says() []string {
	brings, err := m.Brings(m.With(func(string) bool { return true }))
	held := file.TallyOf(brings)
	if len(held.KSBs) <= mostTitles {
		for i, id := range held.KSBs {
			held.KSBs[i] = id + " " + m.title(id)
		}
	}
	what := holdingWords(held)
	out := []string{"It brings " + what + "."}
	if err != nil || what == "" {
		out[0] = "Nothing is in it that yours has not."
	}
	switch n := len(m.Clashes); {
	case n == 1:
		out = append(out, "One thing was changed in both: you are asked which one counts.")
	case n > 1:
		out = append(out, fmt.Sprintf("%d things were changed in both: you are asked which one counts, for each.", n))
	}
	return append(append(out, m.Said...), m.NotTaken()...)
}

// NotTaken names the keys that stay in the other version.
func (m *Merge) NotTaken() []string {
	return lists.Each(m.Unread, func(key string) string {
		return "A key of your own in the other copy is not taken over: " + safetext.Line(key) + "."
	})
}

// InWords counts things in half a sentence, such as "3 ratings (K7, K8, S6) and 1 goal"; "" for none.
func InWords(things []file.Difference) string { return holdingWords(file.TallyOf(things)) }

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
	if err := s.backups().Keep([]byte(s.text), s.o.Now()); err != nil {
		return err
	}
	return s.Do(profile.TakeMerged{Merged: merged})
}

// PutAway moves a copy that is taken in and saved to the backups of the profile. One that was changed meanwhile stays,
// with false.
func (s *Session) PutAway(m *Merge) (moved bool, err error) {
	onDisk, err := store.Load(s.o.Ops, m.path, int64(tomledit.ProfileLimits.Size))
	if err == nil {
		err = s.another(onDisk, m.path)
	}
	if err != nil || !bytes.Equal(onDisk.Bytes(), m.text) {
		return false, err
	}
	if err := s.backups().Keep(m.text, s.o.Now()); err != nil {
		return false, err
	}
	if err := s.o.Ops.Remove(onDisk.Resolved()); err != nil {
		return false, fmt.Errorf("its words are in the backups, but %s could not be taken away: %w",
			safetext.Line(m.path), err)
	}
	return true, nil
}
