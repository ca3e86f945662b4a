package cli

import (
	"errors"
	"fmt"
	"path/filepath"

	"github.com/BurntSushi/toml"

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

// decodeOverlay reads cards strictly, as those of the seeds are read, since a misspelt key would be silence.
func decodeOverlay(src []byte) ([]coaching.Card, error) {
	doc, err := tomledit.Parse(src, tomledit.ProfileLimits)
	if err != nil {
		return nil, err
	}
	cards, err := coaching.DecodeCards(string(src), 0)
	var parse toml.ParseError
	switch {
	case errors.As(err, &parse):
		return nil, fmt.Errorf("line %d: %s", parse.Position.Line, parse.Message)
	case err != nil:
		return nil, err
	}
	for i, c := range cards {
		if err := checkCard(c); err != nil {
			pos, _ := doc.Pos("fact", i)
			return nil, fmt.Errorf("line %d: %w", pos.Line, err)
		}
	}
	return cards, nil
}

// checkCard refuses a card that could not be shown; those of the seeds have a linter of their own.
func checkCard(c coaching.Card) error {
	switch {
	case c.ID == "":
		return errors.New("a card has no id")
	case c.Title == "" || c.Authority == "" || len(c.Facts) == 0:
		return fmt.Errorf("the card %q needs title, authority and facts", c.ID)
	case c.Checked.IsZero() || c.ReviewBy.IsZero():
		return fmt.Errorf("the card %q needs the dates checked and review_by", c.ID)
	}
	for _, id := range c.KSBs {
		if _, _, ok := standard.SplitCode(id); !ok {
			return fmt.Errorf("the card %q names %q, which is no code such as K7", c.ID, id)
		}
	}
	return nil
}
