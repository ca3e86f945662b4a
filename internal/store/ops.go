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

// Ops are the file operations. Everything in this package goes through them, so that tests can record each one or make
// it fail.
type Ops interface {
	EvalSymlinks(path string) (string, error) // follows every link in path
	Lstat(path string) (fs.FileInfo, error)
	Stat(path string) (fs.FileInfo, error)
	// Writable asks the system whether this user may write the file, without opening it.
	Writable(path string) error
	// Open opens for reading and does not wait, not even for the other end of a FIFO.
	Open(path string) (Handle, error)
	// Create makes a new file, for writing and reading back. It fails with fs.ErrExist if there is one.
	Create(path string, perm fs.FileMode) (Handle, error)
	Rename(from, to string) error // replaces to, if it exists
	// RenameNew renames from to to. It fails with ErrExists if to exists, and with errors.ErrUnsupported if the file
	// system cannot do this in one step.
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
	// ChownLike gives the file the owner and group of another; groupKept says whether at least the group is the same.
	ChownLike(other fs.FileInfo) (groupKept bool, err error)
	Close() error
}

// readTimeout is how long reading may take in all, for something that looks like a plain file but makes readers wait.
const readTimeout = time.Second

// OS is the real operations, those of the system that the program runs on.
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
	// Files on a disk do not support a deadline, and do not need one. Those that do, such as /proc/kmsg, could hang us.
	_ = f.SetReadDeadline(time.Now().Add(readTimeout)) //nolint:forbidigo // a deadline for the system, not a date
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

// retryPauses are the pauses between attempts while a virus scanner or a sync program holds a file.
var retryPauses = [...]time.Duration{
	10 * time.Millisecond, 25 * time.Millisecond, 50 * time.Millisecond, 100 * time.Millisecond,
}

// retryBusy runs a step, and tries again a few times if it fails because another program is using the file.
func retryBusy(ops Ops, step func() error) error {
	err := step()
	for _, pause := range retryPauses {
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

// tempName is a new random name. It leaves out the name of the target, which may already be as long as a name can be.
func tempName() string {
	var b [tempDigits / 2]byte
	rand.Read(b[:])
	return tempPrefix + hex.EncodeToString(b[:]) + tempSuffix
}
