package handout

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/doc"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/sorting"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// table adds a table of KSBs with their levels and notes.
func (w *writer) table(rows []gap.Row, expected bool, noteLabel string, note func(gap.Row) string) {
	t := w.r.Table(rows, w.Scale, w.Title, expected, note)
	t.Depth, t.NoteLabel = 1, noteLabel
	if w.o.Redacted {
		t = without(t, 1) // the titles, which are empty
	}
	w.doc.Add(t)
}

// without removes a column of a table.
func without(t doc.Table, column int) doc.Table {
	t.Columns = slices.Delete(slices.Clone(t.Columns), column, column+1)
	for i, r := range t.Rows {
		t.Rows[i].Cells = slices.Delete(slices.Clone(r.Cells), column, column+1)
	}
	return t
}

func (w *writer) strengths() {
	rows := w.r.Strengths()
	if len(rows) == 0 {
		return
	}
	w.heading("Strengths")
	w.para("At the target for gateway, or above it.")
	evidence := w.newest()
	w.table(rows, false, "Shown by", func(row gap.Row) string {
		newest := evidence[row.KSB.ID]
		switch {
		case row.Aged != nil:
			return row.Aged.WordsWith(w.says(), w.Today)
		case newest.On.IsZero():
			return "no evidence yet"
		case w.o.Redacted:
			return "evidence of " + newest.On.Long()
		}
		return newest.Title.Line() + ", " + newest.On.Long()
	})
}

// newest is the newest piece of evidence for each KSB. Of several from one day, it is the first.
func (w *writer) newest() map[string]profile.Evidence {
	out := map[string]profile.Evidence{}
	for _, e := range w.Profile.Evidence {
		for _, id := range e.KSBs {
			if e.On.After(out[id].On) {
				out[id] = e
			}
		}
	}
	return out
}

// says begins what the learner says: "you say", or "Asha Patel says".
func (w *writer) says() string { return w.you + " " + w.verb("say", "says") }

// proud takes the place of the strengths in a report without single levels.
func (w *writer) proud() { w.lines("Proud of", appraisal.PartProud) }

// lines adds the lines of package appraisal for some parts of a review, under one heading.
func (w *writer) lines(heading string, parts ...appraisal.Part) {
	var all []appraisal.Line
	for _, part := range parts {
		all = append(all, w.section(part)...)
	}
	if len(all) == 0 {
		return
	}
	w.heading(heading)
	for _, l := range all {
		w.item(l.Line())
	}
}

func (w *writer) gaps() {
	mentor := "your mentor"
	if w.you != appraisal.You {
		mentor = "the mentor"
	}
	if rows := w.r.Gaps(); len(rows) > 0 {
		w.heading("Gaps")
		w.para("In this order: " + gap.RankRule + ".")
		w.table(rows, w.r.Timed, "Why", func(row gap.Row) string {
			return strings.Join(w.r.ReasonsFor(row, w.says(), mentor), ", ")
		})
	}
	unrated := lists.Each(w.r.Unrated(), func(row gap.Row) string { return row.KSB.ID })
	if n := len(unrated); n > 0 && n < len(w.r.Rows) {
		w.doc.Add(doc.Para{Text: "Not rated yet: " + strings.Join(unrated, ", ") + ".", SpaceBefore: true})
	}
}

// differences adds what learner and mentor see differently, and the levels they have agreed and how long ago.
func (w *writer) differences() {
	w.lines("Where we differ", appraisal.PartTalkOver, appraisal.PartTalkMore)
	t := doc.Table{Depth: 1, NoteLabel: "Why", Columns: []doc.Column{
		{Name: "KSB", MinWidth: 3}, {Name: "Title"}, {Name: "Agreed"}, {Name: "On"}, {Name: "Age"},
	}}
	for _, row := range w.r.Rows {
		x, ok := w.Profile.Newest(row.KSB.ID, profile.Agreed)
		if !ok {
			continue
		}
		why := x.GivenReason().Line()
		if row.Aged != nil {
			since := fmt.Sprintf("%s %s since %s", w.says(), row.Aged.Self.Level.Figure(), row.Aged.Since.Long())
			why = strings.Join(words.Given(since, why), ". ")
		}
		figure := gap.LevelCell(w.Scale, x.Level)
		if x.Level < 0 {
			figure = doc.Words(x.Level.Figure())
		}
		t.Rows = append(t.Rows, doc.Row{Note: why, Cells: []doc.Cell{
			doc.Words(row.KSB.ID), doc.Words(w.Title(row.KSB.ID)), figure, doc.Words(x.On.Long()),
			doc.Words(age(x.On, w.Today)),
		}})
	}
	if len(t.Rows) == 0 {
		return
	}
	if w.o.Redacted {
		t = without(t, 1)
	}
	w.heading("Agreed levels")
	w.doc.Add(t)
}

