package plan_test

import (
	"fmt"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
)

var words = safetext.New

// smart is a goal that meets every letter.
func smart() profile.Goal {
	return profile.Goal{
		ID: "g", KSBs: []string{"K7"}, Status: profile.GoalActive, Text: words("Say what each probe check cannot catch"), Why: words("1 below target"), Theory: "goal-setting", Due: nextToday.AddDays(50),
		Actions: []profile.Action{
			{ID: "a", Sort: profile.People, Text: words("Shadow a visit"), Who: words("Medical engineering"), Shows: words("A note"), Status: profile.ActionOpen, Due: nextToday.AddDays(7)},
			{ID: "b", Sort: profile.Study, Text: words("Read the manual"), Status: profile.ActionDone},
		},
	}
}

func actions(n int, status profile.ActionStatus) []profile.Action {
	out := make([]profile.Action, n)
	for i := range out {
		out[i] = profile.Action{Text: words("x"), Who: words("y"), Shows: words("z"), Status: status}
	}
	return out
}

func TestCheck(t *testing.T) {
	const able = "what exactly will you be able to do or show"
	const vague = able + "? nobody can watch "
	const what = able + ", and on which equipment, procedure or task?"
	effort := func(words string) string {
		return able + `? "` + words + `" says how hard you will try`
	}
	for _, c := range []struct {
		name   string
		edit   func(*profile.Goal)
		letter string
		ok     bool
		says   string
	}{
		{"specific", func(*profile.Goal) {}, "S", true, "it says what you will do"},
		{"vague", func(g *profile.Goal) { g.Text = words("  Understand probes better in all respects") }, "S", false, vague + `"understand"`},
		{"vague, in two words", func(g *profile.Goal) { g.Text = words("Try to use the probe every day") }, "S", false, vague + `"try"`},
		{"vague, behind I will", func(g *profile.Goal) { g.Text = words("I will improve my work with the probe") }, "S", false, vague + `"improve"`},
		{"not vague but for its first letters", func(g *profile.Goal) { g.Text = words("Improvement cycle led on one probe") }, "S", true, "it says what you will do"},
		{"do my best", func(g *profile.Goal) { g.Text = words("Do my best with all the SOPs") }, "S", false, effort("do my best")},
		{"as well as I can", func(g *profile.Goal) { g.Text = words("Run the morning probe check as well as I can.") }, "S", false, effort("as well as i can")},
		{"effort in capitals", func(g *profile.Goal) { g.Text = words("Check four probes WHENEVER I CAN this month") }, "S", false, effort("whenever i can")},
		{"an effort that is a part of words", func(g *profile.Goal) { g.Text = words("Show where the probe has I canister and valve") }, "S", true, "it says what you will do"},
		{"short", func(g *profile.Goal) { g.Text = words("Check four probes weekly") }, "S", false, what},
		{"five words", func(g *profile.Goal) { g.Text = words("Check four probes every week") }, "S", true, "it says what you will do"},
		{"empty", func(g *profile.Goal) { g.Text = words("") }, "S", false, what},

		{"measurable", func(*profile.Goal) {}, "M", true, "shown by: A note"},
		{"by what is done", func(g *profile.Goal) { g.Actions[0].Status = profile.ActionDone }, "M", true, "shown by: A note"},
		{"nothing shows it", func(g *profile.Goal) { g.Actions[0].Shows = words(" ") }, "M", false, "say for one action what will show that it was done"},
		{"what showed it was dropped", func(g *profile.Goal) { g.Actions[0].Status = profile.ActionDropped }, "M", false, "say for one action what will show that it was done"},
		{"hostile", func(g *profile.Goal) { g.Actions[0].Shows = words("a\x1b[2J\nb") }, "M", true, "shown by: a\uFFFD[2J b"},

		{"assignable", func(*profile.Goal) {}, "A", true, "with: Medical engineering"},
		{"nobody helps", func(g *profile.Goal) { g.Actions[0].Who = words("") }, "A", false, "name who helps with one of the actions"},
		{"who helped did not", func(g *profile.Goal) { g.Actions[0].Status = profile.ActionNotDone }, "A", false, "name who helps with one of the actions"},

		{"realistic", func(*profile.Goal) {}, "R", true, "1 below target"},
		{"no reason", func(g *profile.Goal) { g.Why = words("") }, "R", false, "add one line on why this goal, now"},
		{"no action", func(g *profile.Goal) { g.Actions = actions(2, profile.ActionChanged) }, "R", false, "add a first action that fits into a working week"},
		{"five open", func(g *profile.Goal) { g.Actions = actions(5, profile.ActionOpen) }, "R", true, "1 below target"},
		{"six open", func(g *profile.Goal) { g.Actions = actions(6, profile.ActionOpen) }, "R", false, "that is many actions at once; keep the two or three that matter most"},
		{"six done", func(g *profile.Goal) { g.Actions = actions(6, profile.ActionDone) }, "R", true, "1 below target"},
		{"a week left", func(g *profile.Goal) { g.Due = nextToday.AddDays(7) }, "R", true, "1 below target"},
		{"six days left", func(g *profile.Goal) { g.Due = nextToday.AddDays(6) }, "R", false, "less than a week is left; move the date or make the step smaller"},
		{"due today", func(g *profile.Goal) { g.Due = nextToday }, "R", false, "less than a week is left; move the date or make the step smaller"},
		{"no date is no haste", func(g *profile.Goal) { g.Due = calendar.Date{} }, "R", true, "1 below target"},

		{"timed", func(*profile.Goal) {}, "T", true, "by 11 Jan 2027"},
		{"no date", func(g *profile.Goal) { g.Due = calendar.Date{} }, "T", false, "give the goal a date"},
		{"today", func(g *profile.Goal) { g.Due = nextToday }, "T", true, "by 22 Nov 2026"},
		{"past", func(g *profile.Goal) { g.Due = nextToday.AddDays(-1) }, "T", false, "the date 21 Nov 2026 is past; agree a new one or close the goal"},
		{"past, and done", func(g *profile.Goal) { g.Due, g.Status = nextToday.AddDays(-1), profile.GoalDone }, "T", true, "by 21 Nov 2026"},
	} {
		t.Run(c.letter+" "+c.name, func(t *testing.T) {
			g := smart()
			c.edit(&g)
			all := plan.Check(g, nextToday)
			if len(all) != 5 {
				t.Fatalf("%d letters", len(all))
			}
			spelled := ""
			missing := 0
			for _, l := range all {
				spelled += l.Letter
				if !l.OK {
					missing++
				}
				if l.Letter == c.letter && (l.OK != c.ok || l.Says != c.says) {
					t.Errorf("%v %q, want %v %q", l.OK, l.Says, c.ok, c.says)
				}
			}
			if spelled != "SMART" || missing != len(plan.Missing(g, nextToday)) {
				t.Errorf("%s, %d missing", spelled, missing)
			}
		})
	}
	if missing := plan.Missing(smart(), nextToday); len(missing) != 0 {
		t.Errorf("missing: %+v", missing)
	}
}

