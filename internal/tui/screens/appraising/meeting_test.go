package appraising

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/doc"
	"github.com/ksbcoach/ksbcoach/internal/export"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/tui/page"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/uitest"
)

// checkOf puts the cursor on an action to check and opens the menu that asks what became of it.
func (d *desk) checkOf(id string) {
	d.TB.Helper()
	d.Press("m")
	d.S.choose(d.C, actionRow+id)
	d.Press("enter")
}

// Done asks for a line on what shows it. An action that goes on is set again as it is checked.
func TestOutcomesAskForTheirLine(t *testing.T) {
	d := newDesk(t, meeting(uitest.Demo(80, 24)))
	r, _ := d.C.Profile.OpenReview()
	left := d.C.Profile.Unchecked(r)
	d.checkOf(left[0].ID)
	d.PickStart("Done")
	d.Fill(map[string]string{"reason": "The plan, with her comments"})
	if a, _, _ := d.C.Profile.Action(left[0].ID); a.Note.Raw() != "The plan, with her comments" {
		t.Errorf("%+v", a)
	}
	d.checkOf(left[1].ID)
	d.PickStart("Changed")
	d.Fill(map[string]string{"reason": "More to read", "due": "2027-01-31"})
	_, g, _ := d.C.Profile.Action(left[1].ID)
	next := g.Actions[len(g.Actions)-1]
	if next.Text != left[1].Text || next.Due != calendar.Of(2027, 1, 31) || next.Status != profile.ActionOpen || !strings.HasPrefix(d.Said, "Changed, and set again. 3 actions still to check") {
		t.Errorf("%+v, %q", next, d.Said)
	}
	d.S.choose(d.C, actionRow+left[1].ID)
	if frame := uitest.Draw(d.S.View(d.C), d.C); !strings.Contains(frame, "goes on in the same words, by 31 Jan 2027") {
		t.Errorf("the page:\n%s", frame)
	}
	d.checkOf(left[1].ID)
	if o := d.Menu.Options[d.Menu.At]; o.Text != "Changed: it goes on" || o.Says != "This is what you said: More to read; it goes on in the same words, by 31 Jan 2027" {
		t.Errorf("the menu points at %+v", o)
	}
	d.PickStart("Changed")
	if f := d.Form.Form.Fields; f[0].Value != "More to read" || f[2].Value != "2027-01-31" {
		t.Errorf("said anew: %+v", f)
	}
	d.Fill(nil)
	if _, after, _ := d.C.Profile.Action(left[1].ID); len(after.Actions) != len(g.Actions) {
		t.Errorf("set twice: %+v", after.Actions)
	}
}

// Before closing a review the screen says what is not written down. A name that ends with a full stop gets no second
// one.
func TestClosingSaysWhatIsNotWritten(t *testing.T) {
	c := meeting(uitest.Demo(80, 24))
	r, _ := c.Profile.OpenReview()
	r.With = profile.Names("R. Patel Jr.")
	if says := New().closeMenu(c, r).Says; !strings.Contains(says, "The record holds no new action and no word of what was agreed.") || !strings.Contains(says, "with R. Patel Jr. Next one by ") {
		t.Error(says)
	}
	r.Agreed = safetext.New("K8 first")
	if says := New().closeMenu(c, r).Says; strings.Contains(says, "no word of what") {
		t.Error(says)
	}
}

// The advice that follows from the closing questions has a heading of its own.
func TestAdviceHasItsHeading(t *testing.T) {
	c := meeting(uitest.Demo(80, 24))
	r, _ := c.Profile.OpenReview()
	for answer, want := range map[string]bool{"": false, "no": true} {
		d := newDesk(t, uitest.With(c, profile.EditReview{ID: r.ID, Clear: &answer}))
		got := slices.ContainsFunc(d.S.afterBlocks(d.C), func(b block) bool { return b.Head == "To get more out of it" })
		if got != want {
			t.Errorf("%q: %v", answer, got)
		}
	}
}

