package appraisal

import (
	"fmt"
	"slices"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// A PartState is how far a part of the meeting is. Words say what the record knows of it, or are "".
type PartState struct {
	Done   bool
	ByHand bool // the record cannot tell, so the people in the meeting tick it
	Words  string
}

// fewestActions is how many new actions complete the part of the meeting that sets three to five.
const fewestActions = 3

// StateOf says how far an open review is with a part of its agenda, by the ID of the part. A part is done when the
// record shows it, or, where nothing in the record could show it, when it was ticked.
func StateOf(p profile.Profile, std *standard.Standard, r profile.Review, part string) PartState {
	out := PartState{ByHand: slices.Contains(profile.Talks, part)}
	switch part {
	case AgendaLast:
		out.Done, out.Words = checksState(p, r)
	case profile.TalkReveal:
		out.Done, out.Words = revealState(p, std, r)
	case AgendaAgree:
		out.Done, out.Words = agreeState(p, std, r)
	case AgendaNew:
		out.Done, out.Words = newState(p, r)
	case AgendaClose:
		out.Done, out.Words = closeState(r)
	}
	if round, _ := p.RoundOf(r); part == profile.TalkReveal && round.Rated(profile.Mentor) == 0 {
		out.ByHand = false // there is nothing to reveal yet
	}
	out.Done = out.Done || out.ByHand && r.HasTalked(part)
	return out
}

func checksState(p profile.Profile, r profile.Review) (bool, string) {
	all := 0
	for _, c := range r.Checked {
		if !c.Before {
			all++
		}
	}
	switch left := len(p.Unchecked(r)); {
	case all == 0:
		return true, "No action was open when this review started."
	case left > 0:
		return false, fmt.Sprintf("%d of %d still to check", left, all)
	case all == 1:
		return true, "The one that was open is checked."
	}
	return true, fmt.Sprintf("All %d are checked.", all)
}

// revealStands is done when the two looked at the ratings or settled one in the meeting, or when they agree on
// everything.
func revealState(p profile.Profile, std *standard.Standard, r profile.Review) (bool, string) {
	round, _ := p.RoundOf(r)
	if round.Rated(profile.Mentor) == 0 {
		return false, "Your mentor has not rated anything in this round yet."
	}
	alike := bothRated(round) > 0 && len(Open(p, std)) == 0
	return alike || settledSince(round, r.On) || openedSince(round, r.On),
		fmt.Sprintf("In this round you rated %d, %s.", round.Rated(profile.Self), CountsByMentor(round.AllByMentors()))
}

// openedSince says whether the two looked at the ratings of a round on a day or after it.
func openedSince(round profile.Round, day calendar.Date) bool {
	for id := range round.Ratings[profile.Mentor] {
		if slices.ContainsFunc(round.Mentors(id),
			func(x profile.Rating) bool { return !x.Shown.IsZero() && !x.Shown.Before(day) }) {
			return true
		}
	}
	return false
}

// settledSince says whether anything in a round was agreed, or recorded as differing, on a day or after it.
func settledSince(round profile.Round, day calendar.Date) bool {
	for _, x := range round.Ratings[profile.Agreed] {
		if !x.On.Before(day) {
			return true
		}
	}
	for _, x := range round.Differ {
		if !x.On.Before(day) {
			return true
		}
	}
	return false
}

func agreeState(p profile.Profile, std *standard.Standard, r profile.Review) (bool, string) {
	round, _ := p.RoundOf(r)
	if bothRated(round) == 0 {
		return false, "Nothing is rated by both of you in this round yet."
	}
	if n := len(Open(p, std)); n > 0 {
		return false, words.Count(n, "difference is", "differences are") + " still open"
	}
	settled := round.Rated(profile.Agreed)+len(round.Differ) > 0
	says := "No difference is left."
	if n := Recorded(p, std); n > 0 {
		says = "You recorded that you differ on " + words.Count(n, "KSB", "KSBs") + "; nothing else is left open."
	}
	if n := len(round.Equal()); n > 0 {
		says += " What you rate the same can be agreed at once: " + words.Count(n, "KSB", "KSBs") + "."
	}
	return settled, says
}

// bothRated is how many KSBs learner and mentor both rated in a round.
func bothRated(round profile.Round) int {
	n := 0
	for id := range round.Ratings[profile.Mentor] {
		if _, ok := round.Ratings[profile.Self][id]; ok {
			n++
		}
	}
	return n
}

func newState(p profile.Profile, r profile.Review) (bool, string) {
	fresh := p.NewActions(r)
	if len(fresh) == 0 {
		return false, ""
	}
	goesOn := 0
	for _, c := range r.Checked {
		if slices.ContainsFunc(fresh, func(a profile.Action) bool { return a.ID == c.Next }) {
			goesOn++
		}
	}
	says := words.Count(len(fresh), "action", "actions") + " so far"
	switch {
	case goesOn == 0:
		says = words.Count(len(fresh), "new action", "new actions") + " so far"
	case goesOn < len(fresh):
		says += ", " + fmt.Sprint(goesOn) + " of them from last time"
	case goesOn == 1:
		says += ", which goes on from last time"
	default:
		says += ", which go on from last time"
	}
	return len(fresh) >= fewestActions, says
}

func closeState(r profile.Review) (bool, string) {
	n := 0
	for _, answer := range []string{r.Clear, r.Helped, r.Valued} {
		if answer != "" {
			n++
		}
	}
	if n == 0 {
		return false, ""
	}
	return n == 3, fmt.Sprintf("%d of the 3 closing questions answered", n)
}
