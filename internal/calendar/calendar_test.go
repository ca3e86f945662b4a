package calendar

import (
	"errors"
	"testing"
	"time"
)

func TestParse(t *testing.T) {
	for _, s := range []string{"2026-11-22", "2028-02-29", "1999-12-31"} {
		d, err := Parse(s)
		if err != nil || d.String() != s {
			t.Errorf("Parse(%q) = %v, %v", s, d, err)
		}
	}
	for _, s := range []string{"", "2026-02-31", "2027-02-29", "22/11/2026", "2026-1-2", "2026-11-22T10:00:00", "0001-01-01", "\x1b[2J"} {
		if d, err := Parse(s); err == nil {
			t.Errorf("Parse(%q) = %v, want an error", s, d)
		}
	}
}

func TestTyped(t *testing.T) {
	for in, want := range map[string]string{"2026-11-22": "2026-11-22", "22/11/2026": "2026-11-22", "1/2/2026": "2026-02-01", "29/02/2028": "2028-02-29"} {
		if d, err := Typed(in); err != nil || d.String() != want {
			t.Errorf("Typed(%q) = %v, %v, want %s", in, d, err, want)
		}
	}
	if d, err := Typed(" 1/2/2026\n"); err != nil || d.String() != "2026-02-01" {
		t.Errorf("with space around it: %v, %v", d, err)
	}
	for in, want := range map[string]string{
		"2026-02-29": "there is no 29 February in 2026",
		"29/02/2026": "there is no 29 February in 2026",
		"2026-04-31": "there is no 31 April in 2026",
		"2026-04-00": "there is no 0 April in 2026",
		"2026-13-01": "there is no month 13",
		"11/25/2026": "there is no month 25: the day comes first, as in 22/11/2026",
		"1026-08-01": "check the year: 1026 is too early",
		"tomorrow":   `"tomorrow" is not a date: write it as YYYY-MM-DD, for example 2026-11-22, or as 22/11/2026`,
		"22/11/26":   `"22/11/26" is not a date: write it as YYYY-MM-DD, for example 2026-11-22, or as 22/11/2026`,
	} {
		if d, err := Typed(in); err == nil || err.Error() != want {
			t.Errorf("Typed(%q) = %v, %v, want %s", in, d, err, want)
		}
	}
	if _, err := Typed("tomorrow"); !errors.Is(err, ErrForm) {
		t.Error("a text that is no date is told apart")
	}
}

func TestAddMonthsKeepsToMonthEnd(t *testing.T) {
	for _, c := range []struct {
		from string
		n    int
		want string
	}{
		{"2026-01-31", 1, "2026-02-28"},
		{"2028-01-31", 1, "2028-02-29"},
		{"2026-11-30", 3, "2027-02-28"},
		{"2026-03-31", -1, "2026-02-28"},
		{"2025-09-15", 36, "2028-09-15"},
		{"2026-12-15", 1, "2027-01-15"},
	} {
		from, _ := Parse(c.from)
		if got := from.AddMonths(c.n).String(); got != c.want {
			t.Errorf("%s + %d months = %s, want %s", c.from, c.n, got, c.want)
		}
	}
}

func TestMonths(t *testing.T) {
	for _, c := range []struct {
		from, to string
		want     int
	}{
		{"2025-09-15", "2026-11-14", 13},
		{"2025-09-15", "2026-11-15", 14},
		{"2025-09-15", "2025-09-14", 0},
		{"2025-09-15", "2025-09-15", 0},
		{"2026-01-31", "2026-02-28", 1},
		{"2026-01-31", "2026-02-27", 0},
		{"2025-12-31", "2026-12-30", 11},
	} {
		from, _ := Parse(c.from)
		to, _ := Parse(c.to)
		if got := from.Months(to); got != c.want {
			t.Errorf("months %s to %s = %d, want %d", c.from, c.to, got, c.want)
		}
	}
}

// Months and AddMonths must agree: after n completed months the n-th anniversary is past and the next is not.
func TestMonthsAgreesWithAddMonths(t *testing.T) {
	from := Of(2024, time.January, 29)
	for i := range 800 {
		a := from.AddDays(i % 40)
		b := a.AddDays(i * 3)
		n := a.Months(b)
		if a.AddMonths(n).After(b) || !a.AddMonths(n+1).After(b) {
			t.Fatalf("%v to %v: %d months", a, b, n)
		}
	}
}

func TestDaysAndShort(t *testing.T) {
	a, b := Of(2026, 11, 22), Of(2026, 12, 11)
	if a.Days(b) != 19 || b.Days(a) != -19 || b.Short() != "11 Dec" || b.Long() != "11 Dec 2026" {
		t.Error(a.Days(b), b.Days(a), b.Short(), b.Long())
	}
	if (Date{}).String() != "" || (Date{}).Short() != "" || !(Date{}).IsZero() {
		t.Error("the zero date must print nothing")
	}
}
