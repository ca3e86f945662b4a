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

// Dates are the dates of a record that belong in a calendar: of reviews, and those by which actions are due.
type Dates struct {
	Made   time.Time // when they were read from the record: a calendar keeps the later of two versions
	Events []Event   // sorted by day
}

// Event is one entry in a calendar.
type Event struct {
	UID    string // always the same for the same review or action, so that a calendar moves it rather than adds another
	On     calendar.Date
	Title  string
	Says   []string // further lines
	Remind []int    // days before it to remind, 0 for the day itself, and none before tomorrow; nil if Ended
	Ended  bool     // over or parked: it is here because a calendar may still show it as open
}

// DatesOf gives the reviews and actions of a record, with as much detail as the options allow. One that has ended is
// kept while a calendar may still show it as open: if it ended since the last review, or its day is still ahead. Its
// title says how it ended, because there is no better way that all calendars share: of a cancelled event, some take no
// notice and others hide it.
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

// DatesTaken says how to get the dates into a calendar.
const DatesTaken = "Import the file into your calendar, and a new one after changes: the dates move and are not " +
	"doubled. The Outlook program, unlike Outlook on the web, makes a calendar of its own of each file: delete the " +
	"old one first. Google Calendar takes no reminders from a file: there, set its notifications for all-day events."

// Says tells how many dates there are, and what else of the record is with them.
func (d Dates) Says(o Options) string {
	if len(d.Events) == 0 {
		return "Nothing has a day yet, so the calendar is empty."
	}
	ended := lists.Count(d.Events, func(e Event) bool { return e.Ended })
	text := "It holds " + words.Count(len(d.Events)-ended, "date", "dates")
	if ended > 0 {
		text += ", and " + words.Count(ended, "that is over or parked", "that are over or parked")
	}
	switch {
	case o.Redacted:
		return text + ", with codes alone: no name, and no words that anybody typed."
	case o.includes(withNotes):
		return text + ", with the notes beside goals and actions."
	}
	return text + ", with your words for goals and actions. Notes and all that is private are left out."
}

// dates collects the events. The embedded Source holds the whole record, for UIDs and days; shown is what may be told.
type dates struct {
	Source
	o     Options
	shown profile.Profile // the record, redacted if the options say so
	whose string          // the learner's name, which begins each title in a calendar that is not the learner's own
	all   []Event
}

// How many days before a review, and before an action is due, a calendar reminds.
var (
	beforeReview = []int{7, 1}
	beforeAction = []int{1}
)

// add adds an event for a thing of the given kind and ID. The UID is a hash, because people can write their own IDs,
// and what they write may be private.
func (d *dates) add(kind, id string, remind []int, e Event) {
	who := d.Profile.Learner
	sum := sha256.Sum256([]byte(strings.Join([]string{cmp.Or(who.ID, who.Name.Line()), kind, id}, "\x00")))
	e.UID = hex.EncodeToString(sum[:16]) + "@ksbcoach"
	if !e.Ended {
		for _, n := range remind {
			// Outlook keeps only one reminder. If that had passed it would show at once, and the other never would.
			// Today's may have passed already.
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

// review adds a review. Its UID is made from the review before it, since a review that is ahead has no ID yet. So it
// stays the same event when it is arranged, moved and held.
func (d *dates) review(before profile.Review, e Event) {
	d.add("review after", before.ID, beforeReview, e)
}

// reviews adds the last review that was held, the one that is under way, and the next.
func (d *dates) reviews() {
	p := d.Profile // even if redacted: only days and kinds of reviews are told, and UIDs are hashes
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
			"The next review is due by this day. No day is set for it yet.",
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

// mayBeKnown reports whether a calendar may still show an action as open although it has ended or its goal is not
// active.
func (d *dates) mayBeKnown(a profile.Action, g profile.Goal) bool {
	last, _ := d.Profile.LastReview()
	return !a.Due.Before(d.Today) || cmp.Or(a.Closed, g.Closed).After(last.On)
}

// Doc is a page of the dates, to read before they go into a calendar.
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
