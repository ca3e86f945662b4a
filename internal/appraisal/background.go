package appraisal

import (
	"fmt"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// Background is what the record holds that helps a learner to rate a KSB again, each in a line of words; "" where there
// is nothing. Never show it to a mentor, whose rating is to be independent.
type Background struct {
	Note     string // the learner's newest note on it: "7 Sep: I go quiet when the list runs late"
	Agreed   string // why a level was agreed: "1 with J. Ode on 13 Sep: names the checks"
	Mentor   string // what a mentor last said, once the learner may see it: "J. Ode on 11 Sep: 2 Supported, thanked us"
	Evidence string // what a level rests on: "2 examples, the newest on 14 Jan: the team case"
}

// BackgroundOf gathers it.
func BackgroundOf(p profile.Profile, scale *level.Scale, ksb string, today calendar.Date) Background {
	var b Background
	var noted calendar.Date
	for _, r := range p.Rounds {
		if x, ok := r.Ratings[profile.Self][ksb]; ok && !x.Note.Empty() && !x.On.Before(noted) {
			noted, b.Note = x.On, x.On.Near(today)+": "+x.Note.Line()
		}
	}
	agreed, byBoth := p.Newest(ksb, profile.Agreed)
	if byBoth && !agreed.Reason.Empty() {
		b.Agreed = agreed.Level.Figure() + agreed.By.After(" with ") + " on " + agreed.On.Near(today) +
			agreed.Reason.After(": ")
	}
	// An agreement takes the place of what came before it.
	if x, ok := p.Newest(ksb, profile.Mentor); ok && (!byBoth || x.On.After(agreed.On)) {
		b.Mentor = x.By.Or("your mentor") + " on " + x.On.Near(today) + ": " + scale.Named(x.Level) + x.Note.After(", ")
	}
	if e, ok := newestFor(p, ksb); ok {
		b.Evidence = fmt.Sprintf("%s: %s", e.On.Near(today), e.Title.Line())
		if n := len(p.EvidenceFor(ksb)); n > 1 {
			b.Evidence = words.Count(n, "example", "examples") + ", the newest on " + b.Evidence
		}
	}
	return b
}

// Last says in words which level counts for a KSB before it is rated again: "last time 2 Supported", or where one was
// agreed "agreed 1 Aware on 25 Nov (you say 0)". It is "" for a KSB that the learner rates for the first time. Never
// show it to a mentor, whose rating is to be independent.
func Last(p profile.Profile, scale *level.Scale, ksb string, today calendar.Date) string {
	agreed, by, ok := p.Level(ksb)
	if !ok || by != profile.Agreed {
		if before, ok := p.Before(ksb, profile.Self); ok {
			return "last time " + scale.Named(before.Level)
		}
		return ""
	}
	words := fmt.Sprintf("agreed %s on %s", scale.Named(agreed.Level), agreed.On.Near(today))
	self, ok := p.Newest(ksb, profile.Self)
	switch {
	case !ok || self.Level == agreed.Level:
		return words
	case self.On.After(agreed.On):
		return words + fmt.Sprintf(" (you say %s now)", self.Level.Figure())
	}
	return words + fmt.Sprintf(" (you say %s)", self.Level.Figure())
}

// What learner and mentor are asked, wherever they are.
const (
	AskReason  = "One sentence: where it was, what was seen."
	AskDecides = "What would decide it, and by when?"
)

// Covered is said to a mentor of their own rating of an earlier visit, which the two have not looked at yet.
func Covered(on calendar.Date) string {
	return "You rated it on " + on.Short() + ". That stays covered until you both look; a level given now takes its place."
}
