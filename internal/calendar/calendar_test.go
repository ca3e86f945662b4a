package calendar

import (
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
	if a.Days(b) != 19 || b.Days(a) != -19 || b.Short() != "11 Dec" || b.Full() != "Fri 11 Dec 2026" || b.Long() != "11 Dec 2026" {
		t.Error(a.Days(b), b.Days(a), b.Short(), b.Long())
	}
	if (Date{}).String() != "" || (Date{}).Short() != "" || (Date{}).Full() != "" || !(Date{}).IsZero() {
		t.Error("the zero date must print nothing")
	}
}
