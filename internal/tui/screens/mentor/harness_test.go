package mentor

import (
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/uitest"
)

// desk is a mentor at the Mentor screen.
type desk struct{ *uitest.Desk[*Screen] }

func newDesk(tb testing.TB, c *ui.Context) *desk {
	tb.Helper()
	return &desk{uitest.NewDesk(tb, New(), c, ui.Go{})}
}

// begin types a name, or chooses the first of the known ones.
func (d *desk) begin() {
	d.TB.Helper()
	d.Press("enter")
	if d.Menu != nil {
		d.Pick(0)
		return
	}
	d.FillFirst("J. Ode")
}

// somebodyElse types a name that is not among the known ones.
func (d *desk) somebodyElse(name string) {
	d.TB.Helper()
	if d.Menu != nil {
		d.Pick(len(d.Menu.Options) - 1)
	}
	d.FillFirst(name)
}

// look says that both are ready.
func (d *desk) look() {
	d.TB.Helper()
	d.Press("v")
	d.Pick(1)
}
