package file

import (
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/BurntSushi/toml"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/tomledit"
)

// New is the text of a new profile file.
func New(p profile.Profile) ([]byte, error) {
	const head = "# A ksbcoach profile. It is yours: edit it freely, comments stay. \"ksbcoach check\" looks it over.\n"
	doc, err := tomledit.Parse([]byte(head), tomledit.ProfileLimits)
	if err != nil {
		return nil, err
	}
	w := &writer{doc: doc, sheet: p.Sheet}
	w.set(tomledit.Int(profile.Format), nil, "format")
	w.set(tomledit.String(p.Standard), nil, "standard")
	w.profile(profile.Profile{Standard: p.Standard}, p)
	return doc.Bytes(), w.err
}

// Write changes the text of a profile that reads as before so that it reads as after, and touches only the lines that
// differ. On an error the document may hold part of the change and must be thrown away.
func Write(doc *tomledit.Doc, before, after profile.Profile) error {
	w := &writer{doc: doc, sheet: after.Sheet}
	w.profile(before, after)
	return w.err
}

// A writer edits a document until the first error, after which it does nothing more.
type writer struct {
	doc   *tomledit.Doc
	sheet bool
	err   error
}

func (w *writer) profile(before, after profile.Profile) {
	profileObject.Get().edit(w, reflect.ValueOf(&before).Elem(), reflect.ValueOf(&after).Elem())
}

func (w *writer) set(v tomledit.Value, less func(a, b string) bool, path ...any) {
	if w.err == nil {
		w.err = w.doc.Set(v, less, path...)
	}
}

func (w *writer) delete(path ...any) {
	if w.err == nil {
		w.err = w.doc.Delete(path...)
	}
}

func (w *writer) insert(t *tomledit.Table, i int, path ...any) {
	if w.err == nil {
		w.err = w.doc.Insert(t, i, path...)
	}
}

// A field is one key with its value; nil means "not in the file".
type field struct {
	key string
	val tomledit.Value
}

func textValue(t safetext.Text) tomledit.Value {
	if t.Raw() == "" {
		return nil
	}
	return tomledit.String(t.Raw())
}

func dateValue(d calendar.Date) tomledit.Value { return tomledit.Date(d.Year, int(d.Month), d.Day) }

func listValue(ids []string) tomledit.Value {
	if len(ids) == 0 {
		return nil
	}
	return tomledit.Strings(ids)
}

func textsValue(texts []safetext.Text) tomledit.Value {
	return listValue(lists.Each(texts, safetext.Text.Raw))
}

