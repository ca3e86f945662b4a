package demo

import (
	"fmt"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
)

// IDs of her goals, which her reflections name.
const (
	teachGoal = "g-k8tq"
	probeGoal = "g-s7rp"
	upsetGoal = "g-s5dn"
	auditGoal = "g-k6va"
	doneGoal  = "g-s4wm"
)

func (a asha) goals(coach plan.Coach) []profile.Goal {
	return []profile.Goal{a.done(), a.teach(), a.probes(), a.upset(), a.audit(coach)}
}

func act(id string, sort profile.Sort, due calendar.Date, text, who, shows string) profile.Action {
	return profile.Action{
		ID: id, Sort: sort, Due: due, Status: profile.ActionOpen,
		Text: safetext.New(text), Who: safetext.New(who), Shows: safetext.New(shows),
	}
}

func ended(x profile.Action, status profile.ActionStatus, on calendar.Date, note string) profile.Action {
	x.Status, x.Closed, x.Note = status, on, safetext.New(note)
	return x
}

func (a asha) done() profile.Goal {
	return profile.Goal{
		ID: doneGoal, KSBs: []string{"S14"}, Status: profile.GoalDone, Set: a.in(-120), Due: a.in(-40), Closed: a.in(-45),
		Text:   safetext.New("Answer the question on the request form first when I phone a result through"),
		Theory: "sbi", Why: safetext.New("The ward asked me twice for the same answer, and I could say when and why"),
		Note: safetext.New("Ward manager wrote that our calls are clearer; mentor agrees"),
		Actions: []profile.Action{
			ended(act("a-2pxc", profile.Practise, a.in(-90), "Write the form's question on the worksheet before each call, for four weeks", "", "Twenty worksheets"), profile.ActionDone, a.in(-88), "Kept at it"),
			ended(act("a-5mvk", profile.People, a.in(-60), "Ask one ward team what they need from our calls", "Ward manager", "Three points in their words"), profile.ActionDone, a.in(-reviewAgo), ""),
			ended(act("a-8zdh", profile.Study, a.in(-60), "Read the trust's guide to phoning results", "", "The two rules I had missed"), profile.ActionDropped, a.in(-reviewAgo), "It is being rewritten; asked for the draft instead"),
		},
	}
}

func (a asha) teach() profile.Goal {
	return profile.Goal{
		ID: teachGoal, KSBs: []string{"K8"}, Status: profile.GoalActive, Set: a.in(-reviewAgo), Due: a.in(56),
		Text:   safetext.New("Teach the morning ECG machine check to one new starter and have the session watched"),
		Theory: "goal-setting", Why: safetext.New("Furthest behind of all, and a new starter comes next month"),
		Actions: []profile.Action{
			ended(act("a-4rwe", profile.People, a.in(-28), "Watch one teaching session and note how the teacher checks that it was learnt", educator, "Half a page of notes"), profile.ActionDone, a.in(-30), "She asks for it back in the learner's own words"),
			act("a-6jqt", profile.Practise, a.in(-5), "Write a one-page plan for ten minutes on the machine check, with a show-back at the end", educator, "The plan with her comments"),
			act("a-9bns", profile.Study, a.in(24), "Read how Peyton's four steps work, and where they fail", "Library", "Which step I skip, and why"),
		},
	}
}

func (a asha) probes() profile.Goal {
	return profile.Goal{
		ID: probeGoal, KSBs: []string{"K7", "S7"}, Status: profile.GoalActive, Set: a.in(-reviewAgo), Due: a.in(33),
		Text:   safetext.New("Say what each weekly probe check can catch and cannot, and report one fault from start to finish"),
		Theory: "self-determination", Why: safetext.New("I like the machines, and the limits were what I was still prompted on"),
		Actions: []profile.Action{
			ended(act("a-3tyg", profile.Practise, a.in(-30), "Keep the probe check log for four weeks on my own", mentor, "The log, anonymised"), profile.ActionDone, a.in(-33), ""),
			act("a-7fkz", profile.People, a.in(-9), "Go along on a service visit and ask what it checks that we cannot", "Medical engineering", "A list of both"),
			act("a-1hdu", profile.Practise, a.in(3), "Write beside each check in the SOP what it would miss", mentor, "The marked copy"),
		},
	}
}

func (a asha) upset() profile.Goal {
	return profile.Goal{
		ID: upsetGoal, KSBs: []string{"S15", "B2"}, Status: profile.GoalActive, Set: a.in(-8), Due: a.in(70),
		Text:   safetext.New("Stay with an upset relative until they know what happens next, and ask a colleague how it looked"),
		Theory: "hattie-timperley", Why: safetext.New("I know where I was that day, and what I would rather have done"),
		Actions: []profile.Action{
			ended(act("a-0cwl", profile.Study, a.in(-2), "Read the trust's page on de-escalation and find the line that fits our waiting room", "", "That line"), profile.ActionDone, a.in(-3), ""),
			act("a-2xmf", profile.People, a.in(17), "Ask reception how they see trouble coming, and sit there for an hour", "Reception lead", "Three signs"),
		},
	}
}

// audit is the goal that she took over as it was suggested; it waits.
func (a asha) audit(coach plan.Coach) profile.Goal {
	g := profile.Goal{
		ID: auditGoal, KSBs: []string{"K26"}, Status: profile.GoalParked, Set: a.in(-5), Due: a.in(120),
		Text:   safetext.New("Write one audit criterion with its exceptions and score ten anonymised records against it"),
		Theory: "seventy-twenty-ten", Why: safetext.New("3 below target, 2 behind where month 14 should be, no evidence"),
		Note: safetext.New("Three goals are enough until the review; first one to take up after it"),
	}
	entry, _ := coach("K26")
	for i, x := range entry.Actions {
		x := plan.FromCoaching(x, a.in(60))
		x.ID = fmt.Sprintf("a-k26%d", i+1)
		if g.Actions = append(g.Actions, x); len(g.Actions) == len(profile.Sorts) {
			break
		}
	}
	return g
}
