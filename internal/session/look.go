package session

import (
	"path/filepath"
	"time"

	"github.com/ksbcoach/ksbcoach/internal/store"
)

// lookWait is how long looking for the files of all the evidence may take.
const lookWait = time.Second

// LookForEvidence returns a function that looks for the files of the evidence, for any goroutine. Its result is by the
// ID of the piece: true if the file is there, false if it is gone. Evidence that is not a path on this machine is left
// out.
func (s *Session) LookForEvidence() func() map[string]bool {
	places := map[string]string{}
	for _, e := range s.now.Evidence {
		places[e.ID] = e.Where.String()
	}
	folder, ops, home := filepath.Dir(s.file.Resolved()), s.o.Ops, s.o.Home
	return func() map[string]bool { return store.LookFor(ops, places, folder, home, lookWait) }
}
