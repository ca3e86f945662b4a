package mentor

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/uitest"
)

// own are the newest ratings by mentors in this round.
func own(c *ui.Context) map[string]profile.Rating {
	r, _ := c.Profile.Open()
	return r.Ratings[profile.Mentor]
}

// unlike is another learner of the same name: other ratings, notes, rounds, evidence, goals, targets, dates and reviews. Only
// the mentor's ratings of the open round are the same.
func unlike(c *ui.Context) *ui.Context {
	own := maps.Clone(own(c))
	self := map[string]profile.Rating{}
	for i, id := range c.Standard.Walk() {
		self[id] = profile.Rating{Level: level.Level(4 - i%3), On: uitest.Today, Note: safetext.New("SECRET " + id)}
	}
	open, _ := c.Profile.Open()
	p := profile.Profile{
		Standard: c.Profile.Standard, Learner: profile.Learner{Name: c.Profile.Learner.Name, Review: uitest.Today.AddDays(3)},
		Rounds: []profile.Round{{ID: "other", Opened: uitest.Today, Ratings: map[profile.Rater]map[string]profile.Rating{profile.Self: self, profile.Mentor: own}, Others: maps.Clone(open.Others)}},
	}
	out := *c
	out.Profile, out.Position, out.Rev = p, "S33", 77
	out.Report = gap.Compute(c.Standard, c.Library.Scale(), p, uitest.Today)
	return &out
}

// blank is a third one, who has rated nothing.
func blank(c *ui.Context) *ui.Context {
	out := unlike(c)
	out.Profile.Rounds[0].Ratings = map[profile.Rater]map[string]profile.Rating{profile.Mentor: maps.Clone(own(c))}
	out.Profile.Learner.Start = calendar.Of(2020, 1, 1)
	out.Report = gap.Compute(c.Standard, c.Library.Scale(), out.Profile, uitest.Today)
	return out
}

// among is a context in which other mentors have rated too, at levels and with notes that depend on their temper, and in which
// one has met with the learner who has not rated, in a review of which the same goes.
func among(c *ui.Context, temper int) *ui.Context {
	met := *c
	met.Profile.Reviews = append(slices.Clone(c.Profile.Reviews), profile.Review{
		ID: "r-met", Kind: profile.ReviewKinds[temper%len(profile.ReviewKinds)], On: c.Today, With: profile.Names("A. Stern, C. Met"),
		Agreed: safetext.New(strings.Repeat("SECRET ", temper)), Closed: c.Today,
	})
	c = &met
	for i, id := range c.Standard.Walk() {
		for k, who := range []string{"A. Stern", "B. Mild"} {
			if i%(k+2) > 0 {
				continue
			}
			note := safetext.New(strings.Repeat("SECRET ", temper*(i%3)))
			c = with(c, profile.Rate{KSB: id, By: profile.Mentor, Level: level.Level((i+k+3*temper)%6 - 1), On: c.Today.AddDays(-i % 30), Who: safetext.New(who), Note: &note})
		}
	}
	return c
}

// script presses every key of the blind part, in every mode, fills in what opens and picks "Not yet".
var script = []string{
	"u", "c", "down", "w", "enter", "FIRST", "down", "down", "7", "0", "2", "end", "home", "pgdown", "pgup", "right", "left", "]", "[", "i", "NAME M. Ward", "w", "v", "NOT", "a", "enter",
	"enter", "3", "0", "n", "w", "FILL in a word", "up", "down", "enter", "right", "right", "left", "1", "left", "w", "FILL saw it twice", "u", "u", "]", "]", "2", "4", "[", "v", "NOT",
	"home", "end", "pgup", "pgdown", "l", "h", "j", "k", "d", "down", "enter", "a", "2", "2", "2", "2", "2", "2", "2", "2", "2", "2", "2", "2", "2", "2", "2", "2", "enter", "2", "?", "x", "=", "g", "r", "e",
	"WHEEL", "CLICK", "CLICK", "ENTER", "down", "enter", "FIRST", "enter", "3", "w", "FILL again", "BACK", "i", "NAME R. Lindqvist", "enter", "left", "w", "1", "left", "2",
	"w", "FILL and again", "w", "FILL ", "u", "u", "i", "NAME m ward", "d", "home", "enter", "home", "2", "2", "2", "2", "w", "d", "w", "n",
}

