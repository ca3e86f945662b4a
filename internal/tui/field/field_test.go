package field

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"
)

func typed(f *Field, keys ...tea.KeyPressMsg) {
	for _, k := range keys {
		f.Key(k)
	}
}

func key(code rune) tea.KeyPressMsg { return tea.KeyPressMsg{Code: code} }

const (
	family = "👨‍👩‍👧‍👦"
	flag   = "🏴󠁧󠁢󠁷󠁬󠁳󠁿"
	thumb  = "👍🏽"
)

// A field keeps its text byte for byte, even what a terminal must not be sent.
func TestAFieldKeepsEveryByte(t *testing.T) {
	for _, s := range []string{"", "plain", "a\u200cb\u00adc\u2028d", "two\nlines", "two\r\nlines", "\x1b[31m\x00\xff", family + flag, strings.Repeat("x", 9504)} {
		for _, several := range []bool{false, true} {
			f := New(several)
			f.Set(s)
			f.Draw(40, 3)
			typed(&f, key(tea.KeyHome), key(tea.KeyEnd), key(tea.KeyUp))
			if f.Value() != s {
				t.Errorf("several %v: %q became %q", several, s, f.Value())
			}
			f.Key(tea.KeyPressMsg{Code: 'x', Text: "x"})
			if got := strings.Replace(f.Value(), "x", "", 1); len(got) != len(strings.Replace(s+"x", "x", "", 1)) {
				t.Errorf("several %v: a letter more made %q of %q", several, f.Value(), s)
			}
			lines, _, _ := f.Draw(40, 3)
			if strings.ContainsAny(strings.Join(lines, ""), "\x1b\x00\u200c\u00ad\u2028\n\r") {
				t.Errorf("drawn raw: %q", lines)
			}
		}
	}
}

// Put counts bytes, but never puts the cursor into the middle of a character.
func TestPut(t *testing.T) {
	f := New(true)
	f.Set("é\n" + family + " ab")
	for before, want := range map[int]string{
		0: "|é\n" + family + " ab", 2: "é|\n" + family + " ab", 3: "é\n|" + family + " ab", 4: "é\n" + family + "| ab",
		len(f.Value()) - 1: "é\n" + family + " a|b", 999: "é\n" + family + " ab|", -1: "|é\n" + family + " ab",
	} {
		g := New(true)
		g.Set(f.Value())
		g.Put(before)
		g.Insert("|")
		if g.Value() != want {
			t.Errorf("%d: %q", before, g.Value())
		}
	}
}

// A pasted line break becomes a space in a field of one line, and a new line in one of several.
func TestPastedLineBreaks(t *testing.T) {
	for pasted, want := range map[string][2]string{
		"probe\vchecked": {"probe checked", "probe\nchecked"}, "probe\u2028checked": {"probe checked", "probe\nchecked"},
		"probe\u0085checked": {"probe checked", "probe\nchecked"}, "probe\r\nchecked": {"probe checked", "probe\nchecked"},
		"probe\rchecked": {"probe checked", "probe\nchecked"}, "probe \n\n checked\n": {"probe checked", "probe \n\n checked\n"},
		"\u2029probe\f": {"probe", "\nprobe\n"}, "\n": {" ", "\n"},
	} {
		for i, several := range []bool{false, true} {
			f := New(several)
			f.Insert(pasted)
			if f.Value() != want[i] {
				t.Errorf("several %v: %q became %q, want %q", several, pasted, f.Value(), want[i])
			}
		}
	}
}

// The cursor is at the cell of the next letter, however far the line is scrolled and whatever it is made of.
func TestTheCursorOfOneLine(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		keys []tea.KeyPressMsg
		w, x int
		line string
	}{
		"scrolled":         {strings.Repeat("0123456789", 11) + "a", nil, 20, 19, "234567890123456789a"},
		"scrolled, left 3": {strings.Repeat("0123456789", 11) + "a", []tea.KeyPressMsg{key(tea.KeyLeft), key(tea.KeyLeft), key(tea.KeyLeft)}, 20, 16, "234567890123456789a"},
		"home":             {strings.Repeat("0123456789", 11), []tea.KeyPressMsg{key(tea.KeyHome)}, 20, 0, "01234567890123456789"},
		"wide":             {"李李李", []tea.KeyPressMsg{key(tea.KeyLeft)}, 20, 4, "李李李"},
		"combining":        {"e\u0301e\u0301e\u0301", []tea.KeyPressMsg{key(tea.KeyLeft)}, 20, 2, "e\u0301e\u0301e\u0301"},
		"family":           {"a" + family + "b", []tea.KeyPressMsg{key(tea.KeyLeft)}, 20, 3, "a" + family + "b"},
	} {
		f := New(false)
		f.Set(c.text)
		f.Draw(c.w, 1)
		typed(&f, c.keys...)
		lines, x, y := f.Draw(c.w, 1)
		if lines[0] != c.line || x != c.x || y != 0 {
			t.Errorf("%s: %q with the cursor at %d,%d; want %q at %d", name, lines[0], x, y, c.line, c.x)
		}
	}
}

