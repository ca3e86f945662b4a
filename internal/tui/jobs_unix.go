//go:build unix

package tui

import "golang.org/x/sys/unix"

// canResume says whether a shell can bring the program back after Ctrl-Z: our parent must be in the same session and
// have put us into a process group of our own. Started directly in a terminal window, over ssh -t or in a container,
// the program has no such parent.
func canResume() bool {
	group, parent := unix.Getpgrp(), unix.Getppid()
	parentGroup, err := unix.Getpgid(parent)
	if err != nil || parentGroup == group {
		return false
	}
	session, err := unix.Getsid(0)
	if err != nil {
		return false
	}
	parentSession, err := unix.Getsid(parent)
	return err == nil && parentSession == session
}
