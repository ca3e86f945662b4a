package export

import (
	"fmt"
	"io"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"github.com/ksbcoach/ksbcoach/internal/safetext"
)

// PlainWidth is how many columns a line of plain text has where no terminal says otherwise.
const PlainWidth = 80

// Page is plain text as it is written, for people. Whatever passes through it is cleaned, so that no text of a file can
// reach the terminal raw, and wrapped to its width. The writer keeps its first error, as a bufio.Writer does.
type Page struct {
	Out   io.Writer
	Width int
}

// Line writes one line as it is, for what must stay on one.
func (p *Page) Line(format string, args ...any) { p.put(safetext.Line(fmt.Sprintf(format, args...))) }

// put writes a line that is clean already.
func (p *Page) put(clean string) { _, _ = io.WriteString(p.Out, strings.TrimRight(clean, " ")+"\n") }

// Blank writes an empty line.
func (p *Page) Blank() { p.put("") }

// Para writes a paragraph, every line of it indented.
func (p *Page) Para(indent int, format string, args ...any) {
	p.Hang(strings.Repeat(" ", indent), fmt.Sprintf(format, args...))
}

// Item writes a paragraph whose further lines stand two blanks further in.
func (p *Page) Item(indent int, format string, args ...any) {
	p.item(indent, 2, fmt.Sprintf(format, args...))
}

// item writes a paragraph whose further lines stand so many blanks further in.
func (p *Page) item(indent, further int, words string) {
	head := strings.Repeat(" ", indent)
	for _, l := range Wrap(safetext.Line(words), p.Width-indent-further) {
		p.put(head + l)
		head = strings.Repeat(" ", indent+further)
	}
}

// Hang writes text behind a head; the lines that follow start where the text of the first did.
func (p *Page) Hang(head, body string) {
	head = safetext.Line(head)
	indent := strings.Repeat(" ", cells(head))
	for _, l := range Wrap(safetext.Line(body), p.Width-cells(head)) {
		p.put(head + l)
		head = indent
	}
}

// Pair writes a label in a column of its own, and text behind it.
func (p *Page) Pair(indent, column int, label, format string, args ...any) {
	p.Hang(strings.Repeat(" ", indent)+Pad(label, column), fmt.Sprintf(format, args...))
}

// Table writes rows in aligned columns, two blanks apart; the last column wraps.
func (p *Page) Table(indent int, rows [][]string) {
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
		p.row(indent, row, widths)
	}
}

func (p *Page) row(indent int, row []string, widths []int) {
	head := strings.Repeat(" ", indent)
	for i, cell := range row[:len(row)-1] {
		head += Pad(cell, widths[i]+2)
	}
	p.Hang(head, row[len(row)-1])
}

// cells is how many columns a text takes on a terminal.
func cells(s string) int {
	for i := range len(s) {
		if s[i] < ' ' || s[i] >= 0x7f {
			return ansi.StringWidth(s)
		}
	}
	return len(s) // which most texts are, and looking for signs of several letters takes its time
}

// Pad cleans a text and fills it up with blanks to a width.
func Pad(s string, width int) string {
	s = safetext.Line(s)
	return s + strings.Repeat(" ", max(width-cells(s), 0))
}

// leastWidth keeps a column readable even where the head has eaten the line.
const leastWidth = 20

// Wrap breaks text at blanks into lines of at most width cells, and a word that is longer than a line anywhere. It
// never breaks at a hyphen, since flags and identifiers are to be copied.
func Wrap(s string, width int) []string {
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
