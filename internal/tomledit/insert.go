package tomledit

import "strings"

// insert writes v at the path rest below n, where there is nothing yet.
func (d *Doc) insert(n *node, rest []any, v Value, less func(a, b string) bool) *Error {
	if n.kind == literalKind {
		return d.refuseAt(n, "is a plain value, with nothing in it", "choose another key")
	}
	wrapped, err := wrap(rest[1:], v)
	if err != nil {
		return err
	}
	i, isPosition := rest[0].(int)
	switch {
	case isPosition && n.kind != arrayKind:
		return d.refuseAt(n, "is a table, its parts have names and not numbers", "")
	case isPosition && i != len(n.kids):
		return d.refuseAt(n, "has no such element", "elements are added at the end, one by one")
	case isPosition:
		return d.addElement(n, i, wrapped)
	case n.kind == arrayKind:
		return d.refuseAt(n, "is a list, its parts have numbers and not names", "")
	}
	return d.insertKey(n, rest, wrapped, less)
}

// wrap puts v into the new tables and lists that rest names.
func wrap(rest []any, v Value) (Value, *Error) {
	for i := len(rest) - 1; i >= 0; i-- {
		switch elem := rest[i].(type) {
		case string:
			if elem == "" {
				return nil, refuse(nil, "a key is empty", "")
			}
			v = NewTable().Set(elem, v)
		case int:
			if elem != 0 {
				return nil, refuse(nil, "a new list starts with element 0", "")
			}
			if t, ok := v.(*Table); ok {
				v = Tables(t)
			} else {
				v = Array(v)
			}
		}
	}
	return v, nil
}

// insertKey writes the first key of rest into table t; wrapped is its value, with the others in it.
func (d *Doc) insertKey(t *node, rest []any, wrapped Value, less func(a, b string) bool) *Error {
	if len(rest) > 1 {
		less = nil // it orders the keys of a table that is itself new
	}
	name := rest[0].(string)
	box := t.container()
	if t.inline {
		box = t
	}
	switch {
	case name == "":
		return d.refuseAt(t, "cannot have an empty key", "")
	case box != nil:
		at, prefix := place(d.ix, box.items, t, name, less)
		return d.apply(d.ix.addItem(box, at, prefix+pairText(name, wrapped))...)
	case t.dotted:
		return d.insertDotted(t, rest, wrapped, less)
	case isBlock(wrapped):
		return d.apply(d.ix.addBlock(t, name, wrapped, less))
	case t.explicit:
		return d.apply(d.ix.addLine(t, name, pairText(name, wrapped), less))
	}
	// Only longer headers imply t: it gets a header of its own above the first of them, with the key under it.
	first := d.ix.firstHeader(t)
	indent := d.ix.indent(d.ix.stmts[first].start)
	return d.apply(d.ix.insertAbove(first, indent+"["+d.ix.headerPath(t)+"]", indent+pairText(name, wrapped)))
}

// insertDotted adds a line to the dotted lines of t. Its key has the names of rest up to the first index.
func (d *Doc) insertDotted(t *node, rest []any, wrapped Value, less func(a, b string) bool) *Error {
	name := rest[0].(string)
	text := quoteKey(name)
	for _, elem := range rest[1:] {
		key, ok := elem.(string)
		if !ok {
			break
		}
		text += "." + quoteKey(key)
		wrapped = wrapped.(*Table).vals[0]
	}
	return d.apply(d.ix.addLine(t, name, text+" = "+inlineText(wrapped), less))
}

// siblings are the positions in entries of the keys of t: lines under its header, pairs between its braces, or lines
// and pairs whose dotted key goes through it.
func siblings(entries []entry, t *node) []int {
	var at []int
	for i, e := range entries {
		if !e.header && e.node != t && e.node.under(t) && (e.owner == t || !e.owner.under(t)) {
			at = append(at, i)
		}
	}
	return at
}

// place finds the position in entries for a new key of t, and the prefix that the key needs there: the dotted parts
// that lead to t, with a final dot, or nothing.
func place(ix *index, entries []entry, t *node, name string, less func(a, b string) bool) (at int, prefix string) {
	at = len(entries)
	for _, i := range siblings(entries, t) {
		at = i + 1
		prefix = ix.prefix(entries[i], t)
		if less != nil && less(name, t.toward(entries[i].node).key) {
			return i, prefix
		}
	}
	return at, prefix
}

func (ix *index) prefix(e entry, t *node) string {
	depth := 0
	for p := t; p != e.owner; p = p.parent {
		depth++
	}
	if depth == 0 {
		return ""
	}
	return ix.src[e.parts[0].start:e.parts[depth-1].end] + "."
}

// addLine writes text, a key with its value, among the lines of t.
func (ix *index) addLine(t *node, name, text string, less func(a, b string) bool) splice {
	lines := siblings(ix.stmts, t)
	if len(lines) == 0 {
		return ix.firstLine(t, text)
	}
	at, prefix := place(ix, ix.stmts, t, name, less)
	if last := lines[len(lines)-1]; at > last {
		e := ix.stmts[last]
		return ix.insertLines(ix.lineEnd(e.end), ix.indent(e.start)+prefix+text)
	}
	e := ix.stmts[at]
	from := ix.startWithComments(at)
	if at == 0 {
		from = ix.lineStart(e.start)
	}
	return ix.insertLines(from, ix.indent(e.start)+prefix+text)
}

