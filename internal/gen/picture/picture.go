// Package picture draws frames of the program as SVG, for the README and the documents.
package picture

import (
	"fmt"
	"html"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

// IsDrawn compares shots with the picture docs/NAME.svg, or draws it anew. Docs is the path to docs; remake is the
// command that draws it.
func IsDrawn(t *testing.T, docs, name string, shots []Shot, anew bool, remake string) {
	t.Helper()
	svg, file := draw(shots), filepath.Join(docs, name+".svg")
	if anew {
		if err := os.WriteFile(file, []byte(svg), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	have, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if string(have) != svg {
		t.Errorf("docs/%s.svg is stale: run %s", name, remake)
	}
}

// The measures of a cell in the picture.
const cellW, cellH, margin = 8.4, 18.0, 14.0

var sgr = regexp.MustCompile("\x1b\\[([0-9;]*)m")

// Shot is a frame of 80 columns with a caption, and for how many seconds it stands. A picture of one shot has neither.
type Shot struct {
	Frame, Caption string
	Seconds        int
}

const cols = 80 // of a frame

// draw draws shots as SVG, one after the other. Whoever wants no motion sees the first.
func draw(shots []Shot) string {
	var b strings.Builder
	rows := 1 + strings.Count(shots[0].Frame, "\n")
	w, h := float64(cols)*cellW+2*margin, float64(rows)*cellH+2*margin
	if len(shots) > 1 {
		h += 2 * cellH
	}
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %.0f %.0f" font-family="ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14">`+"\n", w, h)
	fmt.Fprintf(&b, `<rect width="100%%" height="100%%" rx="8" fill="#15191e"/>`+"\n")
	if len(shots) == 1 {
		frame(&b, shots[0].Frame)
		b.WriteString("</svg>\n")
		return b.String()
	}
	all, at := 0, 0
	for _, s := range shots {
		all += s.Seconds
	}
	b.WriteString("<style>g{visibility:hidden}g:first-of-type{visibility:visible}" +
		"@media(prefers-reduced-motion:no-preference){")
	for i, s := range shots {
		share := 100 * float64(s.Seconds) / float64(all)
		fmt.Fprintf(&b, "@keyframes k%d{0%%{visibility:visible}%.2f%%,100%%{visibility:hidden}}", i, share)
		fmt.Fprintf(&b, "#f%d{visibility:hidden;animation:k%d %ds step-end %ds infinite}", i, i, all, at)
		at += s.Seconds
	}
	b.WriteString("}</style>\n")
	for i, s := range shots {
		fmt.Fprintf(&b, `<g id="f%d">`+"\n", i)
		frame(&b, s.Frame)
		fmt.Fprintf(&b, `<text x="50%%" y="%.1f" text-anchor="middle" fill="#87d7ff" font-weight="bold">%s</text>`+"\n</g>\n", h-margin, html.EscapeString(s.Caption))
	}
	b.WriteString("</svg>\n")
	return b.String()
}

// frame draws one frame: one text element for each run of equal style, so that columns stay columns in any font.
func frame(b *strings.Builder, frame string) {
	for y, line := range strings.Split(frame, "\n") {
		x, style := 0, ""
		for line != "" {
			at := sgr.FindStringSubmatchIndex(line)
			run := line
			if at != nil {
				run = line[:at[0]]
			}
			if strings.TrimSpace(run) != "" {
				fmt.Fprintf(b, `<text x="%.1f" y="%.1f" textLength="%.1f" lengthAdjust="spacingAndGlyphs" xml:space="preserve" %s>%s</text>`+"\n",
					margin+float64(x)*cellW, margin+float64(y)*cellH+13, float64(ansi.StringWidth(run))*cellW,
					paint(style), html.EscapeString(run))
			}
			x += ansi.StringWidth(run)
			if at == nil {
				break
			}
			style = line[at[2]:at[3]]
			line = line[at[1]:]
		}
	}
}

// paint turns the codes of one style into attributes. The theme uses bold and the 256 colours only.
func paint(codes string) string {
	fill, weight := "#d6dbe1", ""
	parts := strings.Split(codes, ";")
	for i := 0; i < len(parts); i++ {
		switch {
		case parts[i] == "1":
			weight = ` font-weight="bold"`
		case parts[i] == "38" && i+2 < len(parts):
			n, _ := strconv.Atoi(parts[i+2])
			fill = xterm(n)
			i += 2
		}
	}
	return fmt.Sprintf(`fill=%q%s`, fill, weight)
}

// xterm is one of the upper 240 of the 256 colours: a cube of 6 steps and a grey scale.
func xterm(n int) string {
	if n >= 232 {
		v := 8 + (n-232)*10
		return fmt.Sprintf("#%02x%02x%02x", v, v, v)
	}
	step := func(i int) int {
		if i == 0 {
			return 0
		}
		return 55 + i*40
	}
	n -= 16
	return fmt.Sprintf("#%02x%02x%02x", step(n/36), step(n/6%6), step(n%6))
}
