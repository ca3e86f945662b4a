// Package home is the first screen: where am I, what is next, what is late, in one glance. Enter takes the next step.
package home

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/tui/page"
	"github.com/ksbcoach/ksbcoach/internal/tui/theme"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// Screen is the Home screen.
type Screen struct {
	cursor int // 0 is the next step, 1 the first duty; the actions that are due come after the last duty
	cache  cache
}

// New returns the Home screen as it first opens.
func New() *Screen { return &Screen{} }

func (s *Screen) Keys(*ui.Context) ui.Keys { return s.board().Keys }

// board leaves Enter out of the footer: the page shows it at the end of the next step. So the footer has room for the
// keys of all the other screens, and does not change when the cursor moves.
func (s *Screen) board() *ui.Board {
	var b ui.Board
	b.Foot("", ui.Bind("r", "rate", "r"), ui.Going(ui.Rate))
	b.Foot("", ui.Bind("g", "gaps", "g"), ui.Going(ui.Gaps))
	b.Foot("", ui.Bind("p", "plan", "p"), ui.Going(ui.Plan))
	b.Foot("", ui.Bind("a", "appraisal", "a"), ui.Going(ui.Appraisal))
	b.Foot("", ui.Bind("e", "evidence", "e"), ui.Going(ui.Evidence))
	b.Foot("", ui.Bind("t", "progress", "t"), ui.Going(ui.Progress))
	b.Foot("", ui.Bind("d", "details", "d"), askDetails)
	b.Foot("", ui.Bind("b", "my mentor rates", "b"), ui.Going(ui.Mentor))
	b.Tell(ui.Bind("enter", "take the step, rate the duty or open the action", "enter"), s.enter)
	b.Tell(ui.Bind("↑", "up", "up", "k"), s.moving(-1))
	b.Tell(ui.Bind("↓", "down", "down", "j"), s.moving(1))
	b.Tell(ui.Bind("home", "the next step", "home"), s.moving(-1<<20))
	b.Tell(ui.Bind("end", "the last row", "end"), s.moving(1<<20))
	b.Tell(ui.Bind("o", "open what is due", "o"), openDue)
	b.Tell(ui.Bind("c", "look into a copy", "c"), ui.Asking(ui.Copies{}))
	b.Undo(false)
	quit := ui.Bind("q", "leave", "q")
	b.Always = []key.Binding{quit}
	b.Hide(quit, ui.Asking(ui.Quit{}))
	return &b
}

func (s *Screen) Help() string {
	return "One glance at where you are. The first line is the one thing that makes most sense next; Enter does it.\n" +
		"Below are the duties: how many KSBs are behind where this month should be, how far each duty is rated, and " +
		"how many of its KSBs are at level 0, 1, 2, 3 and 4.\nA behaviour counts in every duty that needs it, once " +
		"you have rated something there.\nEnter on a duty rates there.\nThen come the actions and goals that are " +
		"overdue or due within a week: Enter opens one, and o lets you choose.\nc looks into a copy of the profile " +
		"that a sync program left next to it."
}

func (s *Screen) Glyphs(t *theme.Theme) []ui.Glyph { return page.Glyphs(t, page.Late) }

func (s *Screen) Update(msg tea.Msg, c *ui.Context) []ui.Ask {
	switch msg := msg.(type) {
	case ui.RowMsg:
		s.cursor = msg.Index
		return s.enter(c)
	case ui.WheelMsg:
		s.move(msg.Lines, c)
	case tea.KeyPressMsg:
		return s.board().Press(msg, c)
	}
	return nil
}

func askDetails(c *ui.Context) []ui.Ask {
	fields := func() *coaching.Fields { return c.Library.Fields(c.Standard.Reference) }
	keep := func(v ui.Values, c *ui.Context) []ui.Ask {
		change := profile.SetLearner{Learner: Learner(v), Today: c.Today}
		return ui.Asks(ui.Do{Change: change, Then: ui.Saying("Your details are kept.")})
	}
	return ui.Asks(ui.Edit{Form: details(c.Profile, c.Today, fields), Then: keep})
}

func (s *Screen) moving(by int) ui.Then { return ui.Just(func(c *ui.Context) { s.move(by, c) }) }

func (s *Screen) move(by int, c *ui.Context) {
	last := s.lastRow(c)
	s.cursor = max(min(min(s.cursor, last)+by, last), 0)
}

// lastRow is the last row that there is room for. A cursor left below it counts as being on it.
func (s *Screen) lastRow(c *ui.Context) int {
	m := s.model(c)
	return len(m.duties) + layOut(c, m).dueRows
}

const nothingDue = "Nothing is overdue or due this week. p shows your plan."

// openDue opens the one thing that is due, or offers a choice of several.
func openDue(c *ui.Context) []ui.Ask {
	due, past := c.Profile.DueSoon(c.Today)
	switch len(due) {
	case 0:
		return ui.Asks(ui.Say{Text: nothingDue})
	case 1:
		return ui.Asks(toDue(due[0]))
	}
	ask := ui.Choose{Title: "Open which one?", Says: strings.Join(dueSays(due, past), ", ") + "."}
	for _, x := range due {
		o := ui.Option{Text: x.Text.Line(), Says: plan.DueWords(x.Due, c.Today), Then: ui.Asking(toDue(x))}
		ask.Options = append(ask.Options, o)
	}
	return ui.Asks(ask)
}

