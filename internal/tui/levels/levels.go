// Package levels has what Rate and the mentor's screen share for choosing the level of a KSB: the levels in order, how
// they and the KSB are drawn, and the strip of the KSBs of a duty. The screens decide what a choice does, and who may
// see which rating.
package levels

import (
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/tui/theme"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/widget"
)

// All are the levels in the order in which they are offered. A pointer is an index into All, or Nowhere.
var All = []level.Level{0, 1, 2, 3, 4, level.NoOpportunity}

// Special values of a pointer.
const (
	Nowhere     = -1
	Opportunity = int(level.Max) + 1 // on no opportunity, which is last
)

// Index returns the pointer to a level.
func Index(l level.Level) int {
	if l == level.NoOpportunity {
		return Opportunity
	}
	return int(l)
}

// Pointed returns the level at a pointer. Nowhere gives no opportunity.
func Pointed(at int) level.Level {
	if at == Nowhere {
		return level.NoOpportunity
	}
	return All[at]
}

// Moved returns a pointer moved by n levels, as far as the ends.
func Moved(at, n int) int { return max(min(at+n, Opportunity), 0) }

// Lines draws a level on offer: a mark of two cells, its key, its name where there is room, and what it means. The one
// at the pointer has its own mark and is shown with all its words, however narrow the terminal is; others get one line.
func Lines(c *ui.Context, l level.Level, mark, means string, pointed bool, w int) []string {
	t, style := c.Theme, c.Theme.Plain
	if pointed {
		mark, style = t.Mark(true)
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

// Wording draws the whole text of a KSB after its code. It is what the learner rates, so it is styled as a title.
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
	State string // its level, or a sign in its place
	Here  bool   // it is the KSB being rated, which is drawn in brackets
	Tick  string // a sign of one cell after the level, or ""; not drawn in brackets
}

// Strip draws chips on as many lines of w cells as they need.
func Strip(chips []Chip, w int, t *theme.Theme) []string {
	var lines []string
	line := ""
	for _, chip := range chips {
		text := " " + chip.KSB + " " + chip.State + widget.Pad(chip.Tick, 1)
		if chip.Here {
			text = t.Accent.Render("[" + chip.KSB + " " + chip.State + "]")
		}
		if line != "" && widget.Width(line+text) > w {
			lines, line = append(lines, line), ""
		}
		line += text
	}
	return append(lines, line)
}

// Named draws a text after its name, which is styled as a heading, in at most n lines.
func Named(name, text string, w, n int, t *theme.Theme) []string {
	lines := widget.WrapTo(name+"  "+text, w, n, t.Glyphs.Cut)
	if len(lines) > 0 {
		lines[0] = t.Title.Render(name) + strings.TrimPrefix(lines[0], name)
	}
	return lines
}

// An Aim is what a level is compared with in a bar.
type Aim struct {
	Target   level.Level
	Expected level.Level // the level expected by now
	Timed    bool        // Expected is known
}

// Of returns the aim of a KSB today.
func Of(row gap.Row) Aim {
	x, timed := row.Expected()
	return Aim{row.Target, x, timed}
}

// BarGlyphs explains a bar, for the help pages.
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

// Bar draws a level as a bar with one glyph for each level up to the target, which is marked; a level above the target
// goes on after the mark. Without a start date, all up to the target counts as expected by now.
func (a Aim) Bar(l level.Level, t *theme.Theme) string {
	g, now := t.Glyphs, a.Target
	if a.Timed {
		now = a.Expected
	}
	var b strings.Builder
	for i := level.Level(1); i <= max(l, a.Target); i++ {
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
		if i == a.Target {
			b.WriteString(g.Target)
		}
	}
	return b.String()
}
