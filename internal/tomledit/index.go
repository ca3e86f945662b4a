package tomledit

import (
	"fmt"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"
)

// maxPrealloc is the most statements or nodes to allocate room for in advance. Three years of records need about half.
const maxPrealloc = 1 << 14

// index says which bytes of a text hold which key. It is built once per text and never changed.
type index struct {
	src      string
	root     *node
	nodes    []*node // in order of first appearance, without root
	stmts    []entry // headers and key lines, in order
	comments []span
	lines    []int // offset of each line's first byte
	eol      string
}

func newIndex(src string) (*index, *Error) {
	feeds := strings.Count(src, "\n")
	// Reserving room by the number of lines and values saves copying thousands of entries as the slices grow. The bound
	// keeps a text of nothing but line ends from reserving much.
	stmts, nodes := min(feeds+1, maxPrealloc), min(feeds+strings.Count(src, "="), maxPrealloc)
	b := builder{
		lexer:  lexer{src: src, pos: textStart(src), parts: make([]span, 0, nodes)},
		shapes: map[string]shape{}, stmts: make([]entry, 0, stmts), nodes: make([]*node, 0, nodes),
	}
	b.root = &node{kind: tableKind, explicit: true}
	b.table, b.base = b.root, b.root
	if err := b.build(); err != nil {
		if err.Key == "" {
			err.Key = dotted(append(b.base.names(), b.names...)) // the key that was being read
		}
		return nil, err
	}
	ix := &index{src: src, root: b.root, nodes: b.nodes, stmts: b.stmts, comments: b.comments, eol: "\n"}
	if 2*strings.Count(src, "\r\n") > feeds {
		ix.eol = "\r\n"
	}
	ix.lines = append(make([]int, 0, feeds+1), textStart(src))
	for at := 0; feeds > 0; feeds-- {
		at += 1 + strings.IndexByte(src[at:], '\n')
		ix.lines = append(ix.lines, at)
	}
	return ix, nil
}

// pos is posAt, faster: it looks the line up.
func (ix *index) pos(at int) Pos {
	line := sort.SearchInts(ix.lines, at+1) - 1
	return Pos{Line: line + 1, Col: 1 + utf8.RuneCountInString(ix.src[ix.lines[line]:at])}
}

// find walks down path as far as it exists, and returns the last node there and the rest of the path.
func (ix *index) find(path []any) (*node, []any) {
	n := ix.root
	for i, elem := range path {
		next := n.step(elem)
		if next == nil {
			return n, path[i:]
		}
		n = next
	}
	return n, nil
}

// shape is what the decoder remembers of a key, by its names alone; see checkShape.
type shape bool

const (
	arrayShape shape = true
	tableShape shape = false
)

// builder reads a text from top to bottom and makes the nodes and entries of its index.
type builder struct {
	lexer
	root, table *node // table is the one that the current lines belong to
	nodes       []*node
	stmts       []entry
	items       []entry // a stack: the items read so far of the inline nodes that are still open
	base        *node   // where the key being read starts; base and names together are what errors call it
	shapes      map[string]shape
	spare       []node // allocated and not yet used
}

func (b *builder) build() (err *Error) {
	defer catch(&err)
	for {
		b.skipTrivia()
		if b.eof() {
			return nil
		}
		var e entry
		if b.at('[') {
			e = b.headerLine()
		} else {
			e = b.pair(b.table)
		}
		b.stmts = append(b.stmts, e)
		b.expectLineEnd()
	}
}

// setErrorKey makes n the key that errors name.
func (b *builder) setErrorKey(n *node) { b.base, b.names = n, b.names[:0] }

// add makes a node under parent. Nodes are allocated in batches, since a text has thousands.
func (b *builder) add(parent *node, key string, at int, k kind) *node {
	if len(b.spare) == 0 {
		b.spare = make([]node, 64)
	}
	n := &b.spare[0]
	b.spare = b.spare[1:]
	n.parent, n.key, n.at, n.kind, n.num = parent, key, at, k, len(parent.kids)
	parent.adopt(n)
	b.nodes = append(b.nodes, n)
	return n
}

func (b *builder) headerLine() entry {
	b.base = b.root
	from := b.pos
	parts, list := b.readHeader()
	last := len(parts) - 1
	n := b.openTable(b.descend(b.root, parts, false), b.names[last], parts[last], list, from)
	n.val = span{from, b.pos}
	b.table = n
	b.setErrorKey(n)
	return entry{node: n, parts: parts, span: n.val, comma: -1, header: true}
}

