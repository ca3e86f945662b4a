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

// all are the levels in the order in which they are read out.
var levelOrder = []level.Level{0, 1, 2, 3, 4, level.NoOpportunity}

// rate goes through what is due in the round, else through what was never rated, from where the learner stopped. Where
// neither is left it asks what to rate again.
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

// restOfRound offers what is not rated in the round once all that was due is.
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

// from is a list from one of its entries on, and round to it again.
func startingAt(list []string, first string) []string {
	at := max(slices.Index(list, first), 0)
	return slices.Concat(list[at:], list[:at])
}

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
	t.tell("%q is no duty and no code here.", said)
	return nil
}

// walk asks for a level of one KSB after the other. back goes to the one before, and from the first out of the walk.
func (t *talk) walk(ksbs []string) error {
	err := t.inTurn(ksbs, func(i int) error {
		if len(ksbs) > 1 { // one that was looked for is not where rating goes on from
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

// inTurn asks for ratings one after the other. back goes to the one before, undo to the one whose rating it took back.
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

// endOfDuty says what to take away from a duty, where the next KSB is of another one.
func (t *talk) endOfDuty(ksbs []string, next int) {
	std, title := t.s.Standard(), t.s.Titles()
	duty := std.Home(ksbs[next-1])
	if next < len(ksbs) && std.Home(ksbs[next]) == duty || len(ksbs) == 1 {
		return
	}
	d, _ := std.Duty(duty)
	e := plan.Ended(t.s.Report(), t.s.Profile(), d.KSBs, title)
	if e.Now == "" {
		return
	}
	t.tell("End of Duty %d. %s", duty, e.Now)
	if says := e.Skipped(); says != "" {
		t.tell("%s.", says)
	}
	if len(e.Glad) > 0 {
		t.tell("%s: %s", e.Label, sentence(strings.Join(e.Glad, "; ")))
	}
	t.tell("%s", e.Ahead)
}

// rateOne asks for the level of one KSB. Where it goes on, the next question takes more on this one.
func (t *talk) rateOne(ksb string, goesOn bool) error {
	row, _ := t.s.Report().Row(ksb)
	subject, extra := t.lastRated, ""
	if subject == "" {
		subject, extra = ksb, "example, note, "
	} // else they were named with the rating, so that this question names one code
	q := question{
		Prompt: ksb + ": 0 to 4, n, skip, more, " + extra + "back, undo, find, quit, or ?",
		Help: "A digit rates " + ksb + " and goes on; n says that your post gives you no chance to try it, which is " +
			"no low score. skip leaves it for now. more reads all the coaching. example keeps one dated example and " +
			"note keeps a note, " +
			"for " + subject + ". brief leaves the levels and the coaching out from now on, full has them again.",
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
			t.tell("%q is no level. One line rates one statement.", safetext.Brief(said, 40))
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

// nothingTyped answers Enter alone where there is no level that it could keep.
const nothingTyped = "Nothing was typed. Type a level, or skip."

// own is what the learner said of a KSB in this round.
func (t *talk) ownRating(ksb string) (profile.Rating, bool) {
	round, _ := t.s.Profile().Open()
	rating, rated := round.Ratings[profile.Self][ksb]
	return rating, rated
}

// give rates, and says what follows from it.
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

// named is a level with its name, as it is said: "2, Supported".
func (t *talk) levelText(l level.Level) string {
	if l == level.NoOpportunity {
		return l.Figure()
	}
	return l.String() + ", " + t.o.Library.Scale().Words(l).Name
}

// sayKSB reads out a KSB with its levels and what helps to choose one.
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
	for _, says := range words.Given(words.After("Your note, ", background.Note), words.After("Agreed ", background.Agreed),
		words.After("Your mentor, ", background.Mentor), words.After("Evidence, ", background.Evidence)) {
		t.tell("%s", sentence(says))
	}
	if t.brief {
		if x, ok := row.Expected(); ok {
			t.tell("Expected by now: %s. Your target: %s.", t.levelText(x), t.levelText(row.Target))
		}
		return
	}
	for _, l := range levelOrder {
		says := "Level " + l.String()
		if l == level.NoOpportunity {
			says = "n"
		}
		says += ", " + scale.Words(l).Name + ": " + sentence(scale.Words(l).For(row.KSB.Kind))
		if x, ok := row.Expected(); ok && x == l {
			says += " Expected by now."
		}
		if l == row.Target {
			says += " Your target."
		}
		t.item("%s", says)
	}
	e, ok := t.s.Coach()(row.KSB.ID)
	if !ok {
		return
	}
	if name, text := plan.Between(e, row, level.NoOpportunity); text != "" {
		t.tell("%s %s", sentence(name), text)
	}
	fields := t.o.Library.Fields(std.Reference)
	if x, ok := fields.ExampleFor(e, t.s.Field().ID); ok {
		t.tell("%s: %s", fields.Says(x, t.s.Field().ID), x.Text)
	}
	t.tell("Think of it: %s", e.PromptAt(plan.From(row)))
}

// coaching reads out all that the coach knows of a KSB for somebody at their level.
func (t *talk) readCoaching(row gap.Row) {
	coaching, ok := t.s.Coach()(row.KSB.ID)
	if !ok {
		t.tell("No coaching is written for %s yet.", row.KSB.ID)
		return
	}
	t.tell("Good at 3. %s", coaching.Good)
	for _, x := range coaching.Steps() {
		if x.Text != "" {
			t.tell("From %s to %s. %s", x.From, x.To, x.Text)
		}
	}
	for _, a := range coaching.ActionsFrom(plan.From(row)) {
		t.tell("To do, %s: %s With: %s. %s.", a.Sort, sentence(a.Text), a.Who, words.Capital(a.Takes()))
	}
	t.tellEach(words.Given(coaching.Scope, coaching.Patients, coaching.Support)...)
}

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
	says := "Note kept with " + ksb
	if text.Empty() {
		says = ksb + " has no note now"
	}
	t.do(profile.Note{KSB: ksb, Text: text}, says)
	return nil
}

func (t *talk) addExample(ksbs []string) error {
	title := strings.Join(ksbs, ", ")
	prompt := ""
	if e, ok := t.s.Coach()(ksbs[0]); ok {
		row, _ := t.s.Report().Row(ksbs[0])
		prompt = e.PromptAt(plan.From(row))
	}
	happened := func(d calendar.Date) error { return profile.MayHaveHappened(d, calendar.Date{}, t.s.Today()) }
	return t.edit("example-"+ksbs[0], []field{
		{
			ID: "title", Ask: "An example for " + title + ": write in one line what happened.", Required: true,
			Help: strings.TrimSpace(prompt + " " + coaching.NoPatients),
		},
		{ID: "on", Ask: "When was it?", Required: true, Day: &day{Tense: calendar.Past, Check: happened, Offered: t.o.Day()}},
	}, "Example kept for "+title, func(a answers) profile.Change {
		return profile.AddEvidence{Today: t.s.Today(), Evidence: profile.Evidence{
			ID: t.s.NewID("e"), KSBs: ksbs, Kind: profile.KindFor(ksbs), On: a.days["on"], Title: a.text("title"),
			Duty: t.s.Standard().Home(ksbs[0]),
		}}
	})
}
