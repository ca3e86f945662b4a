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

// Tense says whether a date that is typed is in the past or the future, which decides what "Friday" or "15 Jan" means.
type Tense int

// Past is for what has happened: a month without its day means its first day. Future is for what is due: a month means
// its last day. A day without its year may be today in either. With AnyTime, a date that could be in both is refused.
const (
	AnyTime Tense = iota
	Past
	Future
)

// ErrMonth means that a text names a month without a day.
var ErrMonth = errors.New("the day is missing")

// formError is ErrForm with examples of what can be typed.
type formError struct {
	text string
	year int // of the examples
}

func (e formError) Error() string {
	return fmt.Sprintf("%q is not a date: write it as 22 Nov %d, 22/11/%[2]d or %[2]d-11-22", clip(e.text), e.year)
}

// Is says that errors.Is takes it for ErrForm.
func (formError) Is(target error) bool { return target == ErrForm }

// exampleYear is the year of the dates that show the forms: one that makes them acceptable as an answer.
func exampleYear(today Date, tense Tense) int {
	if tense != Future || today.Year < 2026 {
		return 2026
	}
	return suggestedYear(time.November, 22, today, tense)
}

// Typed reads a date as people type it if it can mean one day only; see Meant. It refuses a month alone and words such
// as today.
func Typed(s string) (Date, error) { return Meant(s, Date{}, AnyTime) }

// Meant reads a date as people type it, or as they copy it from Word or a web page:
//   - a whole date, with the day before the month: 2026-11-22, 22/11/2026, 22.11.26, 22 Nov 2026, Sunday 22nd November
//     2026. A year of two digits is in this century. It is refused where it could be a second day, as in Nov 15-27.
//   - if today is known, words that count from it: today, Friday, in 2 weeks, end of November; see fromToday.
//   - in the past or the future, a month alone, Nov 2026 or 11/2026, and a day without its year, 15 Jan; see Tense.
//
// The error is ErrForm or ErrMonth, or says what is missing, unclear or does not exist.
func Meant(s string, today Date, tense Tense) (Date, error) {
	if d, err := Parse(s); err == nil { // the form of files and programs needs no patterns
		return d, nil
	}
	text := plainText(s)
	if d, ok, err := fromToday(text, today, tense); ok || err != nil {
		return d, err
	}
	w, ok := split(text)
	if !ok {
		return Date{}, formError{strings.TrimSpace(s), exampleYear(today, tense)}
	}
	return w.date(today, tense)
}

// typeset turns the characters that word processors and web pages put into a date back into those on a keyboard.
var typeset = lazy.Value[*strings.Replacer]{Make: func() *strings.Replacer {
	return strings.NewReplacer(
		// hyphens, dashes, the minus sign
		"\u2010", "-", "\u2011", "-", "\u2012", "-", "\u2013", "-", "\u2014", "-", "\u2212", "-",
		"\u2018", "'", "\u2019", "'", "\u02bc", "'", // apostrophes
		"\u200b", "", "\u200e", "", "\u200f", "", "\u2060", "", "\ufeff", "", "\u00ad", "", // invisible characters
	)
}}

// plainText is a date in lower case with single spaces, without a full stop or comma that was copied with it.
func plainText(s string) string {
	text := strings.ToLower(strings.Join(strings.Fields(typeset.Get().Replace(s)), " "))
	return strings.TrimRight(text, "., ")
}

// written has the parts of a date as they were written.
type written struct {
	year, month, day string // "" for what is missing; the month in digits
	weekday          string // in full, such as "Sunday"
	order            string // for a month written in digits: dayFirst or yearFirst
	unclear          bool   // the year may be a second day
}

// The order of the parts in digits, as advice for people who have mixed up the month and the day.
const (
	dayFirst  = ": the day comes first, as in 22/11/2026"
	yearFirst = ": the month comes after the year, as in 2026-11-22"
)

// patterns are the forms of a date and of its parts.
type patterns struct {
	yearFirst, dayFirst, monthYear, dayMonth *regexp.Regexp // all in digits
	separator, day, year                     *regexp.Regexp // with the name of the month
	span, weekday, end, near                 *regexp.Regexp // from today
}

