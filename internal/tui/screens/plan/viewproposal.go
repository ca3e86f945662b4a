package plan

import (
	"fmt"
	"slices"

	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/widget"
)

// proposal draws what could be a goal, with what would come with it.
func (d drawing) proposal(x plan.Suggestion) {
	t := d.t
	d.para(none, 1, x.Goal, t.Title.Render)
	d.ksbLines(x.KSBs, x.Goal)
	d.facts(none, 1, glyph(isWaiting, t), []string{"suggested, not a goal yet", "would be due " + day(x.Due, d.c.Today)}, t.Faint.Render)
	d.space()
	i := slices.Index(proposalItems, itemTake)
	d.put(i, d.mark(i)+"+ "+d.name(i, "Take it up as a goal"))
	d.space()
	if x.Why != "" {
		d.labelled(3, "Why", x.Why)
	}
	if x.Bundle != nil {
		d.project(*x.Bundle)
	}
	if !x.Written {
		d.para(none, 3, notWritten+" The goal starts without actions; you write your own.", t.Plain.Render)
	}
	for j, a := range x.Actions {
		if j == 0 {
			d.put(none, spaces(3)+t.Title.Render(actionsHead(x)))
		}
		for k, l := range widget.Wrap(a.Text.Line(), max(d.w-bodyIndent-2, 1)) {
			lead := t.Glyphs.Open + " "
			if k > 0 {
				lead = "  "
			}
			d.put(none, spaces(bodyIndent)+lead+l)
		}
		d.facts(none, bodyIndent+2, "", []string{string(a.Sort), "with: " + a.Who.Line(), "shows: " + a.Shows.Line()}, t.Faint.Render)
	}
	for j, m := range x.Moves {
		if j == 0 {
			d.put(none, spaces(3)+t.Title.Render("What shows the step up"))
		}
		d.labelled(bodyIndent, fmt.Sprintf("%s to %s", m.KSB, m.To), m.Proof)
	}
	d.space()
	d.coach(slices.Index(proposalItems, itemCoach), x.KSBs)
}

// project draws what is to know of a project before its steps.
func (d drawing) project(b coaching.Bundle) {
	d.labelled(3, "What", b.About)
	d.labelled(3, "Here", d.s.here)
	d.labelled(3, "Time", fmt.Sprintf("about %s; %s", count(b.Hours, "hour"), b.OffJob.Says()))
	d.labelled(3, "Agree", b.Agree)
	d.labelled(3, "Leaves", b.Leaves)
}

// proposalHint says what Enter does on a proposal.
func (s *Screen) proposalHint(c *ui.Context) string {
	switch {
	case proposalItems[s.item.index(proposalItems)] == itemCoach:
		return coachHint(s.open, c)
	case c.Profile.InFlight() >= profile.MaxInFlight:
		return "keep it as a goal, parked until there is room"
	}
	return "take it up as a goal, " + comesWith(*s.proposal)
}
