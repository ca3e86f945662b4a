package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestWrite(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"LICENSE":            "Be kind.  \r\n```\r\n",
		"license.go":         "package m",
		"sub/COPYING.txt":    "\nShare.\n",
		"unlinked/LICENSE":   "Never read.",
		"sub/deep/readme.md": "no licence",
	} {
		file := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	m := &module{Path: "example.org/m", Version: "v1.2.3", Dir: dir, folders: map[string]bool{filepath.Join(dir, "sub", "deep"): true}}
	page, err := write([]*module{m})
	if err != nil {
		t.Fatal(err)
	}
	want := "\n## example.org/m v1.2.3\n\nLICENSE\n\n````text\nBe kind.\n```\n````\n\nsub/COPYING.txt\n\n```text\nShare.\n```\n"
	if got, _ := strings.CutPrefix(string(page), head); got != want {
		t.Errorf("got %q\nwant %q", got, want)
	}
}

func TestNoLicenceIsAnError(t *testing.T) {
	_, err := write([]*module{{Path: "example.org/m", Version: "v1.2.3", Dir: t.TempDir()}})
	if err == nil || !strings.Contains(err.Error(), "module example.org/m v1.2.3 has no licence file") {
		t.Errorf("got %v, want an error that names the module", err)
	}
}
