package file

import (
	"reflect"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"

	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/tomledit"
)

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

// A patch is a text on the way.
type patch struct {
	text string
	std  *standard.Standard
}

// list brings one list of the record into the text.
func (x *patch) list(c *column, was, is reflect.Value) bool {
	from, to, ok := changed(was, is)
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
	doc, ok := written(x.text[start:end], c, old, now)
	if !ok || !x.readsAs(doc, c, now) {
		return false
	}
	x.text = x.text[:start] + doc.Text() + x.text[end:]
	return true
}

// changed says which entries of a list differ: as many as before, or more at its end. Added ones come with the two that
// stand before them, which show how such entries are laid out.
func changed(was, is reflect.Value) (from, to int, ok bool) {
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

// written edits the text of some blocks. New headers are laid out like those around them, so none is made in blocks
// that have none of its depth to show.
func written(piece string, c *column, before, after reflect.Value) (*tomledit.Doc, bool) {
	doc, err := tomledit.Parse([]byte(piece), tomledit.ProfileLimits)
	if err != nil {
		return nil, false
	}
	w := &writer{doc: doc}
	c.edit(w, before, after)
	a, okA := tomledit.Blocks(piece, c.key)
	b, okB := tomledit.Blocks(doc.Text(), c.key)
	deepA, deepB := deep(a), deep(b)
	return doc, w.err == nil && okA && okB && (deepA == deepB || len(b) > len(a) && deepA > 0)
}

// deep is how many headers blocks have besides their own.
func deep(blocks []tomledit.Block) int {
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
	r := &reader{doc: doc, std: x.std, ids: identifiers{}, own: map[string]string{}}
	back := reflect.New(list.Type()).Elem()
	c.read(&table{r: r, m: m}, back)
	return len(r.faults)+len(r.notes) == 0 && reflect.DeepEqual(back.Interface(), list.Interface())
}
