package tui

import (
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/tui/uitest"
)

// Undo never takes back the start or the closing of a review without asking.
func TestUndoAsksBeforeItTakesAReviewBack(t *testing.T) {
	t.Parallel()
	r := newRig(t, demoProfile(), 80, 24)
	r.keys("a", "m", "enter", "enter", "enter", "enter", "enter")
	if _, open := r.onDisk().OpenReview(); !open {
		t.Fatalf("no review is open:\n%s", r.screen())
	}
	r.keys("f", "u")
	r.sees("Undo the start of the review?", "would not be under way any more", "Leave it")
	r.keys("enter")
	if _, open := r.onDisk().OpenReview(); !open {
		t.Fatal("Enter took the review back")
	}
	r.keys("u", "esc")
	if _, open := r.onDisk().OpenReview(); !open {
		t.Fatal("Esc took the review back")
	}
	review, _ := r.onDisk().OpenReview()
	r.keys("m", "enter", "enter", "enter") // from part to part, to the first action to check
	disk := r.onDisk()
	open := disk.Unchecked(review)
	for range open {
		r.keys("enter", "enter", "enter") // done, with nothing to show it
	}
	r.keys("f", "end")
	for range 40 {
		if strings.Contains(r.screen(), "close it, with names") {
			break
		}
		r.keys("up")
	}
	r.keys("enter", "enter")
	if last, _ := r.onDisk().LastReview(); last.ID != review.ID {
		t.Fatalf("it is not closed:\n%s", r.screen())
	}
	r.keys("u")
	r.sees("Undo the closing of the review?", "so would its round of rating")
	r.keys("enter")
	if last, _ := r.onDisk().LastReview(); last.ID != review.ID {
		t.Fatal("Enter took the closing back")
	}
	r.keys("u", "down", "enter")
	r.sees("Undone: closing of the review.", "[f After]", "close it, with names")
	if last, _ := r.onDisk().LastReview(); last.ID == review.ID {
		t.Error("it is still closed")
	}
	for range open {
		r.keys("u")
		r.sees(`Undone: outcome of "`, "[m Meet]", "Enter say what became of it")
	}
	r.keys("u", "u")
	r.sees("Undone: tick in the agenda.", "Enter tick it and go on")
	r.keys("u", "down", "enter")
	r.sees("Undone: start of the review.", "[a Prepare]")
	p := r.onDisk()
	if _, open := p.OpenReview(); open || p.Prepared.Empty() {
		t.Errorf("a review is open: %v; prepared: %+v", open, p.Prepared)
	}
}

// Undo stops where the keyboard was handed over: the learner cannot undo what the mentor rated or what both agreed, nor
// the mentor what the learner did, and each is told so. What they can undo is called by its name.
func TestUndoStopsAtTheHandOver(t *testing.T) {
	t.Parallel()
	const notYours = "There is nothing of yours to undo here."
	r := newRig(t, demoProfile(), 80, 24)
	r.keys("r", "3", "esc", "b", "u")
	r.sees(notYours)
	r.keys("enter", "enter", "down", "enter", "3", "w")
	ksb := firstOpen(t, r)
	r.text("set up alone")
	r.keys("enter", "u")
	r.sees("Undone: note on " + ksb)
	r.keys("w")
	r.sees("set up alone", "is back")
	r.keys("enter", "esc", "esc", "down", "enter", "u", "u")
	r.sees(notYours)
	if x, _ := r.onDisk().Newest(ksb, profile.Mentor); x.Level != 3 || x.Note.Raw() != "set up alone" {
		t.Fatalf("the learner took back the mentor's: %+v", x)
	}

	r.keys("b", "v", "2", "u")
	r.sees(notYours)
	r.keys("enter", "3", "enter")
	r.text("both saw it")
	r.keys("enter")
	agreed := r.onDisk().Rounds[len(r.onDisk().Rounds)-1].Rated(profile.Agreed)
	r.keys("esc", "u")
	r.sees(notYours)
	r.keys("b", "v", "2")
	if now := r.onDisk().Rounds[len(r.onDisk().Rounds)-1].Rated(profile.Agreed); now != agreed {
		t.Fatalf("%d agreed, %d before", now, agreed)
	}
	r.keys("u")
	r.sees("Undone: agreed level of")
}

