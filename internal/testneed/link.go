package testneed

import (
	"os"
	"testing"
)

// Link makes a symbolic link for a test. On Windows that takes a right that not every user has.
func Link(t testing.TB, to, link string) {
	t.Helper()
	NotWine(t, "a symbolic link leads nowhere")
	if err := os.Symlink(to, link); err != nil {
		Missing(t, "the right to make symbolic links: "+err.Error())
	}
}

// NotWine skips a test under wine, even in CI, because there it would see what difference says and not what Windows
// does.
func NotWine(t testing.TB, difference string) {
	t.Helper()
	if UnderWine() {
		t.Skip("under wine " + difference + "; on Windows itself this test runs")
	}
}