// play sends one line of the script.
func (d *desk) play(line string) {
	d.t.Helper()
	switch {
	case line == "NOT":
		d.pick(0)
	case line == "WHEEL":
		d.send(ui.WheelMsg{Lines: 1})
	case line == "CLICK":
		d.send(ui.RowMsg{Index: 2})
	case line == "ENTER":
		d.send(ui.EnterMsg{Go: ui.Go{To: ui.Mentor, KSB: "K7"}})
	case line == "BACK":
		d.send(ui.BackMsg{})
	case len(line) > 4 && line[:4] == "FILL":
		if d.form != nil {
			d.fill(line[5:])
		}
	case len(line) > 4 && line[:4] == "NAME":
		d.somebodyElse(line[5:])
	case line == "FIRST":
		d.pick(0)
	default:
		d.press(line)
	}
}

// seen is all that reaches the screen: the page, the keys, the help and what was asked for.
func (d *desk) seen() string {
	p, k := d.s.View(d.c), d.s.Keys(d.c)
	words := fmt.Sprint(p.Left, p.Right, p.Body, *p.Cursor, p.Rows, p.Keys, d.s.Help())
	for _, b := range k.All() {
		words += fmt.Sprint(b.Keys(), b.Help())
	}
	return words
}

// Nothing on any frame of the blind rating betrays the learner's levels, nor those of other mentors: three learners of one name
// who could not be more different, each with other mentors who could not be, get the same frames, keys, menus, forms and
// messages, whatever is pressed.
func TestNothingBetraysTheLearner(t *testing.T) {
	for size, wh := range uitest.Sizes {
		c := uitest.Demo(wh[0], wh[1])
		desks := []*desk{newDesk(t, among(c, 0)), newDesk(t, among(unlike(c), 1)), newDesk(t, among(blank(c), 2))}
		for i, line := range append([]string{"u"}, script...) {
			for _, d := range desks {
				d.play(line)
				if !d.s.Blind() {
					t.Fatalf("%s: line %d, %s: the screen is not blind", size, i, line)
				}
			}
			for _, d := range desks[1:] {
				if a, b := desks[0].seen(), d.seen(); a != b {
					t.Fatalf("%s: line %d, %s: the frames differ\n%s\n%s", size, i, line, uitest.Draw(desks[0].s.View(desks[0].c), desks[0].c), uitest.Draw(d.s.View(d.c), d.c))
				}
				if !sameAsks(desks[0].asks, d.asks) {
					t.Fatalf("%s: line %d, %s: the asks differ\n%#v\n%#v", size, i, line, desks[0].asks, d.asks)
				}
			}
		}
		if n := len(own(desks[0].c)); n < 20 {
			t.Errorf("the script rated only %d", n)
		}
	}
}

// sameAsks compares what is asked for; forms hold functions, which never compare as equal.
func sameAsks(a, b []ui.Ask) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		x, ok := a[i].(ui.Edit)
		y, too := b[i].(ui.Edit)
		if ok && too {
			if fmt.Sprint(x) != fmt.Sprint(y) {
				return false
			}
			continue
		}
		if !reflect.DeepEqual(a[i], b[i]) {
			return false
		}
	}
	return true
}

