//go:build unix

package store

import (
	"errors"
	"io/fs"
	"os"
	"syscall"
)

// openFlags keep Open from waiting for a writer when the file is a FIFO.
const openFlags = syscall.O_NONBLOCK

func rename(from, to string) error { return os.Rename(from, to) }

func markBusy(err error) error { return err }

func writable(path string) error {
	const mayWrite = 2
	return syscall.Access(path, mayWrite)
}

func syncDir(path string) error {
	d, err := os.Open(path)
	if err != nil {
		return err
	}
	defer d.Close()
	return d.Sync()
}

func chownLike(f *os.File, other fs.FileInfo) (bool, error) {
	info, err := f.Stat()
	if err != nil {
		return false, err
	}
	have, ok1 := info.Sys().(*syscall.Stat_t)
	want, ok2 := other.Sys().(*syscall.Stat_t)
	if !ok1 || !ok2 {
		return true, nil
	}
	// The group first: once the file belongs to another owner we may not change it any more.
	if have.Gid != want.Gid {
		if err := f.Chown(-1, int(want.Gid)); err != nil {
			return false, err
		}
	}
	if have.Uid != want.Uid {
		return true, f.Chown(int(want.Uid), -1)
	}
	return true, nil
}

func renameNew(from, to string) error {
	if err := unsupported(renameExclusive(from, to), syscall.EINVAL); !errors.Is(err, errors.ErrUnsupported) {
		return err
	}
	return linkNew(from, to)
}

// linkNew is for file systems without a rename that refuses to replace: it adds a second name, then removes the first.
func linkNew(from, to string) error {
	err := os.Link(from, to)
	if err == nil {
		// The file has its name. If the temporary one cannot be removed, Sweep does so later.
		_ = os.Remove(from)
		return nil
	}
	return unsupported(err, syscall.EPERM, syscall.EMLINK, syscall.EINVAL, syscall.ENOSYS)
}
