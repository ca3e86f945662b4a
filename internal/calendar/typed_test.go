package calendar

import (
	"errors"
	"strings"
	"testing"
	"time"
)

func TestMeant(t *testing.T) {
	today := Of(2026, time.November, 26)
	for in, want := range map[string]string{
		"2026-11-03": "2026-11-03", "2026-1-2": "2026-01-02", "2026/11/03": "2026-11-03", "2026.11.3": "2026-11-03",
		"3/11/2026": "2026-11-03", "03/11/2026": "2026-11-03", "3.11.2026": "2026-11-03", "3-11-2026": "2026-11-03", "3/11/26": "2026-11-03", "3.11.26": "2026-11-03",
		"1/2/2026": "2026-02-01", " 1/2/2026\n": "2026-02-01",
		"3 Nov 2026": "2026-11-03", "3 November 2026": "2026-11-03", "3rd of november, 2026": "2026-11-03", "3 NOV 26": "2026-11-03", "3-Nov-2026": "2026-11-03",
		"3Nov2026": "", "Nov 3, 2026": "2026-11-03", "November 3rd 2026": "2026-11-03", "1 Sept. 2026": "2026-09-01", "2 May 2027": "2027-05-02",
		"Tue 3 Nov 2026": "2026-11-03", "tuesday, 3 november 2026": "2026-11-03",
		"29/02/2028": "2028-02-29", "29 Feb 2028": "2028-02-29", "2028-02-29": "2028-02-29",
		"today": "2026-11-26", "Yesterday": "2026-11-25", "tomorrow": "2026-11-27", "in 2 weeks": "2026-12-10", "in a month": "2026-12-26", "in 3 days": "2026-11-29",
		"2 weeks ago": "2026-11-12", "a month ago": "2026-10-26", "in 2 weeks ago": "", "2 weeks": "",
		"Nov 3, 26": "2026-11-03", "Nov. 3rd '26": "2026-11-03", "3-Nov-26": "2026-11-03", "3/Nov/26": "2026-11-03", "3.Nov.26": "2026-11-03", "3 - Nov - 26": "2026-11-03",
		"3 Nov. 26": "2026-11-03", "3rd of Nov 26": "2026-11-03", "Tue, 3 Nov 26": "2026-11-03", "3 Nov, 26": "2026-11-03", "Nov 3-2026": "2026-11-03", "3 Nov-2026": "2026-11-03",
		"Nov 2025-26": "", "Nov 3rd-26th": "", "3-26 Nov 2026": "", "Nov 3-26, 2026": "",
		"": "", "soon": "", "26-11-03": "", "3": "", "2026": "", "Mar": "", "march on": "", "3 11 2026": "", "3 Nov 2026 2027": "",
	} {
		d, err := Meant(in, today, AnyTime)
		if d.String() != want || (err == nil) != (want != "") {
			t.Errorf("Meant(%q) = %v, %v, want %q", in, d, err, want)
		}
	}
}

func TestMonthWithoutItsDay(t *testing.T) {
	for _, in := range []string{"Nov 2026", "november 2026", "2026-11", "11/2026", "Nov. 2026"} {
		first, err1 := Meant(in, Date{}, Past)
		last, err2 := Meant(in, Date{}, Future)
		if err1 != nil || err2 != nil || first.String() != "2026-11-01" || last.String() != "2026-11-30" {
			t.Errorf("%q: %v, %v; %v, %v", in, first, err1, last, err2)
		}
		if _, err := Meant(in, Date{}, AnyTime); !errors.Is(err, ErrMonth) || err.Error() != "the day is missing: which day of November 2026?" {
			t.Errorf("%q: %v", in, err)
		}
	}
	for in, want := range map[string]string{"Feb 2028": "2028-02-29", "2/2026": "2026-02-28", "Dec 2026": "2026-12-31"} {
		if d, err := Meant(in, Date{}, Future); err != nil || d.String() != want {
			t.Errorf("the end of %s: %v, %v", in, d, err)
		}
	}
}

