package privacy_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/privacy"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
)

func holding(texts ...string) (p profile.Profile) {
	for _, text := range texts {
		p.Evidence = append(p.Evidence, profile.Evidence{ID: "e-1", KSBs: []string{"K7"}, On: today, Title: safetext.New(text)})
	}
	return p
}

func applied(t *testing.T, c profile.Change, p profile.Profile) profile.Profile {
	t.Helper()
	after, err := c.Apply(p, nil)
	if err != nil {
		t.Fatal(err)
	}
	return after
}

func says(ways []plan.Way[privacy.Answer], is privacy.Answer) string {
	i := slices.IndexFunc(ways, func(w plan.Way[privacy.Answer]) bool { return w.Is == is })
	if i < 0 {
		return "not offered"
	}
	return ways[i].Says
}

// The question shows the text as it will read, without what was found or anything else that looks like a patient.
func TestQuestionShowsTheTextAsItWillRead(t *testing.T) {
	long := strings.Repeat("word ", 30)
	for text, want := range map[string]string{
		"943 476 5919":                              "Then it reads: [NHS number taken out]",
		"Rang 943 476 5919, twice":                  "Then it reads: Rang [NHS number taken out], twice",
		"Seen\nby 943 476 5919\nand Mrs Zebedee":    "Then it reads: Seen by [NHS number taken out] and […]",
		"Mrs Zebedee, 943 476 5919":                 "Then it reads: [name taken out], […]",
		"943 476 5919 and 943 476 5919 again":       "Then it reads: [NHS number taken out] and […] again",
		long + "for 943 476 5919, " + long:          "Then it reads: … word word word word word word word for [NHS number taken out], word word word word word word word …",
		"\x1b[31mred\x1b[0m 943 476 5919\u202e end": "Then it reads: ",
	} {
		var r privacy.Round
		q, ok := r.Next(privacy.OfRecord(holding(text)))
		if !ok {
			t.Errorf("%q: nothing is asked", text)
			continue
		}
		got := says(q.Ways(false), privacy.TakeOut)
		if got != want && !strings.Contains(text, "\x1b") {
			t.Errorf("%q:\n%s\n%s", text, got, want)
		}
		if all := got + q.Says() + q.Title(); strings.Contains(all, "943") || strings.Contains(all, "Zebedee") || !safetext.Plain(all) {
			t.Errorf("%q: says %s", text, all)
		}
	}
}

// A round asks once about each finding of each text, whatever was answered before.
func TestRoundAsksAboutEachOnce(t *testing.T) {
	p := holding("Mrs Zebedee, 943 476 5919, and again 9434765919", "rang 07700 900123")
	var r privacy.Round
	ask := func(title string, kind privacy.Kind) privacy.Question {
		t.Helper()
		q, ok := r.Next(privacy.OfRecord(p))
		if !ok || q.Title() != "Does this name a patient?"+title || q.Kind != kind {
			t.Fatalf("asked %v %q of %s", ok, q.Title(), q.Kind)
		}
		return q
	}
	q := ask(" 1 of 3", "name")
	r.Answered(q, privacy.Leave)
	q = ask(" 2 of 3", "nhs")
	if len(q.TakenOut().Texts) != 1 {
		t.Errorf("%+v", q.TakenOut())
	}
	p = applied(t, q.TakenOut(), p)
	r.Answered(q, privacy.TakeOut)
	if got := p.Evidence[0].Title.Raw(); got != "Mrs Zebedee, [NHS number taken out], and again [NHS number taken out]" {
		t.Errorf("the title is %q", got)
	}
	q = ask(" 3 of 3", "phone")
	if q.Text()[:q.End] != "rang 07700 900123" {
		t.Errorf("the cursor would be after %q", q.Text()[:q.End])
	}
	p = applied(t, q.Rewritten("rang 07700 900123 from 07700 900456"), p)
	r.Answered(q, privacy.Rewrite)
	q = ask(" 4 of 4", "phone") // it asks about what came in, not about what the learner left in
	p = applied(t, profile.Clear{Marks: []string{q.Mark}}, p)
	r.Answered(q, privacy.NoPatient)
	if q, ok := r.Next(privacy.OfRecord(p)); ok {
		t.Errorf("still asked: %s", q.Says())
	}
	if p.Evidence[1].Title.Raw() != "rang 07700 900123 from 07700 900456" {
		t.Errorf("the text is %q", p.Evidence[1].Title.Raw())
	}
}

func TestWaysInAClosedReviewAndOnASheet(t *testing.T) {
	p := profile.Profile{Reviews: []profile.Review{{
		ID: "v-1", On: today, Closed: today, Agreed: safetext.New("rang Mrs Zebedee at noon"),
	}}}
	var r privacy.Round
	q, _ := r.Next(privacy.OfRecord(p))
	ways := q.Ways(false)
	if len(ways) != 2 || ways[0].Is != privacy.NoPatient || !strings.HasSuffix(q.Says(), "It would then read: rang [name taken out] at noon") {
		t.Errorf("%+v %s", ways, q.Says())
	}
	q, _ = r.Next(privacy.OfRecord(holding("rang Mrs Zebedee at noon")))
	if got := says(q.Ways(true), privacy.NoPatient); got != "not offered" {
		t.Errorf("a rating sheet cannot keep marks, but offers %s", got)
	}
	if q.Title() != "Does this name a patient?" || len(q.Ways(false)) != 4 {
		t.Errorf("%s %+v", q.Title(), q.Ways(false))
	}
}
