package appraisal

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/sorting"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// Part is a part of what a learner brings to a review. The first six, up to PartAskFor, are the page for the room; the
// others are what it rests on, for looking things up.
type Part string

// The parts, in the order in which they are read.
const (
	PartPickUp    Part = "pickup"    // actions and goals that are past their day; in what others read they are of last time
	PartProud     Part = "proud"     // strengths, with what shows them
	PartWorkingOn Part = "working"   // the gaps that come first
	PartTalkOver  Part = "talk"      // differences, and agreed levels that the learner rates otherwise by now
	PartLastTime  Part = "last"      // what came of what was agreed last time, and of the actions
	PartAskFor    Part = "ask"       // what would help
	PartChanged   Part = "changed"   // since the last review
	PartTalkMore  Part = "talk-more" // what PartTalkOver has no room for
	PartActions   Part = "actions"   // what PartLastTime has no room for
	PartUnproved  Part = "unproved"  // claims of 3 or 4 without a fresh example
	PartOld       Part = "old"       // evidence that is too old
	PartMissing   Part = "missing"   // ratings without evidence
	PartChances   Part = "chances"   // what the post gives no chance to try
	PartQuestions Part = "questions" // to put to the appraiser
	PartSupport   Part = "support"   // what PartAskFor says in short
)

// Line is one line of it. All texts are safe to show.
type Line struct {
	KSB    string // the code of the KSB that it is about, or ""
	Title  string // of that KSB, or what an action is; may be ""
	Words  string
	Status profile.ActionStatus // of a promise or an action: what came of it
	Late   bool                 // of these: it is open, and its day has passed
	Action string               // the ID of the action that it is about, or ""
	Goal   string               // the ID of the goal that it is about as a whole, or ""
	Left   *profile.Left        // what was left open that it is about, or nil
}

// Text is the line without its code, such as "Duty of candour: the team case (14 Jan)".
func (l Line) Text() string { return strings.Join(words.Given(l.Title, l.Words), ": ") }

// Line is the whole of it.
func (l Line) Line() string { return strings.TrimSpace(l.KSB + " " + l.Text()) }

// Section is a part with its lines. There is always at least one.
type Section struct {
	Part  Part
	Head  string
	Lines []Line
	Below bool // it belongs below the page for the room
	Own   bool // work for the learner before the meeting, which has no place in a paper for others
}

// You is how the learner is named in what only they read. Elsewhere their name is used.
const You = "you"

// How much of each part the page has room for. It fills a terminal of 24 lines.
const (
	mostLast     = 5
	mostPromises = 2
	mostPickUp   = 3
)

type pager struct {
	r     *gap.Report
	p     profile.Profile
	x     Pack
	title plan.Titles
	you   string
}

// Sections are what a learner brings to a review: the page for the room first, then what it rests on. Parts that have
// nothing to say are left out. You is how the learner is named: You, or their name in what others read.
func Sections(r *gap.Report, p profile.Profile, x Pack, title plan.Titles, you string) []Section {
	w := pager{r, p, x, title, you}
	last, since := "Last time", "What changed since "+x.Since.Long()
	if x.Since.IsZero() {
		last, since = "Under way", "What there is so far"
	}
	talk, moreTalk := split(w.talk(), few)
	left := slices.Clone(x.Left) // what was agreed in words, which is about no KSB, comes first
	sorting.By(left, func(a, b profile.Left) int { return cmp.Compare(min(len(a.KSB), 1), min(len(b.KSB), 1)) })
	promises, morePromises := split(lists.Each(left, w.promise), mostPromises)
	pickUp, late := split(w.late(), mostPickUp)
	if you != You {
		pickUp, late = nil, append(pickUp, late...) // it is the learner's to pick up: others read of it with the rest
	}
	actions, moreActions := split(append(late, w.actions()...), mostLast-len(promises)-len(pickUp))
	ask, _ := split(w.askFor(), few)
	all := []Section{
		{Part: PartPickUp, Head: "To pick up", Lines: pickUp},
		{Part: PartProud, Head: "Proud of", Lines: w.proud()},
		{Part: PartWorkingOn, Head: "To work on", Lines: lists.Each(x.Gaps, w.gap)},
		{Part: PartTalkOver, Head: "Talk over", Lines: talk},
		{Part: PartLastTime, Head: last, Lines: slices.Concat(promises, actions)},
		{Part: PartAskFor, Head: "To ask for", Lines: ask},
		{Part: PartChanged, Head: since, Lines: lists.Each(x.Changes, w.change)},
		{Part: PartTalkMore, Head: "More to talk over", Lines: moreTalk},
		{Part: PartActions, Head: "More of last time and under way", Lines: slices.Concat(morePromises, moreActions)},
		{Part: PartUnproved, Head: "Rated 3 or 4, no recent example entered", Lines: lists.Each(x.Unsupported, said), Own: true},
		{Part: PartOld, Head: "Evidence that is too old", Lines: lists.Each(x.Stale, said), Own: true},
		{Part: PartMissing, Head: "Rated, and no evidence yet", Lines: lists.Each(x.Missing, said), Own: true},
		{Part: PartChances, Head: "Chances to ask for", Lines: lists.Each(x.Requests, chance)},
		{Part: PartQuestions, Head: "Questions to ask", Lines: lists.Each(x.Ask, said)},
		{Part: PartSupport, Head: "Support to ask for, in full", Lines: w.support(ask)},
	}
	for i := range all {
		all[i].Below = i >= slices.IndexFunc(all, func(s Section) bool { return s.Part == PartChanged })
	}
	return lists.Where(all, func(s Section) bool { return len(s.Lines) > 0 })
}

