package appraising

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/tui/page"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/uitest"
)

func TestPagesByKey(t *testing.T) {
	d := newDesk(t, uitest.Demo(80, 24))
	for _, x := range []struct {
		keys string
		want tab
	}{{"m", meetTab}, {"f", afterTab}, {"r", rehearseTab}, {"n", chanceTab}, {"a", prepareTab}, {"right", meetTab}, {"l tab", rehearseTab}, {"left", afterTab}, {"h h", prepareTab}, {"left", chanceTab}, {"tab", prepareTab}} {
		d.Press(strings.Fields(x.keys)...)
		if d.S.tab != x.want {
			t.Errorf("%s: page %d, want %d", x.keys, d.S.tab, x.want)
		}
	}
	if s := shown(meeting(uitest.Demo(80, 24))); s.tab != meetTab {
		t.Errorf("with a review open the screen opens on page %d", s.tab)
	}
}

func TestEnterLeadsOn(t *testing.T) {
	demo, fresh, open := uitest.Demo(80, 24), uitest.Fresh(80, 24), meeting(uitest.Demo(80, 24))
	due, _ := demo.Profile.DueSoon(demo.Today)
	for _, x := range []struct {
		name string
		c    *ui.Context
		tab  string
		key  string
		want ui.Go
	}{
		{"a strength", demo, "a", "proud", ui.Go{To: ui.KSB, KSB: "B1"}},
		{"a gap", demo, "a", "working", ui.Go{To: ui.Plan, KSB: "K8"}},
		{"a claim", demo, "a", "fold:unproved unproved", ui.Go{To: ui.Evidence, KSB: "S2"}},
		{"nothing rated", fresh, "a", "rate", ui.Go{To: ui.Rate}},
		{"a request", demo, "n", "S24", ui.Go{To: ui.Plan, KSB: "S24"}},
		{"no request", fresh, "n", "rate", ui.Go{To: ui.Rate}},
		{"an action", demo, "a", actionRow, ui.Go{To: ui.Plan, Action: due[0].Action}},
	} {
		d := newDesk(t, x.c)
		d.Press(x.tab)
		for _, key := range strings.Fields(x.key) {
			d.goTo(key)
			d.Press("enter")
		}
		if d.To == nil || *d.To != x.want {
			t.Errorf("%s: %v, want %v", x.name, d.To, x.want)
		}
	}
	for part, want := range map[string]ui.Name{profile.TalkReveal: ui.Mentor, appraisal.AgendaAgree: ui.Mentor} {
		d := newDesk(t, open)
		d.S.choose(d.C, partRow(part))
		d.Press("enter")
		if d.To == nil || d.To.To != want {
			t.Errorf("part %s leads to %v", part, d.To)
		}
	}
	for keys, want := range map[string]ui.Name{"m b": ui.Mentor, "down down down c": ui.KSB, "down down down p": ui.Plan} {
		d := newDesk(t, demo)
		d.Press(keys)
		if d.To == nil || d.To.To != want {
			t.Errorf("%s leads to %v", keys, d.To)
		}
	}
	if d := newDesk(t, demo); true {
		d.Press("u")
		if !slices.Contains(d.Asks, ui.Ask(ui.Undo{})) {
			t.Error("u does not undo")
		}
	}
}

