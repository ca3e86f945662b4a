package rate

import (
	"fmt"
	"slices"

	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/sorting"
	"github.com/ksbcoach/ksbcoach/internal/tui/levels"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/widget"
)

// A part is one thing that helps to choose a level, such as a note, after its name.
type part struct {
	name, text string
	rank       int // where not all fit, 1 goes in first
}

// parts are all that helps, in reading order. Only the first changes with the level that is pointed at.
func (m model) parts() []part {
	all := []part{
		{m.stepName, m.step, 1},
		{plan.GoodAt, m.good, 7},
		{exampleName, m.field, 4},
		{promptName, m.prompt, 2},
		{"Your note", m.known.Note, 3},
		{"Agreed", m.known.Agreed, 5},
		{"Mentor", m.known.Mentor, 6},
		{"Evidence", m.known.Evidence, 8},
	}
	if !m.written {
		all = append([]part{{"", "Coaching for this KSB is not written yet. Use the words of the levels, and the " +
			"wording above.", 1}}, all...)
	}
	return slices.DeleteFunc(all, func(x part) bool { return x.text == "" })
}

// lines is a part in lines of w cells. The text between two levels is padded to the longest of them all, so that what
// is below it does not move with the pointer.
func (d *drawing) lines(x part, w int) []string {
	out := d.labelled(x.name, x.text, w, d.h)
	if x.name == d.m.stepName {
		for _, step := range d.m.steps {
			out = widget.Filled(out, len(d.labelled(step.name, step.text, w, d.h)))
		}
	}
	return out
}

// leastBelow is how many lines the two most useful parts take, or one of them where the right pane has the other.
func (d *drawing) leastBelow() int {
	n := 0
	for _, x := range d.m.parts() {
		if x.rank <= 2 && (!d.panes || x.rank > 1) {
			n += len(d.lines(x, d.w))
		}
	}
	return n
}

// fitting chooses the most useful parts that fit into h lines, and returns their lines in reading order. All parts are
// shown whole but the text between two levels, which may be cut. Where there is much room, blank lines separate them.
func (d *drawing) fitting(parts []part, w, h int) []string {
	byRank := slices.Clone(parts)
	sorting.By(byRank, func(a, b part) int { return a.rank - b.rank })
	shown, room := map[string][]string{}, h
	for _, x := range byRank {
		lines := d.lines(x, w)
		if len(lines) > room && x.rank == 1 && room >= leastStep {
			lines = d.labelled(x.name, x.text, w, room)
		}
		// If the question needs more room, the step gives up the lines that only pad it, and if need be its last one.
		if step := shown[d.m.stepName]; x.rank == 2 && len(lines) > room && len(step) > 0 {
			own := len(d.labelled(d.m.stepName, d.m.step, w, d.h))
			if kept := len(step) + room - len(lines); kept >= min(own, leastStep+1) {
				step = d.labelled(d.m.stepName, d.m.step, w, kept)
				shown[d.m.stepName], room = widget.Filled(step, kept), len(lines)
			}
		}
		if len(lines) <= room {
			shown[x.name], room = lines, room-len(lines)
		}
	}
	var out []string
	airy := d.h >= roomy && room > len(shown)
	for _, x := range parts {
		if airy && len(out) > 0 && len(shown[x.name]) > 0 {
			out, room = append(out, ""), room-1
		}
		out = append(out, shown[x.name]...)
	}
	if room > 0 && len(out) > 0 {
		out = append([]string{""}, out...)
	}
	return out
}

