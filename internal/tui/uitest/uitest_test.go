package uitest

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"charm.land/bubbles/v2/key"

	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/tui/theme"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// recorder is a test that records what went wrong.
type recorder struct {
	testing.TB
	errors []string
}

func (l *recorder) Helper()                   {}
func (l *recorder) Failed() bool              { return len(l.errors) > 0 }
func (l *recorder) Errorf(f string, a ...any) { l.errors = append(l.errors, fmt.Sprintf(f, a...)) }
func (l *recorder) Fatal(a ...any)            { l.Errorf("%s", fmt.Sprint(a...)); runtime.Goexit() }
func (l *recorder) Fatalf(f string, a ...any) { l.Errorf(f, a...); runtime.Goexit() }

// errorsOf returns the errors that f reports.
func errorsOf(f func(tb testing.TB)) string {
	l, done := &recorder{}, make(chan bool)
	go func() {
		defer close(done)
		f(l)
	}()
	<-done
	return strings.Join(l.errors, "; ")
}

// toy is a screen that draws one page, has an ask for each of its keys, and remembers the messages that it got.
type toy struct {
	page ui.Page
	asks map[string]ui.Ask
	told []string
}

func (s *toy) Update(msg tea.Msg, _ *ui.Context) []ui.Ask {
	k, ok := msg.(tea.KeyPressMsg)
	if !ok {
		s.told = append(s.told, fmt.Sprintf("%T", msg))
		return nil
	}
	s.told = append(s.told, k.String())
	if ask, ok := s.asks[k.String()]; ok {
		return ui.Asks(ask)
	}
	return nil
}

func (s *toy) View(*ui.Context) ui.Page { return s.page }
func (s *toy) Keys(*ui.Context) ui.Keys { return ui.Keys{} }
func (s *toy) Help() string             { return "" }

func (s *toy) Glyphs(*theme.Theme) []ui.Glyph { return nil }

