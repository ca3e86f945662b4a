package store

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// contents reads all backups, oldest first.
func contents(t rapid.TB, b *Backups) []string {
	t.Helper()
	have, err := b.list()
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, one := range have {
		data, err := b.Read(one)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, string(data))
	}
	return all
}

// TestBackups keeps random versions at random times, forwards and backwards, with a random fault now and then (B1).
func TestBackups(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		dir, err := os.MkdirTemp("", "backups")
		if err != nil {
			t.Fatal(err)
		}
		defer os.RemoveAll(dir)
		fault := 0
		r := newRig(OS(), nil)
		r.judge = func(n int, _ string) verdict { return verdictIf(n == fault, breakIt) }
		b := NewBackups(r, dir, "/x/profile.toml")
		plain := NewBackups(OS(), dir, "/x/profile.toml")
		var before []string
		for range rapid.IntRange(1, 25).Draw(t, "versions") {
			data := fmt.Sprintf("version %d", rapid.IntRange(0, 30).Draw(t, "data"))
			now := someDay.Add(time.Duration(rapid.IntRange(-5, 5).Draw(t, "seconds")) * time.Second)
			fault = len(r.log) + rapid.IntRange(-100, 25).Draw(t, "fault")
			err := b.Keep([]byte(data), now)
			faulty := fault > 0 && fault <= len(r.log)
			got := contents(t, plain)
			if !rightlyKept(before, got, data, err, faulty) {
				t.Fatalf("had %q, kept %q: %v, have %q", before, data, err, got)
			}
			if newest, _, err := plain.Newest(); len(got) > 0 && (err != nil || string(newest) != got[len(got)-1]) {
				t.Fatalf("newest is %q, %v, of %q", newest, err, got)
			}
			before = got
		}
	})
}

// rightlyKept compares what a Keep found with what it left. An old backup is missing only where the new one was reported
// kept, and then never one of the newest ten.
func rightlyKept(before, got []string, data string, err error, faulty bool) bool {
	added := append(slices.Clone(before), data)
	ten := added[max(0, len(added)-keepBackups):]
	repeated := len(before) > 0 && before[len(before)-1] == data
	unchanged := slices.Equal(got, before)
	switch {
	case err != nil:
		return unchanged || slices.Equal(got, added)
	case repeated && (unchanged || !faulty):
		return unchanged
	case !faulty:
		return slices.Equal(got, ten)
	}
	// What failed may have been the removal of old ones.
	return len(got) <= len(added) && slices.Equal(got[max(0, len(got)-len(ten)):], ten)
}

func TestBackupNames(t *testing.T) {
	dir := realDir(t)
	b := NewBackups(OS(), dir, "/home/anna/my profile.toml")
	if _, _, err := b.Newest(); !errors.Is(err, ErrNotExist) {
		t.Errorf("none yet: %v", err)
	}
	berlin := time.FixedZone("", 3600)
	for i := range 14 {
		if err := b.Keep(fmt.Appendf(nil, "%d", i), someDay.In(berlin).Add(-time.Duration(i)*time.Hour)); err != nil {
			t.Fatal(err)
		}
	}
	data, path, err := b.Newest()
	if err != nil || string(data) != "13" || filepath.Base(path) != "20261121T210000Z-000014.bak" {
		t.Errorf("newest: %q in %s, %v", data, path, err)
	}
	if want := filepath.Join(dir, "backups", "my_profile.toml-"+key("/home/anna/my profile.toml")); filepath.Dir(path) != want {
		t.Errorf("in %s, want %s", filepath.Dir(path), want)
	}
	if entries, _ := os.ReadDir(filepath.Dir(path)); len(entries) != keepBackups {
		t.Errorf("%d are kept", len(entries))
	}
}

