package dialog

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/tui/field"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/widget"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// Form is fields to fill in, one below the other.
type Form struct {
	form     ui.Form
	inputs   []input
	focus    int  // the input that has the cursor
	restored bool // some text was typed last time and not sent
	models   models
}

// input is one field of a form while it is being filled in.
type input struct {
	field   ui.Field
	text    field.Field
	several bool   // it has several lines
	doubted string // the text that ui.Field.Doubt has warned about
	wrong   complaint
	picks   picks
}

// complaint says what is wrong with a field. It goes when the field is changed or, if it is about several fields, when
// any field is.
type complaint struct {
	says    string
	several bool
}

// NewForm opens a form. Draft returns the text that was typed into a field last time and not sent, or ""; it may be
// nil.
func NewForm(f ui.Form, draft func(field string) string) *Form {
	d := &Form{form: f}
	for _, field := range f.Fields {
		in := newInput(field)
		if draft != nil {
			if text := draft(field.ID); text != "" {
				in.text.Set(text)
				d.restored = true
			}
		}
		d.inputs = append(d.inputs, in)
	}
	d.focusOn(slices.IndexFunc(f.Fields, func(x ui.Field) bool { return x.ID == f.At }))
	return d
}

func newInput(f ui.Field) input {
	in := input{field: f, several: f.Lines > 1, text: field.New(f.Lines > 1)}
	in.text.Set(f.Value)
	if f.At > 0 {
		in.text.Put(f.At)
	}
	return in
}

// value is what was typed, trimmed. A field that was not changed keeps the text that it was opened with, byte for byte.
func (in *input) value() string {
	if !in.touched() {
		return in.field.Value
	}
	return strings.TrimSpace(in.typed())
}

func (in *input) typed() string { return in.text.Value() }

func (in *input) touched() bool { return in.typed() != in.field.Value }

func (d *Form) focusOn(i int) { d.focus = max(min(i, len(d.inputs)-1), 0) }

// Typing is true: letters go into the field in focus.
func (d *Form) Typing() bool { return true }

// Drafts returns what to keep when the form is left: the text of each field that was changed, and "" for the others.
func (d *Form) Drafts() map[string]string {
	drafts := map[string]string{}
	for i := range d.inputs {
		in := &d.inputs[i]
		drafts[in.field.ID] = ""
		if in.touched() {
			drafts[in.field.ID] = in.typed()
		}
	}
	return drafts
}

// Touched says whether anything was typed.
func (d *Form) Touched() bool {
	return slices.ContainsFunc(d.inputs, func(in input) bool { return in.touched() })
}

// Source is the form as it was asked for.
func (d *Form) Source() ui.Form { return d.form }

// Keys lists the keys that work in the field in focus.
func (d *Form) Keys() []key.Binding {
	if d.models.front {
		back := ui.Bind("esc", "back to your text", "esc")
		return []key.Binding{back, d.modelsKey(), keys().up, keys().down, keys().pageUp, keys().pageDown}
	}
	enter, several := keys().formDone, d.inputs[d.focus].several
	switch {
	case d.focus == len(d.inputs)-1:
		enter = ui.Bind("enter", d.send(), "enter")
	case several:
		enter.SetHelp("enter", "next") // short, so that the keys for sending and for a new line both have room
	default:
		enter.SetHelp("enter", "next field")
	}
	leave := ui.Bind("esc", "leave", "esc")
	if d.form.Key != "" {
		leave.SetHelp("esc", "leave, text is kept")
	}
	out := []key.Binding{enter, leave}
	if len(d.inputs[d.focus].meant()) > 0 {
		out = []key.Binding{keys().formPick, keys().boxChoose, leave}
	}
	if d.hasModels() {
		out = append(out, d.modelsKey())
		if d.models.shown {
			out = append(out, keys().pageDown)
		}
	}
	if d.focus < len(d.inputs)-1 {
		send := keys().formSend
		send.SetHelp("ctrl+s", d.send())
		out = append(out, send)
	}
	if several {
		out = append(out, keys().formLine)
	}
	if len(d.inputs) == 1 {
		return out
	}
	return append(out, keys().formPrev, keys().formNext)
}

func (d *Form) send() string { return cmp.Or(d.form.Send, "send") }

