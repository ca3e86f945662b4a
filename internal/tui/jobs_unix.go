//go:build unix

package tui

import "golang.org/x/sys/unix"

// canResume says whether somebody would bring the program back once it is stopped: a shell of the same session that
// keeps its jobs apart. There is none where the program was started directly in a terminal window, over ssh -t or in a
// container.
func canResume() bool {
	group, parent := unix.Getpgrp(), unix.Getppid()
	theirs, err := unix.Getpgid(parent)
	if err != nil || theirs == group {
		return false
	}
	own, err := unix.Getsid(0)
	if err != nil {
		return false
	}
	session, err := unix.Getsid(parent)
	return err == nil && session == own
}
