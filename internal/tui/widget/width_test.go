package widget

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// Where plainWidth measures a text, it gives what the library gives, whatever else is in the text.
func TestPlainWidthAgreesWithTheLibrary(t *testing.T) {
	var pieces []string
	for r := rune(0); r < 0x3000; r++ {
		if utf8.ValidRune(r) {
			pieces = append(pieces, string(r))
		}
	}
	pieces = append(pieces, "\x1b[1m", "\x1b[38;5;12m", "\x1b[4:3m", "\x1b[m", "\x1b[2J", "\x1b]8;;x\a", "\x1b[", "\x1b", "\xff", "e\u0301",
		"\U0001F469\u200D\U0001F52C", "\U0001F1EC\U0001F1E7", "\u200D", "\uFE0F", "漢", "\U0001F600")
	taken := 0
	check := func(s string) {
		n, ok := plainWidth(s)
		if !ok {
			return
		}
		taken++
		if want := ansi.StringWidth(s); n != want {
			t.Fatalf("%q: %d cells, the library says %d", s, n, want)
		}
	}
	for _, p := range pieces {
		check(p)
		check("a" + p + "b")
	}
	if taken < 900 {
		t.Errorf("only %d texts were measured by plainWidth", taken)
	}
	taken = 0
	short := make([]string, 0, len(pieces))
	for _, p := range pieces {
		if _, ok := plainWidth(p); ok {
			short = append(short, p)
		}
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range 20_000 {
		var b strings.Builder
		for range random.IntN(6) + 1 {
			from := short
			if random.IntN(12) == 0 {
				from = pieces
			}
			b.WriteString(from[random.IntN(len(from))])
		}
		check(b.String())
	}
	if taken < 5000 {
		t.Errorf("only %d of 20,000 random texts were measured by plainWidth", taken)
	}
}
