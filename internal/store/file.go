package store

import (
	"crypto/sha256"
	"errors"
	"io/fs"
	"math"
	"os"
	"sync"
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

// Load reads the whole of the plain file that path leads to, at most limit bytes. It never waits for a FIFO or a device,
// and a file that may only be read is fine. Errors match ErrNotExist, ErrDangling, ErrNotRegular or ErrTooLarge where one
// of these is the cause.
func Load(ops Ops, path string, limit int64) (*File, error) {
	f := &File{ops: ops, path: path, limit: limit}
	var err error
	// The absolute path is kept, so that a later change of the working directory changes nothing.
	if f.abs, err = absolute(path); err != nil {
		return nil, fail("open", path, err)
	}
	if f.resolved, err = resolve(ops, f.abs); err != nil {
		return nil, fail("open", path, err)
	}
	data, err := readRegular(ops, f.resolved, limit)
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
func (f *File) Bytes() []byte {
	f.mu.Lock()
	defer f.mu.Unlock()
	return []byte(f.text)
}

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
// read or last saved, with ErrReadOnly when this user may not write it, and with ErrTooLarge when Load would not read it
// again. Equal bytes are not written.
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
		return &Error{Op: "save", Path: f.path, Err: tooLarge(f.limit), hint: "take something out: it could not be opened again"}
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
		f.unsynced = err != nil
		f.warning = warning
		f.hold(data)
	}
	return fail("save", f.path, err)
}

func (f *File) hold(data []byte) {
	f.text = string(data)
	f.hash = sha256.Sum256(data)
}

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
