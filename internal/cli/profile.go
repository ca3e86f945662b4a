package cli

import (
	"cmp"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/profile/file"
	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/store"
)

// lockWait is how long a command that writes waits for another ksbcoach to release the profile. Another command needs
// milliseconds; there is no point in waiting longer for an open full screen.
const lockWait = 2 * time.Second

// sessionOptions finds the profile: the file of --profile, or that of KSBCOACH_PROFILE, or the one in the user's data
// folder. It opens nothing.
func (k *kit) sessionOptions() (session.Options, error) {
	named := session.InHome(k.env.Places.Home, cmp.Or(k.profilePath, k.env.Getenv("KSBCOACH_PROFILE")))
	places, err := store.FindPlaces(store.OS(), k.env.Places)
	switch {
	case err != nil && named == "":
		return session.Options{}, err
	case err != nil:
		places = store.PlacesBeside(named)
	}
	return session.Options{
		Path: cmp.Or(named, places.Profile), Places: places, Ops: store.OS(), Library: k.library,
		Now: k.env.Now, Today: k.asOf, Random: k.env.Random, Home: k.env.Places.Home, Build: k.env.Build,
	}, nil
}

// openToRead opens the profile to look at.
func (k *kit) openToRead() (*session.Session, error) {
	o, err := k.sessionOptions()
	if err != nil {
		return nil, err
	}
	o.Reading = true
	s, err := session.Open(o)
	if err != nil {
		return nil, k.noProfile(o.Path, err)
	}
	k.warnOfLater(s)
	// A profile that a later ksbcoach wrote may hold more than this one can show.
	if later := s.ReadOnly(); later != nil && k.running != nil {
		k.warn(later.Error() + "; " + hintOf(later))
	}
	return s, nil
}

// warnOfLater warns that entries later than --as-of still count. The record cannot be turned back to that day: it does
// not keep the earlier ratings of a round.
func (k *kit) warnOfLater(s *session.Session) {
	if k.asOf.IsZero() || k.running == nil { // nothing runs while the shell completes
		return
	}
	if last := file.LastDay(s.Profile()); last.After(k.asOf) {
		k.warn(fmt.Sprintf("the record has entries up to %s: --as-of only sets today, and the whole record "+
			"still counts", last.Long()))
	}
}

// read opens the profile to look at, and has it shown.
func (k *kit) read(show func(s *session.Session) error) error {
	s, err := k.openToRead()
	if err != nil {
		return err
	}
	return show(s)
}

// noProfile adds a hint to an error of opening the profile: how to make one if there is no file, or how to restore an
// older version if one is kept. Other errors, and nil, stay as they are.
func (k *kit) noProfile(path string, err error) error {
	var broken *session.FileError
	gone := errors.Is(err, store.ErrNotExist)
	if !gone && !errors.As(err, &broken) {
		return err
	}
	kept := k.keepsOlder()
	switch {
	case !gone && kept && !file.IsLater(err):
		return withHint(err, orRestore(broken.Hint()))
	case !gone:
		return err
	}
	hint := `ksbcoach init --name "Your Name"`
	if k.profilePath != "" {
		hint += " --profile " + store.Argument(path)
	}
	if kept {
		return withHint(fmt.Errorf("the profile is not there any more: %s", path), toRestore+"; "+hint+" starts anew")
	}
	return withHint(fmt.Errorf("no profile yet at %s", path), hint+" makes one")
}

// toRestore is a hint that is only true if an older version is kept; see keepsOlder.
const toRestore = "ksbcoach restore brings an older version back"

// orRestore adds toRestore to a hint.
func orRestore(hint string) string {
	if hint == "" || strings.HasSuffix(hint, "?") {
		return strings.TrimSpace(hint + " " + toRestore)
	}
	return hint + "; or " + toRestore
}

// keepsOlder says whether any older version of the profile is kept, readable or not.
func (k *kit) keepsOlder() bool {
	o, err := k.sessionOptions()
	return err == nil && session.KeepsOlder(o)
}

// edit opens the profile, calls change, saves, and only then reports the change: say writes it in words.
func (k *kit) edit(change func(s *session.Session) error, say func(s *session.Session, p *page)) error {
	o, err := k.sessionOptions()
	if err != nil {
		return err
	}
	o.Wait = lockWait
	s, err := session.Open(o)
	if err != nil {
		return k.noProfile(o.Path, err)
	}
	defer s.Close()
	if err := s.ReadOnly(); err != nil {
		return err
	}
	k.warn(s.Warning())
	k.note(s.ChangedElsewhere())
	warned, before := s.Warning(), s.Profile()
	if err := change(s); err != nil {
		return err
	}
	if err := save(s); err != nil {
		return err
	}
	k.changed = true
	if s.Warning() != warned {
		k.warn(s.Warning())
	}
	k.guard(s.GuardChange(before))
	return k.reportChange(before, s.Profile(), func(p *page) { say(s, p) })
}

func save(s *session.Session) error {
	err := s.Save()
	if errors.Is(err, store.ErrChanged) {
		return withHint(err, "run the same command again: it will work on the new version")
	}
	return err
}

// do is edit for a single change.
func (k *kit) do(c profile.Change, say func(s *session.Session, p *page)) error {
	return k.edit(func(s *session.Session) error { return s.Do(c) }, say)
}

// editKSB is edit for a change to one KSB, by its code.
func (k *kit) editKSB(
	code string, change func(*session.Session, standard.KSB) error, say func(*session.Session, *page, standard.KSB),
) error {
	var x standard.KSB
	return k.edit(func(s *session.Session) (err error) {
		if x, err = ksbCode(s.Standard(), code); err != nil {
			return err
		}
		return change(s, x)
	}, func(s *session.Session, p *page) { say(s, p, x) })
}

// note writes to stderr what is not a problem but should be known. It is said once: the next save records that it was.
func (k *kit) note(text string) {
	if text != "" {
		tell(k.env.Stderr, k.errColumns(), "note: ", text)
	}
}

func (k *kit) warn(text string) {
	if text != "" {
		tell(k.env.Stderr, k.errColumns(), "warning: ", k.withProfile(text))
	}
}

// newProfile is an empty profile for a learner, or a refusal by the rules that every change of the details follows.
func newProfile(std *standard.Standard, l profile.Learner, today calendar.Date) (profile.Profile, error) {
	return profile.SetLearner{Learner: l, Today: today}.Apply(profile.Profile{Standard: std.Reference}, std)
}
