package appraisal

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// trial is a rehearsal under way. Its notes stand in the record, in the reflection of this ID.
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

// waits says whether there are questions to go on with.
func (t trial) waits() bool { return len(t.questions) > 0 }

// layAside shows all rehearsals, and says whether one was under way.
func (s *Screen) layAside() bool {
	if s.tab != rehearseTab || !s.trial.begun() {
		return false
	}
	s.trial.aside, s.trial.at, s.trial.last = true, s.at[rehearseTab].index, time.Time{}
	s.at[rehearseTab] = place{}
	return true
}

// tick takes the time at a key, and so from key to key while the page is shown. Nothing counts in between: a clock that
// moves by itself would hurry who thinks.
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
	switch minutes := int(t.spent.Minutes()); {
	case t.last.IsZero():
		return ""
	case minutes < 1:
		return "just begun"
	default:
		return fmt.Sprintf("%d min so far", minutes)
	}
}

// headRight is the right end of the head: the timer during a rehearsal, for who wants to know.
func (s *Screen) headRight(c *ui.Context) string {
	if s.tab != rehearseTab || !s.trial.begun() {
		return headSays(c)
	}
	if s.untimed {
		return ""
	}
	return c.Theme.Faint.Render(s.trial.timer())
}

// trialKeys are the keys that only a rehearsal has.
func (s *Screen) trialKeys() []key.Binding {
	switch {
	case s.tab != rehearseTab || !s.trial.begun():
		return nil
	case s.untimed:
		return []key.Binding{ui.Named(keys.timer, "t", "show timer")}
	}
	return []key.Binding{ui.Named(keys.timer, "t", "hide timer")}
}

// notes are what was written so far, beside the questions.
func (t trial) notes(p profile.Profile) []safetext.Text {
	r, _ := kept(p, t.id)
	return appraisal.Notes(r, t.questions)
}

// kept is what a rehearsal has kept, if anything.
func kept(p profile.Profile, id string) (profile.Reflection, bool) {
	for _, r := range appraisal.Rehearsals(p) {
		if r.ID == id {
			return r, true
		}
	}
	return profile.Reflection{}, false
}

// beginTrial draws the questions. They stay the same until the rehearsal is begun anew.
func (s *Screen) beginTrial(c *ui.Context) {
	s.trial = trial{id: c.NewID("r"), on: c.Today, questions: drawQuestions(c)}
	s.at[rehearseTab] = place{}
}

// askBegin begins a rehearsal, and asks first where another one with notes would be left in the middle.
func (s *Screen) askBegin(c *ui.Context) []ui.Ask {
	r, of := s.unfinished(c)
	if of == 0 {
		s.beginTrial(c)
		return nil
	}
	return ui.Asks(ui.Choose{
		Title: "Begin a new rehearsal?",
		Says:  fmt.Sprintf("In that of %s you noted %s to %s. They stay kept either way.", r.On.Long(), count(len(r.Answers), "answer", "answers"), count(of, "question", "questions")),
		Options: []ui.Option{
			{Text: "Go on with that one", Says: "where you left it", Then: func(c *ui.Context) []ui.Ask { s.resumeTrial(c, r.ID); return nil }},
			{
				Text: "Begin a new one", Says: "with the questions of today; what you noted stays there to read",
				Then: func(c *ui.Context) []ui.Ask { s.beginTrial(c); return nil },
			},
		},
	})
}

// unfinished is the rehearsal with notes that is under way or was left since the last review, and how many questions it has;
// 0 where there is none, or all are answered.
func (s *Screen) unfinished(c *ui.Context) (r profile.Reflection, of int) {
	r, ok := kept(c.Profile, s.trial.id)
	questions := s.trial.questions
	if !s.trial.waits() {
		if r, ok = lately(c); ok {
			questions = appraisal.Resumed(r, drawQuestions(c))
		}
	}
	if !ok || len(r.Answers) >= len(questions) {
		return r, 0
	}
	return r, len(questions)
}

