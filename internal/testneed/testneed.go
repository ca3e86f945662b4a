// Package testneed is for tests that need something of the machine, such as a program or a right. Without it they are
// skipped on a developer's machine and fail in CI, so that a skipped test is never taken for a passed one. The package
// also decides how much long tests try. Only tests import it.
package testneed

import (
	"hash/fnv"
	"os"
	"os/exec"
	"runtime/debug"
	"strings"
	"testing"
)

// strict is the environment variable that .ci/run sets to "1".
const strict = "KSBCOACH_CI"

// Missing ends a test that lacks something: it is skipped, or fails in CI.
func Missing(t testing.TB, what string) {
	t.Helper()
	if os.Getenv(strict) == "1" {
		t.Fatalf("this test needs %s, and %s=1 says that nothing may be missing: have .ci/run install it", what, strict)
	}
	t.Skipf("this test needs %s", what)
}

// Program is the path of the first of these programs that is installed. If none is, the test ends as with Missing.
func Program(t testing.TB, what string, names ...string) string {
	t.Helper()
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	Missing(t, what)
	return ""
}

// Hurry speeds up a package of many short tests that write small files; call it in TestMain. Their temporary folders
// are then in memory, if the system has room for that, and garbage is collected less often.
func Hurry() {
	debug.SetGCPercent(400)
	inMemory()
}

// Unspaced is a text without white space, to look for words in it that may be wrapped anywhere.
func Unspaced(s string) string { return strings.Join(strings.Fields(s), "") }

// Thorough says whether tests try every case, as they do in CI without -short, or only a sample.
func Thorough() bool { return os.Getenv(strict) == "1" && !testing.Short() }

// Tries says whether a test tries the case with this name: every case in a thorough run, otherwise about one in oneIn,
// the same ones each time.
func Tries(name string, oneIn int) bool { return Thorough() || Nth(name)%oneIn == 0 }

// Nth is a hash of a name, 0 or more, for choosing or ordering cases evenly and always in the same way.
func Nth(name string) int {
	sum := fnv.New32a()
	_, _ = sum.Write([]byte(name))
	return int(sum.Sum32() >> 1)
}
