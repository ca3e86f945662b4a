package plan

import (
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/tui/widget"
)

func (d drawing) reflect() {
	r, begun := plan.ReflectionOf(d.c.Profile, d.p.goal.ID)
	if !begun {
		d.para(none, bodyIndent, reflectIntro, d.t.Plain.Render)
		for _, id := range d.p.goal.KSBs {
			if e := d.s.entries[id]; e != nil {
				d.labelled(bodyIndent, "To start", e.Prompt)
				if roomy(d.c) {
					d.labelled(bodyIndent, "Patients", e.Patients)
				}
				return
			}
		}
		return
	}
	m, _ := d.c.Library.Reflection().Model(r.Model)
	for _, a := range r.Answers {
		name := plain(a.Step)
		if i := slices.IndexFunc(m.Steps, func(x coaching.Step) bool { return x.ID == a.Step }); i >= 0 {
			name = m.Steps[i].Name
		}
		d.put(none, spaces(bodyIndent)+d.t.Title.Render(shorten(name, max(d.w-bodyIndent, 1), 1, d.t.Glyphs.Cut)[0]))
		d.para(none, bodyIndent+2, a.Text.String(), d.t.Plain.Render)
	}
	d.para(none, bodyIndent, "d asks how deep it goes", d.t.Faint.Render)
}

func (d drawing) appraise() {
	g := d.p.goal
	if why := d.figures(g); why != "" {
		d.labelled(bodyIndent, "Figures", why)
	}
	d.labelled(bodyIndent, "Because", g.Why.Line())
	t, known := d.c.Library.Appraisal().Theory(g.Theory)
	if !known {
		d.para(none, bodyIndent, appraiseIntro, d.t.Plain.Render)
		return
	}
	d.labelled(bodyIndent, "Theory", t.Name+": "+t.Says)
	d.labelled(bodyIndent, "Here", t.Here)
	d.labelled(bodyIndent, "Number", t.Number)
	d.labelled(bodyIndent, "Limit", t.Limit)
	d.labelled(bodyIndent, "Source", source(t))
	for _, r := range d.c.Library.ReadingsOn(d.c.Standard.Reference, t.ID) {
		d.labelled(bodyIndent, "Read", r.Cite)
	}
}

// figures are what the ratings say of the goal's first KSB.
func (d drawing) figures(g profile.Goal) string {
	for _, id := range g.KSBs {
		if r, ok := d.c.Report.Row(id); ok && r.Rated && !r.Opportunity() {
			return id + ": " + strings.Join(d.c.Report.Reasons(r), ", ")
		}
	}
	return ""
}

func (d drawing) act() {
	d.smart()
	d.space()
	for _, a := range sorted(d.p.goal.Actions, d.c.Today) {
		d.action(a)
	}
	i := d.at(itemAdd)
	d.put(i, d.mark(i)+"  + "+d.name(i, "Add an action"))
}

// smart is the check, letter by letter: what is missing always, what is there where there is room.
func (d drawing) smart() {
	var there []string
	for _, l := range d.p.smart {
		if l.OK {
			there = append(there, l.Name)
		}
	}
	if tall(d.c) {
		for _, l := range d.p.smart {
			d.letter(l)
		}
		return
	}
	if len(there) == len(d.p.smart) {
		return
	}
	if len(there) > 0 {
		lead := glyph(isDone, d.t) + " " + widget.Pad("there", 8)
		indent := widget.Width(lead)
		for j, l := range widget.Wrap(strings.Join(there, ", "), max(d.w-bodyIndent-indent, 1)) {
			if j > 0 {
				lead = spaces(indent)
			}
			d.put(none, spaces(bodyIndent)+lead+l)
		}
	}
	for _, l := range d.p.smart {
		if !l.OK {
			d.letter(l)
		}
	}
}

func (d drawing) letter(l plan.Letter) {
	word := "missing"
	if l.OK {
		word = "there"
	}
	lead := glyph(stepSign(l.OK), d.t) + " " + widget.Pad(word, 8)
	indent := bodyIndent + widget.Width(lead)
	for j, text := range widget.Wrap(l.Letter+" "+l.Name+": "+l.Says, max(d.w-indent, 1)) {
		if j > 0 {
			lead = spaces(indent - bodyIndent)
		}
		d.put(none, spaces(bodyIndent)+lead+text)
	}
}

func (d drawing) action(a profile.Action) {
	const indent = 7
	i := d.at(itemAction + a.ID)
	st := actionState(a, d.c)
	for j, l := range widget.Wrap(a.Text.Line(), max(d.w-indent, 1)) {
		if j == 0 {
			d.put(i, d.mark(i)+"  "+glyph(st.sign, d.t)+" "+l)
			continue
		}
		d.put(i, spaces(indent)+l)
	}
	style := d.t.Faint
	if st.sign == isLate {
		style = d.t.Behind
	}
	d.facts(i, indent, "", actionFacts(a, d.c), style.Render)
}
