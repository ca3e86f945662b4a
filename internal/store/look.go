package store

import (
	"errors"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/ksbcoach/ksbcoach/internal/safetext"
)

// lookers is how many places are looked at beside one another: a few that do not answer leave the others theirs.
const lookers = 8

// LookFor says which of some places are there: true for a plain file or folder, false for a path with nothing behind it.
// What is no path on this machine, and what gave no answer within wait, is not in the answer, so that a drive that does
// not answer holds nobody up. A place is a path only where it is written as one: from the root, from home with ~/, or from
// folder with ./ before it; a network share is left alone. Nothing is opened.
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
