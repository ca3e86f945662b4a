package session_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/store"
)

// older are the older versions of the profile as it is now.
func (d *desk) older() *session.Older {
	d.t.Helper()
	h, err := session.OlderVersions(d.o)
	if err != nil {
		d.t.Fatal(err)
	}
	return h
}

// keep makes a backup of a text.
func (d *desk) keep(src string) {
	d.t.Helper()
	if err := store.NewBackups(store.OS(), d.o.Places.State, d.path).Keep([]byte(src), d.o.Now()); err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) bringBack(word string) session.Restored {
	d.t.Helper()
	h := d.older()
	v, err := h.Find(word)
	if err != nil {
		d.t.Fatal(err)
	}
	r, err := h.BringBack(v)
	if err != nil {
		d.t.Fatal(err)
	}
	return r
}

const (
	sampleRound = "[[round]]\nid = \"baseline\"\nopened = 2026-11-01\n[round.self]\nK7 = { level = 1, on = 2026-11-01 }\nS7 = { level = 2, on = 2026-11-01, note = \"with help\" }\n"
	sampleGoal  = "[[goal]]\nid = \"g-1\"\nksbs = [\"K7\"]\ntext = \"hush\"\nstatus = \"active\"\nopened = 2026-11-02\n"
)

func TestVersionsInWords(t *testing.T) {
	t.Parallel()
	with := func(pairs ...string) string { return strings.NewReplacer(pairs...).Replace(sample) }
	k8 := with("K7 =", "K8 = { level = 2, on = 2026-11-02 }\nK7 =")
	for _, c := range []struct{ name, then, now, says, differs string }{
		{"the same", sample, sample, "2 ratings", "It is the same as now."},
		{"another comment", sample, with("not Ash", "Ash"), "2 ratings", "Its record is the same as now; the file is laid out differently."},
		{"a rating came", sample, k8, "2 ratings, before 1 rating was added", "It lacks 1 rating (K8) that you have now."},
		{"a rating went", k8, sample, "3 ratings, before 1 rating was taken out", "It has 1 rating (K8) that you do not have now."},
		{"another level", sample, with("level = 1", "level = 3"), "2 ratings, before 1 rating was changed", "It differs in 1 rating (K7)."},
		{"a note", sample, with("with help", "hush"), "2 ratings, before 1 rating was changed", "It differs in 1 rating (S7)."},
		{"a round went", sample, with(sampleRound, ""), "2 ratings, before 2 ratings and 1 round were taken out", "It has 2 ratings (K7, S7) and 1 round that you do not have now."},
		{"a round came", with(sampleRound, ""), sample, "0 ratings, before 2 ratings and 1 round were added", "It lacks 2 ratings (K7, S7) and 1 round that you have now."},
		{"a goal", sample + sampleGoal, k8, "2 ratings, 1 goal, before 1 goal was taken out and 1 rating was added", "It has 1 goal that you do not have now; it lacks 1 rating (K8) that you have now."},
		{"torn then", sample[:120], sample, "cannot be read", "Line 10, column 9: round.opened: expected a value, but the file ends."},
		{"torn now", sample, sample[:120], "2 ratings", ""},
		{"later", with("format = 1", "format = 2"), sample, "written by a later ksbcoach", "Update ksbcoach to bring it back."},
		{"later now", sample, with("format = 1", "format = 2"), "2 ratings", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := newDesk(t, c.now)
			d.keep(c.then)
			h := d.older()
			if len(h.List) != 1 {
				t.Fatal(h.List)
			}
			v := h.List[0]
			if v.ID != "b-1" || v.Says() != c.says || !strings.HasPrefix(v.Differs(), strings.TrimSuffix(c.differs, ".")) {
				t.Errorf("%s\n%s\n%s", v.ID, v.Says(), v.Differs())
			}
			if strings.Contains(fmt.Sprint(v.Says(), v.Differs(), h.Asks(v, today), v.Sides()), "hush") {
				t.Error("it says the learner's own words")
			}
		})
	}
}

