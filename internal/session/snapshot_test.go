package session_test

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/profile/file"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/session"
)

// snapshots are the snapshot files on the desk.
func (d *desk) snapshots() []string {
	d.t.Helper()
	names, err := filepath.Glob(filepath.Join(d.o.Places.State, "profiles", "*", "record.snapshot"))
	if err != nil {
		d.t.Fatal(err)
	}
	return names
}

// withSnapshot is a desk whose profile was opened and left once.
func withSnapshot(t testing.TB, src string) *desk {
	t.Helper()
	d := newDesk(t, src)
	d.o.Build = "this"
	s := d.open()
	s.SaveState()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if n := len(d.snapshots()); n != 1 {
		t.Fatalf("%d snapshots were kept", n)
	}
	return d
}

// same proves that a session shows what reading the file shows, and that an edit gives the same text.
func (d *desk) same(s *session.Session) {
	d.t.Helper()
	plain := d.o
	plain.Build, plain.Reading = "", true
	want, err := session.Open(plain)
	if err != nil {
		d.t.Fatal(err)
	}
	samePerson(d.t, s.Profile(), want.Profile())
	if !reflect.DeepEqual(s.Notes(), want.Notes()) {
		d.t.Errorf("notes %v, want %v", s.Notes(), want.Notes())
	}
}

func TestASecondStartOpensTheSnapshot(t *testing.T) {
	src := threeYears(t) + "\n[odd]\nkey = 1 # kept\n"
	d := withSnapshot(t, src)
	opening := func(build string) float64 {
		o := d.o
		o.Build, o.Reading = build, true
		return testing.AllocsPerRun(5, func() {
			if _, err := session.Open(o); err != nil {
				t.Fatal(err)
			}
		})
	}
	if with, without := opening("this"), opening(""); with > without/10 {
		t.Errorf("opening takes %.0f allocations with a snapshot and %.0f without", with, without)
	}
	s := d.open()
	d.same(s)
	do(t, s, rate("K7", 4))
	save(t, s)
	d.same(s)
	edited := d.read()
	if strings.Count(edited, "\n") != strings.Count(src, "\n") || !strings.Contains(edited, "key = 1 # kept") {
		t.Error("more than a line was changed")
	}
	s.SaveState()
	_ = s.Close()
	d.same(d.open())
}

// Anything but a snapshot of this file by this build is ignored.
func TestTheFileIsReadWhereTheSnapshotDoesNotFit(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(t *testing.T, d *desk){
		"edited by hand": func(_ *testing.T, d *desk) {
			d.write(strings.Replace(sample, "S7 = { level = 2", "S7 = { level = 4", 1))
		},
		"another build": func(_ *testing.T, d *desk) { d.o.Build = "that" },
		"a wrong byte": func(t *testing.T, d *desk) {
			b := []byte(read(t, d.snapshots()[0]))
			b[len(b)/2] ^= 1
			write(t, d.snapshots()[0], string(b))
		},
		"cut short": func(t *testing.T, d *desk) { write(t, d.snapshots()[0], read(t, d.snapshots()[0])[:40]) },
		"empty":     func(t *testing.T, d *desk) { write(t, d.snapshots()[0], "") },
	} {
		t.Run(name, func(t *testing.T) {
			d := withSnapshot(t, sample)
			spoil(t, d)
			d.same(d.open())
		})
	}
}

func TestASpoiltFileIsNotOpenedFromItsSnapshot(t *testing.T) {
	t.Parallel()
	d := withSnapshot(t, sample)
	d.write(sample[:len(sample)/2] + "\x00")
	if _, err := session.Open(d.o); err == nil {
		t.Error("a file that cannot be read was opened")
	}
}

func TestReadingKeepsNoSnapshot(t *testing.T) {
	t.Parallel()
	d := newDesk(t, sample)
	d.o.Build, d.o.Reading = "this", true
	d.open().SaveState()
	d.o.Build, d.o.Reading = "", false
	d.open().SaveState()
	if got := d.snapshots(); len(got) > 0 {
		t.Errorf("%v", got)
	}
}

// A snapshot has only changes that are saved.
func TestASnapshotIsOfWhatIsSaved(t *testing.T) {
	t.Parallel()
	d := newDesk(t, sample)
	d.o.Build = "this"
	s := d.open()
	do(t, s, rate("K7", 4))
	s.SaveState()
	_ = s.Close()
	d.same(d.open())
}

func write(t testing.TB, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// A file that was cut short is warned about at every start, until the learner carries on with it.
func TestAShortFileWarnsAtEveryStart(t *testing.T) {
	t.Parallel()
	d := newDesk(t, sample)
	s := d.open()
	do(t, s, rate("K1", 1), rate("K2", 1))
	save(t, s)
	_ = s.Close()
	s = d.open()
	do(t, s, rate("K3", 1)) // its backup has the two
	save(t, s)
	_ = s.Close()
	d.write(sample)
	d.o.Build = "this"
	for n := range 2 {
		s := d.open()
		if !strings.Contains(s.Warning(), "fewer than its newest backup") {
			t.Fatalf("start %d: warning %q", n+1, s.Warning())
		}
		s.SaveState()
		_ = s.Close()
	}
	s = d.open()
	do(t, s, rate("K4", 1))
	save(t, s)
	s.SaveState()
	if n := len(d.snapshots()); n != 1 {
		t.Errorf("%d snapshots after it was saved", n)
	}
}

// What the file says counts, also where the record in memory had it in another order.
func TestASnapshotHasTheOrderOfTheFile(t *testing.T) {
	t.Parallel()
	d := newDesk(t, sample)
	d.o.Build = "this"
	s := d.open()
	answers := []profile.Answer{{Step: "what", Text: safetext.New("one")}, {Step: "then", Text: safetext.New("two")}}
	r := profile.Reflection{ID: "x-1", On: today, Model: "driscoll", KSBs: []string{"K7"}, Answers: answers}
	do(t, s, profile.AddReflection{Reflection: r})
	save(t, s)
	r.Answers = []profile.Answer{answers[1], {Step: "what", Text: safetext.New("one, again")}}
	do(t, s, profile.AddReflection{Reflection: r})
	save(t, s)
	s.SaveState()
	_ = s.Close()
	opened := d.open()
	read, err := file.Decode([]byte(d.read()), lib.Standard)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(opened.Profile(), read.Profile) {
		t.Errorf("\n got %+v\nwant %+v", opened.Profile().Reflections, read.Profile.Reflections)
	}
}
