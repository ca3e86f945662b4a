package session

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"sync"

	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/snapshot"
	"github.com/ksbcoach/ksbcoach/internal/store"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// state is what this computer remembers about a profile that is not part of the learner's record.
type state struct {
	KSB    string            `json:"ksb,omitempty"`    // where the learner stopped
	Drafts map[string]string `json:"drafts,omitempty"` // unfinished texts, by the form that they are for
	Told   []string          `json:"told,omitempty"`   // see Announced
	Looked string            `json:"looked,omitempty"` // see NewsCheckedFor
	Left   lastSeen          `json:"left,omitzero"`
}

// lastSeen is the file as this computer last read or saved it. It is kept here because the file itself holds nothing
// about computers.
type lastSeen struct {
	Hash    string `json:"hash,omitempty"`
	Ratings int    `json:"ratings,omitempty"`
}

func seenAs(file *store.File, p profile.Profile) lastSeen {
	hash := file.Hash()
	return lastSeen{hex.EncodeToString(hash[:]), p.Ratings()}
}

// ChangedElsewhere says, in sentences, that the file has changed since this computer last used it. It is "" if the file
// has not changed or was never used here.
func (s *Session) ChangedElsewhere() string { return s.elsewhere }

func (s *Session) describeChange() string {
	was, now := s.state.Left, s.current.Ratings()
	switch {
	case was.Hash == "", s.opts.Reading, s.current.Sheet, s.short:
		return ""
	case was.Ratings == now:
		return "This file was changed on another computer, or by hand, since it was last open here; it has as many " +
			"ratings as then. " + backupsStayHere
	}
	return fmt.Sprintf("This file was changed on another computer, or by hand, since it was last open here: it had "+
		"%s then, and has %d now. %s", words.Count(was.Ratings, "rating", "ratings"), now, backupsStayHere)
}

const backupsStayHere = "Each computer keeps its own older versions."

const stateName = "state.json"

// loadState reads the state. If that fails it starts with an empty one: the state is only for comfort.
func (s *Session) loadState() {
	b, err := store.ReadState(s.opts.Ops, s.stateFile())
	if err != nil || b == nil {
		return
	}
	var st state
	if json.Unmarshal(b, &st) == nil {
		s.state = st
	}
}

func (s *Session) stateFile() string { return s.opts.Places.StateFile(s.file.Resolved(), stateName) }

// Position is the KSB where the learner stopped, or "".
func (s *Session) Position() string { return s.state.KSB }

// SetPosition remembers the KSB where the learner stopped.
func (s *Session) SetPosition(ksb string) { s.state.KSB = ksb }

// Draft is the unfinished text that was remembered under a key, or "".
func (s *Session) Draft(key string) string { return s.state.Drafts[key] }

// SetDraft remembers an unfinished text under a key; "" forgets it.
func (s *Session) SetDraft(key, text string) {
	if s.state.Drafts[key] == text {
		return
	}
	drafts := map[string]string{} // a new map, because a job that writes the state may be reading the old one
	maps.Copy(drafts, s.state.Drafts)
	drafts[key] = text
	if text == "" {
		delete(drafts, key)
	}
	s.state.Drafts = drafts
}

// NewsCheckedFor identifies the content and the KSBs for which the fact cards were last searched for news. Reading the
// cards takes more memory than all the rest of a start, so they are searched again only if one of these has changed.
func (s *Session) NewsCheckedFor() string { return s.state.Looked }

// SetNewsCheckedFor remembers for what the fact cards were searched.
func (s *Session) SetNewsCheckedFor(what string) { s.state.Looked = what }

// Announced are the editions of fact cards that the learner has been told about.
func (s *Session) Announced() []string { return s.state.Told }

// MarkAnnounced remembers that the learner has been told about some editions of fact cards.
func (s *Session) MarkAnnounced(editions []string) {
	s.state.Told = slices.Compact(slices.Sorted(slices.Values(slices.Concat(s.state.Told, editions))))
}

// stateOrder numbers the jobs that write the state, so that an older state never overwrites a newer one.
type stateOrder struct {
	last int // number of the newest job made

	mu      sync.Mutex
	written int // number of the newest job written
}

// stateJob returns a function that writes the state as it is now, for any goroutine.
func (s *Session) stateJob() func() {
	st, file, ops, order := s.state, s.stateFile(), s.opts.Ops, s.states
	onDisk, before, saved, now, short := s.file, s.file.Hash(), s.saved, s.current, s.short
	order.last++
	number := order.last
	return func() {
		order.mu.Lock()
		defer order.mu.Unlock()
		if number < order.written {
			return
		}
		switch {
		case onDisk.Hash() != before: // there was a save since
			st.Left = seenAs(onDisk, now)
		case !short: // a file that may have been cut short is warned about again at the next start
			st.Left = seenAs(onDisk, saved)
		}
		if b, err := json.Marshal(st); err == nil {
			_ = store.WriteState(ops, file, b) // only comfort is lost
		}
		order.written = number
	}
}

// StartSaveState returns a function that writes the state as it is now, for any goroutine; false in a read-only
// session, which leaves no trace.
func (s *Session) StartSaveState() (func(), bool) {
	if s.mayChange() != nil {
		return nil, false
	}
	return s.stateJob(), true
}

// SaveState writes the state, and the snapshot from which the next start opens. In a read-only session it does nothing.
func (s *Session) SaveState() {
	if job, ok := s.StartSaveState(); ok {
		job()
		s.keepSnapshot()
	}
}

const snapshotName = "record.snapshot"

func (s *Session) snapshotFile(file *store.File) string {
	return s.opts.Places.StateFile(file.Resolved(), snapshotName)
}

func (s *Session) snapshotKey(file *store.File) snapshot.Key {
	return snapshot.KeyOf(file.Hash(), s.opts.Build)
}

// fromSnapshot opens the file from its snapshot, if there is one of exactly this file by exactly this build.
func (s *Session) fromSnapshot(file *store.File) bool {
	if s.opts.Build == "" {
		return false
	}
	b, err := store.ReadState(s.opts.Ops, s.snapshotFile(file))
	if err != nil || b == nil {
		return false
	}
	key := s.snapshotKey(file)
	record, ok := snapshot.Read(b, key)
	if !ok || s.opts.Library.Standard(record.Profile.Standard) == nil {
		return false
	}
	s.snapshotKept = key
	s.setRecord(file, record.Profile, record.Notes)
	return true
}

// keepSnapshot writes the snapshot of the file as last saved, unless it is there already. If it fails, the next start
// is slower and nothing else.
func (s *Session) keepSnapshot() {
	if s.opts.Build == "" || s.inFlight != nil || s.short {
		return
	}
	key := s.snapshotKey(s.file)
	if key == s.snapshotKept {
		return
	}
	b := snapshot.Make(snapshot.Record{Profile: s.saved, Notes: s.notes}, key)
	if store.WriteState(s.opts.Ops, s.snapshotFile(s.file), b) == nil {
		s.snapshotKept = key
	}
}
