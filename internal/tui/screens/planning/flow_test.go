package planning_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/level"
	domain "github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/uitest"
)

// rated is a learner who has rated some KSBs and has no goals.
func rated(cols, rows int) *ui.Context {
	c := uitest.Demo(cols, rows)
	c.Profile.Goals, c.Profile.Reflections = nil, nil
	c.Report = gap.Compute(c.Standard, c.Library.Scale(), c.Profile, c.Today)
	return c
}

// The questions that begin a reflection, and that ask for an example, are for the learner's own level.
func TestAReflectionBeginsAtTheLevel(t *testing.T) {
	for l, early := range map[level.Level]bool{level.NoOpportunity: true, 0: true, 1: true, 2: false} {
		c := uitest.With(rated(100, 90), profile.AddGoal{Goal: goal("g-own", "Learn about probes", "K9")},
			profile.Rate{By: profile.Self, KSB: "K9", Level: l, On: uitest.Today})
		e, _ := c.Entry("K9")
		want, other := e.Prompt, e.EarlyPrompt
		if early {
			want, other = other, want
		}
		d := newDesk(t, c, ui.Go{Goal: "g-own"})
		flat := strings.Join(strings.Fields(d.page()), " ")
		if !strings.Contains(flat, want) || strings.Contains(flat, other) {
			t.Errorf("level %s: want %q on\n%s", l, want, d.page())
		}
	}
}

// Enter on a project only shows its steps. Enter there makes it into one goal, for all KSBs that it moves.
func TestAProjectIsOneGoal(t *testing.T) {
	d := newDesk(t, uitest.Demo(80, 24), ui.Go{})
	d.Press("b", "down", "enter")
	before := len(d.C.Profile.Goals)
	if page := d.page(); !strings.Contains(page, "Take it up as a goal") || !strings.Contains(page, "K14 Choosing the right level of language") {
		t.Fatalf("not the page of a project:\n%s", page)
	}
	d.Press("end")
	if page := d.page(); !strings.Contains(page, "You explain which limit of the method made the result hard to") {
		t.Errorf("nothing on what shows the step up:\n%s", page)
	}
	d.Press("home", "enter")
	goals := d.C.Profile.Goals
	if len(goals) != before+1 {
		t.Fatalf("%d goals, %d before", len(goals), before)
	}
	g := goals[before]
	if !slices.Equal(g.KSBs, []string{"S6", "S8", "K6", "K14"}) || len(g.Actions) != 5 || g.Actions[0].Minutes != 30 || g.Actions[0].OffJob != "yes" {
		t.Errorf("taken up as %+v", g)
	}
	d.Press("esc", "b")
	if page := d.page(); strings.Contains(page, "made the result hard to") {
		t.Errorf("it is offered again:\n%s", page)
	}
}

