package profile_test

import (
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/profile"
)

func TestOverdue(t *testing.T) {
	day := calendar.Of(2026, 11, 22)
	for _, x := range []struct {
		status profile.ActionStatus
		due    calendar.Date
		want   bool
	}{
		{profile.ActionOpen, day.AddDays(-1), true},
		{profile.ActionOpen, day, false},
		{profile.ActionOpen, calendar.Date{}, false},
		{profile.ActionDone, day.AddDays(-1), false},
		{profile.ActionNotDone, day.AddDays(-1), false},
	} {
		if got := (profile.Action{Status: x.status, Due: x.due}).Overdue(day); got != x.want {
			t.Errorf("%s, due %s: %v", x.status, x.due, got)
		}
	}
}

func TestReviewAfter(t *testing.T) {
	p := profile.Profile{Settings: profile.Settings{Every: 2}}
	r := profile.Review{On: calendar.Of(2026, 11, 22)}
	if got := p.ReviewAfter(r); got != calendar.Of(2027, 1, 31) {
		t.Errorf("by the interval: %s", got)
	}
	r.Next = calendar.Of(2027, 1, 7)
	if got := p.ReviewAfter(r); got != r.Next {
		t.Errorf("as it was set: %s", got)
	}
}
