package coaching

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/doc"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// Status says how far a fact card can be relied on.
type Status string

// The statuses of a card. A changing card is due for another look whatever its date says.
const (
	Sourced  Status = "sourced"  // somebody read the source itself
	General  Status = "general"  // only general knowledge: confirm it first
	Changing Status = "changing" // somebody read the source, and it is known to be changing
)

// Statuses lists every status a card may have.
var Statuses = []Status{Sourced, General, Changing}

// Card is a fact card: a few dated facts on one subject, with the body that stated them.
type Card struct {
	ID         string        `toml:"id"`
	Duties     []int         `toml:"duties"`
	KSBs       []string      `toml:"ksbs"`
	Title      string        `toml:"title"`
	Authority  string        `toml:"authority"`
	Facts      []string      `toml:"facts"`
	URL        string        `toml:"url"`        // where to open the source; "" where no address was found
	Locator    string        `toml:"locator"`    // the section, regulation or page of the source
	Status     Status        `toml:"status"`     // may be "" in a learner's own card
	Changed    string        `toml:"changed"`    // what is new, in a sentence; "" where nothing is
	Since      calendar.Date `toml:"-"`          // the day of that change
	Supersedes string        `toml:"supersedes"` // what the source replaces
	Fields     []string      `toml:"fields"`     // IDs of the fields it matters to most; empty for all
	Checked    calendar.Date `toml:"-"`
	ReviewBy   calendar.Date `toml:"-"`
	Confirm    bool          `toml:"confirm"` // it rests on general knowledge only
}

// Stale reports whether the day to look at a card again has passed. A card without such a day is always stale.
func (c Card) Stale(today calendar.Date) bool { return c.ReviewBy.Before(today) }

// LookAgain reports whether somebody should check a card again: it is stale, or what it says is changing.
func (c Card) LookAgain(today calendar.Date) bool { return c.Status == Changing || c.Stale(today) }

// Where gives the place in the source and its address, as far as they are known.
func (c Card) Where() string {
	if c.Locator != "" && c.URL != "" {
		return c.Locator + ": " + c.URL
	}
	return c.Locator + c.URL
}

// News lists the cards on one of the KSBs that changed on a day or later and that the learner has not been told about.
// told holds editions.
func News(cards []Card, ksbs []string, since calendar.Date, told []string) []Card {
	return lists.Where(cards, func(c Card) bool {
		relevant := slices.ContainsFunc(c.KSBs, func(id string) bool { return slices.Contains(ksbs, id) })
		return relevant && c.Changed != "" && !c.Since.Before(since) && !slices.Contains(told, c.Edition())
	})
}

// Edition identifies a card together with its last change, so that a later change of the same card is news again.
func (c Card) Edition() string { return c.ID + "@" + c.Since.String() }

// day gives the calendar day of a time; the zero time gives the zero date.
func day(t time.Time) calendar.Date {
	if t.IsZero() {
		return calendar.Date{}
	}
	return calendar.FromTime(t)
}

// DecodeCards reads a file of fact cards. Those of one duty get its number; with duty 0 each card names its own duties,
// as in a learner's own file.
func DecodeCards(src string, duty int) ([]Card, error) {
	type fact struct {
		Card
		Since    time.Time `toml:"since"`
		Checked  time.Time `toml:"checked"`
		ReviewBy time.Time `toml:"review_by"`
	}
	var f struct {
		Facts []fact `toml:"fact"`
	}
	if err := decode(src, &f); err != nil {
		return nil, err
	}
	cards := make([]Card, len(f.Facts))
	for i, x := range f.Facts {
		if x.Status != "" && !slices.Contains(Statuses, x.Status) {
			return nil, fmt.Errorf("fact %q: status must be sourced, general or changing, not %q", x.ID, x.Status)
		}
		if duty > 0 {
			x.Duties = []int{duty}
		}
		x.Card.Since, x.Card.Checked, x.Card.ReviewBy = day(x.Since), day(x.Checked), day(x.ReviewBy)
		cards[i] = x.Card
	}
	return cards, nil
}

// Checks says when a card was checked, when to look at it again, and what else to know before relying on it.
func (c Card) Checks(today calendar.Date) string {
	text := "checked " + c.Checked.Long() + ", look again by " + c.ReviewBy.Long()
	if c.Stale(today) {
		text += " (past)"
	}
	if c.Confirm {
		text += "; confirm before relying on it"
	}
	if c.Status == Changing {
		text += "; this is changing"
	}
	return text
}

// CardsDoc lists fact cards as a document.
func CardsDoc(head string, cards []Card, today calendar.Date) doc.Doc {
	d := doc.Doc{Title: head}
	for _, c := range cards {
		d.Add(doc.Heading{Text: c.Title + " (" + strings.Join(c.KSBs, ", ") + ")"})
		for _, fact := range c.Facts {
			d.Add(doc.Item{Text: fact})
		}
		for _, x := range []struct{ name, text string }{
			{"New", c.Changed}, {"Authority", c.Authority}, {"Where", c.Where()}, {"In place of", c.Supersedes},
		} {
			if x.text != "" {
				d.Add(doc.Para{Text: x.name + ": " + x.text})
			}
		}
		d.Add(doc.Para{Text: words.Capital(c.Checks(today)) + "."})
	}
	return d
}
