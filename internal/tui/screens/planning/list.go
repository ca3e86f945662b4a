package planning

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/tui/page"
	"github.com/ksbcoach/ksbcoach/internal/tui/theme"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/widget"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// row is a row of the list: a goal, a suggestion, or something else to do.
type row struct {
	page.Row
	footer     string           // what Enter does, in a word or two for the footer
	goal       profile.Goal     // its ID is "" if the row is not a goal
	suggestion *plan.Suggestion // nil if the row is not a suggestion
}

type list struct {
	rows                  []row
	suggest               int  // the index of the first suggestion, or -1
	fresh                 bool // there are no goals and no ratings
	active, parked, ended int  // how many goals there are; ended ones may not be shown
}

func (s *Screen) list(c *ui.Context) (list, []page.Row) {
	l := list{suggest: -1, fresh: len(c.Profile.Goals) == 0 && c.Profile.Ratings() == 0}
	if l.fresh {
		l.rows = append(l.rows, row{footer: "rate", Row: page.Row{
			Key: itemRate, Name: "Rate yourself on Duty 1 first", Does: "start rating", Enter: ui.Going(ui.Rate),
			Says: []string{"Ten minutes. Then what is suggested here comes from your own gaps."},
		}})
	}
	count := map[profile.GoalStatus]int{}
	for _, g := range profile.ByStatus(c.Profile.Goals) {
		count[g.Status]++
		if s.showClosed || !g.Status.Ended() {
			l.rows = append(l.rows, s.goalRow(g, c))
		}
	}
	l.active, l.parked = count[profile.GoalActive], count[profile.GoalParked]
	l.ended = count[profile.GoalDone] + count[profile.GoalDropped]
	if keepOffered(c) {
		l.rows = append(l.rows, row{footer: "keep", Row: s.keepRow(c)})
	}
	if s.suggests(c) {
		if more := s.suggestionRows(c); len(more) > 0 {
			l.suggest, l.rows = len(l.rows), append(l.rows, more...)
		}
	}
	return l, lists.Each(l.rows, func(r row) page.Row { return r.Row })
}

func (s *Screen) keepRow(c *ui.Context) page.Row {
	name := "Keep this work as a reflective entry for " + strings.Join(practised(c), ", ")
	return page.Row{Key: itemKeep, Name: name, Does: "keep this work as a reflective entry", Enter: s.askKeep}
}

func goalKey(id string) string { return "g:" + id }

func (s *Screen) goalRow(g profile.Goal, c *ui.Context) row {
	r := row{footer: "open", goal: g, Row: page.Row{Key: goalKey(g.ID), Code: codes(g.KSBs), Name: g.Text.Line()}}
	if g.Status.Ended() {
		r.Does = "open this goal" // for other goals View adds what comes next on their page
	}
	r.Enter = ui.Just(func(c *ui.Context) {
		s.showGoal(g.ID, c)
		s.onPage, s.fromElsewhere = true, false
	})
	return r
}

// suggestionRows leave out KSBs that have a goal already. Projects come second, after the most pressing gap, so that
// they are seen without scrolling.
func (s *Screen) suggestionRows(c *ui.Context) []row {
	var out, projects []row
	for _, x := range s.suggestions {
		if x.Bundle != nil {
			projects = append(projects, s.projectRow(x))
			continue
		}
		code := x.KSBs[0]
		if _, taken := c.Profile.GoalFor(code); taken {
			continue
		}
		goal := words.Capital(strings.TrimPrefix(x.Goal, x.Title+": "))
		r := page.Row{Key: "s:" + code, Code: code, Name: x.Title, Says: words.Given(goal, x.Why)}
		r.Does = "take " + code + " up as a goal, " + comesWith(x)
		if !c.Profile.HasRoom() {
			r.Does = "keep " + code + " as a goal, parked for now"
		}
		r.Enter = s.taking(x)
		out = append(out, row{Row: r, footer: "take it up", suggestion: &x})
	}
	return slices.Insert(out, min(len(out), 1), projects...)
}

// projectRow leads to the page of a project. A project means hours of work, so learners see its steps before they take
// it up.
func (s *Screen) projectRow(x plan.Suggestion) row {
	r := page.Row{Key: "b:" + x.Bundle.ID, Code: words.Count(len(x.KSBs), "KSB", "KSBs"), Name: "Project: " + x.Title}
	r.Says, r.Does = []string{x.Why}, "see the "+words.Count(len(x.Actions), "step", "steps")+" of this project"
	r.Enter = ui.Just(func(c *ui.Context) {
		s.showProposal(x, c)
		s.onPage, s.fromElsewhere = true, false
	})
	return row{Row: r, footer: "open", suggestion: &x}
}

func (s *Screen) listFlow(c *ui.Context) *page.Flow {
	l, _ := s.list(c)
	t := c.Theme
	d := &page.Flow{Theme: t, W: listWidth(c), In: 1}
	d.Para(page.None, 1, l.intro(), t.Plain.Render)
	d.Gap()
	if l.active >= profile.MaxInFlight {
		why := "Five are under way; more are parked, since effort spread thin finishes little."
		d.Para(page.None, 1, why, t.Faint.Render)
		d.Gap()
	}
	column := 0 // the width of the codes and the space after them
	for _, r := range l.rows {
		column = min(max(column, widget.Width(r.Code)+2), 14)
	}
	for i, r := range l.rows {
		if i == l.suggest {
			d.Put(page.None, " "+t.Title.Render(l.suggestedHead()))
			for _, says := range plan.Opening(c.Report) {
				d.Para(page.None, 3, says, t.Plain.Render)
			}
		}
		drawRow(d, r, column, c)
		if roomy(c) {
			d.Gap()
		}
	}
	for _, x := range l.outro(s.showClosed) {
		d.Para(page.None, 3, x, t.Faint.Render)
	}
	return d
}

