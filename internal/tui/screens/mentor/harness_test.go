package mentor

import (
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/uitest"
)

// press is a key as the terminal sends it.
func press(name string) tea.KeyPressMsg {
	codes := map[string]rune{
		"enter": tea.KeyEnter, "up": tea.KeyUp, "down": tea.KeyDown, "left": tea.KeyLeft, "right": tea.KeyRight, "tab": tea.KeyTab,
		"home": tea.KeyHome, "end": tea.KeyEnd, "pgup": tea.KeyPgUp, "pgdown": tea.KeyPgDown,
	}
	if code, ok := codes[name]; ok {
		return tea.KeyPressMsg{Code: code}
	}
	return tea.KeyPressMsg{Code: []rune(name)[0], Text: name}
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

// desk does what the root does: it makes the changes that the screen asks for, and keeps the rest for the test to look at.
type desk struct {
	t    *testing.T
	c    *ui.Context
	past []step
	s    *Screen
	asks []ui.Ask // of the last message, and of what came of it
	form *ui.Edit
	menu *ui.Choose
	said string
}

// step is a change with the record of before.
type step struct {
	before profile.Profile
	change profile.Change
}

func newDesk(t *testing.T, c *ui.Context) *desk {
	t.Helper()
	d := &desk{t: t, c: c, s: New()}
	d.send(ui.EnterMsg{})
	return d
}

func (d *desk) send(msg tea.Msg) {
	d.t.Helper()
	d.form, d.menu, d.said, d.asks = nil, nil, "", nil
	asks := d.s.Update(msg, d.c)
	for len(asks) > 0 {
		ask := asks[0]
		asks = asks[1:]
		d.asks = append(d.asks, ask)
		switch ask := ask.(type) {
		case ui.Do:
			d.past = append(d.past, step{d.c.Profile, ask.Change})
			d.c = with(d.c, ask.Change)
			asks = append(asks, d.s.Update(ui.DoneMsg{Note: ask.Note}, d.c)...)
		case ui.Undo:
			d.back()
		case ui.Edit:
			d.form = &ask
		case ui.Choose:
			d.menu = &ask
		case ui.Say:
			d.said = ask.Text
		}
	}
	uitest.Fits(d.t, d.s.View(d.c), d.c)
}

// back takes back the newest change.
func (d *desk) back() {
	n := len(d.past) - 1
	if n < 0 {
		return
	}
	c := *d.c
	was := d.past[n]
	c.Profile, d.past = was.before, d.past[:n]
	d.c = with(&c)
	d.c.Rev++
	d.s.Update(ui.UndoneMsg{Change: was.change}, d.c)
}

func (d *desk) press(names ...string) {
	d.t.Helper()
	for _, name := range names {
		d.send(press(name))
	}
}

func (d *desk) pick(index int) {
	d.t.Helper()
	if d.menu == nil {
		d.t.Fatal("no menu is open")
	}
	d.send(ui.ChosenMsg{Note: d.menu.Note, Index: index})
}

func (d *desk) fill(text string) {
	d.t.Helper()
	if d.form == nil {
		d.t.Fatal("no form is open")
	}
	d.send(ui.FilledMsg{Note: d.form.Note, Values: map[string]string{d.form.Form.Fields[0].ID: text}})
}

// begin gives a name, or chooses the first of those that are known.
func (d *desk) begin() {
	d.t.Helper()
	d.press("enter")
	if d.menu != nil {
		d.pick(0)
		return
	}
	d.fill("J. Ode")
}

// somebodyElse gives a name that is not among the known ones.
func (d *desk) somebodyElse(name string) {
	d.t.Helper()
	if d.menu != nil {
		d.pick(len(d.menu.Options) - 1)
	}
	d.fill(name)
}

// look says that both are ready.
func (d *desk) look() {
	d.t.Helper()
	d.press("v")
	d.pick(readyYes)
}
