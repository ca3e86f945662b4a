package mentor

import (
	"slices"

	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/sorting"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// mostKnown is how many names are offered at most, so that each and "Somebody else" has a digit.
const mostKnown = 8

// names are the mentors known here: who rates now, who did on the last visit, who has rated in this round, newest
// first, and then those who have met with the learner.
func (s *Screen) names(c *ui.Context) []safetext.Text {
	var out []safetext.Text
	add := func(name safetext.Text) {
		there := slices.ContainsFunc(out, func(x safetext.Text) bool { return profile.SameName(x, name) })
		if !name.Empty() && !there {
			out = append(out, name)
		}
	}
	add(s.who)
	add(s.before)
	var known []profile.Rating
	for _, id := range c.Standard.Walk() {
		known = append(known, s.ratings(id, c)...)
	}
	sorting.By(known, func(a, b profile.Rating) int { return b.On.Compare(a.On) })
	for _, r := range known {
		add(r.By)
	}
	for _, name := range s.met {
		if len(out) < mostKnown {
			add(name)
		}
	}
	return out
}

func (s *Screen) ratings(ksb string, c *ui.Context) []profile.Rating {
	var out []profile.Rating
	if r, ok := s.mine(ksb, c); ok {
		out = append(out, r)
	}
	return append(out, otherMentors(ksb, c)...)
}

// ratedBy is how many KSBs a mentor has rated in this round.
func (s *Screen) ratedBy(name safetext.Text, c *ui.Context) int {
	n := 0
	for _, id := range c.Standard.Walk() {
		if slices.ContainsFunc(s.ratings(id, c), func(r profile.Rating) bool { return profile.SameName(r.By, name) }) {
			n++
		}
	}
	return n
}

// askName asks who rates: somebody known here, or somebody else. A sheet has one mentor, whose name can only be
// corrected.
func (s *Screen) askName(c *ui.Context) []ui.Ask {
	known := s.names(c)
	switch {
	case s.sheet:
		return ui.Asks(s.nameForm(s.who, sheetNameSays))
	case len(known) == 0:
		return ui.Asks(s.nameForm(safetext.Text{}, nameSays))
	}
	var ways []ui.Way[safetext.Text]
	for _, name := range known {
		ways = append(ways, ui.Way[safetext.Text]{Is: name, Text: name.Line(), Says: ratedSoFar(s.ratedBy(name, c))})
	}
	take := func(name safetext.Text, c *ui.Context) []ui.Ask { return s.name(name, s.blindfold(c)) }
	other := ui.Asking(s.nameForm(safetext.Text{}, nameSays))
	menu := ui.Choose{Title: nameTitle, Says: nameSays, Options: ui.Ways(ways, take), Typed: other}
	menu.Options = append(menu.Options, ui.Option{Text: "Somebody else", Says: "type another name", Then: other})
	return ui.Asks(menu)
}

// typedName uses the known spelling of a name that differs only in case, dots or spaces, so that one mentor's ratings
// are not split between two names. On a sheet, typing is how the name is corrected.
func (s *Screen) typedName(who safetext.Text, c *ui.Context) []ui.Ask {
	if s.sheet {
		return s.name(who, c)
	}
	for _, known := range s.names(c) {
		if profile.SameName(known, who) && known.Line() != who.Line() {
			says := ui.Say{Text: "You rate as " + known.Line() + ", the name that is known here."}
			return append(ui.Asks(says), s.name(known, c)...)
		}
	}
	return s.name(who, c)
}

// Rater is the mentor who rates, once they have said their name.
func (s *Screen) Rater() safetext.Text { return s.who }

// meets is the mentor who sits there when the two look together: who rates now or did on the last visit, else the one
// who rated today. It is empty where nobody can tell.
func (s *Screen) meets(c *ui.Context) safetext.Text {
	return c.Profile.MentorHere(c.Today, s.who, s.before)
}

func (s *Screen) name(who safetext.Text, c *ui.Context) []ui.Ask {
	s.who = who
	if s.mode == introMode {
		s.mode = pickMode
		if s.looked {
			s.mode, s.looked = rateMode, false
		}
	}
	return s.sign(c)
}
