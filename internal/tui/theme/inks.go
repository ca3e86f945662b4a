package theme

import (
	"image/color"
	"math"
	"strconv"
	"strings"

	"charm.land/lipgloss/v2"
)

// inks are the colours of the roles that have one, as numbers of the 256; "" is the terminal's own.
type inks struct{ accent, behind, below, met, faint, danger string }

var (
	darkInks        = inks{accent: "81", behind: "215", below: "180", met: "114", faint: "248", danger: "210"}
	lightInks       = inks{accent: "25", behind: "94", below: "58", met: "22", faint: "240", danger: "160"}
	strongDarkInks  = inks{accent: "123", behind: "222", below: "223", met: "157", danger: "217"}
	strongLightInks = inks{accent: "18", behind: "52", below: "234", met: "22", danger: "88"}
)

// The least contrast of a text with its background, by WCAG 2.2: criteria 1.4.3 (AA) and, for high contrast, 1.4.6 (AAA).
const (
	legible = 4.5
	strong  = 7.0
)

// theme has each ink where its contrast with the ground is at least this, else the terminal's own. Where the ground is not
// known, nil, all of them are taken.
func (x inks) theme(least float64, ground color.Color, ascii bool) *Theme {
	ink := func(number string) lipgloss.Style {
		if number == "" {
			return lipgloss.NewStyle()
		}
		c := lipgloss.Color(number)
		if ground != nil && contrast(c, ground) < least {
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
		Key:    style(ink(x.accent).Bold(x.accent == "")), // a key in the footer is told from its words in any theme
		Glyphs: unicodeGlyphs,
		ASCII:  ascii,
	}
	if ascii {
		t.Glyphs = asciiGlyphs
	}
	return t
}

// luminance is the relative luminance of a colour by WCAG: 0 for black, 1 for white.
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

// contrast is the contrast ratio of two colours by WCAG, from 1 to 21.
func contrast(a, b color.Color) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// isDark says whether white is easier to read on a colour than black.
func isDark(c color.Color) bool { return contrast(c, color.White) > contrast(c, color.Black) }

// GroundOf is the background that the variable COLORFGBG names, which some terminals set: 15;0 is white on black. Nil where
// it says nothing.
func GroundOf(colorfgbg string) color.Color {
	n, err := strconv.Atoi(colorfgbg[strings.LastIndexByte(colorfgbg, ';')+1:])
	if err != nil || n < 0 || n > 15 {
		return nil
	}
	return lipgloss.Color(strconv.Itoa(n))
}
