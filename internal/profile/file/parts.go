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

// mergesByPart says whether the parts of a value are merged one by one.
func mergesByPart(v reflect.Value) bool {
	if !v.IsValid() || indivisible[v.Type()] || v.Type() == reflect.TypeFor[profile.Rating]() {
		return false
	}
	return v.Kind() == reflect.Struct || v.Kind() == reflect.Map || v.Kind() == reflect.Slice
}

// indivisible are the types whose parts mean nothing without each other.
var indivisible = map[reflect.Type]bool{
	reflect.TypeFor[profile.Differ](): true, reflect.TypeFor[profile.Left](): true,
	reflect.TypeFor[profile.Pause](): true, reflect.TypeFor[profile.Kept](): true,
	reflect.TypeFor[safetext.Text](): true, reflect.TypeFor[calendar.Date](): true,
	reflect.TypeFor[level.Curve](): true, reflect.TypeFor[ending](): true,
}

// fields merges two structs field by field. If no base has the struct, all its fields were empty before, so what only
// one copy filled in is kept.
func (m *merger) fields(path []string, bases []reflect.Value, ours, theirs reflect.Value) reflect.Value {
	out := reflect.New(ours.Type()).Elem()
	out.Set(ours)
	merge := func(name string, part func(v reflect.Value) reflect.Value) reflect.Value {
		old := make([]reflect.Value, len(bases))
		for i, b := range bases {
			if !b.IsValid() {
				b = reflect.Zero(ours.Type())
			}
			old[i] = part(b)
		}
		return m.value(below(path, name), old, part(ours), part(theirs))
	}
	hasEnding := ours.Type() == reflect.TypeFor[profile.Goal]() || ours.Type() == reflect.TypeFor[profile.Action]()
	endingAt := len(m.clashes) // the index of the clash about the ending, if there is one
	if hasEnding {
		x := merge("Status", endingOf).Interface().(ending)
		out.FieldByName("Status").SetString(x.Status)
		out.FieldByName("Closed").Set(reflect.ValueOf(x.Closed))
	}
	endingClashes := len(m.clashes) > endingAt
	for i := range ours.NumField() {
		name := ours.Type().Field(i).Name
		if hasEnding && (name == "Status" || name == "Closed") {
			continue
		}
		before := len(m.clashes)
		out.Field(i).Set(merge(name, func(v reflect.Value) reflect.Value { return v.Field(i) }))
		if name == "Note" && endingClashes && len(m.clashes) > before {
			m.joinNoteQuestion(endingAt, out.Field(i), ours.Field(i), theirs.Field(i))
		}
	}
	return out
}

// joinNoteQuestion joins the last clash, which is about a note, to the clash about an ending at index at, since the
// note says why the goal or action ended.
func (m *merger) joinNoteQuestion(at int, note, ours, theirs reflect.Value) {
	last := len(m.clashes) - 1
	about, end := m.clashes[last], &m.clashes[at]
	m.clashes = m.clashes[:last]
	end.Ours += ", " + about.Ours
	end.Theirs += ", " + about.Theirs
	note.Set(theirs)
	if m.takesOurs(end.Key) {
		note.Set(ours)
	}
}

// An ending is the status of a goal or action together with the day it ended. Neither means anything without the other.
type ending struct {
	Status string
	Closed calendar.Date
}

func endingOf(v reflect.Value) reflect.Value {
	return reflect.ValueOf(ending{
		v.FieldByName("Status").String(), v.FieldByName("Closed").Interface().(calendar.Date),
	})
}

// rating merges two ratings with the same level and date field by field, so that a note added to one of them is kept.
// Of other ratings a person has to choose one.
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

func isClosedReview(v reflect.Value) bool { return !v.Interface().(profile.Review).Closed.IsZero() }

// closedReview merges a review that is closed in at least one copy. It stays as it was closed; if it was closed in
// both, a person has to choose.
func (m *merger) closedReview(path []string, ours, theirs reflect.Value) reflect.Value {
	switch {
	case !isClosedReview(theirs):
		return m.keep(path, ours, "was closed in one copy and worked on in the other, so it stays as it was closed")
	case !isClosedReview(ours):
		return m.keep(path, theirs, "was closed in one copy and worked on in the other, so it stays as it was closed")
	}
	return m.choose(path, nil, ours, theirs)
}

