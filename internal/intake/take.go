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

// Taking is what taking a proposal in would change. Each row of the proposal is counted in one of the fields.
type Taking struct {
	Batch  profile.Batch // the change; without any Changes where nothing is new
	New    []Outcome     // ratings that the open round does not have yet
	Other  []Outcome     // ratings that replace another one in the open round
	Same   int           // ratings that the record already has
	Kept   []Outcome     // not taken: the record has a newer rating, which is kept
	Barred []Outcome     // not taken: the record does not allow a rating of that day
	Doubt  []Outcome     // not taken: in doubt, and the learner has not asked for these
	Opens  string        // the name of the round that this opens; "" where one is open
}

// Outcome is a row and what becomes of it.
type Outcome struct {
	Row
	Says   string // what it replaces, or why it is not taken
	Hidden bool   // its level is a mentor's that the learner may not see yet
}

// Take says what taking a proposal into a record would change; rows in doubt are only taken if doubtful is set. As with
// a rating sheet, a newer rating in the record is kept, nothing is entered twice, and one mentor never replaces
// another. The error is a refusal of the record.
func Take(p profile.Profile, proposal Proposal, g Ground, doubtful bool) (Taking, error) {
	if p.Sheet {
		return Taking{}, profile.Refuse("open the learner's own profile, and take the file in there",
			"this profile is a rating sheet")
	}
	t := &taker{Taking: Taking{Batch: profile.Batch{Name: "ratings from a file"}}, p: p, today: g.Today}
	t.openRound(proposal, doubtful)
	for _, row := range proposal.Rows {
		t.take(row, doubtful)
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

// A taker fills in a Taking.
type taker struct {
	Taking
	p         profile.Profile // a copy with a round open
	today     calendar.Date
	opening   *profile.OpenRound // nil where the record had a round open
	selfRated map[string]bool    // KSBs for which the file has a level of the learner's own
}

// openRound opens a round in the copy where none is open, on the day of the learner's earliest own rating that can be
// in it: not before the programme started or the last round closed.
func (t *taker) openRound(proposal Proposal, doubtful bool) {
	t.selfRated = map[string]bool{}
	first := t.today
	earliest := t.p.Learner.Start
	if earliest.After(t.today) {
		earliest = calendar.Date{} // rating before the programme starts; MayRateOn says how early is too early
	}
	if n := len(t.p.Rounds); n > 0 {
		earliest = t.p.Rounds[n-1].Closed
	}
	for _, row := range proposal.Rows {
		if row.Doubt != "" && !doubtful || row.By != profile.Self {
			continue
		}
		t.selfRated[row.KSB] = true
		if !row.On.IsZero() && row.On.Before(first) && !row.On.Before(earliest) {
			first = row.On
		}
	}
	if _, open := t.p.Open(); !open {
		t.opening = &profile.OpenRound{On: first}
		if q, err := t.opening.Apply(t.p, nil); err == nil {
			t.p = q
		}
	}
}

// take decides what becomes of a row.
func (t *taker) take(row Row, doubtful bool) {
	row.Who = t.p.MentorNamed(row.Who)
	round := t.p.Rounds[len(t.p.Rounds)-1]
	old, rated := t.newestInRecord(row)
	out := Outcome{Row: row, Hidden: row.By == profile.Mentor && !t.selfRated[row.KSB] && !round.Holds(row.KSB)}
	on := cmp.Or(row.On, t.today)
	current, replaces := ratingInRound(round, row)
	same := func(r profile.Rating) bool { return r.Level == row.Level && mergedNote(r, row.Note) == r.Note }
	switch {
	case row.On.IsZero() && replaces && same(current), rated && old.On == row.On && same(old):
		t.Same++
		return
	case rated && !row.On.IsZero() && old.On.After(row.On):
		out.Says = "yours is newer, of " + old.On.Long()
		if row.By == profile.Mentor {
			out.Says = "the record has a newer one, of " + old.On.Long()
		}
		t.Kept = append(t.Kept, out)
		return
	}
	if err := t.p.MayRateOn(round, row.By, on, t.today); err != nil {
		out.Says = err.Error()
		t.Barred = append(t.Barred, out)
		return
	}
	if row.Doubt != "" && !doubtful {
		out.Says = row.Doubt
		t.Doubt = append(t.Doubt, out)
		return
	}
	change := profile.Rate{KSB: row.KSB, By: row.By, Level: row.Level, On: on, Who: row.Who, Today: t.today}
	if !row.Note.Empty() {
		change.Note = new(mergedNote(current, row.Note))
	}
	if replaces {
		out.Says = appraisal.InPlaceOf(current)
		if row.By == profile.Mentor && !slices.Contains(t.p.SeenIn(len(t.p.Rounds)-1, row.KSB), current) {
			out.Hidden, out.Says = true, "in place of what they gave before"
		}
		if !current.Note.Empty() {
			out.Says += "; the note there is kept"
		}
		t.Other = append(t.Other, out)
	} else {
		t.New = append(t.New, out)
	}
	t.Batch.Changes = append(t.Batch.Changes, change)
}

// newestInRecord is the newest rating of the record by the rater of the row.
func (t *taker) newestInRecord(row Row) (profile.Rating, bool) {
	if row.By == profile.Mentor {
		return t.p.NewestOf(row.KSB, row.Who)
	}
	return t.p.Newest(row.KSB, row.By)
}

// ratingInRound is the rating of the open round by the rater of the row.
func ratingInRound(round profile.Round, row Row) (profile.Rating, bool) {
	if row.By == profile.Mentor {
		return round.MentorRating(row.KSB, row.Who)
	}
	r, ok := round.Ratings[row.By][row.KSB]
	return r, ok
}

// mergedNote is the note of a rating with one from the file added below, so that nothing that was typed is lost.
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

const mostListed = 40 // rows under one heading; the rest are counted

// Doc says how a file was understood and what taking it in would change: plain rows as counts, the others one by one.
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
		{"Replacing what is there", t.Other},
		{"In doubt, and left out unless you take these too", t.Doubt},
		{"Newer in the record, which is kept", t.Kept},
		{"On a day that your record does not allow, unless you give another", t.Barred},
	} {
		d.Section(part.heading, listAtMost(part.rows, Outcome.String))
	}
	doubtful := lists.Where(t.New, func(x Outcome) bool { return x.Doubt != "" })
	d.Section("In doubt, and taken as you asked", listAtMost(doubtful, func(x Outcome) string {
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
	if note := m.Scale.warning(m.Steps); note != "" {
		d.Add(doc.Para{Depth: 1, Text: note})
	}
}

// describe is an answer on this scale as a sentence says it, such as "7 of 9".
func (s Scale) describe(answer string) string {
	if _, _, ok := parseNumber(answer); s.levels != nil || !ok || s.high == 100 || s.high == 1 {
		return answer
	}
	return answer + " of " + figure(s.high)
}

// Counts says in a few sentences how many ratings would be taken in, replaced or left out.
func (t Taking) Counts(proposal Proposal, today calendar.Date) (out []string) {
	say := func(n int, one, many, what string) {
		if n > 0 {
			out = append(out, words.Count(n, one, many)+what)
		}
	}
	byMentor := lists.Count(t.New, func(x Outcome) bool { return x.By == profile.Mentor })
	say(len(t.New)-byMentor, "rating", "ratings", " of your own that the round does not have yet.")
	say(byMentor, "rating", "ratings", " by a mentor that the round does not have yet.")
	say(len(t.Other), "rating replaces another", "ratings replace others", ", listed row by row.")
	say(len(t.Doubt), "rating is", "ratings are", " in doubt, and left out so far.")
	say(len(t.Kept), "rating is", "ratings are", " older than what the record has, which is kept.")
	say(len(t.Barred), "rating is", "ratings are", " on a day that your record does not allow.")
	say(len(proposal.Missed), "row was", "rows were", " not understood.")
	say(t.Same, "rating is", "ratings are", " in the record already.")
	say(proposal.Blank, "KSB has", "KSBs have", " no level in the file.")
	say(proposal.Earlier, "earlier rating stays", "earlier ratings stay", " out: the file has later ones.")
	say(proposal.Agreed,
		"agreed level stays", "agreed levels stay", " out: what was agreed is for the two of you to agree again.")
	if proposal.Undated && len(t.Batch.Changes) > 0 {
		out = append(out, "Ratings without a day in the file are dated today, "+today.Long()+", unless you give "+
			"another.")
	}
	nameless := func(x Outcome) bool { return x.By == profile.Mentor && x.Who.Empty() }
	if slices.ContainsFunc(slices.Concat(t.New, t.Other), nameless) {
		out = append(out, "The file does not name the mentor: say who they are.")
	}
	if t.Opens != "" {
		out = append(out, "No round is open: this opens "+t.Opens+".")
	}
	if len(out) == 0 || len(t.Batch.Changes) == 0 {
		out = append(out, "Nothing in it is new for the record.")
	}
	return out
}
