package store

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// Copies are known by the names that sync programs give; what was named by hand is left alone.
func TestConflictCopies(t *testing.T) {
	dir := realDir(t)
	copies := []string{
		"profile (Anna Lee's conflicted copy 2026-11-22).toml",
		"profile (Anna Lee's conflicted copy 2026-11-22) (2).toml",
		"profile (Asha's laptop's conflicted copy).toml",
		"profile (conflicted copy 2026-11-22 101010).toml",
		"profile (Copie en conflit de Anna 2026-11-22).toml",
		"profile (In Konflikt stehende Kopie von Anna 2026-11-22).toml",
		"profile (Case Conflict 1).toml",
		"profile (SFConflict anna@example.org 2026-11-22-10-10-10).toml",
		"profile (conflicted).toml",
		"profile [conflicted].toml",
		"profile [conflicted] (2).toml",
		"profile (conflict on 2026-11-22).toml",
		"profile_conflict-20261122-101010.toml",
		"profile.sync-conflict-20261122-101010-ABCDEFG.toml",
		"profile.sync-conflict-20261122-101010.toml",
		"profile_DESKTOP_Nov-22-101010-2026_Conflict.toml",
		"profile.Conflict.toml",
		"profile.conflict1.toml",
		"profile.toml.conflict1",
		"profile-DESKTOP-4F2K9.toml",
		"profile-NHS0042-2.toml",
		"profile-NHS0042.toml",
		"profile (1).toml",
		"profile (12).toml",
		"profile 2.toml",
		"profile 11.toml",
	}
	others := []string{
		"profile.toml", "profile.toml~", "profile-2.toml", "profile-2026-11-22.toml", "profile-backup.toml",
		"profiles.toml", "profile (1).txt", "profile (old).toml", "my profile (1).toml", "profile2.toml",
		".ksbcoach-0123456789abcdef.tmp", "profile-.toml", "other (1).toml", "profile.toml.bak", "profile 2026.toml",
	}
	for i, name := range slices.Concat(copies, others) {
		mustWrite(t, filepath.Join(dir, name), oldText)
		at := time.Date(2026, 11, 22, 10, 0, -i, 0, time.UTC)
		if err := os.Chtimes(filepath.Join(dir, name), at, at); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(dir, "profile (2).toml"), 0o700); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, c := range ConflictCopies(OS(), profileIn(dir)) {
		got = append(got, filepath.Base(c.Path))
	}
	if !slices.Equal(got, copies) { // the newest first
		t.Errorf("got  %q\nwant %q", got, copies)
	}
	if got := ConflictCopies(OS(), filepath.Join(dir, "nowhere", "profile.toml")); got != nil {
		t.Errorf("in a folder that is not there: %v", got)
	}
}

// crowded is a folder of very many files, all of them copies.
type crowded struct {
	Ops
	asked *int
}

type crowdedEntry struct {
	name  string
	asked *int
}

func (c crowded) EvalSymlinks(path string) (string, error) { return path, nil }

func (c crowded) ReadDir(string) ([]fs.DirEntry, error) {
	out := make([]fs.DirEntry, 50000)
	for i := range out {
		out[i] = crowdedEntry{fmt.Sprintf("profile (conflicted copy %d).toml", i), c.asked}
	}
	return out, nil
}

func (e crowdedEntry) Name() string      { return e.name }
func (e crowdedEntry) IsDir() bool       { return false }
func (e crowdedEntry) Type() fs.FileMode { return 0 }

func (e crowdedEntry) Info() (fs.FileInfo, error) {
	*e.asked++
	return os.Stat(os.DevNull)
}

func TestCopiesInAFullFolderAreBounded(t *testing.T) {
	asked := 0
	got := ConflictCopies(crowded{OS(), &asked}, filepath.Join(t.TempDir(), "profile.toml"))
	if len(got) != maxCopies || asked != maxCopies {
		t.Errorf("%d copies, asked for %d", len(got), asked)
	}
}
