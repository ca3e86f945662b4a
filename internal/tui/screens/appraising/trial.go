package appraising

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/tui/page"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// trial is a rehearsal under way. Its notes are kept in the record, as the reflection with this ID.
type trial struct {
	id        string
	on        calendar.Date // the day on which it was begun
	questions []appraisal.Question
	spent     time.Duration
	last      time.Time // the last key on this page; zero where no time passes
	aside     bool      // all rehearsals are shown, and this one waits
	at        int       // where it waits
}

func (t trial) begun() bool { return t.waits() && !t.aside }

func (t trial) waits() bool { return len(t.questions) > 0 }

func (s *Screen) rehearsing() bool { return s.tab == rehearseTab && s.trial.begun() }

// layAside shows all rehearsals, and says whether one was under way.
func (s *Screen) layAside(c *ui.Context) bool {
	if !s.rehearsing() {
		return false
	}
	s.trial.aside, s.trial.at, s.trial.last = true, s.at[rehearseTab].At(s.rows(c)), time.Time{}
	s.at[rehearseTab] = page.List{}
	return true
}

// tick adds up the time from key to key while the page is shown. The clock never moves by itself, since that would
// hurry people who are thinking.
func (s *Screen) tick(msg tea.Msg, c *ui.Context) {
	t := &s.trial
	if c.Clock == nil || !t.begun() {
		return
	}
	now := c.Clock()
	_, entered := msg.(ui.EnterMsg)
	_, back := msg.(ui.BackMsg)
	if !t.last.IsZero() && !entered && !back {
		t.spent += now.Sub(t.last)
	}
	t.last = time.Time{}
	if s.tab == rehearseTab {
		t.last = now
	}
}

// timer is how long the rehearsal has taken so far, or "".
func (t trial) timer() string {
	minutes := int(t.spent.Minutes())
	switch {
	case t.last.IsZero():
		return ""
	case minutes < 1:
		return "just begun"
	}
	return fmt.Sprintf("%d min so far", minutes)
}

// headRight is the right end of the head: during a rehearsal its timer, for those who want one.
func (s *Screen) headRight(c *ui.Context) string {
	switch {
	case !s.rehearsing():
		return headSays(c)
	case s.untimed:
		return ""
	}
	return c.Theme.Faint.Render(s.trial.timer())
}

// notes are the answers so far, one for each question.
func (t trial) notes(p profile.Profile) []safetext.Text {
	r, _ := p.Reflection(t.id)
	return appraisal.Notes(r, t.questions)
}

// beginTrial chooses the questions, which stay the same until a new rehearsal is begun.
func (s *Screen) beginTrial(c *ui.Context) {
	s.trial = trial{id: c.NewID("r"), on: c.Today, questions: drawQuestions(c)}
	s.at[rehearseTab] = page.List{}
}

func (s *Screen) askBegin(c *ui.Context) []ui.Ask {
	r, of := s.unfinished(c)
	if of == 0 {
		s.beginTrial(c)
		return nil
	}
	noted := fmt.Sprintf("%s to %s", answers(r), words.Count(of, "question", "questions"))
	begin := ui.Option{Text: "Begin a new one", Says: "with the questions of today; what you noted stays there to read"}
	begin.Then = ui.Just(s.beginTrial)
	return ui.Asks(ui.Choose{
		Title: "Begin a new rehearsal?", Says: "In that of " + r.On.Long() + " you noted " + noted +
			". They stay kept either way.",
		Options: []ui.Option{{Text: "Go on with that one", Says: "where you left it", Then: s.resuming(r.ID)}, begin},
	})
}

// unfinished is the rehearsal with notes that is under way or was left since the last review, and how many questions it
// has; 0 where there is none, or all are answered.
func (s *Screen) unfinished(c *ui.Context) (r profile.Reflection, of int) {
	r, ok := c.Profile.Reflection(s.trial.id)
	questions := s.trial.questions
	if !s.trial.waits() {
		if r, ok = appraisal.Unreviewed(c.Profile); ok {
			questions = appraisal.Resumed(r, drawQuestions(c))
		}
	}
	if !ok || len(r.Answers) >= len(questions) {
		return r, 0
	}
	return r, len(questions)
}

