package store

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

func TestLookForSaysWhatIsThereAndLeavesTheRest(t *testing.T) {
	dir, home := t.TempDir(), t.TempDir()
	for _, name := range []string{filepath.Join(dir, "log.pdf"), filepath.Join(home, "sop.docx")} {
		if err := os.WriteFile(name, []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	got := LookFor(OS(), map[string]string{
		"a": filepath.Join(dir, "log.pdf"), "b": filepath.Join(dir, "gone.pdf"), "c": "./log.pdf", "d": "~/sop.docx", "e": "~/gone",
		"f": "the shared drive, folder Training", "g": "//server/share/x", "h": "", "i": "/x\uFFFDy", "j": dir, "k": "log.pdf",
	}, dir, home, time.Minute)
	want := map[string]bool{"a": true, "b": false, "c": true, "d": true, "e": false, "j": true}
	if len(got) != len(want) {
		t.Errorf("got %v, want %v", got, want)
	}
	for id, found := range want {
		if g, ok := got[id]; !ok || g != found {
			t.Errorf("%s: %v, %v; want %v", id, g, ok, found)
		}
	}
}

// slow is a disk that does not answer.
type slow struct{ Ops }

func (slow) Stat(string) (os.FileInfo, error) { select {} }

func TestLookForWaitsForNobody(t *testing.T) {
	if got := LookFor(slow{OS()}, map[string]string{"a": "/x"}, "/", "/", time.Millisecond); len(got) != 0 {
		t.Errorf("got %v", got)
	}
}
