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

// A Version is the profile as it is now, or as it once was.
type Version struct {
	ID                       string    // of a backup, such as b-12; it never changes. "" for a version that is none
	Path                     string    // untrusted text
	At                       time.Time // when the backup was made; zero for a version that is none
	State                    VersionState
	Why                      error // why it cannot be read
	Ratings, Goals, Evidence int   // how many there are

	Same       bool             // it is byte for byte the present profile
	Compared   *file.Comparison // with the present profile; nil unless both can be read
	Brief      bool             // it is older than the newest ten: one line in a list is enough
	NextChange string           // what the next version removed, added and changed, in words; "" if not known

	data   []byte
	record profile.Profile
	laid   file.Tables // nil unless it can be read
	backup store.Backup
}

// Older are the older versions of a profile, and the present one.
type Older struct {
	Now  Version
	List []Version // newest first

	opts    Options
	file    *store.File // nil if the profile is gone
	backups *store.Backups
}

// KeptVersions lists the backups of a profile without reading any: it gives only their IDs, paths and times.
func KeptVersions(o Options) (*Older, error) {
	resolved, err := store.Resolve(o.Ops, o.Path)
	if err != nil {
		return nil, err
	}
	h := &Older{opts: o, backups: store.NewBackups(o.Ops, o.Places.State, resolved)}
	list, err := h.backups.List()
	zone := o.Now().Location()
	taken := map[string]bool{}
	for _, backup := range list {
		v := Version{
			ID: backupID(backup), Path: h.backups.Path(backup), At: backup.At.In(zone),
			Brief: len(h.List) >= store.KeepNewest, backup: backup,
		}
		if taken[v.ID] {
			v.ID = strings.TrimSuffix(backup.Name, ".bak") // two programs used the same number
		}
		taken[v.ID] = true
		h.List = append(h.List, v)
	}
	return h, err
}

// KeepsOlder says whether there is a backup of a profile. The profile need not be readable.
func KeepsOlder(o Options) bool {
	h, err := KeptVersions(o)
	return err == nil && len(h.List) > 0
}

// OlderVersions reads all backups of a profile and compares them with it. The profile need not be readable, or exist.
// Nothing is written and no lock is taken.
func OlderVersions(o Options) (*Older, error) {
	h, err := KeptVersions(o)
	if err != nil {
		return nil, err
	}
	// With the larger limit of backups, because its size may be the reason why the profile cannot be read.
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
		if data, err := h.backups.Read(v.backup); err == nil {
			h.read(v, data)
		} else {
			v.State, v.Why = VersionUnreadable, err
		}
		v.NextChange = changesInWords(file.Compare(v.laid, after.laid), tallyCounts)
		after = v
	}
	return h, nil
}

func backupID(b store.Backup) string { return "b-" + strconv.FormatInt(b.Number, 10) }

// read fills in a version from the content of its file, and compares it with the present one.
func (h *Older) read(v *Version, data []byte) {
	v.State, v.data = VersionReadable, data
	v.Same = h.file != nil && bytes.Equal(data, h.Now.data)
	read, err := file.Decode(data, h.opts.Library.Standard)
	switch {
	case file.IsLater(err):
		v.State, v.Why = VersionLater, err
	case err != nil:
		v.State, v.Why = VersionUnreadable, err
	default:
		v.record, v.laid = read.Profile, file.TablesOf(read.Profile)
		v.Ratings, v.Goals, v.Evidence = v.record.Ratings(), len(v.record.Goals), len(v.record.Evidence)
		v.Compared = file.Compare(h.Now.laid, v.laid)
	}
}

// Find is the version that somebody means by a word: the ID of a backup, its number alone, or the path of a file.
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
	return h.inFile(InHome(h.opts.Home, strings.TrimSpace(word)))
}

// inFile is the version in any file, such as a copy that was put aside.
func (h *Older) inFile(path string) (Version, error) {
	onDisk, err := store.Load(h.opts.Ops, path, store.BackupLimit)
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
	case v.Compared != nil && !samePerson(h.Now.record.Learner, v.record.Learner):
		return v, profile.Refuse("ksbcoach --profile FILE opens it; your own is untouched",
			"%s is the record of somebody else", safetext.Line(path))
	}
	return v, nil
}

