package gaps

import (
	"slices"
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/tui/uitest"
)

func TestReasonsIn(t *testing.T) {
	reasons := []string{"2 below target", "1 behind where month 14 should be", "no evidence", "in 10 duties", "your mentor sees it 1 higher"}
	for _, x := range []struct {
		w    int
		want string
	}{
		{200, "2 below target, 1 behind where month 14 should be, no evidence, in 10 duties, your mentor sees it 1 higher"},
		{90, "2 below target, 1 behind, no evidence, in 10 duties, mentor 1 higher"},
		{60, "2 below target, 1 behind, no evidence, in 10 duties, …"},
		{40, "2 below target, 1 behind, no evidence, …"},
		{16, "2 below target…"},
		{3, "2…"},
		{0, ""},
	} {
		if got := reasonsIn(reasons, 14, x.w, "…"); got != x.want {
			t.Errorf("%d: %q, want %q", x.w, got, x.want)
		}
	}
	if got := reasonsIn(nil, 0, 40, "…"); got != "" {
		t.Errorf("no reasons: %q", got)
	}
}

func ids(rows []gap.Row) string {
	var out []string
	for _, r := range rows {
		out = append(out, r.KSB.ID)
	}
	return strings.Join(out, " ")
}

// Several mentors are named; one alone is called the mentor.
func TestRatingsOfSeveralMentors(t *testing.T) {
	c := uitest.Demo(80, 24)
	want := []string{"J. Ode 2, 12 Nov 2026", "R. Lindqvist 1, 10 Nov 2026: Finds the fault, and waits for me to take it out of use", "you 1, 5 Nov 2026"}
	if got := lastRatings(c, "S7"); !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if got := lastRatings(c, "S6"); !strings.HasPrefix(got[0], "mentor 1, ") {
		t.Errorf("%q", got)
	}
}

func TestListFiltersAndOrders(t *testing.T) {
	c := uitest.Demo(80, 24)
	for _, x := range []struct {
		mode   mode
		filter filter
		order  order
		want   string // how it begins
		n      int
	}{
		{gapsMode, filter{}, byRank, "K8 K26 S25 K4", 41},
		{gapsMode, filter{part: behindOnly}, byRank, "K8 K26 S25 K4", 12},
		{gapsMode, filter{part: behaviours}, byRank, "B4 B6", 3},
		{gapsMode, filter{oneDuty, 7}, byRank, "K26 S25 K25 B4 B6", 5},
		{gapsMode, filter{part: knowledge}, byDuty, "K1 K2 K4", 21},
		{gapsMode, filter{}, byGap, "K8 K26 S25 K4", 41},
		{gapsMode, filter{}, byAge, "K24 K23", 41},
		{strengthsMode, filter{part: behindOnly}, byRank, "K18 K3", 12},
		{chanceMode, filter{}, byRank, "S24 S30", 2},
		{claimsMode, filter{part: noEvidence}, byRank, "S2 B3 K19", 3},
		{claimsMode, filter{oneDuty, 10}, byRank, "B3", 1},
		{heatMode, filter{}, byRank, "", 0},
	} {
		rows := list(c.Report, x.mode, x.filter, x.order)
		if got := ids(rows); !strings.HasPrefix(got, x.want) || len(rows) != x.n {
			t.Errorf("list %d, %+v, order %d: %d rows, %s", x.mode, x.filter, x.order, len(rows), got)
		}
	}
	oldest := list(c.Report, gapsMode, filter{}, byAge)
	if !slices.IsSortedFunc(oldest, func(a, b gap.Row) int { return a.On.Compare(b.On) }) {
		t.Error("oldest rating first is not in order")
	}
}

// No opportunity is not a low score: it has a list of its own, and nothing there counts down from a target.
func TestNoOpportunityIsNoLowScore(t *testing.T) {
	c := uitest.Demo(80, 24)
	for _, m := range []mode{gapsMode, strengthsMode, claimsMode} {
		if slices.ContainsFunc(list(c.Report, m, filter{}, byRank), gap.Row.NoOpportunity) {
			t.Errorf("list %d has a KSB without opportunity", m)
		}
	}
	frame := uitest.Draw(shown(c, "o").View(c), c)
	_, body, _ := strings.Cut(frame, "\n")
	_, body, _ = strings.Cut(body, "\n") // the tabs name the other lists
	for _, word := range []string{"below", "behind", "▫", "level"} {
		if strings.Contains(body, word) {
			t.Errorf("the list says %q:\n%s", word, frame)
		}
	}
}

