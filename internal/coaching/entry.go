package coaching

import (
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// Entry is the coaching of one KSB. seeds/README.md says what each text is for.
type Entry struct {
	KSB  string `toml:"ksb"`
	Good string `toml:"good"` // what good looks like at level 3

	// What separates one level from the next.
	ZeroToOne   string `toml:"zero_to_one"`
	OneToTwo    string `toml:"one_to_two"`
	TwoToThree  string `toml:"two_to_three"`
	ThreeToFour string `toml:"three_to_four"`

	Prompt         string   `toml:"prompt"`       // asks for one real example
	EarlyPrompt    string   `toml:"early_prompt"` // asked instead at level 0 or 1, where there is no example yet
	Support        string   `toml:"support"`
	Questions      []string `toml:"questions"`
	EarlyQuestions []string `toml:"early_questions"` // asked instead at level 0 or 1
	Patients       string   `toml:"patients"`
	Scope          string   `toml:"scope"` // "" where no supervision is needed

	Goals     Goals      `toml:"goal"`
	Examples  []Example  `toml:"example"`
	Actions   []Action   `toml:"action"`
	Evidence  []Evidence `toml:"evidence"`
	Exemplars []Exemplar `toml:"exemplar"`
}

// Goals holds one goal for each step, as the learner would write it down: it starts with a verb and has no full stop.
type Goals struct {
	ZeroToOne   string `toml:"zero_to_one"`
	OneToTwo    string `toml:"one_to_two"`
	TwoToThree  string `toml:"two_to_three"`
	ThreeToFour string `toml:"three_to_four"`
	Prove       string `toml:"prove"` // for a learner at level 3 who has no evidence of it yet
}

// LevelStep is the step from one level to the next: what separates the two, and a goal for a learner who takes it. Text
// and Goal are "" until somebody has written them.
type LevelStep struct {
	From, To level.Level
	Text     string
	Goal     string
}

// Action is something to do, suggested to a learner at any of the levels in From.
type Action struct {
	Sort    profile.Sort   `toml:"sort"`
	Text    string         `toml:"text"`
	Who     string         `toml:"who"`
	Result  string         `toml:"result"`
	From    []level.Level  `toml:"from"`
	Minutes int            `toml:"minutes"` // of the learner's own time, in all
	OffJob  profile.OffJob `toml:"offjob"`
	Soon    bool           `toml:"soon"`  // people's safety needs it within days, so it comes first
	Deed    []level.Level  `toml:"deed"`  // levels of From whose goal asks for this action, or begins with it
	Opens   bool           `toml:"opens"` // the goal starts with it: for example, asking for what somebody else must give
	Weeks   int            `toml:"weeks"` // how long it runs, so that a plan starts it in time; 0 if less than a week
	Where   string         `toml:"where"` // withPatients or outOfSight; "" for any work
}

// The values of Action.Where. An action that needs patients is no use in a field whose work meets none, and the other
// way round.
const (
	withPatients = "with patients"
	outOfSight   = "out of sight"
)

// In returns the entry without the actions that do not suit a field. The zero field keeps them all.
func (e Entry) In(f Field) Entry {
	unsuitable := withPatients
	if f.Patients {
		unsuitable = outOfSight
	}
	if f.ID != "" {
		e.Actions = lists.Where(e.Actions, func(a Action) bool { return a.Where != unsuitable })
	}
	return e
}

// Evidence is a kind of evidence, what it must show, and where such evidence often falls short.
type Evidence struct {
	Kind     string `toml:"kind"`
	Shows    string `toml:"shows"`
	Weakness string `toml:"weakness"`
	After    string `toml:"after"`   // the kind that must come first, if both are about the same piece of work
	Session  bool   `toml:"session"` // an ordinary session shows it, so an observer can see it with others in one visit
}

// Sentence says it all in one line.
func (e Evidence) Sentence() string {
	if e.Kind == "" {
		return e.Shows
	}
	kind := words.Capital(strings.ReplaceAll(e.Kind, "-", " "))
	return kind + ": " + e.Shows + " Often weak: " + e.Weakness
}

// NoPatients is shown with every question that a learner answers in their own words about their work.
const NoPatients = "Leave out anything that could tell who a patient is."

// Exemplar is a made-up note of evidence, with a comment in the margin on why it does or does not convince. Whatever
// shows one must show MadeUp with it.
type Exemplar struct {
	Grade  Grade  `toml:"grade"`
	Depth  string `toml:"depth"` // for a reflection, in place of Grade: the ID of a Depth
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

// MadeUp warns that an exemplar is not real.
const MadeUp = "Made up to show the form: no real patient, colleague or service."

// Grade is how well an exemplar convinces.
type Grade string

const (
	weak   Grade = "weak"
	strong Grade = "strong"
)

// Prose is a text that may run over several lines in its file. Any run of spaces and line breaks is read as one space.
type Prose string

// UnmarshalText implements encoding.TextUnmarshaler.
func (p *Prose) UnmarshalText(b []byte) error {
	*p = Prose(strings.Join(strings.Fields(string(b)), " "))
	return nil
}

// Takes says how long an action takes, and whether that normally counts as off-the-job training.
func (a Action) Takes() string { return profile.Takes(a.Minutes, a.OffJob) }

// DecodeEntry reads the coaching of one KSB.
func DecodeEntry(src string) (Entry, error) {
	var e Entry
	err := decode(src, &e)
	return e, err
}

// early is the highest level at which the early prompt and questions are asked.
const early level.Level = 1

// startOfStep is the level at which the step to coach begins. A learner who has no rating or no opportunity begins at
// 0, where the actions ask for no experience; one at level 4, above the last step, is coached on the last step.
func startOfStep(l level.Level) level.Level { return min(max(l, 0), level.Max-1) }

// Steps lists the four steps from 0 to 4, written or not.
func (e Entry) Steps() []LevelStep {
	return []LevelStep{
		{0, 1, e.ZeroToOne, e.Goals.ZeroToOne},
		{1, 2, e.OneToTwo, e.Goals.OneToTwo},
		{2, 3, e.TwoToThree, e.Goals.TwoToThree},
		{3, 4, e.ThreeToFour, e.Goals.ThreeToFour},
	}
}

// StepFrom is the step up from a level. At level 4, the highest, it is the step that led there.
func (e Entry) StepFrom(l level.Level) LevelStep { return e.Steps()[startOfStep(l)] }

// ActionsFrom lists the actions that help a learner at a level, in the order of the file. If no action of the entry
// says its levels, it lists them all.
func (e Entry) ActionsFrom(l level.Level) []Action {
	if !slices.ContainsFunc(e.Actions, func(a Action) bool { return len(a.From) > 0 }) {
		return slices.Clone(e.Actions)
	}
	return lists.Where(e.Actions, func(a Action) bool { return slices.Contains(a.From, startOfStep(l)) })
}

// PromptAt asks a learner at a level for an example: at 0 or 1 of what they saw or need, from 2 of what they did.
func (e Entry) PromptAt(l level.Level) string {
	if l <= early && e.EarlyPrompt != "" {
		return e.EarlyPrompt
	}
	return e.Prompt
}

// QuestionsAt lists the questions an appraiser can fairly ask a learner at a level.
func (e Entry) QuestionsAt(l level.Level) []string {
	if l <= early && len(e.EarlyQuestions) > 0 {
		return e.EarlyQuestions
	}
	return e.Questions
}
