package cli

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"time"

	"github.com/BurntSushi/toml"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/store"
	"github.com/ksbcoach/ksbcoach/internal/tomledit"
)

// overlayFile is where a learner or a department corrects or adds fact cards.
const overlayFile = "facts.toml"

const overlayHint = "ksbcoach standard facts --json shows the keys of a card; correct the file, or take it away"

// overlay lays the learner's own fact cards over ours, where there are any.
func (k *kit) overlay(places store.Places) error {
	path := filepath.Join(places.Config, overlayFile)
	file, err := store.Load(store.OS(), path, int64(tomledit.ProfileLimits.Size))
	if errors.Is(err, store.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	cards, err := decodeOverlay(file.Bytes())
	if err != nil {
		return &hinted{fmt.Errorf("%s: %w", path, err), overlayHint}
	}
	k.library.Overlay(cards)
	return nil
}

// overlayOrWarn is for commands that can do without: a mistake in the file is said, and our own cards are used.
func (k *kit) overlayOrWarn() {
	places, err := store.FindPlaces(store.OS(), k.env.Places)
	if err != nil {
		return // without a home folder there is no file of one's own
	}
	if err := k.overlay(places); err != nil {
		k.warn(err.Error() + "; the built-in fact cards are used")
	}
}

type overlayCard struct {
	ID         string          `toml:"id"`
	Duties     []int           `toml:"duties"`
	KSBs       []string        `toml:"ksbs"`
	Title      string          `toml:"title"`
	Authority  string          `toml:"authority"`
	Facts      []string        `toml:"facts"`
	URL        string          `toml:"url"`
	Locator    string          `toml:"locator"`
	Status     coaching.Status `toml:"status"`
	Changed    string          `toml:"changed"`
	Since      time.Time       `toml:"since"`
	Supersedes string          `toml:"supersedes"`
	Fields     []string        `toml:"fields"`
	Checked    time.Time       `toml:"checked"`
	ReviewBy   time.Time       `toml:"review_by"`
	Confirm    bool            `toml:"confirm"`
}

// decodeOverlay reads cards strictly, as those of the seeds are read, since a misspelt key would be silence.
func decodeOverlay(src []byte) ([]coaching.Card, error) {
	doc, err := tomledit.Parse(src, tomledit.ProfileLimits)
	if err != nil {
		return nil, err
	}
	var f struct {
		Fact []overlayCard `toml:"fact"`
	}
	md, err := toml.Decode(string(src), &f)
	var parse toml.ParseError
	switch {
	case errors.As(err, &parse):
		return nil, fmt.Errorf("line %d: %s", parse.Position.Line, parse.Message)
	case err != nil:
		return nil, err
	case len(md.Undecoded()) > 0:
		return nil, fmt.Errorf("unknown key %q", md.Undecoded()[0].String())
	}
	cards := make([]coaching.Card, len(f.Fact))
	for i, c := range f.Fact {
		if err := c.check(); err != nil {
			pos, _ := doc.Pos("fact", i)
			return nil, fmt.Errorf("line %d: %w", pos.Line, err)
		}
		cards[i] = coaching.Card{
			ID: c.ID, Duties: c.Duties, KSBs: c.KSBs, Title: c.Title, Authority: c.Authority, Facts: c.Facts,
			URL: c.URL, Locator: c.Locator, Status: c.Status, Changed: c.Changed, Since: dayOf(c.Since), Supersedes: c.Supersedes, Fields: c.Fields,
			Checked: calendar.FromTime(c.Checked), ReviewBy: calendar.FromTime(c.ReviewBy), Confirm: c.Confirm,
		}
	}
	return cards, nil
}

// dayOf is the day of a time, and no date where none was given.
func dayOf(t time.Time) calendar.Date {
	if t.IsZero() {
		return calendar.Date{}
	}
	return calendar.FromTime(t)
}

func (c overlayCard) check() error {
	switch {
	case c.ID == "":
		return errors.New("a card has no id")
	case c.Title == "" || c.Authority == "" || len(c.Facts) == 0:
		return fmt.Errorf("the card %q needs title, authority and facts", c.ID)
	case c.Checked.IsZero() || c.ReviewBy.IsZero():
		return fmt.Errorf("the card %q needs the dates checked and review_by", c.ID)
	}
	if c.Status != "" && !slices.Contains(coaching.Statuses, c.Status) {
		return fmt.Errorf("the card %q has the status %q: say sourced, general or changing", c.ID, string(c.Status))
	}
	for _, id := range c.KSBs {
		if _, _, ok := standard.SplitCode(id); !ok {
			return fmt.Errorf("the card %q names %q, which is no code such as K7", c.ID, id)
		}
	}
	return nil
}
