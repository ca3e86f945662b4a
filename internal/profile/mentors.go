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

// Mentors lists the ratings of a KSB by all mentors in this round, one each, the newest first. The list is a copy.
func (r Round) Mentors(ksb string) []Rating {
	newest, ok := r.Ratings[Mentor][ksb]
	if !ok {
		return nil
	}
	return append([]Rating{newest}, r.Others[ksb]...)
}

// MentorRating is one mentor's rating of a KSB in this round; with an empty name, the rating without a name.
func (r Round) MentorRating(ksb string, who safetext.Text) (Rating, bool) {
	return lists.First(r.Mentors(ksb), isBy(who))
}

// AllByMentors lists the ratings of all KSBs by all mentors in this round, in no particular order.
func (r Round) AllByMentors() []Rating {
	var out []Rating
	for ksb := range r.Ratings[Mentor] {
		out = append(out, r.Mentors(ksb)...)
	}
	return out
}

// OtherMentors lists the ratings of a KSB in this round by all mentors but one, the newest first.
func (r Round) OtherMentors(ksb string, who safetext.Text) []Rating {
	return slices.DeleteFunc(r.Mentors(ksb), isBy(who))
}

// isBy returns a function that says whether a rating is by this mentor. Ratings without a name count as one mentor's.
func isBy(who safetext.Text) func(Rating) bool {
	return func(x Rating) bool { return SameName(x.By, who) }
}

// Mentors lists the current ratings of a KSB by mentors, one each, the newest first. They are from the round with the
// newest rating and from any later rounds, since an older sheet may come in late. Ratings that the learner may not see
// yet are left out; see SeenIn.
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

// NewestOf is the newest rating of a KSB by one mentor: the one with the latest date or, on the same date, in the later
// round.
func (p Profile) NewestOf(ksb string, who safetext.Text) (Rating, bool) {
	var newest Rating
	found := false
	for _, r := range p.Rounds {
		if x, ok := r.MentorRating(ksb, who); ok && (!found || !x.On.Before(newest.On)) {
			newest, found = x, true
		}
	}
	return newest, found
}

// SameName compares names as people do, ignoring case, dots and spaces.
func SameName(a, b safetext.Text) bool { return PlainName(a) == PlainName(b) }

// PlainName is a name without dots and spaces and in one case, since people write these in different ways. If nothing
// else is left, it is the text itself. It is for comparing only, not for showing.
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

// folded is the same letter for all letters that differ in case only.
func folded(r rune) rune {
	for {
		next := unicode.SimpleFold(r)
		if next <= r {
			return next
		}
		r = next
	}
}

// MentorNamed is a mentor's name as it is spelt in the newest rating by that mentor, or as given if there is none. On a
// sheet, an empty name means the sheet's mentor.
func (p Profile) MentorNamed(name safetext.Text) safetext.Text {
	if name.Empty() {
		if p.Sheet {
			return p.SheetMentor()
		}
		return name
	}
	var newest calendar.Date
	spelt := name
	for _, r := range p.Rounds {
		for _, x := range r.AllByMentors() {
			if x.By.Empty() || !SameName(x.By, name) {
				continue
			}
			// The ratings come in no particular order, so two spellings on one day need an order of their own.
			if x.On.After(newest) || x.On == newest && x.By.Raw() < spelt.Raw() {
				spelt, newest = x.By, x.On
			}
		}
	}
	return spelt
}

// withMentor is a copy of a round with a mentor's rating inserted by its date, before others of the same date, and
// without the ratings that it replaces.
func (r Round) withMentor(ksb string, x Rating, replaces func(Rating) bool) Round {
	list := slices.DeleteFunc(r.Mentors(ksb), replaces)
	at := slices.IndexFunc(list, func(y Rating) bool { return !y.On.After(x.On) })
	if at < 0 {
		at = len(list)
	}
	return r.WithMentors(ksb, slices.Insert(list, at, x))
}

// WithMentors is a copy of a round in which these are the ratings of a KSB by mentors. There must be at least one, and
// the newest must come first.
func (r Round) WithMentors(ksb string, list []Rating) Round {
	r = r.withRatings(Mentor)
	r.Ratings[Mentor][ksb] = list[0]
	r.Others = withoutKey(r.Others, ksb)
	if len(list) > 1 {
		r.Others = withKey(r.Others, ksb, list[1:])
	}
	return r
}

// sameLevel says whether learner and mentors all gave the same level. It is false if no mentor gave any.
func sameLevel(self level.Level, mentors []Rating) bool {
	return len(mentors) > 0 && !slices.ContainsFunc(mentors, func(x Rating) bool { return x.Level != self })
}

// MayBeNames refuses a list of participants in which something cannot be a name, such as a date.
func MayBeNames(names []safetext.Text) error {
	for _, name := range names {
		if cannotBeName(name) {
			return Refuse("write who meets, such as J. Ode or ward manager; the day has its own place",
				"%q is not a name", safetext.Brief(name.Raw(), 20))
		}
	}
	return nil
}

// MayBeMentor refuses what cannot be a mentor's name, such as a level or a date. An empty name is allowed.
func MayBeMentor(who safetext.Text) error {
	if cannotBeName(who) {
		return Refuse("write the mentor's own name, such as J. Ode", "%q is not a name", safetext.Brief(who.Raw(), 20))
	}
	return nil
}

// cannotBeName says whether a text has no letters in it or is a date.
func cannotBeName(text safetext.Text) bool {
	return !text.Empty() && (!slices.ContainsFunc([]rune(text.Line()), unicode.IsLetter) || isDay(text.Line()))
}

