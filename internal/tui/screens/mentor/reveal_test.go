package mentor

import (
	"fmt"
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/tui/levels"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/uitest"
)

func TestRevealNeedsBoth(t *testing.T) {
	d := newDesk(t, uitest.Demo(80, 24))
	d.Press("v")
	if d.S.mode == revealMode || d.Menu == nil {
		t.Fatal("v looks without asking")
	}
	d.Pick(0)
	if !d.S.Blind() {
		t.Fatal("not yet, and it looked")
	}
	d.look()
	if d.S.Blind() {
		t.Fatal("both are ready, and nothing is shown")
	}
	d.Press("b")
	if !d.S.Blind() {
		t.Error("b does not go back")
	}
	d.look()
	d.Send(ui.EnterMsg{})
	if !d.S.Blind() {
		t.Error("coming again does not begin blind")
	}
}

// The reveal says in one line how to be fair and, where there is room, what is known about fairness and raters' errors.
func TestTheRevealShowsFairness(t *testing.T) {
	reveal := func(cols, rows int) string {
		d := newDesk(t, uitest.Demo(cols, rows))
		d.begin()
		d.look()
		return uitest.Draw(d.S.View(d.C), d.C)
	}
	wide := reveal(120, 40)
	for _, x := range uitest.Library.Appraisal().For(coaching.Rating) {
		if !strings.Contains(wide, x.Name) {
			t.Errorf("%s is not there:\n%s", x.Name, wide)
		}
	}
	for _, wh := range uitest.Sizes {
		if frame := reveal(wh[0], wh[1]); strings.Contains(frame, fairWords) != (wh[1] >= 24) {
			t.Errorf("%v:\n%s", wh, frame)
		}
	}
}

func TestAgree(t *testing.T) {
	d := newDesk(t, uitest.Demo(80, 24))
	d.begin()
	d.look()
	open := d.S.reveal(d.C).open
	ksb := d.S.ksb
	d.Press("enter")
	for i, o := range d.Menu.Options[:5] {
		if o.Key != string(rune('0'+i)) || !strings.HasPrefix(o.Text, d.C.Library.Scale().Words(level.Level(i)).Name) {
			t.Errorf("%s chooses %q", o.Key, o.Text)
		}
	}
	if o := d.Menu.Options[d.Menu.At]; !strings.HasSuffix(o.Text, "as the learner said") {
		t.Errorf("it begins at %q", o.Text)
	}
	d.Pick(2)
	d.FillFirst("Both saw it twice last month")
	r, ok := d.C.Profile.Newest(ksb, profile.Agreed)
	if !ok || r.Level != 2 || r.By.Raw() != "J. Ode" || r.Reason.Empty() {
		t.Fatalf("%+v", r)
	}
	if got := d.S.reveal(d.C).open; got != open-1 || d.S.ksb == ksb {
		t.Errorf("%d open, at %s", got, d.S.ksb)
	}
	ksb = d.S.ksb
	d.Press("n")
	d.FillFirst("Nobody does it here")
	if r, _ := d.C.Profile.Newest(ksb, profile.Agreed); r.Level != level.NoOpportunity {
		t.Errorf("%+v", r)
	}
	d.Press("u")
	if got := d.S.reveal(d.C).open; got != open-1 || d.S.ksb != ksb {
		t.Errorf("after undo %d open, at %s instead of %s", got, d.S.ksb, ksb)
	}
	d.Press("d")
	d.FillFirst("the next two together")
	if d.S.ksb == ksb {
		t.Fatalf("still at %s", ksb)
	}
	if d.Press("u"); d.S.ksb != ksb {
		t.Errorf("undone, it is at %s instead of %s", d.S.ksb, ksb)
	}
}

