package appraisal

import (
	"cmp"
	"slices"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/standard"
)

// Difference is what the learner and the mentor said of one KSB: the newest rating of each. It is never averaged.
type Difference struct {
	KSB        string
	Self       level.Level
	Mentor     level.Level
	Agreed     *level.Level // agreed since the newer of both, or nil
	Difference int          // self minus mentor; 0 where one of them says no opportunity, since that is no number
	Differ     bool         // recorded since the newer of both that they differ
	Old        bool         // given in different rounds, so that one of them may be out of date

	Earlier *profile.Rating // what was agreed in the same round before the newer of both, or nil

	By         safetext.Text // the mentor
	SelfOn     calendar.Date
	MentorOn   calendar.Date
	SelfNote   safetext.Text
	MentorNote safetext.Text
	Reason     safetext.Text // of the agreed level, or the note beside Differ
}

// Equal says whether both gave the same level.
func (d Difference) Equal() bool { return d.Self == d.Mentor }

// Opportunity says whether one of the two saw no opportunity and the other gave a level: a difference without a size.
func (d Difference) Opportunity() bool {
	return !d.Equal() && (d.Self == level.NoOpportunity || d.Mentor == level.NoOpportunity)
}

// Settled says whether a level was agreed, or it was recorded that they differ, since the newer of both.
func (d Difference) Settled() bool { return d.Agreed != nil || d.Differ }

// Open says whether the difference still waits to be talked about: of one round, not equal and not settled.
func (d Difference) Open() bool { return !d.Equal() && !d.Settled() && !d.Old }

// Words say it in half a sentence, such as "you 3, your mentor 2".
func (d Difference) Words() string {
	words := "you " + said(d.Self) + ", your mentor " + said(d.Mentor)
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

func said(l level.Level) string {
	if l == level.NoOpportunity {
		return "no opportunity"
	}
	return l.String()
}

// Compare lists the KSBs on which the newest ratings of learner and mentor differ, the largest difference first and walk
// order after. A difference that is no number, no opportunity beside a level, comes after those that are. Settled ones
// are among them; see Open.
func Compare(p profile.Profile, std *standard.Standard) []Difference {
	return slices.DeleteFunc(Pairs(p, std), Difference.Equal)
}

// Open lists the differences that still wait to be talked about, in the order of Compare.
func Open(p profile.Profile, std *standard.Standard) []Difference {
	return slices.DeleteFunc(Pairs(p, std), func(d Difference) bool { return !d.Open() })
}

// Pairs lists every KSB that both have rated, equal or not, in the order of Compare with the equal ones last.
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
	return 1 + max(d.Difference, -d.Difference)
}

func pair(p profile.Profile, id string) (Difference, bool) {
	self, selfRound, okSelf := newest(p, id, profile.Self)
	mentor, mentorRound, okMentor := newest(p, id, profile.Mentor)
	if !okSelf || !okMentor {
		return Difference{}, false
	}
	d := Difference{
		KSB: id, Self: self.Level, Mentor: mentor.Level, Old: selfRound != mentorRound,
		By: mentor.By, SelfOn: self.On, MentorOn: mentor.On, SelfNote: self.Note, MentorNote: mentor.Note,
	}
	if !d.Opportunity() {
		d.Difference = int(self.Level) - int(mentor.Level)
	}
	newer := max(selfRound, mentorRound)
	day := self.On
	if mentor.On.After(day) {
		day = mentor.On
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