// Each check finds a page that breaks its rule.
func TestTheChecksOfAPage(t *testing.T) {
	c := Demo(80, 24)
	c.Size = ui.NewSize(10, 2)
	lines := func(body ...string) ui.Page { return ui.Page{Body: body} }
	keys := ui.Keys{More: []key.Binding{ui.Bind("a", "add", "a", "E"), ui.Bind("a", "ask", "a")}}
	for want, check := range map[string]func(tb testing.TB){
		"3 lines in a body of 2":                                     func(tb testing.TB) { Fits(tb, lines("", "", ""), c) },
		`line 0 is 11 cells wide, the body has 10: "hello world"`:    func(tb testing.TB) { Fits(tb, lines("hello world"), c) },
		"line 0 holds a control character":                           func(tb testing.TB) { Fits(tb, lines("a\tb"), c) },
		"cursor at {X:0 Y:2} in a body of 10x2":                      func(tb testing.TB) { Fits(tb, ui.Page{Cursor: &ui.Point{Y: 2}}, c) },
		`line 0 is 5 cells wide, the body has 1: "hello"; it at 1x1`: func(tb testing.TB) { FitsEverySize(tb, "it", &toy{page: lines("hello")}, c) },
		`it, line 1: "▸ wide"`:                                       func(tb testing.TB) { ASCII(tb, "it", lines("", "▸ wide")) },
		`it, line 2: "é"`:                                            func(tb testing.TB) { ASCII(tb, "it", ui.Page{Side: &ui.Side{Lines: []string{"é"}}}) },
		"it: a is add and ask; it: E is the root's, here it is add":  func(tb testing.TB) { OwnKeys(tb, "it", keys) },
		"": func(tb testing.TB) {
			Fits(tb, lines("0123456789", "x"), c)
			FitsEverySize(tb, "it", &toy{page: lines("x")}, c)
			ASCII(tb, "it", lines("~"))
		},
	} {
		if got := errorsOf(check); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if c.Size != ui.NewSize(10, 2) {
		t.Errorf("the size of the context is left at %v", c.Size)
	}
}

func TestMoved(t *testing.T) {
	changed, reworded := Moved([]string{"head", "\x1b[7m▸ one\x1b[m", "  two", "three"}, []string{"head", "  one", "\x1b[7m▸ two\x1b[m", "four"})
	if changed != 3 || len(reworded) != 1 || reworded[3] != "three -> four" {
		t.Errorf("%d lines, %q", changed, reworded[3])
	}
}

// A desk makes changes and undoes them as the root does, and keeps what else was asked for until the next message.
func TestDesk(t *testing.T) {
	rate := profile.Rate{KSB: "K21", By: profile.Self, Level: 2, On: Today}
	s := &toy{asks: map[string]ui.Ask{"r": ui.Do{Change: rate}, "u": ui.Undo{}, "g": ui.Go{To: ui.Gaps}, "space": ui.Say{Text: "here"}}}
	d := NewDesk(t, s, Demo(80, 24), ui.Go{})
	rated := func() bool { row, _ := d.C.Report.Row("K21"); return row.Rated }
	made := 0
	d.Made = func(before, after profile.Profile) { made++ }
	d.Press("r")
	if !rated() || d.C.Rev != 2 || len(d.Past) != 1 || made != 1 {
		t.Errorf("rated: %v, revision %d, %d changes", rated(), d.C.Rev, len(d.Past))
	}
	d.Press("u")
	if rated() || d.C.Rev != 3 || len(d.Past) != 0 {
		t.Errorf("taken back: %v, revision %d, %d changes", rated(), d.C.Rev, len(d.Past))
	}
	d.TakeBack() // there is nothing
	if d.Press("g space"); d.Said != "here" || d.To != nil || len(d.Asks) != 1 {
		t.Errorf("%q, %v, %d asks", d.Said, d.To, len(d.Asks))
	}
	if got, want := strings.Join(s.told, " "), "ui.EnterMsg r ui.DoneMsg u ui.UndoneMsg g space"; got != want {
		t.Errorf("told %q, want %q", got, want)
	}
}

// A desk can send and choose only what the learner could.
func TestDeskRefuses(t *testing.T) {
	form := ui.Form{Fields: []ui.Field{
		{ID: "title", Need: true},
		{ID: "where", Value: "Folder", Check: func(s string) string { return map[string]string{"x": "not there"}[s] }},
	}}
	menu := ui.Choose{Title: "Which", Options: []ui.Option{{Text: "One more", Then: ui.Saying("the first")}, {Text: "One", Then: ui.Saying("the second")}}}
	var sent ui.Values
	keep := func(v ui.Values, _ *ui.Context) []ui.Ask { sent = v; return nil }
	s := &toy{asks: map[string]ui.Ask{"f": ui.Edit{Form: form, Then: keep}, "m": menu}}
	for want, play := range map[string]func(d *Desk[*toy]){
		"no form is open":           func(d *Desk[*toy]) { d.Fill(nil) },
		"title is needed":           func(d *Desk[*toy]) { d.Press("f"); d.Fill(nil) },
		"where: not there":          func(d *Desk[*toy]) { d.Press("f"); d.Fill(map[string]string{"title": "a", "where": "x"}) },
		"the form has no field y":   func(d *Desk[*toy]) { d.Press("f"); d.Fill(map[string]string{"y": ""}) },
		"no menu is open":           func(d *Desk[*toy]) { d.Pick(0) },
		`no option "On" in "Which"`: func(d *Desk[*toy]) { d.Press("m"); d.PickText("On") },
		"":                          func(d *Desk[*toy]) { d.Press("f"); d.FillFirst("a"); d.Press("m"); d.PickText("One") },
	} {
		if got := errorsOf(func(tb testing.TB) { play(NewDesk(tb, s, Demo(80, 24), ui.Go{})) }); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	d := NewDesk(t, s, Demo(80, 24), ui.Go{})
	d.Press("f")
	if d.FillFirst("a"); fmt.Sprint(sent) != "map[title:a where:Folder]" {
		t.Errorf("%+v", sent)
	}
	d.Press("m")
	if d.PickText("One"); d.Said != "the second" {
		t.Errorf("the whole text: %q", d.Said)
	}
	d.Press("m")
	if d.PickStart("One"); d.Said != "the first" {
		t.Errorf("the start of the text: %q", d.Said)
	}
}