func answers(r profile.Reflection) string { return words.Count(len(r.Answers), "answer", "answers") }

func (s *Screen) resuming(id string) ui.Then {
	return alone(rehearsalNotes, ui.Just(func(c *ui.Context) { s.resumeTrial(c, id) }))
}

// resumeTrial goes on with a rehearsal that was left, where it waits or at the first question without a note.
func (s *Screen) resumeTrial(c *ui.Context, id string) {
	if s.trial.waits() && s.trial.id == id {
		if s.trial.aside {
			s.trial.aside = false
			s.at[rehearseTab].Put(s.rows(c), s.trial.at)
		}
		return
	}
	r, ok := c.Profile.Reflection(id)
	if !ok {
		return
	}
	s.trial = trial{id: r.ID, on: r.On, questions: appraisal.Resumed(r, drawQuestions(c))}
	s.at[rehearseTab] = page.List{}
	next := slices.IndexFunc(s.trial.notes(c.Profile), safetext.Text.Empty)
	if next < 0 {
		next = len(s.trial.questions) // all are answered: the end
	}
	s.at[rehearseTab].Put(s.rows(c), next)
}

func drawQuestions(c *ui.Context) []appraisal.Question {
	return appraisal.Questions(c.Report, c.Profile, c.Entry, c.Title)
}

func (s *Screen) trialBlocks(c *ui.Context) []block {
	if !s.trial.begun() {
		return s.trialIntro(c)
	}
	if i, ok := s.question(c); ok {
		return s.questionBlocks(c, i)
	}
	return s.trialEnd(c)
}

func (s *Screen) trialIntro(c *ui.Context) []block {
	out := append([]block{{Text: trialWords}, {Text: trialPrivate}}, s.resumeBlocks(c)...)
	r := page.Row{Key: "begin", Name: "Begin", Does: "hear the first question", Enter: s.askBegin}
	if len(out) > 2 {
		r.Name, r.Does = "Begin anew", r.Does+"; what you noted stays kept"
	}
	return append(append(out, row(r)), s.notesBlocks(c)...)
}

// resumeBlocks lead back to the rehearsal that waits, and to the one that was kept last.
func (s *Screen) resumeBlocks(c *ui.Context) []block {
	var out []block
	if s.trial.waits() {
		says := "No answer is noted so far."
		if r, ok := c.Profile.Reflection(s.trial.id); ok {
			says = answers(r) + " so far."
		}
		name := fmt.Sprintf("Go on with question %d of %d", s.trial.at+1, len(s.trial.questions))
		if s.trial.at >= len(s.trial.questions) {
			name = "Back to the end of the rehearsal"
		}
		out = append(out, s.resumeBlock(s.trial.id, name, says))
	}
	if r, ok := appraisal.Unreviewed(c.Profile); ok && r.ID != s.trial.id {
		out = append(out, s.resumeBlock(r.ID, "Go on with the rehearsal of "+r.On.Long(), answers(r)+" so far."))
	}
	return out
}

func (s *Screen) resumeBlock(id, name, says string) block {
	return row(page.Row{
		Key: "resume:" + id, Name: name, Says: []string{says}, Does: "go on where you left it", Enter: s.resuming(id),
	})
}

// notesBlocks lead to what each rehearsal kept, the newest first; nothing where there is none.
func (s *Screen) notesBlocks(c *ui.Context) []block {
	var out []block
	for i, r := range appraisal.Rehearsals(c.Profile) {
		if i == 0 {
			out = append(out, block{Head: "What you noted, for you alone"})
		}
		out = append(out, row(page.Row{
			Key: notesRow + r.ID, Name: r.On.Long() + ", " + answers(r), Does: "read them again",
			Enter: alone(rehearsalNotes, ui.Just(func(*ui.Context) { s.readNotes(r) })),
		}))
	}
	return out
}

