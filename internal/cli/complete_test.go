package cli

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/testneed"
)

// Every word that completion offers is one that the command takes; @ is where it goes.
func TestCompletionOffersWhatTheCommandTakes(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	dir := t.TempDir()
	w.must("demo", "--print", dir, "--as-of", "2026-11-22")
	sample, err := os.ReadFile(filepath.Join(dir, "profile.toml"))
	if err != nil {
		t.Fatal(err)
	}
	var path string
	copies := 0
	fresh := func(more ...string) {
		copies++
		path = filepath.Join(dir, fmt.Sprintf("copy%d.toml", copies)) // its own: a file that is put back looks like another computer's
		if err := os.WriteFile(path, sample, 0o600); err != nil {
			t.Fatal(err)
		}
		for _, line := range more {
			if line != "" {
				w.must(append(strings.Fields(line), "--profile", path, "--as-of", "2026-11-22")...)
			}
		}
	}
	sheet := filepath.Join(dir, "sheet.toml")
	fresh()
	w.must("sheet", "make", "--ksb", "K7,S7", "-o", sheet, "--profile", path)
	for _, x := range []struct{ before, line string }{
		{"", "goal park @ --actions open"},
		{"", "goal close @ --actions open"},
		{"", "goal close g-s5dn --actions @ --note x"},
		{"goal park g-s5dn --actions open", "goal reopen @"},
		{"", "action close @ --note x"},
		{"", "action reopen @"},
		{"", "target S17 @"},
		{"", "rate K7 @"},
		{"", "gaps --duty @"},
		{"", "evidence edit @ --title x"},
		{"", "evidence add --ksb S7 --title x --duty @"},
		{"", "evidence remove @"},
		{"review start --with Jo", "review check @ done --reason x"},
		{"", "review show @"},
		{"", "goal add --bundle @"},
		{"pause 2026-02-02 2026-03-08", "pause remove @ 2026-03-08"},
		{"pause 2026-02-02 2026-03-08", "pause remove 2026-02-02 @"},
		{"review start --with Jo", "review note --share @"},
		{"review start --with Jo", "review note --talked @"},
		{"", "standard show @"},
		{"", "sheet fill " + sheet + " @ 2 --by Jo"},
		{"", "sheet fill " + sheet + " K7 @ --by Jo"},
		{"", "reflect --goal @"},
	} {
		fresh(x.before)
		at := slices.Index(strings.Fields(x.line), "@")
		offered := w.offered(path, append(strings.Fields(x.line)[:at:at], ""))
		if len(offered) == 0 {
			t.Errorf("%s: nothing is offered", x.line)
		}
		for i, word := range offered {
			if i > 2 && i < len(offered)-1 && !testneed.Thorough() {
				continue // the first three and the last, or all of them in CI
			}
			fresh(x.before)
			if code, _, stderr := w.run(append(strings.Fields(strings.Replace(x.line, "@", word, 1)), "--profile", path, "--as-of", "2026-11-22")...); code != 0 {
				t.Errorf("%s with %s: exit %d, %s", x.line, word, code, stderr)
			}
		}
	}
}

// Completion offers what the last review left open, by its KSB or the word agreed, and every outcome for it but changed.
func TestCompletionOffersWhatAReviewLeftOpen(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, line := range []string{
		"init --name Sam", "rate K7 2", "rate K7 1 --as mentor --by Jo", "compare differ K7 --note later", "review start --with Jo",
		"review note --agreed weekly", "review close --clear yes --helped yes --valued yes --close-round",
	} {
		w.must(strings.Fields(line)...)
	}
	if got := w.offered(w.profile(), []string{"review", "check", ""}); !slices.Equal(got, []string{"K7", "agreed"}) {
		t.Errorf("what was left: %v", got)
	}
	for _, left := range []string{"K7", "agreed"} {
		if got := w.offered(w.profile(), []string{"review", "check", left, ""}); !slices.Equal(got, []string{"done", "not-done", "dropped"}) {
			t.Errorf("what came of %s: %v", left, got)
		}
		w.must("review", "check", left, "done")
	}
}

// offered are the words that completion gives for the last of a line.
func (w *world) offered(path string, line []string) []string {
	w.Helper()
	code, stdout, stderr := w.run(append([]string{"__complete", "--profile", path, "--as-of", "2026-11-22"}, line...)...)
	if code != 0 || !strings.HasPrefix(stderr, "Completion ended ") {
		w.Fatalf("completing %q: exit %d, %s", line, code, stderr)
	}
	var out []string
	for _, l := range strings.Split(stdout, "\n") {
		if word, _, _ := strings.Cut(l, "\t"); word != "" && !strings.HasPrefix(word, ":") {
			out = append(out, word)
		}
	}
	return out
}

// An unknown code, reference, name or kind would be wrong with any profile, so it is wrong usage in every command.
func TestUnknownValuesAreWrongUsage(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.must("init", "--name", "Sam")
	for _, line := range []string{
		"standard show ST9999", "init --name A --standard ST9999", "standard coach K99", "rate K99 2", "target K99 2", "compare agree K99 2 --reason x",
		"compare differ K99 --note x", "review check K99 done", "goal add --bundle nope", "goal add --ksb K7 --text x --theory nope", "goal add --ksb K99 --text x",
		"reflect --model nope", "reflect --ksb K99", "gaps --duty 99", "gaps --kind x", "plan --ksb K99", "progress --ksb K99", "evidence list --ksb K99",
		"evidence add --ksb K7 --title x --kind nope", "evidence add --ksb K7 --title x --duty 99", "standard facts --ksb K99", "standard facts --duty 99",
		"review note --share nope", "review note --talked nope", "review start --kind nope", "sheet make --ksb K99 -o x.toml", "goal close g-1 --actions nope",
		"action close a-1 --status nope", "action add g-1 --text x --sort nope", "rate K7 2 --as nobody", "rate K7 9",
	} {
		if code, _, stderr := w.run(strings.Fields(line)...); code != exitUsage {
			t.Errorf("%s: exit %d, %s", line, code, stderr)
		}
	}
}

// A warning, such as the one about entries after --as-of, would only disturb somebody who presses Tab.
func TestCompletionDoesNotWarn(t *testing.T) {
	t.Parallel()
	w := newWorld(t).demo()
	if got := w.offered(w.profile(), []string{"--as-of", "2020-01-01", "goal", "park", ""}); len(got) == 0 {
		t.Error("no goal is offered")
	}
}
