package export_test

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/doc"
	"github.com/ksbcoach/ksbcoach/internal/export"
	"github.com/ksbcoach/ksbcoach/internal/handout"
	"github.com/ksbcoach/ksbcoach/internal/library"
	"github.com/ksbcoach/ksbcoach/internal/longrecord"
	"github.com/ksbcoach/ksbcoach/internal/profile"
)

func page(t *testing.T, d doc.Doc) string {
	t.Helper()
	f, ok := export.ForReport("html", "")
	if !ok {
		t.Fatal("there is no format html")
	}
	return written(t, f, d)
}

// sample is the report of the sample learner.
func sample(o handout.Options) doc.Doc { return handout.Doc(sourceOf(lib.Demo(today)), o) }

func sourceOf(p profile.Profile) handout.Source {
	return handout.Source{
		Profile: p, Standard: lib.Standard(library.Default), Scale: lib.Scale(), Today: today,
		Coach:     func(ksb string) (coaching.Entry, bool) { return lib.Entry(library.Default, ksb) },
		Title:     func(ksb string) string { return lib.Title(library.Default, ksb) },
		DutyTitle: func(duty int) string { return lib.DutyTitle(library.Default, duty) },
	}
}

type element struct {
	tag  string
	attr map[string]string
	text string // directly in it
}

// elements reads a page as XML, which fails if an element is not closed or a text broke out of its element.
func elements(t *testing.T, page string) []*element {
	t.Helper()
	var all, open []*element
	r := xml.NewDecoder(strings.NewReader(page))
	for {
		token, err := r.Token()
		if errors.Is(err, io.EOF) {
			return all
		}
		if err != nil {
			t.Fatalf("not well formed: %v", err)
		}
		switch x := token.(type) {
		case xml.StartElement:
			e := &element{tag: x.Name.Local, attr: map[string]string{}}
			for _, a := range x.Attr {
				e.attr[a.Name.Local] = a.Value
			}
			all, open = append(all, e), append(open, e)
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			if len(open) > 0 {
				open[len(open)-1].text += string(x)
			}
		}
	}
}

func tags(all []*element) []string {
	var out []string
	for _, e := range all {
		out = append(out, e.tag)
	}
	return out
}

func TestPage(t *testing.T) {
	t.Parallel()
	_, got, _ := strings.Cut(page(t, all("X")), "</head>\n")
	const path = "testdata/page.html"
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if want, err := os.ReadFile(path); err != nil || got != string(want) {
		t.Errorf("%v; run go test ./internal/export -update and read it:\n%s", err, got)
	}
}

// No text from a record becomes an element or attribute, and a page has nothing that runs or loads.
func TestPageHoldsNothingButItsOwnElements(t *testing.T) {
	t.Parallel()
	bad := `x"><script>alert(1)</script><img src=x onerror=alert(1)>' onclick='a()' </style><!-- ]]> &lt; http://evil.example`
	plain, hostile := elements(t, page(t, all(strings.Repeat("x", len(bad))))), elements(t, page(t, all(bad)))
	if !slices.Equal(tags(plain), tags(hostile)) {
		t.Errorf("a text made elements:\n%q\nwant\n%q", tags(hostile), tags(plain))
	}
	for _, pages := range [][]*element{hostile, elements(t, page(t, sample(handout.Options{Include: handout.Parts})))} {
		for _, e := range pages {
			if slices.Contains([]string{"script", "iframe", "object", "img", "link", "base", "form", "image", "use", "foreignObject"}, e.tag) {
				t.Errorf("there is a <%s>", e.tag)
			}
			for name, value := range e.attr {
				if strings.HasPrefix(name, "on") || name == "style" || name == "src" || name == "href" && !strings.HasPrefix(value, "#") {
					t.Errorf("<%s> has %s=%q", e.tag, name, value)
				}
			}
		}
	}
	if got := strings.Count(page(t, all(bad)), "evil.example"); got == 0 {
		t.Error("the text is not shown at all")
	}
}

