package profile_test

import (
	"os"
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/library"
	"github.com/ksbcoach/ksbcoach/internal/profile/file"
)

// People copy the example in the README, so it must be valid.
func TestREADMEExampleIsValid(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, ok := strings.Cut(string(readme), "```toml\n")
	example, _, closed := strings.Cut(rest, "```")
	if !ok || !closed {
		t.Fatal("README.md has no TOML example")
	}
	f, err := file.Decode([]byte(example), library.New().Standard)
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range f.Notes {
		t.Errorf("line %d of the example: %s: %s", n.Pos.Line, n.Key, n.Msg)
	}
	if p := f.Profile; p.Ratings() != 7 || len(p.Goals) != 1 || len(p.Pauses) != 1 || p.Curve.IsZero() || p.Learner.ID == "" || len(p.Reflections) != 1 || p.Prepared.Empty() {
		t.Errorf("the example does not show every part: %+v", p)
	}
}
