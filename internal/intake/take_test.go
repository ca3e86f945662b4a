package intake_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/export"
	"github.com/ksbcoach/ksbcoach/internal/handout"
	"github.com/ksbcoach/ksbcoach/internal/intake"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/library"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
)

func learner() profile.Profile {
	return profile.Profile{Standard: "ST0413", Learner: profile.Learner{Name: safetext.New("Sam Low")}}
}

// with is a record after some changes.
func with(t interface{ Fatal(...any) }, p profile.Profile, changes ...profile.Change) profile.Profile {
	for _, c := range changes {
		var err error
		if p, err = c.Apply(p, ground().Standard); err != nil {
			t.Fatal(err)
		}
	}
	return p
}

func self(ksb string, l level.Level, on calendar.Date, note string) profile.Rate {
	text := safetext.New(note)
	return profile.Rate{KSB: ksb, By: profile.Self, Level: l, On: on, Note: &text}
}

func taken(
	t *testing.T,
	p profile.Profile,
	file string,
	o intake.Options,
	doubtful bool,
) (intake.Taking, profile.Profile) {
	t.Helper()
	o.Scales = scaled(t, "0-4")
	proposal, err := understood(t, file, o)
	if err != nil {
		t.Fatal(err)
	}
	taking, err := intake.Take(p, proposal, ground(), doubtful)
	if err != nil {
		t.Fatal(err)
	}
	return taking, with(t, p, taking.Batch)
}

func lines(list []intake.Outcome) string {
	var out []string
	for _, x := range list {
		out = append(out, x.String())
	}
	return strings.Join(out, "\n")
}

func TestExistingRatingsAreKeptOrShownWithTheirReplacement(t *testing.T) {
	was := with(
		t,
		learner(),
		self("K1", 1, today.AddDays(-20), "mine"),
		self("K2", 2, today.AddDays(-10), ""),
		self("K3", 3, today, ""),
		self("K4", 2, today.AddDays(-20), "kept"),
	)
	file := "KSB,Self,Date,Comments\n" +
		"K1,3," + today.String() + ",theirs\n" + // another level, and a comment beside a note
		"K2,2," + today.AddDays(-10).String() + ",\n" + // the same day and level
		"K3,1," + today.AddDays(-2).String() + ",\n" + // older
		"K4,3,,\n" + // no day, another level
		"K5,1," + today.AddDays(-60).String() + ",\n" + // before the round
		"K6,1," + today.AddDays(3).String() + ",\n" + // still to come
		"K7,4,,\n"
	taking, now := taken(t, was, file, intake.Options{}, false)
	if got := lines(taking.New); got != "K7: level 4 (row 8)" {
		t.Error(got)
	}
	if got, want := lines(taking.Other), "K1: level 3 on 22 Nov 2026; in place of 1, with a note; the note there is kept (row 2)\n"+
		"K4: level 3; in place of 2, with a note; the note there is kept (row 5)"; got != want {
		t.Errorf("got\n%s", got)
	}
	if got, want := lines(taking.Kept), "K3: level 1 on 20 Nov 2026; yours is newer, of 22 Nov 2026 (row 4)"; got != want {
		t.Error(got)
	}
	if got := lines(taking.Barred); !strings.Contains(got, "K5") || !strings.Contains(got, "is before the round") ||
		!strings.Contains(got, "K6") ||
		!strings.Contains(got, "still to come") {
		t.Error(got)
	}
	if taking.Same != 1 {
		t.Error(taking.Same)
	}
	r, _ := now.Open()
	if x := r.Ratings[profile.Self]["K1"]; x.Level != 3 || x.Note.Raw() != "mine\ntheirs" || x.On != today {
		t.Error(x)
	}
	if x := r.Ratings[profile.Self]["K4"]; x.Level != 3 || x.Note.Raw() != "kept" || x.On != today {
		t.Error(x)
	}
	again, _ := taken(t, now, file, intake.Options{}, false)
	if len(again.Batch.Changes) > 0 {
		t.Error("a second time changes something:", lines(again.New), lines(again.Other))
	}
}

func TestDoubtfulRowsAreOnlyTakenWhenAskedFor(t *testing.T) {
	const file = "KSB,Self\nK1 and K2,3\nK3,2\n"
	taking, now := taken(t, learner(), file, intake.Options{}, false)
	if r, _ := now.Open(); r.Rated(profile.Self) != 1 ||
		lines(taking.Doubt) != "K1: level 3; one row for K1, K2 (row 2)\nK2: level 3; one row for K1, K2 (row 2)" {
		t.Error(lines(taking.Doubt))
	}
	taking, now = taken(t, learner(), file, intake.Options{}, true)
	if r, _ := now.Open(); r.Rated(profile.Self) != 3 || len(taking.Doubt) > 0 {
		t.Error(lines(taking.Doubt))
	}
}

func TestARoundIsOpenedOnTheDayOfTheEarliestRating(t *testing.T) {
	_, now := taken(t, learner(), "KSB,Self,Date\nK1,1,2026-03-01\nK2,2,2026-02-01\n", intake.Options{}, false)
	r, _ := now.Open()
	if r.Opened != calendar.Of(2026, 2, 1) || r.Rated(profile.Self) != 2 {
		t.Error(r)
	}
	closed := with(t, now, profile.CloseRound{On: calendar.Of(2026, 6, 1)})
	taking, now := taken(
		t,
		closed,
		"KSB,Self,Date\nK1,3,2026-05-01\nK2,3,2026-07-01\nK3,3,2026-08-01\n",
		intake.Options{},
		false,
	)
	r, _ = now.Open()
	if r.Opened != calendar.Of(2026, 7, 1) || r.Rated(profile.Self) != 2 || taking.Opens != "review 1" ||
		!strings.Contains(lines(taking.Barred), "K1") {
		t.Error(r, taking.Opens, lines(taking.Barred))
	}
}

