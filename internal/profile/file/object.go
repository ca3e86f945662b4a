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
	"maps"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/tomledit"
)

// An object describes one type of the record as the file keeps it: a column for each key, in the order in which a new
// entry is written. Reading, writing, and whatever else must know every key are functions over these tables, so that a
// new key of the record is one line in one table.
type object[T any] struct {
	columns []column[T]
	check   func(t *table, x *T) // what several keys must hold to together; may be nil
}

// A column is one key of an object. Simple values have a field; a nested table has put and edit.
type column[T any] struct {
	key   string
	kind  string                                             // the kind of value, in words
	about string                                             // what it means, for docs/profile.md
	keys  func(where string) []Key                           // the keys below it
	need  string                                             // what to write where the key is missing; "" where it may be left out
	names bool                                               // it is there to hold the names of colleagues
	free  bool                                               // on a rating sheet it may still be missing
	some  bool                                               // a list of codes that may not be missing or empty
	read  func(t *table, x *T)                               // takes the key into x, or notes a fault
	field func(x T) field                                    // the value as it is written
	put   func(x T, t *tomledit.Table)                       // adds the nested table to a new entry
	edit  func(w writer, before, after T, path ...any) error // changes the nested table
	walk  func(x *T, where string, v visitor)                // visits the texts, days and ids; x is the walker's own
}

// Key is one key of the file format, for its description.
type Key struct {
	Where string // dotted, such as goal.action.due
	Kind  string // the kind of value, in words
	About string
	Need  bool // it may not be left out
}

