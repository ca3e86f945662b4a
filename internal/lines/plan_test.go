package lines

import (
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
)

// rated is the beginner with ratings of K1 and K2.
func rated() profile.Profile {
	p := beginner()
	for ksb, l := range map[string]level.Level{"K1": 0, "K2": 1} {
		next, err := profile.Rate{KSB: ksb, By: profile.Self, Level: l, On: today}.Apply(p, lib.Standard(p.Standard))
		if err != nil {
			panic(err)
		}
		p = next
	}
	return p
}

func TestAGoalGoesThroughReflectAppraiseAndAct(t *testing.T) {
	t.Parallel()
	r := newRoom(t, rated())
	said := r.talk("3", "1", "1", "yes", // plan, suggestions, the first, take it up
		"1", "", "what happened", "so what of it", "now I will", "it is safer", // reflect in the usual model
		"2", "1", "it is furthest behind", // appraise by the first theory
		"3", "Read a trace with her", "J. Ode", "", "", "", // one more action, since all of the coaching's are in it
		"4", "2", "the visit was cancelled", // the first action was not done
		"quit")
	p := r.profile()
	if len(p.Goals) != 1 {
		t.Fatalf("%d goals:\n%s", len(p.Goals), said)
	}
	g := p.Goals[0]
	path := plan.Path(p, g, lib.Reflection(), lib.Appraisal(), today)
	if !path[0].Done || !path[1].Done || g.Why.Line() != "it is furthest behind" {
		t.Errorf("path: %+v, why %q", path, g.Why.Line())
	}
	refl, _ := plan.ReflectionOf(p, g.ID)
	if got := refl.Answer(coaching.PatientsStep).Line(); got != "it is safer" {
		t.Errorf("for patients: %q", got)
	}
	if a := g.Actions[0]; a.Status != profile.ActionNotDone || a.Note.Line() != "the visit was cancelled" {
		t.Errorf("action: %v %q", a.Status, a.Note.Line())
	}
	if a := g.Actions[3]; a.Text.Line() != "Read a trace with her" || a.Who.Line() != "J. Ode" || a.Due.IsZero() {
		t.Errorf("own action: %+v", a)
	}
	r.says(said, "The goal is set. Saved.", "that was practice of K31.", "that was practice of K32. Saved.",
		"Kept as not done. Saved.")
}

func TestEachAnswerOfAReflectionIsKeptAtOnce(t *testing.T) {
	t.Parallel()
	r := newRoom(t, rated())
	r.talk("3", "1", "1", "yes", "1", "", "what happened") // the connection breaks here
	p := r.profile()
	if refl, ok := plan.ReflectionOf(p, p.Goals[0].ID); !ok || len(refl.Answers) != 1 {
		t.Errorf("kept: %v %+v", ok, refl)
	}
}

func TestAGoalOfOnesOwnIsAskedForStepByStep(t *testing.T) {
	t.Parallel()
	r := newRoom(t, rated())
	said := r.talk("3", "2", "Explain consent to a new starter", "K99", "k1 and s7", "12 Nov 2025", "12 Jan 2027", "back",
		"15 Jan 2027", "find out why it matters", "undo", // takes the goal back
		"2", "Explain consent to a new starter", "K1, S7", "15 Jan 2027", "find out why it matters", "sure", "yes", "8", "2", "1", "after the exams", "quit")
	p := r.profile()
	g := p.Goals[0]
	if g.Due != calendar.Of(2027, 1, 15) || len(g.KSBs) != 2 || g.Why.Line() != "find out why it matters" {
		t.Errorf("goal: %+v", g)
	}
	if len(g.Actions) == 0 || g.Actions[0].Due.After(g.Due) {
		t.Errorf("actions: %+v", g.Actions)
	}
	r.says(said, "Add the 3 actions that are suggested for K1? Action 1: ", "Taken back: new goal. Saved.", "Please say yes or no.", "They are added. Saved.")
	r.says(said, "K99", "12 Nov 2025 is past already", "That is Fri 15 Jan 2027.")
	if g.Status != profile.GoalParked || g.Note.Line() != "after the exams" {
		t.Errorf("status %v, %q", g.Status, g.Note.Line())
	}
}

func TestAFormThatIsLeftInTheMiddleIsOfferedAgain(t *testing.T) {
	t.Parallel()
	r := newRoom(t, rated())
	said := r.talk("3", "2", "Explain consent to a new starter") // the connection breaks here
	r.says(said, "What you typed for this is kept")
	said = r.talk("3", "2", "", "quit")
	r.says(said, "is offered again.", "It is: Explain consent to a new starter.")
	said = r.talk("3", "2", "", "K1", "", "", "no", "quit")
	r.says(said, "The goal is set. Saved.")
	if g := r.profile().Goals[0]; g.Text.Line() != "Explain consent to a new starter" {
		t.Errorf("goal %q", g.Text.Line())
	}
	if n := len(r.profile().Goals[0].Actions); n != 0 || !strings.Contains(said, "None is added.") {
		t.Errorf("%d actions are added unasked", n)
	}
	if said = r.talk("3", "3", "quit"); strings.Contains(said, "offered again") {
		t.Errorf("what was sent off is offered again:\n%s", said)
	}
}

func TestTheEndOfADutySumsItUp(t *testing.T) {
	t.Parallel()
	r := newRoom(t, beginner())
	answers := []string{"1", "brief"}
	for range lib.Standard("ST0413").Duties[0].KSBs {
		answers = append(answers, "1")
	}
	said := r.talk(append(answers, "quit")...)
	r.says(said, "End of Duty 1. Nothing is expected this early. All 15 are at 1.", "By gateway 15 need 2 levels more",
		"Duty 2 of 10")
}

// What was read out as a suggestion is not read out again as a goal. The options name each action by its words.
func TestAGoalIsReadOutOnce(t *testing.T) {
	t.Parallel()
	r := newRoom(t, rated())
	said := r.talk("3", "1", "1", "yes", "quit")
	g := r.profile().Goals[0]
	if n := strings.Count(said, "Action 1: "+g.Actions[0].Text.Line()); n != 1 {
		t.Errorf("the first action is read out %d times:\n%s", n, said)
	}
	r.says(said, "4. Say how action 1 went: "+g.Actions[0].Text.Line()[:70]+"..., due", "due "+g.Actions[0].Due.Near(today))
}

// The menus say that the yearly appraisal is overdue; they say only once when the next review is.
func TestTheMenusSayWhatIsDueOnce(t *testing.T) {
	t.Parallel()
	p := beginner()
	p.Learner.Start = today.AddMonths(-14)
	p.Goals = []profile.Goal{{ID: "g-1", KSBs: []string{"K1"}, Text: safetext.New("Say it"), Status: profile.GoalDone, Set: today.AddMonths(-13), Closed: today.AddMonths(-12)}}
	r := newRoom(t, p)
	said := r.talk("5", "2", "quit")
	if n := strings.Count(said, "No date is set for the first one."); n != 1 {
		t.Errorf("that no date is set is said %d times:\n%s", n, said)
	}
	empty := newRoom(t, beginner())
	empty.says(empty.talk("5", "2", "quit"), "?: 2 Nothing yet.")
	if n := strings.Count(said, "Your yearly appraisal was due by "); n != 3 {
		t.Errorf("the yearly appraisal is said %d times:\n%s", n, said)
	}
}
