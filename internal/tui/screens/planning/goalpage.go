package planning

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/tui/page"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/widget"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// Keys of rows of the list and of a page. The key of an action is itemAction and its ID.
const (
	itemRate     = "rate"
	itemReflect  = "reflect"
	itemAppraise = "appraise"
	itemAct      = "act"
	itemAction   = "action:"
	itemAdd      = "add"
	itemCoach    = "coach"
	itemKeep     = "keep"
	itemNext     = "next"
	itemReopen   = "reopen"
	itemTake     = "take"
)

// parts are the keys of the parts of a goal, in the order of plan.Steps.
var parts = [3]string{itemReflect, itemAppraise, itemAct}

type goalPage struct {
	goal  profile.Goal
	steps plan.Steps
	smart []plan.Letter
	next  profile.Goal // the goal to go on to; the zero Goal if there is none
}

func (s *Screen) page(g profile.Goal, c *ui.Context) goalPage {
	return goalPage{g, pathOf(g, c), plan.Check(g, c.Today), nextGoal(g, s.order(c), c)}
}

func pathOf(g profile.Goal, c *ui.Context) plan.Steps {
	return plan.Path(c.Profile, g, c.Library.Reflection(), c.Library.Appraisal(), c.Today)
}

// order lists the IDs of the goals as the list shows them.
func (s *Screen) order(c *ui.Context) []string {
	var out []string
	for _, g := range profile.ByStatus(c.Profile.Goals) {
		if !g.Status.Ended() || s.showClosed || g.ID == s.goal {
			out = append(out, g.ID)
		}
	}
	return out
}

// nextGoal is the goal to go on to: the next one under way that has something to do, or else just the next one under
// way.
func nextGoal(from profile.Goal, order []string, c *ui.Context) (next profile.Goal) {
	at := slices.Index(order, from.ID)
	for i := range order {
		g, _ := c.Profile.Goal(order[(at+1+i)%len(order)])
		switch {
		case g.ID == from.ID || g.Status != profile.GoalActive:
		case !pathOf(g, c).Done():
			return g
		case next.ID == "":
			next = g
		}
	}
	return next
}

// resumeAt is the row of a page where the learner should go on, and the part to unfold: what is overdue, else the first
// part that is not done, else what comes after all parts are done.
func (p goalPage) resumeAt(c *ui.Context) (item, open string) {
	g, last := p.goal, p.next.ID == ""
	switch {
	case g.Status == profile.GoalParked && c.Profile.HasRoom(), g.Status.Ended() && last:
		return itemReopen, ""
	case g.Status.Ended():
		return itemNext, ""
	}
	for _, a := range sorted(g.Actions, c.Today) {
		if a.Overdue(c.Today) {
			return itemAction + a.ID, itemAct
		}
	}
	for i, part := range parts {
		if !p.steps[i].Done {
			return part, part
		}
	}
	switch {
	case g.Status != profile.GoalActive:
		return itemAct, itemAct
	case keepOffered(c):
		return itemKeep, itemAct
	case last:
		return itemAdd, itemAct
	}
	return itemNext, itemAct
}

// missing is the first letter of SMART that is not met, or the zero letter.
func (p goalPage) missing() plan.Letter {
	l, _ := lists.First(p.smart, func(l plan.Letter) bool { return !l.OK })
	return l
}

func goalSign(s profile.GoalStatus) page.Sign {
	return map[profile.GoalStatus]page.Sign{
		profile.GoalActive: page.Open, profile.GoalParked: page.Waiting, profile.GoalDone: page.Done,
		profile.GoalDropped: page.Over,
	}[s]
}

// goalFacts say when a goal is due, and how many of its actions are open and overdue; or how it ended. Late says
// whether anything is overdue.
func goalFacts(g profile.Goal, today calendar.Date) (facts []string, late bool) {
	facts, late = whenFacts(g, today)
	switch {
	case g.Status != profile.GoalActive:
		return facts, late
	case len(g.Actions) == 0:
		return append(facts, "no actions yet"), late
	}
	open := g.OpenActions()
	overdue := lists.Count(open, func(a profile.Action) bool { return a.Overdue(today) })
	return append(facts, plan.OpenInWords(len(open), overdue)), late || overdue > 0
}

// whenFacts say when a goal is due, or when and why it was parked or ended.
func whenFacts(g profile.Goal, today calendar.Date) (facts []string, late bool) {
	if g.Status != profile.GoalActive {
		return words.Given(g.Closed.Near(today), g.Note.Line()), false
	}
	due, late := dueFact(g.Due, today)
	return words.Given(due), late
}

func dueFact(due, today calendar.Date) (says string, late bool) {
	return plan.DueWords(due, today), !due.IsZero() && due.Before(today)
}

