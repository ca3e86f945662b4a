package lines

import (
	"errors"

	"github.com/ksbcoach/ksbcoach/internal/session"
)

// takeCopy tells what is in the oldest copy that a sync program left beside the profile, and takes it in.
func (t *talk) takeCopy() error {
	if !t.mayChange() {
		return nil
	}
	return t.until(once(t.oneCopy))
}

func (t *talk) oneCopy() error {
	j, err := t.s.NextCopy()
	switch {
	case err != nil:
		t.say.Para(0, "Not taken in: %s", wrong(err))
		return nil
	case j == nil:
		t.say.Para(0, "%s", session.NoCopy)
		return nil
	}
	t.say.Para(0, "A copy of your profile: %s", j.Name())
	for _, says := range j.Says() {
		t.say.Para(0, "%s", says)
	}
	if yes, err := t.sure("Take it in? " + session.CopyGoes); err != nil || !yes {
		return err
	}
	mine, err := t.sides(j.Clashes, "copy", false)
	if errors.Is(err, errBack) {
		t.say.Para(0, "Not taken in; the copy is where it was.")
	}
	if err == nil {
		t.say.Para(0, "%s", t.joined(j, mine))
	}
	return err
}

// joined takes a copy in, saves, and moves it to the backups.
func (t *talk) joined(j *session.Joint, mine map[string]bool) string {
	before := t.s.Profile()
	if err := t.s.TakeIn(j, func(key string) bool { return mine[key] }); err != nil {
		return "Not taken in: " + wrong(err)
	}
	t.entered(before)
	says := t.save()
	if t.s.Dirty() {
		return says
	}
	moved, err := t.s.PutAway(j)
	if err != nil {
		return says + " " + sentence(err.Error())
	}
	return says + " " + session.CopyTaken(moved)
}
