// Package file reads and writes a record as TOML. Each type of the record has one table (schema.go, reviewschema.go)
// with a line for each key. Everything that has to know all keys is a function over these tables: reading, with the
// position of each problem; writing only the lines that change; visiting all texts and dates; the differences that
// --json shows; and the page docs/profile.md. Merge is here too, but works on the Go types. The package opens no files:
// package store does. What a record may contain is decided by package profile, which does not know this package.
//
// There are two ways to write. Write edits the whole text, after which all of it has to be read again. Patch edits and
// reads only the entries that a change touches, and gives up on any other kind of change. Saving a rating into three
// years of records takes a fifth of the time and makes a tenth of the garbage with Patch (BenchmarkRateAndSave in
// package session, November 2026); in a small profile there is no difference.
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

// An object is the table for one type of the record: a column for each key, in the order in which a new entry is
// written. A new key of the record is one line in one object. The values that the methods take are structs of that
// type, and settable.
type object struct {
	columns []*column
	check   func(t *table, x reflect.Value) // checks that involve several keys; may be nil
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

// fieldOf finds a field by its dotted name, ignoring case, and is its index for reflection. The key of a list is in the
// singular: goal for Goals. It panics if there is no such field, which is a slip in the tables.
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

// at is the address of a settable value, which must be a T.
func at[T any](x reflect.Value) *T { return x.Addr().Interface().(*T) }

// A column is one key of an object. A simple value has the function value; a nested table has put and edit. The x that
// the functions take is the field of the struct that goes with the key, or with whole the struct itself.
type column struct {
	key   string
	kind  string // the kind of value, in words
	about string // what it means, for docs/profile.md
	from  string // the name of the field, if it is not that of the key
	need  string // the hint if the key is missing; "" if it may be left out
	whole bool   // the functions take the struct itself
	names bool   // it is meant for names of colleagues
	free  bool   // it may be missing from a rating sheet

	keys  func(where string) []Key                                  // the keys below it, for the description
	read  func(t *table, x reflect.Value)                           // reads the key into x, or notes a fault
	value func(x reflect.Value) tomledit.Value                      // what is written; nil leaves the key out
	put   func(x reflect.Value, t *tomledit.Table)                  // adds the nested table to a new entry
	edit  func(w *writer, before, after reflect.Value, path ...any) // changes the nested table
	walk  func(x reflect.Value, where string, v visitor)            // visits texts and dates; x may be changed

	place   []int  // index of the field, for reflection
	entries object // for a list of tables: what each of them is
}

// Key describes one key of the file format.
type Key struct {
	Where string // dotted, such as goal.action.due
	Kind  string // the kind of value, in words
	About string // what it means
	Need  bool   // it may not be left out
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

// A visitor is called for each text or date in a record, with its dotted key, and may change it. Either function may be
// nil.
type visitor struct {
	text func(at Place, x *safetext.Text) // for each text that a person typed
	date func(where string, x *calendar.Date)

	ids   []string // see Place.IDs
	names bool     // see Place.Names
}

// Place is where a text is in a record.
type Place struct {
	Key   string   // dotted, such as goal.action.text; with the code of a line, such as round.self.K7.note
	IDs   []string // of the entries around it, the outermost first, such as the goal and its action
	Names bool     // it is meant for names of colleagues, such as who helps
}

// These methods set the fields of a column when a table is made.

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
	t.noteUnknown()
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

// table makes a new entry of x.
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

// walk visits x and everything below it. A visitor's changes go into copies of what x shares with other records.
func (o object) walk(x reflect.Value, where string, v visitor) {
	for _, c := range o.columns {
		if c.walk != nil {
			v.names = c.names
			c.walk(x.FieldByIndex(c.place), strings.TrimPrefix(where+"."+c.key, "."), v)
		}
	}
}

// pathTo is the path to a key, or to an entry by its index, below path.
func pathTo(path []any, key any) []any { return append(slices.Clone(path), key) }

// The kinds of column.

// simple is a value of one type, which is written unless it is zero.
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

// plain is a word that the program looks up, such as the id of a model.
func plain(key string) *column { return simple(key, "a plain word", (*table).plain, tomledit.String) }

func id() *column { return simple("id", idKind, (*table).id, tomledit.String) }

// word is one of a few words. The fallback is its value if the key is left out.
func word[W ~string](key string, known []W, fallback W) *column {
	list := words(known)
	read := func(t *table, key string) W { return W(t.word(key, list, string(fallback))) }
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

// number is a whole number from lo to hi, and 0 if the key is left out.
func number(key string, lo, hi int) *column {
	read := func(t *table, key string) int {
		n, _ := t.whole(key, lo, hi)
		return n
	}
	return simple(key, fmt.Sprintf("a whole number from %d to %d", lo, hi), read, tomledit.Int)
}

func flag(key string) *column { return simple(key, "true or false", (*table).flag, tomledit.Bool) }

func codes(key string) *column { return simple(key, `codes, such as ["K7"]`, (*table).ksbs, listValue) }

// plains is a list of words that the program looks up, such as ids.
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

// section is a nested table, written [key].
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

// passing is a section that is deleted together with the last of its keys.
func passing(key string, o object) *column {
	c := section(key, o)
	edit := c.edit
	hasValue := func(f field) bool { return f.val != nil }
	c.edit = func(w *writer, before, after reflect.Value, path ...any) {
		edit(w, before, after, path...)
		if slices.ContainsFunc(o.fields(before), hasValue) && !slices.ContainsFunc(o.fields(after), hasValue) {
			w.dropEmpty(pathTo(path, key)...)
		}
	}
	return c
}

// entries is a list of tables, each written [[key]]. They are told apart by keyOf.
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

// A lineOf says what each line of a table made by lines is.
type lineOf struct {
	named func(sub *table, id string) bool                          // whether id is allowed; it notes the fault if not
	read  func(sub *table, id string, x reflect.Value) bool         // reads the line into x; false on a fault
	value func(x reflect.Value) tomledit.Value                      // makes a new line
	edit  func(w *writer, before, after reflect.Value, path ...any) // changes a line
	walk  func(x reflect.Value, where string, v visitor)            // visits what is in it; may be nil
	keys  func(where string) []Key                                  // the keys in it; may be nil
}

// line is a line that has an object in it, as in K7 = { level = 2 }. For faults and the description it takes the name
// of such a thing, a value as one might write it, and an example of an id.
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
		x.Set(m)
		if m.Len() == 0 {
			x.SetZero()
		}
	})
}

// linesIn is lines for a map that is only a part of x, which get takes out and set puts back.
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
				return
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

// idsOf lists the keys of a map, which are KSBs or ids, in their natural order.
func idsOf(m reflect.Value) []string {
	ids := make([]string, 0, m.Len())
	for _, key := range m.MapKeys() {
		ids = append(ids, key.String())
	}
	sorting.By(ids, standard.Compare)
	return ids
}

// lineAt is a settable copy of one value of a map.
func lineAt(m reflect.Value, id string) reflect.Value {
	line := reflect.New(m.Type().Elem()).Elem()
	line.Set(m.MapIndex(reflect.ValueOf(id)))
	return line
}

// changes says whether the visitor is called at all, and so may change the record.
func (v visitor) changes() bool { return v.text != nil || v.date != nil }

func (v visitor) seeText(where string, x *safetext.Text) {
	if v.text != nil && x.Raw() != "" {
		v.text(Place{where, v.ids, v.names}, x)
	}
}
