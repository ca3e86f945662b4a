package tomledit

import (
	"slices"
	"strings"
)

// Set makes v the value at path. It changes nothing if it is that already.
//
// An existing literal or array of literals keeps its place, spacing and comment; only the bytes that differ are
// replaced. If v and the existing node are both tables, the keys of v are set one by one and other keys stay. If both
// are lists, the equal elements at the start and end stay, those between are set one by one, and the rest are added or
// deleted; an empty list removes [[ ]] blocks and writes []. A literal cannot replace a table, nor a table a literal,
// not even within a list.
//
// A missing node is written into its nearest existing ancestor in that ancestor's style: a line under a header, a pair
// in an inline table, a dotted line next to dotted lines. A *[Table] or [Tables] under a header, and missing tables on
// the way, become [a.b] or [[a.b]] blocks; the package comment says where. An index just past the end of an array adds
// an element.
//
// If less is not nil and the last key of path is new in an existing table, that key is written before the first key s
// of the text for which less(key, s) holds.
func (d *Doc) Set(v Value, less func(a, b string) bool, path ...any) error {
	return d.edit(path, func(w *Doc) *Error {
		if msg := problem(v, w.lim.Depth); msg != "" {
			return refuse(path, msg, "")
		}
		if err := w.set(v, less, path); err != nil {
			return err
		}
		if n, rest := w.ix.find(path); len(rest) == 0 && w.ix.same(n, v) {
			return nil
		}
		return refuse(path, "the change is not possible: the text would read back differently",
			"keys must be valid UTF-8")
	})
}

// Insert makes t element i of the array of tables at path and moves those from i on up by one; an i past the end means
// the end. It writes a [[ ]] block after all that belongs to the element before, or an inline table if the array is
// inline. A missing array is made, as [Doc.Set] would make it from [Tables].
func (d *Doc) Insert(t *Table, i int, path ...any) error {
	return d.edit(path, func(w *Doc) *Error {
		if msg := problem(t, w.lim.Depth); msg != "" {
			return refuse(path, msg, "")
		}
		n, rest := w.ix.find(path)
		switch {
		case len(rest) > 0:
			return w.insert(n, rest, Tables(t), nil)
		case n.kind != arrayKind:
			return w.refuseAt(n, "is not a list", "a list is written as [[ ]] tables or between [ and ]")
		case len(n.kids) > 0 && !n.holdsTables():
			return w.refuseAt(n, "is a list of plain values, not of tables", "choose another key")
		}
		return w.addElement(n, max(min(i, len(n.kids)), 0), t)
	})
}

// edit runs do on a copy of d and takes the copy over only if all went well.
func (d *Doc) edit(path []any, do func(w *Doc) *Error) error {
	mustPath(path)
	w := *d
	err := do(&w)
	if err == nil {
		err = w.endLike(d.ix.src)
	}
	if err == nil {
		*d = w
		return nil
	}
	if err.Key == "" {
		err.Key = refuse(path, "", "").Key
	}
	return err
}

// endLike removes the final line end if src has none.
func (d *Doc) endLike(src string) *Error {
	text := d.ix.src
	if src == "" || strings.HasSuffix(src, "\n") || !strings.HasSuffix(text, "\n") {
		return nil
	}
	at := len(strings.TrimSuffix(strings.TrimSuffix(text, "\n"), "\r"))
	return d.apply(splice{span{at, len(text)}, ""})
}

// refuse makes the Error of an edit where there is no place in the text to point at.
func refuse(path []any, msg, hint string) *Error {
	var names []string
	for _, elem := range path {
		if name, ok := elem.(string); ok {
			names = append(names, name)
		}
	}
	return &Error{Key: dotted(names), Msg: msg, Hint: hint}
}

// refuseAt makes the Error of an edit that the node n rules out.
func (d *Doc) refuseAt(n *node, msg, hint string) *Error {
	err := refuse(n.path(), msg, hint)
	if err.Key != "" {
		err.Msg = err.Key + " " + err.Msg
	}
	err.Pos = d.ix.pos(max(n.at, d.ix.lines[0]))
	return err
}

func (d *Doc) set(v Value, less func(a, b string) bool, path []any) *Error {
	n, rest := d.ix.find(path)
	if len(rest) > 0 {
		return d.insert(n, rest, v, less)
	}
	if t, ok := asTable(v); ok {
		return d.setTable(n, t, path)
	}
	l, isList := v.(list)
	isTable := func(elem Value) bool { _, ok := asTable(elem); return ok }
	switch {
	case isList && n.kind == arrayKind:
		return d.setList(l, path)
	case n.kind == tableKind || n.holdsTables():
		return d.refuseAt(n, "holds tables and cannot become a plain value", "delete it first, or choose another key")
	case isList && slices.ContainsFunc(l.elems, isTable):
		return d.refuseAt(n, "is a plain value and cannot become a list of tables",
			"delete it first, or choose another key")
	case d.ix.same(n, v):
		return nil
	}
	return d.apply(d.ix.replace(n, inlineText(v))...)
}

func (d *Doc) setTable(n *node, t *Table, path []any) *Error {
	if n.kind != tableKind {
		return d.refuseAt(n, "is not a table and cannot become one", "delete it first, or choose another key")
	}
	for key, v := range t.all() {
		if err := d.set(v, nil, extend(path, key)); err != nil {
			return err
		}
	}
	return nil
}

