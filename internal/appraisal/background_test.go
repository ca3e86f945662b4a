package appraisal_test

import (
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/profile"
)

// The background of a KSB gives days. A mentor's rating is in it only once the learner may see it, and an agreement
// replaces it.
func TestBackgroundOfAKSB(t *testing.T) {
	p := blank("Sam")
	of := func() appraisal.Background { return appraisal.BackgroundOf(p, lib.Scale(), "K7", today) }
	if of() != (appraisal.Background{}) {
		t.Errorf("of nothing: %+v", of())
	}
	was := profile.Rate{KSB: "K7", By: profile.Self, Level: 1, On: days(-90), Note: new(text("found by me"))}
	p = apply(t, p, was,
		profile.AddEvidence{Evidence: profile.Evidence{
			ID: "e-1", KSBs: []string{"K7"}, On: days(-80), Kind: "example", Title: text("the probe"),
		}},
		profile.AddEvidence{Evidence: profile.Evidence{
			ID: "e-2", KSBs: []string{"K7"}, On: days(-60), Kind: "example", Title: text("the plan"),
		}},
		profile.CloseRound{On: days(-50)}, profile.OpenRound{On: days(-10)},
		profile.Rate{KSB: "K7", By: profile.Mentor, Level: 2, On: days(-9), Who: text("J. Ode")})
	want := appraisal.Background{
		Note: "24 Aug: found by me", Evidence: "2 examples, the newest on 23 Sep: the plan",
	}
	if of() != want {
		t.Errorf("while the mentor's is covered:\n%+v\n%+v", of(), want)
	}
	p = apply(t, p, profile.Reveal{On: days(-8)})
	if want.Mentor = "J. Ode on 13 Nov: 2 Supported"; of() != want {
		t.Errorf("once they have looked:\n%+v\n%+v", of(), want)
	}
	p = apply(t, p, profile.Rate{KSB: "K7", By: profile.Self, Level: 3, On: days(-7)},
		profile.Agree{KSB: "K7", Level: 2, Reason: text("names the checks"), On: days(-6), Who: text("J. Ode")})
	want.Mentor, want.Agreed = "", "2 with J. Ode on 16 Nov: names the checks"
	if of() != want {
		t.Errorf("once it is agreed:\n%+v\n%+v", of(), want)
	}
}
