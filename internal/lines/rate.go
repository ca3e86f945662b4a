package lines

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// levelOrder is the order in which levels are read out.
var levelOrder = []level.Level{0, 1, 2, 3, 4, level.NoOpportunity}

// rate walks through what is due in the round or, if nothing is, through what was never rated, from where the learner
// stopped. If everything is rated it asks what to rate again.
func (t *talk) rate() error {
	r, p := t.s.Report(), t.s.Profile()
	if _, open := p.Open(); !open && len(p.Rounds) > 0 {
		t.tell("No round is open: your next rating opens %s.", profile.RoundName(p.NextRound()))
	}
	due := t.dueKSBs()
	if first := plan.NextDue(r, p, t.s.Position(), due); first != "" {
		t.tell("%s due in this round.", words.Count(len(due), "statement is", "statements are"))
		if err := t.walk(startingAt(due, first)); err != nil {
			return err
		}
		return t.restOfRound()
	}
	left := lists.Each(r.Unrated(), func(row gap.Row) string { return row.KSB.ID })
	if first := plan.NextUnrated(r, t.s.Position()); first != "" {
		if len(left) == len(r.Rows) {
			t.tell("%d in all; most people take %s. Stop whenever you like. It is no test: an honest 1 is where "+
				"your plan starts.", len(left), plan.Takes(len(left)))
		}
		return t.walk(startingAt(left, first))
	}
	return t.until(t.rateAgain)
}

// restOfRound offers to go on with what is not rated in this round, once everything that was due is.
func (t *talk) restOfRound() error {
	rest := appraisal.Rest(t.s.Report(), t.s.Profile())
	if len(rest) == 0 || len(t.dueKSBs()) > 0 {
		return nil
	}
	yes, err := t.confirm(appraisal.RestSays(len(rest)) + " Carry on now?")
	if err != nil || !yes {
		return err
	}
	return t.walk(rest)
}

// startingAt is a list that starts at first, with the entries before it at the end.
func startingAt(list []string, first string) []string {
	at := max(slices.Index(list, first), 0)
	return slices.Concat(list[at:], list[:at])
}

// rateAgain asks which duty or KSB to rate again.
func (t *talk) rateAgain() error {
	duties := t.s.Standard().Duties
	said, err := t.ask(question{
		Prompt:  fmt.Sprintf("Type a duty, 1 to %d, or a code such as K7, or back, find, quit, or ?", len(duties)),
		Help:    "A duty goes through all its statements in turn. A code asks for that one only.",
		ReadOut: func() { t.tell("Everything is rated. What would you like to rate again?") },
	})
	if err != nil {
		return err
	}
	if k, ok := t.s.Standard().KSB(standard.Code(said)); ok {
		return t.walk([]string{k.ID})
	}
	n, _ := strconv.Atoi(said)
	if d, ok := t.s.Standard().Duty(n); ok {
		return t.walk(d.KSBs)
	}
	t.tell("%q is neither a duty nor a code here.", said)
	return nil
}

// walk asks for the levels of several KSBs, one after the other.
func (t *talk) walk(ksbs []string) error {
	err := t.inTurn(ksbs, func(i int) error {
		if len(ksbs) > 1 { // a single KSB was picked, and is not where to continue next time
			t.s.SetPosition(ksbs[i])
		}
		err := t.rateOne(ksbs[i], i < len(ksbs)-1)
		if err == nil {
			t.endOfDuty(ksbs, i+1)
		}
		return err
	})
	if err == nil && len(ksbs) > 1 {
		t.tell("That was the last of them. %s", t.s.Report().Summary())
	}
	return err
}

// inTurn asks for the ratings of several KSBs, one after the other. back goes to the previous one and from the first
// one out; undo goes to the one whose rating it took back.
func (t *talk) inTurn(ksbs []string, ask func(i int) error) error {
	t.lastRated = ""
	for i := 0; i < len(ksbs); {
		err := ask(i)
		switch {
		case errors.Is(err, errUndone):
			if c, ok := t.lastUndone.(profile.Rate); ok && slices.Contains(ksbs, c.KSB) {
				i = slices.Index(ksbs, c.KSB)
			}
		case errors.Is(err, errBack) && i > 0:
			i--
			t.lastRated = ""
		case err != nil:
			return err
		default:
			i++
		}
	}
	return nil
}

// endOfDuty sums up a duty if ksbs[next], the KSB that the walk comes to next, is of another one.
func (t *talk) endOfDuty(ksbs []string, next int) {
	std := t.s.Standard()
	duty := std.Home(ksbs[next-1])
	if next < len(ksbs) && std.Home(ksbs[next]) == duty || len(ksbs) == 1 {
		return
	}
	d, _ := std.Duty(duty)
	end := plan.Ended(t.s.Report(), t.s.Profile(), d.KSBs, t.s.Titles())
	if end.Now == "" {
		return
	}
	t.tell("End of Duty %d. %s", duty, end.Now)
	if skipped := end.Skipped(); skipped != "" {
		t.tell("%s.", skipped)
	}
	if len(end.Glad) > 0 {
		t.tell("%s: %s", end.Label, sentence(strings.Join(end.Glad, "; ")))
	}
	t.tell("%s", end.Ahead)
}

