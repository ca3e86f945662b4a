// Package file is the form of a record as TOML. There is one table for each type of the record (schema.go,
// schemareview.go), with a line for each key; reading with positions, writing only the lines that change, the list of
// all texts, ids and dates, the differences that --json shows and the page docs/profile.md are functions over these
// tables. It opens no files: package store does.
//
// There are two ways to write. Write edits the whole text and has it read again; Patch does the same for the entries
// that a change touches, and gives up where it is of another kind. A rating saved into three years of records costs a
// fifth of the time and a tenth of the garbage by Patch (BenchmarkRateAndSave in package session, weighed in November
// 2026); in a small profile there is no difference.
//
// What a record may hold is for package profile to say, which knows nothing of this one.
package file

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/sorting"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/tomledit"
)

// An object describes one type of the record as the file keeps it: a column for each key, in the order in which a new
// entry is written. Reading, writing, and whatever else must know every key are functions over these tables, so that a
// new key of the record is one line in one table. It is handed structs of its type, which can be set.
type object struct {
	columns []*column
	check   func(t *table, x reflect.Value) // what several keys must hold to together; may be nil
}

// objectOf is the object of T; check may be nil.
func objectOf[T any](check func(t *table, x *T), columns ...*column) object {
	o := object{columns: columns}
	for _, c := range columns {
		if !c.whole {
			c.place = fieldOf(reflect.TypeFor[T](), cmp.Or(c.from, strings.ReplaceAll(c.key, "_", "")))
		}
	}
	if check != nil {
		o.check = func(t *table, x reflect.Value) { check(t, at[T](x)) }
	}
	return o
}

// fieldOf is the place of a field by its dotted name, case aside; the key of several things is in the singular.
func fieldOf(t reflect.Type, name string) []int {
	name, below, deeper := strings.Cut(name, ".")
	for _, want := range []string{name, name + "s"} {
		f, ok := t.FieldByNameFunc(func(x string) bool { return strings.EqualFold(x, want) })
		switch {
		case ok && deeper:
			return append(f.Index, fieldOf(f.Type, below)...)
		case ok:
			return f.Index
		}
	}
	panic(fmt.Sprintf("file: %s has no field %s", t, name))
}

// at is the address of a value, which is a T.
func at[T any](x reflect.Value) *T { return x.Addr().Interface().(*T) }

// A column is one key of an object. Simple values have a value; a nested table has put and edit. They are handed what
// the record has for the key: the field of the same name or, where the column says so, another one or all of the
// struct.
type column struct {
	key   string
	kind  string // the kind of value, in words
	about string // what it means, for docs/profile.md
	from  string // the field, where that has another name than the key
	need  string // what to write where the key is missing; "" where it may be left out
	whole bool   // it is handed the struct itself
	names bool   // it is there to hold the names of colleagues
	free  bool   // on a rating sheet it may still be missing

	keys  func(where string) []Key                                  // the keys below it
	read  func(t *table, x reflect.Value)                           // takes the key into x, or notes a fault
	value func(x reflect.Value) tomledit.Value                      // what is written; nil where the key is left out
	put   func(x reflect.Value, t *tomledit.Table)                  // adds the nested table to a new entry
	edit  func(w *writer, before, after reflect.Value, path ...any) // changes the nested table
	walk  func(x reflect.Value, where string, v visitor)            // visits texts and days; x is the walker's own

	place   []int  // of the field
	entries object // of a list of tables
}

// Key is one key of the file format, for its description.
type Key struct {
	Where string // dotted, such as goal.action.due
	Kind  string // the kind of value, in words
	About string
	Need  bool // it may not be left out
}

func (o object) keysAt(where string) []Key {
	var out []Key
	for _, c := range o.columns {
		at := strings.TrimPrefix(where+"."+c.key, ".")
		out = append(out, Key{Where: at, Kind: c.kind, About: c.about, Need: c.need != "" || c.kind == idKind})
		if c.keys != nil {
			out = append(out, c.keys(at)...)
		}
	}
	return out
}

// idKind is the kind of a column made by id, which is never left out.
const idKind = "an id"

