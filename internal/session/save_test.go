package session_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/store"
)

func TestSaveWritesOneLine(t *testing.T) {
	t.Parallel()
	d := newDesk(t, sample)
	s := d.open()
	do(t, s, rate("K7", 3))
	save(t, s)
	if got, want := d.read(), strings.Replace(sample, "K7 = { level = 1, on = 2026-11-01 }", "K7 = { level = 3, on = 2026-11-22 }", 1); got != want {
		t.Errorf("%s", got)
	}
	holds(t, d.path, s)
}

func TestNoChangeNoWrite(t *testing.T) {
	t.Parallel()
	for name, act := range map[string]func(s *session.Session){
		"nothing":      func(*session.Session) {},
		"moving about": func(s *session.Session) { s.SetPosition("K9"); s.SetDraft("n", "x"); s.SaveState() },
		"the same rating": func(s *session.Session) {
			do(t, s, profile.Rate{KSB: "K7", By: profile.Self, Level: 1, On: today.AddDays(-21)})
		},
		"done and undone":   func(s *session.Session) { do(t, s, rate("K7", 4), rate("K1", 2)); s.Undo(); s.Undo() },
		"a refused change":  func(s *session.Session) { _ = s.Do(rate("K99", 1)) },
		"the same learner":  func(s *session.Session) { do(t, s, profile.SetLearner{Learner: s.Profile().Learner}) },
		"the same note":     func(s *session.Session) { do(t, s, note("S7", "with help")) },
		"target to default": func(s *session.Session) { do(t, s, profile.SetTarget{KSB: "K7", Level: 3, Default: 3}) },
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t, sample)
			before := d.look()
			s := d.open()
			act(s)
			save(t, s)
			if err := s.SaveLeft(); err != nil {
				t.Error(err)
			}
			s.SaveState()
			d.untouched(before)
			if n := len(d.backups()); n != 0 {
				t.Errorf("%d backups", n)
			}
		})
	}
}

func TestUndoAcrossSaves(t *testing.T) {
	t.Parallel()
	d := newDesk(t, sample)
	s := d.open()
	do(t, s, rate("K7", 3))
	save(t, s)
	do(t, s, rate("K8", 2), note("K8", "x"))
	save(t, s)
	for range 3 {
		if _, ok := s.Undo(); !ok {
			t.Fatal("nothing to undo")
		}
		save(t, s)
		holds(t, d.path, s)
	}
	if got := d.read(); got != sample {
		t.Errorf("all undone, and the file is\n%s", got)
	}
}

