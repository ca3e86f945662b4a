// Package theme has the colours and glyphs of the screens, named by what they mean. No other package names a colour.
// Whatever is coloured must also say what it means by a word or a glyph: many terminals, and people, see no colours.
package theme

import (
	"image/color"
	"math"
	"strconv"
	"strings"

	"charm.land/lipgloss/v2"

	"github.com/ksbcoach/ksbcoach/internal/profile"
)

// Theme is a style for each role of text, and the glyphs.
type Theme struct {
	Plain  Style
	Title  Style // what the screen is about
	Accent Style // what is chosen
	Behind Style // a level below what is expected by now
	Below  Style // a level below the target
	Met    Style // a level at or above the target
	Faint  Style // secondary words
	Danger Style // not saved, refused
	Key    Style // a key that can be pressed
	Glyphs Glyphs
	ASCII  bool // the Glyphs are ASCII, and keys must be named in ASCII too
}

// Style is how text of one role looks. The colour sequences before and after a text are asked of Lip Gloss once, not
// for every piece of a frame: that took a third of the time of a frame.
type Style struct {
	before, after string
	whole         lipgloss.Style
}

func style(s lipgloss.Style) Style {
	before, after, _ := strings.Cut(s.Render("x"), "x")
	return Style{before, after, s}
}

// Render styles a text, or several joined by spaces.
func (s Style) Render(texts ...string) string {
	text := strings.Join(texts, " ")
	if text == "" || strings.ContainsAny(text, "\n\r\t") {
		return s.whole.Render(text)
	}
	return s.before + text + s.after
}

// Mark returns the two cells before a row that can be chosen, and the style of its words.
func (t *Theme) Mark(chosen bool) (mark string, words Style) {
	if chosen {
		return t.Accent.Render(t.Glyphs.Marker) + " ", t.Accent
	}
	return "  ", t.Plain
}

// Glyphs are the signs that the screens draw with.
type Glyphs struct {
	Marker  string   // before what is chosen
	Rule    string   // a horizontal line
	Heavy   string   // the part of a horizontal line that is done
	Bar     string   // between two panes
	Sep     string   // between two short facts
	Full    string   // a level reached
	Empty   string   // a level not reached that is expected by now
	Ahead   string   // a level reached before it is expected
	Later   string   // a level not reached that comes later
	Target  string   // in a bar: the target
	None    string   // not rated
	Done    string   // closed, met
	Open    string   // still open
	Tick    string   // this is the present one, in a column one cell wide
	Before  string   // this is the one before, in the same column
	Late    string   // overdue
	More    string   // there is more in that direction
	Up      string   // the up and down arrow keys, for the footer
	Across  string   // the left and right arrow keys
	Columns []string // bars of rising height
	Cut     string   // the text was shortened here
	Unfold  string   // Enter shows or adds something here
	Fold    string   // Enter folds it away
	Another string   // somebody else did it
}

var unicodeGlyphs = Glyphs{
	Marker: "▸", Rule: "─", Heavy: "━", Bar: "│", Sep: "·", Full: "▪", Empty: "▫", Ahead: "•", Later: "·", Target: "│",
	None: ".", Done: "✓", Open: "○", Tick: "✓", Before: "○", Late: "!", More: "…",
	Up: "↑↓", Across: "←→", Columns: []string{"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"}, Cut: "…", Unfold: "+", Fold: "-",
	Another: "*",
}

var asciiGlyphs = Glyphs{
	Marker: ">", Rule: "-", Heavy: "=", Bar: "|", Sep: "-", Full: "#", Empty: ".", Ahead: "+", Later: "-", Target: "|",
	None: ".", Done: "[x]", Open: "[ ]", Tick: "x", Before: "o", Late: "!", More: "...",
	Up: "up/down", Across: "left/right", Columns: []string{"_", ".", ":", "-", "=", "+", "*", "#"}, Cut: "~",
	Unfold: "+", Fold: "-", Another: "*",
}

// New makes the theme for a dark or a light background. Its colours are among the 256 that nearly every terminal has.
func New(dark, ascii bool) *Theme {
	if dark {
		return darkInks.theme(legible, nil, ascii)
	}
	return lightInks.theme(legible, nil, ascii)
}

