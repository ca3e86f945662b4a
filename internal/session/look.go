package session

import (
	"path/filepath"
	"time"

	"github.com/ksbcoach/ksbcoach/internal/store"
)

// lookWait is how long looking for the files of all the evidence may take.
const lookWait = time.Second

// LookForEvidence gives the work of looking whether the files are there that evidence lies in, by the ID of the piece: true
// for there, false for gone; what is no path on this machine is left out. It may be done on any goroutine.
func (s *Session) LookForEvidence() func() map[string]bool {
	places := map[string]string{}
	for _, e := range s.now.Evidence {
		places[e.ID] = e.Where.String()
	}
	folder, ops, home := filepath.Dir(s.file.Resolved()), s.o.Ops, s.o.Home
	return func() map[string]bool { return store.LookFor(ops, places, folder, home, lookWait) }
}
