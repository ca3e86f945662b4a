package appraisal_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/profile/file"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
)

// closed is the sample learner after a review today.
func closed(t failer, share ...string) (profile.Profile, profile.CloseReview, string) {
	t.Helper()
	p := apply(t, asha(), profile.StartReview{ID: "r-1", On: today, Kind: profile.ReviewAppraisal, With: texts([]string{"J. Ode", "R. Lindqvist"})})
	r, _ := p.OpenReview()
	for _, a := range p.Unchecked(r) {
		p = apply(t, p, profile.CheckAction{Review: "r-1", Action: a.ID, Outcome: profile.ActionNotDone, Reason: text("the list was full")})
	}
	next := calendar.Of(2027, 2, 28)
	p = apply(t, p,
		profile.AddAction{Goal: p.Goals[1].ID, Action: profile.Action{ID: "a-new", Sort: profile.People, Text: text("Teach one"), Who: text("R. Lindqvist"), Due: next, Shows: text("her note")}},
		profile.Agree{KSB: "S2", Level: 3, Reason: text("both saw it"), On: today},
		profile.EditReview{
			ID: "r-1", Agreed: ptr(text("Teaching first.\nThen the probes.")), Wellbeing: ptr(text("tired of lists")), Workload: ptr(text("two lists a day")),
			Support: ptr(text("an hour a fortnight")), Adjust: ptr(text("questions in large print")), Share: &share, Clear: ptr("yes"), Valued: ptr("partly"),
		})
	c, record, err := appraisal.Close(p, std, profile.CloseReview{ID: "r-1", On: today, Next: next, Round: true})
	if err != nil {
		t.Fatalf("%v", err)
	}
	return apply(t, p, c), c, record
}

func ptr[T any](v T) *T { return &v }

func TestRecordReadsLikeThis(t *testing.T) {
	_, _, record := closed(t, profile.ShareSupport)
	file := filepath.Join("testdata", "record.txt")
	want, err := os.ReadFile(file)
	if err != nil || record != strings.ReplaceAll(string(want), "\r\n", "\n") {
		t.Errorf("%s (%v) differs; the record is\n%s", file, err, record)
	}
}

// The record gives each person's level by name.
func TestRecordNamesBothMentors(t *testing.T) {
	p := apply(t, blank("Asha"), rate(profile.Self, "K7", 3, today), rate(profile.Self, "S6", 2, today))
	p = apply(t, p, twoSay("K7", 3, 1)...)
	p = apply(t, p, twoSay("S6", 1, 1)[0], profile.StartReview{ID: "r-1", On: today, With: texts([]string{"J. Ode"})})
	r, _ := p.OpenReview()
	record := appraisal.Record(p, std, r)
	for _, words := range []string{"K7: Asha 3; R. Lindqvist 1; J. Ode 3.", "S6: Asha 2; J. Ode 1."} {
		if !strings.Contains(record, words) {
			t.Errorf("no %q in\n%s", words, record)
		}
	}
	p = apply(t, p, profile.RecordDiffer{KSB: "K7", On: today, Note: text("watch two")})
	if record := appraisal.Record(p, std, r); !strings.Contains(record, "Where we differ\n  K7: Asha 3; R. Lindqvist 1; J. Ode 3. watch two") {
		t.Error(record)
	}
}

// twoSay has two mentors rate a KSB, one after the other.
func twoSay(ksb string, first, second level.Level) []profile.Change {
	note := text("only with prompts")
	return []profile.Change{
		profile.Rate{KSB: ksb, By: profile.Mentor, Level: first, On: today, Who: text("J. Ode")},
		profile.Rate{KSB: ksb, By: profile.Mentor, Level: second, On: today, Who: text("R. Lindqvist"), Note: &note},
	}
}

func TestRecordKeepsPrivateWhatIsPrivate(t *testing.T) {
	private := map[string]string{
		profile.ShareWellbeing: "tired of lists", profile.ShareWorkload: "two lists a day", profile.ShareSupport: "an hour a fortnight", profile.ShareAdjust: "questions in large print",
		profile.ShareReflections: "A relative was angry",
	}
	for mask := range 1 << len(profile.Shares) {
		var share []string
		for i, s := range profile.Shares {
			if mask&(1<<i) != 0 {
				share = append(share, s)
			}
		}
		p, _, record := closed(t, share...)
		r, _ := p.Review("r-1")
		for part, words := range private {
			if got := strings.Contains(record, words); got != r.Shares(part) {
				t.Errorf("shares %v: %s is there: %v", share, part, got)
			}
		}
		for _, round := range p.Rounds {
			for _, x := range round.Ratings[profile.Self] {
				if !x.Note.Empty() && strings.Contains(record, x.Note.Line()) {
					t.Errorf("a note of the learner's is in the record: %s", x.Note)
				}
			}
		}
	}
}

