package cli

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

func newReview(k *kit) *cobra.Command {
	o := &reviewOptions{kit: k}
	return alone(group(&cobra.Command{
		Use:   "review",
		Short: "Prepare, hold and close a review, with its record",
		Long: "Prepares a progress review or appraisal, and keeps what was agreed in it. Every action of last time is checked before new ones " +
			"are made. Wellbeing, workload, support, adjustments and reflections are never shared unless you include them.\n\n" +
			"Without a further word it lists your reviews and says when the next one is due.",
		Example: "ksbcoach review prepare",
	}, newReviewPrepare(k), newReviewRehearse(k), newReviewAgenda(k), newReviewStart(k), newReviewCheck(k), newReviewNote(k),
		newReviewEdit(k), newReviewClose(k), newReviewCancel(k), newReviewShow(k), newReviewRecord(k), newReviewSettings(k)), func() error { return o.look(o.run) })
}

type reviewOptions struct {
	*kit
	private bool
}

type reviewJSON struct {
	ID        string             `json:"id"`
	On        calendar.Date      `json:"on"`
	Kind      string             `json:"kind"`
	With      []safetext.Text    `json:"with"`
	Round     *string            `json:"round"`
	Checked   []checkedItem      `json:"checked"`
	Actions   []string           `json:"actions"`
	Agreed    safetext.Text      `json:"agreed"`
	Talked    []string           `json:"talked"`
	Agenda    []standingItem     `json:"agenda"` // empty once it is closed
	Wellbeing *safetext.Text     `json:"wellbeing"`
	Workload  *safetext.Text     `json:"workload"`
	Support   *safetext.Text     `json:"support"`
	Adjust    *safetext.Text     `json:"adjustments"`
	Share     []string           `json:"share"`
	Closing   map[string]*string `json:"closing"`
	Next      *calendar.Date     `json:"next"`
	Closed    *calendar.Date     `json:"closed"`
	Hash      *string            `json:"hash"`
	Unchanged *bool              `json:"unchanged"` // the record is still the text of the hash
}

type standingItem struct {
	ID     string `json:"id"`
	Done   bool   `json:"done"`
	ByHand bool   `json:"by_hand"` // --talked ticks it
	Words  string `json:"words"`
}

type checkedItem struct {
	Action  string               `json:"action"`
	Text    safetext.Text        `json:"text"`
	Outcome profile.ActionStatus `json:"outcome"`
	Reason  safetext.Text        `json:"reason"`
	Before  bool                 `json:"before"` // it had ended when the review started
	Since   bool                 `json:"since"`  // it was added after the review before
	Next    *string              `json:"next"`   // the action that takes its place
}

// reviewObject leaves the private parts null unless they are shared or asked for.
func reviewObject(s *session.Session, r profile.Review, private bool) reviewJSON {
	p := s.Profile()
	part := func(t safetext.Text, name string) *safetext.Text { return known(t, private || r.Shares(name)) }
	word := func(s string) *string { return known(s, s != "") }
	return reviewJSON{
		ID: r.ID, On: r.On, Kind: string(r.Kind), With: list(r.With), Round: word(r.Round),
		Checked: listOf(r.Checked, func(c profile.Checked) checkedItem {
			return checkedItem{c.Action, actionText(p, r, c.Action), c.Outcome, c.Reason, c.Before, c.Since, word(c.Next)}
		}),
		Actions: list(r.Actions), Agreed: r.Agreed, Talked: list(r.Talked), Agenda: standings(s, r),
		Wellbeing: part(r.Wellbeing, profile.ShareWellbeing), Workload: part(r.Workload, profile.ShareWorkload),
		Support: part(r.Support, profile.ShareSupport), Adjust: part(r.Adjust, profile.ShareAdjust), Share: list(r.Share),
		Closing: map[string]*string{"clear": word(r.Clear), "helped": word(r.Helped), "valued": word(r.Valued)},
		Next:    knownDate(r.Next), Closed: knownDate(r.Closed), Hash: word(r.Hash),
		Unchanged: known(appraisal.Changed(p, s.Standard(), r) == "", r.Hash != ""),
	}
}

func (o *reviewOptions) run(s *session.Session) error {
	all := s.Profile().Reviews
	due := s.Profile().ReviewDue()
	return o.answer(struct {
		Due          *calendar.Date `json:"due"`
		AppraisalDue *calendar.Date `json:"appraisal_due"`
		Every        int            `json:"every"`
		Reviews      []reviewJSON   `json:"reviews"`
	}{knownDate(due), knownDate(s.Profile().AppraisalDue(s.Today())), s.Profile().Settings.EveryMonths(), listOf(all, func(r profile.Review) reviewJSON { return reviewObject(s, r, false) })}, func(p *page) {
		p.Para(0, "%s. %s", words.Count(len(all), "review", "reviews"), plan.ReviewLine(s.Profile(), s.Today()))
		if words := plan.Yearly(s.Profile(), s.Today()); words != "" {
			p.Para(0, "The %s.", words)
		}
		for _, r := range all {
			p.Blank()
			p.Para(0, "%s, %s review, %s", r.ID, r.Kind, reviewDates(r))
			if len(r.With) > 0 {
				p.Para(2, "with %s", safetext.Lines(r.With))
			}
			if !r.Agreed.Empty() {
				p.Para(2, "agreed: %s", r.Agreed.Line())
			}
		}
		p.next("%s", reviewNext(s))
	})
}

// actionText is what an action says: as a closed review has kept it, else as the plan has it now.
func actionText(p profile.Profile, r profile.Review, id string) safetext.Text {
	if a, ok := r.Kept.Actions[id]; ok {
		return a.Text
	}
	a, _, _ := p.Action(id)
	return a.Text
}

