package standard

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/BurntSushi/toml"

	"github.com/ksbcoach/ksbcoach/internal/lists"
)

// File has the keys of a standard in TOML.
type File struct {
	Reference string `toml:"reference"`
	Title     string `toml:"title"`
	Level     int    `toml:"level"`
	Status    string `toml:"status"`
	Source    string `toml:"source"`
	Licence   string `toml:"licence"`
	Duty      []struct {
		Number int      `toml:"number"`
		Text   string   `toml:"text"`
		KSBs   []string `toml:"ksbs"`
	} `toml:"duty"`
	KSB []struct {
		ID   string `toml:"id"`
		Text string `toml:"text"`
	} `toml:"ksb"`
}

// Decode reads a standard from the TOML that Encode makes.
func Decode(src string) (*Standard, error) {
	f, err := DecodeFile(src)
	if err != nil {
		return nil, err
	}
	return f.Standard()
}

// DecodeFile reads the same TOML and refuses unknown keys. Whether the parts fit together is checked by File.Standard.
func DecodeFile(src string) (File, error) {
	var f File
	md, err := toml.Decode(src, &f)
	if err != nil {
		return f, err
	}
	if extra := md.Undecoded(); len(extra) > 0 {
		return f, fmt.Errorf("unknown key %s", strconv.Quote(extra[0].String()))
	}
	return f, nil
}

// Standard checks that the parts of the file fit together and makes the standard of them.
func (f File) Standard() (*Standard, error) {
	s := &Standard{Reference: f.Reference, Title: f.Title, Level: f.Level, Status: f.Status}
	for _, d := range f.Duty {
		s.Duties = append(s.Duties, Duty{d.Number, d.Text, d.KSBs})
	}
	for _, k := range f.KSB {
		s.KSBs = append(s.KSBs, KSB{ID: k.ID, Text: k.Text})
	}
	if err := s.finish(); err != nil {
		return nil, err
	}
	return s, nil
}

// Encode writes the standard as TOML, below a comment made of the lines of note.
func (s *Standard) Encode(note string) string {
	var b strings.Builder
	for line := range strings.SplitSeq(strings.TrimSpace(note), "\n") {
		fmt.Fprintf(&b, "# %s\n", line)
	}
	fmt.Fprintf(&b, "reference = %s\ntitle = %s\nlevel = %d\nstatus = %s\n", quote(s.Reference), quote(s.Title),
		s.Level, quote(s.Status))
	fmt.Fprintf(&b, "source = %s\nlicence = %s\n", quote(Source), quote(Licence))
	for _, d := range s.Duties {
		ids := strings.Join(lists.Each(d.KSBs, quote), ", ")
		fmt.Fprintf(&b, "\n[[duty]]\nnumber = %d\ntext = %s\nksbs = [%s]\n", d.Number, quote(d.Text), ids)
	}
	for _, k := range s.KSBs {
		fmt.Fprintf(&b, "\n[[ksb]]\nid = %s\ntext = %s\n", quote(k.ID), quote(k.Text))
	}
	return b.String()
}

// quote makes a TOML basic string of published text, which has no control characters but may have quotation marks.
func quote(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}
