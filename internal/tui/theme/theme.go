// Package theme holds the colours and glyphs of the screens, by what they mean. It is the one place that names a colour.
// Meaning is never carried by colour alone: every role comes with a word or a glyph where it is used.
package theme

import (
	"charm.land/lipgloss/v2"
)

// Theme is the styles by role and the glyphs.
type Theme struct {
	Plain  lipgloss.Style
	Title  lipgloss.Style // what the screen is about
	Accent lipgloss.Style // what is chosen
	Behind lipgloss.Style // behind where the month should be
	Below  lipgloss.Style // below target
	Met    lipgloss.Style // at or above target
	Faint  lipgloss.Style // secondary words
	Danger lipgloss.Style // not saved, refused
	Key    lipgloss.Style // a key that can be pressed
	Glyphs Glyphs
	ASCII  bool
}

// Glyphs are the signs that the screens draw with.
type Glyphs struct {
	Marker  string   // stands before what is chosen
	Rule    string   // a horizontal line
	Bar     string   // between two panes
	Sep     string   // between two short facts
	Full    string   // a level reached
	Empty   string   // a level not reached
	Target  string   // where the target stands
	None    string   // not rated
	Done    string   // closed, met
	Open    string   // still open
	Late    string   // overdue
	More    string   // there is more in that direction
	Up      string   // the arrow keys, for the footer
	Across  string   // the other two arrow keys
	Columns []string // bars of rising height
	Cut     string   // text was shortened
}

var unicodeGlyphs = Glyphs{
	Marker: "▸", Rule: "─", Bar: "│", Sep: "·", Full: "▪", Empty: "▫", Target: "│", None: ".", Done: "✓", Open: "○", Late: "!", More: "…",
	Up: "↑↓", Across: "←→", Columns: []string{"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"}, Cut: "…",
}

var asciiGlyphs = Glyphs{
	Marker: ">", Rule: "-", Bar: "|", Sep: "-", Full: "#", Empty: ".", Target: "|", None: ".", Done: "x", Open: "o", Late: "!", More: "...",
	Up: "up/down", Across: "left/right", Columns: []string{"_", ".", ":", "-", "=", "+", "*", "#"}, Cut: "~",
}

// New makes the theme for a dark or a light background, with glyphs of Unicode or of ASCII. Colours are taken from the 256
// that nearly every terminal has; fewer colours and none are the renderer's business.
func New(dark, ascii bool) *Theme {
	pick := lipgloss.LightDark(dark)
	colour := func(light, dark string) lipgloss.Style {
		return lipgloss.NewStyle().Foreground(pick(lipgloss.Color(light), lipgloss.Color(dark)))
	}
	t := &Theme{
		Plain:  lipgloss.NewStyle(),
		Title:  lipgloss.NewStyle().Bold(true),
		Accent: colour("25", "81").Bold(true),
		Behind: colour("130", "215"),
		Below:  colour("94", "180"),
		Met:    colour("28", "114"),
		Faint:  colour("241", "246"),
		Danger: colour("160", "210").Bold(true),
		Key:    colour("25", "81"),
		Glyphs: unicodeGlyphs,
		ASCII:  ascii,
	}
	if ascii {
		t.Glyphs = asciiGlyphs
	}
	return t
}