// TestEnterAllTheWay takes every sensible next step by Enter alone: a suggestion, reflect, appraise, act, keep, next
// goal.
func TestEnterAllTheWay(t *testing.T) {
	d := newDesk(t, rated(80, 24), ui.Go{})
	d.Press("enter")
	if n := len(d.C.Profile.Goals); n != 1 {
		t.Fatalf("%d goals", n)
	}
	g := d.C.Profile.Goals[0]
	if g.Status != profile.GoalActive || len(g.Actions) != 3 || g.Set != uitest.Today || !g.Why.Empty() || g.Actions[0].ID == "" {
		t.Errorf("taken up as %+v", g)
	}
	if !strings.Contains(d.hint(), "reflect on it") {
		t.Errorf("after taking up: %q", d.hint())
	}

	d.Press("enter")
	if d.Menu == nil || !strings.HasPrefix(d.Menu.Options[0].Text, "Driscoll") {
		t.Fatalf("no menu of models with Driscoll first: %+v", d.Menu)
	}
	d.Pick(0)
	fields := d.Form.Form.Fields
	if last := fields[len(fields)-1]; last.ID != "patients" || last.Lines != 3 || !strings.Contains(d.Form.Form.Says, "anonymised") || d.Form.Form.Key == "" {
		t.Errorf("the form of the reflection: %+v", d.Form.Form)
	}
	d.Fill(map[string]string{"what": "It happened.", "now-what": "Next time."})
	r, _ := domain.ReflectionOf(d.C.Profile, g.ID)
	if len(r.Answers) != 2 || r.Answers[0].Step != "what" || r.Answers[1].Step != "now-what" || r.Model != "driscoll" || !slices.Equal(r.KSBs, g.KSBs) {
		t.Errorf("kept %+v", r)
	}
	if !strings.Contains(d.hint(), "patients") {
		t.Errorf("without an answer for patients: %q", d.hint())
	}

	d.Press("enter")
	if v, at := d.Form.Form.Fields[0].Value, d.Form.Form.At; v != "It happened." || at != "so-what" {
		t.Errorf("the answer stands in the form as %q, and it opens at %q", v, at)
	}
	d.Fill(map[string]string{"patients": "It is safer."})
	if n := len(d.C.Profile.Reflections); n != 1 {
		t.Errorf("%d reflections after going on with one", n)
	}

	if !strings.Contains(d.hint(), "in the terms of a theory") {
		t.Errorf("after reflecting: %q", d.hint())
	}
	d.Press("enter")
	d.Pick(2)
	theory := d.C.Library.Appraisal().Theories[2]
	if f := d.Form.Form.Fields[0]; f.Value != "" || !strings.Contains(f.Says, theory.Reason) {
		t.Errorf("the theory's reason is an example, not the learner's answer: %q, %q", f.Value, f.Says)
	}
	d.Fill(map[string]string{"why": "the audit is due in spring"})
	if g, _ = d.C.Profile.Goal(g.ID); g.Theory != theory.ID || g.Why.Line() != "the audit is due in spring" {
		t.Errorf("reasoned %q, %q", g.Theory, g.Why.Line())
	}

	if !strings.Contains(d.hint(), "keep this work") {
		t.Errorf("after all three parts: %q", d.hint())
	}
	d.Press("enter")
	if !strings.Contains(d.Menu.Says, "Some providers keep self-assessment out") {
		t.Errorf("the offer says %q", d.Menu.Says)
	}
	d.Pick(0)
	e := d.C.Profile.Evidence[len(d.C.Profile.Evidence)-1]
	if e.Kind != "reflective-account" || !slices.Equal(e.KSBs, domain.Practised(d.C.Profile, d.C.Standard)) || !strings.Contains(e.Title.Line(), "said why I chose") {
		t.Errorf("kept %+v", e)
	}
	if strings.Contains(uitest.Draw(d.S.View(d.C), d.C), "Keep this work") {
		t.Error("offered again after it was kept")
	}
	d.Press("K")
	if d.Menu != nil || !strings.Contains(d.Said, "kept already") {
		t.Errorf("K after it was kept: %q", d.Said)
	}
}

func TestAnotherModelStartsAnotherReflection(t *testing.T) {
	d := newDesk(t, uitest.Demo(80, 24), ui.Go{Goal: "g-s5dn"})
	before := len(d.C.Profile.Reflections)
	d.Press("1", "enter")
	d.PickText("Reflect again")
	d.Pick(1)
	d.Fill(map[string]string{"patients": "x"})
	if n := len(d.C.Profile.Reflections); n != before+1 {
		t.Errorf("%d reflections, there were %d", n, before)
	}
}

