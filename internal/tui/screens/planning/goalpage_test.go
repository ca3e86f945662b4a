package planning

import (
	"slices"
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/tui/page"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/uitest"
)

func TestDueFact(t *testing.T) {
	today := uitest.Today
	for _, x := range []struct {
		due  calendar.Date
		want string
		late bool
	}{
		{calendar.Date{}, "", false},
		{today, "due today", false},
		{today.AddDays(1), "due 23 Nov", false},
		{today.AddDays(-1), "due 21 Nov, yesterday", true},
		{today.AddDays(299), "due 17 Sep", false},
		{today.AddDays(300), "due 18 Sep 2027", false},
		{today.AddDays(-400), "due 18 Oct 2025, 400 days ago", true},
	} {
		if got, late := dueFact(x.due, today); got != x.want || late != x.late {
			t.Errorf("%s: %q, %v", x.due, got, late)
		}
	}
}

func TestGoalFacts(t *testing.T) {
	today := uitest.Today
	open := profile.Action{Status: profile.ActionOpen, Due: today.AddDays(5)}
	late := profile.Action{Status: profile.ActionOpen, Due: today.AddDays(-5)}
	done := profile.Action{Status: profile.ActionDone, Due: today.AddDays(-5)}
	for _, x := range []struct {
		name string
		goal profile.Goal
		want string
		late bool
	}{
		{"bare", profile.Goal{Status: profile.GoalActive}, "no actions yet", false},
		{"open", profile.Goal{Status: profile.GoalActive, Due: today, Actions: []profile.Action{open, done}}, "due today; 1 open", false},
		{"action late", profile.Goal{Status: profile.GoalActive, Actions: []profile.Action{open, late}}, "2 open (1 overdue)", true},
		{"goal late", profile.Goal{Status: profile.GoalActive, Due: today.AddDays(-1), Actions: []profile.Action{done}}, "due 21 Nov, yesterday; 0 open", true},
		{"parked", profile.Goal{Status: profile.GoalParked, Due: today.AddDays(-1), Note: safetext.New("later"), Actions: []profile.Action{late}}, "later", false},
		{"done", profile.Goal{Status: profile.GoalDone, Closed: today, Note: safetext.New("seen")}, "22 Nov; seen", false},
	} {
		if got, isLate := goalFacts(x.goal, today); strings.Join(got, "; ") != x.want || isLate != x.late {
			t.Errorf("%s: %q, %v", x.name, strings.Join(got, "; "), isLate)
		}
	}
}

func TestAgainstTarget(t *testing.T) {
	c := uitest.Demo(80, 24)
	for ksb, want := range map[string]string{
		"K8": "level 0, target 3, 2 behind", "B2": "level 3, target 3", "S24": "no opportunity, target 3", "K33": "not rated yet, target 3",
	} {
		r, _ := c.Report.Row(ksb)
		if got := r.AgainstTarget(c.Today); got != want {
			t.Errorf("%s: %q", ksb, got)
		}
	}
}

func TestCodes(t *testing.T) {
	for want, ksbs := range map[string][]string{"": nil, "K1": {"K1"}, "K1, S1": {"K1", "S1"}, "K1, S1 +2": {"K1", "S1", "B1", "B2"}} {
		if got := codes(ksbs); got != want {
			t.Errorf("%v: %q", ksbs, got)
		}
	}
}

func TestReadSort(t *testing.T) {
	for text, want := range map[string]profile.Sort{
		"": profile.Practise, "practise": profile.Practise, "PEOPLE": profile.People, "st": profile.Study, "p": "", "course": "", "peoples": "",
	} {
		says := checkSort(text)
		if got := typedAction(ui.Values{"sort": text}).Sort; (says == "") != (want != "") || says == "" && got != want {
			t.Errorf("%q: %q, %q", text, got, says)
		}
	}
}

