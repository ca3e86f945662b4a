package appraisal

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/plan"
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
		out = append(out, block{item: item{kind: start}, name: "Start a review", says: []string{plan.ReviewLine(c.Profile, c.Today)}, does: "start a review: which kind, with whom, when"})
	} else {
		out = append(out, block{
			item: item{kind: metWith}, name: fmt.Sprintf("%s of %s, with %s", kindNames[r.Kind], r.On.Long(), names(r.With)),
			says: []string{"Not right? Enter here changes names, day or kind."}, does: "change who meets, the day or which kind of review it is",
		})
	}
	out = append(out, block{head: fmt.Sprintf("Agenda of %d minutes", s.minutes)})
	for i, part := range appraisal.Agenda(s.minutes) {
		b := block{code: clock(part.From), name: part.Title + first(part.Who), says: []string{part.Words}, does: "go on to the next part"}
		b.item = item{words, strconv.Itoa(i), "agenda"}
		if open {
			b = s.agendaBlock(c, r, i, b)
		}
		out = append(out, b)
		if open && i == partLast {
			out = append(out, checkBlocks(c, r)...)
			for _, b := range leftBlocks(c, c.Profile.Left()) {
				if b.deep = true; b.head != "" {
					b = block{text: b.head + ":", deep: true}
				}
				out = append(out, b)
			}
		}
	}
	if open {
		out = append(out, cancelBlocks()...)
	}
	out = append(out, s.practices(c, "during", "While you talk")...)
	return append(out, s.feedbackBlocks(c)...)
}

// feedbackBlocks are the theories of feedback. On a wide terminal they stand beside the page.
func (s *Screen) feedbackBlocks(c *ui.Context) []block {
	if s.known.content == nil || c.Size.Wide {
		return nil
	}
	out := []block{{head: "Giving and taking feedback"}}
	for _, t := range s.known.content.For(coaching.Feedback) {
		out = append(out, block{item: item{words, t.ID, "feedback"}, name: t.Name + " (" + t.Source() + ")", says: []string{t.Says}, does: "go on"})
	}
	return out
}

// cancelBlocks are the way out of a review that was started by mistake.
func cancelBlocks() []block {
	return []block{{head: "Started by mistake?"}, {item: item{kind: cancelling}, name: "Take this review back", does: "take it back; it asks first"}}
}

// agendaBlock says of a part of the agenda how far it is, and what Enter does there.
func (s *Screen) agendaBlock(c *ui.Context, r profile.Review, i int, b block) block {
	b.item = item{kind: agenda, id: strconv.Itoa(i)}
	at := s.stands(c, r, i)
	if b.sign = isOpen; at.Done {
		b.sign = isDone
	}
	if at.Words != "" {
		b.says = append(b.says, at.Words)
	}
	unchecked := len(c.Profile.Unchecked(r)) > 0
	switch i {
	case partWell, partSeen:
		if !at.Done {
			b.does = "tick it and go on to the next part"
		}
	case partLast:
		if unchecked {
			b.does = "go to the first one to check"
		}
	case partReveal:
		b.does = "to the mentor's screen: rate blind, then v reveals"
	case partAgree:
		b.does = "to the mentor's screen, where v reveals what you differ on"
	case partNew:
		b.does = "choose three to five goals in the plan"
		if unchecked {
			b.does = "check the actions of last time first"
		}
	case partPrivate:
		b.does = "write private notes"
	case partClose:
		b.does = "go on to After"
	}
	return b
}

// stands is how far the open review is with a part of the agenda.
func (s *Screen) stands(c *ui.Context, r profile.Review, i int) appraisal.Standing {
	return appraisal.Stands(c.Profile, c.Standard, r, appraisal.Agenda(s.minutes)[i].ID)
}

// handTick is the part under the cursor that only those who meet can tick, and false for any other line.
func (s *Screen) handTick(c *ui.Context) (int, bool) {
	r, open := c.Profile.OpenReview()
	x := s.at[s.tab].item
	if !open || s.text != nil || x.kind != agenda {
		return 0, false
	}
	i, _ := strconv.Atoi(x.id)
	at := s.stands(c, r, i)
	return i, at.ByHand && (!at.Done || r.HasTalked(appraisal.Agenda(s.minutes)[i].ID))
}

// tickPart ticks a part of the meeting by hand, or takes its tick away.
func (s *Screen) tickPart(r profile.Review, i int, onward bool) []ui.Ask {
	var talked []string
	for _, x := range profile.Talks {
		if r.HasTalked(x) != (x == appraisal.Agenda(s.minutes)[i].ID) {
			talked = append(talked, x)
		}
	}
	return s.make(profile.EditReview{ID: r.ID, Talked: &talked}, func(c *ui.Context) string {
		if onward {
			s.choose(c, item{kind: agenda, id: strconv.Itoa(i + 1)})
		}
		return ""
	})
}

// untickedItem is the part of the agenda in which the ticks of the open review and those of a change differ.
func (s *Screen) untickedItem(c *ui.Context, talked []string) item {
	r, _ := c.Profile.OpenReview()
	for i, part := range appraisal.Agenda(s.minutes) {
		if r.HasTalked(part.ID) != slices.Contains(talked, part.ID) {
			return item{kind: agenda, id: strconv.Itoa(i)}
		}
	}
	return item{}
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
		out = append(append(out, block{text: "Added since:", deep: true}), since...)
	}
	return out
}

func checkBlock(c *ui.Context, x profile.Checked, a profile.Action, g profile.Goal) block {
	if x.Before {
		return endedBlock(x, a, g)
	}
	b := block{item: item{kind: check, id: a.ID}, deep: true, name: a.Text.Line(), does: "say what became of it"}
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
		b.does = "change what became of it"
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
	b := block{item: item{goalPage, g.ID, a.ID}, sign: isOver, deep: true, name: a.Text.Line(), says: []string{says + reasonBehind(x.Reason.Line())}, does: "open its goal"}
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
