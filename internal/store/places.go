package store

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

const appFolder = "ksbcoach"

// Places are where the files of this user lie. Nothing is made by naming them.
type Places struct {
	// Profile is the profile file used when none is named.
	Profile string
	// State is the folder for backups, locks, position and drafts.
	State string
	// Config is the folder for settings.
	Config string
}

// Env is what Places are found from.
type Env struct {
	// GOOS is the system, as in runtime.GOOS.
	GOOS string
	// Home is the user's home folder; empty when there is none.
	Home string
	// Getenv reads an environment variable.
	Getenv func(string) string
}

// HostEnv is the Env of this process.
func HostEnv() Env {
	home, err := os.UserHomeDir()
	if err != nil {
		home = ""
	}
	return Env{GOOS: runtime.GOOS, Home: home, Getenv: os.Getenv}
}

// FindPlaces applies one rule to data, state and config: the XDG variable wherever it is set, on every system; else the
// XDG default under the home folder where that is the system's custom or a ksbcoach folder is already there; else the
// system's own place. It fails when a home folder is needed and there is none.
func FindPlaces(ops Ops, env Env) (Places, error) {
	data, err := env.folder(ops, "XDG_DATA_HOME", ".local/share", "")
	if err != nil {
		return Places{}, err
	}
	// Apart from the profile, where the system has one place for all.
	state, err := env.folder(ops, "XDG_STATE_HOME", ".local/state", "state")
	if err != nil {
		return Places{}, err
	}
	config, err := env.folder(ops, "XDG_CONFIG_HOME", ".config", "")
	if err != nil {
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
