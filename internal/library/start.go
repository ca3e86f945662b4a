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

// Start is the content that every screen needs. The program carries it packed, in a binary form that loads fast,
// because reading it as TOML took a fifth of the processor time to the first frame (November 2026).
type Start struct {
	Scale     level.File
	Standards map[string]standardStart // by reference
}

type standardStart struct {
	Standard standard.File
	Titles   titles
}

// StartFile and, in the folder of each standard, FieldsFile are the names of the packed files. Where one is missing,
// the TOML files that it is made from are read instead. The fields are a file of their own, because few screens need
// them: only those with a list of first gaps, which Home shows only if it is wide.
const (
	StartFile  = "start"
	FieldsFile = "fields"
)

// ReadStart reads what every screen needs from the TOML files.
func ReadStart(files fs.FS) (Start, error) {
	s := Start{Standards: map[string]standardStart{}}
	var err error
	if s.Scale, err = decodeFile(files, "levels.toml", level.DecodeFile); err != nil {
		return s, err
	}
	for _, ref := range references {
		var of standardStart
		folder := folderOf(ref)
		if of.Standard, err = decodeFile(files, folder+"/standard.toml", standard.DecodeFile); err != nil {
			return s, err
		}
		if of.Titles, err = decodeFile(files, folder+"/titles.toml", decodeTitles); err != nil {
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

func decodeFile[T any](files fs.FS, path string, decode func(src string) (T, error)) (T, error) {
	src, err := fs.ReadFile(files, path)
	if err != nil {
		var none T
		return none, err
	}
	return decode(string(src))
}

// Pack is the content of StartFile.
func (s Start) Pack() []byte { return snapshot.Pack(s) }

// Fields are the packed files of the fields of all standards, by their paths.
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
	return decodeFile(files, folderOf(ref)+"/specialisms.toml", coaching.DecodeFields)
}

// unpacked is the content of a packed file, or if there is no such file, the result of read.
func unpacked[T any](files fs.FS, name string, read func() (T, error)) T {
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
