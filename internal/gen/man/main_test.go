package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Each command has a page, with the same words as its --help.
func TestPages(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "man")
	t.Setenv("SOURCE_DATE_EPOCH", "0")
	if err := run([]string{dir}); err != nil {
		t.Fatal(err)
	}
	for page, want := range map[string]string{
		"ksbcoach.1":           "Nothing is sent anywhere.",
		"ksbcoach-rate.1":      "where your post gives you no chance",
		"ksbcoach-goal-park.1": "--profile",
	} {
		text, err := os.ReadFile(filepath.Join(dir, page))
		if err != nil {
			t.Fatal(err)
		}
		plain := strings.Join(strings.Fields(strings.ReplaceAll(string(text), `\-`, "-")), " ")
		if !strings.Contains(plain, want) {
			t.Errorf("%s does not say %q:\n%s", page, want, text)
		}
	}
}

func TestOneFolder(t *testing.T) {
	if err := run(nil); err == nil {
		t.Error("pages were written without a folder")
	}
}
