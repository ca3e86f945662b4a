// Package home is the first screen: where am I, what is next, what is late, in one glance. Enter takes the next step.
package home

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/lazy"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/tui/page"
	"github.com/ksbcoach/ksbcoach/internal/tui/theme"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// Screen is the Home screen. Its cursor stands on the next step, on a duty, or on an action that is due.
type Screen struct {
	cursor int // 0 is the next step, 1 the first duty; behind the duties the actions that are due
	kept   kept
}

// New makes the screen.
func New() *Screen { return &Screen{} }

// keySet is the keys of the screen.
type keySet struct {
	enter, up, down, top, bottom, due, copies, undo, quit            key.Binding
	rate, gaps, plan, evidence, appraisal, progress, details, mentor key.Binding
}

var keyring = lazy.Value[*keySet]{Make: func() *keySet {
	return &keySet{
		enter:     ui.Bind("enter", "take the step, rate the duty or open the action", "enter"),
		up:        ui.Bind("↑", "up", "up", "k"),
		down:      ui.Bind("↓", "down", "down", "j"),
		top:       ui.Bind("home", "the next step", "home"),
		bottom:    ui.Bind("end", "the last row", "end"),
		rate:      ui.Bind("r", "rate", "r"),
		gaps:      ui.Bind("g", "gaps", "g"),
		plan:      ui.Bind("p", "plan", "p"),
		evidence:  ui.Bind("e", "evidence", "e"),
		appraisal: ui.Bind("a", "appraisal", "a"),
		progress:  ui.Bind("t", "progress", "t"),
		details:   ui.Bind("d", "details", "d"),
		mentor:    ui.Bind("b", "my mentor rates", "b"),
		due:       ui.Bind("o", "open what is due", "o"),
		copies:    ui.Bind("c", "look into a copy", "c"),
		undo:      ui.Bind("u", "undo", "u"),
		quit:      ui.Bind("q", "leave", "q"),
	}
}}

func keys() *keySet { return keyring.Get() }

// Keys are the bindings of the screen. Enter goes to what is pointed at and stands beside the next step, so that the
// footer has room for every other screen and stays as it is when the cursor moves.
func (s *Screen) Keys(*ui.Context) ui.Keys {
	return ui.Keys{
		Footer: []key.Binding{
			keys().rate, keys().gaps, keys().plan, keys().appraisal, keys().evidence, keys().progress, keys().details, keys().mentor,
		},
		Always: []key.Binding{keys().quit},
		More:   []key.Binding{keys().enter, keys().up, keys().down, keys().top, keys().bottom, keys().due, keys().copies, keys().undo},
	}
}

// Help says what the screen is for.
func (s *Screen) Help() string {
	return "One glance at where you are. The first line is the one thing that makes most sense next; Enter does it.\n" +
		"Below are the duties: how many KSBs are behind where this month should be, how far each duty is rated, and " +
		"how many of its KSBs are at level 0, 1, 2, 3 and 4.\nA behaviour counts in every duty that it stands in, once " +
		"you have rated something there.\nEnter on a duty rates there.\nThen come the actions and goals that are past their day or due within a week: Enter opens one, and o all of them.\nc looks into a copy of the profile that a sync program left beside it."
}

// Glyphs are the signs of the screen.
func (s *Screen) Glyphs(t *theme.Theme) []ui.Glyph { return page.Glyphs(t, page.Late) }

// Update handles a key or a message.
func (s *Screen) Update(msg tea.Msg, c *ui.Context) []ui.Ask {
	switch msg := msg.(type) {
	case ui.RowMsg:
		s.cursor = msg.Index
		return s.enter(c)
	case ui.WheelMsg:
		s.move(msg.Lines, c)
	case tea.KeyPressMsg:
		return s.press(msg, c)
	}
	return nil
}

func (s *Screen) press(msg tea.KeyPressMsg, c *ui.Context) []ui.Ask {
	switch {
	case key.Matches(msg, keys().enter):
		return s.enter(c)
	case key.Matches(msg, keys().up):
		s.move(-1, c)
	case key.Matches(msg, keys().down):
		s.move(1, c)
	case key.Matches(msg, keys().top):
		s.cursor = 0
	case key.Matches(msg, keys().bottom):
		s.move(1<<20, c)
	case key.Matches(msg, keys().rate):
		return ui.Asks(ui.Go{To: ui.Rate})
	case key.Matches(msg, keys().gaps):
		return ui.Asks(ui.Go{To: ui.Gaps})
	case key.Matches(msg, keys().plan):
		return ui.Asks(ui.Go{To: ui.Plan})
	case key.Matches(msg, keys().evidence):
		return ui.Asks(ui.Go{To: ui.Evidence})
	case key.Matches(msg, keys().appraisal):
		return ui.Asks(ui.Go{To: ui.Appraisal})
	case key.Matches(msg, keys().progress):
		return ui.Asks(ui.Go{To: ui.Progress})
	case key.Matches(msg, keys().mentor):
		return ui.Asks(ui.Go{To: ui.Mentor})
	case key.Matches(msg, keys().details):
		fields := func() *coaching.Fields { return c.Library.Fields(c.Standard.Reference) }
		return ui.Asks(ui.Edit{Form: details(c.Profile, c.Today, fields), Then: keepDetails})
	case key.Matches(msg, keys().due):
		return openDue(c)
	case key.Matches(msg, keys().copies):
		return ui.Asks(ui.Copies{})
	case key.Matches(msg, keys().undo):
		return ui.Asks(ui.Undo{})
	case key.Matches(msg, keys().quit):
		return ui.Asks(ui.Quit{})
	}
	return nil
}

