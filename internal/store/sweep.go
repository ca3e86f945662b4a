package store

import (
	"path/filepath"
	"strings"
	"time"
)

// tempAge is how old a temporary file must be before it is litter: a save takes seconds at most, even on a slow network
// drive, so an older one belongs to a process that was killed.
const tempAge = time.Hour

// sweepBeside removes the temporary files that killed saves left beside the file path leads to, once they are older than an
// hour, and says how many it removed. It touches nothing but plain files of our own name pattern.
func sweepBeside(ops Ops, path string, now time.Time) int {
	return sweepFolder(ops, folderOf(ops, path), now)
}

// Sweep is sweepBeside of the profile at resolved, and of the folders where its small private files and the locks are.
func (p Places) Sweep(ops Ops, resolved string, now time.Time) int {
	return sweepBeside(ops, resolved, now) + sweepFolder(ops, filepath.Dir(p.StateFile(resolved, "state")), now) + sweepFolder(ops, lockFolder(p.State), now)
}

func sweepFolder(ops Ops, folder string, now time.Time) int {
	entries, err := ops.ReadDir(folder)
	if err != nil {
		return 0
	}
	removed := 0
	for _, e := range entries {
		if !isTemp(e.Name()) || !e.Type().IsRegular() {
			continue
		}
		info, err := e.Info()
		if err != nil || now.Sub(info.ModTime()) <= tempAge {
			continue
		}
		if ops.Remove(filepath.Join(folder, e.Name())) == nil {
			removed++
		}
	}
	return removed
}

func isTemp(name string) bool {
	digits, ok := strings.CutPrefix(name, tempPrefix)
	if ok {
		digits, ok = strings.CutSuffix(digits, tempSuffix)
	}
	return ok && len(digits) == tempDigits && strings.Trim(digits, "0123456789abcdef") == ""
}

// folderOf is the folder of the file itself, behind all links, as far as it can be found.
func folderOf(ops Ops, path string) string {
	if real, err := ops.EvalSymlinks(path); err == nil {
		path = real
	}
	return filepath.Dir(path)
}
