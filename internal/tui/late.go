package tui

import (
	"fmt"
	"maps"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// restTime is how long keys rest before all of the screen follows them: longer than a key that is held down takes to
// repeat, shorter than a glance across.
const restTime = 200 * time.Millisecond

// A trail is what stands on the screen from before, while keys come too fast to read what they bring: the pane beside a
// list, and all lines that are not where the cursor was or is. It keeps what a key writes to a slow line small.
type trail struct {
	rest  time.Duration // 0: all of it follows at once
	slow  bool          // the line to the terminal may be slow: what scrolls is drawn a few times a second
	waits bool          // what scrolls waits
	turns bool          // a timer runs at whose end it is drawn
	stays staying       // what is kept as it is until the keys rest
	late  bool          // what was drawn last shows something older than it should
	moves int
	drawn drawn // what was drawn last
}

// staying is how much of a frame waits for the keys to rest.
type staying int

const (
	nothingStays staying = iota
	helpStays            // what is said about the line in hand: after a rating, which brings another one
	linesStay            // all but the lines where the cursor was and is
)

// drawn is a frame with what it was made from.
type drawn struct {
	place  string // the screen, or the dialog in front of it
	side   *ui.Side
	part   string
	slow   []int
	body   []string
	rows   map[int]int
	cursor ui.Point
	lines  []string
}

// scrollTime is how long a list or a text that scrolls waits on a slow line: a held key moves it eight times a second,
// and what a key writes at once stays small. Longer than that, one would wait for it.
const scrollTime = 120 * time.Millisecond

// scrolledMsg says that what scrolls is to be drawn.
type scrolledMsg struct{}

// restedMsg says that the keys may have come to rest; the timer of the move of that number sends it.
type restedMsg struct{ move int }

// moved notes that a key was pressed, and what stays as it is until the next one rests.
func (t *trail) moved(stays staying) {
	t.stays = stays
	if t.rest == 0 {
		t.stays = nothingStays
	}
	t.moves++
}

// rates notes that the key rated: what is said about the next one to rate follows when the keys rest.
func (t *trail) rates() {
	if t.rest > 0 {
		t.stays = helpStays
	}
}

// help has the page say what it said before about the line in hand, until the keys rest; nothing where that has moved.
func (t *trail) help(place string, p *ui.Page) {
	t.late = false
	if t.stays == nothingStays || place != t.drawn.place {
		return
	}
	if p.Side != nil && p.Side.Scrolls {
		t.stays = nothingStays
		return
	}
	// What helped in a part of the screen that is left would stand among what is new and mean nothing there.
	leaves := t.drawn.part != "" && t.drawn.part != p.LateOf
	if own, old := p.Side, t.drawn.side; own != nil {
		p.Side = &ui.Side{At: own.At, From: own.From}
		if old != nil && own.At == old.At && own.From == old.From && !leaves {
			p.Side = old
		}
		t.late = !slices.Equal(own.Lines, p.Side.Lines)
	}
	if t.stays != helpStays {
		return // calm keeps all lines but those of the cursor
	}
	for _, y := range p.Late {
		said := ""
		if !leaves && slices.Contains(t.drawn.slow, y) {
			said = t.drawn.body[y]
		}
		t.late = t.late || said != p.Body[y]
		p.Body[y] = said
	}
}

// calm has the lines of a frame as they were drawn before, but for those where the cursor was and is, and notes what is
// drawn and where the cursor is in it. Where that did not go from one row to another, or the rows have moved, all lines
// are new: a text that scrolls is seen to, on a slow line a moment later.
func (t *trail) calm(place string, p ui.Page, lines []string) ([]string, ui.Point) {
	now := drawn{place, p.Side, p.LateOf, p.Late, p.Body, p.Rows, *p.Cursor, lines}
	old := t.drawn
	if t.stays != nothingStays && old.place == place && len(old.lines) == len(lines) {
		_, was := p.Rows[old.cursor.Y]
		_, is := p.Rows[now.cursor.Y]
		goes := t.stays == linesStay && was && is && maps.Equal(old.rows, p.Rows) &&
			!same(p.Rows, old.cursor.Y, now.cursor.Y)
		const atOnce = 110 // bytes; more are taken for scrolling
		if t.slow && t.stays == linesStay && !goes && changes(old.lines, lines) > atOnce {
			t.late, t.waits = true, true
			return old.lines, old.cursor
		}
		foot := len(lines) - 1
		for y := range lines {
			if y == foot || y == 0 && p.LateHead || goes && !same(p.Rows, y-1, old.cursor.Y) &&
				!same(p.Rows, y-1, now.cursor.Y) {
				t.late = t.late || lines[y] != old.lines[y]
				lines[y] = old.lines[y]
			}
		}
	}
	t.drawn, t.waits = now, false
	return lines, now.cursor
}

// changes is about how many bytes it takes to make some lines of others.
func changes(old, now []string) (n int) {
	const goThere = 8 // bytes, to another line
	for y, line := range now {
		before := old[y]
		if before == line {
			continue
		}
		same := 0
		for same < min(len(line), len(before)) && line[same] == before[same] {
			same++
		}
		tail := 0
		for tail < min(len(line), len(before))-same && line[len(line)-1-tail] == before[len(before)-1-tail] {
			tail++
		}
		n += len(line) - same - tail + goThere
	}
	return n
}

// same says whether two lines of a body belong to one row.
func same(rows map[int]int, a, b int) bool {
	x, isRow := rows[a]
	y, isToo := rows[b]
	return a == b || isRow && isToo && x == y
}

// rested says whether the rest follows now: nothing was done since the timer began.
func (t *trail) rested(msg restedMsg) bool {
	if msg.move != t.moves || !t.late {
		return false
	}
	t.stays = nothingStays
	return true
}

// scrolled has what scrolls drawn, whatever keys have come meanwhile.
func (t *trail) scrolled() {
	t.stays, t.waits, t.turns = nothingStays, false, false
}

// follow is the timer at whose end the rest follows, where something is late.
func (t *trail) follow() tea.Cmd {
	if !t.late {
		return nil
	}
	if t.waits {
		if t.turns {
			return nil
		}
		t.turns = true
		return tea.Tick(scrollTime, func(time.Time) tea.Msg { return scrolledMsg{} })
	}
	move := t.moves
	return tea.Tick(t.rest, func(time.Time) tea.Msg { return restedMsg{move} })
}

// movement are the keys that move a cursor and do nothing else, on every screen.
var movement = map[string]bool{
	"up": true, "down": true, "k": true, "j": true, "pgup": true, "pgdown": true, "home": true, "end": true,
}

// stays is what a key leaves as it is until it rests.
func (a *app) stays(key string) staying {
	if movement[key] && (a.front == nil || !a.front.Typing()) || fieldMovement[key] && a.front != nil {
		return linesStay
	}
	return nothingStays
}

// fieldMovement are those of them that move the cursor among fields, where letters are typed.
var fieldMovement = map[string]bool{"up": true, "down": true, "tab": true, "shift+tab": true}

// shownAs names what is shown: the screen, and the dialog in front of it.
func (a *app) shownAs() string { return fmt.Sprintf("%s %dx%d %p", a.here(), a.cols, a.rows, a.front) }

// withPaneTimer adds the timer of what is late to a command. To know, the frame is drawn, which it will be in any case.
func (a *app) withPaneTimer(cmd tea.Cmd) tea.Cmd {
	if a.trail.stays == nothingStays {
		return cmd
	}
	if a.message != "" {
		a.trail.stays = min(a.trail.stays, helpStays) // what it says is for now
	}
	if _ = a.View(); !a.trail.late {
		a.trail.stays = nothingStays
	}
	return tea.Batch(cmd, a.trail.follow())
}
