package tui

import (
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

var titleOf = map[ui.Name]string{
	ui.Home: "Home", ui.Rate: "Rate", ui.Gaps: "Gaps", ui.Plan: "Plan", ui.KSB: "One KSB",
	ui.Evidence: "Evidence", ui.Appraisal: "Appraisal", ui.Mentor: "With your mentor", ui.Progress: "Progress",
}

// noMeaning is said of a key that does nothing on the screen that is shown.
const noMeaning = "That key does nothing here; ? shows the keys."

// nothingBehind is said of the way back where there is none.
const nothingBehind = "This is Home, where everything starts. q leaves."

// glossary explains the terms that the screens use.
var glossary = []string{
	"KSB: " + words.KSB + ", such as K7, S2 or B1.",
	"Gateway: " + words.Gateway + ".",
	"Target: the level wanted at gateway, 3 unless you set another. Gap: target minus level.",
	"Expected: the level wanted today, by the month you are in. Behind: expected minus level.",
	"Without a recent example: a 3 or a 4 without one dated example that is recent enough. Too old: evidence past that age, 12 months unless you set another.",
	"Without evidence: rated above 0, and nothing shows it. File not found: a piece of evidence whose place on this computer is gone.",
	"No opportunity: your post gives no chance to try it. It counts as a wish for rotation or shadowing, not as a low score.",
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
		what = "The rating sheet is one file: " + safetext.Line(a.s.Path()) + ". What you rate is written into it at once."
	}
	return []string{
		what,
		"Backups, unsent text, and a copy of your record for a quick start: " + safetext.Line(a.s.Places().State) + ". Nothing leaves this computer.",
		"The standard's text: " + standard.Source + ", " + standard.Licence + "; " + standard.Caveat + ".",
	}
}

func levelAt(n int) level.Level { return level.Level(n) }

// themes are the choices of colours, in the order of profile.Themes.
var themes = []ui.Way[profile.Theme]{
	{Is: profile.ThemeAuto, Text: "Auto", Says: "For the background of your terminal, where it says which it has; else plain."},
	{Is: profile.ThemeDark, Text: "Dark", Says: "For a dark background."},
	{Is: profile.ThemeLight, Text: "Light", Says: "For a light background."},
	{Is: profile.ThemeContrast, Text: "High contrast", Says: "Fewer and stronger colours."},
	{Is: profile.ThemePlain, Text: "Plain", Says: "The colours of your terminal alone, and bold."},
}
