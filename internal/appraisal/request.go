package appraisal

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/doc"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/sorting"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// Request asks the manager for a chance that the post does not give.
type Request struct {
	Duty     int // the first of the KSB's duties
	KSB      string
	Title    string
	Text     string        // the KSB in the standard's own words
	Since    calendar.Date // when it was rated "no opportunity"
	Want     string        // what to ask for
	Ways     []string      // how it could be offered, such as shadowing; the likeliest first
	Exposure []string      // what to see or try; at least one
	Ask      []string      // whom to ask; at least one
	Words    string        // what to ask for, and whom, on one line
	Plan     Planned       // what the plan has for it already
}

// AskFor is what to ask for, worded to follow "Ask for".
func (q Request) AskFor() string { return words.Capital(asked(q.Want)) }

// Planned is the active or parked goal for a KSB, and the next of its open actions. Either may be missing.
type Planned struct {
	Goal   profile.Goal
	Action profile.Action
}

// Known reports whether there is such a goal.
func (x Planned) Known() bool { return x.Goal.ID != "" }

// words say so without the text of the goal, such as "in the plan, since 3 Nov 2026, next step by 12 Dec 2026".
func (x Planned) words() string {
	if !x.Known() {
		return ""
	}
	says := "in the plan"
	if x.Goal.Status == profile.GoalParked {
		says = "in the plan, parked for now"
	}
	return says + words.After(", since ", x.Goal.Set.Long()) + words.After(", next step by ", x.Action.Due.Long())
}

// plannedFor finds the goal for a KSB, an active one before a parked one.
func plannedFor(p profile.Profile, ksb string) (out Planned) {
	for _, status := range []profile.GoalStatus{profile.GoalActive, profile.GoalParked} {
		for _, g := range p.Goals {
			if g.Status != status || !slices.Contains(g.KSBs, ksb) {
				continue
			}
			for _, a := range g.Actions {
				if a.Status == profile.ActionOpen && (out.Action.ID == "" || sooner(a.Due, out.Action.Due)) {
					out.Action = a
				}
			}
			out.Goal = g
			return out
		}
	}
	return out
}

// sooner reports whether day a is before day b; an unknown day comes last.
func sooner(a, b calendar.Date) bool { return !a.IsZero() && (b.IsZero() || a.Before(b)) }

// Requests makes a request of each KSB rated "no opportunity", in duty order.
func Requests(r *gap.Report, p profile.Profile, coach plan.Coach, title plan.Titles) []Request {
	var out []Request
	for _, row := range r.NoOpportunity() {
		q := Request{
			Duty: r.Standard.Home(row.KSB.ID), KSB: row.KSB.ID, Title: title(row.KSB.ID), Text: row.KSB.Text,
			Since: row.On, Ways: ways(row.KSB), Plan: plannedFor(p, row.KSB.ID),
		}
		entry, _ := coach(row.KSB.ID)
		q.Want = entry.Support
		for _, a := range entry.ActionsFrom(row.Level) {
			if a.Sort != profile.People {
				continue
			}
			q.Exposure = append(q.Exposure, a.Text)
			if a.Who != "" && !slices.Contains(q.Ask, a.Who) {
				q.Ask = append(q.Ask, a.Who)
			}
		}
		if len(q.Exposure) == 0 {
			q.Exposure = []string{firstChance(row)}
		}
		q.Want = cmp.Or(q.Want, q.Exposure[0])
		if len(q.Ask) == 0 {
			q.Ask = []string{"Your line manager, for a rotation or a day with another team"}
		}
		q.Words = fmt.Sprintf("%s %s: %s Ask: %s", q.KSB, q.Title, q.Want, strings.Join(q.Ask, "; "))
		out = append(out, q)
	}
	place := func(q Request) int {
		return slices.IndexFunc(r.Standard.Duties, func(d standard.Duty) bool { return d.Number == q.Duty })
	}
	sorting.By(out, func(a, b Request) int { return place(a) - place(b) })
	return out
}

// ways lists how a manager could offer the chance: what the wording of the KSB suggests, what suits its kind, and a
// rotation.
func ways(k standard.KSB) []string {
	var out []string
	text := strings.ToLower(k.Text)
	for _, x := range []struct{ in, way string }{
		{"audit", "a part in an audit"},
		{"procedure", "a part in an SOP review"},
		{"polic", "a part in an SOP review"},
		{"research", "a day with a study that is under way"},
	} {
		if strings.Contains(text, x.in) && !slices.Contains(out, x.way) {
			out = append(out, x.way)
		}
	}
	return append(out, map[standard.Kind]string{
		standard.Skill:     "a day or two of shadowing, then a first go under supervision",
		standard.Knowledge: "an hour or a visit with somebody who works with it",
		standard.Behaviour: "some days with a team whose work calls for it",
	}[k.Kind], "a rotation")
}

func firstChance(row gap.Row) string {
	return map[standard.Kind]string{
		standard.Skill: "Shadow somebody who does it, then try it once under supervision.",
		standard.Knowledge: "An hour with somebody who works with it: a talk, a visit, or an SOP to go through " +
			"together.",
		standard.Behaviour: "Work beside a team whose work calls for it, and note one situation.",
	}[row.KSB.Kind]
}

// RequestsDoc is a letter to the manager: the chances that the learner asks for, and why, duty by duty. It holds no
// level, note or evidence.
func RequestsDoc(r *gap.Report, p profile.Profile, all []Request, dutyTitle func(duty int) string) doc.Doc {
	d := doc.Doc{Title: words.Count(len(all), "chance", "chances") + " to ask for" +
		words.After(": ", p.Learner.Title())}
	d.Add(
		doc.Para{Text: fmt.Sprintf("%s (%s). %s", r.Standard.Heading(), standard.Caveat, r.AsOf.Long())},
		doc.Para{SpaceBefore: true, Text: "My post gives me no chance to try what is listed here, and the " +
			"apprenticeship asks for it. Each could begin with something small. The advice with each one is " +
			"written for apprentices."},
	)
	duty := 0
	for _, q := range all {
		if q.Duty != duty {
			duty = q.Duty
			d.Add(doc.Heading{Text: fmt.Sprintf("Duty %d: %s", duty, dutyTitle(duty))})
		}
		d.Add(doc.Heading{Depth: 1, Text: q.KSB + " " + q.Title})
		for _, x := range []struct{ label, text string }{
			{"standard", q.Text},
			{"ask for", q.AskFor()},
			{"how", strings.Join(q.Ways, "; or ")},
			{"to try", q.Exposure[0]},
			{"who", strings.Join(q.Ask, "; ")},
			{"so far", q.Plan.words()},
		} {
			if x.text != "" {
				d.Add(doc.Pair{Depth: 2, Label: x.label, Text: x.text})
			}
		}
	}
	return d
}
