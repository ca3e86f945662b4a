package calendar

import (
	"fmt"
	"strconv"
	"time"
)

// fromToday reads words that count from today: today, in 2 weeks, a fortnight ago, next month, Friday, end of November. It says
// whether the text is one of these; the error is of one that could mean two days.
func fromToday(text string, today Date, month Whole) (Date, bool, error) {
	if today.IsZero() {
		return Date{}, false, nil
	}
	switch text {
	case "today":
		return today, true, nil
	case "yesterday":
		return today.AddDays(-1), true, nil
	case "tomorrow":
		return today.AddDays(1), true, nil
	}
	if d, ok := spanFrom(text, today); ok {
		return d, true, nil
	}
	if d, ok := endOf(text, today, month); ok {
		return d, true, nil
	}
	if first, ok := nearMonth(text, today); ok {
		d, err := first.whole(month)
		return d, err == nil, err
	}
	return weekdayFrom(text, today, month)
}

// spanFrom reads a time from today, such as in 2 weeks or a fortnight ago.
func spanFrom(text string, today Date) (Date, bool) {
	m := forms.Get().span.FindStringSubmatch(text)
	if m == nil || (m[1] == "") == (m[4] == "") {
		return Date{}, false
	}
	n, err := strconv.Atoi(m[2])
	if err != nil {
		n = map[string]int{
			"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "eight": 8, "ten": 10, "twelve": 12,
		}[m[2]]
	}
	if m[4] != "" {
		n = -n
	}
	switch m[3] {
	case "day":
		return today.AddDays(n), true
	case "week":
		return today.AddDays(7 * n), true
	case "fortnight":
		return today.AddDays(14 * n), true
	case "year":
		return today.AddMonths(12 * n), true
	}
	return today.AddMonths(n), true
}

// weekdayFrom reads a day of the week. Alone it is the one to come for what is due, and the one that has passed for what has
// happened; what could be either is refused. As most people here mean it, next Friday is that of next week, and this Friday that
// of this one.
func weekdayFrom(text string, today Date, month Whole) (Date, bool, error) {
	m := forms.Get().weekday.FindStringSubmatch(text)
	if m == nil {
		return Date{}, false, nil
	}
	name := named(m[2], 7, func(i int) string { return time.Weekday(i).String() })
	if name < 0 {
		return Date{}, false, nil
	}
	const week = 7
	fromMonday := func(d time.Weekday) int { return (int(d) + week - 1) % week }
	inThisWeek := today.AddDays(fromMonday(time.Weekday(name)) - fromMonday(today.time().Weekday()))
	coming, passed := inThisWeek, inThisWeek
	if !coming.After(today) {
		coming = coming.AddDays(week)
	}
	if !passed.Before(today) {
		passed = passed.AddDays(-week)
	}
	switch {
	case m[1] == "next":
		return inThisWeek.AddDays(week), true, nil
	case m[1] == "this":
		return inThisWeek, true, nil
	case m[1] == "last", month == FirstOf:
		return passed, true, nil
	case month == LastOf:
		return coming, true, nil
	}
	return Date{}, false, fmt.Errorf("which %s? write %s or %s", time.Weekday(name), passed.Long(), coming.Long())
}

// nearMonth reads this month and those beside it.
func nearMonth(text string, today Date) (written, bool) {
	m := forms.Get().near.FindStringSubmatch(text)
	if m == nil {
		return written{}, false
	}
	d := Of(today.Year, today.Month, 1).AddMonths(map[string]int{"last": -1, "next": 1}[m[1]])
	return written{year: strconv.Itoa(d.Year), month: strconv.Itoa(int(d.Month))}, true
}

// endOf reads the start or the end of a month. Without its year a month is the next one for what is due, and the last one for
// what has happened; for what could be either the year is asked for.
func endOf(text string, today Date, month Whole) (Date, bool) {
	m := forms.Get().end.FindStringSubmatch(text)
	if m == nil {
		return Date{}, false
	}
	which := FirstOf
	if m[1] == "end" {
		which = LastOf
	}
	w, ok := nearMonth(m[2], today)
	if !ok {
		w, ok = asDigits(m[2])
	}
	if !ok {
		w, ok = asWords(m[2])
	}
	if !ok || w.day != "" || w.weekday != "" || w.year == "" && month == NoMonth {
		return Date{}, false
	}
	if w.year != "" {
		d, err := w.date(today, which)
		return d, err == nil
	}
	w.year = strconv.Itoa(today.Year)
	d, err := w.date(today, which)
	switch {
	case err != nil:
		return Date{}, false
	case month == LastOf && d.Before(today):
		w.year = strconv.Itoa(today.Year + 1)
	case month == FirstOf && d.After(today):
		w.year = strconv.Itoa(today.Year - 1)
	}
	d, err = w.date(today, which)
	return d, err == nil
}
