package profile

import (
	"slices"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/standard"
)

// Left is something that a closed review left open, and what came of it: how learner and mentor would settle a
// difference, or what was agreed in words. The words themselves are in that review and its round.
type Left struct {
	Review  string        // ID of the review that left it
	KSB     string        // what they differ on; "" for what was agreed in words
	Outcome ActionStatus  // what came of it; ActionOpen until it is answered
	Note    safetext.Text // more on that, in words; it may be empty
	On      calendar.Date // the day on which it was said
}

// Key tells one thing that was left from all others.
func (l Left) Key() string { return l.Review + " " + l.KSB }

// LeftOutcomes are the words for what came of something that was left.
var LeftOutcomes = []ActionStatus{ActionDone, ActionNotDone, ActionDropped}

// Left lists what the last closed review left open, with the answers given since: the differences by code, then what
// was agreed in words, then what is still unanswered from earlier reviews. A difference on which a level was agreed in
// a later round is answered by that and left out.
func (p Profile) Left() []Left {
	last, ok := p.LastReview()
	if !ok {
		return nil
	}
	var all []Left
	if round, ok := p.Round(last.Round); ok {
		for _, ksb := range standard.Sorted(round.Differ) {
			all = append(all, Left{Review: last.ID, KSB: ksb, Outcome: ActionOpen})
		}
	}
	if !last.Agreed.Empty() {
		all = append(all, Left{Review: last.ID, Outcome: ActionOpen})
	}
	for _, old := range last.Left {
		anew := slices.ContainsFunc(all, func(l Left) bool { return l.KSB != "" && l.KSB == old.KSB })
		if old.Outcome == ActionOpen && !anew {
			all = append(all, old)
		}
	}
	var out []Left
	for _, l := range all {
		if i := slices.IndexFunc(p.Answered, func(x Left) bool { return x.Key() == l.Key() }); i >= 0 {
			l = p.Answered[i]
		} else if p.agreedAfter(l) {
			continue
		}
		out = append(out, l)
	}
	return out
}

// Unanswered lists what the last closed review left open and is not answered yet.
func (p Profile) Unanswered() []Left {
	return slices.DeleteFunc(p.Left(), func(l Left) bool { return l.Outcome != ActionOpen })
}

// agreedAfter says whether a level was agreed for what they differed on, in a later round than that of the review.
func (p Profile) agreedAfter(l Left) bool {
	r, _ := p.Review(l.Review)
	at := slices.IndexFunc(p.Rounds, func(x Round) bool { return x.ID == r.Round })
	_, agreed := p.NewestAt(l.KSB, Agreed)
	return l.KSB != "" && at >= 0 && agreed > at
}

// AnswerLeft says what came of something that the last review left open. It can be answered before or in the next
// review, and answered again until that one is closed.
type AnswerLeft struct {
	Review  string
	KSB     string        // "" for what was agreed in words
	Outcome ActionStatus  // of LeftOutcomes
	Note    safetext.Text // may be empty
	On      calendar.Date
}

func (c AnswerLeft) Label() string {
	if c.KSB == "" {
		return "what came of what was agreed"
	}
	return "what came of " + c.KSB
}

func (c AnswerLeft) Apply(p Profile, _ *standard.Standard) (Profile, error) {
	now := Left(c)
	same := func(l Left) bool { return l.Key() == now.Key() }
	if err := checkWord(c.Outcome, LeftOutcomes, "does not say what came of it"); err != nil {
		return p, err
	}
	switch {
	case c.On.IsZero():
		return p, refuse("give the day as YYYY-MM-DD", "what came of it needs a date")
	case !slices.ContainsFunc(p.Left(), same):
		return p, refuse("ksbcoach review prepare lists what it left", "the last review left nothing of the kind open")
	}
	if err := p.checkTexts(part{"the note", c.Note}); err != nil {
		return p, err
	}
	p.Answered = append(slices.DeleteFunc(slices.Clone(p.Answered), same), now)
	return p, nil
}
