//go:build !windows

package testneed

// UnderWine says whether this is wine and no Windows.
func UnderWine() bool { return false }
