package cli

import (
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/library"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

type coachOptions struct {
	*kit
}

func newStandardCoach(k *kit) *cobra.Command {
	o := &coachOptions{kit: k}
	return &cobra.Command{
		Use:   "coach KSB",
		Short: "Show what good looks like for one KSB, and what to do",
		Long: "Shows the coaching of one KSB: what good looks like, what to do, what would show it, what to ask for, " +
			"and what it means for patients. In --json each of the steps has the two levels it divides, and each " +
			"action the levels it helps from, its minutes, and in offjob whether it normally counts as off-the-job " +
			"training: yes, no or ask.",
		Example: "ksbcoach standard coach K7",
		Args:    takes("KSB"),
		RunE:    func(_ *cobra.Command, args []string) error { return o.run(args[0]) },
	}
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
	return o.answer(o.object(std, x, title, e), func(p *page) { o.show(p, x, title, e) })
}

func (o *coachOptions) object(std *standard.Standard, x standard.KSB, title string, e coaching.Entry) object {
	fields := o.library.Fields(std.Reference)
	return object{
		{"ksb", x.ID},
		{"title", title},
		{"text", x.Text},
		{"good", e.Good},
		{"steps", listOf(writtenSteps(e), func(s coaching.LevelStep) object {
			return object{{"from", s.From}, {"to", s.To}, {"text", s.Text}, {"goal", s.Goal}}
		})},
		{"two_to_three", e.TwoToThree},
		{"three_to_four", e.ThreeToFour},
		{"prompt", e.Prompt},
		{"early_prompt", e.EarlyPrompt},
		{"actions", listOf(e.Actions, func(a coaching.Action) object {
			return object{
				{"sort", a.Sort},
				{"text", a.Text},
				{"who", a.Who},
				{"result", a.Result},
				{"from", a.From},
				{"minutes", a.Minutes},
				{"offjob", a.OffJob},
			}
		})},
		{"evidence", listOf(e.Evidence, coaching.Evidence.Sentence)},
		{"support", e.Support},
		{"questions", e.Questions},
		{"early_questions", e.EarlyQuestions},
		{"patients", e.Patients},
		{"scope", e.Scope},
		{"examples", listOf(e.Examples, func(x coaching.Example) object {
			return object{{"in", fields.Where(x)}, {"field", x.Field}, {"family", x.Family}, {"text", x.Text}}
		})},
		{"exemplars", listOf(e.Exemplars, func(x coaching.Exemplar) object {
			return object{
				{"grade", x.Grade},
				{"depth", x.Depth},
				{"text", x.Text},
				{"margin", x.Margin},
				{"made_up", true},
			}
		})},
		{"facts", listOf(o.library.CardsFor(std.Reference, x.ID), func(c coaching.Card) string { return c.ID })},
		{"readings", listOf(o.library.ReadingsFor(std.Reference, x.ID), readingObject)},
	}
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
	p.section("In different fields", listOf(e.Examples,
		func(x coaching.Example) string { return fields.Where(x) + ": " + x.Text })...)
	p.section("What you can begin within a month", listOf(e.Actions, func(a coaching.Action) string {
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
	p.section(coaching.ReadingsHead, listOf(o.library.ReadingsFor(library.Default, x.ID), readingWords)...)
	p.next("ksbcoach goal add --ksb %s --suggested, or ksbcoach standard facts --ksb %s", x.ID, x.ID)
}

// actionCost says from which levels an action helps and what it takes; nothing where that is not written yet.
func actionCost(a coaching.Action) string {
	if len(a.From) == 0 {
		return ""
	}
	from := listOf(a.From, level.Level.String)
	return fmt.Sprintf(" For %s %s. %s.", words.Form(len(from), "level", "levels"), words.List(from), words.Capital(a.Takes()))
}

func exemplarHead(x coaching.Exemplar) string {
	if x.Depth != "" {
		return "A reflection, " + x.Depth + ". " + coaching.MadeUp
	}
	return "A " + string(x.Grade) + " note of evidence. " + coaching.MadeUp
}
