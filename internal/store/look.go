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

// lookWorkers is how many places are looked at in parallel, so that a few that do not answer do not hold up the rest.
const lookWorkers = 8

// LookFor says which of some places exist, by their IDs: true for a plain file or folder, false if there is nothing at
// the path. A place is left out if it is not a path on this machine or gave no answer within wait, so that a drive that
// does not answer holds nobody up. Only text that is clearly a path counts as one: absolute, or starting with ~/
// (home), ./ or ../ (folder). Network shares are left alone. Nothing is opened.
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
	answers := make(chan answer, len(paths)) // with room for late ones, which nobody reads
	queue := make(chan string, len(paths))
	for _, id := range slices.Sorted(maps.Keys(paths)) {
		queue <- id
	}
	close(queue)
	for range min(lookWorkers, len(paths)) {
		go func() {
			for id := range queue {
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

// localPath is the path that a place names; false if it does not name one on this machine.
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

// isThere says whether there is a file or folder at path; known is false for anything else and where the system cannot
// say.
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
