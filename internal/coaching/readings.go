package coaching

import (
	"fmt"

	"github.com/ksbcoach/ksbcoach/internal/doc"
)

// Reading is something open to all that is worth reading for a KSB or a theory, and the question to read it with.
type Reading struct {
	ID       string   `toml:"id"`
	KSBs     []string `toml:"ksbs"`
	Theories []string `toml:"theories"` // IDs of the theories it is about
	Cite     string   `toml:"cite"`     // in full: who, when, what, where
	URL      string   `toml:"url"`      // "" where no open address was found
	Minutes  int      `toml:"minutes"`  // for the part that the question needs
	Question string   `toml:"question"`
}

// ReadingsHead is the heading above readings.
const ReadingsHead = "To read, open to all"

// DecodeReadings reads the readings of a standard.
func DecodeReadings(src string) ([]Reading, error) {
	var f struct {
		Reading []Reading `toml:"reading"`
	}
	err := decode(src, &f)
	return f.Reading, err
}

// ReadingsDoc is readings as a document, each with the question to read it with.
func ReadingsDoc(all []Reading) doc.Doc {
	d := doc.Doc{Title: ReadingsHead}
	for _, x := range all {
		d.Add(doc.Item{Text: x.Cite})
		if x.URL != "" {
			d.Add(doc.Para{Depth: 1, Text: x.URL})
		}
		d.Add(doc.Para{Depth: 1, Text: fmt.Sprintf("%d min: %s", x.Minutes, x.Question)})
	}
	return d
}
