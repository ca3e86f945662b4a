package appraising

import (
	"fmt"
	"slices"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/tui/page"
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
		out = append(out, block{Text: nextWords(c)})
		out = append(out, yearlyBlock(c)...)
		out = append(out, s.startBlock(c))
	} else {
		met := s.metRow(r)
		met.Name, met.Says = reviewSays(r), []string{"Not right? Enter here changes names, day or kind."}
		met.Does = "change who meets, the day or which kind of review it is"
		out = append(out, row(met))
	}
	out = append(out, block{Head: fmt.Sprintf("Agenda of %d minutes", s.minutes)})
	for i, part := range appraisal.Agenda(s.minutes) {
		x := page.Row{Key: partRow(i), Code: clock(part.From), Name: part.Title + first(part.Who), Says: []string{part.Words}, Does: "go on to the next part"}
		if open {
			x = s.openPart(c, r, i, x)
		}
		out = append(out, row(x))
		if open && i == partLast {
			out = append(out, s.checkBlocks(c, r)...)
			for _, b := range s.leftBlocks(c, c.Profile.Left()) {
				if b.Head != "" {
					b = block{Text: b.Head + ":"}
				}
				b.Deep = true
				out = append(out, b)
			}
		}
	}
	if open {
		out = append(out, s.cancelBlocks(r)...)
	}
	out = append(out, s.practices(c, "during", "While you talk")...)
	return append(out, s.feedbackBlocks(c)...)
}

// feedbackBlocks are the theories of feedback. On a wide terminal they stand beside the page.
func (s *Screen) feedbackBlocks(c *ui.Context) []block {
	if s.known.content == nil || c.Size.Wide {
		return nil
	}
	out := []block{{Head: "Giving and taking feedback"}}
	for _, t := range s.known.content.For(coaching.Feedback) {
		out = append(out, row(page.Row{Key: "feedback" + t.ID, Name: t.Name + " (" + t.Source() + ")", Says: []string{t.Says}}))
	}
	return out
}

// reviewSays is a review in a line.
func reviewSays(r profile.Review) string {
	return fmt.Sprintf("%s of %s, with %s", kindNames[r.Kind], r.On.Long(), names(r.With))
}

// startBlock leads to the start of a review.
func (s *Screen) startBlock(c *ui.Context) block {
	return row(page.Row{
		Key: "start", Name: "Start a review", Says: []string{plan.ReviewLine(c.Profile, c.Today)}, Does: "start a review: which kind, with whom, when",
		Enter: func(c *ui.Context) []ui.Ask { return ui.Asks(s.startMenu(c)) },
	})
}

// metRow leads to who meets or met.
func (s *Screen) metRow(r profile.Review) page.Row {
	return page.Row{Key: metRow, Enter: func(c *ui.Context) []ui.Ask { return ui.Asks(s.metForm(c, r)) }}
}

// cancelBlocks are the way out of a review that was started by mistake.
func (s *Screen) cancelBlocks(r profile.Review) []block {
	cancel := page.Row{Key: "cancel", Name: "Take this review back", Does: "take it back; it asks first"}
	cancel.Enter = func(*ui.Context) []ui.Ask { return ui.Asks(s.cancelMenu(r)) }
	return []block{{Head: "Started by mistake?"}, row(cancel)}
}

// openPart says of a part of the agenda of the open review how far it is, and what Enter does there.
func (s *Screen) openPart(c *ui.Context, r profile.Review, i int, x page.Row) page.Row {
	x.Enter = func(c *ui.Context) []ui.Ask { return s.onAgenda(c, r, i) }
	at := s.stands(c, r, i)
	if x.Sign = page.Open; at.Done {
		x.Sign = page.Done
	}
	if at.Words != "" {
		x.Says = append(x.Says, at.Words)
	}
	unchecked := len(c.Profile.Unchecked(r)) > 0
	switch i {
	case partWell, partSeen:
		if !at.Done {
			x.Does = "tick it and go on to the next part"
		}
	case partLast:
		if unchecked {
			x.Does = "go to the first one to check"
		}
	case partReveal:
		x.Does = "to the mentor's screen: rate blind, then v reveals"
	case partAgree:
		x.Does = "to the mentor's screen, where v reveals what you differ on"
	case partNew:
		x.Does = "choose three to five goals in the plan"
		if unchecked {
			x.Does = "check the actions of last time first"
		}
	case partPrivate:
		x.Does = "write private notes"
	case partClose:
		x.Does = "go on to After"
	}
	return x
}

