package tui

import (
	"slices"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/profile"
)

// A goal is parked between two reviews: the program asks what becomes of its open actions, and the next review still asks
// about those that the last one set.
func TestAnActionIsAskedAboutAlthoughItsGoalWasParked(t *testing.T) {
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
	r.keys("esc", "esc", "esc", "esc", "a", "2", "home", "enter", "enter", "enter", "ctrl+s")
	review, open := r.onDisk().OpenReview()
	if !open || !slices.ContainsFunc(r.onDisk().Unchecked(review), func(a profile.Action) bool { return a.ID == set.ID }) {
		t.Errorf("the review does not ask: %+v\n%s", review.Checked, r.screen())
	}
}
