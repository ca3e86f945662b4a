package lines

import (
	"fmt"
	"maps"

	"github.com/ksbcoach/ksbcoach/internal/session"
)

// takeCopy tells what is in the oldest copy that a sync program left beside the profile, and takes it in: it asks which
// side holds where both were changed, one place after the other, the larger first.
func (t *talk) takeCopy() error {
	if !t.mayChange() {
		return nil
	}
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
	yes := false
	if err := t.until(once(func() error {
		yes, err = t.sure("Take it in? " + session.CopyGoes)
		return err
	})); err != nil || !yes {
		return err
	}
	mine := map[string]bool{}
	for i, c := range j.Clashes {
		here, there := "Yours: "+c.Ours, "The copy's: "+c.Theirs
		if c.Covered {
			here, there = "The one in your profile", "The one in the copy"
		}
		answers := map[string]bool{}
		err := t.until(once(func() error {
			return t.choose(fmt.Sprintf("%d of %d, changed in both: %s. Which one should count?", i+1, len(j.Clashes), c.What), []option{
				{Text: here, Do: func() error { answers[c.Key] = true; return nil }},
				{Text: there, Do: func() error { answers[c.Key] = false; return nil }},
			}, 1)
		}))
		if err != nil {
			return err
		}
		if len(answers) == 0 {
			t.say.Para(0, "Not taken in; the copy is where it was.")
			return nil
		}
		maps.Copy(mine, answers)
	}
	t.say.Para(0, "%s", t.joined(j, mine))
	return nil
}

// joined takes a copy in, saves, and moves it to the backups.
func (t *talk) joined(j *session.Joint, mine map[string]bool) string {
	if err := t.s.TakeIn(j, func(key string) bool { return mine[key] }); err != nil {
		return "Not taken in: " + wrong(err)
	}
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
