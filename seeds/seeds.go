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

// The files are compressed, most of them to a third of their size: the system loads a program in whole pages, and with
// them content that nobody opens. What every screen needs is also in packed/start, in a form that needs no parsing.
// That file is also the dictionary for compressing the others, since they use the same words.
//
//go:embed packed
var embedded embed.FS

// FS holds the content files under the names they have in this folder. It reads whole files (fs.ReadFile) and cannot
// list them.
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
	return io.ReadAll(flate.NewReaderDict(bytes.NewReader(packed), start))
}
