//go:build unix

package cli

import (
	"fmt"
	"io/fs"
	"os"
	"syscall"
)

const nobody = 65534

// canBeNobody says whether rights can be given up: tests often run as root, for whom no file is closed.
func canBeNobody() bool { return os.Getuid() == 0 }

// asNobody is ksbcoach as a user who owns nothing.
func asNobody() {
	if err := syscall.Setgid(nobody); err != nil {
		panic(err)
	}
	if err := syscall.Setuid(nobody); err != nil {
		panic(err)
	}
	os.Exit(Main(os.Args[1:], scriptHost()))
}

// identity tells a file from another that took its name.
func identity(info fs.FileInfo) string {
	return fmt.Sprint(" inode ", info.Sys().(*syscall.Stat_t).Ino, " ")
}
