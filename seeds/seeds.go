// Package seeds embeds everything a domain expert may edit: the standard, the words of the levels, the coaching, the
// fact cards, the models and the sample learner. It holds the bytes only; internal/library reads them.
package seeds

import (
	"bytes"
	"compress/flate"
	"embed"
	"io"
	"io/fs"
)

//go:generate go run ../internal/gen/content

// The files are packed, most of them to a third: the pages of a program are read into memory around whatever it
// touches, content that nobody opens among them. What every screen needs is there once more in a form that opens at
// once, packed/start; the rest is packed with that for a dictionary, since it uses the same words.
//
//go:embed packed
var embedded embed.FS

// FS holds the content files under the names they have in this folder. It gives whole files (fs.ReadFile) and no lists.
var FS fs.ReadFileFS = content{}

type content struct{}

func (content) Open(name string) (fs.File, error) { return embedded.Open("packed/" + name) }

func (content) ReadFile(name string) ([]byte, error) {
	plain, err := embedded.ReadFile("packed/" + name)
	if err == nil {
		return plain, nil
	}
	packed, err := embedded.ReadFile("packed/" + name + ".deflate")
	if err != nil {
		return nil, err
	}
	start, err := embedded.ReadFile("packed/start")
	if err != nil {
		return nil, err
	}
	r := flate.NewReaderDict(bytes.NewReader(packed), start)
	return io.ReadAll(r)
}
