package archtest

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// The papers of the repository promise things that tests hold, by their names.
func TestThePapersNameTestsThatExist(t *testing.T) {
	house := readModule(t)
	named := regexp.MustCompile("`((?:Test|Fuzz|Benchmark)\\w+)`")
	for _, paper := range []string{"SECURITY.md", "CONTRIBUTING.md"} {
		text, err := os.ReadFile(filepath.Join(moduleRoot(t), paper))
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range named.FindAllStringSubmatch(string(text), -1) {
			there := func(f *file) bool { return f.test && strings.Contains(f.text, "\nfunc "+m[1]+"(") }
			if !slices.ContainsFunc(house, there) && m[1] != "TestMain" {
				t.Errorf("%s names %s, and there is no such test", paper, m[1])
			}
		}
	}
}
