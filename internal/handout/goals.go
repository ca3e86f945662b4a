package handout

import (
	"fmt"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/doc"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// goals are the goals under way with their actions, and then those that wait or have ended.
func (w *writer) goals() {
	if len(w.Profile.Goals) == 0 {
		return
	}
	w.heading("Goals and actions")
	var others []profile.Goal
	for _, g := range w.Profile.Goals {
		if g.Status != profile.GoalActive {
			others = append(others, g)
			continue
		}
		w.goal(g)
	}
	if len(others) == 0 {
		return
	}
	w.doc.Add(doc.Heading{Depth: 1, Text: "Parked and ended"})
	for _, g := range others {
		w.doc.Add(doc.Item{Depth: 2, Text: words.Capital(w.state(g)) + ": " + w.text(g)})
	}
}

// text is a goal in the learner's words with its KSBs, or the KSBs alone.
func (w *writer) text(g profile.Goal) string {
	if w.o.Redacted {
		return strings.Join(g.KSBs, ", ")
	}
	return g.Text.Line() + " (" + strings.Join(g.KSBs, ", ") + ")"
}

// state is the status of a goal with the day that goes with it.
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

// private is what is in the report only since it was included by name.
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

// reflections are those of the learner. The notes of a rehearsal are never among them.
func (w *writer) reflections() {
	said := false
	for _, x := range w.Profile.Reflections {
		if x.Model == profile.RehearsalModel {
			continue
		}
		if !said {
			w.heading("Reflections")
		}
		said = true
		w.doc.Add(doc.Heading{Depth: 1, Text: x.On.Long() + words.After(", on ", strings.Join(x.KSBs, ", "))})
		for _, a := range x.Answers {
			w.doc.Add(doc.Pair{Depth: 2, Label: words.Capital(a.Step), Text: a.Text.Line()})
		}
	}
}

// notes are those beside the newest ratings, and beside goals and actions.
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