func levelValue(l level.Level) tomledit.Value {
	if l == level.NoOpportunity {
		return tomledit.String(l.String())
	}
	return tomledit.Int(int(l))
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
func (w *writer) fields(before, after []field, path ...any) {
	keys := make([]string, len(after))
	for i, f := range after {
		if keys[i] = f.key; f.val == nil && before[i].val != nil {
			w.delete(pathTo(path, f.key)...)
		}
	}
	for i, f := range after {
		if f.val != nil && !reflect.DeepEqual(before[i].val, f.val) {
			w.set(f.val, orderOf(keys), pathTo(path, f.key)...)
		}
	}
}

// dropEmpty takes out a table whose last line has gone, so that undoing the first line undoes its header too.
func (w *writer) dropEmpty(path ...any) {
	if len(w.doc.Keys(path...)) == 0 && !w.sheet { // the KSBs to rate are listed below the header of a sheet
		w.delete(path...)
	}
}

// lines edits a table with one line for each KSB or id: it takes out the lines that went, and the table with its last,
// and edits the others.
func (w *writer) lines(l lineOf, before, after reflect.Value, path ...any) {
	if before.Pointer() == after.Pointer() {
		return
	}
	gone := false
	for _, id := range idsOf(before) {
		if !after.MapIndex(reflect.ValueOf(id)).IsValid() {
			gone = true
			w.delete(pathTo(path, id)...)
		}
	}
	if gone && after.Len() == 0 {
		w.dropEmpty(path...)
	}
	for _, id := range idsOf(after) {
		switch old, now := before.MapIndex(reflect.ValueOf(id)), after.MapIndex(reflect.ValueOf(id)); {
		case !old.IsValid():
			w.set(l.value(lineAt(after, id)), naturalOrder, pathTo(path, id)...)
		case old.Kind() == reflect.Slice || !old.Equal(now):
			l.edit(w, lineAt(before, id), lineAt(after, id), pathTo(path, id)...)
		}
	}
}

// editList edits the entries that both lists have, takes out those that went, and puts the new ones where they stand:
// undoing the removal of one in the middle puts it back there.
func (o object) editList(w *writer, before, after reflect.Value, path ...any) {
	if sameList(before, after) {
		return
	}
	was, is := entryNames(before), entryNames(after)
	now := make(map[string]reflect.Value, len(is))
	for i, name := range is {
		now[name] = after.Index(i)
	}
	var order []string // of those in the file
	for i, name := range was {
		x, y := before.Index(i), now[name]
		if !y.IsValid() {
			continue
		}
		order = append(order, name)
		if !reflect.DeepEqual(x.Addr().Interface(), y.Addr().Interface()) {
			o.edit(w, x, y, pathTo(path, i)...)
		}
	}
	for i, name := range slices.Backward(was) {
		if !now[name].IsValid() {
			w.delete(pathTo(path, i)...)
		}
	}
	o.add(w, order, is, after, path...)
}

// entryNames are what the entries of a list are known by. Those that are known by the same, such as two equal pauses
// that somebody wrote, are told apart by their turn.
func entryNames(list reflect.Value) []string {
	out, times := make([]string, list.Len()), map[string]int{}
	for i := range out {
		name := keyOf(list.Index(i))
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

// add puts those entries that are not in the file yet behind the one that they follow in the record; a new array is
// written in one go.
func (o object) add(w *writer, order, is []string, after reflect.Value, path ...any) {
	if len(order) == 0 && len(is) > 0 && !w.doc.Has(path...) {
		w.set(tomledit.Tables(o.tables(after)...), nil, path...)
		return
	}
	behind := 0
	for i, name := range is {
		if at := slices.Index(order, name); at >= 0 {
			behind = at + 1
			continue
		}
		w.insert(o.table(after.Index(i)), behind, path...)
		order = slices.Insert(order, behind, name)
		behind++
	}
}

// Patch is Write for a change that stays within entries of the record's lists, or adds some at their end: nearly every
// change that a learner makes. It edits and reads back the blocks of these entries alone, so that what a rating costs
// does not grow with the years. The text must read as before, with nothing odd in it. It gives false where the change
// is of another kind or does not read back as it was meant; Write then does it, or says why not.
func Patch(text string, before, after profile.Profile, find Find) (string, bool) {
	x := patch{text, find(after.Standard)}
	ids := 0
	after.EachID(func(string) { ids++ })
	isOpen := func(r profile.Round) bool { return r.Closed.IsZero() }
	crlf := strings.Count(text, "\r\n")
	if x.std == nil || after.Sheet || crlf > 0 && crlf != strings.Count(text, "\n") || ids != len(after.IDs()) ||
		slices.ContainsFunc(after.Rounds[:max(len(after.Rounds), 1)-1], isOpen) {
		return "", false
	}
	was, is := reflect.ValueOf(&before).Elem(), reflect.ValueOf(&after).Elem()
	for _, c := range profileObject.Get().columns {
		if len(c.entries.columns) == 0 || c.entries.columns[0].kind != idKind {
			continue
		}
		old, now := was.FieldByIndex(c.place), is.FieldByIndex(c.place)
		if !sameList(old, now) && !x.list(c, old, now) {
			return "", false
		}
		now.Set(old) // so that what is left to compare is all the rest
	}
	return x.text, reflect.DeepEqual(before, after) && tomledit.CheckText(x.text, tomledit.ProfileLimits) == nil
}

type patch struct {
	text string
	std  *standard.Standard
}

// list brings one list of the record into the text.
func (x *patch) list(c *column, was, is reflect.Value) bool {
	from, to, ok := changedRange(was, is)
	if !ok || from == to {
		return ok
	}
	blocks, ok := tomledit.Blocks(x.text, c.key)
	if !ok || len(blocks) != was.Len() {
		return false
	}
	start, end := blocks[from].Start, blocks[to-1].End
	old, now := reflect.New(was.Type()).Elem(), reflect.New(is.Type()).Elem()
	old.Set(was.Slice(from, to))
	now.Set(is.Slice(from, is.Len()-(was.Len()-to)))
	doc, ok := rewrite(x.text[start:end], c, old, now)
	if !ok || !x.readsAs(doc, c, now) {
		return false
	}
	x.text = x.text[:start] + doc.Text() + x.text[end:]
	return true
}

// changedRange says which entries of a list differ: as many as before, or more at its end. Added ones come with the two
// that stand before them, which show how such entries are laid out.
func changedRange(was, is reflect.Value) (from, to int, ok bool) {
	same := func(i int) bool {
		return reflect.DeepEqual(was.Index(i).Addr().Interface(), is.Index(i).Addr().Interface())
	}
	for from < min(was.Len(), is.Len()) && same(from) {
		from++
	}
	switch {
	case is.Len() == was.Len():
		to = was.Len()
		for to > from && same(to-1) {
			to--
		}
		return from, to, true
	case is.Len() > was.Len() && was.Len() >= 2:
		return min(from, was.Len()-2), was.Len(), true
	}
	return 0, 0, false
}

// rewrite edits the text of some blocks. New headers are laid out like those around them, so none is made in blocks
// that have none of its depth to show.
func rewrite(piece string, c *column, before, after reflect.Value) (*tomledit.Doc, bool) {
	doc, err := tomledit.Parse([]byte(piece), tomledit.ProfileLimits)
	if err != nil {
		return nil, false
	}
	w := &writer{doc: doc}
	c.edit(w, before, after)
	a, okA := tomledit.Blocks(piece, c.key)
	b, okB := tomledit.Blocks(doc.Text(), c.key)
	deepA, deepB := innerHeaders(a), innerHeaders(b)
	return doc, w.err == nil && okA && okB && (deepA == deepB || len(b) > len(a) && deepA > 0)
}

// innerHeaders is how many headers blocks have besides their own.
func innerHeaders(blocks []tomledit.Block) int {
	n := 0
	for _, b := range blocks {
		n += b.Headers - 1
	}
	return n
}

// readsAs says whether a text is the blocks of a list, and reads as that.
func (x *patch) readsAs(doc *tomledit.Doc, c *column, list reflect.Value) bool {
	var m map[string]any
	if _, err := toml.Decode(doc.Text(), &m); err != nil || len(m) != 1 {
		return false
	}
	r := &reader{doc: doc, std: x.std, ids: map[string]int{}, own: map[string]string{}}
	back := reflect.New(list.Type()).Elem()
	c.read(&table{r: r, m: m}, back)
	return len(r.faults)+len(r.notes) == 0 && reflect.DeepEqual(back.Interface(), list.Interface())
}