// A visitor is shown what a record holds, with the dotted key of each, and may change it. What is nil is not visited.
type visitor struct {
	text func(at Place, x *safetext.Text) // what a person typed
	date func(where string, x *calendar.Date)

	ids   []string // of the entries that it is in, the outermost first
	names bool     // the key is there to hold the names of colleagues
}

// Place is where a text of a record is.
type Place struct {
	Key   string   // dotted, such as goal.action.text; a line has its code in it: round.self.K7.note
	IDs   []string // of the entries around it, the outermost first: the goal and its action
	Names bool     // it is there to hold the names of colleagues, such as who helps
}

// What a column may be told when it is made; its fields say what each means.

func (c *column) says(about string) *column {
	c.about = about
	return c
}

func (c *column) of(field string) *column {
	c.from = field
	return c
}

func (c *column) needed(hint string) *column {
	c.need = hint
	return c
}

func (c *column) ofColleagues() *column {
	c.names = true
	return c
}

func (c *column) freeOnSheet() *column {
	c.free = true
	return c
}

// read reads one table of the file into x, which is empty.
func (o object) read(t *table, x reflect.Value) {
	for _, c := range o.columns {
		if c.need != "" && !(c.free && t.r.sheet) {
			t.required(c.key, c.need)
		}
		if list, ok := t.m[c.key].([]any); ok && len(list) == 0 && c.need == codesHint {
			t.fault(c.key, c.need, "the list is empty")
		}
	}
	for _, c := range o.columns {
		c.read(t, x.FieldByIndex(c.place))
	}
	if o.check != nil {
		o.check(t, x)
	}
	t.rest()
}

// fields are the simple values of x.
func (o object) fields(x reflect.Value) []field {
	out := make([]field, 0, len(o.columns))
	for _, c := range o.columns {
		if c.value != nil {
			out = append(out, field{c.key, c.value(x.FieldByIndex(c.place))})
		}
	}
	return out
}

// table is x as a new entry.
func (o object) table(x reflect.Value) *tomledit.Table {
	t := tableOf(o.fields(x))
	for _, c := range o.columns {
		if c.put != nil {
			c.put(x.FieldByIndex(c.place), t)
		}
	}
	return t
}

// edit changes the entry at path so that it reads as after.
func (o object) edit(w *writer, before, after reflect.Value, path ...any) {
	w.fields(o.fields(before), o.fields(after), path...)
	for _, c := range o.columns {
		if c.edit != nil {
			c.edit(w, before.FieldByIndex(c.place), after.FieldByIndex(c.place), path...)
		}
	}
}

// walk visits what is in x and below it. It changes nothing that x shares with other records.
func (o object) walk(x reflect.Value, where string, v visitor) {
	for _, c := range o.columns {
		if c.walk != nil {
			v.names = c.names
			c.walk(x.FieldByIndex(c.place), strings.TrimPrefix(where+"."+c.key, "."), v)
		}
	}
}

// pathTo is the path of a key, or of an entry by its place, below path.
func pathTo(path []any, key any) []any { return append(slices.Clone(path), key) }

// The kinds of column. Most are a value of one type, which is read from a table and written unless it is zero.

func simple[V any](key, kind string, read func(t *table, key string) V, write func(x V) tomledit.Value) *column {
	return &column{
		key: key, kind: kind,
		read: func(t *table, x reflect.Value) { *at[V](x) = read(t, key) },
		value: func(x reflect.Value) tomledit.Value {
			if x.IsZero() {
				return nil
			}
			return write(*at[V](x))
		},
	}
}

func text(key string) *column {
	c := simple(key, "text", (*table).text, textValue)
	c.walk = func(x reflect.Value, where string, v visitor) { v.seeText(where, at[safetext.Text](x)) }
	return c
}

// plain is text that is looked up and shown as it is, such as the id of a model.
func plain(key string) *column { return simple(key, "a plain word", (*table).plain, tomledit.String) }

func id() *column { return simple("id", idKind, (*table).id, tomledit.String) }

// word is one of a few words; otherwise is the value of a key that is left out.
func word[W ~string](key string, known []W, otherwise W) *column {
	list := words(known)
	read := func(t *table, key string) W { return W(t.word(key, list, string(otherwise))) }
	return simple(key, oneOf(list), read, func(x W) tomledit.Value { return tomledit.String(string(x)) })
}