// Update handles a key, a paste or a click.
func (d *Form) Update(msg tea.Msg, c *ui.Context) Outcome {
	if d.updateModels(msg, c) {
		return nil
	}
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return d.press(msg, c.Today)
	case tea.PasteMsg:
		d.changed()
		d.inputs[d.focus].wrong.says = d.paste(msg.Content)
	case ui.RowMsg:
		if msg.Index >= pickRows {
			d.inputs[d.focus].take(msg.Index - pickRows)
			d.changed()
			break
		}
		d.focusOn(msg.Index)
	case ui.WheelMsg:
		d.focusOn(d.focus + msg.Lines)
	}
	return nil
}

func (d *Form) press(msg tea.KeyPressMsg, today calendar.Date) Outcome {
	in := &d.inputs[d.focus]
	if in.pick(msg) {
		d.changed()
		return nil
	}
	switch k := msg.String(); {
	case key.Matches(msg, keys().back):
		return Closed{}
	case key.Matches(msg, keys().formSend):
		return d.trySend(today)
	case in.several && key.Matches(msg, keys().formLine):
		in.text.Insert("\n")
		d.changed()
	case key.Matches(msg, keys().formDone):
		if in.complains(today) {
			return nil
		}
		if d.focus == len(d.inputs)-1 {
			return d.trySend(today)
		}
		d.focusOn(d.focus + 1)
	case key.Matches(msg, keys().formNext), !in.several && k == "down":
		d.focusOn(d.focus + 1)
	case key.Matches(msg, keys().formPrev), !in.several && k == "up":
		d.focusOn(d.focus - 1)
	case key.Matches(msg, keys().formTake) && in.complete():
		d.changed()
	case in.text.Key(msg):
		d.changed()
	}
	return nil
}

// changed drops the complaints that a change of the field in focus may have settled.
func (d *Form) changed() {
	for i := range d.inputs {
		if in := &d.inputs[i]; i == d.focus || in.wrong.several {
			in.wrong = complaint{}
		}
	}
}

// complains checks a field, and says whether something is wrong with it. The complaint is then drawn below the field.
func (in *input) complains(today calendar.Date) bool {
	in.wrong = complaint{says: in.check(today)}
	return in.wrong.says != ""
}

// complete replaces what was typed by the first name on offer, if the cursor is at the end of the text.
func (in *input) complete() bool {
	names := in.offer().Names
	if len(names) == 0 || !in.text.AtEnd() {
		return false
	}
	in.text.Set(names[0])
	return true
}

func (in *input) offer() ui.Offer {
	if in.field.Offer == nil {
		return ui.Offer{}
	}
	return in.field.Offer(in.typed())
}

// mostTyped is how many characters a field can hold. It is far more than the record allows, so that a text that is
// somewhat too long is not cut: the form then says by how much.
const mostTyped = 100_000

// paste inserts a text, or returns why it is too long to be inserted at all.
func (d *Form) paste(text string) string {
	in := &d.inputs[d.focus]
	if n := utf8.RuneCountInString(text) + utf8.RuneCountInString(in.typed()); n > mostTyped {
		return fmt.Sprintf("nothing was pasted: that would make %s characters, and a text may have %s",
			count(n), count(profile.MaxText))
	}
	in.text.Insert(text)
	return ""
}

// sent returns what a field sends: its text, or a day as YYYY-MM-DD.
func (in *input) sent(today calendar.Date) (string, error) {
	text := in.value()
	if in.field.Day == ui.NoDay || strings.TrimSpace(text) == "" {
		return text, nil
	}
	day, err := in.field.Day.Read(text, today)
	if err != nil {
		return text, err
	}
	return day.String(), nil
}

// check returns what is wrong with a field or, once for each text, that it may be a slip.
func (in *input) check(today calendar.Date) string {
	sent, err := in.sent(today)
	text, n := strings.TrimSpace(sent), utf8.RuneCountInString(sent)
	switch {
	case err != nil:
		return err.Error()
	case in.field.Need && text == "":
		return fmt.Sprintf("%q needs an answer", in.field.Label)
	case n > profile.MaxText && in.touched():
		return fmt.Sprintf("%s characters are %s too many: keep the short version here and the long one in a "+
			"document of its own", count(n), count(n-profile.MaxText))
	}
	if in.field.Check != nil {
		if says := in.field.Check(text); says != "" {
			return says
		}
	}
	if in.field.Doubt == nil || in.doubted == text {
		return ""
	}
	says := in.field.Doubt(text)
	if says != "" {
		in.doubted = text
	}
	return says
}

