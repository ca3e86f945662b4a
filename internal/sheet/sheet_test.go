package sheet_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/library"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/profile/file"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/sheet"
	"github.com/ksbcoach/ksbcoach/internal/store"
)

var (
	lib   = library.New()
	std   = lib.Standard(library.Default)
	today = calendar.Of(2026, 11, 22)
)

func title(ksb string) string { return lib.Title(library.Default, ksb) }

func text(s string) safetext.Text { return safetext.New(s) }

// asha is the sample learner, with an id as a learner whose sheets come back.
func asha() profile.Profile {
	p := lib.Demo(today)
	p.Learner.ID = "l-ashaasha"
	return p
}

func made(t *testing.T, f sheet.Format, p profile.Profile, ksbs ...string) []byte {
	t.Helper()
	data, err := f.Make(p, std, lib.Scale(), title, today.AddDays(-10), ksbs)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// filling is what a mentor fills in on a sheet.
type filling struct {
	by, day string
	rows    []row
}

type row struct{ ksb, level, note string }

// A hand fills in a sheet in one format, as a mentor would.
type hand func(t *testing.T, made []byte, f filling) []byte

var hands = map[string]hand{"toml": byEditor, "xlsx": bySpreadsheet, "html": byBrowser}

// byEditor adds lines to the end of the text.
func byEditor(_ *testing.T, made []byte, f filling) []byte {
	var out strings.Builder
	out.Write(made)
	for _, r := range f.rows {
		level := r.level
		if strings.Trim(level, "0123456789") != "" {
			level = fmt.Sprintf("%q", level)
		}
		fmt.Fprintf(&out, "%s = { level = %s", r.ksb, level)
		if f.day != "" {
			out.WriteString(", on = " + f.day)
		}
		if r.note != "" {
			fmt.Fprintf(&out, ", note = %q", r.note)
		}
		if f.by != "" {
			fmt.Fprintf(&out, ", by = %q", f.by)
		}
		out.WriteString(" }\n")
	}
	return []byte(out.String())
}

// taken is what the learner is told when the sheet comes back: what was taken in, or the error with its hint.
func taken(t *testing.T, p profile.Profile, f sheet.Format, data []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "sheet"+f.Ending)
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := session.LoadSheet(store.OS(), path, lib.Standard, today)
	var got appraisal.Taken
	if err == nil {
		got, err = appraisal.TakeSheet(p, s, today)
	}
	if err == nil {
		_, err = got.Batch.Apply(p, std)
	}
	if err == nil {
		return strings.Join(got.Words(s, "round"), " ")
	}
	var hint interface{ Hint() string }
	said := strings.TrimPrefix(err.Error(), path+": ")
	if errors.As(err, &hint) {
		said += " | " + hint.Hint()
	}
	return place.ReplaceAllString(said, "")
}

// place matches where a fault is, the only thing that differs between formats.
var place = regexp.MustCompile(`^(line \d+, column \d+|cell [A-Z]+\d+): `)

// The same mistake is described in the same words in every format.
func TestTheSameMistakeIsDescribedInTheSameWords(t *testing.T) {
	t.Parallel()
	good := filling{"J. Ode", "2026-11-21", []row{{"K7", "2", "prompted on the limits"}, {"S6", "none", ""}}}
	with := func(change func(f *filling)) filling {
		f := good
		f.rows = slices.Clone(f.rows)
		change(&f)
		return f
	}
	namesake, ben, other, newer := asha(), asha(), asha(), asha()
	namesake.Learner.ID = "l-namesake"
	ben.Learner = profile.Learner{Name: text("Ben"), ID: "l-benbenbe"}
	other.Standard = "ST0001"
	var err error
	if newer, err = (profile.Rate{KSB: "K7", By: profile.Mentor, Level: 3, On: today, Who: text("J. Ode"), Reason: text("seen")}).Apply(newer, std); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		by   profile.Profile
		fill filling
		want string
	}{
		"in order":                   {asha(), good, "ratings by J. Ode taken into the round"},
		"another learner":            {ben, good, "this sheet is for Asha Patel, the profile is that of Ben | open the other profile"},
		"a namesake":                 {namesake, good, "this sheet was made for another learner of the same name, Asha Patel | send it to them"},
		"another standard":           {other, good, "this sheet is for the standard ST0413, the profile is on ST0001 | "},
		"a stale copy":               {newer, good, "Left as they are: K7. The ratings by J. Ode in your profile are newer than the sheet"},
		"nothing filled in":          {asha(), with(func(f *filling) { f.rows = nil }), "no level is filled in on this sheet | "},
		"no name":                    {asha(), with(func(f *filling) { f.by = "" }), "The sheet does not say who rated: have the mentor's name written on it"},
		"the name of the example":    {asha(), with(func(f *filling) { f.by = "your name" }), `round.mentor.K7.by: "your name" is still in place of the mentor's name | `},
		"a name that is none":        {asha(), with(func(f *filling) { f.by = "26/11/2026" }), `round.mentor.K7.by: "26/11/2026" is not a name | `},
		"a level that is none":       {asha(), with(func(f *filling) { f.rows[0].level = "7" }), "round.mentor.K7.level: there is no level 7 | "},
		"a word that is no level":    {asha(), with(func(f *filling) { f.rows[0].level = "good" }), `round.mentor.K7.level: "good" is not a level | `},
		"a KSB that is not asked":    {asha(), with(func(f *filling) { f.rows[0].ksb = "K8" }), "round.mentor.K8: this sheet does not ask for K8 | it asks for "},
		"a KSB that there is not":    {asha(), with(func(f *filling) { f.rows[0].ksb = "K99" }), "round.mentor.K99: ST0413 has no such KSB | "},
		"a day to come":              {asha(), with(func(f *filling) { f.day = "2026-11-23" }), "23 Nov 2026 is still to come | "},
		"a day before it was made":   {asha(), with(func(f *filling) { f.day = "2026-11-01" }), "the day, 2026-11-01, is before the sheet was made, 2026-11-12 | "},
		"a comment that is too long": {asha(), with(func(f *filling) { f.rows[0].note = strings.Repeat("long.", 2000) }), "is longer than 8000 characters"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			first := ""
			for _, f := range sheet.Formats {
				t.Run(f.Word, func(t *testing.T) {
					said := taken(t, c.by, f, hands[f.Word](t, made(t, f, asha(), "K7", "S6"), c.fill))
					if first == "" {
						first = said
					}
					if !strings.Contains(said, c.want) || said != first {
						t.Errorf("%q\nis not %q with %q in it", said, first, c.want)
					}
				})
			}
		})
	}
}