// A whole review from its start to its check code, by keys alone.
func TestAWholeReview(t *testing.T) {
	d := newDesk(t, uitest.Demo(80, 24))
	d.Press("m", "enter")
	d.PickStart("Appraisal")
	if o := d.Menu.Options; len(o) != 4 || o[0].Text != "J. Ode, R. Lindqvist" || o[0].Says != "as on 13 Sep 2026" {
		t.Errorf("who is offered: %+v", o)
	}
	d.PickStart("Somebody else")
	if f := d.Form.Form.Fields[0]; f.Value != "" || f.Check("2026-11-22") == "" {
		t.Errorf("the field for who meets: %+v", f)
	}
	d.Fill(map[string]string{"with": "J. Ode, ward manager"})
	r, open := d.C.Profile.OpenReview()
	if !open || r.Kind != profile.ReviewAppraisal || len(r.With) != 2 || len(r.Checked) == 0 || r.On != d.C.Today {
		t.Fatalf("the review: %+v", r)
	}
	d.S.choose(d.C, partRow(appraisal.AgendaNew))
	d.Press("enter")
	if d.To != nil || d.Said != "A new review cannot set new actions until each old action is done, not done, changed or dropped with a reason." {
		t.Errorf("new actions before the old ones are checked: %v, %q", d.To, d.Said)
	}
	left := d.C.Profile.Unchecked(r)
	for i := range left {
		if !strings.HasPrefix(d.key(), actionRow) {
			t.Fatalf("check %d: the cursor is on %v", i, d.key())
		}
		d.Press("enter")
		if i == 1 {
			d.PickStart("Not done")
			d.Fill(map[string]string{"reason": "The educator was away"})
		} else {
			d.PickStart("Done")
			d.Fill(nil)
		}
	}
	r, _ = d.C.Profile.OpenReview()
	if a, _, _ := d.C.Profile.Action(left[1].ID); len(d.C.Profile.Unchecked(r)) != 0 || a.Status != profile.ActionNotDone || a.Note.Empty() {
		t.Fatalf("unchecked: %+v", r.Checked)
	}
	d.S.choose(d.C, partRow(appraisal.AgendaNew))
	d.Press("enter")
	if d.To == nil || d.To.To != ui.Plan {
		t.Errorf("new goals: %v", d.To)
	}
	d.Press("w")
	if d.Form != nil || !strings.HasSuffix(d.Menu.Title, "open your private notes?") {
		t.Fatalf("the notes open before the mentor's eyes: %+v", d.Menu)
	}
	d.PickText("Open them")
	d.Fill(map[string]string{"workload": "Two lists a day"})
	d.Press("f", "home")
	for _, answer := range []string{"Yes", "Partly", "Yes"} {
		d.Press("enter")
		d.PickStart(answer)
	}
	if !strings.HasPrefix(d.key(), adviceRow) {
		t.Fatalf("after the questions the cursor is on %v", d.key())
	}
	d.Press("enter")
	d.Fill(map[string]string{"said": "Ask before I measure"})
	if d.Press("enter"); d.Form == nil || !strings.HasPrefix(d.key(), agreedRow) {
		t.Fatalf("after the questions the cursor is on %v", d.key())
	}
	d.Fill(map[string]string{"agreed": "One list a week with R. Lindqvist"})
	if d.Press("enter"); d.S.text == nil {
		t.Error("what was agreed does not lead on to the record")
	}
	if d.Press("enter"); !strings.HasPrefix(d.key(), closeRow) {
		t.Errorf("the record leads on to %v", d.key())
	}
	d.goTo(shareRow)
	d.Press("enter")
	d.PickStart("Workload")
	d.goTo(nextRow)
	d.Press("enter")
	if v := d.Form.Form.Fields[0].Value; v != "2027-02-28" {
		t.Errorf("the next review is filled in as %s", v)
	}
	d.Fill(map[string]string{"next": "2027-02-15"})
	d.goTo(closeRow)
	d.Press("enter")
	d.PickStart("Close it")
	r, _ = d.C.Profile.LastReview()
	if r.Closed != d.C.Today || !strings.HasPrefix(r.Hash, "sha256:") || r.Clear != "yes" || r.Helped != "partly" || !slices.Equal(r.Share, []string{"workload"}) {
		t.Errorf("closed: %+v", r)
	}
	if want := (calendar.Date{Year: 2027, Month: 2, Day: 15}); d.C.Profile.Learner.Review != want {
		t.Errorf("next review %s", d.C.Profile.Learner.Review)
	}
	if _, still := d.C.Profile.Open(); still {
		t.Error("the round is still open")
	}
	frame := uitest.Draw(d.S.View(d.C), d.C)
	if !strings.Contains(frame, appraisal.Code(r.Hash)) || strings.Contains(frame, "sha256") || !strings.Contains(frame, appraisal.HashWords) || !strings.Contains(frame, sameCode) {
		t.Errorf("the frame after closing:\n%s", frame)
	}
}

func TestClosingLeadsToWhatIsUnchecked(t *testing.T) {
	d := newDesk(t, meeting(uitest.Demo(80, 24)))
	d.Press("f")
	d.goTo(closeRow)
	d.Press("enter")
	if d.Menu != nil || d.S.tab != meetTab || !strings.HasPrefix(d.key(), actionRow) {
		t.Errorf("page %d, item %v", d.S.tab, d.key())
	}
}

