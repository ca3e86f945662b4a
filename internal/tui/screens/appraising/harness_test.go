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

// desk is a desk with this screen.
type desk struct{ *uitest.Desk[*Screen] }

func newDesk(tb testing.TB, c *ui.Context) *desk {
	tb.Helper()
	return &desk{uitest.NewDesk(tb, New(), c, ui.Go{})}
}

// key is that of the row under the cursor.
func (d *desk) key() string { return d.S.chosen(d.C).Key }

// at is its number.
func (d *desk) at() int { return d.S.at[d.S.tab].At(d.S.rows(d.C)) }

// goTo puts the cursor on the first row with a key that begins so, by pressing the arrow keys.
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
