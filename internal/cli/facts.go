package cli

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/library"
	"github.com/ksbcoach/ksbcoach/internal/store"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

type factsOptions struct {
	*kit
	stale bool
	duty  int
	ksb   string
}

func newStandardFacts(k *kit) *cobra.Command {
	o := &factsOptions{kit: k}
	cmd := &cobra.Command{
		Use:   "facts",
		Short: "List the dated facts behind the standard",
		Long: "Lists the laws, codes and standards that the duties rest on, each with its authority, when it was " +
			"checked and when to look again, and where to open it where that was found. --stale also lists what is " +
			"marked as changing. A file facts.toml in the configuration folder corrects or adds cards, in the form " +
			"of ours.",
		Example: "ksbcoach standard facts --stale",
		Args:    takes(),
		RunE:    o.run,
	}
	f := cmd.Flags()
	f.BoolVar(&o.stale, "stale", false, "only those to look at again: their date is past, or what they say is changing")
	f.IntVar(&o.duty, "duty", 0, "only those of duty `N`")
	f.StringVar(&o.ksb, "ksb", "", "only those that serve this `KSB`")
	return cmd
}

func (o *factsOptions) run(cmd *cobra.Command, _ []string) error {
	std := o.library.Standard(library.Default)
	if err := checkDuty(cmd, std, o.duty); err != nil {
		return err
	}
	if o.ksb != "" {
		x, err := ksbCode(std, o.ksb)
		if err != nil {
			return err
		}
		o.ksb = x.ID
	}
	// Without a home folder there are no cards of the learner's own.
	if places, err := store.FindPlaces(store.OS(), o.env.Places); err == nil {
		if err := o.overlay(places); err != nil {
			return err
		}
	}
	cards := slices.DeleteFunc(o.library.Cards(std.Reference), func(c coaching.Card) bool { return !o.keeps(c) })
	return o.answer(object{{"facts", listOf(cards, o.object)}}, func(p *page) { o.show(p, cards) })
}

func (o *factsOptions) keeps(c coaching.Card) bool {
	return (!o.stale || c.LookAgain(o.today())) &&
		(o.duty == 0 || slices.Contains(c.Duties, o.duty)) &&
		(o.ksb == "" || slices.Contains(c.KSBs, o.ksb))
}

func (o *factsOptions) object(c coaching.Card) object {
	return object{
		{"id", c.ID},
		{"duties", c.Duties},
		{"ksbs", c.KSBs},
		{"title", c.Title},
		{"authority", c.Authority},
		{"facts", c.Facts},
		{"url", c.URL},
		{"locator", c.Locator},
		{"status", c.Status},
		{"changed", c.Changed},
		{"since", c.Since},
		{"supersedes", c.Supersedes},
		{"fields", c.Fields},
		{"checked", c.Checked},
		{"review_by", c.ReviewBy},
		{"confirm", c.Confirm},
		{"stale", c.Stale(o.today())},
	}
}

func (o *factsOptions) show(p *page, cards []coaching.Card) {
	confirm, changing := 0, 0
	for _, c := range cards {
		p.Para(0, "%s (%s)", c.Title, strings.Join(c.KSBs, ", "))
		for _, fact := range c.Facts {
			p.Hang("  - ", fact)
		}
		if c.Changed != "" {
			p.Hang("  new: ", c.Changed)
		}
		p.Hang("  authority: ", c.Authority)
		if where := c.Where(); where != "" {
			p.Hang("  where: ", where)
		}
		if c.Supersedes != "" {
			p.Hang("  in place of: ", c.Supersedes)
		}
		if c.Confirm {
			confirm++
		}
		if c.Status == coaching.Changing {
			changing++
		}
		p.Para(2, "%s", c.Checks(o.today()))
		p.Blank()
	}
	p.Para(0, "%s, %s confirming, %s changing.", words.Count(len(cards), "card", "cards"),
		words.Count(confirm, "needs", "need"), words.Count(changing, "is", "are"))
	p.next("before you quote a fact, look it up at its authority; ksbcoach standard facts --stale lists those to " +
		"look at again")
}
