package tui

import (
	"fmt"
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/privacy"
	"github.com/ksbcoach/ksbcoach/internal/tui/dialog"
	"github.com/ksbcoach/ksbcoach/internal/tui/theme"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/widget"
)

// The smallest terminal in which the screens are of use.
const minCols, minRows = 40, 12

// View draws the frame, or gives the one of last time when nothing has changed since: View runs several times for each
// message at the start.
func (a *app) View() tea.View {
	if a.frame == nil {
		v := a.draw()
		a.frame = &v
	}
	return *a.frame
}

func (a *app) draw() tea.View {
	v := tea.NewView("")
	v.AltScreen, v.ReportFocus = true, true
	v.WindowTitle = "ksbcoach"
	if a.mouse {
		v.MouseMode = tea.MouseModeCellMotion
	}
	switch {
	case a.cols < 1 || a.rows < 1:
		return v
	case a.tooSmall():
		v.SetContent(a.largerPlease())
		return v
	}
	c := a.drawing()
	page := a.page(c)
	if page.Cursor == nil {
		page.Cursor = &ui.Point{} // where no row is chosen, a screen reader begins at the top of the page
	}
	a.trail.help(a.shownAs(), &page)
	body := page.Lines(a.theme, c.Size.H)
	lines := make([]string, 0, a.rows)
	lines = append(lines, a.head(page))
	lines = append(lines, body[:min(len(body), c.Size.H)]...)
	for len(lines) < a.rows-2 {
		lines = append(lines, "")
	}
	lines = append(a.withMessage(lines), a.foot(c))
	for i, l := range lines {
		lines[i] = widget.Cut(l, a.cols, "")
	}
	lines, at := a.trail.calm(a.shownAs(), page, lines)
	v.SetContent(a.onlyASCII(strings.Join(lines, "\n")))
	if at.Y < c.Size.H {
		v.Cursor = tea.NewCursor(min(at.X, a.cols-1), at.Y+1)
		v.Cursor.Blink = false
		v.Cursor.Shape = tea.CursorBar
	}
	return v
}

// largerPlease is one polite line, wrapped where even that does not fit, and what leaving has to say.
func (a *app) largerPlease() string {
	text := fmt.Sprintf("Please make the window at least %d by %d; it is %d by %d. ctrl+c leaves.", minCols, minRows, a.cols, a.rows)
	if a.message != "" && a.leaving || a.warned {
		text = a.message + " " + text
	}
	return strings.Join(widget.WrapTo(text, a.cols, a.rows, ""), "\n")
}

// page is what stands in the body: the dialog in front, else the screen.
func (a *app) page(c *ui.Context) ui.Page {
	if a.front != nil {
		return a.front.View(c)
	}
	return a.screen().View(c)
}

// head is the first line. Where it is too long it is without the time of the save, then with less of what the screen says;
// whether all is saved is always there.
func (a *app) head(p ui.Page) string {
	long, short := a.saveState()
	for _, state := range []string{long, short} {
		right := p.Right
		if state != "" {
			right += "  " + state
		}
		if widget.Width(p.Left)+widget.Width(right)+1 <= a.cols {
			return widget.Spread(p.Left, right, a.cols, a.theme.Glyphs.Cut)
		}
	}
	room := a.cols
	if short != "" {
		room -= widget.Width(short) + 2
	}
	return widget.Spread(widget.Pad(widget.Spread(p.Left, p.Right, room, a.theme.Glyphs.Cut), room), short, a.cols, "")
}

// saveState says whether all is on disk, and the same in fewer words. Both are as wide while a save is under way as after it,
// so that nothing moves.
func (a *app) saveState() (long, short string) {
	switch {
	case a.s == nil:
		return "", ""
	case a.s.ReadOnly() != nil:
		long, short = a.theme.Danger.Render("read only"), a.theme.Danger.Render("read only")
	case a.failed != nil:
		long, short = a.theme.Danger.Render("not saved"), a.theme.Danger.Render("not saved")
	case a.s.Dirty():
		long, short = a.theme.Faint.Render("saving     "), a.theme.Faint.Render("saving")
	case a.savedAt != "":
		long, short = a.theme.Faint.Render("saved "+a.savedAt), a.theme.Faint.Render("saved ")
	}
	return long, short
}

// maxMessage is how many lines a message may take; the page gives way to it, never the keys.
const maxMessage = 3

// covered is how many lines of the page a message takes. The page is drawn in what is left, so that no sentence of it is
// covered from the middle on, and nobody rates what they do not see.
func (a *app) covered() int {
	if a.message == "" || a.tooSmall() {
		return 0
	}
	return len(a.said()) - 1
}

// said is the message in lines.
func (a *app) said() []string {
	return widget.WrapTo(a.message, a.cols, maxMessage, a.theme.Glyphs.Cut)
}

// withMessage adds the line above the keys: empty, or the end of a message that takes upwards what else it needs. A line
// drawn there would cost three bytes a column each time a message comes and goes.
func (a *app) withMessage(lines []string) []string {
	if a.message == "" {
		return append(lines, "")
	}
	said := a.said()
	lines = lines[:len(lines)-len(said)+1]
	for _, l := range said {
		if a.trouble {
			l = a.theme.Danger.Render(l)
		}
		lines = append(lines, l)
	}
	return lines
}

