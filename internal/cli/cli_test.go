package cli

import (
	"bytes"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/charmbracelet/x/ansi"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/export"
	"github.com/ksbcoach/ksbcoach/internal/gen/picture"
	"github.com/ksbcoach/ksbcoach/internal/library"
	"github.com/ksbcoach/ksbcoach/internal/profile/file"
	"github.com/ksbcoach/ksbcoach/internal/store"
	"github.com/ksbcoach/ksbcoach/internal/testneed"
	"github.com/ksbcoach/ksbcoach/internal/tui/uitest"
)

// asOf is the day on which all tests take place.
const asOf = "2026-11-22"

func TestMain(m *testing.M) {
	testneed.Hurry()
	testscript.Main(m, map[string]func(){
		"ksbcoach":           func() { os.Exit(Main(os.Args[1:], scriptHost())) },
		"ksbcoach-as-nobody": asNobody,
	})
}

// scriptDay names the variable that gives the scripts their day.
const scriptDay = "SCRIPT_DAY"

// scriptHost is the Env of a script: the machine's, but on the day of the tests, so that the output is the same every day.
func scriptHost() Env {
	env := Host()
	if day, err := time.Parse(time.DateOnly, os.Getenv(scriptDay)); err == nil {
		env.Now = func() time.Time { return day.Add(14 * time.Hour) }
	}
	return env
}

// Every command has a script that shows its output, and that it writes nothing to stderr when all is well.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(e *testscript.Env) error {
			e.Setenv(scriptDay, asOf)
			home := filepath.Join(e.WorkDir, "home")
			e.Setenv("HOME", home)
			e.Setenv("USERPROFILE", home) // which is what Windows calls it
			e.Setenv("KSBCOACH_PROFILE", "")
			for name, folder := range xdg {
				if runtime.GOOS == "windows" { // where the default folders are not below the home folder of a script
					e.Setenv(name, filepath.Join(home, folder))
				} else {
					e.Setenv(name, "")
				}
			}
			// So that a process without rights gets as far as the file.
			if err := os.Chmod(filepath.Dir(e.WorkDir), 0o755); err != nil {
				return err
			}
			return os.MkdirAll(home, 0o755)
		},
		Condition: func(cond string) (bool, error) {
			return cond == "nobody" && canBeNobody() || cond == "wine" && testneed.UnderWine(), nil // where a link leads nowhere
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"narrow": narrow, "untouched": untouched, "windows": windows, "without": without, "first": first,
		},
	})
}

// narrow checks that no line of stdout is wider than 80 columns.
func narrow(ts *testscript.TestScript, _ bool, _ []string) {
	for line := range bytes.Lines([]byte(ts.ReadFile("stdout"))) {
		if n := ansi.StringWidth(string(bytes.TrimSuffix(line, []byte("\n")))); n > export.PlainWidth {
			ts.Fatalf("%d columns: %s", n, line)
		}
	}
}

// untouched checks that two files hold the same bytes.
func untouched(ts *testscript.TestScript, _ bool, args []string) {
	if ts.ReadFile(args[0]) != ts.ReadFile(args[1]) {
		ts.Fatalf("%s was changed", args[0])
	}
}

// windows makes a file as an editor on Windows saves it: with a byte order mark and its line ends.
func windows(ts *testscript.TestScript, _ bool, args []string) {
	text := "\ufeff" + strings.ReplaceAll(ts.ReadFile(args[0]), "\n", "\r\n")
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(text), 0o600))
}

// without writes to stdout the lines of a file that do not match a pattern, as grep -v does, which Windows lacks.
func without(ts *testscript.TestScript, _ bool, args []string) {
	pattern := regexp.MustCompile(args[0])
	for line := range strings.Lines(ts.ReadFile(args[1])) {
		if !pattern.MatchString(line) {
			_, err := io.WriteString(ts.Stdout(), line)
			ts.Check(err)
		}
	}
}

