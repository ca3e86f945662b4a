package library

import (
	"io/fs"
	"strings"

	"github.com/BurntSushi/toml"

	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/snapshot"
	"github.com/ksbcoach/ksbcoach/internal/standard"
)

// Start is what every screen needs of the content, as the files have it. The program has it in a form that opens at
// once: to read it as TOML, and to make the tables of the file format, took a fifth of the processor's time to the
// first frame (November 2026).
type Start struct {
	Scale     level.File
	Standards map[string]startOf // by reference
}

type startOf struct {
	Standard standard.File
	Titles   titles
}

// StartFile and FieldsFile, beside the other files of a standard, are the names of what opens at once among the files
// of the content. Without them the files that they are made of are read, as they are written. The fields are not in the
// start, since only a list of first gaps asks for them: on Home that of a wide screen.
const (
	StartFile  = "start"
	FieldsFile = "fields"
)

// ReadStart reads what every screen needs from the files as they are written.
func ReadStart(files fs.FS) (Start, error) {
	s := Start{Standards: map[string]startOf{}}
	var err error
	if s.Scale, err = decoded(files, "levels.toml", level.DecodeFile); err != nil {
		return s, err
	}
	for _, ref := range references {
		var of startOf
		folder := folderOf(ref)
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

// Fields are the files of the fields in the form that opens at once, by the paths they have then.
func Fields(files fs.FS) (map[string][]byte, error) {
	packed := map[string][]byte{}
	for _, ref := range references {
		f, err := readFields(files, ref)
		if err != nil {
			return nil, err
		}
		packed[folderOf(ref)+"/"+FieldsFile] = snapshot.Pack(*f)
	}
	return packed, nil
}

func readFields(files fs.FS, ref string) (*coaching.Fields, error) {
	return decoded(files, folderOf(ref)+"/specialisms.toml", coaching.DecodeFields)
}

// opened is what a file in the form that opens at once holds, or where it is not there, what the files that it is made
// of say.
func opened[T any](files fs.FS, name string, read func() (T, error)) T {
	packed, err := fs.ReadFile(files, name)
	if err != nil {
		return must(read())
	}
	x, ok := snapshot.Unpack[T](string(packed))
	if !ok {
		panic("seeds: " + name + " does not fit: run go generate ./seeds")
	}
	return x
}

func folderOf(ref string) string { return strings.ToLower(ref) }
