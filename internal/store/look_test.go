package store

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
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

// hung is a disk of which one folder does not answer.
type hung struct{ Ops }

func (o hung) Stat(path string) (os.FileInfo, error) {
	if strings.HasPrefix(path, "/hung/") {
		select {}
	}
	return o.Ops.Stat(path)
}

// A few places that do not answer leave hundreds of others theirs.
func TestLookForIsNotHeldUpByAFewPlaces(t *testing.T) {
	dir := t.TempDir()
	places := map[string]string{}
	for i := range 300 {
		places[fmt.Sprintf("e-%03d", i)] = filepath.Join(dir, fmt.Sprintf("%d.pdf", i))
	}
	for i := range lookWorkers - 1 {
		places[fmt.Sprintf("a-%d", i)] = fmt.Sprintf("/hung/%d.pdf", i)
	}
	if got := LookFor(hung{OS()}, places, dir, dir, 100*time.Millisecond); len(got) != 300 {
		t.Errorf("%d of 300 are known", len(got))
	}
}
