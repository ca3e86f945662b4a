package appraisal_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/doc"
	"github.com/ksbcoach/ksbcoach/internal/export"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
)

func sections(p profile.Profile) []appraisal.Section {
	return appraisal.Sections(report(p), p, appraisal.Prepare(report(p), p, coach, title), title, appraisal.You)
}

// onPage are the lines of one part as text.
func onPage(all []appraisal.Section, part appraisal.Part) (out []string) {
	for _, s := range all {
		if s.Part == part {
			for _, l := range s.Lines {
				out = append(out, l.Line())
			}
		}
	}
	return out
}

// The page to talk from has six parts and fits on a usual terminal. Each line is about something that can be opened.
func TestThePageToTalkFrom(t *testing.T) {
	all, lines := sections(asha()), 0
	var parts []appraisal.Part
	for _, s := range all {
		if s.Below {
			continue
		}
		parts = append(parts, s.Part)
		for _, l := range s.Lines {
			if lines++; l.KSB == "" && l.Action == "" && l.Left == nil || strings.Contains(l.Line(), "\n") {
				t.Errorf("%s: %+v", s.Head, l)
			}
		}
	}
	if want := []appraisal.Part{"pickup", "proud", "working", "talk", "last", "ask"}; !slices.Equal(parts, want) || lines > 18 {
		t.Errorf("%d lines in %v", lines, parts)
	}
	for part, want := range map[appraisal.Part]string{
		appraisal.PartProud:     "S18 Protecting and sharing information: Stopped a screenshot of a worklist going into the team chat (9 Nov)",
		appraisal.PartWorkingOn: "K26 Audit tools and analysis: now 0, expected 2",
		appraisal.PartTalkOver:  "S7 Keeping equipment safe to use: you 1, J. Ode 2, R. Lindqvist 1",
		appraisal.PartPickUp:    "Go along on a service visit and ask what it checks that we cannot: due 13 Nov, 9 days ago",
		appraisal.PartAskFor:    "K8 Teaching and assessing skills: To be present when somebody is assessed, after you have read the blank form",
		appraisal.PartChanged:   "K1 Laws, codes and standards of the role: 1 to 2",
	} {
		if got := onPage(all, part); !slices.Contains(got, want) {
			t.Errorf("%s: no %q in %q", part, want, got)
		}
	}
	last := all[4].Lines
	if last[0].Left == nil || last[1].Status != profile.ActionDone {
		t.Errorf("a promise, and what was done come first: %+v", last)
	}
}

// The learner's page begins with overdue actions and goals, which are also the next step if nothing else is pressing.
// In the version for others they come further down, without a count of days.
func TestThePageBeginsWithWhatIsOverdue(t *testing.T) {
	p := asha()
	for i := range p.Goals {
		for k := range p.Goals[i].Actions {
			p.Goals[i].Actions[k].Due = days(9)
		}
	}
	at := slices.IndexFunc(p.Goals, func(g profile.Goal) bool { return g.Status == profile.GoalActive })
	p.Goals[at].Due = days(-9)
	text := strings.TrimSuffix(p.Goals[at].Text.Line(), ".")
	if got := sections(p)[0]; got.Part != appraisal.PartPickUp || len(got.Lines) != 1 || got.Lines[0].Goal != p.Goals[at].ID ||
		got.Lines[0].Text() != text+": your goal, due 13 Nov, 9 days ago" {
		t.Errorf("%+v", got)
	}
	r := report(p)
	for _, s := range appraisal.Sections(r, p, appraisal.Prepare(r, p, coach, title), title, "Asha") {
		for _, l := range s.Lines {
			if s.Part == appraisal.PartPickUp || strings.Contains(l.Words, "days ago") {
				t.Errorf("others read %q", l.Text())
			}
		}
	}
	step, ok := plan.LongestOverdue(p, today)
	if !ok || step.Goal != p.Goals[at].ID || step.Action != "" {
		t.Errorf("the longest overdue: %+v", step)
	}
}

// A learner without evidence and start date still has strengths to name, none of which is also a gap.
func TestThePageOfALearnerWithoutEvidence(t *testing.T) {
	p := apply(t, blank("Asha"), rate(profile.Self, "K7", 3, today), rate(profile.Self, "S6", 2, today), rate(profile.Self, "K8", 2, today),
		rate(profile.Self, "K9", 0, today), rate(profile.Self, "S14", 1, today), rate(profile.Self, "K10", 1, today))
	all := sections(p)
	if got := strings.Join(onPage(all, appraisal.PartProud), "; "); got != "K7 Equipment from purchase to disposal: level 3, target 3; "+
		"K8 Teaching and assessing skills: level 2, target 3; S6 Interpreting data on your own: level 2, target 3" {
		t.Error(got)
	}
	for _, x := range onPage(all, appraisal.PartWorkingOn) {
		if code, _, _ := strings.Cut(x, " "); slices.Contains([]string{"K7", "K8", "S6"}, code) || !strings.Contains(x, ", target 3") {
			t.Error(x)
		}
	}
	if got := onPage(all, appraisal.PartAskFor); len(got) != 3 {
		t.Errorf("%q", got)
	}
	if got := sections(blank("Asha")); len(got) != 0 {
		t.Errorf("nothing is rated: %+v", got)
	}
}

