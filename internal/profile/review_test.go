package profile_test

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/profile/file"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
)

// reviewed is a profile with everything of the appraisal cycle: one review has its checks in one line, another in
// blocks.
const reviewed = small + `[round.mentor]
K7 = { level = 2, on = 2025-09-21, by = "J. Ode" }
[round.differ]
K7 = { on = 2025-09-22, note = "two more checks to see" }

[settings]
stale = 18
every = 6

[[review]]
id = "r-5k0z"
on = 2026-06-09
with = ["J. Ode", "R. Lindqvist"]
checked = [{ action = "a-77pp", outcome = "dropped", reason = "unit closed" }]
closed = 2026-06-09

[[review]]
id = "r-6k0z"
on = 2026-09-09
kind = "appraisal"
with = ["J. Ode"]
round = "baseline"
actions = ["a-1", "a-2"]
agreed = "Teaching first"
wellbeing = "tired"
workload = "two lists"
support = "an hour"
share = ["support", "reflections"]
clear = "yes"
helped = "partly"
valued = "no"
next = 2026-12-31
closed = 2026-09-10
hash = "sha256:00ff"
[[review.checked]]
action = "a-78pp"
outcome = "done"
[[review.checked]]
action = "a-79pp"
outcome = "not-done"
reason = "on leave"
`

func TestDecodeReadsTheAppraisalCycle(t *testing.T) {
	p := decode(t, reviewed).Profile
	if want := (profile.Settings{Stale: 18, Every: 6}); p.Settings != want {
		t.Errorf("settings %+v", p.Settings)
	}
	if want := map[string]profile.Differ{"K7": {On: calendar.Of(2025, 9, 22), Note: text("two more checks to see")}}; !reflect.DeepEqual(p.Rounds[0].Differ, want) {
		t.Errorf("differ %+v", p.Rounds[0].Differ)
	}
	want := []profile.Review{{
		ID: "r-5k0z", On: calendar.Of(2026, 6, 9), Kind: profile.ReviewProgress, With: []safetext.Text{text("J. Ode"), text("R. Lindqvist")},
		Checked: []profile.Checked{{Action: "a-77pp", Outcome: profile.ActionDropped, Reason: text("unit closed")}}, Closed: calendar.Of(2026, 6, 9),
	}, {
		ID: "r-6k0z", On: calendar.Of(2026, 9, 9), Kind: profile.ReviewAppraisal, With: []safetext.Text{text("J. Ode")}, Round: "baseline",
		Checked: []profile.Checked{{Action: "a-78pp", Outcome: profile.ActionDone}, {Action: "a-79pp", Outcome: profile.ActionNotDone, Reason: text("on leave")}},
		Actions: []string{"a-1", "a-2"}, Agreed: text("Teaching first"), Wellbeing: text("tired"), Workload: text("two lists"), Support: text("an hour"),
		Share: []string{profile.ShareSupport, profile.ShareReflections}, Clear: "yes", Helped: "partly", Valued: "no",
		Next: calendar.Of(2026, 12, 31), Closed: calendar.Of(2026, 9, 10), Hash: "sha256:00ff",
	}}
	if !reflect.DeepEqual(p.Reviews, want) {
		t.Errorf("reviews\n%+v\nwant\n%+v", p.Reviews, want)
	}
	if last, _ := p.LastReview(); last.ID != "r-6k0z" || !last.Shares(profile.ShareSupport) || last.Shares(profile.ShareWellbeing) {
		t.Errorf("last review %+v", last)
	}
}