// age says how long ago a day was, in months or days.
func age(day, today calendar.Date) string {
	if n := day.Months(today); n > 0 {
		return words.Count(n, "month", "months")
	}
	return words.Count(max(day.Days(today), 0), "day", "days")
}

// evidence adds the list of all evidence, the newest first.
func (w *writer) evidence() {
	all := make([]*profile.Evidence, len(w.Profile.Evidence)) // pointers, because the pieces are large to sort
	for i := range all {
		all[i] = &w.Profile.Evidence[i]
	}
	sorting.By(all, func(a, b *profile.Evidence) int { return b.On.Compare(a.On) })
	if len(all) == 0 {
		return
	}
	t := doc.Table{Depth: 1, Columns: []doc.Column{{Name: "Day"}, {Name: "Shows"}}}
	if !w.o.Redacted {
		t.Columns = []doc.Column{{Name: "Day"}, {Name: "Shows"}, {Name: "Kind"}, {Name: "What, and where it is kept"}}
	}
	for _, e := range all {
		cells := []doc.Cell{doc.Words(e.On.Long()), doc.Words(strings.Join(e.KSBs, ", "))}
		if !w.o.Redacted {
			cells = append(cells, doc.Words(profile.KindName(e.Kind)),
				doc.Words(e.Title.Line()+words.After("; in ", e.Where.Line())))
		}
		if !e.Fresh(w.Today, w.r.StaleMonths) {
			cells[len(cells)-1].Text += "; too old to support a claim"
		}
		t.Rows = append(t.Rows, doc.Row{Cells: cells})
	}
	w.heading("Evidence")
	w.doc.Add(t)
}

func (w *writer) questions() { w.lines("Questions to ask", appraisal.PartQuestions) }

// chances adds the requests for opportunities. The manager can grant them, and so gets them in full.
func (w *writer) chances() {
	all := w.pack.Requests
	if len(all) == 0 {
		return
	}
	w.heading("Chances to ask for")
	switch {
	case w.o.Redacted:
		for _, q := range all {
			w.item(q.KSB + ", no opportunity since " + q.Since.Long())
		}
	case w.o.For == manager:
		w.para("Each could begin with something small. The advice with each one is written for apprentices.")
		for _, b := range appraisal.RequestsDoc(w.r, w.Profile, all, w.DutyTitle).Blocks {
			if _, intro := b.(doc.Para); !intro { // the report has its own introduction
				w.doc.Add(deeper(b, 1))
			}
		}
	default:
		for _, l := range w.section(appraisal.PartChances) {
			w.item(l.Line())
		}
	}
}

// unproved adds the claims for which the learner may still find evidence before the meeting.
func (w *writer) unproved() {
	w.lines("Before the meeting", appraisal.PartUnproved, appraisal.PartOld)
}

// signatures adds places to sign for the learner, the mentor and whoever else the report is for.
func (w *writer) signatures() {
	w.heading("To sign")
	w.doc.Add(doc.Signature{Depth: 1, Name: w.Profile.Learner.Name.Line(), Role: "learner"})
	role := map[Audience]string{manager: "line manager", provider: "training provider"}[w.o.For]
	if w.o.For != manager {
		w.doc.Add(doc.Signature{Depth: 1, Role: "mentor"})
	}
	if role != "" {
		w.doc.Add(doc.Signature{Depth: 1, Role: role})
	}
}

// goals adds the active goals with their actions, then those that are parked or have ended.
func (w *writer) goals() {
	if len(w.Profile.Goals) == 0 {
		return
	}
	w.heading("Goals and actions")
	var rest []doc.Block
	for _, g := range w.Profile.Goals {
		if g.Status == profile.GoalActive {
			w.goal(g)
		} else {
			rest = append(rest, doc.Item{Depth: 2, Text: words.Capital(w.state(g)) + ": " + w.text(g)})
		}
	}
	if len(rest) > 0 {
		w.doc.Add(doc.Heading{Depth: 1, Text: "Parked and ended"})
		w.doc.Add(rest...)
	}
}

