package demo

import (
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
)

// Her last review was reviewAgo days ago, in the round midRound; the next one falls into the third month after it on
// every day.
const (
	reviewAgo = 70
	midRound  = "review-1"
)

// prepared is what she has noted for herself for the next one.
var prepared = profile.Private{
	Wellbeing: safetext.New("Better since the on-call change was put right."),
	Workload:  safetext.New("The study hour fell away three times this month."),
}

func (a asha) review() profile.Review {
	day := a.in(-reviewAgo)
	return profile.Review{
		ID: "r-9hst", On: day, Kind: profile.ReviewProgress, With: []safetext.Text{safetext.New(mentor), safetext.New(educator)}, Round: midRound,
		Checked: []profile.Checked{
			{Action: "a-5mvk", Outcome: profile.ActionDone},
			{Action: "a-8zdh", Outcome: profile.ActionDropped, Reason: safetext.New("It is being rewritten; asked for the draft instead")},
		},
		Actions:   []string{"a-4rwe", "a-6jqt", "a-9bns", "a-3tyg", "a-7fkz", "a-1hdu"},
		Agreed:    safetext.New("Teaching first, since a new starter comes; then the probes. Safeguarding once the lead is back from leave."),
		Wellbeing: safetext.New("Tired since the on-call change. Sleeping again, and walking home."),
		Workload:  safetext.New("Two full lists a day leave no time to write anything up."),
		Support:   safetext.New("One hour a fortnight with the educator, kept free on the rota."),
		Share:     []string{profile.ShareSupport},
		Clear:     "yes", Helped: "partly", Valued: "yes",
		Next: a.in(ReviewIn), Closed: day,
	}
}
