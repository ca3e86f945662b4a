package tomledit

// wantsGap says whether a new header at statement i should have a blank line above it. It does as the nearest header of
// the same kind (top level or deeper) does, looking upwards first.
func (ix *index) wantsGap(i int, top bool) bool {
	for at := i - 1; at > 0; at-- {
		if ix.isHeader(at, top) {
			return ix.hasGap(at)
		}
	}
	for at := max(i, 1); at < len(ix.stmts); at++ {
		if ix.isHeader(at, top) {
			return ix.hasGap(at)
		}
	}
	return top
}

// gapRule is wantsGap at statement i for headers of any depth.
func (ix *index) gapRule(i int) func(depth int) bool {
	return func(depth int) bool { return ix.wantsGap(i, depth == 1) }
}

func (ix *index) isHeader(i int, top bool) bool {
	e := ix.stmts[i]
	return e.header && (len(e.parts) == 1) == top
}

// hasGap says whether statement i has a blank line above it and its comments.
func (ix *index) hasGap(i int) bool {
	top := ix.startWithComments(i)
	return ix.gapAbove(top) < top
}

// block collects the lines of new headers and of the keys under them.
type block struct {
	lines  []string
	indent string
	gap    func(depth int) bool // whether a header of that depth has a blank line above it; depth 1 is the top level
}

func (b *block) header(path string, depth int, list bool) {
	if len(b.lines) > 0 && b.gap(depth) {
		b.lines = append(b.lines, "")
	}
	if list {
		path = "[" + path + "]"
	}
	b.lines = append(b.lines, b.indent+"["+path+"]")
}

// write adds v, which must be a block (see isBlock), under the header path.
func (b *block) write(path string, depth int, v Value) {
	if t, ok := asTable(v); ok {
		b.table(path, depth, t, false)
		return
	}
	for _, elem := range v.(list).elems {
		t, _ := asTable(elem)
		b.table(path, depth, t, true)
	}
}

// table adds a header, unless deeper headers imply it, then the plain keys of t, then the tables in it.
func (b *block) table(path string, depth int, t *Table, list bool) {
	needed := list || t.empty()
	for _, v := range t.all() {
		needed = needed || !isBlock(v)
	}
	if needed {
		b.header(path, depth, list)
	}
	for key, v := range t.all() {
		if !isBlock(v) {
			b.lines = append(b.lines, b.indent+pairText(key, v))
		}
	}
	for key, v := range t.all() {
		if isBlock(v) {
			b.write(path+"."+quoteKey(key), depth+1, v)
		}
	}
}

// addBlock inserts v as a block below t.
func (ix *index) addBlock(t *node, name string, v Value, less func(a, b string) bool) splice {
	path, depth := quoteKey(name), 1+len(t.names())
	if depth > 1 {
		path = ix.headerPath(t) + "." + path
	}
	for i, e := range ix.stmts {
		if less != nil && e.header && e.node != t && e.node.under(t) && less(name, t.toward(e.node).key) {
			b := block{indent: ix.indent(e.start), gap: ix.gapRule(i)}
			b.write(path, depth, v)
			return ix.insertAbove(i, b.lines...)
		}
	}
	at, i := ix.endOf(t)
	b := block{indent: ix.blockIndent(t), gap: ix.gapRule(i)}
	b.write(path, depth, v)
	return ix.insertBlock(at, b.lines, b.gap(depth))
}

// blockIndent is the indentation of a header below t.
func (ix *index) blockIndent(t *node) string {
	for _, e := range ix.stmts {
		if e.header && e.node != t && e.node.under(t) {
			return ix.indent(e.start)
		}
	}
	if t == ix.root || !t.explicit {
		return ""
	}
	return ix.indent(t.val.start)
}

// endOf is the offset where the lines of t and of all below it end, and the number of the statement after them.
func (ix *index) endOf(t *node) (at, next int) {
	if t == ix.root {
		return len(ix.src), len(ix.stmts)
	}
	last := len(ix.stmts) - 1
	for !ix.stmts[last].node.under(t) {
		last--
	}
	return ix.commentEnd(ix.lineEnd(ix.stmts[last].end)), last + 1
}

// insertBlock inserts lines that start with a header, with a blank line above if gap asks for one and there is none
// yet.
func (ix *index) insertBlock(at int, lines []string, gap bool) splice {
	if gap && ix.gapAbove(at) == at && at > ix.lines[0] {
		lines = append([]string{""}, lines...)
	}
	return ix.insertLines(at, lines...)
}

