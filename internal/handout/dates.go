package handout

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/doc"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/sorting"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// Dates are the days of the record that belong into a calendar: the reviews, and the days by which actions are due.
type Dates struct {
	Made   time.Time // when they were taken from the record: of two sets, the later one counts
	Events []Event   // by their days
}

// Event is one day of a calendar.
type Event struct {
	// the same for the same review or action each time, so that a calendar moves it and does not double it
	UID    string
	On     calendar.Date
	Title  string
	Says   []string // further lines
	Remind []int    // how many days before it to remind, 0 on the day, never before tomorrow; nil for what has ended
	Ended  bool     // over or parked: it only says so, to a calendar that may still have it as open
}

// DatesOf are the reviews and actions of a record, as a report with these options may tell them. What has ended is
// among them while a calendar may still have it as open: since the last review, or with its day still to come. Its
// title says how it ended, since calendars agree on nothing else: some ignore a cancelled event of a file, others hide
// it.
func DatesOf(src Source, o Options, made time.Time) Dates {
	d := &dates{Source: src, o: o, shown: src.Profile}
	switch {
	case o.Redacted:
		d.shown = redacted(src.Profile)
	case o.For != "" && o.For != learner && !src.Profile.Learner.Name.Empty():
		d.whose = src.Profile.Learner.Name.Line() + ": "
	}
	d.reviews()
	for i, g := range d.shown.Goals {
		for j, a := range g.Actions {
			d.action(g, a, src.Profile.Goals[i].Actions[j].ID)
		}
	}
	sorting.By(d.all, func(a, b Event) int { return a.On.Compare(b.On) })
	return Dates{Made: made, Events: d.all}
}

// DatesTaken says how a calendar takes them in.
const DatesTaken = "Import the file into your calendar, and a new one after changes: the dates move and are not " +
	"doubled. The Outlook program, unlike Outlook on the web, makes a calendar of its own of each file: delete the " +
	"old one first. Google Calendar takes no reminders from a file: there, set its notifications for all-day events."

// Says how many dates there are and what of the record is beside them, in sentences.
func (d Dates) Says(o Options) string {
	ended := lists.Count(d.Events, func(e Event) bool { return e.Ended })
	said := "It holds " + words.Count(len(d.Events)-ended, "date", "dates")
	switch {
	case len(d.Events) == 0:
		return "Nothing has a day yet, so the calendar is empty."
	case ended > 0:
		said += ", and " + words.Count(ended, "that is over or parked", "that are over or parked")
	}
	switch {
	case o.Redacted:
		return said + ", with codes alone: no name, and no words that anybody typed."
	case o.includes(withNotes):
		return said + ", with the notes beside goals and actions."
	}
	return said + ", with your words for goals and actions. Notes and all that is private are left out."
}

type dates struct {
	Source
	o     Options
	shown profile.Profile // the record, or what is left of it where the report is redacted
	whose string          // before each title, where the calendar is not the learner's own
	all   []Event
}

// How many days before a review, and before an action is due, a calendar reminds.
var (
	beforeReview = []int{7, 1}
	beforeAction = []int{1}
)

// add adds an event, by the sort of thing and the identifier that it has in the record. The identifiers themselves can
// be written by hand, so the calendar gets their check sum.
func (d *dates) add(sort, id string, remind []int, e Event) {
	who := d.Profile.Learner
	sum := sha256.Sum256([]byte(strings.Join([]string{cmp.Or(who.ID, who.Name.Line()), sort, id}, "\x00")))
	e.UID = hex.EncodeToString(sum[:16]) + "@ksbcoach"
	if !e.Ended {
		for _, n := range remind {
			// Outlook keeps one reminder: of one that has passed it would tell at once, and of the other never. Today's
			// may have passed.
			if e.On.AddDays(-n).After(d.Today) {
				e.Remind = append(e.Remind, n)
			}
		}
		if e.Remind == nil && e.On.After(d.Today) {
			e.Remind = []int{0}
		}
	}
	e.Title = d.whose + e.Title
	d.all = append(d.all, e)
}

// review adds a review. It goes by the one before it, since one that is still to come has no identifier of its own; so
// it is the same event when it is set, moved and held.
func (d *dates) review(before profile.Review, e Event) {
	d.add("review after", before.ID, beforeReview, e)
}

// reviews adds the last review that was held, the one that is under way, and the next.
func (d *dates) reviews() {
	p := d.Profile // an identifier is hidden by its check sum; only days and kinds are told
	last, held := p.LastReview()
	if held {
		var before profile.Review
		for _, r := range p.Reviews {
			if r.ID != last.ID && !r.Closed.IsZero() && !r.On.Before(before.On) && !r.On.After(last.On) {
				before = r
			}
		}
		d.review(before, Event{On: last.On, Title: "Held: " + last.Kind.Name(), Ended: true})
	}
	arranged := !p.ReviewSet().IsZero()
	if r, open := p.OpenReview(); open {
		d.review(last, Event{On: r.On, Title: r.Kind.Name() + ", under way"})
		last, arranged = r, !r.Next.IsZero()
	}
	on := p.ReviewAhead()
	switch {
	case on.IsZero():
	case arranged:
		d.review(last, Event{On: on, Title: "Review of progress"})
	default:
		d.review(last, Event{On: on, Title: "Review due, no day set", Says: []string{
			"By this day the next review is due. No day is set for it yet.",
		}})
	}
}

func (d *dates) action(g profile.Goal, a profile.Action, id string) {
	ended := a.Status != profile.ActionOpen
	state := ""
	switch {
	case ended:
		state = words.Capital(a.Status.Words()) + ": "
	case g.Status != profile.GoalActive:
		state, ended = words.Capital(g.Status.Words())+": ", true
	}
	if a.Due.IsZero() || ended && !d.mayBeKnown(a, g) {
		return
	}
	codes := strings.Join(g.KSBs, ", ")
	e := Event{On: a.Due, Title: state + "Action for " + codes, Ended: ended}
	if !d.o.Redacted {
		e.Title = state + a.Text.Line() + " (" + codes + ")"
		e.Says = words.Given("Goal: "+g.Text.Line(), words.After("With: ", a.Who.Line()))
	}
	if d.o.includes(withNotes) {
		e.Says = append(e.Says, words.Given(words.After("Why: ", g.Why.Line()),
			words.After("Note on the goal: ", g.Note.Line()), words.After("Note: ", a.Note.Line()))...)
	}
	d.add("action", id, beforeAction, e)
}

// mayBeKnown says whether a calendar may still have an action that has ended, or whose goal waits, as open.
func (d *dates) mayBeKnown(a profile.Action, g profile.Goal) bool {
	last, _ := d.Profile.LastReview()
	return !a.Due.Before(d.Today) || cmp.Or(a.Closed, g.Closed).After(last.On)
}

// Doc is the dates as a page to read before they are put into a calendar.
func (d Dates) Doc() doc.Doc {
	var out doc.Doc
	for _, e := range d.Events {
		out.Add(doc.Heading{Text: e.On.Full()}, doc.Para{Depth: 1, Text: e.Title})
		for _, says := range e.Says {
			out.Add(doc.Para{Depth: 1, Text: says})
		}
		if len(e.Remind) > 0 {
			days := lists.Each(e.Remind, func(n int) string { return words.Count(n, "day", "days") + " before" })
			if e.Remind[0] == 0 {
				days = []string{"on the day"}
			}
			out.Add(doc.Para{Depth: 1, Text: "Reminds " + words.List(days) + "."})
		}
	}
	return out
}
