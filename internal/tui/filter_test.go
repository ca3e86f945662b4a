package tui

import (
	"io"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"

	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/testneed"
)

// typedInto runs the whole program on pipes. The script writes what a terminal would send; then the program is left,
// and typedInto returns the record that is on disk.
func typedInto(t *testing.T, script func(send func(string))) profile.Profile {
	t.Helper()
	o, so := demoOptions(t)
	o.Now = time.Now
	in, keys, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	screen, out, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	go func() {
		first := make([]byte, 1)
		_, _ = screen.Read(first) // it is open now
		go func() { _, _ = io.Copy(io.Discard, screen) }()
		script(func(s string) { _, _ = keys.WriteString(s) })
		time.Sleep(2 * burstTime)
		_, _ = keys.WriteString("\x03")
	}()
	o.In, o.Out = in, out
	if err := Run(o); err != nil {
		t.Fatal(err)
	}
	_ = out.Close()
	defer keys.Close()
	s, err := session.Open(so)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	return s.Profile()
}

// broken are answers, a click and a paste, in pieces as a slow line may bring them.
var broken = [][]string{
	{"\x1b", "]11;rgb:3333/1212/4444\a"},
	{"\x1b", "]11;rgb:33", "33/1212/4444\x1b\\"},
	{"\x1b]", "11;rgb:3333/1212/4444\x1b\\"},
	{"\x1b]11;rgb:3333", "/3333/1212\a"},
	{"\x1b]11;rgb:3333/3333/1212\x1b", "\\"},
	{"\x1b", "[<0;13;3M"},
	{"\x1b[", "<0;13;3M"},
	{"\x1b[<0;1", "3;3M"},
	{"\x1b", "[?2026;2$y"},
	{"\x1b[?", "1u"},
	{"\x1b", "[200~r 3 2\n1\x1b[201~"},
	{"\x1b", "P>|r3 1\x1b\\"},
	{"\x1b", "[A"},
	{"\x1bP", "1$r0 q\x1b\\"},
	{"\x1bP", ">|term 3.2 r\x1b", "\\"},
	{"\x1bX", "3n\x1b\\"},
	{"\x1bO", "s"},
	{"\x1bO", "n"},
	{"\x1b", "[M r3"},
	{"\x1b[M", " 3n"},
}

// An answer that comes in pieces is never taken for keys: not on Home, where letters open screens, nor on Rate, where
// digits rate.
func TestABrokenAnswerIsNoKey(t *testing.T) {
	t.Parallel()
	want := demoProfile().Ratings()
	for name, onRate := range map[string]bool{"home": false, "rate": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := typedInto(t, func(send func(string)) {
				time.Sleep(answersTime) // the answers of the start
				if onRate {             // where it stays, since the Esc of an answer is taken back
					send("r")
					time.Sleep(2 * burstTime)
				}
				for _, pieces := range broken {
					if !testneed.Tries(name+pieces[0]+pieces[1], 2) {
						continue
					}
					for _, piece := range pieces {
						send(piece)
						time.Sleep(3 * burstTime)
					}
				}
			})
			if got := p.Ratings(); got != want {
				t.Errorf("%d ratings, %d before", got, want)
			}
		})
	}
}

// A key that is held down, and lines that an old console pastes without saying so, rate at most one KSB, and do not
// send a note after its first line.
func TestAHeldKeyAndAPlainPaste(t *testing.T) {
	t.Parallel()
	var p profile.Profile
	for range 5 { // on a busy machine 30 ms between two keys may become a pause, and then they are no held key
		var longest time.Duration
		p = typedInto(t, func(send func(string)) {
			time.Sleep(answersTime)
			send("r")
			time.Sleep(3 * burstTime)
			send("3")
			time.Sleep(500 * time.Millisecond) // as a keyboard waits before it repeats
			for range 15 {
				before := time.Now()
				send("3")
				time.Sleep(30 * time.Millisecond)
				longest = max(longest, time.Since(before))
			}
			time.Sleep(3 * burstTime)
			send("w")
			time.Sleep(3 * burstTime)
			send("seen once\r2 3 4\r1\r")
		})
		if longest < 60*time.Millisecond {
			break
		}
	}
	round, _ := p.Open()
	if n, was := len(round.Ratings[profile.Self]), len(demoProfile().Rounds[len(demoProfile().Rounds)-1].Ratings[profile.Self]); n != was+1 {
		t.Errorf("%d KSBs rated in the round, %d before", n, was)
	}
	for _, x := range round.Ratings[profile.Self] {
		if strings.Contains(x.Note.Raw(), "seen once") {
			t.Errorf("the note was sent: %q", x.Note)
		}
	}
}

