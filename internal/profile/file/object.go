// Package file is the form of a record as TOML. There is one table for each type of the record (tables.go,
// tablesreview.go), with a line for each key; reading with positions, writing only the lines that change, the list of
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
// new key of the record is one line in one table.
type object[T any] struct{ shape }

// A shape is an object without its type: it is handed the addresses of values, so that there is one copy of the code in
// the program and not one for each type of the record.
type shape struct {
	columns []*column
	check   func(t *table, x any) // what several keys must hold to together; may be nil
}

func objectOf[T any](columns ...columnOf[T]) object[T] {
	var o object[T]
	for _, c := range columns {
		o.columns = append(o.columns, c.column)
	}
	return o
}

// checked gives an object whose keys must hold to something together.
func (o object[T]) checked(check func(t *table, x *T)) object[T] {
	o.check = func(t *table, x any) { check(t, x.(*T)) }
	return o
}

// A columnOf is a column that belongs into the table of T and into no other.
type columnOf[T any] struct{ *column }

// A column is one key of an object. Simple values have a field; a nested table has put and edit. What they are handed is
// the address of a value of the object's type.
type column struct {
	key   string
	kind  string                                               // the kind of value, in words
	about string                                               // what it means, for docs/profile.md
	keys  func(where string) []Key                             // the keys below it
	need  string                                               // what to write where the key is missing; "" where it may be left out
	names bool                                                 // it is there to hold the names of colleagues
	free  bool                                                 // on a rating sheet it may still be missing
	some  bool                                                 // a list of codes that may not be missing or empty
	read  func(t *table, x any)                                // takes the key into x, or notes a fault
	field func(x any) field                                    // the value as it is written
	put   func(x any, t *tomledit.Table)                       // adds the nested table to a new entry
	edit  func(w writer, before, after any, path ...any) error // changes the nested table
	walk  func(x any, where string, v visitor)                 // visits the texts, days and ids; x is the walker's own
}

// A special is a column of a kind of its own.
type special[T any] struct {
	key, kind, about string
	read             func(t *table, x *T)
	field            func(x *T) field
	put              func(x *T, t *tomledit.Table)
	edit             func(w writer, before, after *T, path ...any) error
	walk             func(x *T, where string, v visitor)
}

func (s special[T]) column() columnOf[T] {
	c := &column{key: s.key, kind: s.kind, about: s.about, read: func(t *table, x any) { s.read(t, x.(*T)) }}
	if s.field != nil {
		c.field = func(x any) field { return s.field(x.(*T)) }
	}
	if s.put != nil {
		c.put = func(x any, t *tomledit.Table) { s.put(x.(*T), t) }
	}
	if s.edit != nil {
		c.edit = func(w writer, before, after any, path ...any) error {
			return s.edit(w, before.(*T), after.(*T), path...)
		}
	}
	if s.walk != nil {
		c.walk = func(x any, where string, v visitor) { s.walk(x.(*T), where, v) }
	}
	return columnOf[T]{c}
}

// Key is one key of the file format, for its description.
type Key struct {
	Where string // dotted, such as goal.action.due
	Kind  string // the kind of value, in words
	About string
	Need  bool // it may not be left out
}

// keys lists the keys that the table at where may have, and those below it.
func (o shape) keys(where string) []Key {
	var out []Key
	for _, c := range o.columns {
		at := strings.TrimPrefix(where+"."+c.key, ".")
		out = append(out, Key{Where: at, Kind: c.kind, About: c.about, Need: c.need != "" || c.some ||
			c.kind == idKind})
		if c.keys != nil {
			out = append(out, c.keys(at)...)
		}
	}
	return out
}

// idKind is the kind of a column made by id, which is never left out.
const idKind = "an id"

func oneOf(known []string) string {
	return "one of " + strings.Join(known, ", ")
}

// A visitor is shown what a record holds, with the dotted key of each, and may change it. What is nil is not
// visited.
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

// says gives a column with what it means.
func (c columnOf[T]) says(about string) columnOf[T] {
	c.about = about
	return c
}

// needed gives a column that may not be missing.
func (c columnOf[T]) needed(hint string) columnOf[T] {
	c.need = hint
	return c
}

// ofColleagues gives a column that is there to hold the names of colleagues.
func (c columnOf[T]) ofColleagues() columnOf[T] {
	c.names = true
	return c
}