// descend walks from t down all but the last part of the key just read, making the tables that are not there yet. The
// key is dotted, or else that of a header.
func (b *builder) descend(t *node, parts []span, dotted bool) *node {
	for i, name := range b.names[:len(parts)-1] {
		kid := t.child(name)
		switch {
		case kid == nil:
			kid = b.add(t, name, parts[i].start, tableKind)
			b.checkShape(kid, tableShape)
		case kid.inline || kid.kind == literalKind || dotted && kid.kind == arrayKind:
			panic(b.clash(kid, parts[i], "is a value"))
		case kid.kind == arrayKind:
			kid = kid.kids[len(kid.kids)-1]
		case dotted && kid.explicit:
			panic(b.clash(kid, parts[i], "is a table already"))
		}
		kid.dotted = kid.dotted || dotted
		t = kid
	}
	return t
}

// openTable makes the table of a header, or marks the one that longer headers have implied so far as opened.
func (b *builder) openTable(parent *node, name string, part span, list bool, from int) *node {
	n := parent.child(name)
	switch {
	case list && n == nil:
		n = b.add(parent, name, part.start, arrayKind)
	case list && (n.kind != arrayKind || n.inline):
		panic(b.clash(n, part, "is not a list of [[ ]] tables"))
	case list:
	case n == nil:
		n = b.add(parent, name, part.start, tableKind)
	case n.kind == arrayKind && !n.inline:
		panic(b.clash(n, part, "is a list of [[ ]] tables"))
	case n.kind != tableKind || n.inline:
		panic(b.clash(n, part, "is a value"))
	case n.explicit || n.dotted:
		panic(b.clash(n, part, "is a table already"))
	default:
		n.at = part.start
	}
	if list {
		n = b.add(n, "", from, tableKind)
	}
	n.explicit = true
	return n
}

// clash is the error for a key that is already used for n.
func (b *builder) clash(n *node, part span, what string) *Error {
	err := fault(b.src, part.start, fmt.Sprintf("%s %s, on line %d", dotted(n.names()), what, posAt(b.src, n.at).Line),
		"rename or remove one of the two")
	err.Key = dotted(n.names())
	return err
}

func (b *builder) pair(owner *node) entry {
	b.base = owner
	parts := b.keyPath()
	if !b.take('=') {
		panic(b.unexpected("= after the key"))
	}
	b.skipBlanks()
	t := b.descend(owner, parts, true)
	last := len(parts) - 1
	if old := t.child(b.names[last]); old != nil {
		panic(b.clash(old, parts[last], "is there already"))
	}
	n := b.add(t, b.names[last], parts[last].start, literalKind)
	b.value(n)
	b.setErrorKey(n)
	return entry{node: n, owner: owner, parts: parts, span: span{parts[0].start, b.pos}, comma: -1}
}

// checkShape refuses a key that is an inline array in one element of a list and a table made by sub-keys in another.
// That is legal TOML, but BurntSushi/toml 1.6.0 remembers such facts by name for all elements at once and then drops
// keys.
func (b *builder) checkShape(n *node, s shape) {
	inList := false
	for p := n.parent; p != nil && !inList; p = p.parent {
		inList = p.kind == arrayKind
	}
	if !inList || n.key == "" {
		return
	}
	name := strings.Join(n.names(), "\x00")
	if old, seen := b.shapes[name]; seen && old != s {
		err := fault(b.src, n.at, dotted(n.names())+" is a list in one place and a table in another",
			"write it the same way everywhere")
		err.Key = dotted(n.names())
		panic(err)
	}
	b.shapes[name] = s
}

// value reads the value of n. Check has bounded the nesting, and so the recursion.
func (b *builder) value(n *node) {
	n.val.start = b.pos
	switch {
	case b.at('"') || b.at('\''):
		b.readString()
	case b.at('['):
		b.array(n)
	case b.at('{'):
		n.kind, n.inline = tableKind, true
		b.readItems(n, '}', "table", func() entry { return b.pair(n) })
	default:
		b.bareValue()
	}
	n.val.end = b.pos
}

func (b *builder) bareValue() {
	end := bareEnd(b.src, b.pos)
	word := b.src[b.pos:end]
	if isBareLiteral(word) {
		b.pos = end
		return
	}
	if word == "" || !isBareByte(word[0]) && word[0] != '+' && word[0] != '.' {
		panic(b.unexpected("a value"))
	}
	hint := `text goes between straight quotes: "`
	switch {
	case word == "True" || word == "TRUE" || word == "False" || word == "FALSE":
		hint = "true and false are written in small letters"
	case isDigit(word[0]):
		hint = `a date is written 2025-09-15, a number 3 or 2.5; anything else needs quotes: "`
	}
	panic(fault(b.src, b.pos, quote(word)+" is not a value", hint))
}

