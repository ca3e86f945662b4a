package dialog

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/uitest"
)

// What nobody changed goes out byte for byte, whatever is in it and however long it is.
func TestSentUntouchedIsUnchanged(t *testing.T) {
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
				t.Errorf("%s, %d lines: %q (touched: %v, problem %q)", name, lines, sent.Values["text"], d.Touched(), d.problem)
			}
		}
	}
}

// A paste beyond the rule is kept whole; sending says how many characters there are and what to do. One beyond all measure is
// refused whole.
func TestALongPasteIsKeptAndCounted(t *testing.T) {
	c := uitest.Demo(80, 24)
	d := NewForm(ui.Form{Fields: []ui.Field{{ID: "text", Lines: 4}}}, nil)
	long := strings.Repeat("x", 10_003)
	d.Update(tea.PasteMsg{Content: long}, c)
	if out := d.Update(uitest.Key("enter"), c); out != nil || !strings.Contains(d.problem, "10,003 characters are 2,003 too many") {
		t.Errorf("%v, %q", out, d.problem)
	}
	if d.Drafts()["text"] != long {
		t.Error("the paste is not all there")
	}
	d.Update(tea.PasteMsg{Content: strings.Repeat("y", mostTyped)}, c)
	if d.Drafts()["text"] != long || !strings.Contains(d.problem, "nothing was pasted") {
		t.Errorf("a paste beyond all measure: %q", d.problem)
	}
}
