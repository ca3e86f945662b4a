package store

import (
	"cmp"
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
	state, err2 := env.folder(ops, "XDG_STATE_HOME", ".local/state", "state") // apart, where the system has one place for all
	config, err3 := env.folder(ops, "XDG_CONFIG_HOME", ".config", "")
	if err := cmp.Or(err1, err2, err3); err != nil {
		return Places{}, err
	}
	return Places{Profile: filepath.Join(data, "profile.toml"), State: state, Config: config}, nil
}

// PlacesBeside are the places of a profile that was named where this user has no home folder, as a service has none: what belongs
// to it lies in a folder beside it.
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
	return "", e.homeless(variable)
}

func (e Env) homeless(variable string) error {
	name := "HOME"
	if e.GOOS == "windows" {
		name = "LOCALAPPDATA"
	}
	return &Error{
		Op:   "find your home folder",
		Err:  because("neither " + name + " nor " + variable + " is set to an absolute path"),
		hint: "set " + name + ", or name the file with --profile and set XDG_STATE_HOME",
	}
}

func (e Env) absolute(path string) bool {
	if e.GOOS != "windows" {
		return strings.HasPrefix(path, "/")
	}
	drive := len(path) > 2 && path[1] == ':' && (path[2] == '\\' || path[2] == '/')
	return drive || strings.HasPrefix(path, `\\`)
}

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
