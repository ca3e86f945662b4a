package privacy_test

import (
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/library"
	"github.com/ksbcoach/ksbcoach/internal/longrecord"
	"github.com/ksbcoach/ksbcoach/internal/privacy"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
)

// The cost of the guard at the end of three years: after each text that is saved, and for the whole record.
func BenchmarkGuard(b *testing.B) {
	std := library.New().Standard(library.Default)
	before := longrecord.Make(std, calendar.Of(2026, 11, 22))
	after, err := profile.AddEvidence{Evidence: profile.Evidence{
		ID: "e-new", KSBs: []string{"K7"}, On: before.Evidence[0].On, Title: safetext.New("Rang Mrs Zebedee 943 476 5919 about it"),
		Kind: profile.KindExample,
	}, Today: calendar.Of(2026, 11, 22)}.Apply(before, std)
	if err != nil {
		b.Fatal(err)
	}
	b.Run("a text", func(b *testing.B) {
		for b.Loop() {
			if len(privacy.OfChange(before, after)) != 2 {
				b.Fatal("not found")
			}
		}
	})
	b.Run("all", func(b *testing.B) {
		for b.Loop() {
			privacy.OfRecord(after)
		}
	})
}