// An action that is not due yet can go on as it is with one key; one that is overdue cannot.
func TestWhatIsNotDueYetGoesOn(t *testing.T) {
	d := newDesk(t, meeting(uitest.Demo(80, 24)))
	r, _ := d.C.Profile.OpenReview()
	on, late := 0, 0
	for _, a := range d.C.Profile.Unchecked(r) {
		d.checkOf(a.ID)
		last := d.Menu.Options[len(d.Menu.Options)-1]
		if !a.Due.After(d.C.Today) {
			if late++; strings.HasPrefix(last.Text, "Not due yet") {
				t.Errorf("due %s: %+v", a.Due, last)
			}
			continue
		}
		on++
		if !strings.Contains(last.Says, "by "+a.Due.Long()) {
			t.Errorf("%+v", last)
		}
		d.PickStart("Not due yet")
		_, g, _ := d.C.Profile.Action(a.ID)
		next := g.Actions[len(g.Actions)-1]
		if next.Text != a.Text || next.Due != a.Due || next.Who != a.Who || next.Shows != a.Shows || next.Status != profile.ActionOpen || next.ID == a.ID {
			t.Errorf("%+v in place of %+v", next, a)
		}
		if !strings.HasPrefix(d.Said, "It goes on as it is.") {
			t.Errorf("%q", d.Said)
		}
		now, _ := d.C.Profile.OpenReview()
		if x := now.Checked[slices.IndexFunc(now.Checked, func(x profile.Checked) bool { return x.Action == a.ID })]; x.Outcome != profile.ActionChanged || x.Reason.Line() != "Under way, and not due yet" || x.Next != next.ID {
			t.Errorf("%+v", x)
		}
	}
	if on == 0 || late == 0 {
		t.Errorf("%d not due yet, %d overdue", on, late)
	}
}

// An action that was done before the review is shown with a tick, and nobody is asked about it.
func TestMeetShowsAllActionsOfLastTime(t *testing.T) {
	c := meeting(uitest.Demo(80, 24))
	r, _ := c.Profile.OpenReview()
	last, _ := c.Profile.LastReview()
	var names []string
	added := -1
	for _, b := range shown(c).checkBlocks(c, r) {
		switch {
		case b.Text == "Added since:":
			added = len(names)
		case b.Sign == page.Done:
			if b.Does != "open it in its goal" || !strings.HasPrefix(b.Says[0], "done on ") {
				t.Errorf("%+v", b)
			}
			names = append(names, b.Name)
		default:
			names = append(names, b.Name)
		}
	}
	if added != len(last.Actions) || len(names) != added+1 {
		t.Errorf("%d of %d, then %d in all: %q", added, len(last.Actions), len(names), names)
	}
	for i, id := range last.Actions {
		if a, _, _ := c.Profile.Action(id); names[i] != a.Text.Line() {
			t.Errorf("%d: %q", i, names[i])
		}
	}
}

// At the end of a page Enter leads to the next one.
func TestTheEndOfAPageLeadsOn(t *testing.T) {
	for _, x := range []struct {
		c        *ui.Context
		from, to string
		tab      tab
		key      string
	}{
		{uitest.Demo(80, 24), "a", "go on to Meet", meetTab, "start"},
		{uitest.Demo(80, 24), "m", "go on to After", afterTab, recordRow},
		{meeting(uitest.Demo(80, 24)), "m", "go on to After", afterTab, verdictRow},
		{meeting(uitest.Demo(80, 24)), "f", "go on", afterTab, closeRow},
		{met(uitest.Demo(80, 24)), "f", "go on", afterTab, prepareRow},
	} {
		d := newDesk(t, x.c)
		d.Press(x.from, "end")
		if does := d.S.chosen(d.C).Does; does != x.to {
			t.Errorf("page %s: Enter would %q", x.from, does)
		}
		d.Press("enter")
		if d.S.tab != x.tab || !strings.HasPrefix(d.key(), x.key) {
			t.Errorf("page %s leads to page %d, %v", x.from, d.S.tab, d.key())
		}
	}
}