// isDay says whether a text is a date as people type it, even with a part that is missing or wrong. A month or weekday
// alone, such as May, can be a name.
func isDay(text string) bool {
	anyDay := calendar.Of(2026, time.January, 1) // only whether it can be read matters
	_, err := calendar.Meant(text, anyDay, calendar.AnyTime)
	return err == nil || !errors.Is(err, calendar.ErrForm) && strings.ContainsAny(text, "0123456789")
}

// MetBefore lists everyone who took part in a review and then everyone who rated as a mentor, once each, the newest
// first.
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

// MentorsWhoRated lists the mentors who rated in the open round on a day.
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

// MeetingMentor is the mentor who meets with the learner on a day: the first of the given names that is not empty,
// spelt as MentorNamed has it, else the mentor who rated on that day. It is empty if there was none or more than one.
func (p Profile) MeetingMentor(day calendar.Date, names ...safetext.Text) safetext.Text {
	for _, name := range names {
		if !name.Empty() {
			return p.MentorNamed(name)
		}
	}
	if rated := p.MentorsWhoRated(day); len(rated) == 1 {
		return rated[0]
	}
	return safetext.Text{}
}

// mostParticipants is how many suggestions are worth showing.
const mostParticipants = 6

// LikelyParticipants suggests who may meet with the learner: those who rated today, since they are probably there; all
// who met last time; and then each person known from MetBefore.
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

// TypedNames joins names with commas, for a field that Names reads. A comma within a name, as in "Hart, Zoe", is left
// out, since it would make two people of one.
func TypedNames(with []safetext.Text) string {
	return strings.Join(lists.Each(with, func(x safetext.Text) string {
		return strings.Join(strings.FieldsFunc(x.Line(), func(r rune) bool { return r == ',' || r == ' ' }), " ")
	}), ", ")
}

// Reveal records that learner and mentor looked at the ratings together. It shows the learner the mentors' ratings in
// the open round, and any in earlier rounds that were still covered. If either of them changes a level after that, it
// is not an independent view any more, so the level that was given blind is kept too.
type Reveal struct{ On calendar.Date }

func (c Reveal) Label() string { return "look at the differences" }

func (c Reveal) Apply(p Profile, _ *standard.Standard) (Profile, error) {
	if err := needsDay(c.On, "looking together"); err != nil {
		return p, err
	}
	if len(p.ToReveal()) == 0 {
		return p, Refuse("a mentor rates first; after you have looked together, any change is marked as one",
			"there are no new ratings by a mentor to look at")
	}
	return p.reveal(c.On, func(Round) bool { return true }), nil
}

// reveal marks the mentors' ratings in some rounds as shown on a day.
func (p Profile) reveal(on calendar.Date, inRound func(Round) bool) Profile {
	before := p
	p.Rounds = slices.Clone(p.Rounds)
	for i, r := range p.Rounds {
		if !inRound(r) {
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

// ToReveal lists the mentors' ratings that the next Reveal would show.
func (p Profile) ToReveal() []Rating {
	var out []Rating
	for i, r := range p.Rounds {
		for ksb := range r.Ratings[Mentor] {
			out = append(out, lists.Where(r.Mentors(ksb), func(x Rating) bool { return p.toReveal(i, ksb, x) })...)
		}
	}
	return out
}

// Covered is the number of KSBs with mentors' ratings that the learner may not see yet.
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

// toReveal says whether the next Reveal would show a mentor's rating in round i. A rating in a closed round that the
// learner can see already need not be shown any more.
func (p Profile) toReveal(i int, ksb string, x Rating) bool {
	return x.Shown.IsZero() && (p.Rounds[i].Closed.IsZero() || !p.learnerMaySee(i, ksb, x))
}

// SeenIn lists the mentors' ratings of a KSB in round i that the learner may see, the newest first. A rating stays
// covered until the learner has rated the KSB in that round or a later one, or the two have looked at it together.
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

// learnerRated says whether the learner rated a KSB, or agreed a level of it, in round i or a later one.
func (p Profile) learnerRated(i int, ksb string) bool {
	return slices.ContainsFunc(p.Rounds[i:], func(r Round) bool { return r.Holds(ksb) })
}

// revealDay is the day on which the two looked at a mentor's rating of a KSB in this round, or zero.
func (r Round) revealDay(ksb string) calendar.Date {
	x, _ := lists.First(r.Mentors(ksb), func(x Rating) bool { return !x.Shown.IsZero() })
	return x.Shown
}

// BeforeReveal is the level that was given before the two looked at the ratings together. Calibration compares these.
func (r Rating) BeforeReveal() level.Level {
	if r.Changed {
		return r.Blind
	}
	return r.Level
}

// withLevel is the rating with another level. If the two have looked at it, it also keeps the level that was given
// blind.
func (r Rating) withLevel(to level.Level, revealed bool) Rating {
	switch {
	case r.Changed && to == r.Blind:
		r.Changed, r.Blind = false, 0
	case revealed && !r.Changed && to != r.Level:
		r.Changed, r.Blind = true, r.Level
	}
	r.Level = to
	return r
}

// revealed says whether the previous rating is one that the two have looked at together.
func (c Rate) revealed(round Round, previous Rating) bool {
	switch c.By {
	case Mentor:
		return !previous.Shown.IsZero()
	case Self:
		_, rated := round.Ratings[Self][c.KSB]
		return rated && !round.revealDay(c.KSB).IsZero()
	}
	return false
}
