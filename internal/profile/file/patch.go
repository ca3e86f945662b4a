package file

import (
	"reflect"
	"strings"

	"github.com/BurntSushi/toml"

	"github.com/ksbcoach/ksbcoach/internal/lazy"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/tomledit"
)

// Patch is Write for a change that stays within entries of the record's lists, or adds some at their end: nearly every
// change that a learner makes. It edits and reads back the blocks of these entries alone, so that what a rating costs
// does not grow with the years. The text must read as before, with nothing odd in it. It gives false where the change
// is of another kind or does not read back as it was meant; Write then does it, or says why not.
func Patch(text string, before, after profile.Profile, find Find) (string, bool) {
	std := find(after.Standard)
	if std == nil || after.Sheet || !sameButLists(before, after) || !plainLines(text) || !uniqueIDs(after) ||
		!oneOpen(after.Rounds) {
		return "", false
	}
	for _, l := range lists.Get() {
		var ok bool
		if text, ok = l(patch{text, std}, before, after); !ok {
			return "", false
		}
	}
	return text, tomledit.CheckText(text, tomledit.ProfileLimits) == nil
}

// A patch is a text on the way.
type patch struct {
	text string
	std  *standard.Standard
}

// lists bring one list of the record into the text each.
var lists = lazy.Value[[]func(x patch, before, after profile.Profile) (string, bool)]{Make: func() []func(x patch, before, after profile.Profile) (string, bool) {
	return []func(x patch, before, after profile.Profile) (string, bool){
		patched("round", func(p *profile.Profile) any { return &p.Rounds }, roundObject.Get().shape),
		patched("evidence", func(p *profile.Profile) any { return &p.Evidence }, evidenceObject.Get().shape),
		patched("reflection", func(p *profile.Profile) any { return &p.Reflections }, reflectionObject.Get().shape),
		patched("goal", func(p *profile.Profile) any { return &p.Goals }, goalObject.Get().shape),
		patched("review", func(p *profile.Profile) any { return &p.Reviews }, reviewObject.Get().shape),
	}
}}

// patched brings one list, which of gives the address of.
func patched(key string, of func(*profile.Profile) any, o shape) func(x patch, before,
	after profile.Profile) (string, bool) {
	list := func(p *profile.Profile) reflect.Value { return reflect.ValueOf(of(p)).Elem() }
	return func(x patch, before, after profile.Profile) (string, bool) {
		was, is := list(&before), list(&after)
		if sameList(was, is) {
			return x.text, true
		}
		from, to, ok := changed(was, is)
		if !ok || from == to {
			return x.text, ok
		}
		blocks, ok := tomledit.Blocks(x.text, key)
		if !ok || len(blocks) != was.Len() {
			return "", false
		}
		old, now := profile.Profile{Standard: x.std.Reference}, profile.Profile{Standard: x.std.Reference}
		list(&old).Set(was.Slice(from, to))
		list(&now).Set(is.Slice(from, is.Len()-(was.Len()-to)))
		start, end := blocks[from].Start, blocks[to-1].End
		doc, piece, ok := written(x.text[start:end], key, old, now)
		if !ok {
			return "", false
		}
		back := reflect.New(was.Type())
		if !readBlocks(doc, piece, key, x.std, o, back.Elem()) || !reflect.DeepEqual(back.Interface(), of(&now)) {
			return "", false
		}
		return x.text[:start] + piece + x.text[end:], true
	}
}

// changed says which entries of a list differ: as many as before, or more at its end. Added ones come with the two that
// stand before them, which show how such entries are laid out.
func changed(was, is reflect.Value) (from, to int, ok bool) {
	same := func(i, j int) bool { return reflect.DeepEqual(addressAt(was, i), addressAt(is, j)) }
	for from < min(was.Len(), is.Len()) && same(from, from) {
		from++
	}
	switch {
	case is.Len() == was.Len():
		to = was.Len()
		for to > from && same(to-1, to-1) {
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
func written(piece, key string, before, after profile.Profile) (doc *tomledit.Doc, out string, ok bool) {
	doc, err := tomledit.Parse([]byte(piece), tomledit.ProfileLimits)
	if err != nil || Write(doc, before, after) != nil {
		return nil, "", false
	}
	out = doc.Text()
	a, okA := tomledit.Blocks(piece, key)
	b, okB := tomledit.Blocks(out, key)
	deepA, deepB := deep(a), deep(b)
	return doc, out, okA && okB && (deepA == deepB || len(b) > len(a) && deepA > 0)
}

// deep is how many headers blocks have besides their own.
func deep(blocks []tomledit.Block) int {
	n := 0
	for _, b := range blocks {
		n += b.Headers - 1
	}
	return n
}

// readBlocks reads the entries of a list by themselves into an empty one.
func readBlocks(doc *tomledit.Doc, piece, key string, std *standard.Standard, o shape, into reflect.Value) bool {
	var m map[string]any
	if _, err := toml.Decode(piece, &m); err != nil || len(m) != 1 {
		return false
	}
	r := &reader{doc: doc, std: std, ids: identifiers{}, own: map[string]string{}}
	for _, t := range (&table{r: r, m: m}).list(key) {
		x := reflect.New(into.Type().Elem())
		o.read(t, x.Interface())
		into.Set(reflect.Append(into, x.Elem()))
	}
	return len(r.faults)+len(r.notes) == 0
}

// sameButLists says whether two records differ in their lists alone.
func sameButLists(a, b profile.Profile) bool {
	for _, p := range []*profile.Profile{&a, &b} {
		p.Rounds, p.Evidence, p.Reflections, p.Goals, p.Reviews = nil, nil, nil, nil, nil
	}
	return reflect.DeepEqual(a, b)
}

// plainLines says whether all lines of a text end alike.
func plainLines(text string) bool {
	n := strings.Count(text, "\r\n")
	return n == 0 || n == strings.Count(text, "\n")
}

func uniqueIDs(p profile.Profile) bool {
	seen := map[string]bool{}
	unique := true
	p.EachID(func(id string) {
		unique = unique && !seen[id]
		seen[id] = true
	})
	return unique
}

// oneOpen says whether no round but the last is open.
func oneOpen(rounds []profile.Round) bool {
	for i, r := range rounds {
		if r.Closed.IsZero() && i < len(rounds)-1 {
			return false
		}
	}
	return true
}