func TestWhenAVersionWasKept(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		at   time.Time
		want string
	}{
		{time.Date(2026, 11, 22, 0, 5, 0, 0, time.UTC), "this morning 00:05"},
		{time.Date(2026, 11, 22, 9, 12, 0, 0, time.UTC), "this morning 09:12"},
		{time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC), "this afternoon 12:00"},
		{time.Date(2026, 11, 22, 18, 30, 0, 0, time.UTC), "this evening 18:30"},
		{time.Date(2026, 11, 21, 23, 59, 0, 0, time.UTC), "yesterday 23:59"},
		{time.Date(2026, 11, 17, 8, 0, 0, 0, time.UTC), "Tuesday 08:00"},
		{time.Date(2026, 11, 15, 8, 0, 0, 0, time.UTC), "15 Nov 08:00"},
		{time.Date(2025, 11, 15, 8, 0, 0, 0, time.UTC), "15 Nov 2025 08:00"},
		{time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC), "23 Nov 08:00"}, // the clock went back
		{time.Time{}, ""},
	} {
		if got := (session.Version{At: c.at}).When(today); got != c.want {
			t.Errorf("%s: %q, not %q", c.at, got, c.want)
		}
	}
}

func TestBringingBackKeepsThePresent(t *testing.T) {
	t.Parallel()
	for name, now := range map[string]string{
		"whole": strings.Replace(sample, "level = 1", "level = 4", 1), "torn": sample[:120], "not text": "\x00\xff\x00",
		"too large": strings.Repeat("#", 1<<20+1), "empty": "", "gone": "-",
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t, now)
			if now == "-" {
				_ = os.Remove(d.path)
			}
			d.keep(sample)
			r := d.bringBack("b-1")
			if d.read() != sample {
				t.Fatal(d.read())
			}
			if nothing := now == "" || now == "-"; nothing != (r.Kept == "") {
				t.Fatal(r.Kept)
			} else if nothing {
				return
			}
			if s := d.open(); s.Warning() != "" || s.ReadOnly() != nil {
				t.Error(s.Warning(), s.ReadOnly())
			} else {
				_ = s.Close()
			}
			d.bringBack(r.Kept)
			if d.read() != now {
				t.Error("what was kept came back otherwise")
			}
		})
	}
}

// Bringing a version back and then what was kept gives the very bytes again, whichever versions there are.
func TestBringingBackIsTakenBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		dir, err := os.MkdirTemp("", "restore")
		if err != nil {
			rt.Fatal(err)
		}
		defer os.RemoveAll(dir)
		d := newDeskIn(t, dir)
		text := rapid.OneOf(rapid.StringN(1, 40, -1), rapid.SampledFrom([]string{sample, sample + sampleGoal, sample[:120]}))
		for range rapid.IntRange(1, 14).Draw(rt, "backups") {
			d.keep(text.Draw(rt, "backup"))
		}
		now := text.Draw(rt, "now")
		d.write(now)
		h := d.older()
		v := h.List[rapid.IntRange(0, len(h.List)-1).Draw(rt, "which")]
		if v.Same {
			return
		}
		r, err := h.BringBack(v)
		if err != nil {
			rt.Fatal(err)
		}
		if d.read() != read(t, v.Path) {
			rt.Fatal("another text came back, or the version is gone")
		}
		if d.bringBack(r.Kept); d.read() != now {
			rt.Fatalf("%q came back as %q", now, d.read())
		}
	})
}

func TestTheOldestOfTenIsBroughtBack(t *testing.T) {
	t.Parallel()
	d := newDesk(t, sample)
	for i := range 10 {
		d.keep(sample + fmt.Sprintf("# %d\n", i))
	}
	r := d.bringBack("b-1")
	if d.read() != sample+"# 0\n" || r.Kept != "b-11" || len(d.backups()) != 11 {
		t.Error(r.Kept, len(d.backups()), d.read())
	}
}

// noKeeping is a disk where no backup can be made.
type noKeeping struct{ store.Ops }

func (o noKeeping) Create(path string, perm fs.FileMode) (store.Handle, error) {
	if strings.Contains(path, "backups") {
		return nil, &fs.PathError{Op: "open", Path: path, Err: syscall.ENOSPC}
	}
	return o.Ops.Create(path, perm)
}

func TestNothingIsBroughtBackWhereThePresentCannotBeKept(t *testing.T) {
	t.Parallel()
	d := newDesk(t, sample[:120])
	d.keep(sample)
	before := d.look()
	d.o.Ops = noKeeping{d.o.Ops}
	h := d.older()
	_, err := h.BringBack(h.List[0])
	if !errors.Is(err, syscall.ENOSPC) || !strings.HasPrefix(err.Error(), "nothing is changed, because the profile as it is now could not be kept first: ") {
		t.Error(err)
	}
	d.untouched(before)

	d = newDesk(t, sample)
	d.keep(sample + "# then\n")
	d.o.Ops = noKeeping{d.o.Ops}
	s := d.open()
	before = d.look()
	h, err = olderOf(s)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.BringBack(h, h.List[0]); !errors.Is(err, syscall.ENOSPC) {
		t.Error(err)
	}
	d.untouched(before)
}

