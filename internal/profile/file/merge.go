package file

import (
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
	Covered      bool   // not for the eyes of all who sit there, as a mentor's covered rating: neither copy's is said
}

// Merge puts two copies of one record together that were changed apart. Bases are the records that either may have come
// from. A place that theirs has as one of the bases has it was not changed there, and ours holds; a place that ours has
// as every base has it was not changed here, and theirs holds. Where both changed it in different ways there is a
// Clash, and mine says by its key whether ours holds; nil takes ours everywhere.
//
// A place is a rating with its day and note, a field of a goal, an action or a review, one item of a list, and so on
// down. The merged record shares what it can with the two. It may break rules that hold for each of them alone, so
// whoever writes it reads it back.
func Merge(bases []profile.Profile, ours, theirs profile.Profile, mine func(key string) bool) (profile.Profile,
	[]Clash,
) {
	m := merger{mine: mine, ours: ours, theirs: theirs}
	var old []reflect.Value
	for _, b := range bases {
		old = append(old, reflect.ValueOf(b))
	}
	out := m.value(nil, old, reflect.ValueOf(ours), reflect.ValueOf(theirs))
	return out.Interface().(profile.Profile), m.clashes
}

type merger struct {
	mine         func(key string) bool
	ours, theirs profile.Profile
	clashes      []Clash
}

// value merges one place. An invalid value means that nothing is there.
func (m *merger) value(path []string, bases []reflect.Value, ours, theirs reflect.Value) reflect.Value {
	same := func(base reflect.Value) bool { return sameValue(base, theirs) }
	other := func(base reflect.Value) bool { return !sameValue(base, ours) }
	switch {
	case sameValue(ours, theirs), slices.ContainsFunc(bases, same):
		return ours
	case !slices.ContainsFunc(bases, other):
		return theirs
	case !ours.IsValid() || !theirs.IsValid() || whole[ours.Type()]:
		return m.choose(path, ours, theirs)
	}
	switch ours.Kind() {
	case reflect.Struct:
		if ours.Type() == reflect.TypeFor[profile.Round]() {
			return m.round(path, bases, ours, theirs)
		}
		return m.fields(path, bases, ours, theirs)
	case reflect.Map:
		return m.pairs(path, bases, ours, theirs)
	case reflect.Slice:
		return m.items(path, bases, ours, theirs)
	}
	return m.choose(path, ours, theirs)
}

