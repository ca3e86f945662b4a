package file

import (
	"bytes"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/BurntSushi/toml"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/sorting"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/tomledit"
)

// Find returns the standard with a reference, or nil if it is not known.
type Find func(reference string) *standard.Standard

// File is a profile as it was read.
type File struct {
	Profile profile.Profile
	Doc     *tomledit.Doc     // the text it came from
	Notes   []Problem         // what is odd in it but harmless, in the order of the file
	Own     map[string]string // keys that the learner added, dotted and with the ids of entries, with their values
}

// Decode reads a profile. The error is Faults, with all that could be found.
func Decode(src []byte, find Find) (*File, error) {
	if len(bytes.TrimSpace(src)) == 0 {
		return nil, Faults{{
			Pos: tomledit.Pos{Line: 1, Col: 1}, Msg: "the file is empty",
			Hint: "was the file cut off? if nothing is to come back, delete it and start again with ksbcoach init",
		}}
	}
	return decode(src, find, false)
}

// DecodeNewer reads as much as it understands of a profile that a newer ksbcoach wrote. The result is for looking at
// only: it lacks what is new, so it must never be written back. The error is the one that Decode gives.
func DecodeNewer(src []byte, find Find) (*File, error) {
	f, err := decode(src, find, true)
	if err != nil {
		_, err = decode(src, find, false)
	}
	return f, err
}

func decode(src []byte, find Find, glimpse bool) (*File, error) {
	doc, err := tomledit.Parse(src, tomledit.ProfileLimits)
	if err != nil {
		return nil, Faults{unreadable(err, string(src))}
	}
	return read(doc, find, glimpse)
}

// Read is Decode for a text that is already parsed, such as one that has just been edited.
func Read(doc *tomledit.Doc, find Find) (*File, error) { return read(doc, find, false) }

func read(doc *tomledit.Doc, find Find, glimpse bool) (*File, error) {
	var m map[string]any
	if _, err := toml.Decode(doc.Text(), &m); err != nil {
		return nil, Faults{unreadable(err, doc.Text())}
	}
	r := &reader{doc: doc, find: find, ids: map[string]int{}, own: map[string]string{}, newer: glimpse}
	p := r.profile(&table{r: r, m: m})
	if len(r.faults) > 0 {
		sorting.By(r.faults, byPlace)
		return nil, r.faults
	}
	sorting.By(r.notes, byPlace)
	return &File{p, doc, r.notes, r.own}, nil
}

// A reader collects what is found while a file is read. Its fields are those of File.
type reader struct {
	doc    *tomledit.Doc
	find   Find
	std    *standard.Standard
	sheet  bool           // the file is a rating sheet
	ids    map[string]int // the ids in use, with the line of their first use
	faults Faults
	notes  []Problem
	own    map[string]string

	newer bool // read a later format as far as it is understood
}

// A table is one table of the file while it is read. It remembers which keys were asked for, so that rest can report
// the others.
type table struct {
	r      *reader
	path   []any
	idPath string // the path with ids in place of indices, and a dot before each key
	m      map[string]any
	asked  []string
}

// name is the dotted key as a person would look for it, without list indices.
func name(path []any) string {
	var parts []string
	for _, x := range path {
		s, ok := x.(string)
		if !ok {
			continue
		}
		s = safetext.Brief(s, 40)
		if strings.ContainsFunc(s, func(r rune) bool {
			return r != '-' && r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r)
		}) {
			s = strconv.Quote(s)
		}
		parts = append(parts, s)
	}
	return strings.Join(parts, ".")
}

// problem is a problem at path, with the position of the nearest part of it that is in the file.
func (r *reader) problem(path []any, hint, format string, args ...any) Problem {
	pos, ok := r.doc.Pos(path...)
	for n := len(path); !ok && n > 0; n-- {
		pos, ok = r.doc.Pos(path[:n-1]...)
	}
	if pos.Line == 0 {
		pos = tomledit.Pos{Line: 1, Col: 1}
	}
	return Problem{Pos: pos, Key: name(path), Msg: fmt.Sprintf(format, args...), Hint: hint}
}

