package session_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/profile/file"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/store"
)

func TestOpen(t *testing.T) {
	t.Parallel()
	d := newDesk(t, sample)
	before := d.look()
	s := d.open()
	samePerson(t, s.Profile(), decoded(t, sample))
	if s.Standard().Reference != "ST0413" || s.Library() != lib || s.Today() != today || s.Path() != d.path || s.Places() != d.o.Places {
		t.Error("the session does not hand out what it was wired with")
	}
	if s.Dirty() || s.Saving() || s.Rev() != 0 || s.Warning() != "" || s.ReadOnly() != nil || len(s.Notes()) != 0 || s.Position() != "" {
		t.Errorf("a fresh session: %+v", s)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if err := s.Close(); err != nil {
		t.Errorf("a second time: %v", err)
	}
	d.untouched(before)
}

func TestOpenRefuses(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		prepare func(d *desk)
		want    error
		says    string
		hint    string
	}{
		"no file":    {func(*desk) {}, store.ErrNotExist, "there is no such file", "check the name"},
		"a folder":   {func(d *desk) { _ = os.Mkdir(d.path, 0o700) }, store.ErrNotRegular, "it is a folder", "name a plain file"},
		"too large":  {func(d *desk) { d.write(strings.Repeat("#", 1<<20+1)) }, store.ErrTooLarge, "it is larger than 1024 kB", "right file"},
		"empty":      {func(d *desk) { d.write("") }, nil, "profile.toml: line 1, column 1: the file is empty", "was the file cut off? if nothing is to come back"},
		"half":       {func(d *desk) { d.write(sample[:120]) }, nil, "profile.toml: line 10, column 9: ", "cut off"},
		"level of 7": {func(d *desk) { d.write(strings.Replace(sample, "level = 1", "level = 7", 1)) }, nil, "profile.toml: line 12, column 8: round.self.K7.level: there is no level 7", "a level is 0"},
		"later, and not to be read": {func(d *desk) {
			d.write(strings.NewReplacer("format = 1", "format = 2", "level = 1", "level = 7").Replace(sample))
		}, nil, "profile.toml: line 2, column 1: format: the file has format 2", "update ksbcoach"},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t, "")
			c.prepare(d)
			s, err := session.Open(d.o)
			var hinted interface{ Hint() string }
			if s != nil || err == nil || !errors.As(err, &hinted) {
				t.Fatalf("%v, %v", s, err)
			}
			var faults file.Faults
			if c.want != nil && !errors.Is(err, c.want) || c.want == nil && !errors.As(err, &faults) {
				t.Errorf("%T: %v", err, err)
			}
			if !strings.Contains(err.Error(), c.says) || !strings.Contains(hinted.Hint(), c.hint) {
				t.Errorf("%q, hint %q", err, hinted.Hint())
			}
			if c.want == nil {
				// What was refused leaves no lock behind.
				d.write(sample)
				if err := d.open().ReadOnly(); err != nil {
					t.Error(err)
				}
			}
		})
	}
}

func TestFileErrorIsClean(t *testing.T) {
	t.Parallel()
	err := &session.FileError{Path: "a\x1b]0;x\a\u202e.toml", Err: io.EOF}
	if strings.ContainsFunc(err.Error(), safetext.Forbidden) || err.Hint() != "" || !errors.Is(err, io.EOF) {
		t.Errorf("%q", err.Error())
	}
}

func TestCreate(t *testing.T) {
	t.Parallel()
	d := newDesk(t, "")
	d.o.Path = filepath.Join(filepath.Dir(d.path), "a", "b", "mine.toml")
	p := profile.Profile{Standard: "ST0413", Learner: profile.Learner{Name: safetext.New("Ben")}}
	s, err := session.Create(d.o, p)
	if err != nil {
		t.Fatal(err)
	}
	do(t, s, rate("K7", 2))
	save(t, s)
	if got := decoded(t, read(t, d.o.Path)); got.Learner.Name.Raw() != "Ben" || got.Ratings() != 1 || !regexp.MustCompile(`^l-[2-9a-z]{8}$`).MatchString(got.Learner.ID) {
		t.Errorf("%+v", got)
	}
	if err := s.Identify(); err != nil || s.Dirty() {
		t.Errorf("the id that is there was not left: %v", err)
	}
	if info, err := os.Stat(d.o.Path); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	before := read(t, d.o.Path)
	if s, err := session.Create(d.o, p); s != nil || !errors.Is(err, store.ErrExists) {
		t.Errorf("over an existing file: %v, %v", s, err)
	}
	if read(t, d.o.Path) != before {
		t.Error("the existing file was changed")
	}
}

