// Package calendar holds calendar dates and the arithmetic of programme months. It knows no clock and no time zone:
// today is always handed in.
package calendar

import (
	"cmp"
	"fmt"
	"time"
)

// Date is a day of the Gregorian calendar. The zero Date means "not known".
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// Of makes a Date and normalises it as time.Date does (31 April becomes 1 May).
func Of(year int, month time.Month, day int) Date {
	return fromTime(time.Date(year, month, day, 0, 0, 0, 0, time.UTC))
}

// FromTime takes the calendar day of t in t's own zone.
func FromTime(t time.Time) Date { return fromTime(t) }

func fromTime(t time.Time) Date {
	y, m, d := t.Date()
	return Date{y, m, d}
}

// Parse reads YYYY-MM-DD and refuses days that do not exist. The year must lie between 1900 and 9999.
func Parse(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return Date{}, fmt.Errorf("%q is not a date: write it as YYYY-MM-DD, for example 2026-11-22", clip(s))
	}
	if t.Year() < 1900 {
		return Date{}, fmt.Errorf("the year of %s is too early", s)
	}
	return fromTime(t), nil
}

func clip(s string) string {
	if len(s) > 40 {
		return s[:40]
	}
	return s
}

// IsZero says whether the date is not known.
func (d Date) IsZero() bool { return d == Date{} }

// String is YYYY-MM-DD, or "" for the zero Date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}

// Short is the date for a reader, such as "11 Dec".
func (d Date) Short() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%d %s", d.Day, d.Month.String()[:3])
}

// Long is the date for a reader, such as "11 Dec 2026".
func (d Date) Long() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%s %d", d.Short(), d.Year)
}

// MarshalText gives the date as YYYY-MM-DD, so that JSON carries plain dates.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// Compare is negative when d is before o, zero when equal, positive when after.
func (d Date) Compare(o Date) int {
	return cmp.Or(cmp.Compare(d.Year, o.Year), cmp.Compare(d.Month, o.Month), cmp.Compare(d.Day, o.Day))
}

// Before says whether d lies before o.
func (d Date) Before(o Date) bool { return d.Compare(o) < 0 }

// After says whether d lies after o.
func (d Date) After(o Date) bool { return d.Compare(o) > 0 }

func (d Date) time() time.Time { return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC) }

// AddDays moves the date by n days.
func (d Date) AddDays(n int) Date { return fromTime(d.time().AddDate(0, 0, n)) }

// AddMonths moves the date by n months and keeps to the end of the month where the day does not exist there:
// 31 January plus one month is 28 or 29 February.
func (d Date) AddMonths(n int) Date {
	first := time.Date(d.Year, d.Month+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return Date{first.Year(), first.Month(), min(d.Day, last)}
}

// Days is the number of days from d to o; negative when o is earlier.
func (d Date) Days(o Date) int { return int(o.time().Sub(d.time()).Hours() / 24) }

// Months is the number of completed months from d to o; 0 when o is not later.
func (d Date) Months(o Date) int {
	if !d.Before(o) {
		return 0
	}
	n := (o.Year-d.Year)*12 + int(o.Month) - int(d.Month)
	if d.AddMonths(n).After(o) {
		n--
	}
	return n
}