// Nor can a mentor undo what another one did who had the keyboard just before.
func TestUndoStopsAtTheNextMentor(t *testing.T) {
	t.Parallel()
	r := newRig(t, demoProfile(), 80, 24)
	r.keys("b", "enter", "enter", "down", "enter", "3", "w")
	ksb := firstOpen(t, r)
	r.text("set up alone")
	r.keys("enter", "i", "down", "down", "enter")
	r.text("Zoe Other")
	r.keys("enter", "u")
	r.sees("There is nothing of yours to undo here.")
	if x, _ := r.onDisk().Newest(ksb, profile.Mentor); x.Level != 3 || x.Note.Raw() != "set up alone" {
		t.Fatalf("%s: %+v", ksb, x)
	}
	r.keys("2", "u")
	r.sees("Undone: ")
}

// In the menu of levels the key of a level is its digit, even 0, and on the number pad too.
func TestADigitInTheMenuOfLevelsIsThatLevel(t *testing.T) {
	t.Parallel()
	r := newRig(t, demoProfile(), 60, 20)
	r.keys("b", "v", "2")
	for _, x := range []struct{ key, title string }{{"0", "at 0 Not yet"}, {"3", "at 3 Independent"}, {"kp4", "at 4 Leads others"}, {"n", "at no opportunity"}, {"d", "You differ on"}} {
		r.keys("enter", x.key)
		r.sees(x.title)
		r.keys("esc")
	}
}

// firstOpen returns the KSB that the open form asks for a note on.
func firstOpen(t *testing.T, r *rig) string {
	t.Helper()
	_, after, found := strings.Cut(r.screen(), "What you saw: ")
	if !found {
		t.Fatalf("no note is asked for:\n%s", r.screen())
	}
	return strings.Fields(after)[0]
}

// The first form notices a wrong year.
func TestTheFirstFormCatchesASlipOfTheYear(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil, 80, 24)
	r.text("Sam")
	r.keys("enter", "enter", "enter", "enter")
	r.text("11/12/2206")
	r.keys("enter")
	r.sees("the next review, 11 Dec 2206, is more than 24 months away: check the year")
	for range 10 {
		r.keys("backspace")
	}
	r.text("11/12/2026")
	r.keys("enter")
	r.sees("Duty 1 of 10")
}

// The answer takes back only what was asked about: if another change was made meanwhile, undo asks again.
func TestTheAnswerTakesBackWhatWasAskedAbout(t *testing.T) {
	t.Parallel()
	r := newRig(t, demoProfile(), 80, 24)
	r.keys("a", "m", "enter", "enter", "enter", "enter", "enter", "u")
	r.sees("Undo the start of the review?")
	if err := r.a.s.Do(profile.Rate{KSB: "K7", By: profile.Self, Level: 1, On: uitest.Today}); err != nil {
		t.Fatal(err)
	}
	r.keys("down", "enter")
	r.sees("nothing is undone yet", "Undo the ", "K7?")
	if _, open := r.a.s.Profile().OpenReview(); !open || r.a.s.Profile().Rounds == nil {
		t.Fatal("something was taken back")
	}
	if x, _ := r.a.s.Profile().Newest("K7", profile.Self); x.Level != 1 || x.On != uitest.Today {
		t.Fatalf("taken back unasked: %+v", x)
	}
	r.keys("down", "enter", "u")
	r.sees("Undo the start of the review?")
}

