package home

import (
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/uitest"
	"github.com/ksbcoach/ksbcoach/internal/tui/widget"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

func TestGoldens(t *testing.T) {
	for size, wh := range uitest.Sizes {
		for who, c := range map[string]*ui.Context{"demo": uitest.Demo(wh[0], wh[1]), "fresh": uitest.Fresh(wh[0], wh[1])} {
			page := New().View(c)
			uitest.Fits(t, page, c)
			uitest.Golden(t, who+"-"+size, uitest.Draw(page, c))
		}
	}
}

// A small line says which facts behind the goals under way have changed, naming as many as there is room for.
func TestNewsOfFacts(t *testing.T) {
	for _, wh := range uitest.Sizes {
		c := uitest.Demo(wh[0], wh[1])
		plain := uitest.Draw(New().View(c), c)
		if strings.Contains(plain, "New facts") {
			t.Errorf("%v: news of nothing:\n%s", wh, plain)
		}
		c.News = []coaching.Card{
			{Title: "Funding rules", KSBs: []string{"K33", "K7"}},
			{Title: "Single patient record", KSBs: []string{"S7"}},
			{Title: "A title that is long enough to leave no room for what comes after it", KSBs: []string{"K8"}},
		}
		page := New().View(c)
		uitest.Fits(t, page, c)
		frame := uitest.Draw(page, c)
		if !strings.Contains(frame, "New facts: Funding rules (K7)") || strings.Count(frame, "New facts") != 1 || !strings.Contains(frame, "more") {
			t.Errorf("%v:\n%s", wh, frame)
		}
	}
}

// Copies that a sync program left are described as fully as there is room for, and never at the cost of a duty.
func TestCopiesOfTheProfile(t *testing.T) {
	for size, wh := range uitest.Sizes {
		c := uitest.Demo(wh[0], wh[1])
		c.Copies = "A sync program seems to have left a copy of your profile next to it: profile (Asha's laptop's conflicted " +
			"copy).toml, 12 Nov. It has 3 ratings (K7, K8, S6) that yours does not."
		page := New().View(c)
		uitest.Fits(t, page, c)
		frame := uitest.Draw(page, c)
		if !strings.Contains(strings.Join(strings.Fields(frame), " "), "c looks into it") {
			t.Errorf("%v does not say what to do:\n%s", wh, frame)
		}
		uitest.Golden(t, "copies-"+size, frame)
	}
}

func TestGoalLineTakesTheActionThatIsDueFirst(t *testing.T) {
	c := uitest.Demo(80, 24)
	g := profile.Goal{Text: safetext.New("goal"), Actions: []profile.Action{
		{Text: safetext.New("later"), Due: uitest.Today.AddDays(9), Status: profile.ActionOpen},
		{Text: safetext.New("late"), Due: uitest.Today.AddDays(-3), Status: profile.ActionOpen},
		{Text: safetext.New("done"), Due: uitest.Today.AddDays(-9), Status: profile.ActionDone},
	}}
	if got := goalLine(g, c); got.next != "due 19 Nov, 3 days ago: late" || !got.late {
		t.Errorf("%+v", got)
	}
	g.Actions = g.Actions[:1]
	if got := goalLine(g, c); got.next != "by 1 Dec: later" || got.late {
		t.Errorf("%+v", got)
	}
	g.Actions = nil
	if got := goalLine(g, c); got.next != "no open action" {
		t.Errorf("%+v", got)
	}
}

func TestEnterTakesTheNextStepOrTheDuty(t *testing.T) {
	c := uitest.Demo(80, 24)
	s := New()
	if got := one(t, s.Update(tea.KeyPressMsg{Code: tea.KeyEnter}, c)); got != (ui.Go{To: ui.Rate, KSB: "K23", Forward: true}) {
		t.Errorf("enter: %+v", got)
	}
	enterShown := func() bool { return strings.Contains(uitest.Draw(s.View(c), c), "enter") }
	footer := s.Keys(c).Footer
	if !enterShown() {
		t.Error("the next step does not show Enter")
	}
	s.Update(tea.KeyPressMsg{Code: 'j', Text: "j"}, c)
	s.Update(tea.KeyPressMsg{Code: tea.KeyDown}, c)
	if enterShown() || !reflect.DeepEqual(s.Keys(c).Footer, footer) {
		t.Error("on duty 2 the next step still shows Enter, or the footer has changed")
	}
	if got := one(t, s.Update(tea.KeyPressMsg{Code: tea.KeyEnter}, c)); got != (ui.Go{To: ui.Rate, KSB: "K6"}) {
		t.Errorf("enter on duty 2: %+v", got)
	}
	if got := one(t, s.Update(ui.RowMsg{Index: 7}, c)); got != (ui.Go{To: ui.Rate, KSB: "K27"}) {
		t.Errorf("click on duty 7: %+v", got)
	}
}

// A review that is overdue and a gateway that has passed lead to the page that says what to do.
func TestEnterLeadsToWhatIsLate(t *testing.T) {
	for day, want := range map[calendar.Date]string{calendar.Of(2027, 2, 28): "Hold or rearrange your review", calendar.Of(2029, 1, 1): "Gateway, "} {
		c := uitest.Demo(80, 24)
		c.Today = day
		s := New()
		if got := one(t, s.Update(tea.KeyPressMsg{Code: tea.KeyEnter}, c)); got != (ui.Go{To: ui.Appraisal}) {
			t.Errorf("%s: %+v", day, got)
		}
		if m := build(c); !strings.HasPrefix(m.next, want) || day.Year == 2029 && !strings.HasPrefix(m.programme, "ST0413 · gateway was ") {
			t.Errorf("%s: %q, %q", day, m.next, m.programme)
		}
	}
}

// The model is not built again for every key, but it is whenever something that it shows has changed.
func TestTheCacheIsNeverOutOfDate(t *testing.T) {
	s := New()
	for name, change := range map[string]func(c *ui.Context){
		"nothing":         func(*ui.Context) {},
		"another day":     func(c *ui.Context) { c.Today = c.Today.AddDays(90) },
		"a narrow window": func(c *ui.Context) { c.Size = ui.NewSize(60, 17) },
		"a copy":          func(c *ui.Context) { c.Copies = "A copy lies beside it." },
		"news":            func(c *ui.Context) { c.News = []coaching.Card{{Title: "Funding rules", KSBs: []string{"K7"}}} },
		"other news":      func(c *ui.Context) { c.News = []coaching.Card{{Title: "Patient record", KSBs: []string{"K7"}}} },
		"a note that waits": func(c *ui.Context) {
			c.Waiting = func(string) safetext.Text { return safetext.New("A note") }
		},
		"a change": func(c *ui.Context) { c.Rev++; c.Profile.Learner.Name = safetext.New("Somebody else") },
		"a rating": func(c *ui.Context) {
			c.Report = gap.Compute(c.Standard, c.Library.Scale(), profile.Profile{Standard: c.Profile.Standard}, c.Today)
		},
		"another place": func(c *ui.Context) {
			c.Profile = profile.Profile{Standard: c.Profile.Standard}
			c.Rev++
			c.Position = "S20"
		},
	} {
		c := uitest.Demo(120, 40)
		s.View(c)
		if n := testing.AllocsPerRun(5, func() { s.model(c) }); n > 2 {
			t.Errorf("%s: %v allocations for a cached model", name, n)
		}
		change(c)
		if got, want := uitest.Draw(s.View(c), c), uitest.Draw(New().View(c), c); got != want {
			t.Errorf("%s: got\n%s\nwant\n%s", name, got, want)
		}
	}
}

func one(t *testing.T, asks []ui.Ask) ui.Ask {
	t.Helper()
	if len(asks) != 1 {
		t.Fatalf("%d asks", len(asks))
	}
	return asks[0]
}

// The example of a date for the gateway is years ahead, not a month; a month alone still means its last day.
func TestTheGatewayIsYearsAhead(t *testing.T) {
	c := uitest.Fresh(80, 24)
	for _, f := range details(c.Profile, c.Today, nil).Fields {
		if f.ID != "gateway" {
			continue
		}
		if says := f.Day.Advice(c.Today); says != "such as 22 Nov 2028, or Nov 2028 for its last day" {
			t.Error(says)
		}
		if says := f.Day.Meant("Sept 2028", c.Today); says != "= Sat 30 Sep 2028, its last day" {
			t.Error(says)
		}
	}
}

func TestLearnerFromTheForm(t *testing.T) {
	l := Learner(map[string]string{"name": "Sam", "role": "audiology", "start": "2025-09-22", "gateway": "", "review": "2026-12-01"})
	if l.Name.Raw() != "Sam" || l.Start != calendar.Of(2025, 9, 22) || !l.Gateway.IsZero() || l.Review != calendar.Of(2026, 12, 1) {
		t.Errorf("%+v", l)
	}
}

// The role offers fields by a few letters, says which one is understood, and takes any other words as they are.
func TestTheRoleOffersFields(t *testing.T) {
	c := uitest.Fresh(80, 24)
	ask := one(t, uitest.Press(New(), c, "d")).(ui.Edit)
	offer := ask.Form.Fields[1].Offer
	for typed, want := range map[string]ui.Offer{
		"": {}, "Space gardening": {}, "audio": {Names: []string{"Audiology"}}, "Audiology": {Meant: "understood as audiology"},
		"ECG": {Meant: "understood as cardiac physiology", Names: []string{"Cardiac physiology"}},
	} {
		if got := offer(typed); !reflect.DeepEqual(got, want) {
			t.Errorf("%q: %+v, want %+v", typed, got, want)
		}
	}
}

// The actions that are due are rows that Enter opens, and o offers all of them, even where there is no room for rows.
func TestActionsDueAreOpenedFromHome(t *testing.T) {
	c := uitest.Demo(120, 40)
	due, overdue := c.Profile.DueSoon(c.Today)
	if len(due) != 3 || overdue != 2 {
		t.Fatalf("%d due, %d overdue", len(due), overdue)
	}
	s := New()
	for i, a := range due {
		s.Update(tea.KeyPressMsg{Code: tea.KeyEnd}, c)
		for range len(due) - 1 - i {
			s.Update(tea.KeyPressMsg{Code: tea.KeyUp}, c)
		}
		if got := one(t, s.Update(tea.KeyPressMsg{Code: tea.KeyEnter}, c)); got != (ui.Go{To: ui.Plan, Action: a.Action}) {
			t.Errorf("row %d: %+v", i, got)
		}
	}
	small := uitest.Demo(60, 20)
	s.View(small)
	s.Update(tea.KeyPressMsg{Code: tea.KeyEnd}, small)
	if frame := uitest.Draw(s.View(small), small); !strings.Contains(frame, "▸ 10  Sensitive information") || !strings.Contains(frame, "o ! 2 actions overdue") {
		t.Errorf("at 60x20:\n%s", frame)
	}
	menu := one(t, uitest.Press(s, small, "o")).(ui.Choose)
	for i, a := range due {
		if got := one(t, menu.Options[i].Then(small)); got != (ui.Go{To: ui.Plan, Action: a.Action}) {
			t.Errorf("option %d: %+v", i, got)
		}
	}
	if got, ok := one(t, uitest.Press(s, uitest.Fresh(80, 24), "o")).(ui.Say); !ok || got.Text != nothingDue {
		t.Errorf("with nothing due: %+v", got)
	}
}

// With a start date Home says first how many are behind; without one, how many are below target.
func TestBehindLeadsWhereAStartDateIsKnown(t *testing.T) {
	for _, wh := range uitest.Sizes {
		timed, not := uitest.Demo(wh[0], wh[1]), uitest.WithoutStart(wh[0], wh[1])
		if frame := uitest.Draw(New().View(timed), timed); !strings.Contains(frame, "12 behind") || strings.Contains(frame, "below") {
			t.Errorf("%v with a start date:\n%s", wh, frame)
		}
		if frame := uitest.Draw(New().View(not), not); regexp.MustCompile(`behind +rated|\d behind`).MatchString(frame) || !strings.Contains(frame, "41 below target") {
			t.Errorf("%v without one:\n%s", wh, frame)
		}
	}
}

// The levels of each duty are shown in columns next to its whole title, wherever there is room for both.
func TestLevelsAreShownInColumns(t *testing.T) {
	for w := 60; w <= 200; w++ {
		c := uitest.Demo(w, 30)
		frame := uitest.Draw(New().View(c), c)
		for _, want := range []string{"Legal and professional practice ", " 0 ", " 4", " behind"} {
			if !strings.Contains(frame, want) {
				t.Fatalf("%d columns: no %q\n%s", w, want, frame)
			}
		}
		for _, row := range []string{` 1  Legal and professional practice +1 .*· +1 +9 +5 +·`, ` 7  Quality and improvement +3 .*2 +1 +2 +3 +·`} {
			if !regexp.MustCompile(row).MatchString(frame) {
				t.Fatalf("%d columns: no row %s\n%s", w, row, frame)
			}
		}
	}
}

// A duty that was never opened shows nothing of behaviours that were rated in another one.
func TestADutyNeverOpenedShowsNoScore(t *testing.T) {
	c := uitest.Fresh(80, 24)
	c = uitest.With(c, profile.Rate{KSB: "B1", By: profile.Self, Level: 2, On: c.Today})
	frame := uitest.Draw(New().View(c), c)
	if !regexp.MustCompile(`Legal and professional practice +1 +1/15 +· +· +1 +· +·\n`).MatchString(frame) ||
		!regexp.MustCompile(`Technical services +· +0/12\n`).MatchString(frame) {
		t.Error(frame)
	}
}

// A newcomer meets two words that people outside apprenticeships do not know. Each is explained where it is first met,
// and no longer once something is rated.
func TestANewcomerIsToldWhatTheWordsMean(t *testing.T) {
	fresh := uitest.Draw(New().View(uitest.Fresh(80, 24)), uitest.Fresh(80, 24))
	rated := uitest.Draw(New().View(uitest.Demo(120, 60)), uitest.Demo(120, 60))
	for _, x := range words.FirstTerms() {
		if first := strings.Join(widget.Wrap(x, 80), "\n"); !strings.Contains(fresh, first) || strings.Contains(rated, x[:30]) {
			t.Errorf("%q: for a newcomer\n%s\nand later\n%s", x, fresh, rated)
		}
	}
	form := Welcome("/p.toml", uitest.Demo(80, 24).Today, nil)
	gateway := slices.IndexFunc(form.Fields, func(f ui.Field) bool { return f.ID == "gateway" })
	if !strings.Contains(form.Says, words.KSB) || form.Fields[gateway].Means != words.Gateway {
		t.Errorf("the first form does not say it: %q, %+v", form.Says, form.Fields[gateway])
	}
}
