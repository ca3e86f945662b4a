// Command content makes st0413/standard.toml from the published text and compresses the content for the program. Each
// file is packed by itself, so that the work of two people conflicts only if they edited the same file; what the first
// screen may need is also packed in a form that needs no parsing. It is run by go generate in the folder seeds, after
// any edit there.
package main

import (
	"bytes"
	"compress/flate"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"

	"github.com/ksbcoach/ksbcoach/internal/library"
	"github.com/ksbcoach/ksbcoach/internal/standard"
)

// packed is the folder of the packed files; a compressed one has packedEnd after its name. Package seeds reads them.
const (
	packed    = "packed"
	packedEnd = ".deflate"
)

func main() {
	if err := run("."); err != nil {
		fmt.Fprintln(os.Stderr, "error:", err)
		os.Exit(1)
	}
}

const note = `Made from ST0413.txt by go generate ./seeds. Edit neither by hand.
The text of the standard is Crown copyright, used under the Open Government Licence v3.0.`

func makeStandard(from, to string) error {
	text, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	s, err := standard.ParsePublished(string(text))
	if err != nil {
		return fmt.Errorf("%s: %w", from, err)
	}
	return os.WriteFile(to, []byte(s.Encode(note)), 0o644)
}

func run(folder string) error {
	err := makeStandard(filepath.Join(folder, "ST0413.txt"), filepath.Join(folder, "st0413", "standard.toml"))
	if err != nil {
		return err
	}
	files := os.DirFS(folder)
	start, err := library.ReadStart(files)
	if err != nil {
		return err
	}
	dictionary := start.Pack()
	uncompressed, err := library.Fields(files)
	if err != nil {
		return err
	}
	uncompressed[library.StartFile] = dictionary
	wanted := map[string]bool{}
	for name, data := range uncompressed {
		wanted[path.Join(packed, name)] = true
		if err := write(filepath.Join(folder, packed, name), data); err != nil {
			return err
		}
	}
	for _, pattern := range []string{
		"ST0413.txt", "*.toml", "st0413/*.toml", "st0413/coaching/*.toml",
		"st0413/facts/*.toml",
	} {
		names, err := fs.Glob(files, pattern)
		if err != nil {
			return err
		}
		for _, name := range names {
			if path.Base(name) == "specialisms.toml" {
				continue // library.Fields has made it, uncompressed
			}
			wanted[path.Join(packed, name+packedEnd)] = true
			if err := pack(folder, name, dictionary); err != nil {
				return err
			}
		}
	}
	return prune(folder, wanted)
}

// pack writes the compressed form of a file, unless what is there already unpacks to the same text: another version of
// Go may compress it to other bytes.
func pack(folder, name string, dictionary []byte) error {
	text, err := os.ReadFile(filepath.Join(folder, name))
	if err != nil {
		return err
	}
	to := filepath.Join(folder, packed, name+packedEnd)
	if same(to, text, dictionary) {
		return nil
	}
	var out bytes.Buffer
	w, err := flate.NewWriterDict(&out, flate.BestCompression, dictionary)
	if err != nil {
		return err
	}
	if _, err := w.Write(text); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	return write(to, out.Bytes())
}

func write(to string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return err
	}
	return os.WriteFile(to, data, 0o644)
}

// same says whether a packed file exists and unpacks to this text.
func same(file string, text, dictionary []byte) bool {
	data, err := os.ReadFile(file)
	if err != nil {
		return false
	}
	unpacked, err := io.ReadAll(flate.NewReaderDict(bytes.NewReader(data), dictionary))
	return err == nil && bytes.Equal(unpacked, text)
}

// prune removes packed files that are not wanted any more.
func prune(folder string, wanted map[string]bool) error {
	return fs.WalkDir(os.DirFS(folder), packed, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || wanted[name] {
			return err
		}
		return os.Remove(filepath.Join(folder, name))
	})
}