// Meet shows the theories of giving and taking feedback, in the right pane or below the agenda.
func TestMeetShowsTheTheoriesOfFeedback(t *testing.T) {
	for _, cols := range []int{80, 120} {
		c := uitest.Demo(cols, 200)
		frame := uitest.Draw(shown(c, "m").View(c), c)
		for _, x := range c.Library.Appraisal().For(coaching.Feedback) {
			if !strings.Contains(frame, x.Name) {
				t.Errorf("%d columns: %s is not there:\n%s", cols, x.Name, frame)
			}
		}
	}
}

func TestPrivateNotesWaitForTheReview(t *testing.T) {
	d := newDesk(t, uitest.Demo(80, 24))
	d.Press("w")
	if d.Form == nil || !strings.Contains(d.Form.Form.Says, waitLine+" "+privateLine) {
		t.Fatalf("no form for the notes: %+v", d.Form)
	}
	d.Fill(map[string]string{"wellbeing": "Tired\nof nights", "adjustments": "Large print"})
	if _, open := d.C.Profile.OpenReview(); open || !strings.Contains(d.Said, waitLine) {
		t.Fatalf("a review is open: %v; it says %q", open, d.Said)
	}
	if frame := uitest.Draw(d.S.View(d.C), d.C); strings.Contains(frame, "Tired of nights") {
		t.Errorf("the notes are for everybody's eyes:\n%s", frame)
	}
	d.goTo("fold:private")
	d.Press("enter")
	if frame := uitest.Draw(d.S.View(d.C), d.C); !strings.Contains(frame, "Wellbeing: Tired of nights") || !strings.Contains(frame, "Adjustments: Large print") {
		t.Errorf("the notes are not on the page:\n%s", frame)
	}
	d.Press("m", "home", "enter")
	d.PickStart("Progress review")
	d.PickStart("J. Ode")
	d.Fill(nil)
	d.Press("w")
	d.PickText("Open them")
	if d.Form == nil || d.Form.Form.Fields[0].Value != "Tired\nof nights" {
		t.Fatalf("the review has not taken the notes over: %+v", d.Form)
	}
	d.Fill(nil)
	r, _ := d.C.Profile.OpenReview()
	if r.Wellbeing.Raw() != "Tired\nof nights" || r.Adjust.Raw() != "Large print" || len(r.Share) > 0 {
		t.Errorf("%+v", r)
	}
	if text := appraisal.Record(d.C.Profile, d.C.Standard, r); strings.Contains(text, "nights") || strings.Contains(text, "Large print") {
		t.Error("the record holds a private note")
	}
}

// rehearsed is a learner who has answered two of the questions.
func rehearsed(t *testing.T) *desk {
	t.Helper()
	d := newDesk(t, uitest.Demo(80, 24))
	d.Press("r", "enter")
	if n := len(d.S.trial.questions); n < 8 || n > 10 {
		t.Fatalf("%d questions", n)
	}
	d.Press("enter")
	d.Fill(map[string]string{"answer": "The new starter showed it back"})
	d.Press("down", "enter")
	d.Fill(map[string]string{"answer": "I asked first"})
	return d
}

func TestRehearsal(t *testing.T) {
	d := rehearsed(t)
	r := d.C.Profile.Reflections[len(d.C.Profile.Reflections)-1]
	if r.Model != profile.RehearsalModel || len(r.Answers) != 2 || d.at() != 3 {
		t.Errorf("after two answers: %+v, question %d", r, d.at())
	}
	d.goTo("look for")
	frame := uitest.Draw(d.S.View(d.C), d.C)
	if !strings.Contains(frame, "Look for these in the real one") || !strings.Contains(frame, "You name something that went well") || strings.Contains(frame, "employer") {
		t.Errorf("the end does not say what to look for, from the notes:\n%s", frame)
	}
	if d.Press("enter", "enter", "enter"); !strings.HasPrefix(d.key(), notesRow) {
		t.Errorf("what to look for leads on to %v", d.key())
	}
	d.Press("end", "enter") // in the middle, with notes: it asks first
	if d.S.trial.id != r.ID || !strings.Contains(d.Menu.Says, "2 answers to ") {
		t.Fatalf("begun unasked: %+v", d.Menu)
	}
	d.PickStart("Go on with that one")
	if d.S.trial.id != r.ID {
		t.Error("it did not go on")
	}
	d.Press("enter")
	d.PickStart("Begin a new one")
	if len(d.S.trial.questions) == 0 || d.at() != 0 || d.S.trial.id == r.ID {
		t.Error("it did not begin again")
	}
	d.Press("end", "up") // what was noted before is reachable at once, from the end and after Esc
	if d.key() != (notesRow + r.ID) {
		t.Errorf("at the end of the new one: %+v", d.key())
	}
	d.Press("home", "down", "down")
	if !d.S.Escape(d.C) || d.S.Escape(d.C) {
		t.Error("Esc leads to all rehearsals once")
	}
	frame = uitest.Draw(d.S.View(d.C), d.C)
	for _, says := range []string{"Go on with question 3 of ", "Go on with the rehearsal of 22 Nov 2026", "Begin again", "22 Nov 2026, 2 answers"} {
		if !strings.Contains(frame, says) {
			t.Errorf("no %q in\n%s", says, frame)
		}
	}
	d.Press("enter")
	if d.at() != 2 || d.S.trial.id == r.ID {
		t.Errorf("gone on at question %d", d.at()+1)
	}
}

