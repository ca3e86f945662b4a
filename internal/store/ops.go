package store

import (
	"crypto/rand"
	"encoding/hex"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// Ops are the file operations everything goes through, so that tests can fail, stop or record each one.
type Ops interface {
	EvalSymlinks(path string) (string, error) // follows every link in path
	Lstat(path string) (fs.FileInfo, error)
	Stat(path string) (fs.FileInfo, error)
	// Writable asks the system whether this user may write the file, without opening it.
	Writable(path string) error
	// Open opens for reading and does not wait, not even for the other end of a FIFO.
	Open(path string) (Handle, error)
	// Create makes a file that was not there, for writing and reading back.
	Create(path string, perm fs.FileMode) (Handle, error)
	Rename(from, to string) error // puts from in the place of to
	// RenameNew gives from the name to and fails with ErrExists where that is taken, or with errors.ErrUnsupported
	// where the file system has no way to do this in one step.
	RenameNew(from, to string) error
	Remove(path string) error
	Mkdir(path string, perm fs.FileMode) error
	ReadDir(path string) ([]fs.DirEntry, error)
	SyncDir(path string) error // makes the names in a folder survive a power cut
	Sleep(d time.Duration)
}

// Handle is an open file.
type Handle interface {
	io.Reader
	io.ReaderAt
	io.Writer
	Stat() (fs.FileInfo, error)
	Sync() error
	Chmod(mode fs.FileMode) error
	// ChownLike gives the file the owner and group of another; groupKept tells whether at least the group is the same.
	ChownLike(other fs.FileInfo) (groupKept bool, err error)
	Close() error
}

// readWithin is how long reading may wait in all for something that looks like a plain file and gives its content bit
// by bit.
const readWithin = time.Second

// OS gives the operations of the system the program runs on.
func OS() Ops { return system{} }

type system struct{}

type systemFile struct{ *os.File }

func (system) EvalSymlinks(path string) (string, error)   { return filepath.EvalSymlinks(path) }
func (system) Lstat(path string) (fs.FileInfo, error)     { return os.Lstat(path) }
func (system) Stat(path string) (fs.FileInfo, error)      { return os.Stat(path) }
func (system) Writable(path string) error                 { return writable(path) }
func (system) Rename(from, to string) error               { return rename(from, to) }
func (system) RenameNew(from, to string) error            { return renameNew(from, to) }
func (system) Remove(path string) error                   { return os.Remove(path) }
func (system) Mkdir(path string, perm fs.FileMode) error  { return os.Mkdir(path, perm) }
func (system) ReadDir(path string) ([]fs.DirEntry, error) { return os.ReadDir(path) }
func (system) SyncDir(path string) error                  { return syncDir(path) }
func (system) Sleep(d time.Duration)                      { time.Sleep(d) }

func (system) Open(path string) (Handle, error) {
	f, err := os.OpenFile(path, os.O_RDONLY|openFlags, 0)
	if err != nil {
		return nil, markBusy(err)
	}
	// A file on a disk knows no deadline and never lets a reader wait; what does both, such as /proc/kmsg, may not hang
	// us.
	_ = f.SetReadDeadline(time.Now().Add(readWithin)) //nolint:forbidigo // a deadline for the system, not a date
	return systemFile{f}, nil
}

func (system) Create(path string, perm fs.FileMode) (Handle, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, perm)
	if err != nil {
		return nil, err
	}
	return systemFile{f}, nil
}

func (f systemFile) ChownLike(other fs.FileInfo) (bool, error) { return chownLike(f.File, other) }

// pauses lie between the tries of a step that a virus scanner or a sync program may be holding up for a moment.
var pauses = [...]time.Duration{
	10 * time.Millisecond, 25 * time.Millisecond, 50 * time.Millisecond, 100 * time.Millisecond,
}

// patiently tries a step again while it fails because another program holds the file for a moment.
func patiently(ops Ops, step func() error) error {
	err := step()
	for _, pause := range pauses {
		if !isBusy(err) {
			break
		}
		ops.Sleep(pause)
		err = step()
	}
	return err
}

const (
	tempPrefix = ".ksbcoach-"
	tempSuffix = ".tmp"
	tempDigits = 16
)

// tempName does not hold the target's name: that one may already be as long as a name can be.
func tempName() string {
	var b [tempDigits / 2]byte
	rand.Read(b[:])
	return tempPrefix + hex.EncodeToString(b[:]) + tempSuffix
}