func keepDetails(v ui.Values, c *ui.Context) []ui.Ask {
	change := profile.SetLearner{Learner: Learner(v), Today: c.Today}
	return ui.Asks(ui.Do{Change: change, Then: ui.Saying("Your details are kept.")})
}

func (s *Screen) move(n int, c *ui.Context) {
	last := s.lastRow(c)
	s.cursor = max(min(min(s.cursor, last)+n, last), 0)
}

// lastRow is the last row that there is room for, where the cursor stands too when it was further down.
func (s *Screen) lastRow(c *ui.Context) int {
	m := s.model(c)
	return len(m.duties) + layOut(c, m).dueRows
}

// openDue opens what is due, or offers all of it.
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
		ask.Options = append(ask.Options, ui.Option{
			Text: x.Text.Line(), Says: plan.DueWords(x.Due, c.Today), Then: ui.Asking(toDue(x)),
		})
	}
	return ui.Asks(ask)
}

// toDue leads to an action or to a goal as a whole.
func toDue(x profile.Dated) ui.Go {
	if x.Action != "" {
		return ui.Go{To: ui.Plan, Action: x.Action}
	}
	return ui.Go{To: ui.Plan, Goal: x.Goal}
}

func (s *Screen) enter(c *ui.Context) []ui.Ask {
	duties := c.Standard.Duties
	switch at := min(s.cursor, s.lastRow(c)); {
	case at > len(duties):
		due, _ := c.Profile.DueSoon(c.Today)
		return ui.Asks(toDue(due[at-len(duties)-1]))
	case at > 0:
		return ui.Asks(ui.Go{To: ui.Rate, KSB: c.Report.FirstUnrated(duties[at-1].KSBs)})
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

// details is the form for the learner's details. Fields are those that a role may name; they are read when one is typed.
func details(p profile.Profile, today calendar.Date, fields func() *coaching.Fields) ui.Form {
	return ui.Form{
		Key: "details", Title: "Your details", Says: "Only the name is needed. Dates tell the program what is expected by now; you can add them later.", Send: "keep them",
		Fields: detailFields(p, today, fields), Together: datesInOrder,
	}
}

// Welcome is the form of the first run.
func Welcome(file string, today calendar.Date, fields func() *coaching.Fields) ui.Form {
	return ui.Form{
		Title: "Welcome to ksbcoach", Send: "start with Duty 1",
		Says: "You will rate yourself on every KSB (" + words.KSB + "), duty by duty, see where the gaps are, and make a plan. Everything stays in one " +
			"file on this computer: " + safetext.Line(file) + ". Only the name is needed; Enter goes past the rest.",
		Fields: detailFields(profile.Profile{}, today, fields), Together: datesInOrder,
	}
}

// datesInOrder checks that the gateway comes after the start.
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
	planned := func(d calendar.Date) error { return p.MayPlan(d, today) }
	passed := func(s string) string {
		d, err := calendar.Parse(s)
		says := p.Passed(d, today)
		if err != nil || says == "" {
			return ""
		}
		return says + " Mend it, or press Enter again to keep it."
	}
	span := func(stands calendar.Date) func(string) string {
		return ui.CheckDay(func(d calendar.Date) error {
			if d == stands {
				return nil
			}
			return profile.MaySpan(d, today)
		})
	}
	return []ui.Field{
		{ID: "name", Label: "Your name", Value: l.Name.Raw(), Need: true},
		{ID: "role", Label: "Role or specialism", Says: "such as cardiac physiology, audiology, clinical engineering", Value: l.Role.Raw(), Offer: offer},
		{ID: "start", Label: "Start of the programme", Value: l.Start.String(), Day: ui.PastDay, Check: span(l.Start)},
		{ID: "gateway", Label: "Planned gateway", Means: words.Gateway, Says: "empty means 36 months after the start", Value: l.Gateway.String(), Day: ui.FarDay, Check: span(l.Gateway)},
		{ID: "review", Label: "Next review or appraisal", Value: l.Review.String(), Day: ui.DueDay, Check: ui.CheckDay(planned), Doubt: passed},
	}
}

// Learner reads the details out of a form that was sent off. Dates were checked by the form.
func Learner(v ui.Values) profile.Learner {
	return profile.Learner{
		Name: v.Text("name"), Role: v.Text("role"), Start: v.Day("start"), Gateway: v.Day("gateway"), Review: v.Day("review"),
	}
}
