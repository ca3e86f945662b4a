package tui

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
)

// reports are what people reported of other programs, each as what is done here and what must come of it. The next one
// is one more line.
//
// What is done is keys by name with blanks between them, each as long after the one before as hands take; "3@33" comes
// 33 ms after it, and "3@33x30" thirty times so. "paste:3_4" pastes, "text:a_b" types, "esc~" is Esc with a broken
// answer behind it, "press:2,9", "move:3,9" and "release:2,9" are the mouse (column, row), "level" is the row of the
// first level, "wait:600" is that many milliseconds, and "size:39x11" another window.
var reports = []struct {
	of    string // what was reported
	from  string // one of places
	do    string
	rates int    // how many KSBs are rated by it; where none is, nothing else of the record changes either
	at    string // where one is then; "" is where one was
	says  string // part of the frame
	never string // what is not in it
}{
	{of: "a key that is held down rates everything", from: "rate", do: "3 3@500 3@33x30", rates: 1, says: "held down counts once"},
	{of: "the same with a keyboard that repeats at once", from: "rate", do: "2 2@30x30", rates: 1, says: "held down counts once"},
	{of: "the same on a slow keyboard", from: "rate", do: "2 2@660 2@110x9", rates: 1, says: "held down counts once"},
	{of: "after a held key the note goes to the next one", from: "rate", do: "2 2@500 2@33x9 w text:seen enter", rates: 1, says: "Note kept with K23"},
	{of: "the same for a mentor", from: "mentor, rating", do: "2 2@500 2@33x9", rates: 1, says: "note on K1"},
	{of: "the same where the terminal says so itself", from: "rate", do: "2 2!x9", rates: 1, says: "held down counts once"},
	{of: "the same for no opportunity", from: "rate", do: "n n@500 n@33x30", rates: 1},
	{of: "a level that was rated well by hand is taken back with what was held down later", from: "rate", do: "3 3 3 3@500 3@33x9", rates: 3},
	{of: "fast fingers lose ratings", from: "rate", do: "1@130 1@130 2@130 2@130 3@130", rates: 5},
	{of: "two keys in one stroke rate two KSBs", from: "rate", do: "3 2@20", rates: 1, says: "too soon after the one before"},
	{of: "a key that bounces takes back a level of long before", from: "rate", do: "3 3@1500 3@60", rates: 2},
	{of: "undo that is held down takes back everything", from: "rate", do: "1 2 1 2 u u@30x20", rates: 3},
	{of: "text that is pasted without brackets rates", from: "rate", do: "burst:3_2_1\n4\n", rates: 1},
	{of: "text that is pasted without brackets leaves the program", from: "home", do: "burst:zq", says: "too soon after the one before"},
	{of: "a pasted line break sends a note", from: "rate, note", do: "burst:seen_once\nthen_alone\n2\n", rates: 0, says: "stays in the text"},
	{of: "a pasted line break glues words in a search", from: "finder", do: "burst:duty\ncandour", rates: 0, says: "K3 Duty of candour"},
	{of: "digits in a paste rate", from: "rate", do: "paste:3_2_1", rates: 0},
	{of: "the beginning of a paste comes late", from: "rate, note", do: "esc~[200~2_1", rates: 0},
	{of: "an answer of the terminal is typed", from: "home", do: "esc~]11;rgb:3333/1212/3434", rates: 0, at: "home"},
	{of: "a report of the mouse is typed", from: "rate", do: "esc~[<0;13;3M", rates: 0},
	{of: "a report of an old mouse is typed", from: "rate", do: "esc~[M_21", rates: 0},
	{of: "a function key of the Linux console is typed", from: "rate", do: "esc~[[A", rates: 0},
	{of: "keys act where the window is too small to show anything", from: "rate", do: "size:39x11 3 n enter 2 size:80x24", rates: 0},
	{of: "keys act behind a dialog that the window is too small to show", from: "ksb, target", do: "size:39x11 enter 1 size:80x24", rates: 0},
	{of: "a message hides a level that a key still gives", from: "rate", do: "size:40x12 3", rates: 1, says: "n my post gives me no"},
	{of: "a code is not found as people type it", from: "home", do: "/ text:k07 enter", rates: 0, at: "ksb", says: "K7 "},
	{of: "the same with a dash", from: "home", do: "/ text:S-17 enter", rates: 0, at: "ksb", says: "S17 "},
	{of: "the same with a blank", from: "home", do: "/ text:k_7 enter", rates: 0, at: "ksb", says: "K7 "},
	{of: "a paste is taken where nothing is drawn", from: "rate, note", do: "size:20x5 paste:lost size:80x24", rates: 0, never: "lost"},
	{of: "a click that brings the window forward rates", from: "rate", do: "press:4,level release:4,level", rates: 0, says: "▸ 0"},
	{of: "marking text with the mouse rates", from: "rate, pointing", do: "press:4,level move:30,level release:30,level", rates: 0},
	{of: "a drag that comes back rates", from: "rate", do: "press:4,level move:9,level move:4,level release:4,level press:4,level move:9,level release:4,level", rates: 0},
	{of: "a click on the level that is pointed at does nothing", from: "rate", do: "press:4,level release:4,level wait:600 press:4,level release:4,level", rates: 1},
	{of: "a double click rates", from: "rate", do: "press:4,level release:4,level press:4,level release:4,level", rates: 0, says: "quick clicks only point"},
	{of: "a double click rates for a mentor", from: "mentor, rating", do: "press:4,level release:4,level press:4,level release:4,level", rates: 0, says: "quick clicks only point"},
	{of: "a refused finder lets its letters through", from: "mentor, rating", do: "/ text:k12 enter", rates: 0, says: "K12"},
	{of: "a finder that a menu refuses lets its digits choose", from: "home", do: "b enter / text:k12 enter", rates: 0, at: "mentor", says: "Who is rating?"},
	{of: "a refused form lets its letters through", from: "mentor, rating", do: "E text:2_audits enter 3", rates: 0, says: "is not kept"},
	{of: "a refused note lets its letters through", from: "mentor, rating", do: "right w text:2_seen_3", rates: 0, says: "is not kept"},
	{of: "looking something up loses the place", from: "rate", do: "2 s esc / text:k30 enter esc esc", rates: 1, at: "home", says: "S23 next"},
	{of: "undo after a skip takes back a rating", from: "rate", do: "2 s u", rates: 1, says: "is not skipped"},
	{of: "a note goes to the next one", from: "rate", do: "2 w text:seen enter", rates: 1, says: "Note kept with K23"},
}

