package session_test

import (
	"bytes"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/library"
	"github.com/ksbcoach/ksbcoach/internal/longrecord"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/profile/file"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/store"
)

var (
	lib   = library.New()
	today = calendar.Of(2026, 11, 22)
)

const sample = `# Asha's own words
format = 1
standard = "ST0413"

[learner]
name = "Asha" # not Ash

[[round]]
id = "baseline"
opened = 2026-11-01
[round.self]
K7 = { level = 1, on = 2026-11-01 }
S7 = { level = 2, on = 2026-11-01, note = "with help" }

[mine]
colour = "blue"
`

// desk is where one learner works: a folder with a profile, and the options for sessions on it.
type desk struct {
	t    testing.TB
	path string
	o    session.Options
}

func newDesk(t testing.TB, src string) *desk {
	t.Helper()
	d := newDeskIn(t, t.TempDir())
	if src != "" {
		d.write(src)
	}
	return d
}

func newDeskIn(t testing.TB, dir string) *desk {
	d := &desk{t: t, path: filepath.Join(dir, "profile.toml")}
	clock := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	var mu sync.Mutex
	d.o = session.Options{
		Path: d.path, Places: store.Places{State: filepath.Join(dir, "state"), Config: filepath.Join(dir, "config")}, Ops: store.OS(), Library: lib, Today: today,
		Now: func() time.Time {
			mu.Lock()
			defer mu.Unlock()
			clock = clock.Add(time.Second)
			return clock
		},
		Random: rand.NewChaCha8([32]byte{}),
	}
	return d
}

func (d *desk) write(src string) {
	d.t.Helper()
	if err := os.WriteFile(d.path, []byte(src), 0o600); err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) read() string { return read(d.t, d.path) }

func read(t testing.TB, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func (d *desk) open() *session.Session {
	d.t.Helper()
	s, err := session.Open(d.o)
	if err != nil {
		d.t.Fatal(err)
	}
	d.t.Cleanup(func() { _ = s.Close() })
	return s
}

// backups are the texts of the backups, oldest first.
func (d *desk) backups() []string {
	d.t.Helper()
	names, err := filepath.Glob(filepath.Join(d.o.Places.State, "backups", "*", "*.bak"))
	if err != nil {
		d.t.Fatal(err)
	}
	var out []string
	for _, name := range names {
		out = append(out, read(d.t, name))
	}
	return out
}

// look is what tells a file that was written from one that was not.
type look struct {
	text string
	info os.FileInfo
}

func (d *desk) look() look {
	d.t.Helper()
	info, err := os.Stat(d.path)
	if err != nil {
		d.t.Fatal(err)
	}
	return look{d.read(), info}
}

func (d *desk) untouched(before look) {
	d.t.Helper()
	now := d.look()
	if now.text != before.text || !os.SameFile(now.info, before.info) || !now.info.ModTime().Equal(before.info.ModTime()) {
		d.t.Errorf("the file was touched:\n%s", now.text)
	}
}

func rate(ksb string, l level.Level) profile.Change {
	return profile.Rate{KSB: ksb, By: profile.Self, Level: l, On: today}
}

func note(ksb, text string) profile.Change {
	return profile.Note{KSB: ksb, Text: safetext.New(text)}
}

func do(t testing.TB, s *session.Session, changes ...profile.Change) {
	t.Helper()
	for _, c := range changes {
		if err := s.Do(c); err != nil {
			t.Fatalf("%s: %v", c.Label(), err)
		}
	}
}

func save(t testing.TB, s *session.Session) {
	t.Helper()
	if err := s.Save(); err != nil {
		t.Fatal(err)
	}
	if s.Dirty() || s.Saving() {
		t.Fatal("saved, and still dirty or saving")
	}
}

// start begins a save that must begin.
func start(t testing.TB, s *session.Session) func() session.Saved {
	t.Helper()
	job, ok := s.StartSave()
	if !ok {
		t.Fatal("no save began")
	}
	return job
}

func decoded(t testing.TB, src string) profile.Profile {
	t.Helper()
	f, err := file.Decode([]byte(src), lib.Standard)
	if err != nil {
		t.Fatalf("%v\n%s", err, src)
	}
	return f.Profile
}

// holds proves that the file reads as the session says, and still has what is the learner's own.
func holds(t testing.TB, path string, s *session.Session) {
	t.Helper()
	src := read(t, path)
	for _, own := range []string{"# Asha's own words", "# not Ash", "[mine]", `colour = "blue"`} {
		if !strings.Contains(src, own) {
			t.Errorf("%q is gone:\n%s", own, src)
		}
	}
	a, b := canonical(t, decoded(t, src)), canonical(t, s.Profile())
	if !bytes.Equal(a, b) {
		t.Errorf("the file reads as\n%s\nthe session as\n%s", a, b)
	}
}

// canonical is a record as the text of a new file: two that are the same there are the same to the learner.
func canonical(t testing.TB, p profile.Profile) []byte {
	t.Helper()
	b, err := file.New(p)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func levelOf(t testing.TB, s *session.Session, ksb string) level.Level {
	t.Helper()
	r, ok := s.Profile().Newest(ksb, profile.Self)
	if !ok {
		return -9
	}
	return r.Level
}

// gate is Ops whose renames of a file wait to be let through.
type gate struct {
	store.Ops
	name    string
	reached chan struct{}
	open    chan struct{}
}

func newGate(name string) *gate {
	return &gate{Ops: store.OS(), name: name, reached: make(chan struct{}, 10), open: make(chan struct{}, 10)}
}

func (g *gate) Rename(from, to string) error {
	if filepath.Base(to) == g.name {
		g.reached <- struct{}{}
		<-g.open
	}
	return g.Ops.Rename(from, to)
}

// broken is Ops that fails some operations.
type broken struct {
	store.Ops
	rename, syncDir error
}

func (b *broken) Rename(from, to string) error {
	if b.rename != nil && !strings.HasSuffix(to, ".json") {
		return b.rename
	}
	return b.Ops.Rename(from, to)
}

func (b *broken) SyncDir(path string) error {
	if b.syncDir != nil {
		return b.syncDir
	}
	return b.Ops.SyncDir(path)
}

// threeYears is the text of a profile after three years of use.
func threeYears(t testing.TB) string {
	t.Helper()
	return string(canonical(t, longrecord.Make(lib.Standard(library.Default), today)))
}

// samePerson proves that two profiles are the same value.
func samePerson(t testing.TB, got, want profile.Profile) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("\n got %+v\nwant %+v", got, want)
	}
}
