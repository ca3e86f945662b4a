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

// Places are where the files of this user lie. Nothing is made by naming them.
type Places struct {
	Profile string // the profile file used when none is named
	State   string // the folder for backups, locks, position and drafts
	Config  string // the folder for settings
}

// Env is what Places are found from.
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

// FindPlaces applies one rule to data, state and config: the XDG variable wherever it is set, on every system; else the
// XDG default under the home folder where that is the system's custom or a ksbcoach folder is already there; else the
// system's own place. It fails when a home folder is needed and there is none.
func FindPlaces(ops Ops, env Env) (Places, error) {
	data, err1 := env.folder(ops, "XDG_DATA_HOME", ".local/share", "")
	// Apart from the profile, where the system has one place for all.
	state, err2 := env.folder(ops, "XDG_STATE_HOME", ".local/state", "state")
	config, err3 := env.folder(ops, "XDG_CONFIG_HOME", ".config", "")
	if err := cmp.Or(err1, err2, err3); err != nil {
		return Places{}, err
	}
	return Places{Profile: filepath.Join(data, "profile.toml"), State: state, Config: config}, nil
}

// PlacesBeside are the places of a profile that was named where this user has no home folder, as a service has none:
// what belongs to it lies in a folder beside it.
func PlacesBeside(profile string) Places {
	folder := filepath.Join(filepath.Dir(profile), "."+appFolder)
	return Places{Profile: profile, State: folder, Config: folder}
}

// folder finds one of the three; inOwn is the folder inside the system's own place.
func (e Env) folder(ops Ops, variable, xdgDefault, inOwn string) (string, error) {
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
			return filepath.Join(home, "Library", "Application Support", appFolder, inOwn), nil
		}
	}
	if e.GOOS == "windows" {
		if local := e.Getenv("LOCALAPPDATA"); e.absolute(local) {
			return filepath.Join(local, appFolder, inOwn), nil
		}
		if e.absolute(home) {
			return filepath.Join(home, "AppData", "Local", appFolder, inOwn), nil
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

// absolute is the absolute form of a path, or ErrBadName. Windows would quietly take another name for one that it does
// not keep.
func absolute(path string) (string, error) {
	if why := windowsRefuses(path); why != "" && runtime.GOOS == "windows" {
		return "", because(why, ErrBadName)
	}
	return filepath.Abs(path)
}

// windowsRefuses says why Windows would not keep a file at path under its name; "" where it would. It goes through
// every part of the path behind the drive.
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

// StateLimit is far above a draft of text and keeps a damaged file from filling the memory.
const StateLimit = 1 << 20

// StateFile is where the small private file name of a profile lies: the position in it, or text being typed.
func (p Places) StateFile(resolved, name string) string {
	return filepath.Join(p.State, "profiles", key(resolved), plainName(name))
}

// ReadState reads a state file; a missing one is nil without an error. Over 1 MiB it fails with ErrTooLarge.
func ReadState(ops Ops, file string) ([]byte, error) {
	data, err := readRegular(ops, file, StateLimit)
	if errors.Is(err, ErrNotExist) {
		return nil, nil
	}
	return data, fail("read", file, err)
}

// WriteState replaces a state file whole or not at all, and makes the private folders above it. It does not sync: state
// is written at every few keys, may be lost to a power cut (not to a crash or a kill) without harm to the profile, and
// a sync would cost more than all else it does.
func WriteState(ops Ops, file string, data []byte) (err error) {
	defer func() { err = fail("write", file, err) }()
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
	err = patiently(ops, func() error { return ops.Rename(temp, file) })
	if err != nil {
		_ = ops.Remove(temp)
	}
	return err
}

// key is a short name for a profile: paths are too long and hold what a file name may not.
func key(resolved string) string {
	sum := sha256.Sum256([]byte(resolved))
	return hex.EncodeToString(sum[:8])
}

// plainName makes a name that every system takes for a file, from one that may hold anything.
func plainName(name string) string {
	const longest = 40
	name = strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '-', r == '_', r == '.':
			return r
		}
		return '_'
	}, name)
	// A dot in front would hide it or lead upwards; at the end Windows drops it.
	if name = strings.Trim(name[:min(len(name), longest)], "."); name == "" {
		name = "_"
	}
	return name
}
