package planning

import (
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/tui/page"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/widget"
)

// bodyIndent is how far the inside of a part is indented.
const bodyIndent = 5

// drawing is a page on its way to paper.
type drawing struct {
	*page.Sheet
	s *Screen
	c *ui.Context
	p goalPage
}

// sheet draws the page that is shown: of a goal, of a proposal, or nothing.
func (s *Screen) sheet(c *ui.Context) *page.Sheet {
	d := drawing{Sheet: &page.Sheet{Theme: c.Theme, W: max(pageWidth(c), 1), In: 1, Open: s.open}, s: s, c: c}
	switch g, ok := c.Profile.Goal(s.goal); {
	case ok:
		d.p = s.page(g, c)
		d.goal()
	case s.goal == "" && s.proposal != nil:
		d.proposal(*s.proposal)
	default:
		d.about()
	}
	return d.Sheet
}

// space is an empty line where there is room for one.
func (d drawing) space() {
	if roomy(d.c) {
		d.Gap()
	}
}

// about is what stands beside a row of the list that has no page.
func (d drawing) about() {
	if _, rows := d.s.list(d.c); len(rows) > 0 && rows[d.s.rows.At(rows)].Key == itemKeep {
		d.Para(page.None, 1, keepAdvice(practised(d.c)), d.Theme.Plain.Render)
		return
	}
	d.Put(page.None, " "+d.Theme.Title.Render("How a goal is worked here"), "")
	d.Labelled(1, "Reflect", pathReflect)
	d.Labelled(1, "Appraise", pathAppraise)
	d.Labelled(1, "Act", pathAct)
}

func (d drawing) goal() {
	g, t := d.p.goal, d.Theme
	d.Para(page.None, 1, g.Text.Line(), t.Title.Render)
	d.ksbLines(g.KSBs, g.Text.Line())
	st := goalState(g)
	facts, late := goalFacts(g, d.c.Today)
	if g.Status == profile.GoalActive {
		facts = facts[:len(facts)-1] // the actions are counted below
		if !g.Set.IsZero() {
			facts = append(facts, "set "+day(g.Set, d.c.Today))
		}
		_, late = dueFact(g.Due, d.c.Today)
	}
	style := t.Faint
	if late {
		style = t.Behind
	}
	d.Facts(page.None, 1, st.sign.Draw(t), append([]string{st.word}, facts...), style.Render)
	d.space()
	if g.Status != profile.GoalActive {
		does := "take the goal up again"
		if !d.p.room {
			does = "see why it waits"
		}
		d.Wrapped(page.Row{Key: itemReopen, Name: "Take it up again", Does: does, Enter: func(c *ui.Context) []ui.Ask { return d.s.reopen(g, c) }}, "+ ")
		d.space()
	}
	d.part(0, d.p.reflectHint(), d.s.actOnReflect, d.reflect)
	d.part(1, d.p.appraiseHint(), d.s.actOnAppraise, d.appraise)
	d.part(2, d.p.actHint(), d.s.actOnAct, d.act)
	d.space()
	d.after()
	if tall(d.c) {
		d.Gap()
	}
	d.coach(g.KSBs)
}

// ksbLines name the KSBs with where each stands. A title that the goal's own words begin with is not said twice.
func (d drawing) ksbLines(ksbs []string, goal string) {
	for _, id := range ksbs {
		facts := []string{id}
		if title := d.c.Title(id); !strings.HasPrefix(goal, title) {
			facts = []string{id + " " + title}
		}
		if r, ok := d.c.Report.Row(id); ok {
			facts = append(facts, r.Standing(d.c.Today))
		}
		d.Facts(page.None, 1, "", facts, d.Theme.Plain.Render)
	}
}

// part draws one part: its line, and when it is open what is inside.
func (d drawing) part(n int, does string, enter func(goalPage, *ui.Context) []ui.Ask, inside func()) {
	step, item := d.p.steps[n], parts[n]
	says, room := step.Says, max(d.W-20, 1)
	if _, missing := d.p.firstMissing(); item == itemAct && step.Done && !missing && !tall(d.c) {
		if more := says + "; SMART: nothing is missing"; widget.Width(more) <= room {
			says = more
		}
	}
	says = append(page.Shorten(says, room, 1, d.Theme.Glyphs.Cut), "")[0]
	r := page.Row{Key: item, Sign: stepSign(step.Done), Name: step.Name, Says: []string{step.Says}, Does: does}
	r.Enter = func(c *ui.Context) []ui.Ask { return enter(d.p, c) }
	d.Row(r, r.Sign.Draw(d.Theme)+" ", widget.Pad(step.Name, 10), d.Theme.Faint.Render(widget.Pad(step.KSB, 5))+says)
	if d.p.open != item {
		return
	}
	inside()
	d.space()
}

// coach is what the coaching has for the KSBs: its line, and when open, or where there is room, all of it.
func (d drawing) coach(ksbs []string) {
	says := notWritten
	open := d.s.open == itemCoach || tall(d.c)
	for _, id := range ksbs {
		if e := d.s.entries[id]; e != nil {
			says = "Ask for: " + e.Support
			if open {
				says = "for " + codes(ksbs)
			}
			break
		}
	}
	lines := page.Shorten(says, max(d.W-15, 1), 1, d.Theme.Glyphs.Cut)
	r := page.Row{Key: itemCoach, Name: "Coaching", Says: []string{says}, Does: coachHint(d.s.open, d.c), Enter: d.s.actOnCoach}
	d.Row(r, "  ", widget.Pad(r.Name, 10), append(lines, "")[0])
	if !open {
		return
	}
	for _, id := range ksbs {
		e := d.s.entries[id]
		if e == nil {
			continue
		}
		if len(ksbs) > 1 {
			d.Put(page.None, page.Spaces(bodyIndent)+d.Theme.Accent.Render(id))
		}
		d.Labelled(bodyIndent, "Patients", e.Patients)
		d.Labelled(bodyIndent, "Ask for", e.Support)
		d.Labelled(bodyIndent, "Scope", e.Scope)
		for j, x := range e.Evidence {
			label := ""
			if j == 0 {
				label = "Evidence"
			}
			d.Labelled(bodyIndent, label, x.Sentence())
		}
		d.space()
	}
}

// after is what comes when this goal is seen to: keeping this work, and the next goal.
func (d drawing) after() {
	if keepOffered(d.c) {
		d.Wrapped(d.s.keepRow(d.c), "+ ")
	}
	if next := d.p.next; d.p.more {
		r := page.Row{Key: itemNext, Name: "Next goal: " + codes(next.KSBs) + " " + next.Text.Line(), Does: "on to the next goal, " + codes(next.KSBs)}
		r.Enter = func(c *ui.Context) []ui.Ask { d.s.showGoal(next.ID, c); return nil }
		d.Row(r, "  ", page.Shorten(r.Name, max(d.W-bodyIndent, 1), 1, d.Theme.Glyphs.Cut)[0], "")
	}
}

func coachHint(open string, c *ui.Context) string {
	switch {
	case tall(c):
		return "read all the coaching"
	case open == itemCoach:
		return "fold the coaching"
	}
	return "see what to ask for, and what would show it"
}
