package mentor

import (
	"fmt"
	"maps"
	"reflect"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/uitest"
)

// unlike is another learner of the same name: other ratings, notes, rounds, evidence, goals, targets, dates and reviews. Only
// the mentor's ratings of the open round are the same.
func unlike(c *ui.Context) *ui.Context {
	own := maps.Clone(own(c))
	self := map[string]profile.Rating{}
	for i, id := range c.Standard.Walk() {
		self[id] = profile.Rating{Level: level.Level(4 - i%3), On: uitest.Today, Note: safetext.New("SECRET " + id)}
	}
	p := profile.Profile{
		Standard: c.Profile.Standard, Learner: profile.Learner{Name: c.Profile.Learner.Name, Review: uitest.Today.AddDays(3)},
		Rounds: []profile.Round{{ID: "other", Opened: uitest.Today, Ratings: map[profile.Rater]map[string]profile.Rating{profile.Self: self, profile.Mentor: own}}},
	}
	out := *c
	out.Profile, out.Position, out.Rev = p, "S33", 77
	out.Report = gap.Compute(c.Standard, c.Library.Scale(), p, uitest.Today)
	return &out
}

// blank is a third one, who has rated nothing.
func blank(c *ui.Context) *ui.Context {
	out := unlike(c)
	out.Profile.Rounds[0].Ratings = map[profile.Rater]map[string]profile.Rating{profile.Mentor: maps.Clone(own(c))}
	out.Profile.Learner.Start = calendar.Of(2020, 1, 1)
	out.Report = gap.Compute(c.Standard, c.Library.Scale(), out.Profile, uitest.Today)
	return out
}

// script presses every key of the blind part, in every mode, fills in what opens and picks "Not yet".
var script = []string{
	"u", "c", "down", "enter", "FILL J. Ode", "down", "down", "end", "home", "pgdown", "pgup", "right", "left", "]", "[", "i", "FILL M. Ward", "v", "NOT", "a", "enter",
	"enter", "3", "0", "n", "w", "FILL in a word", "up", "down", "enter", "right", "right", "left", "1", "left", "w", "FILL saw it twice", "u", "u", "]", "]", "2", "4", "[", "v", "NOT",
	"home", "end", "pgup", "pgdown", "l", "h", "j", "k", "d", "down", "enter", "a", "2", "2", "2", "2", "2", "2", "2", "2", "2", "2", "2", "2", "2", "2", "2", "2", "enter", "2", "?", "x", "=", "g", "r", "e",
	"WHEEL", "CLICK", "CLICK", "ENTER", "down", "enter", "BACK", "enter", "n",
}

// play sends one line of the script.
func (d *desk) play(line string) {
	d.t.Helper()
	switch {
	case line == "NOT":
		d.pick(0)
	case line == "WHEEL":
		d.send(ui.WheelMsg{Lines: 1})
	case line == "CLICK":
		d.send(ui.RowMsg{Index: 2})
	case line == "ENTER":
		d.send(ui.EnterMsg{Go: ui.Go{To: ui.Mentor, KSB: "K7"}})
	case line == "BACK":
		d.send(ui.BackMsg{})
	case len(line) > 4 && line[:4] == "FILL":
		if d.form != nil {
			d.fill(line[5:])
		}
	default:
		d.press(line)
	}
}

// seen is all that reaches the screen: the page, the keys, the help and what was asked for.
func (d *desk) seen() string {
	p, k := d.s.View(d.c), d.s.Keys(d.c)
	words := fmt.Sprint(p.Left, p.Right, p.Body, *p.Cursor, p.Rows, p.Keys, d.s.Help())
	for _, b := range k.All() {
		words += fmt.Sprint(b.Keys(), b.Help())
	}
	return words
}

