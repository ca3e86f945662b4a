package testneed

import (
	"os"
	"syscall"
)

// inMemory puts the temporary folders of tests into memory, unless TMPDIR is set: making thousands of them on a disk
// takes about a quarter of the time of all tests.
func inMemory() {
	const (
		dir       = "/dev/shm"
		minBlocks = 1 << 17 // of 4 kB, so half a gigabyte; containers often have less
		writable  = 2       // W_OK of access(2)
	)
	if os.Getenv("TMPDIR") != "" || syscall.Access(dir, writable) != nil {
		return
	}
	var fs syscall.Statfs_t
	if syscall.Statfs(dir, &fs) != nil || fs.Bavail < minBlocks {
		return
	}
	if fs.Flags&syscall.MS_NOEXEC != 0 {
		return // many containers mount it so, but some tests run programs that they build there
	}
	_ = os.Setenv("TMPDIR", dir) // if this fails, the folders are on the disk
}
