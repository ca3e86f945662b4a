package appraisal

import (
	"strconv"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// onward is Enter: the sensible next step from the line under the cursor.
func (s *Screen) onward(c *ui.Context) []ui.Ask {
	if s.text != nil { // read, so that Enter goes on
		s.text = nil
		s.move(c, 1)
		return nil
	}
	m := s.page(c)
	x := m.chosen().item
	switch x.kind {
	case words:
		s.afterWords(c, m)
	case ksbPage:
		return ui.Asks(ui.Go{To: ui.KSB, KSB: x.id})
	case planKSB:
		return ui.Asks(ui.Go{To: ui.Plan, KSB: x.id})
	case evidence:
		return ui.Asks(ui.Go{To: ui.Evidence, KSB: x.id})
	case goalPage:
		return ui.Asks(ui.Go{To: ui.Plan, Goal: x.id})
	case rateKSB:
		return ui.Asks(ui.Go{To: ui.Rate, KSB: x.id})
	case forward:
		return ui.Asks(ui.Go{To: ui.Rate, KSB: x.id, Forward: true})
	case changes:
		s.readChanges(c)
	case chances:
		s.show(chanceTab)
	case prepare:
		s.show(prepareTab)
	case leftOpenOnce:
		return s.askLeft(c, x)
	case private:
		return ui.Asks(s.privateForm(c))
	case paper:
		n, _ := strconv.Atoi(x.id)
		return ui.Asks(ui.Write{Paper: ui.Paper(n)})
	case sheetOut:
		return ui.Asks(ui.Sheet{})
	case sheetBack:
		return ui.Asks(ui.Sheet{Take: true})
	case start:
		return ui.Asks(s.startMenu(c))
	case begin:
		return s.askBegin(c)
	case resume:
		s.resumeTrial(c, x.id)
	case trialNotes:
		s.readNotes(c, x.id)
	case answer:
		i, _ := strconv.Atoi(x.id)
		return ui.Asks(s.answerForm(s.trial.questions[i], i, s.trial.notes(c.Profile)[i]))
	}
	return s.inReview(c, x)
}

// afterWords goes on from what is only read: down the page, and from its last line to the page after.
func (s *Screen) afterWords(c *ui.Context, m page) {
	switch {
	case m.cur < len(m.items)-1:
		s.put(c, m.cur+1)
	case s.pageAfter() != "":
		s.show(s.tab + 1)
		s.at[s.tab] = place{}
	default:
		s.choose(c, item{kind: closing})
		s.choose(c, item{kind: prepare})
	}
}

// inReview does what a line of the meeting or of its record leads to.
func (s *Screen) inReview(c *ui.Context, x item) []ui.Ask {
	r, open := c.Profile.OpenReview()
	if x.kind == record {
		s.readRecord(c, x.id)
		return nil
	}
	if !open {
		return nil
	}
	switch x.kind {
	case agenda:
		i, _ := strconv.Atoi(x.id)
		return s.onAgenda(c, r, i)
	case check:
		if a, g, ok := c.Profile.Action(x.id); ok {
			return ui.Asks(s.checkMenu(c, a, g, checkedAs(r, x.id)))
		}
	case cancelling:
		return ui.Asks(s.cancelMenu(r))
	case verdict:
		for _, m := range s.marks() {
			if m.Field == x.id {
				return ui.Asks(s.verdictMenu(m))
			}
		}
	case agreed:
		return ui.Asks(s.agreedForm(r))
	case metWith:
		return ui.Asks(s.metForm(c, r))
	case nextReview:
		return ui.Asks(s.nextForm(c, r))
	case sharing:
		return ui.Asks(s.shareMenu(r))
	case closing:
		if s.toUnchecked(c, r) {
			return nil
		}
		return ui.Asks(s.closeMenu(c, r))
	}
	return nil
}

func (s *Screen) onAgenda(c *ui.Context, r profile.Review, part int) []ui.Ask {
	switch part {
	case partWell, partSeen:
		if !s.stands(c, r, part).Done {
			return s.tickPart(r, part, true)
		}
	case partLast:
		if s.toUnchecked(c, r) {
			return nil
		}
	case partReveal, partAgree:
		return ui.Asks(ui.Go{To: ui.Mentor})
	case partNew:
		if s.toUnchecked(c, r) {
			return ui.Asks(ui.Say{Text: capital(profile.ChecksFirst) + "."})
		}
		return ui.Asks(ui.Go{To: ui.Plan})
	case partPrivate:
		return ui.Asks(s.privateForm(c))
	case partClose:
		s.show(afterTab)
		return nil
	}
	s.choose(c, item{kind: agenda, id: strconv.Itoa(part + 1)})
	return nil
}

// toUnchecked goes to the first action of last time that nobody has checked, and says whether there is one.
func (s *Screen) toUnchecked(c *ui.Context, r profile.Review) bool {
	left := c.Profile.Unchecked(r)
	if len(left) == 0 {
		return false
	}
	s.show(meetTab)
	s.choose(c, item{kind: check, id: left[0].ID})
	return true
}

// readChanges shows every change with what it is about.
func (s *Screen) readChanges(c *ui.Context) {
	pack := s.known.pack
	s.text = &reading{title: sinceHead(pack)}
	for _, x := range pack.Changes {
		line := x.Words
		switch x.Kind {
		case appraisal.LevelChanged:
			line += ", " + c.Title(x.KSB)
		case appraisal.FirstRated:
			line += ": " + strings.Join(x.IDs, ", ")
		}
		s.text.lines = append(s.text.lines, capital(line))
	}
	if len(pack.Changes) == 0 {
		s.text.lines = []string{appraisal.InWords(nil)}
	}
}

// readRecord shows the record of a review; without an ID that of the open one, or of the last closed one.
func (s *Screen) readRecord(c *ui.Context, id string) {
	if r, ok := c.Profile.Review(id); ok {
		s.text = recordText("The record of "+r.On.Long(), appraisal.Record(c.Profile, c.Standard, r), r)
		return
	}
	r, open := c.Profile.OpenReview()
	if !open {
		r, _ = c.Profile.LastReview()
	}
	s.read = appraisal.Record(c.Profile, c.Standard, r)
	s.text = recordText("The record", s.read, r)
}

// recordText is a record to read, with the check code at its end where it has one.
func recordText(title, record string, r profile.Review) *reading {
	lines := strings.Split(strings.TrimRight(record, "\n"), "\n")
	if r.Hash != "" {
		lines = append(lines, "", "Check code: "+appraisal.Code(r.Hash))
	}
	return &reading{title: title, lines: lines}
}
