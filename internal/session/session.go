// Package session is the open profile and its one writer, shared by the commands and the screens: it opens and locks
// the file, makes changes and undoes them, and saves what changed. Its methods but the function that StartSave returns
// belong to one goroutine. It draws nothing and asks nobody.
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

// Options are what a session is wired with.
type Options struct {
	Path    string // the profile file
	Places  store.Places
	Ops     store.Ops
	Library *library.Library
	Now     func() time.Time // for times of saving and names of backups
	Today   calendar.Date    // what --as-of fixes; zero asks Now for the day at each act
	Random  io.Reader        // for identifiers
	Home    string           // the user's home folder, for places of evidence that are written with ~; may be empty
	Wait    time.Duration    // how long to wait for the lock; 0 asks once
	Reading bool             // only read: take no lock
	Build   string           // tells this build of the program from others; "" keeps no snapshot
}

// Session is one open profile.
type Session struct {
	o    Options
	file *store.File
	lock *store.Lock
	std  *standard.Standard

	now   profile.Profile // what the learner sees
	saved profile.Profile // what the file says
	base  profile.Profile // what it would say without anything that this session did
	text  string          // the file's text, which reads as saved
	notes []file.Problem

	rev, savedRev int
	inFlight      *saveJob // nil when no save is under way
	backedUp      bool
	undo          []undoStep
	hands         int             // whose turn at the keyboard it is; see HandTo
	issued        map[string]bool // identifiers handed out, in the record or not
	readOnly      error
	warning       string
	short         bool         // the warning is that the file may have been cut short
	elsewhere     string       // what is said of a file that is not as this computer left it
	kept          snapshot.Key // of the snapshot on disk, as far as this session knows
	state         state
	states        *stateOrder
}

type undoStep struct {
	change profile.Change
	before profile.Profile
	hands  int
	rev    int // the revision that the change made
}

// maxUndo bounds the memory that undoing takes.
const maxUndo = 200

func begin(o Options) *Session {
	return &Session{o: o, issued: map[string]bool{}, states: &stateOrder{}}
}

// Build tells this build of the program from others; "" where that is not known.
func (s *Session) Build() string { return s.o.Build }

// Open opens the profile file. When another ksbcoach has it open the session is read only, and ReadOnly says so.
func Open(o Options) (*Session, error) {
	s := begin(o)
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
	if s.state.Left.Hash != leftAs(s.file, s.saved).Hash { // or where that is not known
		s.warnIfShort()
		s.elsewhere = s.describeChange()
	}
	return s, nil
}

// Create makes a new profile file and opens it; an existing file is never touched. A learner without an ID gets one.
func Create(o Options, p profile.Profile) (*Session, error) {
	if p.Learner.ID == "" {
		p.Learner.ID = learnerID(o.Random)
	}
	read, err := anew(p, o.Library.Standard)
	if err != nil {
		return nil, err
	}
	s := begin(o)
	file, err := store.Create(o.Ops, o.Path, read.text)
	if err = s.unsynced(err); err != nil {
		return nil, err
	}
	if !o.Reading {
		s.takeLock(file.Resolved())
	}
	s.hold(file, read.record, read.notes)
	s.loadState()
	return s, nil
}

func (s *Session) load() (*store.File, error) {
	return store.Load(s.o.Ops, s.o.Path, int64(tomledit.ProfileLimits.Size))
}

// unsynced turns the one error after which the new file exists into a warning.
func (s *Session) unsynced(err error) error {
	if errors.Is(err, store.ErrUnsynced) {
		s.warning = err.Error()
		return nil
	}
	return err
}

// adopt reads the record out of a file, or takes it from the snapshot of the very same bytes; on an error nothing
// changes.
func (s *Session) adopt(onDisk *store.File) error {
	if s.fromSnapshot(onDisk) {
		return nil
	}
	if err := filledElsewhere(s.o.Path, onDisk.Bytes()); err != nil {
		return err
	}
	read, err := s.o.decode(s.o.Path, onDisk.Bytes())
	if file.IsLater(err) {
		read, err = s.glimpse(onDisk.Bytes(), err)
	}
	if err != nil {
		return err
	}
	s.hold(onDisk, read.Profile, read.Notes)
	return nil
}

// decode reads a profile, and tells a fault with its file.
func (o Options) decode(path string, data []byte) (*file.File, error) {
	read, err := file.Decode(data, o.Library.Standard)
	if err != nil {
		return nil, &FileError{path, err}
	}
	return read, nil
}

