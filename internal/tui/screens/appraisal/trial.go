package appraisal

import (
	"fmt"
	"strconv"
	"time"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// trial is a rehearsal under way. Its notes stand in the record, in the reflection of this ID.
type trial struct {
	id        string
	questions []appraisal.Question
	marks     [3]string

	began, now time.Time // zero where no time passes
}

// tick takes the time at a key. Nothing counts between keys: a clock that moves by itself would hurry who thinks.
func (t *trial) tick(c *ui.Context) {
	if c.Clock == nil || !t.begun() {
		return
	}
	t.now = c.Clock()
	if t.began.IsZero() {
		t.began = t.now
	}
}

// timer is how long the rehearsal has taken so far, or "".
func (t trial) timer() string {
	switch minutes := int(t.now.Sub(t.began).Minutes()); {
	case t.began.IsZero():
		return ""
	case minutes < 1:
		return "Just begun. Take the time you need."
	default:
		return count(minutes, "minute", "minutes") + " so far. Take the time you need."
	}
}

func (t trial) begun() bool { return len(t.questions) > 0 }

// notes are what was written so far, beside the questions.
func (t trial) notes(p profile.Profile) []safetext.Text {
	out := make([]safetext.Text, len(t.questions))
	for _, r := range p.Reflections {
		if r.ID == t.id {
			for i, q := range t.questions {
				out[i] = r.Answer(q.Text)
			}
		}
	}
	return out
}

// beginTrial draws the questions. They stay the same until the rehearsal is begun anew.
func (s *Screen) beginTrial(c *ui.Context) {
	coach := func(ksb string) (coaching.Entry, bool) { return c.Library.Entry(c.Standard.Reference, ksb) }
	s.trial = trial{id: c.NewID("r"), questions: appraisal.Questions(c.Report, c.Profile, coach, c.Title)}
	s.at[rehearseTab] = place{}
}

// trialIntro says what a rehearsal is.
func (s *Screen) trialIntro(c *ui.Context) []block {
	out := []block{{text: trialWords}, {text: trialPrivate}}
	out = append(out, block{item: item{kind: begin}, name: "Begin", does: "hear the first question", key: "begin"})
	for i := len(c.Profile.Reflections) - 1; i >= 0; i-- {
		if r := c.Profile.Reflections[i]; r.Model == appraisal.RehearsalModel {
			return append(out, block{text: fmt.Sprintf("Last rehearsed on %s: %s kept.", r.On.Long(), count(len(r.Answers), "answer", "answers"))})
		}
	}
	return out
}

// trialPage is one question, or what comes after the last. The items are all questions, so that the arrow keys lead from one
// to the next.
func (s *Screen) trialPage(c *ui.Context) page {
	var m page
	for i := range s.trial.questions {
		m.items = append(m.items, item{kind: answer, id: strconv.Itoa(i)})
	}
	for i := range s.marks() {
		m.items = append(m.items, item{kind: trialMark, id: strconv.Itoa(i)})
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
	b := block{item: item{kind: answer, id: strconv.Itoa(i)}, sign: isOpen, name: "Note your answer", does: "note your answer in a few words", key: "note it"}
	if !note.Empty() {
		b.sign, b.name, b.says = isDone, "Your answer", []string{note.String()}
		b.does, b.key = "change your answer", "change it"
	}
	out := []block{
		{head: fmt.Sprintf("Question %d of %d: %s", i+1, len(s.trial.questions), q.Part)},
		{text: q.Text},
		{head: "Why it is asked"},
		{text: q.Why + "."},
		{head: "Say it aloud first"},
		b,
	}
	out = append(out, block{text: "Arrow down goes on without a note."})
	if timer := s.trial.timer(); timer != "" {
		out = append(out, block{text: timer})
	}
	return out
}

// trialEnd checks the talk against the marks of a well-structured appraisal.
func (s *Screen) trialEnd(c *ui.Context) []block {
	n := 0
	for _, x := range s.trial.notes(c.Profile) {
		if !x.Empty() {
			n++
		}
	}
	words := "No answer is noted. That is fine: saying them aloud is what counts."
	if n > 0 {
		words = fmt.Sprintf("%d of %d answers are kept, as a private reflection.", n, len(s.trial.questions))
	}
	out := []block{{text: "That was the last question. " + words}, {head: "Was it a well-structured talk?"}}
	for i, m := range s.marks() {
		b := block{item: item{kind: trialMark, id: strconv.Itoa(i)}, sign: isOpen, name: m.Text, says: []string{m.Question}, does: "answer yes, partly or no", key: "answer"}
		if a := s.trial.marks[i]; a != "" {
			b.sign, b.name, b.does, b.key = isDone, m.Text+" "+capital(a)+".", "change the answer", "change"
		}
		out = append(out, b)
	}
	out = append(out, block{head: "For the real one"})
	asks := appraisal.MarksCheck(s.trial.marks[0], s.trial.marks[1], s.trial.marks[2])
	for _, x := range asks {
		out = append(out, block{text: x})
	}
	if len(asks) == 0 {
		out = append(out, block{text: "All three marks are there. You are ready."})
	}
	return append(out, block{head: "Once more"}, block{item: item{kind: begin, id: "again"}, name: "Begin anew, with the questions of today", does: "begin anew; what you noted stays kept", key: "begin anew"})
}

// keepAnswer keeps one answer beside those that are there.
func (s *Screen) keepAnswer(c *ui.Context, i int, text string) []ui.Ask {
	if i < 0 || i >= len(s.trial.questions) {
		return nil
	}
	notes := s.trial.notes(c.Profile)
	notes[i] = safetext.New(text)
	r := appraisal.Rehearsed(s.trial.id, c.Today, c.Standard, s.trial.questions, notes)
	if len(r.Answers) == 0 {
		return ui.Asks(ui.Say{Text: "An answer needs a few words; nothing was kept."})
	}
	return ui.Asks(ui.Do{Change: profile.AddReflection{Reflection: r}, Note: answerKept{i}})
}
