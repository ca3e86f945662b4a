package demo

import (
	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
)

const none = level.NoOpportunity

// Her mentor, and the practice educator who stands in.
const (
	mentor   = "J. Ode"
	educator = "R. Lindqvist"
)

// A mark is one rating: the day is counted from her start in the first round, and is days ago in the later ones.
type mark struct {
	ksb    string
	level  level.Level
	day    int
	note   string
	reason string
	by     string
}

// first is the baseline: Duties 1 to 3, and what induction had covered by then.
var first = []mark{
	{ksb: "K1", level: 1, day: 5},
	{ksb: "K2", level: 1, day: 5},
	{ksb: "K3", level: 2, day: 5},
	{ksb: "K4", level: 0, day: 5},
	{ksb: "K5", level: 1, day: 5},
	{ksb: "S1", level: 1, day: 5},
	{ksb: "S2", level: 2, day: 5},
	{ksb: "S3", level: 1, day: 5},
	{ksb: "S4", level: 0, day: 6},
	{ksb: "S5", level: 1, day: 6},
	{ksb: "B1", level: 2, day: 6, note: "Always, but I go quiet when the list runs late"},
	{ksb: "B2", level: 2, day: 6},
	{ksb: "B3", level: 2, day: 6},
	{ksb: "B4", level: 1, day: 6},
	{ksb: "B6", level: 1, day: 6},
	{ksb: "K6", level: 1, day: 7},
	{ksb: "K7", level: 1, day: 7},
	{ksb: "K8", level: 0, day: 7},
	{ksb: "K9", level: 1, day: 7},
	{ksb: "S6", level: 1, day: 7},
	{ksb: "S7", level: 0, day: 7},
	{ksb: "S8", level: 1, day: 7},
	{ksb: "S9", level: 0, day: 7},
	{ksb: "K10", level: 2, day: 9},
	{ksb: "K11", level: 1, day: 9},
	{ksb: "K12", level: 1, day: 9},
	{ksb: "K13", level: 2, day: 9},
	{ksb: "S10", level: 2, day: 9},
	{ksb: "S11", level: 0, day: 9},
	{ksb: "S12", level: 1, day: 9},
	{ksb: "S13", level: 1, day: 9},
	{ksb: "K23", level: 2, day: 12, note: "Induction week was mostly this"},
	{ksb: "K24", level: 2, day: 12},
	{ksb: "S23", level: 2, day: 12},
	{ksb: "S24", level: 0, day: 12},
	{ksb: "K31", level: 1, day: 12},
	{ksb: "S31", level: 1, day: 12},
	{ksb: "B5", level: 2, day: 12},
	{ksb: "K17", level: 3, day: 13, note: "Four years in medical records before this"},
	{ksb: "K18", level: 4, day: 13, note: "I ran the information governance session in my last job"},
	{ksb: "S17", level: 2, day: 13},
	{ksb: "S18", level: 3, day: 13},
}

// firstMentor is what her mentor made of it then.
var firstMentor = []mark{
	{ksb: "K13", level: 1, day: 13, by: mentor},
	{ksb: "S10", level: 2, day: 13, by: mentor},
	{ksb: "S6", level: 1, day: 13, by: mentor},
	{ksb: "K17", level: 3, day: 13, by: mentor},
}

// mid is the round of the review ten weeks ago: the few KSBs that she works on with her mentor.
var mid = []mark{
	{ksb: "B1", level: 3, day: 76},
	{ksb: "K7", level: 2, day: 76},
	{ksb: "K8", level: 0, day: 76},
	{ksb: "K9", level: 1, day: 76},
	{ksb: "S6", level: 2, day: 76},
	{ksb: "S7", level: 1, day: 76},
	{ksb: "S10", level: 2, day: 76},
	{ksb: "S13", level: 2, day: 76},
	{ksb: "S14", level: 1, day: 76},
}

