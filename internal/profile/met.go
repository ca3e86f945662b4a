package profile

import (
	"cmp"
	"errors"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/sorting"
	"github.com/ksbcoach/ksbcoach/internal/standard"
)

// MayMeet refuses a list of participants in which something cannot be a name, such as a day.
func MayMeet(names []safetext.Text) error {
	for _, name := range names {
		if noName(name) {
			return refuse("write who meets, such as J. Ode or ward manager; the day has its own place",
				"%q is not a name", safetext.Brief(name.Raw(), 20))
		}
	}
	return nil
}

// MayRate refuses a mentor's name that cannot be one, such as a level or a day. An empty name is allowed.
func MayRate(who safetext.Text) error {
	if noName(who) {
		return refuse("write the mentor's own name, such as J. Ode", "%q is not a name", safetext.Brief(who.Raw(), 20))
	}
	return nil
}

// noName reports whether a text cannot be a name: it has no letter, as a number, or it is a day.
func noName(text safetext.Text) bool {
	return !text.Empty() && (!slices.ContainsFunc([]rune(text.Line()), unicode.IsLetter) || isDay(text.Line()))
}

// isDay says whether a text is a day as people type one, even with a part missing or wrong. A month or a weekday alone,
// such as May, may be a name.
func isDay(text string) bool {
	anyDay := calendar.Of(2026, time.January, 1) // which day is meant does not matter here
	_, err := calendar.Meant(text, anyDay, calendar.NoMonth)
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
	for _, r := range p.mentorRatings() {
		add(r.By)
	}
	return out
}

// RatedOn gives the mentors who rated in the open round on a day.
func (p Profile) RatedOn(day calendar.Date) []safetext.Text {
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

// MentorHere is the mentor who meets with the learner on a day: the first name that was said, spelt as it is known here,
// else the one mentor who rated that day. It is empty where nobody can tell.
func (p Profile) MentorHere(day calendar.Date, said ...safetext.Text) safetext.Text {
	for _, name := range said {
		if !name.Empty() {
			return p.MentorNamed(name)
		}
	}
	if rated := p.RatedOn(day); len(rated) == 1 {
		return rated[0]
	}
	return safetext.Text{}
}

// mentorRatings are all ratings of mentors, the newest first.
func (p Profile) mentorRatings() []Rating {
	var out []Rating
	for _, round := range p.Rounds {
		for ksb := range round.Ratings[Mentor] {
			out = append(out, round.Mentors(ksb)...)
		}
	}
	sorting.By(out, func(a, b Rating) int {
		return cmp.Or(b.On.Compare(a.On), cmp.Compare(a.By.Raw(), b.By.Raw()))
	})
	return out
}

// mostCompanies is how many are offered at most.
const mostCompanies = 6

// Companies are who may meet with the learner: who rated today, who sits there most likely; all of last time together;
// and each who is known from a review or as a mentor.
func (p Profile) Companies(today calendar.Date) []string {
	var out []string
	if rated := p.RatedOn(today); len(rated) > 0 {
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
	return out[:min(len(out), mostCompanies)]
}

// TypedNames are names as they are typed in the field for who meets. A comma would make two people of Hart, Zoe there.
func TypedNames(with []safetext.Text) string {
	out := make([]string, len(with))
	for i, x := range with {
		out[i] = strings.Join(strings.FieldsFunc(x.Line(), func(r rune) bool { return r == ',' || r == ' ' }), " ")
	}
	return strings.Join(out, ", ")
}
