package library

import (
	"io/fs"
	"strings"

	"github.com/BurntSushi/toml"

	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/snapshot"
	"github.com/ksbcoach/ksbcoach/internal/standard"
)

// Start is what every screen needs of the content, as the files have it. The program has it in a form that opens at once: to read
// it as TOML, and to make the tables of the file format, took a fifth of the processor's time to the first frame (November 2026).
type Start struct {
	Scale     level.File
	Standards map[string]startOf // by reference
}

// startOf is what belongs to one standard.
type startOf struct {
	Standard standard.File
	Titles   titles
}

// StartFile is the name of the form that opens at once, among the files of the content. Without it the files that it is made of are
// read, as they are written.
const StartFile = "start"

// ReadStart reads what every screen needs from the files as they are written.
func ReadStart(files fs.FS) (Start, error) {
	s := Start{Standards: map[string]startOf{}}
	var err error
	if s.Scale, err = decoded(files, "levels.toml", level.DecodeFile); err != nil {
		return s, err
	}
	for _, ref := range references {
		var of startOf
		folder := strings.ToLower(ref)
		if of.Standard, err = decoded(files, folder+"/standard.toml", standard.DecodeFile); err != nil {
			return s, err
		}
		if of.Titles, err = decoded(files, folder+"/titles.toml", decodeTitles); err != nil {
			return s, err
		}
		s.Standards[ref] = of
	}
	return s, nil
}

func decodeTitles(src string) (t titles, err error) {
	_, err = toml.Decode(src, &t)
	return t, err
}

func decoded[T any](files fs.FS, path string, decode func(src string) (T, error)) (T, error) {
	src, err := fs.ReadFile(files, path)
	if err != nil {
		var none T
		return none, err
	}
	return decode(string(src))
}

// Pack is the form that opens at once.
func (s Start) Pack() []byte { return snapshot.Pack(s) }

func (l *Library) readStart() Start {
	packed, err := fs.ReadFile(l.files, StartFile)
	if err != nil {
		return must(ReadStart(l.files))
	}
	s, ok := snapshot.Unpack[Start](string(packed))
	if !ok {
		panic("seeds: " + StartFile + " does not fit: run go generate ./seeds")
	}
	return s
}