func TestErrorsSayWhatIsWrong(t *testing.T) {
	today := Of(2027, time.January, 4)
	const forms = " is not a date: write it as 22 Nov 2026, 22/11/2026 or 2026-11-22"
	for in, want := range map[string]string{
		"2026-02-29":         "there is no 29 February in 2026",
		"29/02/2026":         "there is no 29 February in 2026",
		"29 Feb 2027":        "there is no 29 February in 2027",
		"31/02/26":           "there is no 31 February in 2026",
		"2026-04-31":         "there is no 31 April in 2026",
		"2026-04-00":         "there is no 0 April in 2026",
		"2026-13-01":         "there is no month 13: the month comes after the year, as in 2026-11-22",
		"2026-25-11":         "there is no month 25: the month comes after the year, as in 2026-11-22",
		"11/25/2026":         "there is no month 25: the day comes first, as in 22/11/2026",
		"11/25/26":           "there is no month 25: the day comes first, as in 22/11/2026",
		"13/2026":            "there is no month 13",
		"1026-08-01":         "check the year: 1026 is too early",
		"3 Nov 206":          `"3 Nov 206"` + forms,
		"Wed 3 Nov 2026":     "3 Nov 2026 is a Tuesday",
		"Nov 26":             "write the year in full, as in November 2026",
		"Nov":                "the day and the year are missing: write it as 22 November 2027",
		"Nov 15-27":          "write one day with its year in full, as in 15 Nov 2027",
		"May 22/23":          "write one day with its year in full, as in 22 May 2023",
		"Nov 5 26":           "write one day with its year in full, as in 5 Nov 2026",
		"Nov-5-26":           "write one day with its year in full, as in 5 Nov 2026",
		"15 Nov-27":          "write one day with its year in full, as in 15 Nov 2027",
		"15 Nov - 27":        "write one day with its year in full, as in 15 Nov 2027",
		"15-Nov 27":          "write one day with its year in full, as in 15 Nov 2027",
		"Sun Nov 15-27":      "write one day with its year in full, as in 15 Nov 2027",
		"Sunday Nov 2026":    "which Sunday of November 2026? write it with its day, as in 1 Nov 2026",
		"tue, sept. 2026":    "which Tuesday of September 2026? write it with its day, as in 1 Sep 2026",
		"soon":               `"soon"` + forms,
		"\x1b[2J":            `"\x1b[2J"` + forms,
		"next to never mind": `"next to never mind"` + forms,
	} {
		if d, err := Meant(in, today, Past); err == nil || err.Error() != want {
			t.Errorf("Meant(%q) = %v, %v, want %s", in, d, err, want)
		}
	}
	for in, want := range map[string]string{
		"3 Nov":    "the year is missing: write it as 3 Nov 2027",
		"3/11":     "the year is missing: write it as 3 Nov 2027",
		"May 3":    "the year is missing: write it as 3 May 2027",
		"June 2nd": "the year is missing: write it as 2 Jun 2027",
	} {
		if d, err := Meant(in, today, AnyTime); err == nil || err.Error() != want {
			t.Errorf("Meant(%q) = %v, %v, want %s", in, d, err, want)
		}
	}
	late := Of(2026, time.November, 28)
	for in, want := range map[string]string{
		"Jan":    "the day and the year are missing: write it as 22 January 2027",
		"Dec":    "the day and the year are missing: write it as 22 December 2026",
		"soon":   `"soon" is not a date: write it as 22 Nov 2027, 22/11/2027 or 2027-11-22`,
		"31 Jun": "there is no 31 June",
	} {
		if d, err := Meant(in, late, Future); err == nil || err.Error() != want {
			t.Errorf("what is due by %q = %v, %v, want %s", in, d, err, want)
		}
	}
	for _, word := range []string{"tomorrow", "in 2 weeks"} {
		if _, err := Typed(word); !errors.Is(err, ErrForm) {
			t.Errorf("%q has no day without today: %v", word, err)
		}
	}
	if _, err := Typed(strings.Repeat("x", 500)); len(err.Error()) > 150 {
		t.Errorf("a long text is not repeated: %v", err)
	}
}

// A date copied from Word, Outlook or a web page is read like one that was typed.
func TestCopiedDates(t *testing.T) {
	today := Of(2026, time.November, 24)
	for in, want := range map[string]string{
		"3\u2013Nov\u20132026": "2026-11-03", "2026\u201111\u201103": "2026-11-03", "3\u201411\u20142026": "2026-11-03", "2026\u221211\u221203": "2026-11-03",
		"3 Nov \u201926": "2026-11-03", "3 Nov 2026.": "2026-11-03", "3/11/2026.": "2026-11-03", "2026-11-03.": "2026-11-03", "2026-11-03,": "2026-11-03",
		"3\u00a0November\u202f2026": "2026-11-03", "\u200e3/11/2026": "2026-11-03", "3 Nov\u00adember 2026": "2026-11-03", "tomorrow.": "2026-11-25",
		"in 2\u00a0weeks": "2026-12-08", "3\u201326 Nov 2026": "",
	} {
		d, err := Meant(in, today, AnyTime)
		if d.String() != want || (err == nil) != (want != "") {
			t.Errorf("Meant(%q) = %v, %v, want %q", in, d, err, want)
		}
	}
}

