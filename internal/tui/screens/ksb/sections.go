package ksb

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/sorting"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// write makes the whole page of a KSB, in lines of at most w cells.
func write(c *ui.Context, ksb string, about content, w int, all bool) doc {
	b := &writer{w: w, all: all}
	row, ok := c.Report.Row(ksb)
	if !ok {
		return b.doc
	}
	if about.ksb != ksb {
		about = content{} // not fetched yet; the next Update does so
	}
	b.wording(c, row)
	b.levelAndPlan(c, row, about.written)
	b.history(c, ksb)
	if about.written {
		b.coaching(c, row, about.entry)
	} else {
		b.section("Coaching")
		b.say(prose, notWritten)
		b.includesOthers(c, row)
	}
	b.facts(c, about.cards)
	b.readings(about.readings)
	return b.doc
}

func (b *writer) wording(c *ui.Context, row gap.Row) {
	b.section("Official wording")
	b.say(prose, row.KSB.Text)
	b.say(aside, standard.Caveat)
	b.say(aside, fmt.Sprintf("%s in %s; KSB %d of the %d to rate", row.KSB.Kind, dutiesSay(c, row.KSB.Duties),
		row.Place+1, len(c.Standard.Walk())))
}

func (b *writer) levelAndPlan(c *ui.Context, row gap.Row, written bool) {
	b.section("Where you stand")
	scale := c.Library.Scale()
	b.label(prose, "level", levelSays(c, row))
	target := row.Target.String() + " " + scale.Words(row.Target).Name
	if row.Target != scale.Target {
		target += fmt.Sprintf(", set for this KSB (%s is usual)", scale.Target)
	}
	b.label(prose, "target", target)
	if !row.NoOpportunity() {
		b.label(prose, "expected", expectedSays(c, row))
		b.label(prose, "in short", reasonsSay(c.Report, row))
	}
	for _, g := range c.Profile.Goals {
		if slices.Contains(g.KSBs, row.KSB.ID) && g.Status != profile.GoalDropped {
			b.label(prose, "plan", goalSays(g))
		}
	}
	b.evidence(c.Profile.EvidenceFor(row.KSB.ID))
	b.say(step, "Enter: "+string(nextStep(row, written))+".")
}

// evidence lists all pieces, the newest first.
func (b *writer) evidence(all []profile.Evidence) {
	if len(all) == 0 {
		b.label(prose, "evidence", "none yet")
	}
	sorting.By(all, func(x, y profile.Evidence) int { return y.On.Compare(x.On) })
	label := "evidence"
	for _, e := range all {
		b.label(prose, label, evidenceSays(e))
		label = ""
	}
}

// history lists the rounds in which the KSB was rated, the newest first, with what each rater said.
func (b *writer) history(c *ui.Context, ksb string) {
	b.section("Ratings so far")
	rounds := 0
	for i := len(c.Profile.Rounds) - 1; i >= 0; i-- {
		named, round := false, c.Profile.SeenRound(i)
		for _, by := range profile.Raters {
			x, ok := round.Ratings[by][ksb]
			if !ok {
				continue
			}
			if !named {
				b.gapBefore(rounds)
				b.say(sub, roundSays(round))
				rounds++
				named = true
			}
			b.label(prose, by.Words(), ratingSays(c, by, x))
			if by != profile.Mentor {
				continue
			}
			for _, x := range round.Others[ksb] { // by other mentors, earlier
				b.label(prose, by.Words(), ratingSays(c, by, x))
			}
		}
	}
	if rounds == 0 {
		b.say(prose, "None yet. r rates it.")
	}
}

func (b *writer) coaching(c *ui.Context, row gap.Row, e coaching.Entry) {
	b.section("What good looks like")
	b.say(prose, e.Good)
	b.includesOthers(c, row)
	b.gap()
	for _, step := range e.Steps() {
		b.label(prose, step.From.String()+" to "+step.To.String(), step.Text)
	}
	b.gap()
	b.say(sub, promptHead)
	b.say(prose, e.PromptAt(plan.From(row)))
	b.examples(c, e)
	b.actions(e, plan.From(row))
	b.section("Evidence that convinces")
	for i, x := range e.Evidence {
		b.gapBefore(i)
		b.say(sub, words.Capital(plain(x.Kind)))
		b.label(prose, "shows", x.Shows)
		b.label(aside, "weak when", x.Weakness)
	}
	b.exemplars(e)
	b.section(supportName)
	b.say(prose, e.Support)
	b.section("Questions to expect")
	for i, q := range e.QuestionsAt(plan.From(row)) {
		b.item(prose, strconv.Itoa(i+1)+"  ", q)
	}
	b.section("For patients")
	b.say(prose, e.Patients)
	if e.Scope != "" {
		b.section("Scope of practice")
		b.say(prose, e.Scope)
	}
}

