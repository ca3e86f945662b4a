package file

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/sorting"
)

// A Clash is a place in the record that two copies changed in different ways, so that a person has to choose.
type Clash struct {
	Key          string // identifies the place; the same in every merge of copies of one record
	What         string // the place in words, such as "your rating of K7"
	Ours, Theirs string // what each copy says there, in words; "nothing" if it says nothing
	Base         string // what it said before both changed it; "" if that is not known

	OursOn, TheirsOn calendar.Date // the date that each copy has for it; zero if it has none

	Covered bool // not everyone who sees the screen may see this, so what the copies say is left out

	size int // the largest is asked first
}

// Later says whether ours is the later one by its date, if both dates are known and differ.
func (c Clash) Later() (ours, known bool) {
	return c.OursOn.After(c.TheirsOn), !c.OursOn.IsZero() && !c.TheirsOn.IsZero() && c.OursOn != c.TheirsOn
}

// A Pair is two copies of one record, ours and theirs, that were changed independently, with what is known of the
// record they came from.
type Pair struct {
	// Bases are records that both copies may have come from. If there are several, theirs has not changed a place that
	// is as in any of them, and ours has not changed a place that is as in all of them. Without any, everything that
	// either copy has is kept, since nothing tells a deletion from an addition.
	Bases []profile.Profile

	// Guessed means that the copies need not have come from the bases, which then must be in order, the newest first. A
	// copy has not changed a place that is as in all of them, or as in the newest while the other copy's has a later
	// date. Nothing is removed just because one copy lacks it.
	Guessed bool

	Ours, Theirs profile.Profile
	InTheirs     bool                  // lists are in the order of theirs, since the result is written into its text
	TakeOurs     func(key string) bool // for the key of a clash, whether to take ours; nil always takes ours
}

// Merged is the result of Merge.
type Merged struct {
	Profile profile.Profile
	Clashes []Clash  // the most important first
	Said    []string // sentences about what was settled without asking but the learner should know
}

// Merge merges two copies of one record. If only one of them changed a place, its change is taken; if both changed it
// in different ways there is a Clash. If one removed what the other worked on, it is kept. A review that is closed in
// one copy stays as it was closed.
//
// A place is a rating with its date and note, a field of a goal, an action or a review, one item of a list, and so on.
// The merged record shares parts with the two copies. It may break rules that each of them kept, so write it to a file
// and read it back before using it.
func Merge(a Pair) Merged {
	if len(a.Bases) == 0 {
		a.Bases = []profile.Profile{{}}
	}
	m := &merger{Pair: a}
	old := lists.Each(a.Bases, func(b profile.Profile) reflect.Value { return reflect.ValueOf(b) })
	p := m.value(nil, old, reflect.ValueOf(a.Ours), reflect.ValueOf(a.Theirs)).Interface().(profile.Profile)
	if !reflect.DeepEqual(p, a.Ours) && !reflect.DeepEqual(p, a.Theirs) {
		m.checkDates(&p)
		m.orderRounds(&p)
		m.orderReviews(&p)
	}
	sorting.By(m.clashes, func(x, y Clash) int { return y.size - x.size })
	return Merged{Profile: p, Clashes: m.clashes, Said: m.said}
}

type merger struct {
	Pair
	clashes []Clash
	said    []string
}

// value merges one place of the record. The zero reflect.Value means that nothing is there.
func (m *merger) value(path []string, bases []reflect.Value, ours, theirs reflect.Value) reflect.Value {
	// If the bases are guessed, look at the parts even if one copy is unchanged: what the other removed of it is kept.
	byPart := m.Guessed && mergesByPart(ours) && mergesByPart(theirs)
	switch {
	case sameValue(ours, theirs):
		return ours
	case !byPart && (m.unchanged(bases, theirs, !m.Guessed) || m.outdated(bases, theirs, ours)):
		return m.unlessRemoved(path, ours, theirs)
	case !byPart && (m.unchanged(bases, ours, false) || m.outdated(bases, ours, theirs)):
		return m.unlessRemoved(path, theirs, ours)
	case !ours.IsValid():
		return m.keep(path, theirs, "was removed in one copy and changed in the other, so it is kept")
	case !theirs.IsValid():
		return m.keep(path, ours, "was removed in one copy and changed in the other, so it is kept")
	}
	switch ours.Interface().(type) {
	case profile.Round:
		return m.round(path, bases, ours, theirs)
	case profile.Rating:
		return m.rating(path, bases, ours, theirs)
	case profile.Review:
		if isClosedReview(ours) || isClosedReview(theirs) {
			return m.closedReview(path, ours, theirs)
		}
	}
	switch {
	case indivisible[ours.Type()]:
	case ours.Kind() == reflect.Struct:
		return m.fields(path, bases, ours, theirs)
	case ours.Kind() == reflect.Map:
		return m.pairs(path, bases, ours, theirs)
	case ours.Kind() == reflect.Slice:
		return m.items(path, bases, ours, theirs)
	}
	return m.choose(path, bases, ours, theirs)
}

