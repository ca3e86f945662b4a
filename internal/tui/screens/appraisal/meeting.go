package appraisal

import (
	"fmt"
	"strconv"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// The parts of the agenda, in the order of appraisal.Agenda.
const (
	partWell = iota
	partSeen
	partLast
	partReveal
	partAgree
	partNew
	partPrivate
	partClose
)

// meetBlocks is the agenda of the meeting, with what there is to do in each part of it.
func (s *Screen) meetBlocks(c *ui.Context) []block {
	r, open := c.Profile.OpenReview()
	var out []block
	if !open {
		out = append(out, block{text: nextWords(c)})
		out = append(out, yearlyBlock(c)...)
		out = append(out, block{item: item{kind: start}, name: "Start a review", says: []string{startLine(c)}, does: "start a review: which kind, with whom, when", key: "start a review"})
	} else {
		out = append(out, block{text: fmt.Sprintf("%s of %s, with %s", kindNames[r.Kind], r.On.Long(), names(r.With))})
	}
	out = append(out, block{head: fmt.Sprintf("Agenda of %d minutes", s.minutes)})
	for i, part := range appraisal.Agenda(s.minutes) {
		b := block{code: clock(part.From), name: part.Title + first(part.Who), says: []string{part.Words}, does: "go on to the next part", key: "next part"}
		b.item = item{words, strconv.Itoa(i), "agenda"}
		if open {
			b = s.agendaBlock(c, r, i, b)
		}
		out = append(out, b)
		if open && i == partLast {
			out = append(out, checkBlocks(c, r)...)
		}
	}
	if open {
		out = append(out, cancelBlocks()...)
	}
	return append(out, s.practices(c, "during", "While you talk")...)
}

// cancelBlocks are the way out of a review that was started by mistake.
func cancelBlocks() []block {
	return []block{{head: "Started by mistake?"}, {item: item{kind: cancelling}, name: "Take this review back", does: "take it back; it asks first", key: "take it back"}}
}

// agendaBlock says of a part of the agenda how far it is, and what Enter does there.
func (s *Screen) agendaBlock(c *ui.Context, r profile.Review, i int, b block) block {
	b.item = item{kind: agenda, id: strconv.Itoa(i)}
	unchecked := len(c.Profile.Unchecked(r))
	switch i {
	case partLast:
		switch n := toCheck(r); {
		case n == 0:
			b.says = []string{"No action was open when this review started."}
		case unchecked == 0:
			b.sign, b.says = isDone, []string{"All " + strconv.Itoa(n) + " are checked."}
		default:
			b.says = append(b.says, fmt.Sprintf("%d of %d still to check", unchecked, n))
			b.does, b.key = "go to the first one to check", "check"
		}
	case partReveal:
		b.does, b.key = "to the mentor's screen: rate blind, then v reveals", "mentor rates"
		b.says = append(b.says, pairWords(c))
	case partAgree:
		b.does, b.key = "to the mentor's screen, where v reveals what you differ on", "mentor's screen"
		if n := len(s.known.pack.Disagreements); n > 0 {
			b.says = append(b.says, count(n, "difference is", "differences are")+" still open")
		}
	case partNew:
		b.does, b.key = "choose three to five goals in the plan", "choose goals"
		if unchecked > 0 {
			b.does, b.key = "check the actions of last time first", "check first"
		} else if n := len(c.Profile.NewActions(r)); n > 0 {
			b.sign = isDone
			b.says = append(b.says, count(n, "new action", "new actions")+" so far")
		}
	case partPrivate:
		b.does, b.key = "write private notes", "private notes"
	case partClose:
		b.does, b.key = "go on to After", "After"
	}
	return b
}

// toCheck is how many actions were open when a review started.
func toCheck(r profile.Review) int {
	n := 0
	for _, x := range r.Checked {
		if !x.Before {
			n++
		}
	}
	return n
}

// checkBlocks are the actions of last time, those that have ended before among them, and apart those that were added since.
func checkBlocks(c *ui.Context, r profile.Review) []block {
	var out, since []block
	for _, x := range r.Checked {
		a, g, ok := c.Profile.Action(x.Action)
		switch {
		case !ok:
		case x.Since:
			since = append(since, checkBlock(c, x, a, g))
		default:
			out = append(out, checkBlock(c, x, a, g))
		}
	}
	if len(since) > 0 {
		out = append(append(out, block{text: "Added since:"}), since...)
	}
	return out
}

func checkBlock(c *ui.Context, x profile.Checked, a profile.Action, g profile.Goal) block {
	if x.Before {
		return endedBlock(x, a, g)
	}
	b := block{item: item{kind: check, id: a.ID}, name: a.Text.Line(), does: "say what became of it", key: "say how it went"}
	switch x.Outcome {
	case profile.ActionOpen:
		b.sign, b.says = isOpen, []string{actionFacts(c, a, g)}
		if !a.Due.IsZero() && a.Due.Before(c.Today) {
			b.sign = isLate
		}
		if a.Status != profile.ActionOpen {
			b.says = []string{"in your plan: " + outcomeWords[a.Status]}
		}
	default:
		b.sign, b.says = isOver, []string{outcomeWords[x.Outcome] + reasonBehind(x.Reason.Line())}
		if x.Outcome == profile.ActionDone {
			b.sign = isDone
		}
		b.does, b.key = "change what became of it", "change"
		if words := onwardWords(c.Profile, a, x); words != "" {
			b.says = append(b.says, words)
		}
	}
	return b
}

// endedBlock is an action of last time that had ended when the review started.
func endedBlock(x profile.Checked, a profile.Action, g profile.Goal) block {
	says := outcomeWords[x.Outcome]
	if !a.Closed.IsZero() {
		says += " on " + a.Closed.Long()
	}
	b := block{item: item{goalPage, g.ID, a.ID}, sign: isOver, name: a.Text.Line(), says: []string{says + reasonBehind(x.Reason.Line())}, does: "open its goal", key: "its goal"}
	if x.Outcome == profile.ActionDone {
		b.sign = isDone
	}
	return b
}

// checkedAs is what a review says of an action.
func checkedAs(r profile.Review, action string) profile.Checked {
	for _, x := range r.Checked {
		if x.Action == action {
			return x
		}
	}
	return profile.Checked{}
}

// onwardWords say what takes the place of an action that was changed, or "" for nothing.
func onwardWords(p profile.Profile, a profile.Action, x profile.Checked) string {
	next, _, set := p.Action(x.Next)
	if !set {
		return ""
	}
	return appraisal.GoesOn(a.Text, profile.AgreedAction{Text: next.Text, Due: next.Due})
}

// pairWords says how far the two of them are with rating in the open round.
func pairWords(c *ui.Context) string {
	r, open := c.Profile.Open()
	if !open || r.Rated(profile.Mentor) == 0 {
		return "Your mentor has not rated anything in this round yet."
	}
	return fmt.Sprintf("In this round you rated %d, your mentor %d.", r.Rated(profile.Self), r.Rated(profile.Mentor))
}
