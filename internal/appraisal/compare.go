package appraisal

import (
	"cmp"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/standard"
)

// Difference is what the learner and the mentors said of one KSB: the newest rating of each. It is never averaged.
type Difference struct {
	KSB        string
	Self       level.Level
	Mentor     level.Level      // by the mentor who rated it last
	Others     []profile.Rating // by other mentors, the newest first
	Agreed     *level.Level     // agreed since the newest of these, or nil
	Difference int              // self minus Mentor; 0 where one of them says no opportunity, since that is no number
	Differ     bool             // recorded since the newest of these that they differ
	Old        bool             // given in different rounds, so that one of them may be out of date

	Earlier *profile.Rating // what was agreed in the same round before the newest of these, or nil

	By         safetext.Text // the mentor who rated it last
	SelfOn     calendar.Date
	MentorOn   calendar.Date
	SelfNote   safetext.Text
	MentorNote safetext.Text
	Reason     safetext.Text // of the agreed level, or the note beside Differ
}

// Mentors are the ratings of all mentors, the newest first.
func (d Difference) Mentors() []profile.Rating {
	newest := profile.Rating{Level: d.Mentor, On: d.MentorOn, By: d.By, Note: d.MentorNote}
	return append([]profile.Rating{newest}, d.Others...)
}

// Equal says whether learner and mentors all gave the same level.
func (d Difference) Equal() bool {
	return d.Self == d.Mentor && !slices.ContainsFunc(d.Others, func(x profile.Rating) bool { return x.Level != d.Self })
}

// Sized says whether Difference is a number: both gave a level.
func (d Difference) Sized() bool { return d.Self >= 0 && d.Mentor >= 0 }

// Widest is self minus that mentor who is furthest from it, of two as far the newer; 0 where no mentor is any number away.
func (d Difference) Widest() int {
	widest := 0
	for _, x := range d.Mentors() {
		if n := int(d.Self) - int(x.Level); d.Self >= 0 && x.Level >= 0 && max(n, -n) > max(widest, -widest) {
			widest = n
		}
	}
	return widest
}

// Opportunity says whether they differ in nothing but that some saw no opportunity: a difference without a size.
func (d Difference) Opportunity() bool { return !d.Equal() && d.Widest() == 0 }

// Settled says whether a level was agreed, or it was recorded that they differ, since the newest of the ratings.
func (d Difference) Settled() bool { return d.Agreed != nil || d.Differ }

// Open says whether the difference still waits to be talked about: of one round, not equal and not settled.
func (d Difference) Open() bool { return !d.Equal() && !d.Settled() && !d.Old }

// Words say it in half a sentence, such as "you 3, your mentor 2", or "you 3, R. Lindqvist 2, J. Ode 3" for two mentors.
func (d Difference) Words() string {
	words := "you " + said(d.Self) + ", " + mentorWords(d.Mentors(), "your mentor")
	switch {
	case d.Agreed != nil:
		words += ", agreed " + said(*d.Agreed)
	case d.Differ:
		words += ", recorded that you differ"
	case d.Old:
		words += ", said in different rounds"
	}
	return words
}

// mentorWords are the levels that mentors gave, each under its name; one alone goes by another word.
func mentorWords(list []profile.Rating, alone string) string {
	if len(list) == 1 {
		return alone + " " + said(list[0].Level)
	}
	words := make([]string, len(list))
	for i, x := range list {
		words[i] = MentorName(x.By) + " " + said(x.Level)
	}
	return strings.Join(words, ", ")
}

// MentorName is the name of one of several mentors, or what stands for it.
func MentorName(who safetext.Text) string {
	if who.Empty() {
		return "a mentor without a name"
	}
	return who.Line()
}

func said(l level.Level) string {
	if l == level.NoOpportunity {
		return "no opportunity"
	}
	return l.String()
}

// Compare lists the KSBs on which the newest ratings of learner and mentors differ, the largest difference to any mentor first
// and walk order after. A difference that is no number, no opportunity beside a level, comes after those that are. Settled ones
// are among them; see Open.
func Compare(p profile.Profile, std *standard.Standard) []Difference {
	return slices.DeleteFunc(Pairs(p, std), Difference.Equal)
}

// Open lists the differences that still wait to be talked about, in the order of Compare.
func Open(p profile.Profile, std *standard.Standard) []Difference {
	return slices.DeleteFunc(Pairs(p, std), func(d Difference) bool { return !d.Open() })
}

// Pairs lists every KSB that the learner and a mentor have rated, equal or not, in the order of Compare with the equal ones last.
func Pairs(p profile.Profile, std *standard.Standard) []Difference {
	var out []Difference
	for _, id := range std.Walk() {
		if d, ok := pair(p, id); ok {
			out = append(out, d)
		}
	}
	slices.SortStableFunc(out, func(a, b Difference) int { return cmp.Compare(b.size(), a.size()) })
	return out
}

// size orders differences: 0 for equal, 1 for one without a number, and then by the number.
func (d Difference) size() int {
	switch {
	case d.Equal():
		return 0
	case d.Opportunity():
		return 1
	}
	return 1 + max(d.Widest(), -d.Widest())
}

func pair(p profile.Profile, id string) (Difference, bool) {
	self, selfRound, okSelf := newest(p, id, profile.Self)
	mentor, mentorRound, okMentor := newest(p, id, profile.Mentor)
	if !okSelf || !okMentor {
		return Difference{}, false
	}
	d := Difference{
		KSB: id, Self: self.Level, Mentor: mentor.Level, Others: p.Mentors(id)[1:], Old: selfRound != mentorRound,
		By: mentor.By, SelfOn: self.On, MentorOn: mentor.On, SelfNote: self.Note, MentorNote: mentor.Note,
	}
	if d.Sized() {
		d.Difference = int(self.Level) - int(mentor.Level)
	}
	newer := max(selfRound, mentorRound)
	day := self.On
	for _, x := range d.Mentors() {
		if x.On.After(day) {
			day = x.On
		}
	}
	if x, round, ok := newest(p, id, profile.Agreed); ok && round >= newer {
		if !x.On.Before(day) {
			d.Agreed, d.Reason = &x.Level, x.Reason
			return d, true
		}
		d.Earlier = &x
	}
	for _, r := range p.Rounds[newer:] {
		if x, ok := r.Differ[id]; ok && !x.On.Before(day) {
			d.Differ, d.Reason = true, x.Note
		}
	}
	return d, true
}

// newest is profile.Newest with the place of the round that it stands in.
func newest(p profile.Profile, id string, by profile.Rater) (best profile.Rating, round int, found bool) {
	for i, r := range p.Rounds {
		if x, ok := r.Ratings[by][id]; ok && (!found || !x.On.Before(best.On)) {
			best, round, found = x, i, true
		}
	}
	return best, round, found
}
