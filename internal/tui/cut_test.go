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

// cutMark replaces the ellipsis of the theme, so that it can be told from one that the learner typed or the coaching
// has.
const cutMark = "⋯"

// Nothing is cut while there is room: on every screen and dialog, from 60 to 200 columns, a cut is followed by fewer
// free cells than the next word would take. A frame that is wide enough for all of the text says which word that is.
func TestNothingIsCutBesideFreeCells(t *testing.T) {
	t.Parallel()
	fresh := profile.Profile{Standard: library.Default, Learner: profile.Learner{Name: text("Sam Okoro")}}
	undated := demoProfile()
	undated.Learner.Start, undated.Learner.Gateway = calendar.Date{}, calendar.Date{}
	learners := map[string]*profile.Profile{"demo": demoProfile(), "newcomer": &fresh, "without a start": undated}
	for who, p := range learners {
		for name, keys := range places {
			name = who + "/" + name
			if who != "demo" && !testneed.Tries(name, 12) {
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

// nothingCut ends the test at a row that is cut although there is room for the next word.
func (w whole) nothingCut(t *testing.T, r *rig, cols int) {
	t.Helper()
	for _, cut := range cuts(r.screen(), cols) {
		if n := w.after(cut.text); n > 0 && n <= cut.free {
			t.Fatalf("%d columns: %d cells are free behind %q\n%s", cols, cut.free, cut.text, r.screen())
		}
	}
}

// A cut is the text before the mark on its row, from the start of its column, and how many cells are free after it: up
// to the text of the next column or pane, less the two that keep columns apart.
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

// whole is all that a place says when there is room for it, as one text.
type whole string

func wholeWords(r *rig) whole {
	var all []string
	for _, cols := range []int{400, 240} {
		r.a.Update(tea.WindowSizeMsg{Width: cols, Height: 200})
		all = append(all, strings.Fields(r.screen())...)
	}
	return whole(strings.Join(all, " "))
}

// after returns how many cells the next word after a cut text takes, with what is before it. Facts with commas between
// them are cut whole, so for these it is the next fact. It is 0 if the whole text is not found; if it is found more
// than once, the longest word counts.
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