// testedElsewhere are reports whose test is in the package of the rule that they are about.
var testedElsewhere = map[string]string{
	"digits in a paste rate, whatever the terminal":                "internal/tui TestDigitsInAPasteNeverRate",
	"an answer in pieces, through the framework's own reader":      "internal/tui TestABrokenAnswerIsNoKey",
	"answers are typed into the shell after leaving":               "internal/tui TestLeavingAtOnceWaitsForAnswers",
	"Braille and screen readers follow a cursor that is elsewhere": "internal/tui TestEveryScreenFitsEverySize",
	"the cursor of a one-line field counts code points":            "internal/tui/field TestTheCursorOfOneLine",
	"Backspace leaves half an emoji":                               "internal/tui/field TestBackspaceDeletesAWholeCharacter",
	"a pasted break glues two words together":                      "internal/tui/field TestPastedLineBreaks",
	"a long paste is cut without a word":                           "internal/tui/dialog TestALongPasteIsKeptAndCounted",
	"a form that is sent untouched changes the text":               "internal/tui/dialog TestAnUnchangedFieldIsSentByteForByte",
	"Ctrl-Z hangs where no shell controls jobs":                    "internal/tui TestCtrlZ",
	"a day is read otherwise than it was meant":                    "internal/calendar TestMeantFromToday",
	"midnight passes while the program is open":                    "internal/tui TestADayThatBeginsWhileTheProgramIsOpen",
	"a date with dashes as Word sets them is refused":              "internal/calendar TestMeant",
}

func TestPublicReports(t *testing.T) {
	t.Parallel()
	for _, x := range reports {
		t.Run(x.of, func(t *testing.T) {
			r := newRig(t, demoProfile(), 80, 24)
			r.keys(places[x.from]...)
			was, here, rev := r.written(), r.a.current(), r.a.s.Rev()
			for _, step := range strings.Fields(strings.ReplaceAll(x.do, "\n", "¶")) {
				r.step(strings.ReplaceAll(strings.ReplaceAll(step, "¶", "\n"), "_", " "))
			}
			if got := r.written() - was; got != x.rates {
				t.Errorf("%d ratings, want %d\n%s", got, x.rates, r.screen())
			}
			if x.rates == 0 && r.a.s.Rev() != rev {
				t.Errorf("the record was changed\n%s", r.screen())
			}
			if x.at != "" {
				here = ""
				if string(r.a.current()) != x.at {
					t.Errorf("on %s, want %s", r.a.current(), x.at)
				}
			}
			if here != "" && r.a.current() != here || r.quit {
				t.Errorf("on %s, was on %s; left: %v", r.a.current(), here, r.quit)
			}
			r.sees(x.says)
			if x.never != "" && strings.Contains(r.screen(), x.never) {
				t.Errorf("it says %q\n%s", x.never, r.screen())
			}
		})
	}
	for of, where := range testedElsewhere {
		pkg, name, _ := strings.Cut(where, " ")
		if !hasTest(t, filepath.Join("..", "..", pkg), name) {
			t.Errorf("%s: there is no %s in %s", of, name, pkg)
		}
	}
}

