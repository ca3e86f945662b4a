package dialog

import (
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/textarea"
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/widget"
)

// Form is fields to fill in, one below the other.
type Form struct {
	form     ui.Form
	inputs   []input
	focus    int
	problem  string // with the field in focus
	restored bool
}

// input is one field's editor: of one line or of several.
type input struct {
	field   ui.Field
	shown   string // what the field was filled with, cleaned
	line    textinput.Model
	area    textarea.Model
	several bool
	doubted string // what it was said of that it may be a slip
}

var (
	formNext = ui.Bind("tab", "next field", "tab")
	formPrev = ui.Bind("shift+tab", "back", "shift+tab")
	formDone = ui.Bind("enter", "on", "enter")
	formSend = ui.Bind("ctrl+s", "send now", "ctrl+s")
	formLine = ui.Bind("ctrl+j", "new line", "ctrl+j", "alt+enter", "shift+enter")
)

// NewForm opens a form. Draft gives the text of a field that was not sent off last time, or "".
func NewForm(f ui.Form, draft func(field string) string) *Form {
	d := &Form{form: f}
	for _, field := range f.Fields {
		in := newInput(field)
		if draft != nil {
			if text := draft(field.ID); text != "" {
				in.set(safetext.Clean(text))
				d.restored = true
			}
		}
		d.inputs = append(d.inputs, in)
	}
	d.focusOn(0)
	return d
}

// maxTyped bounds one field; the rules of the record say the rest.
const maxTyped = 8000

func newInput(f ui.Field) input {
	in := input{field: f, shown: safetext.Clean(f.Value), several: f.Lines > 1}
	if in.several {
		a := textarea.New()
		a.ShowLineNumbers = false
		a.Prompt = ""
		a.CharLimit = maxTyped
		a.SetVirtualCursor(false)
		a.SetStyles(textarea.Styles{})
		a.SetHeight(f.Lines)
		in.area = a
	} else {
		l := textinput.New()
		l.Prompt = ""
		l.CharLimit = maxTyped
		l.SetVirtualCursor(false)
		l.SetStyles(textinput.Styles{})
		in.line = l
	}
	in.set(in.shown)
	return in
}

func (in *input) set(s string) {
	if in.several {
		in.area.SetValue(s)
		return
	}
	in.line.SetValue(strings.ReplaceAll(s, "\n", " "))
	in.line.CursorEnd() // it stays where an older text ended otherwise
}

// value is what was typed. A field that nobody touched keeps the raw text that it was opened with.
func (in *input) value() string {
	typed := in.typed()
	if typed == in.shown {
		return in.field.Value
	}
	return strings.TrimSpace(typed)
}

func (in *input) typed() string {
	if in.several {
		return in.area.Value()
	}
	return in.line.Value()
}

func (in *input) touched() bool { return in.typed() != in.shown }

func (d *Form) focusOn(i int) {
	for j := range d.inputs {
		d.inputs[j].line.Blur()
		if d.inputs[j].several {
			d.inputs[j].area.Blur()
		}
	}
	d.focus = max(min(i, len(d.inputs)-1), 0)
	in := &d.inputs[d.focus]
	if in.several {
		in.area.Focus()
		return
	}
	in.line.Focus()
	in.line.CursorEnd() // now that the width is known, the end of a long text is what shows
}

// Typing says that keys are text.
func (d *Form) Typing() bool { return true }

// Drafts are the fields that were changed, for keeping when the form is left.
func (d *Form) Drafts() map[string]string {
	out := map[string]string{}
	for i := range d.inputs {
		text := ""
		if d.inputs[i].touched() {
			text = d.inputs[i].typed()
		}
		out[d.inputs[i].field.ID] = text
	}
	return out
}

// Touched says whether anything was typed.
func (d *Form) Touched() bool {
	return slices.ContainsFunc(d.inputs, func(in input) bool { return in.touched() })
}

// Source is the form as it was asked for.
func (d *Form) Source() ui.Form { return d.form }