func TestPath(t *testing.T) {
	reflection := func(patients string) profile.Reflection {
		return profile.Reflection{ID: "r", On: nextToday, Model: "driscoll", Goal: "g", KSBs: []string{"K7"}, Answers: []profile.Answer{{Step: "what", Text: words("x")}, {Step: coaching.PatientsStep, Text: words(patients)}}}
	}
	driscoll, _ := lib.Reflection().Model("driscoll")
	theory, _ := lib.Appraisal().Theory("goal-setting")
	full := profile.Profile{Reflections: []profile.Reflection{reflection("they wait")}}
	for _, c := range []struct {
		name string
		p    profile.Profile
		edit func(*profile.Goal)
		step int
		done bool
		says string
	}{
		{"reflected", full, nil, 0, true, driscoll.Name + ", 22 Nov 2026"},
		{"not reflected", profile.Profile{}, nil, 0, false, "not reflected on yet"},
		{"on another goal", full, func(g *profile.Goal) { g.ID = "h" }, 0, false, "not reflected on yet"},
		{"patients left open", profile.Profile{Reflections: []profile.Reflection{reflection(" ")}}, nil, 0, false, "still open: what it means for patients; " + driscoll.Name + ", 22 Nov 2026"},
		{"the newest counts", profile.Profile{Reflections: []profile.Reflection{reflection("x"), reflection("")}}, nil, 0, false, "still open: what it means for patients; " + driscoll.Name + ", 22 Nov 2026"},
		{"a model of one's own", profile.Profile{Reflections: []profile.Reflection{func() profile.Reflection { r := reflection("x"); r.Model = "mine"; return r }()}}, nil, 0, true, "a model of your own, 22 Nov 2026"},

		{"appraised", full, nil, 1, true, "1 below target (" + theory.Name + ")"},
		{"no theory", full, func(g *profile.Goal) { g.Theory = "" }, 1, true, "1 below target"},
		{"no reason", full, func(g *profile.Goal) { g.Why = words("") }, 1, false, "no reason written yet"},

		{"in hand", full, nil, 2, true, "1 open, 1 closed"},
		{"overdue", full, func(g *profile.Goal) { g.Actions[0].Due = nextToday.AddDays(-1) }, 2, false, "1 open (1 overdue), 1 closed"},
		{"one letter missing", full, func(g *profile.Goal) { g.Due = calendar.Date{} }, 2, false, "SMART: not yet time-related; 1 open, 1 closed"},
		{"two letters missing", full, func(g *profile.Goal) { g.Due, g.Text = calendar.Date{}, words("understand it") }, 2, false, "SMART: not yet specific, time-related; 1 open, 1 closed"},
		{"three letters missing", full, func(g *profile.Goal) { g.Due, g.Text, g.Why = calendar.Date{}, words("understand it"), words("") }, 2, false, "SMART: 3 of 5 not met yet; 1 open, 1 closed"},
		{"nothing yet", full, func(g *profile.Goal) { g.Actions = nil }, 2, false, "no open action: add one"},
		{"nothing left", full, func(g *profile.Goal) { g.Actions = g.Actions[1:] }, 2, false, "no open action: add one, or close the goal; 1 closed"},
		{"nothing left, and the goal is done", full, func(g *profile.Goal) { g.Actions[0].Status, g.Status = profile.ActionDone, profile.GoalDone }, 2, true, "0 open, 2 closed"},
	} {
		t.Run(c.name, func(t *testing.T) {
			g := smart()
			if c.edit != nil {
				c.edit(&g)
			}
			path := plan.Path(c.p, g, lib.Reflection(), lib.Appraisal(), nextToday)
			for i, want := range []struct{ ksb, name string }{{"K31", "Reflect"}, {"K32", "Appraise"}, {"K33", "Act"}} {
				if path[i].KSB != want.ksb || path[i].Name != want.name {
					t.Errorf("step %d: %+v", i, path[i])
				}
			}
			if got := path[c.step]; got.Done != c.done || got.Says != c.says {
				t.Errorf("%v %q, want %v %q", got.Done, got.Says, c.done, c.says)
			}
		})
	}
}

