package file

import (
	"cmp"
	"reflect"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/sorting"
)

// A Clash is one place of the record that was changed in two copies in different ways, so that a person has to choose.
type Clash struct {
	Key          string // names the place; the same in every merge of copies of one record
	What         string // in words, such as "your rating of K7"
	Ours, Theirs string // what each copy says there, in words; "nothing" where it has nothing
	Base         string // what it said before both changed it; "" where that is not known

	OursOn, TheirsOn calendar.Date // the day that each copy has for it; zero where it has none

	Covered bool // not for the eyes of all who sit there, as a mentor's covered rating: neither copy's is said

	size int // the larger ones are asked first
}

// Later says whether ours is the later one by its day, and false for known where that cannot be told.
func (c Clash) Later() (ours, known bool) {
	return c.OursOn.After(c.TheirsOn), !c.OursOn.IsZero() && !c.TheirsOn.IsZero() && c.OursOn != c.TheirsOn
}

// A Pair is two copies of one record that were changed apart.
type Pair struct {
	// Bases are records that both may have come from. Of several, a place that theirs has as any of them was not
	// changed there, and a place that ours has as all of them was not changed here. Without one, all that either copy
	// has is kept, since nothing can tell a deletion from an addition.
	Bases []profile.Profile

	// Guessed says that the bases, the newest first, may be other ones than both came from. A place was changed then
	// unless it is as all of them have it, or as the newest has it and the other copy's has a later day; and nothing
	// goes for not being in one copy.
	Guessed bool

	Ours, Theirs profile.Profile
	InTheirs     bool                  // the merged record is to be written into the text of theirs, so its order holds
	TakeOurs     func(key string) bool // says by the key of a clash whether ours holds; nil takes ours everywhere
}

// Merged is what comes of two copies.
type Merged struct {
	Profile profile.Profile
	Clashes []Clash  // the larger first
	Said    []string // what was settled without asking and yet should be known, in sentences
}

// Merge puts two copies of one record together. Where one of them did not change a place, the other holds; where both
// changed it in different ways there is a Clash. What one took out and the other worked on is kept. A review that is
// closed in one copy stays as it was closed.
//
// A place is a rating with its day and note, a field of a goal, an action or a review, one item of a list, and so on
// down. The merged record shares what it can with the two. It may break rules that hold for each of them alone, so
// whoever writes it reads it back.
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

// value merges one place. An invalid value means that nothing is there.
func (m *merger) value(path []string, bases []reflect.Value, ours, theirs reflect.Value) reflect.Value {
	// With a guess, even what one copy has as the base has it is looked through: what the other took out of it is kept.
	through := m.Guessed && mergesByPart(ours) && mergesByPart(theirs)
	switch {
	case sameValue(ours, theirs):
		return ours
	case !through && (m.unchanged(bases, theirs, !m.Guessed) || m.outdated(bases, theirs, ours)):
		return m.unlessRemoved(path, ours, theirs)
	case !through && (m.unchanged(bases, ours, false) || m.outdated(bases, ours, theirs)):
		return m.unlessRemoved(path, theirs, ours)
	case !ours.IsValid():
		return m.keep(path, theirs, "was taken out in one copy and changed in the other, so it is kept")
	case !theirs.IsValid():
		return m.keep(path, ours, "was taken out in one copy and changed in the other, so it is kept")
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

// unchanged says whether one copy has a place as the bases have it: as any of them, or as all of them.
func (m *merger) unchanged(bases []reflect.Value, v reflect.Value, any bool) bool {
	if any {
		return slices.ContainsFunc(bases, func(base reflect.Value) bool { return sameValue(base, v) })
	}
	return !slices.ContainsFunc(bases, func(base reflect.Value) bool { return !sameValue(base, v) })
}

// outdated says, of guessed bases, whether one copy has a place as the newest has it and the day of the other copy's
// shows that it came later: as a newer rating does, or an ending of what the older bases do not have.
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

// unlessRemoved is the side that changed a place. Where it took it out, and it is not sure that it ever had it, the
// other holds.
func (m *merger) unlessRemoved(path []string, changed, unchanged reflect.Value) reflect.Value {
	if !changed.IsValid() && m.Guessed {
		return m.keep(path, unchanged, "is in one copy only, and may have been taken out in the other, so it is kept")
	}
	return changed
}

// keep notes what was settled without asking, and gives what is kept.
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
		return true // the file cannot tell none from an empty list
	}
	return reflect.DeepEqual(a.Interface(), b.Interface())
}

// learnerID is the one difference that is settled without asking: sheets that are out carry the ID that the file has.
const learnerID = "Learner ID"

func (m *merger) choose(path []string, bases []reflect.Value, ours, theirs reflect.Value) reflect.Value {
	key := strings.Join(path, " ")
	if key == learnerID {
		if m.InTheirs || theirs.String() < ours.String() { // neither is empty, for the other would hold
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

// covered says whether what is at a place must not be said.
func (m *merger) covered(path []string, ours, theirs reflect.Value) bool {
	return isCovered(path, ours) || isCovered(path, theirs) || m.Ours.Meeting() && isPrivate(path)
}

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

// sizes of what may clash: what others agreed to and what takes long to write anew comes first.
var sizes = map[string]int{
	"Reviews": 70, "Goals": 60, "Rounds": 50, "Evidence": 40, "Reflections": 40, "Targets": 30, "Learner": 20,
}

// size weighs a clash. Among ratings it is how far the levels are apart.
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

// checkDates asks which start and gateway belong together where those that came together cannot be.
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

// orderRounds moves the open round to the end. Where each copy has opened one of its own, the one that was opened first
// is closed with its newest rating.
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
			m.said = append(m.said, "Each copy had a round of its own open: "+r.ID+" is closed now, on "+
				r.Closed.Long()+", and "+p.Rounds[last].ID+" is open.")
		}
	}
	r := p.Rounds[last]
	p.Rounds = append(slices.Delete(p.Rounds, last, last+1), r)
}

// orderReviews moves a review that is under way to the end, where it is looked for.
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

// newestIn is the day of the newest rating in a round, or the day it was opened.
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

// MayFollow says whether a later state of a record may have come from an earlier one: all that the earlier one has is
// in it, each thing by its id, its code or its words, and no rating has gone back to an earlier day. What a field says
// may differ.
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

// ratingsMayFollow looks at each rater's ratings, wherever the file keeps them.
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
