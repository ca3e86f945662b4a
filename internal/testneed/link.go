package testneed

import (
	"os"
	"testing"
)

// Link makes a symbolic link for a test that needs one: on Windows that takes a right.
func Link(t testing.TB, to, link string) {
	t.Helper()
	NotWine(t, "a symbolic link leads nowhere")
	if err := os.Symlink(to, link); err != nil {
		Missing(t, "the right to make symbolic links: "+err.Error())
	}
}

// NotWine skips a test of something that wine does otherwise than Windows, in CI too: nothing can be installed for it.
func NotWine(t testing.TB, otherwise string) {
	t.Helper()
	if UnderWine() {
		t.Skip("under wine " + otherwise + "; on Windows itself this test runs")
	}
}
