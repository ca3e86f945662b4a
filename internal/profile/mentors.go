package profile

import (
	"cmp"
	"errors"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/sorting"
	"github.com/ksbcoach/ksbcoach/internal/standard"
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
	return lists.First(r.Mentors(ksb), isBy(who))
}

// AllByMentors are the ratings of all KSBs by all mentors in this round, in no particular order.
func (r Round) AllByMentors() []Rating {
	var out []Rating
	for ksb := range r.Ratings[Mentor] {
		out = append(out, r.Mentors(ksb)...)
	}
	return out
}

// OtherMentors are the ratings of a KSB in this round by other mentors than one, the newest first.
func (r Round) OtherMentors(ksb string, who safetext.Text) []Rating {
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
	_, from := p.NewestAt(ksb, Mentor)
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
	newest, out := calendar.Date{}, name
	for _, r := range p.Rounds {
		for _, x := range r.AllByMentors() {
			switch after := x.On.Compare(newest); {
			case name.Empty() || x.By.Empty() || after < 0 || !SameName(x.By, name):
			case after > 0 || x.By.Raw() < out.Raw():
				out, newest = x.By, x.On
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
	if r.Others = withoutKey(r.Others, ksb); len(list) > 1 {
		r.Others = withKey(r.Others, ksb, list[1:])
	}
	return r
}

// sameLevel says whether learner and mentors gave a KSB one and the same level. It is false without any mentor.
func sameLevel(self level.Level, mentors []Rating) bool {
	return len(mentors) > 0 && !slices.ContainsFunc(mentors, func(x Rating) bool { return x.Level != self })
}

// MayBeNames refuses a list of participants in which something cannot be a name, such as a day.
func MayBeNames(names []safetext.Text) error {
	for _, name := range names {
		if cannotBeName(name) {
			return Refuse("write who meets, such as J. Ode or ward manager; the day has its own place",
				"%q is not a name", safetext.Brief(name.Raw(), 20))
		}
	}
	return nil
}

// MayBeMentor refuses a mentor's name that cannot be one, such as a level or a day. An empty name is allowed.
func MayBeMentor(who safetext.Text) error {
	if cannotBeName(who) {
		return Refuse("write the mentor's own name, such as J. Ode", "%q is not a name", safetext.Brief(who.Raw(), 20))
	}
	return nil
}

// cannotBeName reports whether a text cannot be a name: it has no letter, as a number, or it is a day.
func cannotBeName(text safetext.Text) bool {
	return !text.Empty() && (!slices.ContainsFunc([]rune(text.Line()), unicode.IsLetter) || isDay(text.Line()))
}

// isDay says whether a text is a day as people type one, even with a part missing or wrong. A month or a weekday alone,
// such as May, may be a name.
func isDay(text string) bool {
	anyDay := calendar.Of(2026, time.January, 1) // which day is meant does not matter here
	_, err := calendar.Meant(text, anyDay, calendar.AnyTime)
	return err == nil || !errors.Is(err, calendar.ErrForm) && strings.ContainsAny(text, "0123456789")
}

// MetBefore lists everyone who met in a review or rated as a mentor, each once and the newest first. Mentors come after
// the participants of reviews.
func (p Profile) MetBefore() []safetext.Text {
	var out []safetext.Text
	add := func(name safetext.Text) {
		if !name.Empty() && !slices.ContainsFunc(out, func(x safetext.Text) bool { return SameName(x, name) }) {
			out = append(out, name)
		}
	}
	reviews := slices.Clone(p.Reviews)
	sorting.By(reviews, func(a, b Review) int { return b.On.Compare(a.On) })
	for _, r := range reviews {
		for _, name := range r.With {
			add(name)
		}
	}
	var rated []Rating
	for _, round := range p.Rounds {
		rated = append(rated, round.AllByMentors()...)
	}
	sorting.By(rated, func(a, b Rating) int { return cmp.Or(b.On.Compare(a.On), cmp.Compare(a.By.Raw(), b.By.Raw())) })
	for _, r := range rated {
		add(r.By)
	}
	return out
}

// MentorsWhoRated gives the mentors who rated in the open round on a day.
func (p Profile) MentorsWhoRated(day calendar.Date) []safetext.Text {
	var out []safetext.Text
	r, _ := p.Open()
	for _, ksb := range standard.Sorted(r.Ratings[Mentor]) {
		for _, x := range r.Mentors(ksb) {
			there := slices.ContainsFunc(out, func(name safetext.Text) bool { return SameName(name, x.By) })
			if x.On == day && !x.By.Empty() && !there {
				out = append(out, x.By)
			}
		}
	}
	return out
}

// MeetingMentor is the mentor who meets with the learner on a day: the first name that was said, spelt as it is known
// here, else the one mentor who rated that day. It is empty where nobody can tell.
func (p Profile) MeetingMentor(day calendar.Date, said ...safetext.Text) safetext.Text {
	for _, name := range said {
		if !name.Empty() {
			return p.MentorNamed(name)
		}
	}
	if rated := p.MentorsWhoRated(day); len(rated) == 1 {
		return rated[0]
	}
	return safetext.Text{}
}

const mostParticipants = 6

// LikelyParticipants are who may meet with the learner: who rated today, who sits there most likely; all of last time
// together; and each who is known from a review or as a mentor.
func (p Profile) LikelyParticipants(today calendar.Date) []string {
	var out []string
	if rated := p.MentorsWhoRated(today); len(rated) > 0 {
		out = append(out, TypedNames(rated))
	}
	if last, ok := p.LastReview(); ok && len(last.With) > 1 && !slices.Contains(out, TypedNames(last.With)) {
		out = append(out, TypedNames(last.With))
	}
	for _, name := range p.MetBefore() {
		who := TypedNames([]safetext.Text{name})
		there := slices.ContainsFunc(out, func(x string) bool { return SameName(safetext.New(x), safetext.New(who)) })
		if who != "" && !there {
			out = append(out, who)
		}
	}
	return out[:min(len(out), mostParticipants)]
}

// TypedNames are names as they are typed in the field for who meets. A comma would make two people of Hart, Zoe there.
func TypedNames(with []safetext.Text) string {
	return strings.Join(lists.Each(with, func(x safetext.Text) string {
		return strings.Join(strings.FieldsFunc(x.Line(), func(r rune) bool { return r == ',' || r == ' ' }), " ")
	}), ", ")
}

// Reveal records that learner and mentor looked at the ratings together. It uncovers the mentors' ratings in the open
// round and any still covered in earlier ones. A level that either of them changes after that is no longer independent,
// so the level that was given blind is kept with it.
type Reveal struct{ On calendar.Date }

func (c Reveal) Label() string { return "look at the differences" }

func (c Reveal) Apply(p Profile, _ *standard.Standard) (Profile, error) {
	if err := needsDay(c.On, "looking together"); err != nil {
		return p, err
	}
	if len(p.ToReveal()) == 0 {
		return p, Refuse("a mentor rates first; from the reveal on, a change is kept as one",
			"no mentor has rated anything that is not open already")
	}
	return p.reveal(c.On, func(Round) bool { return true }), nil
}

// reveal marks what mentors gave, in some rounds, as looked at.
func (p Profile) reveal(on calendar.Date, in func(Round) bool) Profile {
	before := p
	p.Rounds = slices.Clone(p.Rounds)
	for i, r := range p.Rounds {
		if !in(r) {
			continue
		}
		for ksb := range r.Ratings[Mentor] {
			list := r.Mentors(ksb)
			for k, x := range list {
				if before.toReveal(i, ksb, x) {
					list[k].Shown = on
				}
			}
			if !slices.Equal(list, r.Mentors(ksb)) {
				p.Rounds[i] = p.Rounds[i].WithMentors(ksb, list)
			}
		}
	}
	return p
}

// ToReveal are the ratings by mentors that the next Reveal opens.
func (p Profile) ToReveal() []Rating {
	var out []Rating
	for i, r := range p.Rounds {
		for ksb := range r.Ratings[Mentor] {
			open := func(x Rating) bool { return !p.toReveal(i, ksb, x) }
			out = append(out, slices.DeleteFunc(r.Mentors(ksb), open)...)
		}
	}
	return out
}

// Covered is the number of KSBs whose mentors' ratings the learner may not see yet.
func (p Profile) Covered() int {
	covered := map[string]bool{}
	for i, r := range p.Rounds {
		for ksb := range r.Ratings[Mentor] {
			if len(p.SeenIn(i, ksb)) < len(r.Mentors(ksb)) {
				covered[ksb] = true
			}
		}
	}
	return len(covered)
}

// toReveal reports whether a mentor's rating in round i is still to be looked at together. A rating in a closed round
// that the learner can see already does not need that any more.
func (p Profile) toReveal(i int, ksb string, x Rating) bool {
	return x.Shown.IsZero() && (p.Rounds[i].Closed.IsZero() || !p.learnerMaySee(i, ksb, x))
}

// SeenIn lists the mentors' ratings of a KSB in round i that the learner may see, the newest first. A rating stays
// covered until the learner has rated the KSB in that round or a later one, or both have looked at it.
func (p Profile) SeenIn(i int, ksb string) []Rating {
	return slices.DeleteFunc(p.Rounds[i].Mentors(ksb), func(x Rating) bool { return !p.learnerMaySee(i, ksb, x) })
}

// SeenRound is round i without what the learner may not see yet.
func (p Profile) SeenRound(i int) Round {
	r := p.Rounds[i]
	for ksb := range p.Rounds[i].Ratings[Mentor] {
		if list := p.SeenIn(i, ksb); len(list) > 0 {
			r = r.WithMentors(ksb, list)
			continue
		}
		r = r.withRatings(Mentor)
		delete(r.Ratings[Mentor], ksb)
		r.Others = withoutKey(r.Others, ksb)
	}
	return r
}

func (p Profile) learnerMaySee(i int, ksb string, x Rating) bool {
	return !x.Shown.IsZero() || p.learnerRated(i, ksb)
}

// learnerRated reports whether the learner rated a KSB, or agreed a level, in round i or a later one.
func (p Profile) learnerRated(i int, ksb string) bool {
	return slices.ContainsFunc(p.Rounds[i:], func(r Round) bool { return r.Holds(ksb) })
}

// revealDay is the day on which the two looked at what a mentor gave a KSB in this round, or zero.
func (r Round) revealDay(ksb string) calendar.Date {
	x, _ := lists.First(r.Mentors(ksb), func(x Rating) bool { return !x.Shown.IsZero() })
	return x.Shown
}

// BeforeReveal is the level that was given before the two looked at it together, which calibration uses.
func (r Rating) BeforeReveal() level.Level {
	if r.Changed {
		return r.Blind
	}
	return r.Level
}

// withLevel is a rating with another level. Once the two have looked at it, the level that was given blind is kept.
func (r Rating) withLevel(to level.Level, looked bool) Rating {
	switch {
	case r.Changed && to == r.Blind:
		r.Changed, r.Blind = false, 0
	case looked && !r.Changed && to != r.Level:
		r.Changed, r.Blind = true, r.Level
	}
	r.Level = to
	return r
}

// revealed says whether a rating is given over one that the two have looked at together.
func (c Rate) revealed(round Round, was Rating) bool {
	switch c.By {
	case Mentor:
		return !was.Shown.IsZero()
	case Self:
		_, rated := round.Ratings[Self][c.KSB]
		return rated && !round.revealDay(c.KSB).IsZero()
	}
	return false
}
