package handout_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/handout"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
)

var moment = time.Date(2026, 11, 22, 10, 30, 0, 0, time.UTC)

func datesOf(p profile.Profile, o handout.Options) []handout.Event {
	return handout.DatesOf(source(p), o, moment).Events
}

// event is the only event whose title contains the words.
func event(t *testing.T, events []handout.Event, words string) handout.Event {
	t.Helper()
	var found []handout.Event
	for _, e := range events {
		if strings.Contains(e.Title, words) {
			found = append(found, e)
		}
	}
	if len(found) != 1 {
		t.Fatalf("%d events with %q in %v", len(found), words, events)
	}
	return found[0]
}

func made(t *testing.T, p profile.Profile, changes ...profile.Change) profile.Profile {
	t.Helper()
	for _, c := range changes {
		var err error
		if p, err = c.Apply(p, lib.Standard(p.Standard)); err != nil {
			t.Fatal(err)
		}
	}
	return p
}

// An action keeps its UID whatever becomes of it, and says how it ended if a calendar may still show it as open.
func TestAnActionIsTheSameEventAsItChanges(t *testing.T) {
	const text = "Write beside each check"
	p := lib.Demo(today)
	first := event(t, datesOf(p, handout.Options{}), text)
	if first.Ended || !slices.Equal(first.Remind, []int{1}) || !strings.HasSuffix(first.Title, " (K7, S7)") {
		t.Errorf("%+v", first)
	}
	var id string
	for _, g := range p.Goals {
		for _, a := range g.Actions {
			if strings.HasPrefix(a.Text.Line(), text) {
				id = a.ID
			}
		}
	}
	later := today.AddDays(40)
	moved := event(t, datesOf(made(t, p, profile.EditAction{ID: id, Due: &later}), handout.Options{}), text)
	if moved.UID != first.UID || moved.On != later {
		t.Errorf("%+v", moved)
	}
	for _, status := range profile.ActionEndings {
		q := made(t, p, profile.SetActionStatus{ID: id, Status: status, On: today})
		ended := event(t, datesOf(q, handout.Options{}), text)
		if ended.UID != first.UID || !ended.Ended || ended.Remind != nil || strings.HasPrefix(ended.Title, "Write") {
			t.Errorf("%s: %+v", status, ended)
		}
	}
	_, g, _ := p.Action(id)
	q := made(t, p, profile.SetGoalStatus{ID: g.ID, Status: profile.GoalParked, On: today, Actions: profile.ActionOpen})
	if parked := event(t, datesOf(q, handout.Options{}), text); parked.UID != first.UID || parked.Remind != nil ||
		!strings.HasPrefix(parked.Title, "Parked: ") {
		t.Errorf("%+v", parked)
	}
	other := p
	other.Learner.ID = "l-another"
	if e := event(t, datesOf(other, handout.Options{}), text); e.UID == first.UID {
		t.Error("another learner's action is the same event")
	}
}

// No reminder may have passed when a calendar reads it: it would show at once, and a calendar that keeps only one would
// drop the next.
func TestNoReminderHasPassed(t *testing.T) {
	p := lib.Demo(today)
	for ahead, want := range map[int][]int{20: {7, 1}, 8: {7, 1}, 7: {1}, 2: {1}, 1: {0}, 0: nil} {
		p.Learner.Review = today.AddDays(ahead)
		if got := event(t, datesOf(p, handout.Options{}), "Review of progress").Remind; !slices.Equal(got, want) {
			t.Errorf("%d days ahead: it reminds %v days before, want %v", ahead, got, want)
		}
	}
}