// An earlier reason is in the field for the level that it was given for, and above the field for any other level. A
// draft belongs to one level.
func TestAReasonBelongsToItsLevel(t *testing.T) {
	c := uitest.Demo(80, 24)
	c = uitest.With(c, profile.Agree{KSB: "S6", Level: 1, Reason: safetext.New("watched it once"), On: c.Today}, profile.RecordDiffer{KSB: "S7", On: c.Today, Note: safetext.New("the next two")})
	d := newDesk(t, c)
	d.look()
	drafts := map[string]bool{}
	for _, x := range []struct {
		ksb, digit, value, above string
	}{
		{"S6", "1", "watched it once", ""}, {"S6", "2", "", "Agreed 1 Aware: watched it once"}, {"S7", "2", "", "You recorded that you differ: the next two"}, {"K8", "1", "", ""},
	} {
		for d.S.ksb != x.ksb {
			d.Press("down")
		}
		d.Press(x.digit)
		f := d.Form.Form
		if got := f.Fields[0].Value; got != x.value || !strings.HasSuffix(f.Says, x.above) || drafts[f.Key] {
			t.Errorf("%s at %s: %q under %q, kept as %s", x.ksb, x.digit, got, f.Says, f.Key)
		}
		drafts[f.Key] = true
		d.Press("home")
	}
}

// When both come to say a level other than the one agreed with a reason, "=" leaves that alone. It is in the list, to
// be agreed by itself.
func TestEqualLeavesAReasonedAgreementAlone(t *testing.T) {
	c := uitest.Demo(80, 24)
	c.Today = c.Today.AddDays(1)
	c = uitest.With(c, profile.Rate{KSB: "K7", By: profile.Mentor, Level: 3, On: c.Today, Who: safetext.New("J. Ode")})
	d := newDesk(t, c)
	d.look()
	if frame := uitest.Draw(d.S.View(d.C), d.C); !strings.Contains(frame, "both 3") {
		t.Errorf("K7 is not in the list:\n%s", frame)
	}
	d.Press("=")
	if want := "Agreed 2 that you rated the same: K9, B1. Left out, since you agreed another level with a reason: K7. u takes them back."; d.Said != want {
		t.Errorf("%q, want %q", d.Said, want)
	}
	if r, _ := d.C.Profile.Newest("K7", profile.Agreed); r.Level != 2 || r.Reason.Raw() == "we both saw it the same" {
		t.Errorf("%+v", r)
	}
	d.Press("=")
	if !strings.HasSuffix(d.Said, "with a reason: K7.") {
		t.Errorf("%q", d.Said)
	}
	for d.S.ksb != "K7" {
		d.Press("down")
	}
	if frame := uitest.Draw(d.S.View(d.C), d.C); !strings.Contains(frame, "Agreed 2 Supported on 12 Nov, before the newest rating: Knows every") {
		t.Errorf("nothing of the old reason:\n%s", frame)
	}
	if d.Press("d"); d.Form != nil {
		t.Error("they differ on what both say")
	}
	d.Press("3")
	if f := d.Form.Form; f.Fields[0].Value != "" || !strings.Contains(f.Says, "Knows every check") {
		t.Errorf("%+v", f)
	}
	d.FillFirst("Named the limits of three checks")
	if r, _ := d.C.Profile.Newest("K7", profile.Agreed); r.Level != 3 || len(d.S.reveal(d.C).kept) > 0 {
		t.Errorf("%+v", r)
	}
}

// A list that does not fit says how many rows are out of sight.
func TestTheListSaysThatThereIsMore(t *testing.T) {
	c := uitest.Demo(60, 20)
	for _, id := range []string{"K1", "K2", "K3", "K4"} {
		c = uitest.With(c, profile.Rate{KSB: id, By: profile.Self, Level: 1, On: c.Today}, profile.Rate{KSB: id, By: profile.Mentor, Level: 3, On: c.Today})
	}
	d := newDesk(t, c)
	d.look()
	rows := len(d.S.View(d.C).Rows)
	for name, want := range map[string]string{"home": fmt.Sprintf("%d more below", 10-rows), "end": fmt.Sprintf("%d more above", 10-rows)} {
		d.Press(name)
		if frame := uitest.Draw(d.S.View(d.C), d.C); !strings.Contains(frame, want) {
			t.Errorf("%s: not %q:\n%s", name, want, frame)
		}
	}
}