// forms are compiled when the first date is typed, since nothing needs them at the start of the program.
var forms = lazy.Value[patterns]{Make: func() patterns {
	return patterns{
		yearFirst: regexp.MustCompile(`^([0-9]{4})[-/.]([0-9]{1,2})(?:[-/.]([0-9]{1,2}))?$`),
		dayFirst:  regexp.MustCompile(`^([0-9]{1,2})(?:[/.]([0-9]{1,2})[/.]([0-9]{4}|[0-9]{2})|-([0-9]{1,2})-([0-9]{4}))$`),
		monthYear: regexp.MustCompile(`^([0-9]{1,2})[/.]([0-9]{4})$`),
		dayMonth:  regexp.MustCompile(`^([0-9]{1,2})/([0-9]{1,2})$`),
		separator: regexp.MustCompile(`[-/., ]+`),
		day:       regexp.MustCompile(`^([0-9]{1,2})(?:st|nd|rd|th)?$`),
		year:      regexp.MustCompile(`^(?:[0-9]{4}|'?[0-9]{2})$`),
		span:      regexp.MustCompile(`^(in )?([0-9]{1,3}|an?|one|two|three|four|five|six|eight|ten|twelve) (day|week|fortnight|month|year)s?( ago)?$`),
		weekday:   regexp.MustCompile(`^(?:(?:on|by) )?(?:(last|this|next) )?([a-z]{3,9})$`),
		end:       regexp.MustCompile(`^(?:by )?(?:the )?(start|beginning|end) of (.+)$`),
		near:      regexp.MustCompile(`^(?:(last|this|next)|the) month$`),
	}
}}

// split splits a date into its parts, and says whether the text has the form of one.
func split(text string) (written, bool) {
	f := forms.Get()
	if m := f.yearFirst.FindStringSubmatch(text); m != nil {
		return written{year: m[1], month: m[2], day: m[3], order: yearFirst}, true
	}
	if m := f.dayFirst.FindStringSubmatch(text); m != nil {
		return written{year: m[3] + m[5], month: m[2] + m[4], day: m[1], order: dayFirst}, true
	}
	if m := f.monthYear.FindStringSubmatch(text); m != nil {
		return written{year: m[2], month: m[1], order: dayFirst}, true
	}
	if m := f.dayMonth.FindStringSubmatch(text); m != nil {
		return written{month: m[2], day: m[1], order: dayFirst}, true
	}
	return splitWords(text)
}

// splitWords splits a date with the name of its month, with the day before or after that.
func splitWords(text string) (w written, ok bool) {
	f := forms.Get()
	text = strings.Trim(text, " .")
	words, separators := f.separator.Split(text, -1), f.separator.FindAllString(text, -1)
	if day, ok := weekdayNamed(words[0]); ok && len(words) > 2 {
		w.weekday, words, separators = day.String(), words[1:], separators[1:]
	}
	monthFirst := false
	for i, word := range words {
		month := indexOfName(word, 12, func(i int) string { return time.Month(i + 1).String() })
		switch {
		case month >= 0 && w.month == "":
			w.month, monthFirst = strconv.Itoa(month+1), w.day == ""
		case word == "of" && w.day != "" && w.month == "":
		case f.day.MatchString(word) && w.day == "" && w.year == "" &&
			(i == 0 || len(words) > 2 || w.weekday != "" || !f.year.MatchString(word)):
			w.day = f.day.FindStringSubmatch(word)[1]
		case f.year.MatchString(word) && w.month != "" && w.year == "":
			w.year = strings.TrimPrefix(word, "'")
			w.unclear = len(word) == 2 && !onlyYear(separators[:i], monthFirst)
		default:
			return written{}, false
		}
	}
	return w, w.month != ""
}

// onlyYear says whether two digits can only be a year, judging by the separators before them: there is a comma right
// before them, or a day and a month come first and all separators are the same.
func onlyYear(separators []string, monthFirst bool) bool {
	last := separatorSign(separators[len(separators)-1])
	return last == "," || !monthFirst && !slices.ContainsFunc(separators,
		func(s string) bool { return separatorSign(s) != last })
}

