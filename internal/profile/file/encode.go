package file

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/tomledit"
)

// New is the text of a new profile file.
func New(p profile.Profile) ([]byte, error) {
	const head = "# A ksbcoach profile. It is yours: edit it freely, comments stay. \"ksbcoach check\" looks it over.\n"
	doc, err := tomledit.Parse([]byte(head), tomledit.ProfileLimits)
	if err != nil {
		return nil, err
	}
	if err := doc.Set(tomledit.Int(profile.Format), nil, "format"); err != nil {
		return nil, err
	}
	if err := doc.Set(tomledit.String(p.Standard), nil, "standard"); err != nil {
		return nil, err
	}
	if err := Write(doc, profile.Profile{Standard: p.Standard}, p); err != nil {
		return nil, err
	}
	return doc.Bytes(), nil
}

// Write changes the text of a profile that reads as before so that it reads as after, and touches only the lines that
// differ. On an error the document may hold part of the change and must be thrown away.
func Write(doc *tomledit.Doc, before, after profile.Profile) error {
	return profileObject.Get().edit(writer{doc, after.Sheet}, &before, &after)
}

type writer struct {
	doc   *tomledit.Doc
	sheet bool
}

// A field is one key with its value; nil means "not in the file".
type field struct {
	key string
	val tomledit.Value
	cmp any // what decides whether two values are the same
}

func textField(key string, t safetext.Text) field {
	if t.Raw() == "" {
		return field{key: key}
	}
	return field{key, tomledit.String(t.Raw()), t.Raw()}
}

func wordField(key, s string) field { return textField(key, safetext.New(s)) }

func dateField(key string, d calendar.Date) field {
	if d.IsZero() {
		return field{key: key}
	}
	return field{key, tomledit.Date(d.Year, int(d.Month), d.Day), d}
}

func intField(key string, n int) field {
	if n == 0 {
		return field{key: key}
	}
	return field{key, tomledit.Int(n), n}
}

func flagField(key string, on bool) field {
	if !on {
		return field{key: key}
	}
	return field{key, tomledit.Bool(true), on}
}

func listField(key string, ids []string) field {
	if len(ids) == 0 {
		return field{key: key}
	}
	return field{key, tomledit.Strings(ids), fmtList(ids)}
}

func textsField(key string, texts []safetext.Text) field {
	raw := make([]string, len(texts))
	for i, t := range texts {
		raw[i] = t.Raw()
	}
	return listField(key, raw)
}

// fmtList tells lists apart: of two that differ it never makes the same.
func fmtList(ids []string) string { return fmt.Sprintf("%q", ids) }

func levelField(key string, l level.Level) field {
	if l == level.NoOpportunity {
		return field{key, tomledit.String(l.String()), l}
	}
	return field{key, tomledit.Int(int(l)), l}
}

func keysOf(fields []field) []string {
	out := make([]string, len(fields))
	for i, f := range fields {
		out[i] = f.key
	}
	return out
}

func tableOf(fields []field) *tomledit.Table {
	t := tomledit.NewTable()
	for _, f := range fields {
		if f.val != nil {
			t.Set(f.key, f.val)
		}
	}
	return t
}

// fields edits those fields of the table at path that differ. Both lists hold the same keys in the same order.
// Deletions come first, so that new keys find their place among those that stay.
func (w writer) fields(before, after []field, path ...any) error {
	at := func(f field) []any { return append(slices.Clone(path), f.key) }
	for i, f := range after {
		if before[i].cmp != f.cmp && f.val == nil {
			if err := w.doc.Delete(at(f)...); err != nil {
				return err
			}
		}
	}
	order := orderOf(keysOf(after))
	for i, f := range after {
		if before[i].cmp != f.cmp && f.val != nil {
			if err := w.doc.Set(f.val, order, at(f)...); err != nil {
				return err
			}
		}
	}
	return nil
}

// dropEmpty takes out a table whose last line has gone, so that undoing the first line undoes its header too.
func (w writer) dropEmpty(path ...any) error {
	if len(w.doc.Keys(path...)) > 0 || w.sheet { // the KSBs to rate are listed below the header of a sheet
		return nil
	}
	return w.doc.Delete(path...)
}

