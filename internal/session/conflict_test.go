package session_test

import (
	"errors"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/store"
)

// elsewhere is the sample with a change that another program made.
var elsewhere = strings.Replace(sample, "S7 = { level = 2", "S7 = { level = 4", 1)

// Six ways in which the file can change while it is open (X1 of the safety tests). Nothing is overwritten.
func TestChangedElsewhere(t *testing.T) {
	t.Parallel()
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

			lost, err := s.ReloadNow()
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

// lookAt says what there is at a path.
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
	t.Parallel()
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

// All that this session did, saved or not, is merged into the file as it is now, and can still be undone.
func TestReloadPutsTheSessionOnTop(t *testing.T) {
	t.Parallel()
	pause := profile.AddPause{Pause: profile.Pause{From: today, To: today}}
	goal := profile.AddGoal{Goal: profile.Goal{ID: "g-1", KSBs: []string{"K7"}, Text: safetext.New("x")}}
	for _, c := range []struct {
		name   string
		acts   func(t *testing.T, s *session.Session)
		theirs string
		k7     level.Level
		left   int // changes that are on top of the file afterwards
	}{
		{"nothing was changed here", func(*testing.T, *session.Session) {}, elsewhere, 1, 0},
		{"all fits", func(t *testing.T, s *session.Session) { do(t, s, rate("K7", 3), pause, goal) }, elsewhere, 3, 3},
		{"what was done there too", func(t *testing.T, s *session.Session) { do(t, s, pause, rate("K7", 3)) }, elsewhere + "[[pause]]\nfrom = 2026-11-22\nto = 2026-11-22\n", 3, 1},
		{"an older copy, without what was saved", func(t *testing.T, s *session.Session) {
			do(t, s, pause)
			save(t, s)
			do(t, s, rate("K7", 3))
		}, elsewhere, 3, 2},
		{"undone here", func(t *testing.T, s *session.Session) {
			do(t, s, rate("K7", 3), pause)
			s.Undo()
			do(t, s, goal)
			s.Undo()
		}, elsewhere, 3, 1},
		{"the undoing of what was saved", func(t *testing.T, s *session.Session) {
			do(t, s, rate("K7", 3))
			save(t, s)
			s.Undo()
			do(t, s, pause)
		}, elsewhere, 1, 1},
		{"the undoing of what was saved and is in the file", func(t *testing.T, s *session.Session) {
			do(t, s, rate("K7", 3))
			save(t, s)
			s.Undo()
		}, "", 1, 0},
		{"undone while it was saved", func(t *testing.T, s *session.Session) {
			do(t, s, rate("K7", 3))
			job := start(t, s)
			s.Undo()
			s.FinishSave(job())
		}, elsewhere, 1, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := newDesk(t, sample)
			s := d.open()
			c.acts(t, s)
			same := c.theirs == ""
			if same {
				c.theirs = strings.Replace(d.read(), "S7 = { level = 2", "S7 = { level = 4", 1)
			}
			d.write(c.theirs)
			clashes, err := s.ReloadNow()
			if err != nil || len(clashes) > 0 {
				t.Fatalf("%v, clashes %+v", err, clashes)
			}
			if s.Dirty() != (c.left > 0 || same) || levelOf(t, s, "S7") != 4 || levelOf(t, s, "K7") != c.k7 {
				t.Errorf("dirty %v, S7 %d, K7 %d, want %d", s.Dirty(), levelOf(t, s, "S7"), levelOf(t, s, "K7"), c.k7)
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
			if d.read() != c.theirs && !same {
				t.Errorf("all undone, and the file is\n%s", d.read())
			}
		})
	}
}

// Five ratings that were saved are still there after a sync program put an older copy of the file back.
func TestSavedRatingsSurviveAnOlderCopy(t *testing.T) {
	t.Parallel()
	d := newDesk(t, sample)
	s := d.open()
	for _, ksb := range []string{"K1", "K2", "K3", "K4", "K5"} {
		do(t, s, rate(ksb, 2))
		save(t, s)
	}
	ours := d.read()
	d.write(sample)
	do(t, s, rate("K6", 2))
	if err := s.Save(); !session.Changed(err) {
		t.Fatal(err)
	}
	if clashes, err := s.ReloadNow(); err != nil || len(clashes) > 0 {
		t.Fatal(err, clashes)
	}
	save(t, s)
	holds(t, d.path, s)
	got := decoded(t, d.read()).Rounds[0].Ratings[profile.Self]
	for _, ksb := range []string{"K1", "K2", "K3", "K4", "K5", "K6"} {
		if got[ksb].Level != 2 {
			t.Errorf("%s is gone: %v", ksb, got)
		}
	}
	if !slices.Contains(d.backups(), ours) {
		t.Error("what was last written here is in no backup")
	}
	if !slices.Contains(d.backups(), sample) {
		t.Error("the file that was put back is in no backup")
	}
}

// Where both changed one place, nothing is taken before somebody has chosen; what is chosen holds, and is not asked
// again.
func TestWhatWasChangedInBothIsAsked(t *testing.T) {
	t.Parallel()
	for _, mine := range []bool{true, false} {
		d := newDesk(t, sample)
		s := d.open()
		do(t, s, rate("S7", 3), rate("K7", 2))
		save(t, s)
		theirs := strings.Replace(sample, "S7 = { level = 2, on = 2026-11-01", "S7 = { level = 4, on = 2026-11-20", 1)
		d.write(theirs)
		clashes, err := s.ReloadNow()
		if err != nil || len(clashes) != 1 || clashes[0].What != "your rating of S7" || !strings.HasPrefix(clashes[0].Ours, "level 3") || !strings.HasPrefix(clashes[0].Theirs, "level 4") {
			t.Fatalf("%v, %+v", err, clashes)
		}
		if levelOf(t, s, "S7") != 3 || levelOf(t, s, "K7") != 2 || d.read() != theirs {
			t.Fatal("something was taken before anybody chose")
		}
		m, err := s.PrepareReload()
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Reload(m, func(key string) bool { return mine && key == clashes[0].Key }); err != nil {
			t.Fatal(err)
		}
		want := map[bool]level.Level{true: 3, false: 4}[mine]
		if levelOf(t, s, "S7") != want || levelOf(t, s, "K7") != 2 {
			t.Errorf("S7 %d, want %d; K7 %d", levelOf(t, s, "S7"), want, levelOf(t, s, "K7"))
		}
		save(t, s)
		holds(t, d.path, s)
		d.write(theirs)
		if clashes, err := s.ReloadNow(); err != nil || len(clashes) > 0 || levelOf(t, s, "S7") != want {
			t.Errorf("mine %v: asked again: %+v, %v", mine, clashes, err)
		}
	}
}

// A change made after the reload was prepared must not be lost.
func TestAStaleReloadIsRefused(t *testing.T) {
	t.Parallel()
	d := newDesk(t, sample)
	s := d.open()
	d.write(elsewhere)
	m, err := s.PrepareReload()
	if err != nil {
		t.Fatal(err)
	}
	do(t, s, rate("K7", 3))
	if err := s.Reload(m, nil); err == nil || levelOf(t, s, "K7") != 3 {
		t.Errorf("%v, K7 %d", err, levelOf(t, s, "K7"))
	}
}

// Reloading in the middle of a save waits for it or cancels it; its result is then ignored.
func TestReloadWhileSaving(t *testing.T) {
	t.Parallel()
	d := newDesk(t, sample)
	s := d.open()
	do(t, s, rate("K7", 3))
	job := start(t, s)
	d.write(elsewhere)
	if lost, err := s.ReloadNow(); err != nil || len(lost) > 0 {
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
	t.Parallel()
	d := newDesk(t, sample)
	s := d.open()
	s.SetPosition("K1")
	s.SetDraft("note", "old")
	s.SaveState()
	s.SetPosition("K7")
	s.SetDraft("note", "half a thought")
	d.write(elsewhere)
	if _, err := s.ReloadNow(); err != nil {
		t.Fatal(err)
	}
	if s.Position() != "K7" || s.Draft("note") != "half a thought" {
		t.Errorf("%q, %q", s.Position(), s.Draft("note"))
	}
}

func TestChanged(t *testing.T) {
	t.Parallel()
	for err, want := range map[error]bool{nil: false, store.ErrChanged: true, &store.Error{Err: store.ErrChanged}: true, store.ErrReadOnly: false} {
		if session.Changed(err) != want {
			t.Errorf("%v: %v", err, !want)
		}
	}
}

// The learner's ID survives undo and reload, because a sheet that was handed out may carry it.
func TestReloadKeepsTheIDAndForgetsWhatWasUndone(t *testing.T) {
	t.Parallel()
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
	lost, err := s.ReloadNow()
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

// After a reload each person can still undo only their own changes.
func TestReloadKeepsWhoMadeEachChange(t *testing.T) {
	t.Parallel()
	d := newDesk(t, sample)
	s := d.open()
	d.write(elsewhere)
	s.HandTo(1)
	do(t, s, profile.Rate{KSB: "K7", By: profile.Mentor, Level: 2, On: today, Who: safetext.New("J. Ode")})
	s.HandTo(0)
	if _, err := s.ReloadNow(); err != nil {
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
