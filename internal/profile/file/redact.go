package file

import (
	"reflect"

	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/standard"
)

// Redact puts other texts in the place of some, each wherever it is, byte for byte. What a closed review says stays, since
// its check code is of that.
type Redact struct{ Texts map[string]string } // what is to stand there, by what stands there now

// Label is for undo.
func (c Redact) Label() string { return "changing what may name a patient" }

// Apply is as profile.Change says. It refuses where no text is in a place that may change.
func (c Redact) Apply(p profile.Profile, _ *standard.Standard) (profile.Profile, error) {
	after := p
	visit(&after, visitor{text: func(_ Place, x *safetext.Text) {
		if instead, ok := c.Texts[x.Raw()]; ok {
			*x = safetext.New(instead)
		}
	}})
	for i, r := range p.Reviews {
		if !r.Closed.IsZero() {
			after.Reviews[i] = r
		}
	}
	if reflect.DeepEqual(after, p) {
		return p, profile.Refuse("take it out of the file by hand, and tell those who have the record of that review",
			"that is only in a review that is closed, and a closed review stays as it is")
	}
	return after, nil
}
