package planning

import (
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/uitest"
)

// An action gets the day that the menu promised before it was added.
func TestTheDayThatIsPromisedIsTheDayThatIsSet(t *testing.T) {
	c := uitest.Demo(80, 24)
	s := New()
	for _, g := range c.Profile.Goals {
		for _, ask := range s.askAction(g, c) {
			if menu, ok := ask.(ui.Choose); ok {
				due := dueFor(g, c).Near(c.Today)
				if !strings.Contains(menu.Says, "due "+due) {
					t.Errorf("%q does not say %s", menu.Says, due)
				}
				return
			}
		}
	}
	t.Fatal("no goal offers actions")
}