// setList is Set for a list over a list. It looks n up again after each edit, because that makes a new index.
func (d *Doc) setList(l list, path []any) *Error {
	n, _ := d.ix.find(path)
	before, after := len(n.kids), len(l.elems)
	head, tail := 0, 0
	for head < min(before, after) && d.ix.same(n.kids[head], l.elems[head]) {
		head++
	}
	for tail < min(before, after)-head && d.ix.same(n.kids[before-1-tail], l.elems[after-1-tail]) {
		tail++
	}
	overlap := min(before, after) - tail // from head to here the elements are set in place
	for i := head; i < overlap; i++ {
		if err := d.set(l.elems[i], nil, extend(path, i)); err != nil {
			return err
		}
	}
	for i := overlap; i < after-tail; i++ {
		n, _ := d.ix.find(path)
		if err := d.addElement(n, i, l.elems[i]); err != nil {
			return err
		}
	}
	if overlap == before-tail {
		return nil
	}
	n, _ = d.ix.find(path)
	if err := d.remove(n.kids[overlap : before-tail]...); err != nil || after > 0 || n.inline {
		return err
	}
	return d.set(l, nil, path) // the key went with its last block: write []
}

func extend(path []any, elem any) []any { return append(path[:len(path):len(path)], elem) }

// same says whether setting n to v would change nothing.
func (ix *index) same(n *node, v Value) bool {
	if t, ok := asTable(v); ok {
		for key, v := range t.all() {
			if kid := n.child(key); kid == nil || !ix.same(kid, v) {
				return false
			}
		}
		return n.kind == tableKind
	}
	if l, ok := v.(list); ok {
		return n.kind == arrayKind && slices.EqualFunc(n.kids, l.elems, ix.same)
	}
	return n.kind == literalKind && canonical(ix.src[n.val.start:n.val.end]) == v.(literal).text
}

// Delete removes the key, table or element at path and everything below it, wherever in the text it is written. If
// there is nothing at path it does nothing, without an error. A table that existed only as part of longer headers or of
// dotted keys disappears with its last key, and a list of [[ ]] tables with its last block; a table with a header or
// braces of its own stays, and so does an inline array.
//
// Comments stay: those above a removed line where they are, those on it or in it as lines of their own. Where blank
// lines above and below a removed block would meet, one group of them is removed too.
func (d *Doc) Delete(path ...any) error {
	return d.edit(path, func(w *Doc) *Error {
		n, rest := w.ix.find(path)
		switch {
		case len(rest) > 0:
			return nil
		case n == w.ix.root:
			return refuse(path, "the whole text cannot be deleted", "name a key")
		}
		return w.remove(n)
	})
}

// remove deletes nodes that are all in the same container, or all have lines of their own.
func (d *Doc) remove(nodes ...*node) *Error {
	gone := func(e entry) bool { return slices.ContainsFunc(nodes, e.node.under) }
	ix := d.ix
	var edits []splice
	if box := nodes[0].container(); box != nil {
		eachRun(box.items, gone, func(from, to int) { edits = append(edits, ix.removeItems(box, from, to)...) })
	} else {
		eachRun(ix.stmts, gone, func(from, to int) { edits = append(edits, ix.removeLines(from, to)) })
	}
	return d.apply(edits...)
}

// eachRun calls do for each longest run entries[from:to] whose entries are all gone.
func eachRun(entries []entry, gone func(entry) bool, do func(from, to int)) {
	for from := 0; from < len(entries); from++ {
		to := from
		for to < len(entries) && gone(entries[to]) {
			to++
		}
		if to > from {
			do(from, to)
			from = to
		}
	}
}

// removeLines removes the statements [from:to] and leaves their comments.
func (ix *index) removeLines(from, to int) splice {
	start := ix.lineStart(ix.stmts[from].start)
	end := ix.lineEnd(ix.stmts[to-1].end)
	kept := ix.keptLines(from, to)
	if len(kept) > 0 {
		return splice{span{start, end}, strings.Join(kept, ix.eol) + ix.eol}
	}
	above, below := ix.gapAbove(start), ix.gapBelow(end)
	switch {
	case above == ix.lines[0] && below == len(ix.src):
		return splice{span{above, below}, ""}
	case above == ix.lines[0]:
		return splice{span{start, below}, ""}
	case below == len(ix.src) || below > end:
		return splice{span{above, end}, ""}
	}
	return splice{span{start, end}, ""}
}

// keptLines are the comments in and between the statements [from:to], with one blank line where there were blank lines
// between them.
func (ix *index) keptLines(from, to int) []string {
	var kept []string
	gap := false
	keep := func(lines ...string) {
		if len(lines) > 0 && gap && len(kept) > 0 {
			kept = append(kept, "")
		}
		kept = append(kept, lines...)
		gap = gap && len(lines) == 0
	}
	for i := from; i < to; i++ {
		e := ix.stmts[i]
		at := ix.lineStart(e.start)
		if i > from {
			for line := ix.floor(i); line < at; line = ix.lineEnd(line) {
				if ix.isBlank(line) {
					gap = true
					continue
				}
				keep(strings.TrimRight(ix.src[line:ix.lineEnd(line)], "\r\n"))
			}
		}
		keep(prefixed(ix.indent(e.start), ix.commentsIn(span{e.start, ix.lineEnd(e.end)}))...)
	}
	return kept
}