// lately is the newest rehearsal that was kept since the last review.
func lately(c *ui.Context) (profile.Reflection, bool) {
	all := appraisal.Rehearsals(c.Profile)
	if last, _ := c.Profile.LastReview(); len(all) == 0 || all[0].On.Before(last.On) {
		return profile.Reflection{}, false
	}
	return all[0], true
}

// resumeTrial goes on with a rehearsal that was left, where it waits or at the first question without a note.
func (s *Screen) resumeTrial(c *ui.Context, id string) {
	if s.trial.waits() && s.trial.id == id {
		if s.trial.aside {
			s.trial.aside = false
			s.put(c, s.trial.at)
		}
		return
	}
	r, ok := kept(c.Profile, id)
	if !ok {
		return
	}
	s.trial = trial{id: r.ID, on: r.On, questions: appraisal.Resumed(r, drawQuestions(c))}
	s.at[rehearseTab] = place{}
	next := slices.IndexFunc(s.trial.notes(c.Profile), safetext.Text.Empty)
	if next < 0 {
		next = len(s.trial.questions) // all are answered: the end
	}
	s.put(c, next)
}

func drawQuestions(c *ui.Context) []appraisal.Question {
	coach := func(ksb string) (coaching.Entry, bool) { return c.Library.Entry(c.Standard.Reference, ksb) }
	return appraisal.Questions(c.Report, c.Profile, coach, c.Title)
}

// trialIntro says what a rehearsal is, and leads back to those that were kept.
func (s *Screen) trialIntro(c *ui.Context) []block {
	out := append([]block{{text: trialWords}, {text: trialPrivate}}, s.resumeBlocks(c)...)
	b := block{item: item{kind: begin}, name: "Begin", does: "hear the first question"}
	if len(out) > 2 {
		b.name, b.does = "Begin anew", b.does+"; what you noted stays kept"
	}
	out = append(out, b)
	if all := notesBlocks(c); len(all) > 0 {
		out = append(append(out, block{head: "What you noted, for you alone"}), all...)
	}
	return out
}

// resumeBlocks lead back to the rehearsal that waits, and to the one that was kept last.
func (s *Screen) resumeBlocks(c *ui.Context) []block {
	var out []block
	if s.trial.waits() {
		says := "No answer is noted so far."
		if r, ok := kept(c.Profile, s.trial.id); ok {
			says = count(len(r.Answers), "answer", "answers") + " so far."
		}
		name := fmt.Sprintf("Go on with question %d of %d", s.trial.at+1, len(s.trial.questions))
		if s.trial.at >= len(s.trial.questions) {
			name = "Back to the end of the rehearsal"
		}
		out = append(out, block{item: item{kind: resume, id: s.trial.id}, name: name, says: []string{says}, does: "go on where you left it"})
	}
	if r, ok := lately(c); ok && r.ID != s.trial.id {
		out = append(out, block{
			item: item{kind: resume, id: r.ID}, name: "Go on with the rehearsal of " + r.On.Long(), says: []string{count(len(r.Answers), "answer", "answers") + " so far."},
			does: "go on where you left it",
		})
	}
	return out
}

// notesBlocks lead to what each rehearsal kept, the newest first.
func notesBlocks(c *ui.Context) []block {
	var out []block
	for _, r := range appraisal.Rehearsals(c.Profile) {
		out = append(out, notesBlock(r))
	}
	return out
}

func notesBlock(r profile.Reflection) block {
	return block{
		item: item{kind: trialNotes, id: r.ID}, name: r.On.Long() + ", " + count(len(r.Answers), "answer", "answers"),
		does: "read them again",
	}
}

// readNotes shows what a rehearsal kept.
func (s *Screen) readNotes(c *ui.Context, id string) {
	r, ok := kept(c.Profile, id)
	if !ok {
		return
	}
	s.text = &reading{title: "Your rehearsal of " + r.On.Long(), lines: []string{trialPrivate}}
	for _, a := range r.Answers {
		s.text.lines = append(s.text.lines, "", safetext.Line(a.Step))
		for _, l := range strings.Split(a.Text.String(), "\n") {
			s.text.lines = append(s.text.lines, "  "+l)
		}
	}
}