// unchanged says whether a copy has at a place what the bases have: what any of them has, or what all of them have.
func (m *merger) unchanged(bases []reflect.Value, v reflect.Value, any bool) bool {
	if any {
		return slices.ContainsFunc(bases, func(base reflect.Value) bool { return sameValue(base, v) })
	}
	return !slices.ContainsFunc(bases, func(base reflect.Value) bool { return !sameValue(base, v) })
}

// outdated says, for guessed bases, whether a copy has at a place what the newest base has, while the date of the other
// copy's shows that it came later. That goes for a newer rating, and for the ending of a thing that no older base has.
func (m *merger) outdated(bases []reflect.Value, v, other reflect.Value) bool {
	if !m.Guessed || !v.IsValid() || !other.IsValid() || !sameValue(bases[0], v) {
		return false
	}
	was, is := dayOf(v), dayOf(other)
	if _, ends := v.Interface().(ending); ends && was.IsZero() {
		return !is.IsZero() && !slices.ContainsFunc(bases[1:],
			func(b reflect.Value) bool { return b.IsValid() && !b.IsZero() })
	}
	return !was.IsZero() && is.After(was)
}

// unlessRemoved takes the side that changed a place. But if that removed it, and with guessed bases may never have had
// it, the other side is kept.
func (m *merger) unlessRemoved(path []string, changed, unchanged reflect.Value) reflect.Value {
	if !changed.IsValid() && m.Guessed {
		return m.keep(path, unchanged, "is in one copy only, and may have been removed in the other, so it is kept")
	}
	return changed
}

// keep returns what is kept without asking, and notes that in a sentence for the learner.
func (m *merger) keep(path []string, v reflect.Value, what string) reflect.Value {
	if len(path) >= 2 && !m.covered(path, v, v) {
		name := m.placeWords(path)
		m.said = append(m.said, strings.ToUpper(name[:1])+name[1:]+" "+what+".")
	}
	return v
}

func sameValue(a, b reflect.Value) bool {
	if !a.IsValid() || !b.IsValid() {
		return a.IsValid() == b.IsValid()
	}
	if k := a.Kind(); (k == reflect.Map || k == reflect.Slice) && a.Len() == 0 && b.Len() == 0 {
		return true // the file cannot tell an empty list from none
	}
	return reflect.DeepEqual(a.Interface(), b.Interface())
}

// learnerID is the one place where a clash is settled without asking, since the learner could not tell which ID to
// take. Sheets that were handed out carry the ID of the file.
const learnerID = "Learner ID"

// choose notes a clash and takes the side that the caller chose.
func (m *merger) choose(path []string, bases []reflect.Value, ours, theirs reflect.Value) reflect.Value {
	key := strings.Join(path, " ")
	if key == learnerID {
		if m.InTheirs || theirs.String() < ours.String() { // neither is empty, or there would be no clash
			return theirs
		}
		return ours
	}
	c := Clash{
		Key: key, What: m.placeWords(path), Ours: wordsFor(ours), Theirs: wordsFor(theirs), OursOn: dayOf(ours),
		TheirsOn: dayOf(theirs), size: size(path, ours, theirs),
	}
	if i := slices.IndexFunc(bases, func(b reflect.Value) bool { return b.IsValid() && !b.IsZero() }); i >= 0 {
		c.Base = wordsFor(bases[i])
	}
	if m.covered(path, ours, theirs) {
		c.Ours, c.Theirs, c.Base, c.Covered = "", "", "", true
		c.OursOn, c.TheirsOn = calendar.Date{}, calendar.Date{}
	}
	m.clashes = append(m.clashes, c)
	if m.takesOurs(key) {
		return ours
	}
	return theirs
}

func (m *merger) takesOurs(key string) bool { return m.TakeOurs == nil || m.TakeOurs(key) }

// covered says whether what is at a place must not be shown.
func (m *merger) covered(path []string, ours, theirs reflect.Value) bool {
	return isCovered(path, ours) || isCovered(path, theirs) || m.Ours.Meeting() && isPrivate(path)
}

// dayOf is the date that goes with a value, or zero.
func dayOf(v reflect.Value) calendar.Date {
	switch x := v.Interface().(type) {
	case profile.Rating:
		return x.On
	case profile.Differ:
		return x.On
	case profile.Left:
		return x.On
	case profile.Review:
		return x.Closed
	case ending:
		return x.Closed
	}
	return calendar.Date{}
}

// sizes are the weights of clashes. What others agreed to, and what takes long to write again, is asked first.
var sizes = map[string]int{
	"Reviews": 70, "Goals": 60, "Rounds": 50, "Evidence": 40, "Reflections": 40, "Targets": 30, "Learner": 20,
}

// size is the weight of a clash. For ratings it grows with the distance between the levels.
func size(path []string, ours, theirs reflect.Value) int {
	n := sizes[path[0]]
	a, okA := ours.Interface().(profile.Rating)
	b, okB := theirs.Interface().(profile.Rating)
	if !okA || !okB {
		return n
	}
	if slices.Contains(path, string(profile.Agreed)) {
		n += 15
	}
	return n + int(max(a.Level-b.Level, b.Level-a.Level))
}

