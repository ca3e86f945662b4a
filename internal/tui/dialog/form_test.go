package dialog

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/uitest"
)

// A field that was not changed is sent byte for byte, whatever is in it and however long it is.
func TestAnUnchangedFieldIsSentByteForByte(t *testing.T) {
	c := uitest.Demo(80, 24)
	for name, value := range map[string]string{
		"longer than the rule":   strings.Repeat("a note by hand ", 700),
		"what no terminal shows": "joined\u200chere, soft\u00adhyphen, line\u2028separator, bell\a, bad \xff",
		"a break in a title":     "two\nlines", "white space around": "  padded \n", "DOS": "two\r\nlines",
	} {
		for _, lines := range []int{1, 4} {
			d := NewForm(ui.Form{Fields: []ui.Field{{ID: "text", Value: value, Lines: lines}, {ID: "other"}}}, nil)
			d.View(c)
			out := d.Update(tea.KeyPressMsg{Code: 's', Mod: tea.ModCtrl}, c)
			sent, ok := out.(Sent)
			if !ok || sent.Values["text"] != value || d.Touched() {
				t.Errorf("%s, %d lines: %q (touched: %v, problem %q)", name, lines, sent.Values["text"], d.Touched(), d.inputs[d.focus].wrong.says)
			}
		}
	}
}

// A form begins with the field that it is asked to begin with, or the first.
func TestAFormBeginsWithTheFieldThatIsNamed(t *testing.T) {
	for at, want := range map[string]int{"": 0, "b": 1, "gone": 0} {
		d := NewForm(ui.Form{At: at, Fields: []ui.Field{{ID: "a", Value: "said"}, {ID: "b"}, {ID: "c"}}}, nil)
		if d.focus != want {
			t.Errorf("%q: field %d", at, d.focus)
		}
	}
}

// A paste that is too long for the record is kept whole; sending says by how much and what to do. An absurdly long one
// is refused.
func TestALongPasteIsKeptAndCounted(t *testing.T) {
	c := uitest.Demo(80, 24)
	d := NewForm(ui.Form{Fields: []ui.Field{{ID: "text", Lines: 4}}}, nil)
	long := strings.Repeat("x", 10_003)
	d.Update(tea.PasteMsg{Content: long}, c)
	if out := d.Update(uitest.Key("enter"), c); out != nil || !strings.Contains(d.inputs[d.focus].wrong.says, "10,003 characters are 2,003 too many") {
		t.Errorf("%v, %q", out, d.inputs[d.focus].wrong.says)
	}
	if d.Drafts()["text"] != long {
		t.Error("the paste is not all there")
	}
	d.Update(tea.PasteMsg{Content: strings.Repeat("y", mostTyped)}, c)
	if d.Drafts()["text"] != long || !strings.Contains(d.inputs[d.focus].wrong.says, "nothing was pasted") {
		t.Errorf("an absurdly long paste: %q", d.inputs[d.focus].wrong.says)
	}
}

// A complaint stays below its field until that field is changed, wherever the cursor goes meanwhile. A complaint about
// several fields goes when any field is changed.
func TestAComplaintStaysWithItsField(t *testing.T) {
	c := uitest.Demo(80, 24)
	at := func(d *Form, says string) string {
		label := ""
		for _, l := range d.View(c).Body {
			if strings.Contains(l, says) {
				return label
			}
			if _, name, ok := strings.Cut(ansi.Strip(l), "Field "); ok {
				label = name
			}
		}
		return ""
	}
	for name, leave := range map[string]tea.Msg{"a click": ui.RowMsg{Index: 1}, "the wheel": ui.WheelMsg{Lines: 1}, "tab": uitest.Key("tab")} {
		d := NewForm(ui.Form{Fields: []ui.Field{{ID: "a", Label: "Field A", Need: true}, {ID: "b", Label: "Field B"}}}, nil)
		d.Update(uitest.Key("enter"), c)
		d.Update(leave, c)
		d.Update(tea.PasteMsg{Content: "some words"}, c)
		if got := at(d, "needs an answer"); d.focus != 1 || got != "A" {
			t.Errorf("%s: with field %d in focus, below %q", name, d.focus, got)
		}
		d.Update(ui.RowMsg{Index: 0}, c)
		if d.Update(tea.PasteMsg{Content: "an answer"}, c); at(d, "needs an answer") != "" {
			t.Errorf("%s: answered, and still said", name)
		}
	}
	odds := func(ui.Values) (string, string) { return "b", "before the start" }
	d := NewForm(ui.Form{Together: odds, Fields: []ui.Field{{ID: "a", Label: "Field A"}, {ID: "b", Label: "Field B"}}}, nil)
	d.Update(tea.KeyPressMsg{Code: 's', Mod: tea.ModCtrl}, c)
	d.Update(ui.RowMsg{Index: 0}, c)
	if got := at(d, "before the start"); got != "B" {
		t.Errorf("several fields: below %q", got)
	}
	if d.Update(uitest.Key("x"), c); at(d, "before the start") != "" {
		t.Error("several fields: changed, and still said")
	}
}

