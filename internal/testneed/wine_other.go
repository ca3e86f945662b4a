//go:build !windows

package testneed

func underWine() bool { return false }