func oneOf(known []string) string { return "one of " + strings.Join(known, ", ") }

func date(key string) *column {
	c := simple(key, "a date", (*table).date, dateValue)
	c.walk = func(x reflect.Value, where string, v visitor) {
		if day := at[calendar.Date](x); v.date != nil && !day.IsZero() {
			v.date(where, day)
		}
	}
	return c
}

// number is a whole number from lo to hi; 0 means that the key is left out.
func number(key string, lo, hi int) *column {
	read := func(t *table, key string) int {
		n, _ := t.whole(key, lo, hi)
		return n
	}
	return simple(key, fmt.Sprintf("a whole number from %d to %d", lo, hi), read, tomledit.Int)
}

func flag(key string) *column { return simple(key, "true or false", (*table).flag, tomledit.Bool) }

func codes(key string) *column { return simple(key, `codes, such as ["K7"]`, (*table).ksbs, listValue) }

// plains is a list of texts that are looked up, such as ids.
func plains(key string) *column { return simple(key, "a list of ids", (*table).plains, listValue) }

func wordList(key string, known []string) *column {
	read := func(t *table, key string) []string { return t.words(key, known) }
	return simple(key, "a list, each "+oneOf(known), read, listValue)
}

// textList is a list of texts that people typed, such as names.
func textList(key string) *column {
	c := simple(key, "a list of texts", (*table).texts, textsValue)
	c.walk = func(x reflect.Value, where string, v visitor) {
		own := slices.Clone(*at[[]safetext.Text](x))
		for i := range own {
			v.seeText(where, &own[i])
		}
		*at[[]safetext.Text](x) = own
	}
	return c
}

// section is a table of its own below a key, written [key].
func section(key string, o object) *column {
	return &column{
		key: key, kind: "a table", keys: o.keysAt, walk: o.walk,
		read: func(t *table, x reflect.Value) {
			if sub := t.sub(key); sub != nil {
				o.read(sub, x)
			}
		},
		edit: func(w *writer, before, after reflect.Value, path ...any) {
			o.edit(w, before, after, pathTo(path, key)...)
		},
	}
}

// passing is a section whose table is deleted with the last of its keys.
func passing(key string, o object) *column {
	c := section(key, o)
	edit, given := c.edit, func(f field) bool { return f.val != nil }
	c.edit = func(w *writer, before, after reflect.Value, path ...any) {
		edit(w, before, after, path...)
		if slices.ContainsFunc(o.fields(before), given) && !slices.ContainsFunc(o.fields(after), given) {
			w.dropEmpty(pathTo(path, key)...)
		}
	}
	return c
}

// entries is a list of tables below a key, written [[key]], each known by what keyOf says.
func entries(key string, o object) *column {
	return &column{
		key: key, kind: "tables, one for each", keys: o.keysAt, entries: o,
		read: func(t *table, all reflect.Value) {
			subs := t.list(key)
			all.Grow(len(subs))
			for i, sub := range subs {
				all.SetLen(i + 1)
				o.read(sub, all.Index(i))
			}
		},
		put: func(all reflect.Value, t *tomledit.Table) {
			if all.Len() > 0 {
				t.Set(key, tomledit.Tables(o.tables(all)...))
			}
		},
		edit: func(w *writer, before, after reflect.Value, path ...any) {
			o.editList(w, before, after, pathTo(path, key)...)
		},
		walk: func(all reflect.Value, where string, v visitor) {
			if v.changes() && !all.IsNil() {
				own := reflect.MakeSlice(all.Type(), all.Len(), all.Len())
				reflect.Copy(own, all)
				all.Set(own)
			}
			ids := v.ids
			for i := range all.Len() {
				v.ids = append(slices.Clip(ids), keyOf(all.Index(i)))
				o.walk(all.Index(i), where, v)
			}
		},
	}
}

func (o object) tables(list reflect.Value) []*tomledit.Table {
	out := make([]*tomledit.Table, list.Len())
	for i := range out {
		out[i] = o.table(list.Index(i))
	}
	return out
}

