package appraising

import (
	"fmt"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// roundMenu offers to rate what is put forward, to open or close a round, and the rating sheets.
func (s *Screen) roundMenu(c *ui.Context) ui.Choose {
	menu := ui.Choose{Title: "Rounds", Says: strings.TrimSpace(roundHistory(c.Profile) + " " + s.anew())}
	add := func(text, says string, asks ...ui.Ask) {
		menu.Options = append(menu.Options, leadsTo(text, says, asks...))
	}
	due := s.known.due
	r, open := c.Profile.Open()
	if !open {
		says := "Nothing is put forward: all ratings are fresh. Everything can still be rated."
		if len(due) > 0 {
			says = "Put forward first: " + forwardNames(c, due)
		}
		add("Open a round today", says, ui.Do{Change: profile.OpenRound{On: c.Today}, Then: func(c *ui.Context) []ui.Ask {
			s.learn(c)
			return ui.Asks(s.roundMenu(c))
		}})
	} else {
		if len(due) > 0 {
			add("Rate what is put forward, one after another", forwardNames(c, due), ui.Go{To: ui.Rate, KSB: due[0].KSB, Forward: true})
			add("See why, and choose where to start", "", forwardMenu(c, due))
		}
		says := fmt.Sprintf("%d rated by you, %d by your mentor. It is kept whole, and only read from then on.", r.Rated(profile.Self), r.Rated(profile.Mentor))
		add("Close the round "+r.ID+" today", says, closeRound(c, r, due))
	}
	add(sheetMake, sheetMakeWhy, ui.Sheet{})
	add(sheetTake, sheetTakeWhy, ui.Sheet{Take: true})
	return menu
}

// leadsTo is an option that asks for something at once.
func leadsTo(text, says string, asks ...ui.Ask) ui.Option {
	return ui.Option{Text: text, Says: says, Then: func(*ui.Context) []ui.Ask { return asks }}
}

// anew names what the learner has rated otherwise since it was agreed, which wants no rating and a new agreement.
func (s *Screen) anew() string {
	aged := s.known.pack.Aged
	if len(aged) == 0 {
		return ""
	}
	words := make([]string, len(aged))
	for i, x := range aged {
		words[i] = x.KSB + " (" + x.Words + ")"
	}
	return "To agree anew with your mentor: " + strings.Join(words, ", ") + "."
}

// closeRound closes the round. It asks first while something that was put forward is not rated, since one digit is easily hit.
func closeRound(c *ui.Context, r profile.Round, due []appraisal.Forward) ui.Ask {
	closing := ui.Do{Change: profile.CloseRound{On: c.Today}, Then: ui.Saying("The round is closed and kept whole; u opens it again.")}
	if len(due) == 0 {
		return closing
	}
	return ui.Choose{
		Title: "Close " + r.ID + " as it is?",
		Says:  words.Count(len(due), "KSB that was put forward is", "KSBs that were put forward are") + " not rated in it. That is allowed: a closed round is only read, and the next rating opens a new one.",
		Options: []ui.Option{
			leadsTo("Go on rating", "", ui.Go{To: ui.Rate, KSB: due[0].KSB, Forward: true}),
			leadsTo("Close it today", "u opens it again, until you leave the program", closing),
		},
	}
}

// forwardMenu lists all that is put forward with the reasons; rating starts at the one that is chosen and follows the list.
func forwardMenu(c *ui.Context, due []appraisal.Forward) ui.Choose {
	menu := ui.Choose{Title: "Put forward", Says: "Duty by duty, the one with what is furthest behind first, then those with what changed or was rated long ago; what was never rated comes last. Everything else can still be rated after."}
	for _, f := range due {
		menu.Options = append(menu.Options, leadsTo(f.KSB+" "+c.Title(f.KSB), forwardWords(c, f), ui.Go{To: ui.Rate, KSB: f.KSB, Forward: true}))
	}
	return menu
}

// forwardWords say why a KSB is put forward, and what its last level was in words.
func forwardWords(c *ui.Context, f appraisal.Forward) string {
	last := appraisal.Last(c.Profile, c.Library.Scale(), f.KSB, c.Today)
	if last == "" {
		return f.Words
	}
	k, _ := c.Standard.KSB(f.KSB)
	return f.Words + "; " + last + ": " + c.Library.Scale().Words(f.Last).For(k.Kind)
}

// namedForward is how many KSBs that are put forward are named before the rest is only counted.
const namedForward = 8

// forwardNames names the first that are put forward, and counts the rest.
func forwardNames(c *ui.Context, due []appraisal.Forward) string {
	var names []string
	for _, f := range due[:min(len(due), namedForward)] {
		names = append(names, f.KSB+" "+c.Title(f.KSB))
	}
	words := strings.Join(names, ", ")
	if n := len(due) - namedForward; n > 0 {
		words += fmt.Sprintf("; then %d more", n)
	}
	return words
}

// forwardCodes is the same in codes alone.
func forwardCodes(due []appraisal.Forward, n int) string {
	var ids []string
	for _, f := range due[:min(len(due), n)] {
		ids = append(ids, f.KSB)
	}
	words := strings.Join(ids, ", ")
	if len(due) > n {
		words += fmt.Sprintf(", then %d more", len(due)-n)
	}
	return words
}

// historyShown is how many closed rounds the menu names.
const historyShown = 3

// roundHistory is the open round and the newest closed ones in words.
func roundHistory(p profile.Profile) string {
	var out []string
	rounds := p.Rounds
	if r, open := p.Open(); open {
		out = append(out, fmt.Sprintf("Open: %s, since %s.", r.ID, r.Opened.Long()))
		rounds = rounds[:len(rounds)-1]
	} else {
		out = append(out, "No round is open; the next rating opens one.")
	}
	for i := len(rounds) - 1; i >= max(len(rounds)-historyShown, 0); i-- {
		r := rounds[i]
		out = append(out, fmt.Sprintf("Closed: %s, %s, %d rated.", r.ID, r.Closed.Long(), r.Rated(profile.Self)))
	}
	if n := len(rounds) - historyShown; n > 0 {
		out = append(out, fmt.Sprintf("%d more before.", n))
	}
	return strings.Join(out, " ")
}
