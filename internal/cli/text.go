package cli

import (
	"fmt"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/doc"
	"github.com/ksbcoach/ksbcoach/internal/export"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
)

// A page is what a command says to people.
type page struct {
	export.Page
	reads bool // somebody reads it on a terminal, and no script takes it in
}

// Lines longer than maxWidth are hard to read even where there is room.
const (
	minWidth = 40
	maxWidth = 100
)

func (k *kit) page() *page {
	n := k.env.Columns()
	return &page{export.Page{Out: k.out, Width: widthOf(n)}, n > 0}
}

// widthOf is how wide text is set on a terminal of so many columns; 0 for no terminal.
func widthOf(columns int) int {
	if columns == 0 {
		return export.PlainWidth
	}
	return min(max(columns-1, minWidth), maxWidth)
}

// document writes a document.
func (p *page) document(d doc.Doc) { _, _ = p.Out.Write(export.Text(d, p.Width)) }

// message writes what is one line for a script, and wraps it on a terminal.
func (p *page) message(format string, args ...any) {
	if p.reads {
		p.Para(0, format, args...)
		return
	}
	p.Line(format, args...)
}

// labelWidth is the column of labels.
const labelWidth = 14

// path writes the name of a file behind a label. It stays on one line, however long, so that it can be copied.
func (p *page) path(label, name string) {
	p.Line("%s", export.Pad(label, labelWidth)+safetext.Line(name))
}

// next is the last line of every command that reads: what to do now.
func (p *page) next(format string, args ...any) {
	p.Blank()
	p.Hang("next: ", fmt.Sprintf(format, args...))
}

func names(list []safetext.Text) string {
	return strings.Join(listOf(list, safetext.Text.Line), ", ")
}

func orNotSet(words string) string {
	if words == "" {
		return "not set"
	}
	return words
}

// section writes a heading with a list below it, or nothing where there is nothing to list.
func (p *page) section(heading string, items ...string) {
	var d doc.Doc
	d.Section(heading, items)
	p.document(d)
}

// prose writes a heading with a paragraph below it, or nothing where there is no text.
func (p *page) prose(heading, text string) {
	if text != "" {
		p.document(doc.Doc{Blocks: []doc.Block{doc.Heading{Text: heading}, doc.Para{Depth: 1, Text: text}}})
	}
}
