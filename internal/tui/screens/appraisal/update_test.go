package appraisal

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/uitest"
)

func TestPagesByKey(t *testing.T) {
	d := newDesk(t, uitest.Demo(80, 24))
	for _, x := range []struct {
		keys string
		want tab
	}{{"2", meetTab}, {"3", afterTab}, {"4", rehearseTab}, {"5", chanceTab}, {"1", prepareTab}, {"right", meetTab}, {"l tab", rehearseTab}, {"left", afterTab}, {"h h", prepareTab}, {"left", chanceTab}, {"tab", prepareTab}} {
		d.press(strings.Fields(x.keys)...)
		if d.s.tab != x.want {
			t.Errorf("%s: page %d, want %d", x.keys, d.s.tab, x.want)
		}
	}
	if s := shown(meeting(uitest.Demo(80, 24))); s.tab != meetTab {
		t.Errorf("with a review open the screen opens on page %d", s.tab)
	}
}

func TestEnterLeadsOn(t *testing.T) {
	demo, fresh, open := uitest.Demo(80, 24), uitest.Fresh(80, 24), meeting(uitest.Demo(80, 24))
	for _, x := range []struct {
		name string
		c    *ui.Context
		tab  string
		kind kind
		want ui.Go
	}{
		{"a strength", demo, "1", ksbPage, ui.Go{To: ui.KSB, KSB: "K18"}},
		{"a gap", demo, "1", planKSB, ui.Go{To: ui.Plan, KSB: "K8"}},
		{"a claim", demo, "1", evidence, ui.Go{To: ui.Evidence, KSB: "S2"}},
		{"nothing rated", fresh, "1", rateKSB, ui.Go{To: ui.Rate}},
		{"a request", demo, "5", planKSB, ui.Go{To: ui.Plan, KSB: "S24"}},
		{"no request", fresh, "5", rateKSB, ui.Go{To: ui.Rate}},
		{"an action", demo, "1", goalPage, ui.Go{To: ui.Plan, Goal: demo.Profile.Goals[1].ID}},
	} {
		d := newDesk(t, x.c)
		d.press(x.tab)
		d.goTo(x.kind)
		d.press("enter")
		if d.to == nil || *d.to != x.want {
			t.Errorf("%s: %v, want %v", x.name, d.to, x.want)
		}
	}
	for part, want := range map[int]ui.Name{partReveal: ui.Mentor, partAgree: ui.Mentor} {
		d := newDesk(t, open)
		d.s.choose(d.c, item{kind: agenda, id: string(rune('0' + part))})
		d.press("enter")
		if d.to == nil || d.to.To != want {
			t.Errorf("part %d leads to %v", part, d.to)
		}
	}
	for keys, want := range map[string]ui.Name{"b": ui.Mentor, "down down c": ui.KSB, "down down p": ui.Plan} {
		d := newDesk(t, demo)
		d.press(strings.Fields(keys)...)
		if d.to == nil || d.to.To != want {
			t.Errorf("%s leads to %v", keys, d.to)
		}
	}
	if d := newDesk(t, demo); true {
		d.press("u")
		if !d.undo {
			t.Error("u does not undo")
		}
	}
}

