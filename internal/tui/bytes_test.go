package tui

import (
	"bytes"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"

	"github.com/ksbcoach/ksbcoach/internal/library"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/testneed"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// A wire counts the bytes that the framework's renderer writes from one frame to the next, to a terminal with 256
// colours that shows each frame as a whole.
type wire struct {
	out    bytes.Buffer
	screen *uv.TerminalRenderer
	cells  uv.ScreenBuffer
}

func newWire(cols, rows int) *wire {
	w := &wire{cells: uv.NewScreenBuffer(cols, rows)}
	w.screen = uv.NewTerminalRenderer(&w.out, []string{"TERM=xterm-256color"})
	w.screen.SetColorProfile(colorprofile.ANSI256)
	w.screen.SetTabStops(cols)
	w.screen.SetBackspace(true)
	w.screen.SetScrollOptim(true)
	w.screen.SetFullscreen(true)
	w.screen.SetRelativeCursor(false)
	w.screen.Resize(cols, rows)
	w.screen.Erase()
	return w
}

func (w *wire) draw(tb testing.TB, v tea.View) int {
	tb.Helper()
	w.cells.Clear()
	uv.NewStyledString(v.Content).Draw(w.cells, w.cells.Bounds())
	w.screen.Render(w.cells.RenderBuffer)
	if v.Cursor != nil {
		w.screen.MoveTo(v.Cursor.X, v.Cursor.Y)
	}
	if err := w.screen.Flush(); err != nil {
		tb.Fatal(err)
	}
	n := w.out.Len()
	if n > 0 {
		n += len(ansi.SetModeSynchronizedOutput + ansi.ResetModeSynchronizedOutput)
	}
	w.out.Reset()
	return n
}

// wired makes a rig whose frames go over a wire, in colours, and presses keys to get to a place.
func wired(t *testing.T, way []string, size tea.WindowSizeMsg) (*rig, *wire) {
	t.Helper()
	return wiredTo(t, demoProfile(), way, size)
}

// wiredTo is wired for any profile.
func wiredTo(t *testing.T, p *profile.Profile, way []string, size tea.WindowSizeMsg) (*rig, *wire) {
	t.Helper()
	r := newRig(t, p, size.Width, size.Height)
	r.a.chosenTheme = profile.ThemeDark
	r.keys(way...)
	r.a.lag.rest = time.Hour
	w := newWire(size.Width, size.Height)
	w.draw(t, r.a.View())
	return r, w
}

// press presses a key, and returns what the renderer writes for it. Then it lets the keys rest, after which the frame
// must be the same as if nothing had been late.
func (w *wire) press(t *testing.T, r *rig, name string) int {
	t.Helper()
	r.a.Update(r.later(press(name)))
	n := w.draw(t, r.a.View())
	r.a.Update(restedMsg{r.a.lag.moves})
	rested := r.a.View()
	w.draw(t, rested)
	r.a.frame = nil
	r.a.lag.keeps = keepNothing
	if now := r.a.View(); now.Content != rested.Content {
		t.Errorf("after %q and a rest stands\n%s\nand should\n%s", name, ansi.Strip(rested.Content), ansi.Strip(now.Content))
	}
	return n
}

// The sizes at which bytes are counted.
var wiredSizes = []tea.WindowSizeMsg{
	{Width: 60, Height: 20}, {Width: 80, Height: 24}, {Width: 120, Height: 40}, {Width: 160, Height: 50},
}

// wiredAt returns those at which the test with this name counts: one, or in CI all.
func wiredAt(name string) []tea.WindowSizeMsg {
	if testneed.Thorough() {
		return wiredSizes
	}
	return wiredSizes[testneed.Nth(name)%len(wiredSizes):][:1]
}

// How many bytes a key may write at once. On a slow line, more would be felt.
const (
	cursorBytes = 150
	lineBytes   = 24 // to go to a line, and to clear the rest of it
	ratingBytes = 700
)

// On every screen, and in every dialog, a cursor key writes little, except for lines that were not on the screen
// before.
func TestWhatACursorKeyWrites(t *testing.T) {
	t.Parallel()
	for name, way := range places {
		if name == "appraisal, rehearsal" {
			continue // there the arrows go to another question, as tabs do to another page
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, size := range wiredAt(name) {
				r, w := wired(t, way, size)
				for _, key := range []string{"down", "down", "down", "up"} {
					before := strings.Split(r.a.View().Content, "\n")
					rows := r.a.page(r.a.drawContext()).Rows
					n := w.press(t, r, key)
					most := cursorBytes
					if now := r.a.page(r.a.drawContext()); !maps.Equal(rows, now.Rows) || len(rows) == 0 {
						for _, l := range strings.Split(r.a.View().Content, "\n") {
							if !slices.Contains(before, l) {
								most += len(l) + lineBytes
							}
						}
					}
					if n > most {
						t.Errorf("%dx%d: %s writes %d bytes, and may %d", size.Width, size.Height, key, n, most)
					}
				}
			}
		})
	}
}

