//go:build unix

package store_test

import (
	"errors"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/library"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/profile/file"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/store"
)

var lib = library.New()

// worker is a learner at a computer whose disk is a model. Only the lock is on the real one.
type worker struct {
	t     *testing.T
	o     session.Options
	s     *session.Session
	walk  []string
	acked int // ratings that were reported as saved
	tried int // ratings that a save was begun for
}

func newWorker(t *testing.T) *worker {
	t.Helper()
	clock := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	return &worker{
		t: t, walk: lib.Standard(library.Default).Walk(),
		o: session.Options{
			Path: "/home/sam/profile.toml", Places: store.Places{State: filepath.Join(t.TempDir(), "state"), Config: "/home/sam/config"},
			Library: lib, Today: calendar.Of(2026, 11, 22), Random: rand.NewChaCha8([32]byte{}),
			Now: func() time.Time { clock = clock.Add(time.Second); return clock },
		},
	}
}

// works begins a record, rates three KSBs with a save after each, leaves, comes back another day and rates two more.
func (w *worker) works(ops store.Ops) error {
	w.o.Ops, w.acked, w.tried = ops, -1, 0
	s, err := session.Create(w.o, profile.Profile{Standard: "ST0413", Learner: profile.Learner{Name: safetext.New("Sam")}})
	if err != nil {
		return err
	}
	w.s, w.acked = s, 0
	for n := range 5 {
		if n == 3 {
			if err := s.Close(); err != nil {
				return err
			}
			if s, err = session.Open(w.o); err != nil {
				return err
			}
			w.s = s
		}
		w.rate(n)
		w.tried = n + 1
		if err := s.Save(); err != nil {
			return err
		}
		if s.Warning() == "" { // which says where a power cut could still take the save back
			w.acked = n + 1
		}
	}
	return s.Close()
}

func (w *worker) rate(n int) {
	w.t.Helper()
	if err := w.s.Do(profile.Rate{KSB: w.walk[n], Level: level.Level(n % 4), By: profile.Self, On: w.o.Today}); err != nil {
		w.t.Fatal(err)
	}
}

// cutAt works until the power goes before an operation, and gives the disks that may be found then.
func (w *worker) cutAt(at int, judge func(op string) bool) (after []store.Ops, fell bool) {
	w.t.Helper()
	disk := store.NewForgetful("/home/sam")
	n := 0
	err, fell := store.Cut(disk, func(op string) (cut, lie bool) {
		n++
		return n == at, judge != nil && judge(op)
	}, w.works)
	w.unlock()
	if !fell && err != nil {
		w.t.Fatal(err)
	}
	return disk.AfterPowerCut(), fell
}

// unlock releases the lock, as the end of a process does, even if opening the session failed.
func (w *worker) unlock() {
	w.t.Helper()
	if err := os.RemoveAll(filepath.Join(w.o.Places.State, "locks")); err != nil {
		w.t.Fatal(err)
	}
}

// found is how many ratings the profile on a disk holds; -1 where there is no file.
func (w *worker) found(ops store.Ops) (int, error) {
	f, err := store.Load(ops, w.o.Path, 1<<20)
	if errors.Is(err, fs.ErrNotExist) {
		return -1, nil
	}
	if err != nil {
		return 0, err
	}
	read, err := file.Decode(f.Bytes(), lib.Standard)
	if err != nil {
		return 0, err
	}
	return read.Profile.Ratings(), nil
}

// TestPowerCutsInALearnersDay cuts the power before every operation of two sessions with five saves (D1). Whatever of what was not
// synced is lost, the profile is what was last reported as saved or what was just being written: never an older one, never a mix.
// The next session opens it and can save again.
func TestPowerCutsInALearnersDay(t *testing.T) {
	w := newWorker(t)
	cuts, disks := 0, 0
	for at := 1; ; at++ {
		after, fell := w.cutAt(at, nil)
		acked, tried := w.acked, w.tried
		for _, disk := range after {
			disks++
			if n, err := w.found(disk); err != nil || n < acked || n > tried {
				t.Fatalf("cut before operation %d: %d ratings found (%v), %d were reported as saved, %d begun", at, n, err, acked, tried)
			}
		}
		w.goesOn(after[at%len(after)])
		if !fell {
			break
		}
		cuts++
	}
	if cuts < 200 {
		t.Errorf("only %d cuts", cuts)
	}
	t.Logf("%d cuts, %d disks after them", cuts, disks)
}

