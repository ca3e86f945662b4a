// Package testneed says what a test needs from the machine it runs on. Where the need is not met the test is skipped on
// a developer's machine and fails in CI, so that a skipped test is never taken for a passed one. Only tests import it.
package testneed

import (
	"hash/fnv"
	"os"
	"os/exec"
	"runtime/debug"
	"strings"
	"testing"
)

// strict is the variable that .ci/run sets to "1".
const strict = "KSBCOACH_CI"

// Missing ends the test for want of something: skipped, or failed in CI.
func Missing(t testing.TB, what string) {
	t.Helper()
	if os.Getenv(strict) == "1" {
		t.Fatalf("this test needs %s, and %s=1 says that nothing may be missing: have .ci/run install it", what, strict)
	}
	t.Skipf("this test needs %s", what)
}

// Program is the path of the first of these programs that is there; the test needs one of them.
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

// Hurry is for the TestMain of many short tests that are not about disks: their folders are in memory where the system
// has room for that, and garbage is collected less often than in one long program.
func Hurry() {
	debug.SetGCPercent(400)
	inMemory()
}

// Unspaced is a text without white space, to find something in it that may be broken anywhere.
func Unspaced(s string) string { return strings.Join(strings.Fields(s), "") }

// Thorough says whether tests are to try every case where they otherwise try a sample: in CI, but for its short runs.
func Thorough() bool { return os.Getenv(strict) == "1" && !testing.Short() }

// Tries says whether a test tries the case with this name: where tests are thorough all of them, elsewhere one in so
// many, which are the same each time.
func Tries(name string, oneIn int) bool { return Thorough() || Nth(name)%oneIn == 0 }

// Nth is a number that belongs to a name, from 0 on; the numbers of many names are spread evenly.
func Nth(name string) int {
	sum := fnv.New32a()
	_, _ = sum.Write([]byte(name))
	return int(sum.Sum32() >> 1)
}