// midMentor is what her mentor said without seeing that.
var midMentor = []mark{
	{ksb: "B1", level: 2, day: 72, by: mentor, note: "Every time, except when the list runs late"},
	{ksb: "K7", level: 1, day: 72, by: mentor},
	{ksb: "K8", level: 0, day: 72, by: educator},
	{ksb: "K9", level: 1, day: 72, by: mentor},
	{ksb: "S6", level: 1, day: 72, by: mentor},
	{ksb: "S7", level: 1, day: 72, by: mentor},
	{ksb: "S10", level: 2, day: 72, by: mentor},
	{ksb: "S13", level: 2, day: 72, by: mentor},
	{ksb: "S14", level: 2, day: 72, by: mentor, note: "Ward 4 rang to say thank you"},
}

// midAgreed is what they agreed in that review.
var midAgreed = []mark{
	{ksb: "K7", level: 1, day: reviewAgo, by: mentor, reason: "Names the checks; what they are for has to be asked out"},
	{ksb: "S10", level: 2, day: reviewAgo, by: mentor, reason: profile.EqualReason},
	{ksb: "S13", level: 2, day: reviewAgo, by: mentor, reason: profile.EqualReason},
}

// now is the open round. It stops in the middle of Duty 5, and a few later KSBs were rated after an accreditation visit.
var now = []mark{
	{ksb: "K1", level: 2, day: 21},
	{ksb: "K2", level: 2, day: 21},
	{ksb: "K3", level: 3, day: 21},
	{ksb: "K4", level: 1, day: 21, note: "I read papers; I could not say which ones are good"},
	{ksb: "K5", level: 2, day: 21},
	{ksb: "S1", level: 2, day: 21},
	{ksb: "S2", level: 3, day: 20},
	{ksb: "S3", level: 2, day: 20},
	{ksb: "S4", level: 2, day: 20, note: "Fine on my own machine. With someone watching I hand it over too soon."},
	{ksb: "S5", level: 2, day: 20},
	{ksb: "B1", level: 3, day: 20},
	{ksb: "B2", level: 3, day: 20},
	{ksb: "B3", level: 3, day: 20},
	{ksb: "B4", level: 2, day: 20},
	{ksb: "B6", level: 2, day: 20},
	{ksb: "K6", level: 2, day: 17},
	{ksb: "K7", level: 3, day: 17, note: "I know the checks by heart now"},
	{ksb: "K8", level: 0, day: 17},
	{ksb: "K9", level: 2, day: 17},
	{ksb: "S6", level: 2, day: 17},
	{ksb: "S7", level: 1, day: 17},
	{ksb: "S8", level: 2, day: 17},
	{ksb: "S9", level: 1, day: 17},
	{ksb: "K10", level: 3, day: 14},
	{ksb: "K11", level: 2, day: 14},
	{ksb: "K12", level: 2, day: 14},
	{ksb: "K13", level: 1, day: 14, note: "I rated this too high last year: it was true of ECG, not of the rest"},
	{ksb: "S10", level: 3, day: 14},
	{ksb: "S11", level: 1, day: 14, note: "Never needed to. Talked it through with the safeguarding lead once."},
	{ksb: "S12", level: 2, day: 14},
	{ksb: "S13", level: 2, day: 14},
	{ksb: "K14", level: 2, day: 9},
	{ksb: "K15", level: 2, day: 9},
	{ksb: "K16", level: 2, day: 9},
	{ksb: "S14", level: 2, day: 9},
	{ksb: "S15", level: 1, day: 9, note: "An upset relative at reception. I froze; a colleague stepped in."},
	{ksb: "S16", level: 2, day: 9},
	{ksb: "K19", level: 3, day: 6},
	{ksb: "K20", level: 1, day: 6},
	{ksb: "S24", level: none, day: 5, note: "Risk assessments are not given to apprentices here. Ask about the lone working one?"},
	{ksb: "K25", level: 1, day: 5, note: "Sat in on the accreditation visit"},
	{ksb: "S25", level: 0, day: 5},
	{ksb: "K26", level: 0, day: 5},
	{ksb: "K29", level: 1, day: 5},
	{ksb: "S30", level: none, day: 5, note: "No study runs in our department at present"},
	{ksb: "K31", level: 2, day: 4},
	{ksb: "S31", level: 2, day: 4},
}