func TestOrderSays(t *testing.T) {
	rows := make([]gap.Row, 3)
	counts := [modes]int{9, 9, 9, 9}
	for want, m := range map[string]model{
		"3 gaps, most pressing first":                {rows: rows},
		"1 gap":                                      {rows: rows[:1]},
		"3 strengths, highest first":                 {rows: rows, mode: strengthsMode},
		"3 of 9: Duty 7, oldest rating first":        {rows: rows, counts: counts, filter: filter{oneDuty, 7}, order: byAge},
		"3 of 9: no evidence, in duty order":         {rows: rows, counts: counts, mode: claimsMode, filter: filter{part: noEvidence}},
		"3 of 9: behind only, most pressing first":   {rows: rows, counts: counts, filter: filter{part: behindOnly}},
		"1 of 9: behaviours":                         {rows: rows[:1], counts: counts, filter: filter{part: behaviours}, order: byGap},
		"3 without opportunity, oldest rating first": {rows: rows, mode: chanceMode, order: byAge},
	} {
		if got := orderSays(m); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestAskFor(t *testing.T) {
	c := uitest.Demo(80, 24)
	for ksb, want := range map[string]string{"S9": "try S9, writing and", "K9": "meet K9, SOPs and", "B1": "show B1, treating"} {
		row, _ := c.Report.Row(ksb)
		if got := askFor(row, c.Title(ksb)); !strings.Contains(got, want) {
			t.Errorf("%s: %s", ksb, got)
		}
	}
}

func TestReviewInThePastIsNotNamed(t *testing.T) {
	c := uitest.Demo(80, 24)
	c.Profile.Learner.Review = calendar.Of(2026, 1, 5)
	if says := introSays(shown(c, "o").model(c)); !strings.Contains(says, "your next review:") {
		t.Error(says)
	}
}

func TestNotesOfTheLearnerAreCleaned(t *testing.T) {
	c := uitest.Demo(120, 40)
	note := safetext.New("one\x1b[31mtwo\n\u202ethree")
	p, err := profile.Rate{KSB: "K5", By: profile.Self, Level: level.NoOpportunity, On: uitest.Today, Note: &note}.Apply(c.Profile, c.Standard)
	if err != nil {
		t.Fatal(err)
	}
	c = uitest.Context(p, 120, 40)
	s := shown(c, "o")
	frame := uitest.Draw(s.View(c), c)
	if !strings.Contains(frame, "one�[31mtwo �three") {
		t.Error(frame)
	}
	uitest.Fits(t, s.View(c), c)
}

// A level whose evidence is too old still has evidence, and the lists say so.
func TestOldEvidenceIsNotCalledMissing(t *testing.T) {
	c := uitest.Demo(80, 24)
	c.Today = c.Today.AddMonths(13)
	c.Report = gap.Compute(c.Standard, c.Library.Scale(), c.Profile, c.Today)
	row, _ := c.Report.Row("K18")
	const want = "its evidence is older than 12 months ("
	if got := claimSays(c, row); !strings.Contains(got, want) || strings.Contains(got, "no example") {
		t.Errorf("among the claims: %q", got)
	}
	if got := strings.Join(strengthSays(c, row), ", "); !strings.Contains(got, want) {
		t.Errorf("among the strengths: %q", got)
	}
}

// The map is explained by a cell of the row under the cursor.
func TestHeatLegend(t *testing.T) {
	row := gap.DutyHeat{Kinds: [3]gap.Heat{{Total: 2}, {Total: 6, Rated: 5, Below: 3, Behind: 1}, {Total: 1, Rated: 1}}}
	for timed, want := range map[bool]string{
		true: "1/5: of the 5 rated, 1 is behind where this month should be.", false: "3/5: of the 5 rated, 3 are below target.",
	} {
		if got := heatLegend(row, timed); !strings.HasPrefix(got, want) {
			t.Errorf("%v: %q", timed, got)
		}
	}
	if got := heatLegend(gap.DutyHeat{}, true); got != "" {
		t.Errorf("nothing rated: %q", got)
	}
}
