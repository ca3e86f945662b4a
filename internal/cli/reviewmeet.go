package cli

import (
	"github.com/spf13/cobra"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
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
		Long: "Puts together what to bring: what changed since the last review, strengths, the three largest gaps, disagreements, actions, " +
			"what wants evidence, chances to ask for, questions and support. Without --private it holds nothing private and can be sent or " +
			"printed. " + appraisal.PackFirst,
		Example: "ksbcoach review prepare -o pack.txt",
		Args:    takes(),
		RunE:    o.run,
	}
	o.flags(cmd)
	cmd.Flags().BoolVar(&o.private, "private", false, "with the private notes that you keep for it")
	return cmd
}

type packJSON struct {
	AsOf          calendar.Date    `json:"as_of"`
	Since         *calendar.Date   `json:"since"`
	Due           *calendar.Date   `json:"due"`
	AppraisalDue  *calendar.Date   `json:"appraisal_due"`
	Left          []leftJSON       `json:"left"`
	Changes       []string         `json:"changes"`
	Strengths     []pointJSON      `json:"strengths"`
	Gaps          []pointJSON      `json:"gaps"`
	Disagreements []pointLevelJSON `json:"disagreements"`
	Aged          []pointJSON      `json:"aged"`
	Unsupported   []pointJSON      `json:"unsupported"`
	Stale         []pointJSON      `json:"stale"`
	Missing       []pointJSON      `json:"missing"`
	Overdue       []actionJSON     `json:"overdue"`
	Open          []actionJSON     `json:"open"`
	Requests      []requestJSON    `json:"requests"`
	Ask           []pointJSON      `json:"ask"`
	Support       []pointJSON      `json:"support"`
	Private       *privateJSON     `json:"private"` // null unless it was asked for
}

type privateJSON struct {
	Wellbeing safetext.Text `json:"wellbeing"`
	Workload  safetext.Text `json:"workload"`
	Support   safetext.Text `json:"support"`
	Adjust    safetext.Text `json:"adjustments"`
}

type pointJSON struct {
	KSB   string `json:"ksb"`
	Title string `json:"title"`
	Words string `json:"words"`
}

// leftJSON is what the last review left, and what came of it.
type leftJSON struct {
	Review  string               `json:"review"`
	KSB     *string              `json:"ksb"` // null for what was agreed in words
	Words   string               `json:"words"`
	Outcome profile.ActionStatus `json:"outcome"` // open until it is answered
	Note    safetext.Text        `json:"note"`
}

type pointLevelJSON struct {
	KSB    string      `json:"ksb"`
	Self   level.Level `json:"self"`
	Mentor level.Level `json:"mentor"`
	Words  string      `json:"words"`
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
		object := packObject(s, s.Pack())
		object.Private = known(privateJSON(s.Profile().Private()), o.private)
		return o.writeJSON(object)
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

func packObject(s *session.Session, x appraisal.Pack) packJSON {
	points := func(in []appraisal.Point) []pointJSON {
		return listOf(in, func(p appraisal.Point) pointJSON { return pointJSON(p) })
	}
	return packJSON{
		AsOf: s.Today(), Since: knownDate(x.Since), Due: knownDate(s.Profile().ReviewDue()), AppraisalDue: knownDate(s.Profile().AppraisalDue(s.Today())),
		Left: listOf(x.Left, func(l profile.Left) leftJSON {
			return leftJSON{l.Review, known(l.KSB, l.KSB != ""), appraisal.LeftWords(s.Profile(), l), l.Outcome, l.Note}
		}),
		Changes:   listOf(x.Changes, func(c appraisal.Change) string { return c.Words }),
		Strengths: points(x.Strengths), Gaps: points(x.Gaps),
		Disagreements: listOf(x.Disagreements, func(d appraisal.Difference) pointLevelJSON {
			return pointLevelJSON{d.KSB, d.Self, d.Mentor, d.Words()}
		}),
		Aged: points(x.Aged), Unsupported: points(x.Unsupported), Stale: points(x.Stale), Missing: points(x.Missing),
		Overdue: listOf(x.Overdue, actionObject), Open: listOf(x.Open, actionObject),
		Requests: listOf(x.Requests, requestObject), Ask: points(x.Ask), Support: points(x.Support),
	}
}

// notes say that there are private notes where they are left out, or that there could be some.
func (o *reviewPrepareOptions) notes(x profile.Private, p *page) {
	switch {
	case x.Empty():
		p.Blank()
		p.Para(0, "Think of before, for yourself: how you are, how you find the workload, what support you want, which adjustments help you. ksbcoach review note keeps it, for you alone.")
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
		Use:     "agenda",
		Short:   "Divide the time of the meeting",
		Long:    "Divides the meeting: you speak first and strengths come first, then actions of last time, differences, agreement, and three to five actions.",
		Example: "ksbcoach review agenda --minutes 45",
		Args:    takes(),
		RunE:    o.run,
	}
	cmd.Flags().IntVar(&o.minutes, "minutes", 60, "how long the meeting is, a `NUMBER`")
	return cmd
}

type itemJSON struct {
	ID      string `json:"id"`
	From    int    `json:"from"`
	Minutes int    `json:"minutes"`
	Title   string `json:"title"`
	Who     string `json:"who"`
	Words   string `json:"words"`
}

func (o *reviewAgendaOptions) run(cmd *cobra.Command, _ []string) error {
	const most = 8 * 60
	if o.minutes < appraisal.MinMinutes || o.minutes > most {
		return misused(cmd, "--minutes %d: give %d to %d", o.minutes, appraisal.MinMinutes, most)
	}
	items := appraisal.Agenda(o.minutes)
	return o.answer(struct {
		Minutes int        `json:"minutes"`
		Items   []itemJSON `json:"items"`
	}{o.minutes, listOf(items, func(i appraisal.Item) itemJSON { return itemJSON(i) })}, func(p *page) {
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