// Who met with the learner is offered by name too, after those who have rated, and is no rater yet. A number or a day is no
// name; one of those who met, typed another way, is.
func TestWhoMetIsOfferedByName(t *testing.T) {
	c := uitest.Demo(80, 24)
	c.Profile.Reviews = append(slices.Clone(c.Profile.Reviews), profile.Review{ID: "r-met", On: c.Today, With: profile.Names("C. Met, J. Ode"), Closed: c.Today})
	d := newDesk(t, c)
	if frame := uitest.Draw(d.s.View(d.c), d.c); strings.Contains(frame, "C. Met") {
		t.Errorf("C. Met has rated before:\n%s", frame)
	}
	d.press("enter")
	if o := d.menu.Options; len(o) != 4 || o[2].Text != "C. Met" || o[2].Says != "nothing rated in this round yet" || o[0].Text != "J. Ode" {
		t.Fatalf("%+v", o)
	}
	d.pick(2)
	if d.press("enter", "2"); own(d.c)[d.s.last].By.Raw() != "C. Met" {
		t.Errorf("%+v", own(d.c)[d.s.last])
	}
	other := newDesk(t, c)
	other.press("enter")
	if other.somebodyElse("c met"); other.s.who.Raw() != "C. Met" {
		t.Errorf("as %q", other.s.who.Raw())
	}
	for _, text := range []string{"12", "26/11/2026", "-"} {
		if says := nameForm(safetext.Text{}, nameSays).Form.Fields[0].Check(text); !strings.Contains(says, "is not the name of anybody") {
			t.Errorf("%s: %q", text, says)
		}
	}
	if says := nameForm(safetext.Text{}, nameSays).Form.Fields[0].Check("Ward manager 3B"); says != "" {
		t.Error(says)
	}
}

// However many met, each of the names that are offered has a digit.
func TestNotMoreNamesThanDigits(t *testing.T) {
	c := uitest.Demo(80, 24)
	c.Profile.Reviews = []profile.Review{{ID: "r-met", On: c.Today, Closed: c.Today, With: profile.Names("A, B, C, D, E, F, G, H, I, J")}}
	d := newDesk(t, c)
	d.press("enter")
	if n := len(d.menu.Options); n != 9 {
		t.Errorf("%d options", n)
	}
}

// Without an open round the mentor begins with nothing, and the first rating opens one.
func TestTheFirstRatingOpensTheRound(t *testing.T) {
	d := newDesk(t, uitest.Fresh(80, 24))
	d.begin()
	d.press("enter", "2")
	r, open := d.c.Profile.Open()
	if !open || r.Rated(profile.Mentor) != 1 || r.Rated(profile.Self) != 0 {
		t.Fatalf("%+v", r)
	}
	x := r.Ratings[profile.Mentor][d.c.Standard.Walk()[0]]
	if x.Level != 2 || x.By.Raw() != "J. Ode" || x.On != d.c.Today {
		t.Errorf("%+v", x)
	}
	if d.s.ksb != d.c.Standard.Duties[0].KSBs[1] {
		t.Errorf("it went on to %s", d.s.ksb)
	}
}

// A whole walk takes a key for each KSB, with all duties in turn.
func TestRatingAll(t *testing.T) {
	d := newDesk(t, uitest.Fresh(80, 24))
	d.begin()
	d.press("a", "enter")
	for range d.c.Standard.Walk() {
		d.press("2")
	}
	if n := len(own(d.c)); n != len(d.c.Standard.Walk()) || !strings.HasSuffix(d.said, " 2; w adds a note to it. "+allRatedBeside) || d.s.mode != pickMode {
		t.Errorf("%d rated, %q", n, d.said)
	}
	d.press("enter", "enter")
	if d.said != allRatedBeside {
		t.Errorf("Enter with all rated says %q", d.said)
	}
}

func TestOneDutyAtATime(t *testing.T) {
	d := newDesk(t, uitest.Fresh(80, 24))
	d.begin()
	d.press("enter")
	for range d.c.Standard.Duties[0].KSBs {
		d.press("3")
	}
	if d.s.mode != pickMode || d.s.duty != 1 {
		t.Errorf("mode %d, duty %d", d.s.mode, d.s.duty)
	}
	d.press("enter")
	if !d.s.Escape(d.c) || d.s.mode != pickMode || d.s.Escape(d.c) {
		t.Error("Esc does not go from a KSB to the duties and then away")
	}
}

