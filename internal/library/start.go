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
// it as TOML took a fifth of the time to the first frame, and more memory than the record.
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
	src, err := fs.ReadFile(files, "levels.toml")
	if err != nil {
		return s, err
	}
	if s.Scale, err = level.DecodeFile(string(src)); err != nil {
		return s, err
	}
	for _, ref := range references {
		var of startOf
		if src, err = fs.ReadFile(files, strings.ToLower(ref)+"/standard.toml"); err != nil {
			return s, err
		}
		if of.Standard, err = standard.DecodeFile(string(src)); err != nil {
			return s, err
		}
		if src, err = fs.ReadFile(files, strings.ToLower(ref)+"/titles.toml"); err != nil {
			return s, err
		}
		if _, err = toml.Decode(string(src), &of.Titles); err != nil {
			return s, err
		}
		s.Standards[ref] = of
	}
	return s, nil
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
