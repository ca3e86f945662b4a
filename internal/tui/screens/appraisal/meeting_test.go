package appraisal

import (
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/uitest"
)

// checkOf puts the cursor on an action to check and opens the menu of what became of it.
func (d *desk) checkOf(id string) {
	d.t.Helper()
	d.press("2")
	d.s.choose(d.c, item{kind: check, id: id})
	d.press("enter")
}

// Done takes a line on what shows it, and an action that goes on is set anew with its check.
func TestOutcomesHaveTheirLine(t *testing.T) {
	d := newDesk(t, meeting(uitest.Demo(80, 24)))
	r, _ := d.c.Profile.OpenReview()
	left := d.c.Profile.Unchecked(r)
	d.checkOf(left[0].ID)
	d.pick("Done")
	d.fill(map[string]string{"reason": "The plan, with her comments"})
	if a, _, _ := d.c.Profile.Action(left[0].ID); a.Note.Raw() != "The plan, with her comments" {
		t.Errorf("%+v", a)
	}
	d.checkOf(left[1].ID)
	d.pick("Changed")
	d.fill(map[string]string{"reason": "More to read", "due": "2027-01-31"})
	_, g, _ := d.c.Profile.Action(left[1].ID)
	next := g.Actions[len(g.Actions)-1]
	if next.Text != left[1].Text || next.Due != calendar.Of(2027, 1, 31) || next.Status != profile.ActionOpen || !strings.HasPrefix(d.said, "Changed, and set anew. 3 actions still to check") {
		t.Errorf("%+v, %q", next, d.said)
	}
	d.s.choose(d.c, item{kind: check, id: left[1].ID})
	if frame := uitest.Draw(d.s.View(d.c), d.c); !strings.Contains(frame, "goes on in the same words, by 31 Jan 2027") {
		t.Errorf("the page:\n%s", frame)
	}
	d.checkOf(left[1].ID)
	if o := d.menu.Options[d.menu.At]; o.Text != "Changed: it goes on" || o.Says != "This is what you said: More to read; it goes on in the same words, by 31 Jan 2027" {
		t.Errorf("the menu points at %+v", o)
	}
	d.pick("Changed")
	if f := d.form.Form.Fields; f[0].Value != "More to read" || f[2].Value != "2027-01-31" {
		t.Errorf("said anew: %+v", f)
	}
	d.fill(nil)
	if _, after, _ := d.c.Profile.Action(left[1].ID); len(after.Actions) != len(g.Actions) {
		t.Errorf("set twice: %+v", after.Actions)
	}
}

// Before a review is closed it is said what is not written down, and a name that ends with a full stop gets no second one.
func TestClosingSaysWhatIsNotWritten(t *testing.T) {
	c := meeting(uitest.Demo(80, 24))
	r, _ := c.Profile.OpenReview()
	r.With = profile.Names("R. Patel Jr.")
	if says := closeMenu(c, r).Says; !strings.Contains(says, "What was agreed is not written down yet.") || !strings.Contains(says, "with R. Patel Jr. Next one by ") {
		t.Error(says)
	}
	r.Agreed = safetext.New("K8 first")
	if says := closeMenu(c, r).Says; strings.Contains(says, "not written down") {
		t.Error(says)
	}
}

// What the answers to the closing questions ask for stands under a heading of its own.
func TestAdviceHasItsHeading(t *testing.T) {
	c := meeting(uitest.Demo(80, 24))
	r, _ := c.Profile.OpenReview()
	for answer, want := range map[string]bool{"": false, "no": true} {
		d := newDesk(t, with(c, profile.EditReview{ID: r.ID, Clear: &answer}))
		got := slices.ContainsFunc(d.s.afterBlocks(d.c), func(b block) bool { return b.head == "To get more out of it" })
		if got != want {
			t.Errorf("%q: %v", answer, got)
		}
	}
}