// freeOnSheet gives a column that may be missing on a rating sheet.
func (c columnOf[T]) freeOnSheet() columnOf[T] {
	c.free = true
	return c
}

// nonEmpty gives a list of codes that must name at least one.
func (c columnOf[T]) nonEmpty() columnOf[T] {
	c.some = true
	return c
}

// readTable reads one table of the file.
func (o object[T]) readTable(t *table) T {
	var x T
	o.read(t, &x)
	return x
}

// read reads one table of the file into x, which is empty.
func (o shape) read(t *table, x any) {
	for _, c := range o.columns {
		switch {
		case c.some:
			t.named(c.key)
		case c.need != "" && !(c.free && t.r.sheet):
			t.required(c.key, c.need)
		}
	}
	for _, c := range o.columns {
		c.read(t, x)
	}
	if o.check != nil {
		o.check(t, x)
	}
	t.rest()
}

// fields are the simple values of x.
func (o shape) fields(x any) []field {
	out := make([]field, 0, len(o.columns))
	for _, c := range o.columns {
		if c.field != nil {
			out = append(out, c.field(x))
		}
	}
	return out
}

// table is x as a new entry.
func (o shape) table(x any) *tomledit.Table {
	t := tableOf(o.fields(x))
	for _, c := range o.columns {
		if c.put != nil {
			c.put(x, t)
		}
	}
	return t
}

// edit changes the entry at path so that it reads as after.
func (o shape) edit(w writer, before, after any, path ...any) error {
	if err := w.fields(o.fields(before), o.fields(after), path...); err != nil {
		return err
	}
	for _, c := range o.columns {
		if c.edit == nil {
			continue
		}
		if err := c.edit(w, before, after, path...); err != nil {
			return err
		}
	}
	return nil
}

// walk visits what is in x and below it. It changes nothing that x shares with other records.
func (o shape) walk(x any, where string, v visitor) {
	for _, c := range o.columns {
		if c.walk != nil {
			v.names = c.names
			c.walk(x, strings.TrimPrefix(where+"."+c.key, "."), v)
		}
	}
}

// pathTo is the path of a key, or of an entry by its place, below path.
func pathTo(path []any, key any) []any { return append(slices.Clone(path), key) }

// The kinds of column. Each is told where the value is in the record. Most are a value of one kind, which says how it is
// read from a table and written as a field.

// of makes a column of a value at an address; walk may be nil.
func of[T, V any](key, kind string, at func(*T) *V, read func(t *table, x *V), write func(x *V) field,
	walk func(x *V, where string, v visitor),
) columnOf[T] {
	c := &column{key: key, kind: kind}
	c.read = func(t *table, x any) { read(t, at(x.(*T))) }
	c.field = func(x any) field { return write(at(x.(*T))) }
	if walk != nil {
		c.walk = func(x any, where string, v visitor) { walk(at(x.(*T)), where, v) }
	}
	return columnOf[T]{c}
}

func text[T any](key string, at func(*T) *safetext.Text) columnOf[T] {
	return of(key, "text", at, func(t *table, x *safetext.Text) { *x = t.text(key) },
		func(x *safetext.Text) field { return textField(key, *x) },
		func(x *safetext.Text, where string, v visitor) { v.seeText(where, x) })
}

// plain is text that is looked up and shown as it is, such as the id of a model.
func plain[T any](key string, at func(*T) *string) columnOf[T] {
	return of(key, "a plain word", at, func(t *table, x *string) { *x = t.plain(key) },
		func(x *string) field { return wordField(key, *x) }, nil)
}

// word is one of a few words; otherwise is the value of a key that is left out.
func word[T any, W ~string](key string, known []W, otherwise W, at func(*T) *W) columnOf[T] {
	list := words(known)
	return of(key, oneOf(list), at, func(t *table, x *W) { *x = W(t.word(key, list, string(otherwise))) },
		func(x *W) field { return wordField(key, string(*x)) }, nil)
}

// id is an identifier, unique in the file.
func id[T any](at func(*T) *string) columnOf[T] {
	return of("id", idKind, at, func(t *table, x *string) { *x = t.id("id") },
		func(x *string) field { return wordField("id", *x) }, nil)
}

