package session

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/profile/file"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/store"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// VersionState says how much is known of a version of the profile.
type VersionState string

// The states of a version.
const (
	VersionReadable   VersionState = "readable"
	VersionUnreadable VersionState = "unreadable"
	VersionLater      VersionState = "later" // a later ksbcoach wrote it
	VersionGone       VersionState = "gone"  // there is no such file now
)

// A Version is the profile as it is now, or as it was once.
type Version struct {
	ID                       string    // of a backup, such as b-12: the same for as long as it is kept
	Path                     string    // untrusted text
	At                       time.Time // when it was kept; zero for one that is not among the backups
	State                    VersionState
	Why                      error // why it cannot be read
	Ratings, Goals, Evidence int

	Same  bool             // byte for byte what there is now
	Apart *file.Comparison // now and it; nil unless both can be read
	Brief bool             // it lies before the newest ten: one line of a list is enough
	Until string           // what the version after it took out, added and changed, in words; "" where nothing is known

	data   []byte
	record profile.Profile
	laid   file.Tables // nil unless it can be read
	kept   store.Backup
}

// Older are the older versions that are kept of a profile, beside the one of now.
type Older struct {
	Now  Version
	List []Version // newest first

	o       Options
	file    *store.File // nil where the profile is gone
	backups *store.Backups
}

// KeptVersions lists the backups of a profile by their ids and by when they were kept. None is read.
func KeptVersions(o Options) (*Older, error) {
	resolved, err := store.Resolve(o.Ops, o.Path)
	if err != nil {
		return nil, err
	}
	h := &Older{o: o, backups: store.NewBackups(o.Ops, o.Places.State, resolved)}
	list, err := h.backups.List()
	zone, taken := o.Now().Location(), map[string]bool{}
	for _, kept := range list {
		v := Version{
			ID: backupID(kept), Path: h.backups.Path(kept), At: kept.At.In(zone),
			Brief: len(h.List) >= store.KeepNewest, kept: kept,
		}
		if taken[v.ID] {
			v.ID = strings.TrimSuffix(kept.Name, ".bak") // two programs took the same number
		}
		taken[v.ID] = true
		h.List = append(h.List, v)
	}
	return h, err
}

// KeepsOlder says whether an older version of a profile is kept, whether or not that can be read.
func KeepsOlder(o Options) bool {
	h, err := KeptVersions(o)
	return err == nil && len(h.List) > 0
}

// OlderVersions looks through the backups of a profile, whether or not that can be read. Nothing is written and no lock
// taken.
func OlderVersions(o Options) (*Older, error) {
	h, err := KeptVersions(o)
	if err != nil {
		return nil, err
	}
	// By the limit of backups: what is in the way of reading the profile may be its size.
	h.file, err = store.Load(o.Ops, o.Path, store.BackupLimit)
	switch {
	case err == nil:
		h.read(&h.Now, h.file.Bytes())
	case errors.Is(err, store.ErrNotExist):
		h.Now.State = VersionGone
	default:
		return nil, err
	}
	h.Now.Path = o.Path
	after := &h.Now
	for i := range h.List {
		v := &h.List[i]
		if data, err := h.backups.Read(v.kept); err == nil {
			h.read(v, data)
		} else {
			v.State, v.Why = VersionUnreadable, err
		}
		v.Until = became(file.Compare(v.laid, after.laid), holdingCounts)
		after = v
	}
	return h, nil
}

func backupID(b store.Backup) string { return "b-" + strconv.FormatInt(b.Number, 10) }

// read reads a version, and compares it with the one of now.
func (h *Older) read(v *Version, data []byte) {
	v.State, v.data = VersionReadable, data
	v.Same = h.file != nil && bytes.Equal(data, h.Now.data)
	read, err := file.Decode(data, h.o.Library.Standard)
	switch {
	case file.IsLater(err):
		v.State, v.Why = VersionLater, err
	case err != nil:
		v.State, v.Why = VersionUnreadable, err
	default:
		v.record, v.laid = read.Profile, file.TablesOf(read.Profile)
		v.Ratings, v.Goals, v.Evidence = v.record.Ratings(), len(v.record.Goals), len(v.record.Evidence)
		v.Apart = file.Compare(h.Now.laid, v.laid)
	}
}