// What is not due yet and under way goes on with one key, as it is; what is overdue cannot.
func TestWhatIsNotDueYetGoesOn(t *testing.T) {
	d := newDesk(t, meeting(uitest.Demo(80, 24)))
	r, _ := d.c.Profile.OpenReview()
	on, late := 0, 0
	for _, a := range d.c.Profile.Unchecked(r) {
		d.checkOf(a.ID)
		last := d.menu.Options[len(d.menu.Options)-1]
		if !a.Due.After(d.c.Today) {
			if late++; strings.HasPrefix(last.Text, "Not due yet") {
				t.Errorf("due %s: %+v", a.Due, last)
			}
			continue
		}
		on++
		if !strings.Contains(last.Says, "by "+a.Due.Long()) {
			t.Errorf("%+v", last)
		}
		d.pick("Not due yet")
		_, g, _ := d.c.Profile.Action(a.ID)
		next := g.Actions[len(g.Actions)-1]
		if next.Text != a.Text || next.Due != a.Due || next.Who != a.Who || next.Shows != a.Shows || next.Status != profile.ActionOpen || next.ID == a.ID {
			t.Errorf("%+v in place of %+v", next, a)
		}
		if !strings.HasPrefix(d.said, "It goes on as it is.") {
			t.Errorf("%q", d.said)
		}
		now, _ := d.c.Profile.OpenReview()
		if x := checkedAs(now, a.ID); x.Outcome != profile.ActionChanged || x.Reason.Raw() != notDueReason || x.Next != next.ID {
			t.Errorf("%+v", x)
		}
	}
	if on == 0 || late == 0 {
		t.Errorf("%d not due yet, %d overdue", on, late)
	}
}

