package cli

import (
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// A start runs no code for screens, forms and formats that nobody opened: what they need is a lazy.Value. Each package that runs some
// brings a piece of itself into memory, and those below are there at every start anyhow.
func TestNothingRunsAtTheStartForWhatNobodyOpened(t *testing.T) {
	t.Parallel()
	always := []string{"library", "profile", "profile/file", "snapshot", "standard", "store", "tui"}
	tests := []string{"cli", "gen/picture", "naughty", "testneed", "tui/uitest"} // of the binary of these tests only
	c := exec.Command(os.Args[0], "-test.run", "^$")
	c.Env = append(os.Environ(), "GODEBUG=inittrace=1")
	out, err := c.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	found := 0
	for _, m := range regexp.MustCompile(`(?m)^init \S*/ksbcoach/internal/(\S+) @`).FindAllStringSubmatch(string(out), -1) {
		found++
		if pkg := m[1]; !slices.Contains(always, pkg) && !slices.Contains(tests, pkg) && !strings.HasSuffix(pkg, "_test") {
			t.Errorf("package %s runs code at the start: make its variables lazy.Value, or functions", pkg)
		}
	}
	if found == 0 {
		t.Fatalf("no package of ours runs any, which cannot be: %s", out)
	}
}