// The words before the fields of a form are shown whole or not at all: no page begins in the middle of them.
func TestTheIntroOfAFormIsNotCut(t *testing.T) {
	c := uitest.Demo(60, 20)
	f := ui.Form{Says: strings.Repeat("This is what the form is for, and what comes of it. ", 4)}
	for _, id := range []string{"a", "b", "c", "d", "e"} {
		f.Fields = append(f.Fields, ui.Field{ID: id, Label: "Field " + id})
	}
	for rows := 8; rows < 24; rows++ {
		c.Size = ui.NewSize(60, rows)
		for _, at := range []string{"a", "b", "c", "d", "e"} {
			f.At = at
			body := NewForm(f, nil).View(c).Body
			first := strings.TrimSpace(ansi.Strip(body[0]))
			if !strings.HasPrefix(first, "This is what the form is for") && !strings.Contains(first, "Field ") {
				t.Errorf("%d rows, at %s: the page begins with %q", rows, at, first)
			}
		}
	}
}

// A field of several lines grows into the room that the page has left, as far as its text needs it.
func TestALongTextTakesTheRoomThatIsLeft(t *testing.T) {
	c := uitest.Demo(80, 24)
	text := strings.Repeat("line\n", 11) + "last"
	for rows, want := range map[int]int{10: 4, 17: 11, 22: 12} {
		c.Size = ui.NewSize(80, rows)
		d := NewForm(ui.Form{Says: "what it is for", Fields: []ui.Field{{ID: "a", Label: "A", Value: text, Lines: 4}, {ID: "b", Label: "B"}}}, nil)
		page := d.View(c)
		shown := 0
		for _, l := range page.Body {
			if s := strings.TrimSpace(ansi.Strip(l)); s == "line" || s == "last" {
				shown++
			}
		}
		if shown != want || len(page.Body) > rows {
			t.Errorf("%d rows: %d lines of the text are seen, want %d; %d drawn", rows, shown, want, len(page.Body))
		}
	}
}

// What would complete the text is said below the label, and Right at the end of the text takes the first; elsewhere it
// moves.
func TestRightTakesTheOfferAtTheEndOfTheText(t *testing.T) {
	c := uitest.Fresh(80, 24)
	d := NewForm(ui.Form{Fields: []ui.Field{{ID: "role", Label: "Role", Offer: func(typed string) ui.Offer {
		if typed != "car" {
			return ui.Offer{Meant: "cardiac"}
		}
		return ui.Offer{Names: []string{"Cardiac physiology", "Critical care"}}
	}}, {ID: "other", Label: "Other"}}}, nil)
	for _, k := range []string{"c", "a", "r"} {
		d.Update(uitest.Key(k), c)
	}
	if got := uitest.Draw(d.View(c), c); !strings.Contains(got, "takes Cardiac physiology; or go on typing for Critical care") {
		t.Errorf("%s", got)
	}
	d.Update(uitest.Key("left"), c)
	if d.Update(uitest.Key("right"), c); d.Drafts()["role"] != "car" {
		t.Errorf("%v", d.Drafts())
	}
	if d.Update(uitest.Key("right"), c); d.Drafts()["role"] != "Cardiac physiology" {
		t.Errorf("%v", d.Drafts())
	}
	if got := uitest.Draw(d.View(c), c); !strings.Contains(got, "Role  = cardiac") {
		t.Errorf("%s", got)
	}
}

