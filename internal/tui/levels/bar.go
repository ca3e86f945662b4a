package levels

import (
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/tui/theme"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

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
		{Shown: g.Empty, Means: "a level that is expected by now and not reached; without a start date, one up to the target"},
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