func TestDecodeRefusesTheAppraisalCycle(t *testing.T) {
	for _, c := range []struct{ from, to, want string }{
		{"stale = 18", "stale = 0", "18:1 settings.stale: 0 is out of range"},
		{"stale = 18", `stale = "18"`, "18:1 settings.stale: a whole number is needed here, not text"},
		{"[settings]", "settings = 3\n[mine]", "settings: a table is needed here, not a whole number"},
		{"K7 = { on =", "K99 = { on =", "15:1 round.differ.K99: ST0413 has no such KSB"},
		{"K7 = { on = 2025-09-22, ", "K7 = { ", `round.differ.K7: the key "on" is missing`},
		{"id = \"r-5k0z\"\n", "", `review: the key "id" is missing`},
		{"id = \"r-6k0z\"", `id = "r-5k0z"`, "review.id: the id r-5k0z is used twice, first in line 22"},
		{"on = 2026-06-09\n", "", `review: the key "on" is missing`},
		{`kind = "appraisal"`, `kind = "Appraisal"`, `review.kind: "Appraisal" is not known here`},
		{`with = ["J. Ode", "R. Lindqvist"]`, `with = ["J. Ode", 5]`, "24:19 review.with: text is needed here, not a whole number"},
		{`with = ["J. Ode"]`, `with = "J. Ode"`, "review.with: a list is needed here, not text"},
		{`share = ["support",`, `share = ["mood",`, `review.share: "mood" is not known here`},
		{`clear = "yes"`, `clear = "maybe"`, `review.clear: "maybe" is not known here`},
		{`outcome = "dropped"`, `outcome = "lost"`, `review.checked.outcome: "lost" is not known here`},
		{`{ action = "a-77pp", `, `{ `, `review.checked: the key "action" is missing`},
		{"[[review.checked]]\naction = \"a-78pp\"", "[[review.Checked]]\naction = \"a-78pp\"", "review.Checked: keys are written in lower case here"},
		{`next = 2026-12-31`, `next = "2026-12-31"`, "review.next: a date is needed here, not text"},
		{`hash = "sha256:00ff"`, `hash = "\u001b[31m"`, "review.hash: the text has characters that cannot be shown"},
	} {
		src := swap(t, reviewed, c.from, c.to)
		if c.to == "settings = 3\n[mine]" { // keys of the top table come before all tables
			src = "settings = 3\n" + swap(t, reviewed, "[settings]", "[mine]")
		}
		faults := faultsOf(t, src)
		if !slices.ContainsFunc(faults, func(f file.Problem) bool { return strings.Contains(written(f), c.want) }) {
			t.Errorf("%s\n got %v\nwant %s", c.to, faults, c.want)
		}
	}
}

// inReview is a learner with an open action and a review that has just started.
func inReview(t *testing.T) profile.Profile {
	t.Helper()
	return mustApply(t, decode(t, swap(t, full, "on = 2026-09-09\nwith = [\"J. Ode\"]\n", "on = 2026-09-09\nwith = [\"J. Ode\"]\nclosed = 2026-09-09\n")).Profile,
		profile.StartReview{ID: "r-new", On: today, With: []safetext.Text{text("J. Ode")}})
}

func mustRefuse(t *testing.T, p profile.Profile, c profile.Change, want string) {
	t.Helper()
	before := deep(p)
	got, err := c.Apply(p, std)
	var r *profile.Refusal
	if !errors.As(err, &r) || !strings.Contains(r.Msg, want) || r.Why == "" {
		t.Errorf("%s: %v, want a refusal that says %q and what to try", c.Label(), err, want)
	}
	if !reflect.DeepEqual(p, before) || !reflect.DeepEqual(got, before) {
		t.Errorf("%s: refused, and yet something changed", c.Label())
	}
}

func TestReviewChecksOldActionsFirst(t *testing.T) {
	p := inReview(t)
	r, _ := p.OpenReview()
	if want := []profile.Checked{{Action: "a-91xd", Outcome: profile.ActionOpen}}; !reflect.DeepEqual(r.Checked, want) {
		t.Fatalf("checked at the start: %+v", r.Checked)
	}
	newGoal := profile.AddGoal{Goal: profile.Goal{ID: "g-x", KSBs: []string{"S1"}, Text: text("Say where the code is")}}
	newAction := profile.AddAction{Goal: "g-2mq9", Action: profile.Action{ID: "a-x", Sort: profile.Study, Text: text("Read it")}}
	mustRefuse(t, p, newGoal, "1 action of last time is not checked yet")
	mustRefuse(t, p, newAction, "1 action of last time is not checked yet")
	mustRefuse(t, p, profile.CloseReview{ID: "r-new", On: today, Next: today.AddDays(90)}, "1 action of last time is not checked yet")
	check := profile.CheckAction{Review: "r-new", Action: "a-91xd", Outcome: profile.ActionChanged}
	mustRefuse(t, p, check, "needs a reason")
	mustRefuse(t, p, profile.CheckAction{Review: "r-new", Action: "a-91xd", Outcome: profile.ActionOpen}, "does not say what became of it")
	mustRefuse(t, p, profile.CheckAction{Review: "r-none", Action: "a-91xd", Outcome: profile.ActionDone}, "no review")
	mustRefuse(t, p, profile.CheckAction{Review: "r-new", Action: "a-none", Outcome: profile.ActionDone}, "no action")
	check.Reason = text("smaller step")
	p = mustApply(t, p, check, newGoal, newAction)
	if a, _, _ := p.Action("a-91xd"); a.Status != profile.ActionChanged || a.Note.Raw() != "smaller step" || a.Closed != today {
		t.Errorf("the action: %+v", a)
	}
	p = mustApply(t, p, profile.CloseReview{ID: "r-new", On: today, Next: today.AddDays(90), Round: true, Hash: "sha256:00"})
	r, _ = p.Review("r-new")
	if !slices.Equal(r.Actions, []string{"a-x"}) || r.Closed != today || r.Hash != "sha256:00" || r.Round != "review-1" {
		t.Errorf("closed: %+v", r)
	}
	if p.Learner.Review != today.AddDays(90) {
		t.Errorf("next review %s", p.Learner.Review)
	}
	if _, open := p.Open(); open {
		t.Error("the round is still open")
	}
	mustRefuse(t, p, profile.EditReview{ID: "r-new", Agreed: ptr(text("more"))}, "was closed on")
	mustRefuse(t, p, check, "was closed on")
}