// trialPage is one question, or what comes after the last. The items are all questions, so that the arrow keys lead from one
// to the next.
func (s *Screen) trialPage(c *ui.Context) page {
	var m page
	for i := range s.trial.questions {
		m.items = append(m.items, item{kind: answer, id: strconv.Itoa(i)})
	}
	for i := range lookFor {
		m.items = append(m.items, lookItem(i))
	}
	for _, b := range notesBlocks(c) {
		m.items = append(m.items, b.item)
	}
	m.items = append(m.items, item{kind: begin, id: "again"})
	m.cur = s.cursor(m.items)
	if m.cur < len(s.trial.questions) {
		m.blocks = s.questionBlocks(c, m.cur)
		return m
	}
	m.blocks = s.trialEnd(c)
	return m
}

func (s *Screen) questionBlocks(c *ui.Context, i int) []block {
	q, note := s.trial.questions[i], s.trial.notes(c.Profile)[i]
	b := block{item: item{kind: answer, id: strconv.Itoa(i)}, sign: isOpen, name: "Note your answer", does: "note your answer in a few words"}
	if !note.Empty() {
		b.sign, b.name, b.says = isDone, "Your answer", []string{note.String()}
		b.does = "change your answer"
	}
	out := []block{
		{head: fmt.Sprintf("Question %d of %d: %s", i+1, len(s.trial.questions), q.Part)},
		{text: q.Text},
		{head: "Why it is asked"},
		{text: q.Why + "."},
		{head: "Say it aloud first"},
		b,
	}
	on := "Arrow down goes on without a note."
	if !note.Empty() {
		on = "Arrow down goes on to the next question."
	}
	if i == len(s.trial.questions)-1 {
		on = "It is the last one: arrow down goes on to what to look for."
	}
	return append(out, block{text: on + " Esc shows all your rehearsals, and this one waits."})
}

// trialEnd turns the marks of a well-structured appraisal into what to look for in the real one, with what the notes hold
// towards each.
func (s *Screen) trialEnd(c *ui.Context) []block {
	r, any := kept(c.Profile, s.trial.id)
	found := appraisal.Look(s.trial.questions, s.trial.notes(c.Profile))
	words := "No answer is noted. That is fine: saying them aloud is what counts."
	if any {
		words = fmt.Sprintf("%d of %d answers are kept, for you alone.", len(r.Answers), len(s.trial.questions))
	}
	out := []block{{text: "That was the last question. " + words}, {head: "Look for these in the real one"}}
	for i, words := range lookFor {
		b := block{item: lookItem(i), name: words, does: "go on"}
		if i < len(found) {
			b.says = []string{found[i].Words}
		}
		out = append(out, b)
	}
	if all := notesBlocks(c); len(all) > 0 {
		out = append(append(out, block{head: "What you noted, for you alone"}), all...)
	}
	return append(out, block{head: "Once more"}, block{item: item{kind: begin, id: "again"}, name: "Begin anew, with the questions of today", does: "begin anew; what you noted stays kept"})
}

func lookItem(i int) item { return item{words, strconv.Itoa(i), "look for"} }

// keepAnswer keeps one answer beside those that are there.
func (s *Screen) keepAnswer(c *ui.Context, i int, text string) []ui.Ask {
	if i < 0 || i >= len(s.trial.questions) {
		return nil
	}
	notes := s.trial.notes(c.Profile)
	notes[i] = safetext.New(text)
	r := appraisal.Rehearsed(s.trial.id, s.trial.on, c.Standard, s.trial.questions, notes)
	if len(r.Answers) == 0 {
		return ui.Asks(ui.Say{Text: "An answer needs a few words; nothing was kept."})
	}
	return s.make(profile.AddReflection{Reflection: r}, s.onwards("Kept for you alone."))
}
