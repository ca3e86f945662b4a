package intake

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/doc"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

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
		d.Section(part.heading, listed(part.rows, Outcome.String))
	}
	doubtful := lists.Where(t.New, func(x Outcome) bool { return x.Doubt != "" })
	d.Section("In doubt, and taken as you say", listed(doubtful, func(x Outcome) string {
		x.Says = x.Doubt
		return x.String()
	}))
	d.Section("Not understood", listed(proposal.Missed, func(m Missed) string { return m.Where + ": " + m.Says }))
	return d
}

func leftOut(columns []Column) []string {
	return listed(columns, func(c Column) string {
		if c.Means == "" || c.Means == twin {
			return fmt.Sprintf("%s %q", c.Letter, c.Heading)
		}
		return fmt.Sprintf("%s %q (%s)", c.Letter, c.Heading, c.Means)
	})
}

func listed[T any](rows []T, line func(T) string) []string {
	out := lists.Each(rows[:min(len(rows), mostListed)], line)
	if more := len(rows) - len(out); more > 0 {
		out = append(out, fmt.Sprintf("and %d more of these", more))
	}
	return out
}

func addScale(d *doc.Doc, m Mapped, scale *level.Scale, several bool) {
	heading := "The scale"
	if several {
		heading = "The scale of " + owner(m.By) + " levels"
	}
	d.Add(doc.Heading{Text: heading}, doc.Para{Depth: 1, Text: fmt.Sprintf("It is %s, %s.", m.Scale, m.From)})
	for _, s := range m.Steps {
		d.Add(doc.Item{Depth: 1, Text: fmt.Sprintf("%s becomes %s", m.Scale.answer(s.Answer), scale.Named(s.Level))})
	}
	if note := m.Scale.fineness(m.Steps); note != "" {
		d.Add(doc.Para{Depth: 1, Text: note})
	}
}

// answer is an answer on this scale as a sentence says it, such as "7 of 9".
func (s Scale) answer(of string) string {
	if _, _, ok := number(of); s.words != nil || !ok || s.high == 100 || s.high == 1 {
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
		out = append(out, "Where the file gives no day they are of today, "+today.Long()+", unless you say another day.")
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