func TestDepthLeadsFurther(t *testing.T) {
	d := newDesk(t, uitest.Demo(80, 24), ui.Go{Goal: "g-s5dn"})
	d.Press("d")
	depths := d.C.Library.Reflection().Depths
	if len(d.Menu.Options) != len(depths) || !strings.Contains(d.Menu.Options[0].Says, depths[0].Sign) {
		t.Fatalf("%+v", d.Menu)
	}
	before := d.C.Profile
	d.Pick(1)
	if !strings.Contains(d.Form.Form.Says, depths[1].Next) {
		t.Errorf("the form says %q", d.Form.Form.Says)
	}
	if d.Form.Form.Fields[0].Value == "" {
		t.Error("the answers are not in the form")
	}
	d.Fill(nil)
	if got, want := len(d.C.Profile.Reflections), len(before.Reflections); got != want {
		t.Errorf("%d reflections, want %d", got, want)
	}
	d = newDesk(t, uitest.Demo(80, 24), ui.Go{Goal: "g-s7rp"})
	if d.Press("d"); d.Menu != nil || d.Said == "" {
		t.Error("depth of nothing is asked for")
	}
}

func TestOwnReasonIsKeptWhenTheTheoryChanges(t *testing.T) {
	d := newDesk(t, uitest.Demo(80, 24), ui.Go{Goal: "g-k8tq"})
	d.Press("2", "enter")
	if got := d.Menu.Options[0].Text; got != "Goal setting" {
		t.Errorf("the theory in use comes first, not %q", got)
	}
	if says := d.Menu.Options[0].Says; !strings.Contains(says, "Here:") || strings.Contains(says, "to be confirmed") || !strings.Contains(says, "Its limit:") || !strings.Contains(says, "Locke and Latham, 2002, 2019") {
		t.Errorf("the menu says %q", says)
	}
	d.Pick(3)
	if v := d.Form.Form.Fields[0].Value; !strings.HasPrefix(v, "Furthest behind") {
		t.Errorf("the learner's own reason became %q", v)
	}
}

// Appraise offers only the theories that can be reasons for a goal, and one that was chosen before.
func TestAppraiseOffersReasonsOnly(t *testing.T) {
	names := func(theory string) (got []string) {
		d := newDesk(t, uitest.With(uitest.Demo(80, 24), profile.EditGoal{ID: "g-k8tq", Theory: &theory}), ui.Go{Goal: "g-k8tq"})
		d.Press("2", "enter")
		for _, o := range d.Menu.Options {
			got = append(got, o.Text)
		}
		return got
	}
	var want []string
	for _, x := range uitest.Library.Appraisal().For(coaching.WhyGoal) {
		want = append(want, x.Name)
	}
	if got := names("goal-setting"); !slices.Equal(got, want) || len(got) > 6 {
		t.Errorf("offered %q, want %q", got, want)
	}
	if got := names("sbi"); len(got) != len(want)+1 || got[0] != "Situation, behaviour, impact" {
		t.Errorf("what was chosen before is not offered first: %q", got)
	}
}

// Act asks for an if-then plan, keeps it, and shows it with the action; it can be left empty.
func TestIfThenPlan(t *testing.T) {
	d := newDesk(t, uitest.Demo(120, 40), ui.Go{Goal: "g-k8tq"})
	d.Press("a")
	d.PickText("Write my own")
	d.Fill(map[string]string{"text": "Teach one check", "ifthen": "If the list runs late, then I will ask at handover"})
	g, _ := d.C.Profile.Goal("g-k8tq")
	if got := g.Actions[len(g.Actions)-1].IfThen.Raw(); got != "If the list runs late, then I will ask at handover" {
		t.Errorf("kept %q", got)
	}
	if frame := uitest.Draw(d.S.View(d.C), d.C); !strings.Contains(strings.Join(strings.Fields(frame), " "), "If the list runs late") {
		t.Errorf("it is not shown:\n%s", frame)
	}
}

func TestSixthGoalIsParkedWithTheReason(t *testing.T) {
	d := newDesk(t, full(80, 24), ui.Go{KSB: "K4"})
	if !strings.Contains(d.hint(), "parked") {
		t.Errorf("no warning: %q", d.hint())
	}
	d.Press("enter")
	g := d.C.Profile.Goals[len(d.C.Profile.Goals)-1]
	if g.Status != profile.GoalParked || !strings.Contains(d.Said, "5 goals are under way") {
		t.Errorf("%s: %q", g.Status, d.Said)
	}
	if !strings.Contains(uitest.Draw(d.S.View(d.C), d.C), "parked") {
		t.Error("its page does not say so")
	}
	d.Press("home", "enter")
	if d.Said == "" {
		t.Error("taking it up again gives no reason why not")
	}
}

