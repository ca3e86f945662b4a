package tomledit

import "slices"

// span is a range of bytes of the text.
type span struct{ start, end int }

type kind uint8

const (
	literalKind kind = iota + 1
	tableKind
	arrayKind
)

// node is a value of the text: a literal, a table or an array. Nodes are built
// once and never changed, so clones of a Doc share them.
type node struct {
	parent *node
	key    string // empty for the root and for elements of arrays
	num    int    // position among the elements of its array
	kind   kind

	inline   bool // written between brackets, so closed to later lines
	explicit bool // a table that the text opens: the root, [x] or [[x]]
	dotted   bool // a table that is a prefix of dotted keys

	at    int     // where its key stands; an element's header or first byte
	val   span    // the bytes of its value; of the header for [x] and [[x]]
	kids  []*node // in order of first appearance
	byKey map[string]*node
	items []entry // what is written between the brackets of an inline node
}

// entry is one thing the text writes: a header, a key with its value (on a line
// of its own or in an inline table), or an element of an inline array.
type entry struct {
	node   *node
	owner  *node  // the table its key counts from; nil for headers
	parts  []span // the key parts as written
	span          // from the key's or header's first byte to the value's last
	comma  int    // offset of the comma behind it, -1 without
	header bool
}

// manyKids is where a map starts to beat looking through a list.
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

// step finds one path element below n: a key of a table, a position in an array.
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

// under says whether n is top or lies below it.
func (n *node) under(top *node) bool {
	for ; n != nil; n = n.parent {
		if n == top {
			return true
		}
	}
	return false
}

// container is the nearest inline table or array around n, nil if n is written by lines of its own.
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
