package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"syscall"

	"golang.org/x/sys/windows"
)

const openFlags = 0

// rename returns only once the new name is on the disk, because folders cannot be synced on Windows.
func rename(from, to string) error {
	return markBusy(move(from, to, windows.MOVEFILE_REPLACE_EXISTING|windows.MOVEFILE_WRITE_THROUGH))
}

func renameNew(from, to string) error {
	return markBusy(move(from, to, windows.MOVEFILE_WRITE_THROUGH))
}

func move(from, to string, flags uint32) error {
	f, err := windows.UTF16PtrFromString(from)
	if err != nil {
		return err
	}
	t, err := windows.UTF16PtrFromString(to)
	if err != nil {
		return err
	}
	return windows.MoveFileEx(f, t, flags)
}

func markBusy(err error) error {
	var code syscall.Errno
	if errors.As(err, &code) && sharingViolation(code) {
		return fmt.Errorf("%w: %w", errBusy, err)
	}
	return err
}

// writable never fails. The mode already has the read-only attribute, and the rename will tell the rest; opening the
// file to find out would fail while another program is using it.
func writable(string) error { return nil }

func syncDir(string) error { return nil }

func chownLike(*os.File, fs.FileInfo) (bool, error) { return true, nil }
