package seeds_test

import (
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/standard"
)

// bounds are the most characters that each kind of text may have, so that it fits the screens. README.md gives the same.
var bounds = map[string]int{
	"good": 230, "two_to_three": 220, "three_to_four": 220, "prompt": 120, "support": 180, "questions": 130,
	"patients": 180, "scope": 200, "example text": 180,
	"zero_to_one": 220, "one_to_two": 220, "early_prompt": 120, "early_questions": 130,
	"goal zero_to_one": 150, "goal one_to_two": 150, "goal two_to_three": 150, "goal three_to_four": 150, "goal prove": 150,
	"exemplar text": 640, "exemplar margin": 200,
	"division name": 40, "family name": 50, "field name": 50, "field register": 180, "field confirm": 120, "field standards": 120,
	"action text": 190, "action who": 70, "action result": 110, "evidence shows": 170, "evidence weakness": 130,
	"fact id": 40, "fact title": 60, "fact authority": 160, "fact facts": 230, "fact locator": 110, "fact changed": 200, "fact supersedes": 100,
	"duty title": 38, "ksb title": 38,
	"model name": 45, "model authors": 60, "model suits": 120, "model.step name": 30, "model.step question": 130,
	"depth name": 30, "depth sign": 140, "depth next": 120, "anonymise": 200,
	"theory name": 40, "theory author": 60, "theory year": 20, "theory where": 90, "theory says": 180, "theory number": 120, "theory limit": 150,
	"theory here": 170, "theory reason": 95, "reading cite": 260, "reading question": 160,
	"link why": 90, "bundle name": 48, "bundle about": 260, "bundle goal": 150, "bundle agree": 80, "bundle leaves": 150, "serves proof": 120,
	"step text": 170, "step who": 70, "step result": 110, "differs text": 160,
	"practice text": 140, "mark text": 60, "mark question": 100,
}

// How much of each an entry has.
const (
	minQuestions, maxQuestions = 2, 3
	minActions                 = 4
	minEvidence                = 2
	minExamples                = 3 // or none
)

var evidenceKinds = []string{
	"observed-procedure", "case-based-discussion", "witness-testimony", "work-product", "reflective-account",
	"training-record", "feedback",
}

// checkEntry checks the coaching of one KSB by itself.
func checkEntry(e entry) problems {
	var ps problems
	if want := strings.TrimSuffix(path.Base(e.file), ".toml"); e.KSB != want {
		ps.add(at(e.file, "ksb"), "let ksb and file name agree", "%q stands in the file of %s", e.KSB, want)
	}
	for _, f := range e.fields() {
		ps = append(ps, checkLength(f)...)
		ps = append(ps, checkEnding(f)...)
	}
	if n := len(e.Questions); n < minQuestions || n > maxQuestions {
		ps.add(at(e.file, "questions"), "give two or three", "%d of them", n)
	}
	if n := len(e.Examples); n > 0 && n < minExamples {
		ps.add(at(e.file, "example"), "give three fields or none", "only %d of them", n)
	}
	for i, x := range e.Examples {
		if slices.ContainsFunc(e.Examples[:i], func(y coaching.Example) bool { return y.Field == x.Field && y.Family == x.Family }) {
			ps.add(at(e.file, "example"), "give each field and each family once", "%q stands twice", x.Field+x.Family)
		}
	}
	ps = append(ps, checkActions(e)...)
	return append(ps, checkEvidence(e)...)
}

func checkActions(e entry) problems {
	var ps problems
	if n := len(e.Actions); n < minActions {
		ps.add(at(e.file, "action"), "write four or more", "only %d of them", n)
	}
	seen := map[profile.Sort]bool{}
	for _, a := range e.Actions {
		seen[a.Sort] = true
		if !slices.Contains(profile.Sorts, a.Sort) {
			ps.add(at(e.file, "action sort"), "say practise, people or study", "unknown sort %q", a.Sort)
		}
	}
	for _, s := range profile.Sorts {
		if !seen[s] {
			ps.add(at(e.file, "action sort"), "add an action of that sort", "none is %q", s)
		}
	}
	return ps
}