func TestCreateRefusesWhatWouldNotOpen(t *testing.T) {
	t.Parallel()
	d := newDesk(t, "")
	for name, p := range map[string]profile.Profile{
		"unknown standard": {Standard: "ST9999", Learner: profile.Learner{Name: safetext.New("Ben")}},
		"no name":          {Standard: "ST0413"},
	} {
		if s, err := session.Create(d.o, p); s != nil || err == nil {
			t.Errorf("%s: %v, %v", name, s, err)
		}
		if _, err := os.Stat(d.path); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("%s: a file was made (%v)", name, err)
		}
	}
}

// A profile from before there were learner IDs gets one on request, on a line of its own.
func TestIdentify(t *testing.T) {
	t.Parallel()
	d := newDesk(t, sample)
	s := d.open()
	if s.Profile().Learner.ID != "" {
		t.Fatal("the sample has an id already")
	}
	do(t, s, rate("K7", 2))
	if err := s.Identify(); err != nil {
		t.Fatal(err)
	}
	if _, ok := s.Undo(); !ok || s.Profile().Learner.ID == "" {
		t.Error("undoing the change before took the id away")
	}
	if _, ok := s.Undo(); ok {
		t.Error("the id can be undone")
	}
	save(t, s)
	line := fmt.Sprintf("id = %q\n", s.Profile().Learner.ID)
	if got := read(t, d.path); strings.Replace(got, line, "", 1) != sample || !strings.Contains(got, line) {
		t.Errorf("more than one line has changed:\n%s", got)
	}
}

// If the folder cannot be synced there is a warning, and the new file is used all the same.
func TestCreateWithoutSync(t *testing.T) {
	t.Parallel()
	d := newDesk(t, "")
	d.o.Ops = &broken{Ops: store.OS(), syncDir: os.ErrDeadlineExceeded}
	s, err := session.Create(d.o, profile.Profile{Standard: "ST0413", Learner: profile.Learner{Name: safetext.New("Ben")}})
	if err != nil || !strings.Contains(s.Warning(), "a power cut might still undo it") {
		t.Fatalf("%v, warning %q", err, s.Warning())
	}
	defer s.Close()
	do(t, s, rate("K7", 2))
	save(t, s)
}

