package appraisal

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/doc"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/sorting"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// Point is one KSB with something to say about it. Words are one line, safe to show.
type Point struct {
	KSB   string
	Title string
	Words string
}

// Pack is what a learner brings to a review.
type Pack struct {
	Since         calendar.Date  // the day of the last closed review; zero if none, and Changes then has everything
	Left          []profile.Left // what the last review left to follow up: differences, and what was agreed in words
	Changes       []Change
	Strengths     []Point // up to three
	Gaps          []Point // the first three of plan.Firsts
	Disagreements []Difference
	Aged          []Point // agreed levels that the learner has rated differently since, to be agreed again
	Unsupported   []Point // claims of 3 or 4 without a recent dated example
	Stale         []Point // other KSBs whose evidence is all too old
	Missing       []Point // other KSBs that are rated above 0 and have no evidence
	Overdue       []profile.Action
	Open          []profile.Action // the other open actions that the review has to check
	Requests      []Request
	Ask           []Point // questions to ask the appraiser
	Support       []Point // support to ask for, from the coaching for Gaps
}

// PackFirst is shown wherever the pack can be handed on, because a mentor should rate before seeing it.
const PackFirst = "It holds your own levels: give it to your mentor after they have rated."

// PackFirstThere says the same to the mentor, in the document that is handed on.
const PackFirstThere = "It holds my own levels: please rate first, and then read."

const few = 3 // how many strengths and gaps a meeting has time for

// Prepare makes the pack as it is on the day of the report.
func Prepare(r *gap.Report, p profile.Profile, coach plan.Coach, title plan.Titles) Pack {
	last, _ := p.LastReview()
	pack := Pack{
		Since: last.On, Left: p.Left(), Changes: Since(p, r.Standard, last.On, r.AsOf), Overdue: p.Overdue(r.AsOf),
		Disagreements: Open(p, r.Standard), Requests: Requests(r, p, coach, title), Aged: Aged(r, title),
	}
	point := func(row gap.Row, words string) Point { return Point{row.KSB.ID, title(row.KSB.ID), words} }
	pack.Strengths = lists.Each(firsts(r.Strengths()),
		func(row gap.Row) Point { return point(row, strengthWords(r, p, row)) })
	for _, row := range firsts(plan.Firsts(r)) {
		pack.Gaps = append(pack.Gaps, point(row, strings.Join(r.Reasons(row), ", ")))
		if entry, ok := coach(row.KSB.ID); ok {
			pack.Support = append(pack.Support, point(row, entry.Support))
		}
	}
	newest := NewestEvidence(p)
	for _, row := range r.Rows {
		switch {
		case row.Unsupported():
			pack.Unsupported = append(pack.Unsupported, point(row, unsupportedWords(r, row)))
		case row.Stale():
			pack.Stale = append(pack.Stale, point(row, "newest evidence of "+newest[row.KSB.ID].Long()))
		case row.Rated && row.Level > 0 && row.Evidence == 0:
			pack.Missing = append(pack.Missing, point(row, row.Level.InWords()+", no evidence"))
		}
	}
	pack.Open = lists.Where(p.ToCheck(), func(a profile.Action) bool {
		return !slices.ContainsFunc(pack.Overdue, func(x profile.Action) bool { return x.ID == a.ID })
	})
	pack.Ask = asks(r, pack, title)
	return pack
}

// AgedHeading is the heading for what Aged lists.
const AgedHeading = "Agreed before, but rated differently by you since: agree again"

// Aged lists the agreed levels that the learner has rated differently since.
func Aged(r *gap.Report, title plan.Titles) []Point {
	return lists.Each(r.Aged(), func(row gap.Row) Point {
		return Point{row.KSB.ID, title(row.KSB.ID), row.Aged.Words(r.AsOf)}
	})
}

func firsts[T any](list []T) []T { return list[:min(len(list), few)] }

func strengthWords(r *gap.Report, p profile.Profile, row gap.Row) string {
	text := row.AgainstTarget(r.AsOf)
	if row.Fresh == 0 {
		return text + ", " + wanting(r, row)
	}
	best, _ := newestFor(p, row.KSB.ID)
	return text + ", shown by: " + best.Title.Line() + " (" + best.On.Long() + ")"
}

func unsupportedWords(r *gap.Report, row gap.Row) string {
	return row.LevelInWords(r.AsOf) + ", " + wanting(r, row)
}

// wanting says what is wrong with the evidence for a KSB that has none that is fresh.
func wanting(r *gap.Report, row gap.Row) string {
	if row.Evidence == 0 {
		return "no dated example"
	}
	return "evidence older than " + words.Count(r.StaleMonths, "month", "months")
}