// keys lists the keys that the table at where may have, and those below it.
func (o object[T]) keys(where string) []Key {
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
func (c column[T]) says(about string) column[T] {
	c.about = about
	return c
}

// needed gives a column that may not be missing.
func (c column[T]) needed(hint string) column[T] {
	c.need = hint
	return c
}

// ofColleagues gives a column that is there to hold the names of colleagues.
func (c column[T]) ofColleagues() column[T] {
	c.names = true
	return c
}

// freeOnSheet gives a column that may be missing on a rating sheet.
func (c column[T]) freeOnSheet() column[T] {
	c.free = true
	return c
}

// nonEmpty gives a list of codes that must name at least one.
func (c column[T]) nonEmpty() column[T] {
	c.some = true
	return c
}

// readTable reads one table of the file.
func (o object[T]) readTable(t *table) T {
	var x T
	for _, c := range o.columns {
		switch {
		case c.some:
			t.named(c.key)
		case c.need != "" && !(c.free && t.r.sheet):
			t.required(c.key, c.need)
		}
	}
	for _, c := range o.columns {
		c.read(t, &x)
	}
	if o.check != nil {
		o.check(t, &x)
	}
	t.rest()
	return x
}

// fields are the simple values of x.
func (o object[T]) fields(x T) []field {
	out := make([]field, 0, len(o.columns))
	for _, c := range o.columns {
		if c.field != nil {
			out = append(out, c.field(x))
		}
	}
	return out
}

// table is x as a new entry.
func (o object[T]) table(x T) *tomledit.Table {
	t := tableOf(o.fields(x))
	for _, c := range o.columns {
		if c.put != nil {
			c.put(x, t)
		}
	}
	return t
}

// edit changes the entry at path so that it reads as after.
func (o object[T]) edit(w writer, before, after T, path ...any) error {
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
func (o object[T]) walk(x *T, where string, v visitor) {
	for _, c := range o.columns {
		if c.walk != nil {
			v.names = c.names
			c.walk(x, strings.TrimPrefix(where+"."+c.key, "."), v)
		}
	}
}

// pathTo is the path of a key in the table at path.
func pathTo(path []any, key string) []any { return append(slices.Clone(path), key) }

// The kinds of column. Each is told where the value is in the record.

func text[T any](key string, at func(*T) *safetext.Text) column[T] {
	return column[T]{
		key:   key,
		kind:  "text",
		read:  func(t *table, x *T) { *at(x) = t.text(key) },
		field: func(x T) field { return textField(key, *at(&x)) },
		walk:  func(x *T, where string, v visitor) { v.seeText(where, at(x)) },
	}
}

// plain is text that is looked up and shown as it is, such as the id of a model.
func plain[T any](key string, at func(*T) *string) column[T] {
	return column[T]{
		key:   key,
		kind:  "a plain word",
		read:  func(t *table, x *T) { *at(x) = t.plain(key) },
		field: func(x T) field { return wordField(key, *at(&x)) },
	}
}

// word is one of a few words; otherwise is the value of a key that is left out.
func word[T any, W ~string](key string, known []W, otherwise W, at func(*T) *W) column[T] {
	return column[T]{
		key:   key,
		kind:  oneOf(words(known)),
		read:  func(t *table, x *T) { *at(x) = W(t.word(key, words(known), string(otherwise))) },
		field: func(x T) field { return wordField(key, string(*at(&x))) },
	}
}

// id is an identifier, unique in the file.
func id[T any](at func(*T) *string) column[T] {
	return column[T]{
		key:   "id",
		kind:  idKind,
		read:  func(t *table, x *T) { *at(x) = t.id("id") },
		field: func(x T) field { return wordField("id", *at(&x)) },
	}
}

func date[T any](key string, at func(*T) *calendar.Date) column[T] {
	return column[T]{
		key:   key,
		kind:  "a date",
		read:  func(t *table, x *T) { *at(x) = t.date(key) },
		field: func(x T) field { return dateField(key, *at(&x)) },
		walk: func(x *T, where string, v visitor) {
			if v.date != nil && !at(x).IsZero() {
				v.date(where, at(x))
			}
		},
	}
}

// number is a whole number from lo to hi; 0 means that the key is left out.
func number[T any](key string, lo, hi int, at func(*T) *int) column[T] {
	return column[T]{
		key:   key,
		kind:  fmt.Sprintf("a whole number from %d to %d", lo, hi),
		read:  func(t *table, x *T) { *at(x), _ = t.whole(key, lo, hi) },
		field: func(x T) field { return intField(key, *at(&x)) },
	}
}

func flag[T any](key string, at func(*T) *bool) column[T] {
	return column[T]{
		key:   key,
		kind:  "true or false",
		read:  func(t *table, x *T) { *at(x) = t.flag(key) },
		field: func(x T) field { return flagField(key, *at(&x)) },
	}
}

// codes is a list of KSBs.
func codes[T any](key string, at func(*T) *[]string) column[T] {
	return column[T]{
		key:   key,
		kind:  `codes, such as ["K7"]`,
		read:  func(t *table, x *T) { *at(x) = t.ksbs(key) },
		field: func(x T) field { return listField(key, *at(&x)) },
	}
}

// plains is a list of texts that are looked up, such as ids.
func plains[T any](key string, at func(*T) *[]string) column[T] {
	return column[T]{
		key:   key,
		kind:  "a list of ids",
		read:  func(t *table, x *T) { *at(x) = t.plains(key) },
		field: func(x T) field { return listField(key, *at(&x)) },
	}
}

// wordList is a list of words, each one of a few.
func wordList[T any](key string, known []string, at func(*T) *[]string) column[T] {
	return column[T]{
		key:   key,
		kind:  "a list, each " + oneOf(known),
		read:  func(t *table, x *T) { *at(x) = t.words(key, known) },
		field: func(x T) field { return listField(key, *at(&x)) },
	}
}

// textList is a list of texts that people typed, such as names.
func textList[T any](key string, at func(*T) *[]safetext.Text) column[T] {
	return column[T]{
		key:   key,
		kind:  "a list of texts",
		read:  func(t *table, x *T) { *at(x) = t.texts(key) },
		field: func(x T) field { return textsField(key, *at(&x)) },
		walk: func(x *T, where string, v visitor) {
			*at(x) = slices.Clone(*at(x))
			for i := range *at(x) {
				v.seeText(where, &(*at(x))[i])
			}
		},
	}
}

// section is a table of its own below a key, written [key].
func section[T, E any](key string, o object[E], at func(*T) *E) column[T] {
	return column[T]{
		key:  key,
		kind: "a table",
		keys: o.keys,
		read: func(t *table, x *T) {
			if sub := t.sub(key); sub != nil {
				*at(x) = o.readTable(sub)
			}
		},
		edit: func(w writer, before, after T, path ...any) error {
			return o.edit(w, *at(&before), *at(&after), pathTo(path, key)...)
		},
		walk: func(x *T, where string, v visitor) { o.walk(at(x), where, v) },
	}
}

// passing is a section whose table is deleted with the last of its keys.
func (c column[T]) passing(empty func(T) bool) column[T] {
	edit := c.edit
	c.edit = func(w writer, before, after T, path ...any) error {
		if err := edit(w, before, after, path...); err != nil || empty(before) || !empty(after) {
			return err
		}
		return w.dropEmpty(pathTo(path, c.key)...)
	}
	return c
}

// entries is a list of tables below a key, written [[key]], each known by an id.
func entries[T, E any](key string, o object[E], known func(E) string, at func(*T) *[]E) column[T] {
	return column[T]{
		key:  key,
		kind: "tables, one for each",
		keys: o.keys,
		read: func(t *table, x *T) {
			for _, sub := range t.list(key) {
				*at(x) = append(*at(x), o.readTable(sub))
			}
		},
		put: func(x T, t *tomledit.Table) {
			if list := *at(&x); len(list) > 0 {
				t.Set(key, tomledit.Tables(o.tables(list)...))
			}
		},
		edit: func(w writer, before, after T, path ...any) error {
			return list(w, *at(&before), *at(&after), o, known, pathTo(path, key)...)
		},
		walk: func(x *T, where string, v visitor) {
			if v.changes() {
				*at(x) = slices.Clone(*at(x))
			}
			ids := v.ids
			for i := range *at(x) {
				v.ids = append(slices.Clip(ids), known((*at(x))[i]))
				o.walk(&(*at(x))[i], where, v)
			}
		},
	}
}

func (o object[T]) tables(list []T) []*tomledit.Table {
	out := make([]*tomledit.Table, len(list))
	for i, x := range list {
		out[i] = o.table(x)
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
func lines[T any, E comparable](key string, l lineOf, o object[E], get func(T) map[string]E,
	set func(*T, map[string]E),
) column[T] {
	return column[T]{
		key:  key,
		kind: "lines, one for each",
		keys: func(where string) []Key { return o.keys(where + "." + l.example) },
		read: func(t *table, x *T) {
			sub := t.sub(key)
			if sub == nil {
				return
			}
			m := map[string]E{}
			for _, id := range t.r.doc.Keys(sub.path...) {
				if !l.named(sub, id) {
					continue
				}
				if row := sub.subtable(id, l.what, fmt.Sprintf("write %s = %s", id, l.hint)); row != nil {
					m[id] = o.readTable(row)
				}
			}
			set(x, m)
		},
		put: func(x T, t *tomledit.Table) {
			if m := get(x); len(m) > 0 {
				t.Set(key, o.lineTable(m))
			}
		},
		edit: func(w writer, before, after T, path ...any) error {
			return o.editLines(w, get(before), get(after), pathTo(path, key)...)
		},
		walk: func(x *T, where string, v visitor) {
			if !v.changes() {
				return // no line has an id of its own
			}
			m := maps.Clone(get(*x))
			for _, id := range standard.Sorted(m) {
				line := m[id]
				o.walk(&line, where+"."+id, v)
				m[id] = line
			}
			if len(m) > 0 {
				set(x, m)
			}
		},
	}
}

// lineTable has one line for each entry of m.
func (o object[T]) lineTable(m map[string]T) *tomledit.Table {
	t := tomledit.NewTable()
	for _, id := range standard.Sorted(m) {
		t.Set(id, tomledit.Inline(o.table(m[id])))
	}
	return t
}

// changes says whether the visitor may change what it sees. Identifiers it only sees.
func (v visitor) changes() bool { return v.text != nil || v.date != nil }

func (v visitor) seeText(where string, x *safetext.Text) {
	if v.text != nil && x.Raw() != "" {
		v.text(Place{where, v.ids, v.names}, x)
	}
}