func (t *table) fault(key, hint, format string, args ...any) {
	path := t.path
	if key != "" {
		path = pathTo(t.path, key)
	}
	t.r.fault(path, hint, format, args...)
}

func (r *reader) fault(path []any, hint, format string, args ...any) {
	r.faults = append(r.faults, r.problem(path, hint, format, args...))
}

// get returns the value of a key and remembers that the program knows this key.
func (t *table) get(key string) (any, bool) {
	t.asked = append(t.asked, key)
	v, ok := t.m[key]
	return v, ok
}

// kindOf names a value's type as a person would.
func kindOf(v any) string {
	switch v := v.(type) {
	case string:
		return "text"
	case int64:
		return "a whole number"
	case float64:
		return "a number"
	case bool:
		return "true or false"
	case []any:
		return "a list"
	case []map[string]any:
		return "a list of tables"
	case map[string]any:
		return "a table"
	default:
		if isLocalDate(v) {
			return "a date"
		}
		return "a time"
	}
}

// value is the value of a key that must be a T, called want in words. It notes a fault if it is of another type.
func value[T any](t *table, key, want, hint string) (T, bool) {
	v, there := t.get(key)
	x, ok := v.(T)
	if there && !ok {
		t.fault(key, hint, "%s is needed here, not %s", want, kindOf(v))
	}
	return x, ok
}

func (t *table) text(key string) safetext.Text {
	s, _ := value[string](t, key, "text", `write text in quotes, like "this"`)
	return safetext.New(s)
}

func (t *table) word(key string, known []string, fallback string) string {
	hint := "write one of: " + strings.Join(known, ", ")
	s, ok := value[string](t, key, "text", hint)
	if ok && !slices.Contains(known, s) {
		t.fault(key, hint, "%q is not known here", safetext.Brief(s, 30))
		ok = false
	}
	if !ok {
		return fallback
	}
	return s
}

// required notes a fault if a key is missing. If it is there in capitals, the fault says so.
func (t *table) required(key, hint string) {
	if _, ok := t.m[key]; ok {
		return
	}
	for _, k := range t.r.doc.Keys(t.path...) {
		if strings.EqualFold(k, key) && !slices.Contains(t.asked, k) {
			t.asked = append(t.asked, k)
			t.fault(k, "write "+key, lowerCase)
			return
		}
	}
	t.fault("", hint, "the key %q is missing", key)
}

const lowerCase = "keys are written in lower case here"

const (
	codesHint = `name at least one KSB: ksbs = ["K7"]`
	plainHint = "write a plain word or two in one line"
)

func (t *table) plain(key string) string {
	s := t.text(key).Raw()
	if !safetext.Plain(s) {
		t.fault(key, plainHint, "the text has characters that cannot be shown")
	}
	return s
}

const dateHint = "write a date as YYYY-MM-DD without quotes, for example 2026-11-22"

func (t *table) date(key string) calendar.Date {
	v, there := t.get(key)
	if !there {
		return calendar.Date{}
	}
	if !isLocalDate(v) {
		t.fault(key, dateHint, "a date is needed here, not %s", kindOf(v))
		return calendar.Date{}
	}
	d := calendar.FromTime(v.(time.Time))
	if d.Year < 1900 {
		t.fault(key, dateHint, "the year %d is too early", d.Year)
	}
	return d
}

func (t *table) flag(key string) bool {
	on, _ := value[bool](t, key, "true or false", "write "+key+" = true, or take the line out")
	return on
}

func (t *table) whole(key string, lo, hi int) (int, bool) {
	n, ok := value[int64](t, key, "a whole number", fmt.Sprintf("write a number from %d to %d without quotes", lo, hi))
	if ok && (n < int64(lo) || n > int64(hi)) {
		t.fault(key, fmt.Sprintf("write a number from %d to %d", lo, hi), "%d is out of range", n)
		return 0, false
	}
	return int(n), ok
}

func (t *table) level(key string) level.Level {
	const hint = `a level is 0, 1, 2, 3 or 4, or "none" for no opportunity`
	v, _ := t.get(key)
	switch v := v.(type) {
	case int64:
		if v >= 0 && v <= int64(level.Max) {
			return level.Level(v)
		}
		t.fault(key, hint, "there is no level %d", v)
	case string:
		if v == "none" {
			return level.NoOpportunity
		}
		t.fault(key, hint, "%q is not a level", safetext.Brief(v, 20))
	default:
		t.fault(key, hint, "a level is needed here, not %s", kindOf(v))
	}
	return 0
}