func TestDiffer(t *testing.T) {
	for _, way := range []string{"d", "menu"} {
		d := newDesk(t, uitest.Demo(80, 24))
		d.look()
		ksb := d.S.ksb
		if way == "d" {
			d.Press("d")
		} else {
			d.Press("enter")
			d.Pick(len(levels.All))
		}
		d.FillFirst("Watch the next two together")
		r, _ := d.C.Profile.Open()
		if r.Differ[ksb].Note.Raw() != "Watch the next two together" {
			t.Errorf("%s: %+v", way, r.Differ)
		}
	}
}

func TestAgreeEqual(t *testing.T) {
	d := newDesk(t, uitest.Demo(80, 24))
	d.look()
	equal := d.S.reveal(d.C).equal
	if len(equal) == 0 {
		t.Fatal("the sample learner has no equal ratings")
	}
	if frame := uitest.Draw(d.S.View(d.C), d.C); !strings.Contains(frame, "= agrees 2 more that you rated the same: K9, B1") {
		t.Errorf("it does not say which:\n%s", frame)
	}
	before := len(d.C.Profile.Rounds[len(d.C.Profile.Rounds)-1].Ratings[profile.Agreed])
	d.Press("=")
	after := len(d.C.Profile.Rounds[len(d.C.Profile.Rounds)-1].Ratings[profile.Agreed])
	if after != before+len(equal) {
		t.Errorf("%d agreed, %d before, %d equal", after, before, len(equal))
	}
	if want := "Agreed 2 that you rated the same: K9, B1. u takes them back."; d.Said != want {
		t.Errorf("%q, want %q", d.Said, want)
	}
	d.Press("=")
	if d.Said != noneEqual {
		t.Errorf("%q", d.Said)
	}
}

// The mentor who rated today agrees what they rated. What only others rated is left, and the message says so.
func TestEqualLeavesWhatOthersRated(t *testing.T) {
	c := uitest.Demo(80, 24)
	self, _ := c.Profile.Newest("K9", profile.Self)
	bell := safetext.New("Morag Bell")
	d := newDesk(t, uitest.With(c, profile.Rate{KSB: "K9", By: profile.Mentor, Level: self.Level, On: c.Today, Who: bell}))
	d.look()
	d.Press("=")
	if want := "Agreed 1 that you rated the same: K9. Left for the mentor who rated them: B1. u takes it back."; d.Said != want {
		t.Errorf("%q, want %q", d.Said, want)
	}
	if x, _ := d.C.Profile.Newest("K9", profile.Agreed); x.By.Raw() != "Morag Bell" {
		t.Errorf("agreed with %q", x.By.Raw())
	}
}

// A message of three lines at 80 columns has room to name all codes, and even to name every other code.
func TestCodesAreShortAndComplete(t *testing.T) {
	for want, ksbs := range map[string]string{"K1": "K1", "K1, K2": "K1 K2", "K1-K3, K5, S1, S2": "K1 K2 K3 K5 S1 S2", "K7-K9, B5, B6": "K7 K8 K9 B5 B6"} {
		if got := codes(strings.Fields(ksbs)); got != want {
			t.Errorf("%s: %q, want %q", ksbs, got, want)
		}
	}
	std := uitest.Fresh(60, 20).Standard
	var all, other []string
	for i, k := range std.KSBs {
		all = append(all, k.ID)
		if i%2 == 0 {
			other = append(other, k.ID)
		}
	}
	for _, ksbs := range [][]string{all, other} {
		if n := len(agreedEqualWords(ksbs, nil, nil)); n > 3*80 {
			t.Errorf("%d cells", n)
		}
	}
}