// rateOne asks for the level of a KSB. With goesOn another KSB follows, whose question also takes a note or an example
// for this one.
func (t *talk) rateOne(ksb string, goesOn bool) error {
	row, _ := t.s.Report().Row(ksb)
	// A note or an example is for the KSB that was rated just before, which was said with its rating. The prompt only
	// names one code, so that it is clear which KSB a level is for.
	subject, extra := t.lastRated, ""
	if subject == "" {
		subject, extra = ksb, "example, note, "
	}
	q := question{
		Prompt: ksb + ": 0 to 4, n, skip, more, " + extra + "back, undo, find, quit, or ?",
		Help: "A digit rates " + ksb + " and goes on; n says that your post gives you no chance to try it, which is " +
			"not a low score. skip leaves it for now. more reads all the coaching. example keeps one dated example " +
			"and note keeps a note, for " + subject + ". brief leaves the levels and the coaching out from now on, " +
			"full has them again.",
		ReadOut: func() { t.sayKSB(row) },
	}
	for {
		said, err := t.ask(q)
		if err != nil {
			return err
		}
		q.ReadOut = nil
		switch strings.ToLower(said) {
		case "":
			if _, rated := t.ownRating(ksb); rated {
				return nil
			}
			t.tell("%s", nothingTyped)
			continue
		case "s", "skip":
			t.tell("%s is left for now.", ksb)
			t.lastRated = ""
			return nil
		case "more":
			t.readCoaching(row)
			continue
		case "brief", "full":
			t.brief = strings.EqualFold(said, "brief")
			t.tell("%s it is.", words.Capital(strings.ToLower(said)))
			if !t.brief {
				t.sayKSB(row)
			}
			continue
		case "example", "note":
			if err := t.addTo(subject, strings.ToLower(said)); err != nil && !errors.Is(err, errBack) {
				return err
			}
			continue
		}
		l, err := level.Typed(said)
		if err != nil {
			t.tell("%q is not a level. One line rates one statement.", safetext.Brief(said, 40))
			continue
		}
		if t.giveRating(row, l) {
			t.lastRated = ksb
			if goesOn {
				t.tell("Type note or example to add to %s.", ksb)
			}
			return nil
		}
	}
}

// nothingTyped answers Enter if there is no level to keep.
const nothingTyped = "Nothing was typed. Type a level, or skip."

// ownRating is the learner's own rating of a KSB in the open round.
func (t *talk) ownRating(ksb string) (profile.Rating, bool) {
	round, _ := t.s.Profile().Open()
	rating, rated := round.Ratings[profile.Self][ksb]
	return rating, rated
}

// giveRating makes the learner's rating of a KSB, and says what follows from it.
func (t *talk) giveRating(row gap.Row, l level.Level) bool {
	ksb := row.KSB.ID
	return t.doSaying(profile.Rate{KSB: ksb, By: profile.Self, Level: l, On: t.s.Today()}, func() string {
		row, _ := t.s.Report().Row(ksb)
		said := ksb + " is " + t.levelText(l)
		switch {
		case row.By == profile.Agreed && row.Level != l:
			said += fmt.Sprintf("; the level that you agreed, %s, counts until you agree a new one", row.Level.Figure())
		case row.Unsupported():
			said += ". One dated example would support it"
			if row.Stale() {
				said += ": " + t.s.Report().EvidenceProblem(row)
			}
		}
		return said
	})
}

// levelText is a level with its name, as in "2, Supported".
func (t *talk) levelText(l level.Level) string {
	if l == level.NoOpportunity {
		return l.Figure()
	}
	return l.String() + ", " + t.o.Library.Scale().Words(l).Name
}

