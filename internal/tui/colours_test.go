package tui

import (
	"cmp"
	"fmt"
	"image/color"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"

	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/testneed"
	"github.com/ksbcoach/ksbcoach/internal/tui/theme"
)

// openedOn starts the program and opens the session. Frames sends it a message and returns what it draws.
func openedOn(t *testing.T, env map[string]string) (p *opening, frames func(msg tea.Msg) string) {
	t.Helper()
	o, so := demoOptions(t)
	o.Getenv = func(name string) string { return cmp.Or(env[name], bare(name)) }
	p = &opening{o: o, out: &gate{file: noted(t)}}
	var m tea.Model = p
	p.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
	s := sessionOf(t, so, *demoProfile())
	return p, func(msg tea.Msg) string {
		if msg == nil {
			msg = openedMsg{s: s}
		}
		m, _ = m.Update(msg)
		return m.View().Content
	}
}

// noted makes a file in place of the terminal, to read what was written to it.
func noted(t *testing.T) *os.File {
	t.Helper()
	f, err := os.Create(filepath.Join(t.TempDir(), "terminal"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}

// The terminal is asked for its background as soon as the session is open, not with the first frame, which would have
// to wait for another one.
func TestTheTerminalIsAskedBeforeTheFirstFrame(t *testing.T) {
	t.Parallel()
	for _, x := range []struct {
		env  map[string]string
		want string
	}{
		{nil, ansi.RequestBackgroundColor + ansi.RequestPrimaryDeviceAttributes},
		{map[string]string{"SSH_TTY": "/dev/pts/1"}, ""},
	} {
		p, frames := openedOn(t, x.env)
		frames(nil)
		got, err := os.ReadFile(p.out.file.Name())
		if err != nil {
			t.Fatal(err)
		}
		if string(got) != x.want {
			t.Errorf("%v: wrote %q, want %q", x.env, got, x.want)
		}
	}
}

var (
	white = tea.BackgroundColorMsg{Color: color.White}
	black = tea.BackgroundColorMsg{Color: color.Black}
)

// colour matches a colour in a frame.
var colour = regexp.MustCompile(`38;5;\d+`)

// The first frame waits until the terminal has said its background, so that no frame is drawn in the colours for
// another one.
func TestTheFirstFrameHasTheColoursOfTheTerminal(t *testing.T) {
	t.Parallel()
	accent := map[tea.BackgroundColorMsg]string{white: "38;5;25", black: "38;5;81"}
	for answer, want := range accent {
		_, frame := openedOn(t, nil)
		if got := frame(nil); got != "" {
			t.Fatalf("drawn before the answer:\n%s", got)
		}
		if got := frame(answer); !strings.Contains(got, want) {
			t.Errorf("no %s in\n%q", want, got)
		}
	}
}

// A terminal that does not answer gets its own colours after a moment. A late answer adds ours; another one changes
// nothing.
func TestATerminalThatDoesNotAnswer(t *testing.T) {
	t.Parallel()
	_, frame := openedOn(t, nil)
	frame(nil)
	first := frame(backgroundMsg{})
	if first == "" || colour.MatchString(first) {
		t.Fatalf("the first frame: %q", first)
	}
	late := frame(black)
	if !strings.Contains(late, "38;5;81") || ansi.Strip(late) != ansi.Strip(first) {
		t.Errorf("after the answer: %q", late)
	}
	if frame(white) != late {
		t.Error("a frame was dark and then light")
	}
}

// A terminal may answer only the second question: then it does not know its background, and the first frame waits no
// longer. That answer must not end the wait when the program is left.
func TestATerminalThatDoesNotKnowItsBackground(t *testing.T) {
	t.Parallel()
	p, frame := openedOn(t, nil)
	frame(nil)
	if first := frame(uv.PrimaryDeviceAttributesEvent{62}); first == "" || colour.MatchString(first) {
		t.Fatalf("the first frame: %q", first)
	}
	p.app.quitting, p.app.unanswered = true, 1
	if cmd := p.app.deliver(uv.PrimaryDeviceAttributesEvent{62}, now); cmd != nil {
		t.Error("the answer to the question of the start lets it leave")
	}
	if cmd := p.app.deliver(uv.PrimaryDeviceAttributesEvent{62}, now); cmd == nil {
		t.Error("the answer to its own question does not")
	}
}

// The background from the environment is used until the terminal answers, and over SSH, where nothing is asked or
// waited for.
func TestTheEnvironmentSaysTheBackground(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		env    map[string]string
		answer tea.Msg
		want   string
	}{
		{map[string]string{"SSH_TTY": "x", "COLORFGBG": "0;15"}, nil, "38;5;25"},
		{map[string]string{"SSH_TTY": "x", "COLORFGBG": "15;0"}, nil, "38;5;81"},
		{map[string]string{"SSH_TTY": "x"}, nil, ""},
		{map[string]string{"COLORFGBG": "0;15"}, backgroundMsg{}, "38;5;25"},
		{map[string]string{"COLORFGBG": "0;15"}, black, "38;5;81"},
		{map[string]string{"NO_COLOR": "no", "COLORFGBG": "15;0"}, nil, ""},
	} {
		_, frame := openedOn(t, c.env)
		got := frame(nil)
		if c.answer != nil {
			if got != "" {
				t.Errorf("%v: drawn at once", c.env)
			}
			got = frame(c.answer)
		}
		if got == "" || colour.FindString(got) == "" != (c.want == "") || !strings.Contains(got, c.want) {
			t.Errorf("%v: colour %q, want %q\n%q", c.env, colour.FindString(got), c.want, got)
		}
	}
}

// A terminal with fewer than 256 colours gets none, since nobody knows what they look like.
func TestATerminalWithFewColoursGetsNone(t *testing.T) {
	t.Parallel()
	r := newRig(t, demoProfile(), 80, 24)
	r.a.chosenTheme = profile.ThemeDark
	r.send(tea.ColorProfileMsg{Profile: colorprofile.ANSI256})
	if !colour.MatchString(r.a.View().Content) {
		t.Error("no colour of 256")
	}
	r.send(tea.ColorProfileMsg{Profile: colorprofile.ANSI})
	if colour.MatchString(r.a.View().Content) {
		t.Error("a colour of 16")
	}
}

// T opens the menu of colours, with the cursor on the present ones. The choice is seen at once, kept in the profile,
// and taken back by undo. Until then the choice on the command line counts.
func TestColoursAreChosenOnTheScreen(t *testing.T) {
	t.Parallel()
	o := sessionOptions(t, t.TempDir()+"/p.toml")
	opts := options(o)
	opts.Session, opts.Theme = sessionOf(t, o, *demoProfile()), profile.ThemeLight
	r := start(t, opts, o.Path, 80, 24)
	if !strings.Contains(r.a.View().Content, "38;5;25m") {
		t.Fatal("not the colours of the command line")
	}
	r.keys("T")
	if !strings.Contains(r.screen(), "▸ 3  Light") {
		t.Errorf("%s", r.screen())
	}
	r.keys("up", "enter")
	if !strings.Contains(r.a.View().Content, "38;5;81m") || r.a.s.Profile().Settings.Theme != profile.ThemeDark {
		t.Errorf("theme %q:\n%s", r.a.s.Profile().Settings.Theme, r.screen())
	}
	r.sees("Colours: dark.")
	if b, err := os.ReadFile(o.Path); err != nil || !strings.Contains(string(b), "theme = \"dark\"") {
		t.Errorf("%v:\n%s", err, b)
	}
	r.keys("u")
	if colour.MatchString(r.a.View().Content) || r.a.s.Profile().Settings.Theme != "" {
		t.Errorf("after undo: theme %q", r.a.s.Profile().Settings.Theme)
	}
}

// Where the profile cannot be changed, the choice of colours is for this run.
func TestColoursInAReadOnlyProfile(t *testing.T) {
	t.Parallel()
	r := newRig(t, demoProfile(), 80, 24)
	r.keys("b", "enter", "J", "enter")
	if !r.a.blind() {
		t.Fatal("the mentor does not have the keyboard")
	}
	rev := r.a.s.Rev()
	r.keys("T", "2")
	if !strings.Contains(r.a.View().Content, "38;5;81m") || r.a.s.Rev() != rev {
		t.Errorf("rev %d, was %d\n%s", r.a.s.Rev(), rev, r.screen())
	}
	r.sees("until you leave")
}

// Meaning is never in a colour alone: on no screen are the same words or signs below one another in two colours that
// mean different things. Beside one another, the headings of the columns say what is meant.
func TestNoMeaningIsInAColourAlone(t *testing.T) {
	t.Parallel()
	x := theme.New(true, false)
	roles := map[string]string{}
	for role, s := range map[string]theme.Style{"behind": x.Behind, "below": x.Below, "met": x.Met, "danger": x.Danger} {
		before, _, _ := strings.Cut(s.Render("x"), "x")
		roles[before] = role
	}
	run := regexp.MustCompile("(\x1b\\[[0-9;]+m)([^\x1b]*)\x1b\\[m")
	for name, keys := range places {
		for _, size := range []tea.WindowSizeMsg{{Width: 80, Height: 24}, {Width: 120, Height: 40}} {
			if !testneed.Tries(fmt.Sprint(name, size.Width), 6) {
				continue
			}
			r := newRig(t, demoProfile(), size.Width, size.Height)
			r.a.chosenTheme = profile.ThemeDark
			r.keys(keys...)
			said := map[string]string{}
			for line := range strings.Lines(r.a.View().Content) {
				for _, at := range run.FindAllStringSubmatchIndex(line, -1) {
					role, words := roles[line[at[2]:at[3]]], strings.TrimSpace(line[at[4]:at[5]])
					if role == "" || words == "" {
						continue
					}
					place := fmt.Sprint(words, " in column ", ansi.StringWidth(line[:at[0]]))
					if was, ok := said[place]; ok && was != role {
						t.Errorf("%s, %dx%d: %s is %s and %s", name, size.Width, size.Height, place, was, role)
					}
					said[place] = role
				}
			}
		}
	}
}

func TestASCIISigns(t *testing.T) {
	t.Parallel()
	x := theme.New(true, true)
	if got := fmt.Sprint(x.Glyphs.Done, " ", x.Glyphs.Open); got != "[x] [ ]" {
		t.Errorf("done and open are %q", got)
	}
}
