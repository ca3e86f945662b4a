package cli

import (
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// Screens, forms and formats run no code before somebody opens them: what they need is a lazy.Value. Otherwise a part of
// each such package would be read into memory at every start, as that of the packages in always is anyway.
func TestUnopenedPackagesRunNothingAtStart(t *testing.T) {
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
