package appraising

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/doc"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/tui/forms"
	"github.com/ksbcoach/ksbcoach/internal/tui/page"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// trial is a rehearsal that was begun; the zero trial is none. Its notes are in the record, as the reflection with this
// ID.
type trial struct {
	id        string
	on        calendar.Date // the day on which it was begun
	questions []appraisal.Question
	spent     time.Duration
	last      time.Time // of the last key on this page; zero while the timer stands still
	paused    bool      // the list of all rehearsals is shown
	at        int       // the row where it was paused
}

func (t trial) begun() bool { return len(t.questions) > 0 }

// rehearsing says whether a question of the rehearsal, or the page at its end, is shown.
func (s *Screen) rehearsing() bool { return s.tab == rehearseTab && s.trial.begun() && !s.trial.paused }

const trialPrivate = "Notes are optional. They are kept for you alone, and are never in anything that is shared."

// lookFor are things to look for in the real meeting: the marks of a well-structured appraisal, in the order of
// appraisal.Marks.
var lookFor = [...]string{
	"Clear objectives: before you part, say each one in your own words, and what will show that it is met.",
	"Help with your job: take away one thing that you will do differently at work next week.",
	"Being valued: hear one thing that shows that your work counts. If nobody says it, name a strength yourself.",
}

// pauseTrial shows the list of all rehearsals in place of the one that is shown. It says whether one was shown.
func (s *Screen) pauseTrial(c *ui.Context) bool {
	if !s.rehearsing() {
		return false
	}
	at := s.lists[rehearseTab].At(s.rows(c))
	s.trial.paused, s.trial.at, s.trial.last = true, at, time.Time{}
	s.lists[rehearseTab] = page.List{}
	return true
}

// tick adds the time since the last key to the timer, unless the learner was elsewhere. The timer moves only at a key:
// one that runs by itself would hurry people who are thinking.
func (s *Screen) tick(c *ui.Context, elsewhere bool) {
	t := &s.trial
	if c.Clock == nil || !t.begun() || t.paused {
		return
	}
	now := c.Clock()
	if !t.last.IsZero() && !elsewhere {
		t.spent += now.Sub(t.last)
	}
	t.last = now
	if s.tab != rehearseTab {
		t.last = time.Time{}
	}
}

// headRight is the right end of the first line: when the next review is, or during a rehearsal the timer.
func (s *Screen) headRight(c *ui.Context) string {
	minutes := int(s.trial.spent.Minutes())
	switch {
	case !s.rehearsing():
		return headSays(c)
	case s.untimed || s.trial.last.IsZero():
		return ""
	case minutes < 1:
		return c.Theme.Faint.Render("just begun")
	}
	return c.Theme.Faint.Render(fmt.Sprintf("%d min so far", minutes))
}

// notes are the answers so far, one for each question; "" where there is none.
func (t trial) notes(p profile.Profile) []safetext.Text {
	r, _ := p.Reflection(t.id)
	return appraisal.Notes(r, t.questions)
}

// beginTrial begins a new rehearsal. Its questions stay the same while the record changes.
func (s *Screen) beginTrial(c *ui.Context) {
	questions := appraisal.Questions(c.Report, c.Profile, c.Entry, c.Title)
	s.trial = trial{id: c.NewID("r"), on: c.Today, questions: questions}
	s.lists[rehearseTab] = page.List{}
}

// askBegin begins a new rehearsal, but asks first if one since the last review has questions left to answer.
func (s *Screen) askBegin(c *ui.Context) []ui.Ask {
	r, _ := c.Profile.Reflection(s.trial.id)
	questions := s.trial.questions
	if !s.trial.begun() {
		r, questions = appraisal.Rehearsal(c.Report, c.Profile, c.Entry, c.Title)
	}
	if r.ID == "" || len(r.Answers) >= len(questions) {
		s.beginTrial(c)
		return nil
	}
	const begin = "with today's questions; what you noted stays there to read"
	says := fmt.Sprintf("In that of %s you noted %s to %s. They stay kept either way.", r.On.Long(), answers(r),
		words.Count(len(questions), "question", "questions"))
	return ui.Asks(ui.Choose{Title: "Begin a new rehearsal?", Says: says, Options: []ui.Option{
		{Text: "Go on with that one", Says: "where you left it", Then: s.resuming(r.ID)},
		{Text: "Begin a new one", Says: begin, Then: ui.Just(s.beginTrial)},
	}})
}