func TestGoalOfOnesOwn(t *testing.T) {
	d := newDesk(t, uitest.Demo(80, 24), ui.Go{})
	d.Press("n")
	check := d.Form.Form.Fields[1].Check
	for text, fine := range map[string]bool{"K7": true, "k7 s7": true, "K7, S7 and B1": true, "K77": false, "seven": false, " , ": false} {
		if got := check(text) == ""; got != fine {
			t.Errorf("%q: %q", text, check(text))
		}
	}
	d.Fill(map[string]string{"text": "Run the morning check with a new starter", "ksbs": "k8, s4", "due": "2027-01-10", "why": "She starts soon"})
	g := d.C.Profile.Goals[len(d.C.Profile.Goals)-1]
	if !slices.Equal(g.KSBs, []string{"K8", "S4"}) || g.Due.String() != "2027-01-10" || g.Why.Line() != "She starts soon" {
		t.Errorf("%+v", g)
	}
	if len(g.Actions) != 0 || d.Menu == nil || d.Menu.Title != "Add the 3 actions that are suggested for K8?" ||
		!strings.HasPrefix(d.Menu.Options[0].Says, "1: ") || !strings.Contains(d.Menu.Says, "You have another goal for K8: Teach the morning ECG") {
		t.Fatalf("actions %+v, asked %+v", g.Actions, d.Menu)
	}
	menu := d.Menu
	d.Pick(1)
	if g, _ = d.C.Profile.Goal(g.ID); len(g.Actions) != 0 || !strings.Contains(d.Said, "You have another goal for K8: Teach the morning ECG machine check") {
		t.Errorf("a second goal for K8: %q, %+v", d.Said, g.Actions)
	}
	d.Menu = menu
	d.Pick(0)
	if g, _ = d.C.Profile.Goal(g.ID); len(g.Actions) != 3 || d.Said != "Added. Next: reflect on it. u takes them back." {
		t.Errorf("%q, %+v", d.Said, g.Actions)
	}
	d.TakeBack()
	if g, _ = d.C.Profile.Goal(g.ID); len(g.Actions) != 0 {
		t.Errorf("not taken back: %+v", g.Actions)
	}
	d.Press("w")
	d.Fill(map[string]string{"text": "Run it twice with a new starter", "due": ""})
	if g, _ = d.C.Profile.Goal(g.ID); g.Text.Line() != "Run it twice with a new starter" || !g.Due.IsZero() || g.Why.Line() != "She starts soon" {
		t.Errorf("%+v", g)
	}
}

// Before a goal is set in the same words as another one, the screen asks.
func TestACopyOfAGoalIsAskedAbout(t *testing.T) {
	d := newDesk(t, uitest.With(uitest.Demo(80, 24), profile.AddGoal{Goal: goal("g-own", "Run the morning check", "K8")}), ui.Go{})
	before := len(d.C.Profile.Goals)
	same := map[string]string{"text": "run the  Morning check", "ksbs": "k8", "due": "", "why": ""}
	d.Press("n")
	d.Fill(same)
	d.PickText("Open the one there is")
	if len(d.C.Profile.Goals) != before || !strings.Contains(d.page(), "Run the morning check") {
		t.Errorf("%d goals, and the page is\n%s", len(d.C.Profile.Goals), d.page())
	}
	d.Press("n")
	d.Fill(same)
	d.PickText("Set a second one")
	if len(d.C.Profile.Goals) != before+1 {
		t.Error("a second one that is meant was not set")
	}
}

