package appraisal

import (
	"fmt"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/doc"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

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
		d.Section(s.Head, each(s.Lines, func(l Line) string {
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

// RequestsDoc is a letter to the manager: which opportunities the learner asks for and why, duty by duty. It holds no
// level, note or evidence.
func RequestsDoc(r *gap.Report, p profile.Profile, all []Request, dutyTitle func(duty int) string) doc.Doc {
	d := doc.Doc{Title: words.Count(len(all), "chance", "chances") + " to ask for" + words.After(": ", p.Learner.Title())}
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
