package tomledit

// gapAt says whether a new header, of the top level or a deeper one, has a blank line above it: it copies the habit of
// the nearest headers, those before statement i first.
func (ix *index) gapAt(i int, top bool) bool {
	for at := i - 1; at > 0; at-- {
		if ix.isHeader(at, top) {
			return ix.gapped(at)
		}
	}
	for at := max(i, 1); at < len(ix.stmts); at++ {
		if ix.isHeader(at, top) {
			return ix.gapped(at)
		}
	}
	return top
}

func (ix *index) gapsAt(i int) func(depth int) bool {
	return func(depth int) bool { return ix.gapAt(i, depth == 1) }
}

func (ix *index) isHeader(i int, top bool) bool {
	e := ix.stmts[i]
	return e.header && (len(e.parts) == 1) == top
}

func (ix *index) gapped(i int) bool {
	top := ix.top(i)
	return ix.gapAbove(top) < top
}

// block collects the lines of new headers and what stands under them.
type block struct {
	lines  []string
	indent string
	gap    func(depth int) bool // whether a header of that depth has a blank line above it
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

// write adds v, for which isBlock holds, under the header path.
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

// table writes a header, unless deeper headers imply it, then the plain keys of t, then the tables in it.
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

// addBlock writes v with headers of its own below t.
func (ix *index) addBlock(t *node, name string, v Value, less func(a, b string) bool) splice {
	path, depth := quoteKey(name), 1+len(t.names())
	if depth > 1 {
		path = ix.headerPath(t) + "." + path
	}
	for i, e := range ix.stmts {
		if less != nil && e.header && e.node != t && e.node.under(t) && less(name, t.toward(e.node).key) {
			b := block{indent: ix.indent(e.start), gap: ix.gapsAt(i)}
			b.write(path, depth, v)
			return ix.newLinesAbove(i, b.lines...)
		}
	}
	at, i := ix.endOf(t)
	b := block{indent: ix.blockIndent(t), gap: ix.gapsAt(i)}
	b.write(path, depth, v)
	return ix.newBlock(at, b.lines, b.gap(depth))
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

// endOf is the offset where the lines of t and all below it end, and the number of the statement that follows.
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

// newBlock inserts lines that start with a header, a blank line above if wanted.
func (ix *index) newBlock(at int, lines []string, gap bool) splice {
	if gap && ix.gapAbove(at) == at && at > ix.lines[0] {
		lines = append([]string{""}, lines...)
	}
	return ix.newLines(at, lines...)
}

// newLinesAbove inserts lines that start with a header above the header of
// statement i, keeping the blank line that parts it from what stands above it.
func (ix *index) newLinesAbove(i int, lines ...string) splice {
	top := ix.top(i)
	gap := ix.gapAbove(top) < top
	if top == ix.lines[0] {
		gap = ix.gapAt(i, len(ix.stmts[i].parts) == 1)
	}
	if gap {
		lines = append(lines, "")
	}
	return ix.newLines(top, lines...)
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
		next = ix.header(n.kids[i])
	}
	b := block{indent: ix.indent(n.kids[0].at), gap: ix.gapsAt(next)}
	b.table(ix.headerPath(n), depth, t, true)
	if i < len(n.kids) {
		return d.apply(ix.newLinesAbove(next, b.lines...))
	}
	gap := b.gap(depth)
	if last := len(n.kids) - 1; last > 0 {
		gap = ix.gapped(ix.header(n.kids[last]))
	}
	return d.apply(ix.newBlock(at, b.lines, gap))
}

// Block is an element of an array of tables that is written as [[ ]], with all that stands under its header.
type Block struct {
	Start, End int // offsets: from its header, or the comment lines right above that, to where the next block starts
	Headers    int // how many headers it has, its own among them
}

// Blocks finds the elements of the array of tables called name at the top of a text that [Parse] accepts. It makes no
// index of the text. It is false where an element is not written in one piece: where a table that belongs to it stands
// apart from it, or the array is inline.
func Blocks(src, name string) (blocks []Block, ok bool) {
	var err *Error
	defer catch(&err) // where the text cannot be read there are none
	s := blockScanner{
		lexer: lexer{src: src, pos: textStart(src)}, values: checker{src: src, lim: ProfileLimits},
		name: name, floor: textStart(src),
	}
	for {
		s.trivia()
		s.comments, s.parts = s.comments[:0], s.parts[:0]
		if s.eof() {
			s.close(len(src))
			return s.blocks, true
		}
		if !s.statement() {
			return nil, false
		}
	}
}

type blockScanner struct {
	lexer
	values checker // passes over them
	name   string
	blocks []Block
	inside bool // a block of this name is open
	below  bool // some header was there
	floor  int  // the end of the line of the statement before
}

// statement passes over a header or a key with its value.
func (s *blockScanner) statement() bool {
	from := s.pos
	if !s.at('[') {
		s.keyPath()
		if !s.take('=') || !s.below && s.names[0] == s.name || !s.skip() {
			return false
		}
		s.end()
		return true
	}
	parts, list := s.header()
	s.below = true
	switch opens := list && len(parts) == 1; {
	case s.names[0] != s.name:
		s.close(above(s.src, lineStart(s.src, from), s.floor))
	case opens:
		top := above(s.src, lineStart(s.src, from), s.floor)
		s.close(top)
		s.blocks = append(s.blocks, Block{Start: top, Headers: 1})
		s.inside = true
	case !s.inside:
		return false
	default:
		s.blocks[len(s.blocks)-1].Headers++
	}
	s.end()
	return true
}

// close ends the block that is open.
func (s *blockScanner) close(at int) {
	if s.inside {
		s.blocks[len(s.blocks)-1].End = at
		s.inside = false
	}
}

func (s *blockScanner) end() {
	s.lineEnd()
	s.floor = s.pos
}

// skip passes over the value of a key.
func (s *blockScanner) skip() bool {
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
