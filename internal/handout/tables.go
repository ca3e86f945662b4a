package handout

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/doc"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/sorting"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// Table holds figures of the record in the form of a database table: each row is one fact.
type Table struct {
	Name    string // such as "rating"
	About   string // what a row is, to follow "A row is"
	Columns []Column
	Rows    [][]Value // each with a value for every column
}

// Column is a column of a Table.
type Column struct {
	Name  string // lower case, with underscores
	Means string // what its values are
	Type  Type
}

// Type is the type of all values in a column that are not nil.
type Type int

// The types of columns.
const (
	Text Type = iota
	Number
	Day
	Yes
)

// Value is a string, an int, a calendar.Date, a bool, or nil if it is not known or left out.
type Value any

// Tables gives the record as tables that can be joined by their keys "learner", "ksb", "round" and so on: the learner,
// the levels, the KSBs as they are today, rounds, ratings, evidence, goals, actions and reviews. They hold only what a
// report with these options may hold: no notes unless included, no typed words if redacted, and never a rating that the
// learner may not see yet. For a line manager, who gets no single levels, they are refused.
func Tables(src Source, o Options) ([]Table, error) {
	if o.For == manager && !o.Redacted {
		return nil, &profile.Refusal{
			Msg: "a line manager's report holds no single levels, so there are no tables of it",
			Why: "choose text or another paper, or --for mentor",
		}
	}
	t := &tables{Source: src, o: o}
	if o.Redacted {
		t.Profile = redacted(src.Profile)
	}
	t.r = gap.Compute(t.Standard, t.Scale, t.Profile, t.Today)
	return lists.Each([]Table{
		t.learners(), t.levels(), t.ksbs(), t.rounds(), t.ratings(), t.evidence(),
		links("evidence", "a piece of evidence", "the piece", t.Profile.Evidence,
			func(e profile.Evidence) (string, []string) { return e.ID, e.KSBs }),
		t.goals(),
		links("goal", "a goal", "the goal", t.Profile.Goals,
			func(g profile.Goal) (string, []string) { return g.ID, g.KSBs }),
		t.actions(), t.reviews(),
	}, t.named), nil
}

type tables struct {
	Source
	o Options
	r *gap.Report
}

// named adds the learner as the first column of a table, so that the tables of several learners can be put together.
func (t *tables) named(x Table) Table {
	who := some(t.Profile.Learner.ID)
	x.Columns = append([]Column{{"learner", "the identifier of the learner in their own record", Text}}, x.Columns...)
	x.Rows = lists.Each(x.Rows, func(row []Value) []Value { return append([]Value{who}, row...) })
	return x
}

// text is what somebody typed, on one line; nil if it is empty.
func text(x safetext.Text) Value { return some(x.Line()) }

// some is x, or nil if it is the zero value: "", an unknown day or 0.
func some[T comparable](x T) Value {
	if x == *new(T) {
		return nil
	}
	return x
}

// figure is a level as a number; nil for no opportunity.
func figure(l level.Level) Value {
	if l == level.NoOpportunity {
		return nil
	}
	return int(l)
}

// note is a note if notes are included, else nil.
func (t *tables) note(x safetext.Text) Value {
	if !t.o.includes(withNotes) {
		return nil
	}
	return text(x)
}

func (t *tables) learners() Table {
	p, l := t.Profile, t.Profile.Learner
	var month, months Value
	if t.r.Timed {
		month, months = t.r.Month, t.r.Length
	}
	row := []Value{
		text(l.Name), text(l.Role), t.Standard.Reference, some(l.Start), some(p.GatewayDate()), month, months,
		some(l.Review), t.Today,
	}
	return Table{"learner", "the learner whose record it is; one row", []Column{
		{"name", "the learner's name", Text},
		{"role", "their role or field", Text},
		{"standard", "the reference of the occupational standard", Text},
		{"start", "the day the programme began", Day},
		{"gateway", "the day on which gateway is planned", Day},
		{"month", "the month of the programme that it is", Number},
		{"months", "how many months the programme has, breaks left out", Number},
		{"review", "the day of the next review", Day},
		{"as_of", "the day for which all figures are", Day},
	}, [][]Value{row}}
}

func (t *tables) levels() Table {
	out := Table{"level", "a level of the scale", []Column{
		{"level", "0 to 4", Number},
		{"name", "its name", Text},
		{"knowledge", "what it means for knowledge", Text},
		{"skill", "what it means for a skill", Text},
		{"behaviour", "what it means for a behaviour", Text},
	}, nil}
	for l := range level.Max + 1 {
		w := t.Scale.Words(l)
		out.Rows = append(out.Rows, []Value{int(l), w.Name, w.Knowledge, w.Skill, w.Behaviour})
	}
	return out
}

