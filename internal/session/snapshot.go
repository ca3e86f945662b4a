package session

import (
	"github.com/ksbcoach/ksbcoach/internal/snapshot"
	"github.com/ksbcoach/ksbcoach/internal/store"
)

const snapshotName = "record.snapshot"

func (s *Session) snapshotFile(file *store.File) string {
	return s.o.Places.StateFile(file.Resolved(), snapshotName)
}

func (s *Session) snapshotKey(file *store.File) snapshot.Key {
	return snapshot.KeyOf(file.Hash(), s.o.Build)
}

// fromSnapshot takes the record from the snapshot, if there is one of this very file by this very build.
func (s *Session) fromSnapshot(file *store.File) bool {
	if s.o.Build == "" {
		return false
	}
	b, err := store.ReadState(s.o.Ops, s.snapshotFile(file))
	if err != nil || b == nil {
		return false
	}
	key := s.snapshotKey(file)
	record, ok := snapshot.Read(b, key)
	if !ok || s.o.Library.Standard(record.Profile.Standard) == nil {
		return false
	}
	s.kept = key
	s.hold(file, record.Profile, record.Notes)
	return true
}

// keepSnapshot writes the snapshot of the file as it was last saved, unless it is there already. What fails costs
// comfort only.
func (s *Session) keepSnapshot() {
	if s.o.Build == "" || s.inFlight != nil || s.short {
		return
	}
	key := s.snapshotKey(s.file)
	if key == s.kept {
		return
	}
	b := snapshot.Make(snapshot.Record{Profile: s.saved, Notes: s.notes}, key)
	if store.WriteState(s.o.Ops, s.snapshotFile(s.file), b) == nil {
		s.kept = key
	}
}
