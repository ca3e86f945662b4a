package appraisal

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
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

// meeting is a learner in the middle of a review.
func meeting(c *ui.Context) *ui.Context {
	return with(c, profile.StartReview{ID: "v-1", On: c.Today, With: []safetext.Text{safetext.New("J. Ode")}})
}

// met is a learner whose review is closed.
func met(c *ui.Context) *ui.Context {
	c = meeting(c)
	r, _ := c.Profile.OpenReview()
	for _, a := range c.Profile.Unchecked(r) {
		c = with(c, profile.CheckAction{Review: r.ID, Action: a.ID, Outcome: profile.ActionDone})
	}
	return with(c, closeReview(c, r)[0].(ui.Do).Change)
}

// desk does what the root does: it makes the changes that the screen asks for, and keeps the rest for the test to look at.
type desk struct {
	t    *testing.T
	c    *ui.Context
	s    *Screen
	form *ui.Edit
	menu *ui.Choose
	said string
	to   *ui.Go
	file *ui.Sheet
	undo bool
	did  []profile.Change
}

func newDesk(t *testing.T, c *ui.Context) *desk {
	t.Helper()
	d := &desk{t: t, c: c, s: New()}
	d.send(ui.EnterMsg{})
	return d
}

func (d *desk) send(msg tea.Msg) {
	d.t.Helper()
	d.form, d.menu, d.to, d.file, d.said, d.undo = nil, nil, nil, nil, "", false
	asks := d.s.Update(msg, d.c)
	for len(asks) > 0 {
		ask := asks[0]
		asks = asks[1:]
		switch ask := ask.(type) {
		case ui.Do:
			d.did = append(d.did, ask.Change)
			d.c = with(d.c, ask.Change)
			asks = append(asks, d.s.Update(ui.DoneMsg{Note: ask.Note}, d.c)...)
		case ui.Edit:
			d.form = &ask
		case ui.Choose:
			d.menu = &ask
		case ui.Say:
			d.said = ask.Text
		case ui.Go:
			d.to = &ask
		case ui.Sheet:
			d.file = &ask
		case ui.Undo:
			d.undo = true
		}
	}
	uitest.Fits(d.t, d.s.View(d.c), d.c)
}

// takeBack does what undo does: it takes the newest change back, to the context from before it.
func (d *desk) takeBack(before *ui.Context) {
	d.t.Helper()
	change := d.did[len(d.did)-1]
	d.did = d.did[:len(d.did)-1]
	back := *before
	back.Rev = d.c.Rev + 1
	d.c = &back
	d.send(ui.UndoneMsg{Change: change})
}

func (d *desk) press(names ...string) {
	d.t.Helper()
	for _, name := range names {
		d.send(press(name))
	}
}

// pick chooses an option of the menu that is open by the start of its text.
func (d *desk) pick(text string) {
	d.t.Helper()
	if d.menu == nil {
		d.t.Fatal("no menu is open")
	}
	for i, o := range d.menu.Options {
		if strings.HasPrefix(o.Text, text) {
			d.send(ui.ChosenMsg{Note: d.menu.Note, Index: i})
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
		}
		if f.Check != nil && f.Check(all[f.ID]) != "" || f.Need && all[f.ID] == "" {
			d.t.Fatalf("%s would be refused", f.ID)
		}
	}
	d.send(ui.FilledMsg{Note: d.form.Note, Values: all})
}

// goTo puts the cursor on an item by pressing the arrow keys.
func (d *desk) goTo(kind kind) {
	d.t.Helper()
	d.press("home")
	for range 200 {
		if d.s.at[d.s.tab].item.kind == kind {
			return
		}
		d.press("down")
	}
	d.t.Fatalf("no item of kind %d on page %d", kind, d.s.tab)
}
