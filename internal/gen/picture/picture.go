// Package picture draws frames of the program as SVG for the README and other documents. Only tests import it, and they
// fail when a picture is out of date.
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

// IsDrawn fails the test if the picture NAME.svg in the folder docs does not show these shots. With update it writes
// the picture first; command is how to do that, for the message.
func IsDrawn(t *testing.T, docs, name string, shots []Shot, update bool, command string) {
	t.Helper()
	svg := draw(shots)
	file := filepath.Join(docs, name+".svg")
	if update {
		if err := os.WriteFile(file, []byte(svg), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	have, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if string(have) != svg {
		t.Errorf("docs/%s.svg is stale: run %s", name, command)
	}
}

// In pixels of the picture.
const cellW, cellH, margin = 8.4, 18.0, 14.0

const columns = 80 // of a frame

// sgr matches the sequence that sets the style of the text after it.
var sgr = regexp.MustCompile("\x1b\\[([0-9;]*)m")

// Shot is a frame of 80 columns, with its caption and how many seconds it is shown. A picture of a single shot shows no
// caption and does not move.
type Shot struct {
	Frame, Caption string
	Seconds        int
}

// draw draws shots as SVG, one after the other. Readers who have asked their system for less motion see only the first.
func draw(shots []Shot) string {
	var b strings.Builder
	rows := 1 + strings.Count(shots[0].Frame, "\n")
	w, h := columns*cellW+2*margin, float64(rows)*cellH+2*margin
	if len(shots) > 1 {
		h += 2 * cellH // for the caption
	}
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %.0f %.0f" font-family="ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14">`+"\n", w, h)
	fmt.Fprintf(&b, `<rect width="100%%" height="100%%" rx="8" fill="#15191e"/>`+"\n")
	if len(shots) == 1 {
		frame(&b, shots[0].Frame)
		b.WriteString("</svg>\n")
		return b.String()
	}
	total := 0
	for _, s := range shots {
		total += s.Seconds
	}
	b.WriteString("<style>g{visibility:hidden}g:first-of-type{visibility:visible}" +
		"@media(prefers-reduced-motion:no-preference){")
	begin := 0
	for i, s := range shots {
		percent := 100 * float64(s.Seconds) / float64(total)
		fmt.Fprintf(&b, "@keyframes k%d{0%%{visibility:visible}%.2f%%,100%%{visibility:hidden}}", i, percent)
		fmt.Fprintf(&b, "#f%d{visibility:hidden;animation:k%d %ds step-end %ds infinite}", i, i, total, begin)
		begin += s.Seconds
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

// frame draws one frame. Each run of text in one style is an element with its own position and length, so that columns
// line up in any font.
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

// paint turns the codes of a style into SVG attributes. It knows bold and the 256 colours, which is all the theme uses.
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

// xterm is colour n of the 256 colours, from 16 on: a cube of 6 by 6 by 6 colours, then a grey scale. The first 16
// depend on the terminal, so the theme does not use them.
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