// An agreed level that was rated differently since is on the page, even if there are enough differences to fill it.
func TestThePageHasAnAgedAgreement(t *testing.T) {
	p := apply(t, blank("Asha"), profile.Agree{KSB: "K7", Level: 2, Reason: text("seen"), On: days(-300), Who: text("J. Ode")}, rate(profile.Self, "K7", 4, days(-20)))
	for _, id := range []string{"K1", "K2", "K3", "K4"} {
		p = apply(t, p, rate(profile.Self, id, 2, days(-2)), profile.Rate{KSB: id, By: profile.Mentor, Level: 1, On: days(-1), Who: text("J. Ode")})
	}
	all := sections(p)
	now, more := onPage(all, appraisal.PartTalkOver), onPage(all, appraisal.PartTalkMore)
	if len(now) != 3 || len(more) != 2 || now[2] != "K7 Equipment from purchase to disposal: agreed 2 in January, you say 4 since 2 Nov" {
		t.Errorf("%q, and %q", now, more)
	}
	paper := string(export.Text(appraisal.PackDoc(report(p), p, appraisal.Prepare(report(p), p, coach, title), title, lib.Scale(), false), 200))
	for _, want := range []string{"agreed 2 in January, Asha says 4 since 2 Nov", "Asha 2, J. Ode 1"} {
		if !strings.Contains(paper, want) {
			t.Errorf("no %q in\n%s", want, paper)
		}
	}
}

// The document for others begins with the same page in words, and holds nothing that speaks against the learner.
func TestTheDocumentIsThePageInWords(t *testing.T) {
	p := asha()
	pack := appraisal.Prepare(report(p), p, coach, title)
	paper := string(export.Text(appraisal.PackDoc(report(p), p, pack, title, lib.Scale(), false), 1000))
	at := 0
	for _, s := range appraisal.Sections(report(p), p, pack, title, p.Learner.Name.Line()) {
		if s.Own {
			continue
		}
		for _, l := range s.Lines {
			i := strings.Index(paper[at:], "\n  "+l.Line()+"\n")
			if i < 0 {
				t.Fatalf("%q is not there, or not in its place:\n%s", l.Line(), paper)
			}
			at += i
		}
	}
	if bare := regexp.MustCompile(`(?m)\b[KSB]\d+, [KSB]\d+|^ *[KSB]\d+ \d`).FindString(paper); bare != "" {
		t.Errorf("bare codes: %s", bare)
	}
	for _, blame := range []string{"below target", " behind where", "verdue", "no evidence", "o dated example", "nsupported", "too old", "you 0", "your mentor"} {
		if strings.Contains(paper, blame) {
			t.Errorf("it says %q:\n%s", blame, paper)
		}
	}
}

// The extreme case: a KSB that nothing is planned for, rated by a mentor without a name.
func TestThePageNamesWhoeverItCan(t *testing.T) {
	p := apply(t, blank("Asha"), rate(profile.Self, "K7", level.NoOpportunity, days(-2)), profile.Rate{KSB: "K7", By: profile.Mentor, Level: 1, On: days(-1), Who: safetext.Text{}})
	if got := onPage(sections(p), appraisal.PartTalkOver); len(got) != 1 || got[0] != "K7 Equipment from purchase to disposal: you no opportunity, the mentor 1" {
		t.Errorf("%q", got)
	}
}

// What was answered just now stays on the page, above what ended long ago.
func TestThePageKeepsWhatWasAnsweredLast(t *testing.T) {
	p := asha()
	last, _ := p.LastReview()
	var late profile.Action
	for _, id := range last.Actions {
		if a, _, ok := p.Action(id); ok && a.Overdue(today) {
			late = a
		}
	}
	p, err := profile.SetActionStatus{ID: late.ID, Status: profile.ActionNotDone, On: today}.Apply(p, std)
	if err != nil {
		t.Fatal(err)
	}
	got := onPage(sections(p), appraisal.PartLastTime)
	if !slices.ContainsFunc(got, func(l string) bool {
		return strings.HasPrefix(l, strings.TrimSuffix(late.Text.Line(), ".")+": not done")
	}) {
		t.Errorf("no %q in %q", late.Text.Line(), got)
	}
}

