package appraisal

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// Item is one part of a meeting.
type Item struct {
	ID      string
	From    int // minutes after the start of the meeting
	Minutes int // how long it takes
	Title   string
	Who     string // who speaks first
	Words   string
}

// The parts of a meeting whose progress the record shows. The other parts are profile.Talks.
const (
	AgendaLast  = "last"
	AgendaAgree = "agree"
	AgendaNew   = "new"
	AgendaClose = "close"
)

// MinMinutes is the length of the shortest meeting that an agenda is made for.
const MinMinutes = 15

// hour is the agenda of a meeting of sixty minutes, in Pendleton's order. Other meetings are divided in proportion.
// Each part has at least four minutes, the last one three, so that none is left without a minute in the shortest
// meeting.
var hour = []Item{
	{profile.TalkWell, 0, 10, "What went well", "learner", "You speak first: what went well since last time, and how " +
		"you know."},
	{profile.TalkSeen, 0, 5, "What others saw go well", "mentor", "One strength with the situation in which it was " +
		"seen."},
	{AgendaLast, 0, 8, "Actions of last time", "learner", "Each one: done, not done, changed or dropped, with the " +
		"reason. New ones come after."},
	{profile.TalkReveal, 0, 7, "Reveal", "learner", "Only the differences, the largest first. Say first how each " +
		"strikes you."},
	{AgendaAgree, 0, 10, "Agree", "both", "A level with its reason in one sentence, or a note that you differ and " +
		"what would decide it."},
	{AgendaNew, 0, 12, "Three to five actions", "learner", "From the gaps that matter: who helps, why, by when, and " +
		"what will show it."},
	{profile.TalkSupport, 0, 5, "Wellbeing, workload, support", "learner", "As much as you want to say, and which " +
		"adjustments help you. It stays out of what is shared unless you include it."},
	{AgendaClose, 0, 3, "Close", "both", "The three closing questions and the date of the next review."},
}

// Agenda divides a meeting into its parts. Their minutes add up to the given length, or to MinMinutes if it is shorter.
func Agenda(minutes int) []Item {
	minutes = max(minutes, MinMinutes)
	out := make([]Item, len(hour))
	from, ofHour := 0, 0
	for i, item := range hour {
		ofHour += item.Minutes
		until := ofHour * minutes / 60
		item.From, item.Minutes = from, until-from
		out[i] = item
		from = until
	}
	return out
}

// Mark is one of the three marks of a well-structured appraisal, with the closing question about it.
type Mark struct {
	Field    string // clear, helped or valued: the field of profile.Review with the answer
	Text     string
	Question string
}

// Answer is the answer that a review has to the question, or "".
func (m Mark) Answer(r profile.Review) string {
	return map[string]string{"clear": r.Clear, "helped": r.Helped, "valued": r.Valued}[m.Field]
}

// Answered is the change that answers the question in a review.
func (m Mark) Answered(review, verdict string) profile.EditReview {
	c := profile.EditReview{ID: review}
	*map[string]**string{"clear": &c.Clear, "helped": &c.Helped, "valued": &c.Valued}[m.Field] = &verdict
	return c
}

// marks are the fields of a review for the marks, in the order in which the content has those.
var marks = []string{"clear", "helped", "valued"}

// Marks are the three closing questions.
func Marks(content *coaching.Appraisal) []Mark {
	var out []Mark
	for i, m := range content.Marks[:min(len(content.Marks), len(marks))] {
		out = append(out, Mark{marks[i], m.Text, m.Question})
	}
	return out
}

// Advice is what to do about a closing question that was not answered with "yes". The answer to the advice is kept as a
// line of what was agreed, which begins with the name of the advice.
type Advice struct {
	Ask  string
	name string
}

// TakeInHelp tells the learner where an answer to advice is kept.
const TakeInHelp = "In your own words. It becomes a line of what was agreed. Leave out anything about a patient."

// adviceNames are the names of advice, in the order of marks.
var adviceNames = []string{"Objectives: ", "Differently next week: ", "What counted: "}

// AgreedBeside is what was agreed in words, without the answers to advice: those are kept with it, but were not agreed.
// It may be empty.
func AgreedBeside(r profile.Review) safetext.Text {
	own, _ := agreedLines(r)
	return safetext.New(strings.TrimSpace(strings.Join(own, "\n")))
}

// Agreeing is the change that records what was agreed in words. It keeps the answers to advice, below.
func Agreeing(r profile.Review, agreed safetext.Text) profile.EditReview {
	_, answers := agreedLines(r)
	kept := append(words.Given(agreed.String()), answers...)
	return profile.EditReview{ID: r.ID, Agreed: new(safetext.New(strings.Join(kept, "\n")))}
}