// Right after a rating a note belongs to what was rated, wherever the walk went on to; any other key ends that.
func TestANoteRightAfterTheRating(t *testing.T) {
	d := newDesk(t, uitest.Demo(80, 24))
	d.begin()
	d.press("down", "enter", "2")
	ksb := d.s.last
	if want := ksb + " rated 2; w adds a note to it."; d.said != want || d.s.ksb == ksb {
		t.Fatalf("at %s: %q, want %q", d.s.ksb, d.said, want)
	}
	d.press("w")
	d.fill("set it up twice")
	if r := own(d.c)[ksb]; r.Note.Raw() != "set it up twice" || r.Level != 2 || r.By.Raw() != "J. Ode" {
		t.Errorf("%+v", r)
	}
	for d.s.ksb != ksb {
		d.press("left")
	}
	d.press("1")
	if want := ksb + " rated 1; your note stays, w changes it."; d.said != want {
		t.Errorf("%q, want %q", d.said, want)
	}
	for d.press("right"); !own(d.c)[d.s.ksb].On.IsZero(); {
		d.press("right")
	}
	d.press("w")
	if d.said != rateBeforeNote || d.form != nil {
		t.Errorf("%q", d.said)
	}
	for d.s.mode == rateMode {
		d.press("3")
	}
	ksb = d.s.last
	if !strings.HasPrefix(d.said, ksb+" rated 3") || !strings.Contains(d.said, " Duty 2 is rated.") {
		t.Errorf("%q", d.said)
	}
	d.press("w")
	d.fill("with the audit")
	if r := own(d.c)[ksb]; r.Note.Raw() != "with the audit" {
		t.Errorf("%+v", r)
	}
	d.press("down", "w")
	if d.form != nil {
		t.Error("w asks for a note to a duty")
	}
}

// Undo goes back to what was taken back, and to its duty.
func TestUndoGoesBackToTheDuty(t *testing.T) {
	d := newDesk(t, uitest.Demo(80, 24))
	d.begin()
	d.press("down", "enter", "2")
	ksb := d.s.last
	d.press("]", "u")
	if d.s.ksb != ksb || !slices.Contains(d.c.Standard.Duties[d.s.duty].KSBs, ksb) {
		t.Errorf("at %s in duty %d", d.s.ksb, d.s.duty+1)
	}
}

// A known mentor is one key; another one never rates under that name, and what stands under it is said to be the other's.
func TestWhoRates(t *testing.T) {
	d := newDesk(t, uitest.Demo(80, 24))
	d.press("enter")
	if d.menu == nil || len(d.menu.Options) != 3 || d.menu.Options[0].Text != "J. Ode" {
		t.Fatalf("%+v", d.menu)
	}
	d.somebodyElse("M. Ward")
	if f := d.asks; d.s.mode != pickMode || len(f) != 0 {
		t.Fatalf("%v", f)
	}
	d.press("enter", "home")
	for own(d.c)[d.s.ksb].Note.Empty() {
		d.press("right")
	}
	ksb, was := d.s.ksb, own(d.c)[d.s.ksb]
	if frame := uitest.Draw(d.s.View(d.c), d.c); !strings.Contains(frame, "Rated already by J. Ode. Your level goes beside it; theirs stays.") || strings.Contains(frame, "You noted") {
		t.Errorf("as if it were M. Ward's:\n%s", frame)
	}
	d.press("w")
	if d.form != nil || d.said != rateBeforeNote {
		t.Errorf("a note under another's rating: %q", d.said)
	}
	d.press("0")
	if want := ksb + " rated 0; w adds a note to it. J. Ode's rating stays beside yours."; d.said != want {
		t.Errorf("%q, want %q", d.said, want)
	}
	if r, _ := d.c.Profile.Open(); own(d.c)[ksb].By.Raw() != "M. Ward" || !own(d.c)[ksb].Note.Empty() || r.Others[ksb][0] != was {
		t.Errorf("%+v", r.Mentors(ksb))
	}
	d.press("w")
	d.fill("with the audit")
	if r, _ := d.c.Profile.Open(); own(d.c)[ksb].Note.Raw() != "with the audit" || r.Others[ksb][0] != was {
		t.Errorf("%+v", r.Mentors(ksb))
	}
	d.press("u", "u")
	if r := own(d.c)[ksb]; r != was {
		t.Errorf("%+v, want %+v", r, was)
	}

	d.send(ui.EnterMsg{})
	if d.s.mode != introMode {
		t.Error("whoever comes next rates under the name of the last one")
	}
	d.press("enter")
	if o := d.menu.Options; len(o) != 4 || o[0].Text != "M. Ward" || o[1].Text != "J. Ode" {
		t.Errorf("%+v", o)
	}
	d.pick(1)
	d.press("enter", "3")
	if r := own(d.c)[d.s.last]; r.By.Raw() != "J. Ode" {
		t.Errorf("%+v", r)
	}
}

