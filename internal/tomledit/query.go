package tomledit

import "fmt"

// Doc is a TOML text with an index of keys to bytes. Edits replace the text in place; one that fails leaves it
// unchanged. Paths are strings for keys and ints for elements of arrays, counted from 0: "round", 1, "self", "K7". A
// path with anything else in it panics. A Doc may be read by many goroutines at once, but not while one edits it.
type Doc struct {
	lim Limits
	ix  *index
}

// Parse checks src against lim, then finds its keys. A failure is an *[Error]. It is more lenient than a decoder about
// the size of numbers only. It refuses what TOML forbids even where BurntSushi/toml lets it pass (a table opened twice,
// dotted keys into a table that has a header), and two things that TOML allows and the decoder gets wrong: an empty
// key, and a key that is an inline array in one element of a list but a table made by sub-keys in another.
func Parse(src []byte, lim Limits) (*Doc, error) {
	if err := Check(src, lim); err != nil {
		return nil, err
	}
	ix, err := newIndex(string(src))
	if err != nil {
		return nil, err
	}
	return &Doc{lim: lim, ix: ix}, nil
}

// Bytes returns a copy of the text.
func (d *Doc) Bytes() []byte { return []byte(d.ix.src) }

// Text returns the text.
func (d *Doc) Text() string { return d.ix.src }

// Has says whether the text writes the node at path. Tables that are only
// implied by a longer header or a dotted key count.
func (d *Doc) Has(path ...any) bool {
	_, ok := d.node(path)
	return ok
}

// Pos is where the key of the node at path stands. For an element of an array it is the element's [[header]] or first
// byte; for a table written in several places its own header if it has one, else the first mention.
func (d *Doc) Pos(path ...any) (Pos, bool) {
	n, ok := d.node(path)
	if !ok {
		return Pos{}, false
	}
	return d.ix.pos(max(n.at, d.ix.lines[0])), true
}

// Len is the number of elements of the array at path, inline or of tables. It is 0 for anything else.
func (d *Doc) Len(path ...any) int {
	n, ok := d.node(path)
	if !ok || n.kind != arrayKind {
		return 0
	}
	return len(n.kids)
}

// Keys are the keys directly below the table at path, in order of first appearance; nil if it is not a table.
func (d *Doc) Keys(path ...any) []string {
	n, ok := d.node(path)
	if !ok || n.kind != tableKind {
		return nil
	}
	return each(n.kids, func(kid *node) string { return kid.key })
}

func (d *Doc) node(path []any) (*node, bool) {
	mustPath(path)
	n, rest := d.ix.find(path)
	return n, len(rest) == 0
}

func mustPath(path []any) {
	for _, elem := range path {
		switch elem.(type) {
		case string, int:
		default:
			panic(fmt.Sprintf("tomledit: a path holds strings and ints, not %T", elem))
		}
	}
}
