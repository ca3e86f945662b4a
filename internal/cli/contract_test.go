package cli

import (
	"encoding/json"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// keysOf collects the keys of a JSON object, those of the objects in it as "outer.inner".
func keysOf(v any, prefix string, into map[string]bool) {
	switch v := v.(type) {
	case map[string]any:
		for k, x := range v {
			into[prefix+k] = true
			keysOf(x, prefix+k+".", into)
		}
	case []any:
		for _, x := range v {
			keysOf(x, prefix, into)
		}
	}
}

// The keys are a promise to everyone who reads the JSON: none may go, and new ones are added here on purpose.
func TestContracts(t *testing.T) {
	t.Parallel()
	w := newWorld(t).demo()
	w.must("review", "rehearse", "--answer", "1=said aloud", "--as-of", asOf)
	action := " goals.actions.id goals.actions.text goals.actions.sort goals.actions.who goals.actions.due goals.actions.shows goals.actions.status goals.actions.note goals.actions.if_then goals.actions.minutes goals.actions.offjob"
	row := func(list string) string {
		return strings.ReplaceAll(" LIST LIST.ksb LIST.title LIST.kind LIST.duties LIST.level LIST.evidence LIST.agreement", "LIST", list)
	}
	const requests = "LIST LIST.duty LIST.ksb LIST.title LIST.exposure LIST.ask LIST.words LIST.text LIST.since LIST.want LIST.ways LIST.planned"
	const review = "id on kind with round checked checked.action checked.text checked.outcome checked.reason checked.before checked.since checked.next actions agreed talked agenda wellbeing workload support adjustments share" +
		" closing closing.clear closing.helped closing.valued next closed hash unchanged"
	points := func(list string) string {
		return strings.ReplaceAll(" LIST LIST.ksb LIST.title LIST.words", "LIST", list)
	}
	share := func(list string) string {
		return strings.ReplaceAll(" LIST LIST.duty LIST.kind LIST.total LIST.rated LIST.at_target LIST.mean LIST.expected", "LIST", "rounds."+list)
	}
	sheet := filepath.Join(w.home, "s.toml")
	w.must("sheet", "make", "-o", sheet, "--as-of", asOf)
	for _, c := range []struct{ command, keys string }{
		{"sheet show " + sheet, "id standard learner learner_id made by on filled total ratings ratings.ksb ratings.title ratings.level ratings.note"},
		{"standard show", "reference title level status caveat source licence duties duties.number duties.title duties.text duties.ksbs ksbs ksbs.id ksbs.kind ksbs.title ksbs.text ksbs.duties"},
		{"gaps", "standard as_of month rated total gaps gaps.ksb gaps.title gaps.kind gaps.duties gaps.level gaps.target gaps.expected gaps.gap gaps.behind gaps.evidence gaps.reasons gaps.by gaps.agreement aged" +
			row("opportunity") + row("unsupported") + row("strengths") + row("unrated")},
		{"plan", "goals goals.id goals.ksbs goals.goal goals.status goals.due goals.basis goals.actions" + action +
			" goals.why goals.theory goals.note goals.reflect goals.appraise goals.act goals.missing bundles"},
		{"plan --bundles", "goals bundles bundles.id bundles.name bundles.about bundles.field bundles.goal bundles.ksbs bundles.hours bundles.offjob bundles.why bundles.agree bundles.leaves" +
			" bundles.moves bundles.moves.ksb bundles.moves.from bundles.moves.to bundles.moves.proof bundles.due bundles.actions" + strings.ReplaceAll(action, "goals.", "bundles.")},
		{"status", "learner role standard as_of month length rated total behind below_target opportunity unsupported evidence goals_in_flight actions_overdue" +
			" duties duties.number duties.title duties.rated duties.total duties.behind duties.below_target next next.kind next.text next.ksb review_due appraisal_due gateway profile copies"},
		{"next", "kind text ksb"},
		{"standard coach K7", "ksb title text good two_to_three three_to_four steps steps.from steps.to steps.text steps.goal prompt early_prompt early_questions actions actions.sort actions.text actions.who actions.result actions.from actions.minutes actions.offjob evidence support questions patients scope examples examples.in examples.field examples.family examples.text exemplars exemplars.grade exemplars.depth exemplars.text exemplars.margin exemplars.made_up facts readings readings.cite readings.url readings.minutes readings.theories readings.question"},
		{"standard facts", "facts facts.id facts.duties facts.ksbs facts.title facts.authority facts.facts facts.checked facts.review_by facts.confirm facts.stale facts.url facts.locator facts.status facts.changed facts.since facts.supersedes facts.fields"},
		{"find k7 log", "some found found.ksb found.goal found.evidence found.title found.found_in found.text"},
		{"standard list", "standards standards.reference standards.title standards.level standards.status standards.duties standards.knowledge standards.skills standards.behaviours standards.links"},
		{"evidence list", "evidence evidence.id evidence.ksbs evidence.on evidence.kind evidence.title evidence.where evidence.witness evidence.duty evidence.stale evidence.file"},
		{"evidence list --claims", "unsupported unsupported.ksb unsupported.title unsupported.level unsupported.newest"},
		{"evidence list --without", "missing missing.ksb missing.title missing.level missing.claim"},
		{"evidence list --cover", "cover cover.duty cover.title cover.ksbs cover.all cover.words cover.bundle"},
		{"opportunity", strings.ReplaceAll(requests, "LIST", "requests")},
		{"compare", "differences differences.ksb differences.title differences.self differences.mentor differences.agreed differences.difference differences.widest differences.differ" +
			" differences.old differences.by differences.self_note differences.mentor_note differences.reason differences.others" +
			" differences.others.by differences.others.level differences.others.on differences.others.note differences.others.round differences.others.blind" +
			" differences.self_on differences.self_round differences.self_blind differences.mentor_on differences.mentor_round differences.mentor_blind differences.earlier" +
			" differences.words equal aged mentor_only"},
		{"round", "rounds rounds.id rounds.opened rounds.closed rounds.self rounds.mentor rounds.agreed rounds.differ rounds.changed"},
		{"round due", "as_of round total due due.ksb due.title due.level due.by due.note due.reasons due.words aged"},
		{"review", "due appraisal_due every reviews" + strings.ReplaceAll(" "+review, " ", " reviews.")},
		{"review show", review},
		{"review prepare", "as_of since page page.part page.ksb page.goal page.action page.words left left.review left.ksb left.words left.outcome left.note due appraisal_due changes aged" + points("strengths") + points("gaps") + " disagreements disagreements.ksb disagreements.self disagreements.mentor disagreements.words" +
			points("unsupported") + points("stale") + " missing missing.ksb missing.title missing.words overdue" + strings.ReplaceAll(action, "goals.actions", "overdue") + " open" +
			strings.ReplaceAll(action, "goals.actions", "open") + " " + strings.ReplaceAll(requests, "LIST", "requests") + points("ask") + points("support") + " private"},
		{"review agenda", "minutes items items.id items.from items.minutes items.title items.who items.words"},
		{"review rehearse", "questions questions.part questions.ksb questions.text questions.why marks marks.field marks.text marks.question"},
		{"review rehearse --notes", "rehearsals rehearsals.id rehearsals.on rehearsals.answers rehearsals.answers.question rehearsals.answers.answer"},
		{"review record", "id record hash closed unchanged words"},
		{"review settings", "due every stale"},
		{"progress --ksb K7", "aged as_of rounds rounds.id rounds.on rounds.open rounds.month" + share("all") + share("duties") + share("kinds") +
			" rounds.levels rounds.levels.K7 rounds.self rounds.self.K7 rounds.mentor rounds.mentor.K7 calibration calibration.kind calibration.pairs calibration.rounds calibration.mean" +
			" calibration.words forecast forecast.known forecast.gateway forecast.now forecast.low forecast.high forecast.total forecast.basis forecast.wide forecast.narrow forecast.unknown forecast.words"},
		{"reflect --models", "models models.id models.name models.authors models.suits models.steps models.steps.id models.steps.name models.steps.question"},
		{"check", "files files.file files.kind files.ok files.faults files.notes files.named files.copies"},
	} {
		t.Run(c.command, func(t *testing.T) {
			var v any
			out := w.must(append(strings.Fields(c.command), "--json", "--as-of", asOf)...)
			if err := json.Unmarshal([]byte(out), &v); err != nil {
				t.Fatal(err)
			}
			got := map[string]bool{}
			keysOf(v, "", got)
			want := map[string]bool{}
			for _, k := range strings.Fields(c.keys) {
				want[k] = true
			}
			if !maps.Equal(got, want) {
				t.Errorf("\n got %v\nwant %v", slices.Sorted(maps.Keys(got)), slices.Sorted(maps.Keys(want)))
			}
		})
	}
}

type anyGap struct {
	KSB      string   `json:"ksb"`
	Level    *int     `json:"level"`
	Target   int      `json:"target"`
	Expected *int     `json:"expected"`
	Gap      int      `json:"gap"`
	Behind   *int     `json:"behind"`
	Reasons  []string `json:"reasons"`
}

func gapsOf(t *testing.T, w *world) (month *int, gaps []anyGap) {
	t.Helper()
	var v struct {
		Month *int     `json:"month"`
		Gaps  []anyGap `json:"gaps"`
	}
	if err := json.Unmarshal([]byte(w.must("gaps", "--json", "--as-of", asOf)), &v); err != nil {
		t.Fatal(err)
	}
	return v.Month, v.Gaps
}

func TestGapsHoldOnlyRatedKSBsBelowTarget(t *testing.T) {
	t.Parallel()
	_, gaps := gapsOf(t, newWorld(t).demo())
	if len(gaps) != 41 || gaps[0].KSB != "K8" {
		t.Errorf("%d gaps, the first is %s", len(gaps), gaps[0].KSB)
	}
	for _, g := range gaps {
		if g.Level == nil || g.Gap <= 0 || g.Gap != g.Target-*g.Level || *g.Behind != *g.Expected-*g.Level || len(g.Reasons) == 0 {
			t.Errorf("%+v", g)
		}
	}
}

// Without a start date nothing is guessed.
func TestUnknownMonthIsNull(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.must("init", "--name", "Sam", "--as-of", asOf)
	w.must("rate", "K7", "1", "--as-of", asOf)
	month, gaps := gapsOf(t, w)
	if month != nil || gaps[0].Expected != nil || gaps[0].Behind != nil {
		t.Errorf("month %v, expected %v, behind %v", month, gaps[0].Expected, gaps[0].Behind)
	}
	var status map[string]any
	if err := json.Unmarshal([]byte(w.must("status", "--json")), &status); err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"month", "behind", "review_due", "appraisal_due"} {
		if v, ok := status[key]; !ok || v != nil {
			t.Errorf("%s is %v, null is wanted", key, v)
		}
	}
}