// insertAbove inserts lines that start with a header above the header that is statement i. If that one has a blank line
// above it, both have one afterwards.
func (ix *index) insertAbove(i int, lines ...string) splice {
	top := ix.startWithComments(i)
	gap := ix.hasGap(i)
	if top == ix.lines[0] {
		gap = ix.wantsGap(i, len(ix.stmts[i].parts) == 1)
	}
	if gap {
		lines = append(lines, "")
	}
	return ix.insertLines(top, lines...)
}

// addElement makes v element i of the array n.
func (d *Doc) addElement(n *node, i int, v Value) *Error {
	ix := d.ix
	if n.inline {
		return d.apply(ix.addItem(n, i, inlineText(v))...)
	}
	t, ok := asTable(v)
	if !ok {
		return d.refuseAt(n, "is a list of [[ ]] tables, it cannot hold plain values", "")
	}
	depth := len(n.names())
	at, next := ix.endOf(n.kids[max(i, 1)-1])
	if i < len(n.kids) {
		next = ix.firstHeader(n.kids[i])
	}
	b := block{indent: ix.indent(n.kids[0].at), gap: ix.gapRule(next)}
	b.table(ix.headerPath(n), depth, t, true)
	if i < len(n.kids) {
		return d.apply(ix.insertAbove(next, b.lines...))
	}
	gap := b.gap(depth)
	if last := len(n.kids) - 1; last > 0 {
		gap = ix.hasGap(ix.firstHeader(n.kids[last]))
	}
	return d.apply(ix.insertBlock(at, b.lines, gap))
}

// Block is an element of an array of tables that is written as [[ ]], with everything under its header.
type Block struct {
	Start, End int // offsets: from its header, or the comment lines directly above, to where the next block starts
	Headers    int // how many headers it has, including its own
}

// Blocks finds the elements of the top level array of tables called name, in a text that [Parse] accepts, without the
// cost of an index. It is false if an element is not written in one piece: if a table that belongs to it is somewhere
// else, or the array is inline.
func Blocks(src, name string) (blocks []Block, ok bool) {
	var err *Error
	defer catch(&err) // a text that cannot be read has no blocks
	s := blockScanner{
		lexer: lexer{src: src, pos: textStart(src)}, values: checker{src: src, lim: ProfileLimits},
		name: name, floor: textStart(src),
	}
	for {
		s.skipTrivia()
		s.comments, s.parts = s.comments[:0], s.parts[:0]
		if s.eof() {
			s.closeBlock(len(src))
			return s.blocks, true
		}
		if !s.statement() {
			return nil, false
		}
	}
}

// blockScanner reads headers and keys, and skips values.
type blockScanner struct {
	lexer
	values     checker // skips values
	name       string
	blocks     []Block
	inside     bool // a block of this name is open
	headerSeen bool // the keys of the root table are over
	floor      int  // the end of the line of the previous statement
}

// statement reads a header, or a key with its value. It is false where Blocks is.
func (s *blockScanner) statement() bool {
	from := s.pos
	if !s.at('[') {
		s.keyPath()
		if !s.take('=') || !s.headerSeen && s.names[0] == s.name || !s.skipValue() {
			return false
		}
		s.endStatement()
		return true
	}
	parts, list := s.readHeader()
	s.headerSeen = true
	top := commentsAbove(s.src, lineStart(s.src, from), s.floor)
	switch {
	case s.names[0] != s.name:
		s.closeBlock(top)
	case list && len(parts) == 1:
		s.closeBlock(top)
		s.blocks = append(s.blocks, Block{Start: top, Headers: 1})
		s.inside = true
	case !s.inside:
		return false
	default:
		s.blocks[len(s.blocks)-1].Headers++
	}
	s.endStatement()
	return true
}

// closeBlock ends the open block at an offset.
func (s *blockScanner) closeBlock(at int) {
	if s.inside {
		s.blocks[len(s.blocks)-1].End = at
		s.inside = false
	}
}

func (s *blockScanner) endStatement() {
	s.expectLineEnd()
	s.floor = s.pos
}

// skipValue moves past the value of a key, to the end of its last line.
func (s *blockScanner) skipValue() bool {
	c := &s.values
	c.pos, c.open, c.parts = s.pos, c.open[:0], 1
	for c.pos < len(c.src) && (len(c.open) > 0 || c.src[c.pos] != '\n') {
		if c.step() != nil {
			return false
		}
	}
	s.pos = c.pos
	return len(c.open) == 0
}
