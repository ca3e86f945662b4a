package mentor

import (
	"cmp"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/sorting"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/tui/levels"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// blindfold is a context without anything that the learner said. Of the record it keeps only the learner's name, the
// standard, and the ratings that mentors gave in the open round. Of another mentor's ratings it keeps only who gave
// them and when, and likewise of what this mentor gave on an earlier visit, until both have looked at it: the learner
// could come under the mentor's name. Whatever is drawn or asked from this context cannot give away the rest.
func (s *Screen) blindfold(c *ui.Context) *ui.Context {
	out := *c
	out.Report, out.Position, out.Rev = nil, "", 0
	out.Profile = profile.Profile{Standard: c.Profile.Standard, Learner: profile.Learner{Name: c.Profile.Learner.Name}}
	r, open := c.Profile.Open()
	if !open || r.Rated(profile.Mentor) == 0 {
		return &out
	}
	seen := profile.Round{
		Ratings: map[profile.Rater]map[string]profile.Rating{profile.Mentor: {}}, Others: map[string][]profile.Rating{},
	}
	for ksb := range r.Ratings[profile.Mentor] {
		if x, ok := s.theirs(r, ksb); ok {
			if !s.shows(ksb, x) {
				x = profile.Rating{By: x.By, On: x.On}
			}
			seen.Ratings[profile.Mentor][ksb] = x
		}
		for _, x := range r.OtherMentors(ksb, s.who) {
			seen.Others[ksb] = append(seen.Others[ksb], profile.Rating{By: x.By, On: x.On})
		}
	}
	out.Profile.Rounds = []profile.Round{seen}
	return &out
}

// theirs is this mentor's rating of a KSB in a round. On a sheet all ratings are the mentor's, under whatever name.
func (s *Screen) theirs(r profile.Round, ksb string) (profile.Rating, bool) {
	if s.sheet {
		x, ok := r.Ratings[profile.Mentor][ksb]
		return x, ok
	}
	return r.MentorRating(ksb, s.who)
}

// shows says whether the blind part may show the level and the note of this mentor's rating: if it was given on this
// visit, or both have looked at it.
func (s *Screen) shows(ksb string, r profile.Rating) bool {
	return s.sheet || s.given[ksb] > 0 || !r.Shown.IsZero()
}

// mine is this mentor's rating of a KSB in the open round.
func (s *Screen) mine(ksb string, c *ui.Context) (profile.Rating, bool) {
	r, _ := c.Profile.Open()
	return s.theirs(r, ksb)
}

func (s *Screen) rated(ksb string, c *ui.Context) bool {
	_, done := s.mine(ksb, c)
	return done
}

// otherMentors are the ratings of a KSB by other mentors in this round. In a blindfolded context they have no level.
func otherMentors(ksb string, c *ui.Context) []profile.Rating {
	r, _ := c.Profile.Open()
	return r.Others[ksb]
}

// count is how many of some KSBs this mentor has rated in this round or, until they have said their name, any mentor.
func (s *Screen) count(c *ui.Context, ksbs []string) int {
	return lists.Count(ksbs, func(id string) bool { return s.rated(id, c) })
}

// unrated is the first of some KSBs that this mentor has not rated, or "".
func (s *Screen) unrated(c *ui.Context, ksbs []string) string {
	id, _ := lists.First(ksbs, func(id string) bool { return !s.rated(id, c) })
	return id
}

// openDuty shows the first KSB of a duty that the mentor has not rated, or else its first.
func (s *Screen) openDuty(i int, c *ui.Context) {
	s.duty, s.mode = i, rateMode
	ids := c.Standard.Duties[i].KSBs
	s.pick(cmp.Or(s.unrated(c, ids), ids[0]))
}

func (s *Screen) pick(ksb string) { s.ksb, s.choice, s.arrived = ksb, levels.Nowhere, false }

// takeAnywhere shows a KSB in the chosen duty, or else in the first duty that has it.
func (s *Screen) takeAnywhere(ksb string, c *ui.Context) {
	has := func(d standard.Duty) bool { return slices.Contains(d.KSBs, ksb) }
	if !has(c.Standard.Duties[s.duty]) {
		s.duty = max(slices.IndexFunc(c.Standard.Duties, has), 0)
	}
	s.pick(ksb)
}

// showFound shows a KSB that was chosen in the finder. If the mentor has not said their name yet, it asks for that
// first.
func (s *Screen) showFound(ksb string, c *ui.Context) []ui.Ask {
	s.last = ""
	s.takeAnywhere(ksb, c)
	if s.mode == introMode {
		s.found = true
		return s.askName(c)
	}
	s.mode = rateMode
	return nil
}

// step goes n KSBs on. Past the end of a duty it goes only to the nearest KSB of the next one.
func (s *Screen) step(n int, c *ui.Context) {
	ids := c.Standard.Duties[s.duty].KSBs
	i := slices.Index(ids, s.ksb) + n
	switch {
	case i == -1 && s.duty > 0:
		s.duty--
		ids = c.Standard.Duties[s.duty].KSBs
		i = len(ids) - 1
	case i == len(ids) && s.duty < len(c.Standard.Duties)-1:
		s.duty++
		ids, i = c.Standard.Duties[s.duty].KSBs, 0
	}
	s.pick(ids[max(min(i, len(ids)-1), 0)])
}

func (s *Screen) rate(l level.Level, c *ui.Context) []ui.Ask {
	was, _ := s.mine(s.ksb, c)
	if !was.Shown.IsZero() {
		return ui.Asks(ui.Say{Text: lookedAt(s.ksb, was.Shown)})
	}
	ksb := s.ksb
	return ui.Asks(ui.Do{
		Change: profile.Rate{KSB: ksb, By: profile.Mentor, Level: l, On: c.Today, Who: s.who},
		Then: func(c *ui.Context) []ui.Ask {
			s.given[ksb]++
			c = s.blindfold(c)
			now, _ := s.mine(ksb, c)
			says := ratedWords(ksb, l, !now.Note.Empty(), otherMentors(ksb, c)) + " " + s.next(c)
			s.last, s.lastBefore = ksb, s.last // after next, which may have moved: a note is for the KSB just rated
			return ui.Asks(ui.Say{Text: strings.TrimSpace(says)})
		},
	})
}

// rateOrGoOn is Enter: rate at the level that is pointed at, else go on to what is not rated yet.
func (s *Screen) rateOrGoOn(c *ui.Context) []ui.Ask {
	if s.choice != levels.Nowhere {
		return s.rate(levels.Pointed(s.choice), c)
	}
	if !s.rated(s.ksb, c) {
		return ui.Asks(ui.Say{Text: "Press 0 to 4, or n. What you have not seen: arrow right leaves it out."})
	}
	if says := s.next(c); says != "" {
		return ui.Asks(ui.Say{Text: says})
	}
	return nil
}

// next goes to the next KSB without a rating in this duty. At its end it goes to the next duty, or back to the list of
// duties, and returns what to say about that.
func (s *Screen) next(c *ui.Context) string {
	ids := c.Standard.Duties[s.duty].KSBs
	at := slices.Index(ids, s.ksb)
	if id := s.unrated(c, slices.Concat(ids[at+1:], ids[:at+1])); id != "" {
		s.pick(id)
		return ""
	}
	if s.unrated(c, c.Standard.Walk()) == "" {
		s.mode = pickMode
		return lists.Pick(s.sheet, allRatedAlone, allRatedTogether)
	}
	done := s.duty
	for n := 1; n < len(c.Standard.Duties); n++ {
		s.duty = (done + n) % len(c.Standard.Duties)
		if s.unrated(c, c.Standard.Duties[s.duty].KSBs) != "" {
			break
		}
	}
	if s.all {
		s.openDuty(s.duty, c)
		s.arrived = true
	} else {
		s.mode = pickMode
	}
	return s.dutyDone(c.Standard.Duties[done].Number)
}

// undone goes back to the KSB whose change was undone, so that the next key is for it.
func (s *Screen) undone(change profile.Change, c *ui.Context) {
	if x, ok := change.(profile.Rate); ok && x.By == profile.Mentor {
		s.given[x.KSB] = max(s.given[x.KSB]-1, 0)
	}
	s.last = ""
	if s.mode == rateMode {
		switch x := change.(type) {
		case profile.Rate:
			s.takeAnywhere(x.KSB, c)
		case profile.Note:
			s.takeAnywhere(x.KSB, c)
		}
	}
	if _, ok := change.(profile.Batch); ok && s.sheet { // sign was undone: take the name that the ratings have again
		s.who, s.before = safetext.Text{}, safetext.Text{}
		if names := s.names(c); len(names) > 0 {
			s.who = names[0]
		}
	}
}

// askNote asks for a note on the KSB that was rated just now, else on the one that is shown.
func (s *Screen) askNote(c *ui.Context) []ui.Ask {
	ksb := cmp.Or(s.last, s.ksb)
	r, done := s.mine(ksb, c)
	switch {
	case s.last == "" && s.mode != rateMode:
		says := "Choose a duty and rate a KSB first, then write what you saw."
		return ui.Asks(ui.Refuse{Title: "A note", Says: says})
	case !done:
		return ui.Asks(ui.Refuse{Title: "A note on " + ksb, Says: rateBeforeNote})
	case !s.shows(ksb, r):
		return ui.Asks(ui.Refuse{Title: "A note on " + ksb, Says: appraisal.Covered(r.On)})
	}
	return ui.Asks(s.noteForm(ksb, c.Title(ksb), r.Note))
}

// keepNote keeps what the mentor wrote. An empty note removes the one that was there.
func (s *Screen) keepNote(ksb string, text safetext.Text, c *ui.Context) []ui.Ask {
	rating, ok := s.mine(ksb, c)
	switch {
	case !ok:
		return nil
	case text.Empty() && rating.Note.Empty():
		return ui.Asks(ui.Say{Text: noNote})
	}
	says := "Kept with your rating of " + ksb + "."
	if text.Empty() {
		says = "Your note on " + ksb + " is gone; u brings it back."
	}
	change := profile.Note{KSB: ksb, By: profile.Mentor, Who: s.who, Text: text}
	return ui.Asks(ui.Do{Change: change, Then: ui.Saying(says)})
}

// point moves among the duties, or among the levels from the one that the mentor gave.
func (s *Screen) point(n int, c *ui.Context) {
	switch {
	case s.mode == pickMode:
		s.duty = max(min(s.duty+n, len(c.Standard.Duties)-1), 0)
		return
	case s.mode != rateMode:
		return
	case s.choice != levels.Nowhere:
		s.choice = levels.Moved(s.choice, n)
		return
	}
	s.choice = 0
	if n < 0 {
		s.choice = levels.Opportunity
	}
	if r, ok := s.mine(s.ksb, c); ok && s.shows(s.ksb, r) {
		s.choice = levels.Index(r.Level)
	}
}

func (s *Screen) click(row int, c *ui.Context) []ui.Ask {
	if s.mode == pickMode {
		asks, _ := s.updateDuties(ui.RowMsg{Index: row}, c)
		return asks
	}
	if s.mode != rateMode {
		return nil
	}
	if s.choice == row {
		return s.rate(levels.Pointed(row), c)
	}
	s.choice = row // the first click only points: it may have been meant to bring the window to the front
	return nil
}

// mostKnown is the most names to fill up with those who only met, so that each name and "Somebody else" has a digit.
const mostKnown = 8

// names are the mentors to choose from: who rates now, who did on the last visit, who has rated in this round (the
// newest first), and those who have met with the learner.
func (s *Screen) names(c *ui.Context) []safetext.Text {
	var out []safetext.Text
	add := func(name safetext.Text) {
		listed := slices.ContainsFunc(out, func(x safetext.Text) bool { return profile.SameName(x, name) })
		if !name.Empty() && !listed {
			out = append(out, name)
		}
	}
	add(s.who)
	add(s.before)
	var ratings []profile.Rating
	for _, id := range c.Standard.Walk() {
		ratings = append(ratings, s.ratings(id, c)...)
	}
	sorting.By(ratings, func(a, b profile.Rating) int { return b.On.Compare(a.On) })
	for _, r := range ratings {
		add(r.By)
	}
	for _, name := range s.met {
		if len(out) < mostKnown {
			add(name)
		}
	}
	return out
}

// ratings are all mentors' ratings of a KSB in this round, this mentor's first.
func (s *Screen) ratings(ksb string, c *ui.Context) []profile.Rating {
	var out []profile.Rating
	if r, ok := s.mine(ksb, c); ok {
		out = append(out, r)
	}
	return append(out, otherMentors(ksb, c)...)
}

// ratedBy is how many KSBs a mentor has rated in this round.
func (s *Screen) ratedBy(name safetext.Text, c *ui.Context) int {
	theirs := func(r profile.Rating) bool { return profile.SameName(r.By, name) }
	return lists.Count(c.Standard.Walk(), func(id string) bool { return slices.ContainsFunc(s.ratings(id, c), theirs) })
}

// askName asks who is rating: one of names, or somebody else. On a sheet the mentor can only correct their name.
func (s *Screen) askName(c *ui.Context) []ui.Ask {
	known := s.names(c)
	switch {
	case s.sheet:
		return ui.Asks(s.nameForm(s.who, sheetNameSays))
	case len(known) == 0:
		return ui.Asks(s.nameForm(safetext.Text{}, nameSays))
	}
	ways := lists.Each(known, func(name safetext.Text) ui.Way[safetext.Text] {
		says := "nothing rated in this round yet"
		if n := s.ratedBy(name, c); n > 0 {
			says = words.Count(n, "rating", "ratings") + " in this round"
		}
		return ui.Way[safetext.Text]{Is: name, Text: name.Line(), Says: says}
	})
	take := func(name safetext.Text, c *ui.Context) []ui.Ask { return s.setName(name, s.blindfold(c)) }
	other := ui.Asking(s.nameForm(safetext.Text{}, nameSays))
	menu := ui.Choose{Title: nameTitle, Says: nameSays, Options: ui.Ways(ways, take), Typed: other}
	menu.Options = append(menu.Options, ui.Option{Text: "Somebody else", Says: "type another name", Then: other})
	return ui.Asks(menu)
}

// typedName takes a name that was typed, but in the spelling that is known here if it differs only in case, dots or
// spaces, so that one mentor's ratings are not split between two names. On a sheet the mentor may change the spelling.
func (s *Screen) typedName(who safetext.Text, c *ui.Context) []ui.Ask {
	if s.sheet {
		return s.setName(who, c)
	}
	for _, known := range s.names(c) {
		if profile.SameName(known, who) && known.Line() != who.Line() {
			says := ui.Say{Text: "You rate as " + known.Line() + ", the name that is known here."}
			return append(ui.Asks(says), s.setName(known, c)...)
		}
	}
	return s.setName(who, c)
}

// Rater is the name of the mentor who is rating; empty until they have said it.
func (s *Screen) Rater() safetext.Text { return s.who }

// mentorHere is the mentor who is there when the two look together: who rates now or did on the last visit, else the
// one who rated today. It is empty if none of this tells.
func (s *Screen) mentorHere(c *ui.Context) safetext.Text {
	return c.Profile.MeetingMentor(c.Today, s.who, s.before)
}

// setName notes who is rating. After the introduction it goes on to the duties, or to the KSB that was found.
func (s *Screen) setName(who safetext.Text, c *ui.Context) []ui.Ask {
	s.who = who
	if s.mode == introMode {
		s.mode = lists.Pick(s.found, rateMode, pickMode)
		s.found = false
	}
	return s.sign(c)
}