// text is a goal in the learner's words with its KSBs; just the KSBs if redacted.
func (w *writer) text(g profile.Goal) string {
	if w.o.Redacted {
		return strings.Join(g.KSBs, ", ")
	}
	return g.Text.Line() + " (" + strings.Join(g.KSBs, ", ") + ")"
}

// state is the status of a goal, with the day on which it ended or is due.
func (w *writer) state(g profile.Goal) string {
	switch {
	case !g.Closed.IsZero():
		return g.Status.Words() + " " + g.Closed.Long()
	case !g.Due.IsZero():
		return g.Status.Words() + ", due " + g.Due.Long()
	}
	return g.Status.Words()
}

func (w *writer) goal(g profile.Goal) {
	w.doc.Add(doc.Heading{Depth: 1, Text: w.text(g)}, doc.Para{Depth: 2, Text: words.Capital(w.state(g))})
	if len(g.Actions) == 0 {
		return
	}
	t := doc.Table{Depth: 2, Columns: []doc.Column{{Name: "By"}, {Name: "State"}}}
	if !w.o.Redacted {
		t.Columns = append(t.Columns, doc.Column{Name: "With"}, doc.Column{Name: "Action"})
	}
	for _, a := range g.Actions {
		state := doc.Words(a.Status.Words())
		switch {
		case a.Overdue(w.Today):
			state.Text, state.Tone = "overdue", doc.ToneBehind
		case !a.Closed.IsZero():
			state.Text += " " + a.Closed.Long()
		}
		row := doc.Row{Cells: []doc.Cell{doc.Words(a.Due.Long()), state}}
		if !w.o.Redacted {
			row.Cells = append(row.Cells, doc.Words(a.Who.Line()), doc.Words(a.Text.Line()))
		}
		t.Rows = append(t.Rows, row)
	}
	w.doc.Add(t)
}

// private adds what a report holds only if it is included by name.
func (w *writer) private() {
	for _, note := range w.Profile.Private().Notes() {
		if w.o.includes(note.About) && !note.Text.Empty() {
			w.heading(words.Capital(note.About))
			w.para(note.Text.Line())
		}
	}
	if w.o.includes(profile.ShareReflections) {
		w.reflections()
	}
	if w.o.includes(withNotes) {
		w.notes()
	}
}

// reflections adds the learner's reflections, but never the notes of a rehearsal.
func (w *writer) reflections() {
	shared := func(x profile.Reflection) bool { return x.Model != profile.RehearsalModel }
	for i, x := range lists.Where(w.Profile.Reflections, shared) {
		if i == 0 {
			w.heading("Reflections")
		}
		w.doc.Add(doc.Heading{Depth: 1, Text: x.On.Long() + words.After(", on ", strings.Join(x.KSBs, ", "))})
		for _, a := range x.Answers {
			w.doc.Add(doc.Pair{Depth: 2, Label: words.Capital(a.Step), Text: a.Text.Line()})
		}
	}
}

// notes adds the notes on the newest ratings, and on goals and actions.
func (w *writer) notes() {
	var items []string
	add := func(about, text string) {
		if strings.TrimSpace(text) != "" {
			items = append(items, about+": "+text)
		}
	}
	for _, row := range w.r.Rows {
		for _, by := range []profile.Rater{profile.Self, profile.Mentor} {
			if x, ok := w.Profile.Newest(row.KSB.ID, by); ok {
				who := w.you
				if by == profile.Mentor {
					who = words.Given(x.By.Line(), "the mentor")[0]
				}
				add(fmt.Sprintf("%s, %s, %s", w.named(row.KSB.ID), who, x.On.Long()), x.Note.Line())
			}
		}
	}
	for _, g := range w.Profile.Goals {
		add("Goal, "+w.text(g)+", why", g.Why.Line())
		add("Goal, "+w.text(g), g.Note.Line())
		for _, a := range g.Actions {
			add("Action, "+strings.TrimSuffix(a.Text.Line(), "."), a.Note.Line())
		}
	}
	w.doc.Section("Notes", items)
}
