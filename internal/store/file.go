// Package store keeps a learner's files safe: it finds where they are, reads them whole, replaces them atomically,
// keeps backups, locks them against a second ksbcoach, notices changes made elsewhere, and holds small private state.
//
// What it promises: after a crash, a kill, a full disk or a power cut, a file is either the old version or the new one,
// never a mix; a save that reported success survives a power cut; a change made elsewhere is never overwritten unseen;
// if nothing changed, nothing is written; links and permission bits stay.
//
// What it cannot promise: another program may save in the few microseconds between the last check of the file and the
// rename, and that save is lost (the lock keeps out a second ksbcoach, not an editor). Other hard links to the file
// keep the old version, access control lists fall back to the folder's, and an owner that cannot be kept is reported by
// File.Warning.
//
// It deals in bytes and knows nothing about TOML, profiles, merging or screens.
package store

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"sync"
	"syscall"
)

// noLimit is one less than the largest number, because a read asks for one byte more than its limit.
const noLimit = math.MaxInt64 - 1

// File is a file as it was read or last saved: where it is and what its bytes are. Several goroutines may use it; saves
// run one after the other.
type File struct {
	ops      Ops
	path     string // as the caller named it
	abs      string // absolute, so that a later change of the working directory does not matter
	resolved string // absolute, with all links followed
	limit    int64

	mu       sync.Mutex
	text     string
	hash     [sha256.Size]byte
	warning  string
	unsynced bool // text was written, but a power cut might undo that
}

// Load reads the whole of the plain file that path leads to, at most limit bytes. It never waits for a FIFO or a
// device. A read-only file is fine. Errors match ErrNotExist, ErrDangling, ErrNotRegular or ErrTooLarge where one of
// these is the cause.
func Load(ops Ops, path string, limit int64) (*File, error) {
	f := &File{ops: ops, path: path, limit: limit}
	var err error
	var data []byte
	if f.abs, f.resolved, err = locate(ops, path); err == nil {
		data, err = readRegular(ops, f.resolved, limit)
	}
	if err != nil {
		return nil, opError("open", path, err)
	}
	f.setContent(data)
	return f, nil
}

// Resolved is the absolute path of the file itself, with all links followed.
func (f *File) Resolved() string { return f.resolved }

// Same says whether both are the same file, even if reached through a link, a hard link or a name in another case. If
// that cannot be found out, as for a file that has been deleted, it is false.
func (f *File) Same(other *File) bool {
	if f.resolved == other.resolved {
		return true
	}
	ours, err := f.ops.Stat(f.resolved)
	if err != nil {
		return false
	}
	theirs, err := f.ops.Stat(other.resolved)
	return err == nil && os.SameFile(ours, theirs)
}

// Bytes is a copy of the content as it was read or last saved.
func (f *File) Bytes() []byte { return []byte(f.Text()) }

// Text is the content as it was read or last saved.
func (f *File) Text() string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.text
}

// Hash is the SHA-256 sum of the content as it was read or last saved.
func (f *File) Hash() [sha256.Size]byte {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.hash
}

// Warning says what the last successful save could not do, such as keep the permissions on a file system that has none;
// usually "".
func (f *File) Warning() string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.warning
}

// Check reads the file again, and fails with ErrChanged if it is not what was read or last saved. It compares content,
// never times.
func (f *File) Check() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	_, err := f.unchanged()
	return opError("check", f.path, err)
}

// Save replaces the content of the file, whole or not at all. It refuses with ErrChanged if the file is not what was
// read or last saved, with ErrReadOnly if this user may not write it, and with ErrTooLarge if Load could not read it
// again. If the bytes are the same nothing is written.
//
// After ErrUnsynced, and no other error, the new content is in the file, but a power cut might undo that. The next Save
// then writes even the same bytes again.
func (f *File) Save(data []byte) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if string(data) == f.text && !f.unsynced {
		return nil
	}
	if int64(len(data)) > f.limit {
		return &Error{
			Op: "save", Path: f.path, Err: tooLarge(f.limit), hint: "take something out: it could not be opened again",
		}
	}
	info, err := f.unchanged()
	if err == nil {
		err = checkWritable(f.ops, f.resolved, info)
	}
	if err != nil {
		return opError("save", f.path, err)
	}
	warning, err := replace(f.ops, f.resolved, data, info, func() error {
		_, err := f.unchanged()
		return err
	})
	if err == nil || errors.Is(err, ErrUnsynced) {
		f.unsynced, f.warning = err != nil, warning
		f.setContent(data)
	}
	return opError("save", f.path, err)
}

func (f *File) setContent(data []byte) { f.text, f.hash = string(data), sha256.Sum256(data) }

// unchanged fails with ErrChanged unless the path still leads to the same file with the same bytes.
func (f *File) unchanged() (fs.FileInfo, error) {
	resolved, err := resolve(f.ops, f.abs)
	if err == nil && resolved != f.resolved {
		return nil, because("its link now leads to another file", ErrChanged)
	}
	var sum [sha256.Size]byte
	var info fs.FileInfo
	if err == nil {
		sum, info, err = hashRegular(f.ops, f.resolved, int64(len(f.text)))
	}
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, ErrDangling):
		return nil, because("it is no longer there", ErrChanged)
	case errors.Is(err, ErrNotRegular):
		return nil, because("it was changed elsewhere: now "+reason(err), ErrChanged)
	case errors.Is(err, ErrTooLarge), err == nil && sum != f.hash:
		return nil, ErrChanged
	}
	return info, err
}

