package cli

import (
	"errors"
	"slices"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/library"
	"github.com/ksbcoach/ksbcoach/internal/standard"
)

// A learner's own file of fact cards is refused, or its cards can be found and listed with ours.
func FuzzOverlay(f *testing.F) {
	for _, s := range []string{
		"", "\ufeff", "[[fact]]\n", "fact = 3\n", "[[fact]]\nid = \"K\"\nksbs = [\"\"]\n",
		"[[fact]]\nid = \"\\u001b\"\nmisspelt = 1\n",
		"[[fact]]\nid = \"x\"\ntitle = \"A\"\nauthority = \"B\"\nfacts = [\"C\"]\nksbs = [\"K7\"]\n" +
			"checked = 2026-01-01\nreview_by = 2027-01-01\n",
	} {
		f.Add([]byte(s))
	}
	lib := library.New()
	f.Fuzz(func(t *testing.T, src []byte) {
		cards, err := decodeOverlay(src)
		if err != nil {
			if err.Error() == "" {
				t.Fatal("it is refused without a word")
			}
			return
		}
		lib.Overlay(cards)
		all := lib.Cards(library.Default)
		for _, c := range cards {
			if !slices.ContainsFunc(all, func(x coaching.Card) bool { return x.ID == c.ID }) {
				t.Fatalf("the card %q is lost", c.ID)
			}
		}
	})
}

// A file with a standard, as published or in our TOML form, is refused with a message, or read; what was read is the
// same after writing and reading it again.
func FuzzStandard(f *testing.F) {
	std := library.New().Standard(library.Default)
	f.Add([]byte(std.Encode("note")))
	for _, s := range []string{
		"reference = \"ST1\"\n[[duty]]\nnumber = 1\n", "reference = \"\\u001b\"\n[[ksb]]\nid=\"K1\"\ntext=\"x\"",
		"# c\n", "Duty 1 X\nK1 S1 B1\nK1: x\nS1: y\nB1: z\n", "[ksb]\n",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		std, err := readStandard(src)
		if err != nil {
			var line *standard.LineError
			if errors.As(err, &line) && (line.Line < 1 || line.Msg == "") || standardHint(err) == "" {
				t.Fatalf("%v, %q", err, standardHint(err))
			}
			return
		}
		text := std.Encode("note")
		again, err := standard.Decode(text)
		if err != nil || again.Encode("note") != text {
			t.Fatalf("%v\n%s", err, text)
		}
	})
}
