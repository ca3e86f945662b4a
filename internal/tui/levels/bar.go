package levels

import (
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/tui/theme"
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

// BarSays is how to read a bar, for the help pages.
const BarSays = "In a bar a square is a level that is expected by now, and a dot one that comes later; filled ones " +
	"are reached. The upright line at the end is the target; where no start date is known, all are squares."

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
