package tui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Home says after the first frame that a sync program has left a copy. Without one, nothing is drawn again.
func TestHomeNamesCopiesAfterTheFirstFrame(t *testing.T) {
	t.Parallel()
	r := newRig(t, demoProfile(), 100, 50)
	frame := r.a.frame
	r.send(r.a.copiesAfter(0)())
	if r.a.frame != frame {
		t.Error("no copy draws the screen anew")
	}
	src, err := os.ReadFile(r.file)
	if err != nil {
		t.Fatal(err)
	}
	ext := filepath.Ext(r.file)
	path := strings.TrimSuffix(r.file, ext) + " (1)" + ext
	if err := os.WriteFile(path, append(src, "\n[mine]\nhush = 1\n"...), 0o600); err != nil {
		t.Fatal(err)
	}
	r.send(r.a.copiesAfter(0)())
	if got := r.screen(); !strings.Contains(got, "seems to have left a copy of your profile") || strings.Contains(got, "hush") {
		t.Errorf("Home says:\n%s", got)
	}
	if r.a.message != "" {
		t.Errorf("it covers something: %s", r.a.message)
	}
}
