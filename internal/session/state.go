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

// state is what the program remembers that is not the learner's record: where they were, and text that was not sent
// off.
type state struct {
	KSB    string            `json:"ksb,omitempty"`
	Drafts map[string]string `json:"drafts,omitempty"`
	Told   []string          `json:"told,omitempty"`
	Looked string            `json:"looked,omitempty"`
	Left   left              `json:"left,omitzero"`
}

// left is the file as this computer last read or saved it. Nothing of a computer goes into the file itself.
type left struct {
	Hash    string `json:"hash,omitempty"`
	Ratings int    `json:"ratings,omitempty"`
}

func leftAs(file *store.File, p profile.Profile) left {
	hash := file.Hash()
	return left{hex.EncodeToString(hash[:]), p.Ratings()}
}

// ChangedElsewhere says once, in sentences, that the file is not as this computer left it; "" where it is, or where
// that is not known.
func (s *Session) ChangedElsewhere() string { return s.elsewhere }

func (s *Session) describeChange() string {
	was, now := s.state.Left, s.now.Ratings()
	switch {
	case was.Hash == "", s.o.Reading, s.now.Sheet, s.short:
		return ""
	case was.Ratings == now:
		return "This file was changed on another computer, or by hand, since it was last open here; it has as many " +
			"ratings as then. " + apart
	}
	return fmt.Sprintf("This file was changed on another computer, or by hand, since it was last open here: it had "+
		"%s then, and has %d now. %s", words.Count(was.Ratings, "rating", "ratings"), now, apart)
}

// apart is said of a file that two computers use.
const apart = "Each computer keeps its own older versions."

const stateName = "state.json"

// loadState reads it; what cannot be read is as good as nothing, since the record is elsewhere.
func (s *Session) loadState() {
	b, err := store.ReadState(s.o.Ops, s.stateFile())
	if err != nil || b == nil {
		return
	}
	var st state
	if json.Unmarshal(b, &st) == nil {
		s.state = st
	}
}

func (s *Session) stateFile() string { return s.o.Places.StateFile(s.file.Resolved(), stateName) }

// Position is the KSB where the learner stopped, or "".
func (s *Session) Position() string { return s.state.KSB }

// SetPosition remembers it.
func (s *Session) SetPosition(ksb string) { s.state.KSB = ksb }

// Draft is the text that was being typed under a key, or "".
func (s *Session) Draft(key string) string { return s.state.Drafts[key] }

// SetDraft remembers text that is being typed; "" forgets it.
func (s *Session) SetDraft(key, text string) {
	if s.state.Drafts[key] == text {
		return
	}
	drafts := map[string]string{}
	maps.Copy(drafts, s.state.Drafts)
	if drafts[key] = text; text == "" {
		delete(drafts, key)
	}
	s.state.Drafts = drafts
}

// NewsCheckedFor says for what news was looked through last; SetNewsCheckedFor remembers it. Reading the fact cards
// takes more memory than all the rest of a start, so they are read again only when the answer may be another.
func (s *Session) NewsCheckedFor() string { return s.state.Looked }

// SetNewsCheckedFor remembers for what news was looked through.
func (s *Session) SetNewsCheckedFor(what string) { s.state.Looked = what }

// Announced are the editions of the fact cards whose change was said, so that it is said once.
func (s *Session) Announced() []string { return s.state.Told }

// MarkAnnounced remembers which editions of fact cards the learner was told of, so that only later ones are announced.
func (s *Session) MarkAnnounced(editions []string) {
	s.state.Told = slices.Compact(slices.Sorted(slices.Values(slices.Concat(s.state.Told, editions))))
}

// stateOrder keeps an older state from being written over a newer one by another goroutine.
type stateOrder struct {
	last int // number of the newest job made

	mu      sync.Mutex
	written int // number of the newest job written
}

// stateJob is the writing of the state as it is now, for another goroutine.
func (s *Session) stateJob() func() {
	st, file, ops, order := s.state, s.stateFile(), s.o.Ops, s.states
	onDisk, before, saved, now, short := s.file, s.file.Hash(), s.saved, s.now, s.short
	order.last++
	number := order.last
	return func() {
		order.mu.Lock()
		defer order.mu.Unlock()
		if number < order.written {
			return
		}
		switch {
		case onDisk.Hash() != before: // a save came between
			st.Left = leftAs(onDisk, now)
		case !short: // what may have been cut short is said again at the next start
			st.Left = leftAs(onDisk, saved)
		}
		if b, err := json.Marshal(st); err == nil {
			_ = store.WriteState(ops, file, b) // only comfort is lost
		}
		order.written = number
	}
}

// StartSaveState gives the writing of the state as it is now, for another goroutine, and false where the session leaves
// no trace.
func (s *Session) StartSaveState() (func(), bool) {
	if s.mayChange() != nil {
		return nil, false
	}
	return s.stateJob(), true
}

// SaveState writes where the learner is and what is being typed, and the snapshot that the next start opens from; a
// read-only session leaves no trace.
func (s *Session) SaveState() {
	if job, ok := s.StartSaveState(); ok {
		job()
		s.keepSnapshot()
	}
}

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
