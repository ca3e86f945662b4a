//go:build unix && !freebsd && !dragonfly

package store

import "syscall"

func setFileLimit(limit uint64) error {
	return syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: limit, Max: limit})
}