// bareRound is a round under another type, so that value merges it field by field.
type bareRound profile.Round

// round merges a round. The ratings of a KSB by mentors are merged as one list, since the copies may differ in which of
// them is the newest, and so in where it is kept.
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
	out := profile.Round(m.fields(path, partOfEach(bases, bare), bare(ours), bare(theirs)).Interface().(bareRound))
	all := m.value(below(path, "Mentors"), partOfEach(bases, mentors), mentors(ours), mentors(theirs))
	lists := all.Interface().(map[string][]profile.Rating)
	for _, ksb := range slices.Sorted(maps.Keys(lists)) {
		if list := slices.Clone(lists[ksb]); len(list) > 0 {
			sorting.By(list, func(a, b profile.Rating) int { return b.On.Compare(a.On) })
			out = out.WithMentors(ksb, list)
		}
	}
	return reflect.ValueOf(out)
}

// pairs merges two maps key by key.
func (m *merger) pairs(path []string, bases []reflect.Value, ours, theirs reflect.Value) reflect.Value {
	out := reflect.MakeMap(ours.Type())
	keys := slices.Concat(ours.MapKeys(), theirs.MapKeys())
	sorting.By(keys, func(a, b reflect.Value) int { return strings.Compare(a.String(), b.String()) })
	for i, k := range keys {
		if i > 0 && keys[i-1].String() == k.String() {
			continue
		}
		old := partOfEach(bases, func(b reflect.Value) reflect.Value { return b.MapIndex(k) })
		if v := m.value(below(path, k.String()), old, ours.MapIndex(k), theirs.MapIndex(k)); v.IsValid() {
			out.SetMapIndex(k, v)
		}
	}
	return out
}

// items merges two lists, whose items are matched by keyOf.
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
	for _, key := range mergedOrder(first, second) {
		was := make([]reflect.Value, len(old))
		for i, index := range old {
			was[i] = index[key]
		}
		if v := m.value(below(path, key), was, byOurs[key], byTheirs[key]); v.IsValid() {
			out = reflect.Append(out, v)
		}
	}
	return out
}

