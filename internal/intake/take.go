package intake

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
)

// Taking is what a proposal does to a record.
type Taking struct {
	Batch  profile.Batch // one change, so that undo takes all of it back; none where nothing is new
	New    []Outcome     // ratings that the record does not have
	Other  []Outcome     // of KSBs that the record has otherwise in the open round
	Same   int           // in the record already
	Kept   []Outcome     // the record has a newer one
	Barred []Outcome     // the record's rules do not allow them
	Doubt  []Outcome     // those of the above that are not taken until the learner says so
	Opens  string        // the round that this opens, "" where one is open
}

// Outcome is a row with what becomes of it.
type Outcome struct {
	Row
	Says   string // in place of what, or why not
	Hidden bool   // a mentor's level that the learner may not see yet
}

// Take says what taking a proposal into a record changes. What is in doubt is left out unless doubtful. Like a rating
// sheet it keeps what is newer in the record, repeats nothing, and leaves the ratings of other mentors.
func Take(p profile.Profile, proposal Proposal, g Ground, doubtful bool) (Taking, error) {
	if p.Sheet {
		return Taking{}, &profile.Refusal{
			Msg: "this profile is a rating sheet",
			Why: "open the learner's own profile, and take the file in there",
		}
	}
	t := &taking{Taking: Taking{Batch: profile.Batch{Name: "ratings from a file"}}, p: p, today: g.Today}
	t.begin(proposal, doubtful)
	for _, x := range proposal.Rows {
		t.take(x, doubtful)
	}
	if len(t.Batch.Changes) == 0 {
		return t.Taking, nil
	}
	if t.opening != nil {
		t.Batch.Changes = append([]profile.Change{*t.opening}, t.Batch.Changes...)
		t.Opens = profile.RoundName(p.NextRound())
	}
	_, err := t.Batch.Apply(p, g.Standard)
	return t.Taking, err
}

type taking struct {
	Taking
	p       profile.Profile // with a round open
	today   calendar.Date
	opening *profile.OpenRound
	rated   map[string]bool // KSBs of which the file has the learner's own level
}

// begin opens a round in thought where none is open, on the day of the earliest rating of the learner's own that it
// may hold.
func (t *taking) begin(proposal Proposal, doubtful bool) {
	t.rated = map[string]bool{}
	first := t.today
	floor := t.p.Learner.Start
	if floor.After(t.today) {
		floor = calendar.Date{} // preparing for it; the rule for ratings knows how early is too early
	}
	if n := len(t.p.Rounds); n > 0 {
		floor = t.p.Rounds[n-1].Closed
	}
	for _, x := range proposal.Rows {
		if x.Doubt != "" && !doubtful || x.By != profile.Self {
			continue
		}
		t.rated[x.KSB] = true
		if !x.On.IsZero() && x.On.Before(first) && !x.On.Before(floor) {
			first = x.On
		}
	}
	if _, open := t.p.Open(); !open {
		t.opening = &profile.OpenRound{On: first}
		if q, err := t.opening.Apply(t.p, nil); err == nil {
			t.p = q
		}
	}
}

func (t *taking) take(x Row, doubtful bool) {
	x.Who = t.p.MentorNamed(x.Who)
	round := t.p.Rounds[len(t.p.Rounds)-1]
	old, rated := t.newest(x)
	out := Outcome{Row: x, Hidden: x.By == profile.Mentor && !t.rated[x.KSB] && !round.Holds(x.KSB)}
	on := x.On
	if on.IsZero() {
		on = t.today
	}
	was, there := inRound(round, x)
	switch {
	case x.On.IsZero() && there && was.Level == x.Level && joined(was, x.Note) == was.Note,
		rated && old.Level == x.Level && old.On == x.On && joined(old, x.Note) == old.Note:
		t.Same++
		return
	case rated && !x.On.IsZero() && old.On.After(x.On):
		out.Says = "yours is newer, of " + old.On.Long()
		if x.By == profile.Mentor {
			out.Says = "the record has a newer one, of " + old.On.Long()
		}
		t.Kept = append(t.Kept, out)
		return
	}
	if err := t.p.MayRateOn(round, x.By, on, t.today); err != nil {
		out.Says = err.Error()
		t.Barred = append(t.Barred, out)
		return
	}
	if x.Doubt != "" && !doubtful {
		out.Says = x.Doubt
		t.Doubt = append(t.Doubt, out)
		return
	}
	c := profile.Rate{KSB: x.KSB, By: x.By, Level: x.Level, On: on, Who: x.Who, Today: t.today}
	if !x.Note.Empty() {
		whole := joined(was, x.Note)
		c.Note = &whole
	}
	if there {
		out.Says = appraisal.InPlaceOf(was)
		if x.By == profile.Mentor && !slices.Contains(t.p.SeenIn(len(t.p.Rounds)-1, x.KSB), was) {
			out.Hidden, out.Says = true, "in place of what they gave before"
		}
		if !was.Note.Empty() {
			out.Says += "; the note there is kept"
		}
		t.Other = append(t.Other, out)
	} else {
		t.New = append(t.New, out)
	}
	t.Batch.Changes = append(t.Batch.Changes, c)
}

// newest is the newest rating in the record by whose the row is.
func (t *taking) newest(x Row) (profile.Rating, bool) {
	if x.By == profile.Mentor {
		return t.p.NewestOf(x.KSB, x.Who)
	}
	return t.p.Newest(x.KSB, x.By)
}

func inRound(round profile.Round, x Row) (profile.Rating, bool) {
	if x.By == profile.Mentor {
		return round.MentorRating(x.KSB, x.Who)
	}
	r, ok := round.Ratings[x.By][x.KSB]
	return r, ok
}

// joined is a note with what the file adds to it: nothing that was typed is lost.
func joined(old profile.Rating, note safetext.Text) safetext.Text {
	switch {
	case note.Empty() || strings.Contains(old.Note.Raw(), note.Raw()):
		return old.Note
	case old.Note.Empty():
		return note
	}
	return safetext.New(old.Note.Raw() + "\n" + note.Raw())
}

// String is the outcome in one line.
func (o Outcome) String() string {
	what := o.KSB
	if o.By == profile.Mentor {
		what += ", by " + appraisal.MentorName(o.Who)
	}
	if !o.Hidden {
		what += ": " + o.Level.InWords()
	}
	if !o.On.IsZero() {
		what += " on " + o.On.Long()
	}
	if o.Says != "" {
		what += "; " + o.Says
	}
	return fmt.Sprintf("%s (%s)", what, o.Where)
}
