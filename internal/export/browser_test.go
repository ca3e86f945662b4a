package export_test

import (
	"encoding/json"
	"fmt"
	"html"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/handout"
	"github.com/ksbcoach/ksbcoach/internal/testneed"
)

// browser opens a page in a browser without a window, and returns its output and its messages.
func browser(t *testing.T, page string, flags ...string) (out, said string) {
	t.Helper()
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(name); err == nil && path == "" {
			path = found
		}
	}
	if path == "" {
		testneed.Missing(t, "chromium")
	}
	dir := t.TempDir()
	file := filepath.Join(dir, "page.html")
	if err := os.WriteFile(file, []byte(page), 0o600); err != nil {
		t.Fatal(err)
	}
	args := append([]string{
		"--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--enable-logging=stderr", "--user-data-dir=" + filepath.Join(dir, "user"),
	}, flags...)
	cmd := exec.Command(path, append(args, "file://"+file)...)
	cmd.Env = append(os.Environ(), "HOME="+dir, "XDG_CONFIG_HOME="+dir, "XDG_CACHE_HOME="+dir)
	var stderr strings.Builder
	cmd.Stderr = &stderr
	written, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v: %s", err, stderr.String())
	}
	return string(written), stderr.String()
}

// needUsualFont skips the test if the browser would use a font that few people have and that is a quarter wider.
func needUsualFont(t *testing.T) {
	t.Helper()
	list := testneed.Program(t, "fontconfig", "fc-list")
	if fonts, err := exec.Command(list).Output(); err != nil || !strings.Contains(string(fonts), "Liberation Serif") {
		testneed.Missing(t, "the font Liberation Serif")
	}
}

// The report of the sample learner opens without a message from the browser and prints on two to four pages of A4.
func TestReportInABrowser(t *testing.T) {
	t.Parallel()
	needUsualFont(t)
	for _, audience := range handout.Audiences {
		if !testneed.Tries("print "+string(audience), len(handout.Audiences)) {
			continue
		}
		pdf := filepath.Join(t.TempDir(), "out.pdf")
		_, said := browser(t, page(t, sample(handout.Options{For: audience})), "--no-pdf-header-footer", "--print-to-pdf="+pdf)
		if strings.Contains(said, "CONSOLE") {
			t.Errorf("for the %s the browser says: %s", audience, said)
		}
		printed, err := os.ReadFile(pdf)
		if err != nil {
			t.Fatal(err)
		}
		if n := len(regexp.MustCompile(`/Type\s*/Page\b`).FindAll(printed, -1)); n < 2 || n > 4 {
			t.Errorf("for the %s it prints on %d pages", audience, n)
		}
		if !regexp.MustCompile(`/MediaBox\s*\[0 0 59[45](\.\d+)? 84[12](\.\d+)?\]`).Match(printed) {
			t.Errorf("for the %s the paper is not A4", audience)
		}
	}
	_, said := browser(t, strings.Replace(page(t, sample(handout.Options{})), "<footer>", "<footer><script>1</script>", 1), "--dump-dom")
	if !strings.Contains(said, "CONSOLE") {
		t.Error("the test would not notice a message from the browser")
	}
}

// axe is the source of axe-core, which .ci/run fetches.
func axe(t *testing.T) string {
	t.Helper()
	path := os.Getenv("KSBCOACH_AXE")
	if path == "" {
		testneed.Missing(t, "axe-core: KSBCOACH_AXE is its axe.min.js")
	}
	source, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(source)
}

// finding is one problem that axe-core found.
type finding struct {
	ID, Help string
	Nodes    []struct{ HTML string }
}

// findings checks a page with axe-core against WCAG 2.2 AA and good practice. It removes the policy of the page, which
// would keep axe-core from running.
func findings(t *testing.T, page string, flags ...string) []finding {
	t.Helper()
	policy := regexp.MustCompile(`<meta http-equiv="Content-Security-Policy"[^>]*/>`)
	script := "<script>" + axe(t) + "</script><script>axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', " +
		"'best-practice']}).then(r => { document.body.innerHTML = ''; const p = document.createElement('pre'); p.id = 'found'; " +
		"p.textContent = JSON.stringify(r.violations); document.body.append(p); });</script></body>"
	open := strings.ReplaceAll(page, "<details>", "<details open=\"\">")
	out, _ := browser(t, strings.Replace(policy.ReplaceAllString(open, ""), "</body>", script, 1),
		append(flags, "--dump-dom", "--virtual-time-budget=20000")...)
	m := regexp.MustCompile(`(?s)<pre id="found">(.*?)</pre>`).FindStringSubmatch(out)
	if m == nil {
		t.Fatalf("axe-core did not finish:\n%.2000s", out)
	}
	var all []finding
	if err := json.Unmarshal([]byte(html.UnescapeString(m[1])), &all); err != nil {
		t.Fatal(err)
	}
	return all
}

// axe-core finds nothing on a phone, on a desktop or in dark mode.
func TestReportIsAccessible(t *testing.T) {
	t.Parallel()
	out := page(t, sample(handout.Options{Include: handout.Parts}))
	for _, flags := range [][]string{
		{"--window-size=390,844"}, {"--window-size=1280,900"}, {"--window-size=1280,900", "--blink-settings=preferredColorScheme=0"},
	} {
		for _, x := range findings(t, out, flags...) {
			t.Errorf("%v: %s: %s, %d times, such as %s", flags, x.ID, x.Help, len(x.Nodes), x.Nodes[0].HTML)
		}
	}
	if bad := findings(t, strings.Replace(out, "<h2", "<h5", 1)); len(bad) == 0 {
		t.Error("axe-core did not find a heading out of order")
	}
}

func TestPageFitsAPhone(t *testing.T) {
	t.Parallel()
	out := page(t, sample(handout.Options{Include: handout.Parts}))
	policy := regexp.MustCompile(`<meta http-equiv="Content-Security-Policy"[^>]*/>`)
	script := "<script>document.title = document.documentElement.scrollWidth + ' of ' + window.innerWidth</script></body>"
	dom, _ := browser(t, strings.Replace(policy.ReplaceAllString(out, ""), "</body>", script, 1), "--dump-dom", "--window-size=390,844")
	var has, room int
	m := regexp.MustCompile(`<title>(\d+ of \d+)</title>`).FindStringSubmatch(dom)
	if m == nil {
		t.Fatal("the width is not known")
	}
	if _, err := fmt.Sscanf(m[1], "%d of %d", &has, &room); err != nil || has > room {
		t.Errorf("the page is %s wide", m[1])
	}
}

// The README shows the report on a desktop and on a phone. Pictures differ between machines, so the test draws them
// only with -update, for somebody to look at.
func TestREADMEShowsTheReport(t *testing.T) {
	t.Parallel()
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	for name, size := range map[string]string{"report.png": "1120,900", "report-phone.png": "390,900"} {
		path := filepath.Join("../../docs", name)
		if *update {
			full, err := filepath.Abs(path)
			if err != nil {
				t.Fatal(err)
			}
			browser(t, page(t, sample(handout.Options{For: "mentor"})), "--hide-scrollbars", "--window-size="+size, "--screenshot="+full)
		}
		if !strings.Contains(string(readme), "docs/"+name) {
			t.Errorf("the README does not show %s", name)
		}
		if _, err := os.Stat(path); err != nil {
			t.Error(err)
		}
	}
}
