package tui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/profile"
)

// On every screen and at every width, the first line says, uncut, whether everything is on disk.
func TestTheHeadAlwaysSaysWhetherAllIsSaved(t *testing.T) {
	t.Parallel()
	for _, keys := range [][]string{{"home"}, {"left"}, {"c"}, {"esc", "g"}, {"a"}} {
		r := newRig(t, demoProfile(), 80, 24)
		r.keys("enter", "2")
		r.keys(keys...)
		for cols := minCols; cols <= 130; cols++ {
			r.send(tea.WindowSizeMsg{Width: cols, Height: 20})
			head := strings.TrimRight(strings.Split(r.screen(), "\n")[0], " ")
			if !strings.HasSuffix(head, " saved") && !strings.HasSuffix(head, " saved 14:02") {
				t.Fatalf("%d columns, after %v: %q", cols, keys, head)
			}
		}
	}
}

// A key without a meaning says so until the next key. A key that only has nothing to do just now does not.
func TestAKeyThatDoesNothingSaysSo(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"home", "rate", "rate, end of duty", "gaps", "ksb", "plan", "plan, goal", "evidence", "progress", "appraisal", "mentor, rating", "mentor, reveal"} {
		keys := places[name]
		r := newRig(t, demoProfile(), 80, 24)
		r.keys(keys...)
		r.keys("Y")
		if r.a.message != noMeaning {
			t.Errorf("%s: Y says %q", name, r.a.message)
		}
		for _, b := range r.a.screen().Keys(r.a.context()).All() {
			if meansNothing(press(b.Keys()[0]), r.a.screen().Keys(r.a.context())) {
				t.Errorf("%s: %s is said to do nothing", name, b.Keys()[0])
			}
		}
		r.keys("M")
		if r.a.message == noMeaning {
			t.Errorf("%s: the next key leaves it", name)
		}
	}
}

func TestADigitBeyondTheLevelsSaysHowFarTheyGo(t *testing.T) {
	t.Parallel()
	r := newRig(t, demoProfile(), 60, 20)
	before := r.onDisk().Ratings()
	r.keys("enter", "7")
	r.sees("Levels go from 0 to 4; n is for no opportunity.")
	mentor := newRig(t, demoProfile(), 80, 24)
	mentor.keys("b", "enter", "enter", "down", "enter", "7")
	mentor.sees("Levels go from 0 to 4; n is for no opportunity.")
	if got := r.onDisk().Ratings(); got != before {
		t.Errorf("%d ratings, there were %d", got, before)
	}
	r.keys("down")
	if r.a.message != "" {
		t.Errorf("it stays: %q", r.a.message)
	}
}

// When every round is closed, Home and Rate say which round the next rating opens, and the rating says that it did.
func TestARatingThatOpensARoundSaysSoBeforeAndAfter(t *testing.T) {
	t.Parallel()
	p := demoProfile()
	p.Rounds[len(p.Rounds)-1].Closed = p.Rounds[len(p.Rounds)-1].Opened
	for _, wh := range [][2]int{{80, 24}, {100, 20}} {
		r := newRig(t, p, wh[0], wh[1])
		r.sees("our next rating opens review 3")
		r.keys(toK21...)
		r.sees("No round is open: your next rating opens review 3.", "no round open")
		r.keys("2")
		r.sees("Opened review 3.", "1 in this round")
		r.keys("3")
		if s := r.screen(); strings.Contains(s, "Opened") || !strings.Contains(s, "One dated example") {
			t.Errorf("the second rating:\n%s", s)
		}
		r.keys("u", "u")
		r.sees("no round open")
	}
}

func TestHomeSaysThatNothingLiesBehindIt(t *testing.T) {
	t.Parallel()
	r := newRig(t, demoProfile(), 60, 20)
	r.keys("g", "esc")
	r.sees("55 of 72 rated")
	if r.a.message != "" {
		t.Errorf("on the way back it says %q", r.a.message)
	}
	r.keys("esc")
	r.sees(nothingBehind)
}

// The very first ratings begin with a sentence about what they are for. Skip, and then undo, are shown even on a narrow
// terminal.
func TestAFirstRunSaysWhatRatingIsFor(t *testing.T) {
	t.Parallel()
	for _, wh := range [][2]int{{80, 24}, {60, 20}} {
		r := newRig(t, &profile.Profile{Standard: "ST0413", Learner: profile.Learner{Name: text("Sam")}}, wh[0], wh[1])
		r.keys("enter")
		r.sees("No test: an honest 1 is where your plan starts.", "s skip")
		r.keys("2")
		r.sees("u undo K1")
		r.keys("esc", "enter")
		if strings.Contains(r.screen(), "No test") {
			t.Errorf("it is said again:\n%s", r.screen())
		}
	}
}

