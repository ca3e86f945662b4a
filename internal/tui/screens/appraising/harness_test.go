package appraising

import (
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/uitest"
)

// meeting is a learner in the middle of a review.
func meeting(c *ui.Context) *ui.Context {
	return uitest.With(c, profile.StartReview{ID: "v-1", On: c.Today, With: []safetext.Text{safetext.New("J. Ode")}})
}

// met is a learner whose review is closed.
func met(c *ui.Context) *ui.Context {
	c = meeting(c)
	r, _ := c.Profile.OpenReview()
	for _, a := range c.Profile.Unchecked(r) {
		c = uitest.With(c, profile.CheckAction{Review: r.ID, Action: a.ID, Outcome: profile.ActionDone})
	}
	return uitest.With(c, New().closing(false)(c)[0].(ui.Do).Change)
}

// desk is a learner at the Appraisal screen.
type desk struct{ *uitest.Desk[*Screen] }

func newDesk(tb testing.TB, c *ui.Context) *desk {
	tb.Helper()
	return &desk{uitest.NewDesk(tb, New(), c, ui.Go{})}
}

// key is the key of the row under the cursor.
func (d *desk) key() string { return d.S.chosen(d.C).Key }

// at is the index of the row under the cursor.
func (d *desk) at() int { return d.S.lists[d.S.tab].At(d.S.rows(d.C)) }

// goTo presses the arrow keys until the cursor is on the first row whose key begins so.
func (d *desk) goTo(key string) {
	d.TB.Helper()
	d.Press("home")
	for range 200 {
		if strings.HasPrefix(d.key(), key) {
			return
		}
		d.Press("down")
	}
	d.TB.Fatalf("no row %s on page %d", key, d.S.tab)
}