func TestAReviewIsTakenBack(t *testing.T) {
	before := uitest.Demo(80, 24)
	for _, page := range []string{"m", "f"} {
		d := newDesk(t, meeting(before))
		r, _ := d.C.Profile.OpenReview()
		d.checkOf(d.C.Profile.Unchecked(r)[0].ID)
		d.PickStart("Dropped")
		d.Fill(map[string]string{"reason": "x"})
		d.Press(page)
		d.goTo("cancel")
		d.Press("enter")
		d.PickStart("Leave it")
		if _, open := d.C.Profile.OpenReview(); !open {
			t.Fatal("it was taken back unasked")
		}
		d.Press("enter")
		d.PickStart("Take it back")
		if !reflect.DeepEqual(d.C.Profile.Goals, before.Profile.Goals) || d.C.Profile.Prepared != before.Profile.Prepared || len(d.C.Profile.Reviews) != len(before.Profile.Reviews) {
			t.Errorf("page %s: %+v", page, d.C.Profile.Reviews)
		}
		if d.S.tab != prepareTab || !strings.HasPrefix(d.Said, "Taken back.") {
			t.Errorf("page %d, %q", d.S.tab, d.Said)
		}
	}
}

// A review may be written up days later: an outcome is dated on the day it is entered, as the command does it. If the
// words of the action that replaces a changed one are deleted, that action is removed.
func TestACheckIsOfToday(t *testing.T) {
	d := newDesk(t, meeting(uitest.Demo(80, 24)))
	r, _ := d.C.Profile.OpenReview()
	later := *d.C
	later.Today = r.On.AddDays(2)
	d.C = &later
	id := d.C.Profile.Unchecked(r)[0].ID
	d.checkOf(id)
	d.PickStart("Changed")
	d.Fill(map[string]string{"reason": "x", "text": "Otherwise"})
	if a, _, _ := d.C.Profile.Action(id); a.Closed != r.On.AddDays(2) {
		t.Errorf("closed on %s", a.Closed)
	}
	d.checkOf(id)
	d.PickStart("Changed")
	d.Fill(map[string]string{"text": ""})
	if r, _ := d.C.Profile.OpenReview(); len(d.C.Profile.NewActions(r)) != 0 {
		t.Errorf("it stayed: %+v", d.C.Profile.NewActions(r))
	}
}

func TestTheKindOfAReviewIsChanged(t *testing.T) {
	d := newDesk(t, meeting(uitest.Demo(80, 24)))
	d.Press("f")
	d.goTo(metRow)
	d.Press("enter")
	for text, want := range map[string]string{"app": "", "Gateway": "", "tea": "write progress", "": "write progress"} {
		if got := d.Form.Form.Fields[2].Check(text); (got == "") != (want == "") || !strings.HasPrefix(got, want) {
			t.Errorf("%q: %q", text, got)
		}
	}
	d.Fill(map[string]string{"kind": "appraisal"})
	if r, _ := d.C.Profile.OpenReview(); r.Kind != profile.ReviewAppraisal || r.On != uitest.Today || len(r.With) != 1 {
		t.Errorf("%+v", r)
	}
}

// Where a review is closed, the screen says what it leaves open.
func TestClosingSaysWhatIsOpen(t *testing.T) {
	d := newDesk(t, meeting(uitest.Demo(80, 24)))
	r, _ := d.C.Profile.OpenReview()
	for _, a := range d.C.Profile.Unchecked(r) {
		d.C = uitest.With(d.C, profile.CheckAction{Review: r.ID, Action: a.ID, Outcome: profile.ActionDone})
	}
	d.Press("f")
	d.goTo(closeRow)
	const unsettled, idle = "Not settled between you: K8, S6, S7.", "Goals under way without an open action: K8; K7 and S7; S15 and B2."
	if got := d.S.chosen(d.C).Says; !slices.Contains(got, unsettled) || !slices.Contains(got, idle) {
		t.Errorf("%q", got)
	}
	d.Press("enter")
	if !strings.Contains(d.Menu.Says, "The round review 2 closes with it, and 17 KSBs are not rated yet. "+unsettled+" "+idle) || !strings.Contains(d.Menu.Options[0].Says, "Until you leave the program, u can take that back") {
		t.Errorf("%+v", d.Menu)
	}
	if got := appraisal.LeftOpen(uitest.Fresh(80, 24).Profile, profile.Review{}); len(got) > 0 {
		t.Errorf("nothing is open: %q", got)
	}
}