// A record that changed since it was read has no tick.
func TestTheRecordIsTickedWhenItWasRead(t *testing.T) {
	d := newDesk(t, meeting(uitest.Demo(80, 24)))
	d.Press("f")
	d.goTo(recordRow)
	ticked := func() bool { return d.S.chosen(d.C).Sign == page.Done }
	if ticked() {
		t.Error("unread, and ticked")
	}
	d.Press("enter")
	d.S.Escape(d.C)
	if !ticked() {
		t.Error("read, and not ticked")
	}
	d.goTo(nextRow)
	d.Press("enter")
	d.Fill(map[string]string{"next": "2027-02-27"})
	d.goTo(recordRow)
	if ticked() {
		t.Error("changed since, and ticked")
	}
}

// A rehearsal that was left, even by leaving the program, goes on at the first question without an answer.
func TestARehearsalCanBeResumed(t *testing.T) {
	left := rehearsed(t)
	d := newDesk(t, left.C)
	d.Press("r", "enter")
	notes := d.S.trial.notes(d.C.Profile)
	if d.S.trial.id != left.S.trial.id || notes[0].Empty() || notes[2].Empty() || d.at() != 1 {
		t.Fatalf("%+v, at %d", notes, d.at())
	}
	d.Press("enter")
	if d.Form == nil || d.Form.Form.Key != "rehearsal:"+left.S.trial.questions[1].Text {
		t.Fatalf("text that was not sent off is not found again: %+v", d.Form)
	}
	d.Fill(map[string]string{"answer": "Third"})
	if all := appraisal.Rehearsals(d.C.Profile); len(all) != 1 || len(all[0].Answers) != 3 {
		t.Errorf("%+v", all)
	}
}

func TestNotesOfARehearsalAreReadAgain(t *testing.T) {
	d := newDesk(t, rehearsed(t).C)
	d.Press("r")
	d.goTo(notesRow)
	d.Press("enter")
	frame := uitest.Draw(d.S.View(d.C), d.C)
	for _, words := range []string{"Your rehearsal of 22 Nov 2026", "The new starter showed it back", "I asked first", "What has gone well since"} {
		if !strings.Contains(frame, words) {
			t.Errorf("no %q in\n%s", words, frame)
		}
	}
}

func TestRounds(t *testing.T) {
	d := newDesk(t, uitest.Demo(80, 24))
	d.Press("o")
	due := d.S.cache.due
	if o := d.Menu.Options[0]; !strings.HasPrefix(o.Text, "Rate what is due") || !strings.HasPrefix(o.Says, due[0].KSB+" "+d.C.Title(due[0].KSB)+", "+due[1].KSB) || !strings.HasSuffix(o.Says, fmt.Sprintf("; then %d more", len(due)-mostNamed)) {
		t.Errorf("put forward: %+v", o)
	}
	d.Pick(0)
	if d.To == nil || *d.To != (ui.Go{To: ui.Rate, KSB: due[0].KSB, Forward: true}) {
		t.Errorf("to %v", d.To)
	}
	d.Press("o")
	d.PickStart("See why")
	if len(d.Menu.Options) != len(due) || !strings.HasPrefix(d.Menu.Options[0].Says, due[0].Words+"; last time ") {
		t.Errorf("why: %+v", d.Menu.Options)
	}
	d.Pick(3)
	if d.To == nil || *d.To != (ui.Go{To: ui.Rate, KSB: due[3].KSB, Forward: true}) {
		t.Errorf("to %v", d.To)
	}
	d.Press("o")
	d.PickStart("Close the round")
	if _, open := d.C.Profile.Open(); !open || d.Menu == nil || !strings.HasPrefix(d.Menu.Says, fmt.Sprintf("%d KSBs that were due are not rated", len(due))) {
		t.Fatalf("closed unasked: %+v", d.Menu)
	}
	d.PickStart("Go on rating")
	if d.To == nil || *d.To != (ui.Go{To: ui.Rate, KSB: due[0].KSB, Forward: true}) {
		t.Errorf("to %v", d.To)
	}
	d.Press("o")
	d.PickStart("Close the round")
	d.PickStart("Close it today")
	if _, open := d.C.Profile.Open(); open || !strings.Contains(d.Said, "u opens it again") {
		t.Fatalf("the round is open, or %q does not say how to open it", d.Said)
	}
	d.Press("o")
	d.PickStart("Open a round")
	if _, open := d.C.Profile.Open(); !open || d.Menu == nil || d.Menu.Title != "Rounds" {
		t.Errorf("after opening: %+v", d.Menu)
	}
}

