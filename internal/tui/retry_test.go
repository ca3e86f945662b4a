package tui

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/store"
)

// crammed is a disk that refuses a number of new files, and then has room again.
type crammed struct {
	store.Ops
	refuses, refused int
}

func (c *crammed) Create(path string, perm fs.FileMode) (store.Handle, error) {
	if c.refuses > 0 && filepath.Base(filepath.Dir(path)) == "home" {
		c.refuses--
		c.refused++
		return nil, &fs.PathError{Op: "open", Path: path, Err: syscall.ENOSPC}
	}
	return c.Ops.Create(path, perm)
}

func cramped(t *testing.T, first time.Duration) (*rig, *crammed) {
	t.Helper()
	home := filepath.Join(t.TempDir(), "home")
	if err := os.Mkdir(home, 0o700); err != nil {
		t.Fatal(err)
	}
	o := sessionOptions(t, filepath.Join(home, "profile.toml"))
	disk := &crammed{Ops: o.Ops}
	o.Ops = disk
	with := options(o)
	with.Session = sessionOf(t, o, *demoProfile())
	r := start(t, with, o.Path, 80, 24)
	r.a.retries.first = first
	return r, disk
}

// The disk is full for a while, and has room again while the learner does nothing: the program saves by itself, and
// says so.
func TestSavingResumesByItself(t *testing.T) {
	t.Parallel()
	r, disk := cramped(t, time.Millisecond)
	disk.refuses = 4
	r.keys(append(toK21, "2")...) // the timers run at once here
	if x, ok := r.onDisk().Newest("K21", profile.Self); !ok || x.Level != 2 || r.a.failed != nil || r.a.s.Dirty() {
		t.Fatalf("not saved once there was room: %v\n%s", r.a.failed, r.screen())
	}
	if disk.refused != 4 || r.a.retries.wait != 0 {
		t.Errorf("%d tries were refused, and the next would wait %v", disk.refused, r.a.retries.wait)
	}
	r.sees(savingAgain)
	r.keys("2")
	if strings.Contains(r.screen(), savingAgain) {
		t.Error("it is said for good")
	}
}

// Coming back to the window tries to save at once, before the timer. If the change was undone, there is nothing to
// save.
func TestComingBackTriesToSave(t *testing.T) {
	t.Parallel()
	r, disk := cramped(t, 0)
	disk.refuses = 1
	r.keys(append(toK21, "2")...)
	r.sees("not saved", "no space left")
	r.send(tea.FocusMsg{})
	r.sees(savingAgain)
	if x, _ := r.onDisk().Newest("K21", profile.Self); x.Level != 2 {
		t.Error("not saved")
	}
}

// While the learner is asked what to do, nothing is saved behind the question; and a file that was changed elsewhere is
// never written by a timer.
func TestNoTimerSavesBehindAQuestion(t *testing.T) {
	t.Parallel()
	r, disk := cramped(t, 0)
	disk.refuses = 1
	r.keys(append(toK21, "2")...)
	r.keys("ctrl+s")
	r.sees("The last changes are not saved")
	r.send(retryMsg{r.a.retries.turn})
	if !r.a.s.Dirty() {
		t.Error("it was saved while it was asked how")
	}
	r.keys("esc")
	r.send(retryMsg{r.a.retries.turn + 1}) // of a timer that does not count
	if !r.a.s.Dirty() {
		t.Error("a timer that does not count saved")
	}
	r.send(retryMsg{r.a.retries.turn})
	if r.a.s.Dirty() {
		t.Error("not saved after the question")
	}

	r = newRig(t, demoProfile(), 80, 24)
	r.a.retries.first = time.Hour
	r.replace("<<<<<<< mine\n")
	r.keys(append(toK21, "2")...)
	if cmd := r.a.tryLater(); cmd != nil {
		t.Error("a timer for a file that was changed elsewhere")
	}
}