func TestBackspaceDeletesAWholeCharacter(t *testing.T) {
	for _, c := range []string{family, flag, thumb, "e\u0301", "李", "\r\n", "x"} {
		f := New(true)
		f.Set("a" + c)
		if typed(&f, key(tea.KeyBackspace)); f.Value() != "a" {
			t.Errorf("%q: %q is left", c, f.Value())
		}
	}
	f := New(false)
	f.Insert("e")
	f.Insert("\u0301") // as some keyboards send it
	if typed(&f, key(tea.KeyBackspace)); f.Value() != "" {
		t.Errorf("an accent typed by itself: %q is left", f.Value())
	}
}

func TestWordsAndLines(t *testing.T) {
	ctrl := func(r rune) tea.KeyPressMsg { return tea.KeyPressMsg{Code: r, Mod: tea.ModCtrl} }
	f := New(true)
	f.Set("one two\nthree four")
	typed(&f, ctrl('w'))
	if f.Value() != "one two\nthree " {
		t.Errorf("ctrl+w: %q", f.Value())
	}
	typed(&f, ctrl('u'))
	if f.Value() != "one two\n" {
		t.Errorf("ctrl+u: %q", f.Value())
	}
	f.Draw(30, 3)
	typed(&f, key(tea.KeyUp), ctrl('k'))
	if f.Value() != "\n" {
		t.Errorf("up, ctrl+k: %q", f.Value())
	}
}

// In application mode the number pad sends keys without their text.
func TestTheNumberPadTypes(t *testing.T) {
	f := New(false)
	typed(&f, key(tea.KeyKp2), key(tea.KeyKpDecimal), key(tea.KeyKp0), key(tea.KeyKpDivide))
	if f.Value() != "2.0/" {
		t.Errorf("%q", f.Value())
	}
}

func TestUpAndDownKeepTheColumn(t *testing.T) {
	f := New(true)
	f.Set("a long first line\nshort\na long third line")
	f.Draw(40, 5)
	typed(&f, key(tea.KeyUp), key(tea.KeyUp))
	if _, x, y := f.Draw(40, 5); x != 17 || y != 0 {
		t.Errorf("at %d,%d", x, y)
	}
	typed(&f, key(tea.KeyDown))
	if _, x, y := f.Draw(40, 5); x != 5 || y != 1 {
		t.Errorf("at %d,%d", x, y)
	}
}

// Whatever is typed: no row is too wide, the cursor is in the room, and no character is lost in wrapping.
func TestDrawFitsItsRoom(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := New(rapid.Bool().Draw(t, "several"))
		w, h := rapid.IntRange(2, 30).Draw(t, "w"), rapid.IntRange(1, 5).Draw(t, "h")
		keys := []rune{tea.KeyLeft, tea.KeyRight, tea.KeyUp, tea.KeyDown, tea.KeyHome, tea.KeyEnd, tea.KeyBackspace, tea.KeyDelete, tea.KeyPgUp, tea.KeyPgDown}
		for range rapid.IntRange(1, 30).Draw(t, "steps") {
			if rapid.Bool().Draw(t, "type") {
				f.Insert(rapid.SampledFrom([]string{"a", "word and more ", "李", family, "\u0301", "\n", "\t", "\u200d", "\x1b[2J", flag}).Draw(t, "text"))
			} else {
				f.Key(key(rapid.SampledFrom(keys).Draw(t, "key")))
			}
			lines, x, y := f.Draw(w, h)
			if x < 0 || x >= w || y < 0 || y >= len(lines) {
				t.Fatalf("cursor at %d,%d of %d lines in %dx%d", x, y, len(lines), w, h)
			}
			for _, l := range lines {
				if n := ansi.StringWidth(l); n > w {
					t.Fatalf("%q is %d wide in %d", l, n, w)
				}
			}
			if f.several {
				n := 0
				for i, r := range f.rows {
					if i > 0 && r.from != n && !(r.from == n+1 && f.chars[n].newline()) {
						t.Fatalf("row %d begins at %d after %d", i, r.from, n)
					}
					n = r.to
				}
				if n != len(f.chars) {
					t.Fatalf("the rows end at %d of %d", n, len(f.chars))
				}
			}
		}
	})
}

// BenchmarkKey types and deletes a letter in a text of two pages, and draws it.
func BenchmarkKey(b *testing.B) {
	f := New(true)
	f.Set(strings.Repeat("words of a long note ", 400))
	for b.Loop() {
		f.Key(tea.KeyPressMsg{Code: 'x', Text: "x"})
		f.Draw(76, 5)
		f.Key(key(tea.KeyBackspace))
		_ = f.Value()
	}
}