// sayKSB reads out a KSB, what the record says of it and, unless brief, its levels and what helps to choose one.
func (t *talk) sayKSB(row gap.Row) {
	std, scale := t.s.Standard(), t.o.Library.Scale()
	duty := std.Home(row.KSB.ID)
	left := plan.LeftToRate(t.s.Report(), t.s.Profile(), duty).Words()
	t.page.Blank()
	if !t.briefTold {
		t.briefTold = true
		with := "its levels"
		if _, known := t.o.Library.Fields(std.Reference).Field(t.s.Field().ID); known {
			with += " and an example of your field"
		}
		t.tell("Each statement comes with %s. brief leaves them out, full has them again.", with)
	}
	t.tell("Duty %d of %d, %s. %s", duty, len(std.Duties), t.s.DutyTitle(duty),
		sentence(words.Capital(left[min(1, len(left)-1)])))
	t.tell("%s: %s", row.KSB.ID, sentence(row.KSB.Text))
	if last := appraisal.Last(t.s.Profile(), scale, row.KSB.ID, t.s.Today()); last != "" {
		t.tell("%s.", words.Capital(last))
	}
	if own, rated := t.ownRating(row.KSB.ID); rated {
		t.tell("It is: %s. Enter keeps it.", t.levelText(own.Level))
	}
	background := appraisal.BackgroundOf(t.s.Profile(), scale, row.KSB.ID, t.s.Today())
	for _, text := range words.Given(
		words.After("Your note, ", background.Note), words.After("Agreed ", background.Agreed),
		words.After("Your mentor, ", background.Mentor), words.After("Evidence, ", background.Evidence),
	) {
		t.tell("%s", sentence(text))
	}
	if t.brief {
		if x, ok := row.Expected(); ok {
			t.tell("Expected by now: %s. Your target: %s.", t.levelText(x), t.levelText(row.Target))
		}
		return
	}
	t.sayLevels(row)
	entry, ok := t.s.Coach()(row.KSB.ID)
	if !ok {
		return
	}
	if name, text := plan.Between(entry, row, level.NoOpportunity); text != "" {
		t.tell("%s %s", sentence(name), text)
	}
	fields := t.o.Library.Fields(std.Reference)
	if x, ok := fields.ExampleFor(entry, t.s.Field().ID); ok {
		t.tell("%s: %s", fields.Says(x, t.s.Field().ID), x.Text)
	}
	t.tell("Think of it: %s", entry.PromptAt(plan.From(row)))
}

// sayLevels reads out the levels of a KSB, and which one is expected and which the target.
func (t *talk) sayLevels(row gap.Row) {
	for _, l := range levelOrder {
		anchor := t.o.Library.Scale().Words(l)
		text := "Level " + l.String()
		if l == level.NoOpportunity {
			text = "n"
		}
		text += ", " + anchor.Name + ": " + sentence(anchor.For(row.KSB.Kind))
		if expected, ok := row.Expected(); ok && expected == l {
			text += " Expected by now."
		}
		if l == row.Target {
			text += " Your target."
		}
		t.item("%s", text)
	}
}

// readCoaching reads out all the coaching on a KSB for the learner's level.
func (t *talk) readCoaching(row gap.Row) {
	entry, ok := t.s.Coach()(row.KSB.ID)
	if !ok {
		t.tell("No coaching is written for %s yet.", row.KSB.ID)
		return
	}
	t.tell("%s. %s", plan.GoodAt, entry.Good)
	for _, x := range entry.Steps() {
		if x.Text != "" {
			t.tell("From %s to %s. %s", x.From, x.To, x.Text)
		}
	}
	for _, a := range entry.ActionsFrom(plan.From(row)) {
		t.tell("To do, %s: %s With: %s. %s.", a.Sort, sentence(a.Text), a.Who, words.Capital(a.Takes()))
	}
	t.tellEach(words.Given(entry.Scope, entry.Patients, entry.Support)...)
}

// addTo asks for what is to be added to a KSB: "example" or "note".
func (t *talk) addTo(ksb, what string) error {
	if what == "example" {
		return t.addExample([]string{ksb})
	}
	rating, rated := t.ownRating(ksb)
	if !rated {
		t.tell("A note goes with a rating: rate %s first, then type note.", ksb)
		return nil
	}
	text, err := t.askText(field{
		Ask: "Your note on " + ksb + ", for yourself and your next review?", Was: rating.Note, Multiline: true,
		Help: coaching.NoPatients,
	})
	if err != nil {
		return err
	}
	done := "Note kept with " + ksb
	if text.Empty() {
		done = ksb + " has no note now"
	}
	t.do(profile.Note{KSB: ksb, Text: text}, done)
	return nil
}

// addExample asks for an example, the smallest piece of evidence, for some KSBs. The coaching prompt is that of the
// first.
func (t *talk) addExample(ksbs []string) error {
	codes := strings.Join(ksbs, ", ")
	prompt := ""
	if e, ok := t.s.Coach()(ksbs[0]); ok {
		row, _ := t.s.Report().Row(ksbs[0])
		prompt = e.PromptAt(plan.From(row))
	}
	check := func(d calendar.Date) error { return profile.MayHaveHappened(d, calendar.Date{}, t.s.Today()) }
	return t.edit("example-"+ksbs[0], []field{
		{
			ID: "title", Ask: "An example for " + codes + ": write in one line what happened.", Required: true,
			Help: strings.TrimSpace(prompt + " " + coaching.NoPatients),
		},
		{
			ID: "on", Ask: "When was it?", Required: true,
			Day: &day{Tense: calendar.Past, Check: check, Offered: t.o.Day()},
		},
	}, "Example kept for "+codes, func(a answers) profile.Change {
		return profile.AddEvidence{Today: t.s.Today(), Evidence: profile.Evidence{
			ID: t.s.NewID("e"), KSBs: ksbs, Kind: profile.KindFor(ksbs), On: a.days["on"], Title: a.text("title"),
			Duty: t.s.Standard().Home(ksbs[0]),
		}}
	})
}
