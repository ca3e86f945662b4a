package store

import (
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"github.com/ksbcoach/ksbcoach/internal/lazy"
	"github.com/ksbcoach/ksbcoach/internal/sorting"
)

// maxCopies is how many conflict copies are listed at most, in case a folder is full of them.
const maxCopies = 1000

// ConflictCopy is a file that, by its name, is another version of a file that a sync program put there.
type ConflictCopy struct {
	Path    string // untrusted text
	Changed time.Time
}

// copySuffixes are what sync programs put between a file's name and its extension when two versions conflict.
var copySuffixes = lazy.Value[[]*regexp.Regexp]{Make: func() []*regexp.Regexp {
	return []*regexp.Regexp{
		// Dropbox in several languages, Nextcloud, Seafile, pCloud, Unison, Tresorit.
		regexp.MustCompile(`(?i)^ ?[(\[].*(conflict|konflikt|conflit|conflitto).*[)\]]( \(\d+\))?$`),
		regexp.MustCompile(`(?i)^[_.-].*[_.-]?(conflict|konflikt)(\d{1,3}|ed)?$`), // Synology Drive, Resilio, rclone
		regexp.MustCompile(`^_conflict-\d{8}-\d{6}$`),                             // ownCloud, older Nextcloud
		regexp.MustCompile(`^\.sync-conflict-\d{8}-\d{6}(-[A-Z0-9]+)?$`),          // Syncthing
		regexp.MustCompile(`^ \(\d{1,3}\)$`),                                      // Google Drive
		regexp.MustCompile(`^ \d{1,2}$`),                                          // iCloud
		regexp.MustCompile(`^-[A-Z0-9][A-Z0-9-]{0,14}(-\d{1,3})?$`),               // OneDrive: the computer's name
	}
}}

// afterExtension is what sync programs put after the extension.
var afterExtension = lazy.Value[*regexp.Regexp]{Make: func() *regexp.Regexp {
	return regexp.MustCompile(`^\.conflict\d{1,3}$`) // rclone
}}

// ConflictCopies lists conflict copies of the file that path leads to, in the same folder, newest first. The name is
// all there is to go by, so a file that somebody named like that is listed too. Nothing is opened.
func ConflictCopies(ops Ops, path string) []ConflictCopy {
	path = followLinks(ops, path)
	folder, base := filepath.Split(path)
	entries, err := ops.ReadDir(filepath.Dir(path))
	if err != nil {
		return nil
	}
	var found []ConflictCopy
	for _, e := range entries {
		if len(found) == maxCopies {
			break
		}
		if !isCopy(base, e.Name()) || !e.Type().IsRegular() {
			continue
		}
		if info, err := e.Info(); err == nil {
			found = append(found, ConflictCopy{filepath.Join(folder, e.Name()), info.ModTime()})
		}
	}
	sorting.By(found, func(a, b ConflictCopy) int { return b.Changed.Compare(a.Changed) })
	return found
}

// isCopy says whether name is base with something that a sync program adds to it.
func isCopy(base, name string) bool {
	if name == base {
		return false // most folders have no other file like it, and then the patterns need not be compiled
	}
	ext := filepath.Ext(base)
	tail, ok := strings.CutPrefix(name, strings.TrimSuffix(base, ext))
	if !ok {
		return false
	}
	if after, ok := strings.CutPrefix(tail, ext); ok && afterExtension.Get().MatchString(after) {
		return true
	}
	if tail, ok = strings.CutSuffix(tail, ext); !ok {
		return false
	}
	for _, pattern := range copySuffixes.Get() {
		if pattern.MatchString(tail) {
			// OneDrive's suffix has a letter: "-2" and "-2026-11-22" were given by hand.
			return tail[0] != '-' || strings.ContainsAny(tail, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
		}
	}
	return false
}