func answers(r profile.Reflection) string { return words.Count(len(r.Answers), "answer", "answers") }

// resuming goes on with a rehearsal: where it was paused or, if it is from an earlier run of the program, at the first
// question without a note.
func (s *Screen) resuming(id string) ui.Then {
	return askIfAlone(rehearsalNotes, ui.Just(func(c *ui.Context) {
		at := s.trial.at
		switch {
		case !s.trial.begun() || s.trial.id != id:
			r, questions := appraisal.Rehearsal(c.Report, c.Profile, c.Entry, c.Title)
			s.trial = trial{id: r.ID, on: r.On, questions: questions}
			s.lists[rehearseTab] = page.List{}
			at = slices.IndexFunc(s.trial.notes(c.Profile), safetext.Text.Empty)
			if at < 0 {
				at = len(s.trial.questions) // all are answered: the end
			}
		case !s.trial.paused:
			return
		}
		s.trial.paused = false
		s.lists[rehearseTab].Put(s.rows(c), at)
	}))
}

func (s *Screen) trialBlocks(c *ui.Context) []block {
	if !s.rehearsing() {
		return s.trialIntro(c)
	}
	if i, ok := s.question(c); ok {
		return s.questionBlocks(c, i)
	}
	return s.trialEnd(c)
}

// trialIntro leads back to the rehearsal that was paused or kept last, to a new one, and to all notes.
func (s *Screen) trialIntro(c *ui.Context) []block {
	const how = "The program plays the appraiser: eight to ten questions from your own strengths, gaps, actions and " +
		"differences, one at a time. What went well comes first. Take as long as you like."
	out := []block{{Text: how}, {Text: trialPrivate}}
	resume := func(id, name, says string) {
		out = append(out, line("resume:"+id, name, "go on where you left it", s.resuming(id), says+" so far."))
	}
	if s.trial.begun() {
		says := "No answer is noted"
		if r, ok := c.Profile.Reflection(s.trial.id); ok {
			says = answers(r)
		}
		name := fmt.Sprintf("Go on with question %d of %d", s.trial.at+1, len(s.trial.questions))
		if s.trial.at >= len(s.trial.questions) {
			name = "Back to the end of the rehearsal"
		}
		resume(s.trial.id, name, says)
	}
	if r, ok := appraisal.Unreviewed(c.Profile); ok && r.ID != s.trial.id {
		resume(r.ID, "Go on with the rehearsal of "+r.On.Long(), answers(r))
	}
	begin := line("begin", "Begin", "hear the first question", s.askBegin)
	if len(out) > 2 {
		begin.Name, begin.Does = "Begin again", begin.Does+"; what you noted is kept"
	}
	return append(append(out, begin), s.notesBlocks(c)...)
}

// notesBlocks lead to the notes of each rehearsal, the newest first.
func (s *Screen) notesBlocks(c *ui.Context) []block {
	return under(block{Head: "What you noted, for you alone"}, lists.Each(appraisal.Rehearsals(c.Profile),
		func(r profile.Reflection) block {
			read := ui.Just(func(*ui.Context) {
				d := doc.Doc{Title: trialPrivate}
				for _, a := range r.Answers {
					d.Add(doc.Heading{Text: a.Step})
					for l := range strings.SplitSeq(a.Text.String(), "\n") {
						d.Add(doc.Para{Depth: 1, Text: l})
					}
				}
				s.text = &reading{title: "Your rehearsal of " + r.On.Long(), doc: d}
			})
			return line(notesRow+r.ID, r.On.Long()+", "+answers(r), "read them again", askIfAlone(rehearsalNotes, read))
		}))
}

