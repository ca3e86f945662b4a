package file

import (
	"cmp"
	"maps"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/BurntSushi/toml"

	"github.com/ksbcoach/ksbcoach/internal/lazy"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/sorting"
	"github.com/ksbcoach/ksbcoach/internal/standard"
)

// A Difference is one thing in the record that was added, removed or changed.
type Difference struct {
	Type   string         // goal, action, rating and so on: mostly its key in the file
	Change string         // added, changed or removed
	ID     string         // its id or its KSB; "" if it has none
	Keys   map[string]any // its keys in the file, with nil for those left out, and what it belongs to, such as its goal
}

// typeNames are the types of things that have another name than their key.
var typeNames = lazy.Value[map[string]string]{Make: func() map[string]string {
	return map[string]string{
		"round.self": "rating", "round.mentor": "rating", "round.others": "ratings", "round.agreed": "rating",
		"round.differ": "difference",
		"goal.action":  "action",
	}
}}

// Differences lists what a change did to a record, thing by thing, in the order of the file. The actions of a goal that
// was added are among the keys of the goal and not listed separately.
func Differences(before, after profile.Profile) ([]Difference, error) {
	was, errBefore := asTables(before)
	is, errAfter := asTables(after)
	if err := cmp.Or(errBefore, errAfter); err != nil {
		return nil, err
	}
	return compare(was, is), nil
}

// compare lists the differences between two records in the form of asTables.
func compare(was, is map[string]any) []Difference {
	d := &differences{keys: map[string][]string{}}
	for _, k := range Keys() {
		table, key := "", k.Where
		if i := strings.LastIndexByte(k.Where, '.'); i >= 0 {
			table, key = k.Where[:i], k.Where[i+1:]
		}
		d.keys[table] = append(d.keys[table], key)
	}
	for _, key := range d.keys[""] {
		old, now := was[key], is[key]
		switch {
		case key == "target":
			d.lines(key, asTable(old), asTable(now), nil)
		case asList(old) != nil || asList(now) != nil:
			d.entries(key, asList(old), asList(now), nil)
		case asTable(old) != nil || asTable(now) != nil:
			d.thing(key, "", asTable(old), asTable(now), nil)
		}
	}
	return d.found
}

// asTables is a record as the TOML library reads it from its file.
func asTables(p profile.Profile) (map[string]any, error) {
	src, err := New(p)
	if err != nil {
		return nil, err
	}
	m := map[string]any{}
	_, err = toml.Decode(string(src), &m)
	return m, err
}

type differences struct {
	keys  map[string][]string // by table, as Keys describes them
	found []Difference
}

// entries compares two lists of things, which sameThing matches.
func (d *differences) entries(where string, was, is []map[string]any, parent map[string]any) {
	nested := d.nested(where)
	for _, x := range is {
		old := sameThing(was, x)
		now := x
		if where != "goal" || old != nil { // a new goal is listed with its actions
			now = without(x, nested)
		}
		d.thing(where, idOf(x), without(old, nested), now, parent)
		if old == nil && where != "round" {
			continue
		}
		for _, key := range nested {
			at, parent := where+"."+key, map[string]any{where: idOf(x)}
			if where == "round" {
				parent["rater"] = strings.TrimSuffix(key, "s")
				d.lines(at, asTable(old[key]), asTable(x[key]), parent)
			} else {
				d.entries(at, asList(old[key]), asList(x[key]), parent)
			}
		}
	}
	for _, x := range was {
		if sameThing(is, x) == nil {
			d.thing(where, idOf(x), x, nil, parent)
		}
	}
}

// nested lists the keys of a table that hold things which are listed separately.
func (d *differences) nested(where string) []string {
	return slices.DeleteFunc(slices.Clone(d.keys[where]),
		func(key string) bool { return typeNames.Get()[where+"."+key] == "" })
}

// lines compares two tables with one line for each KSB.
func (d *differences) lines(where string, was, is, parent map[string]any) {
	both := map[string]any{}
	maps.Copy(both, was)
	maps.Copy(both, is)
	for _, id := range standard.Sorted(both) {
		d.thing(where, id, lineOfKeys(was[id]), lineOfKeys(is[id]), parent)
	}
}

// lineOfKeys is the value of a line as a table of keys. A bare level or a list is put under a key of its own.
func lineOfKeys(v any) map[string]any {
	switch v := v.(type) {
	case nil:
		return nil
	case map[string]any:
		return v
	case int64:
		return map[string]any{"level": v}
	}
	return map[string]any{"ratings": v}
}