// For makes the theme that the learner chose. Background is that of the terminal, or nil where it is not known: auto
// and high contrast then use only the terminal's own colours, which can be read on any background.
func For(chosen profile.Theme, background color.Color, ascii bool) *Theme {
	switch chosen {
	case profile.ThemeDark, profile.ThemeLight:
		return New(chosen == profile.ThemeDark, ascii)
	case profile.ThemeAuto, profile.ThemeContrast, "":
		if background == nil {
			break
		}
		least, forDark, forLight := legible, darkInks, lightInks
		if chosen == profile.ThemeContrast {
			least, forDark, forLight = strong, strongDarkInks, strongLightInks
		}
		if isDark(background) {
			return forDark.theme(least, background, ascii)
		}
		return forLight.theme(least, background, ascii)
	}
	return inks{}.theme(legible, nil, ascii)
}

// NeedsBackground says whether a theme depends on the background of the terminal.
func NeedsBackground(chosen profile.Theme) bool {
	return chosen == profile.ThemeAuto || chosen == profile.ThemeContrast || chosen == ""
}

// inks are the colours of the roles that have one, as numbers from 0 to 255; "" is the terminal's own colour.
type inks struct{ accent, behind, below, met, faint, danger string }

var (
	darkInks        = inks{accent: "81", behind: "215", below: "180", met: "114", faint: "248", danger: "210"}
	lightInks       = inks{accent: "25", behind: "94", below: "58", met: "22", faint: "240", danger: "160"}
	strongDarkInks  = inks{accent: "123", behind: "222", below: "223", met: "157", danger: "217"}
	strongLightInks = inks{accent: "18", behind: "52", below: "234", met: "22", danger: "88"}
)

// The least contrast of text with its background, by WCAG 2.2: criterion 1.4.3 (AA) and, for high contrast, 1.4.6
// (AAA).
const (
	legible = 4.5
	strong  = 7.0
)

// theme makes a theme of those inks that have at least this contrast with the background; roles without one have the
// terminal's own colour. If the background is nil it uses all of them.
func (x inks) theme(least float64, background color.Color, ascii bool) *Theme {
	ink := func(number string) lipgloss.Style {
		if number == "" {
			return lipgloss.NewStyle()
		}
		c := lipgloss.Color(number)
		if background != nil && contrast(c, background) < least {
			return lipgloss.NewStyle()
		}
		return lipgloss.NewStyle().Foreground(c)
	}
	t := &Theme{
		Plain:  style(lipgloss.NewStyle()),
		Title:  style(lipgloss.NewStyle().Bold(true)),
		Accent: style(ink(x.accent).Bold(true)),
		Behind: style(ink(x.behind)),
		Below:  style(ink(x.below)),
		Met:    style(ink(x.met)),
		Faint:  style(ink(x.faint)),
		Danger: style(ink(x.danger).Bold(true)),
		Key:    style(ink(x.accent).Bold(x.accent == "")), // without colour, keys must still stand out from words
		Glyphs: unicodeGlyphs,
		ASCII:  ascii,
	}
	if ascii {
		t.Glyphs = asciiGlyphs
	}
	return t
}

// luminance returns the relative luminance of a colour by WCAG: 0 for black, 1 for white.
func luminance(c color.Color) float64 {
	r, g, b, _ := c.RGBA()
	linear := func(v uint32) float64 {
		x := float64(v) / 0xffff
		if x <= 0.04045 {
			return x / 12.92
		}
		return math.Pow((x+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(r) + 0.7152*linear(g) + 0.0722*linear(b)
}

// contrast returns the contrast ratio of two colours by WCAG, from 1 to 21.
func contrast(a, b color.Color) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// isDark says whether white is easier to read on a colour than black.
func isDark(c color.Color) bool { return contrast(c, color.White) > contrast(c, color.Black) }

// BackgroundOf returns the background that the environment variable COLORFGBG names, which some terminals set (15;0 is
// white on black), or nil.
func BackgroundOf(colorfgbg string) color.Color {
	n, err := strconv.Atoi(colorfgbg[strings.LastIndexByte(colorfgbg, ';')+1:])
	if err != nil || n < 0 || n > 15 {
		return nil
	}
	return lipgloss.Color(strconv.Itoa(n))
}