// The way through a review from its start to its hash, by keys alone.
func TestAWholeReview(t *testing.T) {
	d := newDesk(t, uitest.Demo(80, 24))
	d.press("2", "enter")
	d.pick("Appraisal")
	if o := d.menu.Options; len(o) != 4 || o[0].Text != "J. Ode, R. Lindqvist" || o[0].Says != "as on 13 Sep 2026" {
		t.Errorf("who is offered: %+v", o)
	}
	d.pick("Somebody else")
	if f := d.form.Form.Fields[0]; f.Value != "" || f.Check("2026-11-22") == "" {
		t.Errorf("the field for who meets: %+v", f)
	}
	d.fill(map[string]string{"with": "J. Ode, ward manager"})
	r, open := d.c.Profile.OpenReview()
	if !open || r.Kind != profile.ReviewAppraisal || len(r.With) != 2 || len(r.Checked) == 0 || r.On != d.c.Today {
		t.Fatalf("the review: %+v", r)
	}
	d.s.choose(d.c, item{kind: agenda, id: "5"})
	d.press("enter")
	if d.to != nil || d.said != "A new review cannot set new actions until each old action is done, not done, changed or dropped with a reason." {
		t.Errorf("new actions before the old ones are checked: %v, %q", d.to, d.said)
	}
	left := d.c.Profile.Unchecked(r)
	for i := range left {
		if d.s.at[meetTab].item.kind != check {
			t.Fatalf("check %d: the cursor is on %v", i, d.s.at[meetTab].item)
		}
		d.press("enter")
		if i == 1 {
			d.pick("Not done")
			d.fill(map[string]string{"reason": "The educator was away"})
		} else {
			d.pick("Done")
			d.fill(nil)
		}
	}
	r, _ = d.c.Profile.OpenReview()
	if a, _, _ := d.c.Profile.Action(left[1].ID); len(d.c.Profile.Unchecked(r)) != 0 || a.Status != profile.ActionNotDone || a.Note.Empty() {
		t.Fatalf("unchecked: %+v", r.Checked)
	}
	d.s.choose(d.c, item{kind: agenda, id: "5"})
	d.press("enter")
	if d.to == nil || d.to.To != ui.Plan {
		t.Errorf("new goals: %v", d.to)
	}
	d.press("w")
	d.fill(map[string]string{"workload": "Two lists a day"})
	d.press("3", "home")
	for _, answer := range []string{"Yes", "Partly", "Yes"} {
		d.press("enter")
		d.pick(answer)
	}
	if d.press("enter"); d.form == nil || d.s.at[afterTab].item.kind != agreed {
		t.Fatalf("after the questions the cursor is on %v", d.s.at[afterTab].item)
	}
	d.fill(map[string]string{"agreed": "One list a week with R. Lindqvist"})
	if d.press("enter"); d.s.text == nil {
		t.Error("what was agreed does not lead on to the record")
	}
	if d.press("enter"); d.s.at[afterTab].item.kind != closing {
		t.Errorf("the record leads on to %v", d.s.at[afterTab].item)
	}
	d.goTo(sharing)
	d.press("enter")
	d.pick("Workload")
	d.goTo(nextReview)
	d.press("enter")
	if v := d.form.Form.Fields[0].Value; v != "2027-02-28" {
		t.Errorf("the next review is filled in as %s", v)
	}
	d.fill(map[string]string{"next": "2027-02-15"})
	d.goTo(closing)
	d.press("enter")
	d.pick("Close it")
	r, _ = d.c.Profile.LastReview()
	if r.Closed != d.c.Today || !strings.HasPrefix(r.Hash, "sha256:") || r.Clear != "yes" || r.Helped != "partly" || !slices.Equal(r.Share, []string{"workload"}) {
		t.Errorf("closed: %+v", r)
	}
	if want := (calendar.Date{Year: 2027, Month: 2, Day: 15}); d.c.Profile.Learner.Review != want {
		t.Errorf("next review %s", d.c.Profile.Learner.Review)
	}
	if _, still := d.c.Profile.Open(); still {
		t.Error("the round is still open")
	}
	frame := uitest.Draw(d.s.View(d.c), d.c)
	if !strings.Contains(frame, appraisal.Code(r.Hash)) || strings.Contains(frame, "sha256") || !strings.Contains(frame, appraisal.HashWords) || !strings.Contains(frame, sameWords) {
		t.Errorf("the frame after closing:\n%s", frame)
	}
}

func TestClosingLeadsToWhatIsUnchecked(t *testing.T) {
	d := newDesk(t, meeting(uitest.Demo(80, 24)))
	d.press("3")
	d.goTo(closing)
	d.press("enter")
	if d.menu != nil || d.s.tab != meetTab || d.s.at[meetTab].item.kind != check {
		t.Errorf("page %d, item %v", d.s.tab, d.s.at[d.s.tab].item)
	}
}

