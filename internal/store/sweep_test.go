package store

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/ksbcoach/ksbcoach/internal/testneed"
)

func TestSweep(t *testing.T) {
	dir := realDir(t)
	now := someDay
	files := map[string]struct {
		age   time.Duration
		swept bool
	}{
		".ksbcoach-0123456789abcdef.tmp":  {2 * time.Hour, true},
		".ksbcoach-fedcba9876543210.tmp":  {61 * time.Minute, true},
		".ksbcoach-1111111111111111.tmp":  {59 * time.Minute, false},
		".ksbcoach-2222222222222222.tmp":  {time.Hour, false},
		".ksbcoach-3333333333333333.tmp":  {-time.Hour, false},
		".ksbcoach-0123456789abcdeg.tmp":  {9 * time.Hour, false},
		".ksbcoach-ABCDEFABCDEFABCD.tmp":  {9 * time.Hour, false},
		".ksbcoach-0123456789abcde.tmp":   {9 * time.Hour, false},
		".ksbcoach-0123456789abcdef0.tmp": {9 * time.Hour, false},
		".ksbcoach-0123456789abcdef":      {9 * time.Hour, false},
		".ksbcoach-.tmp":                  {9 * time.Hour, false},
		"0123456789abcdef.tmp":            {9 * time.Hour, false},
		"profile.toml":                    {9 * time.Hour, false},
		"profile.toml.tmp":                {9 * time.Hour, false},
	}
	want := 0
	for name, f := range files {
		path := filepath.Join(dir, name)
		mustWrite(t, path, oldText)
		if err := os.Chtimes(path, now.Add(-f.age), now.Add(-f.age)); err != nil {
			t.Fatal(err)
		}
		if f.swept {
			want++
		}
	}
	folder, old := filepath.Join(dir, ".ksbcoach-4444444444444444.tmp"), now.Add(-9*time.Hour)
	if err := errors.Join(os.Mkdir(folder, 0o700), os.Chtimes(folder, old, old)); err != nil {
		t.Fatal(err)
	}
	if got := sweepBeside(OS(), profileIn(dir), now); got != want {
		t.Errorf("swept %d, want %d", got, want)
	}
	for name, f := range files {
		if _, err := os.Stat(filepath.Join(dir, name)); (err != nil) != f.swept {
			t.Errorf("%s: %v", name, err)
		}
	}
	if got := sweepBeside(OS(), filepath.Join(dir, "nowhere", "profile.toml"), now); got != 0 {
		t.Errorf("swept %d in a folder that is not there", got)
	}
}

// TestSweepBehindLink: temporary files are in the folder of the file itself, not in that of a link to it.
func TestSweepBehindLink(t *testing.T) {
	dir, links := realDir(t), realDir(t)
	mustWrite(t, profileIn(dir), oldText)
	testneed.Link(t, profileIn(dir), profileIn(links))
	mustWrite(t, filepath.Join(dir, tempName()), oldText)
	if got := sweepBeside(OS(), profileIn(links), time.Now().Add(2*time.Hour)); got != 1 {
		t.Errorf("swept %d", got)
	}
}

func TestTempName(t *testing.T) {
	one, two := tempName(), tempName()
	if !isTemp(one) || one == two {
		t.Errorf("%s, %s", one, two)
	}
}

// Temporary files that a killed process left of its lock and its state are swept by the same rule, and nothing else is.
func TestSweepOfLocksAndState(t *testing.T) {
	dir := realDir(t)
	p := Places{State: filepath.Join(dir, "state")}
	resolved := profileIn(dir)
	old, young, others := ".ksbcoach-0123456789abcdef.tmp", ".ksbcoach-fedcba9876543210.tmp", "state.json"
	folders := []string{dir, filepath.Dir(p.StateFile(resolved, others)), filepath.Join(p.State, "locks")}
	for _, folder := range folders {
		if err := os.MkdirAll(folder, 0o700); err != nil {
			t.Fatal(err)
		}
		for name, age := range map[string]time.Duration{old: 2 * time.Hour, young: time.Minute, others: 9 * time.Hour} {
			path := filepath.Join(folder, name)
			mustWrite(t, path, oldText)
			if err := os.Chtimes(path, someDay.Add(-age), someDay.Add(-age)); err != nil {
				t.Fatal(err)
			}
		}
	}
	if got := p.Sweep(OS(), resolved, someDay); got != len(folders) {
		t.Errorf("swept %d, want %d", got, len(folders))
	}
	for _, folder := range folders {
		for name, there := range map[string]bool{old: false, young: true, others: true} {
			if _, err := os.Stat(filepath.Join(folder, name)); (err == nil) != there {
				t.Errorf("%s in %s: %v", name, folder, err)
			}
		}
	}
}
