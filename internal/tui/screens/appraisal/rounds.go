package appraisal

import (
	"fmt"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// A roundChoice is what the lines of the menu of rounds ask for.
type roundChoice struct{ asks []ui.Ask }

func (r roundChoice) do(i int, _ *ui.Context) []ui.Ask {
	if i < 0 || i >= len(r.asks) {
		return nil
	}
	return ui.Asks(r.asks[i])
}

// forwardShown is how many KSBs that are put forward have a line of their own in the menu.
const forwardShown = 4

// roundMenu offers to rate what is put forward, to open or close a round, and the rating sheets.
func (s *Screen) roundMenu(c *ui.Context) ui.Choose {
	menu := ui.Choose{Title: "Rounds", Says: roundHistory(c.Profile)}
	var does roundChoice
	add := func(text, says string, ask ui.Ask) {
		menu.Options = append(menu.Options, ui.Option{Text: text, Says: says})
		does.asks = append(does.asks, ask)
	}
	due := s.known.due
	r, open := c.Profile.Open()
	if !open {
		says := "Nothing is put forward: all ratings are fresh. Everything can still be rated."
		if len(due) > 0 {
			says = count(len(due), "KSB is", "KSBs are") + " put forward first: " + forwardCodes(due, 8)
		}
		add("Open a round today", says, ui.Do{Change: profile.OpenRound{On: c.Today}, Note: roundDone{true}})
	} else {
		for _, f := range due[:min(len(due), forwardShown)] {
			add("Rate "+f.KSB+" "+c.Title(f.KSB), lastWords(c, f), ui.Go{To: ui.Rate, KSB: f.KSB})
		}
		if n := len(due) - forwardShown; n > 0 {
			add(fmt.Sprintf("Rate on: %d more are put forward", n), forwardCodes(due[forwardShown:], 12), ui.Go{To: ui.Rate, KSB: due[forwardShown].KSB})
		}
		says := fmt.Sprintf("%d rated by you, %d by your mentor. It is kept whole, and only read from then on.", r.Rated(profile.Self), r.Rated(profile.Mentor))
		add("Close the round "+r.ID+" today", says, ui.Do{Change: profile.CloseRound{On: c.Today}, Note: roundDone{}})
	}
	add("Make a rating sheet for a mentor elsewhere", "a file to send, without anything that you said of yourself", ui.Sheet{})
	add("Take in a rating sheet that came back", "your mentor's ratings and notes go into the open round", ui.Sheet{Take: true})
	menu.Note = does
	return menu
}

// lastWords say why a KSB is put forward, and what was said of it last time.
func lastWords(c *ui.Context, f appraisal.Forward) string {
	if !f.Rated {
		return f.Words
	}
	k, _ := c.Standard.KSB(f.KSB)
	w := c.Library.Scale().Words(f.Last)
	if f.Last < 0 {
		return f.Words + ". Last time: " + w.Name
	}
	return fmt.Sprintf("%s. Last time: %s %s, %s", f.Words, f.Last, w.Name, w.For(k.Kind))
}

// forwardCodes names up to n KSBs.
func forwardCodes(due []appraisal.Forward, n int) string {
	var ids []string
	for _, f := range due[:min(len(due), n)] {
		ids = append(ids, f.KSB)
	}
	words := strings.Join(ids, ", ")
	if len(due) > n {
		words += fmt.Sprintf(" and %d more", len(due)-n)
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
