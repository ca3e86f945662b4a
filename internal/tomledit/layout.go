package tomledit

import (
	"sort"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/lists"
)

// splice is one change of the text: text in place of the bytes of span.
type splice struct {
	span
	text string
}

// apply makes the edits, which must not overlap. It keeps the new text only if that can be read back within the limits.
func (d *Doc) apply(edits ...splice) *Error {
	sort.SliceStable(edits, func(i, j int) bool { return edits[i].start < edits[j].start })
	src := d.ix.src
	var b strings.Builder
	done := 0
	for _, e := range edits {
		b.WriteString(src[done:e.start])
		b.WriteString(e.text)
		done = e.end
	}
	b.WriteString(src[done:])
	text := b.String()

	var ix *index
	err := checkText(text, d.lim)
	if err == nil {
		ix, err = newIndex(text)
	}
	if err != nil {
		return &Error{Key: err.Key, Msg: "the change is not possible: " + err.Msg, Hint: err.Hint}
	}
	ix.eol = d.ix.eol // halfway through an edit the text may have no line left to tell this from
	d.ix = ix
	return nil
}

func lineStart(src string, at int) int {
	return max(strings.LastIndexByte(src[:at], '\n')+1, textStart(src))
}

func (ix *index) lineStart(at int) int { return lineStart(ix.src, at) }

// lineEnd is the offset just past the end of the line that at is on.
func (ix *index) lineEnd(at int) int { return at + len(lineOf(ix.src, at)) }

// lineOf is the rest of the line from at on, including its line end.
func lineOf(src string, at int) string {
	line, _, _ := strings.Cut(src[at:], "\n")
	return src[at:min(at+len(line)+1, len(src))]
}

// content is the line that starts at from, without blanks around it.
func content(src string, from int) string { return strings.Trim(lineOf(src, from), " \t\r\n") }

func (ix *index) isBlank(from int) bool   { return content(ix.src, from) == "" }
func (ix *index) isComment(from int) bool { return strings.HasPrefix(content(ix.src, from), "#") }

// startsLine says whether only blanks are before at on its line, and the line starts at floor or after.
func (ix *index) startsLine(at, floor int) bool {
	from := ix.lineStart(at)
	return from >= floor && strings.Trim(ix.src[from:at], " \t") == ""
}

// indent is the blanks at the start of the line that at is on.
func (ix *index) indent(at int) string {
	line := ix.src[ix.lineStart(at):at]
	return line[:len(line)-len(strings.TrimLeft(line, " \t"))]
}

// commentsAbove is the start of the comment lines directly above the line that starts at from, but not below floor.
func commentsAbove(src string, from, floor int) int {
	for from > floor {
		prev := lineStart(src, from-1)
		if prev < floor || !strings.HasPrefix(content(src, prev), "#") {
			break
		}
		from = prev
	}
	return from
}

// commentEnd is the end of the comment lines that start at from. If something other than a blank line follows they
// belong to that, and it is from itself.
func (ix *index) commentEnd(from int) int {
	at := from
	for at < len(ix.src) && ix.isComment(at) {
		at = ix.lineEnd(at)
	}
	if at == len(ix.src) || ix.isBlank(at) {
		return at
	}
	return from
}

// gapAbove is the start of the blank lines that end at from.
func (ix *index) gapAbove(from int) int {
	for from > ix.lines[0] && ix.isBlank(ix.lineStart(from-1)) {
		from = ix.lineStart(from - 1)
	}
	return from
}

// gapBelow is the end of the blank lines that start at from.
func (ix *index) gapBelow(from int) int {
	for from < len(ix.src) && ix.isBlank(from) {
		from = ix.lineEnd(from)
	}
	return from
}

// floor is the end of the line before statement i's comments and blank lines.
func (ix *index) floor(i int) int {
	if i == 0 {
		return ix.lines[0]
	}
	return ix.lineEnd(ix.stmts[i-1].end)
}

// startWithComments is where statement i starts, including the comment lines directly above it.
func (ix *index) startWithComments(i int) int {
	return commentsAbove(ix.src, ix.lineStart(ix.stmts[i].start), ix.floor(i))
}

// insertLines inserts whole lines at the start of a line or at the end of the text.
func (ix *index) insertLines(at int, lines ...string) splice {
	text := strings.Join(lines, ix.eol)
	if at == len(ix.src) && at > ix.lines[0] && ix.src[at-1] != '\n' {
		text = ix.eol + text
	} else {
		text += ix.eol
	}
	return splice{span{at, at}, text}
}

// commentsIn are the texts of the comments that start within s.
func (ix *index) commentsIn(s span) []string {
	from := sort.Search(len(ix.comments), func(i int) bool { return ix.comments[i].start >= s.start })
	var texts []string
	for _, c := range ix.comments[from:] {
		if c.start >= s.end {
			break
		}
		texts = append(texts, ix.src[c.start:c.end])
	}
	return texts
}

// replace writes text in place of the value of n. Comments within the value become lines above it.
func (ix *index) replace(n *node, text string) []splice {
	edits := []splice{{n.val, text}}
	if kept := ix.commentsIn(n.val); len(kept) > 0 {
		at := ix.statement(n.val.start).start
		edits = append(edits, ix.insertLines(ix.lineStart(at), prefixed(ix.indent(at), kept)...))
	}
	return edits
}

// statement is the header or key line that the byte at belongs to.
func (ix *index) statement(at int) entry {
	return ix.stmts[sort.Search(len(ix.stmts), func(i int) bool { return ix.stmts[i].end > at })]
}

func prefixed(prefix string, lines []string) []string {
	return lists.Each(lines, func(line string) string { return prefix + line })
}
