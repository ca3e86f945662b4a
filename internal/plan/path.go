package plan

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/sorting"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// Step is one part of a goal's path.
type Step struct {
	KSB  string // K31, K32 or K33
	Name string // Reflect, Appraise or Act
	Done bool
	Says string // how far it is, on one line
	Late int    // for Act: how many open actions are overdue
}

// Steps are the three parts of a goal's path in order: reflect, appraise, act.
type Steps [3]Step

// Done reports whether all three are done.
func (s Steps) Done() bool { return s[0].Done && s[1].Done && s[2].Done }

// Next says what to do next on the path. If that is not Act, it adds how many actions are overdue.
func (s Steps) Next() string {
	for i, step := range s {
		if step.Done {
			continue
		}
		says := "Next: " + strings.ToLower(step.Name) + ", " + step.Says
		if n := s[2].Late; n > 0 && i < 2 {
			says += "; " + words.Count(n, "action", "actions") + " overdue"
		}
		return says
	}
	return "Reflected on, appraised and acted on"
}

// OpenInWords says how many actions are open, and how many of those are overdue: "2 open (1 overdue)".
func OpenInWords(open, overdue int) string {
	says := fmt.Sprintf("%d open", open)
	if overdue > 0 {
		says += fmt.Sprintf(" (%d overdue)", overdue)
	}
	return says
}

// Path is how far a goal is along reflect, appraise, act. Act is done if the goal is SMART and, unless it has ended,
// has open actions and none of them is overdue.
func Path(
	p profile.Profile, g profile.Goal, models *coaching.Reflection, theories *coaching.Appraisal, today calendar.Date,
) Steps {
	return Steps{reflectStep(p, g, models), appraiseStep(g, theories), actStep(g, today)}
}

// ReflectionOf is the newest reflection on a goal, and false if there is none.
func ReflectionOf(p profile.Profile, goal string) (profile.Reflection, bool) {
	for _, r := range slices.Backward(p.Reflections) {
		if r.Goal == goal {
			return r, true
		}
	}
	return profile.Reflection{}, false
}

func reflectStep(p profile.Profile, g profile.Goal, models *coaching.Reflection) Step {
	s := Step{KSB: "K31", Name: "Reflect", Says: "not reflected on yet"}
	r, ok := ReflectionOf(p, g.ID)
	if !ok {
		return s
	}
	m, _ := models.Model(r.Model)
	s.Says = cmp.Or(m.Name, "a model of your own") + ", " + r.On.Long()
	s.Done = !r.Answer(coaching.PatientsStep).Empty()
	if !s.Done {
		s.Says = "still open: what it means for patients; " + s.Says // first, since a screen may cut the rest off
	}
	return s
}

func appraiseStep(g profile.Goal, theories *coaching.Appraisal) Step {
	s := Step{KSB: "K32", Name: "Appraise", Done: !g.Why.Empty(), Says: g.Why.Or("no reason written yet")}
	if t, ok := theories.Theory(g.Theory); ok && s.Done {
		s.Says += " (" + t.Name + ")"
	}
	return s
}

func actStep(g profile.Goal, today calendar.Date) Step {
	s := Step{KSB: "K33", Name: "Act"}
	open := len(g.OpenActions())
	closed := len(g.Actions) - open
	s.Late = lists.Count(g.Actions, func(a profile.Action) bool { return a.Overdue(today) })
	if !g.Status.Ended() && open == 0 {
		s.Says = "no open action: add one"
		if closed > 0 {
			s.Says += fmt.Sprintf(", or close the goal; %d closed", closed)
		}
		return s
	}
	missing := Missing(g, today)
	s.Done = len(missing) == 0 && (s.Late == 0 || g.Status.Ended())
	s.Says = OpenInWords(open, s.Late) + fmt.Sprintf(", %d closed", closed)
	switch n := len(missing); {
	case n > 2:
		s.Says = fmt.Sprintf("SMART: %d of 5 not met yet; %s", n, s.Says)
	case n > 0:
		names := lists.Each(missing, func(l Letter) string { return l.Name })
		s.Says = "SMART: not yet " + strings.Join(names, ", ") + "; " + s.Says
	}
	return s
}

// Letter is the result of the SMART check for one letter. The letters follow Doran (1981): specific, measurable,
// assignable, realistic, time-related. Others read A as achievable and R as relevant; the R here covers relevant too.
type Letter struct {
	Letter string
	Name   string
	OK     bool
	Says   string // what is there, or what is missing and how to add it
}

// Check is the SMART check of a goal. It only advises: a goal that fails it can still be set.
func Check(g profile.Goal, today calendar.Date) []Letter {
	return []Letter{specific(g), measurable(g), assignable(g), realistic(g, today), timed(g, today)}
}