// What is agreed is signed by who is here now, and not by the mentor of the visit before.
func TestTheNameOfTheVisitBeforeSignsNothing(t *testing.T) {
	d := newDesk(t, uitest.Demo(80, 24))
	d.press("enter")
	d.somebodyElse("M. Ward")
	d.send(ui.EnterMsg{})
	d.look()
	ksb := d.s.chosen
	d.press("2")
	d.fill("Both saw it")
	if r, _ := d.c.Profile.Newest(ksb, profile.Agreed); r.By != own(d.c)[ksb].By {
		t.Errorf("signed by %q", r.By.Raw())
	}
}

func TestDigitsOfTheKeypadRate(t *testing.T) {
	for name, want := range map[string]level.Level{"0": 0, "4": 4, "n": level.NoOpportunity} {
		if l, ok := digit(press(name)); !ok || l != want {
			t.Errorf("%s: %v", name, l)
		}
	}
	if _, ok := digit(press("5")); ok {
		t.Error("5 rates")
	}
}

// A second mentor sees that another one has rated, and never which level; the way stops there, since it is not rated by this
// one. Who comes back sees what they gave themselves.
func TestAnotherMentorsLevelsStayHidden(t *testing.T) {
	frames := map[level.Level]string{}
	for _, l := range []level.Level{1, 4} {
		c := uitest.Fresh(80, 24)
		ids := c.Standard.Duties[0].KSBs
		d := newDesk(t, with(c, profile.Rate{KSB: ids[1], By: profile.Mentor, Level: l, On: c.Today, Who: safetext.New("J. Ode")}))
		d.press("enter")
		d.somebodyElse("M. Ward")
		d.press("enter", "2")
		if d.s.ksb != ids[1] {
			t.Fatalf("the way goes past what another rated, to %s", d.s.ksb)
		}
		d.press("down")
		frames[l] = uitest.Draw(d.s.View(d.c), d.c)
		if !strings.Contains(frames[l], "["+ids[1]+" *]") || !strings.Contains(frames[l], "1 of 72 rated") {
			t.Errorf("not marked:\n%s", frames[l])
		}
		d.press("3")
		if want := ids[1] + " rated 3; w adds a note to it. J. Ode's rating stays beside yours."; d.said != want {
			t.Errorf("%q, want %q", d.said, want)
		}
		d.send(ui.EnterMsg{})
		if frame := uitest.Draw(d.s.View(d.c), d.c); !strings.Contains(frame, "2 of 72 rated") || !strings.Contains(frame, "M. Ward and J. Ode have rated before.") {
			t.Errorf("before it is known who rates:\n%s", frame)
		}
		d.press("enter")
		if o := d.menu.Options; o[0].Says != "2 ratings in this round" || o[1].Text != "J. Ode" || o[1].Says != "1 rating in this round" {
			t.Errorf("%+v", o)
		}
		d.pick(1)
		d.press("enter", "home", "right")
		if frame := uitest.Draw(d.s.View(d.c), d.c); !strings.Contains(frame, "["+ids[1]+" "+l.String()+"]") || !strings.Contains(frame, "1 of 72 rated") || !strings.Contains(frame, " "+ids[0]+" * ") {
			t.Errorf("J. Ode comes back:\n%s", frame)
		}
	}
	if frames[1] != frames[4] {
		t.Errorf("the level of another mentor shows:\n%s\n%s", frames[1], frames[4])
	}
}