// Only a review that is under way limits the plan.
func TestWithoutAnOpenReviewActionsMayBeAdded(t *testing.T) {
	p := inReview(t)
	p.Reviews = p.Reviews[:1]
	mustApply(t, p, profile.AddAction{Goal: "g-2mq9", Action: profile.Action{ID: "a-x", Sort: profile.Study, Text: text("Read it")}})
}

func TestReviewRefusals(t *testing.T) {
	p := inReview(t)
	p = mustApply(t, p, profile.CheckAction{Review: "r-new", Action: "a-91xd", Outcome: profile.ActionDone})
	next := today.AddDays(90)
	for want, c := range map[string]profile.Change{
		"is still open":               profile.StartReview{ID: "r-x", On: today},
		"not a kind of review":        profile.EditReview{ID: "r-new", Kind: ptr(profile.ReviewKind("chat"))},
		"cannot be shared":            profile.EditReview{ID: "r-new", Share: &[]string{"mood"}},
		"or is named twice":           profile.EditReview{ID: "r-new", Share: &[]string{"support", "support"}},
		"not an answer to a closing":  profile.EditReview{ID: "r-new", Valued: ptr("maybe")},
		"a name is empty":             profile.EditReview{ID: "r-new", With: &[]safetext.Text{text(" ")}},
		"is not after this one":       profile.EditReview{ID: "r-new", Next: ptr(today)},
		"workload is longer than":     profile.EditReview{ID: "r-new", Workload: ptr(text(strings.Repeat("x", profile.MaxText+1)))},
		"next review is missing":      profile.CloseReview{ID: "r-new", On: today},
		"the review was on":           profile.CloseReview{ID: "r-new", On: today.AddDays(-1), Next: next},
		"needs a date":                profile.CloseReview{ID: "r-new", Next: next},
		"does not say who met":        profile.CloseReview{ID: "r-new", On: today, Next: next, With: []safetext.Text{}},
		"the check code has":          profile.CloseReview{ID: "r-new", On: today, Next: next, Hash: "\x1b"},
		"there is no review \"r-no\"": profile.CloseReview{ID: "r-no", On: today, Next: next},
	} {
		mustRefuse(t, p, c, want)
	}
}

func TestSettingsDefaults(t *testing.T) {
	var s profile.Settings
	if s.StaleMonths() != 12 || s.EveryMonths() != 3 {
		t.Errorf("defaults %d and %d", s.StaleMonths(), s.EveryMonths())
	}
	p := mustApply(t, decode(t, small).Profile, profile.SetSettings{Settings: profile.Settings{Stale: 6, Every: 1}})
	if p.Settings.StaleMonths() != 6 || p.Settings.EveryMonths() != 1 {
		t.Errorf("%+v", p.Settings)
	}
	mustRefuse(t, p, profile.SetSettings{Settings: profile.Settings{Stale: -1}}, "evidence goes stale")
	mustRefuse(t, p, profile.SetSettings{Settings: profile.Settings{Every: 25}}, "a review comes round")
	mustRefuse(t, p, profile.SetSettings{Settings: profile.Settings{Theme: "pink"}}, "is not a theme")
	if p.Settings.Looks() != profile.ThemeAuto {
		t.Errorf("theme %q", p.Settings.Looks())
	}
}