// MayBringBack says why a version cannot replace the present one; nil if it can.
func (h *Older) MayBringBack(v Version) error {
	switch {
	case h.Now.State == VersionLater:
		return profile.Refuse("update ksbcoach to open it with everything that is in it; nothing was changed",
			"the profile was written by a later ksbcoach, and an older version would lose what is new in it")
	case v.State == VersionLater:
		return profile.Refuse("update ksbcoach, then bring it back; nothing was changed",
			"this version was written by a later ksbcoach, and this one could not open it")
	case len(v.data) == 0:
		return cmp.Or(v.Why, profile.Refuse("choose another one; ksbcoach restore lists them", "this version is empty"))
	}
	return nil
}

// Restored is the result of bringing a version back.
type Restored struct {
	Path    string // of the profile
	Version Version
	Kept    string // the ID of the backup that has what was there before; "" if there was nothing
	Warning string // it was done, but something was odd
}

// BringBack replaces the profile with an older version. It first makes a backup of the present one; if that fails
// nothing is changed. It takes the lock of the profile meanwhile.
func (h *Older) BringBack(v Version) (Restored, error) {
	if err := h.MayBringBack(v); err != nil {
		return Restored{}, err
	}
	resolved, err := store.Resolve(h.opts.Ops, h.opts.Path)
	if err != nil {
		return Restored{}, err
	}
	lock, err := h.opts.lock(resolved)
	switch {
	case errors.Is(err, store.ErrNoLocks):
	case err != nil:
		return Restored{}, err
	default:
		defer func() { _ = lock.Unlock() }() // if that fails, the system releases it when the process ends
	}
	r, err := h.replaceProfile(v)
	if err == nil {
		h.noteSeen()
	}
	return r, err
}

// noteSeen notes in the state that this computer left the file as it is now, so that the next start does not think that
// it was cut short or changed elsewhere. The rest of the state stays.
func (h *Older) noteSeen() {
	path := h.opts.Places.StateFile(h.file.Resolved(), stateName)
	var st state
	if b, err := store.ReadState(h.opts.Ops, path); err == nil && b != nil && json.Unmarshal(b, &st) != nil {
		st = state{}
	}
	var present Version
	h.read(&present, h.file.Bytes())
	st.Left = seenAs(h.file, present.record)
	if b, err := json.Marshal(st); err == nil {
		_ = store.WriteState(h.opts.Ops, path, b) // only comfort is lost
	}
}

