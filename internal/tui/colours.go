package tui

import (
	"image/color"
	"slices"
	"time"

	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/tui/theme"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// A tint is what the theme follows from.
type tint struct {
	name   profile.Theme
	ground color.Color // the terminal's background, where it is known
	ascii  bool
}

// dress makes the theme anew where what it follows from has changed.
func (a *app) dress() {
	now := a.tint
	now.name = a.colours()
	if a.few {
		now.name = profile.ThemePlain
	}
	if a.theme == nil || now != a.tint {
		a.tint, a.theme = now, theme.For(now.name, now.ground, now.ascii)
	}
}

// colours is the theme that was chosen.
func (a *app) colours() profile.Theme {
	switch {
	case a.own != "":
		return a.own
	case a.s != nil:
		return a.s.Profile().Settings.Looks()
	}
	return profile.ThemeAuto
}

// learnGround takes in the background that the terminal answered, and says whether that changes something. Once a frame is
// shown, an answer that comes late adds colours and swaps none: no screen is dark at first and then light.
func (a *app) learnGround(answer color.Color) bool {
	if answer == nil || a.shown && a.tint.ground != nil {
		return false
	}
	a.tint.ground = answer
	a.theme = nil
	return true
}

// groundWait is how long the first frame waits for the terminal to say its background. A terminal at hand answers within a
// few milliseconds, or answers what nearly every terminal does and was asked after it; one that never answers costs no more
// than this.
const groundWait = 50 * time.Millisecond

// groundMsg says that the background was waited for long enough.
type groundMsg struct{}

// waitsForGround says whether the first frame would look otherwise with an answer of the terminal.
func (a *app) waitsForGround() bool {
	return !a.few && theme.NeedsGround(a.colours()) && !overSSH(a.o.Getenv)
}

// askColours asks which colours the screen is to have.
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