// Missing are the letters that are not met.
func Missing(g profile.Goal, today calendar.Date) []Letter {
	return lists.Where(Check(g, today), func(l Letter) bool { return !l.OK })
}

// vague lists openings that nobody could watch being done. They are looked for after words such as "I will": see
// goalBeginning.
var vague = []string{
	"understand", "know more", "know about", "learn about", "learn more", "improve", "develop", "get better",
	"be better", "become better", "get more confident", "be more", "become more", "gain confidence", "be aware",
	"become aware", "be familiar", "become familiar", "look into", "look at", "think about", "work on", "focus on",
	"try", "aim to", "continue to", "carry on", "keep going", "work hard", "make an effort", "put more effort",
}

// effort lists phrases that, anywhere in a goal, say how hard the learner will try rather than what they will be able
// to do. People told to do their best achieve less than people with a specific goal (Locke and Latham 2002).
var effort = []string{
	"do my best", "do our best", "doing my best", "try my best", "my very best", "as best i can", "best i can",
	"best as i can", "as well as i can", "as well as possible", "as much as i can", "as much as possible",
	"as many as i can", "as many as possible", "as good as possible", "as i can", "if possible", "where possible",
	"if i can", "when i can", "whenever i can", "try harder", "work harder", "more effort", "give it my all",
	"hopefully",
}

// goalBeginning cuts words such as "I will" and "my goal is to" from the start of a goal in lower case.
func goalBeginning(text string) string {
	for again := true; again; {
		again = false
		for _, lead := range []string{
			"my goal is to ", "my aim is to ", "i will be able to ", "i will ", "i'll ",
			"i want to ", "i would like to ", "i am going to ", "to ", "be able to ",
		} {
			if rest, ok := strings.CutPrefix(text, lead); ok {
				text, again = rest, true
			}
		}
	}
	return text
}

// hasPhrase reports whether a text contains a phrase as whole words.
func hasPhrase(text, phrase string) bool {
	return words.In(text, phrase, func(r rune) bool { return unicode.IsLetter(r) || r == '\'' })
}

// ableTo begins the question about a goal that is not specific.
const ableTo = "what exactly will you be able to do or show"

const minWords = 5 // a goal with fewer words can hardly say what, where and with what

func specific(g profile.Goal) Letter {
	missing := func(says string) Letter { return Letter{"S", "specific", false, ableTo + says} }
	text := strings.ReplaceAll(strings.ToLower(strings.TrimSpace(g.Text.Line())), "\u2019", "'")
	for _, e := range effort {
		if hasPhrase(text, e) {
			return missing("? \"" + e + "\" says how hard you will try")
		}
	}
	begins := goalBeginning(text)
	for _, v := range vague {
		if hasPhrase(begins[:min(len(v)+1, len(begins))], v) {
			return missing("? nobody can watch \"" + v + "\"")
		}
	}
	if len(strings.Fields(text)) < minWords {
		return missing(", and on which equipment, procedure or task?")
	}
	return Letter{"S", "specific", true, "it says what you will do"}
}

// openOrDone are the actions that are open or done.
func openOrDone(g profile.Goal) []profile.Action {
	return lists.Where(g.Actions, func(a profile.Action) bool {
		return a.Status == profile.ActionOpen || a.Status == profile.ActionDone
	})
}

func measurable(g profile.Goal) Letter {
	if a, ok := lists.First(openOrDone(g), func(a profile.Action) bool { return !a.Shows.Empty() }); ok {
		return Letter{"M", "measurable", true, "shown by: " + a.Shows.Line()}
	}
	return Letter{"M", "measurable", false, "say for one action what will show that it was done"}
}

func assignable(g profile.Goal) Letter {
	if a, ok := lists.First(openOrDone(g), func(a profile.Action) bool { return !a.Who.Empty() }); ok {
		return Letter{"A", "assignable", true, "with: " + a.Who.Line()}
	}
	return Letter{"A", "assignable", false, "name who helps with one of the actions"}
}

const maxOpenActions = 5 // with more open actions, a goal is too much to do between two reviews

func realistic(g profile.Goal, today calendar.Date) Letter {
	l := Letter{Letter: "R", Name: "realistic and relevant"}
	switch {
	case g.Why.Empty():
		l.Says = "add one line on why this goal, now"
	case len(openOrDone(g)) == 0:
		l.Says = "add a first action that fits into a working week"
	case len(g.OpenActions()) > maxOpenActions:
		l.Says = "that is many actions at once; keep the two or three that matter most"
	case !g.Due.IsZero() && !g.Due.Before(today) && today.Days(g.Due) < 7:
		l.Says = "less than a week is left; move the date or make the step smaller"
	default:
		l.OK, l.Says = true, g.Why.Line()
	}
	return l
}

