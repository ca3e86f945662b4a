package forms_test

import (
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/tui/forms"
	"github.com/ksbcoach/ksbcoach/internal/tui/uitest"
)

func TestOutcomeForm(t *testing.T) {
	c := uitest.Demo(80, 24)
	a := profile.Action{ID: "a", Sort: profile.People, Text: safetext.New("Go along"), Who: safetext.New("R."), Due: c.Today.AddDays(3), Shows: safetext.New("A list")}
	form := func(o forms.Outcome) map[string]string {
		o.Action = a
		out := map[string]string{}
		for _, f := range forms.OutcomeForm(c, o).Fields {
			out[f.ID] = f.Value
		}
		return out
	}
	for _, s := range []profile.ActionStatus{profile.ActionDone, profile.ActionNotDone, profile.ActionDropped} {
		if got := forms.OutcomeForm(c, forms.Outcome{Action: a, Status: s}); len(got.Fields) != 1 || got.Fields[0].Need == (s == profile.ActionDone) || got.Title == "" {
			t.Errorf("%s: %+v", s, got)
		}
		if _, next := forms.OutcomeSent(map[string]string{"text": "x"}, c, forms.Outcome{Action: a, Status: s}); next != nil {
			t.Errorf("%s goes on: %+v", s, next)
		}
	}
	if got := form(forms.Outcome{Status: profile.ActionChanged}); got["text"] != "Go along" || got["who"] != "R." || got["shows"] != "A list" || got["due"] != "2026-11-25" {
		t.Errorf("a day still to come stays: %v", got)
	}
	a.Due = c.Today
	if got := form(forms.Outcome{Status: profile.ActionChanged})["due"]; got != "2026-12-10" { // the day before the next review
		t.Errorf("a new day: %s", got)
	}
	before := profile.Action{Text: safetext.New("Go along twice")}
	if got := form(forms.Outcome{Status: profile.ActionChanged, Reason: safetext.New("away"), Next: &before}); got["text"] != "Go along twice" || got["reason"] != "away" || got["due"] != "" {
		t.Errorf("said before: %v", got)
	}
	due := forms.OutcomeForm(c, forms.Outcome{Action: a, Status: profile.ActionChanged}).Fields[2]
	for day, want := range map[string]string{"": "", "2026-11-22": "", "2026-11-21": "is past already", "2206-11-22": "check the year"} {
		if got := due.Check(day); (got == "") != (want == "") || !strings.Contains(got, want) {
			t.Errorf("%s: %q", day, got)
		}
	}
}