// agreedLines splits the lines of what was agreed into what was really agreed, and the answers to advice.
func agreedLines(r profile.Review) (own, answers []string) {
	for line := range strings.Lines(r.Agreed.String()) {
		line = strings.TrimRight(line, "\r\n")
		if slices.ContainsFunc(adviceNames, func(name string) bool { return strings.HasPrefix(line, name) }) {
			answers = append(answers, line)
		} else {
			own = append(own, line)
		}
	}
	return own, answers
}

func (a Advice) isIn(line string) bool { return strings.HasPrefix(line, a.name) }

// Said is the answer to the advice; it may be empty.
func (a Advice) Said(r profile.Review) safetext.Text {
	line, _ := lists.First(slices.Collect(strings.Lines(r.Agreed.String())), a.isIn)
	return safetext.New(strings.TrimSpace(strings.TrimPrefix(line, a.name)))
}

// Answered is the change that records an answer in place of an earlier one. An empty answer removes that.
func (a Advice) Answered(r profile.Review, said safetext.Text) profile.EditReview {
	var kept []string
	for line := range strings.Lines(r.Agreed.String()) {
		if !a.isIn(line) {
			kept = append(kept, strings.TrimRight(line, "\r\n"))
		}
	}
	if !said.Empty() {
		kept = append(kept, a.name+said.Line())
	}
	return profile.EditReview{ID: r.ID, Agreed: new(safetext.New(strings.Join(kept, "\n")))}
}

// MarksAdvice gives advice on each closing question of a review that was not answered with "yes".
func MarksAdvice(r profile.Review) []Advice {
	var out []Advice
	for i, ask := range advised(r.Clear, r.Helped, r.Valued) {
		if ask != "" {
			out = append(out, Advice{ask, adviceNames[i]})
		}
	}
	return out
}

// MarksCheck gives the same advice in words. Answers are words of profile.Verdicts, or "".
func MarksCheck(clear, helped, valued string) []string {
	return words.Given(advised(clear, helped, valued)...)
}

// advised is the advice on each of the three closing questions, "" for one that was answered with "yes".
func advised(clear, helped, valued string) []string {
	out := make([]string, len(marks))
	for i, x := range []struct{ answer, open, other string }{
		{clear, "Say your objectives aloud once: can you, without looking?", "Before you part, say each objective in " +
			"your own words and what will show that it is met."},
		{helped, "Name one thing that you will do differently at work next week.", "Ask for one thing that you can " +
			"do differently at work next week, on a task and not on yourself."},
		{valued, "Think of one thing in the talk that showed that your work counts.", "Say what was missing: a " +
			"strength that nobody named is worth naming now."},
	} {
		switch x.answer {
		case "yes":
		case "":
			out[i] = x.open
		default:
			out[i] = x.other
		}
	}
	return out
}

// A PartState is how far a part of a meeting is.
type PartState struct {
	Done   bool
	ByHand bool   // the record cannot tell, so the people in the meeting tick it off
	Words  string // what the record says about it, or ""
}

const fewestActions = 3 // the part that sets "three to five actions" is done with this many

// StateOf says how far an open review is with the part of its agenda that has the given ID. A part is done if the
// record shows it, or if it was ticked off and the record could not show it.
func StateOf(p profile.Profile, std *standard.Standard, r profile.Review, part string) PartState {
	out := PartState{ByHand: slices.Contains(profile.Talks, part)}
	switch part {
	case AgendaLast:
		out.Done, out.Words = checksState(p, r)
	case profile.TalkReveal:
		out.Done, out.Words = revealState(p, std, r)
	case AgendaAgree:
		out.Done, out.Words = agreeState(p, std, r)
	case AgendaNew:
		out.Done, out.Words = newState(p, r)
	case AgendaClose:
		out.Done, out.Words = closeState(r)
	}
	if round, _ := p.RoundOf(r); part == profile.TalkReveal && round.Rated(profile.Mentor) == 0 {
		out.ByHand = false // there is nothing to reveal yet
	}
	out.Done = out.Done || out.ByHand && r.HasTicked(part)
	return out
}

func checksState(p profile.Profile, r profile.Review) (bool, string) {
	all := lists.Count(r.Checked, func(c profile.Checked) bool { return !c.Before })
	switch left := len(p.Unchecked(r)); {
	case all == 0:
		return true, "No action was open when this review started."
	case left > 0:
		return false, fmt.Sprintf("%d of %d still to check", left, all)
	case all == 1:
		return true, "The one that was open is checked."
	}
	return true, fmt.Sprintf("All %d are checked.", all)
}