// What hands type is let through whole and in order, even after Esc.
func TestTheFilterLetsTypingThrough(t *testing.T) {
	t.Parallel()
	const slow = 150 * time.Millisecond
	for _, typed := range [][]string{
		{"esc", "]", "3"}, {"esc", "[", "["}, {"esc", "P", "p"}, {"esc", "esc", "]"}, {"]", "1"}, {"esc", "O", "K"}, {"3", "esc", "2"},
	} {
		var d inputFilter
		at := now
		var got []string
		let := func(all []arrival) {
			for _, x := range all {
				got = append(got, x.msg.(tea.KeyPressMsg).String())
			}
		}
		for _, k := range typed {
			at = at.Add(slow)
			passed, hold := d.take(press(k), at)
			let(passed)
			if hold > 0 && hold < slow {
				passed, _ = d.take(heldMsg{d.turn}, at.Add(hold))
				let(passed)
			}
		}
		if !slices.Equal(got, typed) {
			t.Errorf("typed %q, let in %q", typed, got)
		}
	}
}

// Soon after the start, when answers may be on their way, Esc waits for what may follow. If nothing does, it is a key.
func TestEscWaitsForAnswers(t *testing.T) {
	t.Parallel()
	d := inputFilter{asked: now}
	passed, hold := d.take(press("esc"), now.Add(100*time.Millisecond))
	if len(passed) != 0 || hold != tailTime {
		t.Fatalf("%v, %v", passed, hold)
	}
	if passed, _ = d.take(heldMsg{d.turn}, now.Add(time.Second)); len(passed) != 1 {
		t.Errorf("Esc is lost: %v", passed)
	}
	if passed, hold = d.take(press("esc"), now.Add(2*answersTime)); len(passed) != 1 || hold != 0 {
		t.Errorf("later: %v, %v", passed, hold)
	}
}

// Esc leaves the first form, but the first byte of an answer to what was asked at the start does not.
func TestABrokenAnswerDoesNotLeaveTheFirstForm(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil, 80, 24)
	r.a.Init()
	r.elapsed += burstTime
	r.a.Update(press("esc"))
	r.elapsed += 300 * time.Millisecond
	r.burst("[?0u", false)
	r.text("Sam")
	r.sees("Your name", "Sam")
	if r.quit || strings.Contains(r.screen(), "?0u") {
		t.Errorf("left %v:\n%s", r.quit, r.screen())
	}
}

// A paste whose beginning came in pieces reaches the field as a paste, with its line breaks.
func TestABrokenPasteIsAPaste(t *testing.T) {
	t.Parallel()
	var d inputFilter
	at := now
	for _, k := range []string{"esc", "[", "2", "0", "0", "~", "a", "enter", "3"} {
		gap := 2 * time.Millisecond
		if k == "[" {
			gap = 3 * burstTime
		}
		at = at.Add(gap)
		passed, _ := d.take(press(k), at)
		if k == "2" && (len(passed) != 1 || passed[0].msg != notEscMsg{}) {
			t.Errorf("that the Esc was none is not said: %v", passed)
		}
		if len(passed) > 0 && k != "esc" && k != "2" {
			t.Errorf("%s is let in", k)
		}
	}
	passed, _ := d.take(tea.PasteMsg{}, at)
	if len(passed) != 1 || passed[0].msg != (tea.PasteMsg{Content: "a\n3"}) {
		t.Errorf("%v", passed)
	}
}

// Over SSH the terminal is not asked for its background, since its answer would come late and in pieces. So only its
// own colours are used, which can be read on any background.
func TestOverSSHNothingIsAsked(t *testing.T) {
	t.Parallel()
	for _, ssh := range []bool{false, true} {
		o := options(sessionOptions(t, t.TempDir()+"/p.toml"))
		o.Getenv = func(name string) string {
			return map[string]string{"SSH_TTY": "/dev/pts/3"}[map[bool]string{true: name}[ssh]]
		}
		if a := newApp(o); (a.Init() == nil) != ssh || a.theme.Accent.Render("x") != "\x1b[1mx\x1b[m" {
			t.Errorf("SSH %v: asks %v, accent %q", ssh, a.Init() != nil, a.theme.Accent.Render("x"))
		}
	}
}

// Leaving right after the start waits until the terminal has answered, so that no answer lands in the shell.
func TestLeavingAtOnceWaitsForAnswers(t *testing.T) {
	t.Parallel()
	for name, answer := range map[string]tea.Msg{"an answer": uv.PrimaryDeviceAttributesEvent{62}, "the end of the wait": waitedMsg{}, "ctrl+c": press("ctrl+c")} {
		r := newRig(t, demoProfile(), 80, 24)
		r.a.Init()
		if _, cmd := r.a.Update(r.later(press("q"))); cmd == nil || r.quit || !r.a.quitting {
			t.Fatalf("%s: it left at once", name)
		}
		r.keys("r", "3")
		if r.a.current() != "home" {
			t.Errorf("%s: keys act while it leaves", name)
		}
		if r.send(answer); !r.quit {
			t.Errorf("%s does not let it leave", name)
		}
	}
	r := newRig(t, demoProfile(), 80, 24)
	r.a.Init()
	r.elapsed += 2 * answersTime
	if r.keys("q"); !r.quit {
		t.Error("long after the start it waits too")
	}
}
