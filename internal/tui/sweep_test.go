package tui

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/ksbcoach/ksbcoach/internal/library"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/profile/file"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/testneed"
	"github.com/ksbcoach/ksbcoach/internal/tui/dialog"
	"github.com/ksbcoach/ksbcoach/internal/tui/theme"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/uitest"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

func text(s string) safetext.Text { return safetext.New(s) }

// places are the keys that lead from Home to every screen, page and dialog, for the demo learner.
var places = map[string][]string{
	"home": {}, "home, last duty": {"end"}, "details": {"d"}, "help": {"?"}, "finder": {"/"}, "finder, words": {"/", "a", "u", "d"},
	"finder, nothing": {"/", "z", "z", "z"}, "palette": {"ctrl+p"}, "palette, words": {":", "e", "v", "i"}, "palette, blind": {"b", ":"},
	"plan, picking a KSB": {"p", "n", "x", "tab", "ctrl+u", "g", "d", "p", "r", "down"},
	"rate":                {"enter"}, "rate, pointing": {"enter", "down", "down"}, "rate, claim": {"enter", "3"},
	"rate, behaviour came back": {"enter", "left", "left", "left"}, "rate, end of duty": {"enter", "2", "2", "2", "2", "2", "2"},
	"rate, note": {"enter", "2", "left", "w"}, "example": {"enter", "e"}, "rate, help": {"enter", "?"},
	"gaps": {"g"}, "gaps, lower": {"g", "down", "down", "down"}, "gaps, filter": {"g", "f"}, "gaps, sort": {"g", "s"}, "gaps, map": {"g", "m"},
	"gaps, strengths": {"g", "+"}, "gaps, opportunity": {"g", "o"}, "gaps, unsupported": {"g", "x"}, "gaps, example": {"g", "e"},
	"ksb": {"g", "c"}, "ksb, end": {"g", "c", "end"}, "ksb, target": {"g", "c", "t"},
	"plan": {"p"}, "plan, goal": {"p", "enter"}, "plan, goal lower": {"p", "enter", "down", "down", "down"}, "plan, next": {"p", "enter", "enter"},
	"plan, new goal": {"p", "n"}, "plan, action": {"p", "enter", "a"}, "plan, close": {"p", "enter", "x"}, "plan, proposal": {"g", "enter"},
	"plan, edit":   {"p", "enter", "w"},
	"restore":      {"enter", "2", "ctrl+p", "r", "e", "s", "t", "o", "r", "e", "enter"},
	"restore, ask": {"enter", "2", "ctrl+p", "r", "e", "s", "t", "o", "r", "e", "enter", "enter"},
	"guard":        {"enter", "e", "M", "r", "s", "space", "J", "o", "t", "ctrl+s"},
	"guard, own":   {"enter", "e", "M", "r", "s", "space", "J", "o", "t", "ctrl+s", "down", "enter"},
	"evidence":     {"e"}, "evidence, unsupported": {"e", "x"}, "evidence, without": {"e", "w"}, "evidence, old": {"e", "o"}, "evidence, many": {"e", "m"}, "evidence, piece": {"e", "enter"}, "evidence, add": {"e", "a"}, "evidence, change": {"e", "d"}, "evidence, remove": {"e", "r"},
	"evidence from home": {"E"}, "evidence from gaps": {"g", "E", "enter"}, "evidence from plan": {"p", "E", "down", "enter"}, "evidence, blind": {"b", "E"},
	"progress": {"t"}, "progress, numbers": {"t", "t"}, "progress, kinds": {"t", "b"}, "progress, forecast": {"t", "f"}, "progress, duty": {"t", "enter"},
	"appraisal": {"a"}, "appraisal, next page": {"a", "right"}, "appraisal, third page": {"a", "right", "right"}, "appraisal, fourth page": {"a", "right", "right", "right"},
	"appraisal, fifth page": {"a", "right", "right", "right", "right"}, "appraisal, enter": {"a", "enter"}, "appraisal, meet": {"a", "right", "enter"},
	"appraisal, rounds": {"a", "o"}, "appraisal, private notes": {"a", "w"}, "appraisal, with whom": {"a", "right", "enter", "enter"},
	"appraisal, rehearsal": {"a", "r", "enter"}, "appraisal, answer": {"a", "r", "enter", "enter"},
	"mentor": {"b"}, "mentor, name": {"b", "enter"}, "mentor, duties": {"b", "enter", "J", "enter"},
	"mentor, rating": {"b", "enter", "J", "enter", "enter"}, "mentor, note": {"b", "enter", "J", "enter", "enter", "3", "left", "w"},
	"mentor, ready": {"b", "v"}, "mentor, reveal": {"b", "v", "down", "enter"}, "mentor, agree": {"b", "v", "down", "enter", "enter"},
	"mentor, hand back": {"b", "esc"}, "plan, reflect": {"p", "down", "enter", "enter"}, "plan, reflect form": {"p", "down", "enter", "enter", "enter"},
}

