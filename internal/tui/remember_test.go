package tui

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
)

// When a goal is parked between two reviews, the program asks what becomes of its open actions, and the next review
// still asks about those that the last one set.
func TestAnActionIsAskedAboutAlthoughItsGoalWasParked(t *testing.T) {
	t.Parallel()
	p := demoProfile()
	g := p.Goals[slices.IndexFunc(p.Goals, func(g profile.Goal) bool { return g.Status == profile.GoalActive && len(g.OpenActions()) > 0 })]
	set := g.OpenActions()[0]
	last, _ := p.LastReview()
	i := slices.IndexFunc(p.Reviews, func(r profile.Review) bool { return r.ID == last.ID })
	p.Reviews = slices.Clone(p.Reviews[:i+1])
	p.Reviews[i].Actions = []string{set.ID}
	r := newRig(t, p, 80, 24)
	r.keys("/")
	r.text(g.KSBs[0])
	r.keys("tab", "p", "x")
	r.sees("still open")
	r.keys("down", "enter")
	r.sees("What becomes of its open actions?", "They wait with it")
	r.keys("enter")
	r.text("After the move")
	r.keys("enter")
	if now, _ := r.onDisk().Goal(g.ID); now.Status != profile.GoalParked || len(now.OpenActions()) != len(g.OpenActions()) {
		t.Fatalf("the goal: %+v\n%s", now, r.screen())
	}
	if !slices.ContainsFunc(r.onDisk().ToCheck(), func(a profile.Action) bool { return a.ID == set.ID }) {
		t.Errorf("%s is not asked about", set.ID)
	}
	r.keys("esc", "esc", "esc", "esc", "a", "m", "home", "enter", "enter", "enter", "ctrl+s")
	review, open := r.onDisk().OpenReview()
	if !open || !slices.ContainsFunc(r.onDisk().Unchecked(review), func(a profile.Action) bool { return a.ID == set.ID }) {
		t.Errorf("the review does not ask: %+v\n%s", review.Checked, r.screen())
	}
}

// The next Prepare begins with what was left as "we differ" and what was agreed in words. Two keys answer each, and the
// record of the review says what came of them.
func TestPrepareAsksAboutWhatWasLeft(t *testing.T) {
	t.Parallel()
	p := *demoProfile()
	at := slices.IndexFunc(p.Rounds, func(r profile.Round) bool { return r.ID == "review-1" })
	day := p.Rounds[at].Closed
	round := &p.Rounds[at]
	round.Ratings = maps.Clone(round.Ratings)
	round.Ratings[profile.Self] = maps.Clone(round.Ratings[profile.Self])
	round.Ratings[profile.Mentor] = maps.Clone(round.Ratings[profile.Mentor])
	round.Ratings[profile.Self]["S6"] = profile.Rating{Level: 2, On: day}
	round.Ratings[profile.Mentor]["S6"] = profile.Rating{Level: 1, On: day, By: safetext.New("J. Ode")}
	delete(round.Ratings[profile.Agreed], "S6")
	round.Others = nil
	round.Differ = map[string]profile.Differ{"S6": {On: day, Note: safetext.New("see her on artefact with two more traces")}}
	r := newRig(t, &p, 80, 24)
	r.keys("a", "a", "home")
	r.sees("Last time", "S6", "you 2, J. Ode 1: see her on artefact", "Teaching first, since a new starter")
	for !strings.Contains(r.screen(), "▸ Last time") {
		r.keys("down")
	}
	r.keys("down", "enter") // what was agreed in words comes first
	r.sees("What came of it?", "You 2, J. Ode 1: see her on artefact with two more traces")
	r.keys("1")
	r.sees("Done. The next one?")
	r.keys("enter", "2")
	r.sees("Not done. Nothing else is left to answer; 2 actions are")
	if left := r.onDisk().Unanswered(); len(left) != 0 || len(r.onDisk().Answered) != 2 {
		t.Fatalf("on disk: %+v", r.onDisk().Answered)
	}
	r.keys("m", "home", "enter", "enter", "enter", "ctrl+s")
	review, open := r.onDisk().OpenReview()
	if !open {
		t.Fatalf("no review is open\n%s", r.screen())
	}
	record := appraisal.Record(r.onDisk(), r.a.s.Standard(), review)
	for _, want := range []string{"What came of what was left last time", "see her on artefact with two more traces. Done.", "Not done."} {
		if !strings.Contains(record, want) {
			t.Errorf("the record does not say %q:\n%s", want, record)
		}
	}
}