const maxAsks = 6 // how many questions a learner can put in one meeting

// asks are questions to the appraiser. Those on differences come first, because only the two of them can settle them.
func asks(r *gap.Report, pack Pack, title plan.Titles) []Point {
	var out []Point
	ask := func(ksb, question string) { out = append(out, Point{ksb, title(ksb), question}) }
	differ := lists.Where(pack.Disagreements, func(d Difference) bool { return !d.TalkedOver() })
	for _, d := range differ[:min(len(differ), 2)] {
		question := "On which day did you see it, and what would have been better?"
		switch {
		case d.Opportunity():
			question = "Where have you seen a chance for it that I have not, or the other way round?"
		case d.Widest() < 0:
			question = "What have you seen me do that I did not count?"
		}
		ask(d.KSB, question)
	}
	for _, g := range pack.Gaps[:min(len(pack.Gaps), 2)] {
		if l := aboveBoth(r, g.KSB); l <= level.Max {
			ask(g.KSB, fmt.Sprintf("What would you need to see to agree level %s?", l))
		}
	}
	if len(pack.Unsupported) > 0 {
		ask(pack.Unsupported[0].KSB, "Who has seen me do this lately and could say so in writing?")
	}
	if len(pack.Requests) > 0 {
		ask(pack.Requests[0].KSB, "Who could give me a first chance to see it or try it?")
	}
	return out[:min(len(out), maxAsks)]
}

// aboveBoth is the level above both the learner's and the mentor's. If the learner has claimed a higher level since one
// was agreed, it is that one.
func aboveBoth(r *gap.Report, ksb string) level.Level {
	row, _ := r.Row(ksb)
	if row.Claim() > row.Level {
		return row.Claim()
	}
	if row.Mentor != nil {
		return max(row.Level, *row.Mentor) + 1
	}
	return row.Level + 1
}

// PackDoc is a document of what to bring to a review, without anything private: the page to talk from, and below it the
// details. The learner's own one also has the work left to do before the meeting, and the ID of each action, for
// commands. The one for others calls the learner by name and explains the levels.
func PackDoc(r *gap.Report, p profile.Profile, x Pack, title plan.Titles, scale *level.Scale, own bool) doc.Doc {
	d := doc.Doc{Title: "For the review of " + p.Learner.Name.Line() + ". " + plan.ReviewLine(p, r.AsOf)}
	you := You
	if own {
		d.Add(doc.Para{Text: PackFirst})
	} else {
		you = p.Learner.Name.Line()
		d.Add(doc.Para{Text: PackFirstThere},
			doc.Para{Text: "The levels: " + scale.Names() + ". Advice is quoted as it is written for " +
				"apprentices: there, \"you\" is me."})
	}
	if p.AppraisalNear(r.AsOf) {
		d.Add(doc.Para{Text: "The " + plan.Yearly(p, r.AsOf) + "."})
	}
	talk := ""
	if own {
		talk = plan.GatewayTalk(r)
	}
	for _, says := range words.Given(talk, standing(r)) {
		d.Add(doc.Para{Text: says})
	}
	if talk == "" && plan.NearGateway(r) {
		d.Add(doc.Para{Text: "The gateway is planned for " + r.Gateway.Long() + "."})
	}
	below := false
	for _, s := range Sections(r, p, x, title, you) {
		if s.Own && !own {
			continue
		}
		if s.Below && !below {
			d.Add(doc.Para{Text: "That is the page to talk from. What follows is for looking " +
				"things up.", SpaceBefore: true})
			below = true
		}
		d.Section(s.Head, lists.Each(s.Lines, func(l Line) string {
			if own && l.Action != "" {
				return l.Action + " " + l.Line()
			}
			return l.Line()
		}))
	}
	return d
}

// standing says how many KSBs are rated, and how many are at the level expected by now.
func standing(r *gap.Report) string {
	all := r.Tally(0)
	tried := all.Rated - all.NoOpportunity // without a chance to try it, nobody can be at the level of the month
	says := fmt.Sprintf("%s on %s: %d of %d rated", r.Standard.Reference, r.AsOf.Long(), all.Rated, all.Total)
	if !r.Timed {
		return says + "."
	}
	onTrack := tried - all.Behind
	if all.NoOpportunity == 0 {
		return says + fmt.Sprintf(", %d of them at or above where month %d of %d should be.", onTrack, r.Month,
			r.Length)
	}
	return says + fmt.Sprintf(", %d with no opportunity. Of the other %d, %d %s at or above where month "+
		"%d of %d should be.",
		all.NoOpportunity, tried, onTrack, words.Form(onTrack, "is", "are"), r.Month, r.Length)
}

