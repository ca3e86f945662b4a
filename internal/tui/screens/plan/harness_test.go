package plan_test

import (
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/tui/screens/plan"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/uitest"
)

// keyPress is a key by its name.
func keyPress(name string) tea.KeyPressMsg {
	if code, ok := keyCodes[name]; ok {
		return tea.KeyPressMsg{Code: code}
	}
	return tea.KeyPressMsg{Code: []rune(name)[0], Text: name}
}

var keyCodes = map[string]rune{
	"enter": tea.KeyEnter, "up": tea.KeyUp, "down": tea.KeyDown, "left": tea.KeyLeft, "right": tea.KeyRight, "tab": tea.KeyTab,
	"home": tea.KeyHome, "end": tea.KeyEnd, "pgup": tea.KeyPgUp, "pgdown": tea.KeyPgDown,
}

// press sends keys and gives what the last one asked for.
func press(s *plan.Screen, c *ui.Context, names ...string) []ui.Ask {
	var asks []ui.Ask
	for _, name := range names {
		asks = s.Update(keyPress(name), c)
	}
	return asks
}

// shown is a screen that was gone to.
func shown(c *ui.Context, to ui.Go) *plan.Screen {
	s := plan.New()
	to.To = ui.Plan
	s.Update(ui.EnterMsg{Go: to}, c)
	return s
}

func goal(id, text string, ksbs ...string) profile.Goal {
	return profile.Goal{ID: id, KSBs: ksbs, Text: safetext.New(text), Status: profile.GoalActive, Set: uitest.Today}
}

// with is a context after some changes.
func with(c *ui.Context, changes ...profile.Change) *ui.Context {
	next := *c
	for _, x := range changes {
		p, err := x.Apply(next.Profile, c.Standard)
		if err != nil {
			panic(err)
		}
		next.Profile = p
		next.Rev++
	}
	next.Report = gap.Compute(c.Standard, c.Library.Scale(), next.Profile, c.Today)
	return &next
}

// full is the demo learner with five goals in flight and one more that was parked.
func full(cols, rows int) *ui.Context {
	return with(uitest.Demo(cols, rows),
		profile.AddGoal{Goal: goal("g-own", "Write down the limits of one probe check each week", "K9")},
		profile.AddGoal{Goal: goal("g-second", "Teach one colleague the new form and ask for it back", "S9")},
		profile.AddGoal{Goal: goal("g-third", "Sit in on one audit meeting and bring back one question", "K25")})
}

// taken is the demo learner with one goal more, as it is right after it was made by hand.
func taken(cols, rows int) *ui.Context {
	return with(uitest.Demo(cols, rows), profile.AddGoal{Goal: goal("g-own", "Learn about probes", "K9")})
}

// desk does what the root does: it makes the changes that the screen asks for, and keeps the rest for the test to look at.
type desk struct {
	t    *testing.T
	c    *ui.Context
	s    *plan.Screen
	form *ui.Edit
	menu *ui.Choose
	said string
	to   *ui.Go
}

func newDesk(t *testing.T, c *ui.Context, to ui.Go) *desk {
	t.Helper()
	return &desk{t: t, c: c, s: shown(c, to)}
}

func (d *desk) send(msg tea.Msg) {
	d.t.Helper()
	d.form, d.menu, d.to, d.said = nil, nil, nil, ""
	asks := d.s.Update(msg, d.c)
	for len(asks) > 0 {
		ask := asks[0]
		asks = asks[1:]
		switch ask := ask.(type) {
		case ui.Do:
			before := d.c.Profile
			d.c = with(d.c, ask.Change)
			if len(before.Goals) > len(d.c.Profile.Goals) {
				d.t.Fatal("a goal was lost")
			}
			asks = append(asks, d.s.Update(ui.DoneMsg{Note: ask.Note}, d.c)...)
		case ui.Edit:
			d.form = &ask
		case ui.Choose:
			d.menu = &ask
		case ui.Say:
			d.said = ask.Text
		case ui.Go:
			d.to = &ask
		}
	}
	uitest.Fits(d.t, d.s.View(d.c), d.c)
}

func (d *desk) press(names ...string) {
	d.t.Helper()
	for _, name := range names {
		d.send(keyPress(name))
	}
}

// pick chooses an option of the menu that is open.
func (d *desk) pick(index int) {
	d.t.Helper()
	if d.menu == nil {
		d.t.Fatal("no menu is open")
	}
	d.send(ui.ChosenMsg{Note: d.menu.Note, Index: index})
}

// pickText chooses an option by its text.
func (d *desk) pickText(text string) {
	d.t.Helper()
	if d.menu == nil {
		d.t.Fatal("no menu is open")
	}
	for i, o := range d.menu.Options {
		if o.Text == text {
			d.pick(i)
			return
		}
	}
	d.t.Fatalf("no option %q in %q", text, d.menu.Title)
}

// fill sends the open form off: what stands there already, and what is given by field.
func (d *desk) fill(values map[string]string) {
	d.t.Helper()
	if d.form == nil {
		d.t.Fatal("no form is open")
	}
	all := map[string]string{}
	for _, f := range d.form.Form.Fields {
		all[f.ID] = f.Value
		if v, ok := values[f.ID]; ok {
			all[f.ID] = v
			delete(values, f.ID)
		}
		if f.Check != nil && f.Check(all[f.ID]) != "" {
			d.t.Fatalf("%s: %s", f.ID, f.Check(all[f.ID]))
		}
		if f.Need && all[f.ID] == "" {
			d.t.Fatalf("%s is needed", f.ID)
		}
	}
	if len(values) > 0 {
		d.t.Fatalf("the form has no fields %v", values)
	}
	d.send(ui.FilledMsg{Note: d.form.Note, Values: all})
}

// hint is the first line of the body, which says what Enter does.
func (d *desk) hint() string {
	return firstLine(d.s.View(d.c))
}
