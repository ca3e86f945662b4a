package store

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/sorting"
)

const (
	// KeepNewest is how many of the newest backups are kept. Before them, the last one of each of the KeepDays days up
	// to the newest is: ten quick changes must not push out what was there yesterday.
	KeepNewest = 10
	// KeepDays is explained with KeepNewest.
	KeepDays = 30
	// BackupLimit is far above any profile; it keeps a foreign file in the folder from filling the memory.
	BackupLimit = 64 << 20
	// backupTries is how often another number is taken when a second ksbcoach took the same one.
	backupTries = 100
	backupExt   = ".bak"
)

// backupTime is the UTC time in a backup's name, for the reader. The order comes from the number after it, which counts
// up: clocks go back, the number does not.
const backupTime = "20060102T150405Z"

// Backups are the older versions of one profile, in the state folder. They hold personal data: files are readable for
// this user only.
type Backups struct {
	ops             Ops
	folder, profile string
}

// NewBackups names the backups of a profile; it makes no folder yet.
func NewBackups(ops Ops, stateDir, resolvedProfile string) *Backups {
	name := plainName(filepath.Base(resolvedProfile)) + "-" + key(resolvedProfile)
	return &Backups{ops: ops, folder: filepath.Join(stateDir, "backups", name), profile: resolvedProfile}
}

// Backup is one older version of a profile. The zero Backup is none.
type Backup struct {
	Name   string    // of its file
	Number int64     // counts up with each one that is kept
	At     time.Time // when it was kept
}

// Keep keeps data as the newest backup, unless it is empty or the newest one holds the same. The ten newest are kept,
// and the last of each day for 30 days, so 40 at most. A backup goes only once the new one is whole and synced; one
// that cannot be removed is no error, it goes next time.
func (b *Backups) Keep(data []byte, now time.Time) error {
	_, err := b.KeepBeside(data, now, Backup{})
	return err
}

// KeepBeside is Keep, without removing the backup spared, and gives the one that holds data now; none where data is
// empty.
func (b *Backups) KeepBeside(data []byte, now time.Time, spared Backup) (kept Backup, err error) {
	defer func() { err = fail("keep a backup of", b.profile, err) }()
	if len(data) == 0 {
		return Backup{}, nil
	}
	if err := makeFolders(b.ops, b.folder, true); err != nil {
		return Backup{}, err
	}
	have, err := b.list()
	if err != nil {
		return Backup{}, err
	}
	number := int64(0)
	if len(have) > 0 {
		newest := have[len(have)-1]
		number = newest.Number
		if old, err := b.Read(newest); err == nil && bytes.Equal(old, data) {
			return newest, nil
		}
	}
	added := Backup{At: now, Number: number}
	for range backupTries {
		added.Number++
		added.Name = fmt.Sprintf("%s-%06d%s", now.UTC().Format(backupTime), added.Number, backupExt)
		if _, err = publish(b.ops, b.Path(added), data); !errors.Is(err, ErrExists) {
			break
		}
	}
	if err != nil {
		return Backup{}, err
	}
	for _, old := range superfluous(append(have, added), now) {
		if old.Name != spared.Name {
			_ = b.ops.Remove(b.Path(old)) // too many backups are no loss
		}
	}
	sweepFolder(b.ops, b.folder, now)
	return added, nil
}

// superfluous are those of some backups, oldest first, that are kept no longer. Which one is the last of its day is
// told by their order, and the days of a clock that ran ahead are bounded like all others.
func superfluous(all []Backup, now time.Time) []Backup {
	today := calendar.FromTime(now)
	days := map[calendar.Date]bool{}
	var out []Backup
	for i, one := range slices.Backward(all) {
		day := calendar.FromTime(one.At.In(now.Location()))
		last := !days[day] && len(days) < KeepDays && day.Days(today) < KeepDays
		if len(all)-i > KeepNewest && !last {
			out = append(out, one)
			continue
		}
		days[day] = true
	}
	slices.Reverse(out) // the oldest goes first
	return out
}

// Newest is the newest backup that can be read, and where it lies; ErrNotExist when there is none.
func (b *Backups) Newest() (data []byte, path string, err error) {
	have, err := b.list()
	if err != nil {
		return nil, "", fail("find a backup of", b.profile, err)
	}
	err = because("there is none yet", ErrNotExist)
	for _, one := range slices.Backward(have) {
		data, unreadable := b.Read(one)
		if unreadable != nil {
			err = unreadable
		} else if len(data) > 0 {
			return data, b.Path(one), nil
		}
	}
	return nil, "", fail("find a backup of", b.profile, err)
}

// List gives the backups, newest first. None is read.
func (b *Backups) List() ([]Backup, error) {
	all, err := b.list()
	slices.Reverse(all)
	return all, fail("list the backups of", b.profile, err)
}

// Path is where a backup lies.
func (b *Backups) Path(one Backup) string { return filepath.Join(b.folder, one.Name) }

// Read reads one of them.
func (b *Backups) Read(one Backup) ([]byte, error) {
	data, err := readRegular(b.ops, b.Path(one), BackupLimit)
	return data, fail("read", b.Path(one), err)
}

// list gives the backups, oldest first.
func (b *Backups) list() ([]Backup, error) {
	entries, err := b.ops.ReadDir(b.folder)
	if errors.Is(err, ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var all []Backup
	for _, e := range entries {
		if one, ok := backupNamed(e.Name()); ok && e.Type().IsRegular() {
			all = append(all, one)
		}
	}
	sorting.By(all, func(x, y Backup) int {
		return cmp.Or(cmp.Compare(x.Number, y.Number), strings.Compare(x.Name, y.Name))
	})
	return all, nil
}

// backupNamed reads a name that keep gave. Thousands of years of backups stay below the bound of the number, so that
// counting on from it never overflows.
func backupNamed(name string) (Backup, bool) {
	stamp, rest, ok := strings.Cut(name, "-")
	digits, isBackup := strings.CutSuffix(rest, backupExt)
	at, err := time.Parse(backupTime, stamp)
	if !ok || !isBackup || err != nil {
		return Backup{}, false
	}
	number, err := strconv.ParseInt(digits, 10, 64)
	return Backup{name, number, at}, err == nil && number > 0 && number < 1<<60
}
