package store

import (
	"errors"

	"golang.org/x/sys/unix"
)

func renameNew(from, to string) error {
	err := unix.RenamexNp(from, to, unix.RENAME_EXCL)
	if err = unsupported(err, unix.EINVAL); errors.Is(err, errors.ErrUnsupported) {
		return linkNew(from, to)
	}
	return err
}