// A lineOf says what a line of lines is.
type lineOf struct {
	named func(sub *table, id string) bool                          // whether it may be called so
	read  func(sub *table, id string, x reflect.Value) bool         // takes the line into x; false where it cannot
	value func(x reflect.Value) tomledit.Value                      // a new line
	edit  func(w *writer, before, after reflect.Value, path ...any) // changes a line
	walk  func(x reflect.Value, where string, v visitor)            // visits what is in it; may be nil
	keys  func(where string) []Key                                  // the keys in it; may be nil
}

// line is a table in a line, of which what is the name, hint how one is written, and example how one is called.
func (o object) line(what, hint, example string, named func(*table, string) bool) lineOf {
	return lineOf{
		named: named, edit: o.edit, walk: o.walk,
		keys: func(where string) []Key { return o.keysAt(where + "." + example) },
		read: func(sub *table, id string, x reflect.Value) bool {
			row := sub.subtable(id, what, fmt.Sprintf("write %s = %s", id, hint))
			if row != nil {
				o.read(row, x)
			}
			return row != nil
		},
		value: func(x reflect.Value) tomledit.Value { return tomledit.Inline(o.table(x)) },
	}
}

// lines is a table below a key with one line for each KSB or id: K7 = { ... }.
func lines(key string, l lineOf) *column {
	return linesIn(key, l, func(x reflect.Value) reflect.Value { return x }, func(x, m reflect.Value) {
		if x.Set(m); m.Len() == 0 {
			x.SetZero()
		}
	})
}

// linesIn is lines where the map has to be got out of x and set there.
func linesIn(key string, l lineOf, get func(x reflect.Value) reflect.Value, set func(x, m reflect.Value)) *column {
	return &column{
		key: key, kind: "lines, one for each", keys: l.keys,
		read: func(t *table, x reflect.Value) {
			sub := t.sub(key)
			if sub == nil {
				return
			}
			m := reflect.MakeMap(get(x).Type())
			for _, id := range t.r.doc.Keys(sub.path...) {
				line := reflect.New(m.Type().Elem()).Elem()
				if l.named(sub, id) && l.read(sub, id, line) {
					m.SetMapIndex(reflect.ValueOf(id), line)
				}
			}
			set(x, m)
		},
		put: func(x reflect.Value, t *tomledit.Table) {
			m := get(x)
			if m.Len() == 0 {
				return
			}
			lines := tomledit.NewTable()
			for _, id := range idsOf(m) {
				lines.Set(id, l.value(lineAt(m, id)))
			}
			t.Set(key, lines)
		},
		edit: func(w *writer, before, after reflect.Value, path ...any) {
			w.lines(l, get(before), get(after), pathTo(path, key)...)
		},
		walk: func(x reflect.Value, where string, v visitor) {
			was := get(x)
			if l.walk == nil || !v.changes() || was.Len() == 0 {
				return // no line has an id of its own
			}
			m := reflect.MakeMap(was.Type())
			for _, id := range idsOf(was) {
				line := lineAt(was, id)
				l.walk(line, where+"."+id, v)
				m.SetMapIndex(reflect.ValueOf(id), line)
			}
			set(x, m)
		},
	}
}

// idsOf are the KSBs or ids that a map is kept by, in their natural order.
func idsOf(m reflect.Value) []string {
	ids := make([]string, 0, m.Len())
	for _, key := range m.MapKeys() {
		ids = append(ids, key.String())
	}
	sorting.By(ids, standard.Compare)
	return ids
}

// lineAt is a copy of one entry of a map, which can be set.
func lineAt(m reflect.Value, id string) reflect.Value {
	line := reflect.New(m.Type().Elem()).Elem()
	line.Set(m.MapIndex(reflect.ValueOf(id)))
	return line
}

// changes says whether the visitor may change what it sees. Identifiers it only sees.
func (v visitor) changes() bool { return v.text != nil || v.date != nil }

func (v visitor) seeText(where string, x *safetext.Text) {
	if v.text != nil && x.Raw() != "" {
		v.text(Place{where, v.ids, v.names}, x)
	}
}
