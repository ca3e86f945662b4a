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

func TestPrograms(t *testing.T) {
	for _, c := range []struct{ ci, program, want string }{
		{"", "no-such-program-here", "skipped: this test needs the program no-such-program-here"},
		{"0", "no-such-program-here", "skipped: "},
		{"1", "no-such-program-here", "failed: this test needs the program no-such-program-here, and KSBCOACH_CI=1"},
		{"1", "go", ""},
	} {
		t.Setenv(strict, c.ci)
		r := &recorder{TB: t}
		done := make(chan struct{})
		go func() {
			defer close(done)
			Programs(r, c.program)
		}()
		<-done
		if !strings.HasPrefix(r.end, c.want) || c.want == "" && r.end != "" {
			t.Errorf("with %s=%q the test for %s ended with %q, want %q", strict, c.ci, c.program, r.end, c.want)
		}
	}
}
