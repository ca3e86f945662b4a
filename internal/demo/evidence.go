package demo

import (
	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
)

func (a asha) evidence() []profile.Evidence {
	piece := func(id, kind string, on calendar.Date, title string, ksbs ...string) profile.Evidence {
		return profile.Evidence{ID: id, Kind: kind, On: on, Title: safetext.New(title), KSBs: ksbs}
	}
	where := func(e profile.Evidence, place, witness string) profile.Evidence {
		e.Where, e.Witness = safetext.New(place), safetext.New(witness)
		return e
	}
	example := func(id string, on calendar.Date, duty int, title, ksb string) profile.Evidence {
		e := piece(id, profile.KindExample, on, title, ksb)
		e.Duty = duty
		return e
	}
	return []profile.Evidence{
		where(piece("e-9wd2", "training-record", a.since(24), "Fire, moving and handling, COSHH: induction set", "K23", "S23"), "Learning record", ""),
		where(piece("e-3hk7", "training-record", a.in(-342), "Information governance refresher, and the session I ran before", "K17", "K18", "S18"), "Learning record", ""),
		where(piece("e-5tqn", "training-record", a.in(-318), "Duty of candour e-learning and the team case that followed", "K3"), "Portfolio, section 1", educator),
		where(piece("e-b8mz", "reflective-account", a.since(185), "Six months in: what I stopped doing", "K31", "S31", "B5"), "Portfolio, section 9", ""),
		where(piece("e-r4vc", "observed-procedure", a.in(-140), "Resting 12-lead ECG, watched from greeting to goodbye", "S10", "S13", "B1"), "Portfolio, section 3", mentor),
		where(piece("e-k6yf", "case-based-discussion", a.in(-112), "Adapting an exercise test for someone who walks with a frame", "K10", "K13"), "Portfolio, section 3", mentor),
		where(piece("e-d2gx", "feedback", a.in(-96), "Two comments from the clinic feedback box, and a card", "B2"), "Portfolio, section 1", ""),
		example("e-w7ps", a.in(-75), 3, "Offered a chaperone before a Holter fitting without being asked", "B1"),
		where(piece("e-n5ju", "work-product", a.in(-61), "Probe check log, four weeks, anonymised", "K7", "S7"), "Equipment folder", ""),
		where(piece("e-h3ea", "witness-testimony", a.in(-47), "Explained a 24-hour tape to a ward team", "K14", "S14"), "Email, saved as PDF", "Ward manager"),
		where(piece("e-q9rb", "work-product", a.in(-38), "Marked-up copy of the ambulatory blood pressure SOP", "K9", "S9"), "Document control, draft 4", ""),
		example("e-x4tm", a.in(-17), 2, "Spotted swapped limb leads on a trace and asked for a repeat", "S6"),
		example("e-m8kd", a.in(-13), 10, "Stopped a screenshot of a worklist going into the team chat", "S18"),
		example("e-u6nw", a.in(-9), 4, "Said hello to the interpreter and the patient in the right order, for once", "B1"),
	}
}

// Steps of the Driscoll model, as seeds/reflection.toml names them.
const (
	what     = "what"
	soWhat   = "so-what"
	nowWhat  = "now-what"
	patients = "patients"
)

func (a asha) reflections() []profile.Reflection {
	driscoll := func(id, goal string, on calendar.Date, ksbs []string, answers [4]string) profile.Reflection {
		r := profile.Reflection{ID: id, On: on, Model: "driscoll", Goal: goal, KSBs: ksbs}
		for i, step := range []string{what, soWhat, nowWhat, patients} {
			r.Answers = append(r.Answers, profile.Answer{Step: step, Text: safetext.New(answers[i])})
		}
		return r
	}
	return []profile.Reflection{
		driscoll("r-2fvh", doneGoal, a.in(-118), []string{"S14"}, [4]string{
			"I told a nurse the trace was \"within normal limits\" and she asked what that meant for tonight. I did not have an answer ready.",
			"I had given a phrase, not information. The request form said why they asked; I had not read it.",
			"Read the question on the form first, answer that one, then give the figures.",
			"Someone waits a night longer when our answer has to be asked for twice.",
		}),
		driscoll("r-7kqd", teachGoal, a.in(-55), []string{"K8"}, [4]string{
			"I showed a new starter the morning check. She could do it the same day and had lost it by Friday.",
			"I showed, she nodded, I took the nod for learning. The educator asks people to show it back and says why each step is there.",
			"Plan one short session with a show-back at the end, and ask her again a week later.",
			"A check that is done by heart and not understood passes a faulty machine on to the next person.",
		}),
		driscoll("r-c4ze", upsetGoal, a.in(-8), []string{"S15", "B2"}, [4]string{
			"A relative was angry about the wait. I repeated the policy, twice. A colleague sat down with him and he was calm in a minute.",
			"I treated it as an argument to win. He wanted somebody to notice how long it had been.",
			"Next time: sit, name the wait, say what happens next and when I will be back.",
			"People remember who was kind in the corridor. It decides whether they come back for the follow-up.",
		}),
	}
}