func checkWritable(ops Ops, path string, info fs.FileInfo) error {
	// The system lets an administrator write anyway, but somebody made the file read-only on purpose.
	if info.Mode()&0o200 == 0 {
		return ErrReadOnly
	}
	if err := ops.Writable(path); err != nil {
		return because("it may not be written: "+reason(err), ErrReadOnly, err)
	}
	return nil
}

// resolve follows the links in an absolute path to the file itself.
func resolve(ops Ops, abs string) (string, error) {
	info, err := ops.Lstat(abs)
	if err != nil {
		return "", err
	}
	real, err := ops.EvalSymlinks(abs)
	var errno syscall.Errno
	switch {
	case err == nil:
		return real, nil
	case info.Mode()&fs.ModeSymlink == 0:
		// Some Windows drives (RAM disks, redirected folders) work but cannot be resolved.
		return abs, nil
	case errors.Is(err, fs.ErrNotExist):
		return "", ErrDangling
	case errors.As(err, &errno):
		return "", err
	default:
		return "", because("its links go round in a circle", ErrNotRegular)
	}
}

// locate gives the absolute form of a path, and the path of the file that it leads to.
func locate(ops Ops, path string) (abs, resolved string, err error) {
	if abs, err = absolute(path); err == nil {
		resolved, err = resolve(ops, abs)
	}
	return abs, resolved, err
}

// Resolve is the absolute path of the file that path leads to, with all links followed. The file need not exist yet.
func Resolve(ops Ops, path string) (string, error) {
	abs, resolved, err := locate(ops, path)
	if abs != "" && errors.Is(err, fs.ErrNotExist) {
		return inRealFolder(ops, abs), nil
	}
	return resolved, opError("find", path, err)
}

// inRealFolder is the path of a file that does not exist yet, with the links in its folder followed.
func inRealFolder(ops Ops, abs string) string {
	return filepath.Join(followLinks(ops, filepath.Dir(abs)), filepath.Base(abs))
}

// followLinks is the path that path leads to, or path itself if that cannot be found out.
func followLinks(ops Ops, path string) string {
	if real, err := ops.EvalSymlinks(path); err == nil {
		return real
	}
	return path
}

// readRegular reads a whole plain file of at most limit bytes.
func readRegular(ops Ops, path string, limit int64) ([]byte, error) {
	h, info, err := openRegular(ops, path, limit)
	if err != nil {
		return nil, err
	}
	defer h.Close()
	var b bytes.Buffer
	b.Grow(int(info.Size()) + bytes.MinRead)
	if _, err := b.ReadFrom(io.LimitReader(h, limit+1)); err != nil {
		return nil, explainTimeout(err)
	}
	if int64(b.Len()) > limit {
		return nil, tooLarge(limit)
	}
	return b.Bytes(), nil
}

// hashRegular gives the SHA-256 sum of a plain file of at most limit bytes, and the FileInfo of the file that it read.
func hashRegular(ops Ops, path string, limit int64) (sum [sha256.Size]byte, info fs.FileInfo, err error) {
	h, info, err := openRegular(ops, path, limit)
	if err != nil {
		return sum, nil, err
	}
	defer h.Close()
	hash := sha256.New()
	// io.Copy would allocate more than most profiles need.
	n, err := io.CopyBuffer(hash, io.LimitReader(h, limit+1), make([]byte, 8<<10))
	if err == nil && n > limit {
		err = tooLarge(limit)
	}
	return [sha256.Size]byte(hash.Sum(nil)), info, explainTimeout(err)
}

// explainTimeout says in plain words that the end of a file was not reached in time.
func explainTimeout(err error) error {
	if errors.Is(err, os.ErrDeadlineExceeded) {
		return because("it has no end, so it is not a plain file", ErrNotRegular, err)
	}
	return err
}

// openRegular opens a plain file of at most limit bytes.
func openRegular(ops Ops, path string, limit int64) (Handle, fs.FileInfo, error) {
	// Look before opening: merely opening a device can have an effect.
	if _, err := statPlain(ops, path); err != nil {
		return nil, nil, err
	}
	var h Handle
	err := retryBusy(ops, func() (err error) {
		h, err = ops.Open(path)
		return err
	})
	if err != nil {
		return nil, nil, err
	}
	info, err := h.Stat()
	if err == nil {
		err = checkPlain(info)
	}
	if err == nil && info.Size() > limit {
		err = tooLarge(limit)
	}
	if err != nil {
		_ = h.Close() // nothing was written, so nothing can be lost
		return nil, nil, err
	}
	return h, info, nil
}

// statPlain is Stat, and fails unless path leads to a plain file.
func statPlain(ops Ops, path string) (fs.FileInfo, error) {
	info, err := ops.Stat(path)
	if err == nil {
		err = checkPlain(info)
	}
	return info, err
}

// checkPlain fails, with the reason, for anything but a plain file.
func checkPlain(info fs.FileInfo) error {
	mode := info.Mode()
	switch {
	case mode.IsRegular():
		return nil
	case mode.IsDir():
		return because("it is a folder", ErrNotRegular)
	case mode&fs.ModeNamedPipe != 0:
		return because("it is a pipe, not a plain file", ErrNotRegular)
	case mode&fs.ModeSocket != 0:
		return because("it is a socket, not a plain file", ErrNotRegular)
	case mode&fs.ModeDevice != 0:
		return because("it is a device, not a plain file", ErrNotRegular)
	}
	return ErrNotRegular
}

func tooLarge(limit int64) error {
	if limit < 10<<10 {
		return because(fmt.Sprintf("it is larger than %d bytes", limit), ErrTooLarge)
	}
	return because(fmt.Sprintf("it is larger than %d kB", limit>>10), ErrTooLarge)
}
