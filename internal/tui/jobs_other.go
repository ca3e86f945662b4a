//go:build !unix

package tui

// canResume says whether somebody would bring the program back once it is stopped: Windows has no such thing.
func canResume() bool { return false }
