package theme

import (
	"fmt"
	"image/color"
	"math"
	"strings"
	"testing"

	"charm.land/lipgloss/v2"

	"github.com/ksbcoach/ksbcoach/internal/profile"
)

// The usual backgrounds of terminals and editors: black and dark greys and blues, the lightest of them Nord's; white
// and the colours of paper, the darkest a grey of 93 %.
var (
	darkBackgrounds  = hexes("000000 0c0c0c 111111 1e1e1e 002b36 282a36 282c34 300a24 272822 1a1b26 2e3440 2e3436")
	lightBackgrounds = hexes("ffffff fafafa fdf6e3 fbf1c7 eff1f5 f5f5f5 eeeeee")
)

func hexes(list string) (out []color.Color) {
	for _, x := range strings.Fields(list) {
		out = append(out, lipgloss.Color("#"+x))
	}
	return out
}

func (t *Theme) roles() map[string]Style {
	return map[string]Style{
		"plain": t.Plain, "title": t.Title, "accent": t.Accent, "behind": t.Behind, "below": t.Below, "met": t.Met, "faint": t.Faint,
		"danger": t.Danger, "key": t.Key,
	}
}

// readable checks that every colour of a theme has the least contrast with a background, and returns how many roles
// have a colour.
func readable(t *testing.T, name string, x *Theme, background color.Color, least float64) (coloured int) {
	t.Helper()
	for role, s := range x.roles() {
		ink := s.whole.GetForeground()
		if _, none := ink.(lipgloss.NoColor); none || ink == nil {
			continue
		}
		coloured++
		if got := contrast(ink, background); got < least {
			t.Errorf("%s: %s %v on %v has a contrast of %.2f and needs %.1f", name, role, ink, background, got, least)
		}
	}
	return coloured
}

func TestContrast(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want float64
	}{{"#000000", "#ffffff", 21}, {"#767676", "#ffffff", 4.54}, {"#ff0000", "#ffffff", 4.00}, {"#0000ff", "#ffffff", 8.59}} {
		if got := contrast(lipgloss.Color(c.a), lipgloss.Color(c.b)); math.Abs(got-c.want) > 0.01 {
			t.Errorf("%s on %s: %.3f, want %.2f", c.a, c.b, got, c.want)
		}
	}
}

// Dark and light are used whatever the terminal says, so all their colours must be legible on every background of that
// kind.
func TestDarkAndLightAreLegibleOnUsualBackgrounds(t *testing.T) {
	for name, backgrounds := range map[profile.Theme][]color.Color{profile.ThemeDark: darkBackgrounds, profile.ThemeLight: lightBackgrounds} {
		for _, background := range backgrounds {
			if n := readable(t, string(name), For(name, nil, false), background, legible); n != 7 {
				t.Errorf("%s: %d roles have a colour", name, n)
			}
		}
	}
}

// On any background, auto and high contrast use only colours that are legible there: every grey and a grid of all
// colours is tried. On the usual backgrounds most roles have a colour.
func TestAKnownBackgroundHasOnlyLegibleColours(t *testing.T) {
	var backgrounds []color.Color
	for r := 0; r < 256; r += 15 {
		for g := 0; g < 256; g += 15 {
			for b := 0; b < 256; b += 51 {
				backgrounds = append(backgrounds, color.RGBA{uint8(r), uint8(g), uint8(b), 255})
			}
		}
	}
	for v := range 256 {
		backgrounds = append(backgrounds, color.Gray{uint8(v)})
	}
	for name, least := range map[profile.Theme]float64{profile.ThemeAuto: legible, profile.ThemeContrast: strong} {
		for _, background := range backgrounds {
			readable(t, string(name), For(name, background, false), background, least)
		}
		for _, background := range append(darkBackgrounds, lightBackgrounds...) {
			if n := readable(t, string(name), For(name, background, false), background, least); n < 5 {
				t.Errorf("%s on %v: only %d roles have a colour", name, background, n)
			}
		}
	}
}

// Plain, and any theme whose background is not known, uses the terminal's own colour alone, which is legible on any
// background.
func TestAnUnknownBackgroundHasNoColours(t *testing.T) {
	for _, name := range []profile.Theme{"", profile.ThemeAuto, profile.ThemeContrast, profile.ThemePlain} {
		x := For(name, nil, false)
		for role, s := range x.roles() {
			if got := s.Render("x"); got != "x" && got != "\x1b[1mx\x1b[m" {
				t.Errorf("%q: %s is %q", name, role, got)
			}
		}
		if x.Key.Render("x") == x.Plain.Render("x") || x.Accent.Render("x") == x.Plain.Render("x") {
			t.Errorf("%q: a key and what is chosen look like any word", name)
		}
	}
	for name, needs := range map[profile.Theme]bool{"": true, profile.ThemeAuto: true, profile.ThemeContrast: true, profile.ThemeDark: false, profile.ThemeLight: false, profile.ThemePlain: false} {
		looks := func(background color.Color) string { return fmt.Sprint(For(name, background, false).roles()) }
		if NeedsBackground(name) != needs || (looks(color.Black) != looks(color.White)) != needs {
			t.Errorf("%q needs the background: %v", name, NeedsBackground(name))
		}
	}
}

func TestBackgroundOf(t *testing.T) {
	for said, want := range map[string]string{"15;0": "dark", "0;15": "light", "0;default;15": "light", "7;default": "", "": "", "15;99": "", "x": ""} {
		got := ""
		if g := BackgroundOf(said); g != nil {
			got = map[bool]string{true: "dark", false: "light"}[isDark(g)]
		}
		if got != want {
			t.Errorf("%q: %q, want %q", said, got, want)
		}
	}
}
