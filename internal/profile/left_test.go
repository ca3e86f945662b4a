package profile_test

import (
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
)

// leaving is a learner whose last review left open a difference on S6 and something agreed in words.
func leaving() profile.Profile {
	then := today.AddDays(-60)
	return profile.Profile{
		Standard: "ST0413", Learner: profile.Learner{Name: text("Asha")},
		Rounds: []profile.Round{{
			ID: "baseline", Opened: then, Closed: then, Differ: map[string]profile.Differ{"S6": {On: then, Note: text("see her on artefact")}},
			Ratings: map[profile.Rater]map[string]profile.Rating{
				profile.Self: {"S6": {Level: 2, On: then}}, profile.Mentor: {"S6": {Level: 1, On: then, By: text("J. Ode")}},
			},
		}},
		Reviews: []profile.Review{{ID: "r-1", On: then, Closed: then, Round: "baseline", Agreed: text("Teaching first"), With: []safetext.Text{text("J. Ode")}, Next: today}},
	}
}

func closing(id string) profile.Change {
	return profile.CloseReview{ID: id, On: today, With: []safetext.Text{text("J. Ode")}, Next: today.AddMonths(3), Hash: "sha256:1"}
}

func TestLeftIsListedUntilAnswered(t *testing.T) {
	p := leaving()
	open := []profile.Left{{Review: "r-1", KSB: "S6", Outcome: profile.ActionOpen}, {Review: "r-1", Outcome: profile.ActionOpen}}
	same := func(what string, got, want []profile.Left) {
		t.Helper()
		if len(got) != len(want) {
			t.Fatalf("%s: %+v, want %+v", what, got, want)
		}
		for i := range got {
			if got[i] != want[i] {
				t.Errorf("%s: %+v, want %+v", what, got[i], want[i])
			}
		}
	}
	same("after the review", p.Unanswered(), open)
	// It can be answered without a review, and changed later.
	p = mustApply(t, p, profile.AnswerLeft{Review: "r-1", KSB: "S6", Outcome: profile.ActionNotDone, On: today},
		profile.AnswerLeft{Review: "r-1", KSB: "S6", Outcome: profile.ActionDone, Note: text("both clean"), On: today})
	said := profile.Left{Review: "r-1", KSB: "S6", Outcome: profile.ActionDone, Note: text("both clean"), On: today}
	same("answered", p.Left(), []profile.Left{said, open[1]})
	// The next review notes both, and what is unanswered is asked again after it.
	p = mustApply(t, p, profile.StartReview{ID: "r-2", On: today}, closing("r-2"))
	r, _ := p.Review("r-2")
	same("noted", r.Left, []profile.Left{said, open[1]})
	same("asked again", p.Left(), []profile.Left{open[1]})
	if len(p.Answered) != 0 {
		t.Errorf("still waiting: %+v", p.Answered)
	}
	mustRefuse(t, p, profile.AnswerLeft{Review: "r-1", KSB: "S6", Outcome: profile.ActionDone, On: today}, "the last review left nothing of the kind open")
	p = mustApply(t, p, profile.AnswerLeft{Review: "r-1", Outcome: profile.ActionDropped, On: today}, profile.StartReview{ID: "r-3", On: today}, closing("r-3"))
	same("all answered", p.Left(), nil)
}

func TestAgreeingLaterAnswersADifference(t *testing.T) {
	p := leaving()
	p.Rounds = append(p.Rounds, profile.Round{ID: "review-1", Opened: today, Ratings: map[profile.Rater]map[string]profile.Rating{profile.Agreed: {"S6": {Level: 2, On: today}}}})
	if left := p.Unanswered(); len(left) != 1 || left[0].KSB != "" {
		t.Errorf("%+v", left)
	}
}

func TestAnswerLeftTakesThreeOutcomes(t *testing.T) {
	p := leaving()
	for outcome, want := range map[profile.ActionStatus]string{
		profile.ActionOpen: `"open" does not say what came of it`, profile.ActionChanged: `"changed" does not say what came of it`, "": `"" does not say what came of it`,
	} {
		mustRefuse(t, p, profile.AnswerLeft{Review: "r-1", Outcome: outcome, On: today}, want)
	}
	mustRefuse(t, p, profile.AnswerLeft{Review: "r-1", Outcome: profile.ActionDone, On: calendar.Date{}}, "needs a date")
	mustRefuse(t, p, profile.AnswerLeft{Review: "r-1", KSB: "K7", Outcome: profile.ActionDone, On: today}, "nothing of the kind open")
}