// separatorSign is the sign in a separator, "" if it is only spaces. A dot before a space ends an abbreviation, so it
// does not count.
func separatorSign(separator string) string {
	sign := strings.TrimSpace(separator)
	if sign == "." && len(separator) > 1 {
		return ""
	}
	return sign
}

// weekdayNamed reads the name of a day of the week or its beginning.
func weekdayNamed(word string) (time.Weekday, bool) {
	i := indexOfName(word, 7, func(i int) string { return time.Weekday(i).String() })
	return time.Weekday(i), i >= 0
}

// indexOfName is the index of the name that a word is or begins, with at least three letters; -1 if there is none.
func indexOfName(word string, names int, name func(int) string) int {
	for i := range names {
		if len(word) >= 3 && strings.HasPrefix(strings.ToLower(name(i)), word) {
			return i
		}
	}
	return -1
}

// date is the day that the parts mean, or an error that says what is missing or wrong.
func (w written) date(today Date, tense Tense) (Date, error) {
	number, _ := strconv.Atoi(w.month)
	month := time.Month(number)
	switch {
	case w.order != "" && (month < 1 || month > 12) && w.day != "" && len(w.year) != 4:
		return Date{}, fmt.Errorf("there is no month %d%s", month, w.order)
	case w.year == "" && w.day == "":
		return Date{}, fmt.Errorf("the day and the year are missing: write it as 22 %s %d", month,
			suggestedYear(month, 22, today, tense))
	case w.year == "" && tense != AnyTime && !today.IsZero():
		return w.nearest(month, today, tense)
	case w.year == "":
		day, _ := strconv.Atoi(w.day)
		return Date{}, fmt.Errorf("the year is missing: write it as %s %s %d", w.day, month.String()[:3],
			suggestedYear(month, day, today, tense))
	case w.day == "" && len(w.year) == 2:
		return Date{}, fmt.Errorf("write the year in full, as in %s 20%s", month, w.year)
	}
	if len(w.year) == 2 {
		w.year = "20" + w.year
	}
	if w.day == "" {
		return w.dayOfMonth(tense)
	}
	d, err := fromDigits(w.year, w.month, w.day, w.order)
	switch {
	case err != nil:
		return Date{}, err
	case w.unclear:
		return Date{}, fmt.Errorf("write one day with its year in full, as in %s", d.Long())
	case w.weekday != "" && d.Weekday().String() != w.weekday:
		return Date{}, fmt.Errorf("%s is a %s", d.Long(), d.Weekday())
	}
	return d, nil
}

// nearest finds the year of a day without one: the next such day in the future tense, else the last one. Today is both.
// A 29 February may be up to eight years away.
func (w written) nearest(month time.Month, today Date, tense Tense) (Date, error) {
	step := 1
	if tense == Past {
		step = -1
	}
	day, _ := strconv.Atoi(w.day)
	for years := range 9 {
		d := Of(today.Year+years*step, month, day)
		switch {
		case d.Day != day || d.Month != month || d.Compare(today)*step < 0:
		case w.weekday != "" && d.Weekday().String() != w.weekday:
			return Date{}, fmt.Errorf("%s is a %s: write it with its year", d.Long(), d.Weekday())
		default:
			return d, nil
		}
	}
	return Date{}, fmt.Errorf("there is no %s %s", w.day, month)
}

// suggestedYear is the year for a day that an error suggests: this year, or the next if the day must not be past.
func suggestedYear(month time.Month, day int, today Date, tense Tense) int {
	switch {
	case today.IsZero():
		return 2026
	case tense == Future && Of(today.Year, month, day).Before(today):
		return today.Year + 1
	}
	return today.Year
}

// dayOfMonth is the day that a month without its day means.
func (w written) dayOfMonth(tense Tense) (Date, error) {
	d, err := fromDigits(w.year, w.month, "1", "")
	switch {
	case err != nil:
		return Date{}, err
	case w.weekday != "":
		for d.Weekday().String() != w.weekday {
			d = d.AddDays(1)
		}
		return Date{}, fmt.Errorf("which %s of %s %d? write it with its day, as in %s", w.weekday, d.Month, d.Year,
			d.Long())
	case tense == AnyTime:
		return Date{}, fmt.Errorf("%w: which day of %s %d?", ErrMonth, d.Month, d.Year)
	case tense == Future:
		return d.AddMonths(1).AddDays(-1), nil
	}
	return d, nil
}

