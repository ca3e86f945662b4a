package coaching

import (
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// Entry is the coaching of one KSB: seeds/README.md says what each text is for.
type Entry struct {
	KSB  string `toml:"ksb"`
	Good string `toml:"good"` // what good looks like at level 3

	// What separates one level from the next.
	ZeroToOne   string `toml:"zero_to_one"`
	OneToTwo    string `toml:"one_to_two"`
	TwoToThree  string `toml:"two_to_three"`
	ThreeToFour string `toml:"three_to_four"`

	Prompt         string   `toml:"prompt"`       // draws out one real example
	EarlyPrompt    string   `toml:"early_prompt"` // the same at level 0 or 1, before there is one to tell of
	Support        string   `toml:"support"`
	Questions      []string `toml:"questions"`
	EarlyQuestions []string `toml:"early_questions"` // those that can be answered at level 0 or 1
	Patients       string   `toml:"patients"`
	Scope          string   `toml:"scope"` // "" where no supervision is needed

	Goals     Goals      `toml:"goal"`
	Examples  []Example  `toml:"example"`
	Actions   []Action   `toml:"action"`
	Evidence  []Evidence `toml:"evidence"`
	Exemplars []Exemplar `toml:"exemplar"`
}

// Goals are one goal for each step, as the learner would write it down: it starts with what to do and has no full stop.
type Goals struct {
	ZeroToOne   string `toml:"zero_to_one"`
	OneToTwo    string `toml:"one_to_two"`
	TwoToThree  string `toml:"two_to_three"`
	ThreeToFour string `toml:"three_to_four"`
	Prove       string `toml:"prove"` // of somebody who is at level 3 and has nothing yet that shows it
}

// LevelStep is the step from one level to the next: what separates the two, and the goal of somebody who takes it. A
// text that is not written yet is "".
type LevelStep struct {
	From, To level.Level
	Text     string
	Goal     string
}

// Action is one suggestion, for a learner at any of the levels in From.
type Action struct {
	Sort    profile.Sort   `toml:"sort"`
	Text    string         `toml:"text"`
	Who     string         `toml:"who"`
	Result  string         `toml:"result"`
	From    []level.Level  `toml:"from"`
	Minutes int            `toml:"minutes"` // of the learner's own time, in all
	OffJob  profile.OffJob `toml:"offjob"`
	Soon    bool           `toml:"soon"`  // for people's safety it comes first, within days
	Deed    []level.Level  `toml:"deed"`  // those of From whose goal asks for this very act, or begins it
	Opens   bool           `toml:"opens"` // the goal begins with it, such as asking for what somebody else must give
	Weeks   int            `toml:"weeks"` // how many it runs, to be started as long before its day; 0 for less
	Where   string         `toml:"where"` // the work that it is for; "" for any
}

// What an action may be for: work that meets patients, or work that does not. An action for the one sort is no use to
// those who do the other.
const (
	withPatients = "with patients"
	outOfSight   = "out of sight"
)

// In is the entry with the actions that are for a field. Without one all of them are.
func (e Entry) In(f Field) Entry {
	other := withPatients
	if f.Patients {
		other = outOfSight
	}
	if f.ID != "" {
		e.Actions = lists.Where(e.Actions, func(a Action) bool { return a.Where != other })
	}
	return e
}

// Evidence is a kind of proof, what it must show, and where such proof commonly falls short.
type Evidence struct {
	Kind     string `toml:"kind"`
	Shows    string `toml:"shows"`
	Weakness string `toml:"weakness"`
	After    string `toml:"after"`   // the kind that comes first, where both are about one piece of work
	Session  bool   `toml:"session"` // an ordinary session of work shows it, so one visit may show it with others
}

// Sentence is the evidence in one line.
func (e Evidence) Sentence() string {
	if e.Kind == "" {
		return e.Shows
	}
	kind := words.Capital(strings.ReplaceAll(e.Kind, "-", " "))
	return kind + ": " + e.Shows + " Often weak: " + e.Weakness
}

// NoPatients goes with every question that a learner answers with something about work.
const NoPatients = "Leave out anything that could tell who a patient is."

// Exemplar is a made-up note of evidence with the reason in the margin why it convinces or does not. Wherever one is
// shown, MadeUp is shown with it.
type Exemplar struct {
	Grade  Grade  `toml:"grade"`
	Depth  string `toml:"depth"` // in its place for a reflection: the ID of a Depth
	Text   Prose  `toml:"text"`
	Margin string `toml:"margin"`
}

// Says names it, as a heading.
func (x Exemplar) Says() string {
	switch {
	case x.Depth != "":
		return "A reflection that is " + x.Depth
	case x.Grade == weak:
		return "A weak note"
	}
	return "A strong note"
}

// MadeUp marks an exemplar for what it is.
const MadeUp = "Made up to show the form: no real patient, colleague or service."

// Grade is how well an exemplar convinces.
type Grade string

// The grades.
const (
	weak   Grade = "weak"
	strong Grade = "strong"
)

// Prose is a text that may run over several lines in its file. Line breaks and double spaces are read as single spaces.
type Prose string

// UnmarshalText reads prose.
func (p *Prose) UnmarshalText(b []byte) error {
	*p = Prose(strings.Join(strings.Fields(string(b)), " "))
	return nil
}

// Takes says how long it takes, and whether that normally counts as off-the-job training.
func (a Action) Takes() string { return profile.Takes(a.Minutes, a.OffJob) }

// DecodeEntry reads the coaching of one KSB.
func DecodeEntry(src string) (Entry, error) {
	var e Entry
	err := decode(src, &e)
	return e, err
}

const early level.Level = 1 // the last level at which the early prompt and questions are asked

// starting is the level that coaching starts from. Without a rating, or without an opportunity so far, that is 0: what
// helps from there, anybody can do. Beyond the last step it is the last one, which has no end.
func starting(l level.Level) level.Level { return min(max(l, 0), level.Max-1) }

// Steps are the steps from 0 to 4, written or not.
func (e Entry) Steps() []LevelStep {
	return []LevelStep{
		{0, 1, e.ZeroToOne, e.Goals.ZeroToOne},
		{1, 2, e.OneToTwo, e.Goals.OneToTwo},
		{2, 3, e.TwoToThree, e.Goals.TwoToThree},
		{3, 4, e.ThreeToFour, e.Goals.ThreeToFour},
	}
}

// StepFrom is the step up from a level. From level 4, which is the last, it is the step that led there.
func (e Entry) StepFrom(l level.Level) LevelStep { return e.Steps()[starting(l)] }

// ActionsFrom are the actions that help a learner at a level, in the order of the file. Until the levels of a KSB's
// actions are written, all of them are.
func (e Entry) ActionsFrom(l level.Level) []Action {
	if !slices.ContainsFunc(e.Actions, func(a Action) bool { return len(a.From) > 0 }) {
		return slices.Clone(e.Actions)
	}
	return lists.Where(e.Actions, func(a Action) bool { return slices.Contains(a.From, starting(l)) })
}

// PromptAt draws out an example from a learner at a level: at 0 or 1 what was seen or is needed, from 2 what was done.
func (e Entry) PromptAt(l level.Level) string {
	if l <= early && e.EarlyPrompt != "" {
		return e.EarlyPrompt
	}
	return e.Prompt
}

// QuestionsAt are the questions an appraiser can fairly ask of a learner at a level.
func (e Entry) QuestionsAt(l level.Level) []string {
	if l <= early && len(e.EarlyQuestions) > 0 {
		return e.EarlyQuestions
	}
	return e.Questions
}
