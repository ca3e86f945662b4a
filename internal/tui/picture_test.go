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

//go:generate go test . -run "TestPicturesAreRealFrames|TestTheMinuteIsReal" -update

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
		isDrawn(t, name, picture([]shot{{frame: r.a.View().Content}}))
	}
}

// scene is one step of the minute: keys, what they are for, and for how many seconds the frame after them stands.
type scene struct {
	keys    []string
	caption string
	seconds int
}

// minute shows the main job in one minute, for the demo learner.
var minute = []scene{
	{nil, "Home says what is next", 5},
	{[]string{"enter"}, "Rate: the level, and beside it what decides", 6},
	{[]string{"down"}, "One level up: what separates it from this one", 6},
	{[]string{"up"}, "Back to what is true", 4},
	{[]string{"2"}, "A digit rates, and it is saved", 5},
	{[]string{"esc", "g"}, "Gaps: what is furthest behind comes first", 7},
	{[]string{"down"}, "Each gap says why it is there", 5},
	{[]string{"enter"}, "What would close it", 6},
	{[]string{"esc", "p"}, "Plan: goals, with what is due", 6},
	{[]string{"enter"}, "One goal: reflect, appraise, act", 10},
}

// The minute in docs is made of real frames too.
func TestTheMinuteIsReal(t *testing.T) {
	r := newRig(t, demoProfile(), 80, 24)
	r.a.own = profile.ThemeDark
	var shots []shot
	for _, s := range minute {
		r.keys(s.keys...)
		shots = append(shots, shot{r.a.View().Content, s.caption, s.seconds})
	}
	isDrawn(t, "minute", picture(shots))
}

// isDrawn compares a picture with the one in docs, or writes it anew.
func isDrawn(t *testing.T, name, svg string) {
	t.Helper()
	file := filepath.Join("..", "..", "docs", name+".svg")
	if uitest.Updating() {
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

// The measures of a cell in the picture.
const cellW, cellH, margin = 8.4, 18.0, 14.0

var sgr = regexp.MustCompile("\x1b\\[([0-9;]*)m")

// shot is a frame of 80 by 24 with a caption, and for how many seconds it stands. A picture of one shot has neither.
type shot struct {
	frame, caption string
	seconds        int
}

const cols, rows = 80, 24

// picture draws shots as SVG, one after the other. Whoever wants no motion sees the first.
func picture(shots []shot) string {
	var b strings.Builder
	w, h := float64(cols)*cellW+2*margin, float64(rows)*cellH+2*margin
	if len(shots) > 1 {
		h += 2 * cellH
	}
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %.0f %.0f" font-family="ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14">`+"\n", w, h)
	fmt.Fprintf(&b, `<rect width="100%%" height="100%%" rx="8" fill="#15191e"/>`+"\n")
	if len(shots) == 1 {
		frame(&b, shots[0].frame)
		b.WriteString("</svg>\n")
		return b.String()
	}
	all, at := 0, 0
	for _, s := range shots {
		all += s.seconds
	}
	b.WriteString("<style>g{visibility:hidden}g:first-of-type{visibility:visible}@media(prefers-reduced-motion:no-preference){")
	for i, s := range shots {
		share := 100 * float64(s.seconds) / float64(all)
		fmt.Fprintf(&b, "@keyframes k%d{0%%{visibility:visible}%.2f%%,100%%{visibility:hidden}}", i, share)
		fmt.Fprintf(&b, "#f%d{visibility:hidden;animation:k%d %ds step-end %ds infinite}", i, i, all, at)
		at += s.seconds
	}
	b.WriteString("}</style>\n")
	for i, s := range shots {
		fmt.Fprintf(&b, `<g id="f%d">`+"\n", i)
		frame(&b, s.frame)
		fmt.Fprintf(&b, `<text x="50%%" y="%.1f" text-anchor="middle" fill="#87d7ff" font-weight="bold">%s</text>`+"\n</g>\n", h-margin, html.EscapeString(s.caption))
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