// What was agreed in words comes before the differences, of which there may be more than the page has room for.
func TestWhatWasAgreedInWordsComesFirst(t *testing.T) {
	p := asha()
	last, _ := p.LastReview()
	x := appraisal.Prepare(report(p), p, coach, title)
	x.Left = []profile.Left{{Review: last.ID, KSB: "K7"}, {Review: last.ID, KSB: "S6"}, {Review: last.ID}}
	got := onPage(appraisal.Sections(report(p), p, x, title, appraisal.You), appraisal.PartLastTime)
	if len(got) < 2 || !strings.HasPrefix(got[0], "Agreed on ") || !strings.HasPrefix(got[1], "K7") {
		t.Errorf("%q", got)
	}
}

// A strength shown by evidence from before the last review says so: it is not news.
func TestAStrengthSaysIfItIsFromBeforeTheLastReview(t *testing.T) {
	p := asha()
	news := slices.ContainsFunc(onPage(sections(p), appraisal.PartProud), func(l string) bool {
		return !strings.Contains(l, "before the last review")
	})
	if !news {
		t.Error("everything is from before the last review")
	}
	p.Reviews = append(slices.Clone(p.Reviews), profile.Review{ID: "v-later", On: today, Closed: today})
	lines := onPage(sections(p), appraisal.PartProud)
	if len(lines) == 0 {
		t.Fatal("nobody is proud of anything")
	}
	for _, l := range lines {
		if !strings.HasSuffix(l, ", before the last review)") {
			t.Errorf("old, and as if it were new: %q", l)
		}
	}
}

// KSBs without an opportunity are counted separately: nobody can be at the expected level in them.
func TestThePageCountsNoOpportunitySeparately(t *testing.T) {
	p := blank("Asha")
	p.Learner.Start = today.AddMonths(-18)
	p = apply(t, p, rate(profile.Self, "S30", -1, today), rate(profile.Self, "K1", 3, today), rate(profile.Self, "K2", 0, today))
	pack := appraisal.Prepare(report(p), p, noCoach, title)
	says := string(export.Text(appraisal.PackDoc(report(p), p, pack, title, lib.Scale(), true), 1000))
	want := "3 of 72 rated, 1 with no opportunity. Of the other 2, 1 is at or above where month 18 of 36 should be."
	if !strings.Contains(says, want) {
		t.Errorf("%q is not in\n%s", want, says)
	}
}

// A near gateway is named once: on the learner's page with the talk it calls for, in the version for others as a date.
func TestANearGatewayIsNamedOnce(t *testing.T) {
	for _, x := range []struct {
		days       int
		own, other string
	}{
		{30, "Talk to your line manager and your provider", "The gateway is planned for"},
		{100, "The gateway is planned for", "The gateway is planned for"},
		{300, "", ""},
	} {
		p := asha()
		p.Learner.Gateway = days(x.days)
		for own, want := range map[bool]string{true: x.own, false: x.other} {
			var says []string
			for _, b := range appraisal.PackDoc(report(p), p, appraisal.Prepare(report(p), p, coach, title), title, lib.Scale(), own).Blocks {
				if para, ok := b.(doc.Para); ok && strings.Contains(para.Text, p.Learner.Gateway.Long()) {
					says = append(says, para.Text)
				}
			}
			if strings.Join(says, "") == "" != (want == "") || len(says) > 1 || len(says) == 1 && !strings.HasPrefix(says[0], want) {
				t.Errorf("in %d days, own %t: %q", x.days, own, says)
			}
		}
	}
}

// Strengths are listed from the newest; the version for others explains the levels, and who "you" is.
func TestThePageHasTheNewestFirstAndExplainsLevelsToOthers(t *testing.T) {
	p := blank("Asha")
	for id, on := range map[string]int{"K1": -40, "K2": -3, "K3": -200, "S1": -9} {
		p = apply(t, p, rate(profile.Self, id, 3, days(-1)), profile.AddEvidence{Evidence: profile.Evidence{
			ID: "e-" + strings.ToLower(id), KSBs: []string{id}, On: days(on), Kind: profile.Kinds[0], Title: text("Did it"),
		}})
	}
	var told []string
	for _, l := range onPage(sections(p), appraisal.PartProud) {
		told = append(told, l[:2])
	}
	if !slices.Equal(told, []string{"K2", "S1", "K1"}) {
		t.Errorf("proud of %v", told)
	}
	for own, want := range map[bool]bool{true: false, false: true} {
		paper := string(export.Text(appraisal.PackDoc(report(p), p, appraisal.Prepare(report(p), p, coach, title), title, lib.Scale(), own), 1000))
		for _, says := range []string{"The levels: 0 Not yet, 1 Aware, 2 Supported, 3 Independent, 4 Leads others.", `"you" is me`} {
			if strings.Contains(paper, says) != want {
				t.Errorf("own %t, %q in\n%s", own, says, paper)
			}
		}
	}
}
