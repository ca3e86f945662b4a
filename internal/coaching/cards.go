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

// Status says what stands behind a fact card.
type Status string

// The statuses of a card. What is changing is looked at again whatever its date says.
const (
	Sourced  Status = "sourced"  // its source itself was read
	General  Status = "general"  // only general knowledge: to be confirmed
	Changing Status = "changing" // it was read, and is known to be on the move
)

// Statuses lists them.
var Statuses = []Status{Sourced, General, Changing}

// Card is a dated fact with its authority.
type Card struct {
	ID         string        `toml:"id"`
	Duties     []int         `toml:"duties"`
	KSBs       []string      `toml:"ksbs"`
	Title      string        `toml:"title"`
	Authority  string        `toml:"authority"`
	Facts      []string      `toml:"facts"`
	URL        string        `toml:"url"`        // where to open it; "" where no address was found
	Locator    string        `toml:"locator"`    // the section, regulation or page in it
	Status     Status        `toml:"status"`     // "" in a card of the learner's own that says none
	Changed    string        `toml:"changed"`    // what is new, in a sentence; "" where nothing is
	Since      calendar.Date `toml:"-"`          // since when that is so
	Supersedes string        `toml:"supersedes"` // what it takes the place of
	Fields     []string      `toml:"fields"`     // IDs of the specialisms it matters to most; none: all
	Checked    calendar.Date `toml:"-"`
	ReviewBy   calendar.Date `toml:"-"`
	Confirm    bool          `toml:"confirm"` // only general knowledge stands behind it
}

// Stale says whether a card should have been looked at again by a day.
func (c Card) Stale(today calendar.Date) bool { return c.ReviewBy.Before(today) }

// LookAgain says whether a card is to be looked at again: its date is past, or what it says is changing.
func (c Card) LookAgain(today calendar.Date) bool { return c.Status == Changing || c.Stale(today) }

// Where is the place in the source and its address, as far as they are known.
func (c Card) Where() string {
	if c.Locator != "" && c.URL != "" {
		return c.Locator + ": " + c.URL
	}
	return c.Locator + c.URL
}

// News are the cards that have changed since a day and serve one of the KSBs, but for those that were told before.
func News(cards []Card, ksbs []string, since calendar.Date, told []string) []Card {
	return lists.Where(cards, func(c Card) bool {
		serves := slices.ContainsFunc(c.KSBs, func(id string) bool { return slices.Contains(ksbs, id) })
		return serves && c.Changed != "" && !c.Since.Before(since) && !slices.Contains(told, c.Edition())
	})
}

// Edition names a card as it is now, so that a later change of the same card is told again.
func (c Card) Edition() string { return c.ID + "@" + c.Since.String() }

// day is the calendar day of a time, and no date where none was given.
func day(t time.Time) calendar.Date {
	if t.IsZero() {
		return calendar.Date{}
	}
	return calendar.FromTime(t)
}

// DecodeCards reads the fact cards of one duty, or with 0 those of any, which name their duties themselves. The same
// keys do for a learner's own file.
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
			return nil, fmt.Errorf("fact %q: the status is sourced, general or changing, and not %q", x.ID, x.Status)
		}
		if duty > 0 {
			x.Duties = []int{duty}
		}
		x.Card.Since, x.Card.Checked, x.Card.ReviewBy = day(x.Since), day(x.Checked), day(x.ReviewBy)
		cards[i] = x.Card
	}
	return cards, nil
}

// Checks says when a card was checked, when to look again, and what else to know before relying on it.
func (c Card) Checks(today calendar.Date) string {
	says := "checked " + c.Checked.Long() + ", look again by " + c.ReviewBy.Long()
	if c.Stale(today) {
		says += " (past)"
	}
	if c.Confirm {
		says += "; confirm before relying on it"
	}
	if c.Status == Changing {
		says += "; changing"
	}
	return says
}

// CardsDoc is fact cards as a document.
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
