package tomledit

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"
)

// Check refuses a text that would cost a parser too much memory or time, or that cannot be one of our files: too large,
// too deep, too many keys, not UTF-8, NUL bytes or other control characters, a lone carriage return, a string that
// never ends, merge conflict markers. The error is an *[Error] that says what to do. A UTF-8 byte order mark at the
// start is accepted.
//
// It takes linear time, does not recurse, and allocates at most one copy of a text within the size limit. A text that
// it accepts need not be valid TOML.
func Check(src []byte, lim Limits) error {
	err := checkSize(len(src), lim)
	if err == nil {
		err = checkEncoding(src)
	}
	if err == nil {
		return CheckText(string(src), lim)
	}
	return err
}

// CheckText is [Check] for a text that is known to be UTF-8, such as one put together from checked texts. It makes no
// copy.
func CheckText(text string, lim Limits) error {
	if err := checkText(text, lim); err != nil {
		return err
	}
	return nil // not err: a nil *Error in an error is not nil
}

func checkSize(size int, lim Limits) *Error {
	if size <= lim.Size {
		return nil
	}
	msg := fmt.Sprintf("the file is too large: %d bytes, at most %d", size, lim.Size)
	return &Error{Pos: Pos{1, 1}, Msg: msg, Hint: "check that this is the right file"}
}

func checkEncoding(src []byte) *Error {
	const resave = "open it in an editor and save it as UTF-8"
	if bytes.HasPrefix(src, []byte("\xff\xfe")) || bytes.HasPrefix(src, []byte("\xfe\xff")) {
		return &Error{Pos: Pos{1, 1}, Msg: "the file is UTF-16, not UTF-8", Hint: resave}
	}
	if at := bytes.IndexByte(src, 0); at >= 0 {
		head := src[:min(len(src), 64)]
		if at < 2 && len(head) > 2 && 2*bytes.Count(head, []byte{0}) <= len(head)+1 {
			return &Error{Pos: Pos{1, 1}, Msg: "the file looks like UTF-16, not UTF-8", Hint: resave}
		}
		return fault(string(src[:at]), at, "the file contains a NUL byte",
			"it was damaged, perhaps by a crash or a full disk")
	}
	if at := invalidAt(src); at >= 0 {
		return fault(string(src[:at]), at, "the file contains bytes that are not UTF-8",
			"if the file is whole, "+resave+"; or was it cut off?")
	}
	return nil
}

func invalidAt(src []byte) int {
	if utf8.Valid(src) {
		return -1
	}
	for at := 0; ; {
		r, size := utf8.DecodeRune(src[at:])
		if r == utf8.RuneError && size == 1 {
			return at
		}
		at += size
	}
}

// checker walks over a text, skipping its strings and comments, and counts brackets and keys. It does not parse: it may
// count too much but never too little, so it bounds whatever a parser would build before its first error.
type checker struct {
	src       string
	lim       Limits
	pos       int
	open      []byte // the brackets open at pos
	parts     int    // parts of the key or header being read
	keys      int
	header    bool // inside the brackets of a header
	lineStart bool // only blanks on this line so far
}

func checkText(src string, lim Limits) *Error {
	if err := checkSize(len(src), lim); err != nil {
		return err
	}
	c := checker{src: src, lim: lim, pos: textStart(src), parts: 1, lineStart: true}
	for c.pos < len(src) {
		if err := c.step(); err != nil {
			return err
		}
		if c.keys > lim.Keys {
			return fault(src, c.pos-1, fmt.Sprintf("the file has more than %d keys and list elements", lim.Keys),
				"check that this is the right file")
		}
	}
	return nil
}

// step reads one character, string or comment, and moves past it.
func (c *checker) step() *Error {
	ch, lineStart := c.src[c.pos], c.lineStart
	if ch == '<' || ch == '=' || ch == '>' || ch == '|' {
		if err := c.conflictMarker(); err != nil {
			return err
		}
	}
	switch ch {
	case ' ', '\t':
		c.pos++
		return nil
	case '\n':
		c.pos++
		c.parts, c.header, c.lineStart = 1, false, true
		return nil
	case '#':
		return c.skipComment()
	}
	c.lineStart = false
	switch ch {
	case '"', '\'':
		end, err := stringEnd(c.src, c.pos)
		c.pos = end
		return err
	case '[', '{':
		if err := c.openBracket(ch, lineStart); err != nil {
			return err
		}
	case ']', '}':
		c.closeBracket()
	case '.':
		if c.parts++; c.parts > c.lim.Depth {
			return fault(c.src, c.pos, fmt.Sprintf("a key has more than %d parts", c.lim.Depth),
				"check that this is the right file")
		}
	case '=':
		c.keys += c.parts
		c.parts = 1
	case ',':
		c.parts = 1
		if n := len(c.open); n > 0 && c.open[n-1] == '[' {
			c.keys++
		}
	}
	c.pos++
	return checkControl(c.src, c.pos-1)
}

func (c *checker) skipComment() *Error {
	for c.pos < len(c.src) && c.src[c.pos] != '\n' {
		if err := checkControl(c.src, c.pos); err != nil {
			return err
		}
		c.pos++
	}
	return nil
}

func (c *checker) openBracket(ch byte, lineStart bool) *Error {
	if ch == '[' && lineStart && len(c.open) == 0 {
		c.header = true
		if c.pos+1 < len(c.src) && c.src[c.pos+1] == '[' {
			c.pos++
		}
		return nil
	}
	if len(c.open) >= c.lim.Depth {
		return fault(c.src, c.pos, fmt.Sprintf("lists and tables are nested more than %d deep", c.lim.Depth),
			"check that this is the right file")
	}
	c.open = append(c.open, ch)
	c.parts = 1
	if ch == '[' {
		c.keys++
	}
	return nil
}

func (c *checker) closeBracket() {
	if c.header {
		c.header = false
		c.keys += c.parts
		c.parts = 1
	} else if n := len(c.open); n > 0 {
		c.open = c.open[:n-1]
	}
}

// conflictMarker refuses a line that starts with a marker that git leaves in a conflict.
func (c *checker) conflictMarker() *Error {
	if c.pos > textStart(c.src) && c.src[c.pos-1] != '\n' {
		return nil
	}
	line := c.src[c.pos:]
	mark := strings.Repeat(line[:1], 7)
	if !strings.HasPrefix(line, mark) || (len(line) > 7 && !strings.ContainsRune(" \t\r\n", rune(line[7]))) {
		return nil
	}
	return fault(c.src, c.pos, "the file contains a merge conflict marker "+quote(mark),
		"keep the lines you want of both versions, delete the marker lines, and try again")
}

// checkControl refuses a character that TOML allows nowhere.
func checkControl(src string, at int) *Error {
	ch := src[at]
	if ch >= 0x20 && ch != 0x7f || ch == '\t' || ch == '\n' {
		return nil
	}
	if ch == '\r' {
		if at+1 < len(src) && src[at+1] == '\n' {
			return nil
		}
		return fault(src, at, "there is a lone carriage return here",
			"lines end with LF or CRLF: open the file in an editor and save it with one of these")
	}
	return fault(src, at, fmt.Sprintf("the file contains the control character U+%04X", ch),
		fmt.Sprintf(`remove it, or write it as \u%04X between double quotes`, ch))
}