// trialRows are all rows of the rehearsal that is shown: one for each question, and those of the page at its end. Only
// the question under the cursor is drawn, so the arrow keys lead from one question to the next. Otherwise it is nil.
func (s *Screen) trialRows(c *ui.Context) []page.Row {
	if !s.rehearsing() {
		return nil
	}
	var rows []page.Row
	for i, note := range s.trial.notes(c.Profile) {
		rows = append(rows, s.answerRow(i, note))
	}
	return append(rows, page.RowsOf(s.trialEnd(c))...)
}

// question is the index of the question under the cursor, and false if there is none.
func (s *Screen) question(c *ui.Context) (int, bool) {
	if !s.rehearsing() {
		return 0, false
	}
	i := s.lists[rehearseTab].At(s.trialRows(c))
	return i, i < len(s.trial.questions)
}

func (s *Screen) answerRow(i int, note safetext.Text) page.Row {
	ask := func(*ui.Context) []ui.Ask { return ui.Asks(s.answerForm(i, note)) }
	b := line(answerRow+strconv.Itoa(i), "Note your answer", "note your answer in a few words", ask)
	if !note.Empty() {
		b.Name, b.Says, b.Does = "Your answer", []string{note.String()}, "change your answer"
	}
	return ticked(!note.Empty(), b).Row
}

func (s *Screen) questionBlocks(c *ui.Context, i int) []block {
	q, note := s.trial.questions[i], s.trial.notes(c.Profile)[i]
	next := "Arrow down goes on without a note."
	switch {
	case i == len(s.trial.questions)-1:
		next = "It is the last one: arrow down goes on to what to look for."
	case !note.Empty():
		next = "Arrow down goes on to the next question."
	}
	return []block{
		{Head: fmt.Sprintf("Question %d of %d: %s", i+1, len(s.trial.questions), q.Part)},
		{Text: q.Text},
		{Head: "Why it is asked"},
		{Text: q.Why + "."},
		{Head: "Say it aloud first"},
		{Row: s.answerRow(i, note)},
		{Text: next + " Esc shows all your rehearsals, and this one waits."},
	}
}

func (s *Screen) answerForm(i int, note safetext.Text) ui.Edit {
	q := s.trial.questions[i]
	keep := func(v ui.Values, c *ui.Context) []ui.Ask {
		notes := s.trial.notes(c.Profile)
		notes[i] = v.Text("answer")
		r := appraisal.Rehearsed(s.trial.id, s.trial.on, c.Standard, s.trial.questions, notes)
		if _, kept := c.Profile.Reflection(r.ID); !kept && len(r.Answers) == 0 {
			return ui.Asks(ui.Say{Text: "An answer needs a few words; nothing was kept."})
		}
		says := "Kept for you alone."
		if notes[i].Empty() {
			says = "Your note is taken out; u brings it back."
		}
		return ui.Make(profile.AddReflection{Reflection: r}, s.stepAndSay(says))
	}
	return ui.Edit{Then: keep, Form: ui.Form{
		Key: "rehearsal:" + q.Text, Title: "Your answer", Says: q.Text, Send: "keep it and go on",
		Fields: []ui.Field{
			{ID: "answer", Label: "In a few words", Says: forms.NoPatients, Value: note.Raw(), Lines: 5},
		},
	}}
}

// trialEnd says what to look for in the real meeting, and what the learner's notes have on it.
func (s *Screen) trialEnd(c *ui.Context) []block {
	r, noted := c.Profile.Reflection(s.trial.id)
	found := appraisal.Look(s.trial.questions, s.trial.notes(c.Profile))
	says := "No answer is noted. That is fine: saying them aloud is what counts."
	if noted {
		says = fmt.Sprintf("%d of %d answers are kept, for you alone.", len(r.Answers), len(s.trial.questions))
	}
	out := []block{{Text: "That was the last question. " + says}, {Head: "Look for these in the real one"}}
	for i, name := range lookFor {
		b := line(fmt.Sprint("look for ", i), name, "go on", s.goOn)
		if i < len(found) {
			b.Says = []string{found[i].Words}
		}
		out = append(out, b)
	}
	return slices.Concat(out, s.notesBlocks(c), []block{{Head: "Once more"}, line("again",
		"Begin again, with today's questions", "begin again; what you noted is kept", s.askBegin)})
}
