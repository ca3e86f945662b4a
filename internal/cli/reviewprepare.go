package cli

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

type reviewPrepareOptions struct {
	*kit
	outputFlags
	private bool
}

func newReviewPrepare(k *kit) *cobra.Command {
	o := &reviewPrepareOptions{kit: k}
	cmd := &cobra.Command{
		Use: "prepare", Short: "Show what to bring to the review",
		Long: "Puts together what to bring. One page comes first, for the room: what you are proud of, what you are " +
			"working on, what to talk over, what came of last time's promises and actions, and what to ask for. The " +
			"details follow: what changed, questions, support and chances to ask for, and, on the terminal only, " +
			"what still needs evidence. A file has your name where the terminal says you. Without --private it holds " +
			"nothing private and can be sent or printed. " + appraisal.PackFirst,
		Example: "ksbcoach review prepare -o pack.txt",
		RunE:    func(*cobra.Command, []string) error { return o.read(o.run) },
	}
	o.flags(cmd)
	cmd.Flags().BoolVar(&o.private, "private", false, "with the private notes that you keep for it")
	return cmd
}

func (o *reviewPrepareOptions) run(s *session.Session) error {
	if o.asJSON() {
		return o.writeJSON(packObject(s, s.Pack(), o.private))
	}
	const next = "ksbcoach review rehearse asks the questions; ksbcoach review start begins the review"
	d := s.PackDoc(o.into == "")
	if o.private {
		appraisal.AddPrivate(&d, s.Profile().Private())
	}
	if o.into != "" {
		return o.writeDoc(s, o.outputFlags, d, appraisal.PackFirst, next)
	}
	p := o.page()
	p.document(d)
	o.sayPrivateNotes(s.Profile().Private(), p)
	p.next(next)
	return nil
}

// packObject is what to bring to a review. Its private notes are null unless private is true. Of what was left last
// time, an outcome is open until it is answered, and ksb is null for what was agreed in words.
func packObject(s *session.Session, x appraisal.Pack, private bool) object {
	points := func(in []appraisal.Point) []object {
		return lists.Each(in, func(p appraisal.Point) object {
			return object{"ksb", p.KSB, "title", p.Title, "words", p.Words}
		})
	}
	var notes object
	for _, note := range s.Profile().Private().Notes() {
		notes = append(notes, note.About, note.Text)
	}
	return object{
		"as_of", s.Today(), "since", x.Since, "due", s.Profile().ReviewDue(),
		"appraisal_due", s.Profile().AppraisalDue(s.Today()), "page", onePage(s, x),
		"left", lists.Each(x.Left, func(l profile.Left) object {
			words := appraisal.LeftWords(s.Profile(), l)
			return object{"review", l.Review, "ksb", l.KSB, "words", words, "outcome", l.Outcome, "note", l.Note}
		}),
		"changes", lists.Each(x.Changes, func(c appraisal.Change) string { return c.Words }),
		"strengths", points(x.Strengths), "gaps", points(x.Gaps),
		"disagreements", lists.Each(x.Disagreements, func(d appraisal.Difference) object {
			return object{"ksb", d.KSB, "self", d.Self, "mentor", d.Mentor, "words", d.Words()}
		}),
		"aged", points(x.Aged), "unsupported", points(x.Unsupported), "stale", points(x.Stale),
		"missing", points(x.Missing), "overdue", lists.Each(x.Overdue, actionObject),
		"open", lists.Each(x.Open, actionObject), "requests", lists.Each(x.Requests, requestObject),
		"ask", points(x.Ask), "support", points(x.Support), "private", known(notes, private),
	}
}

// onePage is the page for the room, line by line; ksb, action and goal are null where a line is not about one.
func onePage(s *session.Session, x appraisal.Pack) (out []object) {
	for _, part := range appraisal.Sections(s.Report(), s.Profile(), x, s.Titles(), appraisal.You) {
		if part.Below {
			continue
		}
		out = append(out, lists.Each(part.Lines, func(l appraisal.Line) object {
			return object{"part", part.Part, "ksb", l.KSB, "action", l.Action, "goal", l.Goal, "words", l.Text()}
		})...)
	}
	return out
}