func TestOneBackupARun(t *testing.T) {
	t.Parallel()
	d := newDesk(t, sample)
	texts := []string{}
	for range 3 {
		s := d.open()
		texts = append(texts, d.read())
		for _, ksb := range []string{"K1", "K2", "K3"} {
			r, _ := s.Profile().Newest(ksb, profile.Self)
			do(t, s, rate(ksb, (r.Level+1)%5))
			save(t, s)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		if got := d.backups(); !slices.Equal(got, texts) {
			t.Fatalf("%d backups, want the text before each of %d runs", len(got), len(texts))
		}
	}
	// A run that saves nothing keeps nothing.
	s := d.open()
	do(t, s, rate("K1", 4))
	s.Undo()
	save(t, s)
	if n := len(d.backups()); n != 3 {
		t.Errorf("%d backups", n)
	}
}

// What takes a change back is the backup that was made for it, and no older one.
func TestTheBackupOfThisSession(t *testing.T) {
	t.Parallel()
	d := newDesk(t, sample)
	d.keep("an older one\n")
	s := d.open()
	do(t, s, rate("K7", 3))
	if id := s.BackupID(); id != "" {
		t.Errorf("%s holds nothing of now", id)
	}
	save(t, s)
	if id := s.BackupID(); id != "b-2" {
		t.Errorf("%q", id)
	}
}

// If no backup can be made the save still happens, with a warning.
func TestNoBackupIsSaid(t *testing.T) {
	t.Parallel()
	d := newDesk(t, sample)
	s := d.open()
	if err := os.WriteFile(filepath.Join(d.o.Places.State, "backups"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	do(t, s, rate("K7", 3))
	save(t, s)
	if !strings.HasPrefix(s.Warning(), "your changes are saved, but the version before them could not be kept") {
		t.Errorf("warning %q", s.Warning())
	}
	holds(t, d.path, s)
}

func TestAFailedSaveLosesNothing(t *testing.T) {
	t.Parallel()
	d := newDesk(t, sample)
	ops := &broken{Ops: store.OS(), rename: os.ErrPermission}
	d.o.Ops = ops
	s := d.open()
	before := d.look()
	do(t, s, rate("K7", 3))
	var said *store.Error
	if err := s.Save(); !errors.As(err, &said) || session.Changed(err) {
		t.Fatalf("%v", err)
	}
	d.untouched(before)
	do(t, s, rate("K8", 2))
	if err := s.Save(); err == nil || !s.Dirty() || s.Saving() {
		t.Errorf("%v, dirty %v, saving %v", err, s.Dirty(), s.Saving())
	}
	ops.rename = nil
	save(t, s)
	holds(t, d.path, s)
	if levelOf(t, s, "K7") != 3 || levelOf(t, s, "K8") != 2 {
		t.Error("a change was lost")
	}
}

func TestUnsyncedIsSavedAndSaid(t *testing.T) {
	t.Parallel()
	d := newDesk(t, sample)
	ops := &broken{Ops: store.OS()}
	d.o.Ops = ops
	s := d.open()
	ops.syncDir = os.ErrDeadlineExceeded
	do(t, s, rate("K7", 3))
	save(t, s)
	if !strings.Contains(s.Warning(), "a power cut might still undo it") {
		t.Errorf("warning %q", s.Warning())
	}
	holds(t, d.path, s)
}

// What would not fit into the file's form, here its size, is refused before anything is written; elsewhere it can be
// saved.
func TestAChangeThatDoesNotFit(t *testing.T) {
	t.Parallel()
	full := sample + "# " + strings.Repeat("x", 1<<20-len(sample)-12) + "\n"
	d := newDesk(t, full)
	s := d.open()
	before := d.look()
	do(t, s, rate("K8", 2))
	err := s.Save()
	var hinted interface{ Hint() string }
	if err == nil || !strings.HasPrefix(err.Error(), "the file is laid out in a way that ksbcoach cannot edit safely: ") || !errors.As(err, &hinted) || !strings.Contains(hinted.Hint(), "untouched") {
		t.Fatalf("%v", err)
	}
	d.untouched(before)
	path, err := s.SaveBeside()
	if err != nil {
		t.Fatal(err)
	}
	if got := decoded(t, read(t, path)); got.Ratings() != 3 || s.Dirty() {
		t.Errorf("%d ratings", got.Ratings())
	}
	if !strings.Contains(s.Warning(), "comments and keys of your own are still in "+d.path) {
		t.Errorf("warning %q", s.Warning())
	}
	d.untouched(before)
	do(t, s, rate("K9", 1))
	save(t, s)
	if got := decoded(t, read(t, path)); got.Ratings() != 4 {
		t.Errorf("%d ratings", got.Ratings())
	}
}

func TestSaveElsewhere(t *testing.T) {
	t.Parallel()
	d := newDesk(t, sample)
	s := d.open()
	before := d.look()
	do(t, s, rate("K7", 3))
	there := filepath.Join(filepath.Dir(d.path), "new", "there.toml")
	if err := s.SaveElsewhere(d.path); !errors.Is(err, store.ErrExists) || !s.Dirty() || s.Path() != d.path {
		t.Errorf("over itself: %v", err)
	}
	if err := s.SaveElsewhere(there); err != nil {
		t.Fatal(err)
	}
	d.untouched(before)
	if s.Dirty() || s.Path() != there || s.Warning() != "" {
		t.Errorf("dirty %v, path %s, warning %q", s.Dirty(), s.Path(), s.Warning())
	}
	holds(t, there, s)
	// The session continues there, with the lock of the new file and not of the old one.
	do(t, s, rate("K8", 2))
	save(t, s)
	holds(t, there, s)
	d.untouched(before)
	if n := len(d.backups()); n != 1 {
		t.Errorf("%d backups of the new file", n)
	}
	if err := d.open().ReadOnly(); err != nil {
		t.Errorf("the old file: %v", err)
	}
	d.o.Path = there
	if err := d.open().ReadOnly(); !errors.Is(err, store.ErrLocked) {
		t.Errorf("the new file: %v", err)
	}
	// What was done before the move can be undone.
	s.Undo()
	s.Undo()
	save(t, s)
	if got := read(t, there); got != sample {
		t.Errorf("%s", got)
	}
}

// The new file has backups of its own, though this run has made one of the old file.
func TestSaveElsewhereKeepsABackupThereToo(t *testing.T) {
	t.Parallel()
	d := newDesk(t, sample)
	s := d.open()
	do(t, s, rate("K7", 3))
	save(t, s)
	path, err := s.SaveBeside()
	if err != nil {
		t.Fatal(err)
	}
	moved := read(t, path)
	do(t, s, rate("K8", 2))
	save(t, s)
	if got := d.backups(); len(got) != 2 || !slices.Contains(got, sample) || !slices.Contains(got, moved) {
		t.Errorf("%d backups", len(got))
	}
}

// A second program, which may only read, can take its leave with a copy.
func TestSaveElsewhereEndsReadOnly(t *testing.T) {
	t.Parallel()
	d := newDesk(t, sample)
	d.open()
	second := d.open()
	if second.ReadOnly() == nil {
		t.Fatal("not locked")
	}
	path, err := second.SaveBeside()
	if err != nil || second.ReadOnly() != nil {
		t.Fatalf("%v, %v", err, second.ReadOnly())
	}
	do(t, second, rate("K7", 3))
	save(t, second)
	holds(t, path, second)
	if d.read() != sample {
		t.Error("the first one's file was changed")
	}
}

func TestSaveBesideFindsAName(t *testing.T) {
	t.Parallel()
	d := newDesk(t, sample)
	base := strings.TrimSuffix(d.path, ".toml")
	for _, want := range []string{base + "-mine-2026-11-22.toml", base + "-mine-2026-11-22-2.toml", base + "-mine-2026-11-22-3.toml"} {
		s := d.open()
		do(t, s, rate("K7", 3))
		if got, err := s.SaveBeside(); err != nil || got != want {
			t.Errorf("%s, %v; want %s", got, err, want)
		}
		holds(t, want, s)
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestNotesStayOnOneLine(t *testing.T) {
	t.Parallel()
	d := newDesk(t, sample)
	s := d.open()
	lines := strings.Count(sample, "\n")
	do(t, s, profile.Note{KSB: "K7", Text: safetext.New("one\ntwo\r\n[learner]\n\x1b[2J")})
	save(t, s)
	if got := strings.Count(d.read(), "\n"); got != lines || strings.Contains(d.read(), "\x1b") {
		t.Errorf("%d lines\n%s", got, d.read())
	}
	holds(t, d.path, s)
}
