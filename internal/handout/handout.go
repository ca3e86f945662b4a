// Package handout is all that a learner can hand on in one paper: where they are, what changed, strengths,
// gaps, differences, goals, evidence, chances to ask for, and a place to sign. It decides what is in a report for whom,
// and what never is; the figures and their rules are those of gap, appraisal and plan, and the form is package
// export's.
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

// Audience is for whom a report is.
type Audience string

// The audiences. The learner's own says "you"; all others read of the learner by name.
const (
	learner  Audience = "learner"
	mentor   Audience = "mentor"
	manager  Audience = "manager"  // the line manager: without single levels, gaps, differences and evidence
	provider Audience = "provider" // the training provider: without the questions to the mentor
)

// Audiences lists them; the first is for whom a report is where nothing else is said.
var Audiences = []Audience{learner, mentor, manager, provider}

// withNotes is the word that has a report hold the notes beside ratings, goals and actions.
const withNotes = "notes"

// Parts are what stays out of a report unless it is included by name: the learner's private notes, their reflections
// and the notes beside ratings, goals and actions.
var Parts = []string{
	profile.ShareWellbeing, profile.ShareWorkload, profile.ShareSupport, profile.ShareAdjust,
	profile.ShareReflections, withNotes,
}

// Options are what a report is to hold.
type Options struct {
	For      Audience // "" is the learner
	Include  []string // of Parts
	Redacted bool     // codes, levels and dates only, no name or typed words; Include does nothing then
}

// Says what is in such a report of what is private, in a sentence.
func (o Options) Says() string {
	switch {
	case o.Redacted:
		return "It holds codes, levels and dates: no name, and no words that anybody typed."
	case len(o.Include) == 0:
		return "Private notes, reflections and the notes beside ratings and goals are left out."
	}
	says := "Private, and in it as you chose: " + words.List(o.Include) + "."
	if len(o.Include) < len(Parts) {
		says += " The rest of what is private is left out."
	}
	return says
}

func (o Options) includes(part string) bool { return !o.Redacted && slices.Contains(o.Include, part) }

// Source is what a report is made of.
type Source struct {
	Profile   profile.Profile
	Standard  *standard.Standard
	Scale     *level.Scale
	Today     calendar.Date
	Order     func() gap.Order // what comes first where gaps press alike
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
	you     string // how the learner is named
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
		if part.redacted && o.Redacted || !o.Redacted && !slices.Contains(part.not, o.For) {
			part.write(w)
		}
	}
	return w.doc
}

// parts are the parts of a report in the order in which they are read.
var parts = []struct {
	write    func(w *writer)
	redacted bool       // it can be written of codes, levels and dates alone
	not      []Audience // for whom it is left out
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

// section is what appraisal says of a part of a review; nil where it has nothing to say.
func (w *writer) section(part appraisal.Part) []appraisal.Line {
	s, _ := lists.First(w.parts, func(s appraisal.Section) bool { return s.Part == part })
	return s.Lines
}

// LeftOut are the parts that the learner's own report has and the one with these options has not, by their headings.
func LeftOut(src Source, o Options) []string {
	whole := Doc(src, Options{For: learner, Include: o.Include})
	own := Doc(src, o)
	has := own.Parts()
	return slices.DeleteFunc(whole.Parts(), func(part string) bool { return slices.Contains(has, part) })
}

// redacted is a record of codes, levels and dates alone. What may stay is taken over piece by piece, so that a field
// that is new to the record stays out until somebody decides otherwise. Identifiers become numbers, since they can be
// written by hand.
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
		for _, id := range standard.Sorted(r.Ratings[by]) { // in order, so that everybody keeps their letter
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

// letters tell people apart without their names.
type letters map[string]string

// of is a letter for a name; a number would read as a level.
func (n letters) of(who safetext.Text) safetext.Text {
	if who.Empty() {
		return who
	}
	if _, known := n[who.Line()]; !known {
		n[who.Line()] = "mentor " + string(rune('A'+len(n)%26)) + strings.Repeat("'", len(n)/26)
	}
	return safetext.New(n[who.Line()])
}
