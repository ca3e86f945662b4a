package appraisal

import (
	"fmt"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/doc"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// PackDoc is what to bring to a review, and nothing private. With codes each action begins with the code that commands
// name it by; whoever is handed the document has no use for those.
func PackDoc(r *gap.Report, p profile.Profile, x Pack, title plan.Titles, codes bool) doc.Doc {
	d := doc.Doc{Title: "For the review of " + p.Learner.Name.Line() + ". " + plan.ReviewLine(p, r.AsOf)}
	d.Add(doc.Para{Text: PackFirst})
	if p.AppraisalNear(r.AsOf) {
		d.Add(doc.Para{Text: "The " + plan.Yearly(p, r.AsOf) + "."})
	}
	d.Add(doc.Para{Text: r.Summary()})
	since := "What changed so far"
	if !x.Since.IsZero() {
		since = "What changed since " + x.Since.Long()
	}
	words := func(a profile.Action) string { return actionWords(a, codes) }
	d.Section("Left open last time", each(x.Left, func(l profile.Left) string { return leftAsked(p, l) }))
	d.Section(since, each(x.Changes, func(c Change) string { return c.Words }))
	d.Section("Strengths", each(x.Strengths, Point.line))
	d.Section("The largest gaps", each(x.Gaps, Point.line))
	differ := func(d Difference) string { return d.KSB + " " + title(d.KSB) + ": " + d.Words() }
	d.Section("Where we differ", each(x.Disagreements, differ))
	d.Section("Agreed before, and rated otherwise by you since; agree anew", each(x.Aged, Point.line))
	d.Section("Actions that are overdue", each(x.Overdue, words))
	d.Section("Other open actions", each(x.Open, words))
	d.Section("Unsupported claims of 3 or 4, without a fresh example yet", each(x.Unsupported, Point.line))
	d.Section("Evidence that is too old", each(x.Stale, Point.line))
	if len(x.Missing) > 0 {
		codes := strings.Join(each(x.Missing, func(x Point) string { return x.KSB }), ", ")
		d.Section("Without evidence", []string{codes})
	}
	d.Section("Chances to ask for", each(x.Requests, func(q Request) string { return q.Words }))
	d.Section("Questions to ask", each(x.Ask, Point.line))
	d.Section("Support to ask for", each(x.Support, Point.line))
	return d
}

// AddPrivate adds the notes that a learner keeps for a review, for documents that only they see.
func AddPrivate(d *doc.Doc, x profile.Private) {
	var items []string
	for _, part := range []struct {
		name string
		text safetext.Text
	}{{"wellbeing", x.Wellbeing}, {"workload", x.Workload}, {"support", x.Support}, {"adjustments", x.Adjust}} {
		if !part.text.Empty() {
			items = append(items, part.name+": "+part.text.Line())
		}
	}
	d.Section("For yourself", items)
}

func each[T any](list []T, words func(T) string) []string {
	out := make([]string, len(list))
	for i, x := range list {
		out[i] = words(x)
	}
	return out
}

func (x Point) line() string { return x.KSB + " " + x.Title + ": " + x.Words }

func actionWords(a profile.Action, codes bool) string {
	words := a.Text.Line()
	if codes {
		words = a.ID + " " + words
	}
	if !a.Due.IsZero() {
		words += ", by " + a.Due.Long()
	}
	return words
}

// leftAsked is what the last review left, and what came of it or the question.
func leftAsked(p profile.Profile, l profile.Left) string {
	came := Came(l)
	if came == "" {
		came = WhatCame
	}
	name := ""
	if l.KSB != "" {
		name = l.KSB + ": "
	}
	return name + strings.TrimSuffix(LeftWords(p, l), ".") + ". " + came
}

// RequestsDoc is the letter to a manager: who asks for chances and why, and by duty what would help. It holds no level,
// note or evidence.
func RequestsDoc(r *gap.Report, p profile.Profile, all []Request, dutyTitle func(duty int) string) doc.Doc {
	who := p.Learner.Name.Line()
	if !p.Learner.Role.Empty() {
		who += ", " + p.Learner.Role.Line()
	}
	std := r.Standard
	d := doc.Doc{Title: words.Count(len(all), "chance", "chances") + " to ask for: " + who}
	d.Add(
		doc.Para{Text: fmt.Sprintf(
			"%s %s, level %d (%s). %s", std.Reference, std.Title, std.Level, standard.Caveat, r.AsOf.Long())},
		doc.Para{Text: "My post gives me no chance to try what is listed here, and the apprenticeship asks for it. Each could begin with " +
			"something small. The advice beside each is written to apprentices.", Apart: true},
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
			{"ask for", q.Want},
			{"how", strings.Join(q.Ways, "; or ")},
			{"to try", q.Exposure[0]},
			{"who", strings.Join(q.Ask, "; ")},
			{"so far", q.Plan.Words()},
		} {
			if x.text != "" {
				d.Add(doc.Pair{Depth: 2, Label: x.label, Text: x.text})
			}
		}
	}
	return d
}