// codes names the KSBs of a goal in little room: the first two, and how many more.
func codes(ksbs []string) string {
	const most = 2
	says := strings.Join(ksbs[:min(len(ksbs), most)], ", ")
	if more := len(ksbs) - most; more > 0 {
		says += fmt.Sprintf(" +%d", more)
	}
	return says
}

// keepOffered says whether to offer to keep this work as evidence: once all parts of one goal are done, until it is
// kept.
func keepOffered(c *ui.Context) bool {
	_, kept := plan.KeptIn(c.Profile)
	return !kept && len(practised(c)) > 0 &&
		slices.ContainsFunc(c.Profile.Goals, func(g profile.Goal) bool { return pathOf(g, c).Done() })
}

// practised are the KSBs that the learner has practised by planning.
func practised(c *ui.Context) []string { return plan.Practised(c.Profile, c.Standard) }

// Indents, in cells: of what is inside a part, and of the paragraphs of a proposal.
const (
	bodyIndent     = 5
	proposalIndent = 3
)

// drawing is a page while it is being laid out, from top to bottom.
type drawing struct {
	*page.Flow
	s *Screen
	c *ui.Context
	p goalPage
}

func (s *Screen) flow(c *ui.Context) *page.Flow {
	w := c.Size.W
	if c.Size.Wide {
		w -= listWidth(c) + barW
	}
	d := drawing{Flow: &page.Flow{Theme: c.Theme, W: max(w, 1), In: 1, Open: s.open}, s: s, c: c}
	switch g, ok := c.Profile.Goal(s.goal); {
	case ok:
		d.p = s.page(g, c)
		d.goal()
	case s.goal == "" && s.proposal != nil:
		d.proposal(*s.proposal)
	default:
		d.about()
	}
	return d.Flow
}

// space is an empty line where there is room.
func (d drawing) space() {
	if roomy(d.c) {
		d.Gap()
	}
}

// labels writes texts after their labels; labelled has a label and a text in turn.
func (d drawing) labels(indent int, labelled ...string) {
	for x := range slices.Chunk(labelled, 2) {
		d.Labelled(indent, x[0], x[1])
	}
}

func (d drawing) head(indent int, text string) { d.Para(page.None, indent, text, d.Theme.Title.Render) }

func (d drawing) para(indent int, text string) { d.Para(page.None, indent, text, d.Theme.Plain.Render) }

// about is what a wide terminal shows for a row that has no page.
func (d drawing) about() {
	_, rows := d.s.list(d.c)
	if r, _ := d.s.listCursor.Chosen(rows); r.Key == itemKeep {
		d.para(1, keepAdvice(practised(d.c)))
		return
	}
	d.head(1, "How a goal is worked here")
	d.Gap()
	d.labels(1, "Reflect", pathReflect, "Appraise", pathAppraise, "Act", pathAct)
}

func (d drawing) goal() {
	g := d.p.goal
	d.head(1, g.Text.Line())
	d.ksbLines(g.KSBs, g.Text.Line())
	facts, late := whenFacts(g, d.c.Today)
	if g.Status == profile.GoalActive && !g.Set.IsZero() {
		facts = append(facts, "set "+g.Set.Near(d.c.Today))
	}
	facts = append([]string{g.Status.Words()}, facts...)
	d.Facts(page.None, 1, goalSign(g.Status).Draw(d.Theme), facts, lateStyle(late, d.Theme).Render)
	d.space()
	if g.Status != profile.GoalActive {
		r := page.Row{Key: itemReopen, Name: "Take it up again", Does: "take the goal up again"}
		r.Enter = goalNow(g.ID, d.s.reopen)
		if !d.c.Profile.HasRoom() {
			r.Does = "see why it waits"
		}
		d.Wrapped(r, d.Theme.Glyphs.Unfold+" ")
		d.space()
	}
	d.part(0, d.s.askReflect, d.reflect)
	d.part(1, d.s.askTheory, d.appraise)
	d.part(2, d.s.askMissing, d.act)
	d.space()
	d.after()
	if tall(d.c) {
		d.Gap()
	}
	d.coach(g.KSBs)
}

// ksbLines name the KSBs and the level of each. A title that the goal begins with is not repeated.
func (d drawing) ksbLines(ksbs []string, goal string) {
	for _, id := range ksbs {
		facts := []string{id}
		if title := d.c.Title(id); !strings.HasPrefix(goal, title) {
			facts = []string{id + " " + title}
		}
		if r, ok := d.c.Report.Row(id); ok {
			facts = append(facts, r.AgainstTarget(d.c.Today))
		}
		d.Facts(page.None, 1, "", facts, d.Theme.Plain.Render)
	}
}

