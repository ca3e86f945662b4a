package dialog

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/uitest"
)

// The first click on an option only moves the cursor there, since it may have been meant to bring the window to the
// front; a click on the option at the cursor chooses it.
func TestAClickPointsBeforeItChooses(t *testing.T) {
	c := uitest.Demo(80, 24)
	d := NewMenu(ui.Choose{Options: []ui.Option{{Text: "Leave it"}, {Text: "Undo it"}}})
	if out := d.Update(ui.RowMsg{Index: 1}, c); out != nil || d.at.At(d.rows()) != 1 {
		t.Fatalf("the first click: %v, at %d", out, d.at.At(d.rows()))
	}
	if out := d.Update(ui.RowMsg{Index: 1}, c); out != (Picked{1}) {
		t.Errorf("the second click: %v", out)
	}
}

// A letter or a paste on a list of names begins another name, even a letter that moves the cursor on other lists.
// Digits, arrows and Enter choose as on any list.
func TestALetterOnAListOfNamesBeginsAName(t *testing.T) {
	c := uitest.Demo(80, 24)
	options := []ui.Option{{Text: "J. Ode"}, {Text: "Somebody else"}}
	names := ui.Choose{Options: options, Typed: func(*ui.Context) []ui.Ask { return nil }}
	for _, msg := range []tea.Msg{uitest.Key("M"), uitest.Key("j"), uitest.Key("k"), uitest.Key("é"), tea.PasteMsg{Content: "Morag"}} {
		if out := NewMenu(names).Update(msg, c); out != (Typed{}) {
			t.Errorf("%v: %v", msg, out)
		}
		if out := NewMenu(ui.Choose{Options: options}).Update(msg, c); out != nil {
			t.Errorf("%v on another list: %v", msg, out)
		}
	}
	for k, want := range map[string]Outcome{"enter": Picked{0}, "2": Picked{1}, "down": nil} {
		if out := NewMenu(names).Update(uitest.Key(k), c); out != want {
			t.Errorf("%s: %v", k, out)
		}
	}
}

// A notice swallows what is typed and says so. Esc always closes it, Enter only if nothing was typed before.
func TestANoticeSwallowsTyping(t *testing.T) {
	c := uitest.Demo(80, 24)
	d := NewNotice("A note", "Rate it first.")
	if out := d.Update(uitest.Key("enter"), c); out != (Closed{}) {
		t.Errorf("Enter at once: %v", out)
	}
	d = NewNotice("A note", "Rate it first.")
	for _, k := range []string{"2", "space", "n", "enter", "3", "down", "tab"} {
		if out := d.Update(uitest.Key(k), c); out != nil {
			t.Fatalf("%s closes it: %v", k, out)
		}
	}
	d.Update(tea.PasteMsg{Content: "3"}, c)
	if frame := uitest.Draw(d.View(c), c); !strings.Contains(frame, "is not kept") {
		t.Errorf("it does not say that typing is lost:\n%s", frame)
	}
	if out := d.Update(tea.KeyPressMsg{Code: tea.KeyEscape}, c); out != (Closed{}) {
		t.Errorf("Esc: %v", out)
	}
}

// The blind finder uses the standard alone: it looks the same whatever was rated, and leads to no page that shows
// levels.
func TestTheBlindFinderBetraysNothing(t *testing.T) {
	var frames []string
	for _, c := range []*ui.Context{uitest.Demo(80, 24), uitest.Fresh(80, 24)} {
		d := NewFind(c, true)
		for _, k := range []string{"a", "u", "d", "down"} {
			d.Update(uitest.Key(k), c)
		}
		if out := d.Update(uitest.Key("tab"), c); out != nil {
			t.Errorf("tab leads to %v", out)
		}
		frames = append(frames, uitest.Draw(d.View(c), c))
	}
	if frames[0] != frames[1] || !strings.Contains(frames[0], "audit") {
		t.Errorf("%s\n---\n%s", frames[0], frames[1])
	}
}

// The cursor of a menu moves as in every list, by j and k too, and stops at the ends.
func TestAMenuMovesLikeAList(t *testing.T) {
	c := uitest.Demo(80, 24)
	d := NewMenu(ui.Choose{At: 1, Options: []ui.Option{{Text: "One"}, {Text: "Two"}, {Text: "Three"}}})
	for _, x := range []struct {
		key  string
		want int
	}{{"down", 2}, {"up", 1}, {"home", 0}, {"k", 0}, {"j", 1}, {"end", 2}, {"pgup", 0}} {
		if out := d.Update(uitest.Key(x.key), c); out != nil || d.at.At(d.rows()) != x.want {
			t.Errorf("%s: %v, at %d", x.key, out, d.at.At(d.rows()))
		}
	}
	if out := d.Update(uitest.Key("space"), c); out != (Picked{0}) {
		t.Errorf("space: %v", out)
	}
	if out := d.Update(uitest.Key("4"), c); out != nil {
		t.Errorf("a digit beyond the options: %v", out)
	}
}