// On a slow line a cursor key writes no more than that, on every screen and in every dialog: what scrolls is drawn a
// moment later, even while the key is held, and then looks as if nothing had been late.
func TestWhatACursorKeyWritesToASlowLine(t *testing.T) {
	t.Parallel()
	for name, way := range places {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, size := range wiredAt("slow " + name) {
				r, w := wired(t, way, size)
				r.a.lag.slow = true
				most := cursorBytes
				if name == "evidence, change" {
					most += 2 // where the renderer takes two empty fields for a text that scrolls
				}
				for _, key := range []string{"down", "down", "down", "down", "down", "down", "up", "up"} {
					r.a.Update(r.later(press(key)))
					if n := w.draw(t, r.a.View()); n > most {
						t.Errorf("%dx%d: %s writes %d bytes, and may %d", size.Width, size.Height, key, n, most)
					}
				}
				r.a.Update(scrolledMsg{})
				drawn := r.a.View()
				w.draw(t, drawn)
				r.a.frame, r.a.lag.keeps = nil, keepNothing
				if now := r.a.View(); now.Content != drawn.Content {
					t.Errorf("%dx%d: what was drawn is\n%s\nand should be\n%s", size.Width, size.Height, ansi.Strip(drawn.Content), ansi.Strip(now.Content))
				}
			}
		})
	}
}

// firstBytes is how much the first frame may write, apart from setting the terminal up.
const firstBytes = 4000

func TestWhatTheFirstFrameWrites(t *testing.T) {
	t.Parallel()
	for _, size := range wiredSizes {
		r := newRig(t, demoProfile(), size.Width, size.Height)
		r.a.chosenTheme = profile.ThemeDark
		if n := newWire(size.Width, size.Height).draw(t, r.a.View()); n > firstBytes {
			t.Errorf("%dx%d: %d bytes, and may be %d", size.Width, size.Height, n, firstBytes)
		}
	}
}

// A rating writes the next KSB with its levels at once. What helps to rate it follows when the keys rest, and so does
// what is said about the next duty, the end of a duty, or the choice of the next one.
func TestWhatARatingWrites(t *testing.T) {
	t.Parallel()
	levels := []string{"3", "2", "4", "1", "n", "2", "3", "2", "0", "1"}
	fresh := &profile.Profile{Standard: library.Default, Learner: profile.Learner{Name: text("Sam")}}
	for name, x := range map[string]struct {
		p   *profile.Profile
		way []string
	}{
		"what is due": {demoProfile(), []string{"enter"}}, "a newcomer": {fresh, []string{"enter"}},
		"mentor":            {demoProfile(), []string{"b", "enter", "J", "enter", "enter"}},
		"mentor, on and on": {demoProfile(), []string{"b", "enter", "J", "enter", "enter", "a"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, size := range wiredAt("rating, " + name) {
				r, w := wiredTo(t, x.p, x.way, size)
				duties := map[string]bool{}
				for i := 0; i < 40 && r.a.current() != ui.Gaps; i++ {
					head, _, _ := strings.Cut(r.screen(), "\n")
					duties[head] = true
					rev := r.a.s.Rev()
					key := levels[i%len(levels)]
					if n := w.press(t, r, key); n > ratingBytes {
						t.Errorf("%dx%d: rating %d, %s, writes %d bytes, and may %d", size.Width, size.Height, i+1, key, n, ratingBytes)
					}
					if r.a.s.Rev() == rev { // a list of duties, of which the next is opened
						w.press(t, r, "enter")
					}
				}
				if len(duties) < 2 {
					t.Errorf("no other duty was come to: %v", duties)
				}
			}
		})
	}
}