// For a new learner, too, every list is a list and not null.
func TestNoArrayIsNull(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.must("init", "--name", "Sam")
	for _, command := range []string{
		"gaps", "plan", "evidence list", "standard facts --ksb K7", "standard coach B1", "check",
		"evidence list --without", "evidence list --claims", "evidence list --cover", "opportunity", "compare", "round", "round due --most 3", "review", "review prepare", "review rehearse", "review rehearse --notes", "progress",
	} {
		var v any
		if err := json.Unmarshal([]byte(w.must(append(strings.Fields(command), "--json")...)), &v); err != nil {
			t.Fatal(err)
		}
		arraysNotNull(t, command, v)
	}
}

func arraysNotNull(t *testing.T, at string, v any) {
	t.Helper()
	nullable := []string{
		"month", "by", "due", "ksb", "level", "expected", "behind", "duty", "round", "since", "note", "mean", "kind", "gateway", "now", "low", "high", "basis", "file", "closed", "appraisal_due", "private", "agreement", "depth",
		// texts that are missing
		"id", "scope", "goal", "offjob", "early_prompt", "field", "family", "depth", "margin", "if_then", "url", "locator", "changed", "supersedes",
	}
	switch v := v.(type) {
	case map[string]any:
		for k, x := range v {
			if x == nil && !slices.Contains(nullable, k) {
				t.Errorf("%s: %s is null", at, k)
			}
			arraysNotNull(t, at+"."+k, x)
		}
	case []any:
		for _, x := range v {
			arraysNotNull(t, at, x)
		}
	}
}

