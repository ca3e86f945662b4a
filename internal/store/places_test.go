package store

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/testneed"
)

func environment(pairs ...string) func(string) string {
	return func(name string) string {
		for i := 0; i < len(pairs); i += 2 {
			if pairs[i] == name {
				return pairs[i+1]
			}
		}
		return ""
	}
}

func TestFindPlaces(t *testing.T) {
	win := []string{"LOCALAPPDATA", `C:\Users\a\AppData\Local`}
	cases := []struct {
		name, goos, home      string
		env                   []string
		profile, state, confs string
	}{
		{"linux", "linux", "/h", nil, "/h/.local/share/ksbcoach/profile.toml", "/h/.local/state/ksbcoach", "/h/.config/ksbcoach"},
		{"freebsd", "freebsd", "/h", nil, "/h/.local/share/ksbcoach/profile.toml", "/h/.local/state/ksbcoach", "/h/.config/ksbcoach"},
		{
			"xdg", "linux", "/h",
			[]string{"XDG_DATA_HOME", "/d", "XDG_STATE_HOME", "/s", "XDG_CONFIG_HOME", "/c"},
			"/d/ksbcoach/profile.toml", "/s/ksbcoach", "/c/ksbcoach",
		},
		{
			"xdg without a home", "linux", "",
			[]string{"XDG_DATA_HOME", "/d", "XDG_STATE_HOME", "/s", "XDG_CONFIG_HOME", "/c"},
			"/d/ksbcoach/profile.toml", "/s/ksbcoach", "/c/ksbcoach",
		},
		{
			"xdg relative or empty", "linux", "/h",
			[]string{"XDG_DATA_HOME", "d", "XDG_STATE_HOME", "", "XDG_CONFIG_HOME", "./c"},
			"/h/.local/share/ksbcoach/profile.toml", "/h/.local/state/ksbcoach", "/h/.config/ksbcoach",
		},
		{
			"mac", "darwin", "/h", nil, "/h/Library/Application Support/ksbcoach/profile.toml",
			"/h/Library/Application Support/ksbcoach/state", "/h/Library/Application Support/ksbcoach",
		},
		{
			"mac with xdg", "darwin", "/h",
			[]string{"XDG_DATA_HOME", "/d"},
			"/d/ksbcoach/profile.toml",
			"/h/Library/Application Support/ksbcoach/state", "/h/Library/Application Support/ksbcoach",
		},
		{
			"windows", "windows", `C:\Users\a`, win, `C:\Users\a\AppData\Local/ksbcoach/profile.toml`,
			`C:\Users\a\AppData\Local/ksbcoach/state`, `C:\Users\a\AppData\Local/ksbcoach`,
		},
		{
			"windows without LOCALAPPDATA", "windows", `C:\Users\a`, nil, `C:\Users\a/AppData/Local/ksbcoach/profile.toml`,
			`C:\Users\a/AppData/Local/ksbcoach/state`, `C:\Users\a/AppData/Local/ksbcoach`,
		},
		{
			"windows without a home", "windows", "", win, `C:\Users\a\AppData\Local/ksbcoach/profile.toml`,
			`C:\Users\a\AppData\Local/ksbcoach/state`, `C:\Users\a\AppData\Local/ksbcoach`,
		},
		{
			"windows with xdg on a share", "windows", `C:\Users\a`, append([]string{"XDG_DATA_HOME", `\\srv\a`}, win...),
			`\\srv\a/ksbcoach/profile.toml`, `C:\Users\a\AppData\Local/ksbcoach/state`, `C:\Users\a\AppData\Local/ksbcoach`,
		},
	}
	for _, c := range cases {
		r := newRig(OS(), nil)
		r.always = map[string]error{"stat": ErrNotExist}
		got, err := FindPlaces(r, Env{GOOS: c.goos, Home: c.home, Getenv: environment(c.env...)})
		want := Places{Profile: c.profile, State: c.state, Config: c.confs}
		if err != nil || slashes(got) != slashes(want) {
			t.Errorf("%s:\n got %+v, %v\nwant %+v", c.name, got, err, want)
		}
	}
}

// slashes makes the table hold on Windows as well.
func slashes(p Places) Places {
	clean := func(s string) string { return strings.ReplaceAll(s, `\`, "/") }
	return Places{clean(p.Profile), clean(p.State), clean(p.Config)}
}

// TestMacDotConfig: an existing ksbcoach folder under ~/.config is used; a ~/.config without one is not.
func TestMacDotConfig(t *testing.T) {
	home := realDir(t)
	env := Env{GOOS: "darwin", Home: home, Getenv: environment()}
	if !env.absolute(home) {
		testneed.Missing(t, "paths like a Mac's, which Windows does not have")
	}
	own := filepath.Join(home, ".config", "ksbcoach")
	if err := os.MkdirAll(filepath.Dir(own), 0o700); err != nil {
		t.Fatal(err)
	}
	if p, err := FindPlaces(OS(), env); err != nil || !strings.Contains(p.Config, "Library") {
		t.Errorf("%+v, %v", p, err)
	}
	if err := os.Mkdir(own, 0o700); err != nil {
		t.Fatal(err)
	}
	if p, err := FindPlaces(OS(), env); err != nil || p.Config != own || !strings.Contains(p.Profile, "Library") {
		t.Errorf("%+v, %v", p, err)
	}
}

func TestNoHome(t *testing.T) {
	for _, env := range []Env{
		{GOOS: "linux", Getenv: environment()},
		{GOOS: "linux", Home: "relative", Getenv: environment()},
		{GOOS: "linux", Getenv: environment("XDG_DATA_HOME", "/d", "XDG_CONFIG_HOME", "/c")},
		{GOOS: "darwin", Getenv: environment()},
		{GOOS: "windows", Home: "/h", Getenv: environment("LOCALAPPDATA", "relative")},
	} {
		_, err := FindPlaces(OS(), env)
		var e *Error
		if !errors.As(err, &e) || e.Hint() == "" || !strings.HasPrefix(err.Error(), "cannot find your home folder: ") {
			t.Errorf("%s: %v", env.GOOS, err)
		}
	}
}

func TestHostEnv(t *testing.T) {
	t.Setenv("XDG_DATA_HOME", t.TempDir())
	env := HostEnv()
	if env.GOOS == "" || env.Getenv("XDG_DATA_HOME") == "" {
		t.Errorf("%+v", env)
	}
	if p, err := FindPlaces(OS(), env); err != nil || !strings.HasPrefix(p.Profile, os.Getenv("XDG_DATA_HOME")) {
		t.Errorf("%+v, %v", p, err)
	}
}