// A field that has grown only scrolls when the cursor leaves the part that is shown.
func TestAFieldThatHasGrownScrollsOnlyAtItsEnds(t *testing.T) {
	c := uitest.Demo(80, 22)
	d := NewForm(ui.Form{Fields: []ui.Field{{ID: "a", Label: "A", Value: strings.Repeat("line\n", 40) + "last", Lines: 4}}}, nil)
	d.Update(uitest.Key("ctrl+home"), c)
	page := d.View(c)
	first := page.Cursor.Y
	for n := 1; n <= 10; n++ {
		d.Update(uitest.Key("down"), c)
		if page = d.View(c); page.Cursor.Y != first+n {
			t.Fatalf("%d down from line %d: the cursor is on %d", n, first, page.Cursor.Y)
		}
	}
}

// One key opens and closes the models of a form, and what is typed is kept. Beside the form typing goes on; in front of
// it keys type nothing, since the form is not seen.
func TestModelsAreShownOnRequest(t *testing.T) {
	for _, wh := range [][2]int{{120, 37}, {80, 21}, {60, 17}, {40, 9}} {
		c := uitest.Demo(wh[0], wh[1])
		c.Size = ui.NewSize(wh[0], wh[1])
		m := ui.Models{Name: "notes", Says: "Made up.", List: []ui.Model{
			{Head: "A weak note", Text: strings.Repeat("all went well ", 30), Margin: "says nothing"}, {Head: "A strong note", Text: strings.Repeat("six per cent high ", 30), Margin: "has a figure"},
		}}
		d := NewForm(ui.Form{Models: m, Fields: []ui.Field{{ID: "note", Label: "Note", Lines: 4}, {ID: "other", Label: "Other"}}}, nil)
		frame := func() string {
			p := d.View(c)
			uitest.Fits(t, p, c)
			return uitest.Draw(p, c)
		}
		press := func(keys ...string) {
			for _, k := range keys {
				d.Update(uitest.Key(k), c)
			}
		}
		press("a", "b")
		if strings.Contains(frame(), "A weak note") {
			t.Errorf("%v: shown without being asked for", wh)
		}
		press("ctrl+o")
		if got := frame(); !strings.Contains(got, "A weak note") || strings.Contains(got, "Other") != c.Size.Wide {
			t.Errorf("%v:\n%s", wh, got)
		}
		press("pgdown", "pgdown", "pgdown", "pgdown", "pgdown", "pgdown", "pgdown", "pgdown")
		if got := frame(); !strings.Contains(got, "figure") {
			t.Errorf("%v: the last is not reached:\n%s", wh, got)
		}
		press("c", "enter")
		want := "ab"
		if c.Size.Wide {
			want = "abc"
		}
		if got := d.Drafts()["note"]; got != want {
			t.Errorf("%v: %q is typed, want %q", wh, got, want)
		}
		if c.Size.Wide {
			press("ctrl+o")
		} else if out := d.Update(uitest.Key("esc"), c); out != nil {
			t.Errorf("%v: Esc leaves the form with the notes: %v", wh, out)
		}
		if got := frame(); strings.Contains(got, "weak") || d.Drafts()["note"] != want {
			t.Errorf("%v: not as before:\n%s", wh, got)
		}
		if out, ok := d.Update(uitest.Key("esc"), c).(Closed); !ok {
			t.Errorf("%v: then Esc does %v", wh, out)
		}
	}
}

// Models that depend on what is typed are looked up when they are opened. If there are none, the form says what it
// needs first.
func TestModelsFollowWhatIsTyped(t *testing.T) {
	c := uitest.Demo(120, 37)
	m := ui.Models{Name: "notes", None: "say which first", For: func(v ui.Values) []ui.Model {
		if v["ksb"] == "" {
			return nil
		}
		return []ui.Model{{Head: "A weak note for " + v["ksb"], Text: "x", Margin: "y"}}
	}}
	d := NewForm(ui.Form{Models: m, Fields: []ui.Field{{ID: "ksb", Label: "KSB"}, {ID: "other"}}}, nil)
	d.Update(uitest.Key("ctrl+o"), c)
	if got := uitest.Draw(d.View(c), c); !strings.Contains(got, "say which first") || strings.Contains(got, "weak") {
		t.Errorf("%s", got)
	}
	for _, k := range []string{"K", "7", "ctrl+o"} {
		d.Update(uitest.Key(k), c)
	}
	if got := uitest.Draw(d.View(c), c); !strings.Contains(got, "A weak note for K7") || strings.Contains(got, "say which first") {
		t.Errorf("%s", got)
	}
}
