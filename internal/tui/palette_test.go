package tui

import (
	"slices"
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/testneed"
	"github.com/ksbcoach/ksbcoach/internal/tui/dialog"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// The palette finds a command by its name, and does what its key does.
func TestThePaletteDoesWhatItNames(t *testing.T) {
	t.Parallel()
	for _, x := range []struct {
		from, opens, typed, says string
		at                       ui.Name
		sees                     string
	}{
		{"home", ":", "gaps", "Gaps g", ui.Gaps, "12 behind, then 29 still to come"},
		{"gaps", "ctrl+p", "forecast", "Forecast for gateway in Progress f", ui.Progress, "gateway"},
		{"gaps", ":", "strengths", "Strengths +", ui.Gaps, "[+ strengths"},
		{"rate", ":", "independant", "Rate: 3 Independent 3", ui.Rate, "K23 3 Independent."},
		{"plan", ":", "rehearse", "Rehearse in Appraisal r", ui.Appraisal, "[r Rehearse"},
		{"evidence", "ctrl+p", "rating sheet elsewhere", "Make a rating sheet", ui.Evidence, "rating sheet"},
		{"progress", ":", "details", "Details in Home d", ui.Home, "Your details"},
	} {
		r := newRig(t, demoProfile(), 80, 24)
		r.keys(append(slices.Clone(places[x.from]), x.opens)...)
		r.sees("Commands: what you can do")
		r.text(x.typed)
		r.sees(x.says)
		rev := r.a.s.Rev()
		r.keys("enter")
		if r.a.current() != x.at {
			t.Errorf("%s, %q leads to %s", x.from, x.typed, r.a.current())
		}
		if rates := x.from == "rate"; rates != (r.a.s.Rev() != rev) {
			t.Errorf("%s, %q: the record is at %d after %d", x.from, x.typed, r.a.s.Rev(), rev)
		}
		r.sees(x.sees)
	}
}

// The finder and the palette lead to each other, while nothing is typed that the key could belong to.
func TestFinderAndPaletteAreOneBox(t *testing.T) {
	t.Parallel()
	r := newRig(t, demoProfile(), 80, 24)
	r.keys("/", ":")
	r.sees("Commands: what you can do")
	r.keys("/")
	r.sees("A code, or what you call it")
	r.text("k7")
	r.keys(":")
	r.sees("Find: k7:")
	r.keys("ctrl+p")
	r.sees("Commands: what you can do")
	r.keys("esc")
	if r.a.front != nil {
		t.Error("esc does not close it")
	}
}

// Every key of every place can be pressed by its name, and the keys of other screens are offered in the words of those
// screens.
func TestThePaletteKnowsEveryKey(t *testing.T) {
	t.Parallel()
	for name, keys := range places {
		r := newRig(t, demoProfile(), 80, 24)
		r.keys(keys...)
		if r.a.front != nil {
			continue
		}
		list := r.a.commands()
		for _, b := range r.a.screen().Keys(r.a.context()).All() {
			for _, k := range b.Keys() {
				if !onlyMoves(k) && !strings.HasPrefix(k, "kp") && keyNamed(k).String() != k {
					t.Errorf("%s: %q is pressed as %q", name, k, keyNamed(k).String())
				}
			}
			first := b.Keys()[0]
			named := func(x command) bool { return x.In == "" && (x.Key == b.Help().Key || x.Key == first) }
			if !onlyMoves(first) && !slices.ContainsFunc(list, named) {
				t.Errorf("%s: %q (%s) is not offered", name, b.Help().Key, b.Help().Desc)
			}
		}
	}
	fresh := profile.Profile{Standard: "ST0413", Learner: profile.Learner{Name: text("Sam")}}
	for _, p := range []*profile.Profile{demoProfile(), &fresh} {
		r := newRig(t, p, 80, 24)
		for _, here := range []ui.Name{ui.Rate, ui.KSB} {
			r.a.perform(ui.Asks(ui.Go{To: here}))
			n := 0
			for _, x := range r.a.commands() {
				if x.In != "" {
					n++
				}
			}
			want := 0
			for _, x := range keysElsewhere {
				want += len(x.keys)
			}
			if n != want {
				t.Errorf("%s: %d keys of other screens are offered, want %d: a screen no longer has one", here, n, want)
			}
		}
	}
}

// While a mentor rates blind, and on a sheet, no other screen is offered.
func TestTheBlindPaletteLeadsNowhere(t *testing.T) {
	t.Parallel()
	r := newRig(t, demoProfile(), 80, 24)
	r.keys("b", ":")
	r.text("gaps")
	if p, ok := r.a.front.(*dialog.Palette); !ok || strings.Contains(r.screen(), "in Home") {
		t.Errorf("%v\n%s", p, r.screen())
	}
	r.keys("esc", ":", "enter") // its first line is the screen's own next step
	if r.a.current() != ui.Mentor {
		t.Errorf("it leads to %s", r.a.current())
	}
}

// What the palette lists for the screen that is shown does something there, except for the tab that is open already and
// at the first or last duty.
func TestWhatThePaletteListsWorks(t *testing.T) {
	t.Parallel()
	for name, keys := range places {
		r := newRig(t, demoProfile(), 80, 24)
		if r.keys(keys...); r.a.front != nil || !testneed.Tries("palette "+name, 36) {
			continue
		}
		for i, x := range r.a.commands() {
			if x.In != "" || i >= len(r.a.onScreen(r.a.context())) {
				break
			}
			one := newRig(t, demoProfile(), 80, 24)
			one.keys(keys...)
			was, rev := one.screen(), one.a.s.Rev()
			one.a.frame = nil
			_ = one.a.commands()[i].do()
			one.a.frame = nil
			still := one.screen() == was && one.a.s.Rev() == rev && !one.a.leaving
			if still && !strings.Contains(was, "["+x.Key+" ") && x.Key != "[" && x.Key != "]" {
				t.Errorf("%s: %s (%s) does nothing", name, x.Name, x.Key)
			}
		}
	}
}

// The palette also finds what the screens can do by the names of the commands of the command line.
func TestThePaletteKnowsTheCommandsByName(t *testing.T) {
	t.Parallel()
	for _, name := range []string{
		"rate", "gaps", "plan", "next", "status", "goal", "action", "reflect", "target", "details", "round", "review", "compare",
		"sheet", "progress", "evidence", "opportunity", "find", "standard", "report",
	} {
		r := newRig(t, demoProfile(), 80, 24)
		r.keys(":")
		r.text(name)
		if strings.Contains(r.screen(), "Nothing is called that") {
			t.Errorf("nothing is called %q", name)
		}
	}
}