func TestSuggestionsRestOnTheStandard(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.must("init", "--name", "Sam")
	var v struct {
		Goals []struct {
			ID, Status string
			Basis      []string
			Actions    []struct{ Sort, Status string }
		}
	}
	if err := json.Unmarshal([]byte(w.must("plan", "--json")), &v); err != nil {
		t.Fatal(err)
	}
	if n := len(v.Goals); n < 3 || n > 6 {
		t.Errorf("%d suggestions, 3 to 6 are wanted", n)
	}
	ids := map[string]bool{}
	for _, g := range v.Goals {
		ids[g.ID] = true
		if g.Status != "suggested" || !slices.Equal(g.Basis, []string{"K31", "K32", "K33"}) {
			t.Errorf("%+v", g)
		}
		for _, a := range g.Actions {
			if !slices.Contains([]string{"practise", "people", "study"}, a.Sort) || a.Status != "open" {
				t.Errorf("%+v", a)
			}
		}
	}
	if len(ids) != len(v.Goals) {
		t.Errorf("ids are not unique: %v", ids)
	}
}

func BenchmarkGapsJSON(b *testing.B) {
	w := newWorld(b).demo()
	for b.Loop() {
		w.must("gaps", "--json", "--as-of", asOf)
	}
}

// The largest difference comes first by size, and nothing is averaged.
func TestDifferencesAreOrderedBySize(t *testing.T) {
	t.Parallel()
	var v struct {
		Differences []struct {
			Self, Mentor any
			Agreed       *int
			Difference   *int
		}
	}
	if err := json.Unmarshal([]byte(newWorld(t).demo().must("compare", "--json", "--as-of", asOf)), &v); err != nil {
		t.Fatal(err)
	}
	last := 4
	for _, d := range v.Differences {
		size := 0 // no number: after those that have one
		if d.Difference != nil {
			size = max(*d.Difference, -*d.Difference)
			if self, mentor := d.Self.(float64), d.Mentor.(float64); *d.Difference != int(self)-int(mentor) || size == 0 {
				t.Errorf("%+v", d)
			}
		}
		if size > last {
			t.Errorf("%d after %d", size, last)
		}
		last = size
	}
	if len(v.Differences) == 0 {
		t.Error("the sample learner has no differences to show")
	}
}

