package session_test

import (
	"errors"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/store"
)

// elsewhere is the sample as another program left it.
var elsewhere = strings.Replace(sample, "S7 = { level = 2", "S7 = { level = 4", 1)

// Six ways in which the file can change while it is open (X1 of the safety tests). Nothing of it is overwritten.
func TestChangedElsewhere(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(t *testing.T, d *desk)
		reload string // what reloading says, "" where it works
	}{
		{"a: other bytes", func(_ *testing.T, d *desk) { d.write(elsewhere) }, ""},
		{"b: same size and time", func(t *testing.T, d *desk) {
			before := d.look()
			d.write(elsewhere)
			if err := os.Chtimes(d.path, before.info.ModTime(), before.info.ModTime()); err != nil {
				t.Fatal(err)
			}
			if now := d.look(); now.info.Size() != before.info.Size() || !now.info.ModTime().Equal(before.info.ModTime()) {
				t.Fatal("the file shows that it was changed")
			}
		}, ""},
		{"c: another file in its place", func(t *testing.T, d *desk) {
			if err := os.WriteFile(d.path+".new", []byte(elsewhere), 0o600); err != nil {
				t.Fatal(err)
			}
			if err := os.Rename(d.path+".new", d.path); err != nil {
				t.Fatal(err)
			}
		}, ""},
		{"d: deleted", func(t *testing.T, d *desk) {
			if err := os.Remove(d.path); err != nil {
				t.Fatal(err)
			}
		}, "there is no such file"},
		{"e: a folder", func(t *testing.T, d *desk) {
			if err := errors.Join(os.Remove(d.path), os.Mkdir(d.path, 0o700)); err != nil {
				t.Fatal(err)
			}
		}, "it is a folder"},
		{"f: conflict markers", func(_ *testing.T, d *desk) { d.write("<<<<<<< ours\n" + sample + "=======\n>>>>>>> theirs\n") }, "merge conflict marker"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := newDesk(t, sample)
			s := d.open()
			do(t, s, rate("K7", 3), note("K7", "mine"))
			c.change(t, d)
			before := lookAt(t, d.path)
			for range 2 {
				if err := s.Save(); !session.Changed(err) {
					t.Fatalf("%v", err)
				}
			}
			if err := s.SaveLeft(); !session.Changed(err) {
				t.Errorf("at the end: %v", err)
			}
			if now := lookAt(t, d.path); now != before {
				t.Errorf("it was overwritten: %q", now)
			}
			if levelOf(t, s, "K7") != 3 || !s.Dirty() {
				t.Error("a change was lost")
			}

			lost, err := s.Reload()
			if c.reload != "" {
				if err == nil || !strings.Contains(err.Error(), c.reload) || levelOf(t, s, "K7") != 3 || !s.Dirty() {
					t.Fatalf("reload: %v, dirty %v", err, s.Dirty())
				}
				path, err := s.SaveBeside()
				if err != nil {
					t.Fatal(err)
				}
				holds(t, path, s)
				return
			}
			if err != nil || len(lost) > 0 || levelOf(t, s, "S7") != 4 || levelOf(t, s, "K7") != 3 {
				t.Fatalf("reload: %v, lost %v", err, lost)
			}
			save(t, s)
			holds(t, d.path, s)
			if got := d.read(); !strings.Contains(got, "S7 = { level = 4") || !strings.Contains(got, `note = "mine"`) {
				t.Errorf("%s", got)
			}
		})
	}
}

// lookAt is what lies at a path, in words.
func lookAt(t *testing.T, path string) string {
	t.Helper()
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return "nothing"
	case err != nil:
		t.Fatal(err)
	case info.IsDir():
		return "a folder"
	}
	return info.ModTime().Format(time.RFC3339Nano) + read(t, path)
}

// A file that was deleted can be written again under its own name.
func TestSaveElsewhereInItsOwnPlace(t *testing.T) {
	d := newDesk(t, sample)
	s := d.open()
	do(t, s, rate("K7", 3))
	if err := os.Remove(d.path); err != nil {
		t.Fatal(err)
	}
	if err := s.Save(); !session.Changed(err) {
		t.Fatal(err)
	}
	if err := s.SaveElsewhere(d.path); err != nil || s.ReadOnly() != nil {
		t.Fatalf("%v, %v", err, s.ReadOnly())
	}
	do(t, s, rate("K8", 1))
	save(t, s)
	holds(t, d.path, s)
}

