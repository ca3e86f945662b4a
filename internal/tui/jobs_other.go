//go:build !unix

package tui

// canResume says whether a shell can bring the program back after Ctrl-Z: outside Unix none can.
func canResume() bool { return false }
