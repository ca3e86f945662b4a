package calendar

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/ksbcoach/ksbcoach/internal/lazy"
)

// Whole says which day a month without a day stands for.
type Whole int

// A month alone is refused, or means its first day, as for what has happened, or its last, as for what is due.
const (
	NoMonth Whole = iota
	FirstOf
	LastOf
)

// ErrMonth says that a text names a month and no day of it.
var ErrMonth = errors.New("the day is missing")

// formError is ErrForm with the forms that people write.
type formError struct {
	text string
	year int
}

func (e formError) Error() string {
	return fmt.Sprintf("%q is not a date: write it as 22 Nov %d, 22/11/%[2]d or %[2]d-11-22", clip(e.text), e.year)
}

// formYear is the year of the dates that show the forms: for what is due one that is not past.
func formYear(today Date, month Whole) int {
	if month != LastOf || today.Year < 2026 {
		return 2026
	}
	return advised(time.November, 22, today, month)
}

// Is makes it an ErrForm.
func (formError) Is(target error) bool { return target == ErrForm }

// Typed reads a date as people type it, where that can mean one day only: see Meant. A month alone is refused, and so
// are words such as today.
func Typed(s string) (Date, error) { return Meant(s, Date{}, NoMonth) }

// Meant reads a date as people type it, or as Word and web pages set it: 2026-11-22, or with the day first 22/11/2026,
// 22.11.26, 22 Nov 2026, Sunday 22nd November 2026; from today, where that is known, today, Friday, in 2 weeks, end of
// November (see fromToday); and a month alone, Nov 2026 or 11/2026, where it stands for a day, and a day
// without its year, 15 Jan: the next one where a month means its last day, the last one where it means its first. Two
// digits are a year of this century where they can be nothing else: Nov 15-27 may be two days. The error is ErrForm or
// ErrMonth, or says what is missing, unclear or does not exist.
func Meant(s string, today Date, month Whole) (Date, error) {
	if d, err := Parse(s); err == nil { // as programs write it, for which no pattern need be made
		return d, nil
	}
	text := plainText(s)
	if d, ok, err := fromToday(text, today, month); ok || err != nil {
		return d, err
	}
	w, ok := asWritten(text)
	if !ok {
		return Date{}, formError{strings.TrimSpace(s), formYear(today, month)}
	}
	return w.date(today, month)
}

// typeset turns the signs that word processors and web pages put into a date back into those on a keyboard.
var typeset = lazy.Value[*strings.Replacer]{Make: func() *strings.Replacer {
	return strings.NewReplacer(
		"\u2010", "-", "\u2011", "-", "\u2012", "-", "\u2013", "-", "\u2014", "-", "\u2212", "-",
		// hyphens, dashes, the minus sign
		"\u2018", "'", "\u2019", "'", "\u02bc", "'", // apostrophes
		"\u200b", "", "\u200e", "", "\u200f", "", "\u2060", "", "\ufeff", "", "\u00ad", "", // signs that cannot be seen
	)
}}

// plainText is a date in lower case with single blanks, without the full stop or comma of the sentence it was copied
// from.
func plainText(s string) string {
	text := strings.ToLower(strings.Join(strings.Fields(typeset.Get().Replace(s)), " "))
	return strings.TrimRight(text, "., ")
}

// written are the parts of a date as they were written.
type written struct {
	year, month, day string // "" for what is missing; the month in digits
	weekday          string
	order            string // for a month in digits, which part comes where
	unclear          bool   // the year may be a second day
}

// The order of the parts in digits, as advice for who has swapped the month with the day.
const (
	dayFirst  = ": the day comes first, as in 22/11/2026"
	yearFirst = ": after the year comes the month, as in 2026-11-22"
)

// patterns are the forms of a date, and of what stands in one.
type patterns struct {
	yearFirst, dayFirst, monthYear, dayMonth *regexp.Regexp
	apart, day, year                         *regexp.Regexp
	span, weekday, end, near                 *regexp.Regexp
}

