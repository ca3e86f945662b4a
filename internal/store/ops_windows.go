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

// rename does not return before the new name is on the disk: folders cannot be synced here.
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

// writable leaves the answer to the read-only attribute, which is in the mode, and to the rename: opening the file to
// find out would itself collide with whoever holds it.
func writable(string) error { return nil }

func syncDir(string) error { return nil }

func chownLike(*os.File, fs.FileInfo) (bool, error) { return true, nil }
