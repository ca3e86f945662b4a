// Package levels is how a level is chosen for a KSB, on Rate and on the mentor's screen alike: which levels there are,
// how they and the KSB are drawn, and the strip of KSBs of a duty. What a choice does, and who may see which rating, is
// the screen's.
package levels

import (
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/tui/theme"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/widget"
)

// All are the levels in the order in which they are offered. A pointer among them is an index.
var All = []level.Level{0, 1, 2, 3, 4, level.NoOpportunity}

// What a pointer is where it is on no level, and on the last one.
const (
	Nowhere     = -1
	Opportunity = int(level.Max) + 1
)

// Index is where a level is among them all.
func Index(l level.Level) int {
	if l == level.NoOpportunity {
		return Opportunity
	}
	return int(l)
}

// Pointed is the level at a pointer; where that is nowhere, no opportunity.
func Pointed(at int) level.Level {
	if at == Nowhere {
		return level.NoOpportunity
	}
	return All[at]
}

// Moved is a pointer n levels on, within the ends.
func Moved(at, n int) int { return max(min(at+n, Opportunity), 0) }

// Lines are a level to choose: a mark of two cells, its key, its name where there is room, and what it means. One that
// is pointed at has all its words, however narrow the terminal is.
func Lines(c *ui.Context, l level.Level, mark, means string, pointed bool, w int) []string {
	t, style := c.Theme, c.Theme.Plain
	if pointed {
		mark, style = t.Accent.Render(t.Glyphs.Marker)+" ", t.Accent
	}
	line := mark + t.Key.Render(l.Key()) + " "
	if !c.Size.Narrow {
		line += " " + style.Render(widget.Pad(c.Library.Scale().Words(l).Name, 15))
	}
	before := widget.Width(line)
	if !pointed {
		return []string{line + widget.CutPlain(means, w-before, t.Glyphs.Cut)}
	}
	words := widget.Wrap(means, max(w-before, 1))
	return append([]string{line + words[0]}, widget.Indent(words[1:], strings.Repeat(" ", before))...)
}

// Wording is the whole text of a KSB behind its code. It is the standard's own and what is rated, so it is set as a
// title.
func Wording(ksb, text string, w int, t *theme.Theme) []string {
	indent := strings.Repeat(" ", len(ksb)+2)
	lines := widget.Style(widget.Wrap(text, max(w-len(indent), 1)), t.Title.Render)
	lines = widget.Indent(lines, indent)
	if len(lines) > 0 {
		lines[0] = t.Accent.Render(ksb) + "  " + strings.TrimPrefix(lines[0], indent)
	}
	return lines
}

// Chip is one KSB in a strip.
type Chip struct {
	KSB   string
	State string // its level, or what stands for one
	Here  bool   // it is the one in hand, which is in brackets
	Tick  string // behind the level, one cell; or ""
}

// Strip is the chips of a duty, on as many lines of w cells as they take.
func Strip(chips []Chip, w int, t *theme.Theme) []string {
	var lines []string
	line, width := "", 0
	for _, x := range chips {
		text := " " + x.KSB + " " + x.State + widget.Pad(x.Tick, 1)
		shown := text
		if x.Here {
			text = "[" + x.KSB + " " + x.State + "]"
			shown = t.Accent.Render(text)
		}
		if width+widget.Width(text) > w && width > 0 {
			lines, line, width = append(lines, line), "", 0
		}
		line, width = line+shown, width+widget.Width(text)
	}
	return append(lines, line)
}

// Named is a text behind its name in at most n lines, the name as a heading.
func Named(name, text string, w, n int, t *theme.Theme) []string {
	lines := widget.WrapTo(name+"  "+text, w, n, t.Glyphs.Cut)
	if len(lines) > 0 {
		lines[0] = t.Title.Render(name) + strings.TrimPrefix(lines[0], name)
	}
	return lines
}

// An Aim is what a level is held against in a bar.
type Aim struct {
	Target   level.Level
	Expected level.Level
	Timed    bool // Expected is known
}

// Of is what the level of a KSB is held against today.
func Of(row gap.Row) Aim {
	x, timed := row.Expected()
	return Aim{row.Target, x, timed}
}

// BarGlyphs are how to read a bar, for the help pages.
func BarGlyphs(t *theme.Theme) []ui.Glyph {
	g := t.Glyphs
	return []ui.Glyph{
		{Shown: g.Full, Means: "in a bar: a level that is reached"},
		{Shown: g.Ahead, Means: "a level that is reached before it is expected"},
		{Shown: g.Empty, Means: "a level that is expected by now and not reached; without a start date, one up to " +
			"the target"},
		{Shown: g.Later, Means: "a level that comes later"},
		{Shown: g.Target, Means: "the target, at the end of a bar"},
	}
}

// Bar is a level as a bar that ends at the target; only a level above that goes on behind it.
func (s Aim) Bar(l level.Level, t *theme.Theme) string {
	g, now := t.Glyphs, s.Target
	if s.Timed {
		now = s.Expected
	}
	var b strings.Builder
	for i := level.Level(1); i <= max(l, s.Target); i++ {
		switch {
		case i <= l && i <= now:
			b.WriteString(g.Full)
		case i <= l:
			b.WriteString(g.Ahead)
		case i <= now:
			b.WriteString(g.Empty)
		default:
			b.WriteString(g.Later)
		}
		if i == s.Target {
			b.WriteString(g.Target)
		}
	}
	return b.String()
}
