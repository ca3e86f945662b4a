package testneed

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
)

// A recorder stands in for a test and keeps how it ended.
type recorder struct {
	testing.TB
	end string
}

func (r *recorder) Helper() {}

func (r *recorder) Fatalf(format string, args ...any) {
	r.end = "failed: " + fmt.Sprintf(format, args...)
	runtime.Goexit()
}

func (r *recorder) Skipf(format string, args ...any) {
	r.end = "skipped: " + fmt.Sprintf(format, args...)
	runtime.Goexit()
}

func TestMissing(t *testing.T) {
	for _, c := range []struct{ ci, want string }{
		{"", "skipped: this test needs a second screen"},
		{"0", "skipped: "},
		{"1", "failed: this test needs a second screen, and KSBCOACH_CI=1"},
	} {
		t.Setenv(strict, c.ci)
		r := &recorder{TB: t}
		done := make(chan struct{})
		go func() {
			defer close(done)
			Missing(r, "a second screen")
		}()
		<-done
		if !strings.HasPrefix(r.end, c.want) {
			t.Errorf("with %s=%q the test ended with %q, want %q", strict, c.ci, r.end, c.want)
		}
	}
}