func (b *builder) array(n *node) {
	n.kind, n.inline = arrayKind, true
	b.checkShape(n, arrayShape)
	b.readItems(n, ']', "list", func() entry {
		kid := b.add(n, "", b.pos, literalKind)
		b.value(kid)
		b.setErrorKey(n)
		return entry{node: kid, owner: n, span: kid.val, comma: -1}
	})
}

// readItems reads the items between the brackets of n.
func (b *builder) readItems(n *node, closing byte, what string, item func() entry) {
	open, mark := b.pos, len(b.items)
	b.pos++
	for more := true; more; {
		b.skipTrivia()
		if b.take(closing) {
			break
		}
		if b.eof() {
			panic(fault(b.src, open, "the "+what+" that starts here is never closed",
				"add the missing "+string(closing)))
		}
		e := item() // first, because it puts its own items on the stack meanwhile
		b.items = append(b.items, e)
		b.skipTrivia()
		if more = b.at(','); more {
			b.items[len(b.items)-1].comma = b.pos
			b.pos++
		} else if !b.take(closing) {
			panic(b.unexpected("a comma or " + string(closing)))
		}
	}
	n.items = append(make([]entry, 0, len(b.items)-mark), b.items[mark:]...)
	b.items = b.items[:mark]
}

type span struct{ start, end int }

type kind uint8

const (
	literalKind kind = iota + 1
	tableKind
	arrayKind
)

// node is a value of the text: a literal, a table or an array. Nodes never change once the index is built, so copies of
// a Doc share them.
type node struct {
	parent *node
	key    string // empty for the root and for elements of arrays
	num    int    // position among the elements of its array
	kind   kind

	inline   bool // written between brackets, so later lines cannot add to it
	explicit bool // a table that the text opens: the root, [x] or [[x]]
	dotted   bool // a table that is a prefix of dotted keys

	at    int              // where its key is; for an element, its header or first byte
	val   span             // the bytes of its value; of the header for [x] and [[x]]
	kids  []*node          // in order of first appearance
	byKey map[string]*node // the kids of a large table; nil for a small one
	items []entry          // what is written between the brackets of an inline node
}

// entry is one thing as written: a header, a key with its value (on a line of its own or in an inline table), or an
// element of an inline array. A table that is only implied has none.
type entry struct {
	node   *node
	owner  *node  // the table that its key is relative to; nil for headers
	parts  []span // the parts of the key as written
	span          // from the first byte of the key or header to just past the value
	comma  int    // offset of the comma after it; -1 for none
	header bool
}

// manyKids is the size from which a map is faster than searching the list.
const manyKids = 8

func (n *node) child(key string) *node {
	if n.byKey != nil {
		return n.byKey[key]
	}
	for _, kid := range n.kids {
		if kid.key == key {
			return kid
		}
	}
	return nil
}

func (n *node) adopt(kid *node) {
	n.kids = append(n.kids, kid)
	switch {
	case n.kind == arrayKind:
	case n.byKey != nil:
		n.byKey[kid.key] = kid
	case len(n.kids) > manyKids:
		n.byKey = make(map[string]*node, 2*manyKids)
		for _, k := range n.kids {
			n.byKey[k.key] = k
		}
	}
}

// step finds the node directly below n that a path element names; nil for none.
func (n *node) step(elem any) *node {
	switch e := elem.(type) {
	case string:
		if n.kind == tableKind {
			return n.child(e)
		}
	case int:
		if n.kind == arrayKind && e >= 0 && e < len(n.kids) {
			return n.kids[e]
		}
	}
	return nil
}

func (n *node) isElement() bool { return n.parent != nil && n.parent.kind == arrayKind }

// under says whether n is top or something below it.
func (n *node) under(top *node) bool {
	for ; n != nil; n = n.parent {
		if n == top {
			return true
		}
	}
	return false
}

// container is the nearest inline table or array around n; nil if n has lines of its own.
func (n *node) container() *node {
	for p := n.parent; p != nil; p = p.parent {
		if p.inline {
			return p
		}
	}
	return nil
}

// toward is the child of n on the way down to below.
func (n *node) toward(below *node) *node {
	for below.parent != n {
		below = below.parent
	}
	return below
}

// names are the keys from the root to n, without array positions, as in headers.
func (n *node) names() []string {
	if n.parent == nil {
		return nil
	}
	names := n.parent.names()
	if n.isElement() {
		return names
	}
	return append(names, n.key)
}

func (n *node) path() []any {
	if n.parent == nil {
		return nil
	}
	if n.isElement() {
		return append(n.parent.path(), n.num)
	}
	return append(n.parent.path(), n.key)
}

// holdsTables says whether n is an array with a table directly in it.
func (n *node) holdsTables() bool {
	return slices.ContainsFunc(n.kids, func(kid *node) bool { return kid.kind == tableKind })
}
