package tui

import (
	"os"
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/profile"
)

// newsOf returns the cards that the program would announce now.
func (r *rig) newsOf() []coaching.Card {
	r.tb.Helper()
	cmd := r.a.newsAfter(0)
	if cmd == nil {
		return nil
	}
	return cmd().(newsMsg).cards
}

// What changed in the facts behind the learner's goals is on Home until the program is left, and never again.
func TestNewsIsToldOnce(t *testing.T) {
	t.Parallel()
	p := demoProfile()
	for i, g := range p.Goals {
		if g.Status == profile.GoalActive {
			p.Goals[i].KSBs = []string{"K33"}
			break
		}
	}
	r := newRig(t, p, 80, 24)
	before, err := os.ReadFile(r.file)
	if err != nil {
		t.Fatal(err)
	}
	cards := r.newsOf()
	if len(cards) == 0 {
		t.Fatal("no card behind the sample learner's goals has changed")
	}
	goals := map[string]bool{}
	for _, g := range r.a.s.Profile().Goals {
		for _, id := range g.KSBs {
			goals[id] = goals[id] || g.Status == profile.GoalActive
		}
	}
	for _, c := range cards {
		serves := false
		for _, id := range c.KSBs {
			serves = serves || goals[id]
		}
		if !serves || c.Changed == "" || c.Since.Before(r.a.s.Profile().Learner.Start) {
			t.Errorf("%s is no news for these goals: %+v", c.ID, c)
		}
	}
	r.send(newsMsg{cards: cards})
	if frame := r.screen(); !strings.Contains(frame, "New facts: ") {
		t.Errorf("Home says nothing of it:\n%s", frame)
	}
	if again := r.newsOf(); len(again) != 0 {
		t.Errorf("told again: %+v", again)
	}
	if after, err := os.ReadFile(r.file); err != nil || string(after) != string(before) {
		t.Errorf("news changed the record (%v)", err)
	}
}

// Without an active goal there is nothing to look for, and an empty answer draws nothing.
func TestNoNewsWithoutGoals(t *testing.T) {
	t.Parallel()
	p := demoProfile()
	p.Goals = nil
	r := newRig(t, p, 80, 24)
	if r.a.newsAfter(0) != nil {
		t.Error("it looks for news of no goal")
	}
	frame := r.a.frame
	r.send(newsMsg{})
	if r.a.frame != frame {
		t.Error("news of nothing draws the screen anew")
	}
}

// The cards are read again only if the answer may be different: they take more memory than the rest of a start.
func TestNewsIsLookedForOncePerBuildAndGoals(t *testing.T) {
	t.Parallel()
	r := newRig(t, demoProfile(), 80, 24)
	cmd := r.a.newsAfter(0)
	if cmd == nil {
		t.Fatal("it is not looked for at all")
	}
	r.send(cmd())
	if r.a.newsAfter(0) != nil {
		t.Error("it is looked for again, with the same content and goals")
	}
	p := *demoProfile()
	p.Goals = []profile.Goal{{ID: "g-other", KSBs: []string{"K33"}, Text: text("Speak first"), Status: profile.GoalActive}}
	other := newRig(t, &p, 80, 24)
	other.a.s.SetNewsCheckedFor(r.a.s.NewsCheckedFor())
	if other.a.newsAfter(0) == nil {
		t.Error("it is not looked for with other goals")
	}
}
