package appraising

import (
	"fmt"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// roundMenu offers to rate what is due, to open or close a round, and the rating sheets.
func (s *Screen) roundMenu(c *ui.Context) ui.Choose {
	menu := ui.Choose{Title: "Rounds", Says: strings.TrimSpace(roundHistory(c.Profile) + " " + s.anew())}
	add := func(text, says string, ask ui.Ask) {
		menu.Options = append(menu.Options, ui.Option{Text: text, Says: says, Then: ui.Asking(ask)})
	}
	due := s.known.due
	r, open := c.Profile.Open()
	if !open {
		says := "Nothing is due: all ratings are fresh. You can still rate anything."
		if len(due) > 0 {
			says = "Look at first: " + forwardNames(c, due)
		}
		add("Open a round today", says, ui.Do{Change: profile.OpenRound{On: c.Today}, Then: func(c *ui.Context) []ui.Ask {
			s.learn(c)
			return ui.Asks(s.roundMenu(c))
		}})
	} else {
		if len(due) > 0 {
			rate := ui.Go{To: ui.Rate, KSB: due[0].KSB, Forward: true}
			add("Rate what is due, one after another", forwardNames(c, due), rate)
			add("See why, and choose where to start", "", forwardMenu(c, due))
		}
		says := fmt.Sprintf("You rated %d, %s. It is kept whole, and only read from then on.",
			r.Rated(profile.Self), appraisal.CountsByMentor(r.AllByMentors()))
		add("Close the round "+profile.RoundName(r.ID)+" today", says, closeRound(c, r, due))
	}
	add(sheetMake, sheetMakeWhy, ui.Sheet{})
	add(sheetTake, sheetTakeWhy, ui.Sheet{Take: true})
	return menu
}

// anew names KSBs that the learner has rated differently since a level was agreed: these need a new agreement, not a
// rating.
func (s *Screen) anew() string {
	var aged []string
	for _, x := range s.known.pack.Aged {
		aged = append(aged, x.KSB+" ("+x.Words+")")
	}
	if len(aged) == 0 {
		return ""
	}
	return "To agree anew with your mentor: " + strings.Join(aged, ", ") + "."
}

// closeRound asks first while something that is due is not rated, since a digit is easily hit by mistake.
func closeRound(c *ui.Context, r profile.Round, due []appraisal.Forward) ui.Ask {
	closed := ui.Saying("The round is closed and kept whole; u opens it again.")
	closing := ui.Do{Change: profile.CloseRound{On: c.Today}, Then: closed}
	if len(due) == 0 {
		return closing
	}
	return ui.Choose{
		Title: "Close " + profile.RoundName(r.ID) + " as it is?",
		Says: words.Count(len(due), "KSB that was due is", "KSBs that were due are") + " not rated in it. " +
			"That is allowed: a closed round is only read, and the next rating opens a new one.",
		Options: []ui.Option{
			{Text: "Go on rating", Then: ui.Asking(ui.Go{To: ui.Rate, KSB: due[0].KSB, Forward: true})},
			{Text: "Close it today", Says: "u opens it again, until you leave the program", Then: ui.Asking(closing)},
		},
	}
}

// forwardMenu lists all that is due with the reasons; rating starts at the one that is chosen and follows the
// list.
func forwardMenu(c *ui.Context, due []appraisal.Forward) ui.Choose {
	menu := ui.Choose{Title: "What to look at first", Says: "Duty by duty, the one with what is furthest behind first, then " +
		"those with what changed or was rated long ago; what was never rated comes last. Everything else can still " +
		"be rated after."}
	for _, f := range due {
		rate := ui.Asking(ui.Go{To: ui.Rate, KSB: f.KSB, Forward: true})
		name := f.KSB + " " + c.Title(f.KSB)
		menu.Options = append(menu.Options, ui.Option{Text: name, Says: forwardWords(c, f), Then: rate})
	}
	return menu
}

func forwardWords(c *ui.Context, f appraisal.Forward) string {
	last := appraisal.Last(c.Profile, c.Library.Scale(), f.KSB, c.Today)
	if last == "" {
		return f.Words
	}
	k, _ := c.Standard.KSB(f.KSB)
	return f.Words + "; " + last + ": " + c.Library.Scale().Words(f.Last).For(k.Kind)
}

func forwardNames(c *ui.Context, due []appraisal.Forward) string {
	var names []string
	for _, f := range due {
		names = append(names, f.KSB+" "+c.Title(f.KSB))
	}
	return firstOf(names, ";")
}

// mostNamed is how many of a list are named before the rest is only counted.
const mostNamed = 8

// firstOf names the first of a list, and counts the rest behind a comma or the like.
func firstOf(names []string, apart string) string {
	says := strings.Join(names[:min(len(names), mostNamed)], ", ")
	if n := len(names) - mostNamed; n > 0 {
		says += fmt.Sprintf("%s then %d more", apart, n)
	}
	return says
}

// historyShown is how many closed rounds the menu names.
const historyShown = 3

func roundHistory(p profile.Profile) string {
	var out []string
	rounds := p.Rounds
	if r, open := p.Open(); open {
		out = append(out, fmt.Sprintf("Open: %s, since %s.", profile.RoundName(r.ID), r.Opened.Long()))
		rounds = rounds[:len(rounds)-1]
	} else {
		out = append(out, "No round is open; the next rating opens one.")
	}
	for i := len(rounds) - 1; i >= max(len(rounds)-historyShown, 0); i-- {
		r := rounds[i]
		out = append(out, fmt.Sprintf("Closed: %s, %s, %d rated.", profile.RoundName(r.ID), r.Closed.Long(), r.Rated(profile.Self)))
	}
	if n := len(rounds) - historyShown; n > 0 {
		out = append(out, fmt.Sprintf("%d more before.", n))
	}
	return strings.Join(out, " ")
}
