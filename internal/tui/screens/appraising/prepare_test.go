package appraising

import (
	"slices"
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/tui/page"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/uitest"
)

// The rows of every page have keys of their own, and each says what Enter does.
func TestRowsHaveKeysOfTheirOwn(t *testing.T) {
	for name, at := range who {
		for _, c := range []*ui.Context{at(uitest.Demo(80, 24)), at(uitest.Demo(120, 40)), at(uitest.Fresh(80, 24))} {
			for i := range tabs {
				s := shown(c)
				s.tab = i
				seen := map[string]bool{}
				for _, b := range s.blocks(c) {
					if b.Key == "" {
						continue
					}
					if seen[b.Key] || b.Does == "" || b.Name == "" {
						t.Errorf("%s, page %d: %+v", name, i, b)
					}
					seen[b.Key] = true
				}
				if len(seen) == 0 {
					t.Errorf("%s: page %d has nothing to choose", name, i)
				}
			}
		}
	}
}

func TestHeadSays(t *testing.T) {
	today := uitest.Today
	for due, want := range map[calendar.Date]string{
		{}: "no review date yet", today.AddDays(19): "review in 19 days, 11 Dec", today.AddDays(1): "review tomorrow", today: "review today",
		today.AddDays(-3): "review was due 3 days ago, 19 Nov",
	} {
		c := uitest.Fresh(80, 24)
		c.Profile.Learner.Review = due
		if got := headSays(c); got != want {
			t.Errorf("%s: %q, want %q", due, got, want)
		}
	}
	if got := headSays(meeting(uitest.Demo(80, 24))); got != "review of 22 Nov is open" {
		t.Error(got)
	}
}

func TestNextDay(t *testing.T) {
	c := uitest.Fresh(80, 24)
	r := profile.Review{On: calendar.Of(2026, 8, 1)}
	if got := c.Profile.ReviewAfter(r); got != calendar.Of(2026, 11, 30) {
		t.Errorf("three months after 1 August: %s", got)
	}
	r.Next = calendar.Of(2027, 1, 7)
	if got := c.Profile.ReviewAfter(r); got != r.Next {
		t.Errorf("set: %s", got)
	}
}

func TestToggled(t *testing.T) {
	r := profile.Review{ID: "v"}
	for _, x := range []struct{ part, want string }{
		{profile.ShareSupport, "support"}, {profile.ShareWellbeing, "wellbeing support"}, {profile.ShareSupport, "wellbeing"}, {profile.ShareWellbeing, ""},
	} {
		r.Share = *r.ToggleShare(x.part).Share
		if got := strings.Join(r.Share, " "); got != x.want {
			t.Errorf("%s: %q, want %q", x.part, got, x.want)
		}
	}
}

func TestChecksSayWhatBecameOfThem(t *testing.T) {
	c := meeting(uitest.Demo(80, 24))
	r, _ := c.Profile.OpenReview()
	id := c.Profile.Unchecked(r)[0].ID
	first := func() block {
		r, _ := c.Profile.OpenReview()
		all := shown(c).checkBlocks(c, r)
		return all[slices.IndexFunc(all, func(b block) bool { return b.Key == actionRow+id })]
	}
	if b := first(); b.Sign != page.Late || !strings.HasPrefix(b.Says[0], "was due ") {
		t.Errorf("overdue: %+v", b)
	}
	c = uitest.With(c, profile.SetActionStatus{ID: id, Status: profile.ActionDone, On: c.Today})
	c.Profile.Reviews = slices.Clone(c.Profile.Reviews)
	c.Profile.Reviews[len(c.Profile.Reviews)-1].Checked = r.Checked // as an older version or an editor leaves it
	if b := first(); b.Says[0] != "in your plan: done" {
		t.Errorf("closed in the plan: %+v", b)
	}
	c = uitest.With(c, profile.CheckAction{Review: r.ID, Action: id, Outcome: profile.ActionChanged, Reason: safetext.New("Two sessions instead")})
	if b := first(); b.Sign != page.Over || b.Says[0] != "changed: Two sessions instead" {
		t.Errorf("checked: %+v", b)
	}
}

func TestOrdinal(t *testing.T) {
	for n, want := range map[int]string{1: "first", 3: "third", 6: "sixth", 12: "12th", 0: "0th"} {
		if got := ordinal(n); got != want {
			t.Errorf("%d: %s", n, got)
		}
	}
}

// The day set for a review no longer matters once a review was held after it was set.
func TestADaySetBeforeTheLastReview(t *testing.T) {
	c := uitest.Fresh(80, 24)
	c.Profile.Learner.Review = calendar.Of(2026, 11, 3)
	if got := headSays(c); got != "review was due 19 days ago, 3 Nov" || len(lateBlock(c)) != 1 {
		t.Errorf("late: %q, %+v", got, lateBlock(c))
	}
	c.Profile.Reviews = []profile.Review{{ID: "r", On: calendar.Of(2026, 11, 10), Closed: calendar.Of(2026, 11, 10)}}
	if got := headSays(c); got != "review due by the end of February" || len(lateBlock(c)) != 0 {
		t.Errorf("held since: %q, %+v", got, lateBlock(c))
	}
}

// Prepare says that the mentor should rate before seeing the page, and offers no file before anything is rated.
func TestPrepareSaysWhenToHandItOn(t *testing.T) {
	for name, x := range map[string]struct {
		c    *ui.Context
		want bool
	}{"the sample learner": {uitest.Demo(80, 24), true}, "a new one": {uitest.Fresh(80, 24), false}} {
		s := shown(x.c)
		got := slices.ContainsFunc(s.prepareBlocks(x.c), func(b block) bool { return b.Key == "paper" && slices.Contains(b.Says, appraisal.PackFirst) })
		if got != x.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// Prepare shows the page of the domain, line by line and whole at 80x24, and each line leads somewhere.
func TestPrepareShowsThePage(t *testing.T) {
	c := uitest.Demo(80, 24)
	s := shown(c)
	rows := page.RowsOf(s.prepareBlocks(c))
	for _, part := range s.cache.page {
		for _, l := range part.Lines {
			if part.Below {
				continue
			}
			r := rows[0]
			says := strings.Join([]string{r.Name, r.Tail}, ": ")
			if rows = rows[1:]; r.Code != l.KSB || !strings.HasSuffix(l.Text(), strings.TrimSuffix(says, ": ")) || r.Enter == nil || r.Does == "" {
				t.Errorf("%s: %+v, want %+v", part.Head, r, l)
			}
		}
		if label := part.Head; !part.Below && !strings.Contains(uitest.Draw(s.View(c), c), label) {
			t.Errorf("%s is not in view at once", label)
		}
	}
	if r := rows[0]; r.Key != "forward" {
		t.Errorf("below the page: %+v", r)
	}
}

// Each part below the page is one line until Enter unfolds it. Only one part is unfolded at a time.
func TestPrepareUnfolds(t *testing.T) {
	d := newDesk(t, uitest.Demo(80, 24))
	d.goTo("fold:changed")
	d.Press("enter", "down")
	if d.key() != "changedK11 to 2" {
		t.Errorf("unfolded: %s", d.key())
	}
	d.goTo("fold:questions")
	d.Press("enter", "down")
	if r := d.S.chosen(d.C); r.Code != "K8" || !strings.HasSuffix(r.Name, "What have you seen me do that I did not count?") {
		t.Errorf("unfolded: %+v", r)
	}
	d.Press("up", "enter", "down")
	if d.key() != "fold:support" || d.S.open != "" {
		t.Errorf("folded: %s", d.key())
	}
}