// help adds the parts. Where there is a right pane the steps between levels go there, and the other parts below the
// levels.
func (d *drawing) help() {
	from := len(d.page.Body)
	parts := d.m.parts()
	if len(parts) == 0 || d.s.ended && !d.panes && d.h-from < len(d.lines(parts[0], d.w)) {
		return
	}
	if !d.panes {
		d.page.Side = &ui.Side{Lines: d.fitting(parts, d.w, d.h-from), From: from}
		return
	}
	right, withGood := d.rightPane(d.c.Size.W - wideLeft - 3)
	inPane := func(x part) bool { return x.name == d.m.stepName || withGood && x.name == plan.GoodAt }
	d.page.Body = append(d.page.Body, d.fitting(slices.DeleteFunc(parts, inPane), d.w, d.h-from)...)
	for y := from; y < len(d.page.Body); y++ {
		d.page.Late = append(d.page.Late, y)
	}
	d.page.Side = &ui.Side{Lines: right, At: wideLeft}
}

// labelled is a text to the right of its label, in at most n lines. On a narrow terminal the lines after the first
// begin at the left edge.
func (d *drawing) labelled(label, text string, w, n int) []string {
	if n < 1 || text == "" {
		return nil
	}
	if label == "" {
		return widget.Style(widget.WrapTo(text, w, n, ""), d.c.Theme.Faint.Render)
	}
	if d.c.Size.Narrow {
		return levels.Named(label, text, w, n, d.c.Theme)
	}
	const indent = 13
	lines := widget.WrapTo(text, max(w-indent, 1), n, d.c.Theme.Glyphs.Cut)
	return widget.Hang(d.c.Theme.Title.Render(widget.Pad(label, indent)), lines)
}

// rightPane is the right pane of a wide terminal: the texts between all levels, with the current one bright, and below
// them the walk if there is room. Where the texts do not all fit, it shows only the current one and what good looks
// like; withGood says so.
func (d *drawing) rightPane(w int) (lines []string, withGood bool) {
	for i, x := range d.m.steps {
		if i > 0 {
			lines = append(lines, "")
		}
		lines = append(lines, d.step(x, w)...)
	}
	if len(lines) > d.h || d.m.stepName == plan.GoodAt {
		withGood = true
		tallest := 0
		for _, x := range d.m.steps {
			tallest = max(tallest, len(d.step(x, w)))
		}
		lines = append(widget.Filled(d.step(part{name: d.m.stepName, text: d.m.step}, w), tallest), "")
		if d.m.good != "" {
			lines = append(lines, d.c.Theme.Title.Render(plan.GoodAt))
			lines = append(lines, widget.Wrap(d.m.good, w)...)
		}
	}
	// The walk is at the bottom, so that it does not move from one KSB to the next.
	walk := d.walk(w)
	if len(lines)+1+len(walk) > d.h {
		return lines, withGood
	}
	return append(widget.Filled(lines, d.h-len(walk)), walk...), withGood
}

// step is the text between two levels, marked and bright if it is the current one.
func (d *drawing) step(x part, w int) []string {
	t := d.c.Theme
	mark, name, text := "  ", t.Faint, t.Faint
	if x.name == d.m.stepName {
		mark, name, text = t.Accent.Render(t.Glyphs.Marker)+" ", t.Accent, t.Plain
	}
	lines := []string{mark + name.Render(x.name)}
	return append(lines, widget.Indent(widget.Style(widget.Wrap(x.text, max(w-2, 1)), text.Render), "  ")...)
}

// walk is how much is rated of each duty.
func (d *drawing) walk(w int) []string {
	t := d.c.Theme
	lines := []string{t.Title.Render("The walk")}
	for _, x := range d.c.Standard.Duties {
		n := d.c.Report.Tally(x.Number)
		mark := "  "
		if x.Number == d.m.duty.Number {
			mark = t.Accent.Render(t.Glyphs.Marker) + " "
		}
		name := widget.Cut(fmt.Sprintf("%2d %s", x.Number, d.c.DutyTitle(x.Number)), w-8, t.Glyphs.Cut)
		lines = append(lines, mark+widget.Pad(name, w-8)+widget.PadLeft(fmt.Sprintf("%d/%d", n.Rated, n.Total), 6))
	}
	return lines
}
