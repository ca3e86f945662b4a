package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/session"
)

// statusSuggested marks a goal that is not in the profile.
const statusSuggested profile.GoalStatus = "suggested"

type planOptions struct {
	*kit
	json bool
	ksb  string
}

func newPlan(k *kit) *cobra.Command {
	o := &planOptions{kit: k}
	cmd := &cobra.Command{
		Use:   "plan",
		Short: "Show your goals and actions, or suggest the first",
		Long: "Shows your goals with their actions along the path of the standard itself: reflect (K31), appraise (K32), act (K33). " +
			"While you have none it suggests three to five, from your largest gaps.",
		Example: "ksbcoach plan --ksb K8",
		Args:    takes(),
		RunE:    func(*cobra.Command, []string) error { return o.run() },
	}
	cmd.Flags().BoolVar(&o.json, "json", false, "write JSON")
	cmd.Flags().StringVar(&o.ksb, "ksb", "", "suggest a goal for this `KSB`")
	return cmd
}

func (o *planOptions) run() error {
	s, err := o.reading()
	if err != nil {
		return err
	}
	goals := s.Profile().Goals
	if len(goals) == 0 || o.ksb != "" {
		if goals, err = o.suggested(s); err != nil {
			return err
		}
	}
	if o.json {
		return o.writeJSON(planJSON{listOf(goals, func(g profile.Goal) goalJSON { return o.object(s, g) })})
	}
	o.show(s, goals)
	return nil
}

// suggested are goals that could be set, in the form of goals.
func (o *planOptions) suggested(s *session.Session) ([]profile.Goal, error) {
	r := s.Report()
	var from []plan.Suggestion
	if o.ksb == "" {
		from = plan.Suggestions(r, s.Coach(), s.Titles())
	} else {
		x, err := ksbCode(s.Standard(), o.ksb)
		if err != nil {
			return nil, err
		}
		row, _ := r.Row(x.ID)
		from = []plan.Suggestion{plan.Suggest(r, row, s.Coach(), s.Titles())}
	}
	var out []profile.Goal
	for i, x := range from {
		g := goalFrom(x)
		g.ID, g.Status = fmt.Sprintf("suggested-%d", i+1), statusSuggested
		out = append(out, g)
	}
	return out, nil
}

// goalFrom makes a goal of a suggestion; it and its actions still need IDs.
func goalFrom(x plan.Suggestion) profile.Goal {
	return profile.Goal{
		KSBs: []string{x.KSB.ID}, Text: safetext.New(x.Goal), Why: safetext.New(x.Why), Theory: x.Theory,
		Status: profile.GoalActive, Due: x.Due, Actions: x.Actions,
	}
}

type planJSON struct {
	Goals []goalJSON `json:"goals"`
}

type goalJSON struct {
	ID       string             `json:"id"`
	KSBs     []string           `json:"ksbs"`
	Goal     safetext.Text      `json:"goal"`
	Status   profile.GoalStatus `json:"status"`
	Due      *calendar.Date     `json:"due"`
	Basis    []string           `json:"basis"`
	Actions  []actionJSON       `json:"actions"`
	Why      safetext.Text      `json:"why"`
	Theory   string             `json:"theory"`
	Note     safetext.Text      `json:"note"`
	Reflect  string             `json:"reflect"`
	Appraise string             `json:"appraise"`
	Act      string             `json:"act"`
	Missing  []string           `json:"missing"`
}

type actionJSON struct {
	ID     string               `json:"id"`
	Text   safetext.Text        `json:"text"`
	Sort   profile.Sort         `json:"sort"`
	Who    safetext.Text        `json:"who"`
	Due    *calendar.Date       `json:"due"`
	Shows  safetext.Text        `json:"shows"`
	IfThen safetext.Text        `json:"if_then"`
	Status profile.ActionStatus `json:"status"`
	Note   safetext.Text        `json:"note"`
}

func actionObject(a profile.Action) actionJSON {
	return actionJSON{a.ID, a.Text, a.Sort, a.Who, knownDate(a.Due), a.Shows, a.IfThen, a.Status, a.Note}
}

func (o *planOptions) path(s *session.Session, g profile.Goal) [3]plan.Step {
	return plan.Path(s.Profile(), g, o.library.Reflection(), o.library.Appraisal(), s.Today())
}

