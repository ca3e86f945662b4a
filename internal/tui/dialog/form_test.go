package dialog

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/uitest"
)

// A form that is opened, walked through and sent untouched sends every text as it came, byte for byte, and has no draft.
func TestAnUntouchedFormSendsWhatItWasGiven(t *testing.T) {
	c := uitest.Demo(80, 24)
	for _, text := range []string{
		"  room  ", "zw\u200cnj", "so\u00adft", "a\u2028b", "a title\nin two lines", "dos\r\nlines", "\ttab", "bad \xff", strings.Repeat("long ", 1901),
	} {
		d := NewForm(ui.Form{Fields: []ui.Field{{ID: "one", Value: text}, {ID: "more", Value: text, Lines: 4}}}, nil)
		d.View(c)
		d.Update(uitest.Key("tab"), c)
		d.View(c)
		if d.Touched() {
			t.Errorf("%.20q: touched", text)
		}
		out, _ := d.Update(tea.KeyPressMsg{Code: 's', Mod: tea.ModCtrl}, c).(Sent)
		if out.Values["one"] != text || out.Values["more"] != text {
			t.Errorf("%.20q became %.60q", text, out.Values)
		}
	}
}

// A paste that is longer than the rule allows stays whole in the field, and the form says how long it is and what to do.
func TestALongPasteIsNotCut(t *testing.T) {
	c := uitest.Demo(80, 24)
	d := NewForm(ui.Form{Fields: []ui.Field{{ID: "note", Label: "Note", Lines: 4}}}, nil)
	d.Update(tea.PasteMsg{Content: strings.Repeat("x", 10003)}, c)
	if out := d.Update(uitest.Key("enter"), c); out != nil {
		t.Fatalf("it was sent: %T", out)
	}
	if n := len(d.Drafts()["note"]); n != 10003 {
		t.Errorf("%d characters are left", n)
	}
	frame := strings.Join(strings.Fields(uitest.Draw(d.View(c), c)), " ")
	if !strings.Contains(frame, "10,003 characters are 2,003 too many") || !strings.Contains(frame, "keep the short version here") {
		t.Error(frame)
	}
}