// trialRows are all rows of a rehearsal under way: the questions, of which one is shown at a time, so that the arrow
// keys lead from one to the next, and then what comes after the last. There are none where no rehearsal is shown.
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

// question is the one under the cursor, and false where there is none.
func (s *Screen) question(c *ui.Context) (int, bool) {
	if !s.rehearsing() {
		return 0, false
	}
	i := s.at[rehearseTab].At(s.trialRows(c))
	return i, i < len(s.trial.questions)
}

func (s *Screen) answerRow(i int, note safetext.Text) page.Row {
	r := page.Row{
		Key: answerRow + strconv.Itoa(i), Sign: page.Open, Name: "Note your answer",
		Does: "note your answer in a few words",
	}
	r.Enter = func(*ui.Context) []ui.Ask { return ui.Asks(s.answerForm(s.trial.questions[i], i, note)) }
	if !note.Empty() {
		r.Sign, r.Name, r.Says, r.Does = page.Done, "Your answer", []string{note.String()}, "change your answer"
	}
	return r
}

func (s *Screen) questionBlocks(c *ui.Context, i int) []block {
	q, answer := s.trial.questions[i], s.answerRow(i, s.trial.notes(c.Profile)[i])
	on := "Arrow down goes on without a note."
	if answer.Sign == page.Done {
		on = "Arrow down goes on to the next question."
	}
	if i == len(s.trial.questions)-1 {
		on = "It is the last one: arrow down goes on to what to look for."
	}
	return []block{
		{Head: fmt.Sprintf("Question %d of %d: %s", i+1, len(s.trial.questions), q.Part)},
		{Text: q.Text},
		{Head: "Why it is asked"},
		{Text: q.Why + "."},
		{Head: "Say it aloud first"},
		row(answer),
		{Text: on + " Esc shows all your rehearsals, and this one waits."},
	}
}

// trialEnd says what to look for in the real meeting, and what the notes already hold for each.
func (s *Screen) trialEnd(c *ui.Context) []block {
	r, any := c.Profile.Reflection(s.trial.id)
	found := appraisal.Look(s.trial.questions, s.trial.notes(c.Profile))
	words := "No answer is noted. That is fine: saying them aloud is what counts."
	if any {
		words = fmt.Sprintf("%d of %d answers are kept, for you alone.", len(r.Answers), len(s.trial.questions))
	}
	out := []block{{Text: "That was the last question. " + words}, {Head: "Look for these in the real one"}}
	for i, words := range lookFor {
		r := page.Row{Key: fmt.Sprint("look for ", i), Name: words, Does: "go on", Enter: s.goOn}
		if i < len(found) {
			r.Says = []string{found[i].Words}
		}
		out = append(out, row(r))
	}
	again := page.Row{
		Key: "again", Name: "Begin anew, with the questions of today",
		Does: "begin anew; what you noted stays kept",
	}
	again.Enter = s.askBegin
	return append(append(out, s.notesBlocks(c)...), block{Head: "Once more"}, row(again))
}

func (s *Screen) keepAnswer(c *ui.Context, i int, text safetext.Text) []ui.Ask {
	if i < 0 || i >= len(s.trial.questions) {
		return nil
	}
	notes := s.trial.notes(c.Profile)
	notes[i] = text
	r := appraisal.Rehearsed(s.trial.id, s.trial.on, c.Standard, s.trial.questions, notes)
	says := "Kept for you alone."
	if text.Empty() {
		says = "Your note is taken out; u brings it back."
	}
	if _, was := c.Profile.Reflection(r.ID); !was && len(r.Answers) == 0 {
		return ui.Asks(ui.Say{Text: "An answer needs a few words; nothing was kept."})
	}
	return s.make(profile.AddReflection{Reflection: r}, s.onwards(says))
}
