package coaching_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/coaching"
)

func TestACardHasItsSource(t *testing.T) {
	got, err := coaching.DecodeCards(`[[fact]]
id = "a"
fields = ["audiology"]
url = "https://www.gov.uk/a"
locator = "Section 2"
status = "changing"
changed = "Version 2 is out."
since = 2026-06-15
supersedes = "Version 1"
checked = 2026-11-01
review_by = 2027-11-01
`, 1)
	if err != nil {
		t.Fatal(err)
	}
	want := coaching.Card{
		ID: "a", Duties: []int{1}, Fields: []string{"audiology"}, URL: "https://www.gov.uk/a", Locator: "Section 2", Status: coaching.Changing,
		Changed: "Version 2 is out.", Since: calendar.Of(2026, 6, 15), Supersedes: "Version 1", Checked: calendar.Of(2026, 11, 1), ReviewBy: calendar.Of(2027, 11, 1),
	}
	if !reflect.DeepEqual(got[0], want) {
		t.Errorf("\n got %+v\nwant %+v", got[0], want)
	}
	if where := got[0].Where(); where != "Section 2: https://www.gov.uk/a" {
		t.Error(where)
	}
	got[0].Locator = ""
	if where := got[0].Where(); where != "https://www.gov.uk/a" {
		t.Error(where)
	}
	if _, err := coaching.DecodeCards("[[fact]]\nid = \"a\"\nstatus = \"sure\"\n", 1); err == nil || !strings.Contains(err.Error(), "sure") {
		t.Errorf("an unknown status: %v", err)
	}
}

func TestLookAgain(t *testing.T) {
	due := calendar.Of(2027, 11, 1)
	for _, c := range []struct {
		status coaching.Status
		on     calendar.Date
		want   bool
	}{
		{coaching.Sourced, due, false},
		{coaching.Sourced, due.AddDays(1), true},
		{coaching.General, due, false},
		{coaching.Changing, due, true},
	} {
		if got := (coaching.Card{Status: c.status, ReviewBy: due}).LookAgain(c.on); got != c.want {
			t.Errorf("%s on %s: %v", c.status, c.on, got)
		}
	}
}

func TestNews(t *testing.T) {
	start := calendar.Of(2025, 9, 15)
	card := func(id, ksb, changed string, since calendar.Date) coaching.Card {
		return coaching.Card{ID: id, KSBs: []string{ksb}, Changed: changed, Since: since}
	}
	cards := []coaching.Card{
		card("told", "K7", "New.", start.AddDays(9)), card("first day", "K7", "New.", start), card("before", "K7", "New.", start.AddDays(-1)),
		card("elsewhere", "K8", "New.", start.AddDays(9)), card("as it was", "K7", "", calendar.Date{}),
	}
	var got []string
	for _, c := range coaching.News(cards, []string{"K7", "S7"}, start, []string{cards[0].Edition(), "elsewhere@2020-01-01"}) {
		got = append(got, c.ID)
	}
	if want := []string{"first day"}; !reflect.DeepEqual(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	cards[0].Since = start.AddDays(10)
	if again := coaching.News(cards, []string{"K7"}, start, []string{"told@2025-09-24", "first day@2025-09-15"}); len(again) != 1 || again[0].ID != "told" {
		t.Errorf("a later change of the same card: %+v", again)
	}
}

func TestTheoriesByUse(t *testing.T) {
	a, err := coaching.DecodeAppraisal(`[[theory]]
id = "a"
use = ["why-goal", "planning"]
author = "A"
year = "2002"
[[theory]]
id = "b"
use = ["planning"]
`)
	if err != nil {
		t.Fatal(err)
	}
	for use, want := range map[coaching.Use]string{coaching.WhyGoal: "a", coaching.Planning: "ab", coaching.Rating: ""} {
		var got string
		for _, x := range a.For(use) {
			got += x.ID
		}
		if got != want {
			t.Errorf("%s: %q, want %q", use, got, want)
		}
	}
	if s := a.Theories[0].Source(); s != "A, 2002" {
		t.Error(s)
	}
}

func TestDecodeReadings(t *testing.T) {
	got, err := coaching.DecodeReadings("[[reading]]\nid = \"r\"\nksbs = [\"K7\"]\ntheories = [\"sbi\"]\ncite = \"A (2020).\"\nurl = \"https://x.nhs.uk\"\nminutes = 10\nquestion = \"Why?\"\n")
	if err != nil {
		t.Fatal(err)
	}
	want := []coaching.Reading{{ID: "r", KSBs: []string{"K7"}, Theories: []string{"sbi"}, Cite: "A (2020).", URL: "https://x.nhs.uk", Minutes: 10, Question: "Why?"}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("\n got %+v\nwant %+v", got, want)
	}
	if _, err := coaching.DecodeReadings("[[reading]]\nlink = \"x\"\n"); err == nil || !strings.Contains(err.Error(), "reading.link") {
		t.Error(err)
	}
}
