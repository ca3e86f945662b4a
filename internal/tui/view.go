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

// View draws the frame. It returns the last one if nothing has changed since: at the start the framework calls it
// several times for each message.
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
	c := a.drawContext()
	page := a.page(c)
	if page.Cursor == nil {
		page.Cursor = &ui.Point{} // a screen reader begins to read at the top of the page
	}
	a.lag.lateHelp(a.shownAs(), &page)
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
	lines, at := a.lag.calm(a.shownAs(), page, lines)
	v.SetContent(a.onlyASCII(strings.Join(lines, "\n")))
	if at.Y < c.Size.H {
		v.Cursor = tea.NewCursor(min(at.X, a.cols-1), at.Y+1)
		v.Cursor.Blink = false
		v.Cursor.Shape = tea.CursorBar
	}
	return v
}

// largerPlease is what a window that is too small shows: one polite line, and the message if it is about leaving.
func (a *app) largerPlease() string {
	text := fmt.Sprintf("Please make the window at least %d by %d; it is %d by %d. ctrl+c leaves.", minCols, minRows,
		a.cols, a.rows)
	if a.message != "" && a.leaving || a.warned {
		text = a.message + " " + text
	}
	return strings.Join(widget.WrapTo(text, a.cols, a.rows, ""), "\n")
}

// page draws the dialog in front or, without one, the screen.
func (a *app) page(c *ui.Context) ui.Page {
	if a.front != nil {
		return a.front.View(c)
	}
	return a.screen().View(c)
}

// head is the first line. If it is too long it loses the time of the save, then some of what the page says, but never
// whether everything is saved.
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

// saveState says whether everything is on disk; short says it in fewer words. Each is as wide during a save as after
// it, so that nothing moves.
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

// messageTakes is how many lines a long message takes from the page. The page must be drawn in the room that is left:
// if the message covered part of it, the learner might rate what they cannot read.
func (a *app) messageTakes() int {
	if a.message == "" || a.tooSmall() {
		return 0
	}
	return len(a.messageLines()) - 1
}

func (a *app) messageLines() []string {
	const most = 3
	return widget.WrapTo(a.message, a.cols, most, a.theme.Glyphs.Cut)
}

// withMessage adds the message to the lines of a frame, above the keys, or an empty line if there is none. There is no
// rule in that place, since it would cost three bytes a column each time a message comes and goes.
func (a *app) withMessage(lines []string) []string {
	if a.message == "" {
		return append(lines, "")
	}
	message := a.messageLines()
	lines = lines[:len(lines)-len(message)+1] // these are empty: see messageTakes
	for _, l := range message {
		if a.trouble {
			l = a.theme.Danger.Render(l)
		}
		lines = append(lines, l)
	}
	return lines
}

// foot is the last line: as many keys of the screen as fit, and at its end those that are always there (see tail). What
// that end says depends on the room: the palette and the words for ? are left out if a key of the screen had to go for
// them, and on a narrow terminal so is the word for Esc.
func (a *app) foot(c *ui.Context) string {
	if a.front != nil {
		line, _ := a.keysIn(a.front.Keys(), a.cols)
		return line
	}
	keys := a.screen().Keys(c)
	if c.Newest == 0 { // nothing to undo, unless the screen says in other words that it undoes something of its own
		keys.Footer = slices.DeleteFunc(slices.Clone(keys.Footer), func(k key.Binding) bool {
			return k.Help().Key == "u" && k.Help().Desc == "undo"
		})
	}
	bare := func(k key.Binding) key.Binding { return ui.Worded(k, "") }
	back := global.back
	if a.cols <= ui.NarrowUpTo {
		back = bare(back)
	}
	palette := a.keyHelp(ui.Named(global.palette, ":", "commands")) + "  "
	line := ""
	for _, end := range []string{
		a.tail(keys, global.back) + palette + a.keyHelp(global.help),
		a.tail(keys, global.back) + a.keyHelp(global.help),
		a.tail(keys, back) + a.keyHelp(bare(global.help)),
	} {
		names, all := a.keysIn(keys.Footer, a.cols-widget.Width(end))
		line = names + end
		if all {
			break
		}
	}
	return line
}

// tail is what the last line always has before the help: what the screen always shows, the finder, and Esc on all
// screens but Home, or where the screen names Esc itself. If all that is too wide, it is Esc alone: often that is the
// only way out.
func (a *app) tail(keys ui.Keys, back key.Binding) string {
	tail, _ := a.keysIn(append(keys.Always, shortFind), a.cols)
	isBack := func(k key.Binding) bool { return slices.Contains(k.Keys(), "esc") }
	if a.current() == ui.Home || slices.ContainsFunc(keys.Footer, isBack) {
		return tail
	}
	esc, _ := a.keysIn([]key.Binding{back}, a.cols)
	if 2*widget.Width(esc+tail) > a.cols {
		return esc
	}
	return esc + tail
}

// keysIn draws as many keys as fit, each with a gap after it, and says whether that is all of them.
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