func TestPrivateNotesWaitForTheReview(t *testing.T) {
	d := newDesk(t, uitest.Demo(80, 24))
	d.press("w")
	if d.form == nil || !strings.Contains(d.form.Form.Says, waitLine+" "+privateLine) {
		t.Fatalf("no form for the notes: %+v", d.form)
	}
	d.fill(map[string]string{"wellbeing": "Tired\nof nights"})
	if _, open := d.c.Profile.OpenReview(); open || !strings.Contains(d.said, waitLine) {
		t.Fatalf("a review is open: %v; it says %q", open, d.said)
	}
	d.press("end")
	d.goTo(private)
	if frame := uitest.Draw(d.s.View(d.c), d.c); !strings.Contains(frame, "Wellbeing: Tired of nights") {
		t.Errorf("the notes are not on the page:\n%s", frame)
	}
	d.press("2", "home", "enter")
	d.pick("Progress review")
	d.pick("J. Ode")
	d.fill(nil)
	d.press("w")
	if d.form == nil || d.form.Form.Fields[0].Value != "Tired\nof nights" {
		t.Fatalf("the review has not taken the notes over: %+v", d.form)
	}
	d.fill(nil)
	r, _ := d.c.Profile.OpenReview()
	if r.Wellbeing.Raw() != "Tired\nof nights" || len(r.Share) > 0 {
		t.Errorf("%+v", r)
	}
	if text := appraisal.Record(d.c.Profile, d.c.Standard, r); strings.Contains(text, "nights") {
		t.Error("the record holds a private note")
	}
}

// rehearsed is a desk on which two of the questions were answered.
func rehearsed(t *testing.T) *desk {
	t.Helper()
	d := newDesk(t, uitest.Demo(80, 24))
	d.press("4", "enter")
	if n := len(d.s.trial.questions); n < 8 || n > 10 {
		t.Fatalf("%d questions", n)
	}
	d.press("enter")
	d.fill(map[string]string{"answer": "The new starter showed it back"})
	d.press("down", "enter")
	d.fill(map[string]string{"answer": "I asked first"})
	return d
}

func TestRehearsal(t *testing.T) {
	d := rehearsed(t)
	r := d.c.Profile.Reflections[len(d.c.Profile.Reflections)-1]
	if r.Model != appraisal.RehearsalModel || len(r.Answers) != 2 || d.s.at[rehearseTab].index != 3 {
		t.Errorf("after two answers: %+v, question %d", r, d.s.at[rehearseTab].index)
	}
	d.goTo(words)
	frame := uitest.Draw(d.s.View(d.c), d.c)
	if !strings.Contains(frame, "Look for these in the real one") || !strings.Contains(frame, "You name something that went well") || strings.Contains(frame, "employer") {
		t.Errorf("the end does not say what to look for, from the notes:\n%s", frame)
	}
	if d.press("enter", "enter", "enter"); d.s.at[rehearseTab].item.kind != trialNotes {
		t.Errorf("what to look for leads on to %v", d.s.at[rehearseTab].item)
	}
	d.press("end", "enter") // in the middle, with notes: it asks first
	if d.s.trial.id != r.ID || !strings.Contains(d.menu.Says, "2 answers to ") {
		t.Fatalf("begun unasked: %+v", d.menu)
	}
	d.pick("Go on with that one")
	if d.s.trial.id != r.ID {
		t.Error("it did not go on")
	}
	d.press("enter")
	d.pick("Begin a new one")
	if len(d.s.trial.questions) == 0 || d.s.at[rehearseTab].index != 0 || d.s.trial.id == r.ID {
		t.Error("it did not begin anew")
	}
	d.press("end", "up") // what was noted before is reachable at once, from the end and after Esc
	if d.s.at[rehearseTab].item != (item{kind: trialNotes, id: r.ID}) {
		t.Errorf("at the end of the new one: %+v", d.s.at[rehearseTab].item)
	}
	d.press("home", "down", "down")
	if !d.s.Escape(d.c) || d.s.Escape(d.c) {
		t.Error("Esc leads to all rehearsals once")
	}
	frame = uitest.Draw(d.s.View(d.c), d.c)
	for _, says := range []string{"Go on with question 3 of ", "Go on with the rehearsal of 22 Nov 2026", "Begin anew", "22 Nov 2026, 2 answers"} {
		if !strings.Contains(frame, says) {
			t.Errorf("no %q in\n%s", says, frame)
		}
	}
	d.press("enter")
	if d.s.at[rehearseTab].index != 2 || d.s.trial.id == r.ID {
		t.Errorf("gone on at question %d", d.s.at[rehearseTab].index+1)
	}
}

