package store

import (
	"path/filepath"
	"runtime"
	"slices"
	"strings"
)

// absolute is the absolute form of a path, or ErrBadName. Windows would quietly take another name for one that it does not keep.
func absolute(path string) (string, error) {
	if why := windowsRefuses(path); why != "" && runtime.GOOS == "windows" {
		return "", because(why, ErrBadName)
	}
	return filepath.Abs(path)
}

// windowsRefuses says why Windows would not keep a file at path under its name; "" where it would. It goes through every part of
// the path behind the drive.
func windowsRefuses(path string) string {
	path = strings.ReplaceAll(path, "/", `\`)
	if len(path) > 1 && path[1] == ':' {
		path = path[2:]
	}
	// A path that begins \\?\ or \\.\ is taken as it is, and is typed by nobody by accident.
	if strings.HasPrefix(path, `\\?\`) || strings.HasPrefix(path, `\\.\`) {
		return ""
	}
	for part := range strings.SplitSeq(path, `\`) {
		switch {
		case part == "", part == ".", part == "..":
		case strings.ContainsAny(part, `<>:"|?*`):
			return `a name may not hold any of < > : " | ? *`
		case strings.ContainsFunc(part, func(r rune) bool { return r < ' ' }):
			return "a name may not hold a control character"
		case strings.HasSuffix(part, ".") || strings.HasSuffix(part, " "):
			return "a name may not end with a dot or a blank"
		case isDevice(part):
			return "the name stands for a device, not for a file"
		}
	}
	return ""
}

// isDevice says whether Windows takes a name for a device, with any ending: CON, and con.txt on all but the newest.
func isDevice(name string) bool {
	name, _, _ = strings.Cut(name, ".")
	name = strings.ToUpper(strings.TrimRight(name, " "))
	switch name {
	case "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$":
		return true
	}
	numbers := strings.Split("0123456789¹²³", "")
	for _, port := range []string{"COM", "LPT"} {
		if number, ok := strings.CutPrefix(name, port); ok && slices.Contains(numbers, number) {
			return true
		}
	}
	return false
}
