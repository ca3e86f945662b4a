package seeds_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
)

// What a whole entry has.
const (
	minPerLevel, minSorts  = 2, 2 // actions that help from each level, and their sorts
	minMinutes, maxMinutes = 10, 480
	minWhole, minDivisions = 5, 3 // examples, and the divisions they are from
	minWords, maxWords     = 60, 90
	maxEarly               = 2
	mostSoon               = 2
)

// checkWhole holds an entry to coaching from every level.
func checkWhole(e entry, fields coaching.Fields, depths []string) problems {
	var ps problems
	need := func(key, text string) {
		if strings.TrimSpace(text) == "" {
			ps.add(at(e.file, key), "write it", "missing")
		}
	}
	need("zero_to_one", e.ZeroToOne)
	need("one_to_two", e.OneToTwo)
	need("early_prompt", e.EarlyPrompt)
	if n := len(e.EarlyQuestions); n < 1 || n > maxEarly {
		ps.add(at(e.file, "early_questions"), "give one or two", "%d of them", n)
	}
	for _, s := range e.Steps() {
		ps = append(ps, checkGoal(at(e.file, fmt.Sprintf("goal from %s to %s", s.From, s.To)), s.Goal)...)
	}
	if e.Goals.Prove != "" {
		ps = append(ps, checkGoal(at(e.file, "goal prove"), e.Goals.Prove)...)
	}
	soon := 0
	type begun struct {
		level level.Level
		where string
	}
	opens, deeds := map[begun]int{}, map[level.Level]int{}
	for i, a := range e.Actions {
		ps = append(ps, checkFrom(e, i, a)...)
		if a.Soon {
			soon++
		}
		for _, l := range a.Deed {
			if slices.Contains(a.From, l) {
				deeds[l]++
			}
		}
		for _, l := range a.From {
			here := begun{l, a.Where} // one where work meets patients, another where it does not
			if a.Opens {
				opens[here]++
			}
			if a.Opens && opens[here] > 1 {
				ps.add(at(e.file, "opens"), "let one action begin the goal", "from level %s: %d of them", l, opens[here])
			}
		}
	}
	for l := level.Level(0); l < level.Max; l++ {
		if deeds[l] == 0 {
			ps.add(at(e.file, "deed"), "mark the action that is the goal's own deed, or write it", "from level %s: none", l)
		}
	}
	if soon > mostSoon {
		ps.add(at(e.file, "soon"), "let two actions come first at most", "%d of them", soon)
	}
	ps = append(ps, checkPerLevel(e)...)
	ps = append(ps, checkSpread(e, fields)...)
	return append(ps, checkExemplars(e, depths)...)
}

// checkGoal holds a goal to saying what its owner will do: it is offered as it stands.
func checkGoal(f field, text string) problems {
	var ps problems
	switch l := plan.Check(profile.Goal{Text: safetext.New(text)}, calendar.Date{})[0]; {
	case text == "":
		ps.add(f, "write it: what I do, with what, and how far", "missing")
	case !l.OK:
		ps.add(f, l.Says, "not specific")
	case formula.MatchString(text):
		ps.add(f, "say what is done; the program says the levels", "names a level or a step")
	case yours.MatchString(text):
		ps.add(f, "write I, me and my: it stands in the learner's plan", "speaks to the learner")
	}
	return ps
}

var (
	formula = regexp.MustCompile(`(?i)\b(level \d|from \d to \d)\b`)
	yours   = regexp.MustCompile(`(?i)\b(you|your|yours|yourself)\b`)
)

