// Package export writes documents (package doc) in the formats that people want: plain text of any width for terminals
// and files, and Markdown. A format is one file with its renderer and one line in Formats. It decides how a document
// looks, never what is in it, and every text that it is handed is cleaned first, in Format.Write.
package export

import (
	"path/filepath"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/doc"
)

// Format is one way to write a document into a file.
type Format struct {
	Name    string // as people say it
	Endings []string
	render  func(d doc.Doc) []byte // of a cleaned document
}

// Formats are all formats; the first is for files whose name ends in nothing known.
var Formats = []Format{
	{"plain text", []string{".txt"}, textFile},
	{"Markdown", []string{".md", ".markdown"}, markdown},
}

// ForFile is the format that the ending of a file's name asks for.
func ForFile(name string) Format {
	ending := strings.ToLower(filepath.Ext(name))
	for _, f := range Formats {
		for _, e := range f.Endings {
			if e == ending {
				return f
			}
		}
	}
	return Formats[0]
}

// Write is a document in a format. It ends in a line end.
func (f Format) Write(d doc.Doc) []byte { return f.render(d.Cleaned()) }

// Text is a document as plain text of at most so many columns.
func Text(d doc.Doc, width int) []byte { return text(d.Cleaned(), width) }
