package store

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
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

// readRegular reads a whole plain file of at most limit bytes, and gives the information about the very file it read.
func readRegular(ops Ops, path string, limit int64) ([]byte, fs.FileInfo, error) {
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
	defer h.Close()
	if info, err = h.Stat(); err == nil {
		err = plain(info)
	}
	if err == nil && info.Size() > limit {
		err = tooLarge(limit)
	}
	if err != nil {
		return nil, nil, err
	}
	var b bytes.Buffer
	b.Grow(int(info.Size()) + bytes.MinRead)
	if _, err := b.ReadFrom(io.LimitReader(h, limit+1)); err != nil {
		return nil, nil, err
	}
	if int64(b.Len()) > limit {
		return nil, nil, tooLarge(limit)
	}
	return b.Bytes(), info, nil
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
