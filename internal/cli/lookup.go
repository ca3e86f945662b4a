package cli

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"
	"github.com/spf13/cobra"

	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/export"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/library"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/search"
	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/store"
	"github.com/ksbcoach/ksbcoach/internal/tomledit"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

func newStandardCoach(k *kit) *cobra.Command {
	return &cobra.Command{
		Use: "coach KSB", Short: "Show what good looks like for one KSB, and what to do",
		Long: "Shows the coaching of one KSB: what good looks like, what to do, what would show it, what to ask for, " +
			"and what it means for patients. In --json each of the steps has the two levels it is between, and each " +
			"action the levels it helps from, its minutes, and in offjob whether it normally counts as off-the-job " +
			"training: yes, no or ask.",
		Example: "ksbcoach standard coach K7",
		RunE:    func(_ *cobra.Command, args []string) error { return k.coach(args[0]) },
	}
}

func (k *kit) coach(word string) error {
	std := k.library.Standard(library.Default)
	x, err := ksbCode(std, word)
	if err != nil {
		return err
	}
	e, ok := k.library.Entry(std.Reference, x.ID)
	if !ok {
		return withHint(fmt.Errorf("coaching for %s is not written yet", x.ID),
			"ksbcoach standard show has its wording")
	}
	k.overlayOrWarn()
	title := k.library.Title(std.Reference, x.ID)
	return k.answer(k.coachObject(std, x, title, e), func(p *page) { k.showCoach(p, x, title, e) })
}

func (k *kit) coachObject(std *standard.Standard, x standard.KSB, title string, e coaching.Entry) object {
	fields := k.library.Fields(std.Reference)
	return object{
		"ksb", x.ID, "title", title, "text", x.Text, "good", e.Good,
		"steps", lists.Each(writtenSteps(e), func(s coaching.LevelStep) object {
			return object{"from", s.From, "to", s.To, "text", s.Text, "goal", s.Goal}
		}),
		"two_to_three", e.TwoToThree, "three_to_four", e.ThreeToFour, "prompt", e.Prompt, "early_prompt", e.EarlyPrompt,
		"actions", lists.Each(e.Actions, func(a coaching.Action) object {
			return object{
				"sort", a.Sort, "text", a.Text, "who", a.Who, "result", a.Result, "from", a.From,
				"minutes", a.Minutes, "offjob", a.OffJob,
			}
		}),
		"evidence", lists.Each(e.Evidence, coaching.Evidence.Sentence), "support", e.Support, "questions", e.Questions,
		"early_questions", e.EarlyQuestions, "patients", e.Patients, "scope", e.Scope,
		"examples", lists.Each(e.Examples, func(x coaching.Example) object {
			return object{"in", fields.Where(x), "field", x.Field, "family", x.Family, "text", x.Text}
		}),
		"exemplars", lists.Each(e.Exemplars, func(x coaching.Exemplar) object {
			return object{"grade", x.Grade, "depth", x.Depth, "text", x.Text, "margin", x.Margin, "made_up", true}
		}),
		"facts", lists.Each(k.library.CardsFor(std.Reference, x.ID), func(c coaching.Card) string { return c.ID }),
		"readings", lists.Each(k.library.ReadingsFor(std.Reference, x.ID), func(r coaching.Reading) object {
			return object{
				"cite", r.Cite, "url", r.URL, "minutes", r.Minutes, "question", r.Question, "theories",
				r.Theories,
			}
		}),
	}
}

// writtenSteps are the steps from level to level whose coaching is written.
func writtenSteps(e coaching.Entry) []coaching.LevelStep {
	return slices.DeleteFunc(e.Steps(), func(x coaching.LevelStep) bool { return x.Text == "" })
}

func (k *kit) showCoach(p *page, x standard.KSB, title string, e coaching.Entry) {
	p.Hang(x.ID+"  ", title)
	p.Para(0, "%s", x.Text)
	p.prose("What good looks like, at level 3", e.Good)
	for _, step := range writtenSteps(e) {
		p.prose(fmt.Sprintf("From %s to %s", step.From, step.To), step.Text)
	}
	p.prose("At level 0 or 1, start here", e.EarlyPrompt)
	p.prose("Think of one example", e.Prompt)
	p.prose("Scope", e.Scope)
	p.prose("For patients", e.Patients)
	fields := k.library.Fields(library.Default)
	p.section("In different fields", lists.Each(e.Examples,
		func(x coaching.Example) string { return fields.Where(x) + ": " + x.Text })...)
	p.section("What you can begin within a month", lists.Each(e.Actions, func(a coaching.Action) string {
		return fmt.Sprintf("%s: %s With: %s. Bring back: %s.%s", a.Sort, a.Text, a.Who, a.Result, actionCost(a))
	})...)
	p.section("What would show it", lists.Each(e.Evidence, coaching.Evidence.Sentence)...)
	for _, x := range e.Exemplars {
		p.prose(exemplarHead(x), string(x.Text))
		p.Para(2, "Why: %s", x.Margin)
	}
	p.section("What an appraiser might ask at level 0 or 1", e.EarlyQuestions...)
	p.section("What an appraiser might ask", e.Questions...)
	p.prose("Support to ask for", e.Support)
	p.section(coaching.ReadingsHead, lists.Each(k.library.ReadingsFor(library.Default, x.ID), readingWords)...)
	p.next("ksbcoach goal add --ksb %s --suggested, or ksbcoach standard facts --ksb %s", x.ID, x.ID)
}

