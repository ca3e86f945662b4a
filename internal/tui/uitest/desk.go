package uitest

import (
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// With returns the context after some changes of the record. It panics if one is refused.
func With(c *ui.Context, changes ...profile.Change) *ui.Context {
	next := *c
	for _, x := range changes {
		p, err := x.Apply(next.Profile, c.Standard)
		if err != nil {
			panic(err)
		}
		next.Profile = p
		next.Rev++
	}
	next.Report = gap.Compute(c.Standard, c.Library.Scale(), next.Profile, c.Today).WithOrder(c.Report.Order)
	return &next
}

var named = map[string]tea.KeyPressMsg{
	"enter": {Code: tea.KeyEnter}, "tab": {Code: tea.KeyTab}, "shift+tab": {Code: tea.KeyTab, Mod: tea.ModShift},
	"space": {Code: tea.KeySpace, Text: " "},
	"up":    {Code: tea.KeyUp}, "down": {Code: tea.KeyDown}, "left": {Code: tea.KeyLeft}, "right": {Code: tea.KeyRight},
	"home": {Code: tea.KeyHome}, "end": {Code: tea.KeyEnd}, "pgup": {Code: tea.KeyPgUp},
	"pgdown": {Code: tea.KeyPgDown},
}

// Key returns the press of a key, by its name or the character that it types.
func Key(name string) tea.KeyPressMsg {
	if k, ok := named[name]; ok {
		return k
	}
	return tea.KeyPressMsg{Code: []rune(name)[0], Text: name}
}

// Press presses keys on a screen and returns what the last one asks for. One string may name several, with spaces
// between them.
func Press(s ui.Screen, c *ui.Context, keys ...string) (asks []ui.Ask) {
	for _, k := range strings.Fields(strings.Join(keys, " ")) {
		asks = s.Update(Key(k), c)
	}
	return asks
}

// Shown goes to a screen, presses keys and returns it.
func Shown[S ui.Screen](s S, c *ui.Context, to ui.Go, keys ...string) S {
	s.Update(ui.EnterMsg{Go: to}, c)
	Press(s, c, keys...)
	return s
}

// Desk stands in for the root, for one screen. It makes and undoes the changes that the screen asks for, and keeps the
// other asks for the test to look at. After each message it checks that the page fits its room.
type Desk[S ui.Screen] struct {
	TB   testing.TB
	S    S
	C    *ui.Context
	Past []Step // the changes that were made and not undone, newest last

	// What the screen has asked for because of the last message:
	Asks []ui.Ask // all of it
	Form *ui.Edit
	Menu *ui.Choose
	Said string
	To   *ui.Go
	File *ui.Sheet

	Made func(before, after profile.Profile) // called for each change, unless nil
}

// Step is a change, and the record before it.
type Step struct {
	Before profile.Profile
	Change profile.Change
	rev    int
}

// NewDesk makes a desk for a screen, and goes to the screen.
func NewDesk[S ui.Screen](tb testing.TB, s S, c *ui.Context, to ui.Go) *Desk[S] {
	tb.Helper()
	d := &Desk[S]{TB: tb, S: s, C: c}
	d.Send(ui.EnterMsg{Go: to})
	return d
}

// Send hands a message to the screen, and carries out what the screen asks for.
func (d *Desk[S]) Send(msg tea.Msg) {
	d.TB.Helper()
	d.carryOut(d.S.Update(msg, d.C))
}

// Ask carries out asks as if the screen had made them.
func (d *Desk[S]) Ask(asks ...ui.Ask) {
	d.TB.Helper()
	d.carryOut(asks)
}

// TakeBack undoes the newest change.
func (d *Desk[S]) TakeBack() {
	d.TB.Helper()
	d.carryOut(ui.Asks(ui.Undo{}))
}

func (d *Desk[S]) carryOut(asks []ui.Ask) {
	d.TB.Helper()
	d.Asks, d.Form, d.Menu, d.To, d.File, d.Said = nil, nil, nil, nil, nil, ""
	for len(asks) > 0 {
		ask := asks[0]
		asks = asks[1:]
		d.Asks = append(d.Asks, ask)
		switch ask := ask.(type) {
		case ui.Do:
			asks = append(asks, d.do(ask)...)
		case ui.Undo:
			asks = append(asks, d.undo()...)
		case ui.Edit:
			d.Form = &ask
		case ui.Choose:
			d.Menu = &ask
		case ui.Say:
			d.Said = ask.Text
		case ui.Refuse:
			d.Said = ask.Says
		case ui.Go:
			d.To = &ask
		case ui.Sheet:
			d.File = &ask
		}
	}
	Fits(d.TB, d.S.View(d.C), d.C)
}

func (d *Desk[S]) do(ask ui.Do) []ui.Ask {
	before := d.C.Profile
	d.Past = append(d.Past, Step{Before: before, Change: ask.Change})
	d.C = With(d.C, ask.Change)
	d.C.Newest = d.C.Rev
	d.Past[len(d.Past)-1].rev = d.C.Rev
	if d.Made != nil {
		d.Made(before, d.C.Profile)
	}
	return Done(d.S, d.C, ask)
}

// Done tells a screen, as the root does, that a change was made. It returns what the screen and the ask's Then ask for.
func Done(s ui.Screen, c *ui.Context, ask ui.Do) []ui.Ask { return follows(s, c, ask.Then) }

// Sent is Done for a form that was sent.
func Sent(s ui.Screen, c *ui.Context, ask ui.Edit, values ui.Values) []ui.Ask {
	return follows(s, c, func(c *ui.Context) []ui.Ask { return ask.Then(values, c) })
}

// Picked is Done for an option of a menu that was chosen, counted from 0.
func Picked(s ui.Screen, c *ui.Context, ask ui.Choose, option int) []ui.Ask {
	return follows(s, c, ask.Options[option].Then)
}

func follows(s ui.Screen, c *ui.Context, then ui.Then) (asks []ui.Ask) {
	if then != nil {
		asks = then(c)
	}
	return append(s.Update(ui.DoneMsg{}, c), asks...)
}

func (d *Desk[S]) undo() []ui.Ask {
	if len(d.Past) == 0 {
		return nil
	}
	was := d.Past[len(d.Past)-1]
	d.Past = d.Past[:len(d.Past)-1]
	c := *d.C
	c.Profile = was.Before
	c.Rev++
	d.C = With(&c)
	d.C.Newest = 0
	if n := len(d.Past); n > 0 {
		d.C.Newest = d.Past[n-1].rev
	}
	return d.S.Update(ui.UndoneMsg{Change: was.Change}, d.C)
}

// Press sends keys, one after the other. One string may name several, with spaces between them.
func (d *Desk[S]) Press(keys ...string) {
	d.TB.Helper()
	for _, k := range strings.Fields(strings.Join(keys, " ")) {
		d.Send(Key(k))
	}
}

// Pick chooses an option of the open menu, counted from 0.
func (d *Desk[S]) Pick(index int) {
	d.TB.Helper()
	if d.Menu == nil {
		d.TB.Fatal("no menu is open")
	}
	d.carryOut(Picked(d.S, d.C, *d.Menu, index))
}

// PickText chooses an option by its text.
func (d *Desk[S]) PickText(text string) {
	d.TB.Helper()
	d.pickWhere(text, func(option string) bool { return option == text })
}

// PickStart chooses the first option whose text begins with this one.
func (d *Desk[S]) PickStart(text string) {
	d.TB.Helper()
	d.pickWhere(text, func(option string) bool { return strings.HasPrefix(option, text) })
}

func (d *Desk[S]) pickWhere(text string, match func(option string) bool) {
	d.TB.Helper()
	if d.Menu == nil {
		d.TB.Fatal("no menu is open")
	}
	i := slices.IndexFunc(d.Menu.Options, func(o ui.Option) bool { return match(o.Text) })
	if i < 0 {
		d.TB.Fatalf("no option %q in %q", text, d.Menu.Title)
	}
	d.Pick(i)
}

// Fill sends the open form: with these values, and in all other fields the text that was there at first. It ends the
// test if a check of the form would refuse that.
func (d *Desk[S]) Fill(values map[string]string) {
	d.TB.Helper()
	if d.Form == nil {
		d.TB.Fatal("no form is open")
	}
	all := map[string]string{}
	for _, f := range d.Form.Form.Fields {
		all[f.ID] = f.Value
	}
	for id, text := range values {
		if _, ok := all[id]; !ok {
			d.TB.Fatalf("the form has no field %s", id)
		}
		all[id] = text
	}
	for _, f := range d.Form.Form.Fields {
		if f.Check != nil && f.Check(all[f.ID]) != "" {
			d.TB.Fatalf("%s: %s", f.ID, f.Check(all[f.ID]))
		}
		if f.Need && all[f.ID] == "" {
			d.TB.Fatalf("%s is needed", f.ID)
		}
	}
	d.carryOut(Sent(d.S, d.C, *d.Form, all))
}

// FillFirst sends the open form with a text in its first field.
func (d *Desk[S]) FillFirst(text string) {
	d.TB.Helper()
	if d.Form == nil {
		d.TB.Fatal("no form is open")
	}
	d.Fill(map[string]string{d.Form.Form.Fields[0].ID: text})
}
