package tui

import (
	"slices"
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// The finder knows what people call things, forgives a typing error, and says where it found something.
func TestTheFinderSaysWhere(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]string{
		"gdpr":               "Also called: GDPR",
		"hand hygeine":       "Also called: hand hygiene",
		"s-17":               "S17 Keeping and checking records",
		"contact tonometer":  "The example from ophthalmic",
		"five moments wrist": "Nothing has all of these words",
		"zzqqzz":             "Nothing has these words",
	} {
		r := newRig(t, demoProfile(), 80, 24)
		r.keys("/")
		r.text(typed)
		r.sees(want)
	}
}

// A goal and a piece of evidence are found by their words, and opened.
func TestTheFinderOpensTheLearnersOwn(t *testing.T) {
	t.Parallel()
	for _, x := range []struct {
		typed, says string
		at          ui.Name
		sees        string
	}{
		{"weekly probe check can catch", "Goal Say what each weekly probe check", ui.Plan, "Say what each weekly probe check"},
		{"twenty worksheets", "What will show it: Twenty worksheets", ui.Plan, "▸ ✓ Write the form's question on the worksheet"},
		{"probe check log anonymised", "Evidence Probe check log", ui.Evidence, "Probe check log, four weeks, anonymised"},
	} {
		r := newRig(t, demoProfile(), 80, 24)
		r.keys("/")
		r.text(x.typed)
		r.sees(x.says)
		r.keys("enter")
		if r.a.current() != x.at {
			t.Errorf("%q leads to %s", x.typed, r.a.current())
		}
		r.sees(x.sees)
		r.keys("esc", "esc")
	}
}

// While a mentor rates blind, the finder searches codes, titles, the standard's text and the words of the field, but
// nothing that anybody wrote.
func TestTheBlindFinderSearchesNothingOfTheLearners(t *testing.T) {
	t.Parallel()
	r := newRig(t, demoProfile(), 80, 24)
	r.keys("/", "esc") // what is searched is known by now
	r.keys("b", "/")
	r.text("gdpr")
	r.sees("K18")
	for range "gdpr" {
		r.keys("backspace")
	}
	r.text("probe check log")
	if s := r.screen(); strings.Contains(s, "anonymised") || strings.Contains(s, "Evidence") || strings.Contains(s, "example from") {
		t.Errorf("it betrays the learner:\n%s", s)
	}
}

// What was written a moment ago is found at once.
func TestTheFinderKnowsTheNewestNote(t *testing.T) {
	t.Parallel()
	r := newRig(t, demoProfile(), 80, 24)
	r.keys("/", "esc", "enter", "2", "w")
	r.text("the walrus was here")
	r.keys("enter", "/")
	r.text("walrus")
	r.sees("1 found", "Your note, 22 Nov 2026")
}

// A form that asks for KSBs takes what people call them: the learner chooses below the field which one is meant.
func TestAFormTakesKSBsByName(t *testing.T) {
	t.Parallel()
	r := newRig(t, demoProfile(), 80, 24)
	r.keys("p", "n")
	r.text("Wash my hands as the poster says")
	r.keys("enter", "ctrl+u")
	r.text("K7, hand hygeine")
	r.sees("enter take it", "S23 Keeping the workplace safe. Also called: hand hygiene")
	r.keys("down", "enter")
	r.sees("K7, K23,", "= K7 ", "; K23 ", "enter next field")
	if s := r.screen(); strings.Contains(s, "Also called") {
		t.Errorf("it goes on asking:\n%s", s)
	}
	r.keys("ctrl+s")
	goals := r.a.s.Profile().Goals
	if got := goals[len(goals)-1].KSBs; !slices.Equal(got, []string{"K7", "K23"}) {
		t.Errorf("the goal is for %v", got)
	}
}

// What is typed after choosing a KSB does not run into its code.
func TestAChosenKSBMakesRoomForTheNext(t *testing.T) {
	t.Parallel()
	r := newRig(t, demoProfile(), 80, 24)
	r.keys("e", "a", "down", "enter")
	r.text("Probe log")
	r.keys("enter", "enter")
	r.text("hand hygeine")
	r.keys("enter")
	r.text("K7")
	r.keys("ctrl+s")
	list := r.a.s.Profile().Evidence
	if got := list[len(list)-1].KSBs; len(got) != 2 || got[1] != "K7" {
		t.Errorf("it is for %v:\n%s", got, r.screen())
	}
}

// Tab opens the page of the KSB at the words that were found, even in a part that is folded away.
func TestTabReadsWhereItWasFound(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]string{
		"contact tonometer":          "You check a contact tonometer",
		"calibrated syringe healthy": "You check a spirometer daily",
	} {
		r := newRig(t, demoProfile(), 80, 24)
		r.keys("/")
		r.text(typed)
		r.keys("tab")
		if r.a.current() != "ksb" {
			t.Fatalf("%q leads to %s", typed, r.a.current())
		}
		r.sees(want)
	}
}

// Enter only opens a page to read: a digit typed after it changes nothing, and Esc returns to what was found. Ctrl-R
// rates.
func TestEnterInTheFinderReadsAndEscComesBack(t *testing.T) {
	t.Parallel()
	r := newRig(t, demoProfile(), 80, 24)
	r.keys("/")
	r.text("record")
	r.keys("down")
	was, rev := r.screen(), r.a.s.Rev()
	r.keys("enter", "2")
	if r.a.current() != ui.KSB || r.a.s.Rev() != rev {
		t.Fatalf("at %s, the record moved on: %v", r.a.current(), r.a.s.Rev() != rev)
	}
	r.keys("esc")
	if r.screen() != was {
		t.Errorf("Esc does not come back to the results:\n%s", r.screen())
	}
	r.keys("ctrl+r", "2", "esc")
	r.sees("Find: record")
	r.keys("esc")
	if r.a.current() != ui.Home || r.a.front != nil || r.a.s.Rev() == rev {
		t.Errorf("at %s; rated: %v", r.a.current(), r.a.s.Rev() != rev)
	}
}
