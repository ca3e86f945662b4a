package tui

import (
	"path/filepath"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/gen/picture"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/tui/uitest"
)

//go:generate go test . -run "TestPicturesAreRealFrames|TestTheMinuteIsReal" -update

// pictures are the frames that the README and the documents show, with the keys that lead there from Home, for the demo
// learner.
var pictures = map[string][]string{
	"home": {}, "rate": {"enter", "down", "down"}, "gaps": {"g"}, "plan": {"p", "enter"}, "ksb": {"g", "c"},
}

// The pictures in docs are drawn from real frames. This test fails if one is out of date; go generate draws it again.
func TestPicturesAreRealFrames(t *testing.T) {
	t.Parallel()
	for name, keys := range pictures {
		r := newRig(t, demoProfile(), 80, 24)
		r.a.chosenTheme = profile.ThemeDark
		r.keys(keys...)
		isDrawn(t, name, []picture.Shot{{Frame: r.a.View().Content}})
	}
}

// scene is one step of the minute: keys, what they are for, and for how many seconds the frame after them is shown.
type scene struct {
	keys    []string
	caption string
	seconds int
}

// minute shows the main job in one minute, for the demo learner.
var minute = []scene{
	{nil, "Home says what is next", 5},
	{[]string{"enter"}, "Rate: the level, and beside it what decides", 6},
	{[]string{"down"}, "One level up: what separates it from this one", 6},
	{[]string{"up"}, "Back to what is true", 4},
	{[]string{"2"}, "A digit rates, and it is saved", 5},
	{[]string{"esc", "g"}, "Gaps: what is furthest behind comes first", 7},
	{[]string{"down"}, "Each gap says why it is there", 5},
	{[]string{"enter"}, "What would close it", 6},
	{[]string{"esc", "p"}, "Plan: goals, with what is due", 6},
	{[]string{"enter"}, "One goal: reflect, appraise, act", 10},
}

// The minute in docs is made of real frames too.
func TestTheMinuteIsReal(t *testing.T) {
	t.Parallel()
	r := newRig(t, demoProfile(), 80, 24)
	r.a.chosenTheme = profile.ThemeDark
	var shots []picture.Shot
	for _, s := range minute {
		r.keys(s.keys...)
		shots = append(shots, picture.Shot{Frame: r.a.View().Content, Caption: s.caption, Seconds: s.seconds})
	}
	isDrawn(t, "minute", shots)
}

func isDrawn(t *testing.T, name string, shots []picture.Shot) {
	t.Helper()
	picture.IsDrawn(t, filepath.Join("..", "..", "docs"), name, shots, uitest.Updating(), "go generate ./internal/tui")
}
