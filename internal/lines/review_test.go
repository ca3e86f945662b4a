package lines

import (
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
)

// planned is rated with a goal that has one open action.
func planned() profile.Profile {
	p := rated()
	next, err := profile.AddGoal{Goal: profile.Goal{
		ID: "g-1", KSBs: []string{"K2"}, Text: safetext.New("Explain it"), Status: profile.GoalActive, Set: today,
		Actions: []profile.Action{{
			ID: "a-1", Sort: profile.Practise, Text: safetext.New("Read the policy"), Status: profile.ActionOpen,
			Due: calendar.Of(2027, 1, 4),
		}},
	}, Today: today}.Apply(p, lib.Standard(p.Standard))
	if err != nil {
		panic(err)
	}
	return next
}

// held is the answers that hold a review up to its last part.
var held = []string{
	"5", "7", "1", "J. Ode", "", // a progress review of today, with her
	"1", "1", "1", "1", // what went well, what others saw
	"1", "1", "read it aloud", "", // the action is done, back to the meeting
}

// closed is the answers that close it.
var closed = []string{
	"3",                                             // close
	"1", "2", "2", "1", "say each aim", "ask first", // partly, partly, yes, and what the advice asks
	"3", "28 Feb 2027", // the next one
	"4", "1", "", // wellbeing is included
	"5", "6", "1", // hear the record, close it with its round
}

func TestAReviewIsHeldAndClosed(t *testing.T) {
	t.Parallel()
	r := newRoom(t, planned())
	said := r.talk(append(append(held, closed...), "quit")...)
	p := r.profile()
	v, ok := p.LastReview()
	if !ok {
		t.Fatalf("no review is closed:\n%s", said)
	}
	if v.Kind != profile.ReviewProgress || len(v.With) != 1 || v.With[0].Line() != "J. Ode" {
		t.Errorf("%v with %v", v.Kind, v.With)
	}
	if !v.HasTicked(profile.TalkWell) || !v.HasTicked(profile.TalkSeen) || !v.Shares(profile.ShareWellbeing) {
		t.Errorf("talked %v, shared %v", v.Talked, v.Share)
	}
	if v.Clear != "partly" || v.Helped != "partly" || v.Valued != "yes" || v.Next != calendar.Of(2027, 2, 28) {
		t.Errorf("%q %q %q, next %s", v.Clear, v.Helped, v.Valued, v.Next)
	}
	if got := v.Agreed.String(); got != "Objectives: say each aim\nDifferently next week: ask first" {
		t.Errorf("agreed: %q", got)
	}
	if a, _, _ := p.Action("a-1"); a.Status != profile.ActionDone || a.Note.Line() != "read it aloud" {
		t.Errorf("action: %+v", a)
	}
	if v.Hash == "" || appraisal.Changed(p, lib.Standard(p.Standard), v) != "" {
		t.Errorf("hash %q", v.Hash)
	}
	r.says(said, "The review is open. Saved.", "1 action of last time to check.", "Differently next week: ask first",
		"The review is closed. Saved.", "Check code: ")
	if code := strings.ReplaceAll(appraisal.Code(v.Hash), " ", ""); !strings.Contains(strings.ReplaceAll(said, " ", ""), code) {
		t.Errorf("the code %s is not read out", code)
	}
}

func TestAReviewIsNotClosedBeforeLastTimeIsAnswered(t *testing.T) {
	t.Parallel()
	r := newRoom(t, planned())
	said := r.talk(append(held[:5:5], "3", "6", "5", "back", "back", "quit")...) // not due yet: it goes on
	p := r.profile()
	v, open := p.OpenReview()
	if !open || len(v.Checked) != 1 || v.Checked[0].Outcome != profile.ActionChanged || v.Checked[0].Next == "" {
		t.Errorf("%+v\n%s", v, said)
	}
	r.says(said, "1 action of last time comes first", "Kept, and the action that takes its place is set.")
}

func TestAReviewStartedByMistakeIsTakenBack(t *testing.T) {
	t.Parallel()
	r := newRoom(t, planned())
	r.talk(append(held[:5:5], "5", "yes", "quit")...)
	if p := r.profile(); len(p.Reviews) > 0 {
		t.Errorf("%+v", p.Reviews)
	}
}

func TestPrivateNotesAreOnlyOpenedWhenChosen(t *testing.T) {
	t.Parallel()
	p := planned()
	p.Prepared.Wellbeing = safetext.New("tired of nights")
	r := newRoom(t, p)
	said := r.talk(append(append(held, closed[:1]...), "5", "back", "2", "7", "2", "quit")...)
	if strings.Contains(said, "tired of nights") {
		t.Errorf("a private note is read out:\n%s", said)
	}
	v, _ := r.profile().OpenReview()
	if !v.HasTicked(profile.TalkSupport) || v.Wellbeing.Line() != "tired of nights" {
		t.Errorf("%+v", v)
	}
}
