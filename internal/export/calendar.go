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

// How a calendar writes a day and a moment.
const (
	icsDay    = "20060102"
	icsMoment = "20060102T150405Z"
)

// icsSince is the moment from which the version of an event counts seconds, so that it fits into 31 bits until 2094.
func icsSince() time.Time { return time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC) }

// remindAt is the hour of the day at which a calendar reminds.
const remindAt = 9

// ics writes dates for calendar programs (iCalendar, RFC 5545): as all-day events that leave the day free, and private
// in a calendar that others can see. It writes no METHOD, since some calendars would take the file for an invitation.
func ics(d handout.Dates) ([]byte, error) {
	var out icsLines
	out.add("BEGIN", "VCALENDAR", "VERSION", "2.0", "PRODID", "-//ksbcoach//ksbcoach//EN", "CALSCALE", "GREGORIAN")
	if len(d.Events) == 0 { // a calendar must have some component, and nobody sees a time zone
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
	moment := made.Format(icsMoment)
	version := max(0, int64(made.Sub(icsSince())/time.Second))
	l.add("BEGIN", "VEVENT", "UID", e.UID, "DTSTAMP", moment, "LAST-MODIFIED", moment, "SEQUENCE", fmt.Sprint(version),
		"DTSTART;VALUE=DATE", dayOf(e.On))
	if next := e.On.AddDays(1); next.Year < 10_000 { // not every calendar knows that a date without an end is one day
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

// trigger says when to remind: at remindAt, some days before an event or on the day itself. It is a duration from the
// midnight at which the event begins, negative for earlier days.
func trigger(days int) string {
	switch days {
	case 0:
		return fmt.Sprintf("PT%dH", remindAt)
	case 1:
		return fmt.Sprintf("-PT%dH", 24-remindAt)
	}
	return fmt.Sprintf("-P%dDT%dH", days-1, 24-remindAt)
}

// icsEscape escapes a text as a value. A line break would otherwise begin a new line of the file.
var icsEscape = lazy.Value[*strings.Replacer]{Make: func() *strings.Replacer {
	return strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\r\n", `\n`, "\n", `\n`, "\r", `\n`)
}}

// icsWidth is how many bytes a line may have, without its end.
const icsWidth = 75

// add writes lines, each from a name and a value. A line that is too long is folded, never inside a character: each
// further line begins with a space, which the reader removes.
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