// Find gives the backup with an id, or with its number alone, or the version in a file.
func (h *Older) Find(word string) (Version, error) {
	id := strings.ToLower(strings.TrimSpace(word))
	if _, err := strconv.ParseUint(id, 10, 64); err == nil {
		id = "b-" + id
	}
	if v, ok := lists.First(h.List, func(v Version) bool { return strings.ToLower(v.ID) == id }); ok {
		return v, nil
	}
	if rest, ok := strings.CutPrefix(id, "b-"); ok && rest != "" && strings.Trim(rest, "0123456789") == "" {
		return Version{}, profile.Refuse("ksbcoach restore lists those that there are", "there is no backup %s", id)
	}
	return h.inFile(InHome(h.o.Home, strings.TrimSpace(word)))
}

// inFile is a version that lies in any file, such as a copy that was put aside.
func (h *Older) inFile(path string) (Version, error) {
	onDisk, err := store.Load(h.o.Ops, path, store.BackupLimit)
	if err != nil {
		return Version{}, err
	}
	if v, ok := lists.First(h.List, func(v Version) bool { return onDisk.Resolved() == v.Path }); ok {
		return v, nil
	}
	v := Version{Path: path}
	h.read(&v, onDisk.Bytes())
	switch {
	case v.State == VersionUnreadable:
		return v, &FileError{path, v.Why}
	case v.record.Sheet:
		return v, profile.Refuse("ksbcoach sheet take FILE takes in what is in it",
			"%s is a rating sheet, not a profile", safetext.Line(path))
	case v.Apart != nil && !samePerson(h.Now.record.Learner, v.record.Learner):
		return v, profile.Refuse("ksbcoach --profile FILE opens it; your own is untouched",
			"%s is the record of somebody else", safetext.Line(path))
	}
	return v, nil
}

// MayBringBack says why a version cannot take the place of the one of now.
func (h *Older) MayBringBack(v Version) error {
	switch {
	case h.Now.State == VersionLater:
		return profile.Refuse("update ksbcoach, which opens it with all that it holds; nothing was changed",
			"the profile was written by a later ksbcoach, and an older version would lose what is new in it")
	case v.State == VersionLater:
		return profile.Refuse("update ksbcoach, then bring it back; nothing was changed",
			"this version was written by a later ksbcoach, and this one could not open it")
	case len(v.data) == 0:
		return cmp.Or(v.Why, profile.Refuse("choose another one; ksbcoach restore lists them", "this version is empty"))
	}
	return nil
}

// Restored is what became of bringing a version back.
type Restored struct {
	Path    string // of the profile
	Version Version
	Kept    string // the id of the backup that holds what was there before; "" where nothing was
	Warning string // done, but something was odd
}

// BringBack puts a version in the place of the one of now, which is kept as a backup first: where that fails nothing is
// changed. It takes the lock of the profile for that long.
func (h *Older) BringBack(v Version) (Restored, error) {
	if err := h.MayBringBack(v); err != nil {
		return Restored{}, err
	}
	resolved, err := store.Resolve(h.o.Ops, h.o.Path)
	if err != nil {
		return Restored{}, err
	}
	lock, err := h.o.lock(resolved)
	switch {
	case errors.Is(err, store.ErrNoLocks):
	case err != nil:
		return Restored{}, err
	default:
		defer func() { _ = lock.Unlock() }() // the system frees it at the end
	}
	r, err := h.put(v)
	if err == nil {
		h.remember()
	}
	return r, err
}

// remember notes that this computer left the file as it is now, so that no start takes it for one that was cut short or
// changed elsewhere. What else the program remembers of the profile stays.
func (h *Older) remember() {
	path := h.o.Places.StateFile(h.file.Resolved(), stateName)
	var st state
	if b, err := store.ReadState(h.o.Ops, path); err == nil && b != nil && json.Unmarshal(b, &st) != nil {
		st = state{}
	}
	var is Version
	h.read(&is, h.file.Bytes())
	st.Left = leftAs(h.file, is.record)
	if b, err := json.Marshal(st); err == nil {
		_ = store.WriteState(h.o.Ops, path, b) // only comfort is lost
	}
}

