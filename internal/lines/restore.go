package lines

import (
	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// restore says which older versions are kept, and brings one back once what comes and goes was heard.
func (t *talk) restore() error {
	if !t.mayChange() {
		return nil
	}
	return t.until(func() error {
		look, err := t.s.LookForOlder()
		var older *session.Older
		if err == nil {
			older, err = look()
		}
		switch {
		case err != nil:
			t.say.Para(0, "Not read: %s", wrong(err))
			return errBack
		case len(older.List) == 0:
			t.say.Para(0, "%s", older.None())
			return errBack
		}
		var options, brief []option
		for _, v := range older.List {
			x := option{
				Text: words.Capital(v.When(t.s.Today())) + ", " + v.Says(), Says: v.Listed(),
				Do: func() error { return t.bringBack(older, v) },
			}
			if v.Brief {
				brief = append(brief, x)
			} else {
				options = append(options, x)
			}
		}
		if n := len(brief); n > 0 {
			options = append(options, option{Text: "Hear " + words.Count(n, "one", "more") + " from before these", Do: func() error {
				return t.choose("Which one?", brief, 0)
			}})
		}
		return t.choose(older.Count()+". Which one? Nothing is done before you have heard what comes back and what goes.", options, 0)
	})
}

func (t *talk) bringBack(older *session.Older, v session.Version) error {
	if v.Same {
		t.say.Para(0, "That version is the same as now, so there is nothing to bring back.")
		return nil
	}
	for _, says := range older.Asks(v, t.s.Today()) {
		t.say.Para(0, "%s", says)
	}
	for _, side := range v.Sides() {
		t.say.Para(0, "%s: %s.", words.Capital(side.Label), side.Words)
	}
	if v.State != session.VersionReadable {
		return nil
	}
	yes, err := t.sure("Bring it back?")
	if err != nil || !yes {
		return err
	}
	r, err := t.s.BringBack(older, v)
	if err != nil {
		t.say.Para(0, "Not done: %s", wrong(err))
		return nil
	}
	t.before, t.last = t.s.Profile(), ""
	t.say.Para(0, "%s Choosing that one here takes this back.", r.Says(t.s.Today()))
	if r.Warning != "" {
		t.say.Para(0, "Note: %s", sentence(r.Warning))
	}
	return errMenu
}
