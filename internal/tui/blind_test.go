package tui

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/library"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/tui/uitest"
)

// unlike returns another learner with the demo learner's name, but with other levels, notes, evidence, goals and dates.
// Only the mentor's own ratings of the open round are the same.
func unlike(p *profile.Profile) *profile.Profile {
	open, _ := p.Open()
	self := map[string]profile.Rating{}
	for i, id := range library.New().Standard(library.Default).Walk() {
		self[id] = profile.Rating{Level: level.Level(4 - i%3), On: uitest.Today, Note: text("SECRET " + id)}
	}
	return &profile.Profile{
		Standard: p.Standard, Learner: profile.Learner{Name: p.Learner.Name},
		Rounds: []profile.Round{{ID: "other", Opened: uitest.Today, Others: maps.Clone(open.Others), Ratings: map[profile.Rater]map[string]profile.Rating{
			profile.Self: self, profile.Mentor: maps.Clone(open.Ratings[profile.Mentor]),
		}}},
	}
}

// withMentor returns the profile after another mentor has rated twenty KSBs at a level, with a note.
func withMentor(t *testing.T, p *profile.Profile, l level.Level, note string) *profile.Profile {
	t.Helper()
	std, words := library.New().Standard(library.Default), text(note)
	for _, id := range std.Walk()[:20] {
		next, err := profile.Rate{KSB: id, By: profile.Mentor, Level: l, On: uitest.Today.AddDays(-40), Who: text("A. Stern"), Note: &words}.Apply(*p, std)
		if err != nil {
			t.Fatal(err)
		}
		p = &next
	}
	return p
}

// blindRig is the whole program in the blind rating, with unsent text of the learner's in every form.
func blindRig(t *testing.T, p *profile.Profile, secret string) *rig {
	t.Helper()
	o := sessionOptions(t, filepath.Join(t.TempDir(), "profile.toml"))
	s, err := session.Create(o, *p)
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range append(s.Standard().Walk(), "") {
		for _, form := range []string{"evidence:" + id, "example:" + id, "note:" + id, "agree-" + id, "differ-" + id, "evidence"} {
			for _, field := range []string{"title", "note", "reason", "name", "where"} {
				s.SetDraft(draftName(form, field), secret)
			}
		}
	}
	opts := options(o)
	opts.Session = s
	r := start(t, opts, o.Path, 80, 24)
	r.keys("b")
	return r
}

// Nothing that the root shows in the blind rating gives the learner's ratings away: the key for evidence, help, the
// finder, messages, the window title, and every form and menu that can open there. They look the same for two very
// different learners of the same name, and whatever other mentors have rated before.
func TestTheRootGivesNothingAwayInTheBlindRating(t *testing.T) {
	t.Parallel()
	one, other := demoProfile(), unlike(demoProfile())
	a, b := blindRig(t, withMentor(t, one, 0, "SECRET not at all"), "SECRET one"), blindRig(t, withMentor(t, other, 4, ""), "OTHER two")
	// What lies in the learner's folder has another path for each; it is as long.
	frame := func(r *rig) string {
		v := r.a.View()
		var cursor tea.Position
		if v.Cursor != nil {
			cursor = v.Cursor.Position
		}
		return fmt.Sprint(v.WindowTitle, cursor, strings.ReplaceAll(v.Content, "/"+filepath.Base(filepath.Dir(r.file)), "/DIR"))
	}
	script := []string{
		"E", "?", "pgdown", "pgdown", "pgdown", "E", "esc", "/", "M", "M", "u", "q", "v", "E", "esc", "esc", "E", "enter", "i", "E", "esc", "enter", "J", "enter", "E", "?", "end", "esc",
		"i", "end", "E", "enter", "E", "x", "enter", "i", "2", "w",
		"enter", "E", "?", "esc", "3", "E", "/", "left", "w", "E", "x", "esc", "w", "esc", "u", "n", "w", "E", "enter", "u", "u", "u", "E", "v", "down", "up", "enter", "E", "d", "E", "a", "esc", "E", "enter", "esc",
	}
	for i, name := range script {
		for _, r := range []*rig{a, b} {
			r.keys(name)
			if r.a.current() != "mentor" || r.a.front == nil && !r.a.blind() {
				t.Fatalf("line %d, %s: no longer in the blind rating\n%s", i, name, r.screen())
			}
		}
		if x, y := frame(a), frame(b); x != y {
			t.Fatalf("line %d, %s: the frames differ\n%s\n%s", i, name, a.screen(), b.screen())
		}
		if strings.Contains(a.screen(), "SECRET") {
			t.Fatalf("line %d, %s: the learner's text is shown\n%s", i, name, a.screen())
		}
	}
}