// stands is how far the open review is with a part of the agenda.
func (s *Screen) stands(c *ui.Context, r profile.Review, i int) appraisal.Standing {
	return appraisal.Stands(c.Profile, c.Standard, r, appraisal.Agenda(s.minutes)[i].ID)
}

// handTick is the part under the cursor that only those who meet can tick, and false for any other line.
func (s *Screen) handTick(c *ui.Context) (int, bool) {
	r, open := c.Profile.OpenReview()
	if !open || s.text != nil || s.tab != meetTab {
		return 0, false
	}
	key := s.chosen(c).Key
	for i, part := range appraisal.Agenda(s.minutes) {
		if key == partRow(i) {
			at := s.stands(c, r, i)
			return i, at.ByHand && (!at.Done || r.HasTalked(part.ID))
		}
	}
	return 0, false
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
			s.choose(c, partRow(i+1))
		}
		return ""
	})
}

// untickedPart is the part of the agenda in which the ticks of the open review and those of a change differ.
func (s *Screen) untickedPart(c *ui.Context, talked []string) string {
	r, _ := c.Profile.OpenReview()
	for i, part := range appraisal.Agenda(s.minutes) {
		if r.HasTalked(part.ID) != slices.Contains(talked, part.ID) {
			return partRow(i)
		}
	}
	return ""
}

// checkBlocks are the actions of last time, those that have ended before among them, and apart those that were added since.
func (s *Screen) checkBlocks(c *ui.Context, r profile.Review) []block {
	var out, since []block
	for _, x := range r.Checked {
		a, g, ok := c.Profile.Action(x.Action)
		switch {
		case !ok:
		case x.Since:
			since = append(since, s.checkBlock(c, x, a, g))
		default:
			out = append(out, s.checkBlock(c, x, a, g))
		}
	}
	if len(since) > 0 {
		out = append(append(out, block{Text: "Added since:", Row: page.Row{Deep: true}}), since...)
	}
	return out
}

func (s *Screen) checkBlock(c *ui.Context, x profile.Checked, a profile.Action, g profile.Goal) block {
	if x.Before {
		return endedBlock(x, a, g)
	}
	b := page.Row{Key: actionRow + a.ID, Deep: true, Name: a.Text.Line(), Does: "say what became of it"}
	b.Enter = func(c *ui.Context) []ui.Ask { return ui.Asks(s.checkMenu(c, a, g, x)) }
	if x.Outcome == profile.ActionOpen {
		b.Sign, b.Says = page.Open, []string{actionFacts(c, a, g)}
		if !a.Due.IsZero() && a.Due.Before(c.Today) {
			b.Sign = page.Late
		}
		if a.Status != profile.ActionOpen {
			b.Says = []string{"in your plan: " + outcomeWords[a.Status]}
		}
		return row(b)
	}
	b.Sign, b.Says, b.Does = endSign(x), []string{outcomeWords[x.Outcome] + reasonBehind(x.Reason.Line())}, "change what became of it"
	if words := onwardWords(c.Profile, a, x); words != "" {
		b.Says = append(b.Says, words)
	}
	return row(b)
}

func endSign(x profile.Checked) page.Sign {
	if x.Outcome == profile.ActionDone {
		return page.Done
	}
	return page.Over
}

// endedBlock is an action of last time that had ended when the review started.
func endedBlock(x profile.Checked, a profile.Action, g profile.Goal) block {
	says := outcomeWords[x.Outcome]
	if !a.Closed.IsZero() {
		says += " on " + a.Closed.Long()
	}
	return to(ui.Go{To: ui.Plan, Goal: g.ID}, page.Row{
		Key: actionRow + a.ID, Sign: endSign(x), Deep: true, Name: a.Text.Line(), Says: []string{says + reasonBehind(x.Reason.Line())}, Does: "open its goal",
	})
}

// onwardWords say what takes the place of an action that was changed, or "" for nothing.
func onwardWords(p profile.Profile, a profile.Action, x profile.Checked) string {
	next, _, set := p.Action(x.Next)
	if !set {
		return ""
	}
	return appraisal.GoesOn(a.Text, profile.AgreedAction{Text: next.Text, Due: next.Due})
}
