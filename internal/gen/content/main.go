// Command content makes st0413/standard.toml from the published text, and packs the content: each file by itself, so
// that two people's edits meet only where they meet in the text too, and what the first screen may need in a form that
// opens at once. It is run by go generate in the folder seeds, after any edit there.
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

// packed is the folder of the packed files, each under its own name with packedEnd. Package seeds looks for them there.
const (
	packed    = "packed"
	packedEnd = ".deflate"
)

func main() {
	err := makeStandard("ST0413.txt", "st0413/standard.toml")
	if err == nil {
		err = run(".")
	}
	if err != nil {
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
	files := os.DirFS(folder)
	start, err := library.ReadStart(files)
	if err != nil {
		return err
	}
	dictionary := start.Pack()
	plain, err := library.Fields(files)
	if err != nil {
		return err
	}
	plain[library.StartFile] = dictionary
	wanted := map[string]bool{}
	for name, form := range plain {
		wanted[path.Join(packed, name)] = true
		if err := write(filepath.Join(folder, packed, name), form); err != nil {
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
				continue // it is there in the other form
			}
			wanted[path.Join(packed, name+packedEnd)] = true
			if err := pack(folder, name, dictionary); err != nil {
				return err
			}
		}
	}
	return prune(folder, wanted)
}

// pack writes the packed form of a file, unless what is there says the same: another version of Go may pack the same
// text to other bytes.
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

func write(to string, form []byte) error {
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return err
	}
	return os.WriteFile(to, form, 0o644)
}

func same(file string, text, dictionary []byte) bool {
	b, err := os.ReadFile(file)
	if err != nil {
		return false
	}
	was, err := io.ReadAll(flate.NewReaderDict(bytes.NewReader(b), dictionary))
	return err == nil && bytes.Equal(was, text)
}

// prune takes out what is packed and no longer there.
func prune(folder string, wanted map[string]bool) error {
	return fs.WalkDir(os.DirFS(folder), packed, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || wanted[name] {
			return err
		}
		return os.Remove(filepath.Join(folder, name))
	})
}