// revealState is done if in the meeting they looked at the ratings or settled one, or if no difference is open.
func revealState(p profile.Profile, std *standard.Standard, r profile.Review) (bool, string) {
	round, _ := p.RoundOf(r)
	if round.Rated(profile.Mentor) == 0 {
		return false, "Your mentor has not rated anything in this round yet."
	}
	noDifference := bothRated(round) > 0 && len(Open(p, std)) == 0
	return noDifference || settledSince(round, r.On) || openedSince(round, r.On),
		fmt.Sprintf("In this round you rated %d, %s.", round.Rated(profile.Self), CountsByMentor(round.AllByMentors()))
}

// openedSince reports whether the two looked at ratings of a round together on the day or later.
func openedSince(round profile.Round, day calendar.Date) bool {
	for id := range round.Ratings[profile.Mentor] {
		if slices.ContainsFunc(round.Mentors(id),
			func(x profile.Rating) bool { return !x.Shown.IsZero() && !x.Shown.Before(day) }) {
			return true
		}
	}
	return false
}

// settledSince reports whether anything in a round was agreed, or recorded as differing, on the day or later.
func settledSince(round profile.Round, day calendar.Date) bool {
	for _, x := range round.Ratings[profile.Agreed] {
		if !x.On.Before(day) {
			return true
		}
	}
	for _, x := range round.Differ {
		if !x.On.Before(day) {
			return true
		}
	}
	return false
}

func agreeState(p profile.Profile, std *standard.Standard, r profile.Review) (bool, string) {
	round, _ := p.RoundOf(r)
	if bothRated(round) == 0 {
		return false, "Nothing is rated by both of you in this round yet."
	}
	if n := len(Open(p, std)); n > 0 {
		return false, words.Count(n, "difference is", "differences are") + " still open"
	}
	settled := round.Rated(profile.Agreed)+len(round.Differ) > 0
	says := "No difference is left."
	if n := Recorded(p, std); n > 0 {
		says = "You recorded that you differ on " + words.Count(n, "KSB", "KSBs") + "; nothing else is left open."
	}
	if n := len(round.Equal()); n > 0 {
		says += " What you rate the same can be agreed at once: " + words.Count(n, "KSB", "KSBs") + "."
	}
	return settled, says
}

// bothRated counts the KSBs that learner and mentor both rated in a round.
func bothRated(round profile.Round) int {
	n := 0
	for id := range round.Ratings[profile.Mentor] {
		if _, ok := round.Ratings[profile.Self][id]; ok {
			n++
		}
	}
	return n
}

func newState(p profile.Profile, r profile.Review) (bool, string) {
	actions := p.NewActions(r)
	if len(actions) == 0 {
		return false, ""
	}
	goesOn := lists.Count(r.Checked, func(c profile.Checked) bool {
		return slices.ContainsFunc(actions, func(a profile.Action) bool { return a.ID == c.Next })
	})
	says := words.Count(len(actions), "action", "actions") + " so far"
	switch {
	case goesOn == 0:
		says = words.Count(len(actions), "new action", "new actions") + " so far"
	case goesOn < len(actions):
		says += fmt.Sprintf(", %d of them from last time", goesOn)
	default:
		says += words.Form(goesOn, ", which goes on from last time", ", which go on from last time")
	}
	return len(actions) >= fewestActions, says
}

func closeState(r profile.Review) (bool, string) {
	n := len(words.Given(r.Clear, r.Helped, r.Valued))
	if n == 0 {
		return false, ""
	}
	return n == 3, fmt.Sprintf("%d of the 3 closing questions answered", n)
}

// Heading names a review, such as "Progress review of 13 Sep 2026, with J. Ode".
func Heading(r profile.Review) string {
	return fmt.Sprintf("%s of %s, with %s", r.Kind.Name(), r.On.Long(), MetBy(r))
}

// MetBy names the people whom the learner met, or says that nobody is named.
func MetBy(r profile.Review) string { return cmp.Or(safetext.Lines(r.With), "nobody named yet") }

// Words that every place that holds a review uses.
const (
	WithHelp   = "Names or roles, with commas between them."
	GoesOnAsIs = "Not due yet: it goes on as it is"
)

const notDue = "Under way, and not due yet"

