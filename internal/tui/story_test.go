package tui

import (
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// Enter alone, the sensible next step, leads a learner from the gaps to a goal and through reflect, appraise and act.
func TestFromAGapToAGoalByEnterAlone(t *testing.T) {
	t.Parallel()
	r := newRig(t, demoProfile(), 80, 24)
	r.keys("g", "down")
	r.sees("▸ K26")
	r.keys("esc", "g", "down") // the cursor is where it was
	r.sees("▸ S25")
	before := len(r.onDisk().Goals)
	r.keys("enter")
	r.sees("S25")
	r.keys("enter")
	p := r.onDisk()
	if len(p.Goals) != before+1 {
		t.Fatalf("%d goals, want one more than %d\n%s", len(p.Goals), before, r.screen())
	}
	g := p.Goals[len(p.Goals)-1]
	if g.KSBs[0] != "S25" || g.Status != profile.GoalActive || len(g.Actions) != 3 {
		t.Fatalf("the goal: %+v", g)
	}
	r.keys("enter") // reflect: which model
	r.sees("Driscoll")
	r.keys("enter")
	r.sees("What?")
	for _, answer := range []string{"Sat in on the audit meeting", "I had assumed it was about blame", "Ask to present one chart", "Faults found earlier"} {
		r.text(answer)
		r.keys("enter")
	}
	p = r.onDisk()
	x, ok := plan.ReflectionOf(p, g.ID)
	if !ok || x.Answer("patients").Raw() != "Faults found earlier" || x.Model != "driscoll" {
		t.Fatalf("the reflection: %+v, %v\n%s", x, ok, r.screen())
	}
	r.keys("enter") // appraise: which theory
	r.keys("enter")
	r.sees("I chose this goal because")
	r.text("the audit is due in spring")
	r.keys("enter")
	g, _ = r.onDisk().Goal(g.ID)
	if g.Why.Empty() || g.Theory == "" {
		t.Fatalf("the reason: %+v\n%s", g, r.screen())
	}
}

// At the end of Duty 2, the program asks for an example of a behaviour that was rated in Duty 1, and it can be answered
// there.
func TestBehavioursComeBackAsAQuestionForAnExample(t *testing.T) {
	t.Parallel()
	r := newRig(t, &profile.Profile{Standard: "ST0413", Learner: profile.Learner{Name: text("Sam")}}, 80, 24)
	r.keys("enter")
	for range 15 {
		r.keys("2")
	}
	r.sees("Duty 1 done", "Next: Duty 2")
	for range 8 {
		r.keys("1")
	}
	r.sees("Duty 2 done", "needed in this duty too", "B1 Treating people with dignity, 2", "Next: Duty 3")
	r.keys("down", "e")
	r.sees("An example for B2")
	r.text("Sat with a worried trainee")
	r.keys("ctrl+s")
	if e := r.onDisk().Evidence; len(e) != 1 || e[0].KSBs[0] != "B2" || e[0].Duty != 2 {
		t.Errorf("on disk: %+v", e)
	}
	r.keys("3")
	r.sees("[K11 .]")
}

func TestANoteWrittenBeforeTheRatingGoesWithIt(t *testing.T) {
	t.Parallel()
	r := newRig(t, demoProfile(), 80, 24)
	r.keys(append(toK21, "w")...)
	r.text("a long note for this one")
	r.keys("ctrl+s")
	r.sees("The note goes with your rating of K21")
	r.keys("2")
	if x, _ := r.onDisk().Newest("K21", profile.Self); x.Note.Raw() != "a long note for this one" || x.Level != 2 {
		t.Errorf("on disk: %+v", x)
	}
}

func TestARefusedFormKeepsItsText(t *testing.T) {
	t.Parallel()
	r := newRig(t, demoProfile(), 80, 24)
	r.keys("p", "n")
	r.text("Explain one audit to the team in ten minutes")
	r.keys("tab")
	r.text("K99")
	r.keys("ctrl+s")
	r.sees("Explain one audit to the team")
	if n := len(r.onDisk().Goals); n != len(demoProfile().Goals) {
		t.Errorf("%d goals", n)
	}
}

func TestASixthGoalIsParkedAndTheProgramSaysWhy(t *testing.T) {
	t.Parallel()
	r := newRig(t, demoProfile(), 80, 24)
	for i, ksb := range []string{"S25", "K4", "S11"} {
		r.keys("/")
		r.text(ksb)
		r.keys("tab", "p", "enter")
		goals := r.onDisk().Goals
		g := goals[len(goals)-1]
		if g.KSBs[0] != ksb {
			t.Fatalf("the newest goal is for %v, want %s\n%s", g.KSBs, ksb, r.screen())
		}
		if parked := g.Status == profile.GoalParked; parked != (i == 2) {
			t.Errorf("goal %d under way: parked %v", 4+i, parked)
		}
		if i == 2 {
			r.sees("5 goals are under way")
		}
		r.keys("esc", "esc", "esc", "esc")
	}
}

func TestFinderJumpsFromAnywhere(t *testing.T) {
	t.Parallel()
	for _, from := range []string{"home", "gaps", "plan, goal", "ksb"} {
		r := newRig(t, demoProfile(), 80, 24)
		r.keys(places[from]...)
		r.keys("/")
		r.text("duty of candour")
		r.sees("K3 Duty of candour", "found")
		r.keys("enter")
		r.sees("K3 Duty of candour")
		if r.a.current() != ui.KSB {
			t.Errorf("from %s it leads to %s", from, r.a.current())
		}
	}
}

func TestHelpExplainsEveryScreen(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"home", "rate", "gaps", "ksb", "plan"} {
		r := newRig(t, demoProfile(), 100, 120)
		r.keys(places[name]...)
		r.keys("?")
		r.sees("This screen", "Its keys", "Everywhere", "The levels", "Your profile is one file")
		r.keys("esc")
		if r.a.front != nil {
			t.Errorf("%s: esc does not close the help", name)
		}
	}
}