// The tick of the record stands for the record as it is.
func TestTheRecordIsTickedWhenItWasRead(t *testing.T) {
	d := newDesk(t, meeting(uitest.Demo(80, 24)))
	d.press("3")
	d.goTo(record)
	ticked := func() bool { return d.s.page(d.c).chosen().sign == isDone }
	if ticked() {
		t.Error("unread, and ticked")
	}
	d.press("enter")
	d.s.Escape(d.c)
	if !ticked() {
		t.Error("read, and not ticked")
	}
	d.goTo(nextReview)
	d.press("enter")
	d.fill(map[string]string{"next": "2027-02-27"})
	d.goTo(record)
	if ticked() {
		t.Error("changed since, and ticked")
	}
}

// Whoever leaves in the middle, and the program too, comes back to the first question without an answer.
func TestARehearsalIsGoneOnWith(t *testing.T) {
	left := rehearsed(t)
	d := newDesk(t, left.c)
	d.press("4", "enter")
	notes := d.s.trial.notes(d.c.Profile)
	if d.s.trial.id != left.s.trial.id || notes[0].Empty() || notes[2].Empty() || d.s.at[rehearseTab].index != 1 {
		t.Fatalf("%+v, at %d", notes, d.s.at[rehearseTab].index)
	}
	d.press("enter")
	if d.form == nil || d.form.Form.Key != "rehearsal:"+left.s.trial.questions[1].Text {
		t.Fatalf("text that was not sent off is not found again: %+v", d.form)
	}
	d.fill(map[string]string{"answer": "Third"})
	if all := appraisal.Rehearsals(d.c.Profile); len(all) != 1 || len(all[0].Answers) != 3 {
		t.Errorf("%+v", all)
	}
}

func TestNotesOfARehearsalAreReadAgain(t *testing.T) {
	d := newDesk(t, rehearsed(t).c)
	d.press("4")
	d.goTo(trialNotes)
	d.press("enter")
	frame := uitest.Draw(d.s.View(d.c), d.c)
	for _, words := range []string{"Your rehearsal of 22 Nov 2026", "The new starter showed it back", "I asked first", "What has gone well since"} {
		if !strings.Contains(frame, words) {
			t.Errorf("no %q in\n%s", words, frame)
		}
	}
}

func TestRounds(t *testing.T) {
	d := newDesk(t, uitest.Demo(80, 24))
	d.press("o")
	due := d.s.known.due
	if o := d.menu.Options[0]; !strings.HasPrefix(o.Text, "Rate what is put forward") || !strings.HasPrefix(o.Says, due[0].KSB+" "+d.c.Title(due[0].KSB)+", "+due[1].KSB) || !strings.HasSuffix(o.Says, fmt.Sprintf("; then %d more", len(due)-namedForward)) {
		t.Errorf("put forward: %+v", o)
	}
	d.send(ui.ChosenMsg{Note: d.menu.Note, Index: 0})
	if d.to == nil || *d.to != (ui.Go{To: ui.Rate, KSB: due[0].KSB, Forward: true}) {
		t.Errorf("to %v", d.to)
	}
	d.press("o")
	d.pick("See why")
	if len(d.menu.Options) != len(due) || !strings.HasPrefix(d.menu.Options[0].Says, due[0].Words+"; last time ") {
		t.Errorf("why: %+v", d.menu.Options)
	}
	d.send(ui.ChosenMsg{Note: d.menu.Note, Index: 3})
	if d.to == nil || *d.to != (ui.Go{To: ui.Rate, KSB: due[3].KSB, Forward: true}) {
		t.Errorf("to %v", d.to)
	}
	d.press("o")
	d.pick("Close the round")
	if _, open := d.c.Profile.Open(); !open || d.menu == nil || !strings.HasPrefix(d.menu.Says, fmt.Sprintf("%d KSBs that were put forward are not rated", len(due))) {
		t.Fatalf("closed unasked: %+v", d.menu)
	}
	d.pick("Go on rating")
	if d.to == nil || *d.to != (ui.Go{To: ui.Rate, KSB: due[0].KSB, Forward: true}) {
		t.Errorf("to %v", d.to)
	}
	d.press("o")
	d.pick("Close the round")
	d.pick("Close it today")
	if _, open := d.c.Profile.Open(); open || !strings.Contains(d.said, "u opens it again") {
		t.Fatalf("the round is open, or %q does not say how to open it", d.said)
	}
	d.press("o")
	d.pick("Open a round")
	if _, open := d.c.Profile.Open(); !open || d.menu == nil || d.menu.Title != "Rounds" {
		t.Errorf("after opening: %+v", d.menu)
	}
	d.send(ui.ChosenMsg{Note: d.menu.Note, Index: 99})
}

