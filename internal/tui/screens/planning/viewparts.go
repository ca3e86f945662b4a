package planning

import (
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/tui/page"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/widget"
)

func (d drawing) reflect() {
	r, begun := plan.ReflectionOf(d.c.Profile, d.p.goal.ID)
	if !begun {
		d.Para(page.None, bodyIndent, reflectIntro, d.Theme.Plain.Render)
		for _, id := range d.p.goal.KSBs {
			if e := d.s.entries[id]; e != nil {
				d.Labelled(bodyIndent, "To start", e.Prompt)
				if roomy(d.c) {
					d.Labelled(bodyIndent, "Patients", e.Patients)
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
		d.Put(page.None, page.Spaces(bodyIndent)+d.Theme.Title.Render(page.Shorten(name, max(d.W-bodyIndent, 1), 1, d.Theme.Glyphs.Cut)[0]))
		d.Para(page.None, bodyIndent+2, a.Text.String(), d.Theme.Plain.Render)
	}
	d.Para(page.None, bodyIndent, "d asks how deep it goes", d.Theme.Faint.Render)
}

func (d drawing) appraise() {
	g := d.p.goal
	if why := d.figures(g); why != "" {
		d.Labelled(bodyIndent, "Figures", why)
	}
	d.Labelled(bodyIndent, "Because", g.Why.Line())
	t, known := d.c.Library.Appraisal().Theory(g.Theory)
	if !known {
		d.Para(page.None, bodyIndent, appraiseIntro, d.Theme.Plain.Render)
		return
	}
	d.Labelled(bodyIndent, "Theory", t.Name+": "+t.Says)
	d.Labelled(bodyIndent, "Here", t.Here)
	d.Labelled(bodyIndent, "Number", t.Number)
	d.Labelled(bodyIndent, "Limit", t.Limit)
	d.Labelled(bodyIndent, "Source", source(t))
	for _, r := range d.c.Library.ReadingsOn(d.c.Standard.Reference, t.ID) {
		d.Labelled(bodyIndent, "Read", r.Cite)
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
	g := d.p.goal
	d.Wrapped(page.Row{Key: itemAdd, Name: "Add an action", Does: "add an action", Enter: func(c *ui.Context) []ui.Ask { return d.s.askAction(g, c) }}, "  + ")
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
		d.Hang(page.None, bodyIndent, page.Done.Draw(d.Theme)+" "+widget.Pad("there", 8), strings.Join(there, ", "))
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
	d.Hang(page.None, bodyIndent, stepSign(l.OK).Draw(d.Theme)+" "+widget.Pad(word, 8), l.Letter+" "+l.Name+": "+l.Says)
}

func (d drawing) action(a profile.Action) {
	st := actionState(a, d.c)
	r := page.Row{Key: itemAction + a.ID, Sign: st.sign, Name: a.Text.Line(), Says: actionFacts(a, d.c), Does: actionHint(a, d.c)}
	r.Enter = func(*ui.Context) []ui.Ask { return ui.Asks(d.s.actionMenu(a)) }
	pre := "  " + r.Sign.Draw(d.Theme) + " "
	in := d.Lead() + widget.Width(pre)
	i := d.Behind(r, pre, "", widget.Wrap(r.Name, max(d.W-in, 1)))
	style := d.Theme.Faint
	if r.Sign == page.Late {
		style = d.Theme.Behind
	}
	d.Facts(i, in, "", r.Says, style.Render)
}