// The policy allows the page's one style and nothing else.
func TestPolicyOfAPage(t *testing.T) {
	t.Parallel()
	out := page(t, sample(handout.Options{}))
	_, style, _ := strings.Cut(out, "<style>")
	style, _, _ = strings.Cut(style, "</style>")
	sum := sha256.Sum256([]byte(style))
	want := "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'; base-uri 'none'; form-action 'none'"
	var got string
	for _, e := range elements(t, out) {
		if e.attr["http-equiv"] == "Content-Security-Policy" {
			got = e.attr["content"]
		}
	}
	if got != want {
		t.Errorf("the policy is %q, want %q", got, want)
	}
	for _, word := range []string{"url(", "@import", "http:", "https:", "//"} {
		if strings.Contains(style, word) {
			t.Errorf("the style has %s", word)
		}
	}
}

// For screen readers, no level of heading is skipped, table headings have a scope, pictures have a title and a
// description, and the page has landmarks.
func TestPageWorksWithScreenReaders(t *testing.T) {
	t.Parallel()
	for name, d := range map[string]doc.Doc{"report": sample(handout.Options{Include: handout.Parts}), "all": all("X"), "bare": {Title: "T", Blocks: []doc.Block{doc.Para{Text: "p"}}}} {
		last, ones := 0, 0
		ids, seen := map[string]bool{}, map[string]int{}
		list := elements(t, page(t, d))
		for _, e := range list {
			seen[e.tag]++
			if id := e.attr["id"]; id != "" {
				if ids[id] {
					t.Errorf("%s: two elements have the id %s", name, id)
				}
				ids[id] = true
			}
			if len(e.tag) == 2 && e.tag[0] == 'h' && e.tag[1] >= '1' && e.tag[1] <= '6' {
				level := int(e.tag[1] - '0')
				if level > last+1 {
					t.Errorf("%s: %q is an h%d after an h%d", name, e.text, level, last)
				}
				if last = level; level == 1 {
					ones++
				}
			}
			if e.tag == "th" && e.attr["scope"] != "col" && e.attr["scope"] != "row" {
				t.Errorf("%s: the head %q has no scope", name, e.text)
			}
			if e.tag == "html" && e.attr["lang"] != "en-GB" {
				t.Errorf("%s: the language is %q", name, e.attr["lang"])
			}
		}
		for _, e := range list {
			if e.tag == "svg" && e.attr["aria-hidden"] != "true" && e.attr["role"] != "img" {
				t.Errorf("%s: a picture is neither hidden nor named: %v", name, e.attr)
			}
			for id := range strings.FieldsSeq(e.attr["aria-labelledby"]) {
				if !ids[id] {
					t.Errorf("%s: nothing has the id %s", name, id)
				}
			}
			if target, link := strings.CutPrefix(e.attr["href"], "#"); link && !ids[target] {
				t.Errorf("%s: a link leads to %s, which is nowhere", name, target)
			}
		}
		if ones != 1 || seen["main"] != 1 || seen["header"] != 1 || seen["footer"] != 1 || (seen["nav"] == 1) != (name == "report") {
			t.Errorf("%s: %d h1, %v", name, ones, seen)
		}
	}
}

func TestTablesHaveEveryFigureOfThePictures(t *testing.T) {
	t.Parallel()
	out := page(t, sample(handout.Options{}))
	for _, d := range sample(handout.Options{}).Blocks {
		var table doc.Table
		switch b := d.(type) {
		case doc.Grid:
			table = b.Table()
		case doc.Chart:
			table = b.Table()
		default:
			continue
		}
		for _, r := range table.Rows {
			for _, c := range r.Cells {
				if !strings.Contains(out, ">"+export.WholeDays(c.Text)+"<") {
					t.Errorf("%q is not in the table", c.Text)
				}
			}
		}
	}
	if n := strings.Count(out, `role="img"`); n != 4 {
		t.Errorf("%d pictures, want a wide and a narrow one of two", n)
	}
}

// colours reads the colours of a theme, by name.
func colours(t *testing.T, css string) map[string][3]float64 {
	t.Helper()
	out := map[string][3]float64{}
	for _, m := range regexp.MustCompile(`--([a-z-]+): #([0-9a-f]{6});`).FindAllStringSubmatch(css, -1) {
		n, err := strconv.ParseUint(m[2], 16, 32)
		if err != nil {
			t.Fatal(err)
		}
		out[m[1]] = [3]float64{float64(n >> 16 & 255), float64(n >> 8 & 255), float64(n & 255)}
	}
	return out
}

// luminance is the relative luminance of WCAG 2.2.
func luminance(c [3]float64) float64 {
	var sum float64
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		x := c[i] / 255
		if x <= 0.04045 {
			x /= 12.92
		} else {
			x = math.Pow((x+0.055)/1.055, 2.4)
		}
		sum += weight * x
	}
	return sum
}