// An empty box is no note; emptying one takes the note away and says so.
func TestAnEmptyNote(t *testing.T) {
	d := newDesk(t, uitest.Fresh(80, 24))
	d.begin()
	d.press("enter", "3", "w")
	ksb := d.s.last
	changes := len(d.past)
	if d.fill(""); d.said != noNote || len(d.past) != changes {
		t.Errorf("%q with %d changes", d.said, len(d.past)-changes)
	}
	d.press("w")
	d.fill("seen twice")
	d.press("w")
	if d.fill(""); d.said != "Your note on "+ksb+" is gone; u brings it back." || !own(d.c)[ksb].Note.Empty() {
		t.Errorf("%q", d.said)
	}
}

// While w writes a note to another KSB than the one that is shown, the footer names it, before and after it is kept.
func TestTheFooterNamesTheKSBOfTheNote(t *testing.T) {
	d := newDesk(t, uitest.Fresh(80, 24))
	d.begin()
	d.press("enter")
	footer := func() string {
		var out []string
		for _, b := range d.s.Keys(d.c).Footer {
			out = append(out, b.Help().Key+" "+b.Help().Desc)
		}
		return strings.Join(out, "  ")
	}
	if !strings.Contains(footer(), "w note  ") {
		t.Errorf("before: %s", footer())
	}
	d.press("3")
	want := "w note on " + d.s.last
	if !strings.Contains(footer(), want) {
		t.Errorf("%q lacks %q", footer(), want)
	}
	d.press("w")
	d.fill("seen twice")
	if !strings.Contains(footer(), want) {
		t.Errorf("after the note %q lacks %q", footer(), want)
	}
	for d.s.mode == rateMode {
		d.press("3")
	}
	if want := "w note on " + d.s.last; !strings.Contains(footer(), want) {
		t.Errorf("at the duties %q lacks %q", footer(), want)
	}
	if d.press("down"); strings.Contains(footer(), "w note") {
		t.Errorf("later: %s", footer())
	}
}

// A digit points at a duty and opens nothing, since it may have been meant to rate.
func TestADigitPointsAtADuty(t *testing.T) {
	d := newDesk(t, uitest.Fresh(80, 24))
	d.begin()
	for name, want := range map[string]int{"3": 2, "9": 8, "0": 9, "1": 0} {
		if d.press(name); d.s.duty != want || d.s.mode != pickMode {
			t.Errorf("%s: duty at %d, mode %d", name, d.s.duty, d.s.mode)
		}
	}
}

// A name typed another way is the known one; a new one stays as it is. What is typed of a note belongs to one name only.
func TestANameTypedAnotherWay(t *testing.T) {
	for typed, want := range map[string]string{"j ode": "J. Ode", "J.Ode": "J. Ode", "J. Odell": "J. Odell"} {
		d := newDesk(t, uitest.Demo(80, 24))
		d.press("enter")
		d.somebodyElse(typed)
		if d.s.who.Raw() != want || strings.Contains(d.said, "You rate as") != (typed != want) {
			t.Errorf("%s: %s, %q", typed, d.s.who.Raw(), d.said)
		}
	}
	// The same rule as for the ratings: Greek has two small letters for one capital.
	d := newDesk(t, uitest.Demo(80, 24))
	d.s.who = safetext.New("N. ΣΟΦΟΣ")
	d.s.typedName(safetext.New("n σοφος"), d.c)
	if d.s.who.Raw() != "N. ΣΟΦΟΣ" {
		t.Errorf("one mentor under two names: %s", d.s.who.Raw())
	}
	one, other := New(), New()
	one.who, other.who = safetext.New("J. Ode"), safetext.New("M. Ward")
	a, b := one.noteForm("K1", "", safetext.Text{}).Form.Key, other.noteForm("K1", "", safetext.Text{}).Form.Key
	if a == "" || a == b {
		t.Errorf("keys %q and %q", a, b)
	}
}
