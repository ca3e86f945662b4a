package tui

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// panes are the two halves of a wide frame.
func (r *rig) panes() (list, pane string) {
	r.tb.Helper()
	for line := range strings.Lines(r.screen()) {
		if left, right, ok := strings.Cut(line, "│"); ok {
			list, pane = list+left+"\n", pane+right
		}
	}
	if pane == "" {
		r.tb.Fatalf("there is no pane:\n%s", r.screen())
	}
	return list, pane
}

func TestThePaneFollowsWhenTheCursorRests(t *testing.T) {
	t.Parallel()
	for name, way := range map[ui.Name][]string{
		ui.Gaps: {"g"}, ui.Plan: {"p"}, ui.Evidence: {"e"}, ui.Progress: {"t"}, ui.Appraisal: {"a", "down", "down"},
	} {
		t.Run(string(name), func(t *testing.T) {
			r := newRig(t, demoProfile(), 120, 40)
			r.keys(way...)
			list, pane := r.panes()
			r.a.lag.rest = time.Millisecond
			_, cmd := r.a.Update(press("down"))
			nowList, nowPane := r.panes()
			if nowList == list || nowPane != pane || cmd == nil {
				t.Fatalf("the cursor moved: %v; the pane stayed: %v; a timer runs: %v", nowList != list, nowPane == pane, cmd != nil)
			}
			r.run(cmd)
			if _, now := r.panes(); now == pane {
				t.Error("the pane did not follow")
			}
			r.a.lag.rest = 0
			before := r.screen()
			r.keys("up", "down")
			if r.screen() != before {
				t.Errorf("it is not what stands there when nothing waits:\n%s", before)
			}
		})
	}
}

// With one pane, what separates two levels is shown below them, and follows in the same way.
func TestTheStepBelowFollowsWhenThePointerRests(t *testing.T) {
	t.Parallel()
	r := newRig(t, demoProfile(), 80, 24)
	r.keys("r", "down")
	r.a.lag.rest = time.Millisecond
	step := func() string {
		_, below, _ := strings.Cut(r.screen(), " or ")
		return below
	}
	before := step()
	_, cmd := r.a.Update(press("up"))
	if step() != before || cmd == nil {
		t.Fatalf("the step did not wait:\n%s", r.screen())
	}
	if r.run(cmd); step() == before {
		t.Errorf("the step did not follow:\n%s", r.screen())
	}
}

func TestOnlyTheLastMoveBringsThePane(t *testing.T) {
	t.Parallel()
	r := newRig(t, demoProfile(), 120, 40)
	r.keys("g")
	_, pane := r.panes()
	r.a.lag.rest = time.Hour
	r.a.Update(press("down"))
	first := restedMsg{r.a.lag.moves}
	r.a.Update(press("down"))
	r.send(first)
	if _, now := r.panes(); now != pane {
		t.Error("the pane came while the cursor moved on")
	}
	r.send(restedMsg{r.a.lag.moves})
	_, at := r.panes()
	if at == pane {
		t.Error("the pane did not follow the last move")
	}
	drawn := r.a.frame
	r.send(restedMsg{r.a.lag.moves})
	if r.a.frame != drawn {
		t.Error("a timer that has nothing to bring draws anew")
	}
}

// A key that does not move the cursor brings the pane up to date at once, since it may act on what the pane is about.
func TestAnyOtherKeyBringsThePaneAtOnce(t *testing.T) {
	t.Parallel()
	for name, msg := range map[string]tea.Msg{
		"a key": press("z"), "a new size": tea.WindowSizeMsg{Width: 121, Height: 40}, "a click": tea.MouseReleaseMsg{X: 1, Y: 0, Button: tea.MouseLeft},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRig(t, demoProfile(), 120, 40)
			r.keys("g")
			_, pane := r.panes()
			r.a.lag.rest = time.Hour
			r.a.Update(press("down"))
			r.a.Update(tea.MouseClickMsg{X: 1, Y: 0, Button: tea.MouseLeft}) // which a release ends
			r.a.Update(msg)
			if _, now := r.panes(); now == pane {
				t.Error("the pane did not follow")
			}
		})
	}
}

// After a rating the next KSB is shown at once. What helps to rate it, beside the levels and below them, follows when
// the keys rest.
func TestTheHelpFollowsARating(t *testing.T) {
	t.Parallel()
	r := newRig(t, demoProfile(), 120, 40)
	r.keys("enter")
	list, pane := r.panes()
	r.a.lag.rest = time.Hour
	r.a.Update(r.later(press("3")))
	nowList, nowPane := r.panes()
	if nowPane != pane || !strings.Contains(nowList, "[K24") || strings.Contains(list, "[K24") {
		t.Errorf("at once:\n%s", r.screen())
	}
	helps := func(list string) string { _, help, _ := strings.Cut(list, "last time"); return help }
	for _, l := range strings.Split(helps(nowList), "\n")[1:] {
		if strings.TrimSpace(l) != "" && !strings.Contains(helps(list), l) {
			t.Errorf("at once there is %q below the levels", l)
		}
	}
	r.send(restedMsg{r.a.lag.moves})
	if lastList, last := r.panes(); last == pane || helps(lastList) == helps(list) {
		t.Errorf("when the keys rest:\n%s", r.screen())
	}
}