// sayPrivateNotes says that private notes are left out or, if there are none yet, that they can be kept.
func (o *reviewPrepareOptions) sayPrivateNotes(x profile.Private, p *page) {
	switch {
	case x.Empty():
		p.Blank()
		p.Para(0, "Think of before, for yourself: how you are, how you find the workload, what support you want, "+
			"which adjustments help you. ksbcoach review note keeps it, for you alone.")
	case !o.private:
		p.Blank()
		p.Para(0, "Your private notes are left out; --private shows them here.")
	}
}

func newReviewAgenda(k *kit) *cobra.Command {
	var minutes int
	cmd := &cobra.Command{
		Use: "agenda", Short: "Divide the time of the meeting",
		Long: "Divides the meeting: you speak first and strengths come first, then actions of last time, " +
			"differences, agreement, and three to five actions.",
		Example: "ksbcoach review agenda --minutes 45",
		RunE:    func(cmd *cobra.Command, _ []string) error { return k.agenda(cmd, minutes) },
	}
	cmd.Flags().IntVar(&minutes, "minutes", 60, "how long the meeting is, a `NUMBER`")
	return cmd
}

func (k *kit) agenda(cmd *cobra.Command, minutes int) error {
	const most = 8 * 60
	if minutes < appraisal.MinMinutes || minutes > most {
		return misused(cmd, "--minutes %d: give %d to %d", minutes, appraisal.MinMinutes, most)
	}
	items := appraisal.Agenda(minutes)
	return k.answer(object{"minutes", minutes, "items", lists.Each(items, func(i appraisal.Item) object {
		return object{
			"id", i.ID, "from", i.From, "minutes", i.Minutes, "title", i.Title, "who", i.Who, "words", i.Words,
		}
	})}, func(p *page) {
		p.Para(0, "%d minutes:", minutes)
		for _, item := range items {
			p.Blank()
			who := item.Who
			if who != "both" {
				who += " first"
			}
			p.Para(0, "%d to %d: %s (%s)", item.From, item.From+item.Minutes, item.Title, who)
			p.Para(2, "%s", item.Words)
		}
		p.next("ksbcoach review start begins the review")
	})
}

type reviewRehearseOptions struct {
	*kit
	notes   bool
	answers []string
	kept    profile.Reflection
}

func newReviewRehearse(k *kit) *cobra.Command {
	o := &reviewRehearseOptions{kit: k}
	cmd := &cobra.Command{
		Use: "rehearse", Short: "Show the questions that the appraiser may ask, and keep your answers",
		Long: "Lists eight to ten questions from your own strengths, overdue actions, gaps and disagreements, what " +
			"went well first, and the marks of a well-structured appraisal. On the full screen they are asked one by " +
			"one. Answers are kept for you alone: they are never in anything that is shared. --notes reads them again.",
		Example: `ksbcoach review rehearse --answer 1="two lists on my own, and nobody had to ask"`, RunE: o.run,
	}
	f := cmd.Flags()
	f.BoolVar(&o.notes, "notes", false, "read what you noted in rehearsals, newest first")
	f.StringArrayVar(&o.answers, "answer", nil, "`NUMBER=TEXT`, your answer to a question; may be given several "+
		"times, and an empty text removes one")
	return cmd
}

func (o *reviewRehearseOptions) run(cmd *cobra.Command, _ []string) error {
	switch {
	case len(o.answers) > 0 && (o.asJSON() || o.notes):
		return misused(cmd, "--answer cannot be combined with --json or --notes")
	case len(o.answers) > 0:
		return o.edit(func(s *session.Session) error { return o.keep(cmd, s) }, o.say)
	case o.notes:
		return o.read(o.showNotes)
	}
	return o.read(o.showQuestions)
}

// rehearsal is the newest rehearsal since the last review with its questions, or a new one, which has no ID yet.
func (o *reviewRehearseOptions) rehearsal(s *session.Session) (profile.Reflection, []appraisal.Question) {
	r, questions := appraisal.Rehearsal(s.Report(), s.Profile(), s.Coach(), s.Titles())
	if r.ID == "" {
		r.On = s.Today()
	}
	return r, questions
}