func (o *planOptions) object(s *session.Session, g profile.Goal) goalJSON {
	path := o.path(s, g)
	return goalJSON{
		ID: g.ID, KSBs: list(g.KSBs), Goal: g.Text, Status: g.Status, Due: knownDate(g.Due), Basis: plan.Basis,
		Actions: listOf(g.Actions, actionObject),
		Why:     g.Why, Theory: g.Theory, Note: g.Note,
		Reflect: path[0].Says, Appraise: path[1].Says, Act: path[2].Says,
		Missing: listOf(plan.Missing(g, s.Today()), func(l plan.Letter) string { return l.Name + ": " + l.Says }),
	}
}

func (o *planOptions) show(s *session.Session, goals []profile.Goal) {
	p := o.page()
	if len(goals) > 0 && goals[0].Status == statusSuggested {
		p.Para(0, "Suggested from your gaps. Nothing of this is in your profile yet.")
		for _, g := range goals {
			p.Blank()
			o.goal(p, s, g)
		}
		p.next("ksbcoach goal add --ksb %s --suggested takes the first one over; three to five at once are enough", goals[0].KSBs[0])
		return
	}
	p.Para(0, "Goals: %s.", goalCounts(s.Profile()))
	for _, status := range profile.GoalStatuses {
		for _, g := range goals {
			if g.Status == status {
				p.Blank()
				o.goal(p, s, g)
			}
		}
	}
	p.next("%s", o.nextFor(s))
}

// goal writes one goal; of one that has ended, only how.
func (o *planOptions) goal(p *page, s *session.Session, g profile.Goal) {
	head := g.ID + ", " + string(g.Status)
	if !g.Due.IsZero() && g.Closed.IsZero() {
		head += ", due " + g.Due.Long()
	}
	if !g.Closed.IsZero() {
		head += " " + g.Closed.Long()
	}
	p.Para(0, "%s", head)
	p.Para(2, "%s", g.Text.Line())
	title := s.Titles()
	p.Hang("  for ", strings.Join(listOf(g.KSBs, func(id string) string { return id + " " + title(id) }), "; "))
	if !g.Note.Empty() {
		p.Hang("  note: ", g.Note.Line())
	}
	if g.Status == profile.GoalDone || g.Status == profile.GoalDropped {
		return
	}
	for _, step := range o.path(s, g) {
		p.Hang(fmt.Sprintf("  %s (%s): ", step.Name, step.KSB), step.Says)
	}
	for _, a := range g.Actions {
		action(p, s, a)
	}
}

func action(p *page, s *session.Session, a profile.Action) {
	state := string(a.Status)
	if a.Status == profile.ActionOpen && !a.Due.IsZero() && a.Due.Before(s.Today()) {
		state = "overdue"
	}
	head := state + ", " + string(a.Sort)
	if a.ID != "" { // a suggested one has none yet
		head = a.ID + ", " + head
	}
	p.Item(4, "%s: %s", head, a.Text.Line())
	var parts []string
	if !a.Who.Empty() {
		parts = append(parts, "with: "+a.Who.Line())
	}
	if !a.Due.IsZero() {
		parts = append(parts, "by "+a.Due.Long())
	}
	if !a.Shows.Empty() {
		parts = append(parts, "shown by: "+a.Shows.Line())
	}
	if !a.IfThen.Empty() {
		parts = append(parts, a.IfThen.Line())
	}
	if !a.Note.Empty() {
		parts = append(parts, "note: "+a.Note.Line())
	}
	if len(parts) > 0 {
		p.Para(6, "%s", strings.Join(parts, "; "))
	}
}

// nextFor is about the plan: what is late in it before all else.
func (o *planOptions) nextFor(s *session.Session) string {
	if late, ok := plan.LongestOverdue(s.Profile(), s.Today()); ok {
		return fmt.Sprintf("%s is overdue: ksbcoach action close %s --status done, or ksbcoach action edit %s --due DATE", late.ID, late.ID, late.ID)
	}
	for _, g := range s.Profile().Goals {
		if g.Status != profile.GoalActive {
			continue
		}
		if path := o.path(s, g); !path[0].Done {
			return fmt.Sprintf("ksbcoach reflect --goal %s asks the questions of a model of reflection", g.ID)
		}
		if missing := plan.Missing(g, s.Today()); len(missing) > 0 {
			return fmt.Sprintf("goal %s: %s", g.ID, missing[0].Says)
		}
	}
	r := s.Report()
	step := o.next(s, r)
	return step.Text + commandFor(step)
}
