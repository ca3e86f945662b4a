package session_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/profile/file"
	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/store"
)

// copied writes a file next to the profile, last changed on a day in November.
func (d *desk) copied(name, src string, day int) string {
	d.t.Helper()
	path := filepath.Join(filepath.Dir(d.path), name)
	at := time.Date(2026, 11, day, 12, 0, 0, 0, time.Local)
	if err := os.WriteFile(path, []byte(src), 0o600); err != nil {
		d.t.Fatal(err)
	}
	if err := os.Chtimes(path, at, at); err != nil {
		d.t.Fatal(err)
	}
	return path
}

// found are the copies next to the profile, and what the learner is told about them.
func (d *desk) found() ([]session.Copy, string) {
	d.t.Helper()
	s, err := session.Open(d.o)
	if err != nil {
		d.t.Fatal(err)
	}
	defer s.Close()
	list := s.LookForCopies()()
	return list, session.CopiesSay(list, today)
}

const laptop = "profile (Asha's laptop's conflicted copy).toml"

func TestCopiesAreNamedWithWhatTheyHold(t *testing.T) {
	t.Parallel()
	const left = "A sync program seems to have left a copy of your profile next to it: " + laptop + ", 12 Nov. "
	more := strings.Replace(sample, "K7 =", "K8 = { level = 2, on = 2026-11-02 }\nK9 = { level = 1, on = 2026-11-02 }\nS6 = { level = 3, on = 2026-11-02, note = \"hush\" }\nK7 =", 1)
	goal := "[[goal]]\nid = \"g-1\"\nksbs = [\"K7\"]\ntext = \"hush\"\nstatus = \"active\"\nopened = 2026-11-02\n"
	for _, c := range []struct{ name, src, want string }{
		{"the same", sample, "Everything in it is in yours too."},
		{"less than yours", strings.Replace(sample, "K7 = { level = 1, on = 2026-11-01 }\n", "", 1), "Everything in it is in yours too."},
		{"ratings", more, "It has 3 ratings (K8, K9, S6) that yours does not."},
		{"another level", strings.Replace(sample, "K7 = { level = 1", "K7 = { level = 3", 1), "It differs from yours in 1 rating (K7)."},
		{"another note", strings.Replace(sample, "with help", "hush", 1), "It differs from yours in 1 rating (S7)."},
		{"a goal", sample + goal, "It has 1 goal that yours does not."},
		{"both", strings.Replace(more, "with help", "hush", 1), "It has 3 ratings (K8, K9, S6) that yours does not, and differs in 1 rating (S7)."},
		{"torn", sample[:len(sample)/2] + "hush", "It cannot be read."},
		{"empty", "", "It cannot be read."},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := newDesk(t, sample)
			d.copied(laptop, c.src, 12)
			if _, says := d.found(); says != left+c.want {
				t.Errorf("%s", says)
			}
		})
	}
}

// Somebody else's profile may happen to have a name like that.
func TestNoCopyWhereItIsSomebodyElses(t *testing.T) {
	t.Parallel()
	d := newDesk(t, sample)
	d.copied("profile-SAM.toml", strings.Replace(sample, `"Asha"`, `"Sam"`, 1), 12)
	if list, says := d.found(); len(list) != 0 || says != "" {
		t.Errorf("%+v %s", list, says)
	}
}

func TestTheNewestOfManyCopiesIsNamed(t *testing.T) {
	t.Parallel()
	d := newDesk(t, sample)
	for day := 1; day <= 9; day++ {
		d.copied("profile ("+string(rune('0'+day))+").toml", sample, day)
	}
	hostile := "\x1b[31m"
	if runtime.GOOS == "windows" {
		hostile = "$" // it lets no control character into a name
	}
	d.copied("profile (conflicted "+hostile+"copy).toml", sample, 10)
	list, says := d.found()
	if !strings.HasPrefix(says, "A sync program seems to have left 10 copies of your profile next to it, the newest of them: profile (conflicted ") ||
		!strings.HasSuffix(says, "copy).toml, 10 Nov. Everything in it is in yours too.") || strings.Contains(says, "\x1b") {
		t.Errorf("%q", says)
	}
	compared := 0
	for i, c := range list {
		if c.State == "compared" {
			compared++
		} else if i < 5 || c.State != "not compared" {
			t.Errorf("%d: %s", i, c.State)
		}
	}
	if len(list) != 10 || compared != 5 {
		t.Errorf("%d copies, %d compared", len(list), compared)
	}
	if next := session.CopiesNext(list); strings.Contains(next, "\x1b") || !strings.Contains(next, `"FILE"`) {
		t.Errorf("%q", next)
	}
}

// The copy that is taken in first is the oldest that can be read, as in the program.
func TestWhichCopyIsMergedFirst(t *testing.T) {
	t.Parallel()
	all := []session.Copy{{Path: "new.toml"}, {Path: "old.toml"}, {Path: "torn.toml", State: "unreadable"}}
	if got := session.CopiesMerge(all); got != `ksbcoach merge "old.toml"` {
		t.Error(got)
	}
	if got := session.CopiesMerge(all[2:]); got != "" {
		t.Error(got)
	}
}

func TestHowToLookIntoACopy(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		path  string
		state session.CopyState
		want  string
	}{
		{"a/" + laptop, "compared", `ksbcoach report --profile "a/` + laptop + `"`},
		{"a/" + laptop, "unreadable", `ksbcoach check "a/` + laptop + `"`},
		{"a/$HOME (1).toml", "compared", `ksbcoach report --profile "FILE"`},
	} {
		got := session.CopiesNext([]session.Copy{{Path: c.path, State: c.state}})
		if got != c.want {
			t.Errorf("%s", got)
		}
	}
}

// slowFolder is a folder on a drive that does not answer.
type slowFolder struct {
	store.Ops
	until chan struct{}
}

func (s slowFolder) ReadDir(path string) ([]fs.DirEntry, error) {
	<-s.until
	return s.Ops.ReadDir(path)
}

// Looking runs right after the first frame, so it must not prepare the record for comparing unless there is a copy.
func TestWithoutACopyNothingIsCompared(t *testing.T) {
	d := newDesk(t, sample)
	p := lib.Demo(calendar.Of(2026, 11, 22))
	if got := testing.AllocsPerRun(3, func() { session.CopiesOf(d.o.Ops, d.path, &p, file.Find(lib.Standard)) }); got > 300 {
		t.Errorf("%.0f allocations", got)
	}
}

func TestAFolderThatDoesNotAnswerHoldsNobodyUp(t *testing.T) {
	t.Parallel()
	d := newDesk(t, sample)
	d.copied(laptop, sample, 12)
	until := make(chan struct{})
	defer close(until) // only then does it answer
	got := session.CopiesOf(slowFolder{store.OS(), until}, d.path, &profile.Profile{}, file.Find(lib.Standard))
	if len(got) != 0 {
		t.Error(got)
	}
}

// Looking leaves the folder as it was.
func TestLookingForCopiesWritesNothing(t *testing.T) {
	t.Parallel()
	d := newDesk(t, sample)
	path := d.copied(laptop, strings.Replace(sample, "with help", "hush", 1), 12)
	before, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	names := func() int {
		list, err := os.ReadDir(filepath.Dir(path))
		if err != nil {
			t.Fatal(err)
		}
		return len(list)
	}
	n, p := names(), profile.Profile{}
	session.CopiesOf(d.o.Ops, d.path, &p, file.Find(lib.Standard))
	after, err := os.Stat(path)
	if err != nil || !after.ModTime().Equal(before.ModTime()) || names() != n {
		t.Errorf("%v, %v, %d files", after, err, names())
	}
}