// With a parked goal for the same KSB, the screen says how to take that one up, and in the same words offers it in
// place of the new one.
func TestAParkedGoalIsOfferedAgain(t *testing.T) {
	d := newDesk(t, uitest.With(uitest.Demo(80, 24),
		profile.AddGoal{Goal: goal("g-own", "Run the morning audit", "S3")},
		profile.SetGoalStatus{ID: "g-own", Status: profile.GoalParked, Note: safetext.New("later")}), ui.Go{})
	before := len(d.C.Profile.Goals)
	d.Press("n")
	d.Fill(map[string]string{"text": "Watch the audit", "ksbs": "S3", "due": "", "why": ""})
	d.PickText("No, I write my own")
	want := "You have parked a goal for S3: Run the morning audit. u takes this one back, and x on that one takes it up again."
	if !strings.Contains(d.Said, want) {
		t.Errorf("%q", d.Said)
	}
	d.Press("n")
	d.Fill(map[string]string{"text": "Run the morning audit", "ksbs": "S3", "due": "", "why": ""})
	d.PickText("Take it up again")
	if g, _ := d.C.Profile.Goal("g-own"); g.Status != profile.GoalActive || len(d.C.Profile.Goals) != before+1 {
		t.Errorf("%+v of %d", g, len(d.C.Profile.Goals))
	}
}

func TestActions(t *testing.T) {
	d := newDesk(t, uitest.Demo(80, 24), ui.Go{Goal: "g-k8tq"})
	d.Press("a")
	entry, _ := d.C.Library.Entry("ST0413", "K8")
	if len(d.Menu.Options) != len(entry.ActionsFrom(0))+1 || !strings.Contains(d.Menu.Options[0].Says, "With: ") {
		t.Fatalf("%+v", d.Menu)
	}
	d.Pick(0)
	g, _ := d.C.Profile.Goal("g-k8tq")
	added := g.Actions[len(g.Actions)-1]
	if added.Text.Line() != entry.ActionsFrom(0)[0].Text || added.Due != calendar.Of(2026, 12, 10) || added.Who.Empty() {
		t.Errorf("%+v", added)
	}
	if !strings.Contains(d.hint(), "say how this action went") {
		t.Errorf("the new action is not chosen: %q", d.hint())
	}
	d.Press("a")
	if len(d.Menu.Options) != len(entry.ActionsFrom(0)) {
		t.Error("an action that is taken is offered again")
	}
	d.PickText("Write my own")
	if due := d.Form.Form.Fields[2].Value; due != "2026-11-27" {
		t.Errorf("due %s", due)
	}
	if got := d.Form.Form.Fields[2].Check("2026-11-21"); got != "21 Nov 2026 is past already: check the year, or choose a day from today on" {
		t.Errorf("a day that is past: %q", got)
	}
	d.Fill(map[string]string{"text": "Ask R. to watch", "who": "R.", "shows": "Her note", "sort": "peo"})
	g, _ = d.C.Profile.Goal("g-k8tq")
	own := g.Actions[len(g.Actions)-1]
	if own.Sort != profile.People || own.Shows.Line() != "Her note" {
		t.Errorf("%+v", own)
	}

	d.Press("enter")
	d.PickText("Change its words or its date")
	d.Fill(map[string]string{"text": "Ask R. to watch twice", "due": "2026-12-24"})
	d.Press("enter")
	d.PickText("Dropped: no longer wanted")
	if d.Form == nil || !d.Form.Form.Fields[0].Need {
		t.Fatal("no reason is asked for")
	}
	d.Fill(map[string]string{"reason": "She is away"})
	a, _, _ := d.C.Profile.Action(own.ID)
	if a.Status != profile.ActionDropped || a.Note.Line() != "She is away" || a.Closed != uitest.Today || a.Text.Line() != "Ask R. to watch twice" {
		t.Errorf("%+v", a)
	}
}

