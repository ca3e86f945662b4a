package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/session"
)

type reviewPrepareOptions struct {
	*kit
	json    bool
	private bool
	file    string
	force   bool
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
		RunE:    func(cmd *cobra.Command, _ []string) error { return o.run(cmd) },
	}
	cmd.Flags().StringVarP(&o.file, "output", "o", "", "write it into this `FILE`")
	cmd.Flags().BoolVar(&o.force, "force", false, "replace that file if it is there")
	cmd.Flags().BoolVar(&o.json, "json", false, "write JSON")
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
	Outcome profile.ActionStatus `json:"outcome"` // open while nobody has said
	Note    safetext.Text        `json:"note"`
}

type pointLevelJSON struct {
	KSB    string      `json:"ksb"`
	Self   level.Level `json:"self"`
	Mentor level.Level `json:"mentor"`
	Words  string      `json:"words"`
}

func (o *reviewPrepareOptions) run(cmd *cobra.Command) error {
	if err := checkOutput(cmd, o.file, o.json); err != nil {
		return err
	}
	s, err := o.reading()
	if err != nil {
		return err
	}
	pack := appraisal.Prepare(o.report(s), s.Profile(), o.coach(s), o.titles(s))
	if o.json {
		object := packObject(s, pack)
		object.Private = known(privateJSON(s.Profile().Private()), o.private)
		return o.writeJSON(object)
	}
	p := o.page()
	if o.file == "" {
		o.showPack(p, s, pack, codedAction)
		o.notes(s.Profile().Private(), p)
		p.next("ksbcoach review rehearse asks the questions; ksbcoach review start begins the review")
		return nil
	}
	text, err := paper(func(p *page) {
		o.showPack(p, s, pack, actionDue)
		if o.private {
			o.notes(s.Profile().Private(), p)
		}
	})
	if err != nil {
		return err
	}
	if err := o.writeOut(s, o.file, text, o.force); err != nil {
		return err
	}
	p.path("written to", o.file)
	p.para(0, "%s", appraisal.PackFirst)
	p.next("ksbcoach review rehearse asks the questions; ksbcoach review start begins the review")
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

// packPaper is what to bring, without private notes, as it goes into a file.
func (k *kit) packPaper(s *session.Session) ([]byte, error) {
	pack := appraisal.Prepare(k.report(s), s.Profile(), k.coach(s), k.titles(s))
	return paper(func(p *page) { k.showPack(p, s, pack, actionDue) })
}

// showPack writes what to bring, and nothing private. The words are those of an action: with its code for who types commands,
// without for who is handed the file.
func (k *kit) showPack(p *page, s *session.Session, x appraisal.Pack, words func(profile.Action) string) {
	title := k.titles(s)
	p.para(0, "%s", appraisal.PackFirst)
	p.para(0, "For the review of %s. %s", s.Profile().Learner.Name.Line(), plan.ReviewLine(s.Profile(), s.Today()))
	if s.Profile().AppraisalNear(s.Today()) {
		p.para(0, "The %s.", plan.Yearly(s.Profile(), s.Today()))
	}
	p.para(0, "%s", standing(s, k.report(s)))
	showLeft(p, s, x.Left)
	since := "What changed so far:"
	if !x.Since.IsZero() {
		since = "What changed since " + x.Since.Long() + ":"
	}
	lines(p, since, listOf(x.Changes, func(c appraisal.Change) string { return c.Words }))
	points(p, "Strengths:", x.Strengths)
	points(p, "The largest gaps:", x.Gaps)
	lines(p, "Where we differ:", listOf(x.Disagreements, func(d appraisal.Difference) string {
		return fmt.Sprintf("%s %s: %s", d.KSB, title(d.KSB), d.Words())
	}))
	points(p, "Agreed before, and rated otherwise by you since; agree anew:", x.Aged)
	lines(p, "Actions that are overdue:", listOf(x.Overdue, words))
	lines(p, "Other open actions:", listOf(x.Open, words))
	points(p, "Unsupported claims of 3 or 4, without a fresh example yet:", x.Unsupported)
	points(p, "Evidence that is too old:", x.Stale)
	lines(p, "Without evidence:", joined(x.Missing))
	lines(p, "Chances to ask for:", listOf(x.Requests, func(q appraisal.Request) string { return q.Words }))
	points(p, "Questions to ask:", x.Ask)
	points(p, "Support to ask for:", x.Support)
}

// notes are the private notes where they were asked for, and else the word that there are some.
func (o *reviewPrepareOptions) notes(x profile.Private, p *page) {
	p.blank()
	switch {
	case x.Empty():
		p.para(0, "Think of before, for yourself: how you are, how the work is to carry, what support you want, which adjustments help you. ksbcoach review note keeps it, for you alone.")
	case !o.private:
		p.para(0, "Your private notes are left out; --private shows them here.")
	default:
		p.line("For yourself:")
		for _, part := range []struct {
			name string
			text safetext.Text
		}{{"wellbeing", x.Wellbeing}, {"workload", x.Workload}, {"support", x.Support}, {"adjustments", x.Adjust}} {
			if !part.text.Empty() {
				p.item(2, "%s: %s", part.name, part.text.Line())
			}
		}
	}
}

// joined keeps a long list of codes on few lines.
func joined(in []appraisal.Point) []string {
	if len(in) == 0 {
		return nil
	}
	words := ""
	for i, x := range in {
		if i > 0 {
			words += ", "
		}
		words += x.KSB
	}
	return []string{words}
}

// codedAction is an action with the code that commands name it by.
func codedAction(a profile.Action) string { return a.ID + " " + actionDue(a) }

func actionDue(a profile.Action) string {
	words := a.Text.Line()
	if !a.Due.IsZero() {
		words += ", by " + a.Due.Long()
	}
	return words
}

func lines(p *page, heading string, in []string) {
	if len(in) == 0 {
		return
	}
	p.blank()
	p.line("%s", heading)
	for _, x := range in {
		p.item(2, "%s", x)
	}
}

func points(p *page, heading string, in []appraisal.Point) {
	lines(p, heading, listOf(in, func(x appraisal.Point) string { return fmt.Sprintf("%s %s: %s", x.KSB, x.Title, x.Words) }))
}

type reviewAgendaOptions struct {
	*kit
	json    bool
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
		RunE:    func(cmd *cobra.Command, _ []string) error { return o.run(cmd) },
	}
	cmd.Flags().BoolVar(&o.json, "json", false, "write JSON")
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

func (o *reviewAgendaOptions) run(cmd *cobra.Command) error {
	const most = 8 * 60
	if o.minutes < appraisal.MinMinutes || o.minutes > most {
		return misused(cmd, "--minutes %d: give %d to %d", o.minutes, appraisal.MinMinutes, most)
	}
	items := appraisal.Agenda(o.minutes)
	if o.json {
		return o.writeJSON(struct {
			Minutes int        `json:"minutes"`
			Items   []itemJSON `json:"items"`
		}{o.minutes, listOf(items, func(i appraisal.Item) itemJSON { return itemJSON(i) })})
	}
	p := o.page()
	p.para(0, "%d minutes:", o.minutes)
	for _, i := range items {
		p.blank()
		p.para(0, "%d to %d: %s (%s)", i.From, i.From+i.Minutes, i.Title, whoFirst(i.Who))
		p.para(2, "%s", i.Words)
	}
	p.next("ksbcoach review start begins the review")
	return nil
}

func whoFirst(who string) string {
	if who == "both" {
		return who
	}
	return who + " first"
}

// showLeft asks after what the last review left.
func showLeft(p *page, s *session.Session, list []profile.Left) {
	lines(p, "Left open last time:", listOf(list, func(l profile.Left) string {
		came := appraisal.Came(l)
		if came == "" {
			came = appraisal.WhatCame
		}
		name := ""
		if l.KSB != "" {
			name = l.KSB + ": "
		}
		return name + strings.TrimSuffix(appraisal.LeftWords(s.Profile(), l), ".") + ". " + came
	}))
}