// goesOn opens what was found after a power cut, or begins anew where there is no file, and saves one rating more.
func (w *worker) goesOn(disk store.Ops) {
	w.t.Helper()
	before, err := w.found(disk)
	if err != nil {
		w.t.Fatal(err)
	}
	w.o.Ops = disk
	if before < 0 {
		w.s, err = session.Create(w.o, profile.Profile{Standard: "ST0413", Learner: profile.Learner{Name: safetext.New("Sam")}})
		before = 0
	} else {
		w.s, err = session.Open(w.o)
	}
	if err != nil {
		w.t.Fatal(err)
	}
	defer w.s.Close()
	w.rate(20)
	if err := w.s.Save(); err != nil {
		w.t.Fatal(err)
	}
	if n, err := w.found(disk); err != nil || n != before+1 {
		w.t.Errorf("after going on: %d ratings, want %d (%v)", n, before+1, err)
	}
}

// TestAForgetfulDiskIsNoticed: where a sync does nothing, the test above fails.
func TestAForgetfulDiskIsNoticed(t *testing.T) {
	for _, lies := range []string{"sync temp", "syncdir"} {
		w := newWorker(t)
		worse := false
		for at := 1; !worse; at++ {
			after, fell := w.cutAt(at, func(op string) bool { return op == lies })
			for _, disk := range after {
				n, err := w.found(disk)
				worse = worse || err != nil || n < w.acked
			}
			if !fell {
				break
			}
		}
		if !worse {
			t.Errorf("a %s that does nothing makes no difference", lies)
		}
	}
}

// TestADiskThatIsFullForAWhile: every save fails while it is full, nothing of the file is lost, and the first save after that holds
// everything. The same for a quota and for a drive that is gone for a while.
func TestADiskThatIsFullForAWhile(t *testing.T) {
	for _, full := range []error{syscall.ENOSPC, syscall.EDQUOT, syscall.EIO, syscall.ENOTCONN} {
		w := newWorker(t)
		disk := store.NewForgetful("/home/sam")
		if err := w.works(disk); err != nil {
			t.Fatal(err)
		}
		fails := false
		w.o.Ops = store.Failing(disk, func(op string) error {
			if fails && (strings.HasPrefix(op, "create") || strings.HasPrefix(op, "write") || op == "mkdir") {
				return full
			}
			return nil
		})
		var err error
		if w.s, err = session.Open(w.o); err != nil {
			t.Fatal(err)
		}
		fails = true
		for n := 10; n < 14; n++ {
			w.rate(n)
			err := w.s.Save()
			var told *store.Error
			if !errors.Is(err, full) || !errors.As(err, &told) || told.Hint() == "" || !w.s.Dirty() {
				t.Errorf("%v: saved with %v, dirty %v", full, err, w.s.Dirty())
			}
			if n, err := w.found(disk); err != nil || n != 5 {
				t.Errorf("%v: the file holds %d ratings (%v)", full, n, err)
			}
		}
		fails = false
		if err := w.s.Save(); err != nil || w.s.Dirty() {
			t.Errorf("%v: once there is room: %v, dirty %v", full, err, w.s.Dirty())
		}
		if n, err := w.found(disk); err != nil || n != 9 {
			t.Errorf("%v: once there is room the file holds %d ratings (%v)", full, n, err)
		}
		if err := w.s.Close(); err != nil {
			t.Error(err)
		}
	}
}

// TestAClockThatIsSetBack: a computer that thinks it is years ago saves, keeps its backups in order and sweeps nothing that is new.
func TestAClockThatIsSetBack(t *testing.T) {
	w := newWorker(t)
	disk := store.NewForgetful("/home/sam")
	if err := w.works(disk); err != nil {
		t.Fatal(err)
	}
	clock := time.Date(2001, 1, 1, 0, 0, 0, 0, time.UTC)
	w.o.Now = func() time.Time { clock = clock.Add(-time.Hour); return clock }
	for n := 10; n < 13; n++ {
		var err error
		if w.s, err = session.Open(w.o); err != nil || w.s.Warning() != "" {
			t.Fatal(err, w.s.Warning())
		}
		w.rate(n)
		if err := errors.Join(w.s.Save(), w.s.Close()); err != nil {
			t.Fatal(err)
		}
		backup, _, err := store.NewBackups(disk, w.o.Places.State, w.o.Path).Newest()
		if err != nil {
			t.Fatal(err)
		}
		read, err := file.Decode(backup, lib.Standard)
		if err != nil || read.Profile.Ratings() != n-5 {
			t.Errorf("the newest backup holds %d ratings, want %d (%v)", read.Profile.Ratings(), n-5, err)
		}
	}
	if n, err := w.found(disk); err != nil || n != 8 {
		t.Errorf("%d ratings, want 8 (%v)", n, err)
	}
}