func contrast(a, b [3]float64) float64 {
	x, y := luminance(a)+0.05, luminance(b)+0.05
	return max(x, y) / min(x, y)
}

// Text has enough contrast on every background, in light and dark mode and on paper, and so have lines with a meaning.
func TestContrastOfAPage(t *testing.T) {
	t.Parallel()
	out := page(t, doc.Doc{Title: "T"})
	themes := strings.Split(out, ":root {")[1:]
	if len(themes) != 3 {
		t.Fatalf("%d themes, want light, dark and print", len(themes))
	}
	light := colours(t, themes[0])
	for i, theme := range themes {
		theme, _, _ = strings.Cut(theme, "}")
		has := colours(t, theme)
		if len(has) < 15 || len(has) != len(light) {
			t.Errorf("theme %d has %d colours, the first has %d", i, len(has), len(light))
		}
		for _, x := range []struct {
			ink, on string
			least   float64
		}{
			{"ink", "paper", 7},
			{"ink", "card", 7},
			{"ink", "wash", 7},
			{"soft", "paper", 4.5},
			{"soft", "card", 4.5},
			{"link", "card", 4.5},
			{"link", "paper", 4.5},
			{"accent-ink", "paper", 4.5},
			{"behind-ink", "behind", 4.5},
			{"below-ink", "below", 4.5},
			{"met-ink", "met", 4.5},
			{"open-ink", "open", 4.5},
			{"accent", "card", 3},
			{"accent", "paper", 3},
			{"accent", "rule", 3},
			{"soft", "card", 3},
		} {
			a, known := has[x.ink]
			b, also := has[x.on]
			if !known || !also {
				t.Errorf("theme %d: %s or %s is missing", i, x.ink, x.on)
			} else if got := contrast(a, b); got < x.least {
				t.Errorf("theme %d: %s on %s has %.2f, want %.1f", i, x.ink, x.on, got, x.least)
			}
		}
	}
}

func TestContrastFollowsWCAG(t *testing.T) {
	t.Parallel()
	black, white, grey := [3]float64{}, [3]float64{255, 255, 255}, [3]float64{0x76, 0x76, 0x76}
	if got := fmt.Sprintf("%.2f %.2f", contrast(black, white), contrast(grey, white)); got != "21.00 4.54" {
		t.Error(got)
	}
}

func TestPageIsTheSameEachTime(t *testing.T) {
	t.Parallel()
	if a, b := page(t, sample(handout.Options{})), page(t, sample(handout.Options{})); a != b || !strings.HasSuffix(a, "</html>\n") {
		t.Error("it differs, or does not end as it should")
	}
}

// BenchmarkReport writes the report at the end of three years in each format, and in all of them one after the other,
// from the record as a command does.
func BenchmarkReport(b *testing.B) {
	src := sourceOf(longrecord.Make(lib.Standard(library.Default), today))
	write := func(b *testing.B, f export.Format) {
		_, err := f.Report(export.Material{
			Doc:    func() doc.Doc { return handout.Doc(src, handout.Options{}) },
			Tables: func() ([]handout.Table, error) { return handout.Tables(src, handout.Options{}) },
			Dates:  func() handout.Dates { return handout.DatesOf(src, handout.Options{}, time.Time{}) },
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	for _, f := range export.Formats {
		b.Run(f.Word, func(b *testing.B) {
			for b.Loop() {
				write(b, f)
			}
		})
	}
	b.Run("all", func(b *testing.B) {
		for b.Loop() {
			for _, f := range export.Formats {
				write(b, f)
			}
		}
	})
}

func TestDatesStayOnOneLine(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"a card, 25 Aug 2026":                "a card, 25\u00a0Aug\u00a02026",
		"9 Aug 2026 and 12 Jul 2026, 2 more": "9\u00a0Aug\u00a02026 and 12\u00a0Jul\u00a02026, 2 more",
		"since Aug 2026":                     "since Aug 2026",
		"in 2026, 20 of 2026":                "in 2026, 20 of 2026",
		" 2026":                              " 2026",
		"Aug 2026":                           "Aug 2026",
		"5 an Fe 2026":                       "5 an Fe 2026",
	} {
		if got := export.WholeDays(in); got != want {
			t.Errorf("%q becomes %q", in, got)
		}
	}
}
