package cli

import (
	"bufio"
	"bytes"
	"fmt"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"github.com/ksbcoach/ksbcoach/internal/safetext"
)

// A page is written for people. Whatever passes through it is cleaned, so that no text of a file can reach the terminal
// raw, and wrapped to its width.
type page struct {
	out   *bufio.Writer
	width int
	reads bool // somebody reads it on a terminal, and no script takes it in
}

// Lines longer than maxWidth are hard to read even where there is room.
const (
	plainWidth = 80
	minWidth   = 40
	maxWidth   = 100
)

func (k *kit) page() *page {
	n := k.env.Columns()
	return &page{out: k.out, width: widthOf(n), reads: n > 0}
}

// widthOf is how wide text is set on a terminal of so many columns; 0 for no terminal.
func widthOf(columns int) int {
	if columns == 0 {
		return plainWidth
	}
	return min(max(columns-1, minWidth), maxWidth)
}

// message writes what is one line for a script, and wraps it on a terminal.
func (p *page) message(format string, args ...any) {
	if p.reads {
		p.para(0, format, args...)
		return
	}
	p.line(format, args...)
}

// line writes one line as it is, for what must stay on one.
func (p *page) line(format string, args ...any) {
	p.raw(safetext.Line(fmt.Sprintf(format, args...)))
}

// raw writes a line that is clean already. The writer keeps its first error, and Main asks for it at the end.
func (p *page) raw(clean string) {
	_, _ = p.out.WriteString(strings.TrimRight(clean, " ") + "\n")
}

func (p *page) blank() { p.raw("") }

// para writes a paragraph, every line of it indented.
func (p *page) para(indent int, format string, args ...any) {
	p.hang(strings.Repeat(" ", indent), fmt.Sprintf(format, args...))
}

// item writes a paragraph whose further lines stand two blanks further in.
func (p *page) item(indent int, format string, args ...any) {
	head := strings.Repeat(" ", indent)
	for _, l := range wrap(safetext.Line(fmt.Sprintf(format, args...)), p.width-indent-2) {
		p.raw(head + l)
		head = strings.Repeat(" ", indent+2)
	}
}

// hang writes text behind a head; the lines that follow start where the text of the first did.
func (p *page) hang(head, body string) {
	head = safetext.Line(head)
	indent := strings.Repeat(" ", cells(head))
	for _, l := range wrap(safetext.Line(body), p.width-cells(head)) {
		p.raw(head + l)
		head = indent
	}
}

// pair writes a label in a column of its own, and text behind it.
func (p *page) pair(indent, column int, label, format string, args ...any) {
	p.hang(strings.Repeat(" ", indent)+pad(label, column), fmt.Sprintf(format, args...))
}

// labelWidth is the column of labels.
const labelWidth = 14

// path writes the name of a file behind a label. It stays on one line, however long, so that it can be copied.
func (p *page) path(label, name string) { p.raw(pad(label, labelWidth) + safetext.Line(name)) }

// next is the last line of every command that reads: what to do now.
func (p *page) next(format string, args ...any) {
	p.blank()
	p.hang("next: ", fmt.Sprintf(format, args...))
}

// table writes rows in aligned columns, two blanks apart; the last column wraps.
func (p *page) table(indent int, rows [][]string) {
	var widths []int
	for _, row := range rows {
		for i, cell := range row[:len(row)-1] {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], cells(safetext.Line(cell)))
		}
	}
	for _, row := range rows {
		head := strings.Repeat(" ", indent)
		for i, cell := range row[:len(row)-1] {
			head += pad(cell, widths[i]+2)
		}
		p.hang(head, row[len(row)-1])
	}
}

func cells(s string) int { return ansi.StringWidth(s) }

// pad fills up with blanks to a width.
func pad(s string, width int) string {
	s = safetext.Line(s)
	return s + strings.Repeat(" ", max(width-cells(s), 0))
}

// leastWidth keeps a column readable even where the head has eaten the line.
const leastWidth = 20

// wrap breaks text at blanks into lines of at most width cells, and a word that is longer than a line anywhere. It never
// breaks at a hyphen, since flags and identifiers are to be copied.
func wrap(s string, width int) []string {
	width = max(width, leastWidth)
	var lines []string
	var line strings.Builder
	used := 0
	for _, word := range strings.Fields(s) {
		n := cells(word)
		if used > 0 && used+1+n > width {
			lines = append(lines, line.String())
			line.Reset()
			used = 0
		}
		for n > width {
			part := ansi.Truncate(word, width, "") // of clean text this is a prefix
			lines = append(lines, part)
			word = word[len(part):]
			n = cells(word)
		}
		if used > 0 {
			line.WriteByte(' ')
			used++
		}
		line.WriteString(word)
		used += n
	}
	return append(lines, line.String())
}

// paper is a page for a file, as wide as plain text is.
func paper(write func(p *page)) ([]byte, error) {
	var text bytes.Buffer
	p := &page{out: bufio.NewWriter(&text), width: plainWidth}
	write(p)
	err := p.out.Flush()
	return text.Bytes(), err
}
