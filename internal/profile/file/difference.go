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

// A Difference is one thing of the record that is new, gone, or not as it was.
type Difference struct {
	Type   string         // goal, action, rating, and so on: the key of the file, in the singular
	Change string         // added, changed or removed
	ID     string         // its id, or its code; "" where it has none
	Keys   map[string]any // as the file has it, with nil for what is left out, and with what it belongs to
}

// typeNames are the things that go by another name than their key.
var typeNames = lazy.Value[map[string]string]{Make: func() map[string]string {
	return map[string]string{
		"round.self": "rating", "round.mentor": "rating", "round.others": "ratings", "round.agreed": "rating",
		"round.differ": "difference",
		"goal.action":  "action",
	}
}}

// Differences lists what a change did to a record, thing by thing, in the order of the file. An action that came with
// its goal, and is in its keys, is not listed by itself.
func Differences(before, after profile.Profile) ([]Difference, error) {
	was, err := asTables(before)
	is, err2 := asTables(after)
	if err := cmp.Or(err, err2); err != nil {
		return nil, err
	}
	return compare(was, is), nil
}

// compare lists the differences of two records as their files read.
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
		switch w, i := was[key], is[key]; {
		case key == "target":
			d.lines(key, asTable(w), asTable(i), nil)
		case asList(w) != nil || asList(i) != nil:
			d.entries(key, asList(w), asList(i), nil)
		case asTable(w) != nil || asTable(i) != nil:
			d.thing(key, "", asTable(w), asTable(i), nil)
		}
	}
	return d.found
}

// asTables is a record as its file reads.
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
	keys  map[string][]string // of each table
	found []Difference
}

// entries compares lists of things that are known by an id, or by all that they hold.
func (d *differences) entries(where string, was, is []map[string]any, in map[string]any) {
	for _, x := range is {
		old := sameThing(was, x)
		lists := d.nested(where)
		d.thing(where, idOf(x), without(old, lists, false), without(x, lists, where == "goal" && old == nil), in)
		if old == nil && where != "round" {
			continue
		}
		for _, key := range lists {
			below := map[string]any{where: idOf(x)}
			if at := where + "." + key; where == "round" {
				below["rater"] = strings.TrimSuffix(key, "s")
				d.lines(at, asTable(old[key]), asTable(x[key]), below)
			} else {
				d.entries(at, asList(old[key]), asList(x[key]), below)
			}
		}
	}
	for _, x := range was {
		if sameThing(is, x) == nil {
			d.thing(where, idOf(x), x, nil, in)
		}
	}
}

// nested lists the keys of a table whose things are listed separately.
func (d *differences) nested(where string) []string {
	return slices.DeleteFunc(slices.Clone(d.keys[where]),
		func(key string) bool { return typeNames.Get()[where+"."+key] == "" })
}

// lines compares tables with a line for each KSB.
func (d *differences) lines(where string, was, is map[string]any, in map[string]any) {
	both := map[string]any{}
	maps.Copy(both, was)
	maps.Copy(both, is)
	for _, id := range standard.Sorted(both) {
		d.thing(where, id, lineOfKeys(was[id]), lineOfKeys(is[id]), in)
	}
}

// lineOfKeys is the value of a code as keys: its own, or one key for a single value.
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

// thing lists one thing where it is not as it was.
func (d *differences) thing(where, id string, was, is, in map[string]any) {
	x := Difference{Type: cmp.Or(typeNames.Get()[where], where), ID: id, Change: "changed", Keys: map[string]any{}}
	switch {
	case was == nil && is == nil, reflect.DeepEqual(was, is):
		return
	case was == nil:
		x.Change = "added"
	case is == nil:
		x.Change, is = "removed", was
	}
	keys := where
	switch {
	case strings.HasPrefix(where, "round."):
		keys, x.Keys["ksb"] = where+".K7", id // the table of keys has one code for all
	case where == "target":
		x.Keys["ksb"] = id
	}
	for _, key := range d.keys[keys] {
		if typeNames.Get()[where+"."+key] == "" {
			x.Keys[key] = nil
		}
	}
	for key, v := range is {
		x.Keys[key] = plainValue(v)
	}
	maps.Copy(x.Keys, in)
	if id, ok := x.Keys["id"].(string); ok && x.ID == "" {
		x.ID = id
	}
	d.found = append(d.found, x)
}

// without leaves out the keys of things that are listed by themselves, unless all of the entry is meant.
func without(x map[string]any, keys []string, all bool) map[string]any {
	if all {
		return x
	}
	x = maps.Clone(x)
	maps.DeleteFunc(x, func(key string, _ any) bool { return slices.Contains(keys, key) })
	return x
}

// plainValue turns days into text, wherever they are.
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

// sameThing finds the entry that is the same thing as x: the one with its id, and where it has none the one that holds
// the same.
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

// A Kind is a kind of thing that is counted: its type in a Difference, its name where many are counted, and its words.
type Kind struct{ Type, Name, One, Many string }

// Kinds lists them in the order in which they are said. The last has what is of no other, such as a target.
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

// Tally counts things of a record, and holds none of its words.
type Tally struct {
	Of   [len(Kinds)]int // each of Kinds
	KSBs []string        // of the ratings, each code once
}

// Comparison counts how one record differs from another.
type Comparison struct {
	Gone, Added Tally // what only the one holds, and what only the other does
	Different   Tally // what both have but not alike
}

// A Laid record is one as its file reads, to be compared with others; nil for one that cannot be written.
type Tables map[string]any

// TablesOf lays a record out.
func TablesOf(p profile.Profile) Tables {
	m, err := asTables(p)
	if err != nil {
		return nil
	}
	return m
}

// Compare compares two records; nil where one of them cannot be laid out.
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
	// The other way round, since what goes with a thing that is removed is not listed, as that is which comes with one.
	for _, d := range compare(other, one) {
		if d.Change == "added" {
			c.Gone.add(d)
		}
	}
	return c
}

// Total is how many there are of all kinds.
func (h Tally) Total() int {
	sum := 0
	for _, n := range h.Of {
		sum += n
	}
	return sum
}

// TallyOf counts things of a record.
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
