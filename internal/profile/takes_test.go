package profile_test

import (
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/profile"
)

// An action that continues in the same words keeps its time; in other words its time is unknown.
func TestContinuedActionKeepsItsTime(t *testing.T) {
	was := profile.Action{
		ID: "a-1", Sort: profile.Study, Text: text("Read the SOP"), Who: text("Jo"), Shows: text("A page"), IfThen: text("If late, then"),
		Due: calendar.Of(2026, 11, 1), Minutes: 40, OffJob: "ask", Status: profile.ActionChanged, Note: text("ill"), Closed: calendar.Of(2026, 11, 2),
	}
	want := was
	want.ID, want.Status, want.Note, want.Closed = "a-2", profile.ActionOpen, text(""), calendar.Date{}
	if got := was.ContinuedAs("a-2", was.Text); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	want.Text, want.Minutes, want.OffJob = text("Read two SOPs"), 0, ""
	if got := was.ContinuedAs("a-2", want.Text); got != want {
		t.Errorf("in other words: %+v, want %+v", got, want)
	}
	for minutes, says := range map[int]string{0: "ask your provider whether it counts as off-the-job training", 40: "about 40 minutes, ask your provider whether it counts as off-the-job training"} {
		if got := profile.Takes(minutes, "ask"); got != says {
			t.Errorf("%d: %q", minutes, got)
		}
	}
	if got := profile.Takes(40, "") + profile.Takes(0, ""); got != "about 40 minutes" {
		t.Errorf("%q", got)
	}
}
