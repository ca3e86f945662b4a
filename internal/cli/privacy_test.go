package cli

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/library"
	"github.com/ksbcoach/ksbcoach/internal/profile/file"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
)

// In every field, the guard says where it found something and never what, neither on stderr nor in its lists.
func TestTheGuardNeverRepeatsWhatItFound(t *testing.T) {
	t.Parallel()
	n := 0
	named := file.MapTexts(library.New().Demo(calendar.Of(2026, 11, 22)), func(string, safetext.Text) safetext.Text {
		n++
		return safetext.New(fmt.Sprintf("%d by 943 476 5919 and Mrs Zebedee", n))
	})
	src, err := file.New(named)
	if err != nil {
		t.Fatal(err)
	}
	w := newWorld(t)
	w.write(src)
	says := func(out string) {
		t.Helper()
		if strings.Contains(out, "943") || strings.Contains(out, "Zebedee") {
			t.Errorf("what was found is said: %.900s", out)
		}
	}
	code, listed, stderr := w.run("check", "--privacy", "--as-of", asOf)
	says(strings.ReplaceAll(listed, w.profile(), "") + stderr)
	if found := strings.Count(listed, "looks like an NHS number"); code != 1 || found < n-1 { // but for the learner's name beside a record's code
		t.Errorf("exit %d, %d found in %d texts", code, found, n)
	}
	_, out, stderr := w.run("check", "--privacy", "--json", "--as-of", asOf)
	says(out + stderr)
	for _, args := range [][]string{
		{"report", "--include", "notes,reflections", "-o", w.home + "/all.html"},
		{"evidence", "add", "--title", "again Mrs Zebedee, 943 476 5919", "--ksb", "K1"},
		{"sheet", "make", "-o", w.home + "/Mrs Zebedee.html"},
	} {
		_, _, stderr := w.run(append(args, "--as-of", asOf)...)
		says(stderr)
		if !strings.Contains(stderr, "looks like") {
			t.Errorf("%q: no warning in %q", args, stderr)
		}
	}
	marks := regexp.MustCompile(`\[((?:nhs|name)-[^\]]+)\]`).FindAllStringSubmatch(listed, -1)
	seen := map[string]bool{}
	for _, m := range marks {
		if !seen[m[1]] {
			seen[m[1]] = true
			_, out, stderr := w.run("privacy", "redact", m[1], "--as-of", asOf)
			says(out + stderr)
		}
	}
	if len(seen) != 2 {
		t.Errorf("marks: %v", seen)
	}
}
