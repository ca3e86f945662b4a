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

func TestTakeSheetRefusesWhatIsNotMeant(t *testing.T) {
	p := asha()
	empty := readSheet(t, makeSheet(t, p, "K7"))
	full := empty
	full.Rows = []appraisal.SheetRow{{KSB: "K7", Rated: true, Level: 2}}
	namesake, ben, old, other := blank("Asha Patel"), blank("Ben"), blank("Asha Patel"), p
	namesake.Learner.ID, ben.Learner.ID, other.Standard = "l-namesake", "l-benbenbe", "ST0001"
	late := full
	late.On = days(1)
	nameOnly := full
	nameOnly.LearnerID = ""
	for name, c := range map[string]struct {
		p    profile.Profile
		s    appraisal.Sheet
		want string
	}{
		"nothing filled in":           {p, empty, "no level is filled in on this sheet"},
		"a namesake":                  {namesake, full, "this sheet was made for another learner of the same name, Asha Patel"},
		"somebody else":               {ben, full, "this sheet is for Asha Patel, the profile is that of Ben"},
		"somebody else, by name only": {ben, nameOnly, "this sheet is for Asha Patel, the profile is that of Ben"},
		"another standard":            {other, full, "this sheet is for the standard ST0413, the profile is on ST0001"},
		"a day to come":               {p, late, "the day on this sheet, 2026-11-23, is still to come"},
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
		s appraisal.Sheet
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

// sheetOf is a sheet made ten days ago on which K7 is rated 2.
func sheetOf(t *testing.T, p profile.Profile, on calendar.Date, note string) appraisal.Sheet {
	t.Helper()
	s := readSheet(t, makeSheet(t, p, "K7"))
	s.Made, s.On, s.By = days(-10), on, text("J. Ode")
	s.Rows = []appraisal.SheetRow{{KSB: "K7", Rated: true, Level: 2, Note: text(note)}}
	return s
}

// A sheet takes over neither the name nor the note of another mentor, and says so.
func TestTakeSheetInPlaceOfAnotherMentors(t *testing.T) {
	note := text("at the terminal")
	p := apply(t, blank("Asha"), profile.Rate{KSB: "K7", By: profile.Mentor, Level: 1, On: days(-12), Who: text("R. Lindqvist"), Note: &note})
	for by, want := range map[string]struct{ note, said string }{
		"":              {"at the terminal", "Until then no name stands beside K7."},
		"J. Ode":        {"", "In place of what a mentor had rated in this round before: K7 1 by R. Lindqvist, with a note. What the other mentor noted went with that rating: K7."},
		"r  lindqvist.": {"at the terminal", "1 rating by R. Lindqvist taken into the round baseline."},
	} {
		s := sheetOf(t, p, days(-3), "")
		s.By = text(by)
		got, err := appraisal.TakeSheet(p, s, today)
		if err != nil {
			t.Fatal(err)
		}
		r, _ := apply(t, p, got.Batch).Newest("K7", profile.Mentor)
		if words := strings.Join(got.Words(s, "baseline"), " "); !profile.SameName(r.By, s.By) || strings.Contains(by, "lind") && r.By.Raw() != "R. Lindqvist" || r.Note.Raw() != want.note || !strings.Contains(words, want.said) {
			t.Errorf("%q: %+v\n%s", by, r, words)
		}
	}
}

func TestTakeSheetSaysThatItOpensARound(t *testing.T) {
	open := apply(t, blank("Asha"), rate(profile.Self, "K1", 2, days(-20)))
	for name, c := range map[string]struct {
		p    profile.Profile
		want bool
	}{"closed": {apply(t, open, profile.CloseRound{On: days(-5)}), true}, "open": {open, false}} {
		s := sheetOf(t, c.p, days(-3), "")
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
		"no day, another since it was made":  {[]profile.Change{was(2, -9, "A. Ode")}, calendar.Date{}, "", false, false, true, false, "at the terminal"},
		"in a closed round":                  {[]profile.Change{was(2, -5, "J. Ode"), profile.CloseRound{On: days(-2)}}, days(-3), "seen", true, false, false, false, "seen"},
		"the same in a closed round":         {[]profile.Change{was(2, -3, "J. Ode"), profile.CloseRound{On: days(-2)}}, days(-3), "", false, true, false, false, "at the terminal"},
	} {
		p := apply(t, blank("Asha"), c.before...)
		got, err := appraisal.TakeSheet(p, sheetOf(t, p, c.on, c.note), today)
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
		if r, _ := after.Newest("K7", profile.Mentor); r.Note.Raw() != c.wantNote {
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