// Undo never loses what was typed: the form offers it again as after Esc, until it is sent once more, even if two
// changes are undone.
func TestUndoKeepsWhatWasTyped(t *testing.T) {
	t.Parallel()
	r := newRig(t, demoProfile(), 80, 24)
	had := len(r.onDisk().Evidence)
	add := func(title string) {
		r.keys("a", "enter")
		r.text(title)
		r.keys("enter", "enter")
		r.text("K7")
		r.keys("ctrl+s")
	}
	r.keys("e")
	add("The first thing")
	add("The second thing")
	r.keys("u")
	r.sees("Undone: example for K7.", "Your words are kept")
	r.keys("u")
	r.sees("Your words are kept")
	if n := len(r.onDisk().Evidence); n != had || !strings.Contains(r.unsent(), "The first thing") || !strings.Contains(r.unsent(), "The second thing") {
		t.Fatalf("%d pieces of %d; unsent: %s", n, had, r.unsent())
	}
	for _, title := range []string{"The second thing", "The first thing"} {
		r.keys("a", "enter")
		r.sees("is back", title, "K7")
		r.keys("ctrl+s")
	}
	if n := len(r.onDisk().Evidence); n != had+2 || strings.Contains(r.unsent(), "thing") {
		t.Errorf("%d pieces of %d; unsent: %s", n, had, r.unsent())
	}
	r.keys("a", "enter")
	if strings.Contains(r.screen(), "is back") {
		t.Errorf("what is kept is offered again:\n%s", r.screen())
	}
}

// The same for a note, and for a text that replaced an older one.
func TestUndoKeepsANoteThatWasTyped(t *testing.T) {
	t.Parallel()
	r := newRig(t, demoProfile(), 80, 24)
	r.keys(append(toK21, "2", "left", "w")...)
	r.text("with prompts")
	r.keys("ctrl+s", "w")
	r.text(", twice")
	r.keys("ctrl+s", "u")
	r.sees("Undone: note on", "Your words are kept")
	r.keys("w")
	r.sees("with prompts, twice", "is back")
	r.keys("esc", "u", "u")
	if strings.Contains(r.screen(), "are kept for") {
		t.Errorf("a rating has no words:\n%s", r.screen())
	}
}

// Undo first names a change that was made on another page, and only takes it back if the very next key is u again.
func TestUndoNamesFirstWhatWasDoneElsewhere(t *testing.T) {
	t.Parallel()
	r := newRig(t, demoProfile(), 80, 24)
	r.keys(append(toK21, "2", "left", "esc", "g", "u")...)
	const named = "The last change: rating of K21, in Rate. u again takes it back."
	r.sees(named)
	level := func() string {
		x, _ := r.onDisk().Newest("K21", profile.Self)
		return x.Level.String()
	}
	r.keys("down", "u")
	if r.sees(named); level() != "2" {
		t.Fatal("it was taken back unasked")
	}
	r.keys("u")
	if r.sees("Undone: rating of K21."); level() == "2" {
		t.Error("it was not taken back")
	}
}

// The last line offers undo only where there is something to undo.
func TestTheLastLineOffersUndoWhereThereIsSomething(t *testing.T) {
	t.Parallel()
	for _, x := range []struct{ cols, rows int }{{60, 20}, {80, 24}, {120, 40}} {
		r := newRig(t, demoProfile(), x.cols, x.rows)
		for _, keys := range [][]string{toK21, {"esc", "a"}, {"esc", "p"}} {
			r.keys(keys...)
			if strings.Contains(r.screen(), "u undo") {
				t.Errorf("there is nothing to undo:\n%s", r.screen())
			}
			r.keys("esc")
		}
		r = newRig(t, demoProfile(), x.cols, x.rows)
		r.keys(append(toK21, "2")...)
		r.sees("u undo K21", "e example")
		r.keys("s")
		r.sees("u undo skip")
		r.keys("u", "u")
		if strings.Contains(r.screen(), "u undo") {
			t.Errorf("there is nothing to undo any more:\n%s", r.screen())
		}
	}
}
