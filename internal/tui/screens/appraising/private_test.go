package appraising

import (
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/uitest"
)

// In a meeting the screen asks before it shows what is for the learner alone: on unfolding it, on turning to a page on
// which it was open, and on reading a rehearsal.
func TestNothingPrivateShowsUnaskedInAMeeting(t *testing.T) {
	d := rehearsed(t)
	hides := func(when, text string) {
		t.Helper()
		if frame := uitest.Draw(d.S.View(d.C), d.C); strings.Contains(frame, text) {
			t.Errorf("%s shows it:\n%s", when, frame)
		}
	}
	asked := func(when, what string) {
		t.Helper()
		if !strings.HasSuffix(d.Menu.Title, "open your "+what+"?") {
			t.Errorf("%s asks %q", when, d.Menu.Title)
		}
		d.PickText("Not now")
	}
	const note, answer = "Tired of nights", "I asked first"
	d.Press("w")
	d.Fill(map[string]string{"wellbeing": note})
	d.Press("a")
	d.goTo("fold:private")
	d.Press("enter") // unfolded before the meeting
	d.Press("m", "home", "enter")
	d.PickStart("Progress review")
	d.PickStart("J. Ode")
	d.Fill(nil)
	d.Press("a")
	hides("turning back to Prepare", note)
	d.goTo("fold:private")
	d.Press("enter")
	asked("unfolding", privateNotes)
	hides("not now", note)
	d.Press("enter")
	d.PickText("Open them")
	if frame := uitest.Draw(d.S.View(d.C), d.C); !strings.Contains(frame, note) {
		t.Errorf("asked for, and not there:\n%s", frame)
	}
	d.Send(ui.EnterMsg{})
	hides("coming back to the screen", note)
	d.Press("r")
	hides("turning to the rehearsal", answer)
	d.goTo(notesRow)
	d.Press("enter")
	asked("reading a rehearsal", rehearsalNotes)
	d.goTo("resume:")
	d.Press("enter")
	asked("going on with it", rehearsalNotes)
	hides("not now", answer)
	d.Press("enter")
	d.PickText("Open them")
	d.goTo(answerRow + "2")
	if frame := uitest.Draw(d.S.View(d.C), d.C); !strings.Contains(frame, answer) {
		t.Errorf("asked for, and not there:\n%s", frame)
	}
}

// The only note of a rehearsal can be taken out, and written again.
func TestTheOnlyNoteOfARehearsalIsTakenOut(t *testing.T) {
	d := newDesk(t, uitest.Demo(80, 24))
	before := len(d.C.Profile.Reflections)
	d.Press("r", "enter", "enter")
	d.Fill(map[string]string{"answer": "Something"})
	d.Press("up", "enter")
	d.Fill(map[string]string{"answer": ""})
	if n := len(d.C.Profile.Reflections); n != before || d.Said != "Your note is taken out; u brings it back." {
		t.Errorf("%d reflections, there were %d; it says %q", n, before, d.Said)
	}
	d.Press("up", "enter")
	d.Fill(map[string]string{"answer": "Something else"})
	if n := len(d.C.Profile.Reflections); n != before+1 {
		t.Errorf("%d reflections after a new note", n)
	}
	d.Press("up", "enter")
	d.Fill(map[string]string{"answer": ""})
	d.Press("up", "enter")
	d.Fill(map[string]string{"answer": ""})
	if !strings.Contains(d.Said, "nothing was kept") {
		t.Errorf("an empty note where there is none: %q", d.Said)
	}
}

// Coming from Home shows Prepare or an open review, whichever page was read last: Home says that a prepares.
func TestComingFromHomeShowsWhatIsDue(t *testing.T) {
	d := newDesk(t, uitest.Demo(80, 24))
	for _, page := range []string{"f", "n", "m"} {
		d.Send(ui.EnterMsg{})
		d.Press(page)
		d.Send(ui.EnterMsg{})
		if at := d.S.tab; at != prepareTab {
			t.Errorf("after %s it shows page %d", page, at)
		}
	}
}

// One key writes the page of Prepare, wherever the cursor is; before anything is rated there is nothing to write.
func TestTheKeyThatWritesThePage(t *testing.T) {
	for _, c := range []struct {
		desk *desk
		tab  string
		want bool
	}{
		{newDesk(t, uitest.Demo(60, 20)), "a", true}, {newDesk(t, uitest.Demo(60, 20)), "f", false}, {newDesk(t, uitest.Fresh(60, 20)), "a", false},
	} {
		c.desk.Press(c.tab)
		asks := uitest.Press(c.desk.S, c.desk.C, "x")
		if got := len(asks) == 1 && asks[0] == ui.Ask(ui.Write{Paper: ui.PackPaper}); got != c.want {
			t.Errorf("on %s it asks %v", c.tab, asks)
		}
	}
}