// includesOthers says that a skill's own wording includes supporting others.
func (b *writer) includesOthers(c *ui.Context, row gap.Row) {
	if c.Library.Scale().Others(c.Standard.Reference, row.KSB.ID) {
		b.say(alert, othersToo)
	}
}

// examplesShown is how many examples are shown before the rest is folded, where the learner's own field is not known.
const examplesShown = 3

// examples shows the example from the learner's own field, or from the nearest one, and folds the rest.
func (b *writer) examples(c *ui.Context, e coaching.Entry) {
	if len(e.Examples) == 0 {
		return
	}
	fields := c.Library.Fields(c.Standard.Reference)
	own, known := fields.Of(c.Profile.Learner.Role.Line())
	list := fields.Nearest(e.Examples, own.ID)
	b.section("In different fields")
	first := examplesShown
	if known {
		first = 1
	}
	for i, x := range list {
		if i >= first && !b.all {
			b.folded(len(list)-i, "example from another field", "examples from other fields")
			return
		}
		says := words.Capital(fields.Where(x))
		if known && i == 0 {
			says = fields.Says(x, own.ID)
		}
		b.say(sub, says)
		b.say(prose, x.Text)
	}
}

func (b *writer) folded(n int, one, many string) {
	b.say(aside, words.Count(n, one, many)+": m shows all")
}

// actions lists those that help at the learner's level, and folds those for other levels.
func (b *writer) actions(e coaching.Entry, from level.Level) {
	b.section("Actions to try")
	now := e.ActionsFrom(from)
	b.actionsBySort(now)
	later := slices.DeleteFunc(slices.Clone(e.Actions), func(a coaching.Action) bool {
		return slices.ContainsFunc(now, func(x coaching.Action) bool { return x.Text == a.Text })
	})
	switch {
	case len(later) == 0:
	case b.all:
		b.gap()
		b.say(sub, "From other levels")
		b.actionsBySort(later)
	default:
		b.gap()
		b.folded(len(later), "action for another level", "actions for other levels")
	}
}

// actionsBySort lists what to practise first, then what to do with people, then what to study, so that nobody has to
// read all three to find one.
func (b *writer) actionsBySort(all []coaching.Action) {
	n := 0
	for _, sort := range profile.Sorts {
		for _, a := range all {
			if a.Sort != sort {
				continue
			}
			b.gapBefore(n)
			n++
			b.label(prose, string(sort), a.Text)
			b.label(aside, "  with", a.Who)
			b.label(aside, "  bring", a.Result)
			b.label(aside, "  takes", a.Takes())
		}
	}
}

// exemplars shows weak and strong notes of evidence, but folds them at first: they are long.
func (b *writer) exemplars(e coaching.Entry) {
	if len(e.Exemplars) == 0 {
		return
	}
	b.gap()
	if !b.all {
		b.folded(len(e.Exemplars), "sample note of evidence, with the reason",
			"sample notes of evidence, weak and strong, with reasons")
		return
	}
	b.say(aside, coaching.MadeUp)
	for _, x := range e.Exemplars {
		b.gap()
		b.say(sub, x.Says())
		b.say(prose, string(x.Text))
		b.label(aside, "because", x.Margin)
	}
}

func (b *writer) facts(c *ui.Context, cards []coaching.Card) {
	if len(cards) == 0 {
		return
	}
	b.section("Facts behind it")
	for i, x := range cards {
		b.gapBefore(i)
		b.say(sub, safetext.Line(x.Title))
		for _, f := range x.Facts {
			b.item(prose, "- ", safetext.Line(f))
		}
		b.label(prose, "new", safetext.Line(x.Changed))
		b.say(aside, safetext.Line(x.Authority))
		b.say(aside, safetext.Line(x.Locator))
		b.say(aside, safetext.Line(x.URL))
		if checked, due := x.Checked.Long(), x.ReviewBy.Long(); x.Stale(c.Today) {
			b.say(alert, "due to be checked again since "+due+"; last checked "+checked)
		} else {
			b.say(aside, "checked "+checked+", to be checked again by "+due)
		}
		if x.Confirm {
			b.say(alert, "confirm before you rely on it")
		}
		if x.Status == coaching.Changing {
			b.say(alert, "this is changing: look it up before you quote it")
		}
	}
}