// A sheet does not depend on what the learner said about themselves, and nothing private is in anything that is shared.
func TestNothingPrivateIsShared(t *testing.T) {
	t.Parallel()
	const secret = "xyzzy-private"
	w := newWorld(t).demo()
	shared := func(when string) {
		t.Helper()
		for _, command := range []string{
			"review", "review --json", "review show", "review show --json", "review record", "review record --json", "review prepare", "review prepare --json",
			"review rehearse", "review rehearse --json", "report", "report --json", "report --for mentor --format md", "compare", "progress", "round", "opportunity", "status", "next",
		} {
			if out := w.must(append(strings.Fields(command), "--as-of", asOf)...); strings.Contains(out, secret) {
				t.Errorf("%s the review, %s tells what is private", when, command)
			}
		}
	}
	note := []string{"review", "note", "--wellbeing", secret, "--workload", secret, "--support", secret, "--adjustments", secret, "--as-of", asOf}
	w.must(note...)
	shared("before")
	w.must("review", "start", "--with", "J. Ode", "--as-of", asOf)
	shared("at the start of")
	w.must(note...)
	w.must("reflect", "--ksb", "K7", "--answer", "what="+secret, "--as-of", asOf)
	w.must("review", "rehearse", "--answer", "1="+secret, "--as-of", asOf)
	shared("in")
	for _, command := range []string{"review show --private", "review rehearse --notes"} {
		if out := w.must(strings.Fields(command)...); !strings.Contains(out, secret) {
			t.Errorf("%s: the learner cannot see their own words", command)
		}
	}
}

// Answers from a rehearsal stay private even if the learner shares reflections.
func TestARehearsalIsNeverShared(t *testing.T) {
	t.Parallel()
	const secret, shared = "xyzzy-rehearsed", "xyzzy-reflected"
	w := newWorld(t).demo()
	w.must("review", "start", "--with", "J. Ode", "--as-of", asOf)
	w.must("review", "rehearse", "--answer", "1="+secret, "--as-of", asOf)
	w.must("reflect", "--ksb", "K7", "--answer", "what="+shared, "--as-of", asOf)
	w.must("review", "note", "--share", "reflections", "--as-of", asOf)
	if out := w.must("review", "record", "--as-of", asOf); strings.Contains(out, secret) || !strings.Contains(out, shared) {
		t.Errorf("the record\n%s", out)
	}
}
