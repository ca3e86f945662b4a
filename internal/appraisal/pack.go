package appraisal

import (
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
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// Point is one KSB with its title and a line about it. Words are safe to show.
type Point struct {
	KSB   string
	Title string
	Words string
}

// Pack is what a learner brings to a review.
type Pack struct {
	Since         calendar.Date  // the last closed review; zero: there was none, and Changes tells everything
	Left          []profile.Left // what the last review left to come: differences, and what was agreed in words
	Changes       []Change
	Strengths     []Point // up to three
	Gaps          []Point // the three that come first
	Disagreements []Difference
	Aged          []Point // agreed levels that the learner has rated differently since, to be agreed again
	Unsupported   []Point // claims of 3 or 4 without a fresh dated example
	Stale         []Point // KSBs below that whose evidence is all too old
	Missing       []Point // KSBs below that, rated above 0, without any evidence
	Overdue       []profile.Action
	Open          []profile.Action // the other open actions that the review has to check
	Requests      []Request
	Ask           []Point // questions to ask the appraiser
	Support       []Point // support to ask for, from the coaching of the largest gaps
}

// PackFirst is printed wherever the pack can be handed on, since a mentor should rate before seeing it.
const PackFirst = "It holds your own levels: give it to your mentor after they have rated."

// PackFirstThere says the same to the mentor, in the paper that is handed on.
const PackFirstThere = "It holds my own levels: please rate first, and then read."

const few = 3 // how many strengths and gaps a meeting has time for

// Prepare makes the pack for a review on the day of the report.
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

// AgedHeading is the heading of what Aged lists.
const AgedHeading = "Agreed before, but rated differently by you since: agree again"

// Aged lists the agreed levels that the learner has rated otherwise since.
func Aged(r *gap.Report, title plan.Titles) []Point {
	return lists.Each(r.Aged(), func(row gap.Row) Point {
		return Point{row.KSB.ID, title(row.KSB.ID), row.Aged.Words(r.AsOf)}
	})
}

func firsts[T any](list []T) []T { return list[:min(len(list), few)] }

func strengthWords(r *gap.Report, p profile.Profile, row gap.Row) string {
	words := row.AgainstTarget(r.AsOf)
	if row.Fresh == 0 {
		return words + ", " + wanting(r, row)
	}
	best, _ := newestFor(p, row.KSB.ID)
	return words + ", shown by: " + best.Title.Line() + " (" + best.On.Long() + ")"
}

func unsupportedWords(r *gap.Report, row gap.Row) string {
	return row.LevelInWords(r.AsOf) + ", " + wanting(r, row)
}

// wanting says what a KSB without fresh evidence needs.
func wanting(r *gap.Report, row gap.Row) string {
	if row.Evidence == 0 {
		return "no dated example"
	}
	return "evidence older than " + words.Count(r.Limit, "month", "months")
}

const maxAsks = 6 // how many questions a learner can put in one meeting

// asks are questions to the appraiser: on differences first, since only the two of them can settle those.
func asks(r *gap.Report, pack Pack, title plan.Titles) []Point {
	var out []Point
	ask := func(ksb, words string) { out = append(out, Point{ksb, title(ksb), words}) }
	differ := lists.Where(pack.Disagreements, func(d Difference) bool { return !d.TalkedOver() })
	for _, d := range differ[:min(len(differ), 2)] {
		words := "On which day did you see it, and what would have been better?"
		switch {
		case d.Opportunity():
			words = "Where have you seen a chance for it that I have not, or the other way round?"
		case d.Widest() < 0:
			words = "What have you seen me do that I did not count?"
		}
		ask(d.KSB, words)
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

// aboveBoth is one above the higher of the learner's and the mentor's levels. If the learner has claimed a higher level
// since one was agreed, that level itself is the next to agree.
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

// PackDoc is what to bring to a review, without anything private: the page for the room, and below it what it rests on.
// The learner's own has the work that is left before the meeting, and each action begins with the ID that commands
// take. Others read of the learner by name, what the figures of the levels mean, and of nothing that is still wanting.
func PackDoc(r *gap.Report, p profile.Profile, x Pack, title plan.Titles, scale *level.Scale, own bool) doc.Doc {
	d := doc.Doc{Title: "For the review of " + p.Learner.Name.Line() + ". " + plan.ReviewLine(p, r.AsOf)}
	you := You
	if own {
		d.Add(doc.Para{Text: PackFirst})
	} else {
		you = p.Learner.Name.Line()
		d.Add(doc.Para{Text: PackFirstThere}, doc.Para{Text: "The levels: " + scale.Names() + ". Advice is quoted as it is written to apprentices: " +
			"in it \"you\" is me."})
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
			d.Add(doc.Para{Text: "So much for the page. What follows is for looking things up.", Apart: true})
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

// standing is how far the learner is, with what is as it should be by now.
func standing(r *gap.Report) string {
	all := r.Tally(0)
	tried := all.Rated - all.Opportunity // nobody can be where they should be in what their post gives no chance to try
	says := fmt.Sprintf("%s on %s: %d of %d rated", r.Standard.Reference, r.AsOf.Long(), all.Rated, all.Total)
	if !r.Timed {
		return says + "."
	}
	if all.Opportunity == 0 {
		return says + fmt.Sprintf(", %d of them where month %d of %d should be or above.", tried-all.Behind, r.Month, r.Length)
	}
	return says + fmt.Sprintf(", %d with no opportunity. Of the other %d, %d are where month %d of %d should be or above.",
		all.Opportunity, tried, tried-all.Behind, r.Month, r.Length)
}

// AddPrivate adds the notes that a learner keeps for a review, for documents that only they see.
func AddPrivate(d *doc.Doc, x profile.Private) {
	var items []string
	for _, note := range x.Notes() {
		items = append(items, note.Text.After(note.About+": "))
	}
	d.Section("For yourself", words.Given(items...))
}

// Line is the point on one line.
func (x Point) Line() string { return x.KSB + " " + x.Title + ": " + x.Words }
