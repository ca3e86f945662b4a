package appraisal

import (
	"testing"
	"time"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

func TestTheTimerCountsFromTheFirstKeyAndCanBeIgnored(t *testing.T) {
	now := time.Date(2026, 11, 22, 14, 0, 0, 0, time.UTC)
	c := &ui.Context{Clock: func() time.Time { return now }}
	var x trial
	x.tick(c)
	if got := x.timer(); got != "" {
		t.Errorf("before it begins: %q", got)
	}
	x.questions = make([]appraisal.Question, 1)
	for minutes, want := range []string{"Just begun. Take the time you need.", "1 minute so far. Take the time you need.", "2 minutes so far. Take the time you need."} {
		now = time.Date(2026, 11, 22, 14, minutes, 30, 0, time.UTC)
		x.tick(c)
		if got := x.timer(); got != want {
			t.Errorf("minute %d: %q, want %q", minutes, got, want)
		}
	}
}