func (t *tables) ksbs() Table {
	return Table{"ksb", "a KSB of the standard, and where the learner stands with it today", []Column{
		{"ksb", "the code, such as K7", Text},
		{"kind", "knowledge, skill or behaviour", Text},
		{"duty", "the number of the first duty that it stands in", Number},
		{"duties", "the numbers of all its duties, divided by blanks", Text},
		{"title", "a short name", Text},
		{"statement", "the published wording", Text},
		{"rated", "whether a level or no opportunity was given", Yes},
		{"level", "the level that counts, 0 to 4", Number},
		{"level_words", "that level by its name, or no opportunity", Text},
		{"level_by", "whose level counts: self, mentor or agreed", Text},
		{"level_on", "the day it was given", Day},
		{"self", "the learner's newest level", Number},
		{"mentor", "the newest level of a mentor that the learner may see", Number},
		{"agreed", "the newest level that was agreed", Number},
		{"target", "the level wanted at gateway", Number},
		{"expected", "the level wanted by now", Number},
		{"gap", "target minus level; below 0 for one who is past it", Number},
		{"behind", "expected minus level; below 0 for one who is ahead", Number},
		{"state", "behind, below target, at target, no opportunity or not rated", Text},
		{"pieces", "pieces of evidence, of any age", Number},
		{"fresh_pieces", "of them, those that are recent enough to count", Number},
	}, lists.Each(t.r.Rows, t.ksb)}
}

func (t *tables) ksb(x gap.Row) []Value {
	id := x.KSB.ID
	duties := strings.Trim(fmt.Sprint(x.KSB.Duties), "[]")
	var counts, named, by, on, expected, missing, behind Value
	if x.Rated {
		counts, named, by, on = figure(x.Level), t.Scale.Named(x.Level), string(x.By), some(x.On)
	}
	if x.Rated && !x.NoOpportunity() {
		missing = x.Gap()
	}
	if n, ok := x.Expected(); ok {
		expected = int(n)
	}
	if n, ok := x.Behind(); ok {
		behind = n
	}
	return []Value{
		id, x.KSB.Kind.String(), x.KSB.Duties[0], duties, some(t.Title(id)), x.KSB.Text,
		x.Rated, counts, named, by, on,
		t.newest(id, profile.Self), t.newest(id, profile.Mentor), t.newest(id, profile.Agreed),
		int(x.Target), expected, missing, behind, Standing(x.Tone()), x.Evidence, x.Fresh,
	}
}

// newest is the newest level by a rater that the learner may see; nil if there is none.
func (t *tables) newest(ksb string, by profile.Rater) Value {
	if x, ok := t.Profile.Newest(ksb, by); ok {
		return figure(x.Level)
	}
	return nil
}

// Standings lists the tones that a KSB may have, the best first.
var Standings = []doc.Tone{doc.ToneMet, doc.ToneBelow, doc.ToneBehind, doc.ToneNone, doc.ToneOpen}

// Standing is the value of the column "state" for a tone, such as "below target".
func Standing(t doc.Tone) string {
	switch t {
	case doc.ToneMet:
		return "at target"
	case doc.ToneBelow:
		return "below target"
	case doc.ToneBehind:
		return "behind"
	case doc.ToneOpen:
		return "not rated"
	}
	return "no opportunity"
}

func (t *tables) rounds() Table {
	out := Table{"round", "a round of ratings", []Column{
		{"round", "its identifier", Text},
		{"number", "its place, from 1", Number},
		{"opened", "the day of its first rating", Day},
		{"closed", "the day it was closed; empty for the one that is open", Day},
	}, nil}
	for i, r := range t.Profile.Rounds {
		out.Rows = append(out.Rows, []Value{safetext.Line(r.ID), i + 1, some(r.Opened), some(r.Closed)})
	}
	return out
}

func (t *tables) ratings() Table {
	out := Table{"rating", "a level that somebody gave a KSB in a round, or that both agreed", []Column{
		{"round", "the round", Text},
		{"ksb", "the KSB", Text},
		{"rater", "self, mentor or agreed", Text},
		{"by", "the name of the mentor, or of who agreed", Text},
		{"level", "0 to 4; empty for no opportunity", Number},
		{"opportunity", "false for no opportunity in this post", Yes},
		{"on", "the day it was given", Day},
		{"note", "the note beside it, where notes are included", Text},
	}, nil}
	for i, r := range t.Profile.Rounds {
		seen := t.Profile.SeenRound(i)
		for _, by := range profile.Raters {
			for _, ksb := range standard.Sorted(seen.Ratings[by]) {
				list := []profile.Rating{seen.Ratings[by][ksb]}
				if by == profile.Mentor {
					list = seen.Mentors(ksb)
				}
				for _, x := range list {
					out.Rows = append(out.Rows, []Value{
						safetext.Line(r.ID), ksb, string(by), text(x.By), figure(x.Level),
						x.Level != level.NoOpportunity, some(x.On), t.note(x.Note),
					})
				}
			}
		}
	}
	return out
}

func (t *tables) evidence() Table {
	return Table{"evidence", "a piece of evidence", []Column{
		{"evidence", "its identifier", Text},
		{"on", "the day it is from", Day},
		{"kind", "the kind, such as work-product", Text},
		{"title", "what it is", Text},
		{"where", "where it is kept", Text},
		{"witness", "who saw it", Text},
		{"duty", "the duty that it came from", Number},
	}, lists.Each(t.Profile.Evidence, func(e profile.Evidence) []Value {
		return []Value{
			safetext.Line(e.ID), some(e.On), some(e.Kind), text(e.Title), text(e.Where), text(e.Witness),
			some(max(e.Duty, 0)),
		}
	})}
}

