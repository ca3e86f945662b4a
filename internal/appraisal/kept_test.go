package appraisal_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
)

// A life draws at random what may happen to a profile after a review was closed.
type life struct {
	t *rapid.T
	n int
}

func (l *life) upTo(most int) int { return rapid.IntRange(0, most).Draw(l.t, "n") }

func (l *life) id() string { l.n++; return fmt.Sprintf("new-%d", l.n) }

func (l *life) words() safetext.Text { return text(fmt.Sprintf("words %d", l.upTo(999))) }

func (l *life) day() calendar.Date { return days(l.upTo(800) - 500) }

func anyOf[T any](l *life, list []T) T { return list[l.upTo(len(list)-1)] }

func (l *life) ksb() string { return anyOf(l, []string{"S2", "K8", "K18", "S17", "B1", "K7"}) }

func (l *life) level() level.Level { return level.Level(l.upTo(int(level.Max))) }

// change draws any kind of change.
func (l *life) change(p profile.Profile) profile.Change {
	var actions []string
	for _, g := range p.Goals {
		for _, a := range g.Actions {
			actions = append(actions, a.ID)
		}
	}
	action, goal, review := anyOf(l, actions), anyOf(l, p.Goals).ID, p.Reviews[len(p.Reviews)-1].ID
	piece := "e-none"
	if len(p.Evidence) > 0 {
		piece = anyOf(l, p.Evidence).ID
	}
	check := action
	if r, open := p.OpenReview(); open && len(r.Checked) > 0 {
		check = anyOf(l, r.Checked).Action
	}
	now := today.AddDays(l.upTo(60))
	reflection := anyOf(l, p.Reflections)
	reflection.On, reflection.Answers = l.day(), []profile.Answer{{Step: "what", Text: l.words()}}
	if l.upTo(1) == 0 {
		reflection.ID = l.id()
	}
	share := profile.Shares[:l.upTo(4)]
	checks := profile.CheckAction{Review: review, Action: check, Outcome: anyOf(l, profile.ActionStatuses), Reason: l.words(), On: now}
	all := []profile.Change{
		profile.Rate{KSB: l.ksb(), By: anyOf(l, profile.Raters), Level: l.level(), On: l.day(), Who: text(anyOf(l, []string{"J. Ode", "R. Lindqvist"})), Reason: l.words()},
		profile.Note{KSB: l.ksb(), Text: l.words()},
		profile.Agree{KSB: l.ksb(), Level: l.level(), Reason: l.words(), On: now},
		profile.RecordDiffer{KSB: l.ksb(), On: now, Note: l.words()},
		agreedAlike(l.ksb(), now),
		profile.OpenRound{On: now},
		profile.CloseRound{On: now},
		profile.AddEvidence{Evidence: profile.Evidence{ID: l.id(), KSBs: []string{l.ksb()}, On: l.day(), Kind: profile.KindExample, Title: l.words()}},
		profile.EditEvidence{ID: piece, Title: ptr(l.words()), On: ptr(l.day())},
		profile.RemoveEvidence{ID: piece},
		profile.AddReflection{Reflection: reflection},
		profile.AddGoal{Goal: profile.Goal{ID: l.id(), KSBs: []string{l.ksb()}, Text: l.words()}},
		profile.EditGoal{ID: goal, Text: ptr(l.words()), Due: ptr(l.day())},
		profile.SetGoalStatus{ID: goal, Status: anyOf(l, profile.GoalStatuses), On: now},
		profile.AddAction{Goal: goal, Action: profile.Action{ID: l.id(), Sort: profile.Study, Text: l.words()}},
		profile.EditAction{ID: action, Text: ptr(l.words()), Who: ptr(l.words()), Due: ptr(l.day()), Shows: ptr(l.words())},
		profile.SetActionStatus{ID: action, Status: anyOf(l, profile.ActionStatuses), On: now, Note: l.words()},
		profile.SetLearner{Learner: profile.Learner{Name: l.words(), Start: p.Learner.Start}, Today: now},
		profile.SetTarget{KSB: l.ksb(), Level: level.Level(1 + l.upTo(3)), Default: 3},
		profile.AddPause{Pause: profile.Pause{From: l.day(), To: today.AddDays(400)}},
		profile.SetSettings{Settings: profile.Settings{Stale: l.upTo(120), Every: l.upTo(24)}},
		profile.KeepPrivate{Wellbeing: ptr(l.words())},
		profile.StartReview{ID: l.id(), On: now, Kind: anyOf(l, profile.ReviewKinds), With: texts([]string{"J. Ode"}), Today: now},
		profile.EditReview{ID: review, Agreed: ptr(l.words()), Share: &share, On: ptr(now), Today: now},
		profile.CancelReview{ID: review},
		checks,
		profile.CloseReview{ID: review, On: now, Next: now.AddDays(90), Round: l.upTo(1) == 0},
		closedNow(l, p, now),
	}
	if _, open := p.OpenReview(); open { // otherwise there would seldom be an action to check
		all = append(all, checks, checks, checks, checks)
	}
	return anyOf(l, all)
}

