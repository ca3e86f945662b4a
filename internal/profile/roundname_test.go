package profile_test

import (
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/profile"
)

// IDs that the program gave to rounds are said as words; any other ID is said as it is.
func TestRoundName(t *testing.T) {
	for id, want := range map[string]string{
		"baseline": "baseline", "review-2": "review 2", "review-12": "review 12", "review-k": "review-k", "review-2b": "review-2b",
		"Spring-review-2": "Spring-review-2", "a\x1b[2J": "a\uFFFD[2J",
	} {
		if got := profile.RoundName(id); got != want {
			t.Errorf("%q is %q, want %q", id, got, want)
		}
	}
}
