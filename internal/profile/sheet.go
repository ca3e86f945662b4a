package profile

import (
	"reflect"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/standard"
)

// A rating sheet is a profile file that a learner gives to a mentor who sits elsewhere. It has the learner's name and
// ID, the KSBs to rate, and one open round with that mentor's ratings, but nothing that the learner has said. The
// mentor need write a name at one rating only, and need not write dates.

// BlankName is what the example line on a sheet has in place of the mentor's name.
const BlankName = "your name"

// SheetMentor is the mentor's name on a sheet; empty if there is none yet.
func (p Profile) SheetMentor() safetext.Text {
	for _, id := range p.Asked {
		for _, r := range p.Rounds {
			if x := r.Ratings[Mentor][id]; !x.By.Empty() {
				return x.By
			}
		}
	}
	return safetext.Text{}
}

// SheetDay is the newest date of the ratings on a sheet; zero if none has a date.
func (p Profile) SheetDay() calendar.Date {
	var on calendar.Date
	for _, r := range p.Rounds {
		for _, x := range r.Ratings[Mentor] {
			on = later(on, x.On)
		}
	}
	return on
}

// Filled is the number of KSBs that are rated on a sheet.
func (p Profile) Filled() int {
	r, _ := p.Open()
	return len(r.Ratings[Mentor])
}

// Signed is the round of a sheet with the mentor's name on the ratings that have none.
func (r Round) Signed(who safetext.Text) Round {
	if who.Empty() {
		return r
	}
	r = r.withRatings(Mentor)
	for id, x := range r.Ratings[Mentor] {
		if x.By.Empty() {
			x.By = who
			r.Ratings[Mentor][id] = x
		}
	}
	return r
}

// onSheet puts one mentor's name on the new rating and on the ratings that the sheet has already.
func (c Rate) onSheet(p Profile) (Rate, Profile) {
	if c.Who.Empty() {
		c.Who = p.SheetMentor()
	}
	if r, open := p.Open(); open && c.By == Mentor && p.SheetMentor().Empty() {
		p.Rounds = []Round{r.Signed(c.Who)}
	}
	return c, p
}

// Unrate removes a mentor's rating in the open round, with its note.
type Unrate struct {
	KSB string
	Who safetext.Text
}

func (c Unrate) Label() string { return "no rating of " + c.KSB }

func (c Unrate) Apply(p Profile, std *standard.Standard) (Profile, error) {
	if err := checkKSBs(std, []string{c.KSB}); err != nil {
		return p, err
	}
	round, open := p.Open()
	if _, rated := round.MentorRating(c.KSB, c.Who); !open || !rated {
		return p, Refuse("nothing needs doing", "%s has no rating by a mentor in this round", c.KSB)
	}
	if rest := round.OtherMentors(c.KSB, c.Who); len(rest) > 0 {
		round = round.WithMentors(c.KSB, rest)
	} else {
		round = round.withRatings(Mentor)
		delete(round.Ratings[Mentor], c.KSB)
	}
	p.Rounds = withItem(p.Rounds, len(p.Rounds)-1, round)
	return p, nil
}

// MayChangeSheet refuses a change of a sheet, from before to after, that does anything but give one mentor's ratings of
// the KSBs to rate. If before is not a sheet, any change is allowed.
func MayChangeSheet(before, after Profile) error {
	if !before.Sheet {
		return nil
	}
	a, b := before, after
	a.Rounds, b.Rounds = nil, nil
	r, open := after.Open()
	if !reflect.DeepEqual(a, b) || len(after.Rounds) != 1 || !open || r.Rated(Self)+r.Rated(Agreed)+len(r.Differ) > 0 {
		return Refuse("rate on it with --as mentor, or on the full screen; for your own record open your own profile",
			"this is a rating sheet, which is only for a mentor's ratings")
	}
	was := before.SheetMentor()
	for id, x := range r.Ratings[Mentor] {
		if !slices.Contains(after.Asked, id) {
			return Refuse("it asks for "+strings.Join(after.Asked, ", "), "%s is not on this sheet", id)
		}
		if len(r.Others[id]) > 0 || !SameName(x.By, after.SheetMentor()) {
			return Refuse("ask for a sheet of your own; if only the name is wrong, correct it in the file",
				"%s has rated on this sheet, and a sheet is for one mentor", was.Line())
		}
	}
	return nil
}
