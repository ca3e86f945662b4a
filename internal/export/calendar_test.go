package export_test

import (
	"bytes"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	ical "github.com/arran4/golang-ical"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/export"
	"github.com/ksbcoach/ksbcoach/internal/handout"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
)

var moment = time.Date(2026, 11, 22, 10, 30, 0, 0, time.UTC)

// calendarOf writes a calendar, checks its lines, and reads it with another library.
func calendarOf(t *testing.T, d handout.Dates) ([]byte, *ical.Calendar) {
	t.Helper()
	format, _ := export.ForReport("ics", "")
	files, err := format.Report(export.Material{Dates: func() handout.Dates { return d }})
	if err != nil || len(files) != 1 {
		t.Fatal(len(files), err)
	}
	data := files[0].Data
	if !bytes.HasSuffix(data, []byte("\r\n")) || bytes.Count(data, []byte("\n")) != bytes.Count(data, []byte("\r\n")) ||
		bytes.Count(data, []byte("\r")) != bytes.Count(data, []byte("\r\n")) {
		t.Errorf("lines do not all end in CR LF: %q", data)
	}
	for line := range strings.SplitSeq(strings.TrimSuffix(string(data), "\r\n"), "\r\n") {
		if len(line) > 75 || line == "" || !utf8.ValidString(line) {
			t.Errorf("%d bytes: %q", len(line), line)
		}
	}
	read, err := ical.ParseCalendar(bytes.NewReader(data))
	if err != nil {
		t.Fatalf("%v\n%s", err, data)
	}
	if len(read.Components) == 0 {
		t.Error("a calendar must have a component")
	}
	return data, read
}

func dates(p profile.Profile, o handout.Options, made time.Time) handout.Dates {
	return handout.DatesOf(source(p), o, made)
}

func property(e *ical.VEvent, name ical.ComponentProperty) string {
	if p := e.GetProperty(name); p != nil {
		return p.Value
	}
	return ""
}

func TestAnotherLibraryReadsTheCalendar(t *testing.T) {
	t.Parallel()
	for _, ahead := range []int{1, 20} { // to the next review: reminders on the day, and before it
		p := lib.Demo(today)
		p.Learner.Review = today.AddDays(ahead)
		d := dates(p, handout.Options{Include: []string{"notes"}}, moment)
		_, read := calendarOf(t, d)
		if len(read.Events()) != len(d.Events) || len(d.Events) < 8 {
			t.Fatalf("%d events of %d", len(read.Events()), len(d.Events))
		}
		for i, e := range read.Events() {
			want := d.Events[i]
			start, err := e.GetAllDayStartAt()
			if err != nil || calendar.FromTime(start) != want.On {
				t.Errorf("%s is on %v, %v", want.Title, start, err)
			}
			end, err := e.GetAllDayEndAt()
			if err != nil || calendar.FromTime(end) != want.On.AddDays(1) {
				t.Errorf("%s ends on %v, %v", want.Title, end, err)
			}
			if stamp, err := e.GetDtStampTime(); err != nil || !stamp.Equal(moment) {
				t.Errorf("%s is of %v, %v", want.Title, stamp, err)
			}
			if e.Id() != want.UID || property(e, ical.ComponentPropertySummary) != want.Title ||
				property(e, ical.ComponentPropertyDescription) != strings.Join(want.Says, "\n") {
				t.Errorf("%+v\nwas read as %+v", want, e)
			}
			if property(e, ical.ComponentPropertyClass) != "PRIVATE" || property(e, ical.ComponentPropertyTransp) != "TRANSPARENT" {
				t.Errorf("%s: it is not private, or it blocks the day", want.Title)
			}
			if len(e.Alarms()) != len(want.Remind) {
				t.Errorf("%s: %d reminders of %d", want.Title, len(e.Alarms()), len(want.Remind))
			}
			for j, a := range e.Alarms() {
				got := a.GetProperty(ical.ComponentPropertyTrigger).Value
				if trigger := map[int]string{7: "-P6DT15H", 1: "-PT15H", 0: "PT9H"}[want.Remind[j]]; got != trigger {
					t.Errorf("%s: %d days before is %s", want.Title, want.Remind[j], got)
				}
			}
		}
	}
}