// foot is as many keys as fit. Those that a screen always shows, the way back and the way to the help always do. The help
// is named only where no key has to go for that, and the way back everywhere but on a narrow terminal.
func (a *app) foot(c *ui.Context) string {
	if a.front != nil {
		line, _ := a.keysIn(a.front.Keys(), a.cols)
		return line
	}
	keys := a.screen().Keys(c)
	if c.Newest == 0 {
		keys.Footer = slices.DeleteFunc(slices.Clone(keys.Footer), plainUndo)
	}
	line := ""
	bare := func(k key.Binding) key.Binding { return ui.Named(k, k.Help().Key, "") }
	back := global.back
	if a.cols <= ui.NarrowUpTo {
		back = bare(back)
	}
	can := a.keyHelp(ui.Named(global.can, ":", "commands")) + "  "
	for _, end := range []string{
		a.tail(keys, global.back) + can + a.keyHelp(global.help),
		a.tail(keys, global.back) + a.keyHelp(global.help),
		a.tail(keys, back) + a.keyHelp(bare(global.help)),
	} {
		names, all := a.keysIn(keys.Footer, a.cols-widget.Width(end))
		if line = names + end; all {
			break
		}
	}
	return line
}

// plainUndo says whether a key takes back the newest change and nothing of the screen's own, which it would name.
func plainUndo(k key.Binding) bool { return k.Help().Key == "u" && k.Help().Desc == "undo" }

// tail is what the last line always has before the way to the help. Esc is the only way from every screen but Home; where
// there is little room the finder gives way to it.
func (a *app) tail(keys ui.Keys, back key.Binding) string {
	tail, _ := a.keysIn(append(keys.Always, shortFind), a.cols)
	if a.here() == ui.Home || slices.ContainsFunc(keys.Footer, namesEsc) {
		return tail
	}
	esc, _ := a.keysIn([]key.Binding{back}, a.cols)
	if tail = esc + tail; 2*widget.Width(tail) > a.cols {
		return esc
	}
	return tail
}

// namesEsc says whether a binding is the way back.
func namesEsc(k key.Binding) bool { return slices.Contains(k.Keys(), "esc") }

// keysIn is as many keys as fit, each with the space behind it, and whether that is all of them.
func (a *app) keysIn(keys []key.Binding, room int) (line string, all bool) {
	for _, k := range keys {
		item := a.keyHelp(k) + "  "
		if room -= widget.Width(item); room < 0 {
			return line, false
		}
		line += item
	}
	return line, true
}

func (a *app) keyHelp(k key.Binding) string {
	name := a.theme.Key.Render(widget.KeyName(k.Help().Key, a.theme))
	if k.Help().Desc == "" {
		return name
	}
	return name + " " + k.Help().Desc
}

// onlyASCII keeps a terminal without Unicode from showing learners' words as broken signs.
func (a *app) onlyASCII(s string) string {
	if !a.tint.ascii {
		return s
	}
	return strings.Map(func(r rune) rune {
		if r > '~' {
			return '?'
		}
		return r
	}, s)
}

// help is the help page of the screen that is shown.
func (a *app) help() *dialog.Help {
	c, screen := a.context(), a.screen()
	scale := a.o.Library.Scale()
	levels := dialog.Section{Title: "The levels"}
	for l := range 5 {
		w := scale.Words(levelAt(l))
		levels.Says = append(levels.Says, fmt.Sprintf("%d %s. Knowledge: %s. Skill: %s. Behaviour: %s.", l, w.Name, w.Knowledge, w.Skill, w.Behaviour))
	}
	everywhere := []key.Binding{
		ui.Bind("arrows", "move; h, j, k and l do too"), ui.Bind("enter", "the sensible next step"),
		global.back, global.help, global.find, global.can, global.mouse, global.colours, global.suspend, global.save, global.leave,
	}
	if !a.sheet() {
		everywhere = append(everywhere, global.evidence, global.quit)
	}
	sections := []dialog.Section{
		{Title: "This screen", Says: strings.Split(screen.Help(), "\n")},
		{Title: "Its signs", Signs: signs(screen.Glyphs(a.theme), a.theme)},
		{Title: "Its keys", Keys: screen.Keys(c).All()},
		{Title: "Everywhere", Keys: everywhere},
		levels,
		{Title: "Words", Says: glossary},
		{Title: "Patients", Says: []string{privacy.Limits}},
		{Title: "Your data", Says: a.whereData()},
	}
	title := titleOf[a.here()]
	if a.sheet() {
		title = "Rating sheet"
	}
	return dialog.NewHelp("Help: "+title, sections)
}

// signs are those of a screen and those that all screens share. A sign that means several things is named once.
func signs(own []ui.Glyph, t *theme.Theme) []ui.Glyph {
	g := t.Glyphs
	var out []ui.Glyph
	for _, x := range append(own,
		ui.Glyph{Shown: g.Marker, Means: "what is in hand: Enter is about it"},
		ui.Glyph{Shown: g.Sep, Means: "between two short facts; in place of a number, none"},
		ui.Glyph{Shown: g.Cut, Means: "the words go on: there was no room for all of them"},
	) {
		i := slices.IndexFunc(out, func(y ui.Glyph) bool { return y.Shown == x.Shown })
		if i < 0 {
			out = append(out, x)
			continue
		}
		out[i].Means += "; " + x.Means
	}
	return out
}