// onward is what takes the place of an action: as a closed review has kept it, else as the plan has it now.
func onward(p profile.Profile, r profile.Review, c profile.Checked) (profile.AgreedAction, bool) {
	if next, ok := r.Kept.Actions[c.Next]; ok {
		return next, true
	}
	a, _, ok := p.Action(c.Next)
	return profile.AgreedAction{Text: a.Text, Due: a.Due}, ok
}

func reviewDates(r profile.Review) string {
	if r.Closed.IsZero() {
		return r.On.Long() + ", open"
	}
	return r.On.Long() + ", closed on " + r.Closed.Long()
}

func newReviewShow(k *kit) *cobra.Command {
	o := &reviewOptions{kit: k}
	cmd := &cobra.Command{
		Use:     "show [REVIEW]",
		Short:   "Show one review",
		Long:    "Shows one review, the open or newest one if none is named. What you keep private is left out unless you ask for it.",
		Example: "ksbcoach review show --private",
		Args:    atMost(1),
		RunE: func(_ *cobra.Command, args []string) error {
			return o.look(func(s *session.Session) error { return o.show(s, args) })
		},
	}
	cmd.Flags().BoolVar(&o.private, "private", false, "with wellbeing, workload, support and adjustments")
	return cmd
}

// pickReview finds the review that was named, else the newest.
func pickReview(p profile.Profile, args []string) (profile.Review, error) {
	if len(args) > 0 {
		r, ok := p.Review(args[0])
		if !ok {
			return r, &hinted{fmt.Errorf("there is no review %q", args[0]), "ksbcoach review lists them with their ids"}
		}
		return r, nil
	}
	if len(p.Reviews) == 0 {
		return profile.Review{}, &hinted{errors.New("there is no review yet"), "ksbcoach review start begins one"}
	}
	return p.Reviews[len(p.Reviews)-1], nil
}

func (o *reviewOptions) show(s *session.Session, args []string) error {
	r, err := pickReview(s.Profile(), args)
	if err != nil {
		return err
	}
	return o.answer(reviewObject(s, r, o.private), func(p *page) {
		p.Para(0, "%s, %s review, %s", r.ID, r.Kind, reviewDates(r))
		o.parts(p, r)
		if words := appraisal.Changed(s.Profile(), s.Standard(), r); words != "" {
			p.Para(0, "%s", words)
		}
		checkedParts(s, p, r)
		meetingPart(s, p, r)
		p.next("%s", reviewNext(s))
	})
}

// standings are how far an open review is with each part of the meeting; a closed one has none.
func standings(s *session.Session, r profile.Review) []standingItem {
	out := []standingItem{}
	if !r.Closed.IsZero() {
		return out
	}
	for _, part := range appraisal.Agenda(appraisal.MinMinutes) {
		at := appraisal.Stands(s.Profile(), s.Standard(), r, part.ID)
		out = append(out, standingItem{part.ID, at.Done, at.ByHand, at.Words})
	}
	return out
}

// meetingPart says how far the meeting is.
func meetingPart(s *session.Session, p *page, r profile.Review) {
	agenda := appraisal.Agenda(appraisal.MinMinutes)
	var items []string
	for i, at := range standings(s, r) {
		words := "open"
		switch {
		case at.Done:
			words = "done"
		case at.ByHand:
			words = "open; --talked " + at.ID + " ticks it"
		}
		if at.Words != "" {
			words += ". " + strings.TrimSuffix(at.Words, ".")
		}
		items = append(items, agenda[i].Title+": "+words)
	}
	p.section("The meeting so far", items...)
}

// checkedParts are the actions of last time, and apart those that were added since.
func checkedParts(s *session.Session, p *page, r profile.Review) {
	items := map[bool][]string{}
	for _, c := range r.Checked {
		items[c.Since] = append(items[c.Since], checkedLine(s.Profile(), r, c))
	}
	p.section("Actions of last time", items[false]...)
	p.section("Actions added since", items[true]...)
}

func checkedLine(p profile.Profile, r profile.Review, c profile.Checked) string {
	what, words := actionText(p, r, c.Action), c.Outcome.Words()
	if c.Outcome == profile.ActionOpen {
		words = "not checked yet"
	}
	if !c.Reason.Empty() {
		words += ": " + c.Reason.Line()
	}
	if next, ok := onward(p, r, c); ok {
		words += "; it " + appraisal.GoesOn(what, next)
	}
	return fmt.Sprintf("%s %s (%s)", c.Action, what.Line(), words)
}

// parts writes what a review says; a private part that is left out is named, so that its absence is no surprise.
func (o *reviewOptions) parts(p *page, r profile.Review) {
	pair := func(label, words string) {
		if words != "" {
			p.Pair(0, labelWidth, label, "%s", words)
		}
	}
	pair("with", safetext.Lines(r.With))
	pair("round", r.Round)
	pair("agreed", r.Agreed.Line())
	for _, note := range r.Private().Notes() {
		switch {
		case note.Text.Empty():
		case o.private || r.Shares(note.About):
			pair(note.About, note.Text.Line())
		default:
			pair(note.About, "private; --private shows it here")
		}
	}
	pair("shared", strings.Join(r.Share, ", "))
	pair("clear", r.Clear)
	pair("helped", r.Helped)
	pair("valued", r.Valued)
	if !r.Next.IsZero() {
		pair("next", r.Next.Long())
	}
	pair("check code", appraisal.Code(r.Hash))
}