func checkEvidence(e entry) problems {
	var ps problems
	if n := len(e.Evidence); n < minEvidence {
		ps.add(at(e.file, "evidence"), "name two pieces or more", "only %d of them", n)
	}
	for i, x := range e.Evidence {
		if !slices.Contains(evidenceKinds, x.Kind) {
			ps.add(at(e.file, "evidence kind"), "use a kind of the list in seeds/README.md", "unknown kind %q", x.Kind)
		}
		other := func(y coaching.Evidence) bool { return y.Kind == x.After && y.After == "" }
		if x.After != "" && (!slices.ContainsFunc(e.Evidence, other) || x.After == x.Kind) {
			ps.add(at(e.file, "evidence after"), "name the kind of another piece of this KSB", "none is %q", x.After)
		}
		if x.Session && x.Kind != "observed-procedure" {
			ps.add(at(e.file, "evidence session"), "keep it for what is observed", "piece %d is %q", i+1, x.Kind)
		}
		if event := hangs.FindString(x.Shows); event != "" && !ifNot.MatchString(x.Shows) && x.Kind == "observed-procedure" {
			ps.add(at(e.file, "evidence shows"), "say what will do instead: set on purpose, rehearsed, if there was none", "%q may not happen", event)
		}
	}
	return ps
}

// hangs are events that nobody can book for the day of an observation, and ifNot are words that say what will do instead.
var (
	hangs = regexp.MustCompile(`(?i)\b(?:fault|failed check|check fails|incident|complaint|near miss|lapse|emergency|error|angry|refus\w*)\b`)
	ifNot = regexp.MustCompile(`(?i)\b(?:or|if|set (?:up|on purpose)|set-up|rehearsed|made-up|drill|role play)\b`)
)

// checkLength says whether a text is there and keeps to its bound.
func checkLength(f field) problems {
	var ps problems
	limit, ok := bounds[f.kind]
	switch n := len([]rune(f.text)); {
	case strings.TrimSpace(f.text) == "":
		ps.add(f, "write it", "nothing there")
	case !ok:
		ps.add(f, "add a bound for it in coaching_test.go", "no bound for %q", f.kind)
	case n > limit:
		ps.add(f, "shorten it", "%d characters, at most %d", n, limit)
	}
	return ps
}

var (
	sentenceEnd = regexp.MustCompile(`[.?]'?\)?$`)
	lowerStart  = regexp.MustCompile(`^[a-z]`)
)

// checkEnding holds texts to one form: sentences end in a full stop or question mark, a role or a result is a phrase that
// starts with a capital and has no stop, and so does a goal.
func checkEnding(f field) problems {
	var ps problems
	stopped := strings.HasSuffix(f.text, ".")
	switch {
	case strings.TrimSpace(f.text) == "":
	case (f.label() || f.goal()) && stopped:
		ps.add(f, "take the full stop away", "a phrase ends in a full stop")
	case (f.label() || f.goal()) && lowerStart.MatchString(f.text):
		ps.add(f, "begin it with a capital", "starts in lower case")
	case !f.label() && !f.goal() && !sentenceEnd.MatchString(f.text):
		ps.add(f, "end it with a full stop or question mark", "no end to the last sentence")
	case (f.kind == "questions" || f.kind == "early_questions") && !strings.Contains(f.text, "?") && !asks.MatchString(f.text):
		ps.add(f, "ask something, or begin with tell, show, walk, draw or take", "not a question")
	}
	return ps
}

// asks matches the requests that stand for a question in a talk.
var asks = regexp.MustCompile(`\b(Tell|Show|Walk|Draw|Take|Argue|Name)\b`)

// helping are the words by which an entry says that level 3 includes supporting others.
var helping = regexp.MustCompile(`(?i)\b(support|help|coach|supervis|colleague|newcomer|newer|others|junior)`)

// checkOthers holds the skills whose wording includes supporting others to saying so for level 3.
func checkOthers(others []string, entries []entry) problems {
	var ps problems
	for _, e := range entries {
		if slices.Contains(others, e.KSB) && !helping.MatchString(e.TwoToThree) {
			ps.add(at(e.file, "two_to_three"), "say that level 3 includes supporting others, as the standard's wording does", "nothing on supporting others")
		}
	}
	return ps
}

// checkScope holds skills of clinical or technical work to a scope note; each skill stands in one of the two tables.
func checkScope(std *standard.Standard, entries []entry) problems {
	var ps problems
	for _, e := range entries {
		if _, needed := scopeNeeded[e.KSB]; needed && e.Scope == "" {
			ps.add(at(e.file, "scope"), "say who decides, and what waits for sign-off", "missing, although %s", scopeNeeded[e.KSB])
		}
	}
	for _, k := range std.KSBs {
		if k.Kind != standard.Skill {
			continue
		}
		_, needed := scopeNeeded[k.ID]
		_, free := scopeFree[k.ID]
		if needed == free {
			ps.add(at("seeds/scope_test.go", k.ID), "give the skill a line in one of the two tables", "in both tables or in none")
		}
	}
	return ps
}