// cycle draws one change of the appraisal cycle.
func cycle(m *maker, p profile.Profile) profile.Change {
	review, action := "r-none", "a-none"
	if r, ok := p.OpenReview(); ok {
		review = r.ID
		if len(r.Checked) > 0 {
			action = pick(m, r.Checked).Action
		}
	}
	switch m.n(15) {
	case 0:
		return profile.OpenRound{On: m.date()}
	case 1:
		return profile.CloseRound{On: m.date()}
	case 2:
		return profile.Agree{KSB: m.ksb(), Level: m.level(), Reason: m.words(), On: m.date(), Who: m.text()}
	case 3:
		return profile.RecordDiffer{KSB: pick(m, []string{"K1", "K2"}), On: m.date(), Note: m.text()}
	case 4:
		return profile.AgreeEqual{On: m.date(), Met: m.text()}
	case 5:
		return profile.SetSettings{Settings: profile.Settings{
			Stale: m.n(120), Every: m.n(24), Theme: profile.Themes[m.n(len(profile.Themes)-1)],
		}}
	case 6:
		return profile.StartReview{ID: m.newID("v"), On: m.date(), Kind: pick(m, profile.ReviewKinds), With: []safetext.Text{m.words()}}
	case 7:
		share := slices.Clone(profile.Shares[:m.n(4)])
		return profile.EditReview{ID: review, Agreed: ptr(m.text()), Wellbeing: ptr(m.text()), Workload: ptr(m.text()), Support: ptr(m.text()), Share: &share, Clear: ptr(pick(m, profile.Verdicts)), With: &[]safetext.Text{m.words(), m.words()}}
	case 8:
		c := profile.CheckAction{Review: review, Action: action, Outcome: pick(m, profile.ActionStatuses), Reason: m.text(), On: m.date()}
		if m.maybe() {
			next := m.action()
			c.Outcome, c.Next = profile.ActionChanged, &next
		}
		return c
	case 9:
		on := m.date()
		return profile.CloseReview{ID: review, On: on, Next: on.AddDays(m.n(800)), Round: m.maybe(), Hash: "sha256:ff"}
	case 10:
		return profile.AddGoal{Goal: m.goal()}
	case 11:
		return profile.KeepPrivate{Wellbeing: ptr(m.text()), Support: ptr(m.text())}
	case 12:
		if m.maybe() {
			return profile.CancelReview{ID: review}
		}
	case 13:
		return profile.AddEvidence{Evidence: m.evidence()}
	case 14:
		if len(p.Evidence) > 0 {
			return profile.RemoveEvidence{ID: pick(m, p.Evidence).ID}
		}
	}
	return profile.Rate{KSB: pick(m, []string{"K1", "K2"}), By: pick(m, profile.Raters), Level: m.level(), On: m.date(), Reason: m.words()}
}

// Whatever is done in the cycle, the file reads back as the record, and undoing gives back the old record. An open
// review never has a new action while an old one is unchecked.
func TestCycleProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := &maker{t: t}
		src := reviewed
		if m.maybe() {
			src = small
		}
		f := mustDecode(t, []byte(src))
		history := []profile.Profile{f.Profile}
		for range 3 + m.n(12) {
			before := history[len(history)-1]
			change := cycle(m, before)
			now, err := change.Apply(before, std)
			if err != nil {
				continue
			}
			check, _ := change.(profile.CheckAction) // the replacement of an old action does not count as new
			if r, ok := now.OpenReview(); ok && check.Next == nil && len(now.Unchecked(r)) > 0 && len(now.NewActions(r)) > len(before.NewActions(r)) {
				t.Fatalf("a new action beside an unchecked one: %+v", r)
			}
			mustWrite(t, f, before, now)
			f = checkWritten(t, f, now, nil, false)
			history = append(history, now)
		}
		for i := len(history) - 2; i >= 0; i-- {
			mustWrite(t, f, history[i+1], history[i])
			f = checkWritten(t, f, history[i], nil, false)
		}
	})
}

func TestNames(t *testing.T) {
	for text, want := range map[string][]string{"": nil, " , ": nil, "J. Ode": {"J. Ode"}, "J. Ode,  assessor ,": {"J. Ode", "assessor"}} {
		var got []string
		for _, x := range profile.Names(text) {
			got = append(got, x.Raw())
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%q: %q", text, got)
		}
	}
}
