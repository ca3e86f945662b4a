package seeds_test

import (
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

var (
	readmeTable = regexp.MustCompile(`^\[\[?(?:\w+\.)?(\w+)\]\]?`)
	readmeBound = regexp.MustCompile(`^(\w+) = .*?(\d+)(?: each)? at most`)
)

// TestReadme holds seeds/README.md to what the linter checks: each bound it names, and every kind of evidence.
func TestReadme(t *testing.T) {
	b, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	text, table := string(b), ""
	told := 0
	for line := range strings.Lines(text) {
		if m := readmeTable.FindStringSubmatch(line); m != nil {
			table = m[1] + " "
		}
		m := readmeBound.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		told++
		if want := bounds[table+m[1]]; strconv.Itoa(want) != m[2] {
			t.Errorf("README.md: %s%s: it says %s at most, the linter %d; let them agree", table, m[1], m[2], want)
		}
	}
	if told < 24 {
		t.Errorf("README.md: only %d bounds found; keep the form 'key = ... # 230 at most'", told)
	}
	for _, k := range evidenceKinds {
		if !strings.Contains(text, k) {
			t.Errorf("README.md: evidence kind: %q is not listed; add it", k)
		}
	}
}