func TestWhatMayNotBeBroughtBack(t *testing.T) {
	t.Parallel()
	later := strings.Replace(sample, "format = 1", "format = 2", 1)
	for name, c := range map[string]struct{ now, then, says string }{
		"a later version": {sample, later, "this version was written by a later ksbcoach"},
		"over a later":    {later, sample, "the profile was written by a later ksbcoach"},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t, c.now)
			d.keep(c.then)
			before, h := d.look(), d.older()
			_, err := h.BringBack(h.List[0])
			var hinted interface{ Hint() string }
			if err == nil || !strings.HasPrefix(err.Error(), c.says) || !errors.As(err, &hinted) || !strings.HasPrefix(hinted.Hint(), "update ksbcoach") {
				t.Error(err)
			}
			d.untouched(before)
		})
	}

	// Nor where another ksbcoach has it open, or changed it since it was shown.
	d := newDesk(t, sample)
	d.keep(sample + "# then\n")
	h, s := d.older(), d.open()
	if _, err := h.BringBack(h.List[0]); !errors.Is(err, store.ErrLocked) {
		t.Error(err)
	}
	_ = s.Close()
	d.write(sample + "# since\n")
	before := d.look()
	if _, err := h.BringBack(h.List[0]); !session.Changed(err) {
		t.Error(err)
	}
	d.untouched(before)
}

func olderOf(s *session.Session) (*session.Older, error) {
	look, err := s.LookForOlder()
	if err != nil {
		return nil, err
	}
	return look()
}

func TestAnOpenProfileGoesOnWithWhatWasBroughtBack(t *testing.T) {
	t.Parallel()
	d := newDesk(t, sample)
	s := d.open()
	do(t, s, rate("K8", 3))
	save(t, s)
	do(t, s, rate("K9", 2))
	h, err := olderOf(s) // which saves first
	if err != nil {
		t.Fatal(err)
	}
	if v := h.List[0]; v.Differs() != "It lacks 2 ratings (K8, K9) that you have now." {
		t.Error(v.Differs())
	}
	was, rev := d.read(), s.Rev()
	r, err := s.BringBack(h, h.List[0])
	if err != nil || d.read() != sample || s.Profile().Ratings() != 2 || s.Rev() <= rev || s.Dirty() {
		t.Fatal(err, s.Profile().Ratings(), s.Dirty(), d.read())
	}
	if c, ok := s.Newest(); ok {
		t.Errorf("%s could be undone on another record", c.Label())
	}
	do(t, s, rate("S6", 1))
	save(t, s)
	holds(t, d.path, s)
	if d.bringBackIn(s, r.Kept); d.read() != was || s.Profile().Ratings() != 4 {
		t.Error(d.read())
	}

	// What was changed elsewhere since the list was made is not lost.
	h, err = olderOf(s)
	if err != nil {
		t.Fatal(err)
	}
	do(t, s, rate("S9", 1))
	if _, err := s.BringBack(h, h.List[len(h.List)-1]); err == nil || !strings.Contains(d.read(), "S9") {
		t.Error(err, d.read())
	}
	// And what this program could not read it does not go on with.
	d.keep(sample[:120])
	if h, err = olderOf(s); err != nil {
		t.Fatal(err)
	}
	before := d.look()
	if _, err := s.BringBack(h, h.List[0]); err == nil {
		t.Error("it goes on with half a file")
	}
	d.untouched(before)
}

func (d *desk) bringBackIn(s *session.Session, word string) {
	d.t.Helper()
	h, err := olderOf(s)
	if err != nil {
		d.t.Fatal(err)
	}
	v, err := h.Find(word)
	if err != nil {
		d.t.Fatal(err)
	}
	if _, err := s.BringBack(h, v); err != nil {
		d.t.Fatal(err)
	}
}