// dropLines takes out the lines of a table that went, and the table with its last. It is told what the lines were and
// are called.
func (w writer) dropLines(before, after []string, path ...any) error {
	gone := false
	for _, id := range before {
		if !slices.Contains(after, id) {
			gone = true
			if err := w.doc.Delete(pathTo(path, id)...); err != nil {
				return err
			}
		}
	}
	if gone && len(after) == 0 {
		return w.dropEmpty(path...)
	}
	return nil
}

// editLines edits a table with one line for each KSB or id.
func (o shape) editLines(w writer, before, after reflect.Value, path ...any) error {
	if before.Pointer() == after.Pointer() {
		return nil
	}
	ids := idsOf(after)
	if err := w.dropLines(idsOf(before), ids, path...); err != nil {
		return err
	}
	for _, id := range ids {
		old, now := before.MapIndex(reflect.ValueOf(id)), after.MapIndex(reflect.ValueOf(id))
		var err error
		switch {
		case !old.IsValid():
			err = w.doc.Set(tomledit.Inline(o.table(lineAt(after, id))), naturalOrder, pathTo(path, id)...)
		case !old.Equal(now):
			err = o.edit(w, lineAt(before, id), lineAt(after, id), pathTo(path, id)...)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// editList edits the entries that both lists have, takes out those that went, and puts the new ones where they stand:
// undoing the removal of one in the middle puts it back there.
func (o shape) editList(w writer, before, after reflect.Value, known func(e any) string, path ...any) error {
	if sameList(before, after) {
		return nil
	}
	was, is := names(before, known), names(after, known)
	now := make(map[string]any, len(is))
	for i, name := range is {
		now[name] = addressAt(after, i)
	}
	var order []string // of those in the file
	for i, name := range was {
		x, y := addressAt(before, i), now[name]
		if y == nil {
			continue
		}
		order = append(order, name)
		if reflect.DeepEqual(x, y) {
			continue
		}
		if err := o.edit(w, x, y, pathTo(path, i)...); err != nil {
			return err
		}
	}
	for i := len(was) - 1; i >= 0; i-- {
		if now[was[i]] == nil {
			if err := w.doc.Delete(pathTo(path, i)...); err != nil {
				return err
			}
		}
	}
	return o.add(w, order, is, after, path...)
}

// names are what the entries of a list are known by. Those that are known by the same, such as two equal pauses that
// somebody wrote, are told apart by their turn.
func names(list reflect.Value, known func(e any) string) []string {
	out, times := make([]string, list.Len()), map[string]int{}
	for i := range out {
		name := known(addressAt(list, i))
		times[name]++
		if n := times[name]; n > 1 {
			name += " " + strconv.Itoa(n)
		}
		out[i] = name
	}
	return out
}

// sameList says whether two lists are one and the same, which needs no look at what is in them: a list that is changed
// is a new one.
func sameList(a, b reflect.Value) bool {
	return a.Len() == b.Len() && (a.Len() == 0 || a.Pointer() == b.Pointer())
}

// appendAll adds entries to an array of tables; a new array is written in one go.
func (w writer) appendAll(tables []*tomledit.Table, path ...any) error {
	if len(tables) > 0 && !w.doc.Has(path...) {
		return w.doc.Set(tomledit.Tables(tables...), nil, path...)
	}
	for _, t := range tables {
		if err := w.doc.Append(t, path...); err != nil {
			return err
		}
	}
	return nil
}

// add puts those entries that are not in the file yet behind the one that they follow in the record.
func (o shape) add(w writer, order, is []string, after reflect.Value, path ...any) error {
	if len(order) == 0 {
		return w.appendAll(o.tables(after), path...)
	}
	behind := 0
	for i, name := range is {
		if at := slices.Index(order, name); at >= 0 {
			behind = at + 1
			continue
		}
		if err := w.doc.Insert(o.table(addressAt(after, i)), behind, path...); err != nil {
			return err
		}
		order = slices.Insert(order, behind, name)
		behind++
	}
	return nil
}