func TestReloadNamesWhatNoLongerFits(t *testing.T) {
	pause := profile.AddPause{Pause: profile.Pause{From: today, To: today}}
	goal := profile.AddGoal{Goal: profile.Goal{ID: "g-1", KSBs: []string{"K7"}, Text: safetext.New("x")}}
	action := profile.AddAction{Goal: "g-0", Action: profile.Action{ID: "a-1", Sort: profile.Study, Text: safetext.New("y")}}
	withGoal := sample + "\n[[goal]]\nid = \"g-0\"\nksbs = [\"K7\"]\ntext = \"z\"\n"
	for _, c := range []struct {
		name   string
		src    string
		acts   func(t *testing.T, s *session.Session)
		theirs string
		lost   []string
		left   int // unsaved changes that are on top afterwards
	}{
		{"nothing was changed here", sample, func(*testing.T, *session.Session) {}, elsewhere, nil, 0},
		{"all fits", sample, func(t *testing.T, s *session.Session) { do(t, s, rate("K7", 3), pause, goal) }, elsewhere, nil, 3},
		{"what was done there too", sample, func(t *testing.T, s *session.Session) { do(t, s, pause, rate("K7", 3)) }, elsewhere + "[[pause]]\nfrom = 2026-11-22\nto = 2026-11-22\n", []string{"pause"}, 1},
		{"a goal that is gone", withGoal, func(t *testing.T, s *session.Session) { do(t, s, action, rate("K7", 3)) }, elsewhere, []string{"new action"}, 1},
		{"saved changes are not made again", sample, func(t *testing.T, s *session.Session) {
			do(t, s, pause)
			save(t, s)
			do(t, s, rate("K7", 3))
		}, elsewhere, nil, 1},
		{"undone here", sample, func(t *testing.T, s *session.Session) {
			do(t, s, rate("K7", 3), pause)
			s.Undo()
			do(t, s, goal)
			s.Undo()
		}, elsewhere, nil, 1},
		{"the undoing of what was saved", sample, func(t *testing.T, s *session.Session) {
			do(t, s, rate("K7", 3))
			save(t, s)
			s.Undo()
			do(t, s, pause)
		}, elsewhere, []string{"undoing the rating of K7"}, 1},
		{"undone while it was saved", sample, func(t *testing.T, s *session.Session) {
			do(t, s, rate("K7", 3))
			job := start(t, s)
			s.Undo()
			s.FinishSave(job())
		}, elsewhere, []string{"undoing the rating of K7"}, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := newDesk(t, c.src)
			s := d.open()
			c.acts(t, s)
			d.write(c.theirs)
			rev := s.Rev()
			lost, err := s.Reload()
			if err != nil || !slices.Equal(lost, c.lost) {
				t.Fatalf("%v, lost %q, want %q", err, lost, c.lost)
			}
			if s.Rev() != rev+1+c.left || s.Dirty() != (c.left > 0) || levelOf(t, s, "S7") != 4 {
				t.Errorf("revision %d after %d, dirty %v", s.Rev(), rev, s.Dirty())
			}
			undone := 0
			for ; ; undone++ {
				if _, ok := s.Undo(); !ok {
					break
				}
			}
			if undone != c.left {
				t.Errorf("%d could be undone, %d are on top", undone, c.left)
			}
			save(t, s)
			if d.read() != c.theirs {
				t.Errorf("all undone, and the file is\n%s", d.read())
			}
		})
	}
}

// Reloading in the middle of a save waits for it or takes it over; its answer is passed over.
func TestReloadWhileSaving(t *testing.T) {
	d := newDesk(t, sample)
	s := d.open()
	do(t, s, rate("K7", 3))
	job := start(t, s)
	d.write(elsewhere)
	if lost, err := s.Reload(); err != nil || len(lost) > 0 {
		t.Fatal(err, lost)
	}
	s.FinishSave(job())
	if !s.Dirty() || d.read() != elsewhere {
		t.Errorf("dirty %v\n%s", s.Dirty(), d.read())
	}
	save(t, s)
	holds(t, d.path, s)
	if levelOf(t, s, "S7") != 4 || levelOf(t, s, "K7") != 3 {
		t.Error("a change was lost")
	}
}

func TestReloadKeepsPositionAndDrafts(t *testing.T) {
	d := newDesk(t, sample)
	s := d.open()
	s.SetPosition("K1")
	s.SetDraft("note", "old")
	s.SaveState()
	s.SetPosition("K7")
	s.SetDraft("note", "half a thought")
	d.write(elsewhere)
	if _, err := s.Reload(); err != nil {
		t.Fatal(err)
	}
	if s.Position() != "K7" || s.Draft("note") != "half a thought" {
		t.Errorf("%q, %q", s.Position(), s.Draft("note"))
	}
}

func TestChanged(t *testing.T) {
	for err, want := range map[error]bool{nil: false, store.ErrChanged: true, &store.Error{Err: store.ErrChanged}: true, store.ErrReadOnly: false} {
		if session.Changed(err) != want {
			t.Errorf("%v: %v", err, !want)
		}
	}
}

// The learner's ID stays through an undo and a reload: a sheet that is out carries it.
func TestReloadKeepsTheIDAndForgetsWhatWasUndone(t *testing.T) {
	d := newDesk(t, sample)
	s := d.open()
	d.write(elsewhere)
	do(t, s, rate("K7", 3))
	if err := s.Identify(); err != nil {
		t.Fatal(err)
	}
	id := s.Profile().Learner.ID
	if _, ok := s.Undo(); !ok {
		t.Fatal("nothing was undone")
	}
	lost, err := s.Reload()
	if err != nil || len(lost) > 0 {
		t.Fatal(lost, err)
	}
	if got, _ := s.Profile().Newest("K7", profile.Self); got.Level != 1 || s.Profile().Learner.ID != id {
		t.Errorf("K7 is at %s and the id is %q, want 1 and %q", got.Level, s.Profile().Learner.ID, id)
	}
	if c, ok := s.Newest(); ok {
		t.Errorf("%s can be undone", c.Label())
	}
	save(t, s)
}

// What one of the two did stays theirs when it is made again on top of another file.
func TestReloadLeavesChangesInTheirHands(t *testing.T) {
	d := newDesk(t, sample)
	s := d.open()
	d.write(elsewhere)
	s.HandTo(1)
	do(t, s, profile.Rate{KSB: "K7", By: profile.Mentor, Level: 2, On: today, Who: safetext.New("J. Ode")})
	s.HandTo(0)
	if _, err := s.Reload(); err != nil {
		t.Fatal(err)
	}
	if c, ok := s.Newest(); ok {
		t.Errorf("the learner can undo the %s", c.Label())
	}
	s.HandTo(1)
	if _, ok := s.Newest(); !ok {
		t.Error("the mentor cannot undo their own rating")
	}
}
