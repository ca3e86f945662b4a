package progress

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/tui/theme"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/widget"
)

const (
	numberCell = 5 // of one round in the table
	nowW       = 5
	lateW      = 8
	wantW      = 10
	metW       = 11
	nameFair   = 20 // less than this, and how many are behind goes
	nameLeast  = 14 // less than this, and rounds go
	nameMost   = 42
)

// A grid is how a row of a series shares the width: its name, the rounds, and the figures of today.
type grid struct {
	name      int
	from      int // the first round that is shown
	rounds    int
	table     bool
	late      bool // how many are behind, where that can be known
	want, met bool
	timed     bool // what is expected is known
}

// gridFor leaves out the share at target and then what is expected where the longest name would be cut, then how many
// are behind, then the oldest rounds.
func gridFor(p *past, w int, table bool) grid {
	g := grid{rounds: len(p.moments), table: table, timed: p.timed, late: p.timed, want: p.timed, met: true}
	longest := 0
	for _, d := range p.duties {
		longest = max(longest, widget.Width(d.name))
	}
	for {
		g.name = min(w-g.roundsW()-g.figuresW(), nameMost)
		switch {
		case g.met && g.name < longest:
			g.met = false
		case g.want && g.name < longest:
			g.want = false
		case g.late && g.name < nameFair:
			g.late = false
		case g.name >= nameLeast:
			return g
		case g.rounds > 1:
			g.from, g.rounds = g.from+1, g.rounds-1
		default:
			g.name = max(g.name, 0)
			return g
		}
	}
}

// roundsW is the room for the rounds: a column each and the mark of what is expected, or a figure each.
func (g grid) roundsW() int {
	if g.table {
		return g.rounds * numberCell
	}
	return max(g.rounds+3, len(" rounds"))
}

func (g grid) figuresW() int {
	w := 0
	if !g.table {
		w = nowW
	}
	if g.late {
		w += lateW
	}
	if g.want {
		w += wantW
	}
	if g.met {
		w += metW
	}
	return w
}

// head names the columns.
func (g grid) head(name string) string {
	line := widget.Pad(name, g.name)
	if g.late {
		line += widget.PadLeft("behind", lateW)
	}
	if g.table {
		for i := range g.rounds {
			line += widget.PadLeft(strconv.Itoa(g.from+i+1), numberCell)
		}
	} else {
		line += widget.Pad(" rounds", g.roundsW()) + widget.PadLeft("now", nowW)
	}
	if g.want {
		line += widget.PadLeft("expected", wantW)
	}
	if g.met {
		line += widget.PadLeft("at target", metW)
	}
	return line
}

// row draws what stands behind the name of a series. What is expected is left out where it means nothing.
func (g grid) row(c *ui.Context, s series, alone bool) string {
	line := ""
	if g.late && !alone {
		line = lateCell(c.Theme, s.share.Behind)
	} else if g.late {
		line = widget.Pad("", lateW)
	}
	if g.table {
		for _, m := range s.means[g.from:] {
			line += widget.PadLeft(m.figure(), numberCell)
		}
	} else {
		line += widget.Pad(" "+picture(c.Theme, s, g, alone), g.roundsW()) + widget.PadLeft(s.now().figure(), nowW)
	}
	if alone {
		return line
	}
	if g.want {
		line += widget.PadLeft(fmt.Sprintf("%.1f", s.want), wantW)
	}
	if g.met {
		line += widget.PadLeft(fmt.Sprintf("%d of %d", s.share.Met, s.share.Total), metW)
	}
	return line
}

// lateCell is how many are behind; none is a dot, so that what counts stands out.
func lateCell(t *theme.Theme, n int) string {
	if n == 0 {
		return t.Faint.Render(widget.PadLeft(t.Glyphs.Sep, lateW))
	}
	return t.Behind.Render(widget.PadLeft(strconv.Itoa(n), lateW))
}

// picture is a column for each round, as high as its mean is of the target, then the line and the column of what is
// expected by now. Only the colour of the line and what is behind it says nothing new.
func picture(t *theme.Theme, s series, g grid, alone bool) string {
	var b strings.Builder
	for _, m := range s.means[g.from:] {
		b.WriteString(column(t, m, s.target))
	}
	if alone || !g.timed {
		return b.String()
	}
	return b.String() + t.Faint.Render(t.Glyphs.Target+column(t, mean{s.want, true}, s.target))
}

// column is a bar as high as a mean, the tallest for one at its target or above; blank where there is none.
func column(t *theme.Theme, m mean, target float64) string {
	if !m.known {
		return " "
	}
	top := len(t.Glyphs.Columns) - 1
	if m.level >= target {
		return t.Glyphs.Columns[top]
	}
	return t.Glyphs.Columns[min(int(m.level/target*float64(top)), top-1)]
}

func (m mean) figure() string {
	if !m.known {
		return "-"
	}
	return fmt.Sprintf("%.1f", m.level)
}