func TestPrepareSaysWhatCanBeDoneAboutADayThatHasPassed(t *testing.T) {
	for day, want := range map[calendar.Date]string{
		uitest.Today: "", calendar.Of(2027, 2, 28): "Your review was due 79 days ago, 11 Dec 2026. m Meet starts it", calendar.Of(2029, 1, 1): "Your gateway was planned for ",
	} {
		c := uitest.Demo(80, 24)
		c.Today = day
		d := newDesk(t, c)
		if got := d.S.blocks(c)[0].Text; !strings.HasPrefix(got, want) || want == "" && strings.Contains(got, "m Meet") {
			t.Errorf("%s: %q, want %q", day, got, want)
		}
	}
}

func TestPrepareLeadsToWhatIsPutForward(t *testing.T) {
	d := newDesk(t, uitest.Demo(80, 24))
	d.goTo("forward")
	d.Press("enter")
	if want := (ui.Go{To: ui.Rate, KSB: d.S.cache.due[0].KSB, Forward: true}); d.To == nil || *d.To != want {
		t.Errorf("to %v, want %v", d.To, want)
	}
	d = newDesk(t, uitest.With(uitest.Demo(80, 24), profile.CloseRound{On: uitest.Today}))
	for _, b := range d.S.blocks(d.C) {
		if b.Key == "forward" {
			t.Errorf("without an open round: %+v", b)
		}
	}
}

func TestSheets(t *testing.T) {
	d := newDesk(t, uitest.Fresh(80, 24))
	for text, want := range map[string]ui.Sheet{"Make a rating sheet": {}, "Take in a rating sheet": {Take: true}} {
		d.Press("o")
		d.PickStart(text)
		if d.File == nil || *d.File != want {
			t.Errorf("%s asks for %v", text, d.File)
		}
	}
}

func TestTexts(t *testing.T) {
	d := newDesk(t, meeting(uitest.Demo(80, 24)))
	d.Press("f")
	d.goTo(recordRow)
	at := d.at()
	d.Press("enter")
	if d.S.text == nil {
		t.Fatal("no text")
	}
	d.Press("down", "pgdown", "end")
	if d.S.text.Text == (page.Text{}) {
		t.Error("it does not scroll")
	}
	if !d.S.Escape(d.C) || d.S.text != nil || d.S.Escape(d.C) {
		t.Error("Esc does not go back from the text to the page, and then away")
	}
	d.Press("enter", "enter")
	if d.S.text != nil || d.at() != at+1 {
		t.Errorf("Enter does not go on from the text: line %d", d.at())
	}
}

func TestClicks(t *testing.T) {
	d := newDesk(t, uitest.Demo(80, 24))
	d.Send(ui.RowMsg{Index: 5})
	if d.at() != 5 {
		t.Errorf("row %d", d.at())
	}
	d.Send(ui.RowMsg{Index: 5})
	if d.To == nil || d.To.To != ui.Plan {
		t.Errorf("a second click: %v", d.To)
	}
	d.Send(ui.WheelMsg{Lines: -1})
	if d.at() != 4 {
		t.Errorf("wheel: row %d", d.at())
	}
}