// thing lists one thing if it has changed. The keys in parent, such as the id of its goal, are added to its own.
func (d *differences) thing(where, id string, was, is, parent map[string]any) {
	x := Difference{Type: cmp.Or(typeNames.Get()[where], where), ID: id, Change: "changed", Keys: map[string]any{}}
	switch {
	case was == nil && is == nil, reflect.DeepEqual(was, is):
		return
	case was == nil:
		x.Change = "added"
	case is == nil:
		x.Change, is = "removed", was
	}
	table := where
	switch {
	case strings.HasPrefix(where, "round."):
		table += ".K7" // the code with which Keys describes the lines of all KSBs
		x.Keys["ksb"] = id
	case where == "target":
		x.Keys["ksb"] = id
	}
	for _, key := range d.keys[table] {
		if typeNames.Get()[where+"."+key] == "" {
			x.Keys[key] = nil
		}
	}
	for key, v := range is {
		x.Keys[key] = plainValue(v)
	}
	maps.Copy(x.Keys, parent)
	if id, ok := x.Keys["id"].(string); ok && x.ID == "" {
		x.ID = id
	}
	d.found = append(d.found, x)
}

// without is a table without some of its keys.
func without(x map[string]any, keys []string) map[string]any {
	x = maps.Clone(x)
	maps.DeleteFunc(x, func(key string, _ any) bool { return slices.Contains(keys, key) })
	return x
}

// plainValue is a value with every date in it turned into text.
func plainValue(v any) any {
	switch v := v.(type) {
	case time.Time:
		return v.Format(time.DateOnly)
	case []map[string]any:
		return plainList(v)
	case []any:
		return plainList(v)
	case map[string]any:
		out := map[string]any{}
		for key, x := range v {
			out[key] = plainValue(x)
		}
		return out
	}
	return v
}

func plainList[T any](list []T) []any {
	return lists.Each(list, func(x T) any { return plainValue(x) })
}

func idOf(x map[string]any) string {
	id, _ := x["id"].(string)
	return id
}

// sameThing finds in a list the same thing as x: the one with the same id or, if x has none, an equal one.
func sameThing(list []map[string]any, x map[string]any) map[string]any {
	same, _ := lists.First(list, func(y map[string]any) bool {
		if id := idOf(x); id != "" {
			return idOf(y) == id
		}
		return reflect.DeepEqual(x, y)
	})
	return same
}

func asList(v any) []map[string]any {
	list, _ := v.([]map[string]any)
	return list
}

func asTable(v any) map[string]any {
	t, _ := v.(map[string]any)
	return t
}

// A Kind is a kind of thing for counting: its type in a Difference, the name of the count in JSON, and its words.
type Kind struct{ Type, Name, One, Many string }

// Kinds lists the kinds in the order in which screens name them. The last is for everything that fits no other, such as
// a target.
var Kinds = [...]Kind{
	{"rating", "ratings", "rating", "ratings"},
	{"evidence", "evidence", "piece of evidence", "pieces of evidence"},
	{"reflection", "reflections", "reflection", "reflections"},
	{"goal", "goals", "goal", "goals"},
	{"action", "actions", "action", "actions"},
	{"review", "reviews", "review", "reviews"},
	{"round", "rounds", "round", "rounds"},
	{"", "other", "detail or setting", "details or settings"},
}

// Tally counts things of a record. It contains none of the learner's words, so anyone may see it.
type Tally struct {
	Of   [len(Kinds)]int // by index in Kinds
	KSBs []string        // the KSBs that are rated, once each and in order
}

// Comparison counts how one record differs from another.
type Comparison struct {
	Gone, Added Tally // what only the first record has, and what only the second has
	Different   Tally // what both have, but not the same
}

// Tables is a record laid out for Compare. It is nil if the record cannot be written to a file.
type Tables map[string]any

// TablesOf lays a record out for Compare.
func TablesOf(p profile.Profile) Tables {
	m, err := asTables(p)
	if err != nil {
		return nil
	}
	return m
}

// Compare counts how two records differ; nil if one of them is nil.
func Compare(one, other Tables) *Comparison {
	if one == nil || other == nil {
		return nil
	}
	c := &Comparison{}
	for _, d := range compare(one, other) {
		switch d.Change {
		case "added":
			c.Added.add(d)
		case "changed":
			c.Different.add(d)
		}
	}
	// A thing that was removed is listed without what belongs to it, unlike one that was added. So what is gone is what
	// the other way round would be added.
	for _, d := range compare(other, one) {
		if d.Change == "added" {
			c.Gone.add(d)
		}
	}
	return c
}

// Total is the number of things of all kinds.
func (h Tally) Total() int {
	sum := 0
	for _, n := range h.Of {
		sum += n
	}
	return sum
}

// TallyOf counts the things in a list of differences.
func TallyOf(things []Difference) Tally {
	var h Tally
	for _, d := range things {
		h.add(d)
	}
	return h
}

func (h *Tally) add(d Difference) {
	i := slices.IndexFunc(Kinds[:], func(k Kind) bool { return d.Type == k.Type || d.Type == k.Name })
	if i < 0 {
		i = len(Kinds) - 1
	}
	h.Of[i]++
	if ksb, ok := d.Keys["ksb"].(string); ok && i == 0 && !slices.Contains(h.KSBs, ksb) {
		h.KSBs = append(h.KSBs, ksb)
		sorting.By(h.KSBs, standard.Compare)
	}
}
