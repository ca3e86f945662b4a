package planning

import (
	"fmt"

	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/tui/page"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// proposal draws what could be a goal, with what would come with it.
func (d drawing) proposal(x plan.Suggestion) {
	t := d.Theme
	d.Para(page.None, 1, x.Goal, t.Title.Render)
	d.ksbLines(x.KSBs, x.Goal)
	d.Facts(page.None, 1, page.Waiting.Draw(t), []string{"suggested, not a goal yet", "would be due " + day(x.Due, d.c.Today)}, t.Faint.Render)
	d.space()
	does := "take it up as a goal, " + comesWith(x)
	if d.c.Profile.InFlight() >= profile.MaxInFlight {
		does = "keep it as a goal, parked until there is room"
	}
	d.Wrapped(page.Row{Key: itemTake, Name: "Take it up as a goal", Does: does, Enter: func(c *ui.Context) []ui.Ask { return d.s.takeUp(x, c) }}, "+ ")
	d.space()
	if x.Why != "" {
		d.Labelled(3, "Why", x.Why)
	}
	if x.Bundle != nil {
		d.project(*x.Bundle)
	}
	if !x.Written {
		d.Para(page.None, 3, notWritten+" The goal starts without actions; you write your own.", t.Plain.Render)
	}
	for j, a := range x.Actions {
		if j == 0 {
			d.Put(page.None, page.Spaces(3)+t.Title.Render(actionsHead(x)))
		}
		d.Hang(page.None, bodyIndent, t.Glyphs.Open+" ", a.Text.Line())
		d.Facts(page.None, bodyIndent+2, "", []string{string(a.Sort), a.Takes(), "with: " + a.Who.Line(), "shows: " + a.Shows.Line()}, t.Faint.Render)
	}
	for j, m := range x.Moves {
		if j == 0 {
			d.Put(page.None, page.Spaces(3)+t.Title.Render("What shows the step up"))
		}
		d.Labelled(bodyIndent, fmt.Sprintf("%s to %s", m.KSB, m.To), m.Proof)
	}
	d.space()
	d.coach(x.KSBs)
}

// project draws what is to know of a project before its steps.
func (d drawing) project(b coaching.Bundle) {
	d.Labelled(3, "What", b.About)
	d.Labelled(3, "Here", d.s.here)
	d.Labelled(3, "Time", fmt.Sprintf("about %s; %s", words.Count(b.Hours, "hour", "hours"), b.OffJob.Says()))
	d.Labelled(3, "Agree", b.Agree)
	d.Labelled(3, "Leaves", b.Leaves)
}