// NotDueYet is the change that checks an action that is not due yet: it is set again in the same words.
func NotDueYet(r profile.Review, a profile.Action, newID string, on calendar.Date) profile.CheckAction {
	next := a.ContinuedAs(newID, a.Text)
	return profile.CheckAction{
		Review: r.ID, Action: a.ID, Outcome: profile.ActionChanged, Reason: safetext.New(notDue), On: on, Next: &next,
	}
}

// Closing is the change that closes a review, with the hash of its record. It closes the round too if the round belongs
// to the review, unless goesOn. If the rules would refuse the change it is returned all the same, so that making it
// says why.
func Closing(
	p profile.Profile, std *standard.Standard, r profile.Review, today calendar.Date, goesOn bool,
) profile.CloseReview {
	c := profile.CloseReview{ID: r.ID, On: today, Next: p.ReviewAfter(r)}
	if _, closes := p.ClosesWith(r); closes {
		c.Round = !goesOn
	}
	if with, _, err := withHash(p, std, c); err == nil {
		return with
	}
	return c
}

// ClosingSays tells what both should know before they close a review.
func ClosingSays(report *gap.Report, p profile.Profile, r profile.Review) string {
	says := fmt.Sprintf("%s of %s with %s Next one by %s%s.", r.Kind.Name(), r.On.Long(), words.Stop(MetBy(r)),
		p.ReviewAfter(r).Long(), words.After(", ", Instead(p, r)))
	if x, closes := p.ClosesWith(r); closes {
		says += " " + RoundCloses(report, x)
	}
	for _, x := range append(LeftOpen(p, r), Bare(p, r)) {
		says += words.After(" ", x)
	}
	if r.Clear == "" || r.Helped == "" || r.Valued == "" {
		says += " Not all of the closing questions are answered yet."
	}
	return says
}

// Instead says which planned review day the next one replaces, if that was still ahead when the review was held; else
// "".
func Instead(p profile.Profile, r profile.Review) string {
	planned := p.Learner.Review
	if !planned.After(r.On) || planned == p.ReviewAfter(r) {
		return ""
	}
	return "in place of " + planned.Long() + ", which was planned"
}

// RoundCloses says that a round closes with a review, and how many KSBs are not rated yet.
func RoundCloses(report *gap.Report, x profile.Round) string {
	says := fmt.Sprintf("The round %s closes with it", profile.RoundName(x.ID))
	if n := len(report.Unrated()); n > 0 {
		says += ", and " + words.Count(n, "KSB is", "KSBs are") + " not rated yet"
	}
	return says + "."
}

// RoundGoesOn offers to close a review but leave its round open.
func RoundGoesOn(x profile.Round) string {
	return "Close it, and go on rating in " + profile.RoundName(x.ID)
}

// CancelSays tells what cancelling a review that was started by mistake would do.
func CancelSays(r profile.Review) string {
	says := "The " + strings.ToLower(r.Kind.Name()) + " of " + r.On.Long() + " would be as if it had not been " +
		"started: actions that were checked in it are open again, and those set in their place go. Your private " +
		"notes wait for the next review. Ratings and agreed levels stay."
	if !r.Agreed.Empty() {
		says += " The words that you agreed go with it."
	}
	return says
}

// LeftOpen lists, in a sentence each, what would be left open if a review closed now: levels that are not settled,
// goals without an open action, and what an earlier review left and nobody has answered.
func LeftOpen(p profile.Profile, r profile.Review) []string {
	round, _ := p.RoundOf(r)
	goals := lists.Each(p.WithoutOpenAction(), func(g profile.Goal) string { return words.List(g.KSBs) })
	sentence := func(says string, names []string, separator string) string {
		if len(names) == 0 {
			return ""
		}
		return says + strings.Join(names, separator) + "."
	}
	return words.Given(sentence("Not settled between you: ", unsettled(round), ", "),
		sentence("Goals under way without an open action: ", goals, "; "), NotAnswered(p))
}

// Bare is a sentence about what a reader would expect in the record of a review but will not find; "" if nothing is
// missing.
func Bare(p profile.Profile, r profile.Review) string {
	var without []string
	if !slices.ContainsFunc(p.Goals, func(g profile.Goal) bool { return g.Status == profile.GoalActive }) {
		without = append(without, "no goal under way")
	}
	if len(p.NewActions(r)) == 0 {
		without = append(without, "no new action")
	}
	if AgreedBeside(r).Empty() {
		without = append(without, "no word of what was agreed")
	}
	if len(without) == 0 {
		return ""
	}
	return "The record holds " + words.List(without) + "."
}