func date[T any](key string, at func(*T) *calendar.Date) columnOf[T] {
	return of(key, "a date", at, func(t *table, x *calendar.Date) { *x = t.date(key) },
		func(x *calendar.Date) field { return dateField(key, *x) },
		func(x *calendar.Date, where string, v visitor) {
			if v.date != nil && !x.IsZero() {
				v.date(where, x)
			}
		})
}

// number is a whole number from lo to hi; 0 means that the key is left out.
func number[T any](key string, lo, hi int, at func(*T) *int) columnOf[T] {
	return of(key, fmt.Sprintf("a whole number from %d to %d", lo, hi), at,
		func(t *table, x *int) { *x, _ = t.whole(key, lo, hi) },
		func(x *int) field { return intField(key, *x) }, nil)
}

func flag[T any](key string, at func(*T) *bool) columnOf[T] {
	return of(key, "true or false", at, func(t *table, x *bool) { *x = t.flag(key) },
		func(x *bool) field { return flagField(key, *x) }, nil)
}

// listOf is a list of words that read takes from a table.
func listOf[T any](key, kind string, at func(*T) *[]string, read func(t *table) []string) columnOf[T] {
	return of(key, kind, at, func(t *table, x *[]string) { *x = read(t) },
		func(x *[]string) field { return listField(key, *x) }, nil)
}

// codes is a list of KSBs.
func codes[T any](key string, at func(*T) *[]string) columnOf[T] {
	return listOf(key, `codes, such as ["K7"]`, at, func(t *table) []string { return t.ksbs(key) })
}

// plains is a list of texts that are looked up, such as ids.
func plains[T any](key string, at func(*T) *[]string) columnOf[T] {
	return listOf(key, "a list of ids", at, func(t *table) []string { return t.plains(key) })
}

// wordList is a list of words, each one of a few.
func wordList[T any](key string, known []string, at func(*T) *[]string) columnOf[T] {
	return listOf(key, "a list, each "+oneOf(known), at, func(t *table) []string { return t.words(key, known) })
}

// textList is a list of texts that people typed, such as names.
func textList[T any](key string, at func(*T) *[]safetext.Text) columnOf[T] {
	return of(key, "a list of texts", at, func(t *table, x *[]safetext.Text) { *x = t.texts(key) },
		func(x *[]safetext.Text) field { return textsField(key, *x) },
		func(x *[]safetext.Text, where string, v visitor) {
			*x = slices.Clone(*x)
			for i := range *x {
				v.seeText(where, &(*x)[i])
			}
		})
}

// section is a table of its own below a key, written [key].
func section[T, E any](key string, o object[E], at func(*T) *E) columnOf[T] {
	return columnOf[T]{o.section(key, func(x any) any { return at(x.(*T)) })}
}

func (o shape) section(key string, at func(x any) any) *column {
	return &column{
		key:  key,
		kind: "a table",
		keys: o.keys,
		read: func(t *table, x any) {
			if sub := t.sub(key); sub != nil {
				o.read(sub, at(x))
			}
		},
		edit: func(w writer, before, after any, path ...any) error {
			return o.edit(w, at(before), at(after), pathTo(path, key)...)
		},
		walk: func(x any, where string, v visitor) { o.walk(at(x), where, v) },
	}
}

// passing is a section whose table is deleted with the last of its keys.
func (c columnOf[T]) passing(empty func(*T) bool) columnOf[T] {
	edit := c.edit
	c.edit = func(w writer, before, after any, path ...any) error {
		if err := edit(w, before, after, path...); err != nil || empty(before.(*T)) || !empty(after.(*T)) {
			return err
		}
		return w.dropEmpty(pathTo(path, c.key)...)
	}
	return c
}

// entries is a list of tables below a key, written [[key]], each known by an id.
func entries[T, E any](key string, o object[E], known func(E) string, at func(*T) *[]E) columnOf[T] {
	return columnOf[T]{o.entries(key, func(e any) string { return known(*e.(*E)) }, func(x any) any { return at(x.(*T)) })}
}

