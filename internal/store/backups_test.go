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
	ten := added[max(0, len(added)-KeepNewest):]
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
	if want := filepath.Join(dir, "backups", "my_profile.toml-"+pathKey("/home/anna/my profile.toml")); filepath.Dir(path) != want {
		t.Errorf("in %s, want %s", filepath.Dir(path), want)
	}
	if entries, _ := os.ReadDir(filepath.Dir(path)); len(entries) != KeepNewest {
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
	for i := range KeepNewest {
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

// A year of use, day by day: what is kept is bounded, the newest ten are there, and of each of the last 30 days the last one
// (B1 of the safety tests).
func TestBackupsOfAYear(t *testing.T) {
	for _, c := range []struct {
		name     string
		saves    func(day int) int // how many backups a day makes
		kept     int               // at the end
		oldest   int               // days ago of the oldest one at the end
		backward int               // the clock is set back by so many days in the middle of the year
	}{
		{"once a day", func(int) int { return 1 }, 30, 29, 0},
		{"often each day", func(int) int { return 6 }, 38, 29, 0}, // ten of the newest two days, and 28 more days
		{"ten quick commands each day", func(int) int { return 12 }, 39, 29, 0},
		{"once a week", func(day int) int { return 1 - min(day%7, 1) }, 10, 63, 0},
		{"now and then", func(day int) int { return []int{0, 0, 3, 0, 0, 0, 1, 0}[day%8] }, 13, 30, 0},
		{"never", func(int) int { return 0 }, 0, 0, 0},
		{"with the clock set back", func(int) int { return 2 }, 35, 29, 40},
	} {
		t.Run(c.name, func(t *testing.T) {
			now, lastOf := someDay, map[string]int64{} // by day
			var have []Backup
			var number int64
			for day := range 365 {
				if day == 180 {
					now = now.AddDate(0, 0, -c.backward)
				}
				for i := range c.saves(day) {
					number++
					at := now.Add(time.Duration(i) * time.Minute)
					have = append(have, Backup{Number: number, At: at})
					gone := surplus(have, at)
					have = slices.DeleteFunc(have, func(x Backup) bool { return slices.Contains(gone, x) })
					lastOf[at.Format(time.DateOnly)] = number
					wantOfDays(t, have, at, lastOf, c.backward == 0)
				}
				now = now.AddDate(0, 0, 1)
			}
			if len(have) != c.kept {
				t.Fatalf("%d are kept, want %d", len(have), c.kept)
			}
			if len(have) > 0 {
				if days := int(now.Sub(have[0].At).Hours()/24+0.5) - 1; days != c.oldest {
					t.Errorf("the oldest is of %d days ago, want %d", days, c.oldest)
				}
			}
		})
	}
}

// wantOfDays checks what is kept, oldest first, after a save.
func wantOfDays(t *testing.T, have []Backup, now time.Time, lastOf map[string]int64, all bool) {
	t.Helper()
	if len(have) > KeepNewest+KeepDays {
		t.Fatalf("%d are kept", len(have))
	}
	newest := have[len(have)-1].Number
	has := func(n int64) bool { return slices.ContainsFunc(have, func(x Backup) bool { return x.Number == n }) }
	for n := newest; n > max(0, newest-KeepNewest); n-- {
		if !has(n) {
			t.Fatalf("%d of %d is gone", n, newest)
		}
	}
	for ago := range KeepDays {
		if n, ok := lastOf[now.AddDate(0, 0, -ago).Format(time.DateOnly)]; all && ok && !has(n) {
			t.Fatalf("the last one of %d days ago is gone", ago)
		}
	}
}

// Ten quick changes leave what was there yesterday.
func TestQuickChangesPushNothingOut(t *testing.T) {
	b := NewBackups(OS(), realDir(t), "/x/profile.toml")
	for i := range 5 {
		if err := b.Keep(fmt.Appendf(nil, "day %d", i), someDay.AddDate(0, 0, i)); err != nil {
			t.Fatal(err)
		}
	}
	for i := range 30 {
		if err := b.Keep(fmt.Appendf(nil, "quick %d", i), someDay.AddDate(0, 0, 5).Add(time.Duration(i)*time.Second)); err != nil {
			t.Fatal(err)
		}
	}
	got := contents(t, b)
	if len(got) != 15 || got[0] != "day 0" || got[4] != "day 4" || got[5] != "quick 20" {
		t.Errorf("%q", got)
	}
}

// Keeping the present before the oldest of ten is brought back must not remove that one.
func TestASparedBackupStays(t *testing.T) {
	b := NewBackups(OS(), realDir(t), "/x/profile.toml")
	for i := range KeepNewest {
		if err := b.Keep(fmt.Appendf(nil, "%d", i), someDay); err != nil {
			t.Fatal(err)
		}
	}
	list, err := b.List()
	if err != nil || len(list) != KeepNewest || list[0].Number != KeepNewest {
		t.Fatal(list, err)
	}
	oldest := list[KeepNewest-1]
	kept, err := b.KeepSparing([]byte("now"), someDay, oldest)
	if err != nil || kept.Number != KeepNewest+1 {
		t.Fatal(kept, err)
	}
	if data, err := b.Read(oldest); err != nil || string(data) != "0" {
		t.Errorf("%q, %v", data, err)
	}
	// What holds the same already is the one that is kept.
	if again, err := b.KeepSparing([]byte("now"), someDay, Backup{}); err != nil || again.Name != kept.Name {
		t.Error(again, err)
	}
	if none, err := b.KeepSparing(nil, someDay, oldest); err != nil || none != (Backup{}) {
		t.Error(none, err)
	}
}