// Open differences come first and the largest of them first; equal ones are not in the list.
func TestOrder(t *testing.T) {
	c := uitest.Demo(80, 24)
	for i, id := range []string{"K10", "K11", "K12"} {
		c = uitest.With(c, profile.Rate{KSB: id, By: profile.Mentor, Level: level.Level(i), On: c.Today})
	}
	d := newDesk(t, c)
	d.look()
	was := 9
	for i, x := range d.S.reveal(c).list {
		if x.Equal() {
			t.Errorf("%s is equal", x.KSB)
		}
		size := max(x.Difference, -x.Difference)
		if x.Open() && size > was {
			t.Errorf("%s comes too late", x.KSB)
		}
		if !x.Open() && i < d.S.reveal(c).open {
			t.Errorf("%s stands among the open ones", x.KSB)
		}
		was = size
	}
	if first := d.S.reveal(c).list[0]; first.KSB != "K10" {
		t.Errorf("%s is first", first.KSB)
	}
}

func TestSettledSays(t *testing.T) {
	two, none := level.Level(2), level.NoOpportunity
	for want, d := range map[string]appraisal.Difference{
		"2 apart": {Self: 3, Mentor: 1, Difference: 2}, "1 apart": {Self: 1, Mentor: 2, Difference: -1}, "agreed 2": {Agreed: &two}, "agreed none": {Agreed: &none},
		"you differ": {Self: 1, Differ: true}, "other rounds": {Self: 1, Old: true}, "a chance?": {Self: none, Mentor: 1},
	} {
		if got := settledSays(d); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestNothingToCompare(t *testing.T) {
	d := newDesk(t, uitest.Fresh(80, 24))
	d.look()
	d.Press("down", "2", "d", "=")
	if d.Said != noneEqual {
		t.Error(d.Said)
	}
	d.Press("enter")
	if d.S.mode != pickMode {
		t.Error("Enter does not go back to rating")
	}
}

// row is the index of the chosen difference.
func (d *desk) row() int { return d.S.differences.At(d.S.rows(d.S.reveal(d.C))) }

func TestMoving(t *testing.T) {
	d := newDesk(t, uitest.Demo(80, 24))
	d.look()
	last := len(d.S.reveal(d.C).list) - 1
	for keys, want := range map[string]int{"end": last, "home": 0, "home j": 1, "home pgdown": last, "end k": last - 1, "end up pgup": 0} {
		d.Press(keys)
		if got := d.row(); got != want {
			t.Errorf("%s: row %d, want %d", keys, got, want)
		}
	}
	d.Send(ui.RowMsg{Index: 1})
	d.Send(ui.WheelMsg{Lines: 1})
	if d.row() != 2 {
		t.Errorf("row %d", d.row())
	}
	d.Send(ui.RowMsg{Index: 2})
	if d.Menu == nil {
		t.Error("a second click does not settle it")
	}
}

// The menu says by name whose level each one is, unless the mentor who is here is the only one who rated.
func TestALevelIsOfTheMentorWhoGaveIt(t *testing.T) {
	d := appraisal.Difference{KSB: "K8", Self: 0, Mentor: 1, By: safetext.New("R. Lindqvist")}
	same := appraisal.Difference{KSB: "K8", Self: 1, Mentor: 1, By: safetext.New("R. Lindqvist")}
	for meets, want := range map[string][2]string{
		"R Lindqvist": {"the mentor", "you both"}, "J. Ode": {"R. Lindqvist", "the learner and R. Lindqvist"},
		"": {"R. Lindqvist", "the learner and R. Lindqvist"},
	} {
		if got := [2]string{saidBy(d, 1, safetext.New(meets)), saidBy(same, 1, safetext.New(meets))}; got != want {
			t.Errorf("%q meets: %q, want %q", meets, got, want)
		}
	}
}