func (s *Session) hold(onDisk *store.File, p profile.Profile, notes []file.Problem) {
	s.file, s.text, s.notes = onDisk, onDisk.Text(), notes
	s.now, s.saved, s.base = p, p, p
	s.std = s.standardOf(p)
}

// standardOf is the standard of a record; of a rating sheet as much of it as that asks for.
func (s *Session) standardOf(p profile.Profile) *standard.Standard {
	std := s.o.Library.Standard(p.Standard)
	if p.Sheet {
		return std.Only(p.Asked)
	}
	return std
}

func (s *Session) takeLock(resolved string) {
	var err error
	s.lock, err = s.o.lock(resolved)
	switch {
	case errors.Is(err, store.ErrNoLocks):
		// Every save looks whether the file is still what was read, so two programs at once are asked and lose nothing.
		s.warning = noLocks
	case err != nil:
		s.readOnly = err
	}
}

// lock takes the lock of a profile, and waits for it as long as it may.
func (o Options) lock(resolved string) (*store.Lock, error) {
	if o.Wait == 0 {
		return store.TryLock(o.Places.State, resolved)
	}
	ctx, stop := context.WithTimeout(context.Background(), o.Wait)
	defer stop()
	return store.LockWithin(ctx, o.Places.State, resolved)
}

// noLocks is the warning if the drive of the state folder has no locks.
const noLocks = "this drive cannot keep two windows apart, so have ksbcoach open only once; a change made elsewhere " +
	"is noticed before each save"

// warnIfShort compares with the newest backup: a file that was cut short is often still a valid profile.
func (s *Session) warnIfShort() {
	if s.o.Reading || s.now.Sheet { // a mentor may take a rating off a sheet
		return
	}
	if was := s.state.Left; was.Hash != "" && s.now.Ratings() >= was.Ratings {
		return // the newest backup has more where an older version was brought back
	}
	old, _, err := s.backups().Newest()
	if err != nil {
		return
	}
	doc, err := tomledit.Parse(old, tomledit.ProfileLimits)
	if err != nil {
		return
	}
	if n := file.RatingsIn(doc) - s.now.Ratings(); n > 0 {
		s.short = true
		s.warning = fmt.Sprintf("the profile has %s fewer than its newest backup; if you did not take them out, "+
			"ksbcoach restore shows what differs and brings them back", words.Count(n, "rating", "ratings"))
	}
}

// BackupID is the id of the backup that holds the profile as it was before this session first saved; "" where none was
// kept.
func (s *Session) BackupID() string {
	if s.backedUp {
		if list, err := s.backups().List(); err == nil && len(list) > 0 {
			return backupID(list[0])
		}
	}
	return ""
}

// KeepsOlder says whether an older version of the profile is kept on this computer. None is read.
func (s *Session) KeepsOlder() bool { return KeepsOlder(s.o) }

func (s *Session) backups() *store.Backups {
	return store.NewBackups(s.o.Ops, s.o.Places.State, s.file.Resolved())
}

// FileError is a profile file that could not be read, with its path.
type FileError struct {
	Path string
	Err  error
}

func (e *FileError) Error() string { return fmt.Sprintf("%s: %s", safetext.Line(e.Path), e.Err) }

// Unwrap gives the cause, such as profile.Faults.
func (e *FileError) Unwrap() error { return e.Err }

// Hint is what to try.
func (e *FileError) Hint() string {
	var h interface{ Hint() string }
	if errors.As(e.Err, &h) {
		return h.Hint()
	}
	return ""
}

// Profile is the current record, saved or not.
func (s *Session) Profile() profile.Profile { return s.now }

// Standard is the standard that the profile is on.
func (s *Session) Standard() *standard.Standard { return s.std }

// Library is the content.
func (s *Session) Library() *library.Library { return s.o.Library }

// Today is the day that --as-of fixed, else the day on the clock now.
func (s *Session) Today() calendar.Date { return s.o.Day() }

// Day is the day that Today fixes, else the day on the clock.
func (o Options) Day() calendar.Date {
	if !o.Today.IsZero() {
		return o.Today
	}
	return calendar.FromTime(o.Now())
}

// Path is the profile file as it was named.
func (s *Session) Path() string { return s.o.Path }

// Places are the folders of this user's files.
func (s *Session) Places() store.Places { return s.o.Places }

// Warning is what the learner should know before the first save, or "".
func (s *Session) Warning() string { return s.warning }

// ReadOnly says why the profile cannot be changed, or nil.
func (s *Session) ReadOnly() error { return s.readOnly }

