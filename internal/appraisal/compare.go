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

// Difference compares what the learner and the mentors say about one KSB, by the newest rating of each. Levels of
// several mentors are never averaged.
type Difference struct {
	KSB        string
	Self       level.Level
	Mentor     level.Level      // of the mentor who rated it last
	Others     []profile.Rating // of other mentors, the newest first
	Agreed     *level.Level     // agreed since the newest of these ratings, or nil
	Difference int              // Self minus Mentor; 0 if one of them is "no opportunity", which has no size
	Differ     bool             // since the newest of these ratings, they recorded that they differ
	Old        bool             // given in different rounds, so one of them may be out of date
	Alone      bool             // only mentors rated it: Self means nothing

	Earlier *profile.Rating // what was agreed before the newest of these ratings, or nil

	By         safetext.Text // the mentor who rated it last
	SelfOn     calendar.Date
	MentorOn   calendar.Date
	SelfNote   safetext.Text
	MentorNote safetext.Text
	Reason     safetext.Text // for the agreed level, or the note on how they differ

	SelfRound    string   // the ID of the round of Self
	MentorRounds []string // the IDs of the rounds of Mentors(), in the same order
	self, mentor profile.Rating
}

// Mentors are the newest ratings of all mentors, the newest first. The exported fields count for the first one, so that
// a Difference can be written as a literal.
func (d Difference) Mentors() []profile.Rating {
	newest := d.mentor
	newest.Level, newest.On, newest.By, newest.Note = d.Mentor, d.MentorOn, d.By, d.MentorNote
	return append([]profile.Rating{newest}, d.Others...)
}

// Equal reports whether learner and mentors all gave the same level, each without seeing the others'.
func (d Difference) Equal() bool { return d.TalkedOver() && !d.Changed() }

// TalkedOver reports whether learner and mentors all say the same level now, even if only after talking.
func (d Difference) TalkedOver() bool {
	return !d.Alone && d.Self == d.Mentor &&
		!slices.ContainsFunc(d.Others, func(x profile.Rating) bool { return x.Level != d.Self })
}

// Changed reports whether one of them changed their level after they had looked at the ratings together.
func (d Difference) Changed() bool {
	return d.self.Changed || slices.ContainsFunc(d.Mentors(), func(x profile.Rating) bool { return x.Changed })
}

// Own is the learner's rating; the zero Rating if only mentors rated.
func (d Difference) Own() profile.Rating { return d.self }

// Level gives the level of a rating in words. If it was changed after learner and mentor had looked together, it gives
// both: "1, then 2 after talking".
func Level(x profile.Rating) string {
	if x.Changed {
		return x.Blind.Figure() + ", then " + x.Level.Figure() + " after talking"
	}
	return x.Level.Figure()
}

// Sized reports whether Difference has a size: neither the learner nor the newest mentor said "no opportunity".
func (d Difference) Sized() bool { return d.Self >= 0 && d.Mentor >= 0 }

// Widest is Self minus the level of the mentor furthest from it; of two equally far, the newer. It is 0 if no
// difference has a size.
func (d Difference) Widest() int {
	widest := 0
	for _, x := range d.Mentors() {
		n := int(d.Self) - int(x.Level)
		if d.Self >= 0 && x.Level >= 0 && max(n, -n) > max(widest, -widest) {
			widest = n
		}
	}
	return widest
}

// Opportunity reports whether they differ only in that some saw no opportunity, which has no size.
func (d Difference) Opportunity() bool { return !d.Alone && !d.TalkedOver() && d.Widest() == 0 }

// Settled reports whether, since the newest rating, they agreed a level or recorded that they differ.
func (d Difference) Settled() bool { return d.Agreed != nil || d.Differ }

// Open reports whether the difference still has to be talked about: both rated it in the same round, not equal, and not
// settled since.
func (d Difference) Open() bool { return !d.Equal() && !d.Settled() && !d.Old && !d.Alone }

// Words give the levels in half a sentence, such as "you 3, your mentor 2", or with two mentors "you 3, R. Lindqvist 2,
// J. Ode 3", and what became of the difference.
func (d Difference) Words() string {
	text := mentorWords(d.Mentors(), "your mentor")
	if !d.Alone {
		text = "you " + Level(d.self) + ", " + text
	}
	switch {
	case d.Agreed != nil:
		text += ", agreed " + d.Agreed.Figure()
	case d.Alone:
		text += ", you have not rated it"
	case d.Differ:
		text += ", recorded that you differ"
	case d.Old:
		text += ", said in different rounds"
	}
	return text
}

// When says in which round and on which day each rating was given, such as "in review 2: you on 2 Nov, J. Ode on 10
// Nov", or "you in review 2 on 2 Nov, J. Ode in review 1 on 18 Jan".
func (d Difference) When(today calendar.Date) string {
	otherRound := func(round string) bool { return round != d.MentorRounds[0] }
	oneRound := (d.Alone || !otherRound(d.SelfRound)) && !slices.ContainsFunc(d.MentorRounds, otherRound)
	said := func(who, round string, on calendar.Date) string {
		if oneRound {
			return who + " on " + on.Near(today)
		}
		return who + " in " + profile.RoundName(round) + " on " + on.Near(today)
	}
	var parts []string
	if !d.Alone {
		parts = append(parts, said("you", d.SelfRound, d.SelfOn))
	}
	for i, x := range d.Mentors() {
		who := MentorName(x.By)
		if x.By.Empty() && len(d.Others) == 0 {
			who = "your mentor"
		}
		parts = append(parts, said(who, d.MentorRounds[i], x.On))
	}
	text := strings.Join(parts, ", ")
	if oneRound {
		return "in " + profile.RoundName(d.MentorRounds[0]) + ": " + text
	}
	return text
}