// The kind that is due comes first, and the forms refuse days of another year.
func TestStartingAReview(t *testing.T) {
	d := newDesk(t, uitest.Demo(80, 24))
	d.Press("m", "enter")
	if o := d.Menu.Options[0]; o.Text != "Appraisal" || o.Says != "your yearly appraisal was due by 30 Sep 2026" || len(d.Menu.Options) != 3 {
		t.Errorf("the kinds: %+v", d.Menu.Options)
	}
	d.PickStart("Appraisal")
	d.PickStart("J. Ode")
	check := d.Form.Form.Fields[1].Check
	for day, want := range map[string]string{
		"2026-11-22": "", "2026-11-23": "23 Nov 2026 is still to come", "2206-11-22": "still to come",
		"2026-09-12": "the last review was on 13 Sep 2026",
	} {
		if got := check(day); want == "" && got != "" || !strings.Contains(got, want) {
			t.Errorf("%s: %q, want %q", day, got, want)
		}
	}
	d = newDesk(t, meeting(uitest.Demo(80, 24)))
	d.Press("f")
	d.goTo(nextRow)
	d.Press("enter")
	check = d.Form.Form.Fields[0].Check
	for day, want := range map[string]string{"2027-02-28": "", "2028-11-30": "", "2206-02-28": "check the year; by default it is due by 28 Feb 2027", "2026-11-22": "not after this one"} {
		if got := check(day); want == "" && got != "" || !strings.Contains(got, want) {
			t.Errorf("%s: %q, want %q", day, got, want)
		}
	}
	if d := newDesk(t, uitest.Fresh(80, 24)); true {
		d.Press("m", "enter")
		if d.Menu.Options[0].Text != "Progress review" {
			t.Errorf("the kinds of a fresh learner: %+v", d.Menu.Options)
		}
		d.PickStart("Progress review")
		if d.Form == nil || d.Form.Form.Fields[0].Value != "" {
			t.Errorf("nobody is known, so the name is asked for at once: %+v", d.Form)
		}
	}
}

// After an undo the page still makes sense.
func TestThePageAfterUndo(t *testing.T) {
	d := newDesk(t, meeting(uitest.Demo(80, 24)))
	d.Press("f")
	d.Send(ui.UndoneMsg{Change: profile.StartReview{}})
	if d.S.tab != prepareTab {
		t.Errorf("after the start is taken back: page %d", d.S.tab)
	}
	d.Press("m")
	d.Send(ui.UndoneMsg{Change: profile.CloseReview{}})
	if d.S.tab != afterTab {
		t.Errorf("after the closing is taken back: page %d", d.S.tab)
	}
	d.Press("m")
	d.Send(ui.UndoneMsg{Change: profile.EditReview{}})
	if d.S.tab != meetTab {
		t.Errorf("after an answer is taken back: page %d", d.S.tab)
	}
}

// Where a record no longer has its check code, the page says so, and why.
func TestTheScreenSaysThatARecordHasChanged(t *testing.T) {
	c := met(uitest.Demo(80, 24))
	c.Profile.Reviews = slices.Clone(c.Profile.Reviews)
	c.Profile.Reviews[len(c.Profile.Reviews)-1].Agreed = safetext.New("otherwise")
	d := newDesk(t, c)
	d.Press("f")
	if frame := uitest.Draw(d.S.View(d.C), d.C); !strings.Contains(frame, "This text is not the one that was closed") || strings.Contains(frame, sameCode) {
		t.Errorf("the page:\n%s", frame)
	}
}

// A chance that is in the plan says so, with its next step, and leads to its goal.
func TestAChanceThatIsPlannedSaysSo(t *testing.T) {
	c := uitest.With(uitest.Demo(80, 24), profile.AddGoal{Goal: profile.Goal{
		ID: "g-s24", KSBs: []string{"S24"}, Text: safetext.New("Assess a risk"), Status: profile.GoalParked, Set: uitest.Today,
		Actions: []profile.Action{{ID: "a-s24", Sort: profile.People, Text: safetext.New("Ask R. for one"), Who: safetext.New("R."), Due: uitest.Today.AddDays(9), Status: profile.ActionOpen}},
	}})
	d := newDesk(t, c)
	d.Press("n")
	frame := uitest.Draw(d.S.View(d.C), d.C)
	for _, says := range []string{"Parked in your plan: Ask R. for one (due 1 Dec 2026, with R.)", "open its goal: it is in your plan already"} {
		if !strings.Contains(frame, says) {
			t.Errorf("no %q in\n%s", says, frame)
		}
	}
	d.Press("down")
	if frame := uitest.Draw(d.S.View(d.C), d.C); strings.Contains(frame, "open its goal") {
		t.Errorf("S30 is not planned:\n%s", frame)
	}
}