// entries is handed what an entry is known by, and where the list is: both go by address.
func (o shape) entries(key string, known func(e any) string, at func(x any) any) *column {
	list := func(x any) reflect.Value { return reflect.ValueOf(at(x)).Elem() }
	return &column{
		key:  key,
		kind: "tables, one for each",
		keys: o.keys,
		read: func(t *table, x any) {
			all, subs := list(x), t.list(key)
			all.Grow(len(subs))
			for _, sub := range subs {
				all.SetLen(all.Len() + 1)
				o.read(sub, addressAt(all, all.Len()-1))
			}
		},
		put: func(x any, t *tomledit.Table) {
			if all := list(x); all.Len() > 0 {
				t.Set(key, tomledit.Tables(o.tables(all)...))
			}
		},
		edit: func(w writer, before, after any, path ...any) error {
			return o.editList(w, list(before), list(after), known, pathTo(path, key)...)
		},
		walk: func(x any, where string, v visitor) {
			all := list(x)
			if v.changes() && !all.IsNil() {
				own := reflect.MakeSlice(all.Type(), all.Len(), all.Len())
				reflect.Copy(own, all)
				all.Set(own)
			}
			ids := v.ids
			for i := range all.Len() {
				v.ids = append(slices.Clip(ids), known(addressAt(all, i)))
				o.walk(addressAt(all, i), where, v)
			}
		},
	}
}

// addressAt is the address of an entry of a list.
func addressAt(list reflect.Value, i int) any { return list.Index(i).Addr().Interface() }

func (o shape) tables(list reflect.Value) []*tomledit.Table {
	out := make([]*tomledit.Table, list.Len())
	for i := range out {
		out[i] = o.table(addressAt(list, i))
	}
	return out
}

// A lineOf says what a line of lines is: what it is called, how one is written, and what its name must be.
type lineOf struct {
	what, hint string
	example    string // an example of such a name
	named      func(*table, string) bool
}

// lines is a table below a key with one line for each KSB or id: K7 = { ... }.
func lines[T any, E comparable](key string, l lineOf, o object[E], get func(*T) map[string]E,
	set func(*T, map[string]E),
) columnOf[T] {
	return columnOf[T]{o.lines(key, l, func(x any) reflect.Value { return reflect.ValueOf(get(x.(*T))) },
		func(x any, m reflect.Value) { set(x.(*T), m.Interface().(map[string]E)) })}
}

// lines is handed how to get the map and how to set it.
func (o shape) lines(key string, l lineOf, get func(x any) reflect.Value, set func(x any, m reflect.Value)) *column {
	return &column{
		key:  key,
		kind: "lines, one for each",
		keys: func(where string) []Key { return o.keys(where + "." + l.example) },
		read: func(t *table, x any) {
			sub := t.sub(key)
			if sub == nil {
				return
			}
			m := reflect.MakeMap(get(x).Type())
			for _, id := range t.r.doc.Keys(sub.path...) {
				if !l.named(sub, id) {
					continue
				}
				if row := sub.subtable(id, l.what, fmt.Sprintf("write %s = %s", id, l.hint)); row != nil {
					line := reflect.New(m.Type().Elem())
					o.read(row, line.Interface())
					m.SetMapIndex(reflect.ValueOf(id), line.Elem())
				}
			}
			set(x, m)
		},
		put: func(x any, t *tomledit.Table) {
			m := get(x)
			if m.Len() == 0 {
				return
			}
			lines := tomledit.NewTable()
			for _, id := range idsOf(m) {
				lines.Set(id, tomledit.Inline(o.table(lineAt(m, id))))
			}
			t.Set(key, lines)
		},
		edit: func(w writer, before, after any, path ...any) error {
			return o.editLines(w, get(before), get(after), pathTo(path, key)...)
		},
		walk: func(x any, where string, v visitor) {
			was := get(x)
			if !v.changes() || was.Len() == 0 {
				return // no line has an id of its own
			}
			m := reflect.MakeMap(was.Type())
			for _, id := range idsOf(was) {
				line := lineAt(was, id)
				o.walk(line, where+"."+id, v)
				m.SetMapIndex(reflect.ValueOf(id), reflect.ValueOf(line).Elem())
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

// lineAt is the address of a copy of one entry of a map; nil where it has none.
func lineAt(m reflect.Value, id string) any {
	x := m.MapIndex(reflect.ValueOf(id))
	if !x.IsValid() {
		return nil
	}
	line := reflect.New(x.Type())
	line.Elem().Set(x)
	return line.Interface()
}

// changes says whether the visitor may change what it sees. Identifiers it only sees.
func (v visitor) changes() bool { return v.text != nil || v.date != nil }

func (v visitor) seeText(where string, x *safetext.Text) {
	if v.text != nil && x.Raw() != "" {
		v.text(Place{where, v.ids, v.names}, x)
	}
}