// On the smallest terminal nothing is cut while its row has room for all of it: facts go one by one, and a title
// matters more than the level after it.
func TestNothingIsCutWhereThereIsRoom(t *testing.T) {
	t.Parallel()
	r := newRig(t, demoProfile(), 40, 12)
	r.sees("55 of 72 rated 12 behind Asha Patel", "o ! 2 actions overdue, 1 due this week r rate")
	r.keys("g")
	r.sees("Gaps 12 behind · month 14 of 36 [g gaps]")
	r.keys("/")
	r.sees("A code, or what you call it: K7, GDPR, handover, a word of your own note.", "What shapes mental health at work", "Equality law and local policy 2")
	r.text("zzz")
	r.sees("Nothing has these words. Try fewer, or others for the same thing.")
	r.keys("esc", "esc", "enter", "left", "left", "left")
	r.sees("Duty 5 · Leadership and… 25 left")
}

// Home shows the key to leave at every width, and nearly always the key with which a mentor rates.
func TestHomeAlwaysShowsTheWayOut(t *testing.T) {
	t.Parallel()
	r := newRig(t, demoProfile(), 80, 24)
	for cols := minCols; cols <= 200; cols++ {
		r.send(tea.WindowSizeMsg{Width: cols, Height: 24})
		if s := r.screen(); !strings.Contains(s, "q leave  / find  ?") && !strings.Contains(s, "q leave  / find  : commands  ?") {
			t.Fatalf("%d columns:\n%s", cols, r.screen())
		}
		if cols >= 44 && !strings.Contains(r.screen(), "b my mentor rates") {
			t.Fatalf("%d columns:\n%s", cols, r.screen())
		}
	}
	r.keys("b")
	r.sees("For the mentor. You rate first, and you rate blind")
}

// Esc leads from the map back to its list, and coming from Home again shows the list.
func TestTheMapOfGapsLeadsBackToTheList(t *testing.T) {
	t.Parallel()
	r := newRig(t, demoProfile(), 80, 24)
	r.keys("g", "m")
	r.sees("[m map]")
	r.keys("esc")
	r.sees("[g 12 behind]")
	r.keys("m", "g")
	r.sees("[g 12 behind]")
	r.keys("+", "esc")
	r.sees("▸ Rate what is due")
	r.keys("g")
	r.sees("[g 12 behind]")
}

// The line at the prompt is broken between words at every width.
func TestLeavingBreaksNoWord(t *testing.T) {
	t.Parallel()
	r := newRig(t, demoProfile(), 80, 24)
	says := r.a.partingLine()
	for r.a.cols = 60; r.a.cols < 130; r.a.cols++ {
		for _, line := range strings.Split(r.a.farewell(), "\n") {
			if len(line) > r.a.cols || len(r.a.s.Path()) < r.a.cols && !strings.Contains(" "+says+" ", " "+line+" ") {
				t.Fatalf("%d: %q", r.a.cols, line)
			}
		}
	}
}

// An action that is due opens on the page of its goal, with the cursor on it.
func TestAnActionThatIsDueOpensOnItsGoal(t *testing.T) {
	t.Parallel()
	r := newRig(t, demoProfile(), 80, 24)
	r.keys("o", "2")
	r.sees("▸ ! Write a one-page plan for ten minutes on the machine check")
	r.keys("esc", "end", "enter")
	r.sees("▸ ! Go along on a service visit")
}

// Leaving prints one line at the prompt: what was rated, what is next and where it is kept. It names no level while a
// mentor has the keyboard, and is empty if no profile was opened.
func TestLeavingSaysOneLineAtThePrompt(t *testing.T) {
	t.Parallel()
	r := newRig(t, demoProfile(), 80, 24)
	kept := "Kept in " + r.a.s.Path() + "."
	r.keys("enter", "2", "2", "esc", "q")
	if got := r.a.partingLine(); !strings.HasPrefix(got, "2 rated this time, 55 of 72 in all. Next: Rate what is due in review") || !strings.HasSuffix(got, kept) {
		t.Error(got)
	}
	r = newRig(t, demoProfile(), 80, 24)
	r.keys("b", "enter", "J", "enter", "ctrl+c")
	if got := r.a.partingLine(); got != "Kept in "+r.a.s.Path()+"." {
		t.Error(got)
	}
	if got := newRig(t, nil, 80, 24).a.partingLine(); got != "" {
		t.Error(got)
	}
}

// The end of a duty names what was skipped in it and leads back there. So does Home before the next duty.
func TestTheEndOfADutyNamesWhatWasSkipped(t *testing.T) {
	t.Parallel()
	r := newRig(t, &profile.Profile{Standard: "ST0413", Learner: profile.Learner{Name: text("Sam")}}, 80, 24)
	r.keys("enter", "2", "2", "s")
	for range 12 {
		r.keys("2")
	}
	r.sees("End of Duty 1: 14 of 15 rated", "K3 is not rated yet: s goes back to it.", "s back to K3")
	r.keys("esc")
	r.sees("Continue rating at Duty 1, K3")
	r.keys("enter", "esc", "enter")
	r.sees("[K3 .]")
	r.keys("2")
	r.sees("Duty 1 done: 15 of 15 rated")
	if strings.Contains(r.screen(), "not rated yet") {
		t.Errorf("all of it is rated:\n%s", r.screen())
	}
}
