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

// lockWait is how long a command that writes waits for another ksbcoach to finish: other commands take milliseconds,
// and an open program is not waited out.
const lockWait = 2 * time.Second

// sessionOptions finds the profile: the file that was named, else that of the environment, else the user's own.
func (k *kit) sessionOptions() (session.Options, error) {
	named := session.InHome(k.env.Places.Home, cmp.Or(k.file, k.env.Getenv("KSBCOACH_PROFILE")))
	places, err := store.FindPlaces(store.OS(), k.env.Places)
	switch {
	case err != nil && named == "":
		return session.Options{}, err
	case err != nil:
		places = store.PlacesBeside(named)
	}
	path := cmp.Or(named, places.Profile)
	return session.Options{
		Path: path, Places: places, Ops: store.OS(), Library: k.library,
		Now: k.env.Now, Today: k.asOf, Random: k.env.Random, Home: k.env.Places.Home, Build: k.env.Build,
	}, nil
}

// reading opens the profile to look at.
func (k *kit) reading() (*session.Session, error) {
	o, err := k.sessionOptions()
	if err != nil {
		return nil, err
	}
	o.Reading = true
	s, err := session.Open(o)
	if err == nil {
		k.warnOfLater(s)
		if later := s.ReadOnly(); later != nil && k.running != nil { // what is shown may not be all of it
			k.warn(later.Error() + "; " + hintOf(later))
		}
	}
	return s, k.noProfile(o.Path, err)
}

// warnOfLater says that --as-of sets the day and does not turn the record back: an earlier level of the same round is
// gone.
func (k *kit) warnOfLater(s *session.Session) {
	if k.asOf.IsZero() || k.running == nil { // nothing runs while the shell completes
		return
	}
	if last := file.LastDay(s.Profile()); last.After(k.asOf) {
		k.warn(fmt.Sprintf("the record has entries up to %s: --as-of only sets today, and the whole record "+
			"still counts", last.Long()))
	}
}

// look opens the profile to look at, and has it shown.
func (k *kit) look(show func(s *session.Session) error) error {
	s, err := k.reading()
	if err != nil {
		return err
	}
	return show(s)
}

// noProfile says how to start where there is no file, and how to go on where an older version can take its place.
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
	if k.file != "" {
		hint += " --profile " + store.Argument(path)
	}
	if kept {
		return withHint(fmt.Errorf("the profile is not there any more: %s", path), toRestore+"; "+hint+" starts anew")
	}
	return withHint(fmt.Errorf("no profile yet at %s", path), hint+" makes one")
}

// toRestore says what brings an older version back. Only a command knows whether one is kept.
const toRestore = "ksbcoach restore brings an older version back"

// orRestore is what to try about a profile of which an older version is kept.
func orRestore(hint string) string {
	if hint == "" || strings.HasSuffix(hint, "?") {
		return strings.TrimSpace(hint + " " + toRestore)
	}
	return hint + "; or " + toRestore
}

// keepsOlder says whether an older version of the profile is kept. None is read.
func (k *kit) keepsOlder() bool {
	o, err := k.sessionOptions()
	return err == nil && session.KeepsOlder(o)
}

// edit opens the profile, has it changed, saves it, and only then lets the command say so.
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
	k.note(s.Elsewhere())
	before, was := s.Warning(), s.Profile()
	if err := change(s); err != nil {
		return err
	}
	if err := save(s); err != nil {
		return err
	}
	k.changed = true
	if s.Warning() != before {
		k.warn(s.Warning())
	}
	k.guard(s.GuardChange(was))
	return k.written(was, s.Profile(), func(p *page) { say(s, p) })
}

func save(s *session.Session) error {
	err := s.Save()
	if errors.Is(err, store.ErrChanged) {
		return withHint(err, "run the same command again: it will work on the new version")
	}
	return err
}

// do makes one change and says so.
func (k *kit) do(c profile.Change, say func(s *session.Session, p *page)) error {
	return k.edit(func(s *session.Session) error { return s.Do(c) }, say)
}

// editKSB is edit for a change to the KSB of that code.
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

// note says on stderr what is no trouble, and yet is said only once: saving remembers that it was.
func (k *kit) note(text string) {
	if text != "" {
		tell(k.env.Stderr, k.errColumns(), "note: ", text)
	}
}

func (k *kit) warn(text string) {
	if text != "" {
		tell(k.env.Stderr, k.errColumns(), "warning: ", k.here(text))
	}
}

// newProfile is an empty profile for a learner, checked by the rules of every change.
func newProfile(std *standard.Standard, l profile.Learner, today calendar.Date) (profile.Profile, error) {
	return profile.SetLearner{Learner: l, Today: today}.Apply(profile.Profile{Standard: std.Reference}, std)
}
