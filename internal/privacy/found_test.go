package privacy_test

import (
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/library"
	"github.com/ksbcoach/ksbcoach/internal/privacy"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/profile/file"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
)

var today = calendar.Date{Year: 2026, Month: 11, Day: 22}

// Every text of a record is looked through, and a warning says where it is without repeating anything that was typed.
func TestEveryTextOfARecordIsGuarded(t *testing.T) {
	sample := library.New().Demo(today)
	if found := privacy.OfRecord(sample); len(found) > 0 {
		t.Fatalf("the sample learner is warned of: %s", found[0].Says())
	}
	const secret = "Zebedee"
	places := map[string]bool{}
	named := file.MapTexts(sample, func(where string, _ safetext.Text) safetext.Text {
		places[where] = true
		return safetext.New("seen\nby 943 476 5919 and Mrs " + secret)
	})
	found := privacy.OfRecord(named)
	numbers, names := 0, 0
	for _, f := range found {
		switch f.Kind {
		case "nhs":
			numbers++
		case "name":
			names++
		default:
			t.Errorf("found %s", f.Says())
		}
		if says := f.Says() + f.Advice(); strings.Contains(says, secret) || strings.Contains(says, "943") {
			t.Errorf("the warning says what was found: %s", says)
		}
		if !strings.Contains(f.Says(), "line 2") {
			t.Errorf("the warning does not say the line: %s", f.Says())
		}
	}
	if numbers < 100 || names < 60 || names >= numbers {
		t.Errorf("%d numbers and %d names in %d places; want fewer names, since some places ask for colleagues",
			numbers, names, len(places))
	}

	if again := privacy.OfChange(named, named); len(again) > 0 {
		t.Errorf("nothing was changed, but it warns: %s", again[0].Says())
	}
	for _, f := range found {
		named.Privacy.Cleared = append(named.Privacy.Cleared, f.Mark)
	}
	if left := privacy.OfRecord(named); len(left) > 0 {
		t.Errorf("everything was cleared, but it warns: %s", left[0].Says())
	}
}

func TestRedactionLeavesClosedReviewsAndOtherWords(t *testing.T) {
	p := library.New().Demo(today)
	text := safetext.New("Fitted it. Mrs Zebedee, 943 476 5919, was glad.\nNext time: quieter.")
	p.Goals[0].Note, p.Evidence[0].Title = text, text
	closed := -1
	for i, r := range p.Reviews {
		if !r.Closed.IsZero() {
			closed = i
		}
	}
	if closed < 0 {
		t.Fatal("the sample learner has no closed review")
	}
	p.Reviews[closed].Agreed = text
	found := privacy.OfRecord(p)
	after, err := privacy.Redaction(found).Apply(p, nil)
	if err != nil {
		t.Fatal(err)
	}
	const want = "Fitted it. [name taken out], [NHS number taken out], was glad.\nNext time: quieter."
	if got := after.Goals[0].Note.Raw(); got != want {
		t.Errorf("the note of the goal is %q", got)
	}
	if got := after.Evidence[0].Title.Raw(); got != want {
		t.Errorf("the title is %q", got)
	}
	if got := after.Reviews[closed].Agreed.Raw(); got != text.Raw() {
		t.Errorf("a closed review was changed: %q", got)
	}
	if p.Goals[0].Note.Raw() != text.Raw() {
		t.Error("the record before was changed")
	}
	left := privacy.OfRecord(after)
	for _, f := range left {
		if !f.Closed {
			t.Errorf("still there: %s", f.Says())
		}
	}
	if _, err := privacy.Redaction(left).Apply(after, nil); err == nil || len(left) != 2 {
		t.Errorf("%d are left in a closed review, and redacting them says %v", len(left), err)
	}
}

func TestFileNamesAreGuarded(t *testing.T) {
	for name, want := range map[string]int{
		"/home/sam/Mrs_Jones-audiogram.pdf": 1, `C:\notes\patient-John-Smith.docx`: 1, "943-476-5919.txt": 1,
		"Mrs_Jones_943-476-5919.txt":       2,
		"/home/sam/report-2026-11-22.html": 0, "SOP-12_v3.pdf": 0, "ksb-K7.xlsx": 0, "/home/Mrs Jones/report.txt": 0,
	} {
		found := privacy.OfFile(name, nil)
		if len(found) != want {
			t.Errorf("%s: %d findings, not %d", name, len(found), want)
		}
	}
	p := profile.Profile{Evidence: []profile.Evidence{{ID: "e-1", KSBs: []string{"K7"}, On: today, Where: safetext.New("Mrs_Jones.pdf")}}}
	if found := privacy.OfRecord(p); len(found) != 1 || found[0].Place != "the place of the evidence of 22 Nov 2026 for K7" {
		t.Errorf("found %v", found)
	}
}

func TestClearKeepsEachMarkOnce(t *testing.T) {
	p, err := profile.Clear{Marks: []string{"nhs-7k2m", "nhs-7k2m"}}.Apply(profile.Profile{}, nil)
	if err != nil || len(p.Privacy.Cleared) != 1 {
		t.Errorf("cleared: %v, %v", p.Privacy.Cleared, err)
	}
	for _, marks := range [][]string{nil, {"two words"}, {"nomark"}} {
		if _, err := (profile.Clear{Marks: marks}).Apply(p, nil); err == nil {
			t.Errorf("%q was taken for a mark", marks)
		}
	}
}
