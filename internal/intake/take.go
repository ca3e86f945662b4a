package intake

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/doc"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/words"
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
		return Taking{}, profile.Refuse("open the learner's own profile, and take the file in there",
			"this profile is a rating sheet")
	}
	t := &taker{Taking: Taking{Batch: profile.Batch{Name: "ratings from a file"}}, p: p, today: g.Today}
	t.openRound(proposal, doubtful)
	for _, x := range proposal.Rows {
		t.takeRow(x, doubtful)
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

type taker struct {
	Taking
	p         profile.Profile // with a round open
	today     calendar.Date
	opening   *profile.OpenRound
	selfRated map[string]bool // KSBs of which the file has the learner's own level
}

// begin opens a round in thought where none is open, on the day of the earliest rating of the learner's own that it
// may hold.
func (t *taker) openRound(proposal Proposal, doubtful bool) {
	t.selfRated = map[string]bool{}
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
		t.selfRated[x.KSB] = true
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

func (t *taker) takeRow(x Row, doubtful bool) {
	x.Who = t.p.MentorNamed(x.Who)
	round := t.p.Rounds[len(t.p.Rounds)-1]
	old, rated := t.newestInRecord(x)
	out := Outcome{Row: x, Hidden: x.By == profile.Mentor && !t.selfRated[x.KSB] && !round.Holds(x.KSB)}
	on := cmp.Or(x.On, t.today)
	inRound, replaces := inRound(round, x)
	switch {
	case x.On.IsZero() && replaces && inRound.Level == x.Level && mergedNote(inRound, x.Note) == inRound.Note,
		rated && old.Level == x.Level && old.On == x.On && mergedNote(old, x.Note) == old.Note:
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
	change := profile.Rate{KSB: x.KSB, By: x.By, Level: x.Level, On: on, Who: x.Who, Today: t.today}
	if !x.Note.Empty() {
		change.Note = new(mergedNote(inRound, x.Note))
	}
	if replaces {
		out.Says = appraisal.InPlaceOf(inRound)
		if x.By == profile.Mentor && !slices.Contains(t.p.SeenIn(len(t.p.Rounds)-1, x.KSB), inRound) {
			out.Hidden, out.Says = true, "in place of what they gave before"
		}
		if !inRound.Note.Empty() {
			out.Says += "; the note there is kept"
		}
		t.Other = append(t.Other, out)
	} else {
		t.New = append(t.New, out)
	}
	t.Batch.Changes = append(t.Batch.Changes, change)
}

// newest is the newest rating in the record by whose the row is.
func (t *taker) newestInRecord(x Row) (profile.Rating, bool) {
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
func mergedNote(old profile.Rating, note safetext.Text) safetext.Text {
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

const mostListed = 40 // how many rows of one sort are listed; the rest are counted

// Doc says how a file was understood and what taking it in would change: what is plain in counts, what is not row by
// row.
func Doc(proposal Proposal, t Taking, scale *level.Scale, today calendar.Date) doc.Doc {
	d := doc.Doc{Title: "What this file would change"}
	where := fmt.Sprintf("The headings are in row %d", proposal.Heading)
	if proposal.Sheet != "" {
		where += " of the sheet " + proposal.Sheet
	}
	d.Add(doc.Heading{Text: "How it was read"}, doc.Para{Depth: 1, Text: where + "."})
	for _, c := range proposal.Columns {
		d.Add(doc.Pair{Depth: 1, Label: c.Letter, Text: fmt.Sprintf("%q: %s", c.Heading, c.Means)})
	}
	if len(proposal.Left) > 0 {
		d.Add(doc.Para{Depth: 1, Text: "Not read: " + strings.Join(leftOut(proposal.Left), ", ") + "."})
	}
	if len(proposal.Others) > 0 {
		says := words.List(proposal.Others) + ". Say which one to read, if not this."
		d.Add(doc.Para{Depth: 1, Text: "Other sheets may hold ratings too: " + says})
	}
	for _, m := range proposal.Scales {
		addScale(&d, m, scale, len(proposal.Scales) > 1)
	}
	d.Add(doc.Heading{Text: "What it would change"})
	for _, s := range t.Counts(proposal, today) {
		d.Add(doc.Para{Depth: 1, Text: s})
	}
	for _, part := range []struct {
		heading string
		rows    []Outcome
	}{
		{"In place of what is there", t.Other},
		{"In doubt, and left out unless you take these too", t.Doubt},
		{"Newer in the record, which is kept", t.Kept},
		{"Of a day that the record does not allow, unless you say another", t.Barred},
	} {
		d.Section(part.heading, listAtMost(part.rows, Outcome.String))
	}
	doubtful := lists.Where(t.New, func(x Outcome) bool { return x.Doubt != "" })
	d.Section("In doubt, and taken as you say", listAtMost(doubtful, func(x Outcome) string {
		x.Says = x.Doubt
		return x.String()
	}))
	d.Section("Not understood", listAtMost(proposal.Missed, func(m Missed) string { return m.Where + ": " + m.Says }))
	return d
}

func leftOut(columns []Column) []string {
	return listAtMost(columns, func(c Column) string {
		if c.Means == "" || c.Means == equallyLikely {
			return fmt.Sprintf("%s %q", c.Letter, c.Heading)
		}
		return fmt.Sprintf("%s %q (%s)", c.Letter, c.Heading, c.Means)
	})
}

func listAtMost[T any](rows []T, line func(T) string) []string {
	out := lists.Each(rows[:min(len(rows), mostListed)], line)
	if more := len(rows) - len(out); more > 0 {
		out = append(out, fmt.Sprintf("and %d more of these", more))
	}
	return out
}

func addScale(d *doc.Doc, m Mapped, scale *level.Scale, several bool) {
	heading := "The scale"
	if several {
		heading = "The scale of " + possessive(m.By) + " levels"
	}
	d.Add(doc.Heading{Text: heading}, doc.Para{Depth: 1, Text: fmt.Sprintf("It is %s, %s.", m.Scale, m.From)})
	for _, s := range m.Steps {
		d.Add(doc.Item{Depth: 1, Text: fmt.Sprintf("%s becomes %s", m.Scale.describe(s.Answer), scale.Named(s.Level))})
	}
	if note := m.Scale.lossNote(m.Steps); note != "" {
		d.Add(doc.Para{Depth: 1, Text: note})
	}
}

// answer is an answer on this scale as a sentence says it, such as "7 of 9".
func (s Scale) describe(of string) string {
	if _, _, ok := parseNumber(of); s.levels != nil || !ok || s.high == 100 || s.high == 1 {
		return of
	}
	return of + " of " + figure(s.high)
}

// Counts say in a few sentences what is plain.
func (t Taking) Counts(proposal Proposal, today calendar.Date) (out []string) {
	say := func(n int, one, many, what string) {
		if n > 0 {
			out = append(out, words.Count(n, one, many)+what)
		}
	}
	byMentor := lists.Count(t.New, func(x Outcome) bool { return x.By == profile.Mentor })
	say(len(t.New)-byMentor, "rating", "ratings", " of your own that the round does not have yet.")
	say(byMentor, "rating", "ratings", " by a mentor that the round does not have yet.")
	say(len(t.Other), "rating", "ratings", " in place of others, listed row by row.")
	say(len(t.Doubt), "rating is", "ratings are", " in doubt, and left out so far.")
	say(len(t.Kept), "rating is", "ratings are", " older than what the record has, which is kept.")
	say(len(t.Barred), "rating is", "ratings are", " of a day that the record does not allow.")
	say(len(proposal.Missed), "row was", "rows were", " not understood.")
	say(t.Same, "rating is", "ratings are", " in the record already.")
	say(proposal.Blank, "KSB has", "KSBs have", " no level in the file.")
	say(proposal.Earlier, "earlier rating", "earlier ratings", " in the file, which later ones follow, stay out.")
	say(proposal.Agreed,
		"agreed level stays", "agreed levels stay", " out: what was agreed is for the two of you to agree again.")
	if proposal.Undated && len(t.Batch.Changes) > 0 {
		out = append(out, "Where the file gives no day they are of today, "+today.Long()+", unless you say another "+
			"day.")
	}
	nameless := func(x Outcome) bool { return x.By == profile.Mentor && x.Who.Empty() }
	if slices.ContainsFunc(slices.Concat(t.New, t.Other), nameless) {
		out = append(out, "The file does not name the mentor: say who it is.")
	}
	if t.Opens != "" {
		out = append(out, "No round is open: this opens "+t.Opens+".")
	}
	if len(out) == 0 || len(t.Batch.Changes) == 0 {
		out = append(out, "Nothing in it is new for the record.")
	}
	return out
}