func (t *table) ksbs(key string) []string {
	var out []string
	hints := [2]string{`write them like ["K7", "S7"]`, `write codes in quotes, like "K7"`}
	t.each(key, "a list of codes", "a code", hints, func(s string, path []any) {
		if !t.r.knows(s) {
			t.r.fault(path, profile.KnownCodes(t.r.std), "%s has no KSB %q", t.r.std.Reference, safetext.Brief(s, 20))
		} else if !slices.Contains(out, s) {
			out = append(out, s)
		}
	})
	return out
}

// each reads a list of texts and calls take for each of them with its path. There is a hint for the list and one for
// its items.
func (t *table) each(key, want, one string, hints [2]string, take func(s string, path []any)) {
	list, _ := value[[]any](t, key, want, hints[0])
	for i, v := range list {
		path := append(pathTo(t.path, key), i)
		if s, ok := v.(string); ok {
			take(s, path)
		} else {
			t.r.fault(path, hints[1], "%s is needed here, not %s", one, kindOf(v))
		}
	}
}

// eachText is each with one hint, for texts that have no name of their own.
func (t *table) eachText(key, hint string, take func(s string, path []any)) {
	t.each(key, "a list", "text", [2]string{hint, hint}, take)
}

func (t *table) texts(key string) []safetext.Text {
	var out []safetext.Text
	t.eachText(key, `write them like ["J. Ode"]`, func(s string, _ []any) { out = append(out, safetext.New(s)) })
	return out
}

func (t *table) plains(key string) []string {
	var out []string
	t.eachText(key, `write them like ["a-91xd"]`, func(s string, path []any) {
		if !safetext.Plain(s) {
			t.r.fault(path, plainHint, "the text has characters that cannot be shown")
			return
		}
		out = append(out, s)
	})
	return out
}

func (t *table) words(key string, known []string) []string {
	var out []string
	hint := "the words are " + strings.Join(known, ", ")
	t.eachText(key, hint, func(s string, path []any) {
		if !slices.Contains(known, s) {
			t.r.fault(path, hint, "%q is not known here", safetext.Brief(s, 30))
		} else if !slices.Contains(out, s) {
			out = append(out, s)
		}
	})
	return out
}

func (r *reader) knows(id string) bool {
	_, ok := r.std.KSB(id)
	return ok
}

// sub is the nested table at a key, or nil.
func (t *table) sub(key string) *table {
	return t.subtable(key, "a table", fmt.Sprintf("write [%s] on a line of its own", name(pathTo(t.path, key))))
}

func (t *table) subtable(key, want, hint string) *table {
	m, ok := value[map[string]any](t, key, want, hint)
	if !ok {
		return nil
	}
	return &table{r: t.r, path: pathTo(t.path, key), idPath: t.idPath + "." + key, m: m}
}

// entry is table i of the list of tables at a key.
func (t *table) entry(key string, i int, m map[string]any) *table {
	said := t.idPath + "." + key
	if id := idOf(m); id != "" {
		said += " " + id
	}
	return &table{r: t.r, path: append(pathTo(t.path, key), i), idPath: said, m: m}
}

// list is the list of tables at a key.
func (t *table) list(key string) []*table {
	return t.tables(key, fmt.Sprintf("write [[%s]], with two brackets, before each", name(pathTo(t.path, key))))
}

// tables is list with a hint of its own.
func (t *table) tables(key, hint string) []*table {
	v, ok := t.get(key)
	if !ok {
		return nil
	}
	var out []*table
	switch v := v.(type) {
	case []map[string]any:
		for i, m := range v {
			out = append(out, t.entry(key, i, m))
		}
	case []any:
		for i, x := range v {
			m, ok := x.(map[string]any)
			if !ok {
				t.fault(key, hint, "%s is among the tables", kindOf(x))
				return out
			}
			out = append(out, t.entry(key, i, m))
		}
	default:
		t.fault(key, hint, "a list of tables is needed here, not %s", kindOf(v))
	}
	return out
}