func TestFilesThatAreGone(t *testing.T) {
	d := newDesk(t, uitest.Demo(80, 24))
	e := d.C.Profile.Evidence[0]
	d.Send(ui.FilesMsg{Found: map[string]bool{e.ID: false, d.C.Profile.Evidence[1].ID: true}})
	got := d.S.goneBlocks(d.C)
	if len(got) != 2 || got[0].Head != "File not found" || got[1].Name != e.Title.Line() {
		t.Errorf("%+v", got)
	}
}

// After undo the cursor is on the row that it changed back, on whichever page that is.
func TestUndoGoesToItsLine(t *testing.T) {
	d := newDesk(t, meeting(uitest.Demo(80, 24)))
	r, _ := d.C.Profile.OpenReview()
	id := d.C.Profile.Unchecked(r)[1].ID
	d.checkOf(id)
	d.PickStart("Done")
	d.Fill(nil)
	d.Press("f")
	d.TakeBack()
	if at := d.key(); d.S.tab != meetTab || at != actionRow+id {
		t.Errorf("page %d, %+v", d.S.tab, at)
	}
	d.Press("f", "home", "enter")
	d.PickStart("Yes")
	d.Press("m")
	d.TakeBack()
	if at := d.key(); d.S.tab != afterTab || at != (verdictRow+"clear") {
		t.Errorf("page %d, %+v", d.S.tab, at)
	}
}

// The menu that asks about an action says what both people need to judge it: its day, who helps and what was to show
// it.
func TestTheMenuOfOutcomesShowsTheAction(t *testing.T) {
	d := newDesk(t, meeting(uitest.Demo(80, 24)))
	r, _ := d.C.Profile.OpenReview()
	d.checkOf(d.C.Profile.Unchecked(r)[0].ID)
	const want = "Write a one-page plan for ten minutes on the machine check, with a show-back at the end. Was due 17 Nov 2026, for K8, with R. Lindqvist. To show it: "
	if !strings.HasPrefix(d.Menu.Says, want) || d.Menu.At != 0 {
		t.Errorf("%q", d.Menu.Says)
	}
	bare := checkFacts(d.C, profile.Action{Text: safetext.New("Read it.")}, profile.Goal{})
	if bare != "Read it." {
		t.Errorf("%q", bare)
	}
}

// A part that the record cannot know about is ticked by hand; the tick is kept, and taken back by the same key or by
// undo. Other parts cannot be ticked by hand.
func TestPartsAreTickedByHand(t *testing.T) {
	d := newDesk(t, meeting(uitest.Demo(80, 24)))
	at := func(part string) { d.TB.Helper(); d.S.choose(d.C, partRow(part)) }
	talked := func() []string { r, _ := d.C.Profile.OpenReview(); return r.Talked }
	d.Press("m")
	at(profile.TalkWell)
	d.Press("enter")
	if d.key() != partRow(profile.TalkSeen) || !slices.Equal(talked(), []string{profile.TalkWell}) {
		t.Errorf("%s, %q", d.key(), talked())
	}
	d.TakeBack()
	if d.key() != partRow(profile.TalkWell) || talked() != nil {
		t.Errorf("taken back: %s, %q", d.key(), talked())
	}
	for _, part := range []string{profile.TalkWell, profile.TalkSeen, profile.TalkReveal, profile.TalkSupport} {
		at(part)
		d.Press("space")
		if d.S.chosen(d.C).Sign != page.Done {
			t.Errorf("part %s is not ticked", part)
		}
	}
	if !slices.Equal(talked(), profile.Talks) {
		t.Errorf("%q", talked())
	}
	at(profile.TalkWell)
	d.Press("enter")
	if !slices.Equal(talked(), profile.Talks) || d.key() != partRow(profile.TalkSeen) {
		t.Errorf("Enter took a tick away: %q", talked())
	}
	d.Press("space")
	if len(talked()) != 3 || d.S.chosen(d.C).Sign != page.Open {
		t.Errorf("the tick stays: %q", talked())
	}
	n := len(d.Past)
	for _, part := range []string{appraisal.AgendaLast, appraisal.AgendaAgree, appraisal.AgendaNew, appraisal.AgendaClose} {
		at(part)
		d.Press("space")
	}
	if len(d.Past) != n {
		t.Errorf("the space key ticked what the record knows: %+v", d.Past[n:])
	}
}