// A review stays the same event from when it is expected until it was held.
func TestAReviewIsTheSameEventAsItIsSetMovedAndHeld(t *testing.T) {
	p := lib.Demo(today)
	p.Learner.Review = calendar.Date{}
	expected := event(t, datesOf(p, handout.Options{}), "Review due, no day set")
	if !slices.Equal(expected.Remind, []int{7, 1}) {
		t.Errorf("%+v", expected)
	}
	p.Learner.Review = today.AddDays(20)
	if set := event(t, datesOf(p, handout.Options{}), "Review of progress"); set.UID != expected.UID || set.On != today.AddDays(20) {
		t.Errorf("%+v", set)
	}
	p.Reviews = append(slices.Clone(p.Reviews), profile.Review{ID: "r-new", On: today, Kind: profile.ReviewAppraisal})
	events := datesOf(p, handout.Options{})
	open := event(t, events, "Appraisal, under way")
	next := event(t, events, "Review due")
	if open.UID != expected.UID || next.UID == open.UID {
		t.Errorf("%+v, then %+v", open, next)
	}
	p.Reviews[len(p.Reviews)-1].Closed = today
	events = datesOf(p, handout.Options{})
	held := event(t, events, "Held: Appraisal")
	if held.UID != expected.UID || held.Remind != nil || event(t, events, "Review").UID != next.UID {
		t.Errorf("%+v", events)
	}
}

// Titles name the learner in a calendar for others, notes are there only if included, and redacted dates have no typed
// words.
func TestDatesHoldWhatTheyMay(t *testing.T) {
	p := lib.Demo(today)
	secret := safetext.New("zq secret")
	p.Learner.ID = "zq id"
	for i := range p.Goals {
		p.Goals[i].ID = "zq goal"
		p.Goals[i].Why, p.Goals[i].Note = secret, secret
		for j := range p.Goals[i].Actions {
			p.Goals[i].Actions[j].Note, p.Goals[i].Actions[j].IfThen = secret, secret
		}
	}
	for i := range p.Reviews {
		r := &p.Reviews[i]
		r.Wellbeing, r.Workload, r.Agreed, r.Support, r.Adjust = secret, secret, secret, secret, secret
		r.Share = profile.Shares
	}
	all := func(o handout.Options) string {
		var s strings.Builder
		for _, e := range datesOf(p, o) {
			s.WriteString(strings.Join(append([]string{e.UID, e.Title}, e.Says...), "\n") + "\n")
		}
		return s.String()
	}
	if got := all(handout.Options{}); strings.Contains(got, "zq") || strings.Contains(got, "Asha") || !strings.Contains(got, "With: J. Ode") {
		t.Error(got)
	}
	if got := all(handout.Options{Include: []string{"notes"}}); !strings.Contains(got, "Why: zq secret") || !strings.Contains(got, "Note: zq secret") {
		t.Error(got)
	}
	if got := all(handout.Options{Include: []string{profile.ShareWellbeing, profile.ShareReflections}}); strings.Contains(got, "zq") {
		t.Error(got)
	}
	for _, e := range datesOf(p, handout.Options{For: handout.Audiences[1]}) {
		if !strings.HasPrefix(e.Title, "Asha Patel: ") {
			t.Error(e.Title)
		}
	}
	redacted := handout.Options{Redacted: true, Include: handout.Parts, For: handout.Audiences[1]}
	if got := all(redacted); strings.Contains(got, "zq") || strings.Contains(got, "Asha") || strings.Contains(got, "Ode") {
		t.Error(got)
	}
	whole, few := datesOf(p, handout.Options{}), datesOf(p, redacted)
	if len(whole) != len(few) {
		t.Fatalf("%d and %d events", len(whole), len(few))
	}
	for i, e := range few {
		if e.UID != whole[i].UID || e.On != whole[i].On || len(e.Says) > 0 && !strings.HasPrefix(e.Title, "Review") {
			t.Errorf("%+v", e)
		}
	}
}

func TestNothingDueHasNoDates(t *testing.T) {
	d := handout.DatesOf(source(profile.Profile{Standard: "ST0413"}), handout.Options{}, moment)
	if len(d.Events) != 0 || d.Says(handout.Options{}) != "Nothing has a day yet, so the calendar is empty." {
		t.Errorf("%+v", d)
	}
	if again := handout.DatesOf(source(lib.Demo(today)), handout.Options{}, moment); !reflect.DeepEqual(again,
		handout.DatesOf(source(lib.Demo(today)), handout.Options{}, moment)) {
		t.Error("the same record gives other dates")
	}
}