func TestPrepareSaysWhatCanBeDoneAboutADayThatHasPassed(t *testing.T) {
	for day, want := range map[calendar.Date]string{
		uitest.Today: "", calendar.Of(2027, 2, 28): "Your review was due 79 days ago, 11 Dec 2026. 2 Meet starts it", calendar.Of(2029, 1, 1): "Your gateway was planned for ",
	} {
		c := uitest.Demo(80, 24)
		c.Today = day
		d := newDesk(t, c)
		if got := d.s.page(c).blocks[0].text; !strings.HasPrefix(got, want) || want == "" && strings.Contains(got, "2 Meet") {
			t.Errorf("%s: %q, want %q", day, got, want)
		}
	}
}

func TestPrepareLeadsToWhatIsPutForward(t *testing.T) {
	d := newDesk(t, uitest.Demo(80, 24))
	d.goTo(forward)
	d.press("enter")
	if want := (ui.Go{To: ui.Rate, KSB: d.s.known.due[0].KSB, Forward: true}); d.to == nil || *d.to != want {
		t.Errorf("to %v, want %v", d.to, want)
	}
	d = newDesk(t, with(uitest.Demo(80, 24), profile.CloseRound{On: uitest.Today}))
	for _, b := range d.s.page(d.c).blocks {
		if b.item.kind == forward {
			t.Errorf("without an open round: %+v", b)
		}
	}
}

func TestSheets(t *testing.T) {
	d := newDesk(t, uitest.Fresh(80, 24))
	for text, want := range map[string]ui.Sheet{"Make a rating sheet": {}, "Take in a rating sheet": {Take: true}} {
		d.press("o")
		d.pick(text)
		if d.file == nil || *d.file != want {
			t.Errorf("%s asks for %v", text, d.file)
		}
	}
}

func TestTexts(t *testing.T) {
	d := newDesk(t, uitest.Demo(80, 24))
	d.press("enter")
	if d.s.text == nil {
		t.Fatal("no text")
	}
	d.press("down", "pgdown", "end")
	if d.s.text.top == 0 {
		t.Error("it does not scroll")
	}
	if !d.s.Escape(d.c) || d.s.text != nil || d.s.Escape(d.c) {
		t.Error("Esc does not go back from the text to the page, and then away")
	}
	d.press("enter", "enter")
	if d.s.text != nil || d.s.at[prepareTab].index != 1 {
		t.Errorf("Enter does not go on from the text: line %d", d.s.at[prepareTab].index)
	}
}

func TestClicks(t *testing.T) {
	d := newDesk(t, uitest.Demo(80, 24))
	d.send(ui.RowMsg{Index: 5})
	if d.s.at[prepareTab].index != 5 {
		t.Errorf("row %d", d.s.at[prepareTab].index)
	}
	d.send(ui.RowMsg{Index: 5})
	if d.to == nil || d.to.To != ui.Plan {
		t.Errorf("a second click: %v", d.to)
	}
	d.send(ui.WheelMsg{Lines: -1})
	if d.s.at[prepareTab].index != 4 {
		t.Errorf("wheel: row %d", d.s.at[prepareTab].index)
	}
}