// No frame of the blind rating, with the root's own lines and the help, gives away a level of the learner's.
func TestTheMentorRatesBlind(t *testing.T) {
	t.Parallel()
	other := *demoProfile()
	other.Rounds = nil
	other.Evidence, other.Goals, other.Reflections, other.Targets = nil, nil, nil, nil
	mentor := func(p profile.Profile) profile.Profile {
		// What the mentor said is the mentor's to see; the two learners share it.
		q := *demoProfile()
		open := q.Rounds[len(q.Rounds)-1]
		open.Ratings = map[profile.Rater]map[string]profile.Rating{profile.Mentor: open.Ratings[profile.Mentor], profile.Self: {}}
		if len(p.Rounds) > 0 {
			open.Ratings[profile.Self] = p.Rounds[len(p.Rounds)-1].Ratings[profile.Self]
		}
		p.Rounds = append(p.Rounds[:max(len(p.Rounds)-1, 0):max(len(p.Rounds)-1, 0)], open)
		return p
	}
	keys := []string{"enter", "J", "o", "enter", "enter", "2", "3", "n", "right", "/", "?", "esc", "down", "1", "esc", "down", "enter", "0", "v", "esc"}
	for _, wh := range [][2]int{{80, 24}, {60, 20}, {120, 40}} {
		a, b := mentor(*demoProfile()), mentor(other)
		ra, rb := newRig(t, &a, wh[0], wh[1]), newRig(t, &b, wh[0], wh[1])
		for _, r := range []*rig{ra, rb} {
			r.keys("b")
			r.sees("blind rating of Asha Patel")
		}
		for i, k := range keys {
			for _, r := range []*rig{ra, rb} {
				if len(k) == 1 && k >= "A" && k <= "z" && i < 4 {
					r.text(k)
				} else {
					r.keys(k)
				}
			}
			left, right := strings.ReplaceAll(ra.screen(), ra.file, ""), strings.ReplaceAll(rb.screen(), rb.file, "")
			if left != right {
				t.Fatalf("%dx%d: after key %d (%s) the frames differ:\n%s\n---\n%s", wh[0], wh[1], i, k, left, right)
			}
		}
	}
}

func TestLeavingTheBlindRatingAsksFirst(t *testing.T) {
	t.Parallel()
	r := newRig(t, demoProfile(), 80, 24)
	r.keys("b", "esc")
	r.sees("Hand back to the learner?")
	r.keys("enter")
	r.sees("blind rating of Asha Patel")
	r.keys("esc", "down", "enter")
	if r.a.current() != "home" {
		t.Errorf("handed back to %s", r.a.current())
	}
}

func TestUndoInTheBlindRatingGoesBackToItsKSB(t *testing.T) {
	t.Parallel()
	r := newRig(t, demoProfile(), 80, 24)
	r.keys("b", "enter")
	r.text("Jo")
	r.keys("enter", "enter")
	r.sees("[K1 .]")
	r.keys("3")
	r.sees("[K2 .]")
	r.keys("u")
	r.sees("[K1 .]")
}

