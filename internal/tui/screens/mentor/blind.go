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

// blindfold is a context without anything that the learner said: of the record only the name, the standard and the
// ratings of the open round by mentors are left, and of those by another mentor nothing but who gave them and when. The
// same goes for what this mentor gave on an earlier visit, as long as the two have not looked at it: the learner could
// take a mentor's name. What is drawn or asked from it cannot betray the rest.
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

// theirs is this mentor's rating of a KSB in a round. On a sheet there is one mentor, even if the name was changed.
func (s *Screen) theirs(r profile.Round, ksb string) (profile.Rating, bool) {
	if s.sheet {
		x, ok := r.Ratings[profile.Mentor][ksb]
		return x, ok
	}
	return r.MentorRating(ksb, s.who)
}

// shows says whether the level and the note of this mentor's rating are shown while the learner's stay hidden.
func (s *Screen) shows(ksb string, r profile.Rating) bool {
	return s.sheet || s.given[ksb] > 0 || !r.Shown.IsZero()
}

func (s *Screen) mine(ksb string, c *ui.Context) (profile.Rating, bool) {
	r, _ := c.Profile.Open()
	return s.theirs(r, ksb)
}

func (s *Screen) rated(ksb string, c *ui.Context) bool {
	_, done := s.mine(ksb, c)
	return done
}

// otherMentors are the other mentors who have rated a KSB in this round. A blindfolded context does not hold the
// levels that they gave.
func otherMentors(ksb string, c *ui.Context) []profile.Rating {
	r, _ := c.Profile.Open()
	return r.Others[ksb]
}

// count is how many of some KSBs this mentor has rated in this round; before the mentor is known, how many any mentor
// has.
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

// takeAnywhere shows a KSB in the duty in hand, or in the first that has it.
func (s *Screen) takeAnywhere(ksb string, c *ui.Context) {
	has := func(d standard.Duty) bool { return slices.Contains(d.KSBs, ksb) }
	if !has(c.Standard.Duties[s.duty]) {
		s.duty = max(slices.IndexFunc(c.Standard.Duties, has), 0)
	}
	s.pick(ksb)
}

// found shows a KSB that the finder found, after asking for the mentor's name if that is not known yet.
func (s *Screen) found(ksb string, c *ui.Context) []ui.Ask {
	s.last = ""
	s.takeAnywhere(ksb, c)
	if s.mode == introMode {
		s.looked = true
		return s.askName(c)
	}
	s.mode = rateMode
	return nil
}

// step goes to the KSB before or after; past the ends of a duty to the duties beside it.
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
			s.last, s.beforeLast = ksb, s.last // a note is still for the one that was rated just now
			return ui.Asks(ui.Say{Text: strings.TrimSpace(says)})
		},
	})
}

// rateOrGoOn is Enter: rate what is pointed at, else go on to what is not rated yet.
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

// next goes to the next KSB without a rating: in this duty, and then in the next one or back to the choice of duties,
// and says so.
func (s *Screen) next(c *ui.Context) string {
	ids := c.Standard.Duties[s.duty].KSBs
	at := slices.Index(ids, s.ksb)
	if id := s.unrated(c, slices.Concat(ids[at+1:], ids[:at+1])); id != "" {
		s.pick(id)
		return ""
	}
	if s.unrated(c, c.Standard.Walk()) == "" {
		s.mode = pickMode
		return lists.Pick(s.sheet, allRatedAlone, allRatedBeside)
	}
	was := s.duty
	for n := 1; n < len(c.Standard.Duties); n++ {
		s.duty = (was + n) % len(c.Standard.Duties)
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
	return s.dutyDone(c.Standard.Duties[was].Number)
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
	if _, ok := change.(profile.Batch); ok && s.sheet { // it had put the name on the sheet
		s.who, s.before = safetext.Text{}, safetext.Text{}
		s.who = append(s.names(c), safetext.Text{})[0]
	}
}

// askNote is for the KSB that was rated just now, else for the one in hand.
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
	was, ok := s.mine(ksb, c)
	switch {
	case !ok:
		return nil
	case text.Empty() && was.Note.Empty():
		return ui.Asks(ui.Say{Text: noNote})
	}
	says := "Kept with your rating of " + ksb + "."
	if text.Empty() {
		says = "Your note on " + ksb + " is gone; u brings it back."
	}
	change := profile.Note{KSB: ksb, By: profile.Mentor, Who: s.who, Text: text}
	return ui.Asks(ui.Do{Change: change, Then: ui.Saying(says)})
}

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
		asks, _ := s.inDuties(ui.RowMsg{Index: row}, c)
		return asks
	}
	if s.mode != rateMode {
		return nil
	}
	if s.choice == row {
		return s.rate(levels.Pointed(row), c)
	}
	s.choice = row // a level is pointed at first: the click may only have brought the window forward
	return nil
}

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

func (s *Screen) ratedBy(name safetext.Text, c *ui.Context) int {
	theirs := func(r profile.Rating) bool { return profile.SameName(r.By, name) }
	return lists.Count(c.Standard.Walk(), func(id string) bool { return slices.ContainsFunc(s.ratings(id, c), theirs) })
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
	ways := lists.Each(known, func(name safetext.Text) ui.Way[safetext.Text] {
		says := "nothing rated in this round yet"
		if n := s.ratedBy(name, c); n > 0 {
			says = words.Count(n, "rating", "ratings") + " in this round"
		}
		return ui.Way[safetext.Text]{Is: name, Text: name.Line(), Says: says}
	})
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
	return c.Profile.MeetingMentor(c.Today, s.who, s.before)
}

func (s *Screen) name(who safetext.Text, c *ui.Context) []ui.Ask {
	if s.who = who; s.mode == introMode {
		s.mode = lists.Pick(s.looked, rateMode, pickMode)
		s.looked = false
	}
	return s.sign(c)
}
