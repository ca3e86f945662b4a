package appraising

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/tui/page"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

func (s *Screen) meetBlocks(c *ui.Context) []block {
	r, open := c.Profile.OpenReview()
	var out []block
	if !open {
		out = append(append(out, block{Text: nextWords(c)}), yearlyBlock(c)...)
		out = append(out, s.startBlock(c))
	} else {
		met := s.metRow(r)
		met.Name, met.Says = reviewSays(r), []string{"Not right? Enter here changes names, day or kind."}
		met.Does = "change who meets, the day or which kind of review it is"
		out = append(out, row(met))
	}
	out = append(out, block{Head: fmt.Sprintf("Agenda of %d minutes", s.minutes)})
	for _, part := range appraisal.Agenda(s.minutes) {
		x := page.Row{Key: partRow(part.ID), Code: clock(part.From), Name: part.Title + whoStarts(part.Who)}
		x.Says, x.Does = []string{part.Words}, "go on to the next part"
		if !open {
			out = append(out, row(x))
			continue
		}
		out = append(out, row(s.openPart(c, r, part.ID, x)))
		if part.ID != appraisal.AgendaLast {
			continue
		}
		out = append(append(out, s.checkBlocks(c, r)...), s.leftBlocks(c, c.Profile.Left())...)
	}
	if open {
		out = append(out, s.cancelBlocks(r)...)
	}
	return out
}

func reviewSays(r profile.Review) string {
	return fmt.Sprintf("%s of %s, with %s", r.Kind.Name(), r.On.Long(), appraisal.MetBy(r))
}

func (s *Screen) startBlock(c *ui.Context) block {
	return row(page.Row{
		Key: "start", Name: "Start a review", Says: []string{plan.ReviewLine(c.Profile, c.Today)},
		Does:  "start a review: which kind, with whom, when",
		Enter: func(c *ui.Context) []ui.Ask { return ui.Asks(s.startMenu(c)) },
	})
}

func (s *Screen) metRow(r profile.Review) page.Row {
	return page.Row{Key: metRow, Enter: func(c *ui.Context) []ui.Ask { return ui.Asks(s.metForm(c, r)) }}
}

// cancelBlocks are the way out of a review that was started by mistake.
func (s *Screen) cancelBlocks(r profile.Review) []block {
	return []block{{Head: "Started by mistake?"}, row(page.Row{
		Key: "cancel", Name: "Take this review back", Does: "take it back; it asks first", Enter: ui.Asking(s.cancelMenu(r)),
	})}
}

// openPart says of a part of the agenda of the open review how far it is, and what Enter does there.
func (s *Screen) openPart(c *ui.Context, r profile.Review, id string, x page.Row) page.Row {
	at, left := appraisal.StateOf(c.Profile, c.Standard, r, id), c.Profile.Unchecked(r)
	if x.Sign = page.Open; at.Done {
		x.Sign = page.Done
	}
	x.Says = words.Given(append(x.Says, at.Words)...)
	x.Enter = func(c *ui.Context) []ui.Ask { s.choose(c, partRow(partAfter(id))); return nil }
	switch id {
	case profile.TalkWell, profile.TalkSeen:
		if !at.Done {
			x.Does = "tick it and go on to the next part"
			x.Enter = func(*ui.Context) []ui.Ask { return s.tickPart(r, id, true) }
		}
	case appraisal.AgendaLast:
		if len(left) > 0 {
			x.Does, x.Enter = "go to the first one to check", s.toAction(left[0].ID)
		}
	case profile.TalkReveal:
		x.Does, x.Enter = "to the mentor's screen: rate blind, then v reveals", ui.Asking(ui.Go{To: ui.Mentor})
	case appraisal.AgendaAgree:
		x.Does, x.Enter = "to the mentor's screen, where v reveals what you differ on", ui.Asking(ui.Go{To: ui.Mentor})
	case appraisal.AgendaNew:
		x.Does, x.Enter = "choose three to five goals in the plan", ui.Asking(ui.Go{To: ui.Plan})
		if len(left) > 0 {
			x.Does = "check the actions of last time first"
			x.Enter = func(c *ui.Context) []ui.Ask {
				return append(s.toAction(left[0].ID)(c), ui.Say{Text: words.Capital(profile.ChecksFirst) + "."})
			}
		}
	case profile.TalkSupport:
		x.Does, x.Enter = "write private notes", s.askPrivate
	case appraisal.AgendaClose:
		x.Does, x.Enter = "go on to After", s.showing(afterTab)
	}
	return x
}

