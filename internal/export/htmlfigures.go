package export

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/doc"
	"github.com/ksbcoach/ksbcoach/internal/lazy"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// bar writes a share of a whole in words, and draws it as a line.
func (p *htmlPage) bar(b doc.Bar) {
	p.entry("bars", b.Depth)
	p.element("dt", b.Label)
	p.open("dd")
	p.text(b.Text)
	share := 0.0
	if b.Of > 0 {
		share = max(0, min(b.Value/b.Of, 1))
	}
	p.open("svg", "viewBox", "0 0 100 4", "preserveAspectRatio", "none", "aria-hidden", "true", "focusable", "false")
	p.rect("track", 0, 0, 100, 4, 0)
	p.rect("fill", 0, 0, 100*share, 4, 0)
	p.close("svg")
	p.close("dd")
}

// pixel writes a length in a picture.
func pixel(x float64) string { return strconv.FormatFloat(x, 'f', 1, 64) }

func (p *htmlPage) rect(class string, x, y, w, h, round float64) {
	p.void("rect", "class", class, "x", pixel(x), "y", pixel(y), "width", pixel(w), "height", pixel(h), "rx",
		pixel(round))
}

func (p *htmlPage) label(class, text string, x, y float64) {
	p.element("text", text, "class", class, "x", pixel(x), "y", pixel(y))
}

// picture draws a picture twice, for a wide and for a narrow page. Screen readers get its caption and a description in
// words, and a table below it has the numbers. draw returns the height of the picture.
func (p *htmlPage) picture(caption, description, class string, table doc.Table,
	draw func(w float64, wide bool) (height float64), key func(),
) {
	p.open("figure")
	p.element("figcaption", caption)
	for _, size := range []struct {
		class string
		width float64
	}{{"wide", 720}, {"narrow", 330}} {
		p.ids++
		id := "picture-" + strconv.Itoa(p.ids)
		at := p.out.Len()
		height := draw(size.width, size.class == "wide")
		drawn := string(p.out.Bytes()[at:]) // moved into the svg element, which needs the height first
		p.out.Truncate(at)
		p.open("svg", "class", classes(class, size.class), "role", "img", "aria-labelledby", id+"-title "+id+"-desc",
			"viewBox", fmt.Sprintf("0 0 %s %s", pixel(size.width), pixel(height)))
		p.element("title", caption, "id", id+"-title")
		p.element("desc", description, "id", id+"-desc")
		p.raw(drawn)
		p.close("svg")
	}
	p.open("ul", "class", "key")
	key()
	p.close("ul")
	p.open("details")
	p.element("summary", "The same as a table")
	p.table(table, caption)
	p.close("details")
	p.close("figure")
}

// tones gives the classes of tones. A test checks that their colours are readable.
var tones = lazy.Value[map[doc.Tone]string]{Make: func() map[doc.Tone]string {
	return map[doc.Tone]string{
		doc.ToneNone: "none", doc.ToneOpen: "open", doc.ToneBehind: "behind", doc.ToneBelow: "below",
		doc.ToneMet: "met",
	}
}}

// toneKey explains the colours of a grid. The words in each cell say the same.
var toneKey = []struct {
	tone  doc.Tone
	means string
}{
	{doc.ToneBehind, "some are behind"},
	{doc.ToneBelow, "none behind, some below target"},
	{doc.ToneMet, "all at target"},
	{doc.ToneOpen, "not rated yet"},
}

func (p *htmlPage) grid(g doc.Grid) {
	var sentences []string
	seen := map[doc.Tone]bool{}
	for _, l := range g.Lines {
		for _, c := range l.Cells {
			seen[c.Tone] = true
		}
		sentences = append(sentences, l.Head()+": "+g.Says(l)+".")
	}
	p.picture(g.Caption, strings.Join(sentences, " "), "map", g.Table(), func(w float64, wide bool) float64 {
		return p.drawGrid(g, w, wide)
	}, func() {
		for _, k := range toneKey {
			if seen[k.tone] {
				p.keyEntry(k.means, "0 0 10 10", func() { p.rect(tones.Get()[k.tone], 0, 0, 10, 10, 2) })
			}
		}
	})
}

// keyEntry explains a sign in a picture.
func (p *htmlPage) keyEntry(means, box string, draw func()) {
	p.open("li")
	p.open("svg", "viewBox", box, "aria-hidden", "true", "focusable", "false")
	draw()
	p.close("svg")
	p.text(means)
	p.close("li")
}

// drawGrid draws each row of a grid to the right of its name on a wide page, and below the name on a narrow one.
func (p *htmlPage) drawGrid(g doc.Grid, w float64, wide bool) float64 {
	const gap, tag = 4.0, 26.0
	left, high, y := 0.0, 48.0, 20.0
	if wide {
		left, high = 236, 28
	}
	cell := (w - left - gap*float64(len(g.Columns)-1)) / float64(len(g.Columns))
	at := func(i int) float64 { return left + float64(i)*(cell+gap) }
	for i, c := range g.Columns {
		p.label("soft small strong", c, at(i), 12)
	}
	for _, l := range g.Lines {
		head, top, box := l.Head(), y, high-gap
		if _, number, ok := strings.Cut(l.Label, g.RowLabel+" "); ok && l.Name != "" {
			p.label("strong soft", number, 0, y+lists.Pick[float64](wide, 16, 14))
			head = l.Name
		}
		shift := lists.Pick[float64](head == l.Name && l.Name != "", tag, 0)
		if wide {
			p.label("", fitted(head, left-shift-6), shift, y+16)
		} else {
			p.label("", fitted(head, w-shift), shift, y+14)
			top, box = y+20, high-20-gap
		}
		for i, c := range l.Cells {
			p.rect(tones.Get()[c.Tone], at(i), top, cell, box, 4)
			text := c.Words
			if !wide {
				text = c.Figure
			}
			p.label(classes(tones.Get()[c.Tone], "small"), fitted(text, cell-10), at(i)+8, top+box/2+4)
		}
		y += high
		if !wide {
			y += 6
		}
	}
	return y
}

