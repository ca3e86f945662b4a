package appraisal

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/sorting"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/words"
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
	Alone      bool             // only mentors rated it: Self says nothing

	Earlier *profile.Rating // what was agreed before the newest of these, or nil

	By         safetext.Text // the mentor who rated it last
	SelfOn     calendar.Date
	MentorOn   calendar.Date
	SelfNote   safetext.Text
	MentorNote safetext.Text
	Reason     safetext.Text // of the agreed level, or the note beside Differ

	SelfRound    string   // the round of Self
	MentorRounds []string // those of Mentors
	self, mentor profile.Rating
}

// Mentors are the ratings of all mentors, the newest first.
func (d Difference) Mentors() []profile.Rating {
	newest := d.mentor
	newest.Level, newest.On, newest.By, newest.Note = d.Mentor, d.MentorOn, d.By, d.MentorNote
	return append([]profile.Rating{newest}, d.Others...)
}

// Equal says whether learner and mentors all gave the same level, each without seeing the other's.
func (d Difference) Equal() bool { return d.TalkedOver() && !d.Changed() }

// TalkedOver says whether learner and mentors all say the same now, one of them perhaps after they had looked together.
func (d Difference) TalkedOver() bool {
	return !d.Alone && d.Self == d.Mentor &&
		!slices.ContainsFunc(d.Others, func(x profile.Rating) bool { return x.Level != d.Self })
}

// Changed says whether one of them changed the level after they had looked together.
func (d Difference) Changed() bool {
	return d.self.Changed || slices.ContainsFunc(d.Mentors(), func(x profile.Rating) bool { return x.Changed })
}

// Own is the learner's rating; empty where only mentors rated.
func (d Difference) Own() profile.Rating { return d.self }

// Level is a level in words, with what it was before learner and mentor looked together, such as "1, then 2 after
// talking".
func Level(x profile.Rating) string {
	if x.Changed {
		return x.Blind.Figure() + ", then " + x.Level.Figure() + " after talking"
	}
	return x.Level.Figure()
}

// Sized says whether Difference is a number: both gave a level.
func (d Difference) Sized() bool { return d.Self >= 0 && d.Mentor >= 0 }

// Widest is self minus the level of the mentor who is furthest from it, the newer of two equally far. It is 0 where no
// difference has a size.
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
func (d Difference) Opportunity() bool { return !d.Alone && !d.TalkedOver() && d.Widest() == 0 }

// Settled says whether a level was agreed, or it was recorded that they differ, since the newest of the ratings.
func (d Difference) Settled() bool { return d.Agreed != nil || d.Differ }

// Open says whether the difference still waits to be talked about: of one round, not equal and not settled.
func (d Difference) Open() bool { return !d.Equal() && !d.Settled() && !d.Old && !d.Alone }

// Words say it in half a sentence, such as "you 3, your mentor 2", or "you 3, R. Lindqvist 2, J. Ode 3" for two
// mentors.
func (d Difference) Words() string {
	words := mentorWords(d.Mentors(), "your mentor")
	if !d.Alone {
		words = "you " + Level(d.self) + ", " + words
	}
	switch {
	case d.Agreed != nil:
		words += ", agreed " + d.Agreed.Figure()
	case d.Alone:
		words += ", you have not rated it"
	case d.Differ:
		words += ", recorded that you differ"
	case d.Old:
		words += ", said in different rounds"
	}
	return words
}

// When says of which round and day each figure is, such as "in review 2: you on 2 Nov, J. Ode on 10 Nov", or "you in
// review 2 on 2 Nov, J. Ode in review 1 on 18 Jan".
func (d Difference) When(today calendar.Date) string {
	other := func(round string) bool { return round != d.MentorRounds[0] }
	one := (d.Alone || !other(d.SelfRound)) && !slices.ContainsFunc(d.MentorRounds, other)
	said := func(who, round string, on calendar.Date) string {
		if one {
			return who + " on " + on.Near(today)
		}
		return who + " in " + profile.RoundName(round) + " on " + on.Near(today)
	}
	var out []string
	if !d.Alone {
		out = append(out, said("you", d.SelfRound, d.SelfOn))
	}
	for i, x := range d.Mentors() {
		who := MentorName(x.By)
		if x.By.Empty() && len(d.Others) == 0 {
			who = "your mentor"
		}
		out = append(out, said(who, d.MentorRounds[i], x.On))
	}
	words := strings.Join(out, ", ")
	if one {
		return "in " + profile.RoundName(d.MentorRounds[0]) + ": " + words
	}
	return words
}

// mentorWords lists the levels that mentors gave, each with the mentor's name; a single mentor is called alone.
func mentorWords(list []profile.Rating, alone string) string {
	if len(list) == 1 {
		return alone + " " + Level(list[0])
	}
	said := lists.Each(list, func(x profile.Rating) string { return MentorName(x.By) + " " + Level(x) })
	return strings.Join(said, ", ")
}

// MentorName is the name of one of several mentors, or a phrase in place of a missing one.
func MentorName(who safetext.Text) string { return who.Or("a mentor without a name") }

