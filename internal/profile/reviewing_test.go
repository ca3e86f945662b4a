package profile_test

import (
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/library"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
)

func TestInAReviewAnOldActionKeepsItsWordsUntilChecked(t *testing.T) {
	std := library.New().Standard(library.Default)
	day := calendar.Of(2026, 11, 22)
	p := profile.Profile{Standard: "ST0413", Goals: []profile.Goal{{
		ID: "g-1", KSBs: []string{"K7"}, Text: safetext.New("goal"), Status: profile.GoalActive,
		Actions: []profile.Action{{ID: "a-1", Sort: profile.Study, Text: safetext.New("old"), Status: profile.ActionOpen}},
	}}}
	must := func(c profile.Change) {
		t.Helper()
		q, err := c.Apply(p, std)
		if err != nil {
			t.Fatal(err)
		}
		p = q
	}
	words, due := safetext.New("wholly new"), day.AddDays(7)
	must(profile.StartReview{ID: "r-1", On: day, Kind: profile.ReviewProgress, With: []safetext.Text{safetext.New("J")}})
	if _, err := (profile.EditAction{ID: "a-1", Text: &words}).Apply(p, std); err == nil {
		t.Error("an action of last time was reworded before it was checked")
	}
	must(profile.EditAction{ID: "a-1", Due: &due}) // its date may move
	must(profile.CheckAction{Review: "r-1", Action: "a-1", Outcome: profile.ActionChanged, Reason: safetext.New("unit moved"), On: day})
	must(profile.EditAction{ID: "a-1", Text: &words})
}

func TestAgreeingNeedsAnOpenRound(t *testing.T) {
	std := library.New().Standard(library.Default)
	day := calendar.Of(2026, 11, 22)
	p := profile.Profile{Standard: "ST0413", Rounds: []profile.Round{{ID: "baseline", Opened: day, Closed: day}}}
	if _, err := (profile.Agree{KSB: "K7", Level: 2, Reason: safetext.New("late"), On: day}).Apply(p, std); err == nil {
		t.Error("agreeing after the close opened a round unasked")
	}
}
