package file

import (
	"github.com/ksbcoach/ksbcoach/internal/lazy"
	"github.com/ksbcoach/ksbcoach/internal/profile"
)

// The tables of a review, and of what a closed one keeps.

var reviewObject = lazy.Value[object]{Make: func() object {
	return objectOf[profile.Review](nil,
		id().says("letters, digits and hyphens, once in the file"),
		date("on").needed(dayHint).says("the day of the meeting"),
		word("kind", profile.ReviewKinds, profile.ReviewProgress).says("left out, it is progress"),
		textList("with").ofColleagues().says("who met with you"),
		plain("round").says("the id of the round it looks at"),
		plains("actions").says("the actions that were set in it"),
		text("agreed").says("what was agreed, in words"),
		wordList("talked", profile.Talks).says("what you ticked as talked about"),
		text("wellbeing").says("private: left out of the record unless share names it"),
		text("workload").says("private: left out of the record unless share names it"),
		text("support").says("private: left out of the record unless share names it"),
		text("adjustments").of("Adjust").says("private: left out of the record unless share names it"),
		wordList("share", profile.Shares).says("what the record to share includes"),
		word("clear", profile.Verdicts, "").says("did it set clear objectives?"),
		word("helped", profile.Verdicts, "").says("did it help you do your job better?"),
		word("valued", profile.Verdicts, "").says("did it leave you feeling valued?"),
		date("next").says("when the next one is due"),
		date("closed").says("the day it was closed; after that it stays as it is"),
		plain("hash").says("the check code of the record"),
		text("learner").of("Kept.Learner").ofColleagues().says("your name when it was closed"),
		plains("unsupported").of("Kept.Unsupported").says("claims without a recent example when it was closed"),
		number("stale", 1, profile.MaxStale).of("Kept.Stale").says("the setting of that day"),
		plains("reflections").of("Kept.Reflections").says("the reflections that the record shares"),
		lines("kept", agreedObject.Get().line("an action", `{ text = "..." }`, "a-91xd", validKey)).of("Kept.Actions").
			says("the actions as the closed record tells of them"),
		number("layout", 1, profile.RecordLayout).of("Kept.Layout").says("how the closed record is laid out"),
		lines("levels", agreedLevelObject.Get().line("a level", "{ level = 2, on = 2026-11-22 }", "K7", (*table).code)).
			of("Kept.Levels").says("the levels as the closed record tells of them"),
		entries("goals", agreedGoalObject.Get()).of("Kept.Goals").says("a goal as the closed record tells of it"),
		entries("checked", checkedObject.Get()).
			says("an action of last time, or one that was open when the review started"),
		entries("left", leftObject.Get()).says("what came of something that the review before left"),
	)
}}

func validKey(t *table, id string) bool {
	if !profile.ValidID(id) {
		t.fault(id, "an id is letters, digits and hyphens, such as a-91xd", "that is not an id")
	}
	return true
}

var agreedObject = lazy.Value[object]{Make: func() object {
	return objectOf[profile.AgreedAction](nil,
		text("text").says("the action as it was agreed"),
		text("who").ofColleagues().says("who helps"),
		date("due").says("when it is due"),
		text("shows").says("what will show it"),
		plain("next").says("the id of the action that takes its place"),
		plain("goal").says("the id of its goal"),
	)
}}

var agreedGoalObject = lazy.Value[object]{Make: func() object {
	return objectOf[profile.AgreedGoal](nil,
		plain("goal").of("ID").says("the id of the goal"),
		codes("ksbs").says("what it is for"),
		text("text").says("the goal as it was then"),
		word("status", profile.GoalStatuses, profile.GoalActive).says("left out, it is active"),
		date("due").says("when it is due"),
		text("note").says("why it is parked, or how it ended"),
		date("closed").says("the day it ended"),
	)
}}

var agreedLevelObject = lazy.Value[object]{Make: func() object {
	return objectOf[profile.AgreedLevel](nil,
		levelColumn("level", "the level that counted", ""),
		date("on").needed(dayHint).says("the day it was given"),
		word("by", profile.Raters, profile.Self).says("self or agreed; left out, it is self"),
		text("with").ofColleagues().says("who agreed on it with you"),
		levelColumn("target", "the level wanted at gateway", ""),
		levelColumn("self", "what you had said since, where that was another", "Aged"),
		date("since").says("since when you had said so"),
	)
}}

var checkedObject = lazy.Value[object]{Make: func() object {
	return objectOf[profile.Checked](nil,
		plain("action").needed("name the action by its id").says("the id of the action"),
		word("outcome", profile.ActionStatuses, profile.ActionOpen).
			needed("say what became of it: done, not-done, changed or dropped").says("what became of it"),
		text("reason").says("why, or what shows it"),
		flag("before").says("it had ended before the review"),
		flag("since").says("it was set after the review before"),
		plain("next").says("the id of the action that takes its place"),
	)
}}

var leftObject = lazy.Value[object]{Make: func() object {
	return objectOf[profile.Left](nil,
		plain("review").needed("name the review by its id").says("the id of the review that left it"),
		plain("ksb").says("what you differ on; left out, it is what was agreed in words"),
		word("outcome", profile.ActionStatuses, profile.ActionOpen).
			says("done, not-done or dropped; left out, it is not answered"),
		text("note").says("what came of it, in words"),
		date("on").says("the day it was said"),
	)
}}

var privateObject = lazy.Value[object]{Make: func() object {
	return objectOf[profile.Private](nil,
		text("wellbeing").says("how you are"),
		text("workload").says("how much there is to do"),
		text("support").says("what would help you"),
		text("adjustments").of("Adjust").says("the reasonable adjustments that help you"),
	)
}}
