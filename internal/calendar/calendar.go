// Package calendar has calendar dates, arithmetic with days and months, and the reader of dates as people type them. It
// knows no clock and no time zone: callers say which day is today.
package calendar

import (
	"cmp"
	"errors"
	"fmt"
	"strconv"
	"time"
)

// Date is a day of the Gregorian calendar. The zero Date means "not known".
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// Of makes a Date and normalises it as time.Date does: 31 April becomes 1 May.
func Of(year int, month time.Month, day int) Date {
	return FromTime(time.Date(year, month, day, 0, 0, 0, 0, time.UTC))
}

// FromTime is the calendar day of t in t's own time zone.
func FromTime(t time.Time) Date {
	y, m, d := t.Date()
	return Date{y, m, d}
}

// ErrForm means that a text does not look like a date.
var ErrForm = errors.New("not a date: write it as YYYY-MM-DD, for example 2026-11-22")

// Parse reads YYYY-MM-DD, the form in files. The error is ErrForm, or says that there is no such day or month, or that
// the year is before 1900, which must be a slip.
func Parse(s string) (Date, error) {
	if !isISO(s) {
		return Date{}, fmt.Errorf("%q is %w", clip(s), ErrForm)
	}
	return fromDigits(s[:4], s[5:7], s[8:], "")
}

// isISO says whether a text has digits and hyphens where YYYY-MM-DD has them.
func isISO(s string) bool {
	if len(s) != len("2026-11-22") {
		return false
	}
	for i, r := range s {
		dash := i == 4 || i == 7
		if dash && r != '-' || !dash && (r < '0' || r > '9') {
			return false
		}
	}
	return true
}

// fromDigits makes a date of its parts in digits, and refuses one that does not exist. The advice is added to the error
// if there is no such month, since people mix up month and day.
func fromDigits(year, month, day, advice string) (Date, error) {
	y, _ := strconv.Atoi(year)
	m, _ := strconv.Atoi(month)
	d, _ := strconv.Atoi(day)
	switch {
	case y < 1900:
		return Date{}, fmt.Errorf("check the year: %s is too early", year)
	case m < 1 || m > 12:
		return Date{}, fmt.Errorf("there is no month %d%s", m, advice)
	}
	date := Of(y, time.Month(m), d)
	if date.Day != d || int(date.Month) != m {
		return Date{}, fmt.Errorf("there is no %d %s in %d", d, time.Month(m), y)
	}
	return date, nil
}

func clip(s string) string {
	if len(s) > 40 {
		return s[:40]
	}
	return s
}

// IsZero says whether the date is not known.
func (d Date) IsZero() bool { return d == Date{} }

// printed formats the parts of the date, or is "" for the zero Date.
func (d Date) printed(format string, parts ...any) string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf(format, parts...)
}

// String is the form in files, YYYY-MM-DD. Like the other forms it is "" for the zero Date.
func (d Date) String() string { return d.printed("%04d-%02d-%02d", d.Year, d.Month, d.Day) }

// Short is the day and month, such as "11 Dec".
func (d Date) Short() string { return d.printed("%d %.3s", d.Day, d.Month) }

// Long is the whole date, such as "11 Dec 2026".
func (d Date) Long() string { return d.printed("%d %.3s %d", d.Day, d.Month, d.Year) }

// Full is the date with its day of the week, such as "Fri 11 Dec 2026".
func (d Date) Full() string { return d.printed("%.3s %s", d.Weekday(), d.Long()) }

// Near is Short where nobody can mistake the year, which is less than 11 months back or 300 days ahead; else Long.
func (d Date) Near(today Date) string {
	const ahead = 300 // days
	if d.AddMonths(11).After(today) && today.Days(d) < ahead {
		return d.Short()
	}
	return d.Long()
}

// MarshalText writes YYYY-MM-DD, so that dates in JSON are plain text.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// Compare is negative if d is before o, 0 if they are equal and positive if d is after o.
func (d Date) Compare(o Date) int {
	return cmp.Or(cmp.Compare(d.Year, o.Year), cmp.Compare(d.Month, o.Month), cmp.Compare(d.Day, o.Day))
}

// Before says whether d is before o.
func (d Date) Before(o Date) bool { return d.Compare(o) < 0 }

// After says whether d is after o.
func (d Date) After(o Date) bool { return d.Compare(o) > 0 }

func (d Date) time() time.Time { return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC) }

// AddDays is the date n days later.
func (d Date) AddDays(n int) Date { return FromTime(d.time().AddDate(0, 0, n)) }

// Weekend says whether the day is a Saturday or a Sunday.
func (d Date) Weekend() bool { return d.Weekday() == time.Saturday || d.Weekday() == time.Sunday }

// Weekday is the day of the week.
func (d Date) Weekday() time.Weekday { return d.time().Weekday() }

// AddMonths is the date n months later, or the last day of that month if it is shorter: 31 January plus one month is 28
// or 29 February.
func (d Date) AddMonths(n int) Date {
	first := time.Date(d.Year, d.Month+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return Date{first.Year(), first.Month(), min(d.Day, last)}
}

// Days is the number of days from d to o, negative if o is earlier.
func (d Date) Days(o Date) int { return int(o.time().Sub(d.time()).Hours() / 24) }

// Months is the number of completed months from d to o, and 0 if o is not later.
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