// The kind that is due comes first, and days of another year are caught in the forms.
func TestStartingAReview(t *testing.T) {
	d := newDesk(t, uitest.Demo(80, 24))
	d.press("2", "enter")
	if o := d.menu.Options[0]; o != (ui.Option{Text: "Appraisal", Says: "your yearly appraisal was due by 30 Sep 2026"}) || len(d.menu.Options) != 3 {
		t.Errorf("the kinds: %+v", d.menu.Options)
	}
	d.pick("Appraisal")
	d.pick("J. Ode")
	check := d.form.Form.Fields[1].Check
	for day, want := range map[string]string{
		"2026-11-22": "", "2026-11-23": "23 Nov 2026 is still to come", "2206-11-22": "still to come",
		"2026-09-12": "the last review was on 13 Sep 2026",
	} {
		if got := check(day); want == "" && got != "" || !strings.Contains(got, want) {
			t.Errorf("%s: %q, want %q", day, got, want)
		}
	}
	d = newDesk(t, meeting(uitest.Demo(80, 24)))
	d.press("3")
	d.goTo(nextReview)
	d.press("enter")
	check = d.form.Form.Fields[0].Check
	for day, want := range map[string]string{"2027-02-28": "", "2028-11-30": "", "2206-02-28": "check the year; by default it is due by 28 Feb 2027", "2026-11-22": "not after this one"} {
		if got := check(day); want == "" && got != "" || !strings.Contains(got, want) {
			t.Errorf("%s: %q, want %q", day, got, want)
		}
	}
	if d := newDesk(t, uitest.Fresh(80, 24)); true {
		d.press("2", "enter")
		if d.menu.Options[0].Text != "Progress review" {
			t.Errorf("the kinds of a fresh learner: %+v", d.menu.Options)
		}
		d.pick("Progress review")
		if d.form == nil || d.form.Form.Fields[0].Value != "" {
			t.Errorf("nobody is known, so the name is asked for at once: %+v", d.form)
		}
	}
}

// What was taken back leaves a page that makes sense.
func TestThePageAfterUndo(t *testing.T) {
	d := newDesk(t, meeting(uitest.Demo(80, 24)))
	d.press("3")
	d.send(ui.UndoneMsg{Change: profile.StartReview{}})
	if d.s.tab != prepareTab {
		t.Errorf("after the start is taken back: page %d", d.s.tab)
	}
	d.press("2")
	d.send(ui.UndoneMsg{Change: profile.CloseReview{}})
	if d.s.tab != afterTab {
		t.Errorf("after the closing is taken back: page %d", d.s.tab)
	}
	d.press("2")
	d.send(ui.UndoneMsg{Change: profile.EditReview{}})
	if d.s.tab != meetTab {
		t.Errorf("after an answer is taken back: page %d", d.s.tab)
	}
}

// A record that is no longer the text of its hash is said to be so, and why.
func TestAChangedRecordIsSaid(t *testing.T) {
	c := met(uitest.Demo(80, 24))
	c.Profile.Reviews = slices.Clone(c.Profile.Reviews)
	c.Profile.Reviews[len(c.Profile.Reviews)-1].Agreed = safetext.New("otherwise")
	d := newDesk(t, c)
	d.press("3")
	if frame := uitest.Draw(d.s.View(d.c), d.c); !strings.Contains(frame, "This text is not the one that was closed") || strings.Contains(frame, sameWords) {
		t.Errorf("the page:\n%s", frame)
	}
}

// A chance that is in the plan says so with its next step, and leads to its goal.
func TestAChanceThatIsPlannedSaysSo(t *testing.T) {
	c := with(uitest.Demo(80, 24), profile.AddGoal{Goal: profile.Goal{
		ID: "g-s24", KSBs: []string{"S24"}, Text: safetext.New("Assess a risk"), Status: profile.GoalParked, Set: uitest.Today,
		Actions: []profile.Action{{ID: "a-s24", Sort: profile.People, Text: safetext.New("Ask R. for one"), Who: safetext.New("R."), Due: uitest.Today.AddDays(9), Status: profile.ActionOpen}},
	}})
	d := newDesk(t, c)
	d.press("5")
	frame := uitest.Draw(d.s.View(d.c), d.c)
	for _, says := range []string{"Parked in your plan: Ask R. for one (due 1 Dec 2026, with R.)", "open its goal: it is in your plan already"} {
		if !strings.Contains(frame, says) {
			t.Errorf("no %q in\n%s", says, frame)
		}
	}
	d.press("down")
	if frame := uitest.Draw(d.s.View(d.c), d.c); strings.Contains(frame, "open its goal") {
		t.Errorf("S30 is not planned:\n%s", frame)
	}
}
