package tui

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/store"
	"github.com/ksbcoach/ksbcoach/internal/tui/uitest"
)

// openRestore opens the list of older versions from the palette.
func (r *rig) openRestore() {
	r.keys("ctrl+p", "r", "e", "s", "t", "o", "r", "e", "enter")
}

func TestAnOlderVersionIsBroughtBack(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{80, 24}, {60, 20}} {
		r := newRig(t, demoProfile(), size[0], size[1])
		before := r.textOf(r.file)
		r.openRestore()
		r.sees("No older version is kept on this computer yet")
		r.keys(append(toK21, "2", "3")...)
		ours := r.textOf(r.file)
		r.openRestore()
		r.sees("1 older version is kept on this computer", "It lacks 2 ratings (K21, K22)")
		uitest.Golden(t, fmt.Sprintf("restore_list_%dx%d", size[0], size[1]), r.screen())
		r.keys("enter")
		r.sees("Bring this version back?", "What you have now is kept as a backup first", "Back to the list")
		uitest.Golden(t, fmt.Sprintf("restore_ask_%dx%d", size[0], size[1]), r.screen())
		if r.textOf(r.file) != ours {
			t.Fatal("it was brought back before that was said")
		}
		r.keys("enter") // the safe answer comes first
		r.sees("1 older version is kept")
		r.keys("enter", "down", "enter")
		r.sees("is back. What was there before is kept as b-")
		if r.textOf(r.file) != before {
			t.Error("another text is on disk")
		}
		if got, want := r.a.s.Profile().Ratings(), r.onDisk().Ratings(); got != want {
			t.Errorf("the screen goes on with %d ratings, on disk are %d", got, want)
		}
		r.keys("u")
		if r.textOf(r.file) != before {
			t.Error("undo reaches behind what was brought back")
		}
		r.openRestore()
		r.keys("enter", "down", "enter")
		if r.textOf(r.file) != ours {
			t.Error("what was kept does not come back")
		}
		r.openRestore()
		r.keys("down")
		r.sees("It is the same as now")
	}
}

// A version that cannot be read is in the list, but cannot be brought back from the screen.
func TestAVersionThatCannotBeReadIsNotBroughtBackOnTheScreen(t *testing.T) {
	t.Parallel()
	r := newRig(t, demoProfile(), 80, 24)
	before := r.textOf(r.file)
	o := sessionOptions(t, r.file)
	for _, src := range []string{before[:300], strings.Replace(before, "format = 1", "format = 9", 1)} {
		if err := store.NewBackups(store.OS(), o.Places.State, r.file).Keep([]byte(src), o.Now()); err != nil {
			t.Fatal(err)
		}
	}
	r.openRestore()
	r.sees("written by a later ksbcoach", "cannot be read")
	for _, keys := range [][]string{{"enter"}, {"down", "enter"}} {
		r.keys(keys...)
		r.sees("This version cannot be read", "Back to the list")
		r.keys("enter")
	}
	if r.textOf(r.file) != before {
		t.Error("the file was written")
	}
}

// If the file was changed elsewhere while the program was closed, the program says so once.
func TestAFileFromAnotherComputerIsAnnouncedOnce(t *testing.T) {
	t.Parallel()
	o := sessionOptions(t, t.TempDir()+"/profile.toml")
	_ = sessionOf(t, o, *demoProfile()).Close()
	for i, want := range []string{"", "", "it has as many ratings as then. Each computer keeps its own", ""} {
		if i == 2 {
			src, err := os.ReadFile(o.Path)
			if err == nil {
				err = os.WriteFile(o.Path, append(src, "# hush\n"...), 0o600)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		x := options(o)
		var err error
		if x.Session, err = session.Open(o); err != nil {
			t.Fatal(err)
		}
		r := start(t, x, o.Path, 120, 24)
		if got := r.a.message; (want == "") != (got == "") || !strings.Contains(got, want) {
			t.Errorf("start %d says %q, want %q", i, got, want)
		}
		r.a.s.SaveState()
		_ = r.a.s.Close()
	}
}