func split[T any](list []T, n int) (first, rest []T) {
	n = min(len(list), n)
	return list[:n:n], list[n:]
}

func said(x Point) Line { return Line{KSB: x.KSB, Title: x.Title, Words: x.Words} }

func (w pager) about(ksb, words string) Line {
	return Line{KSB: ksb, Title: w.title(ksb), Words: words}
}

// proud are strengths that something shows, the newest first; then other strengths, and
// where there are too few, what is furthest on for the month.
func (w pager) proud() []Line {
	rows := w.r.Strengths()
	others := lists.Where(w.r.Rows, func(x gap.Row) bool {
		working := slices.ContainsFunc(w.x.Gaps, func(g Point) bool { return g.KSB == x.KSB.ID })
		return x.Rated && x.Level > 0 && !working && !x.Strength() && !x.Late()
	})
	shown := func(x gap.Row) int { return min(x.Fresh, 1) }
	newest := NewestEvidence(w.p)
	sorting.By(rows, func(a, b gap.Row) int {
		return cmp.Or(cmp.Compare(shown(b), shown(a)), shown(a)*newest[b.KSB.ID].Compare(newest[a.KSB.ID]))
	})
	sorting.By(others, func(a, b gap.Row) int {
		return cmp.Or(cmp.Compare(shown(b), shown(a)), cmp.Compare(b.Level, a.Level))
	})
	return lists.Each(firsts(append(rows, others...)), func(row gap.Row) Line {
		if best, ok := newestFor(w.p, row.KSB.ID); ok && row.Fresh > 0 {
			when := best.On.Near(w.r.AsOf)
			if !w.x.Since.IsZero() && !best.On.After(w.x.Since) {
				when += ", before the last review" // so that nobody takes it for news
			}
			return w.about(row.KSB.ID, best.Title.Line()+" ("+when+")")
		}
		return w.about(row.KSB.ID, row.Level.InWords()+", "+w.wanted(row))
	})
}

// wanted is the level to set one beside: the one expected by now where that is higher than the level, or the target.
func (w pager) wanted(row gap.Row) string {
	if expected, known := row.Expected(); known && (row.Late() || !row.Strength()) {
		return "expected " + expected.String()
	}
	return "target " + row.Target.String()
}

func (w pager) gap(x Point) Line {
	row, _ := w.r.Row(x.KSB)
	wanted := "target " + row.Target.String()
	if row.Late() {
		wanted = w.wanted(row)
	}
	return w.about(x.KSB, fmt.Sprintf("now %s, %s", row.Level, wanted))
}

// talk has an agreement that is old among the first, if there is one. Where they differ on it too, that is one line.
func (w pager) talk() []Line {
	says := w.you + " says"
	if w.you == You {
		says = "you say"
	}
	var differ, aged []Line
	for _, d := range w.x.Disagreements {
		words := w.you + " " + Level(d.self) + ", " + mentorWords(d.Mentors(), d.By.Or("the mentor"))
		if row, _ := w.r.Row(d.KSB); row.Aged != nil {
			words += "; " + row.Aged.AgreedWords(w.r.AsOf)
		}
		differ = append(differ, w.about(d.KSB, words))
	}
	for _, row := range w.r.Aged() {
		if !slices.ContainsFunc(w.x.Disagreements, func(d Difference) bool { return d.KSB == row.KSB.ID }) {
			aged = append(aged, w.about(row.KSB.ID, row.Aged.Said(says, w.r.AsOf)))
		}
	}
	differ, more := split(differ, few-1)
	first, rest := split(aged, 1)
	return slices.Concat(differ, first, more, rest)
}

