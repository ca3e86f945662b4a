package tomledit

import (
	"fmt"
	"strings"
	"testing"
)

// profileOf is a profile of about size bytes: rounds of ratings and evidence.
func profileOf(size int) string {
	var b strings.Builder
	b.WriteString("format = 1\nstandard = \"ST0413\"\n\n[learner]\nname = \"Asha Patel\"\n")
	for round := 0; b.Len() < size; round++ {
		fmt.Fprintf(&b, "\n[[round]]\nid = \"review-%d\"\nopened = 2025-09-20\n[round.self]\n", round)
		for ksb := 1; ksb <= 33; ksb++ {
			fmt.Fprintf(&b, "K%d = { level = %d, on = 2025-09-20, note = \"Seen on the ward, day %d\" } # kept\n", ksb, ksb%5, ksb)
			fmt.Fprintf(&b, "S%d = { level = %d, on = 2025-09-21 }\n", ksb, ksb%5)
		}
		for e := range 10 {
			fmt.Fprintf(&b, "\n[[evidence]]\nid = \"e-%d-%d\"\nksbs = [\"K7\", \"S%d\"]\non = 2026-08-14\ntitle = \"Probe fault log\"\n", round, e, e+1)
		}
	}
	return b.String()
}

func BenchmarkCheck290kB(b *testing.B) {
	src := []byte(profileOf(290_000))
	b.SetBytes(int64(len(src)))
	for b.Loop() {
		if err := Check(src, ProfileLimits); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkParse30kB(b *testing.B)  { benchmarkParse(b, 30_000) }
func BenchmarkParse290kB(b *testing.B) { benchmarkParse(b, 290_000) }

func benchmarkParse(b *testing.B, size int) {
	src := []byte(profileOf(size))
	b.SetBytes(int64(len(src)))
	for b.Loop() {
		if _, err := Parse(src, ProfileLimits); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkSet30kB(b *testing.B)  { benchmarkSet(b, 30_000) }
func BenchmarkSet290kB(b *testing.B) { benchmarkSet(b, 290_000) }

// benchmarkSet rates K7 anew and then in place, two edits in turn.
func benchmarkSet(b *testing.B, size int) {
	d, err := Parse([]byte(profileOf(size)), ProfileLimits)
	if err != nil {
		b.Fatal(err)
	}
	round := d.Len("round") - 1
	for i := 0; b.Loop(); i++ {
		w := d.clone()
		key := "K7"
		if i%2 == 0 {
			key = "A1"
		}
		if err := w.Set(Inline(NewTable().Set("level", Int(4))), natural, "round", round, "self", key); err != nil {
			b.Fatal(err)
		}
	}
}