func TestASecondProgramReadsOnly(t *testing.T) {
	t.Parallel()
	d := newDesk(t, sample)
	first := d.open()
	second := d.open()
	if !errors.Is(second.ReadOnly(), store.ErrLocked) {
		t.Fatalf("read only: %v", second.ReadOnly())
	}
	before := d.look()
	if err := second.Do(rate("K7", 4)); !errors.Is(err, store.ErrLocked) {
		t.Errorf("Do: %v", err)
	}
	if _, ok := second.Undo(); ok {
		t.Error("something was undone")
	}
	if _, ok := second.StartSave(); ok {
		t.Error("a save began")
	}
	second.SetPosition("K7")
	second.SetDraft("note", "half a")
	second.SaveState()
	if err := second.SaveLeft(); err != nil {
		t.Error(err)
	}
	d.untouched(before)
	if found, _ := filepath.Glob(filepath.Join(d.o.Places.State, "profiles", "*", "*")); len(found) != 0 {
		t.Errorf("it left a trace: %v", found)
	}
	// It may look at what the first one saves.
	do(t, first, rate("K7", 3))
	save(t, first)
	if lost, err := second.ReloadNow(); err != nil || len(lost) > 0 || levelOf(t, second, "K7") != 3 {
		t.Errorf("reload: %v, %v, level %d", lost, err, levelOf(t, second, "K7"))
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	if err := d.open().ReadOnly(); err != nil {
		t.Errorf("after the first has gone: %v", err)
	}
}

func TestReadingTakesNoLockAndChangesNothing(t *testing.T) {
	t.Parallel()
	d := newDesk(t, sample)
	writer := d.open()
	d.o.Reading = true
	reader := d.open()
	if reader.ReadOnly() != nil || levelOf(t, reader, "K7") != 1 {
		t.Errorf("read only: %v", reader.ReadOnly())
	}
	if err := reader.Do(rate("K7", 4)); err == nil || reader.Dirty() {
		t.Errorf("Do: %v", err)
	}
	reader.SetPosition("K8")
	reader.SaveState()
	if err := reader.SaveLeft(); err != nil {
		t.Error(err)
	}
	do(t, writer, rate("K7", 3))
	save(t, writer)
	if d.open().Position() != "" {
		t.Error("a reader left its position")
	}
}

// A command waits for another to finish, and works on what that one left.
func TestWaitingSeesWhatWasSaved(t *testing.T) {
	t.Parallel()
	d := newDesk(t, sample)
	first := d.open()
	do(t, first, rate("K7", 4))
	d.o.Wait = 5 * time.Second
	opened := make(chan *session.Session)
	go func() {
		s, err := session.Open(d.o)
		if err != nil {
			t.Error(err)
		}
		opened <- s
	}()
	time.Sleep(30 * time.Millisecond) // let it read the old file; the test holds whichever comes first
	save(t, first)
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	second := <-opened
	if second == nil || second.ReadOnly() != nil || levelOf(t, second, "K7") != 4 {
		t.Fatalf("%+v", second)
	}
	do(t, second, rate("K8", 2))
	save(t, second)
	holds(t, d.path, second)
	if second.Close() != nil {
		t.Error("close")
	}
}

func TestDoAndUndo(t *testing.T) {
	t.Parallel()
	d := newDesk(t, sample)
	s := d.open()
	if _, ok := s.Undo(); ok {
		t.Error("there is something to undo")
	}
	start := s.Profile()
	do(t, s, rate("K7", 3), note("K7", "seen"))
	if s.Rev() != 2 || !s.Dirty() {
		t.Errorf("revision %d, dirty %v", s.Rev(), s.Dirty())
	}
	if err := s.Do(rate("K99", 3)); err == nil || s.Rev() != 2 {
		t.Errorf("%v, revision %d", err, s.Rev())
	}
	for _, want := range []string{"note on K7", "rating of K7"} {
		if c, ok := s.Undo(); !ok || c.Label() != want {
			t.Errorf("undid %v, want %s", c, want)
		}
	}
	samePerson(t, s.Profile(), start)
	if s.Rev() != 4 {
		t.Errorf("revision %d", s.Rev())
	}
	if _, ok := s.Undo(); ok {
		t.Error("there is more to undo")
	}
}

// Undo stops at another person's changes, and continues with one's own once those are gone.
func TestUndoStopsAtTheHandOver(t *testing.T) {
	t.Parallel()
	s := newDesk(t, sample).open()
	do(t, s, rate("K7", 3))
	s.HandTo(1)
	if c, ok := s.Newest(); ok {
		t.Errorf("the guest may undo %s", c.Label())
	}
	do(t, s, rate("K8", 1))
	s.HandTo(0)
	if c, ok := s.Undo(); ok {
		t.Errorf("%s of the guest is gone", c.Label())
	}
	do(t, s, rate("K9", 2))
	if c, ok := s.Undo(); !ok || c.Label() != "rating of K9" {
		t.Errorf("undid %v", c)
	}
	s.HandTo(1)
	if c, ok := s.Undo(); !ok || c.Label() != "rating of K8" {
		t.Errorf("undid %v", c)
	}
	s.HandTo(0)
	if c, ok := s.Undo(); !ok || c.Label() != "rating of K7" {
		t.Errorf("undid %v", c)
	}
}

func TestUndoIsBounded(t *testing.T) {
	t.Parallel()
	s := newDesk(t, sample).open()
	for range 250 {
		do(t, s, rate("K7", 2))
	}
	n := 0
	for ; ; n++ {
		if _, ok := s.Undo(); !ok {
			break
		}
	}
	if n != 200 {
		t.Errorf("%d steps could be undone", n)
	}
}

func TestNewIDIsUnique(t *testing.T) {
	t.Parallel()
	d := newDesk(t, sample+"[[evidence]]\nid = \"e-2222\"\nksbs = [\"K7\"]\non = 2026-11-01\ntitle = \"x\"\n")
	d.o.Random = zeros{}
	s := d.open()
	seen := map[string]bool{"e-2222": true}
	for range 20 {
		id := s.NewID("e")
		if seen[id] {
			t.Fatalf("%s came twice", id)
		}
		seen[id] = true
		if strings.Trim(id, "e-23456789abcdfghjkmnpqrstuvwxyz") != "" {
			t.Errorf("%q is hard to read", id)
		}
	}
	// What was undone does not come back under the same name.
	id := s.NewID("g")
	do(t, s, profile.AddGoal{Goal: profile.Goal{ID: id, KSBs: []string{"K7"}, Text: safetext.New("x")}})
	s.Undo()
	if s.NewID("g") == id {
		t.Errorf("%s came again", id)
	}
	defer func() {
		if recover() == nil {
			t.Error("an identifier was made from nothing")
		}
	}()
	other := newDesk(t, sample)
	other.o.Random = bytes.NewReader(nil)
	other.open().NewID("e")
}

type zeros struct{}

func (zeros) Read(b []byte) (int, error) { clear(b); return len(b), nil }
