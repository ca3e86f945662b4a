// Package session is the open profile and its only writer, shared by the commands and the screens. It opens and locks
// the file, makes changes and undoes them, and saves; it also merges copies, reloads the file after changes elsewhere,
// and brings back older versions. It draws nothing and asks nobody.
//
// All methods belong to one goroutine. The only exceptions are the functions that some of them return, such as
// StartSave, and the methods whose comment says so.
//
// Three records matter: current, which the learner sees; saved, which is in the file; and base, which the file would
// hold without this session. Merging needs all three.
package session

import (
	"context"
	"errors"
	"fmt"
	"io"
	"reflect"
	"time"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/library"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/profile/file"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/snapshot"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/store"
	"github.com/ksbcoach/ksbcoach/internal/tomledit"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// Options are what a session needs from its caller.
type Options struct {
	Path    string // the profile file
	Places  store.Places
	Ops     store.Ops
	Library *library.Library
	Now     func() time.Time // for times of saving and names of backups
	Today   calendar.Date    // the day that --as-of fixes; zero takes the day from Now each time
	Random  io.Reader        // for identifiers
	Home    string           // the user's home folder, for paths that start with ~; may be empty
	Wait    time.Duration    // how long to wait for the lock; 0 tries once
	Reading bool             // only read: take no lock
	Build   string           // identifies this build of the program; "" keeps no snapshot
}

// Session is one open profile.
type Session struct {
	opts Options
	file *store.File
	lock *store.Lock
	std  *standard.Standard

	current profile.Profile // what the learner sees
	saved   profile.Profile // what the file says
	base    profile.Profile // what the file would say without anything that this session did
	text    string          // the text of the file, which reads as saved
	notes   []file.Problem  // what is odd in the file but harmless

	rev, savedRev int
	inFlight      *saveJob // nil when no save is under way
	backedUp      bool     // this session has kept the file as it was before its first save
	undo          []undoStep
	person        int             // who is at the keyboard; see HandTo
	issued        map[string]bool // identifiers given out, whether or not they are in the record
	readOnly      error           // why the profile cannot be changed; nil if it can
	warning       string
	short         bool         // the warning is that the file may have been cut short
	elsewhere     string       // what ChangedElsewhere says
	snapshotKept  snapshot.Key // of the snapshot on disk, as far as this session knows
	state         state
	states        *stateOrder
}

type undoStep struct {
	change profile.Change
	before profile.Profile
	person int // who made the change
	rev    int // the revision that the change made
}

// maxUndo bounds the memory that undoing takes.
const maxUndo = 200

func newSession(o Options) *Session {
	return &Session{opts: o, issued: map[string]bool{}, states: &stateOrder{}}
}

// Build identifies this build of the program; "" if that is not known.
func (s *Session) Build() string { return s.opts.Build }

// Open opens the profile file. If another ksbcoach has it open, the session is read-only and ReadOnly says why.
func Open(o Options) (*Session, error) {
	s := newSession(o)
	file, err := s.load()
	if err != nil {
		return nil, err
	}
	if !o.Reading {
		s.takeLock(file.Resolved())
	}
	// The previous holder of the lock may have saved while this session waited for it.
	if s.lock != nil && errors.Is(file.Check(), store.ErrChanged) {
		file, err = s.load()
	}
	if err == nil {
		err = s.adopt(file)
	}
	if err != nil {
		_ = s.Close()
		return nil, err
	}
	s.loadState()
	if s.state.Left.Hash != seenAs(s.file, s.saved).Hash { // changed, or never opened on this computer
		s.warnIfShort()
		s.elsewhere = s.describeChange()
	}
	return s, nil
}

// Create makes a new profile file and opens it. It never touches an existing file. A learner without an ID gets one.
func Create(o Options, p profile.Profile) (*Session, error) {
	if p.Learner.ID == "" {
		p.Learner.ID = learnerID(o.Random)
	}
	read, err := newText(p, o.Library.Standard)
	if err != nil {
		return nil, err
	}
	s := newSession(o)
	file, err := store.Create(o.Ops, o.Path, read.text)
	if err = s.unsynced(err); err != nil {
		return nil, err
	}
	if !o.Reading {
		s.takeLock(file.Resolved())
	}
	s.setRecord(file, read.record, read.notes)
	s.loadState()
	return s, nil
}

func (s *Session) load() (*store.File, error) {
	return store.Load(s.opts.Ops, s.opts.Path, int64(tomledit.ProfileLimits.Size))
}

// unsynced turns ErrUnsynced, after which the new file does exist, into a warning.
func (s *Session) unsynced(err error) error {
	if errors.Is(err, store.ErrUnsynced) {
		s.warning = err.Error()
		return nil
	}
	return err
}

// adopt makes a file the one that is open. It reads the record from the snapshot, if there is one of exactly these
// bytes, or else from the file. On an error nothing changes.
func (s *Session) adopt(onDisk *store.File) error {
	if s.fromSnapshot(onDisk) {
		return nil
	}
	if err := filledElsewhere(s.opts.Path, onDisk.Bytes()); err != nil {
		return err
	}
	read, err := s.opts.decode(s.opts.Path, onDisk.Bytes())
	if file.IsLater(err) {
		read, err = s.readNewer(onDisk.Bytes(), err)
	}
	if err != nil {
		return err
	}
	s.setRecord(onDisk, read.Profile, read.Notes)
	return nil
}

// decode reads a profile; its errors say which file.
func (o Options) decode(path string, data []byte) (*file.File, error) {
	read, err := file.Decode(data, o.Library.Standard)
	if err != nil {
		return nil, &FileError{path, err}
	}
	return read, nil
}

func (s *Session) setRecord(onDisk *store.File, p profile.Profile, notes []file.Problem) {
	s.file, s.text, s.notes = onDisk, onDisk.Text(), notes
	s.current, s.saved, s.base = p, p, p
	s.std = s.standardOf(p)
}

// standardOf is the standard of a record; for a rating sheet, only the part that it asks about.
func (s *Session) standardOf(p profile.Profile) *standard.Standard {
	std := s.opts.Library.Standard(p.Standard)
	if p.Sheet {
		return std.Only(p.Asked)
	}
	return std
}

func (s *Session) takeLock(resolved string) {
	var err error
	s.lock, err = s.opts.lock(resolved)
	switch {
	case errors.Is(err, store.ErrNoLocks):
		// Nothing is lost without a lock: every save checks that the file is still what was read, and asks if not.
		s.warning = noLocks
	case err != nil:
		s.readOnly = err
	}
}

// lock takes the lock of a profile, waiting for it up to Wait.
func (o Options) lock(resolved string) (*store.Lock, error) {
	if o.Wait == 0 {
		return store.TryLock(o.Places.State, resolved)
	}
	ctx, stop := context.WithTimeout(context.Background(), o.Wait)
	defer stop()
	return store.LockWithin(ctx, o.Places.State, resolved)
}

// noLocks is the warning if the drive of the state folder has no locks.
const noLocks = "ksbcoach cannot tell on this drive whether it is open twice, so open it only once; a change made " +
	"elsewhere is noticed before each save"

// warnIfShort warns if the newest backup has more ratings: a file that was cut short is often still a valid profile.
func (s *Session) warnIfShort() {
	if s.opts.Reading || s.current.Sheet { // a mentor may remove a rating from a sheet
		return
	}
	// After an older version was brought back, the newest backup has more ratings for a good reason.
	if was := s.state.Left; was.Hash != "" && s.current.Ratings() >= was.Ratings {
		return
	}
	old, _, err := s.backups().Newest()
	if err != nil {
		return
	}
	doc, err := tomledit.Parse(old, tomledit.ProfileLimits)
	if err != nil {
		return
	}
	if n := file.RatingsIn(doc) - s.current.Ratings(); n > 0 {
		s.short = true
		s.warning = fmt.Sprintf("the profile has %s fewer than its newest backup; if you did not take them out, "+
			"ksbcoach restore shows what differs and brings them back", words.Count(n, "rating", "ratings"))
	}
}

// BackupID is the ID of the backup that holds the profile as it was before this session first saved; "" if there is
// none.
func (s *Session) BackupID() string {
	if s.backedUp {
		if list, err := s.backups().List(); err == nil && len(list) > 0 {
			return backupID(list[0])
		}
	}
	return ""
}

// KeepsOlder says whether this computer has a backup of the profile, without reading any.
func (s *Session) KeepsOlder() bool { return KeepsOlder(s.opts) }

func (s *Session) backups() *store.Backups {
	return store.NewBackups(s.opts.Ops, s.opts.Places.State, s.file.Resolved())
}

// FileError says which file could not be read, and why.
type FileError struct {
	Path string
	Err  error
}

func (e *FileError) Error() string { return fmt.Sprintf("%s: %s", safetext.Line(e.Path), e.Err) }

// Unwrap is the cause, such as file.Faults.
func (e *FileError) Unwrap() error { return e.Err }

// Hint says what to try; "" if the cause has no hint.
func (e *FileError) Hint() string {
	var h interface{ Hint() string }
	if errors.As(e.Err, &h) {
		return h.Hint()
	}
	return ""
}

// Profile is the current record, saved or not.
func (s *Session) Profile() profile.Profile { return s.current }

// Standard is the standard that the profile is on.
func (s *Session) Standard() *standard.Standard { return s.std }

// Library is the built-in content that the session uses.
func (s *Session) Library() *library.Library { return s.opts.Library }

// Today is the day that --as-of fixed, or else the day on the clock now.
func (s *Session) Today() calendar.Date { return s.opts.Day() }

// Day is Options.Today, or else the day on the clock now.
func (o Options) Day() calendar.Date {
	if !o.Today.IsZero() {
		return o.Today
	}
	return calendar.FromTime(o.Now())
}

// Path is the profile file as the user named it.
func (s *Session) Path() string { return s.opts.Path }

// Places are the folders of this user's files.
func (s *Session) Places() store.Places { return s.opts.Places }

// Warning is something that the learner should know about the file, such as that it may have been cut short, or "".
func (s *Session) Warning() string { return s.warning }

// ReadOnly says why the profile cannot be changed, or nil.
func (s *Session) ReadOnly() error { return s.readOnly }

// Rev is the revision, which grows with every change: what was made from one revision is out of date at the next.
func (s *Session) Rev() int { return s.rev }

// Dirty says whether there are changes that are not saved.
func (s *Session) Dirty() bool { return s.rev != s.savedRev }

// Saving says whether a save is under way.
func (s *Session) Saving() bool { return s.inFlight != nil }

var errReading = errors.New("the profile was opened for reading only")

// mayChange is why the profile cannot be changed, or nil. Unlike ReadOnly it includes sessions that only read.
func (s *Session) mayChange() error {
	if s.readOnly == nil && s.opts.Reading {
		return errReading
	}
	return s.readOnly
}

// Do makes a change, or says why not. The change is on disk only after a save.
func (s *Session) Do(c profile.Change) error {
	if err := s.mayChange(); err != nil {
		return err
	}
	next, err := c.Apply(s.current, s.std)
	if err == nil {
		err = profile.MayChangeSheet(s.current, next)
	}
	if err != nil {
		return err
	}
	s.undo = append(s.undo, undoStep{change: c, before: s.current, person: s.person, rev: s.rev + 1})
	if len(s.undo) > maxUndo {
		s.undo = s.undo[1:]
	}
	s.current = next
	s.rev++
	return nil
}

// Same says whether a change would leave the record as it is.
func (s *Session) Same(c profile.Change) bool {
	next, err := c.Apply(s.current, s.std)
	return err == nil && reflect.DeepEqual(next, s.current)
}

// HandTo notes who is at the keyboard from now on. A person is any number; the first one is 0. Undo does not go back
// past another person's changes.
func (s *Session) HandTo(person int) { s.person = person }

// Newest is the change that Undo would take back; false if there is none.
func (s *Session) Newest() (profile.Change, bool) {
	last := len(s.undo) - 1
	if last < 0 || s.undo[last].person != s.person || s.mayChange() != nil {
		return nil, false
	}
	return s.undo[last].change, true
}

// NewestRev is the revision made by the change that Undo would take back; 0 if there is none.
func (s *Session) NewestRev() int {
	if _, ok := s.Newest(); !ok {
		return 0
	}
	return s.undo[len(s.undo)-1].rev
}

// Undo takes back the newest change of this session, saved or not, and returns it; false if there is none or another
// person made it.
func (s *Session) Undo() (profile.Change, bool) {
	if _, ok := s.Newest(); !ok {
		return nil, false
	}
	last := s.undo[len(s.undo)-1]
	s.undo = s.undo[:len(s.undo)-1]
	s.current = last.before
	s.rev++
	return last.change, true
}

// NewID makes an identifier, such as g-2mq9, that the profile does not use and that this session has not given out
// before. So the ID of something that was added and removed again is not used twice.
func (s *Session) NewID(prefix string) string {
	used := s.current.IDs()
	for size := 4; ; size++ {
		if id := prefix + "-" + randomText(s.opts.Random, size); !used[id] && !s.issued[id] {
			s.issued[id] = true
			return id
		}
	}
}

// Identify gives the learner an ID if there is none yet. It is on disk only after a save. Undo leaves the ID alone,
// because a rating sheet that was handed out may carry it.
func (s *Session) Identify() error {
	if s.current.Learner.ID != "" {
		return nil
	}
	id := learnerID(s.opts.Random)
	if err := s.Do(profile.Identify{ID: id}); err != nil {
		return err
	}
	s.undo = s.undo[:len(s.undo)-1]
	for i := range s.undo {
		s.undo[i].before.Learner.ID = s.current.Learner.ID
	}
	return nil
}

// learnerID is long enough that no two learners get the same.
func learnerID(random io.Reader) string { return "l-" + randomText(random, 8) }

// randomText is n random letters and digits, none of which are easily confused.
func randomText(random io.Reader, n int) string {
	const letters = "23456789abcdefghjkmnpqrstuvwxyz"
	b := make([]byte, n)
	if _, err := io.ReadFull(random, b); err != nil {
		panic("session: no random bytes: " + err.Error())
	}
	for i := range b {
		b[i] = letters[int(b[i])%len(letters)]
	}
	return string(b)
}

// Close releases the lock. It does not save.
func (s *Session) Close() error {
	if s.lock == nil {
		return nil
	}
	return s.lock.Unlock()
}

// unlock releases the lock while the session continues.
func (s *Session) unlock() {
	_ = s.Close()
	s.lock = nil
}

// readNewer reads as much as it can of a profile that a later ksbcoach wrote, and makes the session read-only.
func (s *Session) readNewer(data []byte, later error) (*file.File, error) {
	read, err := file.DecodeNewer(data, s.opts.Library.Standard)
	if err != nil {
		return nil, &FileError{s.opts.Path, err}
	}
	s.readOnly = &failure{
		"a later ksbcoach wrote this profile, and this one may not understand all of it",
		"update ksbcoach to change it; nothing in the file was changed", errors.Unwrap(later),
	}
	s.unlock() // do not keep another ksbcoach from writing
	return read, nil
}
