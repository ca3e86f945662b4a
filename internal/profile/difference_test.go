package profile_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/profile/file"
)

func TestDifferences(t *testing.T) {
	const src = `format = 1
standard = "ST0413"
[learner]
name = "Asha"
[[goal]]
id = "g-old"
ksbs = ["K7"]
text = "Name the limits"
[[goal.action]]
id = "a-old"
text = "Read the manual"
`
	pause := profile.Pause{From: today.AddDays(-30), To: today.AddDays(-20)}
	note, none := text("seen"), text("")
	for _, c := range []struct {
		name    string
		changes []profile.Change
		want    []string
	}{
		{"nothing", nil, nil},
		{"a rating", []profile.Change{profile.Rate{KSB: "K7", By: profile.Self, Level: 2, On: today, Note: &note}}, []string{"added round baseline", "added rating K7 level=2 note=seen rater=self round=baseline reason=<nil>"}},
		{"a target", []profile.Change{profile.SetTarget{KSB: "S17", Level: 4, Default: 3}}, []string{"added target S17 level=4 ksb=S17"}},
		{"a goal", []profile.Change{newGoal("g-new", nil)}, []string{"added goal g-new why=<nil>"}},
		{"an action of a goal that is there", []profile.Change{profile.AddAction{Goal: "g-old", Action: profile.Action{ID: "a-new", Sort: profile.Study, Text: note}}}, []string{"added action a-new goal=g-old text=seen due=<nil>"}},
		{"the end of an action", []profile.Change{profile.SetActionStatus{ID: "a-old", Status: profile.ActionDone, On: today}}, []string{"changed action a-old status=done closed=" + today.String()}},
		{"the end of a goal", []profile.Change{profile.SetGoalStatus{ID: "g-old", Status: profile.GoalDone, On: today, Actions: profile.ActionOpen}}, []string{"changed goal g-old status=done"}},
		{"a pause", []profile.Change{profile.AddPause{Pause: pause}}, []string{"added pause  from=" + pause.From.String()}},
		{"details", []profile.Change{profile.SetLearner{Learner: profile.Learner{Name: text("Asha"), Role: note}}}, []string{"changed learner  role=seen start=<nil>"}},
		{"a note that goes", []profile.Change{
			profile.Rate{KSB: "K7", By: profile.Self, Level: 2, On: today, Note: &note}, profile.Rate{KSB: "K7", By: profile.Self, Level: 3, On: today, Note: &none},
		}, []string{"added round baseline", "added rating K7 level=3 note=<nil>"}},
	} {
		before := decode(t, src).Profile
		after := mustApply(t, before, c.changes...)
		got, err := file.Differences(before, after)
		if err != nil || len(got) != len(c.want) {
			t.Errorf("%s: %+v, %v", c.name, got, err)
			continue
		}
		for i, want := range c.want {
			words := strings.SplitN(want, " ", 3)
			id, keys, _ := strings.Cut(words[2], " ")
			if got[i].Change != words[0] || got[i].Type != words[1] || got[i].ID != id {
				t.Errorf("%s: %+v, want %s", c.name, got[i], want)
			}
			for _, pair := range strings.Fields(keys) {
				key, value, _ := strings.Cut(pair, "=")
				if x, ok := got[i].Keys[key]; !ok || fmt.Sprint(x) != value {
					t.Errorf("%s: %s is %v, %v, want %s", c.name, key, x, ok, value)
				}
			}
		}
	}
	before := decode(t, src).Profile
	gone, err := file.Differences(before, profile.Profile{Standard: before.Standard, Learner: before.Learner})
	if err != nil || len(gone) != 1 || gone[0].Change != "removed" || gone[0].ID != "g-old" || !reflect.DeepEqual(gone[0].Keys["ksbs"], []any{"K7"}) {
		t.Errorf("%+v, %v", gone, err)
	}
}
