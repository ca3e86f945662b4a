package tomledit

import "strings"

// Block is an element of an array of tables that is written as [[ ]], with all that stands under its header.
type Block struct {
	Start, End int // offsets: from its header, or the comment lines right above that, to where the next block starts
	Headers    int // how many headers it has, its own among them
}

// Blocks finds the elements of the array of tables called name at the top of a text that [Parse] accepts. It makes no
// index of the text. It is false where an element is not written in one piece: where a table that belongs to it stands
// apart from it, or the array is inline.
func Blocks(src, name string) ([]Block, bool) {
	s := blockScanner{lexer: lexer{src: src, pos: textStart(src)}, name: name}
	for {
		s.trivia()
		s.comments = s.comments[:0]
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
		first, _, err := s.path()
		if err != nil || !s.take('=') || !s.below && first == s.name {
			return false
		}
		s.blank()
		return s.skip() == nil && s.end()
	}
	s.pos++
	list := s.take('[')
	first, parts, err := s.path()
	if err != nil || !s.take(']') || list && !s.take(']') {
		return false
	}
	s.below = true
	switch opens := list && parts == 1; {
	case first != s.name:
		s.close(s.above(from))
	case opens:
		top := s.above(from)
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

// path reads a dotted key and gives its first part and how many there are.
func (s *blockScanner) path() (first string, parts int, err *Error) {
	for {
		s.blank()
		_, name, err := s.keyPart()
		if err != nil {
			return "", 0, err
		}
		if parts++; parts == 1 {
			first = name
		}
		s.blank()
		if !s.take('.') {
			return first, parts, nil
		}
	}
}

// skip passes over a value.
func (s *blockScanner) skip() *Error {
	depth := 0
	for {
		switch {
		case s.eof():
			return s.unexpected("a value")
		case s.at('"') || s.at('\''):
			if err := s.text(); err != nil {
				return err
			}
		case s.take('[') || s.take('{'):
			depth++
		case s.take(']') || s.take('}'):
			depth--
		case depth > 0 && (s.comment() || s.newline() || s.take(' ') || s.take('\t') || s.take(',') || s.take('=')):
		default:
			end := bareEnd(s.src, s.pos)
			if end == s.pos {
				return s.unexpected("a value")
			}
			s.pos = end
		}
		if depth == 0 {
			return nil
		}
	}
}

// above is the start of the line of at, or of the comment lines right above it.
func (s *blockScanner) above(at int) int {
	from := s.lineOf(at)
	for from > s.floor {
		prev := s.lineOf(from - 1)
		if prev < s.floor || !strings.HasPrefix(strings.TrimLeft(s.src[prev:from], " \t"), "#") {
			break
		}
		from = prev
	}
	return from
}

func (s *blockScanner) lineOf(at int) int {
	return max(strings.LastIndexByte(s.src[:at], '\n')+1, textStart(s.src))
}