// firstLine writes the first key of a table that has a header or is the root.
func (ix *index) firstLine(t *node, text string) splice {
	if t != ix.root {
		e := ix.statement(t.val.start)
		return ix.insertLines(ix.commentEnd(ix.lineEnd(e.end)), ix.indent(e.start)+text)
	}
	if len(ix.stmts) == 0 {
		return ix.insertLines(len(ix.src), text)
	}
	top := ix.startWithComments(0)
	if top == ix.lines[0] {
		return ix.insertLines(top, text, "")
	}
	return ix.insertLines(ix.gapAbove(top), text)
}

// firstHeader is the position of the first header that opens t or something below it.
func (ix *index) firstHeader(t *node) int {
	i := 0
	for !ix.stmts[i].header || !ix.stmts[i].node.under(t) {
		i++
	}
	return i
}

// headerPath is the path of t as the first header spells it.
func (ix *index) headerPath(t *node) string {
	depth := len(t.names())
	parts := ix.stmts[ix.firstHeader(t)].parts
	return ix.src[parts[0].start:parts[depth-1].end]
}

// addItem writes text as item i between the brackets of n.
func (ix *index) addItem(n *node, i int, text string) []splice {
	switch {
	case len(n.items) == 0:
		return []splice{ix.firstItem(n, text)}
	case i < len(n.items):
		return []splice{ix.itemBefore(n, i, text)}
	}
	return ix.itemAfter(n, text)
}

func (ix *index) firstItem(n *node, text string) splice {
	inner := span{n.val.start + 1, n.val.end - 1}
	if strings.Contains(ix.src[inner.start:inner.end], "\n") {
		indent := ix.indent(inner.end)
		return ix.insertLines(ix.lineStart(inner.end), indent+"  "+text)
	}
	if n.kind == tableKind {
		text = " " + text + " "
	}
	return splice{inner, text}
}

func (ix *index) itemBefore(n *node, i int, text string) splice {
	at, floor := n.items[i].start, n.val.start+1
	if i > 0 {
		floor = n.items[i-1].comma + 1
	}
	if ix.startsLine(at, floor) {
		return ix.insertLines(commentsAbove(ix.src, ix.lineStart(at), floor), ix.indent(at)+text+",")
	}
	return splice{span{at, at}, text + ", "}
}

func (ix *index) itemAfter(n *node, text string) []splice {
	last := n.items[len(n.items)-1]
	end := max(last.end, last.comma+1)
	ownLine := ix.startsLine(last.start, n.val.start+1) && ix.lineEnd(end) < n.val.end
	switch {
	case ownLine && last.comma >= 0:
		return []splice{ix.insertLines(ix.lineEnd(end), ix.indent(last.start)+text+",")}
	case ownLine:
		comma := splice{span{last.end, last.end}, ","}
		return []splice{comma, ix.insertLines(ix.lineEnd(end), ix.indent(last.start)+text)}
	case last.comma >= 0:
		return []splice{{span{end, end}, " " + text + ","}}
	}
	return []splice{{span{end, end}, ", " + text}}
}

// removeItems removes the items [from:to] between the brackets of n.
func (ix *index) removeItems(n *node, from, to int) []splice {
	first, last := n.items[from], n.items[to-1]
	if to-from == len(n.items) && len(ix.commentsIn(n.val)) == 0 {
		return []splice{{span{n.val.start + 1, n.val.end - 1}, ""}}
	}
	floor := n.val.start + 1
	if from > 0 {
		floor = max(n.items[from-1].end, n.items[from-1].comma+1)
	}
	end := max(last.end, last.comma+1)
	var edits []splice
	if to == len(n.items) && from > 0 && last.comma < 0 {
		comma := n.items[from-1].comma
		edits = append(edits, splice{span{comma, comma + 1}, ""})
	}
	return append(edits, ix.removeItemText(span{first.start, end}, floor, to == len(n.items)))
}

// removeItemText removes the bytes s, which are items with their commas. If nothing else is on their lines, the whole
// lines go. Comments in them stay.
func (ix *index) removeItemText(s span, floor int, atEnd bool) splice {
	lineEnd := ix.lineEnd(s.end)
	rest := strings.TrimLeft(ix.src[s.end:lineEnd], " \t")
	alone := rest[0] == '\r' || rest[0] == '\n' || rest[0] == '#'
	indent := ix.indent(s.start)
	if alone && ix.startsLine(s.start, floor) {
		text := ""
		for _, c := range ix.commentsIn(span{s.start, lineEnd}) {
			text += indent + c + ix.eol
		}
		return splice{span{ix.lineStart(s.start), lineEnd}, text}
	}
	text := ""
	for _, c := range ix.commentsIn(s) {
		text += c + ix.eol + indent
	}
	switch {
	case !atEnd && !alone:
		s.end = lineEnd - len(rest)
	case text == "" && strings.Trim(ix.src[floor:s.start], " \t") == "":
		s.start = floor
	}
	return splice{s, text}
}