// partAfter is the next part of the agenda. The last part gives itself.
func partAfter(id string) string {
	all := appraisal.Agenda(usualMinutes)
	i := slices.IndexFunc(all, func(x appraisal.Item) bool { return x.ID == id })
	return all[min(i+1, len(all)-1)].ID
}

// handTick is the part under the cursor that only those who meet can tick, and false for any other line.
func (s *Screen) handTick(c *ui.Context) (id string, ok bool) {
	r, open := c.Profile.OpenReview()
	id, isPart := strings.CutPrefix(s.chosen(c).Key, agendaRow)
	if !open || s.text != nil || s.tab != meetTab || !isPart {
		return "", false
	}
	at := appraisal.StateOf(c.Profile, c.Standard, r, id)
	return id, at.ByHand && (!at.Done || r.HasTalked(id))
}

// tickPart ticks a part of the meeting by hand, or takes its tick away.
func (s *Screen) tickPart(r profile.Review, id string, onward bool) []ui.Ask {
	return s.make(r.ToggleTalk(id), func(c *ui.Context) string {
		if onward {
			s.choose(c, partRow(partAfter(id)))
		}
		return ""
	})
}

// untickedPart is the part of the agenda in which the ticks of the open review and those of a change differ.
func (s *Screen) untickedPart(c *ui.Context, talked []string) string {
	r, _ := c.Profile.OpenReview()
	for _, id := range profile.Talks {
		if r.HasTalked(id) != slices.Contains(talked, id) {
			return partRow(id)
		}
	}
	return ""
}

// checkBlocks are the actions of last time, including those that ended before the meeting, and then those added since.
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
		return endedBlock(x, a)
	}
	b := page.Row{Key: actionRow + a.ID, Deep: true, Name: a.Text.Line(), Does: "say what became of it"}
	b.Enter = func(c *ui.Context) []ui.Ask { return ui.Asks(s.checkMenu(c, a, g, x)) }
	if x.Outcome == profile.ActionOpen {
		b.Sign, b.Says = page.Open, []string{actionFacts(c, a, g)}
		if !a.Due.IsZero() && a.Due.Before(c.Today) { // also where the plan has closed it since
			b.Sign = page.Late
		}
		if a.Status != profile.ActionOpen {
			b.Says = []string{"in your plan: " + a.Status.Words()}
		}
		return row(b)
	}
	b.Sign, b.Does = endSign(x.Outcome), "change what became of it"
	b.Says = words.Given(x.Outcome.Words()+words.After(": ", x.Reason.Line()), onwardWords(c.Profile, a, x))
	return row(b)
}

func endSign(outcome profile.ActionStatus) page.Sign {
	if outcome == profile.ActionDone {
		return page.Done
	}
	return page.Over
}

// endedBlock is an action of last time that had ended when the review started.
func endedBlock(x profile.Checked, a profile.Action) block {
	says := x.Outcome.Words() + words.After(" on ", a.Closed.Long()) + words.After(": ", x.Reason.Line())
	return to(ui.Go{To: ui.Plan, Action: a.ID}, page.Row{
		Key: actionRow + a.ID, Sign: endSign(x.Outcome), Deep: true, Name: a.Text.Line(), Says: []string{says},
		Does: "open it in its goal",
	})
}

func onwardWords(p profile.Profile, a profile.Action, x profile.Checked) string {
	next, _, set := p.Action(x.Next)
	if !set {
		return ""
	}
	return appraisal.GoesOn(a.Text, profile.AgreedAction{Text: next.Text, Due: next.Due})
}