// actionCost says at which levels an action helps and what it takes, or is "" if that is not written yet.
func actionCost(a coaching.Action) string {
	if len(a.From) == 0 {
		return ""
	}
	from := lists.Each(a.From, level.Level.String)
	return fmt.Sprintf(" For %s %s. %s.", words.Form(len(from), "level", "levels"), words.List(from),
		words.Capital(a.Takes()))
}

func exemplarHead(x coaching.Exemplar) string {
	if x.Depth != "" {
		return "A reflection, " + x.Depth + ". " + coaching.MadeUp
	}
	return "A " + string(x.Grade) + " note of evidence. " + coaching.MadeUp
}

type factsOptions struct {
	*kit
	stale bool
	duty  int
	ksb   string
}

func newStandardFacts(k *kit) *cobra.Command {
	o := &factsOptions{kit: k}
	cmd := &cobra.Command{
		Use: "facts", Short: "List the dated facts behind the standard",
		Long: "Lists the laws, codes and standards that the duties rest on, each with its authority, when it was " +
			"checked, when to look again, and a link if there is one. With --stale it lists those to look at again. " +
			"A file facts.toml in the configuration folder can correct cards or add some, in the same form.",
		Example: "ksbcoach standard facts --stale", RunE: o.run,
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
	cards := slices.DeleteFunc(o.library.Cards(std.Reference), func(c coaching.Card) bool {
		return o.stale && !c.LookAgain(o.today()) || o.duty != 0 && !slices.Contains(c.Duties, o.duty) ||
			o.ksb != "" && !slices.Contains(c.KSBs, o.ksb)
	})
	return o.answer(object{"facts", lists.Each(cards, o.object)}, func(p *page) { o.show(p, cards) })
}

func (o *factsOptions) object(c coaching.Card) object {
	return object{
		"id", c.ID, "duties", c.Duties, "ksbs", c.KSBs, "title", c.Title, "authority", c.Authority,
		"facts", c.Facts, "url", c.URL, "locator", c.Locator, "status", c.Status, "changed", c.Changed,
		"since", c.Since, "supersedes", c.Supersedes, "fields", c.Fields, "checked", c.Checked,
		"review_by", c.ReviewBy, "confirm", c.Confirm, "stale", c.Stale(o.today()),
	}
}

func (o *factsOptions) show(p *page, cards []coaching.Card) {
	for _, c := range cards {
		p.Para(0, "%s (%s)", c.Title, strings.Join(c.KSBs, ", "))
		for _, fact := range c.Facts {
			p.Hang("  - ", fact)
		}
		for _, x := range [][2]string{
			{"new", c.Changed}, {"authority", c.Authority}, {"where", c.Where()}, {"in place of", c.Supersedes},
		} {
			if x[1] != "" {
				p.Hang("  "+x[0]+": ", x[1])
			}
		}
		p.Para(2, "%s", c.Checks(o.today()))
		p.Blank()
	}
	p.Para(0, "%s, %s confirming, %s changing.", words.Count(len(cards), "card", "cards"),
		words.Count(lists.Count(cards, func(c coaching.Card) bool { return c.Confirm }), "needs", "need"),
		words.Count(lists.Count(cards, func(c coaching.Card) bool { return c.Status == coaching.Changing }), "is",
			"are"))
	p.next("before you quote a fact, look it up at its authority; ksbcoach standard facts --stale lists those to " +
		"look at again")
}

// overlayFile is where a learner or a department corrects or adds fact cards.
const overlayFile = "facts.toml"

const overlayHint = "ksbcoach standard facts --json shows the keys of a card; correct the file, or take it away"

// overlay adds the learner's own fact cards to ours, if there are any; a card with the id of ours replaces it.
func (k *kit) overlay(places store.Places) error {
	path := filepath.Join(places.Config, overlayFile)
	file, err := store.Load(store.OS(), path, int64(tomledit.ProfileLimits.Size))
	if errors.Is(err, store.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	cards, err := decodeOverlay(file.Bytes())
	if err != nil {
		return withHint(fmt.Errorf("%s: %w", path, err), overlayHint)
	}
	k.library.Overlay(cards)
	return nil
}

// overlayOrWarn is overlay for commands that work without these cards: a mistake in the file is only a warning.
func (k *kit) overlayOrWarn() {
	places, err := store.FindPlaces(store.OS(), k.env.Places)
	if err != nil {
		return // without a home folder there is no such file
	}
	if err := k.overlay(places); err != nil {
		k.warn(err.Error() + "; the built-in fact cards are used")
	}
}

// decodeOverlay reads cards as strictly as our own are read: otherwise a misspelt key would be ignored in silence.
func decodeOverlay(src []byte) ([]coaching.Card, error) {
	doc, err := tomledit.Parse(src, tomledit.ProfileLimits)
	if err != nil {
		return nil, err
	}
	cards, err := coaching.DecodeCards(string(src), 0)
	var parse toml.ParseError
	switch {
	case errors.As(err, &parse):
		return nil, fmt.Errorf("line %d: %s", parse.Position.Line, parse.Message)
	case err != nil:
		return nil, err
	}
	for i, c := range cards {
		if err := checkCard(c); err != nil {
			pos, _ := doc.Pos("fact", i)
			return nil, fmt.Errorf("line %d: %w", pos.Line, err)
		}
	}
	return cards, nil
}

// checkCard refuses a card that could not be shown. Our own cards are checked by the linter in seeds.
func checkCard(c coaching.Card) error {
	switch {
	case c.ID == "":
		return errors.New("a card has no id")
	case c.Title == "" || c.Authority == "" || len(c.Facts) == 0:
		return fmt.Errorf("the card %q needs title, authority and facts", c.ID)
	case c.Checked.IsZero() || c.ReviewBy.IsZero():
		return fmt.Errorf("the card %q needs the dates checked and review_by", c.ID)
	}
	for _, id := range c.KSBs {
		if _, _, ok := standard.SplitCode(id); !ok {
			return fmt.Errorf("the card %q names %q, which is no code such as K7", c.ID, id)
		}
	}
	return nil
}

type findOptions struct {
	*kit
	all bool
}

func newFind(k *kit) *cobra.Command {
	o := &findOptions{kit: k}
	cmd := &cobra.Command{
		Use: "find WORDS...", Short: "Find a KSB, a goal or evidence by what people call it",
		Long: "Finds KSBs by code, title, wording, the words of the field such as GDPR or handover, coaching and " +
			"fact cards, and your own notes, goals and evidence. A slip, a plural or an apostrophe does not matter. " +
			"It says where each was found; the best comes first. Private notes are left out.",
		Example: "ksbcoach find hand hygiene",
		Args: func(cmd *cobra.Command, args []string) error {
			if strings.TrimSpace(strings.Join(args, "")) == "" {
				return misused(cmd, "WORDS are missing: say what to look for, such as GDPR or K7")
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error { return o.run(strings.Join(args, " ")) },
	}
	cmd.Flags().BoolVar(&o.all, "all", false, "all that is found, not only the first ten")
	return cmd
}

const (
	firstFound = 10 // how many hits are shown without --all
	kindWidth  = 10 // the width of the column of codes and kinds
)

func (o *findOptions) run(query string) error {
	o.overlayOrWarn()
	in := []*search.Index{o.library.NameIndex(library.Default), o.library.ContentIndex(library.Default)}
	p, err := o.record()
	if err != nil {
		return err
	}
	in = append(in, search.New(search.Record(p)))
	found := search.Find(query, in...)
	if len(found.Hits) == 0 {
		return withHint(errors.New("nothing has these words"), "try fewer words, or others for the same thing")
	}
	return o.answer(object{
		"some", found.Partial,
		"found", lists.Each(found.Hits, func(h search.Hit) object {
			return object{
				"ksb", h.Of.KSB, "goal", h.Of.Goal, "evidence", h.Of.Piece, "title", o.title(h, p),
				"found_in", h.Label, "text", h.Text.Text,
			}
		}),
	}, func(page *page) { o.show(page, found, p) })
}

// record is the learner's profile, or an empty one if there is none yet: the standard can be searched without.
func (o *findOptions) record() (profile.Profile, error) {
	options, err := o.sessionOptions()
	if err != nil {
		return profile.Profile{}, err
	}
	options.Reading = true
	s, err := session.Open(options)
	switch {
	case errors.Is(err, store.ErrNotExist) && o.profilePath == "":
		return profile.Profile{}, nil
	case err != nil:
		return profile.Profile{}, o.noProfile(options.Path, err)
	}
	o.warnOfLater(s)
	return s.Profile(), nil
}

func (o *findOptions) title(h search.Hit, p profile.Profile) string {
	return h.Of.Title(p, func(ksb string) string { return o.library.Title(library.Default, ksb) })
}

func (o *findOptions) show(p *page, found search.Found, own profile.Profile) {
	if found.Partial {
		p.Para(0, search.ComesClosest)
	}
	hits := found.Hits
	if !o.all {
		hits = hits[:min(len(hits), firstFound)]
	}
	for _, h := range hits {
		p.Hang(export.Pad(h.Of.Kind(), kindWidth), o.title(h, own))
		if h.Tells() {
			p.Para(kindWidth, "%s", h.Says(p.Width-kindWidth, "..."))
		}
	}
	if left := len(found.Hits) - len(hits); left > 0 {
		p.Line("%s; --all shows them", words.Count(left, "more is found", "more are found"))
	}
	if first := hits[0].Of; first.KSB != "" {
		p.next("ksbcoach standard coach %s says what good looks like", first.KSB)
		return
	}
	p.next("ksbcoach plan and ksbcoach evidence list show your own")
}
