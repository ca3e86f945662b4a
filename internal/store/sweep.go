package store

import (
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"
)

// tempAge is how old a temporary file must be before it is litter: a save takes seconds at most, even on a slow network
// drive, so an older one belongs to a process that was killed.
const tempAge = time.Hour

// Sweep removes the temporary files that killed saves left beside the file path leads to, once they are older than an
// hour, and says how many it removed. It touches nothing but plain files of our own name pattern.
func Sweep(ops Ops, path string, now time.Time) int {
	return sweepFolder(ops, folderOf(ops, path), now)
}

// Sweep is Sweep of the profile at resolved, and of the folders where its small private files and the locks are.
func (p Places) Sweep(ops Ops, resolved string, now time.Time) int {
	return Sweep(ops, resolved, now) + sweepFolder(ops, filepath.Dir(p.StateFile(resolved, "state")), now) + sweepFolder(ops, lockFolder(p.State), now)
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

// conflictTails are what sync programs put between a file's name and its extension when two versions met. They are made
// on first use: a start of the program that needs none should not pay for them.
var conflictTails = sync.OnceValue(func() []*regexp.Regexp {
	return []*regexp.Regexp{
		regexp.MustCompile(`^ \(.*(conflicted copy|Case Conflict).*\)( \(\d+\))?$`), // Dropbox, Nextcloud
		regexp.MustCompile(`^_conflict-\d{8}-\d{6}$`),                               // ownCloud, older Nextcloud
		regexp.MustCompile(`^\.sync-conflict-\d{8}-\d{6}(-[A-Z0-9]+)?$`),            // Syncthing
		regexp.MustCompile(`^ \(\d{1,3}\)$`),                                        // Google Drive
		regexp.MustCompile(`^-[A-Z0-9][A-Z0-9-]{0,14}(-\d{1,3})?$`),                 // OneDrive: the computer's name
	}
})

// ConflictCopies lists the plain files beside the one path leads to whose names say that a sync program put another
// version of it there, in the order of their names. A file that was named in the same manner by hand is listed too: the
// name is all there is to go by. Names are untrusted text.
func ConflictCopies(ops Ops, path string) []string {
	if real, err := ops.EvalSymlinks(path); err == nil {
		path = real
	}
	folder, base := filepath.Split(path)
	entries, err := ops.ReadDir(filepath.Dir(path))
	if err != nil {
		return nil
	}
	ext := filepath.Ext(base)
	stem := strings.TrimSuffix(base, ext)
	var found []string
	for _, e := range entries {
		tail, ok := strings.CutPrefix(e.Name(), stem)
		if ok {
			tail, ok = strings.CutSuffix(tail, ext)
		}
		if ok && e.Type().IsRegular() && isConflict(tail) {
			found = append(found, filepath.Join(folder, e.Name()))
		}
	}
	slices.Sort(found)
	return found
}

func isConflict(tail string) bool {
	for _, pattern := range conflictTails() {
		if pattern.MatchString(tail) {
			// A computer's name has a letter: "-2" and "-2026-11-22" were given by hand.
			return tail[0] != '-' || strings.ContainsAny(tail, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
		}
	}
	return false
}
