package tui

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/naughty"
	"github.com/ksbcoach/ksbcoach/internal/profile/file"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/testneed"
)

// perScreen is how many naughty texts are pasted at each place, others at each; with more of them all are tried.
const perScreen = 2

// Every screen, page and dialog bears such texts in all fields of the record, and pasted or typed where it stands; what
// is saved after that opens again.
func TestEveryScreenBearsNaughtyTexts(t *testing.T) {
	t.Chdir(t.TempDir()) // a text may be taken for the name of a file
	n := 0
	for _, name := range slices.Sorted(maps.Keys(places)) {
		first := n
		p := file.MapTexts(*demoProfile(), func(where string, _ safetext.Text) safetext.Text {
			n++
			s := strings.ToValidUTF8(naughty.Texts[n%len(naughty.Texts)], "\ufffd")
			if strings.TrimSpace(s) == "" || strings.HasPrefix(where, "round.others.") {
				s += fmt.Sprint("x", n) // a name may not be empty, and mentors of one KSB are told apart by theirs
			}
			return text(s)
		})
		if !testneed.Tries("naughty "+name, 5) {
			continue
		}
		t.Run(name, func(t *testing.T) {
			r := newRig(t, &p, 80, 24)
			r.keys(places[name]...)
			bears(t, r)
			for i := range perScreen {
				s := naughty.Texts[(first+i)%len(naughty.Texts)]
				r.send(tea.PasteMsg{Content: s})
				bears(t, r)
				for _, c := range []rune(s)[:min(len([]rune(s)), 12)] {
					r.send(r.later(tea.KeyPressMsg{Code: c, Text: string(c)}))
				}
				bears(t, r)
			}
			r.keys("enter", "esc", "esc", "esc")
			bears(t, r)
			r.onDisk()
		})
	}
}

// bears looks at the frame in two sizes.
func bears(t *testing.T, r *rig) {
	t.Helper()
	for _, size := range [][2]int{{60, 20}, {80, 24}} {
		r.send(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
		v := r.a.View()
		checkFrame(t, v, size[0], size[1])
		if rest := onlySGR(v.Content); strings.ContainsAny(rest, "\x1b\u009b\u009d\u202e\u200b\a\x00\r\t") {
			t.Fatalf("%q", rest)
		}
	}
}
