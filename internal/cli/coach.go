package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/library"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/standard"
)

type coachOptions struct {
	*kit
	json bool
}

func newStandardCoach(k *kit) *cobra.Command {
	o := &coachOptions{kit: k}
	cmd := &cobra.Command{
		Use:               "coach KSB",
		Short:             "Show what good looks like for one KSB, and what to do",
		Long:              "Shows the coaching of one KSB: what good looks like, what to do, what would show it, what to ask for, and what it means for patients.",
		Example:           "ksbcoach standard coach K7",
		Args:              takes("KSB"),
		ValidArgsFunction: k.completeKSB,
		RunE:              func(_ *cobra.Command, args []string) error { return o.run(args[0]) },
	}
	cmd.Flags().BoolVar(&o.json, "json", false, "write JSON")
	return cmd
}

type coachJSON struct {
	KSB         string         `json:"ksb"`
	Title       string         `json:"title"`
	Text        string         `json:"text"`
	Good        string         `json:"good"`
	TwoToThree  string         `json:"two_to_three"`
	ThreeToFour string         `json:"three_to_four"`
	Prompt      string         `json:"prompt"`
	Actions     []coachAction  `json:"actions"`
	Evidence    []string       `json:"evidence"`
	Support     string         `json:"support"`
	Questions   []string       `json:"questions"`
	Patients    string         `json:"patients"`
	Scope       string         `json:"scope"`
	Examples    []coachExample `json:"examples"`
	Facts       []string       `json:"facts"`
}

type coachAction struct {
	Sort   profile.Sort `json:"sort"`
	Text   string       `json:"text"`
	Who    string       `json:"who"`
	Result string       `json:"result"`
}

type coachExample struct {
	In   string `json:"in"`
	Text string `json:"text"`
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
	if o.json {
		return o.writeJSON(coachJSON{
			KSB: x.ID, Title: title, Text: x.Text, Good: e.Good, TwoToThree: e.TwoToThree, ThreeToFour: e.ThreeToFour, Prompt: e.Prompt,
			Actions:  listOf(e.Actions, func(a coaching.Action) coachAction { return coachAction(a) }),
			Evidence: listOf(e.Evidence, coaching.Evidence.Sentence),
			Support:  e.Support, Questions: list(e.Questions), Patients: e.Patients, Scope: e.Scope,
			Examples: listOf(e.Examples, func(x coaching.Example) coachExample { return coachExample(x) }),
			Facts:    listOf(o.library.CardsFor(std.Reference, x.ID), func(c coaching.Card) string { return c.ID }),
		})
	}
	o.show(x, title, e)
	return nil
}

func (o *coachOptions) show(x standard.KSB, title string, e coaching.Entry) {
	p := o.page()
	p.hang(x.ID+"  ", title)
	p.para(0, "%s", x.Text)
	for _, part := range []struct{ label, text string }{
		{"What good looks like, at level 3", e.Good},
		{"From 2 to 3", e.TwoToThree},
		{"From 3 to 4", e.ThreeToFour},
		{"Think of one example", e.Prompt},
		{"Scope", e.Scope},
		{"For patients", e.Patients},
	} {
		section(p, part.label, part.text)
	}
	coachList(p, "Where you work", e.Examples, func(x coaching.Example) string { return x.In + ": " + x.Text })
	coachList(p, "What you can do within a month", e.Actions, func(a coaching.Action) string {
		return fmt.Sprintf("%s: %s With: %s. Bring back: %s.", a.Sort, a.Text, a.Who, a.Result)
	})
	coachList(p, "What would show it", e.Evidence, coaching.Evidence.Sentence)
	coachList(p, "What an appraiser might ask", e.Questions, func(q string) string { return q })
	section(p, "Support to ask for", e.Support)
	p.next("ksbcoach goal add --ksb %s --suggested, or ksbcoach standard facts --ksb %s", x.ID, x.ID)
}

func section(p *page, heading, words string) {
	if words == "" {
		return
	}
	p.blank()
	p.para(0, "%s:", heading)
	p.para(2, "%s", words)
}

func coachList[T any](p *page, heading string, items []T, words func(T) string) {
	if len(items) == 0 {
		return
	}
	p.blank()
	p.para(0, "%s:", heading)
	for _, x := range items {
		p.hang("  - ", words(x))
	}
}