// mergedOrder is the first order, with each key that only the second has inserted behind the one that it follows there.
func mergedOrder(first, second []string) []string {
	var out []string
	inSecond, done := map[string]bool{}, map[string]bool{}
	for _, key := range second {
		inSecond[key] = true
	}
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

// indexed returns the items of a list by their keys, and the keys in order. An invalid list has no items.
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

// keyOf tells an item of a list from the others, by a field that identifies it or else by all of its content.
func keyOf(v reflect.Value) string {
	if v.Kind() == reflect.Struct {
		if id := v.FieldByName("ID"); id.IsValid() {
			return id.String()
		}
	}
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
	return fmt.Sprint(v.Interface())
}

// partOfEach takes a part of every base. Where a base is invalid, so is its part.
func partOfEach(bases []reflect.Value, part func(reflect.Value) reflect.Value) []reflect.Value {
	out := make([]reflect.Value, len(bases))
	for i, b := range bases {
		if b.IsValid() {
			out[i] = part(b)
		}
	}
	return out
}

func below(path []string, step string) []string { return append(slices.Clip(path), step) }

// What a merge says of the places that it asks about.

// isCovered says whether a value is a mentor's rating that the learner may not see yet.
func isCovered(path []string, v reflect.Value) bool {
	if !v.IsValid() || len(path) < 3 || path[0] != "Rounds" || path[2] != "Mentors" {
		return false
	}
	x, ok := v.Interface().(profile.Rating)
	return !ok || x.Shown.IsZero()
}

// isPrivate says whether a place is for the learner's eyes only: a private note or a reflection, since a reflection may
// be from a rehearsal.
func isPrivate(path []string) bool {
	return path[0] == "Prepared" || path[0] == "Reflections" || path[0] == "Reviews" &&
		slices.Contains([]string{"Wellbeing", "Workload", "Support", "Adjust"}, path[len(path)-1])
}

// placeWords names a place in words for the learner, such as "your rating of K7".
func (m *merger) placeWords(path []string) string {
	last := path[len(path)-1]
	switch path[0] {
	case "Learner":
		return map[string]string{
			"Name": "your name", "Role": "your role", "Start": "the start of the programme",
			"Gateway": "the gateway date", "Review": "the day of the next review",
		}[last]
	case "Targets":
		return "the target of " + last
	case "Rounds":
		return roundWords(path)
	case "Goals", "Evidence", "Reflections", "Reviews":
		return m.itemWords(path)
	case "Prepared":
		return "your private notes on " + fieldWords(last)
	case "Answered":
		return "what came of what the last review left"
	case "Settings":
		return map[string]string{
			"Stale": "how long evidence supports a claim", "Every": "how often a review comes round",
			"Theme": "the colours of the screen",
		}[last]
	}
	return fieldWords(path[0])
}

func roundWords(path []string) string {
	last := path[len(path)-1]
	switch {
	case len(path) == 2:
		return "the round " + profile.RoundName(last)
	case path[2] == "Differ":
		return "what you recorded as differing on " + last
	case path[2] == "Mentors":
		return "a mentor's rating of " + path[min(3, len(path)-1)]
	case slices.Contains(path, string(profile.Agreed)):
		return "the agreed level of " + last
	case slices.Contains(path, string(profile.Self)):
		return "your rating of " + last
	}
	return "when the round " + profile.RoundName(path[1]) + " was " + strings.ToLower(last)
}

// itemWords names something that has an ID, or a part of it, by its own words.
func (m *merger) itemWords(path []string) string {
	name := fieldWords(path[0]) + " " + path[1]
	for _, p := range []profile.Profile{m.Ours, m.Theirs} {
		if g, ok := p.Goal(path[1]); ok && path[0] == "Goals" {
			name = "the goal " + g.Text.Quoted()
		}
		if e, ok := p.Piece(path[1]); ok && path[0] == "Evidence" {
			name = "the evidence " + e.Title.Quoted()
		}
		if r, ok := p.Review(path[1]); ok && path[0] == "Reviews" {
			name = "the review of " + r.On.Short()
		}
	}
	switch {
	case len(path) == 2:
		return name
	case path[2] == "Actions" && path[0] == "Goals":
		return "an action of " + name
	}
	return name + ": " + fieldWords(path[len(path)-1])
}

func fieldWords(field string) string {
	known := map[string]string{
		"KSBs": "its KSBs", "Text": "its words", "On": "its day", "Due": "when it is due", "Set": "when it was set",
		"Why": "the reason", "Who": "who helps", "Where": "where it is", "Closed": "when it was closed",
		"Adjust": "adjustments", "Evidence": "the evidence", "Reflections": "the reflection",
		"Curve": "the expected curve", "Standard": "the standard", "Pauses": "the pauses",
	}
	return cmp.Or(known[field], strings.ToLower(field))
}

func (e ending) words() string {
	said := strings.ReplaceAll(e.Status, "-", " ")
	if !e.Closed.IsZero() {
		said += ", " + e.Closed.Short()
	}
	return said
}

// wordsFor is a value in words for the learner; "nothing" if there is none.
func wordsFor(v reflect.Value) string {
	if !v.IsValid() {
		return "nothing"
	}
	if x, ok := v.Interface().(level.Level); ok {
		return x.InWords() // before the check for zero, since 0 is a level
	}
	if v.IsZero() {
		return "nothing"
	}
	switch x := v.Interface().(type) {
	case profile.Rating:
		said := fmt.Sprintf("%s, %s", x.Level.InWords(), x.On.Short())
		if !x.Note.Empty() {
			said += ", " + x.Note.Quoted()
		}
		return said
	case profile.Differ:
		return fmt.Sprintf("recorded %s, %s", x.On.Short(), x.Note.Quoted())
	case safetext.Text:
		return x.Quoted()
	case calendar.Date:
		return x.Short()
	case ending:
		return x.words()
	case profile.Pause:
		return x.From.Long() + " to " + x.To.Long()
	case profile.Review:
		return "as it was closed on " + x.Closed.Long()
	case profile.Goal:
		return x.Text.Quoted()
	case profile.Action:
		return x.Text.Quoted()
	case profile.Evidence:
		return x.Title.Quoted()
	case string:
		return safetext.Line(x)
	case int:
		return fmt.Sprint(x)
	}
	return "as it is there"
}
