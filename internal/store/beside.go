package store

import (
	"errors"
	"io/fs"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/ksbcoach/ksbcoach/internal/lazy"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/sorting"
)

// lookers is how many places are looked at beside one another: a few that do not answer leave the others theirs.
const lookers = 8

// LookFor says which of some places are there: true for a plain file or folder, false for a path with nothing behind
// it. What is no path on this machine, and what gave no answer within wait, is not in the answer, so that a drive that
// does not answer holds nobody up. A place is a path only where it is written as one: from the root, from home with ~/,
// or from folder with ./ before it; a network share is left alone. Nothing is opened.
func LookFor(ops Ops, places map[string]string, folder, home string, wait time.Duration) map[string]bool {
	type answer struct {
		id           string
		found, known bool
	}
	paths := map[string]string{}
	for id, where := range places {
		if path, ok := localPath(where, folder, home); ok {
			paths[id] = path
		}
	}
	answers := make(chan answer, len(paths)) // so that a late one does not wait for a reader
	waiting := make(chan string, len(paths))
	for _, id := range slices.Sorted(maps.Keys(paths)) {
		waiting <- id
	}
	close(waiting)
	for range min(lookers, len(paths)) {
		go func() {
			for id := range waiting {
				found, known := isThere(ops, paths[id])
				answers <- answer{id, found, known}
			}
		}()
	}
	out := map[string]bool{}
	timeout := time.NewTimer(wait)
	defer timeout.Stop()
	for range paths {
		select {
		case a := <-answers:
			if a.known {
				out[a.id] = a.found
			}
		case <-timeout.C:
			return out
		}
	}
	return out
}

func localPath(where, folder, home string) (string, bool) {
	where = strings.TrimSpace(where)
	slashed := filepath.ToSlash(where)
	switch {
	case strings.ContainsAny(where, "\n\t"+string(safetext.Mark)), strings.HasPrefix(slashed, "//"):
		return "", false
	case strings.HasPrefix(slashed, "~/"):
		return filepath.Join(home, slashed[2:]), home != ""
	case strings.HasPrefix(slashed, "./"), strings.HasPrefix(slashed, "../"):
		return filepath.Join(folder, where), true
	}
	return where, filepath.IsAbs(where)
}

func isThere(ops Ops, path string) (found, known bool) {
	info, err := ops.Stat(path)
	switch {
	case err == nil:
		return true, info.Mode().IsRegular() || info.IsDir()
	case errors.Is(err, fs.ErrNotExist):
		return false, true
	}
	return false, false
}

// mostCopies bounds how many conflict copies are looked at, in a folder that is full of them.
const mostCopies = 1000

// ConflictCopy is a file whose name says that a sync program put another version of a file there.
type ConflictCopy struct {
	Path    string // untrusted text
	Changed time.Time
}

// copyTails are what sync programs put between a file's name and its extension when two versions met. They are made
// on first use: a start of the program that needs none should not pay for them.
var copyTails = lazy.Value[[]*regexp.Regexp]{Make: func() []*regexp.Regexp {
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

// afterExt are what sync programs put after the extension.
var afterExt = lazy.Value[*regexp.Regexp]{Make: func() *regexp.Regexp {
	return regexp.MustCompile(`^\.conflict\d{1,3}$`) // rclone
}}

// ConflictCopies lists the plain files beside the one path leads to whose names say that a sync program put another
// version of it there, the newest first. A file that was named in the same manner by hand is listed too: the name is
// all there is to go by. Nothing is opened.
func ConflictCopies(ops Ops, path string) []ConflictCopy {
	path = behindLinks(ops, path)
	folder, base := filepath.Split(path)
	entries, err := ops.ReadDir(filepath.Dir(path))
	if err != nil {
		return nil
	}
	var found []ConflictCopy
	for _, e := range entries {
		if len(found) == mostCopies {
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

// isCopy says whether a name is the base of a file with what a sync program adds to it.
func isCopy(base, name string) bool {
	if name == base {
		return false // at once: in most folders it is alone, and the patterns need not be made
	}
	ext := filepath.Ext(base)
	tail, ok := strings.CutPrefix(name, strings.TrimSuffix(base, ext))
	if !ok {
		return false
	}
	if after, ok := strings.CutPrefix(tail, ext); ok && afterExt.Get().MatchString(after) {
		return true
	}
	if tail, ok = strings.CutSuffix(tail, ext); !ok {
		return false
	}
	for _, pattern := range copyTails.Get() {
		if pattern.MatchString(tail) {
			// A computer's name has a letter: "-2" and "-2026-11-22" were given by hand.
			return tail[0] != '-' || strings.ContainsAny(tail, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
		}
	}
	return false
}