// A note that a mentor typed and did not send comes back to that mentor, even after Ctrl-C, and to nobody else.
func TestAMentorsDraftIsTheMentorsOwn(t *testing.T) {
	t.Parallel()
	const back, typed = "Your unsent text from last time is back.", "half a sentence"
	for _, leave := range []string{"esc", "ctrl+c"} {
		r := newRig(t, demoProfile(), 80, 24)
		r.keys("b", "enter", "enter", "down", "enter", "3", "w")
		ksb := firstOpen(t, r)
		r.sees("esc leave, text is kept")
		r.text(typed)
		r.keys(leave)
		if leave == "ctrl+c" {
			if err := errors.Join(r.a.finish(), r.a.s.Close()); err != nil || !r.quit {
				t.Fatal(err, r.quit)
			}
			o := sessionOptions(t, r.file)
			s, err := session.Open(o)
			if err != nil {
				t.Fatal(err)
			}
			opts := options(o)
			opts.Session = s
			r = start(t, opts, r.file, 80, 24)
			r.keys("b")
		} else {
			r.keys("esc", "esc", "down", "enter", "b")
		}
		seek := func() {
			r.keys("2", "enter", "home")
			for range 12 {
				if strings.Contains(r.screen(), "["+ksb+" ") {
					return
				}
				r.keys("right")
			}
			t.Fatalf("%s is not shown:\n%s", ksb, r.screen())
		}
		r.keys("enter", "end", "enter")
		r.text("A. N. Other")
		r.keys("enter")
		seek()
		r.keys("2", "w")
		if s := r.screen(); strings.Contains(s, typed) || strings.Contains(s, back) || firstOpen(t, r) != ksb {
			t.Fatalf("%s: another mentor reads it:\n%s", leave, s)
		}
		r.keys("esc", "u", "i")
		for !strings.Contains(r.screen(), "▸ 1  J. Ode") && !strings.Contains(r.screen(), "▸ 2  J. Ode") && !strings.Contains(r.screen(), "▸ 3  J. Ode") {
			r.keys("down")
		}
		r.keys("enter", "esc")
		seek()
		r.keys("3", "w")
		r.sees(back, typed)
	}
}

// Before the keyboard goes back to the learner, the mentor is told whether the ratings are on disk.
func TestHandingBackSaysWhatIsSaved(t *testing.T) {
	t.Parallel()
	r := newRig(t, demoProfile(), 80, 24)
	r.keys("b", "enter", "enter", "esc")
	r.sees("What you rated is kept.")
	r.keys("esc", "down", "enter")
	r.replace(r.textOf(r.file), "Asha Patel", "Bo Lund", "l-ashapate", "l-bolund22")
	r.keys("3")
	r.sees("Not saved yet: take the file as it is now", "Take the file as it is now, and put my changes on top", "Save mine as a new file beside it", "Save mine under another name")
	if s := r.screen(); strings.Contains(s, "reload") {
		t.Errorf("words that are no choice:\n%s", s)
	}
	r.keys("esc", "esc", "esc")
	r.sees("What you rated is not saved yet")
}

// About a file that was broken by hand, a mentor is told the line, but not what the learner wrote there; the learner is
// told both.
func TestAnErrorInTheFileGivesNothingAway(t *testing.T) {
	t.Parallel()
	r := newRig(t, demoProfile(), 80, 24)
	r.keys("b", "enter", "enter", "down", "enter")
	was, err := os.ReadFile(r.file)
	if err != nil {
		t.Fatal(err)
	}
	broken := strings.Replace(string(was), "level = 2", "level = 9", 1)
	if err := os.WriteFile(r.file, []byte(broken), 0o600); err != nil {
		t.Fatal(err)
	}
	r.keys("3") // the question says it, and does not offer to take that file
	r.sees("of the file cannot be read; the learner can correct it")
	if s := r.screen(); strings.Contains(s, "level 9") || strings.Contains(s, "round.") {
		t.Errorf("it betrays the learner:\n%s", s)
	}
	above, _, _ := strings.Cut(broken, "level = 9")
	line := strings.Count(above, "\n") + 1
	r.sees(fmt.Sprintf("line %d of", line))
}
