package store

import (
	"errors"

	"golang.org/x/sys/unix"
)

func renameNew(from, to string) error {
	err := unix.Renameat2(unix.AT_FDCWD, from, unix.AT_FDCWD, to, unix.RENAME_NOREPLACE)
	if err = unsupported(err, unix.EINVAL); errors.Is(err, errors.ErrUnsupported) {
		return linkNew(from, to)
	}
	return err
}
