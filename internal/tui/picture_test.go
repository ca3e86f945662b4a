package tui

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

	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/tui/uitest"
)

//go:generate go test . -run TestPicturesAreRealFrames -update

// pictures are the frames that the README and the documents show: keys from Home, for the demo learner.
var pictures = map[string][]string{
	"home": {}, "rate": {"enter", "down", "down"}, "gaps": {"g"}, "plan": {"p", "enter"}, "ksb": {"g", "c"},
}

// The pictures in docs are drawn from real frames; this test fails when one is stale, and go generate makes them anew.
func TestPicturesAreRealFrames(t *testing.T) {
	for name, keys := range pictures {
		r := newRig(t, demoProfile(), 80, 24)
		r.a.own = profile.ThemeDark
		r.keys(keys...)
		svg := picture(r.a.View().Content, 80, 24)
		file := filepath.Join("..", "..", "docs", name+".svg")
		if uitest.Updating() {
			if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(file, []byte(svg), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		have, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if string(have) != svg {
			t.Errorf("docs/%s.svg is stale: run go generate ./internal/tui", name)
		}
	}
}

// The measures of a cell in the picture.
const cellW, cellH, margin = 8.4, 18.0, 14.0

var sgr = regexp.MustCompile("\x1b\\[([0-9;]*)m")

// picture draws a frame as SVG: one text element for each run of equal style, so that columns stay columns in any font.
func picture(frame string, cols, rows int) string {
	var b strings.Builder
	w, h := float64(cols)*cellW+2*margin, float64(rows)*cellH+2*margin
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %.0f %.0f" font-family="ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14">`+"\n", w, h)
	fmt.Fprintf(&b, `<rect width="100%%" height="100%%" rx="8" fill="#15191e"/>`+"\n")
	for y, line := range strings.Split(frame, "\n") {
		x, style := 0, ""
		for line != "" {
			at := sgr.FindStringSubmatchIndex(line)
			run := line
			if at != nil {
				run = line[:at[0]]
			}
			if strings.TrimSpace(run) != "" {
				fmt.Fprintf(&b, `<text x="%.1f" y="%.1f" textLength="%.1f" lengthAdjust="spacingAndGlyphs" xml:space="preserve" %s>%s</text>`+"\n",
					margin+float64(x)*cellW, margin+float64(y)*cellH+13, float64(ansi.StringWidth(run))*cellW, paint(style), html.EscapeString(run))
			}
			x += ansi.StringWidth(run)
			if at == nil {
				break
			}
			style = line[at[2]:at[3]]
			line = line[at[1]:]
		}
	}
	b.WriteString("</svg>\n")
	return b.String()
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
