package file

import (
	"errors"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/sorting"
)

// odd collects what is odd in a file.
type odd struct {
	r     *reader
	p     profile.Profile
	today calendar.Date
	found []Problem
}

// note adds a refusal as an oddity of a place in the file.
func (o *odd) note(err error, path ...any) {
	if x := (*profile.Refusal)(nil); errors.As(err, &x) {
		o.found = append(o.found, o.r.problem(path, x.Why, "%s", x.Msg))
	}
}

// happened notes a day to come for what has happened.
func (o *odd) happened(on calendar.Date, path ...any) {
	o.note(profile.MayHaveHappened(on, calendar.Date{}, o.today), path...)
}

// OddDates lists the dates that no form and no command would take, such as those of a slip of the year, and pauses that
// are there several times. A file with these can still be opened.
func (f *File) OddDates(today calendar.Date) []Problem {
	o := &odd{r: &reader{doc: f.Doc}, p: f.Profile, today: today}
	o.programme()
	o.reviews()
	for i, round := range o.p.Rounds {
		o.round(i, round)
	}
	for i, e := range o.p.Evidence {
		o.happened(e.On, "evidence", i, "on")
	}
	for i, x := range o.p.Reflections {
		o.happened(x.On, "reflection", i, "on")
	}
	for i, g := range o.p.Goals {
		o.happened(g.Set, "goal", i, "set")
		o.happened(g.Closed, "goal", i, "closed")
		for j, a := range g.Actions {
			o.happened(a.Closed, "goal", i, "action", j, "closed")
		}
	}
	sorting.By(o.found, byPlace)
	return o.found
}

// programme looks at the dates of the programme and its pauses.
func (o *odd) programme() {
	o.note(profile.MaySpan(o.p.Learner.Start, o.today), "learner", "start")
	o.note(profile.MaySpan(o.p.Learner.Gateway, o.today), "learner", "gateway")
	times, first := map[profile.Pause]int{}, map[profile.Pause]int{}
	for i, q := range o.p.Pauses {
		if times[q]++; times[q] == 1 {
			first[q] = i
		}
	}
	for i, q := range o.p.Pauses {
		if first[q] != i {
			continue
		}
		o.note(profile.MaySpan(q.From, o.today), "pause", i, "from")
		o.note(profile.MaySpan(q.To, o.today), "pause", i, "to")
		if n := times[q]; n > 1 {
			o.note(profile.Refuse("one of them is enough, and counts the same", "this pause is there %d times", n), "pause", i)
		}
	}
}

func (o *odd) reviews() {
	q := o.p
	q.Learner.Review = calendar.Date{}
	o.note(q.MayPlan(o.p.Learner.Review, o.today), "learner", "review")
	for i, x := range o.p.Reviews {
		q.Reviews = o.p.Reviews[:i]
		o.note(q.MayHold(x.On, o.today), "review", i, "on")
		o.note(q.MayBeNext(x.Next, x.On, x.Closed), "review", i, "next")
		if !x.Closed.IsZero() && x.Closed.Before(x.On) {
			err := profile.Refuse("check the year", "the review was closed before its day, %s", x.On.Long())
			o.note(err, "review", i, "closed")
		}
	}
}

// round looks at a round and its ratings. Ratings from before the programme are noted once, at their round.
func (o *odd) round(i int, round profile.Round) {
	o.happened(round.Opened, "round", i, "opened")
	o.happened(round.Closed, "round", i, "closed")
	o.note(o.p.AfterStart(round.Opened, o.today), "round", i, "opened")
	if !round.Closed.IsZero() && round.Closed.Before(round.Opened) {
		err := profile.Refuse("check the year", "the round was closed before it was opened, on %s", round.Opened.Long())
		o.note(err, "round", i, "closed")
	}
	inRound := o.p
	if inRound.AfterStart(round.Opened, o.today) != nil {
		inRound.Learner.Start = calendar.Date{}
	}
	for _, by := range profile.Raters {
		for id, x := range round.Ratings[by] {
			o.note(inRound.MayRateOn(round, by, x.On, o.today), "round", i, string(by), id)
			if by != profile.Mentor && !round.Closed.IsZero() && x.On.After(round.Closed) && !x.On.After(o.today) {
				err := profile.Refuse("check the year", "%s is after the round was closed, on %s", x.On.Long(), round.Closed.Long())
				o.note(err, "round", i, string(by), id)
			}
		}
	}
	for id, list := range round.Others {
		for _, x := range list {
			o.note(inRound.MayRateOn(round, profile.Mentor, x.On, o.today), "round", i, othersKey, id)
		}
	}
	for id, x := range round.Differ {
		o.happened(x.On, "round", i, "differ", id)
	}
}
