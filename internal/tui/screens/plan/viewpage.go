package plan

import (
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/widget"
)

// bodyIndent is how far the inside of a part is indented.
const bodyIndent = 5

// drawing is a page on its way to paper.
type drawing struct {
	*sheet
	s *Screen
	c *ui.Context
	p page
}

// sheet draws the page that is shown: of a goal, of a proposal, or nothing.
func (s *Screen) sheet(c *ui.Context) *sheet {
	d := drawing{s: s, c: c}
	g, ok := c.Profile.Goal(s.goal)
	switch {
	case ok:
		d.p = s.page(g, c)
	case s.goal == "" && s.proposal != nil:
		d.p.items = proposalItems
	}
	chosen := none
	if s.place == onPage && len(d.p.items) > 0 {
		chosen = s.item.index(d.p.items)
	}
	d.sheet = newSheet(c.Theme, pageWidth(c), len(d.p.items), chosen)
	d.sheet.open = slices.Index(d.p.items, s.open)
	if ok {
		d.goal()
	} else if s.goal == "" && s.proposal != nil {
		d.proposal(*s.proposal)
	} else {
		d.about()
	}
	return d.sheet
}

// space is an empty line where there is room for one.
func (d drawing) space() {
	if roomy(d.c) {
		d.gap()
	}
}

// about is what stands beside a row of the list that has no page.
func (d drawing) about() {
	if d.s.row.key == itemKeep {
		d.para(none, 1, keepAdvice(practised(d.c)), d.t.Plain.Render)
		return
	}
	d.put(none, " "+d.t.Title.Render("How a goal is worked here"), "")
	d.labelled(1, "Reflect", pathReflect)
	d.labelled(1, "Appraise", pathAppraise)
	d.labelled(1, "Act", pathAct)
}

func (d drawing) at(item string) int { return slices.Index(d.p.items, item) }

func (d drawing) goal() {
	g, t := d.p.goal, d.t
	d.para(none, 1, g.Text.Line(), t.Title.Render)
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
	d.facts(none, 1, glyph(st.sign, t), append([]string{st.word}, facts...), style.Render)
	d.space()
	if i := d.at(itemReopen); i >= 0 {
		d.put(i, d.mark(i)+"+ "+d.name(i, "Take it up again"))
		d.space()
	}
	d.part(0, d.reflect)
	d.part(1, d.appraise)
	d.part(2, d.act)
	d.space()
	d.after()
	if tall(d.c) {
		d.gap()
	}
	d.coach(d.at(itemCoach), g.KSBs)
}

// ksbLines name the KSBs with where each stands. A title that the goal's own words begin with is not said twice.
func (d drawing) ksbLines(ksbs []string, goal string) {
	for _, id := range ksbs {
		facts := []string{id}
		if title := d.c.Title(id); !strings.HasPrefix(goal, title) {
			facts = []string{id + " " + title}
		}
		if r, ok := d.c.Report.Row(id); ok {
			facts = append(facts, standing(r))
		}
		d.facts(none, 1, "", facts, d.t.Plain.Render)
	}
}

// part draws one part: its line, and when it is open what is inside.
func (d drawing) part(n int, inside func()) {
	step, item := d.p.steps[n], parts[n]
	i := d.at(item)
	lead := d.mark(i) + glyph(stepSign(step.Done), d.t) + " " + d.name(i, widget.Pad(step.Name, 10)) + d.t.Faint.Render(widget.Pad(step.KSB, 5))
	says, room := step.Says, max(d.w-20, 1)
	if _, missing := d.p.firstMissing(); item == itemAct && step.Done && !missing && !tall(d.c) {
		if more := says + "; SMART: nothing is missing"; widget.Width(more) <= room {
			says = more
		}
	}
	d.put(i, lead+append(shorten(says, room, 1, d.t.Glyphs.Cut), "")[0])
	if d.p.open != item {
		return
	}
	inside()
	d.space()
}

// coach is what the coaching has for the KSBs: its line, and when open, or where there is room, all of it.
func (d drawing) coach(i int, ksbs []string) {
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
	lines := shorten(says, max(d.w-15, 1), 1, d.t.Glyphs.Cut)
	d.put(i, d.mark(i)+"  "+d.name(i, widget.Pad("Coaching", 10))+append(lines, "")[0])
	if !open {
		return
	}
	for _, id := range ksbs {
		e := d.s.entries[id]
		if e == nil {
			continue
		}
		if len(ksbs) > 1 {
			d.put(none, spaces(bodyIndent)+d.t.Accent.Render(id))
		}
		d.labelled(bodyIndent, "Patients", e.Patients)
		d.labelled(bodyIndent, "Ask for", e.Support)
		d.labelled(bodyIndent, "Scope", e.Scope)
		for j, x := range e.Evidence {
			label := ""
			if j == 0 {
				label = "Evidence"
			}
			d.labelled(bodyIndent, label, x.Sentence())
		}
		d.space()
	}
}

// after is what comes when this goal is seen to: keeping this work, and the next goal.
func (d drawing) after() {
	if i := d.at(itemKeep); i >= 0 {
		for j, l := range widget.Wrap(keepLine(d.c), max(d.w-bodyIndent, 1)) {
			if j == 0 {
				d.put(i, d.mark(i)+"+ "+d.name(i, l))
				continue
			}
			d.put(i, spaces(bodyIndent)+l)
		}
	}
	if i := d.at(itemNext); i >= 0 {
		text := "Next goal: " + codes(d.p.next.KSBs) + " " + d.p.next.Text.Line()
		d.put(i, d.mark(i)+"  "+d.name(i, shorten(text, max(d.w-bodyIndent, 1), 1, d.t.Glyphs.Cut)[0]))
	}
}
