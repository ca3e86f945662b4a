package tui

import (
	"path/filepath"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/tui/uitest"
)

// openWithClock starts the program on the demo learner, with a clock that the test sets, and a fixed day unless that is
// zero.
func openWithClock(t *testing.T, fixed calendar.Date, clock *time.Time) *rig {
	t.Helper()
	o := sessionOptions(t, filepath.Join(t.TempDir(), "profile.toml"))
	o.Now, o.Today = func() time.Time { return *clock }, fixed
	s, err := session.Create(o, *demoProfile())
	if err != nil {
		t.Fatal(err)
	}
	root := options(o)
	root.Session, root.Today = s, fixed
	return start(t, root, o.Path, 80, 24)
}

// If the program is open past midnight, what is done from then on has the new date, and the screens show the new day.
func TestADayThatBeginsWhileTheProgramIsOpen(t *testing.T) {
	t.Parallel()
	clock := time.Date(2026, 11, 22, 23, 58, 0, 0, time.UTC)
	r := openWithClock(t, calendar.Date{}, &clock)
	r.sees("review in 19 days")
	r.keys(append(toK21, "2")...)
	clock = clock.Add(5 * time.Minute)
	r.keys("3") // the next KSB
	days := map[calendar.Date]int{}
	for _, x := range r.onDisk().Rounds[len(r.onDisk().Rounds)-1].Ratings[profile.Self] {
		days[x.On]++
	}
	if before := days[calendar.Of(2026, 11, 22)]; before == 0 || days[calendar.Of(2026, 11, 23)] != 1 {
		t.Errorf("ratings by day: %v; want the one after midnight, and it alone, on 23 Nov", days)
	}
	r.keys("esc")
	r.sees("review in 18 days")
	for _, wake := range []tea.Msg{tea.FocusMsg{}, tea.ResumeMsg{}} { // back from a weekend
		clock = clock.AddDate(0, 0, 1)
		r.send(wake)
		r.sees("review in " + map[int]string{24: "17", 25: "16"}[clock.Day()] + " days")
	}
}

// A fixed day stays as it is, whatever the clock says.
func TestAFixedDayStaysAtMidnight(t *testing.T) {
	t.Parallel()
	clock := time.Date(2026, 11, 22, 23, 58, 0, 0, time.UTC)
	r := openWithClock(t, uitest.Today, &clock)
	clock = clock.AddDate(0, 0, 3)
	r.keys(append(toK21, "2")...)
	if x, _ := r.onDisk().Newest("K21", profile.Self); x.On != uitest.Today {
		t.Errorf("the rating is of %s, want %s", x.On, uitest.Today)
	}
}