// Rev grows with every change; a view made from one revision is stale at the next.
func (s *Session) Rev() int { return s.rev }

// Dirty says whether there is something to save.
func (s *Session) Dirty() bool { return s.rev != s.savedRev }

// Saving says whether a save is under way.
func (s *Session) Saving() bool { return s.inFlight != nil }

var errReading = errors.New("the profile was opened for reading only")

// mayChange says why the profile cannot be changed, or nil.
func (s *Session) mayChange() error {
	if s.readOnly == nil && s.o.Reading {
		return errReading
	}
	return s.readOnly
}

// Do makes a change, or says why not. It is not on disk before a save.
func (s *Session) Do(c profile.Change) error {
	if err := s.mayChange(); err != nil {
		return err
	}
	next, err := c.Apply(s.now, s.std)
	if err == nil {
		err = profile.MayChangeSheet(s.now, next)
	}
	if err != nil {
		return err
	}
	s.undo = append(s.undo, undoStep{c, s.now, s.hands, s.rev + 1})
	if len(s.undo) > maxUndo {
		s.undo = s.undo[1:]
	}
	s.now = next
	s.rev++
	return nil
}

// Same says whether the record is already as a change would make it.
func (s *Session) Same(c profile.Change) bool {
	next, err := c.Apply(s.now, s.std)
	return err == nil && reflect.DeepEqual(next, s.now)
}

// HandTo says who is at the keyboard from now on, as any number, 0 at first. Undo does not go back past another
// person's changes.
func (s *Session) HandTo(hands int) { s.hands = hands }

// Newest is the change that Undo would take back; false when there is none.
func (s *Session) Newest() (profile.Change, bool) {
	last := len(s.undo) - 1
	if last < 0 || s.undo[last].hands != s.hands || s.mayChange() != nil {
		return nil, false
	}
	return s.undo[last].change, true
}

// NewestRev is the revision that the change made that Undo would take back; 0 when there is none.
func (s *Session) NewestRev() int {
	if _, ok := s.Newest(); !ok {
		return 0
	}
	return s.undo[len(s.undo)-1].rev
}

// Undo takes back the newest change of this session, saved or not, and gives it; false when there is none or others
// made it.
func (s *Session) Undo() (profile.Change, bool) {
	if _, ok := s.Newest(); !ok {
		return nil, false
	}
	last := s.undo[len(s.undo)-1]
	s.undo = s.undo[:len(s.undo)-1]
	s.now = last.before
	s.rev++
	return last.change, true
}

// NewID makes an identifier that the profile does not use and that this session did not give before, such as g-2mq9.
func (s *Session) NewID(prefix string) string {
	used := s.now.IDs()
	for size := 4; ; size++ {
		if id := prefix + "-" + signs(s.o.Random, size); !used[id] && !s.issued[id] {
			s.issued[id] = true
			return id
		}
	}
}

// Identify gives the learner an ID, where there is none yet. It is not on disk before a save. Undoing passes it over,
// since a sheet that is out carries it.
func (s *Session) Identify() error {
	if s.now.Learner.ID != "" {
		return nil
	}
	id := learnerID(s.o.Random)
	if err := s.Do(profile.Identify{ID: id}); err != nil {
		return err
	}
	s.undo = s.undo[:len(s.undo)-1]
	for i := range s.undo {
		s.undo[i].before.Learner.ID = s.now.Learner.ID
	}
	return nil
}

// learnerID is of a length at which no two learners get the same.
func learnerID(random io.Reader) string { return "l-" + signs(random, 8) }

// signs are random letters and digits that are not taken for one another.
func signs(random io.Reader, n int) string {
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

// Close gives the lock back.
func (s *Session) Close() error {
	if s.lock == nil {
		return nil
	}
	return s.lock.Unlock()
}

// unlock gives the lock back while the session goes on.
func (s *Session) unlock() {
	_ = s.Close()
	s.lock = nil
}

// glimpse shows as much as can be read of a profile that a later ksbcoach wrote, to look at only.
func (s *Session) glimpse(data []byte, later error) (*file.File, error) {
	read, err := file.DecodeNewer(data, s.o.Library.Standard)
	if err != nil {
		return nil, &FileError{s.o.Path, err}
	}
	s.readOnly = &failure{
		"a later ksbcoach wrote this profile, and this one may not understand all of it",
		"update ksbcoach to change it; nothing in the file was changed", errors.Unwrap(later),
	}
	s.unlock() // who can only look keeps nobody from writing
	return read, nil
}
