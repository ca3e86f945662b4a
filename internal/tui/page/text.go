package page

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/widget"
)

// Text is a scroll position in text without rows.
type Text struct{ top int }

func (x *Text) clamp(n, h int) int { return max(min(x.top, n-h), 0) }

// Settle limits the position to what n lines need in a room of h.
func (x *Text) Settle(n, h int) { x.top = x.clamp(n, h) }

// Update scrolls n lines in a room of h, and says whether the message was for that.
func (x *Text) Update(msg tea.Msg, n, h int) bool {
	var by int
	switch msg := msg.(type) {
	case ui.WheelMsg:
		by = msg.Lines
	case tea.KeyPressMsg:
		var ok bool
		if by, ok = moves.Get().By(msg, max(h-1, 1)); !ok {
			return false
		}
	default:
		return false
	}
	x.top += by
	x.Settle(n, h)
	return true
}

// Draw adds as many lines as h to a page. Where there are more, the last of them says how many.
func (x *Text) Draw(p *ui.Page, lines []string, h int, c *ui.Context) {
	p.Cursor = &ui.Point{X: 0, Y: len(p.Body)}
	from := x.clamp(len(lines), h)
	to := min(from+h, len(lines))
	p.Body = append(p.Body, lines[from:to]...)
	if rest := len(lines) - to; rest > 0 && to-from > 2 {
		says := widget.CutPlain(fmt.Sprintf("%d more lines below", rest+1), c.Size.W-2, c.Theme.Glyphs.Cut)
		p.Body[len(p.Body)-1] = "  " + c.Theme.Faint.Render(says)
	}
}
