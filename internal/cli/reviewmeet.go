package cli

import (
	"github.com/spf13/cobra"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/session"
)

type reviewPrepareOptions struct {
	*kit
	outputFlags
	private bool
}

func newReviewPrepare(k *kit) *cobra.Command {
	o := &reviewPrepareOptions{kit: k}
	cmd := &cobra.Command{
		Use:   "prepare",
		Short: "Show what to bring to the review",
		Long: "Puts together what to bring. One page comes first, for the room: what you are proud of, what you are " +
			"working on, what to talk over, what came of last time's promises and actions, and what to ask for. What " +
			"it rests on comes below: what changed, questions, support and chances to ask for, and, on the terminal " +
			"only, what wants evidence. The file names you where the terminal says you. Without --private it holds " +
			"nothing private and can be sent or printed. " + appraisal.PackFirst,
		Example: "ksbcoach review prepare -o pack.txt",
		Args:    takes(),
		RunE:    o.run,
	}
	o.flags(cmd)
	cmd.Flags().BoolVar(&o.private, "private", false, "with the private notes that you keep for it")
	return cmd
}

func (o *reviewPrepareOptions) run(cmd *cobra.Command, _ []string) error {
	if err := o.check(cmd); err != nil {
		return err
	}
	s, err := o.reading()
	if err != nil {
		return err
	}
	if o.asJSON() {
		return o.writeJSON(packObject(s, s.Pack(), o.private))
	}
	const next = "ksbcoach review rehearse asks the questions; ksbcoach review start begins the review"
	d := s.PackDoc(o.into == "")
	if o.private {
		appraisal.AddPrivate(&d, s.Profile().Private())
	}
	if o.into == "" {
		p := o.page()
		p.document(d)
		o.notes(s.Profile().Private(), p)
		p.next(next)
		return nil
	}
	p, err := o.writeDoc(s, o.outputFlags, d)
	if err != nil {
		return err
	}
	p.Para(0, "%s", appraisal.PackFirst)
	p.next(next)
	return nil
}

// packObject has null for private unless it is asked for. An outcome is open until it is answered, and a KSB null for
// what was agreed in words.
func packObject(s *session.Session, x appraisal.Pack, private bool) object {
	points := func(in []appraisal.Point) []object {
		return listOf(in, func(p appraisal.Point) object {
			return object{{"ksb", p.KSB}, {"title", p.Title}, {"words", p.Words}}
		})
	}
	var notes object
	for _, note := range s.Profile().Private().Notes() {
		notes = append(notes, member{note.About, note.Text})
	}
	return object{
		{"as_of", s.Today()},
		{"since", x.Since},
		{"due", s.Profile().ReviewDue()},
		{"appraisal_due", s.Profile().AppraisalDue(s.Today())},
		{"page", onePage(s, x)},
		{"left", listOf(x.Left, func(l profile.Left) object {
			words := appraisal.LeftWords(s.Profile(), l)
			return object{
				{"review", l.Review},
				{"ksb", l.KSB},
				{"words", words},
				{"outcome", l.Outcome},
				{"note", l.Note},
			}
		})},
		{"changes", listOf(x.Changes, func(c appraisal.Change) string { return c.Words })},
		{"strengths", points(x.Strengths)},
		{"gaps", points(x.Gaps)},
		{"disagreements", listOf(x.Disagreements, func(d appraisal.Difference) object {
			return object{{"ksb", d.KSB}, {"self", d.Self}, {"mentor", d.Mentor}, {"words", d.Words()}}
		})},
		{"aged", points(x.Aged)},
		{"unsupported", points(x.Unsupported)},
		{"stale", points(x.Stale)},
		{"missing", points(x.Missing)},
		{"overdue", listOf(x.Overdue, actionObject)},
		{"open", listOf(x.Open, actionObject)},
		{"requests", listOf(x.Requests, requestObject)},
		{"ask", points(x.Ask)},
		{"support", points(x.Support)},
		{"private", known(notes, private)},
	}
}

// onePage has null for a KSB, an action or a goal that a line is not about.
func onePage(s *session.Session, x appraisal.Pack) (out []object) {
	for _, part := range appraisal.Sections(s.Report(), s.Profile(), x, s.Titles(), appraisal.You) {
		for _, l := range part.Lines {
			if !part.Below {
				out = append(out, object{
					{"part", part.Part},
					{"ksb", known(l.KSB, l.KSB != "")},
					{"action", known(l.Action, l.Action != "")},
					{"goal", known(l.Goal, l.Goal != "")},
					{"words", l.Text()},
				})
			}
		}
	}
	return out
}

// notes say that there are private notes where they are left out, or that there could be some.
func (o *reviewPrepareOptions) notes(x profile.Private, p *page) {
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

type reviewAgendaOptions struct {
	*kit
	minutes int
}

func newReviewAgenda(k *kit) *cobra.Command {
	o := &reviewAgendaOptions{kit: k}
	cmd := &cobra.Command{
		Use:   "agenda",
		Short: "Divide the time of the meeting",
		Long: "Divides the meeting: you speak first and strengths come first, then actions of last time, " +
			"differences, agreement, and three to five actions.",
		Example: "ksbcoach review agenda --minutes 45",
		Args:    takes(),
		RunE:    o.run,
	}
	cmd.Flags().IntVar(&o.minutes, "minutes", 60, "how long the meeting is, a `NUMBER`")
	return cmd
}

func (o *reviewAgendaOptions) run(cmd *cobra.Command, _ []string) error {
	const most = 8 * 60
	if o.minutes < appraisal.MinMinutes || o.minutes > most {
		return misused(cmd, "--minutes %d: give %d to %d", o.minutes, appraisal.MinMinutes, most)
	}
	items := appraisal.Agenda(o.minutes)
	return o.answer(object{{"minutes", o.minutes}, {"items", listOf(items, func(i appraisal.Item) object {
		return object{
			{"id", i.ID},
			{"from", i.From},
			{"minutes", i.Minutes},
			{"title", i.Title},
			{"who", i.Who},
			{"words", i.Words},
		}
	})}}, func(p *page) {
		p.Para(0, "%d minutes:", o.minutes)
		for _, i := range items {
			p.Blank()
			p.Para(0, "%d to %d: %s (%s)", i.From, i.From+i.Minutes, i.Title, whoFirst(i.Who))
			p.Para(2, "%s", i.Words)
		}
		p.next("ksbcoach review start begins the review")
	})
}

func whoFirst(who string) string {
	if who == "both" {
		return who
	}
	return who + " first"
}
