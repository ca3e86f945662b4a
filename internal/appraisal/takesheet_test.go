package appraisal_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/profile"
)

func TestTakeSheetRefusals(t *testing.T) {
	p := asha()
	empty := readSheet(t, makeSheet(t, p, "K7"))
	full := filled(t, empty, profile.Rate{KSB: "K7", Level: 2, On: today})
	namesake, ben, old, other := blank("Asha Patel"), blank("Ben"), blank("Asha Patel"), p
	namesake.Learner.ID, ben.Learner.ID, other.Standard = "l-namesake", "l-benbenbe", "ST0001"
	nameOnly := full
	nameOnly.Learner.ID = ""
	for name, c := range map[string]struct {
		p    profile.Profile
		s    profile.Profile
		want string
	}{
		"nothing filled in":           {p, empty, "no level is filled in on this sheet"},
		"a namesake":                  {namesake, full, "this sheet was made for another learner of the same name, Asha Patel"},
		"somebody else":               {ben, full, "this sheet is for Asha Patel, the profile is that of Ben"},
		"somebody else, by name only": {ben, nameOnly, "this sheet is for Asha Patel, the profile is that of Ben"},
		"another standard":            {other, full, "this sheet is for the standard ST0413, the profile is on ST0001"},
	} {
		_, err := appraisal.TakeSheet(c.p, c.s, today)
		if msg := refusal(t, err); msg != c.want {
			t.Errorf("%s: %s", name, msg)
		}
	}
	married, spaced := p, old
	married.Learner.Name, spaced.Learner.Name = text("Asha Rao"), text(" asha  PATEL")
	for name, c := range map[string]struct {
		p profile.Profile
		s profile.Profile
	}{
		"renamed": {married, full}, "a profile without an id": {old, full}, "a sheet without an id": {namesake, nameOnly}, "other spaces": {spaced, nameOnly},
	} {
		if _, err := appraisal.TakeSheet(c.p, c.s, today); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	_, err := appraisal.MakeSheet(p, std, lib.Scale(), title, today, []string{"K99"})
	if msg := refusal(t, err); !strings.Contains(msg, "K99") {
		t.Error(msg)
	}
}

func TestTakeSheetWithADayInTheFuture(t *testing.T) {
	p := asha()
	_, err := appraisal.TakeSheet(p, filled(t, readSheet(t, makeSheet(t, p, "K7")), profile.Rate{KSB: "K7", Level: 2, On: days(1)}), today)
	if msg := refusal(t, err); msg != "a day on this sheet, 2026-11-23, is still to come" {
		t.Error(msg)
	}
}

// sheetOf is a sheet made ten days ago, on which K7 is rated 2. A zero day leaves the day out, as people do by hand.
func sheetOf(t *testing.T, p profile.Profile, on calendar.Date, by, note string) profile.Profile {
	t.Helper()
	s := readSheet(t, makeSheet(t, p, "K7"))
	s.Rounds = []profile.Round{{ID: "sheet", Opened: days(-10), Ratings: map[profile.Rater]map[string]profile.Rating{
		profile.Mentor: {"K7": {Level: 2, On: on, By: text(by), Note: text(note)}},
	}}}
	return s
}

// A sheet leaves the ratings by other mentors alone, and says so. That includes ratings without a name.
func TestTakeSheetBesideAnotherMentors(t *testing.T) {
	note := text("at the terminal")
	before := apply(t, blank("Asha"), profile.Rate{KSB: "K7", By: profile.Mentor, Level: 1, On: days(-2), Who: text("R. Lindqvist"), Note: &note})
	for by, want := range map[string]struct {
		mentors []string
		said    string
	}{
		"":              {[]string{"R. Lindqvist 1", " 2"}, "Until then there is no name with K7."},
		"J. Ode":        {[]string{"R. Lindqvist 1", "J. Ode 2"}, "1 rating by J. Ode taken into the round baseline. The ratings by R. Lindqvist are kept too: K7."},
		"r  lindqvist.": {[]string{"R. Lindqvist 1"}, "Nothing was taken from it. Left as they are: K7. The ratings by R. Lindqvist in your profile are newer than the sheet, which was filled in on 19 Nov 2026."},
	} {
		s := sheetOf(t, before, days(-3), by, "")
		got, err := appraisal.TakeSheet(before, s, today)
		if err != nil {
			t.Fatal(err)
		}
		after := apply(t, before, got.Batch)
		var mentors []string
		open, _ := after.Open()
		for _, x := range open.Mentors("K7") {
			mentors = append(mentors, x.By.Raw()+" "+x.Level.String())
		}
		if words := strings.Join(got.Words(s, "baseline"), " "); !slices.Equal(mentors, want.mentors) || !strings.Contains(words, want.said) {
			t.Errorf("%q: %q\n%s", by, mentors, words)
		}
		if x, _ := after.NewestOf("K7", text("R. Lindqvist")); x.Note != note {
			t.Errorf("%q: the note is %q", by, x.Note.Raw())
		}
	}
}

// A sheet that was taken in without the mentor's name adds the name when it is taken in again, and no second rating.
func TestTakeSheetAgainWithItsName(t *testing.T) {
	for name, on := range map[string]calendar.Date{"with its day": days(-3), "without a day": {}} {
		p := blank("Asha")
		first, err := appraisal.TakeSheet(p, sheetOf(t, p, on, "", "seen"), days(-1))
		if err != nil {
			t.Fatal(err)
		}
		p = apply(t, p, first.Batch)
		before, _ := p.Open()
		was := before.Ratings[profile.Mentor]["K7"]
		s := sheetOf(t, p, on, "J. Ode", "seen")
		got, err := appraisal.TakeSheet(p, s, today)
		if err != nil {
			t.Fatal(err)
		}
		after := apply(t, p, got.Batch)
		was.By = text("J. Ode")
		open, _ := after.Open()
		if list := open.Mentors("K7"); len(list) != 1 || list[0] != was || !slices.Equal(got.Named, []string{"K7"}) {
			t.Errorf("%s: %+v, named %v", name, list, got.Named)
		}
		if words := strings.Join(got.Words(s, "baseline"), " "); !strings.Contains(words, "The name of J. Ode is now with ratings that had none: K7.") || strings.Contains(words, "kept too") {
			t.Errorf("%s: %s", name, words)
		}
	}
}

func TestTakeSheetSaysThatItOpensARound(t *testing.T) {
	open := apply(t, blank("Asha"), rate(profile.Self, "K1", 2, days(-20)))
	for name, c := range map[string]struct {
		p    profile.Profile
		want bool
	}{"closed": {apply(t, open, profile.CloseRound{On: days(-5)}), true}, "open": {open, false}} {
		s := sheetOf(t, c.p, days(-3), "J. Ode", "")
		got, err := appraisal.TakeSheet(c.p, s, today)
		if err != nil {
			t.Fatal(err)
		}
		if said := strings.Contains(strings.Join(got.Words(s, "review-1"), " "), "opened a new one"); said != c.want {
			t.Errorf("%s: %q", name, got.Words(s, "review-1"))
		}
	}
}

func TestTakeSheetBesideWhatIsThere(t *testing.T) {
	note := text("at the terminal")
	was := func(l int, on int, by string) profile.Change {
		return profile.Rate{KSB: "K7", By: profile.Mentor, Level: level.Level(l), On: days(on), Who: text(by), Note: &note}
	}
	for name, c := range map[string]struct {
		before                     []profile.Change
		on                         calendar.Date
		note                       string
		isNew, same, kept, instead bool
		wantNote                   string
	}{
		"nothing":                            {nil, days(-3), "", true, false, false, false, ""},
		"an older rating, the note stays":    {[]profile.Change{was(1, -5, "J. Ode")}, days(-3), "", true, false, false, true, "at the terminal"},
		"an older rating, the note is new":   {[]profile.Change{was(1, -5, "J. Ode")}, days(-3), "seen", true, false, false, true, "seen"},
		"a newer rating stays":               {[]profile.Change{was(1, -1, "J. Ode")}, days(-3), "seen", false, false, true, false, "at the terminal"},
		"the same":                           {[]profile.Change{was(2, -3, "J. Ode")}, days(-3), "", false, true, false, false, "at the terminal"},
		"corrected on the same day":          {[]profile.Change{was(3, -3, "J. Ode")}, days(-3), "", true, false, false, true, "at the terminal"},
		"no day, nothing since it was made":  {[]profile.Change{was(2, -11, "J. Ode")}, calendar.Date{}, "", true, false, false, true, "at the terminal"},
		"no day, the same since it was made": {[]profile.Change{was(2, -9, "J. Ode")}, calendar.Date{}, "", false, true, false, false, "at the terminal"},
		"no day, another since it was made":  {[]profile.Change{was(2, -9, "A. Ode")}, calendar.Date{}, "", true, false, false, false, ""},
		"in a closed round":                  {[]profile.Change{was(2, -5, "J. Ode"), profile.CloseRound{On: days(-2)}}, days(-3), "seen", true, false, false, false, "seen"},
		"the same in a closed round":         {[]profile.Change{was(2, -3, "J. Ode"), profile.CloseRound{On: days(-2)}}, days(-3), "", false, true, false, false, "at the terminal"},
	} {
		p := apply(t, blank("Asha"), c.before...)
		got, err := appraisal.TakeSheet(p, sheetOf(t, p, c.on, "J. Ode", c.note), today)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for what, x := range map[string]struct {
			is   []string
			want bool
		}{"new": {got.New, c.isNew}, "same": {got.Same, c.same}, "kept": {got.Kept, c.kept}, "replaced": {codesOf(got.Replaced), c.instead}} {
			if slices.Contains(x.is, "K7") != x.want {
				t.Errorf("%s: %s is %v", name, what, x.is)
			}
		}
		after := apply(t, p, got.Batch)
		if r, _ := after.NewestOf("K7", text("J. Ode")); r.Note.Raw() != c.wantNote {
			t.Errorf("%s: the note is %q", name, r.Note.Raw())
		}
		if len(p.Rounds) > 0 && !p.Rounds[0].Closed.IsZero() && len(after.Rounds[0].Ratings[profile.Mentor]) != len(p.Rounds[0].Ratings[profile.Mentor]) {
			t.Errorf("%s: the closed round was changed", name)
		}
		if r, open := after.Open(); c.isNew && (!open || r.Opened.Before(after.Rounds[0].Closed)) {
			t.Errorf("%s: the ratings went into the round %+v", name, r)
		}
	}
}

func codesOf(replaced []appraisal.Replaced) (out []string) {
	for _, x := range replaced {
		out = append(out, x.KSB)
	}
	return out
}

// A sheet replaces the same mentor's earlier ratings, and shows the learner the old level only if they may see it.
func TestTakeSheetDoesNotRevealCoveredRatings(t *testing.T) {
	before := apply(t, blank("Asha"), profile.Rate{KSB: "K7", By: profile.Mentor, Level: 4, On: days(-9), Who: text("J. Ode")})
	for want, p := range map[string]profile.Profile{
		"rated in this round before: K7.":   before,
		"rated in this round before: K7 4.": apply(t, before, profile.Rate{KSB: "K7", By: profile.Self, Level: 1, On: days(-8)}),
	} {
		got, err := appraisal.TakeSheet(p, sheetOf(t, p, days(-3), "J. Ode", ""), today)
		if err != nil {
			t.Fatal(err)
		}
		if words := strings.Join(got.Words(sheetOf(t, p, days(-3), "J. Ode", ""), "baseline"), " "); !strings.Contains(words, want) {
			t.Errorf("%s", words)
		}
	}
}