// links is a table that joins things, such as goals, with the KSBs that they are for.
func links[T any](name, thing, means string, list []T, of func(T) (id string, ksbs []string)) Table {
	columns := []Column{{name, means, Text}, {"ksb", "the KSB", Text}}
	out := Table{name + "_ksb", "a KSB that " + thing + " is for", columns, nil}
	for _, x := range list {
		id, ksbs := of(x)
		for _, ksb := range ksbs {
			out.Rows = append(out.Rows, []Value{safetext.Line(id), ksb})
		}
	}
	return out
}

func (t *tables) goals() Table {
	return Table{"goal", "a goal", []Column{
		{"goal", "its identifier", Text},
		{"text", "the goal in the learner's words", Text},
		{"status", "active, parked, done or dropped", Text},
		{"set", "the day it was set", Day},
		{"due", "the day it is due", Day},
		{"closed", "the day it ended", Day},
		{"theory", "the theory that its reason rests on", Text},
		{"why", "the reason, where notes are included", Text},
		{"note", "why it is parked, closed or dropped, where notes are included", Text},
	}, lists.Each(t.Profile.Goals, func(g profile.Goal) []Value {
		return []Value{
			safetext.Line(g.ID), text(g.Text), string(g.Status), some(g.Set), some(g.Due), some(g.Closed),
			some(safetext.Line(g.Theory)), t.note(g.Why), t.note(g.Note),
		}
	})}
}

func (t *tables) actions() Table {
	out := Table{"action", "an action of a goal", []Column{
		{"action", "its identifier", Text},
		{"goal", "the goal", Text},
		{"sort", "practise, people or study", Text},
		{"text", "what is to be done", Text},
		{"who", "who helps", Text},
		{"due", "the day it is due", Day},
		{"status", "open, done, not-done, changed or dropped", Text},
		{"closed", "the day it ended", Day},
		{"minutes", "the learner's own time in all", Number},
		{"offjob", "whether it normally counts as off-the-job training: yes, no or ask", Text},
		{"note", "what came of it, where notes are included", Text},
	}, nil}
	for _, g := range t.Profile.Goals {
		for _, a := range g.Actions {
			out.Rows = append(out.Rows, []Value{
				safetext.Line(a.ID), safetext.Line(g.ID), some(string(a.Sort)), text(a.Text), text(a.Who), some(a.Due),
				string(a.Status), some(a.Closed),
				some(max(a.Minutes, 0)), some(string(a.OffJob)), t.note(a.Note),
			})
		}
	}
	return out
}

func (t *tables) reviews() Table {
	reviews := slices.Clone(t.Profile.Reviews)
	sorting.By(reviews, func(a, b profile.Review) int { return cmp.Or(a.On.Compare(b.On), cmp.Compare(a.ID, b.ID)) })
	return Table{"review", "a review", []Column{
		{"review", "its identifier", Text},
		{"on", "the day of the meeting", Day},
		{"kind", "progress, appraisal or gateway", Text},
		{"with", "who met with the learner", Text},
		{"closed", "the day it was closed", Day},
		{"next", "the day the next one is due", Day},
	}, lists.Each(reviews, func(r profile.Review) []Value {
		return []Value{
			safetext.Line(r.ID), some(r.On), string(r.Kind), some(safetext.Lines(r.With)), some(r.Closed),
			some(r.Next),
		}
	})}
}

const mostRows = 3 // how many rows of a table TablesDoc shows

// TablesDoc previews tables before they are written: how many rows each has, its columns, and its first rows.
func TablesDoc(tables []Table) doc.Doc {
	var d doc.Doc
	for _, t := range tables {
		d.Add(doc.Heading{Text: fmt.Sprintf("%s, %s", words.Capital(t.Name), words.Count(len(t.Rows), "row", "rows"))})
		names := lists.Each(t.Columns, func(c Column) string { return c.Name })
		d.Add(doc.Para{Depth: 1, Text: "A row is " + t.About + "."},
			doc.Para{Depth: 1, Text: "Columns: " + strings.Join(names, ", ") + "."})
		for _, r := range t.Rows[:min(mostRows, len(t.Rows))] {
			d.Add(doc.Item{Depth: 1, Text: t.row(r)})
		}
		if n := len(t.Rows) - mostRows; n > 0 {
			d.Add(doc.Item{Depth: 1, Text: fmt.Sprintf("and %d more", n)})
		}
	}
	return d
}

// row gives the names and values of a row, without those that are not known.
func (t Table) row(r []Value) string {
	var parts []string
	for i, v := range r {
		if yes, ok := v.(bool); ok {
			v = lists.Pick(yes, "yes", "no")
		}
		if v != nil {
			parts = append(parts, fmt.Sprintf("%s %v", t.Columns[i].Name, v))
		}
	}
	return strings.Join(parts, ", ")
}