// Nothing on any frame of the blind rating betrays the learner's levels: three learners of one name who could not be more
// different get the same frames, keys, menus, forms and messages, whatever is pressed.
func TestNothingBetraysTheLearner(t *testing.T) {
	for size, wh := range uitest.Sizes {
		c := uitest.Demo(wh[0], wh[1])
		desks := []*desk{newDesk(t, c), newDesk(t, unlike(c)), newDesk(t, blank(c))}
		for i, line := range append([]string{"u"}, script...) {
			for _, d := range desks {
				d.play(line)
				if !d.s.Blind() {
					t.Fatalf("%s: line %d, %s: the screen is not blind", size, i, line)
				}
			}
			for _, d := range desks[1:] {
				if a, b := desks[0].seen(), d.seen(); a != b {
					t.Fatalf("%s: line %d, %s: the frames differ\n%s\n%s", size, i, line, uitest.Draw(desks[0].s.View(desks[0].c), desks[0].c), uitest.Draw(d.s.View(d.c), d.c))
				}
				if !sameAsks(desks[0].asks, d.asks) {
					t.Fatalf("%s: line %d, %s: the asks differ\n%#v\n%#v", size, i, line, desks[0].asks, d.asks)
				}
			}
		}
		if n := len(own(desks[0].c)); n < 20 {
			t.Errorf("the script rated only %d", n)
		}
	}
}

// sameAsks compares what is asked for; forms hold functions, which never compare as equal.
func sameAsks(a, b []ui.Ask) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		x, ok := a[i].(ui.Edit)
		y, too := b[i].(ui.Edit)
		if ok && too {
			if fmt.Sprint(x) != fmt.Sprint(y) {
				return false
			}
			continue
		}
		if !reflect.DeepEqual(a[i], b[i]) {
			return false
		}
	}
	return true
}

// Without an open round the mentor begins with nothing, and the first rating opens one.
func TestTheFirstRatingOpensTheRound(t *testing.T) {
	d := newDesk(t, uitest.Fresh(80, 24))
	d.begin()
	d.press("enter", "2")
	r, open := d.c.Profile.Open()
	if !open || r.Rated(profile.Mentor) != 1 || r.Rated(profile.Self) != 0 {
		t.Fatalf("%+v", r)
	}
	x := r.Ratings[profile.Mentor][d.c.Standard.Walk()[0]]
	if x.Level != 2 || x.By.Raw() != "J. Ode" || x.On != d.c.Today {
		t.Errorf("%+v", x)
	}
	if d.s.ksb != d.c.Standard.Duties[0].KSBs[1] {
		t.Errorf("it went on to %s", d.s.ksb)
	}
}

// A whole walk takes a key for each KSB, with all duties in turn.
func TestRatingAll(t *testing.T) {
	d := newDesk(t, uitest.Fresh(80, 24))
	d.begin()
	d.press("a", "enter")
	for range d.c.Standard.Walk() {
		d.press("2")
	}
	if n := len(own(d.c)); n != len(d.c.Standard.Walk()) || d.said != allRatedBeside || d.s.mode != pickMode {
		t.Errorf("%d rated, %q", n, d.said)
	}
	d.press("enter", "enter")
	if d.said != allRatedBeside {
		t.Errorf("Enter with all rated says %q", d.said)
	}
}

func TestOneDutyAtATime(t *testing.T) {
	d := newDesk(t, uitest.Fresh(80, 24))
	d.begin()
	d.press("enter")
	for range d.c.Standard.Duties[0].KSBs {
		d.press("3")
	}
	if d.s.mode != pickMode || d.s.duty != 1 {
		t.Errorf("mode %d, duty %d", d.s.mode, d.s.duty)
	}
	d.press("enter")
	if !d.s.Escape(d.c) || d.s.mode != pickMode || d.s.Escape(d.c) {
		t.Error("Esc does not go from a KSB to the duties and then away")
	}
}

// Undo takes back what the mentor did here and nothing of the learner's.
func TestUndoStopsAtTheMentorsOwn(t *testing.T) {
	d := newDesk(t, uitest.Demo(80, 24))
	d.begin()
	d.press("enter", "2", "u", "u")
	if d.said != nothingOfYours || len(d.past) != 0 {
		t.Errorf("%q, %d left", d.said, len(d.past))
	}
}

func TestDigitsOfTheKeypadRate(t *testing.T) {
	for name, want := range map[string]level.Level{"0": 0, "4": 4, "n": level.NoOpportunity} {
		if l, ok := digit(press(name)); !ok || l != want {
			t.Errorf("%s: %v", name, l)
		}
	}
	if _, ok := digit(press("5")); ok {
		t.Error("5 rates")
	}
}