func drawRow(d *page.Flow, r row, column int, c *ui.Context) {
	t := c.Theme
	if r.Code == "" {
		i := d.Wrapped(r.Row, map[string]string{itemKeep: t.Glyphs.Unfold + " "}[r.Key])
		for _, says := range r.Says {
			d.Para(i, d.Lead(), says, t.Faint.Render)
		}
		return
	}
	indent, n := d.Lead()+column, 2
	if tall(c) {
		n = 3
	}
	i := d.Behind(r.Row, "", widget.Pad(r.Code, column), page.Shorten(r.Name, max(d.W-indent, 1), n, t.Glyphs.Cut))
	for j, says := range r.Says {
		style := t.Faint
		if j == 0 {
			style = t.Plain
		}
		d.Para(i, indent, says, style.Render)
	}
	if r.goal.ID != "" {
		drawGoalState(d, i, r.goal, c)
	}
}

// drawGoalState adds the line below a goal's words: its facts and, where there is room, its path.
func drawGoalState(d *page.Flow, i int, g profile.Goal, c *ui.Context) {
	t, in := d.Theme, d.Lead()
	facts, late := goalFacts(g, c.Today)
	facts = append([]string{g.Status.Words()}, facts...)
	style := lateStyle(late, t)
	sign := goalSign(g.Status).Draw(t)
	if g.Status != profile.GoalActive {
		d.Facts(i, in, sign, facts, style.Render)
		return
	}
	line := sign + " " + style.Render(d.Short(joined(facts, t), d.W-in-2))
	steps := pathOf(g, c)
	step := func(x plan.Step) string { return stepSign(x.Done).Draw(t) + " " + x.Name }
	path := strings.Join(lists.Each(steps[:], step), "  ")
	oneLine := widget.Width(line)+widget.Width(path)+2 <= d.W-in
	if oneLine {
		line = widget.Spread(line, path, d.W-in, t.Glyphs.Cut)
	}
	d.Put(i, page.Spaces(in)+line)
	if !oneLine && roomy(c) && widget.Width(path) <= d.W-in-2 {
		d.Put(i, page.Spaces(in+2)+path)
	}
}

func lateStyle(late bool, t *theme.Theme) theme.Style {
	return lists.Pick(late, t.Behind, t.Faint)
}

func stepSign(done bool) page.Sign {
	return lists.Pick(done, page.Done, page.Open)
}

// barW is the cells between the panes of a wide terminal.
const barW = 3

func listWidth(c *ui.Context) int {
	if c.Size.Wide {
		return min(c.Size.W*42/100, 60)
	}
	return c.Size.W
}

func headHeight(c *ui.Context) int { return page.HeadOf(c.Size.H, 6, 15) }

func bodyHeight(c *ui.Context) int { return max(c.Size.H-headHeight(c), 1) }

// roomy says whether there is room for empty lines between the parts.
func roomy(c *ui.Context) bool { return c.Size.H >= 19 }

// tall says whether there is room to show what is otherwise folded.
func tall(c *ui.Context) bool { return c.Size.H >= 30 }

func (s *Screen) View(c *ui.Context) ui.Page {
	t, h, onPage := c.Theme, bodyHeight(c), s.onPage && s.hasPage(c)
	l, rows := s.list(c)
	out := ui.Page{Left: t.Title.Render("Plan"), Right: joined(l.counts(c.Size.Narrow), t)}
	if onPage && !c.Size.Wide {
		out.Left += " " + t.Glyphs.Sep + " " + s.pageName(c)
	}
	pageFlow := s.flow(c)
	next, _ := s.pageCursor.Chosen(pageFlow.Rows)
	does := next.Does
	if !onPage {
		r, _ := s.listCursor.Chosen(rows)
		does = cmp.Or(r.Does, "open it. Next: "+next.Does)
	}
	out.Body = append(out.Body, page.EnterLine(does, c), "")[:headHeight(c)]
	// The marker is only in the pane where the keys act.
	marker, from := t.Accent.Render(t.Glyphs.Marker), headHeight(c)
	switch {
	case !onPage:
		s.listCursor.Show(&out, s.listFlow(c), h, 0, marker)
		if c.Size.Wide {
			out.Side = &ui.Side{Lines: pageFlow.Lines(h), At: listWidth(c), From: from}
		}
	case c.Size.Wide:
		left := ui.Page{}
		s.listCursor.Show(&left, s.listFlow(c), h, 0, t.Faint.Render(t.Glyphs.Sep))
		s.pageCursor.Show(&out, pageFlow, h, listWidth(c)+barW, marker)
		both := widget.Beside(left.Body, out.Body[from:], listWidth(c), h, t.Glyphs.Bar)
		out.Body = append(out.Body[:from:from], both...)
	default:
		s.pageCursor.Show(&out, pageFlow, h, 0, marker)
	}
	out.CutTo(c.Size)
	return out
}

// hasPage says whether there is still something to show on the page: an undo may have removed the goal.
func (s *Screen) hasPage(c *ui.Context) bool {
	_, ok := c.Profile.Goal(s.goal)
	return ok || s.goal == "" && s.proposal != nil
}

func (s *Screen) pageName(c *ui.Context) string {
	if s.goal == "" {
		what := lists.Pick(s.proposal.Bundle != nil, "a project", "a goal")
		return what + " for " + codes(s.proposal.KSBs)
	}
	order := s.order(c)
	if i := slices.Index(order, s.goal); i >= 0 && len(order) > 1 {
		return fmt.Sprintf("goal %d of %d", i+1, len(order))
	}
	return "goal"
}

func joined(facts []string, t *theme.Theme) string { return strings.Join(facts, " "+t.Glyphs.Sep+" ") }