// checkFrom holds an action to levels, minutes and an answer on off-the-job training, and its words to its levels.
func checkFrom(e entry, i int, a coaching.Action) problems {
	var ps problems
	key := func(name string) field { return at(e.file, fmt.Sprintf("action %d %s", i+1, name)) }
	if len(a.From) == 0 || !slices.IsSorted(a.From) || len(slices.Compact(slices.Clone(a.From))) < len(a.From) {
		ps.add(key("from"), "list the levels it helps from in order, as in [0, 1]", "%v", a.From)
	}
	for _, l := range a.From {
		if l < 0 || l >= level.Max {
			ps.add(key("from"), "name levels 0 to 3; there is no step up from 4", "level %s", l)
		}
	}
	if a.Minutes < minMinutes || a.Minutes > maxMinutes {
		ps.add(key("minutes"), "give the learner's own time in all, 10 to 480", "%d minutes", a.Minutes)
	}
	if !slices.Contains(profile.OffJobs, a.OffJob) {
		ps.add(key("offjob"), "say yes, no or ask", "%q", a.OffJob)
	}
	if !slices.Contains([]string{"", "with patients", "out of sight"}, a.Where) {
		ps.add(key("where"), "say 'with patients' or 'out of sight', or leave it out", "%q", a.Where)
	}
	ps = append(ps, checkWeeks(key("weeks"), a.Weeks, a.Text)...)
	return append(ps, checkFits(e, key("from"), a)...)
}

// running is what runs for weeks by its words, and inWeeks any words that could be meant.
var (
	running = regexp.MustCompile(`\b(?:(?:For|Over) (?:a month|(?:two|three|four|five|six) (?:weeks|weekdays))|On five working days)\b`)
	inWeeks = regexp.MustCompile(`(?i)\b(?:weeks?|weekdays|months?|fortnight|shifts|rounds|working days|audit of)\b`)
)

// checkWeeks holds what runs for weeks to saying for how many, since it must be started as long before its day.
func checkWeeks(f field, weeks int, text string) problems {
	var ps problems
	said := running.FindString(text)
	switch {
	case weeks < 0 || weeks > maxWeeks:
		ps.add(f, "give 1 to 8, or leave it out", "%d weeks", weeks)
	case weeks > 0 && !inWeeks.MatchString(text):
		ps.add(f, "say in the text for how long it runs", "%d weeks, and the words name none", weeks)
	case weeks == 0 && said != "":
		ps.add(f, "give the weeks, so that it is started in time", "%q and no weeks", said)
	}
	return ps
}

// maxWeeks is as long as anything in a plan of twelve weeks can run.
const maxWeeks = 8

// Words of an action that do not fit a level it is said to help from, and why.
var misfits = []struct {
	level level.Level
	words *regexp.Regexp
	why   string
}{
	{
		0, regexp.MustCompile(`(?i)\b(trained assessor|sign(?:ed)?[- ]off|unaided|on your own|by yourself|unprompted|without help)\b`),
		"nobody works alone or is signed off at level 0",
	},
	{
		0, regexp.MustCompile(`(?i)\b(you last (?:did|ran|made|reported|led|wrote)|` +
			`your last (?:report|result|case|audit|procedure|clinic|list))\b`),
		"at level 0 there is nothing done yet to look back on",
	},
	{
		0, regexp.MustCompile(`(?i)(?:^|[.:;] )(?:lead|run|chair|carry out|deliver|supervise|mentor|coach|teach|train)\b`),
		"nobody leads, runs or teaches what they have not met",
	},
	{
		1, regexp.MustCompile(`(?i)(?:^|[.:;] )(?:lead|chair|supervise|mentor|coach|teach|train)\b`),
		"nobody leads or teaches what they have only seen",
	},
	{
		3, regexp.MustCompile(`(?i)^(?:watch|shadow|sit beside|sit in|find out (?:who|where|what)|look up what)\b`),
		"who does it alone already learns little from watching",
	},
}

// safeAtFirst are words that say how practice of a clinical or technical skill is safe for somebody who has not done it.
var safeAtFirst = regexp.MustCompile(`(?i)\b(watch\w*|observ\w*|shadow\w*|beside|alongside|simulat\w*|supervis\w*|` +
	`mock|role[- ]play|dry run|dummy|phantom|manikin|made-up|pretend|rehears\w*|on paper|blank|spare|volunteer|` +
	`training (?:kit|unit|set|room|data)|test data|archived|closed|anonymised|published|redacted|` +
	`log|list|draw|map|trace|tally|count|mark|read|copy|note)\b`)

