package appraising

import (
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/tui/uitest"
)

// What the last review left open is answered by Enter and a choice, with a line of words if one likes, before or during
// the next review.
func TestWhatWasLeftIsAnswered(t *testing.T) {
	for _, at := range []string{"a", "m"} {
		d := newDesk(t, meeting(uitest.Demo(80, 24)))
		d.Press(at)
		d.goTo(leftRow)
		d.Press("enter")
		if d.Menu == nil || d.Menu.Title != "What came of it?" || !strings.Contains(d.Menu.Says, "Teaching first, since a new starter comes") {
			t.Fatalf("page %s asks %+v", at, d.Menu)
		}
		d.Pick(1)
		if left := d.C.Profile.Left(); len(left) != 1 || left[0].Outcome != profile.ActionNotDone || left[0].On != uitest.Today {
			t.Errorf("page %s: %+v", at, left)
		}
		if d.Said != "Not done. Nothing else is left to answer; 2 actions are overdue." {
			t.Errorf("page %s says %q", at, d.Said)
		}
		d.goTo(leftRow)
		d.Press("enter")
		if d.Menu.At != 1 {
			t.Errorf("page %s: the menu starts at %d", at, d.Menu.At)
		}
		d.Pick(3)
		d.FillFirst("The starter came and was taught")
		if left := d.C.Profile.Left(); left[0].Outcome != profile.ActionDone || left[0].Note.Line() != "The starter came and was taught" {
			t.Errorf("page %s: %+v", at, left)
		}
		for n, outcome := range profile.LeftOutcomes { // a line goes with each of them
			d.goTo(leftRow)
			d.Press("enter")
			d.Pick(3 + n)
			d.FillFirst("In words")
			if left := d.C.Profile.Left(); left[0].Outcome != outcome || left[0].Note.Line() != "In words" {
				t.Errorf("page %s, %s: %+v", at, outcome, left)
			}
			d.goTo(leftRow)
			d.Press("enter")
			if d.Menu.At != 3+n {
				t.Errorf("page %s, %s: the menu starts at %d", at, outcome, d.Menu.At)
			}
		}
		if got := strings.Join(d.S.chosen(d.C).Says, " "); at == "m" && got == "" {
			t.Error("nothing follows")
		}
	}
}

// Closing a review asks before it closes a baseline that is not finished: rating may go on after the review.
func TestClosingAsksAboutAnUnfinishedBaseline(t *testing.T) {
	for option, open := range map[string]bool{"Close it, and the round baseline with it": false, "Close it, and go on rating in baseline": true} {
		d := newDesk(t, uitest.Fresh(80, 24))
		d.C = uitest.With(d.C, profile.Rate{KSB: "K7", By: profile.Self, Level: 2, On: uitest.Today},
			profile.StartReview{ID: "r-1", On: uitest.Today, With: []safetext.Text{safetext.New("J. Ode")}})
		d.Press("f")
		d.goTo(closeRow)
		d.Press("enter")
		if len(d.Menu.Options) != 3 || d.Menu.Options[2].Text != "Not yet" {
			t.Fatalf("%+v", d.Menu)
		}
		d.PickText(option)
		r, closed := d.C.Profile.LastReview()
		if _, still := d.C.Profile.Open(); !closed || still != open || (r.Round == "") != open {
			t.Errorf("%s: closed %v with round %q, and the round is open: %v", option, closed, r.Round, still)
		}
	}
	// Where a level is agreed the record has to hold it, and nothing is asked.
	d := newDesk(t, meeting(uitest.Demo(80, 24)))
	r, _ := d.C.Profile.OpenReview()
	if menu := d.S.closeMenu(d.C, r); len(menu.Options) != 2 || menu.Options[0].Text != "Close it" {
		t.Errorf("%+v", menu.Options)
	}
}
