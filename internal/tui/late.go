package tui

import (
	"fmt"
	"maps"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// restTime is how long keys must rest before all of the screen is brought up to date: longer than a held key takes to
// repeat, shorter than a glance across the screen.
const restTime = 200 * time.Millisecond

// A lag keeps what each key writes to a slow line small. While keys come too fast to read what they bring, it leaves
// parts of the screen as they were: what a page says about the row in hand, and all lines but those of the cursor. Once
// the keys rest, follow brings everything up to date.
type lag struct {
	rest        time.Duration // restTime; 0: everything is drawn at once
	slow        bool          // the line to the terminal may be slow: what scrolls is drawn a few times a second
	keeps       keeping       // what the newest key leaves as it was
	late        bool          // the last frame shows something older than it should
	scrollWaits bool          // what was scrolled is not drawn yet
	scrollTimer bool          // a timer runs that will draw it
	moves       int           // keys, clicks and turns so far; tells the timer of the last one from older ones
	last        drawn
}

// keeping is how much of a frame is left as it was until the keys rest.
type keeping int

const (
	keepNothing keeping = iota
	keepHelp            // what is said about the row in hand: after a rating, which goes on to the next row
	keepLines           // all lines but those where the cursor was and is
)

// drawn is the last frame, with what it was made from.
type drawn struct {
	place  string // shownAs
	side   *ui.Side
	lateOf string
	late   []int
	body   []string
	rows   map[int]int
	cursor ui.Point
	lines  []string
}

// scrollTime is how often, on a slow line, a list or text that scrolls is drawn: a held key then moves it eight times a
// second. With a longer time the learner would notice the wait.
const scrollTime = 120 * time.Millisecond

// scrolledMsg says that it is time to draw what was scrolled.
type scrolledMsg struct{}

// restedMsg says that it is restTime since a move. It is out of date if another move came since.
type restedMsg struct{ move int }

// moved notes that a key was pressed, and what it leaves as it was.
func (t *lag) moved(keeps keeping) {
	t.keeps = keeps
	if t.rest == 0 {
		t.keeps = keepNothing
	}
	t.moves++
}

// rates notes that the key rated: what helps to rate the next KSB may follow when the keys rest.
func (t *lag) rates() {
	if t.rest > 0 {
		t.keeps = keepHelp
	}
}

// lateHelp makes a page say what it said before about the row in hand, until the keys rest. Where that has no place on
// the page any more, it says nothing. It must be called once for each frame, before calm.
func (t *lag) lateHelp(place string, p *ui.Page) {
	t.late = false
	if t.keeps == keepNothing || place != t.last.place {
		return
	}
	if p.Side != nil && p.Side.Scrolls {
		t.keeps = keepNothing
		return
	}
	// What was said on another part of the screen would mean nothing on this one.
	leaves := t.last.lateOf != "" && t.last.lateOf != p.LateOf
	if own, old := p.Side, t.last.side; own != nil {
		p.Side = &ui.Side{At: own.At, From: own.From}
		if old != nil && own.At == old.At && own.From == old.From && !leaves {
			p.Side = old
		}
		t.late = !slices.Equal(own.Lines, p.Side.Lines)
	}
	if t.keeps != keepHelp {
		return // calm keeps all lines but those of the cursor, so these too
	}
	for _, y := range p.Late {
		said := ""
		if !leaves && slices.Contains(t.last.late, y) {
			said = t.last.body[y]
		}
		t.late = t.late || said != p.Body[y]
		p.Body[y] = said
	}
}

// calm returns the lines of a frame, and the cursor, as they should be drawn now. If the cursor went from one row to
// another on a page that is otherwise the same, all lines but those of the two rows are left as they were. Otherwise
// all lines are new but, on a slow line, a text that scrolls is drawn a moment later.
func (t *lag) calm(place string, p ui.Page, lines []string) ([]string, ui.Point) {
	now := drawn{place, p.Side, p.LateOf, p.Late, p.Body, p.Rows, *p.Cursor, lines}
	old := t.last
	if t.keeps != keepNothing && old.place == place && len(old.lines) == len(lines) {
		_, wasOnRow := p.Rows[old.cursor.Y]
		_, isOnRow := p.Rows[now.cursor.Y]
		rowToRow := t.keeps == keepLines && wasOnRow && isOnRow && maps.Equal(old.rows, p.Rows) &&
			!sameRow(p.Rows, old.cursor.Y, now.cursor.Y)
		const atOnce = 110 // bytes; a frame that writes more has scrolled
		if t.slow && t.keeps == keepLines && !rowToRow && bytesBetween(old.lines, lines) > atOnce {
			t.late, t.scrollWaits = true, true
			return old.lines, old.cursor
		}
		for y := range lines {
			atCursor := sameRow(p.Rows, y-1, old.cursor.Y) || sameRow(p.Rows, y-1, now.cursor.Y)
			isFoot := y == len(lines)-1
			if isFoot || y == 0 && p.LateHead || rowToRow && !atCursor {
				t.late = t.late || lines[y] != old.lines[y]
				lines[y] = old.lines[y]
			}
		}
	}
	t.last, t.scrollWaits = now, false
	return lines, now.cursor
}

// bytesBetween returns about how many bytes turn the old lines of a frame into the new ones.
func bytesBetween(old, now []string) (n int) {
	const goThere = 8 // bytes that move the cursor to another line
	for y, line := range now {
		before := old[y]
		if before == line {
			continue
		}
		head := 0
		for head < min(len(line), len(before)) && line[head] == before[head] {
			head++
		}
		tail := 0
		for tail < min(len(line), len(before))-head && line[len(line)-1-tail] == before[len(before)-1-tail] {
			tail++
		}
		n += len(line) - head - tail + goThere
	}
	return n
}

// sameRow says whether two lines of a body are the same, or belong to the same row.
func sameRow(rows map[int]int, a, b int) bool {
	rowA, okA := rows[a]
	rowB, okB := rows[b]
	return a == b || okA && okB && rowA == rowB
}

// rested says whether everything should be drawn now, since no key came after the timer began.
func (t *lag) rested(msg restedMsg) bool {
	if msg.move != t.moves || !t.late {
		return false
	}
	t.keeps = keepNothing
	return true
}

// scrolled makes the next frame show what was scrolled, whatever keys have come meanwhile.
func (t *lag) scrolled() {
	t.keeps, t.scrollWaits, t.scrollTimer = keepNothing, false, false
}

// follow returns the timer after which what is late is drawn, or nil if nothing is late or the scroll timer runs
// already.
func (t *lag) follow() tea.Cmd {
	if !t.late {
		return nil
	}
	if t.scrollWaits {
		if t.scrollTimer {
			return nil
		}
		t.scrollTimer = true
		return tea.Tick(scrollTime, func(time.Time) tea.Msg { return scrolledMsg{} })
	}
	move := t.moves
	return tea.Tick(t.rest, func(time.Time) tea.Msg { return restedMsg{move} })
}

// movement are the keys that only move a cursor, on every screen.
var movement = map[string]bool{
	"up": true, "down": true, "k": true, "j": true, "pgup": true, "pgdown": true, "home": true, "end": true,
}

// keeps returns what a key leaves as it was until the keys rest.
func (a *app) keeps(key string) keeping {
	if movement[key] && (a.front == nil || !a.front.Typing()) || fieldMovement[key] && a.front != nil {
		return keepLines
	}
	return keepNothing
}

// fieldMovement are the keys that only move the cursor among the fields of a form.
var fieldMovement = map[string]bool{"up": true, "down": true, "tab": true, "shift+tab": true}

// shownAs identifies what is shown: the screen, the size of the terminal, and the dialog in front.
func (a *app) shownAs() string {
	return fmt.Sprintf("%s %dx%d %p", a.current(), a.cols, a.rows, a.front)
}

// withLagTimer adds to a command the timer that draws what is late. To know whether anything is, it draws the frame,
// which the framework would ask for next anyway.
func (a *app) withLagTimer(cmd tea.Cmd) tea.Cmd {
	if a.lag.keeps == keepNothing {
		return cmd
	}
	if a.message != "" {
		a.lag.keeps = min(a.lag.keeps, keepHelp) // a message must be seen at once
	}
	_ = a.View()
	if !a.lag.late {
		a.lag.keeps = keepNothing
	}
	return tea.Batch(cmd, a.lag.follow())
}
