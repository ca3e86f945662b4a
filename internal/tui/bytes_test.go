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

// A wire counts what the framework's renderer writes to a terminal of 256 colours from one frame to the next, with what has
// the terminal show a frame as a whole.
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

// wired is a rig whose frames go over a wire, at a place, in colours.
func wired(t *testing.T, way []string, size tea.WindowSizeMsg) (*rig, *wire) {
	t.Helper()
	return wiredTo(t, demoProfile(), way, size)
}

// wiredTo is wired for any learner.
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

// press presses a key and gives what the frames before and after it have the renderer write. Then the keys rest, after which
// the frame must be the one that is drawn where nothing waits.
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

// wiredAt are those of them at which the test with this name counts: one, or in CI all.
func wiredAt(name string) []tea.WindowSizeMsg {
	if testneed.Thorough() {
		return wiredSizes
	}
	return wiredSizes[testneed.Nth(name)%len(wiredSizes):][:1]
}

// What a key may write at once. Over a slow line more is felt.
const (
	cursorBytes = 150
	lineBytes   = 24 // to go to a line, and to clear the rest of it
	ratingBytes = 700
)

// On every screen, and in all that opens on it, a cursor key writes little, and beyond that only lines that were not on the
// screen before.
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

// Over a slow line a cursor key writes no more than that on any screen, nor in anything that opens on it: what scrolls is drawn a
// moment later, also while the key is held, and is then what stands there when nothing waits.
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

// firstBytes is what the first frame may write beside what sets the terminal up.
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

// A rating writes the next statement with its levels; what helps to rate it follows when the keys rest, and on coming to
// another duty, to the end of one or to the choice of the next what is said of that.
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