func TestResumeAt(t *testing.T) {
	c := uitest.Demo(80, 24)
	s := New()
	late := firstOverdue(t, c, "g-s7rp")
	for _, x := range []struct {
		goal       string
		edit       func(*profile.Goal)
		item, open string
	}{
		{"g-k8tq", nil, itemAction + "a-6jqt", itemAct},
		{"g-s7rp", nil, itemAction + late.ID, itemAct}, // before what is not reflected on
		{"g-s7rp", func(g *profile.Goal) { g.Actions = nil }, itemReflect, itemReflect},
		{"g-s5dn", nil, itemKeep, itemAct},
		{"g-s5dn", func(g *profile.Goal) { g.Why = safetext.Text{} }, itemAppraise, itemAppraise},
		{"g-s5dn", func(g *profile.Goal) { g.Due = calendar.Date{} }, itemAct, itemAct},
		{"g-k6va", nil, itemReopen, ""},
		{"g-s4wm", nil, itemNext, ""},
	} {
		g, _ := c.Profile.Goal(x.goal)
		if x.edit != nil {
			g.Actions = slices.Clone(g.Actions)
			x.edit(&g)
		}
		p := s.page(g, c)
		if item, open := p.resumeAt(c); item != x.item || open != x.open {
			t.Errorf("%s: %q with %q open", x.goal, item, open)
		}
	}
	alone := uitest.Demo(80, 24)
	g, _ := alone.Profile.Goal("g-s4wm")
	alone.Profile.Goals = []profile.Goal{g}
	if item, _ := s.page(g, alone).resumeAt(alone); item != itemReopen {
		t.Errorf("the only goal, closed: %q", item)
	}
}

// Every row says what it is and what Enter does, and no two have the same key.
func TestRowsSayWhatTheyAre(t *testing.T) {
	for name, c := range map[string]*ui.Context{"demo": uitest.Demo(80, 24), "fresh": uitest.Fresh(80, 24), "closed": onlyClosed(), "tall": uitest.Demo(120, 50)} {
		s := New()
		s.showClosed, s.showSuggestions = true, true
		s.Update(ui.EnterMsg{}, c)
		_, rows := s.list(c)
		flows := map[string][]page.Row{"list": rows}
		for _, r := range rows {
			if r.Does == "" && r.Key[:2] != "g:" {
				t.Errorf("%s: %q does not say what Enter does", name, r.Key)
			}
			s.listCursor.Choose(r.Key)
			s.showRow(c)
			for _, open := range []string{itemReflect, itemAppraise, itemAct, itemCoach} {
				s.open = open
				flows[r.Key+" "+open] = s.flow(c).Rows
			}
		}
		for at, rows := range flows {
			seen := map[string]bool{}
			for _, r := range rows {
				if r.Name == "" || r.Enter == nil || seen[r.Key] || at != "list" && r.Does == "" {
					t.Errorf("%s, %s: %+v", name, at, r)
				}
				seen[r.Key] = true
			}
		}
	}
}

func TestListWithoutGoals(t *testing.T) {
	for _, x := range []struct {
		name  string
		ctx   *ui.Context
		words []string
		intro string
	}{
		{"fresh", uitest.Fresh(80, 24), []string{"rate", "take it up", "take it up", "take it up"}, "nothing is rated yet"},
		{"only closed, two of them projects", onlyClosed(), []string{"take it up", "open", "open", "take it up", "take it up"}, "No goal under way"},
	} {
		s := New()
		s.Update(ui.EnterMsg{}, x.ctx)
		l, _ := s.list(x.ctx)
		var words []string
		for _, r := range l.rows {
			if r.Key != itemKeep {
				words = append(words, r.footer)
			}
		}
		if !slices.Equal(words, x.words) || !strings.Contains(l.intro(), x.intro) || l.suggest < 0 {
			t.Errorf("%s: %v, %q", x.name, words, l.intro())
		}
	}
}

func onlyClosed() *ui.Context {
	c := uitest.Demo(80, 24)
	c.Profile.Goals = slices.DeleteFunc(slices.Clone(c.Profile.Goals), func(g profile.Goal) bool { return g.Status != profile.GoalDone })
	return c
}

func TestSuggestionsLeaveOutWhatIsAGoal(t *testing.T) {
	c := uitest.Demo(80, 24)
	s := New()
	s.Update(ui.EnterMsg{}, c)
	s.toggleSuggestions(c)
	_, rows := s.list(c)
	for _, r := range rows {
		if r.Key == "s:K8" || r.Key == "s:K26" {
			t.Errorf("%s is suggested, and is a goal", r.Code)
		}
	}
}

// firstOverdue is the first action of a goal that is overdue.
func firstOverdue(t *testing.T, c *ui.Context, goal string) profile.Action {
	t.Helper()
	g, _ := c.Profile.Goal(goal)
	i := slices.IndexFunc(g.Actions, func(a profile.Action) bool { return a.Overdue(c.Today) })
	if i < 0 {
		t.Fatalf("nothing of %s is overdue", goal)
	}
	return g.Actions[i]
}
