package page

import (
	"fmt"
	"strings"
	"testing"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/ksbcoach/ksbcoach/internal/tui/theme"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

func room(w, h int) *ui.Context {
	return &ui.Context{Theme: theme.New(true, false), Size: ui.NewSize(w, h)}
}

// rowsOf makes a row of each key; Enter on it says the key.
func rowsOf(keys ...string) []Row {
	var out []Row
	for _, k := range keys {
		out = append(out, Row{Key: k, Code: k, Name: "name of " + k, Does: "do " + k, Enter: func(*ui.Context) []ui.Ask { return ui.Asks(ui.Say{Text: k}) }})
	}
	return out
}

func press(name string) tea.KeyPressMsg {
	codes := map[string]rune{"down": tea.KeyDown, "up": tea.KeyUp, "end": tea.KeyEnd, "home": tea.KeyHome, "pgdown": tea.KeyPgDown, "pgup": tea.KeyPgUp, "enter": tea.KeyEnter, "right": tea.KeyRight, "left": tea.KeyLeft}
	if code, ok := codes[name]; ok {
		return tea.KeyPressMsg{Code: code}
	}
	return tea.KeyPressMsg{Code: rune(name[0]), Text: name}
}

func TestTheCursorStaysOnItsRow(t *testing.T) {
	var l List
	l.Put(rowsOf("a", "b", "c"), 1)
	for _, x := range []struct {
		rows string
		want int
	}{
		{"a b c", 1}, {"b c", 0}, {"x a c", 1}, {"a", 0}, {"", 0}, {"c x y b", 3},
	} {
		if got := l.At(rowsOf(strings.Fields(x.rows)...)); got != x.want {
			t.Errorf("%s: row %d, want %d", x.rows, got, x.want)
		}
	}
	l.Choose("c")
	if r, ok := l.Chosen(rowsOf("a", "b", "c")); !ok || r.Key != "c" {
		t.Errorf("%+v", r)
	}
}

func TestKeysClicksAndWheelMoveTheCursor(t *testing.T) {
	c := room(60, 20)
	table := Table{Rows: rowsOf(strings.Split("abcdefghij", "")...), W: 60, H: 4, Code: 3, High: 1}
	var l List
	for _, x := range []struct {
		msg  tea.Msg
		want int
	}{
		{press("down"), 1},
		{press("j"), 2},
		{press("k"), 1},
		{press("pgdown"), 3}, // three rows and a line for the others: a page is one less
		{press("end"), 9},
		{press("down"), 9},
		{press("pgup"), 7},
		{ui.WheelMsg{Lines: -2}, 5},
		{ui.RowMsg{Index: 8}, 8},
		{press("home"), 0},
	} {
		asks, took := l.Update(x.msg, table, c)
		l.Settle(table)
		if got := l.At(table.Rows); got != x.want || !took || asks != nil {
			t.Errorf("%v: row %d, want %d; %v", x.msg, got, x.want, asks)
		}
	}
	for _, msg := range []tea.Msg{press("enter"), ui.RowMsg{Index: 0}} {
		if asks, _ := l.Update(msg, table, c); len(asks) != 1 || asks[0].(ui.Say).Text != "a" {
			t.Errorf("%v: %v", msg, asks)
		}
	}
	if _, took := l.Update(press("x"), table, c); took {
		t.Error("the list took a key that is for the screen")
	}
	table.Rows, table.Empty = nil, Empty{Does: "begin", Enter: func(*ui.Context) []ui.Ask { return ui.Asks(ui.Back{}) }}
	if asks, _ := l.Update(press("enter"), table, c); len(asks) != 1 || l.Does(table) != "begin" {
		t.Errorf("in an empty list: %v", asks)
	}
}

// A click on any line chooses the row drawn there, the cursor is on the chosen row, and nothing is drawn outside the
// room.
func TestDraw(t *testing.T) {
	long := rowsOf(strings.Split("abcdefghijkl", "")...)
	for i := range long {
		long[i].Name, long[i].Tail, long[i].Says = strings.Repeat("word ", i+1), "level 3", []string{"one fact", "another"}
	}
	for w := 1; w <= 120; w += 7 {
		for h := 1; h <= 40; h += 3 {
			for _, high := range []int{1, 2} {
				c, p := room(w, h), ui.Page{}
				table := Table{Rows: long, W: w, H: h, Code: 4, High: high, Above: []string{"above"}, Below: []string{"below"}}
				var l List
				l.Put(long, (w+h)%len(long))
				l.Settle(table)
				l.Draw(&p, table, c)
				p.CutTo(c.Size)
				for y, s := range p.Body {
					if n := ansi.StringWidth(s); n > w {
						t.Fatalf("%dx%d: line %d has %d cells", w, h, y, n)
					}
				}
				if p.Cursor == nil {
					continue
				}
				if p.Rows[p.Cursor.Y] != l.At(long) || w > 1 && !strings.HasPrefix(ansi.Strip(p.Body[p.Cursor.Y]), "▸") {
					t.Fatalf("%dx%d: the cursor is on %q", w, h, p.Body[p.Cursor.Y])
				}
			}
		}
	}
}

// A name is cut only where there is no room for its next word, even where other rows have a tail and this one does not.
func TestNoNameIsCutWhileThereIsRoom(t *testing.T) {
	rows := []Row{
		{Key: "a", Code: "K1", Name: "seven words which together are rather long", Tail: "level 2"},
		{Key: "b", Code: "K2", Name: "seven words which together are rather long"},
	}
	for w := 20; w <= 70; w++ {
		c, p := room(w, 10), ui.Page{}
		new(List).Draw(&p, Table{Rows: rows, W: w, H: 10, Code: 5, High: 1}, c)
		for i, l := range p.Body {
			says := ansi.Strip(l)
			name, cut, ok := strings.Cut(says[max(strings.Index(says, "K"), 0):], "…")
			if !ok {
				continue
			}
			shown := strings.TrimSpace(name[5:])
			next := strings.Fields(strings.TrimPrefix(rows[i].Name, shown))[0]
			free := w - ansi.StringWidth(strings.TrimRight(says, " "))
			if rows[i].Tail != "" {
				free = len(cut) - len(strings.TrimLeft(cut, " ")) - 1
			}
			if free > len(" "+next) {
				t.Errorf("%d cells: %q, and %q would fit", w, says, next)
			}
		}
	}
}

func TestTabs(t *testing.T) {
	tabs := []Tab{
		{ui.Bind("a", "", "a"), []string{"apples and more 4", "apples"}},
		{ui.Bind("b", "", "b"), []string{"bananas 3", "bananas"}},
		{ui.Bind("c", "", "c"), []string{"cherries 2", "cherries"}},
	}
	for w, want := range map[int]string{
		60: "a apples and more 4  [b bananas 3]  c cherries 2", 40: "a apples  [b bananas]  c cherries", 20: "a  [b bananas]  c", 5: "bana…",
	} {
		p := ui.Page{}
		DrawTabs(&p, tabs, 1, room(w, 9))
		if got := ansi.Strip(p.Body[0]); got != want || p.Keys[0] != "tab" {
			t.Errorf("%d cells: %q, want %q", w, got, want)
		}
	}
	for name, want := range map[string]int{"a": 0, "b": 1, "right": 2, "left": 0, "l": 2, "h": 0} {
		if to, ok := Turn(press(name), tabs, 1); to != want || !ok {
			t.Errorf("%s: tab %d, want %d", name, to, want)
		}
	}
	if to, _ := Turn(press("right"), tabs, 2); to != 0 {
		t.Errorf("right of the last: %d", to)
	}
	if _, ok := Turn(press("x"), tabs, 1); ok {
		t.Error("a key that is for the screen changed the tab")
	}
	if !key.Matches(press("enter"), Enter()) {
		t.Error("Enter does not match the key enter")
	}
}

func TestWhole(t *testing.T) {
	blocks := [][]string{{"1", "2"}, {"3", "4", "5"}, {"6"}}
	for h, want := range map[int]string{-1: "[]", 0: "[]", 1: "[]", 2: "[1 2]", 4: "[1 2]", 5: "[1 2 3 4 5]", 9: "[1 2 3 4 5 6]"} {
		if got := fmt.Sprint(Whole(h, blocks...)); got != want {
			t.Errorf("%d lines: %s, want %s", h, got, want)
		}
	}
}

func TestTextScrolls(t *testing.T) {
	c := room(60, 5)
	var lines []string
	for i := range 12 {
		lines = append(lines, fmt.Sprint("line ", i))
	}
	var x Text
	for _, step := range []struct {
		msg  tea.Msg
		want string
	}{
		{press("down"), "line 1"}, {press("pgdown"), "line 5"}, {ui.WheelMsg{Lines: -2}, "line 3"}, {press("end"), "line 7"}, {press("home"), "line 0"}, {press("up"), "line 0"},
	} {
		took, p := x.Update(step.msg, len(lines), 5), ui.Page{}
		x.Draw(&p, lines, 5, c)
		if len(p.Body) != 5 || p.Body[0] != step.want || !took {
			t.Errorf("%v: %q, want %q first", step.msg, p.Body, step.want)
		}
	}
	p := ui.Page{}
	x.Draw(&p, lines, 5, c)
	if got := ansi.Strip(p.Body[4]); got != "  8 more lines below" {
		t.Errorf("%q", got)
	}
	if x.Update(press("x"), len(lines), 5) || x.Update(ui.RowMsg{Index: 1}, len(lines), 5) {
		t.Error("it took a message that does not scroll")
	}
}