// The line that says who meets can be changed on Meet too.
func TestWhoMeetsIsChangedOnMeet(t *testing.T) {
	d := newDesk(t, meeting(uitest.Demo(80, 24)))
	d.Press("m")
	d.goTo(metRow)
	d.Press("enter")
	d.Fill(map[string]string{"with": "R. Lindqvist"})
	if r, _ := d.C.Profile.OpenReview(); len(r.With) != 1 || r.With[0].Raw() != "R. Lindqvist" || d.S.tab != meetTab {
		t.Errorf("%+v", r.With)
	}
}

// The record is ticked once it is read, until it changes.
func TestTheRecordIsTickedOnceItIsRead(t *testing.T) {
	d := newDesk(t, meeting(uitest.Demo(80, 24)))
	d.Press("f")
	d.goTo(recordRow)
	see := func(when string, want page.Sign) {
		t.Helper()
		all := d.S.afterBlocks(d.C)
		if got := all[slices.IndexFunc(all, func(b block) bool { return b.Key == recordRow })].Sign; got != want {
			t.Errorf("%s: %v", when, got)
		}
	}
	see("before", page.Open)
	d.Press("enter", "enter")
	see("read", page.Done)
	d.goTo(agreedRow)
	d.Press("enter")
	d.Fill(map[string]string{"agreed": "Teaching first"})
	see("after a change", page.Open)
}

// Somebody who rated today is most likely in the room, and is offered before those of last time.
func TestWhoRatedTodayIsOfferedFirst(t *testing.T) {
	c := uitest.Demo(80, 24)
	rate := profile.Rate{KSB: "K9", By: profile.Mentor, Level: 2, On: c.Today, Who: safetext.New("Morag Bell")}
	d := newDesk(t, uitest.With(c, rate))
	d.Ask(d.S.askStart(d.C)...)
	d.Pick(0)
	if got := d.Menu.Options[0]; got.Text != "Morag Bell" || got.Says != "rated today" {
		t.Errorf("%q, %q", got.Text, got.Says)
	}
}

// A known name with a comma stays one person in the menu, in the form and in the record, and is offered once.
func TestAKnownNameWithACommaStaysOnePerson(t *testing.T) {
	rate := func(who string, day int) profile.Change {
		return profile.Rate{KSB: "K1", By: profile.Mentor, Level: 2, On: uitest.Today.AddDays(day), Who: safetext.New(who)}
	}
	d := newDesk(t, uitest.With(uitest.Fresh(80, 24), rate("Hart, Zoe", -2), rate("hart zoe", -3)))
	d.Ask(d.S.askStart(d.C)...)
	d.Pick(0)
	var offered []string
	for _, o := range d.Menu.Options {
		offered = append(offered, o.Text)
	}
	if want := []string{"Hart Zoe", "Somebody else"}; !slices.Equal(offered, want) {
		t.Fatalf("%q, want %q", offered, want)
	}
	d.PickStart("Hart Zoe")
	d.Fill(nil)
	r, _ := d.C.Profile.OpenReview()
	if len(r.With) != 1 || r.With[0].Raw() != "Hart Zoe" {
		t.Errorf("%q", r.With)
	}
	r.With = []safetext.Text{safetext.New("Hart, Zoe"), safetext.New("J. Ode")}
	if who := New().metForm(d.C, r).Form.Fields[0].Value; who != "Hart Zoe, J. Ode" {
		t.Errorf("to mend: %q", who)
	}
}