// first writes the first n lines of a file to stdout, as head -n does, which Windows lacks.
func first(ts *testscript.TestScript, _ bool, args []string) {
	n, err := strconv.Atoi(args[0])
	ts.Check(err)
	lines := slices.Collect(strings.Lines(ts.ReadFile(args[1])))
	_, err = io.WriteString(ts.Stdout(), strings.Join(lines[:n], ""))
	ts.Check(err)
}

// xdg are the folders below home that are used on Linux, by the variables that ask for them on every system.
var xdg = map[string]string{"XDG_DATA_HOME": ".local/share", "XDG_STATE_HOME": ".local/state", "XDG_CONFIG_HOME": ".config"}

// A world is a home folder for commands that run in the test's own process.
type world struct {
	testing.TB
	home  string
	typed string // on standard input
}

func newWorld(t testing.TB) *world {
	t.Helper()
	return &world{TB: t, home: t.TempDir()}
}

func (w *world) env(stdout, stderr io.Writer) Env {
	env := Host()
	env.Stdin, env.Stdout, env.Stderr = strings.NewReader(w.typed), stdout, stderr
	env.Getenv = func(string) string { return "" }
	env.Now = func() time.Time { return time.Date(2026, 11, 22, 14, 2, 0, 0, time.UTC) }
	env.Places = store.Env{GOOS: runtime.GOOS, Home: w.home, Getenv: func(name string) string {
		if folder := xdg[name]; folder != "" {
			return filepath.Join(w.home, folder)
		}
		return ""
	}}
	env.Columns = func() int { return 0 }
	if _, err := os.Stat(filepath.Join(w.home, xdg["XDG_CONFIG_HOME"], "ksbcoach", overlayFile)); err != nil {
		env.Library = content // read once for all tests; with the learner's own fact cards a command changes it, so it needs one to itself
	}
	return env
}

var content = library.New()

// run gives the exit code and what was written.
func (w *world) run(args ...string) (code int, stdout, stderr string) {
	var out, errs bytes.Buffer
	code = Main(args, w.env(&out, &errs))
	return code, out.String(), errs.String()
}

// must runs a command that has to succeed in silence.
func (w *world) must(args ...string) string {
	w.Helper()
	code, stdout, stderr := w.run(args...)
	if code != 0 || stderr != "" {
		w.Fatalf("%q: exit %d, stderr %q", args, code, stderr)
	}
	return stdout
}

func (w *world) profile() string { return filepath.Join(w.home, ".local/share/ksbcoach/profile.toml") }

func (w *world) write(text []byte) {
	w.Helper()
	if err := os.MkdirAll(filepath.Dir(w.profile()), 0o700); err != nil {
		w.Fatal(err)
	}
	if err := os.WriteFile(w.profile(), text, 0o600); err != nil {
		w.Fatal(err)
	}
}

// demo puts the sample learner into place.
func (w *world) demo() *world {
	w.Helper()
	lib := library.New()
	text, err := file.New(lib.Demo(calendar.Of(2026, 11, 22)))
	if err != nil {
		w.Fatal(err)
	}
	w.write(text)
	return w
}

// snapshot is every file below home with its bytes, time and identity.
func (w *world) snapshot() map[string]string {
	w.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(w.home, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		out[path] = info.ModTime().String() + identity(info)
		if d.Type().IsRegular() {
			text, err := os.ReadFile(path)
			out[path] += string(text)
			return err
		}
		return nil
	})
	if err != nil {
		w.Fatal(err)
	}
	return out
}

//go:generate go test . -run TestTheLinesInTheDocsAreReal -update

// The picture of the line-by-line mode in docs is real: it is what the program says while one KSB is rated.
func TestTheLinesInTheDocsAreReal(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.typed = "1\n2\nquit\n"
	_, said, ok := strings.Cut(w.must("demo", "--lines", "--as-of", asOf), "statements are due in this round.\n\n")
	end := strings.LastIndex(said, "\n\nDuty ")
	if !ok || end < 0 {
		t.Fatalf("no KSB was rated: %s", said)
	}
	picture.IsDrawn(t, filepath.Join("..", "..", "docs"), "lines", []picture.Shot{{Frame: said[:end]}}, uitest.Updating(),
		"go generate ./internal/cli")
}
