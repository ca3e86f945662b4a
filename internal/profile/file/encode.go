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

// Write changes the text of a profile that reads as before so that it reads as after. It touches only the lines that
// differ. After an error the document may have part of the change and must be thrown away.
func Write(doc *tomledit.Doc, before, after profile.Profile) error {
	w := &writer{doc: doc, sheet: after.Sheet}
	w.profile(before, after)
	return w.err
}

// A writer edits a document until the first error, after which it does nothing.
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

// A field is a key with its value; nil means that the key is not in the file.
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

// fields edits the fields that differ in the table at path. Both lists must have the same keys in the same order.
// Deletions come first, so that new keys find their place among those that stay.
func (w *writer) fields(before, after []field, path ...any) {
	keys := make([]string, len(after))
	for i, f := range after {
		keys[i] = f.key
		if f.val == nil && before[i].val != nil {
			w.delete(pathTo(path, f.key)...)
		}
	}
	for i, f := range after {
		if f.val != nil && !reflect.DeepEqual(before[i].val, f.val) {
			w.set(f.val, orderOf(keys), pathTo(path, f.key)...)
		}
	}
}

// dropEmpty deletes a table that has no lines left, so that undoing the first line removes its header too.
func (w *writer) dropEmpty(path ...any) {
	if len(w.doc.Keys(path...)) == 0 && !w.sheet { // on a sheet, comments below the header list the KSBs to rate
		w.delete(path...)
	}
}

// lines edits a table with one line for each KSB or id. If the last line goes, so does the table.
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
		old, now := before.MapIndex(reflect.ValueOf(id)), after.MapIndex(reflect.ValueOf(id))
		switch {
		case !old.IsValid():
			w.set(l.value(lineAt(after, id)), naturalOrder, pathTo(path, id)...)
		case old.Kind() == reflect.Slice || !old.Equal(now):
			l.edit(w, lineAt(before, id), lineAt(after, id), pathTo(path, id)...)
		}
	}
}

// editList edits a list of tables: the entries that both lists have, then deletions, then new entries, each at its
// place. So undoing a removal from the middle puts the entry back there.
func (o object) editList(w *writer, before, after reflect.Value, path ...any) {
	if sameList(before, after) {
		return
	}
	namesBefore, namesAfter := entryNames(before), entryNames(after)
	byName := make(map[string]reflect.Value, len(namesAfter))
	for i, name := range namesAfter {
		byName[name] = after.Index(i)
	}
	var order []string // the names of those that stay, as they are in the file
	for i, name := range namesBefore {
		old, now := before.Index(i), byName[name]
		if !now.IsValid() {
			continue
		}
		order = append(order, name)
		if !reflect.DeepEqual(old.Addr().Interface(), now.Addr().Interface()) {
			o.edit(w, old, now, pathTo(path, i)...)
		}
	}
	for i, name := range slices.Backward(namesBefore) {
		if !byName[name].IsValid() {
			w.delete(pathTo(path, i)...)
		}
	}
	o.add(w, order, namesAfter, after, path...)
}

// entryNames are the names by which the entries of a list are matched. If several have the same name, such as two equal
// pauses that somebody wrote by hand, a number tells them apart.
func entryNames(list reflect.Value) []string {
	names, times := make([]string, list.Len()), map[string]int{}
	for i := range names {
		key := keyOf(list.Index(i))
		times[key]++
		names[i] = key
		if n := times[key]; n > 1 {
			names[i] += " " + strconv.Itoa(n)
		}
	}
	return names
}

// sameList says whether two lists are the same one. It need not look at the items, since a list that changes is copied.
func sameList(a, b reflect.Value) bool {
	return a.Len() == b.Len() && (a.Len() == 0 || a.Pointer() == b.Pointer())
}

// add inserts the entries that are not in the file yet, each behind the one that it follows in the record. The order
// lists those that are in the file. If the file has none, a new list is written in one go.
func (o object) add(w *writer, order, names []string, after reflect.Value, path ...any) {
	if len(order) == 0 && len(names) > 0 && !w.doc.Has(path...) {
		w.set(tomledit.Tables(o.tables(after)...), nil, path...)
		return
	}
	next := 0 // the index in the file for a new entry
	for i, name := range names {
		if at := slices.Index(order, name); at >= 0 {
			next = at + 1
			continue
		}
		w.insert(o.table(after.Index(i)), next, path...)
		order = slices.Insert(order, next, name)
		next++
	}
}

// Patch is Write for a change that stays within entries of the record's lists, or adds entries at their end, as nearly
// every change of a learner does. It edits and reads back only the blocks of these entries, so the cost of a rating
// does not grow over the years. The text must read as before, without faults or notes. It returns false if the change
// is of another kind or does not read back as after; then call Write, which does it or says why not.
func Patch(text string, before, after profile.Profile, find Find) (string, bool) {
	x := patch{text, find(after.Standard)}
	if x.std == nil || after.Sheet || mixesLineEnds(text) || !wholeRecordIsSound(after) {
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
		now.Set(old) // so that everything that was not patched is left to compare
	}
	return x.text, reflect.DeepEqual(before, after) && tomledit.CheckText(x.text, tomledit.ProfileLimits) == nil
}

// mixesLineEnds says whether only some of the lines of a text end in CRLF.
func mixesLineEnds(text string) bool {
	crlf := strings.Count(text, "\r\n")
	return crlf > 0 && crlf != strings.Count(text, "\n")
}

// wholeRecordIsSound checks what Patch cannot see in the blocks that it reads back: every ID is there once, and only
// the last round is open.
func wholeRecordIsSound(p profile.Profile) bool {
	ids := 0
	p.EachID(func(string) { ids++ })
	isOpen := func(r profile.Round) bool { return r.Closed.IsZero() }
	earlier := p.Rounds[:max(len(p.Rounds), 1)-1]
	return ids == len(p.IDs()) && !slices.ContainsFunc(earlier, isOpen)
}

// A patch is a text while Patch edits it.
type patch struct {
	text string
	std  *standard.Standard
}

// list edits one list of the record in the text, and says whether that could be done.
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

// changedRange is the range of entries that differ, as indices into was, and whether the change is one for Patch: no
// entry was removed, and any new ones are at the end. For new entries the range includes the last two old ones, which
// show how entries are laid out.
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

// rewrite edits the text of some blocks. A new header is laid out like those around it, so it gives up if a header
// would be needed where the blocks have none to go by.
func rewrite(piece string, c *column, before, after reflect.Value) (*tomledit.Doc, bool) {
	doc, err := tomledit.Parse([]byte(piece), tomledit.ProfileLimits)
	if err != nil {
		return nil, false
	}
	w := &writer{doc: doc}
	c.edit(w, before, after)
	old, okOld := tomledit.Blocks(piece, c.key)
	now, okNow := tomledit.Blocks(doc.Text(), c.key)
	inner := innerHeaders(old)
	return doc, w.err == nil && okOld && okNow && (inner == innerHeaders(now) || len(now) > len(old) && inner > 0)
}

// innerHeaders is the number of headers in some blocks, not counting the first of each.
func innerHeaders(blocks []tomledit.Block) int {
	n := 0
	for _, b := range blocks {
		n += b.Headers - 1
	}
	return n
}

// readsAs says whether a text is nothing but blocks of one list, and reads as that list without faults or notes.
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
