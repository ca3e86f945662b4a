package appraisal

import (
	"fmt"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/doc"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// PackDoc is what to bring to a review, without anything private. With codes, each action begins with the ID that
// commands take; leave them out of a document for other people, who have no use for them.
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
	d.Section("Strengths", each(x.Strengths, Point.Line))
	d.Section("The largest gaps", each(x.Gaps, Point.Line))
	differ := func(d Difference) string { return d.KSB + " " + title(d.KSB) + ": " + d.Words() }
	d.Section("Where we differ", each(x.Disagreements, differ))
	d.Section(AgedHeading, each(x.Aged, Point.Line))
	d.Section("Actions that are overdue", each(x.Overdue, words))
	d.Section("Other open actions", each(x.Open, words))
	d.Section("Unsupported claims of 3 or 4, without a fresh example yet", each(x.Unsupported, Point.Line))
	d.Section("Evidence that is too old", each(x.Stale, Point.Line))
	if len(x.Missing) > 0 {
		codes := strings.Join(each(x.Missing, func(x Point) string { return x.KSB }), ", ")
		d.Section("Without evidence", []string{codes})
	}
	d.Section("Chances to ask for", each(x.Requests, func(q Request) string { return q.Words }))
	d.Section("Questions to ask", each(x.Ask, Point.Line))
	d.Section("Support to ask for", each(x.Support, Point.Line))
	return d
}

// AddPrivate adds the notes that a learner keeps for a review, for documents that only they see.
func AddPrivate(d *doc.Doc, x profile.Private) {
	var items []string
	for _, note := range x.Notes() {
		if !note.Text.Empty() {
			items = append(items, note.About+": "+note.Text.Line())
		}
	}
	d.Section("For yourself", items)
}

// each turns one list into another.
func each[T, U any](list []T, turn func(T) U) []U {
	out := make([]U, len(list))
	for i, x := range list {
		out[i] = turn(x)
	}
	return out
}

// Line is the point on one line.
func (x Point) Line() string { return x.KSB + " " + x.Title + ": " + x.Words }

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

// RequestsDoc is a letter to the manager: which opportunities the learner asks for and why, duty by duty. It holds no
// level, note or evidence.
func RequestsDoc(r *gap.Report, p profile.Profile, all []Request, dutyTitle func(duty int) string) doc.Doc {
	d := doc.Doc{Title: words.Count(len(all), "chance", "chances") + " to ask for: " + p.Learner.Title()}
	d.Add(
		doc.Para{Text: fmt.Sprintf("%s (%s). %s", r.Standard.Heading(), standard.Caveat, r.AsOf.Long())},
		doc.Para{Text: "My post gives me no chance to try what is listed here, and the apprenticeship asks for it. " +
			"Each could begin with something small. The advice beside each is written to apprentices.", Apart: true},
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
			{"so far", q.Plan.words()},
		} {
			if x.text != "" {
				d.Add(doc.Pair{Depth: 2, Label: x.label, Text: x.text})
			}
		}
	}
	return d
}