// Here too, a mentor's level is not shown to a learner who has not rated the KSB.
func TestACoveredRatingStaysCovered(t *testing.T) {
	mentor := func(l level.Level) profile.Rate {
		return profile.Rate{KSB: "K1", By: profile.Mentor, Who: safetext.New("J. Ode"), Level: l, On: today.AddDays(-3)}
	}
	was := with(t, learner(), mentor(1))
	taking, now := taken(t, was, "KSB,Mentor\nK1,3\n", intake.Options{By: safetext.New("j ode")}, false)
	if got := lines(taking.Other); got != "K1, by J. Ode; in place of what they gave before (row 2)" {
		t.Error(got)
	}
	if r, _ := now.Open(); len(r.Mentors("K1")) != 1 || r.Mentors("K1")[0].Level != 3 {
		t.Error(r)
	}
	_, now = taken(t, was, "KSB,Mentor\nK1,3\n", intake.Options{By: safetext.New("A. N. Other")}, false)
	if r, _ := now.Open(); len(r.Mentors("K1")) != 2 {
		t.Error("the rating of another mentor is kept", r)
	}
}

func TestARatingSheetRefusesAScan(t *testing.T) {
	proposal, err := understood(t, "KSB,Self (0-4)\nK1,1\n", intake.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := intake.Take(profile.Profile{Standard: "ST0413", Sheet: true}, proposal, ground(), false); err == nil {
		t.Error("it did")
	}
}

// exported is our own export of the ratings of a record, in a format.
func exported(t interface{ Fatal(...any) }, p profile.Profile, word string) []byte {
	l := library.New()
	src := handout.Source{
		Profile:  p,
		Standard: l.Standard("ST0413"),
		Scale:    l.Scale(),
		Today:    today,
		Title:    func(string) string { return "" },
	}
	tables, err := handout.Tables(src, handout.Options{Include: []string{"notes"}})
	if err != nil {
		t.Fatal(err)
	}
	format, ok := export.ForReport(word, "")
	if !ok {
		t.Fatal(word)
	}
	files, err := format.Report(export.Material{Tables: func() ([]handout.Table, error) { return tables, nil }})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if f.Name == "rating.csv" || len(files) == 1 {
			return f.Data
		}
	}
	t.Fatal("no ratings in " + word)
	return nil
}

func TestOurOwnExportGivesTheSameRatings(t *testing.T) {
	walk := ground().Standard.Walk()
	rapid.Check(t, func(t *rapid.T) {
		p := learner()
		for i := range rapid.IntRange(1, 30).Draw(t, "ratings") {
			c := self(
				rapid.SampledFrom(walk).Draw(t, "ksb"),
				level.Level(rapid.IntRange(-1, 4).Draw(t, "level")),
				today.AddDays(-rapid.IntRange(0, 9).Draw(t, "ago")),
				rapid.SampledFrom([]string{"", "a note", "=1+1", "'quoted", "two, \"parts\"; three", "-5", "K8 is near"}).
					Draw(t, "note"),
			)
			if i == 0 {
				c.On = today.AddDays(-9)
			}
			p = with(t, p, c)
			if rapid.Bool().Draw(t, "mentor") {
				c.By, c.Who = profile.Mentor, safetext.New(
					rapid.SampledFrom([]string{"J. Ode", "R. Lindqvist"}).Draw(t, "who"),
				)
				p = with(t, p, c)
			}
		}
		word := rapid.SampledFrom([]string{"json", "csv", "ndjson", "xlsx"}).Draw(t, "format")
		tables, err := intake.Read(exported(t, p, word))
		if err != nil {
			t.Fatal(err)
		}
		scale, err := intake.ReadScale("0-4", ground().Scale)
		if err != nil {
			t.Fatal(err)
		}
		proposal, err := intake.Understand(
			tables,
			ground(),
			intake.Options{Scales: map[profile.Rater]intake.Scale{profile.Self: scale}},
		)
		if err != nil {
			t.Fatal(err)
		}
		taking, err := intake.Take(learner(), proposal, ground(), false)
		if err != nil || len(proposal.Missed)+len(taking.Doubt)+len(taking.Barred) > 0 {
			t.Fatal(err, missed(proposal), lines(taking.Doubt), lines(taking.Barred))
		}
		if got, want := said(with(t, learner(), taking.Batch)), said(p); got != want {
			t.Fatalf("got\n%s\nwant\n%s", got, want)
		}
	})
}

// said lists the ratings of the open round that the learner may see.
func said(p profile.Profile) string {
	r := p.SeenRound(len(p.Rounds) - 1)
	var out strings.Builder
	for _, id := range ground().Standard.Walk() {
		if x, ok := r.Ratings[profile.Self][id]; ok {
			fmt.Fprintln(&out, id, x.Level, x.On, x.Note.Line())
		}
		seen := map[string]string{}
		for _, x := range r.Mentors(id) {
			seen[x.By.Line()] = fmt.Sprint(x.Level, x.On, x.Note.Line())
		}
		fmt.Fprintln(&out, id, seen)
	}
	return out.String()
}
