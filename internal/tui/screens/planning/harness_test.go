package planning_test

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/tui/screens/planning"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/uitest"
)

// shown is a screen that was entered.
func shown(c *ui.Context, to ui.Go) *planning.Screen {
	to.To = ui.Plan
	return uitest.Shown(planning.New(), c, to)
}

func goal(id, text string, ksbs ...string) profile.Goal {
	return profile.Goal{ID: id, KSBs: ksbs, Text: safetext.New(text), Status: profile.GoalActive, Set: uitest.Today}
}

// full is the demo learner with five goals under way and one more that was parked.
func full(cols, rows int) *ui.Context {
	return uitest.With(uitest.Demo(cols, rows),
		profile.AddGoal{Goal: goal("g-own", "Write down the limits of one probe check each week", "K9")},
		profile.AddGoal{Goal: goal("g-second", "Teach one colleague the new form and ask for it back", "S9")},
		profile.AddGoal{Goal: goal("g-third", "Sit in on one audit meeting and bring back one question", "K25")})
}

// taken is the demo learner with one more goal, just made by hand.
func taken(cols, rows int) *ui.Context {
	return uitest.With(uitest.Demo(cols, rows), profile.AddGoal{Goal: goal("g-own", "Learn about probes", "K9")})
}

// desk is a learner at the Plan screen; losing a goal fails the test.
type desk struct{ *uitest.Desk[*planning.Screen] }

func newDesk(tb testing.TB, c *ui.Context, to ui.Go) *desk {
	tb.Helper()
	to.To = ui.Plan
	d := uitest.NewDesk(tb, planning.New(), c, to)
	d.Made = func(before, after profile.Profile) {
		if len(before.Goals) > len(after.Goals) {
			tb.Fatal("a goal was lost")
		}
	}
	return &desk{d}
}

// hint is the first line of the body, which says what Enter does.
func (d *desk) hint() string {
	return firstLine(d.S.View(d.C))
}

// page is the frame, without colours.
func (d *desk) page() string { return ansi.Strip(strings.Join(d.S.View(d.C).Body, "\n")) }