// sizes visits every width at eight heights and every height at four widths, as far as uitest.Tries picks them for the
// test with this name.
func sizes(name string, visit func(cols, rows int)) {
	try := func(cols, rows int) {
		if uitest.Tries(name, cols, rows) {
			visit(cols, rows)
		}
	}
	for cols := 1; cols <= 200; cols++ {
		for _, rows := range []int{1, 5, 12, 17, 20, 24, 40, 60} {
			try(cols, rows)
		}
	}
	for rows := 1; rows <= 60; rows++ {
		for _, cols := range []int{40, 60, 80, 120} {
			try(cols, rows)
		}
	}
}

func TestEveryScreenFitsEverySize(t *testing.T) {
	t.Parallel()
	fresh := profile.Profile{Standard: library.Default, Learner: profile.Learner{Name: text("Sam")}}
	for _, who := range []struct {
		name string
		p    *profile.Profile
	}{{"demo", demoProfile()}, {"fresh", &fresh}, {"hostile", hostileProfile()}, {"welcome", nil}} {
		for name, keys := range places {
			if who.p == nil && name != "home" || who.name != "demo" && !testneed.Tries(who.name+name, 8) {
				continue
			}
			t.Run(who.name+"/"+name, func(t *testing.T) {
				t.Parallel()
				r := newRig(t, who.p, 80, 24)
				r.keys(keys...)
				for _, size := range [][2]int{{120, 40}, {60, 20}, {80, 24}} {
					r.a.Update(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
					theWayBackIsNamed(t, r)
					wordingIsShownOnce(t, r)
				}
				// The demo learner and the first form see every size; who only brings other words sees every seventh
				// width.
				sampled := who.name == "fresh" || who.name == "hostile"
				sizes(who.name+"/"+name, func(cols, rows int) {
					if sampled && cols%7 != 0 {
						return
					}
					r.a.Update(tea.WindowSizeMsg{Width: cols, Height: rows})
					checkFrame(t, r.a.View(), cols, rows)
					if cols >= minCols && rows >= minRows {
						cursorIsOnTheMarker(t, r)
					}
					if t.Failed() {
						t.Fatalf("%dx%d", cols, rows)
					}
				})
			})
		}
	}
}

// theWayBackIsNamed checks that the last line names Esc wherever it leads back: on every screen but Home, and in every
// dialog.
func theWayBackIsNamed(t *testing.T, r *rig) {
	t.Helper()
	lines := strings.Split(strings.TrimRight(r.screen(), "\n"), "\n")
	if r.a.current() == ui.Home && r.a.front == nil {
		return
	}
	if last := lines[len(lines)-1]; !strings.Contains(last, "esc ") {
		t.Errorf("%d columns: no way back in %q", r.a.cols, last)
	}
}

// wordingIsShownOnce checks that the published text of a KSB or a duty is on a page only once, whichever pane it is in.
func wordingIsShownOnce(t *testing.T, r *rig) {
	t.Helper()
	const begins = 40 // runes that tell statements apart
	var left, right []string
	for _, l := range strings.Split(r.screen(), "\n") {
		a, b, _ := strings.Cut(l, " │ ")
		left, right = append(left, a), append(right, b)
	}
	shown := strings.Join(strings.Fields(strings.Join(left, " ")+" | "+strings.Join(right, " ")), " ")
	once := func(name, text string) {
		if len(text) > begins && strings.Count(shown, text[:begins]) > 1 {
			t.Errorf("%d columns: the words of %s are there twice:\n%s", r.a.cols, name, r.screen())
		}
	}
	if r.a.s == nil {
		return
	}
	for _, k := range r.a.s.Standard().KSBs {
		once(k.ID, k.Text)
	}
	for _, d := range r.a.s.Standard().Duties {
		once(fmt.Sprint("Duty ", d.Number), d.Text)
	}
}

func TestTheConflictMenuFitsEverySize(t *testing.T) {
	t.Parallel()
	r := newRig(t, demoProfile(), 80, 24)
	r.a.askConflict()
	sizes("conflict", func(cols, rows int) {
		r.a.Update(tea.WindowSizeMsg{Width: cols, Height: rows})
		checkFrame(t, r.a.View(), cols, rows)
		if cols >= minCols && rows >= minRows {
			cursorIsOnTheMarker(t, r)
		}
	})
}

func checkFrame(t *testing.T, v tea.View, cols, rows int) {
	t.Helper()
	lines := strings.Split(v.Content, "\n")
	if len(lines) > rows {
		t.Fatalf("%dx%d: %d lines", cols, rows, len(lines))
	}
	for i, l := range lines {
		if n := ansi.StringWidth(l); n > cols {
			t.Fatalf("%dx%d: line %d is %d wide: %q", cols, rows, i, n, ansi.Strip(l))
		}
		for _, r := range ansi.Strip(l) {
			if safetext.Forbidden(r) {
				t.Fatalf("%dx%d: line %d holds %U", cols, rows, i, r)
			}
		}
	}
	if c := v.Cursor; c != nil && (c.X < 0 || c.X >= cols || c.Y < 0 || c.Y >= rows) {
		t.Fatalf("%dx%d: the cursor is at %d,%d", cols, rows, c.X, c.Y)
	}
	if v.WindowTitle != "" && v.WindowTitle != "ksbcoach" {
		t.Fatalf("window title %q", v.WindowTitle)
	}
}

const payload = "a\x1b]52;c;eA==\a\x1b[2J\u009b2J\u202ee\u200b\x00\r\n\tb李👩‍🔬" + "\u0301\u0301\u0301\u0301\u0301\u0301\u0301"

// hostileProfile has text in every field that could take over a terminal.
func hostileProfile() *profile.Profile {
	n := 0
	p := file.MapTexts(*demoProfile(), func(where string, _ safetext.Text) safetext.Text {
		if strings.HasPrefix(where, "round.others.") && strings.HasSuffix(where, ".by") {
			n++
			return text(payload + fmt.Sprint(n)) // mentors of one KSB are told apart by their names
		}
		return text(payload)
	})
	return &p
}

// No frame of a hostile profile has any sequence but our own colours, or any character beyond ASCII where none is
// wanted.
func TestHostileTextNeverReachesTheTerminal(t *testing.T) {
	t.Parallel()
	for name, keys := range places {
		o := sessionOptions(t, t.TempDir()+"/p.toml")
		s, err := session.Create(o, *hostileProfile())
		if err != nil {
			t.Fatal(err)
		}
		opts := options(o)
		opts.Session, opts.ASCII = s, true
		r := start(t, opts, o.Path, 100, 30)
		r.keys(keys...)
		for _, c := range r.screen() {
			if c > '~' {
				t.Errorf("%s: %q in\n%s", name, c, r.screen())
				break
			}
		}
		r.a.theme, r.a.frame = theme.New(true, false), nil
		if rest := onlySGR(r.a.View().Content); strings.ContainsAny(rest, "\x1b\u009b\u009d\u202e\u200b\a\x00\r\t") {
			t.Errorf("%s: %q", name, rest)
		}
	}
}

// onlySGR removes colour sequences from a frame, and nothing else.
func onlySGR(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == 0x1b && i+1 < len(s) && s[i+1] == '[' {
			j := i + 2
			for j < len(s) && (s[j] >= '0' && s[j] <= '9' || s[j] == ';') {
				j++
			}
			if j < len(s) && s[j] == 'm' {
				i = j
				continue
			}
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// What must be true at every place, checked in one walk: where the cursor is, which keys there are, and what help says.
func TestEveryPlace(t *testing.T) {
	t.Parallel()
	for name, keys := range places {
		t.Run(name, func(t *testing.T) {
			r := newRig(t, demoProfile(), 80, 24)
			r.keys(keys...)
			cursorIsOnTheMarker(t, r)
			if r.a.front != nil {
				return
			}
			keysDoNotClash(t, r)
			r.send(tea.WindowSizeMsg{Width: 120, Height: 120})
			r.keys("?")
			r.sees("add evidence for what is on the screen", "KSB: "+words.KSB, "Gateway: when you, your employer", "Off-the-job training: ")
		})
	}
}

// keysDoNotClash checks that no two bindings of a screen, or of a screen and the root, share a key; that only movement
// uses h, j, k or l; and that each binding is explained in the help.
func keysDoNotClash(t *testing.T, r *rig) {
	t.Helper()
	moves := map[string]bool{"up": true, "down": true, "left": true, "right": true}
	owner := map[string]string{"?": "help", "/": "find", "ctrl+p": "palette", ":": "palette", "E": "evidence", "esc": "back", "M": "mouse", "ctrl+c": "leave", "ctrl+z": "suspend"}
	for _, b := range r.a.screen().Keys(r.a.context()).All() {
		if b.Help().Key == "" || b.Help().Desc == "" {
			t.Errorf("a binding of %v has no help", b.Keys())
		}
		isMove := slices.ContainsFunc(b.Keys(), func(k string) bool { return moves[k] })
		for _, k := range b.Keys() {
			if was, ok := owner[k]; ok && was != b.Help().Desc {
				t.Errorf("%q is %q and %q", k, was, b.Help().Desc)
			}
			owner[k] = b.Help().Desc
			if slices.Contains([]string{"h", "j", "k", "l"}, k) && !isMove {
				t.Errorf("%q is taken from movement by %q", k, b.Help().Desc)
			}
		}
	}
}

// cursorIsOnTheMarker checks that the terminal's cursor is on the line with the marker or, in a form, on a line of the
// field with the marker: Braille displays and screen readers read what is at the cursor.
func cursorIsOnTheMarker(t *testing.T, r *rig) {
	t.Helper()
	v := r.a.View()
	if v.Cursor == nil {
		t.Errorf("no cursor\n%s", r.screen())
		return
	}
	drawn := strings.Split(ansi.Strip(v.Content), "\n")
	marked := slices.IndexFunc(drawn, func(l string) bool { return strings.HasPrefix(l, "▸") })
	inPane := strings.HasPrefix(ansi.Cut(drawn[v.Cursor.Y], v.Cursor.X, v.Cursor.X+1), "▸") // a heading beside a list
	if marked == v.Cursor.Y || inPane {
		return
	}
	rows := r.a.page(r.a.drawContext()).Rows
	_, chooses := rows[v.Cursor.Y-1]
	switch form, ok := r.a.front.(*dialog.Form); {
	case ok && marked >= 0 && rows[v.Cursor.Y-1] != rows[marked-1]:
		t.Errorf("cursor on line %d, the field in focus from %d, of %q\n%s", v.Cursor.Y, marked, form.Source().Title, r.screen())
	case r.a.front != nil && r.a.front.Typing(): // it stands where text is typed
	case marked >= 0:
		t.Errorf("cursor on line %d, marker on %d\n%s", v.Cursor.Y, marked, r.screen())
	case len(rows) > 0 && !chooses:
		t.Errorf("cursor on line %d, where nothing can be chosen\n%s", v.Cursor.Y, r.screen())
	}
}

// In a window that is too small to draw a screen or dialog, keys change nothing, and Ctrl-C leaves.
func TestWhatIsNotDrawnTakesNoKeys(t *testing.T) {
	t.Parallel()
	for name, keys := range places {
		t.Run(name, func(t *testing.T) {
			r := newRig(t, demoProfile(), 80, 24)
			r.keys(keys...)
			before, rev := r.screen(), r.a.s.Rev()
			for _, small := range []tea.WindowSizeMsg{{Width: 39, Height: 40}, {Width: 120, Height: 11}} {
				r.send(small)
				r.keys("3", "n", "enter", "1", "y", "u", "x", "tab", "down", "/", "k", "esc", "ctrl+s", "q")
				r.send(tea.PasteMsg{Content: "lost"})
				r.send(tea.MouseClickMsg{X: 3, Y: 4, Button: tea.MouseLeft})
				r.send(tea.MouseReleaseMsg{X: 3, Y: 4, Button: tea.MouseLeft})
				r.send(tea.MouseWheelMsg{Button: tea.MouseWheelDown})
			}
			r.send(tea.WindowSizeMsg{Width: 80, Height: 24})
			if after := r.screen(); after != before || r.a.s.Rev() != rev || r.quit {
				t.Errorf("it was\n%s\nand is\n%s", before, after)
			}
			r.send(tea.WindowSizeMsg{Width: 39, Height: 11})
			if r.keys("ctrl+c"); !r.quit {
				t.Error("Ctrl-C does not leave")
			}
		})
	}
}

func TestATinyTerminalGetsOnePoliteLine(t *testing.T) {
	t.Parallel()
	r := newRig(t, demoProfile(), 39, 24)
	r.sees("Please make the window at least 40 by 12")
	r.send(tea.WindowSizeMsg{Width: 80, Height: 24})
	r.sees("Rate what is due in review 2")
}

func BenchmarkRatingKey(b *testing.B) {
	r := newRig(b, demoProfile(), 120, 40)
	r.keys("enter")
	for i := 0; b.Loop(); i++ {
		r.a.Update(r.later(press(fmt.Sprint(i % 5))))
		_ = r.a.View()
		r.a.Update(r.later(press("left")))
	}
}

func BenchmarkView(b *testing.B) {
	for _, name := range []string{"home", "rate", "gaps", "ksb", "plan", "plan, goal"} {
		b.Run(name, func(b *testing.B) {
			r := newRig(b, demoProfile(), 120, 40)
			r.keys(places[name]...)
			for b.Loop() {
				r.a.frame = nil
				_ = r.a.View()
			}
		})
	}
}
