package appraisal_test

import (
	"errors"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/library"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
)

var (
	lib    = library.New()
	growth = lib.Growth(library.Default)
	std    = lib.Standard(library.Default)
	today  = calendar.Of(2026, 11, 22)
)

func coach(ksb string) (coaching.Entry, bool) { return lib.Entry(library.Default, ksb) }

func noCoach(string) (coaching.Entry, bool) { return coaching.Entry{}, false }

func title(ksb string) string { return lib.Title(library.Default, ksb) }

func asha() profile.Profile { return lib.Demo(today) }

func report(p profile.Profile) *gap.Report { return gap.Compute(std, lib.Scale(), p, today) }

// blank is a learner of whom nothing but the name is known.
func blank(name string) profile.Profile {
	return profile.Profile{Standard: std.Reference, Learner: profile.Learner{Name: text(name)}}
}

func text(s string) safetext.Text { return safetext.New(s) }

// days is a day counted from today.
func days(n int) calendar.Date { return today.AddDays(n) }

func rate(by profile.Rater, ksb string, l level.Level, on calendar.Date) profile.Change {
	return profile.Rate{KSB: ksb, By: by, Level: l, On: on, Reason: text("seen")}
}

type failer interface {
	Helper()
	Fatalf(format string, args ...any)
}

func apply(t failer, p profile.Profile, changes ...profile.Change) profile.Profile {
	t.Helper()
	for _, c := range changes {
		var err error
		if p, err = c.Apply(p, std); err != nil {
			t.Fatalf("%s: %v", c.Label(), err)
		}
	}
	return p
}

func refusal(t *testing.T, err error) string {
	t.Helper()
	var r *profile.Refusal
	if !errors.As(err, &r) || r.Why == "" {
		t.Fatalf("%v is no refusal with a hint", err)
	}
	return r.Msg
}
