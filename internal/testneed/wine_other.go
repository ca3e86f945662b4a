//go:build !windows

package testneed

// UnderWine says whether the program runs under wine instead of Windows.
func UnderWine() bool { return false }
