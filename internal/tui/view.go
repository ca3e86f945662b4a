package tui

import (
	"fmt"
	"image/color"
	"slices"
	"strings"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/privacy"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/tui/dialog"
	"github.com/ksbcoach/ksbcoach/internal/tui/theme"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/widget"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// The smallest terminal in which the screens are of use.
const minCols, minRows = 40, 12

// View draws the frame, or gives the last one where nothing has changed: it runs several times a message at the start.
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
	text := fmt.Sprintf("Please make the window at least %d by %d; it is %d by %d. ctrl+c leaves.", minCols, minRows,
		a.cols, a.rows)
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

// head is the first line. Where it is too long it is without the time of the save, then with less of what the screen
// says; whether all is saved is always there.
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

// saveState says whether all is on disk, and the same in fewer words. Both are as wide while a save is under way as
// after it, so that nothing moves.
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

// covered is how many lines of the page a message takes. The page is drawn in what is left, so that no sentence of it
// is covered from the middle on, and nobody rates what they do not see.
func (a *app) covered() int {
	if a.message == "" || a.tooSmall() {
		return 0
	}
	return len(a.said()) - 1
}

func (a *app) said() []string {
	const most = 3 // lines; the page gives way to a message, never the keys
	return widget.WrapTo(a.message, a.cols, most, a.theme.Glyphs.Cut)
}

// withMessage adds the line above the keys: empty, or the end of a message that takes upwards what else it needs. A
// line drawn there would cost three bytes a column each time a message comes and goes.
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

// foot is as many keys as fit. Those that a screen always shows, the way back and the way to the help always do. The
// help is named only where no key has to go for that, and the way back everywhere but on a narrow terminal.
func (a *app) foot(c *ui.Context) string {
	if a.front != nil {
		line, _ := a.keysIn(a.front.Keys(), a.cols)
		return line
	}
	keys := a.screen().Keys(c)
	if c.Newest == 0 {
		keys.Footer = slices.DeleteFunc(slices.Clone(keys.Footer), func(k key.Binding) bool {
			return k.Help().Key == "u" &&
				k.Help().Desc == "undo" // and nothing of the screen's own, which it would name
		})
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

// tail is what the last line always has before the way to the help. Esc is the only way from every screen but Home;
// where there is little room the finder gives way to it.
func (a *app) tail(keys ui.Keys, back key.Binding) string {
	tail, _ := a.keysIn(append(keys.Always, shortFind), a.cols)
	isBack := func(k key.Binding) bool { return slices.Contains(k.Keys(), "esc") }
	if a.here() == ui.Home || slices.ContainsFunc(keys.Footer, isBack) {
		return tail
	}
	esc, _ := a.keysIn([]key.Binding{back}, a.cols)
	if tail = esc + tail; 2*widget.Width(tail) > a.cols {
		return esc
	}
	return tail
}

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

func (a *app) help() *dialog.Reading {
	c, screen := a.context(), a.screen()
	scale := a.o.Library.Scale()
	levels := dialog.Section{Title: "The levels"}
	for l := range level.Max + 1 {
		w := scale.Words(l)
		levels.Says = append(levels.Says, fmt.Sprintf("%d %s. Knowledge: %s. Skill: %s. Behaviour: %s.", l, w.Name,
			w.Knowledge, w.Skill, w.Behaviour))
	}
	everywhere := []key.Binding{
		ui.Bind("arrows", "move; h, j, k and l do too"), ui.Bind("enter", "the sensible next step"),
		global.back, global.help, global.find, global.can, global.mouse, global.colours, global.suspend, global.save,
		global.leave,
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
	for _, x := range append(own, ui.Glyph{Shown: g.Marker, Means: "what is in hand: Enter is about it"},
		ui.Glyph{Shown: g.Sep, Means: "between two short facts; in place of a number, none"},
		ui.Glyph{Shown: g.Cut, Means: "the words go on: there was no room for all of them"}) {
		i := slices.IndexFunc(out, func(y ui.Glyph) bool { return y.Shown == x.Shown })
		if i < 0 {
			out = append(out, x)
			continue
		}
		out[i].Means += "; " + x.Means
	}
	return out
}

// A tint is what the theme follows from.
type tint struct {
	name       profile.Theme
	background color.Color // the terminal's background, where it is known
	ascii      bool
}

// dress makes the theme anew where what it follows from has changed.
func (a *app) dress() {
	now := a.tint
	now.name = a.colours()
	if a.few {
		now.name = profile.ThemePlain
	}
	if a.theme == nil || now != a.tint {
		a.tint, a.theme = now, theme.For(now.name, now.background, now.ascii)
	}
}

func (a *app) colours() profile.Theme {
	switch {
	case a.own != "":
		return a.own
	case a.s != nil:
		return a.s.Profile().Settings.Looks()
	}
	return profile.ThemeAuto
}

// learnBackground takes in the background that the terminal answered, and says whether that changes something. Once a
// frame is shown, an answer that comes late adds colours and swaps none: no screen is dark at first and then light.
func (a *app) learnBackground(answer color.Color) bool {
	if answer == nil || a.shown && a.tint.background != nil {
		return false
	}
	a.tint.background = answer
	a.theme = nil
	return true
}

// backgroundWait is how long the first frame waits for the terminal to say its background. A terminal at hand answers
// within a few milliseconds, or answers what nearly every terminal does and was asked after it; one that never answers
// costs no more than this.
const backgroundWait = 50 * time.Millisecond

// backgroundMsg says that the background was waited for long enough.
type backgroundMsg struct{}

// waitsForBackground says whether the first frame would look otherwise with an answer of the terminal.
func (a *app) waitsForBackground() bool {
	return !a.few && theme.NeedsBackground(a.colours()) && !overSSH(a.o.Getenv)
}

func (a *app) askColours() {
	a.choose(ui.Choose{
		Title: "Colours", Says: "They are kept in your profile. Whatever you choose, words and signs say it all.",
		At: slices.Index(profile.Themes, a.colours()), Options: ui.Ways(themes, a.takeColours),
	})
}

// takeColours keeps the choice in the profile; where that is not the learner's to change now, it is for this run.
func (a *app) takeColours(chosen profile.Theme, _ *ui.Context) []ui.Ask {
	says := "Colours: " + string(chosen) + "."
	if a.few && chosen != profile.ThemePlain {
		says += " Here they stay plain, since this terminal has too few colours or they are switched off (NO_COLOR)."
	}
	if a.sheet() || a.blind() || a.s.ReadOnly() != nil {
		a.own = chosen
		return ui.Asks(ui.Say{Text: says + " They hold until you leave."})
	}
	settings := a.s.Profile().Settings
	settings.Theme = chosen
	a.own = ""
	return ui.Make(profile.SetSettings{Settings: settings}, func(*ui.Context) string { return says })
}

var titleOf = map[ui.Name]string{
	ui.Home: "Home", ui.Rate: "Rate", ui.Gaps: "Gaps", ui.Plan: "Plan", ui.KSB: "One KSB",
	ui.Evidence: "Evidence", ui.Appraisal: "Appraisal", ui.Mentor: "With your mentor", ui.Progress: "Progress",
}

// noMeaning is said of a key that does nothing on the screen that is shown.
const noMeaning = "That key does nothing here; ? shows the keys."

// nothingBehind is said of the way back where there is none.
const nothingBehind = "This is Home, where everything starts. q leaves."

var glossary = []string{
	"KSB: " + words.KSB + ", such as K7, S2 or B1.",
	"Gateway: " + words.Gateway + ".",
	"Target: the level wanted at gateway, 3 unless you set another. Gap: target minus level.",
	"Expected: the level wanted today, by the month you are in. Behind: expected minus level.",
	"Without a recent example: a 3 or a 4 without one dated example that is recent enough. Too old: evidence past " +
		"that age, 12 months unless you set another.",
	"Without evidence: rated above 0, and nothing shows it. File not found: a piece of evidence whose place on this " +
		"computer is gone.",
	"No opportunity: your post gives no chance to try it. It counts as a wish for rotation or shadowing, not as a " +
		"low score.",
	"Off-the-job training: " + words.OffJob + ".",
	"The level that counts is the newest one you agreed with your mentor, else your own newest.",
}

// howToLeave differs where a rating sheet is filled: true.
var howToLeave = map[bool]string{
	false: "Esc goes back; q leaves from Home, ctrl+c from anywhere.",
	true:  "Esc goes back to the duties, and from there it leaves. Each rating is saved.",
}

func (a *app) whereData() []string {
	what := "Your profile is one file: " + safetext.Line(a.s.Path()) + ". It is yours, to read and to edit."
	if a.sheet() {
		what = "The rating sheet is one file: " + safetext.Line(a.s.Path()) +
			". What you rate is written into it at once."
	}
	return []string{
		what,
		"Backups, unsent text, and a copy of your record for a quick start: " + safetext.Line(a.s.Places().State) +
			". Nothing leaves this computer.",
		"The standard's text: " + standard.Source + ", " + standard.Licence + "; " + standard.Caveat + ".",
	}
}

// themes are the choices of colours, in the order of profile.Themes.
var themes = []ui.Way[profile.Theme]{
	{
		Is: profile.ThemeAuto, Text: "Auto",
		Says: "For the background of your terminal, where it says which it has; else plain.",
	},
	{Is: profile.ThemeDark, Text: "Dark", Says: "For a dark background."},
	{Is: profile.ThemeLight, Text: "Light", Says: "For a light background."},
	{Is: profile.ThemeContrast, Text: "High contrast", Says: "Fewer and stronger colours."},
	{Is: profile.ThemePlain, Text: "Plain", Says: "The colours of your terminal alone, and bold."},
}