// count writes a number with commas between the thousands.
func count(n int) string {
	if n < 1000 {
		return strconv.Itoa(n)
	}
	return fmt.Sprintf("%s,%03d", count(n/1000), n%1000)
}

func (d *Form) trySend(today calendar.Date) Outcome {
	for i := range d.inputs {
		if d.inputs[i].complains(today) {
			d.focusOn(i)
			return nil
		}
	}
	values := ui.Values{}
	for i := range d.inputs {
		values[d.inputs[i].field.ID], _ = d.inputs[i].sent(today)
	}
	if d.form.Together != nil {
		if field, says := d.form.Together(values); says != "" {
			d.focusOn(slices.IndexFunc(d.inputs, func(in input) bool { return in.field.ID == field }))
			d.inputs[d.focus].wrong = complaint{says, true}
			return nil
		}
	}
	return Sent{values}
}

// View draws the form, and the models where they are open.
func (d *Form) View(c *ui.Context) ui.Page {
	if !d.models.shown {
		return d.draw(c)
	}
	room := *c
	if !d.covered(c) {
		room.Size.W = modelsAt(c)
	}
	return d.drawModels(d.draw(&room), c)
}

// draw draws the form, scrolled to the field in focus.
func (d *Form) draw(c *ui.Context) ui.Page {
	t := c.Theme
	w := max(c.Size.W-2, 1)
	page := ui.Page{Left: t.Title.Render(d.form.Title), Rows: map[int]int{}}
	lines := widget.Wrap(d.form.Says, min(w, 90))
	if d.restored {
		lines = append(lines, t.Accent.Render("Your unsent text from last time is back."))
	}
	if len(lines) > 0 {
		lines = append(lines, "")
	}
	var cursor ui.Point
	rows := map[int]int{} // line -> what a click on it chooses
	from, to := 0, 0      // the lines of the field in focus
	intro := len(lines)
	extra := d.extraRows(c, w, c.Size.H-len(lines))
	for i := range d.inputs {
		start := len(lines)
		drawn, at := d.drawField(c, i, w, extra[i])
		lines = append(lines, drawn...)
		for y := start; y < len(lines); y++ {
			rows[y] = i
		}
		for k, l := range d.drawPicks(c, i) {
			rows[len(lines)] = pickRows + k
			lines = append(lines, l)
		}
		if i == d.focus {
			from, to = start, len(lines)
			cursor = ui.Point{X: 2 + at.X, Y: start + 1 + len(d.says(c, i, w)) + at.Y}
		}
		lines = append(lines, "")
	}
	top := widget.Centre(from, to, len(lines), c.Size.H)
	if top > 0 && top < intro {
		top = intro // never begin in the middle of the form's own words
	}
	for top > 0 && top < from && (sameField(rows, top-1, top) || lines[top] == "") {
		top++ // nor in the middle of a field: a text without its label says nothing
	}
	page.Body = lines[top:min(top+c.Size.H, len(lines))]
	for y, i := range rows {
		page.Rows[y-top] = i
	}
	page.Cursor = &ui.Point{X: min(cursor.X, max(c.Size.W-1, 0)), Y: max(min(cursor.Y-top, c.Size.H-1), 0)}
	return page
}

// extraRows returns how many rows each field gets beyond ui.Field.Lines: long texts share the room that the page has
// left, the field in focus first.
func (d *Form) extraRows(c *ui.Context, w, room int) []int {
	extra := make([]int, len(d.inputs))
	for i := range d.inputs { // counted and not drawn, since drawing a field scrolls it
		const label, gap = 1, 1
		room -= label + len(d.says(c, i, w)) + max(d.inputs[i].field.Lines, 1) + len(d.complaint(c, i, w)) +
			len(d.drawPicks(c, i)) + gap
	}
	room++ // no gap after the last
	for n := range d.inputs {
		i := (d.focus + n) % len(d.inputs)
		if in := &d.inputs[i]; in.several {
			extra[i] = max(min(in.text.Rows(fieldWidth(w))-in.field.Lines, room), 0)
			room -= extra[i]
		}
	}
	return extra
}

func fieldWidth(w int) int { return max(w-3, 1) }