// mentorWords lists the levels that mentors gave, each with the mentor's name. If there is only one mentor, it uses the
// given name instead.
func mentorWords(list []profile.Rating, onlyMentor string) string {
	if len(list) == 1 {
		return onlyMentor + " " + Level(list[0])
	}
	said := lists.Each(list, func(x profile.Rating) string { return MentorName(x.By) + " " + Level(x) })
	return strings.Join(said, ", ")
}

// MentorName is the name of one of several mentors, or a phrase if it is missing.
func MentorName(name safetext.Text) string { return name.Or("a mentor without a name") }

// CountsByMentor says how many of the ratings each mentor gave, the most first, such as "J. Ode 8, R. Lindqvist 2".
func CountsByMentor(ratings []profile.Rating) string {
	// by plain name, because one mentor's name may be spelled in several ways
	counts, names := map[string]int{}, map[string]string{}
	for _, x := range ratings {
		plain := profile.PlainName(x.By)
		counts[plain]++
		if name := MentorName(x.By); names[plain] == "" || name < names[plain] {
			names[plain] = name
		}
	}
	if len(counts) == 0 || len(counts) == 1 && counts[""] > 0 {
		return fmt.Sprintf("your mentor %d", len(ratings))
	}
	order := slices.Collect(maps.Keys(counts))
	sorting.By(order, func(a, b string) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(names[a], names[b]))
	})
	said := lists.Each(order, func(plain string) string { return fmt.Sprintf("%s %d", names[plain], counts[plain]) })
	return strings.Join(said, ", ")
}

// MentorNames names the mentors who gave the ratings: "J. Ode and R. Lindqvist".
func MentorNames(ratings []profile.Rating) string {
	return words.List(lists.Each(ratings, func(x profile.Rating) string { return MentorName(x.By) }))
}

// Compare lists the KSBs on which the newest ratings of learner and mentors differ, settled or not. The largest
// difference to any mentor comes first; one without a size, such as no opportunity against a level, comes last. Equally
// large ones are in walk order.
func Compare(p profile.Profile, std *standard.Standard) []Difference {
	return lists.Where(Pairs(p, std), func(d Difference) bool { return !d.Equal() })
}

// Open lists the differences that still have to be talked about, in the order of Compare.
func Open(p profile.Profile, std *standard.Standard) []Difference {
	return lists.Where(Pairs(p, std), Difference.Open)
}

// Recorded counts the differences on which they recorded that they differ.
func Recorded(p profile.Profile, std *standard.Standard) int {
	return lists.Count(Compare(p, std), func(d Difference) bool { return d.Differ })
}

// Alone lists the KSBs that only mentors have rated and that the learner may already see, in walk order.
func Alone(p profile.Profile, std *standard.Standard) []Difference { return byMentors(p, std, true) }

// Pairs lists every KSB that both the learner and a mentor have rated, in the order of Compare, the equal ones last.
func Pairs(p profile.Profile, std *standard.Standard) []Difference {
	out := byMentors(p, std, false)
	sorting.By(out, func(a, b Difference) int { return cmp.Compare(b.size(), a.size()) })
	return out
}

// byMentors lists, in walk order, the KSBs that only mentors have rated, or else those that the learner has rated too.
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

// size is the sort key of Compare: 0 for equal ratings, 1 for a difference without a size, 2 for one level, and so on.
func (d Difference) size() int {
	switch {
	case d.Equal():
		return 0
	case d.Opportunity(), d.TalkedOver():
		return 1
	}
	return 1 + max(d.Widest(), -d.Widest())
}

// between compares two ratings of a KSB. SelfAt and mentorAt are the indexes of their rounds; selfAt is -1 if the
// learner has not rated it.
func between(
	p profile.Profile, id string, self profile.Rating, selfAt int, mentor profile.Rating, mentorAt int,
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
	newest := max(selfAt, mentorAt) // the round and the day of the newest rating: what is older settles nothing
	day := self.On
	for _, x := range d.Mentors() {
		d.MentorRounds = append(d.MentorRounds, roundOf(p, id, x))
		if x.On.After(day) {
			day = x.On
		}
	}
	if x, at := p.NewestAt(id, profile.Agreed); at >= 0 {
		if at >= newest && !x.On.Before(day) {
			d.Agreed, d.Reason = &x.Level, x.GivenReason()
			return d
		}
		d.Earlier = &x
	}
	for _, r := range p.Rounds[newest:] {
		if x, ok := r.Differ[id]; ok && !x.On.Before(day) {
			d.Differ, d.Reason = true, x.Note
		}
	}
	return d
}

// roundOf is the ID of the newest round that holds a mentor's rating of a KSB.
func roundOf(p profile.Profile, id string, x profile.Rating) string {
	for _, r := range slices.Backward(p.Rounds) {
		if slices.Contains(r.Mentors(id), x) {
			return r.ID
		}
	}
	return ""
}
