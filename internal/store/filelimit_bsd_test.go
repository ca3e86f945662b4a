//go:build freebsd || dragonfly

package store

import "syscall"

func setFileLimit(limit uint64) error {
	return syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: int64(limit), Max: int64(limit)})
}