// put does it where the lock is held.
func (h *Older) put(v Version) (Restored, error) {
	r := Restored{Path: h.o.Path, Version: v}
	var err error
	if h.file == nil {
		h.file, err = store.Create(h.o.Ops, h.o.Path, v.data)
	} else {
		if err := h.file.Check(); err != nil {
			return r, err
		}
		kept, failed := h.backups.KeepSparing(h.file.Bytes(), h.o.Now(), v.kept)
		if failed != nil {
			return r, notKept(failed)
		}
		if kept.Name != "" {
			r.Kept = backupID(kept)
		}
		err = h.file.Save(v.data)
	}
	if errors.Is(err, store.ErrUnsynced) {
		r.Warning, err = err.Error(), nil
	}
	if err == nil && r.Warning == "" {
		r.Warning = h.file.Warning()
	}
	return r, err
}

// notKept stops a restore: what is there now would be lost.
func notKept(err error) error {
	return fmt.Errorf("nothing is changed, because the profile as it is now could not be kept first: %w", err)
}

// RestoreTitle is what looking through the older versions is called.
const RestoreTitle = "Restore a backup: bring back an older version"

// LookForOlder saves what is not saved yet, so that it is compared and kept too, and gives the work of looking through
// the older versions, for any goroutine.
func (s *Session) LookForOlder() (func() (*Older, error), error) {
	if err := s.SaveLeft(); err != nil {
		return nil, err
	}
	o := s.o
	return func() (*Older, error) { return OlderVersions(o) }, nil
}

// BringBack puts a version in the place of the one of now, as Older.BringBack does, and continues with it. Nothing that
// was done before can be undone then but by bringing back what was kept.
func (s *Session) BringBack(h *Older, v Version) (Restored, error) {
	if err := cmp.Or(s.mayChange(), h.MayBringBack(v)); err != nil {
		return Restored{}, err
	}
	read, err := s.o.decode(v.Path, v.data) // this session could not go on with what it cannot read
	if err == nil {
		err = s.Save()
	}
	if err != nil {
		return Restored{}, err
	}
	if h.file == nil || h.file.Hash() != s.file.Hash() {
		return Restored{}, errMovedOn
	}
	h.file = s.file
	r, err := h.put(v)
	if err != nil {
		return r, err
	}
	s.hold(s.file, read.Profile, read.Notes)
	s.undo, s.short, s.backedUp = nil, false, false
	s.rev++
	s.savedRev = s.rev
	s.SaveState()
	return r, nil
}

// became says what was taken out, added and changed between two versions, such as "2 ratings were taken out and 1 goal
// was added"; "" for nothing.
func became(c *file.Comparison, count func(file.Tally) string) string {
	if c == nil {
		return ""
	}
	var parts []string
	what := []string{"taken out", "added", "changed"}
	for i, h := range []file.Tally{c.Gone, c.Added, c.Different} {
		if n := h.Total(); n > 0 {
			parts = append(parts, count(h)+words.Form(n, " was ", " were ")+what[i])
		}
	}
	return words.List(parts)
}

// Count says how many there are, such as "3 older versions are kept on this computer, the newest first"; of one there
// is no order.
func (h *Older) Count() string {
	says := words.Count(len(h.List), "older version is kept", "older versions are kept") + " on this computer"
	if len(h.List) > 1 {
		says += ", the newest first"
	}
	if len(h.List) > store.KeepNewest {
		says += fmt.Sprintf(": the newest %d, and before them the last one of a day", store.KeepNewest)
	}
	return says
}

// None says that there is none, and when there will be.
func (h *Older) None() string {
	return "No older version is kept on this computer yet. One is kept before the first change after each start."
}

// NowSays says what is wrong with the profile as it is now; "" where it can be read.
func (h *Older) NowSays() string {
	name := "Your profile " + safetext.Line(h.Now.Path)
	switch h.Now.State {
	case VersionUnreadable:
		return name + " cannot be read: " + why(h.Now.Why) +
			". Older versions of it can be brought back, and it is kept as it is."
	case VersionLater:
		return name + " was written by a later ksbcoach: update this one before you bring anything back."
	case VersionGone:
		return name + " is not there any more. Older versions of it can be brought back."
	}
	return ""
}

// Asks says in paragraphs what bringing a version back would do; Sides say it thing by thing.
func (h *Older) Asks(v Version, today calendar.Date) []string {
	out := []string{words.Capital(v.Name(today)) + ": " + v.Says() + "."}
	if v.State == VersionUnreadable {
		out = append(out, "ksbcoach cannot read this version ("+why(v.Why)+"): it could not open your profile then.")
	}
	if says := h.NowSays(); says != "" {
		out = append(out, says)
	}
	switch {
	case v.Apart != nil && len(v.Sides()) == 0:
		out = append(out, "Its record is the same as now; the file is laid out differently.")
	case h.file != nil && len(h.Now.data) > 0:
		out = append(out, "What you have now is kept as a backup first.")
	}
	return out
}

