package store

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
)

const appFolder = "ksbcoach"

// Places are where the files of this user are. The files and folders need not exist.
type Places struct {
	Profile string // the profile file used when none is named
	State   string // the folder for backups, locks, position and drafts
	Config  string // the folder for settings
}

// Env is what FindPlaces needs to know about the process.
type Env struct {
	GOOS   string              // the system, as in runtime.GOOS
	Home   string              // the user's home folder; empty when there is none
	Getenv func(string) string // reads an environment variable
}

// HostEnv is the Env of this process.
func HostEnv() Env {
	home, _ := os.UserHomeDir() // "" on an error
	return Env{GOOS: runtime.GOOS, Home: home, Getenv: os.Getenv}
}

// FindPlaces applies one rule to data, state and config: the XDG variable if it is set, on every system; else the XDG
// default under the home folder if that is customary on the system or already has a ksbcoach folder; else the system's
// own place. It fails if a home folder is needed and there is none.
func FindPlaces(ops Ops, env Env) (Places, error) {
	data, err1 := env.folder(ops, "XDG_DATA_HOME", ".local/share", "")
	// In a subfolder of its own where the system has only one place for all three.
	state, err2 := env.folder(ops, "XDG_STATE_HOME", ".local/state", "state")
	config, err3 := env.folder(ops, "XDG_CONFIG_HOME", ".config", "")
	if err := cmp.Or(err1, err2, err3); err != nil {
		return Places{}, err
	}
	return Places{Profile: filepath.Join(data, "profile.toml"), State: state, Config: config}, nil
}

// PlacesBeside are the places for a user without a home folder, such as a service: all that belongs to the profile is
// in a hidden folder next to it.
func PlacesBeside(profile string) Places {
	folder := filepath.Join(filepath.Dir(profile), "."+appFolder)
	return Places{Profile: profile, State: folder, Config: folder}
}

// folder finds one of the three folders. It is subfolder within the system's own place, if it comes to that.
func (e Env) folder(ops Ops, variable, xdgDefault, subfolder string) (string, error) {
	// The XDG specification says to ignore what is not absolute.
	if set := e.Getenv(variable); e.absolute(set) {
		return filepath.Join(set, appFolder), nil
	}
	home := e.Home
	if e.absolute(home) {
		xdg := filepath.Join(home, xdgDefault, appFolder)
		if e.GOOS != "darwin" && e.GOOS != "windows" {
			return xdg, nil
		}
		if info, err := ops.Stat(xdg); err == nil && info.IsDir() {
			return xdg, nil
		}
		if e.GOOS == "darwin" {
			return filepath.Join(home, "Library", "Application Support", appFolder, subfolder), nil
		}
	}
	if e.GOOS == "windows" {
		if local := e.Getenv("LOCALAPPDATA"); e.absolute(local) {
			return filepath.Join(local, appFolder, subfolder), nil
		}
		if e.absolute(home) {
			return filepath.Join(home, "AppData", "Local", appFolder, subfolder), nil
		}
	}
	name := "HOME"
	if e.GOOS == "windows" {
		name = "LOCALAPPDATA"
	}
	why := because("neither " + name + " nor " + variable + " is set to an absolute path")
	return "", &Error{
		"find your home folder", "", why, "set " + name + ", or name the file with --profile and set XDG_STATE_HOME",
	}
}

func (e Env) absolute(path string) bool {
	if e.GOOS != "windows" {
		return strings.HasPrefix(path, "/")
	}
	drive := len(path) > 2 && path[1] == ':' && (path[2] == '\\' || path[2] == '/')
	return drive || strings.HasPrefix(path, `\\`)
}

// absolute is the absolute form of a path. It fails with ErrBadName where Windows would quietly use another name.
func absolute(path string) (string, error) {
	if why := windowsRefuses(path); why != "" && runtime.GOOS == "windows" {
		return "", because(why, ErrBadName)
	}
	return filepath.Abs(path)
}

// windowsRefuses says why Windows cannot have a file at path under exactly that name; "" if it can. It checks every
// part of the path after the drive.
func windowsRefuses(path string) string {
	path = strings.ReplaceAll(path, "/", `\`)
	if len(path) > 1 && path[1] == ':' {
		path = path[2:]
	}
	// Windows takes a path that begins with \\?\ or \\.\ literally, and nobody types one by accident.
	if strings.HasPrefix(path, `\\?\`) || strings.HasPrefix(path, `\\.\`) {
		return ""
	}
	for part := range strings.SplitSeq(path, `\`) {
		switch {
		case part == "", part == ".", part == "..":
		case strings.ContainsAny(part, `<>:"|?*`):
			return `a name may not contain any of < > : " | ? *`
		case strings.ContainsFunc(part, func(r rune) bool { return r < ' ' }):
			return "a name may not contain a control character"
		case strings.HasSuffix(part, ".") || strings.HasSuffix(part, " "):
			return "a name may not end with a dot or a space"
		case isDevice(part):
			return "the name belongs to a device and cannot be used for a file"
		}
	}
	return ""
}

// isDevice says whether Windows takes a name for a device, such as CON, and on all but the newest Windows con.txt.
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

// StateLimit is the largest state file, in bytes. It is far above any draft, and keeps a damaged file from filling the
// memory.
const StateLimit = 1 << 20

// StateFile is the path of a small private file called name that belongs to a profile, such as one for the position in
// it and text being typed.
func (p Places) StateFile(resolved, name string) string {
	return filepath.Join(p.State, "profiles", pathKey(resolved), plainName(name))
}

// ReadState reads a state file; for a missing one it gives nil and no error. Above StateLimit it fails with
// ErrTooLarge.
func ReadState(ops Ops, file string) ([]byte, error) {
	data, err := readRegular(ops, file, StateLimit)
	if errors.Is(err, ErrNotExist) {
		return nil, nil
	}
	return data, opError("read", file, err)
}

// WriteState replaces a state file, whole or not at all, and makes its private folders. It does not sync, which would
// take longer than all the rest: state is written every few keys, and losing it to a power cut does the profile no
// harm. A crash or a kill does not lose it.
func WriteState(ops Ops, file string, data []byte) (err error) {
	defer func() { err = opError("write", file, err) }()
	if len(data) > StateLimit {
		return tooLarge(StateLimit)
	}
	folder := filepath.Dir(file)
	if err := makeFolders(ops, folder, false); err != nil {
		return err
	}
	temp, _, err := writeTemp(ops, folder, func(h Handle) (string, error) {
		_, err := h.Write(data)
		return "", err
	})
	if err != nil {
		return err
	}
	err = retryBusy(ops, func() error { return ops.Rename(temp, file) })
	if err != nil {
		_ = ops.Remove(temp)
	}
	return err
}

// pathKey is a short name for a profile, for use in file names: a path is too long and contains separators.
func pathKey(resolved string) string {
	sum := sha256.Sum256([]byte(resolved))
	return hex.EncodeToString(sum[:8])
}

// plainName makes a file name that every system accepts out of any text.
func plainName(name string) string {
	const longest = 40
	name = strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '-', r == '_', r == '.':
			return r
		}
		return '_'
	}, name)
	// A dot in front would hide the file or mean the parent folder; one at the end is dropped by Windows.
	if name = strings.Trim(name[:min(len(name), longest)], "."); name == "" {
		name = "_"
	}
	return name
}