func checkFits(e entry, f field, a coaching.Action) problems {
	var ps problems
	for _, m := range misfits {
		if w := m.words.FindString(a.Text + " " + a.Result); w != "" && slices.Contains(a.From, m.level) {
			w = strings.Trim(w, ".:; ")
			ps.add(f, "take the level out, or reword the action", "%q from level %s: %s", w, m.level, m.why)
		}
	}
	why, clinical := scopeNeeded[e.KSB]
	first := a.Sort == profile.Practise && slices.Contains(a.From, 0)
	if clinical && first && !safeAtFirst.MatchString(a.Text+" "+a.Who) {
		remedy := "say how it is safe: watch, beside whom, simulated, made-up, on paper"
		ps.add(f, remedy, "practice from level 0, although %s", why)
	}
	return ps
}

// checkPerLevel counts the actions that help from each level, and their sorts.
func checkPerLevel(e entry) problems {
	var ps problems
	for l := level.Level(0); l < level.Max; l++ {
		sorts := map[profile.Sort]bool{}
		n := 0
		for _, a := range e.Actions {
			if slices.Contains(a.From, l) {
				sorts[a.Sort] = true
				n++
			}
		}
		if n < minPerLevel || len(sorts) < minSorts {
			ps.add(at(e.file, "action"), "give two or more, of two sorts or more", "from level %s: %d of %d sorts", l, n, len(sorts))
		}
	}
	return ps
}

// checkSpread holds the examples of an entry to several divisions, so that no reader finds only other people's work.
func checkSpread(e entry, fields coaching.Fields) problems {
	var ps problems
	divisions := map[string]bool{}
	for _, x := range e.Examples {
		for _, f := range fields.Fields {
			if x.Field == f.ID || x.Family == f.Family {
				divisions[f.Division] = true
			}
		}
	}
	if n := len(e.Examples); n < minWhole || len(divisions) < minDivisions {
		ps.add(at(e.file, "example"), "give five or more, from three divisions or more", "%d from %d divisions", n, len(divisions))
	}
	return ps
}

// deep are the KSBs on reflecting, which show one reflection at each depth besides.
var deep = []string{"K31", "S31"}

func checkExemplars(e entry, depths []string) problems {
	var ps problems
	got := map[string]int{}
	for i, x := range e.Exemplars {
		key := func(name string) field { return at(e.file, fmt.Sprintf("exemplar %d %s", i+1, name)) }
		got[string(x.Grade)+x.Depth]++
		if (x.Grade == "") == (x.Depth == "") {
			ps.add(key("grade"), "give a grade, or for a reflection a depth", "grade %q and depth %q", x.Grade, x.Depth)
		}
		if n := len(strings.Fields(string(x.Text))); n < minWords || n > maxWords {
			ps.add(key("text"), "write 60 to 90 words", "%d words", n)
		}
		if w := tellsWho.FindString(string(x.Text)); w != "" {
			ps.add(key("text"), "leave it out: nobody may be told from it", "%q", w)
		}
	}
	want := []string{string("weak"), string("strong")}
	if slices.Contains(deep, e.KSB) {
		want = append(want, depths...)
	}
	for _, w := range want {
		if got[w] != 1 {
			ps.add(at(e.file, "exemplar"), "give exactly one", "%d of %q", got[w], w)
		}
		delete(got, w)
	}
	for w := range got {
		ps.add(at(e.file, "exemplar"), "use weak or strong, and a depth only in K31 and S31", "%q", w)
	}
	return ps
}

// tellsWho matches what a person could be told from, or what looks like it: no exemplar needs it.
var tellsWho = regexp.MustCompile(`\b(?:\d+[- ](?:year|month|week|day)s?[- ]old|(?:Mr|Mrs|Ms|Miss|Dr)\.? [A-Z]\w*|` +
	`[Ww]ard [A-Z0-9]\w*|NHS number \d|\d{7,}|DOB)\b`)
