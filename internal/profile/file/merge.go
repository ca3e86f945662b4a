package file

import (
	"cmp"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
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
	// Bases are records that both may have come from. Of several, a place that theirs has as any of them was not changed
	// there, and a place that ours has as all of them was not changed here. Without one, all that either copy has is
	// kept, since nothing can tell a deletion from an addition.
	Bases []profile.Profile

	// Guessed says that the bases, the newest first, may be other ones than both came from. A place was changed then unless
	// it is as all of them have it, or as the newest has it and the other copy's has a later day; and nothing goes for not
	// being in one copy.
	Guessed bool

	Ours, Theirs profile.Profile
	InTheirs     bool                  // the merged record is to be written into the text of theirs, so its order holds
	Mine         func(key string) bool // says by the key of a clash whether ours holds; nil takes ours everywhere
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
	var old []reflect.Value
	for _, b := range a.Bases {
		old = append(old, reflect.ValueOf(b))
	}
	p := m.value(nil, old, reflect.ValueOf(a.Ours), reflect.ValueOf(a.Theirs)).Interface().(profile.Profile)
	if !reflect.DeepEqual(p, a.Ours) && !reflect.DeepEqual(p, a.Theirs) {
		m.dates(&p)
		m.rounds(&p)
		m.reviews(&p)
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
	through := m.Guessed && parted(ours) && parted(theirs)
	switch {
	case sameValue(ours, theirs):
		return ours
	case !through && (m.unchanged(bases, theirs, !m.Guessed) || m.passed(bases, theirs, ours)):
		return m.unlessGone(path, ours, theirs)
	case !through && (m.unchanged(bases, ours, false) || m.passed(bases, ours, theirs)):
		return m.unlessGone(path, theirs, ours)
	case !ours.IsValid():
		m.say(path, theirs, "was taken out in one copy and changed in the other, so it is kept")
		return theirs
	case !theirs.IsValid():
		m.say(path, ours, "was taken out in one copy and changed in the other, so it is kept")
		return ours
	}
	switch ours.Interface().(type) {
	case profile.Round:
		return m.round(path, bases, ours, theirs)
	case profile.Rating:
		return m.rating(path, bases, ours, theirs)
	case profile.Review:
		if closedReview(ours) || closedReview(theirs) {
			return m.closed(path, ours, theirs)
		}
	}
	switch {
	case whole[ours.Type()]:
	case ours.Kind() == reflect.Struct:
		return m.fields(path, bases, ours, theirs)
	case ours.Kind() == reflect.Map:
		return m.pairs(path, bases, ours, theirs)
	case ours.Kind() == reflect.Slice:
		return m.items(path, bases, ours, theirs)
	}
	return m.choose(path, bases, ours, theirs)
}

// parted says whether a value has parts that are merged one by one.
func parted(v reflect.Value) bool {
	if !v.IsValid() || whole[v.Type()] || v.Type() == reflect.TypeFor[profile.Rating]() {
		return false
	}
	return v.Kind() == reflect.Struct || v.Kind() == reflect.Map || v.Kind() == reflect.Slice
}

// unchanged says whether one copy has a place as the bases have it: as any of them, or as all of them.
func (m *merger) unchanged(bases []reflect.Value, v reflect.Value, any bool) bool {
	if any {
		return slices.ContainsFunc(bases, func(base reflect.Value) bool { return sameValue(base, v) })
	}
	return !slices.ContainsFunc(bases, func(base reflect.Value) bool { return !sameValue(base, v) })
}

// passed says, of guessed bases, whether one copy has a place as the newest has it and the day of the other copy's shows
// that it came later: as a newer rating does, or an ending of what the older bases do not have.
func (m *merger) passed(bases []reflect.Value, v, other reflect.Value) bool {
	if !m.Guessed || !v.IsValid() || !other.IsValid() || !sameValue(bases[0], v) {
		return false
	}
	was, is := dayOf(v), dayOf(other)
	if _, ends := v.Interface().(ending); ends && was.IsZero() {
		return !is.IsZero() && !slices.ContainsFunc(bases[1:], func(b reflect.Value) bool { return b.IsValid() && !b.IsZero() })
	}
	return !was.IsZero() && is.After(was)
}

// unlessGone is the side that changed a place. Where it took it out, and it is not sure that it ever had it, the other
// holds.
func (m *merger) unlessGone(path []string, changed, unchanged reflect.Value) reflect.Value {
	if !changed.IsValid() && m.Guessed {
		m.say(path, unchanged, "is in one copy only, and may have been taken out in the other, so it is kept")
		return unchanged
	}
	return changed
}

// say notes what was settled without asking.
func (m *merger) say(path []string, v reflect.Value, what string) {
	if m.covered(path, v, v) || len(path) < 2 {
		return
	}
	name := m.what(path)
	m.said = append(m.said, strings.ToUpper(name[:1])+name[1:]+" "+what+".")
}

// whole are the types whose parts mean nothing alone.
var whole = map[reflect.Type]bool{
	reflect.TypeFor[profile.Differ](): true,
	reflect.TypeFor[profile.Left]():   true, reflect.TypeFor[profile.Pause](): true,
	reflect.TypeFor[profile.Kept]():  true,
	reflect.TypeFor[safetext.Text](): true, reflect.TypeFor[calendar.Date](): true,
	reflect.TypeFor[level.Curve](): true, reflect.TypeFor[ending](): true,
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

// fields merges field by field. What no base has was empty before, so that what only one copy filled in is kept.
func (m *merger) fields(path []string, bases []reflect.Value, ours, theirs reflect.Value) reflect.Value {
	out := reflect.New(ours.Type()).Elem()
	out.Set(ours)
	part := func(name string, at func(v reflect.Value) reflect.Value) reflect.Value {
		old := make([]reflect.Value, len(bases))
		for i, b := range bases {
			if !b.IsValid() {
				b = reflect.Zero(ours.Type())
			}
			old[i] = at(b)
		}
		return m.value(with(path, name), old, at(ours), at(theirs))
	}
	ends := ours.Type() == reflect.TypeFor[profile.Goal]() || ours.Type() == reflect.TypeFor[profile.Action]()
	end := len(m.clashes) // the place of the question about the ending, where there is one
	if ends {
		x := part("Status", endingOf).Interface().(ending)
		out.FieldByName("Status").SetString(x.Status)
		out.FieldByName("Closed").Set(reflect.ValueOf(x.Closed))
	}
	asked := len(m.clashes) > end
	for i := range ours.NumField() {
		name := ours.Type().Field(i).Name
		if ends && (name == "Status" || name == "Closed") {
			continue
		}
		before := len(m.clashes)
		out.Field(i).Set(part(name, func(v reflect.Value) reflect.Value { return v.Field(i) }))
		if name == "Note" && asked && before < len(m.clashes) {
			m.withNote(end, out.Field(i), ours.Field(i), theirs.Field(i))
		}
	}
	return out
}

// withNote takes two questions for one, since the note says why the goal or the action ended as it did: the last one,
// about the note, into the one about the ending before it.
func (m *merger) withNote(at int, note, ours, theirs reflect.Value) {
	last := len(m.clashes) - 1
	about, end := m.clashes[last], &m.clashes[at]
	m.clashes = m.clashes[:last]
	end.Ours, end.Theirs = end.Ours+", "+about.Ours, end.Theirs+", "+about.Theirs
	if note.Set(theirs); m.mine(end.Key) {
		note.Set(ours)
	}
}

// An ending is the status of a goal or an action with the day that it ended, of which neither means anything without
// the other.
type ending struct {
	Status string
	Closed calendar.Date
}

func endingOf(v reflect.Value) reflect.Value {
	return reflect.ValueOf(ending{v.FieldByName("Status").String(), v.FieldByName("Closed").Interface().(calendar.Date)})
}

// rating merges two ratings of one level and one day field by field, such as when a note was added to one of them. Any
// others are told apart by a person.
func (m *merger) rating(path []string, bases []reflect.Value, ours, theirs reflect.Value) reflect.Value {
	a, b := ours.Interface().(profile.Rating), theirs.Interface().(profile.Rating)
	if a.Level == b.Level && a.On == b.On && a.Changed == b.Changed && a.Blind == b.Blind {
		alone := &merger{Pair: m.Pair}
		if merged := alone.fields(path, bases, ours, theirs); len(alone.clashes) == 0 {
			return merged
		}
	}
	return m.choose(path, bases, ours, theirs)
}

func closedReview(v reflect.Value) bool { return !v.Interface().(profile.Review).Closed.IsZero() }

// closed is a review that is closed in a copy: it stays as it was closed there. Where it was closed in both, a person
// chooses between the two.
func (m *merger) closed(path []string, ours, theirs reflect.Value) reflect.Value {
	switch {
	case !closedReview(theirs):
		m.say(path, ours, "was closed in one copy and worked on in the other, so it stays as it was closed")
		return ours
	case !closedReview(ours):
		m.say(path, theirs, "was closed in one copy and worked on in the other, so it stays as it was closed")
		return theirs
	}
	return m.choose(path, nil, ours, theirs)
}

// bareRound has the fields of a round under another type, so that it is merged field by field.
type bareRound profile.Round

// round merges a round with the ratings of a KSB by all its mentors as one list, since which of them is the newest, and
// so where the file keeps it, may differ between copies.
func (m *merger) round(path []string, bases []reflect.Value, ours, theirs reflect.Value) reflect.Value {
	bare := func(v reflect.Value) reflect.Value {
		r := v.Interface().(profile.Round)
		r.Ratings = maps.Clone(r.Ratings)
		delete(r.Ratings, profile.Mentor)
		r.Others = nil
		return reflect.ValueOf(bareRound(r))
	}
	mentors := func(v reflect.Value) reflect.Value {
		r, all := v.Interface().(profile.Round), map[string][]profile.Rating{}
		for ksb := range r.Ratings[profile.Mentor] {
			all[ksb] = r.Mentors(ksb)
		}
		return reflect.ValueOf(all)
	}
	out := profile.Round(m.fields(path, each(bases, bare), bare(ours), bare(theirs)).Interface().(bareRound))
	lists := m.value(with(path, "Mentors"), each(bases, mentors), mentors(ours),
		mentors(theirs)).Interface().(map[string][]profile.Rating)
	for _, ksb := range slices.Sorted(maps.Keys(lists)) {
		if list := slices.Clone(lists[ksb]); len(list) > 0 {
			sorting.By(list, func(a, b profile.Rating) int { return b.On.Compare(a.On) })
			out = out.WithMentors(ksb, list)
		}
	}
	return reflect.ValueOf(out)
}

func (m *merger) pairs(path []string, bases []reflect.Value, ours, theirs reflect.Value) reflect.Value {
	out := reflect.MakeMap(ours.Type())
	keys := slices.Concat(ours.MapKeys(), theirs.MapKeys())
	sorting.By(keys, func(a, b reflect.Value) int { return strings.Compare(a.String(), b.String()) })
	for i, k := range keys {
		if i > 0 && keys[i-1].String() == k.String() {
			continue
		}
		old := each(bases, func(b reflect.Value) reflect.Value { return b.MapIndex(k) })
		if v := m.value(with(path, k.String()), old, ours.MapIndex(k), theirs.MapIndex(k)); v.IsValid() {
			out.SetMapIndex(k, v)
		}
	}
	return out
}

// items merges lists by what tells their items apart.
func (m *merger) items(path []string, bases []reflect.Value, ours, theirs reflect.Value) reflect.Value {
	out := reflect.MakeSlice(ours.Type(), 0, max(ours.Len(), theirs.Len()))
	byOurs, first := indexed(ours)
	byTheirs, second := indexed(theirs)
	if m.InTheirs {
		first, second = second, first
	}
	var old []map[string]reflect.Value
	for _, b := range bases {
		index, _ := indexed(b)
		old = append(old, index)
	}
	for _, key := range placed(first, second) {
		was := make([]reflect.Value, len(old))
		for i, index := range old {
			was[i] = index[key]
		}
		if v := m.value(with(path, key), was, byOurs[key], byTheirs[key]); v.IsValid() {
			out = reflect.Append(out, v)
		}
	}
	return out
}

// placed is the first of two orders with what only the second has, each behind the one that it follows there.
func placed(first, second []string) []string {
	var out []string
	has := func(list []string) map[string]bool {
		set := make(map[string]bool, len(list))
		for _, key := range list {
			set[key] = true
		}
		return set
	}
	inSecond, done := has(second), map[string]bool{}
	for _, key := range first {
		if !done[key] {
			done[key], out = true, append(out, key)
		}
	}
	at := 0
	for _, key := range second {
		if done[key] {
			at = max(at, slices.Index(out, key)+1)
			continue
		}
		for at < len(out) && !inSecond[out[at]] {
			at++
		}
		done[key], out = true, slices.Insert(out, at, key)
		at++
	}
	return out
}

// indexed gives the items of a list by their keys, and the keys in order. A list that is not there has none.
func indexed(list reflect.Value) (map[string]reflect.Value, []string) {
	index, order := map[string]reflect.Value{}, []string{}
	if !list.IsValid() {
		return index, order
	}
	for i := range list.Len() {
		key := keyOf(list.Index(i))
		index[key], order = list.Index(i), append(order, key)
	}
	return index, order
}

// keyOf tells an item of a list from the others: by the field that names it, else by all that it is.
func keyOf(v reflect.Value) string {
	switch x := v.Interface().(type) {
	case profile.Answer:
		return x.Step
	case profile.Checked:
		return x.Action
	case profile.Left:
		return x.Key()
	case profile.Rating:
		return profile.PlainName(x.By)
	case string:
		return x
	}
	if v.Kind() == reflect.Struct {
		if id := v.FieldByName("ID"); id.IsValid() {
			return id.String()
		}
	}
	return fmt.Sprint(v.Interface())
}

// each gives a part of every base that is there; where one is not, neither is the part.
func each(bases []reflect.Value, part func(reflect.Value) reflect.Value) []reflect.Value {
	out := make([]reflect.Value, len(bases))
	for i, b := range bases {
		if b.IsValid() {
			out[i] = part(b)
		}
	}
	return out
}

func with(path []string, step string) []string { return append(slices.Clip(path), step) }

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
		Key: key, What: m.what(path), Ours: wordsFor(ours), Theirs: wordsFor(theirs), OursOn: dayOf(ours),
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
	if m.mine(key) {
		return ours
	}
	return theirs
}

func (m *merger) mine(key string) bool { return m.Mine == nil || m.Mine(key) }

// covered says whether what is at a place must not be said.
func (m *merger) covered(path []string, ours, theirs reflect.Value) bool {
	return hidden(path, ours) || hidden(path, theirs) || m.Ours.Meeting() && private(path)
}

// dayOf is the day that a value has.
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

// dates asks which start and gateway belong together where those that came together cannot be.
func (m *merger) dates(p *profile.Profile) {
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
	if m.mine(c.Key) {
		from = m.Ours.Learner
	}
	p.Learner.Start, p.Learner.Gateway = from.Start, from.Gateway
}

// rounds moves the open round to the end. Where each copy has opened one of its own, the one that was opened first is
// closed with its newest rating.
func (m *merger) rounds(p *profile.Profile) {
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
			m.said = append(m.said, "Each copy had a round of its own open: "+r.ID+" is closed now, on "+r.Closed.Long()+
				", and "+p.Rounds[last].ID+" is open.")
		}
	}
	r := p.Rounds[last]
	p.Rounds = append(slices.Delete(p.Rounds, last, last+1), r)
}

// reviews moves a review that is under way to the end, where it is looked for.
func (m *merger) reviews(p *profile.Profile) {
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
