// Package handout makes what a learner hands to others: the report (where they are, what changed, strengths, gaps,
// differences, goals, evidence, chances to ask for, and a place to sign), its figures as tables, its dates for a
// calendar, and the index of a portfolio. It decides who may see what. The figures come from gap, appraisal and plan;
// package export turns the result into files.
package handout

import (
	"slices"
	"strconv"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/doc"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// Audience is who a report is for.
type Audience string

// The audiences. The learner's own report says "you"; the others call the learner by name.
const (
	learner  Audience = "learner"
	mentor   Audience = "mentor"
	manager  Audience = "manager"  // the line manager sees no single levels, gaps, differences or evidence
	provider Audience = "provider" // the training provider does not see the questions to the mentor
)

// Audiences lists all audiences, the default first.
var Audiences = []Audience{learner, mentor, manager, provider}

// withNotes is the part of a report that holds the notes on ratings, goals and actions.
const withNotes = "notes"

// Parts lists what a report holds only if it is included by name: the learner's private notes, their reflections, and
// the notes on ratings, goals and actions.
var Parts = []string{
	profile.ShareWellbeing, profile.ShareWorkload, profile.ShareSupport, profile.ShareAdjust,
	profile.ShareReflections, withNotes,
}

// Options say what a report may hold.
type Options struct {
	For      Audience // "" is the learner
	Include  []string // of Parts
	Redacted bool     // only codes, levels and dates: no names or typed words; Include is ignored
}

// Says tells what private matter such a report holds, and what it leaves out.
func (o Options) Says() string {
	switch {
	case o.Redacted:
		return "It holds codes, levels and dates: no name, and no words that anybody typed."
	case len(o.Include) == 0:
		return "Private notes, reflections and the notes on ratings and goals are left out."
	}
	text := "Private, and in it as you chose: " + words.List(o.Include) + "."
	if len(o.Include) < len(Parts) {
		text += " Everything else that is private is left out."
	}
	return text
}

func (o Options) includes(part string) bool { return !o.Redacted && slices.Contains(o.Include, part) }

// Source is what a report is made of.
type Source struct {
	Profile   profile.Profile
	Standard  *standard.Standard
	Scale     *level.Scale
	Today     calendar.Date
	Order     func() gap.Order // of equally pressing gaps
	Coach     plan.Coach
	Title     plan.Titles
	DutyTitle func(duty int) string
}

// writer writes one report, part by part.
type writer struct {
	Source
	o       Options
	r       *gap.Report
	pack    appraisal.Pack
	moments []appraisal.Moment
	parts   []appraisal.Section
	you     string // how the report calls the learner: "you", a name or "the learner"
	doc     doc.Doc
}

// Doc is the report as a document.
func Doc(src Source, o Options) doc.Doc {
	if o.For == "" {
		o.For = learner
	}
	w := &writer{Source: src, o: o, you: appraisal.You}
	switch {
	case o.Redacted:
		w.Profile, w.you = redacted(src.Profile), "the learner"
		w.Title = func(string) string { return "" }
		w.DutyTitle = func(int) string { return "" }
	case o.For != learner:
		w.you = w.Profile.Learner.Name.Line()
	}
	w.r = gap.Compute(w.Standard, w.Scale, w.Profile, w.Today).WithOrder(w.Order)
	w.pack = appraisal.Prepare(w.r, w.Profile, w.Coach, w.Title)
	w.moments = appraisal.Timeline(w.Profile, w.Standard, w.Scale, w.Today)
	w.parts = appraisal.Sections(w.r, w.Profile, w.pack, w.Title, w.you)
	w.head()
	for _, part := range parts {
		wanted := !slices.Contains(part.not, o.For)
		if o.Redacted {
			wanted = part.redacted
		}
		if wanted {
			part.write(w)
		}
	}
	return w.doc
}

// parts are the parts of a report in reading order.
var parts = []struct {
	write    func(w *writer)
	redacted bool       // a redacted report has it, made of codes, levels and dates
	not      []Audience // who does not get it
}{
	{(*writer).summary, true, nil},
	{(*writer).duties, true, nil},
	{(*writer).progress, true, nil},
	{(*writer).strengths, true, []Audience{manager}},
	{(*writer).proud, false, []Audience{learner, mentor, provider}},
	{(*writer).gaps, true, []Audience{manager}},
	{(*writer).differences, true, []Audience{manager}},
	{(*writer).goals, true, nil},
	{(*writer).evidence, true, []Audience{manager}},
	{(*writer).questions, false, []Audience{manager, provider}},
	{(*writer).chances, true, nil},
	{(*writer).unproved, false, []Audience{mentor, manager, provider}},
	{(*writer).private, false, nil},
	{(*writer).signatures, false, nil},
	{(*writer).figures, true, nil},
}

func (w *writer) heading(text string) { w.doc.Add(doc.Heading{Text: text}) }

func (w *writer) para(text string) { w.doc.Add(doc.Para{Depth: 1, Text: text}) }

func (w *writer) item(text string) { w.doc.Add(doc.Item{Depth: 1, Text: text}) }

// section gives the lines of package appraisal for a part of a review; nil if it has none.
func (w *writer) section(part appraisal.Part) []appraisal.Line {
	s, _ := lists.First(w.parts, func(s appraisal.Section) bool { return s.Part == part })
	return s.Lines
}

// LeftOut lists the headings of the parts that the learner's own report has and a report with these options has not.
func LeftOut(src Source, o Options) []string {
	whole := Doc(src, Options{For: learner, Include: o.Include}).Parts()
	kept := Doc(src, o).Parts()
	return slices.DeleteFunc(whole, func(part string) bool { return slices.Contains(kept, part) })
}

// redacted is a copy of a record with only codes, levels and dates. It copies the fields that may stay one by one, so
// that a new field of the record stays out until somebody decides otherwise. IDs become numbers, because people can
// write their own.
func redacted(p profile.Profile) profile.Profile {
	out := profile.Profile{
		Standard: p.Standard, Pauses: p.Pauses, Targets: p.Targets, Curve: p.Curve, Settings: p.Settings,
		Learner: profile.Learner{Start: p.Learner.Start, Gateway: p.Learner.Gateway, Review: p.Learner.Review},
	}
	people := letters{}
	for i, r := range p.Rounds {
		out.Rounds = append(out.Rounds, redactedRound(r, i+1, people))
	}
	for i, e := range p.Evidence {
		out.Evidence = append(out.Evidence,
			profile.Evidence{ID: strconv.Itoa(i + 1), KSBs: e.KSBs, On: e.On, Duty: e.Duty})
	}
	for i, g := range p.Goals {
		x := profile.Goal{
			ID: strconv.Itoa(i + 1), KSBs: g.KSBs, Status: g.Status, Set: g.Set, Due: g.Due, Closed: g.Closed,
		}
		for j, a := range g.Actions {
			x.Actions = append(x.Actions, profile.Action{
				ID: x.ID + "." + strconv.Itoa(j+1), Sort: a.Sort, Due: a.Due, Status: a.Status, Closed: a.Closed,
			})
		}
		out.Goals = append(out.Goals, x)
	}
	for i, r := range p.Reviews {
		out.Reviews = append(out.Reviews, profile.Review{
			ID: strconv.Itoa(i + 1), On: r.On, Kind: r.Kind, Next: r.Next, Closed: r.Closed,
		})
	}
	return out
}

func redactedRound(r profile.Round, number int, people letters) profile.Round {
	out := profile.Round{
		ID: "round " + strconv.Itoa(number), Opened: r.Opened, Closed: r.Closed,
		Ratings: map[profile.Rater]map[string]profile.Rating{}, Others: map[string][]profile.Rating{},
		Differ: map[string]profile.Differ{},
	}
	for _, by := range profile.Raters {
		out.Ratings[by] = map[string]profile.Rating{}
		for _, id := range standard.Sorted(r.Ratings[by]) { // sorted, so that everybody always gets the same letter
			out.Ratings[by][id] = redactedRating(r.Ratings[by][id], people)
		}
	}
	for _, id := range standard.Sorted(r.Others) {
		for _, x := range r.Others[id] {
			out.Others[id] = append(out.Others[id], redactedRating(x, people))
		}
	}
	for id, d := range r.Differ {
		out.Differ[id] = profile.Differ{On: d.On}
	}
	return out
}

func redactedRating(x profile.Rating, people letters) profile.Rating {
	return profile.Rating{
		Level: x.Level, On: x.On, Shown: x.Shown, Changed: x.Changed, Blind: x.Blind, By: people.of(x.By),
	}
}

// letters tell people apart without their names: they map each name to "mentor A" and so on. A number would look like a
// level.
type letters map[string]string

func (l letters) of(name safetext.Text) safetext.Text {
	if name.Empty() {
		return name
	}
	if _, known := l[name.Line()]; !known {
		l[name.Line()] = "mentor " + string(rune('A'+len(l)%26)) + strings.Repeat("'", len(l)/26)
	}
	return safetext.New(l[name.Line()])
}