// TestBackupsAmongOthers: what is not a backup of ours is neither read, counted nor removed, and what cannot be read does
// not hide what can.
func TestBackupsAmongOthers(t *testing.T) {
	b := NewBackups(OS(), realDir(t), "/x/profile.toml")
	if err := b.Keep([]byte("good"), someDay); err != nil {
		t.Fatal(err)
	}
	foreign := []string{
		"notes.txt", "20261122T100000Z-000099.bak~", "20269922T100000Z-000099.bak", "20261122T100000Z--00099.bak",
		"20261122T100000Z-9999999999999999999.bak", "20261122T100000Z-9223372036854775807.bak",
	}
	for _, name := range foreign {
		mustWrite(t, filepath.Join(b.folder, name), []byte("foreign"))
	}
	folder := filepath.Join(b.folder, "20261122T100000Z-000100.bak")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	mustWrite(t, filepath.Join(b.folder, "20261122T100000Z-000101.bak"), nil)
	if data, _, err := b.Newest(); err != nil || string(data) != "good" {
		t.Errorf("newest: %q, %v", data, err)
	}
	for i := range 12 {
		if err := b.Keep(fmt.Appendf(nil, "%d", i), someDay); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range foreign {
		wantFile(t, filepath.Join(b.folder, name), []byte("foreign"))
	}
	if _, err := os.Stat(folder); err != nil {
		t.Error(err)
	}
}

func TestNothingToKeep(t *testing.T) {
	b := NewBackups(OS(), realDir(t), "/x/profile.toml")
	for _, data := range []string{"", "one", "", "one"} {
		if err := b.Keep([]byte(data), someDay); err != nil {
			t.Fatal(err)
		}
	}
	if got := contents(t, b); len(got) != 1 || got[0] != "one" {
		t.Errorf("kept %q", got)
	}
}

// TestOldBackupGoesLast: on a disk that fills up the oldest one is still there.
func TestOldBackupGoesLast(t *testing.T) {
	r := newRig(OS(), nil)
	b := NewBackups(r, realDir(t), "/x/profile.toml")
	for i := range keepBackups {
		if err := b.Keep(fmt.Appendf(nil, "%d", i), someDay); err != nil {
			t.Fatal(err)
		}
	}
	for _, op := range []string{"create temp", "write temp", "sync temp", "readback temp", "close temp", "renamenew", "syncdir"} {
		r.always = map[string]error{op: r.err}
		if err := b.Keep([]byte("new "+op), someDay); err == nil {
			t.Errorf("%s failed, and no error", op)
		}
		if got := contents(t, NewBackups(OS(), filepath.Dir(filepath.Dir(b.folder)), "/x/profile.toml")); got[0] != "0" {
			t.Errorf("%s failed, and the oldest one is gone: %q", op, got)
		}
	}
}

func TestBackupNumberTaken(t *testing.T) {
	r := newRig(OS(), nil)
	b := NewBackups(r, realDir(t), "/x/profile.toml")
	if err := b.Keep([]byte("one"), someDay); err != nil {
		t.Fatal(err)
	}
	raced := filepath.Join(b.folder, "20261122T100000Z-000002.bak")
	r.judge = func(_ int, op string) verdict {
		if op == "close temp" {
			mustWrite(t, raced, []byte("theirs"))
		}
		return proceed
	}
	if err := b.Keep([]byte("ours"), someDay); err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(contents(t, b), " "); got != "one theirs ours" {
		t.Errorf("kept %q", got)
	}
}

func TestBackupsSweep(t *testing.T) {
	b := NewBackups(OS(), realDir(t), "/x/profile.toml")
	if err := b.Keep([]byte("one"), someDay); err != nil {
		t.Fatal(err)
	}
	litter := filepath.Join(b.folder, tempName())
	mustWrite(t, litter, bytes.Repeat([]byte("x"), 10))
	if err := os.Chtimes(litter, someDay, someDay); err != nil {
		t.Fatal(err)
	}
	if err := b.Keep([]byte("two"), someDay.Add(2*time.Hour)); err != nil {
		t.Fatal(err)
	}
	if left := temps(t, b.folder); len(left) > 0 {
		t.Errorf("left %v", left)
	}
}

// Keeping the present before the oldest of ten is brought back must not remove that one.
func TestASparedBackupStays(t *testing.T) {
	b := NewBackups(OS(), realDir(t), "/x/profile.toml")
	for i := range keepBackups {
		if err := b.Keep(fmt.Appendf(nil, "%d", i), someDay); err != nil {
			t.Fatal(err)
		}
	}
	list, err := b.List()
	if err != nil || len(list) != keepBackups || list[0].Number != keepBackups {
		t.Fatal(list, err)
	}
	oldest := list[keepBackups-1]
	kept, err := b.KeepBeside([]byte("now"), someDay, oldest)
	if err != nil || kept.Number != keepBackups+1 {
		t.Fatal(kept, err)
	}
	if data, err := b.Read(oldest); err != nil || string(data) != "0" {
		t.Errorf("%q, %v", data, err)
	}
	// What holds the same already is the one that is kept.
	if again, err := b.KeepBeside([]byte("now"), someDay, Backup{}); err != nil || again.Name != kept.Name {
		t.Error(again, err)
	}
	if none, err := b.KeepBeside(nil, someDay, oldest); err != nil || none != (Backup{}) {
		t.Error(none, err)
	}
}