// toDue goes to the action that is due, or to the goal where the goal itself is due.
func toDue(x profile.DueItem) ui.Go {
	if x.Action != "" {
		return ui.Go{To: ui.Plan, Action: x.Action}
	}
	return ui.Go{To: ui.Plan, Goal: x.Goal}
}

func (s *Screen) enter(c *ui.Context) []ui.Ask {
	duties := c.Standard.Duties
	switch row := min(s.cursor, s.lastRow(c)); {
	case row > len(duties):
		due, _ := c.Profile.DueSoon(c.Today)
		return ui.Asks(toDue(due[row-len(duties)-1]))
	case row > 0:
		return ui.Asks(ui.Go{To: ui.Rate, KSB: c.Report.FirstUnrated(duties[row-1].KSBs)})
	}
	next := Next(c)
	switch next.Kind {
	case plan.NextRate:
		return ui.Asks(ui.Go{To: ui.Rate, KSB: next.KSB, Forward: next.Due > 0})
	case plan.NextGoals:
		return ui.Asks(ui.Go{To: ui.Gaps})
	case plan.NextReview, plan.NextGateway:
		return ui.Asks(ui.Go{To: ui.Appraisal})
	case plan.NextAction:
		if next.Action == "" {
			return ui.Asks(ui.Go{To: ui.Plan, Goal: next.Goal})
		}
		return ui.Asks(ui.Go{To: ui.Plan, KSB: next.KSB, Action: next.Action})
	case plan.NextExample:
		return ui.Asks(ui.Go{To: ui.KSB, KSB: next.KSB})
	}
	return ui.Asks(ui.Go{To: ui.Rate})
}

// details is the form for the learner's details. The specialisms that a role may name take time to read, so fields
// fetches them only once something is typed.
func details(p profile.Profile, today calendar.Date, fields func() *coaching.Fields) ui.Form {
	return ui.Form{
		Key: "details", Title: "Your details",
		Says:   "Only the name is needed. Dates tell the program what is expected by now; you can add them later.",
		Send:   "keep them",
		Fields: detailFields(p, today, fields), Together: datesInOrder,
	}
}

// Welcome is the form that a new learner fills in first; file is where their profile will be saved. For fields see
// details.
func Welcome(file string, today calendar.Date, fields func() *coaching.Fields) ui.Form {
	return ui.Form{
		Title: "Welcome to ksbcoach", Send: "start with Duty 1",
		Says: "You will rate yourself on every KSB (" + words.KSB +
			"), duty by duty, see where the gaps are, and make a plan. Everything stays in one file on this " +
			"computer: " + safetext.Line(file) + ". Only the name is needed; Enter goes past the rest.",
		Fields: detailFields(profile.Profile{}, today, fields), Together: datesInOrder,
	}
}

func datesInOrder(v ui.Values) (field, says string) {
	if l := Learner(v); !l.Start.IsZero() && !l.Gateway.IsZero() && !l.Gateway.After(l.Start) {
		return "gateway", "the gateway must come after the start"
	}
	return "", ""
}

func detailFields(p profile.Profile, today calendar.Date, fields func() *coaching.Fields) []ui.Field {
	offer := func(typed string) ui.Offer {
		if strings.TrimSpace(typed) == "" {
			return ui.Offer{}
		}
		meant, names := fields().Offer(typed)
		if meant != "" {
			meant = "understood as " + meant
		}
		return ui.Offer{Meant: meant, Names: names}
	}
	l := p.Learner
	mayPlan := func(d calendar.Date) error { return p.MayPlan(d, today) }
	doubtPast := func(s string) string {
		d, err := calendar.Parse(s)
		says := p.AskIfPast(d, today)
		if err != nil || says == "" {
			return ""
		}
		return says + " Change it, or press Enter again to keep it."
	}
	// A date that is in the record already is never refused, so that the other details can be changed.
	checkSpan := func(recorded calendar.Date) func(string) string {
		return ui.CheckDay(func(d calendar.Date) error {
			if d == recorded {
				return nil
			}
			return profile.MaySpan(d, today)
		})
	}
	return []ui.Field{
		{ID: "name", Label: "Your name", Value: l.Name.Raw(), Need: true},
		{
			ID: "role", Label: "Role or specialism",
			Says:  "such as cardiac physiology, audiology, clinical engineering",
			Value: l.Role.Raw(), Offer: offer,
		},
		{
			ID: "start", Label: "Start of the programme", Value: l.Start.String(), Day: ui.PastDay,
			Check: checkSpan(l.Start),
		},
		{
			ID: "gateway", Label: "Planned gateway", Means: words.Gateway,
			Says:  "empty means 36 months after the start",
			Value: l.Gateway.String(), Day: ui.FarDay, Check: checkSpan(l.Gateway),
		},
		{
			ID: "review", Label: "Next review or appraisal", Value: l.Review.String(), Day: ui.DueDay,
			Check: ui.CheckDay(mayPlan), Doubt: doubtPast,
		},
	}
}

// Learner is the learner's details as typed into details or Welcome. The form has checked the dates.
func Learner(v ui.Values) profile.Learner {
	return profile.Learner{
		Name: v.Text("name"), Role: v.Text("role"), Start: v.Day("start"), Gateway: v.Day("gateway"),
		Review: v.Day("review"),
	}
}
