package dialog

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/tui/page"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/widget"
)

// models is whether the example texts of a form are open: beside the form where there is room, else on a page in front
// of it that Esc closes.
type models struct {
	shown bool
	front bool // they were opened in front of the form
	at    page.Text
}

// modelsKey opens and closes them. It must be a key that neither types nor edits in a field.
func (d *Form) modelsKey() key.Binding {
	if d.models.shown {
		return ui.Bind("ctrl+o", "hide "+d.form.Models.Name, "ctrl+o")
	}
	return ui.Bind("ctrl+o", "see "+d.form.Models.Name, "ctrl+o")
}

func (d *Form) hasModels() bool { return len(d.form.Models.List) > 0 || d.form.Models.For != nil }

// findModels looks up the example texts for what is typed, and says whether there are any.
func (d *Form) findModels() bool {
	if m := &d.form.Models; m.For != nil {
		typed := ui.Values{}
		for i := range d.inputs {
			typed[d.inputs[i].field.ID] = d.inputs[i].value()
		}
		m.List = m.For(typed)
	}
	return len(d.form.Models.List) > 0
}

// covered says whether the models hide the form, which then must take no keys.
func (d *Form) covered(c *ui.Context) bool { return d.models.shown && !c.Size.Wide }

// updateModels handles a message that is for the models. False means that it is for the form.
func (d *Form) updateModels(msg tea.Msg, c *ui.Context) bool {
	press, _ := msg.(tea.KeyPressMsg)
	toggles := key.Matches(press, d.modelsKey())
	switch {
	case !d.hasModels():
		return false
	case toggles && !d.models.shown && !d.findModels():
		d.inputs[d.focus].wrong = complaint{d.form.Models.None, true}
	case toggles, d.covered(c) && key.Matches(press, keys().back):
		d.models = models{shown: !d.models.shown, front: !d.models.shown && !c.Size.Wide}
	case d.covered(c), d.models.shown && key.Matches(press, keys().pageUp, keys().pageDown):
		d.models.at.Update(msg, len(d.modelLines(c)), c.Size.H)
	default:
		return false
	}
	return true
}

// modelsAt is the column of the bar between a form and the models beside it.
func modelsAt(c *ui.Context) int { return c.Size.W / 2 }

// modelLines lays the models out for the room that they have.
func (d *Form) modelLines(c *ui.Context) []string {
	t, w := c.Theme, min(c.Size.W-2, 90)
	if c.Size.Wide {
		w = min(c.Size.W-modelsAt(c)-4, 90)
	}
	lines := widget.Style(widget.Wrap(d.form.Models.Says, w), t.Faint.Render)
	for _, x := range d.form.Models.List {
		lines = append(lines, "", t.Title.Render(widget.Cut(x.Head, w, t.Glyphs.Cut)))
		lines = append(lines, widget.Wrap(x.Text, w)...)
		lines = append(lines, widget.Style(widget.Wrap("In the margin: "+x.Margin, w), t.Accent.Render)...)
	}
	return lines
}

// drawModels draws the models beside the page of the form, or as a page of their own.
func (d *Form) drawModels(form ui.Page, c *ui.Context) ui.Page {
	var p ui.Page
	room := *c
	if !d.covered(c) {
		room.Size.W -= modelsAt(c) + 3
	}
	d.models.at.Draw(&p, d.modelLines(c), c.Size.H, &room)
	if d.covered(c) {
		p.Left = form.Left
		return p
	}
	form.Side = &ui.Side{Lines: p.Body, At: modelsAt(c)}
	return form
}