// checkDates asks whose start and gateway date to take if the merged ones are in the wrong order.
func (m *merger) checkDates(p *profile.Profile) {
	l := p.Learner
	if l.Start.IsZero() || l.Gateway.IsZero() || l.Gateway.After(l.Start) {
		return
	}
	span := func(l profile.Learner) string { return l.Start.Long() + " to " + l.Gateway.Long() }
	c := Clash{
		Key: "Learner Start Gateway", What: "the start and the gateway date", Ours: span(m.Ours.Learner),
		Theirs: span(m.Theirs.Learner), size: sizes["Learner"],
	}
	m.clashes = append(m.clashes, c)
	from := m.Theirs.Learner
	if m.takesOurs(c.Key) {
		from = m.Ours.Learner
	}
	p.Learner.Start, p.Learner.Gateway = from.Start, from.Gateway
}

// orderRounds moves the open round to the end. If both copies opened a round, the one that was opened first is closed
// on the date of its newest rating.
func (m *merger) orderRounds(p *profile.Profile) {
	var open []int
	for i, r := range p.Rounds {
		if r.Closed.IsZero() {
			open = append(open, i)
		}
	}
	if len(open) == 0 || len(open) == 1 && open[0] == len(p.Rounds)-1 {
		return
	}
	last := slices.MaxFunc(open, func(i, j int) int {
		a, b := p.Rounds[i], p.Rounds[j]
		return cmp.Or(a.Opened.Compare(b.Opened), strings.Compare(a.ID, b.ID))
	})
	p.Rounds = slices.Clone(p.Rounds)
	for _, i := range open {
		if i != last {
			r := &p.Rounds[i]
			r.Closed = newestIn(*r)
			m.said = append(m.said, fmt.Sprintf("Each copy had a round of its own open: %s is closed now, on %s, and "+
				"%s is open.", profile.RoundName(r.ID), r.Closed.Long(), profile.RoundName(p.Rounds[last].ID)))
		}
	}
	r := p.Rounds[last]
	p.Rounds = append(slices.Delete(p.Rounds, last, last+1), r)
}

// orderReviews moves an open review to the end, where OpenReview looks for it.
func (m *merger) orderReviews(p *profile.Profile) {
	rank := func(r profile.Review) int {
		if r.Closed.IsZero() {
			return 1
		}
		return 0
	}
	inOrder := func(a, b profile.Review) int { return rank(a) - rank(b) }
	if slices.IsSortedFunc(p.Reviews, inOrder) {
		return
	}
	p.Reviews = slices.Clone(p.Reviews)
	sorting.By(p.Reviews, inOrder)
}

// newestIn is the date of the newest rating in a round, or else the date it was opened.
func newestIn(r profile.Round) calendar.Date {
	day := r.Opened
	for _, rows := range r.Ratings {
		for _, x := range rows {
			if x.On.After(day) {
				day = x.On
			}
		}
	}
	return day
}

// MayFollow says whether a record may be a later state of another: it has everything that the earlier one has, by id,
// code or words, and no rating has an earlier date. Fields may differ.
func MayFollow(earlier, later profile.Profile) bool {
	return earlier.Standard == later.Standard && mayFollow(reflect.ValueOf(earlier), reflect.ValueOf(later))
}

func mayFollow(a, b reflect.Value) bool {
	if sameValue(a, b) {
		return true
	}
	if !b.IsValid() {
		return false
	}
	switch x := a.Interface().(type) {
	case profile.Rating:
		return !x.On.After(b.Interface().(profile.Rating).On)
	case profile.Round:
		y := b.Interface().(profile.Round)
		return (x.Closed.IsZero() || !y.Closed.IsZero()) && ratingsMayFollow(x, y)
	case profile.Review:
		if isClosedReview(a) {
			return isClosedReview(b)
		}
	}
	switch {
	case !mergesByPart(a):
	case a.Kind() == reflect.Struct:
		for i := range a.NumField() {
			if !mayFollow(a.Field(i), b.Field(i)) {
				return false
			}
		}
	case a.Kind() == reflect.Map:
		for _, k := range a.MapKeys() {
			if !mayFollow(a.MapIndex(k), b.MapIndex(k)) {
				return false
			}
		}
	case a.Kind() == reflect.Slice:
		earlier, keys := indexed(a)
		later, _ := indexed(b)
		for _, key := range keys {
			if !mayFollow(earlier[key], later[key]) {
				return false
			}
		}
	}
	return true
}

// ratingsMayFollow compares the ratings of two rounds by rater, wherever the file keeps them.
func ratingsMayFollow(a, b profile.Round) bool {
	for by, rows := range a.Ratings {
		for ksb, x := range rows {
			if by != profile.Mentor && !mayFollow(reflect.ValueOf(x),
				reflect.ValueOf(b.Ratings[by]).MapIndex(reflect.ValueOf(ksb))) {
				return false
			}
			if by == profile.Mentor && !mayFollow(reflect.ValueOf(a.Mentors(ksb)), reflect.ValueOf(b.Mentors(ksb))) {
				return false
			}
		}
	}
	return mayFollow(reflect.ValueOf(a.Differ), reflect.ValueOf(b.Differ))
}