// reads says whether a document has the same words as a text, however either is wrapped.
func reads(d doc.Doc, text string) bool {
	return slices.Equal(strings.Fields(string(export.Text(d, 80))), strings.Fields(text))
}

// Every closed review can be read again from After, not only the last one.
func TestEarlierReviewsAreRead(t *testing.T) {
	c := met(uitest.Demo(80, 24))
	s := shown(c, "f")
	last, _ := c.Profile.LastReview()
	read := 0
	for _, r := range c.Profile.Reviews {
		if r.Closed.IsZero() || r.ID == last.ID {
			continue
		}
		s.choose(c, recordRow+r.ID)
		s.Update(uitest.Key("enter"), c)
		if s.text == nil || s.text.title != "The record of "+r.On.Long() || !reads(s.text.doc, appraisal.Record(c.Profile, c.Standard, r)+"\nCheck code: "+appraisal.Code(r.Hash)) {
			t.Errorf("%s: %+v", r.ID, s.text)
		}
		s.Escape(c)
		read++
	}
	if read == 0 {
		t.Error("there is no earlier review")
	}
}

// The advice on a closing question can be answered there. The answer becomes a line of what was agreed.
func TestAdviceIsAnsweredInWords(t *testing.T) {
	d := newDesk(t, meeting(uitest.Demo(80, 24)))
	d.Press("f", "home", "enter")
	d.PickStart("Yes")
	r, _ := d.C.Profile.OpenReview()
	advice := appraisal.MarksAdvice(r)[0]
	before := r.Agreed
	for _, words := range []string{"Ask before I measure", "Ask, then measure", ""} {
		d.S.choose(d.C, adviceRow+advice.Ask)
		d.Press("enter")
		d.Fill(map[string]string{"said": words})
		r, _ = d.C.Profile.OpenReview()
		if got := advice.Said(r).Line(); got != words {
			t.Errorf("%q is kept of %q", got, words)
		}
	}
	if r.Agreed != before {
		t.Errorf("%q is left of %q", r.Agreed, before)
	}
}

// An answer to advice is not an agreement, so it does not tick that row; nor is there a tick for who met while nobody
// is named.
func TestOnlyWhatIsTrueIsTickedOnAfter(t *testing.T) {
	d := newDesk(t, meeting(uitest.Demo(80, 24)))
	d.Press("f", "home", "enter")
	d.PickStart("Yes")
	r, _ := d.C.Profile.OpenReview()
	advice := appraisal.MarksAdvice(r)[0]
	sign := func(key string) page.Sign {
		rows := d.S.rows(d.C)
		return rows[slices.IndexFunc(rows, func(x page.Row) bool { return x.Key == key })].Sign
	}
	d.S.choose(d.C, adviceRow+advice.Ask)
	d.Press("enter")
	d.Fill(map[string]string{"said": "Ask, then measure"})
	if sign(adviceRow+advice.Ask) != page.Done || sign(agreedRow) != page.Open {
		t.Error("an answer to advice ticks what was agreed")
	}
	d.goTo(agreedRow)
	d.Press("enter")
	if d.Fill(map[string]string{"agreed": "Teaching first"}); sign(agreedRow) != page.Done {
		t.Error("what was agreed is not ticked")
	}
	r, _ = d.C.Profile.OpenReview()
	if got := advice.Said(r).Line() + "/" + appraisal.AgreedBeside(r).Line(); got != "Ask, then measure/Teaching first" {
		t.Errorf("kept: %q", got)
	}
	d.C.Profile.Reviews[len(d.C.Profile.Reviews)-1].With = nil
	if sign(metRow) != page.Open {
		t.Error("nobody is named, and it is ticked")
	}
}
