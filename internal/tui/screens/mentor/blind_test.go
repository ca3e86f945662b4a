package mentor

import (
	"fmt"
	"maps"
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

// own are the newest ratings by mentors in the open round.
func own(c *ui.Context) map[string]profile.Rating {
	r, _ := c.Profile.Open()
	return r.Ratings[profile.Mentor]
}

// unlike is another learner of the same name: other ratings, notes, rounds, evidence, goals, targets, dates and
// reviews. Only the mentor's ratings of the open round are the same.
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

// blank is a third learner of that name, who has rated nothing.
func blank(c *ui.Context) *ui.Context {
	out := unlike(c)
	out.Profile.Rounds[0].Ratings = map[profile.Rater]map[string]profile.Rating{profile.Mentor: maps.Clone(own(c))}
	out.Profile.Learner.Start = calendar.Of(2020, 1, 1)
	out.Report = gap.Compute(c.Standard, c.Library.Scale(), out.Profile, uitest.Today)
	return out
}

// among is a context in which other mentors have rated too, and a third one has met with the learner but not rated. The
// levels, the notes and the review depend on temper.
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
			c = uitest.With(c, profile.Rate{KSB: id, By: profile.Mentor, Level: level.Level((i+k+3*temper)%6 - 1), On: c.Today.AddDays(-i % 30), Who: safetext.New(who), Note: &note})
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

// play plays one step of the script.
func (d *desk) play(line string) {
	d.TB.Helper()
	switch {
	case line == "NOT":
		d.Pick(0)
	case line == "WHEEL":
		d.Send(ui.WheelMsg{Lines: 1})
	case line == "CLICK":
		d.Send(ui.RowMsg{Index: 2})
	case line == "ENTER":
		d.Send(ui.EnterMsg{Go: ui.Go{To: ui.Mentor, KSB: "K7"}})
	case line == "BACK":
		d.Send(ui.BackMsg{})
	case len(line) > 4 && line[:4] == "FILL":
		if d.Form != nil {
			d.FillFirst(line[5:])
		}
	case len(line) > 4 && line[:4] == "NAME":
		d.somebodyElse(line[5:])
	case line == "FIRST":
		d.Pick(0)
	default:
		d.Press(line)
	}
}

// seen is all that reaches the screen: the page, the keys, the help and what was asked for.
func (d *desk) seen() string {
	p, k := d.S.View(d.C), d.S.Keys(d.C)
	words := fmt.Sprint(p.Left, p.Right, p.Lines(d.C.Theme, d.C.Size.H), *p.Cursor, p.Rows, p.Keys, d.S.Help())
	for _, b := range k.All() {
		words += fmt.Sprint(b.Keys(), b.Help())
	}
	return words
}

// No frame of the blind rating gives away the learner's levels or those of other mentors. Three learners of one name,
// who could not be more different, and whose other mentors could not be either, get the same frames, keys, menus, forms
// and messages, whatever is pressed.
func TestNothingBetraysTheLearner(t *testing.T) {
	for size, wh := range uitest.Sizes {
		c := uitest.Demo(wh[0], wh[1])
		desks := []*desk{newDesk(t, among(c, 0)), newDesk(t, among(unlike(c), 1)), newDesk(t, among(blank(c), 2))}
		for i, line := range append([]string{"u"}, script...) {
			for _, d := range desks {
				d.play(line)
				if !d.S.Blind() {
					t.Fatalf("%s: line %d, %s: the screen is not blind", size, i, line)
				}
			}
			for _, d := range desks[1:] {
				if a, b := desks[0].seen(), d.seen(); a != b {
					t.Fatalf("%s: line %d, %s: the frames differ\n%s\n%s", size, i, line, uitest.Draw(desks[0].S.View(desks[0].C), desks[0].C), uitest.Draw(d.S.View(d.C), d.C))
				}
				if !sameAsks(desks[0].Asks, d.Asks) {
					t.Fatalf("%s: line %d, %s: the asks differ\n%#v\n%#v", size, i, line, desks[0].Asks, d.Asks)
				}
			}
		}
		if n := len(own(desks[0].C)); n < 20 {
			t.Errorf("the script rated only %d", n)
		}
	}
}

// sameAsks compares asks as they print: they hold functions, which never compare as equal.
func sameAsks(a, b []ui.Ask) bool { return fmt.Sprintf("%#v", a) == fmt.Sprintf("%#v", b) }

// People who met with the learner are offered by name too, after those who have rated, but do not count as raters. A
// number or a day is not a name; a known name in another spelling is.
func TestWhoMetIsOfferedByName(t *testing.T) {
	c := uitest.Demo(80, 24)
	c.Profile.Reviews = append(slices.Clone(c.Profile.Reviews), profile.Review{ID: "r-met", On: c.Today, With: profile.Names("C. Met, J. Ode"), Closed: c.Today})
	d := newDesk(t, c)
	if frame := uitest.Draw(d.S.View(d.C), d.C); strings.Contains(frame, "C. Met") {
		t.Errorf("C. Met has rated before:\n%s", frame)
	}
	d.Press("enter")
	if o := d.Menu.Options; len(o) != 4 || o[2].Text != "C. Met" || o[2].Says != "nothing rated in this round yet" || o[0].Text != "J. Ode" {
		t.Fatalf("%+v", o)
	}
	d.Pick(2)
	if d.Press("enter", "2"); own(d.C)[d.S.last].By.Raw() != "C. Met" {
		t.Errorf("%+v", own(d.C)[d.S.last])
	}
	other := newDesk(t, c)
	other.Press("enter")
	if other.somebodyElse("c met"); other.S.who.Raw() != "C. Met" {
		t.Errorf("as %q", other.S.who.Raw())
	}
	for _, text := range []string{"12", "26/11/2026", "-"} {
		if says := d.S.nameForm(safetext.Text{}, nameSays).Form.Fields[0].Check(text); !strings.Contains(says, "is not a name") {
			t.Errorf("%s: %q", text, says)
		}
	}
	if says := d.S.nameForm(safetext.Text{}, nameSays).Form.Fields[0].Check("Ward manager 3B"); says != "" {
		t.Error(says)
	}
}

// However many people met, each name that is offered has a digit.
func TestNotMoreNamesThanDigits(t *testing.T) {
	c := uitest.Demo(80, 24)
	c.Profile.Reviews = []profile.Review{{ID: "r-met", On: c.Today, Closed: c.Today, With: profile.Names("A, B, C, D, E, F, G, H, I, J")}}
	d := newDesk(t, c)
	d.Press("enter")
	if n := len(d.Menu.Options); n != 9 {
		t.Errorf("%d options", n)
	}
}

// Without an open round the mentor begins with nothing, and the first rating opens one.
func TestTheFirstRatingOpensTheRound(t *testing.T) {
	d := newDesk(t, uitest.Fresh(80, 24))
	d.begin()
	d.Press("enter", "2")
	r, open := d.C.Profile.Open()
	if !open || r.Rated(profile.Mentor) != 1 || r.Rated(profile.Self) != 0 {
		t.Fatalf("%+v", r)
	}
	x := r.Ratings[profile.Mentor][d.C.Standard.Walk()[0]]
	if x.Level != 2 || x.By.Raw() != "J. Ode" || x.On != d.C.Today {
		t.Errorf("%+v", x)
	}
	if d.S.ksb != d.C.Standard.Duties[0].KSBs[1] {
		t.Errorf("it went on to %s", d.S.ksb)
	}
}

// With all duties in turn, rating everything takes one key for each KSB.
func TestRatingAll(t *testing.T) {
	d := newDesk(t, uitest.Fresh(80, 24))
	d.begin()
	d.Press("a", "enter")
	for range d.C.Standard.Walk() {
		d.Press("2")
	}
	if n := len(own(d.C)); n != len(d.C.Standard.Walk()) || !strings.HasSuffix(d.Said, " 2; w adds a note to it. "+allRatedTogether) || d.S.mode != pickMode {
		t.Errorf("%d rated, %q", n, d.Said)
	}
	d.Press("enter", "enter")
	if d.Said != allRatedTogether {
		t.Errorf("Enter with all rated says %q", d.Said)
	}
}

func TestOneDutyAtATime(t *testing.T) {
	d := newDesk(t, uitest.Fresh(80, 24))
	d.begin()
	d.Press("enter")
	for range d.C.Standard.Duties[0].KSBs {
		d.Press("3")
	}
	if d.S.mode != pickMode || d.S.duty != 1 {
		t.Errorf("mode %d, duty %d", d.S.mode, d.S.duty)
	}
	d.Press("enter")
	if !d.S.Escape(d.C) || d.S.mode != pickMode || d.S.Escape(d.C) {
		t.Error("Esc does not go from a KSB to the duties and then away")
	}
}

// Right after a rating a note is for the KSB that was rated, whatever is shown by then; any other key ends that.
func TestANoteRightAfterTheRating(t *testing.T) {
	d := newDesk(t, uitest.Demo(80, 24))
	d.begin()
	d.Press("down", "enter", "2")
	ksb := d.S.last
	if want := ksb + " rated 2; w adds a note to it."; d.Said != want || d.S.ksb == ksb {
		t.Fatalf("at %s: %q, want %q", d.S.ksb, d.Said, want)
	}
	d.Press("w")
	d.FillFirst("set it up twice")
	if r := own(d.C)[ksb]; r.Note.Raw() != "set it up twice" || r.Level != 2 || r.By.Raw() != "J. Ode" {
		t.Errorf("%+v", r)
	}
	for d.S.ksb != ksb {
		d.Press("left")
	}
	d.Press("1")
	if want := ksb + " rated 1; your note stays, w changes it."; d.Said != want {
		t.Errorf("%q, want %q", d.Said, want)
	}
	for d.Press("right"); !own(d.C)[d.S.ksb].On.IsZero(); {
		d.Press("right")
	}
	d.Press("w")
	if d.Said != rateBeforeNote || d.Form != nil {
		t.Errorf("%q", d.Said)
	}
	for d.S.mode == rateMode {
		d.Press("3")
	}
	ksb = d.S.last
	if !strings.HasPrefix(d.Said, ksb+" rated 3") || !strings.Contains(d.Said, " Duty 2 is rated.") {
		t.Errorf("%q", d.Said)
	}
	d.Press("w")
	d.FillFirst("with the audit")
	if r := own(d.C)[ksb]; r.Note.Raw() != "with the audit" {
		t.Errorf("%+v", r)
	}
	d.Press("down", "w")
	if d.Form != nil {
		t.Error("w asks for a note to a duty")
	}
}

// Undo goes back to the KSB whose rating it took back, and to its duty.
func TestUndoGoesBackToTheDuty(t *testing.T) {
	d := newDesk(t, uitest.Demo(80, 24))
	d.begin()
	d.Press("down", "enter", "2")
	ksb := d.S.last
	d.Press("]", "u")
	if d.S.ksb != ksb || !slices.Contains(d.C.Standard.Duties[d.S.duty].KSBs, ksb) {
		t.Errorf("at %s in duty %d", d.S.ksb, d.S.duty+1)
	}
}

// A known mentor is chosen with one key. Another mentor never rates under that name, and sees whose ratings there are.
func TestWhoRates(t *testing.T) {
	d := newDesk(t, uitest.Demo(80, 24))
	d.Press("enter")
	if d.Menu == nil || len(d.Menu.Options) != 3 || d.Menu.Options[0].Text != "J. Ode" {
		t.Fatalf("%+v", d.Menu)
	}
	d.somebodyElse("M. Ward")
	if f := d.Asks; d.S.mode != pickMode || len(f) != 0 {
		t.Fatalf("%v", f)
	}
	d.Press("enter", "home")
	for own(d.C)[d.S.ksb].Note.Empty() {
		d.Press("right")
	}
	ksb, was := d.S.ksb, own(d.C)[d.S.ksb]
	if frame := uitest.Draw(d.S.View(d.C), d.C); !strings.Contains(frame, "Rated already by J. Ode. Yours will be kept as well; theirs stays.") || strings.Contains(frame, "You noted") {
		t.Errorf("as if it were M. Ward's:\n%s", frame)
	}
	d.Press("w")
	if d.Form != nil || d.Said != rateBeforeNote {
		t.Errorf("a note under another's rating: %q", d.Said)
	}
	d.Press("0")
	if want := ksb + " rated 0; w adds a note to it. J. Ode's rating is kept too."; d.Said != want {
		t.Errorf("%q, want %q", d.Said, want)
	}
	if r, _ := d.C.Profile.Open(); own(d.C)[ksb].By.Raw() != "M. Ward" || !own(d.C)[ksb].Note.Empty() || r.Others[ksb][0] != was {
		t.Errorf("%+v", r.Mentors(ksb))
	}
	d.Press("w")
	d.FillFirst("with the audit")
	if r, _ := d.C.Profile.Open(); own(d.C)[ksb].Note.Raw() != "with the audit" || r.Others[ksb][0] != was {
		t.Errorf("%+v", r.Mentors(ksb))
	}
	d.Press("u", "u")
	if r := own(d.C)[ksb]; r != was {
		t.Errorf("%+v, want %+v", r, was)
	}

	d.Send(ui.EnterMsg{})
	if d.S.mode != introMode {
		t.Error("whoever comes next rates under the name of the last one")
	}
	d.Press("enter")
	if o := d.Menu.Options; len(o) != 4 || o[0].Text != "M. Ward" || o[1].Text != "J. Ode" {
		t.Errorf("%+v", o)
	}
	d.Pick(1)
	d.Press("enter", "3")
	if r := own(d.C)[d.S.last]; r.By.Raw() != "J. Ode" {
		t.Errorf("%+v", r)
	}
}

// An agreement names the mentor who is here now, not the one of the last visit.
func TestTheMentorOfTheLastVisitSignsNothing(t *testing.T) {
	d := newDesk(t, uitest.Demo(80, 24))
	d.Press("enter")
	d.somebodyElse("M. Ward")
	d.Send(ui.EnterMsg{})
	d.look()
	ksb := d.S.ksb
	d.Press("2")
	d.FillFirst("Both saw it")
	if r, _ := d.C.Profile.Newest(ksb, profile.Agreed); r.By != own(d.C)[ksb].By {
		t.Errorf("signed by %q", r.By.Raw())
	}
}

func TestDigitsOfTheKeypadRate(t *testing.T) {
	for name, want := range map[string]level.Level{"0": 0, "4": 4, "n": level.NoOpportunity} {
		if l, ok := digit(uitest.Key(name)); !ok || l != want {
			t.Errorf("%s: %v", name, l)
		}
	}
	if _, ok := digit(uitest.Key("5")); ok {
		t.Error("5 rates")
	}
}

// A second mentor sees that another one has rated, but never which level, and is asked to rate that KSB too. A mentor
// who comes back sees which KSBs they rated, but not the levels, since the learner could come under their name. A level
// that they give again is shown until the visit ends.
func TestAnotherMentorsLevelsStayHidden(t *testing.T) {
	frames, back := map[level.Level]string{}, map[level.Level]string{}
	for _, l := range []level.Level{1, 4} {
		c := uitest.Fresh(80, 24)
		ids := c.Standard.Duties[0].KSBs
		d := newDesk(t, uitest.With(c, profile.Rate{KSB: ids[1], By: profile.Mentor, Level: l, On: c.Today, Who: safetext.New("J. Ode")}))
		d.Press("enter")
		d.somebodyElse("M. Ward")
		d.Press("enter", "2")
		if d.S.ksb != ids[1] {
			t.Fatalf("the way goes past what another rated, to %s", d.S.ksb)
		}
		d.Press("down")
		frames[l] = uitest.Draw(d.S.View(d.C), d.C)
		if !strings.Contains(frames[l], "["+ids[1]+" *]") || !strings.Contains(frames[l], "1 of 72 rated") {
			t.Errorf("not marked:\n%s", frames[l])
		}
		d.Press("3")
		if want := ids[1] + " rated 3; w adds a note to it. J. Ode's rating is kept too."; d.Said != want {
			t.Errorf("%q, want %q", d.Said, want)
		}
		d.Send(ui.EnterMsg{})
		if frame := uitest.Draw(d.S.View(d.C), d.C); strings.Contains(frame, "of 72") || !strings.Contains(frame, "M. Ward and J. Ode have rated before.") {
			t.Errorf("before it is known who rates:\n%s", frame)
		}
		d.Press("enter")
		if o := d.Menu.Options; o[0].Says != "2 ratings in this round" || o[1].Text != "J. Ode" || o[1].Says != "1 rating in this round" {
			t.Errorf("%+v", o)
		}
		d.Pick(1)
		d.Press("enter", "home", "right")
		if frame := uitest.Draw(d.S.View(d.C), d.C); !strings.Contains(frame, "["+ids[1]+" ✓]") || !strings.Contains(frame, "1 of 72 rated") || !strings.Contains(frame, " "+ids[0]+" * ") {
			t.Errorf("J. Ode comes back:\n%s", frame)
		} else if back[l] = frame; !strings.Contains(frame, "You rated it on 22 Nov. That stays covered") {
			t.Errorf("it is not said that it is covered:\n%s", frame)
		}
		if d.Press("w"); d.Form != nil || !strings.Contains(d.Said, "stays covered") {
			t.Errorf("the note is asked for: %q", d.Said)
		}
		d.Press("3", "left")
		if frame := uitest.Draw(d.S.View(d.C), d.C); !strings.Contains(frame, ids[1]+" 3") {
			t.Errorf("what is given now:\n%s", frame)
		}
	}
	if frames[1] != frames[4] {
		t.Errorf("the level of another mentor shows:\n%s\n%s", frames[1], frames[4])
	}
	if back[1] != back[4] {
		t.Errorf("the level of an earlier visit shows:\n%s\n%s", back[1], back[4])
	}
}

// An empty field makes no note; emptying the field removes the note and says so.
func TestAnEmptyNote(t *testing.T) {
	d := newDesk(t, uitest.Fresh(80, 24))
	d.begin()
	d.Press("enter", "3", "w")
	ksb := d.S.last
	changes := len(d.Past)
	if d.FillFirst(""); d.Said != noNote || len(d.Past) != changes {
		t.Errorf("%q with %d changes", d.Said, len(d.Past)-changes)
	}
	d.Press("w")
	d.FillFirst("seen twice")
	d.Press("w")
	if d.FillFirst(""); d.Said != "Your note on "+ksb+" is gone; u brings it back." || !own(d.C)[ksb].Note.Empty() {
		t.Errorf("%q", d.Said)
	}
}

// While w is for another KSB than the one that is shown, the footer names it, before and after the note is kept.
func TestTheFooterNamesTheKSBOfTheNote(t *testing.T) {
	d := newDesk(t, uitest.Fresh(80, 24))
	d.begin()
	d.Press("enter")
	footer := func() string {
		var out []string
		for _, b := range d.S.Keys(d.C).Footer {
			out = append(out, b.Help().Key+" "+b.Help().Desc)
		}
		return strings.Join(out, "  ")
	}
	if !strings.Contains(footer(), "w note  ") {
		t.Errorf("before: %s", footer())
	}
	d.Press("3")
	want := "w note on " + d.S.last
	if !strings.Contains(footer(), want) {
		t.Errorf("%q lacks %q", footer(), want)
	}
	d.Press("w")
	d.FillFirst("seen twice")
	if !strings.Contains(footer(), want) {
		t.Errorf("after the note %q lacks %q", footer(), want)
	}
	for d.S.mode == rateMode {
		d.Press("3")
	}
	if want := "w note on " + d.S.last; !strings.Contains(footer(), want) {
		t.Errorf("at the duties %q lacks %q", footer(), want)
	}
	if d.Press("down"); strings.Contains(footer(), "w note") {
		t.Errorf("later: %s", footer())
	}
}

// A digit points at a duty but does not open it, since it may have been meant to rate.
func TestADigitPointsAtADuty(t *testing.T) {
	d := newDesk(t, uitest.Fresh(80, 24))
	d.begin()
	for name, want := range map[string]int{"3": 2, "9": 8, "0": 9, "1": 0} {
		if d.Press(name); d.S.duty != want || d.S.mode != pickMode {
			t.Errorf("%s: duty at %d, mode %d", name, d.S.duty, d.S.mode)
		}
	}
}

// A known name in another spelling is taken as the known one; a new name stays as typed. The draft of a note belongs to
// one name only.
func TestANameTypedAnotherWay(t *testing.T) {
	for typed, want := range map[string]string{"j ode": "J. Ode", "J.Ode": "J. Ode", "J. Odell": "J. Odell"} {
		d := newDesk(t, uitest.Demo(80, 24))
		d.Press("enter")
		d.somebodyElse(typed)
		if d.S.who.Raw() != want || strings.Contains(d.Said, "You rate as") != (typed != want) {
			t.Errorf("%s: %s, %q", typed, d.S.who.Raw(), d.Said)
		}
	}
	// The same rule as for the ratings: Greek has two small letters for one capital.
	d := newDesk(t, uitest.Demo(80, 24))
	d.S.who = safetext.New("N. ΣΟΦΟΣ")
	d.S.typedName(safetext.New("n σοφος"), d.C)
	if d.S.who.Raw() != "N. ΣΟΦΟΣ" {
		t.Errorf("one mentor under two names: %s", d.S.who.Raw())
	}
	one, other := New(), New()
	one.who, other.who = safetext.New("J. Ode"), safetext.New("M. Ward")
	a, b := one.noteForm("K1", "", safetext.Text{}).Form.Key, other.noteForm("K1", "", safetext.Text{}).Form.Key
	if a == "" || a == b {
		t.Errorf("keys %q and %q", a, b)
	}
}