// fromToday reads words that count from today: today, in 2 weeks, a fortnight ago, next month, Friday, end of November.
// It says whether the text is one of these. The error is for one that could mean two days.
func fromToday(text string, today Date, tense Tense) (Date, bool, error) {
	if today.IsZero() {
		return Date{}, false, nil
	}
	if n, ok := map[string]int{"yesterday": -1, "today": 0, "tomorrow": 1}[text]; ok {
		return today.AddDays(n), true, nil
	}
	if d, ok := spanFrom(text, today); ok {
		return d, true, nil
	}
	if d, ok := endOf(text, today, tense); ok {
		return d, true, nil
	}
	if month, ok := nearMonth(text, today); ok {
		d, err := month.dayOfMonth(tense)
		return d, err == nil, err
	}
	return weekdayFrom(text, today, tense)
}

// spanFrom reads a length of time from today, such as in 2 weeks or a fortnight ago.
func spanFrom(text string, today Date) (Date, bool) {
	m := forms.Get().span.FindStringSubmatch(text)
	if m == nil || (m[1] == "") == (m[4] == "") { // "in" or "ago", but not both
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

// weekdayFrom reads a day of the week. On its own it is the next one in the future tense, the last one in the past, and
// refused if it could be either. Next Friday is the one of next week and this Friday the one of this week, which is how
// most people in Britain mean them.
func weekdayFrom(text string, today Date, tense Tense) (Date, bool, error) {
	m := forms.Get().weekday.FindStringSubmatch(text)
	if m == nil {
		return Date{}, false, nil
	}
	day, ok := weekdayNamed(m[2])
	if !ok {
		return Date{}, false, nil
	}
	const week = 7
	fromMonday := func(d time.Weekday) int { return (int(d) + week - 1) % week }
	thisWeek := today.AddDays(fromMonday(day) - fromMonday(today.Weekday()))
	coming, past := thisWeek, thisWeek
	if !coming.After(today) {
		coming = coming.AddDays(week)
	}
	if !past.Before(today) {
		past = past.AddDays(-week)
	}
	switch {
	case m[1] == "next":
		return thisWeek.AddDays(week), true, nil
	case m[1] == "this":
		return thisWeek, true, nil
	case m[1] == "last", tense == Past:
		return past, true, nil
	case tense == Future:
		return coming, true, nil
	}
	return Date{}, false, fmt.Errorf("which %s? write %s or %s", day, past.Long(), coming.Long())
}

// nearMonth reads this month, next month or last month.
func nearMonth(text string, today Date) (written, bool) {
	m := forms.Get().near.FindStringSubmatch(text)
	if m == nil {
		return written{}, false
	}
	d := Of(today.Year, today.Month, 1).AddMonths(map[string]int{"last": -1, "next": 1}[m[1]])
	return written{year: strconv.Itoa(d.Year), month: strconv.Itoa(int(d.Month))}, true
}

// endOf reads the start or the end of a month. The tense decides the year of a month without one.
func endOf(text string, today Date, tense Tense) (Date, bool) {
	m := forms.Get().end.FindStringSubmatch(text)
	if m == nil {
		return Date{}, false
	}
	firstOrLast := Past // the tense in which a month means its first day
	if m[1] == "end" {
		firstOrLast = Future
	}
	w, ok := nearMonth(m[2], today)
	if !ok {
		w, ok = split(m[2])
	}
	if !ok || w.day != "" || w.weekday != "" || w.year == "" && tense == AnyTime {
		return Date{}, false
	}
	yearless := w.year == ""
	if yearless {
		w.year = strconv.Itoa(today.Year)
	}
	d, err := w.date(today, firstOrLast)
	if err == nil && yearless && tense == Future && d.Before(today) {
		w.year = strconv.Itoa(today.Year + 1)
		d, err = w.date(today, firstOrLast)
	} else if err == nil && yearless && tense == Past && d.After(today) {
		w.year = strconv.Itoa(today.Year - 1)
		d, err = w.date(today, firstOrLast)
	}
	return d, err == nil
}