// part is a part of the page and, if it is unfolded, what is inside. Enter unfolds it if there is something to read
// inside, and otherwise asks for what is to be done.
func (d drawing) part(n int, ask func(profile.Goal, *ui.Context) []ui.Ask, inside func()) {
	step, item := d.p.steps[n], parts[n]
	says, room := step.Says, max(d.W-20, 1)
	if item == itemAct && step.Done && d.p.missing().Letter == "" && !tall(d.c) {
		if more := says + "; SMART: nothing is missing"; widget.Width(more) <= room {
			says = more
		}
	}
	r := page.Row{Key: item, Sign: stepSign(step.Done), Name: step.Name, Says: []string{step.Says}, Does: d.hint(n)}
	r.Enter = goalNow(d.p.goal.ID, ask)
	if d.s.open != item && (step.Done || item == itemAct) {
		r.Enter = d.s.unfolding(item)
	}
	says = d.Theme.Faint.Render(widget.Pad(step.KSB, 5)) + d.Short(says, room)
	d.Row(r, r.Sign.Draw(d.Theme)+" ", widget.Pad(step.Name, 10), says)
	if d.s.open == item {
		inside()
		d.space()
	}
}

// hint says what Enter does on a part.
func (d drawing) hint(n int) string {
	open, done, missing := d.s.open == parts[n], d.p.steps[n].Done, d.p.missing().Says
	_, begun := plan.ReflectionOf(d.c.Profile, d.p.goal.ID)
	switch item := parts[n]; {
	case item == itemReflect && done && open:
		return "change it, go deeper, or reflect again"
	case item == itemReflect && done:
		return "read your reflection"
	case item == itemReflect && begun:
		return "finish your reflection: what it means for patients"
	case item == itemReflect:
		return "reflect on it; a few lines, about two minutes"
	case item == itemAppraise && !done:
		return "say why this goal, in the terms of a theory; one line"
	case item == itemAppraise && !open:
		return "see the theory behind your reason"
	case item == itemAppraise:
		return "change the reason or the theory"
	case !open:
		return "see the actions"
	case missing != "" && len(d.p.goal.Actions) == 0:
		return "add a first action"
	}
	return cmp.Or(missing, "add an action")
}

func (d drawing) reflect() {
	r, begun := plan.ReflectionOf(d.c.Profile, d.p.goal.ID)
	if !begun {
		d.para(bodyIndent, "What is the story behind this goal? A few lines in a model that you choose, and what it "+
			"means for patients.")
		if e := d.s.firstEntry(d.p.goal.KSBs); e != nil {
			d.Labelled(bodyIndent, "To start", promptOf(e, d.c))
			if roomy(d.c) {
				d.Labelled(bodyIndent, "Patients", e.Patients)
			}
		}
		return
	}
	m, _ := d.c.Library.Reflection().Model(r.Model)
	for _, a := range r.Answers {
		name := safetext.Line(a.Step) // the file may have a step that the model does not know
		if i := slices.IndexFunc(m.Steps, func(x coaching.Step) bool { return x.ID == a.Step }); i >= 0 {
			name = m.Steps[i].Name
		}
		d.Put(page.None, page.Spaces(bodyIndent)+d.Theme.Title.Render(d.Short(name, d.W-bodyIndent)))
		d.para(bodyIndent+2, a.Text.String())
	}
	d.Para(page.None, bodyIndent, "d asks how deep it goes", d.Theme.Faint.Render)
}

func (d drawing) appraise() {
	g := d.p.goal
	d.labels(bodyIndent, "Figures", d.firstLevel(g), "Because", g.Why.Line())
	t, known := d.c.Library.Appraisal().Theory(g.Theory)
	if !known {
		d.para(bodyIndent, "Why this goal? Choose a theory that fits: it gives your reason words that an appraiser "+
			"knows.")
		return
	}
	d.labels(bodyIndent, "Theory", t.Name+": "+t.Says, "Here", t.Here, "Number", t.Number, "Limit", t.Limit, "Source",
		source(t))
	for _, r := range d.c.Library.ReadingsOn(d.c.Standard.Reference, t.ID) {
		d.Labelled(bodyIndent, "Read", r.Cite)
	}
}

// firstLevel says how large the gap is for the first of the goal's KSBs that has a level.
func (d drawing) firstLevel(g profile.Goal) string {
	for _, id := range g.KSBs {
		if r, ok := d.c.Report.Row(id); ok && r.Rated && !r.NoOpportunity() {
			return id + ": " + strings.Join(d.c.Report.Reasons(r), ", ")
		}
	}
	return ""
}

