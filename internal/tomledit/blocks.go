package tomledit

// Block is an element of an array of tables that is written as [[ ]], with all that stands under its header.
type Block struct {
	Start, End int // offsets: from its header, or the comment lines right above that, to where the next block starts
	Headers    int // how many headers it has, its own among them
}

// Blocks finds the elements of the array of tables called name at the top of a text that [Parse] accepts. It makes no
// index of the text. It is false where an element is not written in one piece: where a table that belongs to it stands
// apart from it, or the array is inline.
func Blocks(src, name string) ([]Block, bool) {
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
		_, err := s.keyPath()
		if err != nil || !s.take('=') || !s.below && s.names[0] == s.name {
			return false
		}
		return s.skip() && s.end()
	}
	parts, list, err := s.header()
	if err != nil {
		return false
	}
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
	return s.end()
}

// close ends the block that is open.
func (s *blockScanner) close(at int) {
	if s.inside {
		s.blocks[len(s.blocks)-1].End = at
		s.inside = false
	}
}

func (s *blockScanner) end() bool {
	err := s.lineEnd()
	s.floor = s.pos
	return err == nil
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