// forms are made when the first date is typed: at the start of the program nobody waits for them.
var forms = lazy.Value[patterns]{Make: func() patterns {
	return patterns{
		yearFirst: regexp.MustCompile(`^([0-9]{4})[-/.]([0-9]{1,2})(?:[-/.]([0-9]{1,2}))?$`),
		dayFirst:  regexp.MustCompile(`^([0-9]{1,2})(?:[/.]([0-9]{1,2})[/.]([0-9]{4}|[0-9]{2})|-([0-9]{1,2})-([0-9]{4}))$`),
		monthYear: regexp.MustCompile(`^([0-9]{1,2})[/.]([0-9]{4})$`),
		dayMonth:  regexp.MustCompile(`^([0-9]{1,2})/([0-9]{1,2})$`),
		apart:     regexp.MustCompile(`[-/., ]+`),
		day:       regexp.MustCompile(`^([0-9]{1,2})(?:st|nd|rd|th)?$`),
		year:      regexp.MustCompile(`^(?:[0-9]{4}|'?[0-9]{2})$`),
		span:      regexp.MustCompile(`^(in )?([0-9]{1,3}|an?|one|two|three|four|five|six|eight|ten|twelve) (day|week|fortnight|month|year)s?( ago)?$`),
		weekday:   regexp.MustCompile(`^(?:(?:on|by) )?(?:(last|this|next) )?([a-z]{3,9})$`),
		end:       regexp.MustCompile(`^(?:by )?(?:the )?(start|beginning|end) of (.+)$`),
		near:      regexp.MustCompile(`^(?:(last|this|next)|the) month$`),
	}
}}

func asWritten(text string) (written, bool) {
	if m := forms.Get().yearFirst.FindStringSubmatch(text); m != nil {
		return written{year: m[1], month: m[2], day: m[3], order: yearFirst}, true
	}
	if m := forms.Get().dayFirst.FindStringSubmatch(text); m != nil {
		return written{year: m[3] + m[5], month: m[2] + m[4], day: m[1], order: dayFirst}, true
	}
	if m := forms.Get().monthYear.FindStringSubmatch(text); m != nil {
		return written{year: m[2], month: m[1], order: dayFirst}, true
	}
	if m := forms.Get().dayMonth.FindStringSubmatch(text); m != nil {
		return written{month: m[2], day: m[1], order: dayFirst}, true
	}
	return asWords(text)
}

// asWords reads a date with the name of its month, the day before or after it.
func asWords(text string) (w written, ok bool) {
	text = strings.Trim(text, " .")
	words, between := forms.Get().apart.Split(text, -1), forms.Get().apart.FindAllString(text, -1)
	if name := named(words[0], 7, func(i int) string { return time.Weekday(i).String() }); name >= 0 && len(words) > 2 {
		w.weekday, words, between = time.Weekday(name).String(), words[1:], between[1:]
	}
	monthFirst := false
	for i, word := range words {
		month := named(word, 12, func(i int) string { return time.Month(i + 1).String() })
		switch {
		case month >= 0 && w.month == "":
			w.month, monthFirst = strconv.Itoa(month+1), w.day == ""
		case word == "of" && w.day != "" && w.month == "":
		case forms.Get().day.MatchString(word) && w.day == "" && w.year == "" &&
			(i == 0 || len(words) > 2 || w.weekday != "" || !forms.Get().year.MatchString(word)):
			w.day = forms.Get().day.FindStringSubmatch(word)[1]
		case forms.Get().year.MatchString(word) && w.month != "" && w.year == "":
			w.year = strings.TrimPrefix(word, "'")
			w.unclear = len(word) == 2 && !onlyYear(between[:i], monthFirst)
		default:
			return written{}, false
		}
	}
	return w, w.month != ""
}

// onlyYear says of two digits, from what stands between the words before them, that they can be nothing but a year:
// behind a comma, or behind a day and a month where the same divides all.
func onlyYear(between []string, monthFirst bool) bool {
	last := divider(between[len(between)-1])
	return last == "," || !monthFirst && !slices.ContainsFunc(between,
		func(s string) bool { return divider(s) != last })
}

// divider is the sign between two words, "" for blanks; the dot of a short name is none.
func divider(between string) string {
	sign := strings.TrimSpace(between)
	if sign == "." && len(between) > 1 {
		return ""
	}
	return sign
}

// named is the number of a name that a word is or begins, with three letters at least, or -1.
func named(word string, names int, name func(int) string) int {
	for i := range names {
		if len(word) >= 3 && strings.HasPrefix(strings.ToLower(name(i)), word) {
			return i
		}
	}
	return -1
}

