package profile

import (
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/sorting"
)

// Mentors are the ratings of a KSB by all mentors in this round, one of each, the newest first.
func (r Round) Mentors(ksb string) []Rating {
	newest, ok := r.Ratings[Mentor][ksb]
	if !ok {
		return nil
	}
	return append([]Rating{newest}, r.Others[ksb]...)
}

// MentorRating is one mentor's rating of a KSB in this round; for an empty name, the rating without a name.
func (r Round) MentorRating(ksb string, who safetext.Text) (Rating, bool) {
	return find(r.Mentors(ksb), isBy(who))
}

// AllByMentors are the ratings of all KSBs by all mentors in this round, in no particular order.
func (r Round) AllByMentors() []Rating {
	var out []Rating
	for ksb := range r.Ratings[Mentor] {
		out = append(out, r.Mentors(ksb)...)
	}
	return out
}

// Beside are the ratings of a KSB in this round by other mentors than one, the newest first.
func (r Round) Beside(ksb string, who safetext.Text) []Rating {
	return slices.DeleteFunc(r.Mentors(ksb), isBy(who))
}

// isBy reports whether a rating is by this mentor. All ratings without a name count as one mentor's.
func isBy(who safetext.Text) func(Rating) bool {
	return func(x Rating) bool { return SameName(x.By, who) }
}

// Mentors lists the current ratings of a KSB by mentors, one for each, the newest first: those of the round with the
// newest rating and of later rounds, since an older sheet may come in late. Those that the learner may not see yet are
// left out; see SeenIn.
func (p Profile) Mentors(ksb string) []Rating {
	_, from := p.newest(ksb, Mentor)
	if from < 0 {
		return nil
	}
	list := p.SeenIn(from, ksb)
	for n := range p.Rounds[from+1:] {
		for _, x := range p.SeenIn(from+1+n, ksb) {
			i := slices.IndexFunc(list, isBy(x.By))
			switch {
			case i < 0:
				list = append(list, x)
			case i > 0 && !x.On.Before(list[i].On):
				list[i] = x
			}
		}
	}
	sorting.By(list[1:], func(a, b Rating) int { return b.On.Compare(a.On) })
	return list
}

// NewestOf is the newest rating of a KSB by one mentor: the latest date, and of equal dates the later round.
func (p Profile) NewestOf(ksb string, who safetext.Text) (Rating, bool) {
	var best Rating
	found := false
	for _, r := range p.Rounds {
		if x, ok := r.MentorRating(ksb, who); ok && (!found || !x.On.Before(best.On)) {
			best, found = x, true
		}
	}
	return best, found
}

// SameName compares names as people do: case, dots and spaces do not count.
func SameName(a, b safetext.Text) bool { return PlainName(a) == PlainName(b) }

// PlainName is a name without what people write now this way and now that: case, dots and spaces. Where nothing else is
// in it, it is the text itself. It is for comparing, and not to be shown.
func PlainName(name safetext.Text) string {
	bare := strings.Map(func(r rune) rune {
		if r == '.' || unicode.IsSpace(r) {
			return -1
		}
		return folded(r)
	}, name.Raw())
	if bare == "" {
		return strings.TrimSpace(name.Raw())
	}
	return bare
}

// folded is one letter for all that differ from it by case only.
func folded(r rune) rune {
	for {
		next := unicode.SimpleFold(r)
		if next <= r {
			return next
		}
		r = next
	}
}

// MentorNamed is the name as the newest rating of a mentor with that name has it; one that is not known is given back.
// On a sheet no name is that of its mentor.
func (p Profile) MentorNamed(name safetext.Text) safetext.Text {
	if p.Sheet && name.Empty() {
		return p.SheetMentor()
	}
	newest := calendar.Date{}
	out := name
	for _, r := range p.Rounds {
		for ksb := range r.Ratings[Mentor] {
			for _, x := range r.Mentors(ksb) {
				switch after := x.On.Compare(newest); {
				case name.Empty() || x.By.Empty() || after < 0 || !SameName(x.By, name):
				case after > 0 || x.By.Raw() < out.Raw():
					out, newest = x.By, x.On
				}
			}
		}
	}
	return out
}

// withMentor returns a copy of a round with a mentor's rating inserted by its day, before others of the same day, and
// without the ratings that it replaces.
func (r Round) withMentor(ksb string, x Rating, gone func(Rating) bool) Round {
	list := slices.DeleteFunc(r.Mentors(ksb), gone)
	at := slices.IndexFunc(list, func(y Rating) bool { return !y.On.After(x.On) })
	if at < 0 {
		at = len(list)
	}
	return r.WithMentors(ksb, slices.Insert(list, at, x))
}

// WithMentors returns a copy of a round with these ratings of a KSB by mentors, one at least.
func (r Round) WithMentors(ksb string, list []Rating) Round {
	r = r.withRatings(Mentor)
	r.Ratings[Mentor][ksb] = list[0]
	r.Others = maps.Clone(r.Others)
	switch {
	case len(list) == 1:
		delete(r.Others, ksb)
	case r.Others == nil:
		r.Others = map[string][]Rating{ksb: list[1:]}
	default:
		r.Others[ksb] = list[1:]
	}
	if len(r.Others) == 0 {
		r.Others = nil
	}
	return r
}

// one says whether learner and mentors gave a KSB one and the same level. It is false without any mentor.
func one(self level.Level, mentors []Rating) bool {
	return len(mentors) > 0 && !slices.ContainsFunc(mentors, func(x Rating) bool { return x.Level != self })
}