// written counts today's ratings in the record, whoever made them.
func (r *rig) written() int {
	n := 0
	for _, round := range r.a.s.Profile().Rounds {
		for _, by := range round.Ratings {
			for _, x := range by {
				if x.On == r.a.today {
					n++
				}
			}
		}
	}
	return n
}

// step does one step of a report.
func (r *rig) step(s string) {
	r.tb.Helper()
	what, arg, _ := strings.Cut(s, ":")
	cell := func() (x, y int) {
		col, row, _ := strings.Cut(arg, ",")
		x, _ = strconv.Atoi(col)
		if row == "level" {
			for y = range r.a.rows {
				if i, ok := r.a.page(r.a.drawContext()).Rows[y]; ok && i == 0 {
					return x, y + 1
				}
			}
		}
		y, _ = strconv.Atoi(row)
		return x, y
	}
	switch {
	case what == "paste":
		r.send(tea.PasteMsg{Content: arg})
	case what == "text":
		r.text(arg)
	case strings.HasPrefix(what, "burst"):
		_, ms, _ := strings.Cut(what, "@")
		r.burst(arg, ms == "")
	case what == "size":
		var cols, rows int
		if _, err := fmt.Sscanf(arg, "%dx%d", &cols, &rows); err != nil {
			r.tb.Fatal(err)
		}
		r.send(tea.WindowSizeMsg{Width: cols, Height: rows})
	case what == "wait":
		ms, _ := strconv.Atoi(arg)
		r.elapsed += time.Duration(ms) * time.Millisecond
	case what == "press":
		x, y := cell()
		r.send(tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft})
	case what == "move":
		x, y := cell()
		r.send(tea.MouseMotionMsg{X: x, Y: y, Button: tea.MouseLeft})
	case what == "release":
		x, y := cell()
		r.send(tea.MouseReleaseMsg{X: x, Y: y, Button: tea.MouseLeft})
	case strings.HasPrefix(s, "esc~"):
		r.keys("esc")
		r.burst(s[len("esc~"):], true)
	default:
		r.pressed(s)
	}
}

// burst types text as a terminal sends a paste that it does not mark: with a pause before it or none, and then all at
// once.
func (r *rig) burst(text string, pause bool) {
	r.tb.Helper()
	if pause {
		r.elapsed += keyEvery
	}
	for _, c := range text {
		r.elapsed += time.Millisecond
		msg := tea.KeyPressMsg{Code: c, Text: string(c)}
		if c == '\n' {
			msg = press("enter")
		}
		_, cmd := r.a.Update(msg)
		if r.a.filter.in < perhaps {
			r.run(cmd) // while something is held the timer would run out before the next comes
		}
	}
}

// pressed presses a key: "3", "3@33" and "3@33x30", or "3!x9" for repeats that the terminal tells of.
func (r *rig) pressed(s string) {
	r.tb.Helper()
	s, times, many := strings.Cut(s, "x")
	n := 1
	if many {
		n, _ = strconv.Atoi(times)
	}
	name, ms, timed := strings.Cut(s, "@")
	wait := keyEvery
	if timed {
		gap, _ := strconv.Atoi(ms)
		wait = time.Duration(gap) * time.Millisecond
	}
	name, repeat := strings.CutSuffix(name, "!")
	for range n {
		r.elapsed += wait
		msg := press(name)
		msg.IsRepeat = repeat
		r.send(msg)
	}
}

// hasTest says whether a package has a test of that name.
func hasTest(t *testing.T, dir, name string) bool {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*_test.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		src, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		f, err := parser.ParseFile(token.NewFileSet(), file, src, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range f.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && fn.Name.Name == name {
				return true
			}
		}
	}
	return false
}