func (w written) date(today Date, month Whole) (Date, error) {
	n, _ := strconv.Atoi(w.month)
	switch {
	case w.order != "" && (n < 1 || n > 12) && w.day != "" && len(w.year) != 4:
		return Date{}, fmt.Errorf("there is no month %d%s", n, w.order)
	case w.year == "" && w.day == "":
		return Date{}, fmt.Errorf("the day and the year are missing: write it as 22 %s %d", time.Month(n),
			advised(time.Month(n), 22, today, month))
	case w.year == "" && month != NoMonth && !today.IsZero():
		return w.nearest(n, today, month)
	case w.year == "":
		day, _ := strconv.Atoi(w.day)
		return Date{}, fmt.Errorf("the year is missing: write it as %s %s %d", w.day, time.Month(n).String()[:3],
			advised(time.Month(n), day, today, month))
	case w.day == "" && len(w.year) == 2:
		return Date{}, fmt.Errorf("write the year in full, as in %s 20%s", time.Month(n), w.year)
	}
	if len(w.year) == 2 {
		w.year = "20" + w.year
	}
	if w.day == "" {
		return w.whole(month)
	}
	d, err := exact(w.year, w.month, w.day, w.order)
	switch {
	case err != nil:
		return Date{}, err
	case w.unclear:
		return Date{}, fmt.Errorf("write one day with its year in full, as in %s", d.Long())
	case w.weekday != "" && d.time().Weekday().String() != w.weekday:
		return Date{}, fmt.Errorf("%s is a %s", d.Long(), d.time().Weekday())
	}
	return d, nil
}

// nearest makes a day of one without its year: the next one for what is due, the last one for what has happened; today
// is both. A 29 February may be up to eight years away.
func (w written) nearest(n int, today Date, month Whole) (Date, error) {
	step := 1
	if month == FirstOf {
		step = -1
	}
	day, _ := strconv.Atoi(w.day)
	for i := range 9 {
		d := Of(today.Year+i*step, time.Month(n), day)
		switch {
		case d.Day != day || int(d.Month) != n || d.Compare(today)*step < 0:
		case w.weekday != "" && d.time().Weekday().String() != w.weekday:
			return Date{}, fmt.Errorf("%s is a %s: write it with its year", d.Long(), d.time().Weekday())
		default:
			return d, nil
		}
	}
	return Date{}, fmt.Errorf("there is no %s %s", w.day, time.Month(n))
}

// advised is the year of a day that is shown as a correction: this one, or the next where what is due would be past by
// then.
func advised(month time.Month, day int, today Date, whole Whole) int {
	switch {
	case today.IsZero():
		return 2026
	case whole == LastOf && Of(today.Year, month, day).Before(today):
		return today.Year + 1
	}
	return today.Year
}

func (w written) whole(month Whole) (Date, error) {
	d, err := exact(w.year, w.month, "1", "")
	switch {
	case err != nil:
		return Date{}, err
	case w.weekday != "":
		for d.time().Weekday().String() != w.weekday {
			d = d.AddDays(1)
		}
		return Date{}, fmt.Errorf("which %s of %s %d? write it with its day, as in %s", w.weekday, d.Month, d.Year,
			d.Long())
	case month == NoMonth:
		return Date{}, fmt.Errorf("%w: which day of %s %d?", ErrMonth, d.Month, d.Year)
	case month == LastOf:
		return d.AddMonths(1).AddDays(-1), nil
	}
	return d, nil
}

// fromToday reads words that count from today: today, in 2 weeks, a fortnight ago, next month, Friday, end of November.
// It says whether the text is one of these; the error is of one that could mean two days.
func fromToday(text string, today Date, month Whole) (Date, bool, error) {
	if today.IsZero() {
		return Date{}, false, nil
	}
	if n, ok := map[string]int{"yesterday": -1, "today": 0, "tomorrow": 1}[text]; ok {
		return today.AddDays(n), true, nil
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
			"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "eight": 8, "ten": 10,
			"twelve": 12,
		}[m[2]]
	}
	if m[4] != "" {
		n = -n
	}
	if days, ok := map[string]int{"day": 1, "week": 7, "fortnight": 14}[m[3]]; ok {
		return today.AddDays(days * n), true
	}
	return today.AddMonths(map[string]int{"month": 1, "year": 12}[m[3]] * n), true
}

// weekdayFrom reads a day of the week. Alone it is the one to come for what is due, and the one that has passed for
// what has happened; what could be either is refused. As most people here mean it, next Friday is that of next week,
// and this Friday that of this one.
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

func nearMonth(text string, today Date) (written, bool) {
	m := forms.Get().near.FindStringSubmatch(text)
	if m == nil {
		return written{}, false
	}
	d := Of(today.Year, today.Month, 1).AddMonths(map[string]int{"last": -1, "next": 1}[m[1]])
	return written{year: strconv.Itoa(d.Year), month: strconv.Itoa(int(d.Month))}, true
}

// endOf reads the start or the end of a month. Without its year a month is the next one for what is due, and the last
// one for what has happened; for what could be either the year is asked for.
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
		w, ok = asWritten(m[2])
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