// Two computers use one file: a change by the other is mentioned once, and a version that was brought back does not
// look cut short.
func TestAFileThatIsNotAsThisComputerLeftIt(t *testing.T) {
	t.Parallel()
	d := newDesk(t, sample)
	starts := func(elsewhere, warning string) {
		t.Helper()
		s := d.open()
		if got := s.ChangedElsewhere(); (elsewhere == "") != (got == "") || !strings.Contains(got, elsewhere) {
			t.Errorf("it says %q, want %q", got, elsewhere)
		}
		if got := s.Warning(); (warning == "") != (got == "") || !strings.Contains(got, warning) {
			t.Errorf("it warns %q, want %q", got, warning)
		}
		s.SaveState()
		_ = s.Close()
	}
	starts("", "") // nothing is known of it here
	starts("", "")
	d.write(strings.Replace(sample, "K7 =", "K8 = { level = 2, on = 2026-11-02 }\nK9 = { level = 2, on = 2026-11-02 }\nK7 =", 1))
	starts("it had 2 ratings then, and has 4 now. Each computer keeps its own older versions.", "")
	starts("", "")
	d.keep(d.read())
	d.keep(sample)
	d.bringBack("b-2")
	starts("", "")
	d.write(sample + "# by hand\n")
	starts("it has as many ratings as then.", "")
	d.write(strings.Replace(sample, "K7 = { level = 1, on = 2026-11-01 }\n", "", 1))
	starts("", "3 ratings fewer than its newest backup")
	starts("", "3 ratings fewer than its newest backup")
}

func TestAProfileOfALaterProgramIsShownAndNeverWritten(t *testing.T) {
	t.Parallel()
	d := newDesk(t, strings.Replace(sample, "format = 1", "format = 2", 1)+"[[wonder]]\nid = \"w-1\"\n")
	before := d.look()
	s := d.open()
	if s.Profile().Ratings() != 2 || s.Profile().Learner.Name.Line() != "Asha" {
		t.Error(s.Profile())
	}
	if lock, err := store.TryLock(d.o.Places.State, d.path); err != nil {
		t.Errorf("who only looks keeps others from writing: %v", err)
	} else if err := lock.Unlock(); err != nil {
		t.Error(err)
	}
	err := s.Do(rate("K8", 2))
	var hinted interface{ Hint() string }
	if err == nil || s.ReadOnly() == nil || !errors.As(err, &hinted) || !strings.Contains(hinted.Hint(), "update ksbcoach") {
		t.Error(err)
	}
	if _, ok := s.StartSave(); ok {
		t.Error("it would save")
	}
	if err := s.SaveElsewhere(filepath.Join(filepath.Dir(d.path), "copy.toml")); err == nil {
		t.Error("a copy without what is new in it was written")
	}
	if s.BecomeWriter() {
		t.Error("it became a writer")
	}
	s.SaveState()
	d.untouched(before)
	if len(d.backups()) > 0 {
		t.Error(d.backups())
	}
	_ = s.Close()

	// A save that finds it on disk does not take it in either.
	d.write(sample)
	s = d.open()
	do(t, s, rate("K8", 2))
	d.write(before.text)
	if err := s.Save(); !session.Changed(err) {
		t.Error(err)
	}
	if _, err := s.PrepareReload(); err == nil {
		t.Error("it was met as one of ours")
	}
	if d.read() != before.text {
		t.Error(d.read())
	}
}

// Of many older versions the newest ten are listed in full, and those before them in one line each.
func TestManyOlderVersionsAreListedBriefly(t *testing.T) {
	t.Parallel()
	d := newDesk(t, sample)
	at := d.o.Now()
	for day := range 20 {
		for i := range 2 {
			b := store.NewBackups(store.OS(), d.o.Places.State, d.path)
			if err := b.Keep([]byte(sample+strings.Repeat("#\n", 2*day+i+1)), at.AddDate(0, 0, day-20).Add(time.Duration(i)*time.Minute)); err != nil {
				t.Fatal(err)
			}
		}
	}
	h := d.older()
	if n := len(h.List); n != store.KeepNewest+15 {
		t.Fatalf("%d versions", n)
	}
	for i, v := range h.List {
		if brief := i >= store.KeepNewest; v.Brief != brief || (v.Listed() == "") != brief || v.Differs() == "" {
			t.Errorf("%d: brief %v, listed %q, differs %q", i, v.Brief, v.Listed(), v.Differs())
		}
	}
	if got := h.Count(); got != "25 older versions are kept on this computer, the newest first: the newest 10, and before them the last one of a day" {
		t.Error(got)
	}
}