func (b *writer) readings(all []coaching.Reading) {
	if len(all) == 0 {
		return
	}
	b.section(coaching.ReadingsHead)
	for i, x := range all {
		b.gapBefore(i)
		b.say(prose, x.Cite)
		b.say(aside, x.URL)
		b.label(prose, fmt.Sprintf("%d min", x.Minutes), x.Question)
	}
}

// dutiesSay names the duties that need a KSB, unless all of them do.
func dutiesSay(c *ui.Context, duties []int) string {
	if n := len(c.Standard.Duties); n > 1 && len(duties) == n {
		return fmt.Sprintf("all %d duties", n)
	}
	names := make([]string, len(duties))
	for i, n := range duties {
		names[i] = fmt.Sprintf("Duty %d, %s", n, c.DutyTitle(n))
	}
	return strings.Join(names, "; ")
}

func levelSays(c *ui.Context, row gap.Row) string {
	if !row.Rated {
		return "not rated yet"
	}
	w := c.Library.Scale().Words(row.Level)
	meaning := w.For(row.KSB.Kind)
	if row.NoOpportunity() {
		return "no opportunity so far: " + meaning + ". It counts as rated, and is not a low score"
	}
	whose := "your own rating of "
	if row.By == profile.Agreed {
		whose = "agreed with your mentor on "
	}
	says := fmt.Sprintf("%s %s: %s; %s%s", row.Level, w.Name, meaning, whose, row.On.Long())
	if row.Aged != nil {
		says += "; " + row.Aged.Words(c.Today) + ": agree it again"
	}
	return says
}

func expectedSays(c *ui.Context, row gap.Row) string {
	x, ok := row.Expected()
	if !ok {
		return "not known without a start date. To add it: Home, then d"
	}
	return fmt.Sprintf("%s by now, month %d of %d", x, c.Report.Month, c.Report.Length)
}

// reasonsSay gives the reasons for the rank of a gap, or says that the level is at or above target; "" if not rated.
func reasonsSay(r *gap.Report, row gap.Row) string {
	if !row.Rated {
		return ""
	}
	says := r.Reasons(row)
	switch n := row.Gap(); {
	case n == 0:
		says = append([]string{"at target"}, says...)
	case n < 0:
		says = append([]string{fmt.Sprintf("%d above target", -n)}, says...)
	}
	if row.Unsupported() {
		says = append(says, "so the claim needs a recent example")
	}
	return strings.Join(says, ", ")
}

func goalSays(g profile.Goal) string {
	says := g.Status.Words()
	if g.Status == profile.GoalActive && !g.Due.IsZero() {
		says += ", due " + g.Due.Long()
	}
	return g.Text.Line() + " (" + says + ")"
}

func evidenceSays(e profile.Evidence) string {
	says := e.On.Long() + ": " + e.Title.Line()
	more := words.Given(plain(safetext.Line(e.Kind)), e.Where.Line(), words.After("seen by ", e.Witness.Line()))
	if len(more) > 0 {
		says += " (" + strings.Join(more, "; ") + ")"
	}
	return says
}

func roundSays(r profile.Round) string {
	name := words.Capital(profile.RoundName(r.ID))
	if r.Closed.IsZero() {
		return name + ", open since " + r.Opened.Long()
	}
	return name + ", closed on " + r.Closed.Long()
}

func ratingSays(c *ui.Context, by profile.Rater, x profile.Rating) string {
	says := x.Level.String() + " " + c.Library.Scale().Words(x.Level).Name
	if x.Level == level.NoOpportunity {
		says = "no opportunity"
	}
	if x.Changed {
		says = appraisal.Level(x)
	}
	says += ", " + x.On.Long()
	if !x.By.Empty() {
		with := ", by "
		if by == profile.Agreed {
			with = ", with "
		}
		says += with + x.By.Line()
	}
	return says + words.After(". Because: ", x.Reason.Line()) + words.After(". Note: ", x.Note.Line())
}

// plain turns a code such as work-product into words.
func plain(code string) string { return strings.ReplaceAll(code, "-", " ") }
