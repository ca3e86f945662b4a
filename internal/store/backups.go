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
	// KeepNewest is how many of the newest backups are kept.
	KeepNewest = 10
	// KeepDays is for how many days the last backup of each day is kept as well, so that ten quick changes do not push
	// out yesterday's version.
	KeepDays = 30
	// BackupLimit is the largest backup that is read, in bytes. It is far above any profile, and keeps a foreign file
	// in the folder from filling the memory.
	BackupLimit = 64 << 20
	// backupTries is how many numbers are tried for a new backup, in case a second ksbcoach takes the same ones.
	backupTries = 100
	backupExt   = ".bak"
)

// backupTime is the UTC time in a backup's name, for people to read. Backups are ordered by the number after it,
// because a clock may be set back.
const backupTime = "20060102T150405Z"

// Backups are the older versions of one profile, in the state folder. They hold personal data, so only this user can
// read the files.
type Backups struct {
	ops             Ops
	folder, profile string
}

// NewBackups gives access to the backups of a profile, of which there may be none yet.
func NewBackups(ops Ops, stateDir, resolvedProfile string) *Backups {
	name := plainName(filepath.Base(resolvedProfile)) + "-" + pathKey(resolvedProfile)
	return &Backups{ops: ops, folder: filepath.Join(stateDir, "backups", name), profile: resolvedProfile}
}

// Backup is one older version of a profile. The zero Backup means none.
type Backup struct {
	Name   string    // of its file
	Number int64     // one more than that of the backup before
	At     time.Time // when it was made
}

// Keep makes data the newest backup, unless it is empty or the newest one is the same. It then removes backups that are
// neither among the ten newest nor the last of one of the past 30 days, so 40 are left at most. Removing starts only
// once the new one is safely on the disk; one that cannot be removed is no error, and is removed next time.
func (b *Backups) Keep(data []byte, now time.Time) error {
	_, err := b.KeepSparing(data, now, Backup{})
	return err
}

// KeepSparing is Keep, but does not remove the backup spared. It returns the backup that holds data; none if data is
// empty.
func (b *Backups) KeepSparing(data []byte, now time.Time, spared Backup) (kept Backup, err error) {
	defer func() { err = opError("keep a backup of", b.profile, err) }()
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
	added := Backup{At: now}
	if len(have) > 0 {
		newest := have[len(have)-1]
		if old, err := b.Read(newest); err == nil && bytes.Equal(old, data) {
			return newest, nil
		}
		added.Number = newest.Number
	}
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
	for _, old := range surplus(append(have, added), now) {
		if old.Name != spared.Name {
			_ = b.ops.Remove(b.Path(old)) // a backup too many does no harm
		}
	}
	sweepFolder(b.ops, b.folder, now)
	return added, nil
}

// surplus are the backups to remove, oldest first; all is also oldest first. The last backup of a day is the last one
// in that order, whatever its time. Days in the future, from a clock that was wrong, count towards the limit of days
// too.
func surplus(all []Backup, now time.Time) []Backup {
	today := calendar.FromTime(now)
	days := map[calendar.Date]bool{}
	var out []Backup
	for i, backup := range slices.Backward(all) {
		day := calendar.FromTime(backup.At.In(now.Location()))
		lastOfDay := !days[day] && len(days) < KeepDays && day.Days(today) < KeepDays
		if len(all)-i > KeepNewest && !lastOfDay {
			out = append(out, backup)
			continue
		}
		days[day] = true
	}
	slices.Reverse(out)
	return out
}

// Newest is the content and path of the newest backup that can be read and is not empty; ErrNotExist if there is none.
func (b *Backups) Newest() (data []byte, path string, err error) {
	have, err := b.list()
	if err != nil {
		return nil, "", opError("find a backup of", b.profile, err)
	}
	err = because("there is none yet", ErrNotExist)
	for _, backup := range slices.Backward(have) {
		data, readErr := b.Read(backup)
		if readErr != nil {
			err = readErr
		} else if len(data) > 0 {
			return data, b.Path(backup), nil
		}
	}
	return nil, "", opError("find a backup of", b.profile, err)
}

// List lists the backups, newest first, without reading any.
func (b *Backups) List() ([]Backup, error) {
	all, err := b.list()
	slices.Reverse(all)
	return all, opError("list the backups of", b.profile, err)
}

// Path is the path of a backup's file.
func (b *Backups) Path(backup Backup) string { return filepath.Join(b.folder, backup.Name) }

// Read is the content of a backup.
func (b *Backups) Read(backup Backup) ([]byte, error) {
	data, err := readRegular(b.ops, b.Path(backup), BackupLimit)
	return data, opError("read", b.Path(backup), err)
}

// list lists the backups, oldest first.
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
		if backup, ok := backupNamed(e.Name()); ok && e.Type().IsRegular() {
			all = append(all, backup)
		}
	}
	sorting.By(all, func(x, y Backup) int {
		return cmp.Or(cmp.Compare(x.Number, y.Number), strings.Compare(x.Name, y.Name))
	})
	return all, nil
}

// backupNamed is the backup whose file has a name; false if the name is none of ours. The bound on the number keeps
// counting from overflowing.
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