// A mentor rates, both look together, and then the mentor changes their mind: the blind page sends them to the page
// where both look, and there the change is recorded as a change, in the file too. What only the mentor rated is
// revealed by looking together and not before, and a second mentor's later rating is hidden again.
func TestBlindStaysBlind(t *testing.T) {
	t.Parallel()
	r := newRig(t, demoProfile(), 80, 24)
	mentors := func(ksb string) []profile.Rating {
		rounds := r.onDisk().Rounds
		return rounds[len(rounds)-1].Mentors(ksb)
	}
	r.keys("b", "enter", "enter", "1", "enter", "home", "0") // J. Ode on K1, of which the learner says 2
	if x := mentors("K1"); len(x) != 1 || x[0].Level != 0 || !x[0].Shown.IsZero() {
		t.Fatalf("K1: %+v\n%s", x, r.screen())
	}
	r.keys("esc", "5", "enter", "right", "right", "3") // K21 in Duty 5, which the learner has not rated
	only := mentors("K21")
	if len(only) != 1 {
		t.Fatalf("K21 is not rated\n%s", r.screen())
	}
	r.keys("esc", "esc", "down", "enter", "/")
	r.text("K21")
	r.keys("tab")
	for range 12 {
		if strings.Contains(r.screen(), "▸ Ratings so far") {
			break
		}
		r.keys("tab")
	}
	r.sees("Ratings so far")
	if strings.Contains(r.screen(), "3 Independent, ") || strings.Contains(r.screen(), "J. Ode") {
		t.Errorf("the learner sees what only the mentor rated\n%s", r.screen())
	}
	r.keys("esc", "esc", "b", "enter", "enter", "5", "enter", "home", "right", "right") // the learner comes under J. Ode's name
	r.sees("[K21 ✓]", "stays covered until you both look")
	r.keys("esc", "esc", "down", "enter", "esc", "b", "v", "down", "enter", "home")
	r.sees("K1", "2 apart")
	if x := mentors("K1"); x[0].Shown.IsZero() {
		t.Fatalf("not opened: %+v", x)
	}
	r.keys("b", "i", "enter", "1", "enter", "home", "2")
	r.sees("You both looked at K1", "c changes it there")
	if x := mentors("K1"); x[0].Level != 0 {
		t.Fatalf("changed unseen: %+v", x)
	}
	r.keys("v", "down", "enter", "home", "c", "2")
	r.sees("J. Ode on K1: 0, then 2 after talking")
	if x := mentors("K1"); x[0].Level != 2 || x[0].BeforeReveal() != 0 {
		t.Errorf("K1: %+v", x)
	}
	open := r.onDisk().Rounds[len(r.onDisk().Rounds)-1]
	if strings.Contains(strings.Join(open.Equal(), " ")+" ", "K1 ") {
		t.Error("a change after talking counts as the same view")
	}
	for range 12 {
		r.keys("down")
	}
	r.sees("K21", "mentor only")
}

// A level that was agreed months ago still counts, and wherever it is shown the learner's newer level is beside it.
func TestAnAgreementShowsItsAge(t *testing.T) {
	t.Parallel()
	p := *demoProfile()
	last := &p.Rounds[len(p.Rounds)-1]
	delete(last.Ratings[profile.Agreed], "K7") // agreed 1 in September, and rated 3 in this round
	r := newRig(t, &p, 80, 24)
	r.keys("/")
	r.text("K7")
	r.keys("tab")
	r.sees("agreed 1 in September, you say 3")
	r.keys("esc", "esc", "a")
	r.sees("Talk over", "you 3, J. Ode 2; agreed 1 in September")
	r.keys("esc", "b", "v", "down", "enter")
	for range 12 {
		if strings.Contains(r.screen(), "Agreed 1 Aware on 13 Sep") {
			break
		}
		r.keys("down")
	}
	r.sees("Agreed 1 Aware on 13 Sep")
	r.keys("esc", "r", "/")
	r.text("K7")
	r.keys("ctrl+r", "2")
	r.sees("K7: your view is kept. The level you agreed on counts")
	if x, by, _ := r.onDisk().Level("K7"); x.Level != 1 || by != profile.Agreed {
		t.Errorf("what counts: %+v by %s", x, by)
	}
}
