package appraisal

import (
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/safetext"
)

// A text that ends with a full stop does not get a second one.
func TestSentence(t *testing.T) {
	for line, want := range map[string]string{"done: Read it": "done: Read it. Well", "done: Read it.": "done: Read it. Well"} {
		if got := sentence(line, safetext.New("Well")); got != want {
			t.Errorf("%q", got)
		}
	}
	if got := sentence("done: Read it.", safetext.Text{}); got != "done: Read it." {
		t.Errorf("%q", got)
	}
}
