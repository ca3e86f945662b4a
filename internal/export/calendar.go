package export

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/handout"
	"github.com/ksbcoach/ksbcoach/internal/lazy"
)

// Layouts of days and moments in a calendar.
const (
	icsDay    = "20060102"
	icsMoment = "20060102T150405Z"
)

// icsSince is the moment from which the numbers of versions are counted, in seconds. They fit 31 bits until 2094.
func icsSince() time.Time { return time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC) }

// remindAt is the hour of the day at which a calendar reminds.
const remindAt = 9

// ics is dates as a calendar takes them in (iCalendar, RFC 5545): days without an hour, which leave the day free and
// are private in a calendar that others can see. There is no METHOD: with one, some calendars take the file for an
// invitation.
func ics(d handout.Dates) ([]byte, error) {
	var out icsLines
	out.add("BEGIN", "VCALENDAR", "VERSION", "2.0", "PRODID", "-//ksbcoach//ksbcoach//EN", "CALSCALE", "GREGORIAN")
	if len(d.Events) == 0 { // the format demands a component, and a time zone is one that nobody sees
		out.add("BEGIN", "VTIMEZONE", "TZID", "Etc/UTC", "BEGIN", "STANDARD", "DTSTART", "19700101T000000",
			"TZOFFSETFROM", "+0000", "TZOFFSETTO", "+0000", "END", "STANDARD", "END", "VTIMEZONE")
	}
	for _, e := range d.Events {
		out.event(e, d.Made.UTC())
	}
	out.add("END", "VCALENDAR")
	return out.Bytes(), nil
}

type icsLines struct{ bytes.Buffer }

func (l *icsLines) event(e handout.Event, made time.Time) {
	moment, version := made.Format(icsMoment), max(0, int64(made.Sub(icsSince())/time.Second))
	l.add("BEGIN", "VEVENT", "UID", e.UID, "DTSTAMP", moment, "LAST-MODIFIED", moment, "SEQUENCE", fmt.Sprint(version),
		"DTSTART;VALUE=DATE", dayOf(e.On))
	if next := e.On.AddDays(1); next.Year < 10_000 { // a day without an end is one day, but not every calendar knows
		l.add("DTEND;VALUE=DATE", dayOf(next))
	}
	title := icsEscape.Get().Replace(e.Title)
	l.add("SUMMARY", title)
	if len(e.Says) > 0 {
		l.add("DESCRIPTION", icsEscape.Get().Replace(strings.Join(e.Says, "\n")))
	}
	l.add("STATUS", "CONFIRMED", "TRANSP", "TRANSPARENT", "CLASS", "PRIVATE")
	for _, days := range e.Remind {
		l.add("BEGIN", "VALARM", "ACTION", "DISPLAY", "DESCRIPTION", title, "TRIGGER", trigger(days), "END", "VALARM")
	}
	l.add("END", "VEVENT")
}

func dayOf(d calendar.Date) string {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC).Format(icsDay)
}

// trigger is the time from the midnight at which an event begins back to the hour of reminding, so many days before, or
// on to it on the day.
func trigger(days int) string {
	switch days {
	case 0:
		return fmt.Sprintf("PT%dH", remindAt)
	case 1:
		return fmt.Sprintf("-PT%dH", 24-remindAt)
	}
	return fmt.Sprintf("-P%dDT%dH", days-1, 24-remindAt)
}

// icsEscape makes a text one value: a line break in it would begin a line of the calendar's own.
var icsEscape = lazy.Value[*strings.Replacer]{Make: func() *strings.Replacer {
	return strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\r\n", `\n`, "\n", `\n`, "\r", `\n`)
}}

// icsWidth is how many bytes a line may have, its end not counted.
const icsWidth = 75

// add writes lines, each a name and a value. One that is too long is folded, and never inside a letter: each further
// line begins with a blank, which the reader takes away again.
func (l *icsLines) add(namesAndValues ...string) {
	for pair := range slices.Chunk(namesAndValues, 2) {
		line := pair[0] + ":" + pair[1]
		for width := icsWidth; len(line) > width; width = icsWidth - 1 {
			at := width
			for !utf8.RuneStart(line[at]) {
				at--
			}
			l.WriteString(line[:at] + "\r\n ")
			line = line[at:]
		}
		l.WriteString(line + "\r\n")
	}
}
