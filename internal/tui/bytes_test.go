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

	"github.com/ksbcoach/ksbcoach/internal/profile"
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
	r := newRig(t, demoProfile(), size.Width, size.Height)
	r.a.own = profile.ThemeDark
	r.keys(way...)
	r.a.trail.rest = time.Hour
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
	r.a.Update(restedMsg{r.a.trail.moves})
	rested := r.a.View()
	w.draw(t, rested)
	r.a.frame = nil
	r.a.trail.stays = nothingStays
	if now := r.a.View(); now.Content != rested.Content {
		t.Errorf("after %q and a rest stands\n%s\nand should\n%s", name, ansi.Strip(rested.Content), ansi.Strip(now.Content))
	}
	return n
}

// The sizes at which bytes are counted.
var wiredSizes = []tea.WindowSizeMsg{{Width: 80, Height: 24}, {Width: 120, Height: 40}, {Width: 160, Height: 50}}

// What a key may write at once. Over a slow line more is felt.
const (
	cursorBytes = 150
	lineBytes   = 24   // to go to a line, and to clear the rest of it
	besideBytes = 1200 // where a text scrolls beside its outline, which stays: no terminal scrolls half of its width
	ratingBytes = 700
	dutyBytes   = 1100 // a rating after which another duty is shown, whose head and levels are all new
)

// On every screen, and in all that opens on it, a cursor key writes little, and beyond that only lines that were not on the
// screen before.
func TestWhatACursorKeyWrites(t *testing.T) {
	for name, way := range places {
		if name == "appraisal, rehearsal" {
			continue // there the arrows go to another question, as tabs do to another page
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, size := range wiredSizes {
				r, w := wired(t, way, size)
				for _, key := range []string{"down", "down", "down", "up"} {
					before := strings.Split(r.a.View().Content, "\n")
					rows := r.a.page(r.a.drawing()).Rows
					n := w.press(t, r, key)
					most := cursorBytes
					if r.a.here() == ui.KSB && size.Width >= ui.WideFrom && r.a.front == nil {
						most = besideBytes
					}
					if now := r.a.page(r.a.drawing()); !maps.Equal(rows, now.Rows) || len(rows) == 0 {
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

// firstBytes is what the first frame may write beside what sets the terminal up.
const firstBytes = 4000

func TestWhatTheFirstFrameWrites(t *testing.T) {
	for _, size := range wiredSizes {
		r := newRig(t, demoProfile(), size.Width, size.Height)
		r.a.own = profile.ThemeDark
		if n := newWire(size.Width, size.Height).draw(t, r.a.View()); n > firstBytes {
			t.Errorf("%dx%d: %d bytes, and may be %d", size.Width, size.Height, n, firstBytes)
		}
	}
}

// A rating writes the next statement with its levels; what helps to rate it follows when the keys rest.
func TestWhatARatingWrites(t *testing.T) {
	for name, way := range map[string][]string{"rate": {"enter"}, "mentor": {"b", "enter", "J", "enter", "enter"}} {
		t.Run(name, func(t *testing.T) {
			for _, size := range wiredSizes {
				r, w := wired(t, way, size)
				for i, key := range []string{"3", "2", "4", "1", "n", "2", "3", "2", "0", "1"} {
					duty, _, _ := strings.Cut(r.screen(), "·")
					n := w.press(t, r, key)
					most := ratingBytes
					if now, _, _ := strings.Cut(r.screen(), "·"); now != duty {
						most = dutyBytes
					}
					if n > most {
						t.Errorf("%dx%d: rating %d, %s, writes %d bytes, and may %d", size.Width, size.Height, i+1, key, n, most)
					}
				}
			}
		})
	}
}