// Keys are the bindings of the form.
func (d *Form) Keys() []key.Binding {
	enter, several := formDone, d.inputs[d.focus].several
	switch {
	case d.focus == len(d.inputs)-1:
		enter = ui.Bind("enter", d.send(), "enter")
	case several:
		enter.SetHelp("enter", "next") // so that the key that keeps it all has room beside the one for a new line
	default:
		enter.SetHelp("enter", "next field")
	}
	leave := ui.Bind("esc", "leave", "esc")
	if d.form.Key != "" {
		leave.SetHelp("esc", "leave, text is kept")
	}
	keys := []key.Binding{enter, leave}
	if d.focus < len(d.inputs)-1 {
		send := formSend
		send.SetHelp("ctrl+s", d.send())
		keys = append(keys, send)
	}
	if several {
		keys = append(keys, formLine)
	}
	if len(d.inputs) == 1 {
		return keys
	}
	return append(keys, formPrev, formNext)
}

func (d *Form) send() string {
	if d.form.Send != "" {
		return d.form.Send
	}
	return "send"
}

// Update handles a key, a paste or a click.
func (d *Form) Update(msg tea.Msg, c *ui.Context) Outcome {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return d.press(msg, c.Today)
	case tea.PasteMsg:
		d.problem = ""
		d.typeIn(tea.PasteMsg{Content: safetext.Clean(msg.Content)})
	case ui.RowMsg:
		d.focusOn(msg.Index)
	case ui.WheelMsg:
		d.focusOn(d.focus + msg.Lines)
	}
	return nil
}

func (d *Form) press(msg tea.KeyPressMsg, today calendar.Date) Outcome {
	several := d.inputs[d.focus].several
	switch k := msg.String(); {
	case key.Matches(msg, keyClose):
		return Closed{}
	case key.Matches(msg, formSend):
		return d.trySend(today)
	case several && key.Matches(msg, formLine):
		d.inputs[d.focus].area.InsertString("\n")
	case key.Matches(msg, formDone):
		if d.problem = d.check(d.focus, today); d.problem != "" {
			return nil
		}
		if d.focus == len(d.inputs)-1 {
			return d.trySend(today)
		}
		d.focusOn(d.focus + 1)
	case key.Matches(msg, formNext), !several && k == "down":
		d.problem = ""
		d.focusOn(d.focus + 1)
	case key.Matches(msg, formPrev), !several && k == "up":
		d.problem = ""
		d.focusOn(d.focus - 1)
	default:
		for _, r := range msg.Text {
			if safetext.Forbidden(r) {
				return nil
			}
		}
		d.problem = ""
		d.typeIn(msg)
	}
	return nil
}

// typeIn hands a message to the field in focus. The cursor is the terminal's own, so the field's command, which only
// blinks a drawn one, is not needed.
func (d *Form) typeIn(msg tea.Msg) {
	in := &d.inputs[d.focus]
	if in.several {
		in.area, _ = in.area.Update(msg)
		return
	}
	in.line, _ = in.line.Update(msg)
}

// sent is what a field sends: a day as YYYY-MM-DD, where it can be read.
func (in *input) sent(today calendar.Date) (string, error) {
	v := in.value()
	if in.field.Day == ui.NoDay || strings.TrimSpace(v) == "" {
		return v, nil
	}
	day, err := in.field.Day.Read(v, today)
	if err != nil {
		return v, err
	}
	return day.String(), nil
}

func (d *Form) check(i int, today calendar.Date) string {
	f := d.inputs[i].field
	v, err := d.inputs[i].sent(today)
	if err != nil {
		return err.Error()
	}
	if f.Need && strings.TrimSpace(v) == "" {
		if len(d.inputs) == 1 {
			return "a few words are needed here"
		}
		return "this one is needed"
	}
	if f.Check != nil {
		if says := f.Check(strings.TrimSpace(v)); says != "" {
			return says
		}
	}
	return d.doubt(i, strings.TrimSpace(v))
}

// doubt says once of a text that it may be a slip.
func (d *Form) doubt(i int, v string) string {
	in := &d.inputs[i]
	if in.field.Doubt == nil || in.doubted == v {
		return ""
	}
	says := in.field.Doubt(v)
	if says != "" {
		in.doubted = v
	}
	return says
}

