package tui

import (
	"regexp"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/library"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/testneed"
	"github.com/ksbcoach/ksbcoach/internal/tui/uitest"
)

// cutMark stands for the ellipsis of the screens, so that one of the learner's own or of the coaching is none.
const cutMark = "⋯"

// Nothing is cut while its row has free cells: on every screen and dialog, at 60 to 200 columns, the cells behind a cut
// are fewer than the next word would take. Which word that is stands in a frame that is wide enough for all of them.
func TestNothingIsCutBesideFreeCells(t *testing.T) {
	t.Parallel()
	fresh := profile.Profile{Standard: library.Default, Learner: profile.Learner{Name: text("Sam Okoro")}}
	undated := demoProfile()
	undated.Learner.Start, undated.Learner.Gateway = calendar.Date{}, calendar.Date{}
	learners := map[string]*profile.Profile{"demo": demoProfile(), "newcomer": &fresh, "without a start": undated}
	for who, p := range learners {
		for name, keys := range places {
			name = who + "/" + name
			if who != "demo" && !testneed.Tries(name, 8) {
				continue
			}
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				r := newRig(t, p, 80, 24)
				r.keys(keys...)
				r.a.theme.Glyphs.Cut = cutMark
				words := wholeWords(r)
				for cols := 60; cols <= 200; cols++ {
					for _, rows := range []int{20, 24, 40, 50} {
						if uitest.Tries("cut "+name, cols, rows) {
							r.a.Update(tea.WindowSizeMsg{Width: cols, Height: rows})
							words.nothingCut(t, r, cols)
						}
					}
				}
			})
		}
	}
}

// nothingCut ends the test at a row that is cut although the next word has room.
func (w whole) nothingCut(t *testing.T, r *rig, cols int) {
	t.Helper()
	for _, cut := range cuts(r.screen(), cols) {
		if n := w.after(cut.text); n > 0 && n <= cut.free {
			t.Fatalf("%d columns: %d cells are free behind %q\n%s", cols, cut.free, cut.text, r.screen())
		}
	}
}

// A cut is what stands before the mark on its row, back to the next column, and how many cells are free behind it: up
// to what stands in the next column or pane, less the two that keep columns apart.
type cut struct {
	text string
	free int
}

var columnsApart = regexp.MustCompile(` {2,}|│`)

func cuts(frame string, cols int) (out []cut) {
	for _, line := range strings.Split(frame, "\n") {
		for from := 0; ; {
			i := strings.Index(line[from:], cutMark)
			if i < 0 {
				break
			}
			i += from
			from = i + len(cutMark)
			before, behind := line[:i], line[from:]
			if all := columnsApart.FindAllStringIndex(before, -1); len(all) > 0 {
				before = before[all[len(all)-1][1]:]
			}
			next := strings.TrimLeft(behind, " ")
			free := len(behind) - len(next) - 2
			if next == "" {
				free = cols - ansi.StringWidth(line[:from])
			}
			out = append(out, cut{strings.TrimSpace(before), free})
		}
	}
	return out
}

// whole is all that a place says where there is room for it, as one text.
type whole string

func wholeWords(r *rig) whole {
	var all []string
	for _, cols := range []int{400, 240} {
		r.a.Update(tea.WindowSizeMsg{Width: cols, Height: 200})
		all = append(all, strings.Fields(r.screen())...)
	}
	return whole(strings.Join(all, " "))
}

// after is how many cells the word takes that follows a text that was cut, with what stands before it; of facts with
// commas between them, which go whole, the next fact. It is 0 where the text is not found whole, and the longest word
// counts where it is found more than once.
func (w whole) after(text string) (most int) {
	text = strings.Join(strings.Fields(text), " ")
	ends := " "
	if strings.HasSuffix(text, ",") {
		ends = ","
	}
	for _, rest := range strings.Split(string(w), text)[1:] {
		word := strings.TrimLeft(rest, " ,.;:·")
		before := len(rest) - len(word)
		if word, _, _ = strings.Cut(word, ends); !strings.HasPrefix(word, cutMark) && !strings.HasPrefix(word, "│") {
			most = max(most, before+ansi.StringWidth(word))
		}
	}
	return most
}
