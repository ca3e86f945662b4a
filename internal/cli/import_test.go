package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// imports runs import on a terminal on which these lines are typed.
func (w *world) imports(typed string, args ...string) (code int, stdout, stderr string) {
	var out, errs bytes.Buffer
	w.typed = typed
	env := w.env(&out, &errs)
	env.IsTerminal = func(any) bool { return true }
	code = Main(append([]string{"import"}, args...), env)
	return code, out.String(), errs.String()
}

func (w *world) scan(text string) string {
	w.Helper()
	path := filepath.Join(w.home, "scan.csv")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		w.Fatal(err)
	}
	return path
}

func (w *world) kept() string {
	w.Helper()
	text, err := os.ReadFile(w.profile())
	if err != nil {
		w.Fatal(err)
	}
	return string(text)
}

func TestImportAsksOnATerminal(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.must("init", "--name", "Sam Low")
	path := w.scan("KSB,Self\nK7,3\nK8 and K9,4\n")
	before := w.kept()
	for _, typed := range []string{"", "1\n", "1\nn\n", "1\nn\nn\n", "1\nn\n\n"} {
		_, _, _ = w.imports(typed, path)
		if w.kept() != before {
			t.Fatalf("%q changed something", typed)
		}
	}
	code, stdout, stderr := w.imports("what?\n2\nn\nyes\n", path)
	for _, says := range []string{
		"Your levels are numbers from 3 to 4, which may be on a scale of 0 to 4, 1 to 5,", "  2  1 to 5\n", `"what?" is not a scale`, "3 of 5 becomes 2 Supported",
		"Take what is in doubt too (2)? [y/N]", "Take in 1 rating? [y/N]", "1 rating taken in, in one change",
	} {
		if !strings.Contains(strings.Join(strings.Fields(stdout), " "), strings.Join(strings.Fields(says), " ")) {
			t.Errorf("it does not say %q:\n%s", says, stdout)
		}
	}
	if now := w.kept(); code != 0 || stderr != "" || !strings.Contains(now, "K7 = { level = 2,") ||
		strings.Contains(now, "K8") {
		t.Error(code, stderr, now)
	}
	if code, stdout, _ := w.imports("y\ny\n", path, "--scale", "1-5"); code != 0 ||
		!strings.Contains(w.kept(), "K9 = { level = 3,") {
		t.Error(stdout)
	}
}

func TestImportedTextIsCleanedForTheTerminal(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.must("init", "--name", "Sam Low")
	bad := `"` + strings.ReplaceAll(strings.ReplaceAll(hostile, `"`, `""`), "\x00", "") + `"`
	path := w.scan(
		"KSB,Self,Comments,Mentor,Mentor name,Date,Other " + bad + "\nK7,2," + bad + ",3," + bad + ",,\nK8," + bad + ",,,,\n" + bad + ",2,,,,\nK9,2,," +
			bad + ",,\nK10,2,,,," + bad + "\n",
	)
	for _, args := range [][]string{{path, "--scale", "0-4", "--dry-run"}, {path, "--scale", "0-4", "--dry-run", "--json"}, {path}, {path, "--scale", bad}, {path, "--sheet", bad}, {path, "--column", bad}} {
		_, stdout, stderr := w.run(append([]string{"import"}, args...)...)
		if r := raw(stdout) + raw(stderr); r != "" {
			t.Errorf("%q lets %s out: %q %q", args, r, stdout, stderr)
		}
	}
}
