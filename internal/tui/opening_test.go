package tui

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/session"
)

// runOn runs the whole program on pipes, and returns what it wrote. It leaves the program once that has drawn
// something.
func runOn(t *testing.T, o Options, typed string) (string, error) {
	t.Helper()
	in, keys, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	screen, out, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	drawn := make(chan string, 1)
	go func() {
		first := make([]byte, 1)
		n, _ := screen.Read(first)
		if n > 0 {
			_, _ = keys.WriteString("\x03")
		}
		b, _ := io.ReadAll(screen)
		drawn <- string(first[:n]) + string(b)
	}()
	if _, err := keys.WriteString(typed); err != nil {
		t.Fatal(err)
	}
	o.In, o.Out = in, out
	failed := Run(o)
	_ = out.Close()
	defer keys.Close()
	return <-drawn, failed
}

// demoOptions are the options of a program whose session Run opens.
func demoOptions(t *testing.T) (Options, session.Options) {
	t.Helper()
	so := sessionOptions(t, filepath.Join(t.TempDir(), "profile.toml"))
	s, err := session.Create(so, *demoProfile())
	if err != nil {
		t.Fatal(err)
	}
	_ = s.Close()
	o := options(so)
	o.Open = func() (*session.Session, error) { return session.Open(so) }
	return o, so
}

// slowly opens the session after the time of several frames.
func slowly(open func() (*session.Session, error)) func() (*session.Session, error) {
	return func() (*session.Session, error) {
		time.Sleep(50 * time.Millisecond)
		return open()
	}
}

// If the profile cannot be opened, the terminal stays as it was: no screen, and no question whose answer would land in
// the shell.
func TestNothingIsWrittenWhenTheSessionCannotBeOpened(t *testing.T) {
	t.Parallel()
	o, _ := demoOptions(t)
	broken := errors.New("line 3 cannot be read")
	o.Open = slowly(func() (*session.Session, error) { return nil, broken })
	drawn, err := runOn(t, o, "")
	if !errors.Is(err, broken) || drawn != "" {
		t.Errorf("Run ended with %v and wrote %q", err, drawn)
	}
}

// What is typed while the session is being opened is done as soon as it is open, and the lock is free afterwards.
func TestKeysTypedAheadCount(t *testing.T) {
	t.Parallel()
	o, so := demoOptions(t)
	o.Open = slowly(o.Open)
	at := now
	o.Now = func() time.Time { at = at.Add(keyEvery); return at } // by hand, and not in one burst
	drawn, err := runOn(t, o, "r3")
	if err != nil || !strings.Contains(drawn, "\x1b[?1049h") {
		t.Fatalf("Run ended with %v and wrote %q", err, drawn)
	}
	s, err := session.Open(so)
	if err != nil || s.ReadOnly() != nil {
		t.Fatalf("%v, %v", err, s.ReadOnly())
	}
	if before, after := demoProfile().Ratings(), s.Profile().Ratings(); after == before {
		t.Errorf("%d ratings before and after", before)
	}
	_ = s.Close()
}

// If the learner leaves before anything was drawn, nothing is drawn any more and the terminal is asked nothing: only
// the line at the prompt is printed.
func TestLeavingTypedAheadWritesNothing(t *testing.T) {
	t.Parallel()
	o, _ := demoOptions(t)
	o.Open = slowly(o.Open)
	drawn, err := runOn(t, o, "q")
	if line, rest, _ := strings.Cut(drawn, "\n"); err != nil || rest != "" || !strings.HasPrefix(line, "55 of 72 rated. Next: ") || strings.Contains(line, "\x1b") {
		t.Errorf("Run ended with %v and wrote %q", err, drawn)
	}
}

// The first message, which the learner should see before anything else, stays although a key was typed ahead.
func TestAKeyTypedAheadLeavesTheFirstMessage(t *testing.T) {
	t.Parallel()
	o, so := demoOptions(t)
	first, err := session.Open(so)
	if err != nil {
		t.Fatal(err)
	}
	defer first.Close()
	second, err := session.Open(so)
	if err != nil {
		t.Fatal(err)
	}
	p := &opening{o: o, out: &gate{file: noted(t)}}
	p.out.isOpen = true
	p.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
	p.Update(press("j"))
	p.Update(openedMsg{s: second})
	if !strings.Contains(p.app.View().Content, session.AlreadyOpen[:40]) {
		t.Errorf("%s", p.app.View().Content)
	}
}

// The learner can leave while the profile is on a drive that does not answer.
func TestOpeningCanBeLeft(t *testing.T) {
	t.Parallel()
	o, _ := demoOptions(t)
	never := make(chan struct{})
	t.Cleanup(func() { close(never) })
	o.Open = func() (*session.Session, error) { <-never; return nil, nil }
	if drawn, err := runOn(t, o, "\x03"); err != nil || drawn != "" {
		t.Errorf("Run ended with %v and wrote %q", err, drawn)
	}
}

// Keys typed ahead do nothing if the window turns out to be too small to show what they do.
func TestKeysTypedAheadOfATinyWindow(t *testing.T) {
	t.Parallel()
	for size, rates := range map[tea.WindowSizeMsg]bool{{Width: 80, Height: 24}: true, {Width: 39, Height: 11}: false} {
		o, so := demoOptions(t)
		at := now
		o.Now = func() time.Time { at = at.Add(keyEvery); return at }
		p := &opening{o: o, out: &gate{file: noted(t), isOpen: true}}
		for _, msg := range []tea.Msg{press("r"), press("3"), size} {
			p.Update(msg)
		}
		s, err := session.Open(so)
		if err != nil {
			t.Fatal(err)
		}
		p.Update(openedMsg{s: s})
		if s.Dirty() != rates {
			t.Errorf("%dx%d: rated %v", size.Width, size.Height, s.Dirty())
		}
		_ = s.Close()
	}
}

func TestOpeningHandsOverToTheFirstForm(t *testing.T) {
	t.Parallel()
	o, _ := demoOptions(t)
	p := &opening{o: o, out: &gate{file: noted(t)}}
	if v := p.View(); v.Content != "" || v.AltScreen {
		t.Errorf("before: %+v", v)
	}
	p.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
	if m, _ := p.Update(openedMsg{}); m != p || p.View().Content != "" {
		t.Errorf("while the terminal is waited for: %+v", m)
	}
	m, _ := p.Update(backgroundMsg{})
	if a, ok := m.(*app); !ok || !a.welcome || a.cols != 80 {
		t.Errorf("after: %+v", m)
	}
}

// An Esc typed ahead of the first form asks there as usual: nothing typed is lost without a word.
func TestEscTypedAheadOfTheFirstFormAsks(t *testing.T) {
	t.Parallel()
	o, _ := demoOptions(t)
	p := &opening{o: o, out: &gate{file: noted(t)}}
	p.out.isOpen = true
	p.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
	p.Update(press("S"))
	p.Update(press("esc"))
	p.Update(openedMsg{})
	if s := p.app.View().Content; p.app.leaving || !strings.Contains(s, "Nothing is kept yet") {
		t.Errorf("leaving %v:\n%s", p.app.leaving, s)
	}
}