// onlyASCII replaces other characters by question marks on a terminal without Unicode, which would show rubbish for
// what learners type. Our own glyphs are ASCII by then.
func (a *app) onlyASCII(s string) string {
	if !a.themeSource.ascii {
		return s
	}
	return strings.Map(func(r rune) rune {
		if r > '~' {
			return '?'
		}
		return r
	}, s)
}

// help makes the help page of the screen that is shown.
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
		global.back, global.help, global.find, global.palette, global.mouse, global.colours, global.suspend,
		global.save, global.leave,
	}
	if !a.isSheet() {
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
	title := titleOf[a.current()]
	if a.isSheet() {
		title = "Rating sheet"
	}
	return dialog.NewHelp("Help: "+title, sections)
}

// signs lists the signs of a screen, and those that all screens share. A sign with several meanings is listed once.
func signs(own []ui.Glyph, t *theme.Theme) []ui.Glyph {
	g := t.Glyphs
	var out []ui.Glyph
	for _, x := range append(own, ui.Glyph{Shown: g.Marker, Means: "where you are: Enter acts on it"},
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

// A themeSource is what the theme follows from.
type themeSource struct {
	name       profile.Theme
	background color.Color // the terminal's background, where it is known
	ascii      bool
}

// refreshTheme makes the theme again if what it is made from has changed.
func (a *app) refreshTheme() {
	now := a.themeSource
	now.name = a.colours()
	if a.fewColours {
		now.name = profile.ThemePlain
	}
	if a.theme == nil || now != a.themeSource {
		a.themeSource, a.theme = now, theme.For(now.name, now.background, now.ascii)
	}
}

// colours is the theme that the learner chose.
func (a *app) colours() profile.Theme {
	switch {
	case a.chosenTheme != "":
		return a.chosenTheme
	case a.s != nil:
		return a.s.Profile().Settings.Looks()
	}
	return profile.ThemeAuto
}

// learnBackground notes the background that the terminal answered, and says whether the theme changes. Once a frame was
// shown, a late answer may add colours but not change them: no screen may first look dark and then light.
func (a *app) learnBackground(answer color.Color) bool {
	if answer == nil || a.shown && a.themeSource.background != nil {
		return false
	}
	a.themeSource.background = answer
	a.theme = nil
	return true
}

// backgroundWait is how long the first frame waits for the terminal to say its background. A local terminal answers
// within a few milliseconds. One that does not know that question answers the next one, which nearly every terminal
// knows, so that the wait ends early too.
const backgroundWait = 50 * time.Millisecond

// backgroundMsg says that the background was waited for long enough.
type backgroundMsg struct{}

// waitsForBackground says whether the first frame depends on the terminal's answer.
func (a *app) waitsForBackground() bool {
	return !a.fewColours && theme.NeedsBackground(a.colours()) && !overSSH(a.o.Getenv)
}

func (a *app) askColours() {
	a.choose(ui.Choose{
		Title: "Colours", Says: "They are kept in your profile. Whatever you choose, words and signs say it all.",
		At: slices.Index(profile.Themes, a.colours()), Options: ui.Ways(themes, a.takeColours),
	})
}

// takeColours keeps the choice in the profile or, where the profile must not be changed now, for this run.
func (a *app) takeColours(chosen profile.Theme, _ *ui.Context) []ui.Ask {
	says := "Colours: " + string(chosen) + "."
	if a.fewColours && chosen != profile.ThemePlain {
		says += " Here they stay plain, since this terminal has too few colours or they are switched off (NO_COLOR)."
	}
	if a.isSheet() || a.blind() || a.s.ReadOnly() != nil {
		a.chosenTheme = chosen
		return ui.Asks(ui.Say{Text: says + " The choice lasts until you leave."})
	}
	settings := a.s.Profile().Settings
	settings.Theme = chosen
	a.chosenTheme = ""
	return ui.Make(profile.SetSettings{Settings: settings}, func(*ui.Context) string { return says })
}

var titleOf = map[ui.Name]string{
	ui.Home: "Home", ui.Rate: "Rate", ui.Gaps: "Gaps", ui.Plan: "Plan", ui.KSB: "One KSB",
	ui.Evidence: "Evidence", ui.Appraisal: "Appraisal", ui.Mentor: "With your mentor", ui.Progress: "Progress",
}

// noMeaning is the message for a key that does nothing on the screen that is shown.
const noMeaning = "That key does nothing here; ? shows the keys."

// nothingBehind is the message for Esc on Home.
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

// howToLeave is the message for q on other screens than Home, and on a rating sheet (true).
var howToLeave = map[bool]string{
	false: "Esc goes back; q leaves from Home, ctrl+c from anywhere.",
	true:  "Esc goes back to the duties, and from there it leaves. Each rating is saved.",
}

func (a *app) whereData() []string {
	what := "Your profile is one file: " + safetext.Line(a.s.Path()) + ". It is yours, to read and to edit."
	if a.isSheet() {
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