// nowMentor is what her mentor has said so far, without seeing her figures.
var nowMentor = []mark{
	{ksb: "K7", level: 2, day: 10, by: mentor},
	{ksb: "S6", level: 1, day: 10, by: mentor, note: "Good on rhythm, slow on artefact"},
	{ksb: "S7", level: 2, day: 10, by: mentor},
	{ksb: "K9", level: 2, day: 10, by: mentor},
	{ksb: "S10", level: 3, day: 10, by: mentor},
	{ksb: "S13", level: 3, day: 10, by: mentor},
	{ksb: "B1", level: 3, day: 10, by: mentor},
	{ksb: "K8", level: 1, day: 10, by: educator},
	{ksb: "S14", level: 3, day: 10, by: mentor},
}

// nowEducator is what the practice educator saw before that, of KSBs that her mentor has rated too.
var nowEducator = []mark{
	{ksb: "S7", level: 1, day: 12, by: educator, note: "Finds the fault, and waits for me to take it out of use"},
}

// nowAgreed is where they have talked already.
var nowAgreed = []mark{
	{ksb: "K7", level: 2, day: 10, by: mentor, reason: "Knows every check; still prompted on what each one cannot catch"},
	{ksb: "S13", level: 3, day: 10, by: mentor, reason: "Resting ECG and ambulatory fitting seen twice each, to the SOP, no prompts"},
	{ksb: "S10", level: 3, day: 10, by: mentor, reason: "Changed the set-up for two people unasked; both said so"},
}

func (a asha) rounds() []profile.Round {
	sinceStart := a.since
	ago := func(day int) calendar.Date { return a.in(-day) }
	return []profile.Round{
		{
			ID: "baseline", Opened: a.since(5), Closed: a.since(14),
			Ratings: map[profile.Rater]map[string]profile.Rating{
				profile.Self:   rated(first, sinceStart),
				profile.Mentor: rated(firstMentor, sinceStart),
			},
		},
		{
			ID: midRound, Opened: ago(77), Closed: ago(reviewAgo),
			Ratings: map[profile.Rater]map[string]profile.Rating{
				profile.Self:   rated(mid, ago),
				profile.Mentor: rated(midMentor, ago),
				profile.Agreed: rated(midAgreed, ago),
			},
		},
		{
			ID: "review-2", Opened: ago(21),
			Differ: map[string]profile.Differ{
				"S14": {On: ago(8), Note: safetext.New("The ward calls are clear; I want to see two more on a bad day before I say 3")},
			},
			Ratings: map[profile.Rater]map[string]profile.Rating{
				profile.Self:   rated(now, ago),
				profile.Mentor: rated(nowMentor, ago),
				profile.Agreed: rated(nowAgreed, ago),
			},
			Others: besides(nowEducator, ago),
		},
	}
}

func rated(marks []mark, on func(day int) calendar.Date) map[string]profile.Rating {
	out := make(map[string]profile.Rating, len(marks))
	for _, m := range marks {
		out[m.ksb] = profile.Rating{
			Level: m.level, On: on(m.day), Note: safetext.New(m.note), By: safetext.New(m.by), Reason: safetext.New(m.reason),
		}
	}
	return out
}

// besides are ratings that stand beside those of another mentor.
func besides(marks []mark, on func(day int) calendar.Date) map[string][]profile.Rating {
	out := make(map[string][]profile.Rating, len(marks))
	for ksb, r := range rated(marks, on) {
		out[ksb] = []profile.Rating{r}
	}
	return out
}