// says returns the faint lines between the label of a field and its text.
func (d *Form) says(c *ui.Context, i, w int) []string {
	f := d.inputs[i].field
	says := f.Says
	if names := d.inputs[i].offer().Names; len(names) > 0 && i == d.focus {
		says = widget.KeyName(keys().formTake.Help().Key, c.Theme) + " takes " + names[0]
		if len(names) > 1 {
			says += "; or go on typing for " + strings.Join(names[1:], ", ")
		}
	}
	return widget.Wrap(strings.Join(words.Given(f.Means, f.Day.Advice(c.Today), says), "; "), min(w-2, 90))
}

// drawField draws a field with extra rows for its text, and returns where in the text the cursor is.
func (d *Form) drawField(c *ui.Context, i, w, extra int) ([]string, ui.Point) {
	t, in := c.Theme, &d.inputs[i]
	mark, label := t.Mark(i == d.focus)
	head := mark + label.Render(in.field.Label)
	if in.field.Day != ui.NoDay {
		// On the line of the label, so that nothing below moves while a day is typed.
		head = strings.TrimRight(head+"  "+t.Faint.Render(in.field.Day.Meant(in.typed(), c.Today)), " ")
	}
	if offer := in.offer(); offer.Meant != "" {
		head += "  " + t.Faint.Render(widget.CutPlain("= "+offer.Meant, w-widget.Width(head)-2, t.Glyphs.Cut))
	}
	lines := []string{head}
	lines = append(lines, widget.Indent(widget.Style(d.says(c, i, w), t.Faint.Render), "  ")...)
	text, at := in.draw(fieldWidth(w), extra)
	moreLeft, moreRight := in.text.Hidden(fieldWidth(w))
	edge := map[bool]string{true: t.Faint.Render(t.Glyphs.Cut)} // in the free cells at the left and right of the text
	for _, l := range text {
		if strings.TrimSpace(l) == "" && i != d.focus {
			l = t.Faint.Render(strings.Repeat(t.Glyphs.None, min(fieldWidth(w), 3)))
		}
		lines = append(lines, " "+widget.Pad(edge[moreLeft], 1)+l+edge[moreRight])
	}
	return append(lines, d.complaint(c, i, w)...), at
}

// complaint returns the lines below a field that say what is wrong with it.
func (d *Form) complaint(c *ui.Context, i, w int) []string {
	wrong := d.inputs[i].wrong.says
	if wrong == "" {
		return nil
	}
	said := widget.Wrap(c.Theme.Glyphs.Late+" "+wrong, min(w-2, 90))
	return widget.Indent(widget.Style(said, c.Theme.Danger.Render), "  ")
}

func (in *input) draw(w, extra int) (lines []string, at ui.Point) {
	lines, x, y := in.text.Draw(w, max(in.field.Lines, 1)+extra)
	return lines, ui.Point{X: x, Y: y}
}

func sameField(rows map[int]int, a, b int) bool {
	x, okX := rows[a]
	y, okY := rows[b]
	return okX && okY && x == y
}

// picks are the possible meanings of the text of a field.
type picks struct {
	of   string // the text that they were looked up for
	list []ui.Pick
	at   int // the one at the cursor
}

// pickRows is the number of the first pick in Page.Rows. The numbers below it are fields.
const pickRows = 1000

func (in *input) meant() []ui.Pick {
	if in.field.Pick == nil {
		return nil
	}
	if typed := in.typed(); typed != in.picks.of {
		in.picks = picks{of: typed, list: in.field.Pick(typed)}
	}
	return in.picks.list
}

// pick moves among the meanings or takes one. False means that the key was not for them.
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

// take replaces the text by meaning i.
func (in *input) take(i int) {
	if list := in.meant(); i < len(list) {
		in.text.Set(list[i].Text)
	}
}

// drawPicks returns the lines below field i with its meanings; there are none unless it has the focus.
func (d *Form) drawPicks(c *ui.Context, i int) []string {
	in, t := &d.inputs[i], c.Theme
	if i != d.focus {
		return nil
	}
	var lines []string
	for k, x := range in.meant() {
		mark, style := widget.Marked(k == in.picks.at, x.Says, t)
		lines = append(lines, "  "+mark+style.Render(widget.CutPlain(x.Says, c.Size.W-4, t.Glyphs.Cut)))
	}
	return lines
}