// AddPrivate adds the learner's private notes for a review. Use it only in documents that nobody else sees.
func AddPrivate(d *doc.Doc, x profile.Private) {
	var items []string
	for _, note := range x.Notes() {
		items = append(items, note.Text.After(note.About+": "))
	}
	d.Section("For yourself", words.Given(items...))
}

// Line is the point on one line.
func (x Point) Line() string { return x.KSB + " " + x.Title + ": " + x.Words }

// Part is a part of what a learner brings to a review. The parts up to PartAskFor are the page to talk from; the others
// are details to look up.
type Part string

// The parts, in reading order.
const (
	PartPickUp    Part = "pickup"    // overdue actions and goals; in the version for others, PartLastTime has them
	PartProud     Part = "proud"     // strengths, with what shows them
	PartWorkingOn Part = "working"   // the first gaps
	PartTalkOver  Part = "talk"      // differences, and agreed levels that the learner has rated differently since
	PartLastTime  Part = "last"      // what came of what was agreed last time, and of the actions
	PartAskFor    Part = "ask"       // what would help
	PartChanged   Part = "changed"   // since the last review
	PartTalkMore  Part = "talk-more" // what PartTalkOver has no room for
	PartActions   Part = "actions"   // what PartLastTime has no room for
	PartUnproved  Part = "unproved"  // claims of 3 or 4 without a recent example
	PartOld       Part = "old"       // evidence that is too old
	PartMissing   Part = "missing"   // ratings without evidence
	PartChances   Part = "chances"   // what the post gives no chance to try
	PartQuestions Part = "questions" // to ask the appraiser
	PartSupport   Part = "support"   // PartAskFor in full
)

// Line is one line of a part. All texts are safe to show.
type Line struct {
	KSB    string // the ID of the KSB that it is about, or ""
	Title  string // the title of that KSB, or the text of an action; may be ""
	Words  string
	Status profile.ActionStatus // what came of it, if it is about Action or Left
	Late   bool                 // it is open and overdue
	Action string               // the ID of the action that it is about, or ""
	Goal   string               // the ID of the goal that it is about as a whole, or ""
	Left   *profile.Left        // what the last review left that it is about, or nil
}

// Text is the line without the KSB, such as "Duty of candour: the team case (14 Jan)".
func (l Line) Text() string { return strings.Join(words.Given(l.Title, l.Words), ": ") }

// Line is the whole line as text.
func (l Line) Line() string { return strings.TrimSpace(l.KSB + " " + l.Text()) }

// Section is a part with its lines, of which there is at least one.
type Section struct {
	Part  Part
	Head  string
	Lines []Line
	Below bool // it belongs to the details below the page to talk from
	Own   bool // work for the learner before the meeting, which others do not need to read
}

// You is what a document that only the learner reads calls the learner. Others use the learner's name.
const You = "you"

// How many lines the page to talk from has room for, so that it fits on a terminal of 24 lines.
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

// Sections are the parts of what a learner brings to a review, without those that have nothing to say. You is what the
// learner is called: You, or their name in a document for others.
func Sections(r *gap.Report, p profile.Profile, x Pack, title plan.Titles, you string) []Section {
	w := pager{r, p, x, title, you}
	last, since := "Last time", "What changed since "+x.Since.Long()
	if x.Since.IsZero() {
		last, since = "Under way", "What there is so far"
	}
	talk, moreTalk := split(w.talk(), few)
	left := slices.Clone(x.Left) // what was agreed in words, which has no KSB, comes first
	sorting.By(left, func(a, b profile.Left) int { return cmp.Compare(min(len(a.KSB), 1), min(len(b.KSB), 1)) })
	promises, morePromises := split(lists.Each(left, w.promise), mostPromises)
	pickUp, late := split(w.late(), mostPickUp)
	if you != You {
		pickUp, late = nil, append(pickUp, late...) // others read about overdue actions among all the others
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
		{
			Part: PartUnproved, Head: "Rated 3 or 4, no recent example entered", Lines: lists.Each(x.Unsupported, said),
			Own: true,
		},
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

// split divides a list after its first n entries.
func split[T any](list []T, n int) (first, rest []T) {
	n = min(len(list), n)
	return list[:n:n], list[n:]
}

func said(x Point) Line { return Line{KSB: x.KSB, Title: x.Title, Words: x.Words} }

func (w pager) about(ksb, words string) Line {
	return Line{KSB: ksb, Title: w.title(ksb), Words: words}
}

// proud lists strengths that recent evidence shows, the newest first, then other strengths. If there are too few, it
// adds other KSBs that are not behind, those with recent evidence and the highest level first.
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
				when += ", before the last review" // so that nobody thinks it is new
			}
			return w.about(row.KSB.ID, best.Title.Line()+" ("+when+")")
		}
		return w.about(row.KSB.ID, row.Level.InWords()+", "+w.wanted(row))
	})
}