func timed(g profile.Goal, today calendar.Date) Letter {
	l := Letter{Letter: "T", Name: "time-related"}
	switch {
	case g.Due.IsZero():
		l.Says = "give the goal a date"
	case g.Due.Before(today) && g.Status == profile.GoalActive:
		l.Says = "the date " + g.Due.Long() + " is past; agree a new one or close the goal"
	default:
		l.OK, l.Says = true, "by "+g.Due.Long()
	}
	return l
}

// work sums up the rating, reflecting and planning that a record shows.
type work struct {
	rated     int      // KSBs that the learner rated
	reflected []string // KSBs that the learner reflected on, sorted
	reasoned  int      // goals with a reason in the learner's words
	planned   int      // actions
	done      int      // actions that are done
}

func workOf(p profile.Profile, std *standard.Standard) work {
	var w work
	w.rated = lists.Count(std.Walk(), func(id string) bool {
		_, ok := p.Newest(id, profile.Self)
		return ok
	})
	for _, r := range p.Reflections {
		for _, id := range r.KSBs {
			if !slices.Contains(w.reflected, id) {
				w.reflected = append(w.reflected, id)
			}
		}
	}
	sorting.By(w.reflected, standard.Compare)
	for _, g := range p.Goals {
		if !g.Why.Empty() {
			w.reasoned++
		}
		w.planned += len(g.Actions)
		w.done += lists.Count(g.Actions, func(a profile.Action) bool { return a.Status == profile.ActionDone })
	}
	return w
}

// Practised lists the KSBs of the standard that a learner has practised simply by using the program. Reflecting
// practises K31 and S31, giving the reason for a goal K32, planning actions K33, and doing one S32. B5, commitment to
// developing one's own practice, takes both reflecting and planning.
func Practised(p profile.Profile, std *standard.Standard) []string {
	w := workOf(p, std)
	reflected := len(w.reflected) > 0
	done := map[string]bool{
		"K31": reflected, "K32": w.reasoned > 0, "K33": w.planned > 0, "S31": reflected, "S32": w.done > 0,
		"B5": reflected && w.planned > 0,
	}
	return lists.Where([]string{"K31", "K32", "K33", "S31", "S32", "B5"}, func(ksb string) bool {
		return done[ksb] && std.Place(ksb) >= 0
	})
}

// The kind of the evidence entry for this work, and where it says the evidence is.
const (
	keptKind  = "reflective-account"
	keptWhere = "this ksbcoach profile"
)

// Kept is an evidence entry for the work of rating and planning itself. It says what was done, for the KSBs that this
// practised. It is refused if there are none.
func Kept(id string, p profile.Profile, std *standard.Standard, today calendar.Date) (profile.Evidence, error) {
	ksbs := Practised(p, std)
	if len(ksbs) == 0 {
		return profile.Evidence{}, profile.Refuse("reflect on a goal, say why you chose it, or give it an action first",
			"rating alone is not yet practice of reflecting and planning")
	}
	return profile.Evidence{
		ID: id, KSBs: ksbs, On: today, Kind: keptKind, Title: safetext.New(workOf(p, std).words(len(std.Walk()))),
		Where: safetext.New(keptWhere),
	}, nil
}

// KeptIn is the entry for this work that a record already has, and false if it has none.
func KeptIn(p profile.Profile) (profile.Evidence, bool) {
	return lists.First(p.Evidence, func(e profile.Evidence) bool {
		return e.Kind == keptKind && e.Where.Line() == keptWhere
	})
}

// words say what was done, such as "Rated myself on 24 of 72 KSBs; reflected on K7 and S6; said why I chose 2 goals;
// planned 5 actions and did 1".
func (w work) words(all int) string {
	var parts []string
	add := func(n int, format string, args ...any) {
		if n > 0 {
			parts = append(parts, fmt.Sprintf(format, args...))
		}
	}
	add(w.rated, "rated myself on %d of %d KSBs", w.rated, all)
	if len(w.reflected) > maxNamed {
		add(1, "reflected on %d KSBs", len(w.reflected))
	} else {
		add(len(w.reflected), "reflected on %s", words.List(w.reflected))
	}
	add(w.reasoned, "said why I chose %s", words.Count(w.reasoned, "goal", "goals"))
	add(w.planned, "planned %s", words.Count(w.planned, "action", "actions"))
	if w.done > 0 {
		parts[len(parts)-1] += fmt.Sprintf(" and did %d", w.done)
	}
	return words.Capital(strings.Join(parts, "; "))
}

const maxNamed = 6 // with more KSBs, the title of the entry only says how many

// KeptNote is shown with the offer to keep that work as evidence.
const KeptNote = "Some providers keep self-assessment out of the portfolio itself: ask yours before you hand it in."
