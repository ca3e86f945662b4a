// Package store keeps a learner's files safe: it finds their places, reads them whole, replaces them atomically, keeps
// backups, locks them against a second ksbcoach, notices changes made elsewhere, and holds small private state.
//
// What it promises: after a crash, a kill, a full disk or a power cut a file is the version before or the version
// after, never a mix; a save that reported success survives a power cut; a change made elsewhere is never overwritten
// unseen; when nothing changed nothing is written; links and permission bits stay.
//
// What it cannot promise: between the last look at the file and the rename lie a few microseconds in which another
// program's save is not seen (the lock keeps a second ksbcoach out, not an editor). A file with several hard links
// loses the others, access control lists go back to the folder's, and an owner that may not be kept is said in
// File.Warning.
//
// It deals in bytes and is not responsible for what they mean: it knows nothing of TOML, profiles, merging or screens.
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

// noLimit leaves room for the one byte more that a read asks for.
const noLimit = math.MaxInt64 - 1

// File is a file as it was read or last saved: where it lies and what its bytes are. It may be used by several
// goroutines; saves run one after the other.
type File struct {
	ops                 Ops
	path, abs, resolved string
	limit               int64

	mu       sync.Mutex
	text     string
	hash     [sha256.Size]byte
	warning  string
	unsynced bool
}

// Load reads the whole of the plain file that path leads to, at most limit bytes. It never waits for a FIFO or a
// device, and a file that may only be read is fine. Errors match ErrNotExist, ErrDangling, ErrNotRegular or ErrTooLarge
// where one of these is the cause.
func Load(ops Ops, path string, limit int64) (*File, error) {
	f := &File{ops: ops, path: path, limit: limit}
	var err error
	var data []byte
	// The absolute path is kept, so that a later change of the working directory changes nothing.
	if f.abs, f.resolved, err = locate(ops, path); err == nil {
		data, err = readRegular(ops, f.resolved, limit)
	}
	if err != nil {
		return nil, fail("open", path, err)
	}
	f.hold(data)
	return f, nil
}

// Resolved is the absolute path of the file itself, behind all links.
func (f *File) Resolved() string { return f.resolved }

// Same says whether two names lead to one file, behind links, other case and a second name for it. Where that cannot be
// told, such as for a file that is gone, it is not.
func (f *File) Same(other *File) bool {
	if f.resolved == other.resolved {
		return true
	}
	one, err := f.ops.Stat(f.resolved)
	if err != nil {
		return false
	}
	two, err := f.ops.Stat(other.resolved)
	return err == nil && os.SameFile(one, two)
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

// Warning is what the last save could not do although it succeeded, such as keeping the permissions on a file system
// that has none; usually empty.
func (f *File) Warning() string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.warning
}

// Check reads the file again and fails with ErrChanged when it is no longer what was read or last saved. It compares
// content, never times.
func (f *File) Check() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	_, err := f.unchanged()
	return fail("check", f.path, err)
}

// Save replaces the content of the file, whole or not at all. It refuses with ErrChanged when the file is not what was
// read or last saved, with ErrReadOnly when this user may not write it, and with ErrTooLarge when Load would not read
// it again. Equal bytes are not written.
//
// ErrUnsynced is the one error after which the new content stands in the file: it could not be made sure that it
// survives a power cut. The next Save writes anew, even if the bytes are equal.
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
		err = mayWrite(f.ops, f.resolved, info)
	}
	if err != nil {
		return fail("save", f.path, err)
	}
	guard := func() error {
		_, err := f.unchanged()
		return err
	}
	warning, err := replace(f.ops, f.resolved, data, info, guard)
	if err == nil || errors.Is(err, ErrUnsynced) {
		f.unsynced, f.warning = err != nil, warning
		f.hold(data)
	}
	return fail("save", f.path, err)
}

func (f *File) hold(data []byte) { f.text, f.hash = string(data), sha256.Sum256(data) }

// unchanged fails with ErrChanged unless the path still leads to the same place and the same bytes lie there.
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

func mayWrite(ops Ops, path string, info fs.FileInfo) error {
	// The bit counts for the administrator as well: somebody took it away on purpose.
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
		// Some Windows drives (RAM disks, redirected folders) can be used and not be resolved.
		return abs, nil
	case errors.Is(err, fs.ErrNotExist):
		return "", ErrDangling
	case errors.As(err, &errno):
		return "", err
	default:
		return "", because("its links go round in a circle", ErrNotRegular)
	}
}

// locate is a path in its absolute form, and the file itself that it leads to.
func locate(ops Ops, path string) (abs, resolved string, err error) {
	if abs, err = absolute(path); err == nil {
		resolved, err = resolve(ops, abs)
	}
	return abs, resolved, err
}

// Place is the absolute path of the file that path leads to, or would lead to where there is none yet.
func Place(ops Ops, path string) (string, error) {
	abs, resolved, err := locate(ops, path)
	if abs != "" && errors.Is(err, fs.ErrNotExist) {
		return inRealFolder(ops, abs), nil
	}
	return resolved, fail("find", path, err)
}

// inRealFolder is the path of a file that is not there yet, behind the links of its folder.
func inRealFolder(ops Ops, abs string) string {
	return filepath.Join(behindLinks(ops, filepath.Dir(abs)), filepath.Base(abs))
}

// behindLinks is what a path leads to, as far as that can be found.
func behindLinks(ops Ops, path string) string {
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
		return nil, endless(err)
	}
	if int64(b.Len()) > limit {
		return nil, tooLarge(limit)
	}
	return b.Bytes(), nil
}

// hashRegular gives the SHA-256 sum of a plain file of at most limit bytes, and the information about the very file it
// read.
func hashRegular(ops Ops, path string, limit int64) (sum [sha256.Size]byte, info fs.FileInfo, err error) {
	h, info, err := openRegular(ops, path, limit)
	if err != nil {
		return sum, nil, err
	}
	defer h.Close()
	hash := sha256.New()
	// most profiles are smaller than what Copy takes
	n, err := io.CopyBuffer(hash, io.LimitReader(h, limit+1), make([]byte, 8<<10))
	if err == nil && n > limit {
		err = tooLarge(limit)
	}
	return [sha256.Size]byte(hash.Sum(nil)), info, endless(err)
}

// endless says in plain words that a file had not come to its end when the time for reading it was over.
func endless(err error) error {
	if errors.Is(err, os.ErrDeadlineExceeded) {
		return because("it has no end, so it is not a plain file", ErrNotRegular, err)
	}
	return err
}

// openRegular opens a plain file of at most limit bytes.
func openRegular(ops Ops, path string, limit int64) (Handle, fs.FileInfo, error) {
	// Before the open, because opening a device can already do something.
	if _, err := statPlain(ops, path); err != nil {
		return nil, nil, err
	}
	var h Handle
	err := patiently(ops, func() (err error) {
		h, err = ops.Open(path)
		return err
	})
	if err != nil {
		return nil, nil, err
	}
	info, err := h.Stat()
	if err == nil {
		err = plain(info)
	}
	if err == nil && info.Size() > limit {
		err = tooLarge(limit)
	}
	if err != nil {
		_ = h.Close() // it was only read
		return nil, nil, err
	}
	return h, info, nil
}

// statPlain looks at a path, which must lead to a plain file.
func statPlain(ops Ops, path string) (fs.FileInfo, error) {
	info, err := ops.Stat(path)
	if err == nil {
		err = plain(info)
	}
	return info, err
}

// plain gives the reason why something is not a plain file.
func plain(info fs.FileInfo) error {
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