// wanted says what to compare a level with: what is expected by now if the row is behind or below target, else the
// target.
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

// talk lists differences and agreed levels that the learner has rated differently since. One of the latter is among the
// first lines, which are on the page. A KSB that is both gets one line.
func (w pager) talk() []Line {
	says := w.you + " says"
	if w.you == You {
		says = "you say"
	}
	var differ, aged []Line
	for _, d := range w.x.Disagreements {
		text := w.you + " " + Level(d.self) + ", " + mentorWords(d.Mentors(), d.By.Or("the mentor"))
		if row, _ := w.r.Row(d.KSB); row.Aged != nil {
			text += "; " + row.Aged.AgreedWords(w.r.AsOf)
		}
		differ = append(differ, w.about(d.KSB, text))
	}
	for _, row := range w.r.Aged() {
		if !slices.ContainsFunc(w.x.Disagreements, func(d Difference) bool { return d.KSB == row.KSB.ID }) {
			aged = append(aged, w.about(row.KSB.ID, row.Aged.WordsWith(says, w.r.AsOf)))
		}
	}
	differ, more := split(differ, few-1)
	first, rest := split(aged, 1)
	return slices.Concat(differ, first, more, rest)
}

// promise is the line for something that the last review left, with what came of it.
func (w pager) promise(l profile.Left) Line {
	out := Line{KSB: l.KSB, Status: l.Outcome, Left: &l}
	text := leftSaid(w.p, l, w.you)
	if l.KSB != "" {
		out.Title = w.title(l.KSB)
	} else {
		text = words.Capital(text)
	}
	out.Words = words.Stop(text) + " " + cmp.Or(words.Capital(Came(l)), WhatCame)
	return out
}

// late lists the overdue actions and goals, the longest overdue first.
func (w pager) late() []Line {
	due, past := w.p.DueSoon(w.r.AsOf)
	return lists.Each(due[:past], func(x profile.DueItem) Line {
		out := Line{
			Title: strings.TrimSuffix(x.Text.Line(), "."), Status: profile.ActionOpen, Late: true, Action: x.Action,
			Words: plan.DueWords(x.Due, w.r.AsOf),
		}
		if x.Action == "" {
			out.Goal, out.Words = x.Goal, "your goal, "+out.Words
		}
		if w.you != You { // others need not read how many days late it is
			out.Words = "open, due " + near(x.Due, w.r.AsOf)
		}
		return out
	})
}

// actions lists the actions that the last review set, with what came of them, and the other open ones, except those
// that late has. Ended ones come first, the last ended at the top, so that an action stays in view when it is answered.
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
	sorting.By(list, func(a, b profile.Action) int {
		openA, openB := a.Status == profile.ActionOpen, b.Status == profile.ActionOpen
		switch {
		case openA == openB:
			return b.Closed.Compare(a.Closed)
		case openA:
			return 1
		}
		return -1
	})
	return lists.Each(list, w.action)
}

func (w pager) action(a profile.Action) Line {
	out := Line{
		Title: strings.TrimSuffix(a.Text.Line(), "."), Action: a.ID, Status: a.Status,
		Late: a.Overdue(w.r.AsOf),
	}
	out.Words = a.Status.Words()
	if a.Status == profile.ActionOpen {
		out.Words += words.After(", due ", near(a.Due, w.r.AsOf))
	} else {
		out.Words += words.After(" on ", near(a.Closed, w.r.AsOf)) + words.After(": ", a.Note.Line())
	}
	return out
}

// near is a day in short; "" for the zero date.
func near(day, today calendar.Date) string {
	if day.IsZero() {
		return ""
	}
	return day.Near(today)
}

// askFor lists the support for the first gaps and one chance to ask for, then more support, then questions. The page
// shows the first three.
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

// support lists the support that the lines on the page do not give in full.
func (w pager) support(onPage []Line) []Line {
	return lists.Where(lists.Each(w.x.Support, said), func(l Line) bool {
		return !slices.ContainsFunc(onPage, func(on Line) bool {
			return on.KSB == l.KSB && on.Words == words.Capital(strings.TrimSuffix(asked(l.Words), "."))
		})
	})
}

// asked drops "Ask for" from a piece of advice, to follow a heading that says it. "Ask to" becomes "to".
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
