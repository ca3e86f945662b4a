package dialog

import (
	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/widget"
)

// picks are the meanings of a field's text as it was when they were looked up.
type picks struct {
	of   string
	list []ui.Pick
	at   int
}

// pickRows is where the clickable rows of picks begin, behind those of the fields.
const pickRows = 1000

// meant are the meanings to choose from.
func (in *input) meant() []ui.Pick {
	if in.field.Pick == nil {
		return nil
	}
	if typed := in.typed(); typed != in.picks.of {
		in.picks = picks{of: typed, list: in.field.Pick(typed)}
	}
	return in.picks.list
}

// pick moves among the meanings or takes one, and says whether the key was for that.
func (in *input) pick(msg tea.KeyPressMsg) bool {
	n := len(in.meant())
	if n == 0 {
		return false
	}
	switch msg.String() {
	case "up":
		in.picks.at = max(in.picks.at-1, 0)
	case "down":
		in.picks.at = min(in.picks.at+1, n-1)
	case "enter":
		in.take(in.picks.at)
	default:
		return false
	}
	return true
}

// take puts a meaning in the place of the text.
func (in *input) take(i int) {
	if list := in.meant(); i < len(list) {
		in.text.Set(list[i].Text)
	}
}

// drawPicks are the meanings of the field in focus, below it.
func (d *Form) drawPicks(c *ui.Context, i, w int) []string {
	in, t := &d.inputs[i], c.Theme
	if i != d.focus {
		return nil
	}
	var lines []string
	for k, x := range in.meant() {
		mark, style := "  ", t.Plain
		if k == in.picks.at {
			mark, style = t.Accent.Render(t.Glyphs.Marker)+" ", widget.Chosen(x.Says, t)
		}
		lines = append(lines, "  "+mark+style.Render(widget.CutPlain(x.Says, c.Size.W-4, t.Glyphs.Cut)))
	}
	return lines
}