// Name is what a version is called in a sentence, such as "the version of this morning 09:12".
func (v Version) Name(today calendar.Date) string {
	if v.At.IsZero() {
		return "the version in " + safetext.Line(v.Path)
	}
	return "the version of " + v.When(today)
}

// Says says what was done, and where what was there before is.
func (r Restored) Says(today calendar.Date) string {
	out := words.Capital(r.Version.Name(today)) + " is back."
	if r.Kept != "" {
		out += " What was there before is kept as " + r.Kept + "."
	}
	return out
}

// When says when a version was kept, such as "this morning 09:12", on a day.
func (v Version) When(today calendar.Date) string {
	day, clock := calendar.FromTime(v.At), v.At.Format("15:04")
	switch ago := day.Days(today); {
	case v.At.IsZero():
		return ""
	case ago == 0 && v.At.Hour() < 12:
		return "this morning " + clock
	case ago == 0 && v.At.Hour() < 18:
		return "this afternoon " + clock
	case ago == 0:
		return "this evening " + clock
	case ago == 1:
		return "yesterday " + clock
	case ago > 1 && ago < 7:
		return v.At.Weekday().String() + " " + clock
	}
	return day.Near(today) + " " + clock
}

// Says is what a list says of a version, such as "43 ratings, 2 goals, before 5 ratings were taken out".
func (v Version) Says() string {
	switch v.State {
	case VersionUnreadable:
		return "cannot be read"
	case VersionLater:
		return "written by a later ksbcoach"
	case VersionGone:
		return "there is no such file now"
	}
	out := words.Count(v.Ratings, "rating", "ratings")
	if v.Goals > 0 {
		out += ", " + words.Count(v.Goals, "goal", "goals")
	}
	if v.Evidence > 0 {
		out += ", " + words.Count(v.Evidence, "piece of evidence", "pieces of evidence")
	}
	if v.Until != "" {
		out += ", before " + v.Until
	}
	return out
}

// Listed is Differs in a list, where it is left out of what is brief.
func (v Version) Listed() string {
	if v.Brief {
		return ""
	}
	return v.Differs()
}

// Differs says in sentences how a version differs from now.
func (v Version) Differs() string {
	switch {
	case v.Same:
		return "It is the same as now."
	case v.State == VersionLater:
		return "Update ksbcoach to bring it back."
	case v.State == VersionUnreadable:
		return words.Capital(why(v.Why)) + "."
	case v.Apart == nil:
		return "" // what there is now cannot be read, which is said once and not of each
	}
	var parts []string
	const added, gone, unlike = "holds %s that you do not have now", "lacks %s that you have now", "differs in %s"
	for _, x := range sides(v.Apart, added, gone, unlike) {
		parts = append(parts, fmt.Sprintf(x.Label, x.Words))
	}
	if len(parts) == 0 {
		return "Its record is the same as now; the file is laid out differently."
	}
	return "It " + strings.Join(parts, "; it ") + "."
}

// Sides are what comes back, what goes and what becomes as it was, for the question before it.
func (v Version) Sides() []Side {
	if v.Apart == nil {
		return nil
	}
	return sides(v.Apart, "comes back", "goes", "as it was")
}

// sides are what is added, gone and unlike, each under its label, where there is any of it.
func sides(c *file.Comparison, added, gone, unlike string) []Side {
	out := []Side{{added, holdingWords(c.Added)}, {gone, holdingWords(c.Gone)}, {unlike, holdingWords(c.Different)}}
	return slices.DeleteFunc(out, func(x Side) bool { return x.Words == "" })
}

// Side is one line of what bringing a version back does.
type Side struct{ Label, Words string }

// why is the cause of a version that cannot be read, without its path where that is in the list.
func why(err error) string {
	if err == nil {
		return "it is empty"
	}
	var faults file.Faults
	if errors.As(err, &faults) {
		return faults.Error()
	}
	return err.Error()
}

// holdingCounts are the counts in half a sentence, without codes.
func holdingCounts(h file.Tally) string {
	h.KSBs = nil
	return holdingWords(h)
}