// imported is a calendar that follows the rule for two events with the same identifier: the higher sequence number
// wins.
type imported map[string]*ical.VEvent

func (c imported) take(t *testing.T, cal *ical.Calendar) {
	t.Helper()
	for _, e := range cal.Events() {
		if old, ok := c[e.Id()]; ok && len(property(old, ical.ComponentPropertySequence)) == len(property(e, ical.ComponentPropertySequence)) &&
			property(old, ical.ComponentPropertySequence) >= property(e, ical.ComponentPropertySequence) {
			t.Errorf("%s would not be imported", property(e, ical.ComponentPropertySummary))
			continue
		}
		c[e.Id()] = e
	}
}

// A second import moves events whose date changed, marks what is done, and duplicates nothing.
func TestSecondImportDuplicatesNothing(t *testing.T) {
	t.Parallel()
	p, cal := lib.Demo(today), imported{}
	_, first := calendarOf(t, dates(p, handout.Options{}, moment))
	cal.take(t, first)
	before := len(cal)
	p.Learner.Review = p.ReviewDue().AddDays(3)
	for i := range p.Goals {
		for j := range p.Goals[i].Actions {
			if a := &p.Goals[i].Actions[j]; a.Status == profile.ActionOpen {
				a.Status, a.Closed, a.Due = profile.ActionDone, today, a.Due.AddDays(2)
			}
		}
	}
	_, second := calendarOf(t, dates(p, handout.Options{}, moment.Add(time.Second)))
	cal.take(t, second)
	if len(cal) != before {
		t.Errorf("%d events became %d", before, len(cal))
	}
	for _, e := range cal {
		title := property(e, ical.ComponentPropertySummary)
		if !strings.Contains(title, ": ") && title != "Review of progress" {
			t.Errorf("%q is still open", title)
		}
		if strings.HasPrefix(title, "Done: ") && len(e.Alarms()) > 0 {
			t.Errorf("%q still reminds", title)
		}
	}
}

func TestEmptyCalendarIsValid(t *testing.T) {
	t.Parallel()
	data, read := calendarOf(t, dates(profile.Profile{Standard: "ST0413"}, handout.Options{}, moment))
	if len(read.Events()) != 0 || bytes.Contains(data, []byte("VEVENT")) {
		t.Errorf("%s", data)
	}
}

// No text from a record can begin a new line, event or property, and each is read back as it was shown.
func TestHostileTextsInACalendar(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("ﷺ\U0001F469\u200d⚕é", 200)
	for _, text := range append(hostileTexts, "a\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:x", "a\nBEGIN:VALARM", "a\rATTACH:http://x.test",
		`;VALUE=x:y,"z"\n\N\\`, "SUMMARY:\u0085x\u2028y", `\`, long) {
		p := hostile(text)
		for i := range p.Goals {
			for j := range p.Goals[i].Actions {
				p.Goals[i].Actions[j].ID = text
			}
		}
		p.Learner.ID = text
		for _, o := range []handout.Options{{Include: handout.Parts}, {For: "manager"}, {Redacted: true}} {
			d := dates(p, o, moment)
			_, read := calendarOf(t, d)
			if len(read.Events()) != len(d.Events) {
				t.Fatalf("%q: %d events of %d", text, len(read.Events()), len(d.Events))
			}
			for i, e := range read.Events() {
				if len(e.Properties) > 11 || e.GetProperty("ATTACH") != nil {
					t.Errorf("%q: %+v", text, e.Properties)
				}
				if got := property(e, ical.ComponentPropertySummary); got != d.Events[i].Title || o.Redacted && strings.Contains(got, text) {
					t.Errorf("%q came out as %q, want %q", text, got, d.Events[i].Title)
				}
				if got, want := property(e, ical.ComponentPropertyDescription), strings.Join(d.Events[i].Says, "\n"); got != want {
					t.Errorf("%q came out as %q, want %q", text, got, want)
				}
			}
			if shown := safetext.Line(text); !o.Redacted && !strings.Contains(d.Events[len(d.Events)-1].Title, shown) {
				t.Errorf("%q is not in %q", shown, d.Events[len(d.Events)-1].Title)
			}
		}
	}
}