// smart is the SMART check: a line for each letter that is missing, and for the others too if there is room; otherwise
// one line names those.
func (d drawing) smart() {
	var met []string
	for _, l := range d.p.smart {
		if l.OK && !tall(d.c) {
			met = append(met, l.Name)
		}
	}
	if n := len(met); n > 0 && n < len(d.p.smart) {
		d.Hang(page.None, bodyIndent, page.Done.Draw(d.Theme)+" "+widget.Pad("there", 8), strings.Join(met, ", "))
	}
	for _, l := range d.p.smart {
		if l.OK && !tall(d.c) {
			continue
		}
		before := stepSign(l.OK).Draw(d.Theme) + " " + widget.Pad(lists.Pick(l.OK, "there", "missing"), 8)
		d.Hang(page.None, bodyIndent, before, l.Letter+" "+l.Name+": "+l.Says)
	}
}

// coach is a row for the coaching of the KSBs and, if it is unfolded or there is room, the coaching itself.
func (d drawing) coach(ksbs []string) {
	open := d.s.open == itemCoach || tall(d.c)
	says := notWritten
	if e := d.s.firstEntry(ksbs); e != nil && open {
		says = "for " + codes(ksbs)
	} else if e != nil {
		says = e.Support
	}
	r := page.Row{Key: itemCoach, Name: "Coaching", Says: []string{says}}
	r.Does, r.Enter = "see what to ask for, and what would show it", d.s.unfolding(itemCoach)
	switch {
	case tall(d.c):
		r.Does, r.Enter = "read all the coaching", d.s.coach
	case open:
		r.Does = "fold the coaching"
	}
	d.Row(r, "  ", widget.Pad(r.Name, 10), d.Short(says, d.W-15))
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
		d.labels(bodyIndent, "Patients", e.Patients, "Support", e.Support, "Scope", e.Scope)
		label := "Evidence"
		for _, x := range e.Evidence {
			d.Labelled(bodyIndent, label, x.Sentence())
			label = ""
		}
		d.space()
	}
}

// after leads on when this goal is done: to keeping this work as evidence, and to the next goal.
func (d drawing) after() {
	if keepOffered(d.c) {
		d.Wrapped(d.s.keepRow(d.c), d.Theme.Glyphs.Unfold+" ")
	}
	if next := d.p.next; next.ID != "" {
		r := page.Row{Key: itemNext, Name: "Next goal: " + codes(next.KSBs) + " " + next.Text.Line()}
		r.Does = "on to the next goal, " + codes(next.KSBs)
		r.Enter = ui.Just(func(c *ui.Context) { d.s.showGoal(next.ID, c) })
		d.Row(r, "  ", d.Short(r.Name, d.W-bodyIndent), "")
	}
}

// proposal is the page of a suggestion that is not a goal yet.
func (d drawing) proposal(x plan.Suggestion) {
	t := d.Theme
	d.head(1, x.Goal)
	d.ksbLines(x.KSBs, x.Goal)
	facts := []string{"suggested, not a goal yet", "would be due " + x.Due.Near(d.c.Today)}
	d.Facts(page.None, 1, page.Waiting.Draw(t), facts, t.Faint.Render)
	d.space()
	r := page.Row{
		Key: itemTake, Name: "Take it up as a goal", Does: "take it up as a goal, " + comesWith(x),
		Enter: d.s.taking(x),
	}
	if !d.c.Profile.HasRoom() {
		r.Does = "keep it as a goal, parked until there is room"
	}
	d.Wrapped(r, d.Theme.Glyphs.Unfold+" ")
	d.space()
	d.para(proposalIndent, x.Because())
	if b := x.Bundle; b != nil {
		time := "about " + words.Count(b.Hours, "hour", "hours") + "; " + b.OffJob.Says()
		d.labels(proposalIndent, "What", b.About, "Here", d.s.inField, "Time", time, "Agree", b.Agree,
			"Leaves", b.Leaves)
	}
	if !x.Written {
		d.para(proposalIndent, notWritten+" The goal starts without actions; you write your own.")
	}
	for i, a := range x.Actions {
		if i == 0 {
			head := lists.Pick(x.Bundle != nil, "Its steps, which become actions", "Actions that come with it")
			d.head(proposalIndent, head)
		}
		d.Hang(page.None, bodyIndent, t.Glyphs.Open+" ", a.Text.Line())
		facts := []string{string(a.Sort), a.Takes(), "with: " + a.Who.Line(), "shows: " + a.Shows.Line()}
		d.Facts(page.None, bodyIndent+2, "", facts, t.Faint.Render)
	}
	for i, m := range x.Moves {
		if i == 0 {
			d.head(proposalIndent, "What shows the step up")
		}
		d.Labelled(bodyIndent, m.KSB+" to "+m.To.String(), m.Proof)
	}
	d.space()
	d.coach(x.KSBs)
}