func (o *reviewRehearseOptions) showQuestions(s *session.Session) error {
	kept, questions := o.rehearsal(s)
	notes := appraisal.Notes(kept, questions)
	marks := appraisal.Marks(o.library.Appraisal())
	return o.answer(object{
		"questions", lists.Each(questions, func(q appraisal.Question) object {
			return object{"part", q.Part, "ksb", q.KSB, "text", q.Text, "why", q.Why}
		}),
		"marks", lists.Each(marks, func(m appraisal.Mark) object {
			return object{"field", m.Field, "text", m.Text, "question", m.Question}
		}),
	}, func(p *page) {
		p.Para(0, "%s. Answer aloud, with one situation each.", words.Count(len(questions), "question", "questions"))
		part := ""
		for i, q := range questions {
			if q.Part != part {
				part = q.Part
				p.Blank()
				p.Para(0, "On %s:", part)
			}
			p.Hang(fmt.Sprintf("%2d. ", i+1), q.Text)
			p.Para(4, "why: %s", q.Why)
			if !notes[i].Empty() {
				p.Para(4, "answered; --notes shows it")
			}
		}
		p.section("After the real one, ask yourself",
			lists.Each(marks, func(m appraisal.Mark) string { return m.Question })...)
		p.next(`ksbcoach review rehearse --answer 1="..." keeps an answer, for you alone`)
	})
}

func (o *reviewRehearseOptions) keep(cmd *cobra.Command, s *session.Session) error {
	r, questions := o.rehearsal(s)
	if r.ID == "" {
		r.ID = s.NewID("r")
	}
	notes := appraisal.Notes(r, questions)
	for _, a := range o.answers {
		number, words, ok := strings.Cut(a, "=")
		n, err := strconv.Atoi(strings.TrimSpace(number))
		if !ok || err != nil || n < 1 || n > len(questions) {
			return misused(cmd, "--answer %q: write NUMBER=TEXT with the number of a question, 1 to %d", a,
				len(questions))
		}
		notes[n-1] = text(words)
	}
	_, kept := s.Profile().Reflection(r.ID)
	if !kept && !slices.ContainsFunc(notes, func(t safetext.Text) bool { return !t.Empty() }) {
		return withHint(errors.New("an answer needs a few words; nothing was kept"),
			"give --answer a text behind the =")
	}
	o.kept = appraisal.Rehearsed(r.ID, r.On, s.Standard(), questions, notes)
	return s.Do(profile.AddReflection{Reflection: o.kept})
}

func (o *reviewRehearseOptions) say(s *session.Session, p *page) {
	if len(o.kept.Answers) == 0 {
		p.Para(0, "No answer is left.")
		p.next("ksbcoach review rehearse asks the questions")
		return
	}
	_, questions := o.rehearsal(s)
	p.Para(0, "%d of %s kept, for you alone.", len(o.kept.Answers), words.Count(len(questions), "answer", "answers"))
	for _, f := range appraisal.Look(questions, appraisal.Notes(o.kept, questions)) {
		p.Item(2, "%s", f.Words)
	}
	p.next("ksbcoach review rehearse --notes reads your answers again")
}

func (o *reviewRehearseOptions) showNotes(s *session.Session) error {
	all := appraisal.Rehearsals(s.Profile())
	return o.answer(object{"rehearsals", lists.Each(all, func(r profile.Reflection) object {
		return object{"id", r.ID, "on", r.On, "answers", lists.Each(r.Answers, func(a profile.Answer) object {
			return object{"question", a.Step, "answer", a.Text}
		})}
	})}, func(p *page) {
		p.Para(0, "%s with answers kept, for you alone.", words.Count(len(all), "rehearsal", "rehearsals"))
		for _, r := range all {
			p.Blank()
			p.Para(0, "%s, %s", r.ID, r.On.Long())
			for _, a := range r.Answers {
				p.Para(2, "%s", safetext.Line(a.Step))
				p.Para(4, "%s", a.Text.Line())
			}
		}
		p.next("ksbcoach review rehearse asks the questions")
	})
}
