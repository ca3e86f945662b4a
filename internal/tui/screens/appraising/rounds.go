package appraising

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// sheetBlocks make a rating sheet and take it in, for a mentor who works elsewhere.
func sheetBlocks() []block {
	return []block{
		line("sheet", "Make a rating sheet for a mentor elsewhere", "choose the file and make it",
			ui.Asking(ui.Sheet{}), "a file to send, without anything that you said of yourself"),
		line("take", "Take in a rating sheet that came back", "say where it is and take it in",
			ui.Asking(ui.Sheet{Take: true}), "your mentor's ratings and notes go into the open round"),
	}
}

// askRounds offers to rate what is due, to open or close a round, and the rating sheets.
func (s *Screen) askRounds(c *ui.Context) []ui.Ask {
	s.refresh(c) // this menu may have opened a round just now
	due := s.cache.due
	menu := ui.Choose{Title: "Rounds", Says: s.roundsSay(c.Profile)}
	add := func(text, says string, then ui.Then) {
		menu.Options = append(menu.Options, ui.Option{Text: text, Says: says, Then: then})
	}
	if r, open := c.Profile.Open(); open {
		if len(due) > 0 {
			add("Rate what is due, one after another", dueNames(c, due), rateFrom(due[0]))
			add("See why, and choose where to start", "", ui.Asking(dueMenu(c, due)))
		}
		says := fmt.Sprintf("You rated %d, %s. It is kept whole, and can then only be read.",
			r.Rated(profile.Self), appraisal.CountsByMentor(r.AllByMentors()))
		add("Close the round "+profile.RoundName(r.ID)+" today", says, ui.Asking(closeRound(c, r, due)))
	} else {
		says := "Nothing is due: all ratings are fresh. You can still rate anything."
		if len(due) > 0 {
			says = "Look at first: " + dueNames(c, due)
		}
		add("Open a round today", says, ui.Asking(ui.Do{Change: profile.OpenRound{On: c.Today}, Then: s.askRounds}))
	}
	for _, b := range sheetBlocks() {
		add(b.Name, b.Says[0], b.Enter)
	}
	return ui.Asks(menu)
}

// rateFrom goes to Rate at a KSB that is due, which then follows the list of what is due.
func rateFrom(x appraisal.Forward) ui.Then {
	return ui.Asking(ui.Go{To: ui.Rate, KSB: x.KSB, Forward: true})
}

// roundsSay names the newest rounds, and the KSBs that the learner has rated differently since a level was agreed.
// Those need a new agreement and not another rating, so they are not due.
func (s *Screen) roundsSay(p profile.Profile) string {
	const shown = 3 // closed rounds
	says, rounds := "No round is open; the next rating opens one.", p.Rounds
	if r, open := p.Open(); open {
		says = fmt.Sprintf("Open: %s, since %s.", profile.RoundName(r.ID), r.Opened.Long())
		rounds = rounds[:len(rounds)-1]
	}
	before := max(len(rounds)-shown, 0)
	for _, r := range slices.Backward(rounds[before:]) {
		says += fmt.Sprintf(" Closed: %s, %s, %d rated.", profile.RoundName(r.ID), r.Closed.Long(),
			r.Rated(profile.Self))
	}
	if before > 0 {
		says += fmt.Sprintf(" %d more before.", before)
	}
	aged := lists.Each(s.cache.pack.Aged, func(x appraisal.Point) string { return x.KSB + " (" + x.Words + ")" })
	if len(aged) > 0 {
		says += " To agree again with your mentor: " + strings.Join(aged, ", ") + "."
	}
	return says
}

// closeRound closes the round, but asks first if something that was due is not rated: the digit that chooses it in the
// menu is easily pressed by mistake.
func closeRound(c *ui.Context, r profile.Round, due []appraisal.Forward) ui.Ask {
	closing := ui.Do{
		Change: profile.CloseRound{On: c.Today},
		Then:   ui.Saying("The round is closed and kept whole; u opens it again."),
	}
	if len(due) == 0 {
		return closing
	}
	return ui.Choose{
		Title: "Close " + profile.RoundName(r.ID) + " as it is?",
		Says: words.Count(len(due), "KSB that was due is", "KSBs that were due are") + " not rated in it. That is " +
			"allowed: a closed round can only be read, and the next rating opens a new one.",
		Options: []ui.Option{
			{Text: "Go on rating", Then: rateFrom(due[0])},
			{Text: "Close it today", Says: "u opens it again, until you leave the program", Then: ui.Asking(closing)},
		},
	}
}

// dueMenu lists all that is due, with the reasons. Choosing one starts rating there.
func dueMenu(c *ui.Context, due []appraisal.Forward) ui.Choose {
	menu := ui.Choose{
		Title: "What to look at first",
		Says: "Duty by duty, the one with what is furthest behind first, then those with what changed or was rated " +
			"long ago; what was never rated comes last. Everything else can still be rated after.",
	}
	scale := c.Library.Scale()
	for i, name := range c.Named(appraisal.Codes(due)...) {
		x, says := due[i], due[i].Words
		if last := appraisal.Last(c.Profile, scale, x.KSB, c.Today); last != "" {
			of, _ := c.Standard.KSB(x.KSB)
			says += "; " + last + ": " + scale.Words(x.Last).For(of.Kind)
		}
		menu.Options = append(menu.Options, ui.Option{Text: name, Says: says, Then: rateFrom(x)})
	}
	return menu
}

// mostNamed is the most KSBs that a line names; it only counts the rest.
const mostNamed = 8

func dueNames(c *ui.Context, due []appraisal.Forward) string {
	names := c.Named(appraisal.Codes(due)...)
	says := strings.Join(names[:min(len(names), mostNamed)], ", ")
	if n := len(names) - mostNamed; n > 0 {
		says += fmt.Sprintf("; then %d more", n)
	}
	return says
}