func TestAPageOpensAtAnOverdueAction(t *testing.T) {
	d := newDesk(t, uitest.Demo(80, 24), ui.Go{Goal: "g-k8tq"})
	d.Press("enter")
	if d.Menu == nil || d.Menu.Options[0].Text != "Done" {
		t.Fatalf("%+v", d.Menu)
	}
	d.Pick(0)
	if f := d.Form.Form.Fields[0]; f.Need || !strings.Contains(f.Says, "You meant to show: The plan with her comments") {
		t.Errorf("what shows it: %+v", f)
	}
	d.Fill(map[string]string{"reason": "Her notes on it"})
	a, _, _ := d.C.Profile.Action("a-6jqt")
	if a.Status != profile.ActionDone || a.Note.Line() != "Her notes on it" || !strings.Contains(d.Said, "e keeps an example") {
		t.Errorf("%s, %q", a.Status, d.Said)
	}
	if strings.Contains(d.hint(), "say how it went") {
		t.Errorf("still at it: %q", d.hint())
	}
}

// An action that goes on unchanged is set again as it ends, in the same words and with a later day.
func TestChangedActionGoesOn(t *testing.T) {
	d := newDesk(t, uitest.Demo(80, 24), ui.Go{Goal: "g-k8tq"})
	d.Press("enter")
	d.PickText("Changed: it goes on")
	d.Fill(map[string]string{"reason": "She was away"})
	old, g, _ := d.C.Profile.Action("a-6jqt")
	next := g.Actions[len(g.Actions)-1]
	if old.Status != profile.ActionChanged || next.Text != old.Text || next.Who != old.Who || next.Shows != old.Shows || next.Status != profile.ActionOpen ||
		next.Due != calendar.Of(2026, 12, 10) || d.Said != "Kept with its reason; what takes its place is set." {
		t.Errorf("%+v, %q", next, d.Said)
	}
	d = newDesk(t, uitest.Demo(80, 24), ui.Go{Goal: "g-k8tq"})
	d.Press("enter")
	d.PickText("Changed: it goes on")
	d.Fill(map[string]string{"reason": "Not needed in this form", "text": ""})
	if _, after, _ := d.C.Profile.Action("a-6jqt"); len(after.Actions) != len(g.Actions)-1 || !strings.HasPrefix(d.Said, "Kept with its reason. a adds") {
		t.Errorf("nothing takes its place: %+v, %q", after.Actions, d.Said)
	}
}

func TestClosedActionOpensAgain(t *testing.T) {
	d := newDesk(t, uitest.Demo(80, 24), ui.Go{Goal: "g-k8tq"})
	d.Press("3", "down", "down", "down", "enter")
	d.PickText("Open it again")
	if a, _, _ := d.C.Profile.Action("a-4rwe"); a.Status != profile.ActionOpen || !a.Closed.IsZero() {
		t.Errorf("%+v", a)
	}
}

func TestGoalEndings(t *testing.T) {
	for _, x := range []struct {
		goal, option, actions, reason string
		want                          profile.GoalStatus
		ends                          profile.ActionStatus
	}{
		{"g-k8tq", "Done", "They are done too", "", profile.GoalDone, profile.ActionDone},
		{"g-k8tq", "Done", "Leave them open", "", profile.GoalDone, profile.ActionOpen},
		{"g-k8tq", "Drop it", "Drop them too", "No new starter after all", profile.GoalDropped, profile.ActionDropped},
		{"g-k8tq", "Drop it", "They were not done", "No new starter after all", profile.GoalDropped, profile.ActionNotDone},
		{"g-k8tq", "Park it", "They wait with it", "After the move", profile.GoalParked, profile.ActionOpen},
		{"g-k6va", "Take it up again", "", "", profile.GoalActive, ""},
		{"g-s4wm", "Take it up again", "", "", profile.GoalActive, ""},
	} {
		t.Run(x.goal+" "+x.option+" "+x.actions, func(t *testing.T) {
			d := newDesk(t, uitest.Demo(80, 24), ui.Go{Goal: x.goal})
			d.Press("x")
			d.PickText(x.option)
			before, _ := d.C.Profile.Goal(x.goal)
			if x.actions != "" {
				d.PickText(x.actions)
			}
			if x.reason != "" {
				d.Fill(map[string]string{"reason": x.reason})
			}
			g, _ := d.C.Profile.Goal(x.goal)
			if g.Status != x.want || g.Note.Line() != x.reason {
				t.Errorf("%s, %q", g.Status, g.Note.Line())
			}
			for _, a := range before.OpenActions() {
				if after, _, _ := d.C.Profile.Action(a.ID); x.actions != "" && after.Status != x.ends {
					t.Errorf("%s is %s, want %s", a.ID, after.Status, x.ends)
				}
			}
			if d.Said == "" {
				t.Error("nothing is said")
			}
		})
	}
}

