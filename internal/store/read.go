package store

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

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

// Place is the absolute path of the file that path leads to, or would lead to where there is none yet.
func Place(ops Ops, path string) (string, error) {
	abs, err := absolute(path)
	if err != nil {
		return "", fail("find", path, err)
	}
	resolved, err := resolve(ops, abs)
	if errors.Is(err, fs.ErrNotExist) {
		return inRealFolder(ops, abs), nil
	}
	return resolved, fail("find", path, err)
}

// inRealFolder is the path of a file that is not there yet, behind the links of its folder.
func inRealFolder(ops Ops, abs string) string {
	folder := filepath.Dir(abs)
	if real, err := ops.EvalSymlinks(folder); err == nil {
		folder = real
	}
	return filepath.Join(folder, filepath.Base(abs))
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

// hashRegular gives the SHA-256 sum of a plain file of at most limit bytes, and the information about the very file it read.
func hashRegular(ops Ops, path string, limit int64) (sum [sha256.Size]byte, info fs.FileInfo, err error) {
	h, info, err := openRegular(ops, path, limit)
	if err != nil {
		return sum, nil, err
	}
	defer h.Close()
	hash := sha256.New()
	n, err := io.CopyBuffer(hash, io.LimitReader(h, limit+1), make([]byte, 8<<10)) // most profiles are smaller than what Copy takes
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
	info, err := ops.Stat(path)
	if err == nil {
		err = plain(info)
	}
	if err != nil {
		return nil, nil, err
	}
	var h Handle
	err = patiently(ops, func() (err error) {
		h, err = ops.Open(path)
		return err
	})
	if err != nil {
		return nil, nil, err
	}
	if info, err = h.Stat(); err == nil {
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