// What was done before the review is shown with its tick and is no longer asked for.
func TestMeetShowsAllActionsOfLastTime(t *testing.T) {
	c := meeting(uitest.Demo(80, 24))
	r, _ := c.Profile.OpenReview()
	last, _ := c.Profile.LastReview()
	var names []string
	added := -1
	for _, b := range checkBlocks(c, r) {
		switch {
		case b.text == "Added since:":
			added = len(names)
		case b.sign == isDone:
			if b.item.kind != goalPage || !strings.HasPrefix(b.says[0], "done on ") {
				t.Errorf("%+v", b)
			}
			names = append(names, b.name)
		default:
			names = append(names, b.name)
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

// Read to its end, a page leads to the next one.
func TestTheEndOfAPageLeadsOn(t *testing.T) {
	for _, x := range []struct {
		c        *ui.Context
		from, to string
		tab      tab
		kind     kind
	}{
		{uitest.Demo(80, 24), "1", "go on to Meet", meetTab, start},
		{uitest.Demo(80, 24), "2", "go on to After", afterTab, record},
		{meeting(uitest.Demo(80, 24)), "2", "go on to After", afterTab, verdict},
		{meeting(uitest.Demo(80, 24)), "3", "go on", afterTab, closing},
		{met(uitest.Demo(80, 24)), "3", "go on", afterTab, prepare},
	} {
		d := newDesk(t, x.c)
		d.press(x.from, "end")
		if does := d.s.page(d.c).chosen().does; does != x.to {
			t.Errorf("page %s: Enter would %q", x.from, does)
		}
		d.press("enter")
		if d.s.tab != x.tab || d.s.at[x.tab].item.kind != x.kind {
			t.Errorf("page %s leads to page %d, %v", x.from, d.s.tab, d.s.at[d.s.tab].item)
		}
	}
}

func TestAReviewIsTakenBack(t *testing.T) {
	before := uitest.Demo(80, 24)
	for _, page := range []string{"2", "3"} {
		d := newDesk(t, meeting(before))
		r, _ := d.c.Profile.OpenReview()
		d.checkOf(d.c.Profile.Unchecked(r)[0].ID)
		d.pick("Dropped")
		d.fill(map[string]string{"reason": "x"})
		d.press(page)
		d.goTo(cancelling)
		d.press("enter")
		d.pick("Leave it")
		if _, open := d.c.Profile.OpenReview(); !open {
			t.Fatal("it was taken back unasked")
		}
		d.press("enter")
		d.pick("Take it back")
		if !reflect.DeepEqual(d.c.Profile.Goals, before.Profile.Goals) || d.c.Profile.Prepared != before.Profile.Prepared || len(d.c.Profile.Reviews) != len(before.Profile.Reviews) {
			t.Errorf("page %s: %+v", page, d.c.Profile.Reviews)
		}
		if d.s.tab != prepareTab || !strings.HasPrefix(d.said, "Taken back.") {
			t.Errorf("page %d, %q", d.s.tab, d.said)
		}
	}
}

// A review may be written up days later: what is said of an action is said on that day, as by a command. With its words
// taken out, what was set in the place of one that is changed goes.
func TestACheckIsOfToday(t *testing.T) {
	d := newDesk(t, meeting(uitest.Demo(80, 24)))
	r, _ := d.c.Profile.OpenReview()
	later := *d.c
	later.Today = r.On.AddDays(2)
	d.c = &later
	id := d.c.Profile.Unchecked(r)[0].ID
	d.checkOf(id)
	d.pick("Changed")
	d.fill(map[string]string{"reason": "x", "text": "Otherwise"})
	if a, _, _ := d.c.Profile.Action(id); a.Closed != r.On.AddDays(2) {
		t.Errorf("closed on %s", a.Closed)
	}
	d.checkOf(id)
	d.pick("Changed")
	d.fill(map[string]string{"text": ""})
	if r, _ := d.c.Profile.OpenReview(); len(d.c.Profile.NewActions(r)) != 0 {
		t.Errorf("it stayed: %+v", d.c.Profile.NewActions(r))
	}
}

func TestTheKindOfAReviewIsChanged(t *testing.T) {
	d := newDesk(t, meeting(uitest.Demo(80, 24)))
	d.press("3")
	d.goTo(metWith)
	d.press("enter")
	for text, want := range map[string]string{"app": "", "Gateway": "", "tea": "write progress", "": "write progress"} {
		if got := d.form.Form.Fields[2].Check(text); (got == "") != (want == "") || !strings.HasPrefix(got, want) {
			t.Errorf("%q: %q", text, got)
		}
	}
	d.fill(map[string]string{"kind": "appraisal"})
	if r, _ := d.c.Profile.OpenReview(); r.Kind != profile.ReviewAppraisal || r.On != uitest.Today || len(r.With) != 1 {
		t.Errorf("%+v", r)
	}
}

// What a closing leaves open is said where it is closed.
func TestClosingSaysWhatIsOpen(t *testing.T) {
	d := newDesk(t, meeting(uitest.Demo(80, 24)))
	r, _ := d.c.Profile.OpenReview()
	for _, a := range d.c.Profile.Unchecked(r) {
		d.c = with(d.c, profile.CheckAction{Review: r.ID, Action: a.ID, Outcome: profile.ActionDone})
	}
	d.press("3")
	d.goTo(closing)
	const unsettled, idle = "Not settled between you: K8, S6, S7.", "Goals in flight without an open action: K8; K7 and S7; S15 and B2."
	if got := d.s.page(d.c).chosen().says; !slices.Contains(got, unsettled) || !slices.Contains(got, idle) {
		t.Errorf("%q", got)
	}
	d.press("enter")
	if !strings.Contains(d.menu.Says, "The round review-2 closes with it, and 17 KSBs are not rated yet. "+unsettled+" "+idle) || !strings.Contains(d.menu.Options[0].Says, "Until you leave the program, u can take that back") {
		t.Errorf("%+v", d.menu)
	}
	if got := leftOpen(uitest.Fresh(80, 24), profile.Review{}); len(got) > 0 {
		t.Errorf("nothing is open: %q", got)
	}
}

func TestFilesThatAreGone(t *testing.T) {
	d := newDesk(t, uitest.Demo(80, 24))
	e := d.c.Profile.Evidence[0]
	d.send(ui.FilesMsg{Found: map[string]bool{e.ID: false, d.c.Profile.Evidence[1].ID: true}})
	got := d.s.goneBlocks(d.c)
	if len(got) != 2 || got[0].head != "File not found" || got[1].name != e.Title.Line() {
		t.Errorf("%+v", got)
	}
}

// After undo the cursor is on the line that it gave back, wherever the page had gone on to.
func TestUndoGoesToItsLine(t *testing.T) {
	d := newDesk(t, meeting(uitest.Demo(80, 24)))
	r, _ := d.c.Profile.OpenReview()
	id := d.c.Profile.Unchecked(r)[1].ID
	before := d.c
	d.checkOf(id)
	d.pick("Done")
	d.fill(nil)
	d.press("3")
	d.takeBack(before)
	if at := d.s.at[d.s.tab].item; d.s.tab != meetTab || at != (item{kind: check, id: id}) {
		t.Errorf("page %d, %+v", d.s.tab, at)
	}
	d.press("3", "home", "enter")
	before = d.c
	d.pick("Yes")
	d.press("2")
	d.takeBack(before)
	if at := d.s.at[d.s.tab].item; d.s.tab != afterTab || at != (item{kind: verdict, id: "clear"}) {
		t.Errorf("page %d, %+v", d.s.tab, at)
	}
}

// What both need to judge an action stands where they are asked about it: its day, who helps and what was to show it.
func TestTheMenuOfOutcomesShowsTheAction(t *testing.T) {
	d := newDesk(t, meeting(uitest.Demo(80, 24)))
	r, _ := d.c.Profile.OpenReview()
	d.checkOf(d.c.Profile.Unchecked(r)[0].ID)
	const want = "Write a one-page plan for ten minutes on the machine check, with a show-back at the end. Was due 17 Nov 2026, for K8, with R. Lindqvist. To show it: "
	if !strings.HasPrefix(d.menu.Says, want) || d.menu.At != 0 {
		t.Errorf("%q", d.menu.Says)
	}
	bare := checkFacts(d.c, profile.Action{Text: safetext.New("Read it.")}, profile.Goal{})
	if bare != "Read it." {
		t.Errorf("%q", bare)
	}
}

// What the record cannot know is ticked by hand, kept, and taken back by the same key or by undo; what it knows is not.
func TestPartsAreTickedByHand(t *testing.T) {
	d := newDesk(t, meeting(uitest.Demo(80, 24)))
	at := func(part int) { d.t.Helper(); d.s.choose(d.c, item{kind: agenda, id: strconv.Itoa(part)}) }
	talked := func() []string { r, _ := d.c.Profile.OpenReview(); return r.Talked }
	d.press("2")
	at(partWell)
	before := d.c
	d.press("enter")
	if d.s.at[meetTab].item.id != strconv.Itoa(partSeen) || !slices.Equal(talked(), []string{profile.TalkWell}) {
		t.Errorf("%+v, %q", d.s.at[meetTab], talked())
	}
	d.takeBack(before)
	if d.s.at[meetTab].item.id != strconv.Itoa(partWell) || talked() != nil {
		t.Errorf("taken back: %+v, %q", d.s.at[meetTab], talked())
	}
	for _, part := range []int{partWell, partSeen, partReveal, partPrivate} {
		at(part)
		d.send(tea.KeyPressMsg{Code: tea.KeySpace, Text: " "})
		if d.s.page(d.c).chosen().sign != isDone {
			t.Errorf("part %d is not ticked", part)
		}
	}
	if !slices.Equal(talked(), profile.Talks) {
		t.Errorf("%q", talked())
	}
	at(partWell)
	d.press("enter")
	if !slices.Equal(talked(), profile.Talks) || d.s.at[meetTab].item.id != strconv.Itoa(partSeen) {
		t.Errorf("Enter took a tick away: %q", talked())
	}
	d.send(tea.KeyPressMsg{Code: tea.KeySpace, Text: " "})
	if len(talked()) != 3 || d.s.page(d.c).chosen().sign != isOpen {
		t.Errorf("the tick stays: %q", talked())
	}
	n := len(d.did)
	for _, part := range []int{partLast, partAgree, partNew, partClose} {
		at(part)
		d.send(tea.KeyPressMsg{Code: tea.KeySpace, Text: " "})
	}
	if len(d.did) != n {
		t.Errorf("the space key ticked what the record knows: %+v", d.did[n:])
	}
}

// The line of who meets can be changed where it stands.
func TestWhoMeetsIsChangedOnMeet(t *testing.T) {
	d := newDesk(t, meeting(uitest.Demo(80, 24)))
	d.press("2")
	d.goTo(metWith)
	d.press("enter")
	d.fill(map[string]string{"with": "R. Lindqvist"})
	if r, _ := d.c.Profile.OpenReview(); len(r.With) != 1 || r.With[0].Raw() != "R. Lindqvist" || d.s.tab != meetTab {
		t.Errorf("%+v", r.With)
	}
}

// The record is ticked while it is as it was read, and no longer.
func TestTheRecordIsTickedOnceItIsRead(t *testing.T) {
	d := newDesk(t, meeting(uitest.Demo(80, 24)))
	d.press("3")
	d.goTo(record)
	see := func(when string, want sign) {
		t.Helper()
		if got := d.s.readBlock().sign; got != want {
			t.Errorf("%s: %v", when, got)
		}
	}
	see("before", isOpen)
	d.press("enter", "enter")
	see("read", isDone)
	d.goTo(agreed)
	d.press("enter")
	d.fill(map[string]string{"agreed": "Teaching first"})
	see("after a change", isOpen)
}

// A name with a comma is one person's, in the menu, in the form and in the record, and is offered once.
func TestWhoIsKnownWithACommaStaysOnePerson(t *testing.T) {
	rate := func(who string, day int) profile.Change {
		return profile.Rate{KSB: "K1", By: profile.Mentor, Level: 2, On: uitest.Today.AddDays(day), Who: safetext.New(who)}
	}
	d := newDesk(t, with(uitest.Fresh(80, 24), rate("Hart, Zoe", -2), rate("hart zoe", -3)))
	d.send(ui.ChosenMsg{Note: startKind{kindsFor(d.c)}, Index: 0})
	var offered []string
	for _, o := range d.menu.Options {
		offered = append(offered, o.Text)
	}
	if want := []string{"Hart Zoe", "Somebody else"}; !slices.Equal(offered, want) {
		t.Fatalf("%q, want %q", offered, want)
	}
	d.pick("Hart Zoe")
	d.fill(nil)
	r, _ := d.c.Profile.OpenReview()
	if len(r.With) != 1 || r.With[0].Raw() != "Hart Zoe" {
		t.Errorf("%q", r.With)
	}
	r.With = []safetext.Text{safetext.New("Hart, Zoe"), safetext.New("J. Ode")}
	if who := metForm(d.c, r).Form.Fields[0].Value; who != "Hart Zoe, J. Ode" {
		t.Errorf("to mend: %q", who)
	}
}

// Every closed review can be read again from After, not the last one alone.
func TestEarlierReviewsAreRead(t *testing.T) {
	c := met(uitest.Demo(80, 24))
	s := shown(c, "3")
	last, _ := c.Profile.LastReview()
	read := 0
	for _, r := range c.Profile.Reviews {
		if r.Closed.IsZero() || r.ID == last.ID {
			continue
		}
		s.choose(c, item{kind: record, id: r.ID})
		s.Update(press("enter"), c)
		if s.text == nil || s.text.title != "The record of "+r.On.Long() || strings.Join(s.text.lines, "\n")+"\n" != appraisal.Record(c.Profile, c.Standard, r) {
			t.Errorf("%s: %+v", r.ID, s.text)
		}
		s.Escape(c)
		read++
	}
	if read == 0 {
		t.Error("there is no earlier review")
	}
}