// No format holds anything that the learner wrote in any field: the sheet of a full record equals that of an empty one.
func TestNoFormatGivesTheLearnerAway(t *testing.T) {
	t.Parallel()
	const mark = "Zebrafish"
	n := 0
	full := file.MapTexts(asha(), func(where string, x safetext.Text) safetext.Text {
		if where == "learner.name" {
			return x
		}
		n++
		return text(fmt.Sprintf("%s %d", mark, n))
	})
	if n < 50 {
		t.Fatalf("only %d texts are marked", n)
	}
	empty := profile.Profile{Standard: full.Standard, Learner: profile.Learner{Name: full.Learner.Name, ID: full.Learner.ID}}
	for _, f := range sheet.Formats {
		data := made(t, f, full)
		if strings.Contains(unpacked(t, data), mark) {
			t.Errorf("%s: something private is in it", f.Word)
		}
		if !bytes.Equal(data, made(t, f, empty)) {
			t.Errorf("%s: the sheets of a full and of an empty record differ", f.Word)
		}
		if !strings.Contains(unpacked(t, data), full.Learner.Name.Raw()) {
			t.Errorf("%s: the learner's name is not in it, so the test looks in the wrong place", f.Word)
		}
	}
}

// unpacked is the content of a file; of a workbook, that of all its parts.
func unpacked(t *testing.T, data []byte) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return string(data)
	}
	var all strings.Builder
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(&all, r); err != nil {
			t.Fatal(err)
		}
	}
	return all.String()
}

// A sheet comes back as it was filled in, in every format, for a learner and a mentor whose names need escaping.
func TestRatingsComeBackAsFilledIn(t *testing.T) {
	t.Parallel()
	const hostile = `=HYPERLINK("http://x.test") </script><b>&amp;'"\ ` + "\u202e" + `]]> Zoë 中村`
	p := asha()
	p.Learner.Name = text("<Asha> & \"Co\" =1+1")
	for _, f := range sheet.Formats {
		t.Run(f.Word, func(t *testing.T) { checkComesBack(t, f, p, hostile) })
	}
}

func checkComesBack(t *testing.T, f sheet.Format, p profile.Profile, hostile string) {
	t.Helper()
	in := filling{"Zoë O'Ōta", "2026-11-21", []row{{"K7", "2", hostile}, {"S6", "none", "never = here"}, {"B1", "0", "one\ntwo"}}}
	data := hands[f.Word](t, made(t, f, p), in)
	read, err := sheet.Decode(data, lib.Standard)
	if err != nil {
		t.Fatalf("%s: %v", f.Word, err)
	}
	s := read.Profile
	if s.Learner.Name != p.Learner.Name || s.Learner.ID != p.Learner.ID || len(s.Asked) != len(std.KSBs) || s.Filled() != len(in.rows) {
		t.Errorf("%s: %+v", f.Word, s)
	}
	for _, want := range in.rows {
		got := s.Rounds[0].Ratings[profile.Mentor][want.ksb]
		if got.Level.String() != want.level || got.Note.Raw() != want.note || got.By.Raw() != in.by || got.On.String() != in.day {
			t.Errorf("%s: %s came back as %+v, want %+v", f.Word, want.ksb, got, want)
		}
	}
}

// Other files are refused with the reason.
func TestOtherFilesAreRefused(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		data []byte
		want string
	}{
		"old":     {append([]byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), make([]byte, 600)...), "this is the older .xls form"},
		"damaged": {[]byte("PK\x03\x04 and no more"), "this workbook is damaged"},
		"another": {otherWorkbook(t), "this workbook is not a rating sheet that ksbcoach made"},
		"page":    {[]byte("<!DOCTYPE html><p>hello"), "this web page is not a rating sheet that ksbcoach made"},
		"empty":   {nil, "the file is empty"},
		"nothing": {bytes.Repeat([]byte("x = 1\n"), 300_000), "the file is too large"},
	} {
		_, err := sheet.Decode(c.data, lib.Standard)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