// replaceProfile does the work of BringBack. The lock must be held.
func (h *Older) replaceProfile(v Version) (Restored, error) {
	r := Restored{Path: h.opts.Path, Version: v}
	var err error
	if h.file == nil {
		h.file, err = store.Create(h.opts.Ops, h.opts.Path, v.data)
	} else {
		if err := h.file.Check(); err != nil {
			return r, err
		}
		kept, keepErr := h.backups.KeepSparing(h.file.Bytes(), h.opts.Now(), v.backup)
		if keepErr != nil {
			return r, notKept(keepErr)
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

// notKept is the failure of a restore or a reload that would lose what is there now.
func notKept(err error) error {
	return fmt.Errorf("nothing is changed, because the profile as it is now could not be kept first: %w", err)
}

// RestoreTitle is the title of the page or menu entry for older versions.
const RestoreTitle = "Restore a backup: bring back an older version"

// LookForOlder saves first, so that the comparison is with all that the learner has done, and returns a function that
// reads the older versions; that may run on any goroutine.
func (s *Session) LookForOlder() (func() (*Older, error), error) {
	if err := s.SaveLeft(); err != nil {
		return nil, err
	}
	o := s.opts
	return func() (*Older, error) { return OlderVersions(o) }, nil
}

// BringBack is Older.BringBack for the open profile, and continues with the version. Undo does not go back past it; to
// return, bring back the backup that it makes.
func (s *Session) BringBack(h *Older, v Version) (Restored, error) {
	if err := cmp.Or(s.mayChange(), h.MayBringBack(v)); err != nil {
		return Restored{}, err
	}
	read, err := s.opts.decode(v.Path, v.data) // first, because the session has to continue with this record
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
	r, err := h.replaceProfile(v)
	if err != nil {
		return r, err
	}
	s.setRecord(s.file, read.Profile, read.Notes)
	s.undo, s.short, s.backedUp = nil, false, false
	s.rev++
	s.savedRev = s.rev
	s.SaveState()
	return r, nil
}

// changesInWords says what was taken out, added and changed between two versions, such as "2 ratings were taken out and
// 1 goal was added"; "" for nothing. Count words each of the three.
func changesInWords(c *file.Comparison, count func(file.Tally) string) string {
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

// Count says how many there are, such as "3 older versions are kept on this computer, the newest first".
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

// None says that there is no older version, and when there will be one.
func (h *Older) None() string {
	return "No older version is kept on this computer yet. One is kept before the first change after each start."
}

// NowSays says what is wrong with the present profile; "" if it can be read.
func (h *Older) NowSays() string {
	name := "Your profile " + safetext.Line(h.Now.Path)
	switch h.Now.State {
	case VersionUnreadable:
		return name + " cannot be read: " + unreadableReason(h.Now.Why) +
			". Older versions of it can be brought back, and it is kept as it is."
	case VersionLater:
		return name + " was written by a later ksbcoach: update this one before you bring anything back."
	case VersionGone:
		return name + " is not there any more. Older versions of it can be brought back."
	}
	return ""
}

// Asks says in paragraphs what bringing a version back would do, for the question whether to do it. Sides has the
// details.
func (h *Older) Asks(v Version, today calendar.Date) []string {
	out := []string{words.Capital(v.Name(today)) + ": " + v.Says() + "."}
	if v.State == VersionUnreadable {
		out = append(out, "ksbcoach cannot read this version ("+unreadableReason(v.Why)+
			"): it could not open your profile then.")
	}
	if says := h.NowSays(); says != "" {
		out = append(out, says)
	}
	switch {
	case v.Compared != nil && len(v.Sides()) == 0:
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

// Says says that the version is back, and where the one before it is.
func (r Restored) Says(today calendar.Date) string {
	out := words.Capital(r.Version.Name(today)) + " is back."
	if r.Kept != "" {
		out += " What was there before is kept as " + r.Kept + "."
	}
	return out
}

// When says when a version was kept, such as "this morning 09:12".
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

// Says describes a version for a list, such as "43 ratings, 2 goals, before 5 ratings were taken out".
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
	if v.NextChange != "" {
		out += ", before " + v.NextChange
	}
	return out
}

// Listed is Differs for a list, where brief versions do without it.
func (v Version) Listed() string {
	if v.Brief {
		return ""
	}
	return v.Differs()
}

// Differs says in sentences how a version differs from the present one.
func (v Version) Differs() string {
	switch {
	case v.Same:
		return "It is the same as now."
	case v.State == VersionLater:
		return "Update ksbcoach to bring it back."
	case v.State == VersionUnreadable:
		return words.Capital(unreadableReason(v.Why)) + "."
	case v.Compared == nil:
		return "" // the present profile cannot be read: NowSays says so, once
	}
	var parts []string
	const added, gone, unlike = "has %s that you do not have now", "lacks %s that you have now", "differs in %s"
	for _, x := range sides(v.Compared, added, gone, unlike) {
		parts = append(parts, fmt.Sprintf(x.Label, x.Words))
	}
	if len(parts) == 0 {
		return "Its record is the same as now; the file is laid out differently."
	}
	return "It " + strings.Join(parts, "; it ") + "."
}

// Sides are what bringing a version back adds, removes and changes, each with a label.
func (v Version) Sides() []Side {
	if v.Compared == nil {
		return nil
	}
	return sides(v.Compared, "comes back", "goes", "as it was")
}

// sides are the parts of a comparison that are not empty, with their labels.
func sides(c *file.Comparison, added, gone, unlike string) []Side {
	out := []Side{{added, tallyWords(c.Added)}, {gone, tallyWords(c.Gone)}, {unlike, tallyWords(c.Different)}}
	return slices.DeleteFunc(out, func(x Side) bool { return x.Words == "" })
}

// Side is one kind of change that bringing a version back makes.
type Side struct{ Label, Words string }

// unreadableReason says why a version cannot be read, without its path, which the list shows anyway.
func unreadableReason(err error) string {
	if err == nil {
		return "it is empty"
	}
	var faults file.Faults
	if errors.As(err, &faults) {
		return faults.Error()
	}
	return err.Error()
}

// tallyCounts is tallyWords without the codes.
func tallyCounts(h file.Tally) string {
	h.KSBs = nil
	return tallyWords(h)
}
