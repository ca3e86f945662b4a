package mentor

import (
	"fmt"
	"slices"

	"charm.land/bubbles/v2/key"

	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// Sheet makes the screen for a mentor elsewhere who fills a rating sheet. The context's standard holds what the sheet
// asks for and nothing else. By is who rates according to the sheet; it may be empty.
func Sheet(by safetext.Text) *Screen {
	s := New()
	s.sheet, s.who = true, by
	s.enter()
	return s
}

const (
	sheetHelp = "For the mentor. This is a rating sheet that a learner has sent you: rate what you have seen of them, " +
		"duty by duty, against the words of each level.\n" +
		"Nothing that the learner said of their own level is in it.\nLeave out what you have not seen.\nA note says most " +
		"when it names the situation, what you saw and what came of it; " +
		"name no patient.\nEach rating is saved in the sheet at once.\nEsc leaves when you are done; then send the file back."
	allRatedAlone = "You have rated all of them. Esc leaves; then send the file back."
)

func (s *Screen) allRated() string {
	if s.sheet {
		return allRatedAlone
	}
	return allRatedBeside
}

func (s *Screen) what() string {
	if s.sheet {
		return "rating sheet"
	}
	return "blind rating"
}

func (s *Screen) intro(c *ui.Context) []string {
	if !s.sheet {
		rated := slices.DeleteFunc(s.names(c), func(name safetext.Text) bool { return s.ratedBy(name, c) == 0 })
		return append(slices.Clone(introWords), ratedBefore(rated)...)
	}
	return []string{
		"For the mentor. " + c.Profile.Learner.Name.Line() + " asks you to rate what you have seen of their work. Nothing " +
			"that they said of their own level is in this sheet.",
		introWords[1],
		"Each rating is saved in the sheet at once. Esc leaves when you are done; then send the file back.",
	}
}

// dutyOf names a duty. A sheet may leave some out, so there it is not counted.
func (s *Screen) dutyOf(c *ui.Context, number int) string {
	if s.sheet {
		return fmt.Sprintf("Duty %d", number)
	}
	return fmt.Sprintf("Duty %d of %d", number, len(c.Standard.Duties))
}

// onSheet drops the key for the reveal, which a sheet has not, and names the way out.
func (s *Screen) onSheet(k ui.Keys) ui.Keys {
	k.Footer = slices.DeleteFunc(k.Footer, func(b key.Binding) bool { return slices.Equal(b.Keys(), keys().reveal.Keys()) })
	if s.mode == pickMode {
		k.Footer = slices.Insert(k.Footer, 1, ui.Bind("esc", "done", "esc"))
	}
	return k
}

// sign puts a changed name on all ratings of a sheet, which has one mentor.
func (s *Screen) sign(c *ui.Context) []ui.Ask {
	if !s.sheet {
		return nil
	}
	batch := profile.Batch{Name: "name"}
	for _, id := range c.Standard.Walk() {
		if r, ok := s.mine(id, c); ok && r.By != s.who {
			batch.Changes = append(batch.Changes, profile.Rate{
				KSB: id, By: profile.Mentor, Level: r.Level, On: c.Today, Who: s.who, Instead: &r.By,
			})
		}
	}
	if len(batch.Changes) == 0 {
		return nil
	}
	return ui.Asks(ui.Do{Change: batch})
}

// unsign takes the name back when the change that put it there was taken back.
func (s *Screen) unsign(change profile.Change, c *ui.Context) {
	if _, ok := change.(profile.Batch); ok && s.sheet {
		s.who, s.before = safetext.Text{}, safetext.Text{}
		if known := s.names(c); len(known) > 0 {
			s.who = known[0]
		}
	}
}