// closedNow starts a review if none is open, checks its actions and closes it.
func closedNow(l *life, p profile.Profile, on calendar.Date) profile.Change {
	batch := profile.Batch{Name: "closed now"}
	r, open := p.OpenReview()
	unchecked := p.Unchecked(r)
	if !open {
		r.ID, unchecked = l.id(), p.Pending()
		batch.Changes = append(batch.Changes, profile.StartReview{ID: r.ID, On: on, With: texts([]string{"J. Ode"}), Today: on})
	}
	for _, a := range unchecked {
		batch.Changes = append(batch.Changes, profile.CheckAction{Review: r.ID, Action: a.ID, Outcome: profile.ActionDone, On: on})
	}
	batch.Changes = append(batch.Changes, profile.CloseReview{ID: r.ID, On: on, With: texts([]string{"J. Ode"}), Next: on.AddDays(90), Round: l.upTo(1) == 0})
	return batch
}

// agreedAlike has both rate a KSB the same, and then agrees all equal ratings. Without the ratings, there would seldom
// be any.
func agreedAlike(ksb string, on calendar.Date) profile.Change {
	return profile.Batch{Name: "agreed alike", Changes: []profile.Change{
		profile.Rate{KSB: ksb, By: profile.Self, Level: 2, On: on}, profile.Rate{KSB: ksb, By: profile.Mentor, Level: 2, On: on}, profile.AgreeEqual{On: on},
	}}
}

// keptRound is the sample learner after a review today that leaves its round open.
func keptRound(t failer) profile.Profile {
	p := asha()
	p.Rounds = slices.Clone(p.Rounds)
	open := &p.Rounds[len(p.Rounds)-1]
	open.Differ, open.Ratings = nil, map[profile.Rater]map[string]profile.Rating{profile.Self: open.Ratings[profile.Self]}
	p = apply(t, p, profile.StartReview{ID: "r-1", On: today, With: texts([]string{"J. Ode"}), Today: today})
	r, _ := p.OpenReview()
	for _, a := range p.Unchecked(r) {
		p = apply(t, p, profile.CheckAction{Review: "r-1", Action: a.ID, Outcome: profile.ActionDone})
	}
	c, _, err := appraisal.Close(p, std, profile.CloseReview{ID: "r-1", On: today, Next: days(90)})
	if err != nil {
		t.Fatalf("%v", err)
	}
	return apply(t, p, c)
}

// Whatever happens after a review was closed, its record and its hash stay the same.
func TestARecordStaysAsItWasClosed(t *testing.T) {
	made := map[string]int{}
	tried := map[string]bool{}
	history := func(t *rapid.T) {
		l := &life{t: t}
		var p profile.Profile
		if l.upTo(2) == 0 {
			p = keptRound(t)
		} else {
			p, _, _ = closed(t, profile.Shares[:l.upTo(4)]...)
		}
		var before []string
		reviews := p.Reviews
		for _, r := range reviews {
			before = append(before, appraisal.Record(p, std, r))
		}
		for range 40 {
			c := l.change(p)
			kind := reflect.TypeOf(c).Name()
			tried[kind] = true
			q, err := c.Apply(p, std)
			if err != nil {
				continue
			}
			made[kind]++
			p = q
			for i, was := range reviews {
				r, _ := p.Review(was.ID)
				if got := appraisal.Record(p, std, r); got != before[i] || appraisal.Hash(got) != r.Hash {
					t.Fatalf("%s changed the record of %s from\n%s\nto\n%s", kind, r.ID, before[i], got)
				}
			}
		}
	}
	// Some changes are only possible after others, so one run may miss them.
	for range 40 {
		rapid.Check(t, history)
		if len(made) == len(tried) {
			return
		}
	}
	for kind := range tried {
		if made[kind] == 0 {
			t.Errorf("no %s was ever made", kind)
		}
	}
}

func TestTheRecordOfAReviewWhoseRoundGoesOn(t *testing.T) {
	p := keptRound(t)
	r, _ := p.Review("r-1")
	record := appraisal.Record(p, std, r)
	if !strings.Contains(record, "Rating goes on after this review: no levels are part of this record.") || strings.Contains(record, "Agreed levels") {
		t.Errorf("the record:\n%s", record)
	}
}

// An older version did not keep everything in the record of a review. The record is then made from what the file says
// now, and if it has changed, the program can say why.
func TestAReviewOfAnOlderVersion(t *testing.T) {
	p, c, record := closed(t)
	i := len(p.Reviews) - 1
	p.Reviews = slices.Clone(p.Reviews)
	p.Reviews[i].Kept = profile.Kept{}
	if got := appraisal.Record(p, std, p.Reviews[i]); got != record {
		t.Errorf("the record is\n%s\nwant\n%s", got, record)
	}
	if why := appraisal.Changed(p, std, p.Reviews[i]); why != "" {
		t.Errorf("changed: %s", why)
	}
	q := apply(t, p, profile.EditAction{ID: "a-new", Due: ptr(days(9))})
	if why := appraisal.Changed(q, std, q.Reviews[i]); !strings.Contains(why, "older version") {
		t.Errorf("changed by an edit: %q", why)
	}
	whole, _, _ := closed(t)
	whole.Reviews = slices.Clone(whole.Reviews)
	whole.Reviews[i].Agreed = text("Something else")
	if why := appraisal.Changed(whole, std, whole.Reviews[i]); !strings.Contains(why, "outside the program") {
		t.Errorf("changed by hand: %q", why)
	}
	whole.Reviews[i].Hash = ""
	if why := appraisal.Changed(whole, std, whole.Reviews[i]); why != "" || c.Hash == "" {
		t.Errorf("without a hash: %q", why)
	}
}