func TestEnterOnActAsksForWhatIsMissing(t *testing.T) {
	open := profile.Action{ID: "a-1", Sort: profile.Study, Text: safetext.New("Read it"), Status: profile.ActionOpen}
	full := profile.Goal{
		ID: "g-m", KSBs: []string{"K9"}, Text: safetext.New("Write one page on what a form must say"), Status: profile.GoalActive,
		Why: safetext.New("because"), Due: uitest.Today.AddDays(60),
	}
	for _, x := range []struct {
		name  string
		edit  func(*profile.Goal)
		title string
	}{
		{"vague", func(g *profile.Goal) { g.Text = safetext.New("understand forms") }, "Change the goal for K9"},
		{"no actions", func(g *profile.Goal) { g.Actions = nil }, "An action for K9"},
		{"nothing shows it", func(*profile.Goal) {}, "Change the action"},
		{"nobody helps", func(g *profile.Goal) { g.Actions[0].Shows = safetext.New("a page") }, "Change the action"},
		{"no reason", func(g *profile.Goal) {
			g.Actions[0].Shows, g.Actions[0].Who, g.Why = safetext.New("a page"), safetext.New("R."), safetext.Text{}
		}, "Appraise (K32): why this goal?"},
		{"overdue", func(g *profile.Goal) {
			g.Actions[0].Shows, g.Actions[0].Who, g.Due = safetext.New("a page"), safetext.New("R."), uitest.Today.AddDays(-1)
		}, "Change the goal for K9"},
		{"all there", func(g *profile.Goal) {
			g.Actions[0].Shows, g.Actions[0].Who = safetext.New("a page"), safetext.New("R.")
		}, "An action for K9"},
	} {
		t.Run(x.name, func(t *testing.T) {
			g := full
			g.Actions = []profile.Action{open}
			x.edit(&g)
			c := uitest.Demo(80, 24)
			c.Profile.Goals = append(c.Profile.Goals, g)
			d := newDesk(t, c, ui.Go{Goal: "g-m"})
			d.Press("3", "enter")
			title := ""
			if d.Form != nil {
				title = d.Form.Form.Title
			} else if d.Menu != nil {
				title = d.Menu.Title
			}
			if title != x.title {
				t.Errorf("Enter opens %q, want %q", title, x.title)
			}
		})
	}
}

// A date that was not changed stays out of the change: it may be past, and another copy may have changed it.
func TestAnUnchangedDateStaysOutOfTheChange(t *testing.T) {
	d := newDesk(t, uitest.Demo(80, 24), ui.Go{Goal: "g-k8tq"})
	was, _, _ := d.C.Profile.Action("a-6jqt")
	if !was.Due.Before(uitest.Today) {
		t.Fatalf("due %s is to come", was.Due)
	}
	for due, given := range map[string]bool{was.Due.String(): false, "2026-12-24": true, "": true} {
		d.Press("enter")
		d.PickText("Change its words or its date")
		asks := uitest.Sent(d.S, d.C, *d.Form, ui.Values{"text": "Ask her again", "sort": "people", "due": due})
		if c := asks[0].(ui.Do).Change.(profile.EditAction); (c.Due != nil) != given || c.Today != uitest.Today {
			t.Errorf("%q: %v", due, c)
		}
	}
}
