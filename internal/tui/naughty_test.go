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

// perScreen is how many naughty texts are pasted at each place, different ones at each.
const perScreen = 2

// Every screen, page and dialog can show such texts in all fields of the record, and take them pasted or typed; the
// profile that is saved after that can be opened again.
func TestEveryScreenStandsNaughtyTexts(t *testing.T) {
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
			checkHostileFrame(t, r)
			for i := range perScreen {
				s := naughty.Texts[(first+i)%len(naughty.Texts)]
				r.send(tea.PasteMsg{Content: s})
				checkHostileFrame(t, r)
				for _, c := range []rune(s)[:min(len([]rune(s)), 12)] {
					r.send(r.later(tea.KeyPressMsg{Code: c, Text: string(c)}))
				}
				checkHostileFrame(t, r)
			}
			r.keys("enter", "esc", "esc", "esc")
			checkHostileFrame(t, r)
			r.onDisk()
		})
	}
}

// checkHostileFrame checks the frame in two sizes.
func checkHostileFrame(t *testing.T, r *rig) {
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