// fitted cuts a text to a width. The width of letters is an estimate.
func fitted(s string, room float64) string {
	const letter = 6.3 // at most, on average over a text
	if r := []rune(s); float64(len(r))*letter > room {
		return strings.TrimRight(string(r[:max(int(room/letter)-1, 1)]), " ,;:") + "…"
	}
	return s
}

func (p *htmlPage) chart(c doc.Chart) {
	var sentences []string
	for i, at := range c.Times {
		var of []string
		for _, l := range c.Lines {
			if v := l.Values[i]; v != nil {
				of = append(of, fmt.Sprintf("%s %.1f", strings.ToLower(l.Name), *v))
			}
		}
		sentences = append(sentences, at.On.Long()+", "+at.Name+": "+words.List(of)+".")
	}
	if len(c.Times) < 2 { // one point makes no line
		p.element("p", c.Caption)
		p.table(c.Table(), c.Caption)
		return
	}
	p.picture(c.Caption, strings.Join(sentences, " "), "chart", c.Table(), func(w float64, wide bool) float64 {
		return p.drawChart(c, w, wide)
	}, func() {
		for i, l := range c.Lines {
			p.keyEntry(l.Name, "0 0 20 10", func() {
				p.void("line", "class", lineClass(i), "x1", "0", "y1", "5", "x2", "20", "y2", "5")
				p.point(i, 10, 5)
			})
		}
	})
}

// lineClass is the class of a line of a chart. The first, which is the learner's, looks different from the others.
func lineClass(i int) string {
	if i == 0 {
		return "line"
	}
	return "line2"
}

// point draws a round dot for the first line and a square for the others, which tells them apart without colour.
func (p *htmlPage) point(line int, x, y float64) {
	if line == 0 {
		p.void("circle", "class", "dot", "cx", pixel(x), "cy", pixel(y), "r", "5")
		return
	}
	p.void("rect", "class", "dot2", "x", pixel(x-4), "y", pixel(y-4), "width", "8", "height", "8")
}

// drawChart draws values over time, with dates to scale.
func (p *htmlPage) drawChart(c doc.Chart, w float64, wide bool) float64 {
	left, right, top, high := 22.0, 22.0, 14.0, 170.0
	if wide && len(c.Steps) > 0 {
		left = 108
	}
	first, last := c.Times[0].On, c.Times[len(c.Times)-1].On
	days := max(first.Days(last), 1)
	x := func(i int) float64 {
		return left + 14 + (w-left-right-28)*float64(first.Days(c.Times[i].On))/float64(days)
	}
	y := func(v float64) float64 { return top + high - high*v/c.Max }
	for step := range int(c.Max) + 1 {
		at := y(float64(step))
		p.void("line", "class", "grid", "x1", pixel(left), "y1", pixel(at), "x2", pixel(w-right+14), "y2", pixel(at))
		name := strconv.Itoa(step)
		if wide && step < len(c.Steps) {
			name += " " + c.Steps[step]
		}
		p.label("soft small end", name, left-6, at+4)
	}
	for i := len(c.Lines) - 1; i >= 0; i-- { // the first last, on top of the others
		p.drawLine(c, i, x, y)
	}
	return p.drawTimes(c, w, top+high, x)
}

// drawLine draws one line. It writes the values of the first line above its points, or below them if another line is
// above.
func (p *htmlPage) drawLine(c doc.Chart, line int, x func(int) float64, y func(float64) float64) {
	l := c.Lines[line]
	var path []string
	for i, v := range l.Values {
		if v != nil {
			path = append(path, pixel(x(i))+","+pixel(y(*v)))
		}
	}
	if len(path) > 1 {
		p.void("polyline", "class", lineClass(line), "points", strings.Join(path, " "))
	}
	for i, v := range l.Values {
		if v == nil {
			continue
		}
		p.point(line, x(i), y(*v))
		if line > 0 {
			continue
		}
		at := y(*v) - 11
		if slices.ContainsFunc(c.Lines[1:],
			func(o doc.ChartLine) bool { return o.Values[i] != nil && *o.Values[i] > *v }) {
			at = y(*v) + 21
		}
		p.label("strong mid", fmt.Sprintf("%.1f", *v), x(i), at)
	}
}

// drawTimes writes the dates below a chart, and returns the height of the chart with them. A date that would overlap
// those before it goes one row lower; if no row has room, it is left out.
func (p *htmlPage) drawTimes(c doc.Chart, w, bottom float64, x func(int) float64) float64 {
	const line, letter, most = 34.0, 6.6, 3
	var ends [most]float64
	used := 1
	for i, at := range c.Times {
		wide := letter * float64(max(len([]rune(at.On.Long())), len([]rune(at.Name))))
		from := min(max(x(i)-wide/2, 0), w-wide)
		for row := range most {
			if i > 0 && from < ends[row]+8 && ends[row] > 0 {
				continue
			}
			ends[row] = from + wide
			used = max(used, row+1)
			top := bottom + line*float64(row)
			p.label("small mid", at.On.Long(), from+wide/2, top+18)
			p.label("small soft mid", at.Name, from+wide/2, top+32)
			break
		}
	}
	return bottom + line*float64(used) + 8
}