// noteUnknown reports the keys that nobody asked for. A known key in the wrong case is a fault, since another reader of
// TOML may ignore case. The others are the learner's own or a slip, so they are kept and noted.
func (t *table) noteUnknown() {
	for _, key := range t.r.doc.Keys(t.path...) {
		if slices.Contains(t.asked, key) {
			continue
		}
		if i := slices.IndexFunc(t.asked, func(a string) bool { return strings.EqualFold(a, key) }); i >= 0 {
			t.fault(key, "write "+t.asked[i], lowerCase)
			continue
		}
		t.r.notes = append(t.r.notes, t.r.problem(pathTo(t.path, key),
			"nothing needs doing if it is yours; check the spelling otherwise",
			"not a key of ksbcoach; it is kept as it is"))
		t.r.own[(t.idPath + "." + key)[1:]] = fmt.Sprint(t.m[key])
	}
}

// isLocalDate says whether a value was written as a date without a time, which the TOML library marks by its time zone.
func isLocalDate(v any) bool {
	t, ok := v.(time.Time)
	return ok && t.Location().String() == "date-local"
}

func (r *reader) profile(t *table) profile.Profile {
	var p profile.Profile
	if !r.format(t) || !r.standard(t) {
		return p
	}
	profileObject.Get().read(t, reflect.ValueOf(&p).Elem())
	p.Standard = r.std.Reference
	return p
}

// format says whether the file has a format that this program reads.
func (r *reader) format(t *table) bool {
	const hint = "the first key of a profile is format = 1; if it is gone the file may have been cut off or be no " +
		"profile at all"
	if _, old := t.m["sheet"].(int64); old {
		t.fault("sheet", "have the learner make a new sheet, and copy what you filled in",
			"this rating sheet is from before the first version of ksbcoach")
		return false
	}
	t.required("format", hint)
	n, ok := value[int64](t, "format", "a whole number", hint)
	if !ok {
		return false
	}
	if n > profile.Format && !r.newer {
		t.fault("format", "update ksbcoach; nothing in the file was changed",
			"the file has format %d, this program reads up to %d", n, profile.Format)
		r.faults[len(r.faults)-1].Later = true
		return false
	}
	if n < 1 {
		t.fault("format", hint, "there is no format %d", n)
		return false
	}
	return true
}

// standard finds the standard that the file names, and says whether it is known.
func (r *reader) standard(t *table) bool {
	t.required("standard", `add standard = "ST0413" below format`)
	ref, ok := value[string](t, "standard", "text", `write standard = "ST0413"`)
	if !ok {
		return false
	}
	r.std = r.find(ref)
	if r.std == nil {
		t.fault("standard", "ksbcoach standard list shows those it has", "the standard %q is not known here",
			safetext.Brief(ref, 20))
	}
	return r.std != nil
}

// id reads an identifier, which must be unique in the file.
func (t *table) id(key string) string {
	const hint = "an id is letters, digits and hyphens, once in the file, such as g-2mq9"
	t.required(key, hint)
	s, ok := value[string](t, key, "text", hint)
	ids := t.r.ids
	switch {
	case !ok:
		return ""
	case !profile.ValidID(s):
		t.fault(key, hint, "%q is not an id", safetext.Brief(s, 20))
	case ids[s] > 0:
		t.fault(key, hint, "the id %s is used twice, first in line %d", s, ids[s])
	default:
		pos, _ := t.r.doc.Pos(pathTo(t.path, key)...)
		ids[s] = pos.Line
	}
	return s
}

func words[T ~string](list []T) []string {
	return lists.Each(list, func(x T) string { return string(x) })
}

// naturalOrder puts K2 before K10.
func naturalOrder(a, b string) bool { return standard.Compare(a, b) < 0 }

// orderOf orders keys as in a list. Keys that are not in the list come last.
func orderOf(keys []string) func(a, b string) bool {
	rank := func(k string) uint { return uint(slices.Index(keys, k)) } // -1 becomes the largest number
	return func(a, b string) bool { return rank(a) < rank(b) }
}