// whole are the types whose parts mean nothing alone.
var whole = map[reflect.Type]bool{
	reflect.TypeFor[profile.Rating](): true, reflect.TypeFor[profile.Differ](): true,
	reflect.TypeFor[profile.Left](): true, reflect.TypeFor[profile.Pause](): true,
	reflect.TypeFor[profile.Kept]():  true,
	reflect.TypeFor[safetext.Text](): true, reflect.TypeFor[calendar.Date](): true,
	reflect.TypeFor[level.Curve](): true,
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

func (m *merger) fields(path []string, bases []reflect.Value, ours, theirs reflect.Value) reflect.Value {
	out := reflect.New(ours.Type()).Elem()
	out.Set(ours)
	for i := range ours.NumField() {
		name := ours.Type().Field(i).Name
		old := each(bases, func(b reflect.Value) reflect.Value { return b.Field(i) })
		out.Field(i).Set(m.value(with(path, name), old, ours.Field(i), theirs.Field(i)))
	}
	return out
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

// items merges lists by what tells their items apart, in the order of theirs, with what only ours has after it.
func (m *merger) items(path []string, bases []reflect.Value, ours, theirs reflect.Value) reflect.Value {
	out := reflect.MakeSlice(ours.Type(), 0, max(ours.Len(), theirs.Len()))
	byOurs, ourOrder := indexed(ours)
	byTheirs, order := indexed(theirs)
	var old []map[string]reflect.Value
	for _, b := range bases {
		index, _ := indexed(b)
		old = append(old, index)
	}
	done := map[string]bool{}
	for _, key := range append(order, ourOrder...) {
		if done[key] {
			continue
		}
		done[key] = true
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

func (m *merger) choose(path []string, ours, theirs reflect.Value) reflect.Value {
	key := strings.Join(path, " ")
	if key == learnerID {
		if theirs.String() == "" {
			return ours
		}
		return theirs
	}
	c := Clash{Key: key, What: m.what(path), Ours: wordsFor(ours), Theirs: wordsFor(theirs)}
	if hidden(path, ours) || hidden(path, theirs) || m.ours.Meeting() && private(path) {
		c.Ours, c.Theirs, c.Covered = "", "", true
	}
	m.clashes = append(m.clashes, c)
	if m.mine == nil || m.mine(key) {
		return ours
	}
	return theirs
}

// hidden says whether a mentor's rating is not yet the learner's to see.
func hidden(path []string, v reflect.Value) bool {
	if !v.IsValid() || len(path) < 3 || path[0] != "Rounds" || path[2] != "Mentors" {
		return false
	}
	x, ok := v.Interface().(profile.Rating)
	return !ok || x.Shown.IsZero()
}

// private says whether a place is the learner's alone: a private note, or one of a rehearsal. Any reflection counts as
// that here.
func private(path []string) bool {
	return path[0] == "Prepared" || path[0] == "Reflections" || path[0] == "Reviews" &&
		slices.Contains([]string{"Wellbeing", "Workload", "Support", "Adjust"}, path[len(path)-1])
}

// what names a place for the learner.
func (m *merger) what(path []string) string {
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
		return roundPlace(path)
	case "Goals", "Evidence", "Reflections", "Reviews":
		return m.itemPlace(path)
	case "Prepared":
		return "your private notes on " + fieldWords(last)
	case "Answered":
		return "what came of what the last review left"
	case "Settings":
		return map[string]string{
			"Stale": "how long evidence supports a claim",
			"Every": "how often a review comes round",
			"Theme": "the colours of the screen",
		}[last]
	}
	return fieldWords(path[0])
}

func roundPlace(path []string) string {
	last := path[len(path)-1]
	switch {
	case len(path) == 2:
		return "the round " + last
	case path[2] == "Differ":
		return "what you recorded as differing on " + last
	case path[2] == "Mentors":
		return "a mentor's rating of " + path[min(3, len(path)-1)]
	case slices.Contains(path, string(profile.Agreed)):
		return "the agreed level of " + last
	case slices.Contains(path, string(profile.Self)):
		return "your rating of " + last
	}
	return "when the round " + path[1] + " was " + strings.ToLower(last)
}

// itemPlace is a part of something that has an ID, called by its own words.
func (m *merger) itemPlace(path []string) string {
	name := fieldWords(path[0]) + " " + path[1]
	for _, p := range []profile.Profile{m.ours, m.theirs} {
		if g, ok := p.Goal(path[1]); ok && path[0] == "Goals" {
			name = "the goal " + g.Text.Quoted()
		}
		if i := slices.IndexFunc(p.Evidence, func(e profile.Evidence) bool { return e.ID == path[1] }); i >= 0 &&
			path[0] == "Evidence" {
			name = "the evidence " + p.Evidence[i].Title.Quoted()
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

// fieldWords turns the name of a field into words.
func fieldWords(field string) string {
	known := map[string]string{
		"KSBs": "its KSBs", "Text": "its words", "On": "its day", "Due": "when it is due", "Set": "when it was set",
		"Why": "the reason",
		"Who": "who helps", "Where": "where it is", "Closed": "when it was closed", "Adjust": "adjustments",
		"Evidence":    "the evidence",
		"Reflections": "the reflection", "Curve": "the expected curve", "Standard": "the standard",
		"Pauses": "the pauses",
	}
	if w, ok := known[field]; ok {
		return w
	}
	return strings.ToLower(field)
}

// wordsFor describes the value at a place.
func wordsFor(v reflect.Value) string {
	if !v.IsValid() {
		return "nothing"
	}
	if x, ok := v.Interface().(level.Level); ok {
		return x.InWords() // of which 0 is one
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
