//go:build unix && !linux && !darwin

package store

import "syscall"

func renameExclusive(string, string) error { return syscall.EINVAL }
