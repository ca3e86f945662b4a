package plan

import (
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
)

func TestAReasonIsAskedForUnlessAllIsDone(t *testing.T) {
	for _, c := range []struct {
		to   profile.SetGoalStatus
		want bool
	}{
		{profile.SetGoalStatus{Status: profile.GoalActive}, false},
		{profile.SetGoalStatus{Status: profile.GoalDone}, false},
		{profile.SetGoalStatus{Status: profile.GoalDone, Actions: profile.ActionDone}, false},
		{profile.SetGoalStatus{Status: profile.GoalDone, Actions: profile.ActionDropped}, true},
		{profile.SetGoalStatus{Status: profile.GoalParked, Actions: profile.ActionOpen}, true},
		{profile.SetGoalStatus{Status: profile.GoalDropped}, true},
	} {
		if got := WantsReason(c.to); got != c.want {
			t.Errorf("%s with actions %q: %v", c.to.Status, c.to.Actions, got)
		}
	}
}

func TestActionsForLeavesOutWhatTheGoalHas(t *testing.T) {
	action := func(sort profile.Sort, text string) coaching.Action { return coaching.Action{Sort: sort, Text: text} }
	coach := func(ksb string) (coaching.Entry, bool) {
		return coaching.Entry{Actions: []coaching.Action{
			action("study", "read"), action("people", "ask"), action("practise", "try"), action("practise", "again"),
		}}, ksb == "K1"
	}
	g := profile.Goal{KSBs: []string{"K1", "K2"}, Actions: []profile.Action{{Text: safetext.New("try")}}}
	var got []string
	for _, a := range ActionsFor(g, &gap.Report{}, coach) {
		got = append(got, a.Text)
	}
	if len(got) != 3 || got[0] != "again" || got[1] != "ask" || got[2] != "read" {
		t.Errorf("got %v", got)
	}
}
