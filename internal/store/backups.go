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

	"github.com/ksbcoach/ksbcoach/internal/sorting"
)

const (
	keepBackups = 10
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

type backup struct {
	name   string
	number int64
}

// Keep keeps data as the newest backup, unless it is empty or the newest one holds the same. The ten newest are kept. A
// backup goes only once the new one is whole and synced; one that cannot be removed is no error, it goes next time.
func (b *Backups) Keep(data []byte, now time.Time) error {
	return fail("keep a backup of", b.profile, b.keep(data, now))
}

func (b *Backups) keep(data []byte, now time.Time) error {
	if len(data) == 0 {
		return nil
	}
	if err := makeFolders(b.ops, b.folder, true); err != nil {
		return err
	}
	have, err := b.list()
	if err != nil {
		return err
	}
	number := int64(0)
	if len(have) > 0 {
		newest := have[len(have)-1]
		number = newest.number
		if old, err := b.read(newest); err == nil && bytes.Equal(old, data) {
			return nil
		}
	}
	added, err := b.add(data, now, number+1)
	if err != nil {
		return err
	}
	b.prune(append(have, added))
	sweepFolder(b.ops, b.folder, now)
	return nil
}

func (b *Backups) add(data []byte, now time.Time, number int64) (backup, error) {
	var err error
	for range backupTries {
		name := fmt.Sprintf("%s-%06d%s", now.UTC().Format(backupTime), number, backupExt)
		_, err = publish(b.ops, filepath.Join(b.folder, name), data)
		if !errors.Is(err, ErrExists) {
			return backup{name, number}, err
		}
		number++
	}
	return backup{}, err
}

func (b *Backups) prune(all []backup) {
	for _, old := range all[:max(0, len(all)-keepBackups)] {
		// Too many backups are no loss.
		_ = b.ops.Remove(filepath.Join(b.folder, old.name))
	}
}

// Newest is the newest backup that can be read, and where it lies; ErrNotExist when there is none.
func (b *Backups) Newest() (data []byte, path string, err error) {
	have, err := b.list()
	if err != nil {
		return nil, "", fail("find a backup of", b.profile, err)
	}
	err = because("there is none yet", ErrNotExist)
	for _, one := range slices.Backward(have) {
		data, unreadable := b.read(one)
		if unreadable != nil {
			err = unreadable
		} else if len(data) > 0 {
			return data, filepath.Join(b.folder, one.name), nil
		}
	}
	return nil, "", fail("find a backup of", b.profile, err)
}

func (b *Backups) read(one backup) ([]byte, error) {
	data, err := readRegular(b.ops, filepath.Join(b.folder, one.name), BackupLimit)
	return data, err
}

// list gives the backups, oldest first.
func (b *Backups) list() ([]backup, error) {
	entries, err := b.ops.ReadDir(b.folder)
	if errors.Is(err, ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var all []backup
	for _, e := range entries {
		if number, ok := backupNumber(e.Name()); ok && e.Type().IsRegular() {
			all = append(all, backup{e.Name(), number})
		}
	}
	sorting.By(all, func(x, y backup) int {
		return cmp.Or(cmp.Compare(x.number, y.number), strings.Compare(x.name, y.name))
	})
	return all, nil
}

// backupNumber reads the number in a name that keep gave. Thousands of years of backups stay below its bound, so that
// counting on from it never overflows.
func backupNumber(name string) (int64, bool) {
	stamp, rest, ok := strings.Cut(name, "-")
	digits, isBackup := strings.CutSuffix(rest, backupExt)
	if _, err := time.Parse(backupTime, stamp); !ok || !isBackup || err != nil {
		return 0, false
	}
	number, err := strconv.ParseInt(digits, 10, 64)
	return number, err == nil && number > 0 && number < 1<<60
}