// Suggested goals are specific by the same check, at every level.
func TestSuggestedGoalsAreSpecific(t *testing.T) {
	n := 0
	newID := func(prefix string) string { n++; return fmt.Sprint(prefix, "-", n) }
	for l := level.Level(0); l <= level.Max; l++ {
		r := reportOf(ratedAll(lib, l))
		for _, row := range r.Rows {
			g := plan.Suggest(r, row, entry, titleOf).Taken(nextToday, newID)
			if s := plan.Check(g, nextToday)[0]; !s.OK {
				t.Errorf("%s at level %d: %q: %s", row.KSB.ID, l, g.Text.Line(), s.Says)
			}
		}
	}
}

func TestNextOnThePath(t *testing.T) {
	done := plan.Step{Done: true}
	for name, c := range map[string]struct {
		path plan.Steps
		want string
	}{
		"all":                      {plan.Steps{done, done, done}, "Reflected on, appraised and acted on"},
		"reflect":                  {plan.Steps{{Name: "Reflect", Says: "not yet"}, done, done}, "Next: reflect, not yet"},
		"reflect, and overdue":     {plan.Steps{{Name: "Reflect", Says: "not yet"}, done, {Name: "Act", Late: 2}}, "Next: reflect, not yet; 2 actions overdue"},
		"nothing but what is late": {plan.Steps{done, done, {Name: "Act", Says: "1 open (1 overdue)", Late: 1}}, "Next: act, 1 open (1 overdue)"},
	} {
		if got := c.path.Next(); got != c.want {
			t.Errorf("%s: %q", name, got)
		}
	}
}