// The same words mean a day ahead or a day past, as the tense says.
func TestMeantFromToday(t *testing.T) {
	today := Of(2026, time.November, 24) // a Tuesday
	for _, c := range []struct{ in, due, happened, either string }{
		{"Friday", "2026-11-27", "2026-11-20", ""},
		{"fri", "2026-11-27", "2026-11-20", ""},
		{"by Friday.", "2026-11-27", "2026-11-20", ""},
		{"Tuesday", "2026-12-01", "2026-11-17", ""},
		{"Monday", "2026-11-30", "2026-11-23", ""},
		{"Sunday", "2026-11-29", "2026-11-22", ""},
		{"next Friday", "2026-12-04", "2026-12-04", "2026-12-04"},
		{"next Monday", "2026-11-30", "2026-11-30", "2026-11-30"},
		{"next sunday", "2026-12-06", "2026-12-06", "2026-12-06"},
		{"this Friday", "2026-11-27", "2026-11-27", "2026-11-27"},
		{"last Friday", "2026-11-20", "2026-11-20", "2026-11-20"},
		{"last Tuesday", "2026-11-17", "2026-11-17", "2026-11-17"},
		{"in a fortnight", "2026-12-08", "2026-12-08", "2026-12-08"},
		{"a fortnight ago", "2026-11-10", "2026-11-10", "2026-11-10"},
		{"in a year", "2027-11-24", "2027-11-24", "2027-11-24"},
		{"end of November", "2026-11-30", "2025-11-30", ""},
		{"the end of October", "2027-10-31", "2026-10-31", ""},
		{"end of February", "2027-02-28", "2026-02-28", ""},
		{"start of November", "2027-11-01", "2026-11-01", ""},
		{"end of Nov 2026", "2026-11-30", "2026-11-30", "2026-11-30"},
		{"beginning of 11/2026", "2026-11-01", "2026-11-01", "2026-11-01"},
		{"end of the month", "2026-11-30", "2026-11-30", "2026-11-30"},
		{"end of next month", "2026-12-31", "2026-12-31", "2026-12-31"},
		{"next month", "2026-12-31", "2026-12-01", ""},
		{"last month", "2026-10-31", "2026-10-01", ""},
		{"end of everything", "", "", ""},
		{"end of 3 November", "", "", ""},
		{"next to nothing", "", "", ""},
		{"next Mars", "", "", ""},
	} {
		for tense, want := range map[Tense]string{Future: c.due, Past: c.happened, AnyTime: c.either} {
			d, err := Meant(c.in, today, tense)
			if d.String() != want || (err == nil) != (want != "") {
				t.Errorf("Meant(%q, %d) = %v, %v, want %q", c.in, tense, d, err, want)
			}
		}
	}
	if _, err := Meant("Friday", today, AnyTime); err == nil || err.Error() != "which Friday? write 20 Nov 2026 or 27 Nov 2026" {
		t.Errorf("a weekday that could be either names both: %v", err)
	}
	if _, err := Typed("Friday"); !errors.Is(err, ErrForm) {
		t.Errorf("a weekday has no day without today: %v", err)
	}
}

// Every form that the program writes it also reads, for each day of nine years.
func TestWrittenDatesReadBack(t *testing.T) {
	for d := Of(2024, time.January, 1); d.Year < 2033; d = d.AddDays(1) {
		for _, text := range []string{d.String(), d.Long(), d.Full()} {
			if got, err := Typed(text); err != nil || got != d {
				t.Fatalf("%q: %v, %v", text, got, err)
			}
		}
	}
}

func FuzzMeant(f *testing.F) {
	for _, s := range []string{"3 Nov 2026", "3/11/26", "in 2 weeks", "Nov 2026", "tue, 3rd of nov '26", "Sunday Nov 2026", "15-Nov-27", "Nov 15-27", "next fri", "end of nov", "in a fortnight", "3\u2013nov\u20132026."} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := Meant(s, Of(2026, time.November, 26), Future)
		if (err == nil) == d.IsZero() {
			t.Errorf("%q: %v, %v", s, d, err)
		}
	})
}

// A day without its year is the next one in the future tense and the last one in the past.
func TestDayWithoutItsYear(t *testing.T) {
	today := Of(2026, 11, 22)
	for _, c := range []struct{ typed, due, happened string }{
		{"15 Jan", "2027-01-15", "2026-01-15"},
		{"15/1", "2027-01-15", "2026-01-15"},
		{"1st December", "2026-12-01", "2025-12-01"},
		{"22 Nov", "2026-11-22", "2026-11-22"},
		{"29 Feb", "2028-02-29", "2024-02-29"},
	} {
		if d, err := Meant(c.typed, today, Future); err != nil || d.String() != c.due {
			t.Errorf("%s due: %s, %v", c.typed, d, err)
		}
		if d, err := Meant(c.typed, today, Past); err != nil || d.String() != c.happened {
			t.Errorf("%s happened: %s, %v", c.typed, d, err)
		}
	}
	for typed, tense := range map[string]Tense{"31 Feb": Future, "15 Jan": AnyTime, "Monday 15 Jan": Future, "Friday 15 Jan": Past} {
		if d, err := Meant(typed, today, tense); err == nil {
			t.Errorf("%s is read as %s", typed, d)
		}
	}
	if d, err := Meant("Friday 15 Jan", today, Future); err != nil || d != Of(2027, 1, 15) {
		t.Errorf("with its weekday: %s, %v", d, err)
	}
}