// CountsByMentor says how many of some ratings each mentor gave, most first, such as "J. Ode 8, R. Lindqvist 2".
func CountsByMentor(ratings []profile.Rating) string {
	counts, names := map[string]int{}, map[string]string{}
	for _, x := range ratings {
		name := profile.PlainName(x.By)
		counts[name]++
		if said := MentorName(x.By); names[name] == "" || said < names[name] {
			names[name] = said
		}
	}
	if len(counts) == 0 || len(counts) == 1 && counts[""] > 0 {
		return fmt.Sprintf("your mentor %d", len(ratings))
	}
	order := slices.Collect(maps.Keys(counts))
	sorting.By(order, func(a, b string) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(names[a], names[b]))
	})
	return strings.Join(lists.Each(order,
		func(name string) string { return fmt.Sprintf("%s %d", names[name], counts[name]) }), ", ")
}

// MentorNames names the mentors who gave some ratings, as a sentence does.
func MentorNames(ratings []profile.Rating) string {
	return words.List(lists.Each(ratings, func(x profile.Rating) string { return MentorName(x.By) }))
}

// Compare lists the KSBs on which the newest ratings of learner and mentors differ, the largest difference to any
// mentor first and walk order after. A difference that is no number, no opportunity beside a level, comes after those
// that are. Settled ones are among them; see Open.
func Compare(p profile.Profile, std *standard.Standard) []Difference {
	return lists.Where(Pairs(p, std), func(d Difference) bool { return !d.Equal() })
}

// Open lists the differences that still wait to be talked about, in the order of Compare.
func Open(p profile.Profile, std *standard.Standard) []Difference {
	return lists.Where(Pairs(p, std), Difference.Open)
}

// Recorded is how many of the differences are recorded as such, and left at that.
func Recorded(p profile.Profile, std *standard.Standard) int {
	return lists.Count(Compare(p, std), func(d Difference) bool { return d.Differ })
}

// Alone lists the KSBs that only mentors have rated, as far as the learner may see that, in walk order.
func Alone(p profile.Profile, std *standard.Standard) []Difference { return byMentors(p, std, true) }

// Pairs lists every KSB that the learner and a mentor have rated, equal or not, in the order of Compare with the equal
// ones last.
func Pairs(p profile.Profile, std *standard.Standard) []Difference {
	out := byMentors(p, std, false)
	sorting.By(out, func(a, b Difference) int { return cmp.Compare(b.size(), a.size()) })
	return out
}

// byMentors lists what mentors have rated, in walk order: alone, or what the learner has rated too.
func byMentors(p profile.Profile, std *standard.Standard, alone bool) []Difference {
	var out []Difference
	for _, id := range std.Walk() {
		self, selfAt := p.NewestAt(id, profile.Self)
		mentor, mentorAt := p.NewestAt(id, profile.Mentor)
		if mentorAt >= 0 && alone == (selfAt < 0) {
			out = append(out, between(p, id, self, selfAt, mentor, mentorAt))
		}
	}
	return out
}

// size orders differences: 0 for equal, 1 for one without a number, and then by the number.
func (d Difference) size() int {
	switch {
	case d.Equal():
		return 0
	case d.Opportunity(), d.TalkedOver():
		return 1
	}
	return 1 + max(d.Widest(), -d.Widest())
}

// between compares two ratings. The index of each round is given too: -1 where the learner has no rating.
func between(p profile.Profile, id string, self profile.Rating, selfAt int, mentor profile.Rating,
	mentorAt int,
) Difference {
	d := Difference{
		KSB: id, Self: self.Level, Mentor: mentor.Level, Others: p.Mentors(id)[1:], Alone: selfAt < 0,
		Old: selfAt >= 0 && selfAt != mentorAt, By: mentor.By, SelfOn: self.On, MentorOn: mentor.On,
		SelfNote: self.Note, MentorNote: mentor.Note, self: self, mentor: mentor,
	}
	if !d.Alone {
		d.SelfRound = p.Rounds[selfAt].ID
	}
	if !d.Alone && d.Sized() {
		d.Difference = int(self.Level) - int(mentor.Level)
	}
	newer := max(selfAt, mentorAt)
	day := self.On
	for _, x := range d.Mentors() {
		d.MentorRounds = append(d.MentorRounds, roundOf(p, id, x))
		if x.On.After(day) {
			day = x.On
		}
	}
	if x, at := p.NewestAt(id, profile.Agreed); at >= 0 {
		if at >= newer && !x.On.Before(day) {
			d.Agreed, d.Reason = &x.Level, x.GivenReason()
			return d
		}
		d.Earlier = &x
	}
	for _, r := range p.Rounds[newer:] {
		if x, ok := r.Differ[id]; ok && !x.On.Before(day) {
			d.Differ, d.Reason = true, x.Note
		}
	}
	return d
}

// roundOf is the newest round in which a mentor gave a KSB a rating.
func roundOf(p profile.Profile, id string, x profile.Rating) string {
	for _, r := range slices.Backward(p.Rounds) {
		if slices.Contains(r.Mentors(id), x) {
			return r.ID
		}
	}
	return ""
}