func (d *Form) trySend(today calendar.Date) Outcome {
	for i := range d.inputs {
		if p := d.check(i, today); p != "" {
			d.focusOn(i)
			d.problem = p
			return nil
		}
	}
	values := map[string]string{}
	for i := range d.inputs {
		values[d.inputs[i].field.ID], _ = d.inputs[i].sent(today)
	}
	if d.form.Together != nil {
		if field, says := d.form.Together(values); says != "" {
			d.focusOn(slices.IndexFunc(d.inputs, func(in input) bool { return in.field.ID == field }))
			d.problem = says
			return nil
		}
	}
	return Sent{values}
}

// View draws the form so that the field in focus is seen.
func (d *Form) View(c *ui.Context) ui.Page {
	t := c.Theme
	w := max(c.Size.W-2, 1)
	page := ui.Page{Left: t.Title.Render(d.form.Title), Rows: map[int]int{}}
	lines := widget.Wrap(d.form.Says, min(w, 90))
	if d.restored {
		lines = append(lines, t.Accent.Render("Your unsent text of last time is back."))
	}
	if len(lines) > 0 {
		lines = append(lines, "")
	}
	rows := map[int]int{}
	var cursor ui.Point
	from, to := 0, 0
	for i := range d.inputs {
		start := len(lines)
		lines = append(lines, d.drawField(c, i, w)...)
		for y := start; y < len(lines); y++ {
			rows[y] = i
		}
		if i == d.focus {
			from, to = start, len(lines)
			x, y := d.inputs[i].cursor()
			cursor = ui.Point{X: 2 + x, Y: start + 1 + len(d.says(c, i, w)) + y}
		}
		lines = append(lines, "")
	}
	top := widget.Centre(from, to, len(lines), c.Size.H)
	for top > 0 && top < from && sameField(rows, top-1, top) {
		top++ // a text without the name of its field says nothing
	}
	page.Body = lines[top:min(top+c.Size.H, len(lines))]
	for y, i := range rows {
		page.Rows[y-top] = i
	}
	page.Cursor = &ui.Point{X: min(cursor.X, max(c.Size.W-1, 0)), Y: max(min(cursor.Y-top, c.Size.H-1), 0)}
	return page
}

// says are the quiet lines between the label of a field and its input.
func (d *Form) says(c *ui.Context, i, w int) []string {
	f := d.inputs[i].field
	says := f.Says
	if advice := f.Day.Advice(c.Today); advice != "" {
		says = strings.TrimSuffix(advice+"; "+says, "; ")
	}
	return widget.Wrap(says, min(w-2, 90))
}

func (d *Form) drawField(c *ui.Context, i, w int) []string {
	t, in := c.Theme, &d.inputs[i]
	mark, label := "  ", t.Plain
	if i == d.focus {
		mark, label = t.Accent.Render(t.Glyphs.Marker)+" ", t.Accent
	}
	head := mark + label.Render(in.field.Label)
	if in.field.Day != ui.NoDay {
		// On the line that is there anyway, so that nothing below moves while a day is typed.
		head = strings.TrimRight(head+"  "+t.Faint.Render(in.field.Day.Meant(in.typed(), c.Today)), " ")
	}
	lines := []string{head}
	lines = append(lines, widget.Indent(widget.Style(d.says(c, i, w), t.Faint.Render), "  ")...)
	for _, l := range in.draw(max(w-3, 1)) {
		if strings.TrimSpace(l) == "" && i != d.focus {
			l = t.Faint.Render(strings.Repeat(t.Glyphs.None, min(max(w-3, 1), 3)))
		}
		lines = append(lines, "  "+l)
	}
	if i == d.focus && d.problem != "" {
		said := widget.Style(widget.Wrap(t.Glyphs.Late+" "+d.problem, min(w-2, 90)), t.Danger.Render)
		lines = append(lines, widget.Indent(said, "  ")...)
	}
	return lines
}

func (in *input) draw(w int) []string {
	if in.several {
		in.area.SetWidth(w)
		return strings.Split(in.area.View(), "\n")
	}
	in.line.SetWidth(max(w-1, 1))
	return []string{in.line.View()}
}

func (in *input) cursor() (x, y int) {
	cur := in.line.Cursor()
	if in.several {
		cur = in.area.Cursor()
	}
	if cur == nil {
		return 0, 0
	}
	return cur.X, cur.Y
}

// sameField says whether two lines belong to one field.
func sameField(rows map[int]int, a, b int) bool {
	x, okX := rows[a]
	y, okY := rows[b]
	return okX && okY && x == y
}
