package lines

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/store"
)

func TestTheEndOfTheInputSavesAndQuits(t *testing.T) {
	t.Parallel()
	r := newRoom(t, beginner())
	said := r.talk("1", "2")
	r.level("K1", 2)
	r.says(said, "Kept in ")
}

func TestASecondWindowOnlyReads(t *testing.T) {
	t.Parallel()
	r := newRoom(t, beginner())
	first, err := session.Open(r.session())
	if err != nil {
		t.Fatal(err)
	}
	said := r.talk("1", "2", "quit")
	r.says(said, session.AlreadyOpen+". You can read everything.", "Not done: "+session.AlreadyOpen)
	if n := r.profile().Ratings(); n != 0 {
		t.Errorf("%d ratings were made beside the first window", n)
	}
	_ = first.Close()
}

func TestChangesMadeElsewhereAreKept(t *testing.T) {
	t.Parallel()
	r := newRoom(t, beginner())
	answers, out, done := r.start()
	out.await(t, "What would you like")
	path := filepath.Join(r.dir, "profile.toml")
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(strings.Replace(string(b), "Audiology", "Radiology", 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	_, _ = io.WriteString(answers, "1\n2\nquit\n")
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	r.says(flat(out.String()), "The file was changed elsewhere: 1 detail or setting was changed. What you did here is in it too.")
	r.level("K1", 2)
	if role := r.profile().Learner.Role.Line(); role != "Radiology" {
		t.Errorf("the role that was changed elsewhere is %q", role)
	}
}

// If both changed the same place, which one counts is asked at once, with both values. Until then nothing is written.
// back keeps both.
func TestAConflictIsAskedAbout(t *testing.T) {
	t.Parallel()
	for answer, want := range map[string]level.Level{"1": 2, "2": 4, "back": 2} {
		r := newRoom(t, beginner())
		answers, out, done := r.start()
		out.await(t, "What would you like")
		path := filepath.Join(r.dir, "profile.toml")
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		theirs := strings.TrimRight(string(b), "\n") + "\n\n[[round]]\nid = \"baseline\"\nopened = 2026-11-22\n\n[round.self]\nK1 = { level = 4, on = 2026-11-21 }\n"
		if err := os.WriteFile(path, []byte(theirs), 0o600); err != nil {
			t.Fatal(err)
		}
		_, _ = io.WriteString(answers, "1\n2\n")
		out.await(t, "Which one should count?")
		if now, err := os.ReadFile(path); err != nil || string(now) != theirs {
			t.Errorf("%s: written before anybody chose: %v", answer, err)
		}
		_, _ = io.WriteString(answers, answer+"\nquit\n")
		if err := <-done; err != nil {
			t.Fatal(err)
		}
		said := flat(out.String())
		r.says(said, "Not saved yet: the file was changed elsewhere in the same place.", "your rating of K1", "Yours: level 2, 22 Nov", "The file's: level 4, 21 Nov")
		if answer != "back" {
			r.says(said, "Saved. The file was changed elsewhere too; both are in it now.")
			r.level("K1", want)
			continue
		}
		r.says(said, "Both are kept. Yours is in a new file, which is used from now on: ")
		if now, err := os.ReadFile(path); err != nil || string(now) != theirs {
			t.Errorf("the file elsewhere was touched: %v", err)
		}
		mine, _ := filepath.Glob(filepath.Join(r.dir, "profile-mine-*.toml"))
		if len(mine) != 1 {
			t.Errorf("%v", mine)
		}
	}
}

// fullDisk fails to save the profile so many times.
type fullDisk struct {
	store.Ops
	fails *int
}

func (d fullDisk) Rename(from, to string) error {
	if filepath.Base(to) == "profile.toml" && *d.fails > 0 {
		*d.fails--
		return &os.PathError{Op: "rename", Path: to, Err: os.ErrPermission}
	}
	return d.Ops.Rename(from, to)
}

func TestAFailedSaveIsReportedAndTriedAgain(t *testing.T) {
	t.Parallel()
	r := newRoom(t, beginner())
	fails := 1
	o := r.session()
	o.Ops = fullDisk{o.Ops, &fails}
	talk := func(answers string) (string, error) {
		var out bytes.Buffer
		l := r.options(strings.NewReader(answers), &out)
		l.Open = func() (*session.Session, error) { return session.Open(o) }
		err := Run(l)
		return flat(out.String()), err
	}
	said, err := talk("1\n2\n1\nquit\n")
	if err != nil {
		t.Fatal(err)
	}
	r.says(said, "K1 is 2, Supported. Not saved yet: ", "It is still here; the next change tries again.",
		"K2 is 1, Aware. Saved.")
	r.level("K1", 2)
	r.level("K2", 1)

	fails = 99 // for good, so the record goes into a new file
	_, err = talk("1\n2\nquit\n")
	if err == nil || !strings.Contains(err.Error(), "nothing is lost") {
		t.Errorf("after a save that never worked: %v", err)
	}
}