// The file gives the same record, with the hash it holds, after a save and whatever was rated since.
func TestHashIsThatOfTheRecord(t *testing.T) {
	p, c, record := closed(t)
	r, _ := p.Review("r-1")
	if again := appraisal.Record(p, std, r); again != record || appraisal.Hash(again) != c.Hash || r.Hash != c.Hash {
		t.Errorf("%s, in the file %s; the record is now\n%s", c.Hash, r.Hash, again)
	}
	src, err := file.New(p)
	if err != nil {
		t.Fatal(err)
	}
	read, err := file.Decode(src, lib.Standard)
	if err != nil {
		t.Fatal(err)
	}
	later := apply(t, read.Profile, rate(profile.Self, "K7", 4, days(3)), profile.AddAction{Goal: p.Goals[1].ID, Action: profile.Action{ID: "a-later", Sort: profile.Study, Text: text("Later")}})
	r, _ = later.Review("r-1")
	if appraisal.Hash(appraisal.Record(later, std, r)) != c.Hash {
		t.Errorf("the record changed:\n%s", appraisal.Record(later, std, r))
	}
	if !strings.HasPrefix(c.Hash, "sha256:") || len(c.Hash) != len("sha256:")+64 || appraisal.Hash(record+" ") == c.Hash {
		t.Error(c.Hash)
	}
	if first, _ := asha().LastReview(); appraisal.Hash(appraisal.Record(asha(), std, first)) != first.Hash {
		t.Error("the hash of the sample learner's review is not that of its record")
	}
}

func TestCloseIsRefusedAsTheChangeIs(t *testing.T) {
	p := apply(t, asha(), profile.StartReview{ID: "r-1", On: today, With: texts([]string{"J. Ode"})})
	_, record, err := appraisal.Close(p, std, profile.CloseReview{ID: "r-1", On: today, Next: days(90)})
	if msg := refusal(t, err); !strings.Contains(msg, "not checked yet") || record != "" {
		t.Error(msg)
	}
	r, _ := p.OpenReview()
	if draft := appraisal.Record(p, std, r); !strings.Contains(draft, "Draft: this review is not closed yet.") || !strings.Contains(draft, "not checked yet: ") {
		t.Error(draft)
	}
}

// A record is safe to show, whatever a learner, a mentor or a file puts into it.
func TestRecordIsSafeToShow(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		odd := func(name string) safetext.Text {
			return text("\x1b[31m\u202e\r" + rapid.String().Draw(t, name))
		}
		p := asha()
		p.Learner.Name = odd("name")
		r := p.Reviews[0]
		r.With, r.Agreed, r.Support, r.Share = []safetext.Text{odd("with")}, odd("agreed"), odd("support"), profile.Shares
		r.Checked = append(r.Checked, profile.Checked{Action: "gone", Outcome: profile.ActionChanged, Reason: odd("reason")})
		record := appraisal.Record(p, std, r)
		for _, c := range record {
			if c != '\n' && safetext.Forbidden(c) {
				t.Fatalf("%q is in\n%s", c, record)
			}
		}
		if !strings.HasSuffix(record, "\n") || strings.HasSuffix(record, "\n\n") {
			t.Fatalf("line ends: %q", record[len(record)-3:])
		}
	})
}

// For a changed action the record names the new one, in the draft and after closing, whatever happens to it later.
func TestTheRecordNamesWhatGoesOn(t *testing.T) {
	p := apply(t, asha(), profile.StartReview{ID: "r-1", On: today, With: texts([]string{"J. Ode"})})
	r, _ := p.OpenReview()
	left := p.Unchecked(r)
	due := calendar.Of(2027, 1, 31)
	for i, a := range left {
		check := profile.CheckAction{Review: "r-1", Action: a.ID, Outcome: profile.ActionChanged, Reason: text("More to read")}
		switch i {
		case 0:
			check.Next = &profile.Action{ID: "a-same", Sort: a.Sort, Text: a.Text, Due: due}
		case 1:
			check.Next = &profile.Action{ID: "a-other", Sort: a.Sort, Text: text("Do half of it.")}
		}
		p = apply(t, p, check)
	}
	wants := []string{
		"changed: " + left[0].Text.Line() + ". More to read. It goes on in the same words, by 31 Jan 2027.\n",
		"changed: " + left[1].Text.Line() + ". More to read. It goes on as: Do half of it.\n",
		"changed: " + left[2].Text.Line() + ". More to read\n",
	}
	see := func(record string) {
		t.Helper()
		for _, want := range wants {
			if !strings.Contains(record, want) {
				t.Errorf("no %q in\n%s", want, record)
			}
		}
	}
	r, _ = p.OpenReview()
	see(appraisal.Record(p, std, r))
	c, record, err := appraisal.Close(p, std, profile.CloseReview{ID: "r-1", On: today, Next: due.AddDays(28), Round: true})
	if err != nil {
		t.Fatal(err)
	}
	see(record)
	src, err := file.New(apply(t, p, c, profile.EditAction{ID: "a-other", Text: ptr(text("None of it"))}))
	if err != nil {
		t.Fatal(err)
	}
	read, err := file.Decode(src, lib.Standard)
	if err != nil {
		t.Fatal(err)
	}
	r, _ = read.Profile.Review("r-1")
	if again := appraisal.Record(read.Profile, std, r); again != record || appraisal.Hash(again) != r.Hash {
		t.Errorf("from the file it reads\n%s", again)
	}
	for id, a := range r.Kept.Actions {
		a.Next = ""
		r.Kept.Actions[id] = a
	}
	if old := appraisal.Record(read.Profile, std, r); strings.Contains(old, "It goes on") {
		t.Errorf("one that did not keep it says so all the same:\n%s", old)
	}
}
