package session_test

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/profile"
)

func (d *desk) stateFile() string {
	d.t.Helper()
	found, err := filepath.Glob(filepath.Join(d.o.Places.State, "profiles", "*", "state.json"))
	if err != nil || len(found) != 1 {
		d.t.Fatalf("state files %v (%v)", found, err)
	}
	return found[0]
}

func TestPositionAndDraftsSurvive(t *testing.T) {
	t.Parallel()
	d := newDesk(t, sample)
	s := d.open()
	s.SetPosition("S7")
	s.SetDraft("note/K7", "half a\nthought \x1b")
	s.SetDraft("goal", "x")
	s.SetDraft("goal", "")
	s.SaveState()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(d.stateFile()); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	if strings.Contains(read(t, d.stateFile()), "goal") {
		t.Error("a draft that was sent off is still there")
	}
	s = d.open()
	if s.Position() != "S7" || s.Draft("note/K7") != "half a\nthought \x1b" || s.Draft("goal") != "" {
		t.Errorf("%q, %q, %q", s.Position(), s.Draft("note/K7"), s.Draft("goal"))
	}
	if d.read() != sample {
		t.Error("the profile was changed")
	}
}

// What was announced is remembered with the position, and each edition of a card only once.
func TestAnnouncementsAreRemembered(t *testing.T) {
	t.Parallel()
	d := newDesk(t, sample)
	s := d.open()
	s.MarkAnnounced([]string{"b@2026-06-15", "a@2026-01-01"})
	s.MarkAnnounced([]string{"a@2026-01-01"})
	s.SaveState()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(d.open().Announced()); got != "[a@2026-01-01 b@2026-06-15]" {
		t.Error(got)
	}
	if d.read() != sample {
		t.Error("the profile was changed")
	}
}

// The position is saved with each rating, so that a killed program opens again where it was.
func TestASaveTakesTheStateAlong(t *testing.T) {
	t.Parallel()
	d := newDesk(t, sample)
	s := d.open()
	s.SetPosition("K9")
	s.SetDraft("n", "x")
	do(t, s, rate("K8", 2))
	save(t, s)
	other := newDesk(t, "")
	other.o, other.path = d.o, d.path
	other.o.Reading = true
	if r := other.open(); r.Position() != "K9" || r.Draft("n") != "x" {
		t.Errorf("%q, %q", r.Position(), r.Draft("n"))
	}
}

// A slow save must not overwrite a newer state with an older one.
func TestANewerStateStays(t *testing.T) {
	t.Parallel()
	d := newDesk(t, sample)
	s := d.open()
	s.SetPosition("K1")
	do(t, s, rate("K8", 2))
	job := start(t, s)
	s.SetPosition("K2")
	s.SaveState()
	s.FinishSave(job())
	if got := read(t, d.stateFile()); !strings.Contains(got, `"K2"`) {
		t.Error(got)
	}
}

func TestABrokenStateIsAsGoodAsNone(t *testing.T) {
	t.Parallel()
	d := newDesk(t, sample)
	s := d.open()
	s.SetPosition("K1")
	s.SaveState()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"", "{", "[]", "\x00", `{"ksb": 5}`, strings.Repeat("x", 2<<20)} {
		if err := os.WriteFile(d.stateFile(), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		s := d.open()
		if s.Position() != "" || s.Draft("x") != "" {
			t.Errorf("%.10q: position %q", text, s.Position())
		}
		s.SetDraft("x", "y")
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// A file that was cut short is often still a valid profile; only the newest backup shows it.
func TestAShortFileIsSaid(t *testing.T) {
	t.Parallel()
	long := sample + "\n[[round]]\nid = \"r-2\"\nopened = 2026-11-10\n[round.self]\nK1 = { level = 1, on = 2026-11-10 }\nK2 = { level = 1, on = 2026-11-10 }\n"
	long = strings.Replace(long, "opened = 2026-11-01", "opened = 2026-11-01\nclosed = 2026-11-09", 1)
	for _, c := range []struct {
		name, now, want string
	}{
		{"two fewer", sample, "the profile has 2 ratings fewer than its newest backup; "},
		{"one fewer", strings.Replace(long, "K2 = { level = 1, on = 2026-11-10 }\n", "", 1), "the profile has 1 rating fewer than its newest backup; "},
		{"two fewer, in more bytes", sample + "# " + strings.Repeat("x", 9000) + "\n", "the profile has 2 ratings fewer than its newest backup; "},
		{"as many, in fewer bytes", strings.Replace(long, "# Asha's own words\n", "", 1), ""},
		{"the same", long, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := newDesk(t, long)
			s := d.open()
			do(t, s, rate("K1", 2))
			save(t, s)
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			d.write(c.now)
			s = d.open()
			if got := s.Warning(); (c.want == "") != (got == "") || !strings.HasPrefix(got, c.want) || got != "" && !strings.Contains(got, "ksbcoach restore") {
				t.Errorf("%q, want %q", got, c.want)
			}
			// It is only a warning: the learner may carry on.
			do(t, s, rate("K9", 2))
			save(t, s)
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			d.o.Reading = true
			if got := d.open().Warning(); got != "" {
				t.Errorf("a reader is warned: %q", got)
			}
		})
	}
}

func TestManyDraftsShareNothing(t *testing.T) {
	t.Parallel()
	s := newDesk(t, sample).open()
	for i := range 5 {
		s.SetDraft(fmt.Sprint(i), "x")
	}
	for i := range 5 {
		if s.Draft(fmt.Sprint(i)) != "x" {
			t.Errorf("draft %d is gone", i)
		}
	}
	if _, ok := s.Profile().Newest("K1", profile.Self); ok {
		t.Error("a draft became a rating")
	}
}