func (w pager) promise(l profile.Left) Line {
	out := Line{KSB: l.KSB, Status: l.Outcome, Left: &l, Words: words.Capital(leftSaid(w.p, l, w.you))}
	if l.KSB != "" {
		out.Title, out.Words = w.title(l.KSB), leftSaid(w.p, l, w.you)
	}
	out.Words = strings.TrimSuffix(out.Words, ".") + ". " + cmp.Or(words.Capital(Came(l)), WhatCame)
	return out
}

// late are the actions and goals that are past their day, the longest first.
func (w pager) late() []Line {
	due, past := w.p.DueSoon(w.r.AsOf)
	return lists.Each(due[:past], func(x profile.Dated) Line {
		out := Line{
			Title: strings.TrimSuffix(x.Text.Line(), "."), Status: profile.ActionOpen, Late: true, Action: x.Action,
			Words: plan.DueWords(x.Due, w.r.AsOf),
		}
		if x.Action == "" {
			out.Goal, out.Words = x.Goal, "your goal, "+out.Words
		}
		if w.you != You { // a day is enough for others
			out.Words = "open, due " + near(x.Due, w.r.AsOf)
		}
		return out
	})
}

// actions are those that the last review set, with what came of them, and what is open: what has ended first, the newest
// before the rest, so that what was answered just now is still in view. Those past their day are named by late.
func (w pager) actions() []Line {
	last, _ := w.p.LastReview()
	var list []profile.Action
	for _, id := range last.Actions {
		if a, _, ok := w.p.Action(id); ok {
			list = append(list, a)
		}
	}
	others := func(a profile.Action) bool { return !slices.Contains(last.Actions, a.ID) }
	list = append(list, lists.Where(w.x.Open, others)...)
	list = lists.Where(list, func(a profile.Action) bool {
		return !slices.ContainsFunc(w.x.Overdue, func(late profile.Action) bool { return late.ID == a.ID })
	})
	turn := func(a profile.Action) int {
		if a.Status != profile.ActionOpen {
			return 0
		}
		return 1
	}
	sorting.By(list, func(a, b profile.Action) int {
		return cmp.Or(cmp.Compare(turn(a), turn(b)), b.Closed.Compare(a.Closed))
	})
	return lists.Each(list, w.action)
}

func (w pager) action(a profile.Action) Line {
	out := Line{Title: strings.TrimSuffix(a.Text.Line(), "."), Action: a.ID, Status: a.Status, Late: a.Overdue(w.r.AsOf)}
	if out.Words = a.Status.Words(); a.Status == profile.ActionOpen {
		out.Words += words.After(", due ", near(a.Due, w.r.AsOf))
	} else {
		out.Words += words.After(" on ", near(a.Closed, w.r.AsOf)) + words.After(": ", a.Note.Line())
	}
	return out
}

// near is a day in short, or "" for none.
func near(day, today calendar.Date) string {
	if day.IsZero() {
		return ""
	}
	return day.Near(today)
}

// askFor are the support for the first gaps and a first chance, then more support, and questions where there is nothing
// else to ask for.
func (w pager) askFor() []Line {
	var out []Line
	ask := func(ksb, want string) {
		first, _, _ := strings.Cut(words.Capital(asked(want)), ". ")
		out = append(out, w.about(ksb, strings.TrimSuffix(first, ".")))
	}
	first, more := split(w.x.Support, few-1)
	for _, x := range first {
		ask(x.KSB, x.Words)
	}
	for _, q := range w.x.Requests[:min(len(w.x.Requests), 1)] {
		ask(q.KSB, q.Want)
	}
	for _, x := range more {
		ask(x.KSB, x.Words)
	}
	return append(out, lists.Each(w.x.Ask, said)...)
}

// support is what the page does not say in full.
func (w pager) support(onPage []Line) []Line {
	return lists.Where(lists.Each(w.x.Support, said), func(l Line) bool {
		return !slices.ContainsFunc(onPage, func(on Line) bool {
			return on.KSB == l.KSB && on.Words == words.Capital(strings.TrimSuffix(asked(l.Words), "."))
		})
	})
}

// asked is what a piece of advice says to ask for, without the word that the heading says already.
func asked(advice string) string {
	if rest, ok := strings.CutPrefix(advice, "Ask for "); ok {
		return strings.ReplaceAll(rest, ", and for ", ", and ")
	}
	if rest, ok := strings.CutPrefix(advice, "Ask to "); ok {
		return "to " + rest
	}
	return advice
}

func (w pager) change(c Change) Line {
	switch c.Kind {
	case levelChanged:
		return w.about(c.KSB, c.Step)
	case evidenceAdded:
		return Line{Words: words.Count(len(c.IDs), "new piece", "new pieces") + " of evidence"}
	}
	return Line{Words: words.Capital(c.Words)}
}

func chance(q Request) Line {
	return Line{KSB: q.KSB, Title: q.Title, Words: q.AskFor() + " Ask: " + strings.Join(q.Ask, "; ")}
}
