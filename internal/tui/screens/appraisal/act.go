package appraisal

import (
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// onAgenda does what there is to do in a part of the agenda, and goes on to the next.
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
	s.choose(c, partRow(part+1))
	return nil
}

// toUnchecked goes to the first action of last time that nobody has checked, and says whether there is one.
func (s *Screen) toUnchecked(c *ui.Context, r profile.Review) bool {
	left := c.Profile.Unchecked(r)
	if len(left) == 0 {
		return false
	}
	s.show(meetTab)
	s.choose(c, actionRow+left[0].ID)
	return true
}

// readChanges shows every change with what it is about.
func (s *Screen) readChanges(c *ui.Context) []ui.Ask {
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
	return nil
}

// readRecord shows the record of a closed review.
func (s *Screen) readRecord(r profile.Review) ui.Then {
	return func(c *ui.Context) []ui.Ask {
		s.text = recordText("The record of "+r.On.Long(), appraisal.Record(c.Profile, c.Standard, r), r)
		return nil
	}
}

// readThis shows the record of the open review, or of the last closed one.
func (s *Screen) readThis(c *ui.Context) []ui.Ask {
	r, open := c.Profile.OpenReview()
	if !open {
		r, _ = c.Profile.LastReview()
	}
	s.read = appraisal.Record(c.Profile, c.Standard, r)
	s.text = recordText("The record", s.read, r)
	return nil
}

// recordText is a record to read, with the check code at its end where it has one.
func recordText(title, record string, r profile.Review) *reading {
	lines := strings.Split(strings.TrimRight(record, "\n"), "\n")
	if r.Hash != "" {
		lines = append(lines, "", "Check code: "+appraisal.Code(r.Hash))
	}
	return &reading{title: title, lines: lines}
}
