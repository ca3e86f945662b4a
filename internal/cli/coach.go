package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/library"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/standard"
)

type coachOptions struct {
	*kit
}

func newStandardCoach(k *kit) *cobra.Command {
	o := &coachOptions{kit: k}
	return &cobra.Command{
		Use:   "coach KSB",
		Short: "Show what good looks like for one KSB, and what to do",
		Long: "Shows the coaching of one KSB: what good looks like, what to do, what would show it, what to ask for, and what it means for patients. " +
			"In --json each of the steps has the two levels it divides, and each action the levels it helps from, its minutes, and in offjob whether it " +
			"normally counts as off-the-job training: yes, no or ask.",
		Example: "ksbcoach standard coach K7",
		Args:    takes("KSB"),
		RunE:    func(_ *cobra.Command, args []string) error { return o.run(args[0]) },
	}
}

type coachJSON struct {
	KSB         string         `json:"ksb"`
	Title       string         `json:"title"`
	Text        string         `json:"text"`
	Good        string         `json:"good"`
	Steps       []coachStep    `json:"steps"`
	TwoToThree  string         `json:"two_to_three"`
	ThreeToFour string         `json:"three_to_four"`
	Prompt      string         `json:"prompt"`
	EarlyPrompt string         `json:"early_prompt"`
	Actions     []coachAction  `json:"actions"`
	Evidence    []string       `json:"evidence"`
	Support     string         `json:"support"`
	Questions   []string       `json:"questions"`
	Early       []string       `json:"early_questions"`
	Patients    string         `json:"patients"`
	Scope       string         `json:"scope"`
	Examples    []coachExample `json:"examples"`
	Exemplars   []coachModel   `json:"exemplars"`
	Facts       []string       `json:"facts"`
	Readings    []coachReading `json:"readings"`
}

type coachStep struct {
	From level.Level `json:"from"`
	To   level.Level `json:"to"`
	Text string      `json:"text"`
	Goal string      `json:"goal"`
}

type coachAction struct {
	Sort    profile.Sort   `json:"sort"`
	Text    string         `json:"text"`
	Who     string         `json:"who"`
	Result  string         `json:"result"`
	From    []level.Level  `json:"from"`
	Minutes int            `json:"minutes"`
	OffJob  profile.OffJob `json:"offjob"`
}

type coachExample struct {
	In     string `json:"in"`
	Field  string `json:"field"`
	Family string `json:"family"`
	Text   string `json:"text"`
}

type coachModel struct {
	Grade  coaching.Grade `json:"grade"`
	Depth  string         `json:"depth"`
	Text   coaching.Prose `json:"text"`
	Margin string         `json:"margin"`
	MadeUp bool           `json:"made_up"`
}

func (o *coachOptions) run(word string) error {
	std := o.library.Standard(library.Default)
	x, err := ksbCode(std, word)
	if err != nil {
		return err
	}
	e, ok := o.library.Entry(std.Reference, x.ID)
	if !ok {
		return &hinted{fmt.Errorf("coaching for %s is not written yet", x.ID), "ksbcoach standard show has its wording"}
	}
	o.overlayOrWarn()
	title := o.library.Title(std.Reference, x.ID)
	fields := o.library.Fields(std.Reference)
	return o.answer(coachJSON{
		KSB: x.ID, Title: title, Text: x.Text, Good: e.Good, TwoToThree: e.TwoToThree, ThreeToFour: e.ThreeToFour, Prompt: e.Prompt,
		Steps:       listOf(writtenSteps(e), func(x coaching.LevelStep) coachStep { return coachStep(x) }),
		EarlyPrompt: e.EarlyPrompt, Early: list(e.EarlyQuestions),
		Actions: listOf(e.Actions, func(a coaching.Action) coachAction {
			return coachAction{a.Sort, a.Text, a.Who, a.Result, list(a.From), a.Minutes, a.OffJob}
		}),
		Evidence: listOf(e.Evidence, coaching.Evidence.Sentence),
		Support:  e.Support, Questions: list(e.Questions), Patients: e.Patients, Scope: e.Scope,
		Examples: listOf(e.Examples, func(x coaching.Example) coachExample {
			return coachExample{fields.Where(x), x.Field, x.Family, x.Text}
		}),
		Exemplars: listOf(e.Exemplars, func(x coaching.Exemplar) coachModel {
			return coachModel{x.Grade, x.Depth, x.Text, x.Margin, true}
		}),
		Facts:    listOf(o.library.CardsFor(std.Reference, x.ID), func(c coaching.Card) string { return c.ID }),
		Readings: listOf(o.library.ReadingsFor(std.Reference, x.ID), readingObject),
	}, func(p *page) { o.show(p, x, title, e) })
}

// writtenSteps are the steps that have a text.
func writtenSteps(e coaching.Entry) []coaching.LevelStep {
	return slices.DeleteFunc(e.Steps(), func(x coaching.LevelStep) bool { return x.Text == "" })
}

func (o *coachOptions) show(p *page, x standard.KSB, title string, e coaching.Entry) {
	p.Hang(x.ID+"  ", title)
	p.Para(0, "%s", x.Text)
	p.prose("What good looks like, at level 3", e.Good)
	for _, step := range writtenSteps(e) {
		p.prose(fmt.Sprintf("From %s to %s", step.From, step.To), step.Text)
	}
	for _, part := range []struct{ label, text string }{
		{"At level 0 or 1, start here", e.EarlyPrompt},
		{"Think of one example", e.Prompt},
		{"Scope", e.Scope},
		{"For patients", e.Patients},
	} {
		p.prose(part.label, part.text)
	}
	fields := o.library.Fields(library.Default)
	p.section("In different fields", listOf(e.Examples, func(x coaching.Example) string { return fields.Where(x) + ": " + x.Text })...)
	p.section("What you can do within a month", listOf(e.Actions, func(a coaching.Action) string {
		return fmt.Sprintf("%s: %s With: %s. Bring back: %s.%s", a.Sort, a.Text, a.Who, a.Result, actionCost(a))
	})...)
	p.section("What would show it", listOf(e.Evidence, coaching.Evidence.Sentence)...)
	for _, x := range e.Exemplars {
		p.prose(exemplarHead(x), string(x.Text))
		p.Para(2, "Why: %s", x.Margin)
	}
	p.section("What an appraiser might ask at level 0 or 1", e.EarlyQuestions...)
	p.section("What an appraiser might ask", e.Questions...)
	p.prose("Support to ask for", e.Support)
	p.section("To read, open to all", listOf(o.library.ReadingsFor(library.Default, x.ID), readingWords)...)
	p.next("ksbcoach goal add --ksb %s --suggested, or ksbcoach standard facts --ksb %s", x.ID, x.ID)
}

// actionCost says from which levels an action helps and what it takes; nothing where that is not written yet.
func actionCost(a coaching.Action) string {
	if len(a.From) == 0 {
		return ""
	}
	from := make([]string, len(a.From))
	for i, l := range a.From {
		from[i] = l.String()
	}
	return fmt.Sprintf(" Helps from level %s; takes %s.", strings.Join(from, ", "), a.Takes())
}

func exemplarHead(x coaching.Exemplar) string {
	if x.Depth != "" {
		return "A reflection, " + x.Depth + ". " + coaching.MadeUp
	}
	return "A " + string(x.Grade) + " note of evidence. " + coaching.MadeUp
}
