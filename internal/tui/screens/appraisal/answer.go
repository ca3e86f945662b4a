package appraisal

import (
	"slices"
	"strconv"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/tui/forms"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// What a menu, a form or a change was for.
type (
	startKind struct{ kinds []profile.ReviewKind }
	startWith struct{ kind profile.ReviewKind }
	starting  struct{ kind profile.ReviewKind }
	checking  struct{ action string }
	ending    struct{ of forms.Outcome }
	checked   struct {
		action  string
		outcome profile.ActionStatus
		onward  bool // another one takes its place
		same    bool // which is the same again
	}
	ticked struct {
		part   int
		onward bool // the cursor goes on to the next one
	}
	reviewVerdict struct{ field string }
	minutesChoice struct{}
	shareChoice   struct{}
	closeChoice   struct{}
	cancelChoice  struct{}
	cancelled     struct{}
	privateNotes  struct{}
	agreedWords   struct{}
	whoMet        struct{}
	nextChosen    struct{}
	answerOn      struct{ question int }
	answerKept    struct{ question int }
	closed        struct{}
	roundDone     struct{ opened bool }
)

// chosen takes the answer of a menu.
func (s *Screen) chosen(msg ui.ChosenMsg, c *ui.Context) []ui.Ask {
	r, _ := c.Profile.OpenReview()
	i := msg.Index
	switch what := msg.Note.(type) {
	case startKind:
		if i < len(what.kinds) {
			return ui.Asks(askWho(c, what.kinds[i]))
		}
	case startWith:
		who := ""
		if groups := metGroups(c.Profile); i < len(groups) {
			who = groups[i]
		}
		return ui.Asks(startForm(c, what.kind, who))
	case leftMenu:
		return chooseLeft(c, what.of, i)
	case checking:
		return chooseOutcome(c, r, what.action, i)
	case reviewVerdict:
		if i < len(profile.Verdicts) {
			return ui.Asks(ui.Do{Change: verdictChange(r.ID, what.field, profile.Verdicts[i]), Note: what})
		}
	case minutesChoice:
		if i < len(lengths) {
			s.minutes = lengths[i]
		}
	case shareChoice:
		if i < len(profile.Shares) {
			return ui.Asks(ui.Do{Change: toggleShare(r, profile.Shares[i]), Note: what})
		}
	case closeChoice:
		if _, asks := c.Profile.AsksOfRound(r, c.Standard); i == 0 || asks && i == keepRound {
			return closeReview(c, r, i == keepRound)
		}
	case beginAnew:
		s.answerBegin(c, what, i)
	case cancelChoice:
		if i == cancelIt {
			return ui.Asks(ui.Do{Change: profile.CancelReview{ID: r.ID}, Note: cancelled{}})
		}
	case roundChoice:
		return what.do(i, c)
	}
	return nil
}

func verdictChange(id, field, answer string) profile.Change {
	change := profile.EditReview{ID: id}
	switch field {
	case "clear":
		change.Clear = &answer
	case "helped":
		change.Helped = &answer
	default:
		change.Valued = &answer
	}
	return change
}

// toggleShare includes a private part, or leaves it out again.
func toggleShare(r profile.Review, part string) profile.Change {
	var share []string
	for _, x := range profile.Shares {
		if r.Shares(x) != (x == part) {
			share = append(share, x)
		}
	}
	return profile.EditReview{ID: r.ID, Share: &share}
}

func chooseOutcome(c *ui.Context, r profile.Review, action string, i int) []ui.Ask {
	a, _, ok := c.Profile.Action(action)
	switch {
	case !ok || i < 0 || i > len(forms.Ways):
		return nil
	case i == len(forms.Ways):
		return goesOn(c, r, a)
	}
	of := forms.Outcome{Action: a, Status: forms.Ways[i].Status}
	for _, x := range r.Checked {
		if x.Action != action || x.Outcome != of.Status {
			continue
		}
		of.Reason = x.Reason
		if next, _, set := c.Profile.Action(x.Next); set {
			of.Next = &next
		}
	}
	return ui.Asks(ui.Edit{Note: ending{of}, Form: forms.OutcomeForm(c, of)})
}

// goesOn checks an action that is not due yet: it is set anew as it is.
func goesOn(c *ui.Context, r profile.Review, a profile.Action) []ui.Ask {
	next := profile.Action{ID: c.NewID("a"), Sort: a.Sort, Text: a.Text, Who: a.Who, Due: a.Due, Shows: a.Shows, IfThen: a.IfThen, Status: profile.ActionOpen}
	change := profile.CheckAction{Review: r.ID, Action: a.ID, Outcome: profile.ActionChanged, Reason: safetext.New(notDueReason), On: c.Today, Next: &next}
	return ui.Asks(ui.Do{Change: change, Note: checked{action: a.ID, outcome: profile.ActionChanged, onward: true, same: true}})
}

func endAction(c *ui.Context, r profile.Review, of forms.Outcome, values map[string]string) []ui.Ask {
	reason, next := forms.OutcomeSent(values, c, of)
	change := profile.CheckAction{Review: r.ID, Action: of.Action.ID, Outcome: of.Status, Reason: reason, On: c.Today, Next: next, NoNext: next == nil}
	return ui.Asks(ui.Do{Change: change, Note: checked{action: of.Action.ID, outcome: of.Status, onward: next != nil}})
}

// keepRound is the option that closes a review and lets its round go on.
const keepRound = 1

// closeReview closes it with the hash of its record. A change that the rules refuse is asked for all the same, so that the
// root says why.
func closeReview(c *ui.Context, r profile.Review, goesOn bool) []ui.Ask {
	change := profile.CloseReview{ID: r.ID, On: c.Today, Next: nextDay(c, r)}
	if _, closes := c.Profile.ClosesWith(r); closes {
		change.Round = !goesOn
	}
	if with, _, err := appraisal.Close(c.Profile, c.Standard, change); err == nil {
		change = with
	}
	return ui.Asks(ui.Do{Change: change, Note: closed{}})
}

// filled takes a form that was sent off.
func (s *Screen) filled(msg ui.FilledMsg, c *ui.Context) []ui.Ask {
	r, _ := c.Profile.OpenReview()
	text := func(id string) *safetext.Text { t := safetext.New(msg.Values[id]); return &t }
	day := func(id string) *calendar.Date { d, _ := calendar.Parse(strings.TrimSpace(msg.Values[id])); return &d }
	var change profile.Change
	switch what := msg.Note.(type) {
	case starting:
		change = profile.StartReview{ID: c.NewID("v"), On: *day("on"), Kind: what.kind, With: profile.Names(msg.Values["with"]), Today: c.Today}
	case privateNotes:
		change = profile.KeepPrivate{Wellbeing: text("wellbeing"), Workload: text("workload"), Support: text("support"), Adjust: text("adjustments")}
	case agreedWords:
		change = profile.EditReview{ID: r.ID, Agreed: text("agreed")}
	case whoMet:
		who := profile.Names(msg.Values["with"])
		kind, _ := readKind(msg.Values["kind"])
		change = profile.EditReview{ID: r.ID, With: &who, On: day("on"), Kind: &kind, Today: c.Today}
	case nextChosen:
		change = profile.EditReview{ID: r.ID, Next: day("next"), Today: c.Today}
	case leftWords:
		what.of.Outcome, what.of.Note = profile.ActionDone, *text("note")
		return sayLeft(c, what.of)
	case ending:
		return endAction(c, r, what.of, msg.Values)
	case answerOn:
		return s.keepAnswer(c, what.question, msg.Values["answer"])
	default:
		return nil
	}
	return ui.Asks(ui.Do{Change: change, Note: msg.Note})
}

// done goes on after a change was made.
func (s *Screen) done(what any, c *ui.Context) []ui.Ask {
	r, _ := c.Profile.OpenReview()
	say := ""
	switch what := what.(type) {
	case starting:
		s.show(meetTab)
		s.choose(c, item{kind: agenda, id: strconv.Itoa(partWell)})
		say = "The review is open. Start with what went well: the learner speaks first."
	case checked:
		say = s.afterCheck(c, r, what)
	case leftSaid:
		s.learn(c)
		say = s.afterLeft(c, what.of)
	case ticked:
		if what.onward {
			s.choose(c, item{kind: agenda, id: strconv.Itoa(what.part + 1)})
		}
	case reviewVerdict:
		s.move(c, 1)
	case shareChoice:
		say = "Kept. What is not included stays in your file only."
	case privateNotes:
		say = "Kept. " + privateLine
		if _, open := c.Profile.OpenReview(); !open {
			say = "Kept. " + waitLine + " " + privateLine
		}
	case agreedWords:
		s.choose(c, item{kind: record})
		say = "Kept. Read the record, then close the review."
	case whoMet, nextChosen:
		s.move(c, 1)
		say = "Kept."
	case answerKept:
		s.move(c, 1)
		say = "Kept for you alone."
	case cancelled:
		s.show(prepareTab)
		s.at[meetTab], s.at[afterTab] = place{}, place{}
		say = "Taken back. No review is open; your private notes wait for the next one."
	case closed:
		s.show(afterTab)
		s.at[meetTab], s.at[afterTab] = place{}, place{}
		say = "Closed. It is only read from now on. " + appraisal.HashWords
	case roundDone:
		if what.opened {
			return ui.Asks(s.roundMenu(c))
		}
		say = "The round is closed and kept whole; u opens it again."
	}
	if say == "" {
		return nil
	}
	return ui.Asks(ui.Say{Text: say})
}

// afterCheck goes on to the next action to check, or to what comes after.
func (s *Screen) afterCheck(c *ui.Context, r profile.Review, what checked) string {
	s.learn(c)
	left := c.Profile.Unchecked(r)
	if len(left) == 0 {
		s.choose(c, item{kind: agenda, id: strconv.Itoa(partReveal)})
		return "All actions are checked. New ones may be set now."
	}
	at := slices.IndexFunc(r.Checked, func(x profile.Checked) bool { return x.Action == what.action })
	next := left[0]
	for _, a := range left {
		if i := slices.IndexFunc(r.Checked, func(x profile.Checked) bool { return x.Action == a.ID }); i > at {
			next = a
			break
		}
	}
	s.choose(c, item{kind: check, id: next.ID})
	says := capital(outcomeWords[what.outcome]) + ". "
	switch {
	case what.same:
		says = "It goes on as it is. "
	case what.onward:
		says = "Changed, and set anew. "
	}
	return says + count(len(left), "action", "actions") + " still to check."
}
