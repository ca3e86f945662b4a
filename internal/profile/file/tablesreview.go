package file

import (
	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/lazy"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
)

// The tables of a review, and of what a closed one keeps.

var reviewObject = lazy.Value[object[profile.Review]]{Make: func() object[profile.Review] {
	return objectOf(
		id(func(r *profile.Review) *string { return &r.ID }).says("letters, digits and hyphens, once in the file"),
		date("on", func(r *profile.Review) *calendar.Date { return &r.On }).needed(dayHint).says("the day of the meeting"),
		word("kind", profile.ReviewKinds, profile.ReviewProgress,
			func(r *profile.Review) *profile.ReviewKind { return &r.Kind }).says("left out, it is progress"),
		textList("with", func(r *profile.Review) *[]safetext.Text { return &r.With }).ofColleagues().says("who met with you"),
		plain("round", func(r *profile.Review) *string { return &r.Round }).says("the id of the round it looks at"),
		plains("actions", func(r *profile.Review) *[]string { return &r.Actions }).says("the actions that were set in it"),
		text("agreed", func(r *profile.Review) *safetext.Text { return &r.Agreed }).says("what was agreed, in words"),
		wordList("talked", profile.Talks, func(r *profile.Review) *[]string { return &r.Talked }).
			says("what you ticked as talked about"),
		text("wellbeing", func(r *profile.Review) *safetext.Text { return &r.Wellbeing }).
			says("private: left out of the record unless share names it"),
		text("workload", func(r *profile.Review) *safetext.Text { return &r.Workload }).
			says("private: left out of the record unless share names it"),
		text("support", func(r *profile.Review) *safetext.Text { return &r.Support }).
			says("private: left out of the record unless share names it"),
		text("adjustments", func(r *profile.Review) *safetext.Text { return &r.Adjust }).
			says("private: left out of the record unless share names it"),
		wordList("share", profile.Shares, func(r *profile.Review) *[]string { return &r.Share }).
			says("what the record to share includes"),
		word("clear", profile.Verdicts, "", func(r *profile.Review) *string { return &r.Clear }).
			says("did it set clear objectives?"),
		word("helped", profile.Verdicts, "", func(r *profile.Review) *string { return &r.Helped }).
			says("did it help you do your job better?"),
		word("valued", profile.Verdicts, "", func(r *profile.Review) *string { return &r.Valued }).
			says("did it leave you feeling valued?"),
		date("next", func(r *profile.Review) *calendar.Date { return &r.Next }).says("when the next one is due"),
		date("closed", func(r *profile.Review) *calendar.Date { return &r.Closed }).
			says("the day it was closed; after that it stays as it is"),
		plain("hash", func(r *profile.Review) *string { return &r.Hash }).says("the check code of the record"),
		text("learner", func(r *profile.Review) *safetext.Text { return &r.Kept.Learner }).ofColleagues().
			says("your name when it was closed"),
		plains("unsupported", func(r *profile.Review) *[]string { return &r.Kept.Unsupported }).
			says("claims without a recent example when it was closed"),
		number("stale", 1, profile.MaxStale, func(r *profile.Review) *int { return &r.Kept.Stale }).
			says("the setting of that day"),
		plains("reflections", func(r *profile.Review) *[]string { return &r.Kept.Reflections }).
			says("the reflections that the record shares"),
		lines("kept", lineOf{"an action", `{ text = "..." }`, "a-91xd", validKey}, agreedObject.Get(),
			func(r *profile.Review) map[string]profile.AgreedAction { return r.Kept.Actions },
			func(r *profile.Review, m map[string]profile.AgreedAction) { r.Kept.Actions = someOf(m) }).
			says("the actions as the closed record tells of them"),
		number("layout", 1, profile.RecordLayout, func(r *profile.Review) *int { return &r.Kept.Layout }).
			says("how the closed record is laid out"),
		lines("levels", lineOf{"a level", "{ level = 2, on = 2026-11-22 }", "K7", (*table).code}, agreedLevelObject.Get(),
			func(r *profile.Review) map[string]profile.AgreedLevel { return r.Kept.Levels },
			func(r *profile.Review, m map[string]profile.AgreedLevel) { r.Kept.Levels = someOf(m) }).
			says("the levels as the closed record tells of them"),
		entries("goals", agreedGoalObject.Get(), func(g profile.AgreedGoal) string { return g.ID },
			func(r *profile.Review) *[]profile.AgreedGoal { return &r.Kept.Goals }).
			says("a goal as the closed record tells of it"),
		entries("checked", checkedObject.Get(), func(c profile.Checked) string { return c.Action },
			func(r *profile.Review) *[]profile.Checked { return &r.Checked }).
			says("an action of last time, or one that was open when the review started"),
		entries("left", leftObject.Get(), profile.Left.Key, func(r *profile.Review) *[]profile.Left { return &r.Left }).
			says("what came of something that the review before left"),
	)
}}

// validKey checks that a key is an id.
func validKey(t *table, id string) bool {
	if !profile.ValidID(id) {
		t.fault(id, "an id is letters, digits and hyphens, such as a-91xd", "that is not an id")
	}
	return true
}

var agreedObject = lazy.Value[object[profile.AgreedAction]]{Make: func() object[profile.AgreedAction] {
	return objectOf(
		text("text", func(a *profile.AgreedAction) *safetext.Text { return &a.Text }).says("the action as it was agreed"),
		text("who", func(a *profile.AgreedAction) *safetext.Text { return &a.Who }).ofColleagues().says("who helps"),
		date("due", func(a *profile.AgreedAction) *calendar.Date { return &a.Due }).says("when it is due"),
		text("shows", func(a *profile.AgreedAction) *safetext.Text { return &a.Shows }).says("what will show it"),
		plain("next", func(a *profile.AgreedAction) *string { return &a.Next }).
			says("the id of the action that takes its place"),
		plain("goal", func(a *profile.AgreedAction) *string { return &a.Goal }).says("the id of its goal"),
	)
}}

var agreedGoalObject = lazy.Value[object[profile.AgreedGoal]]{Make: func() object[profile.AgreedGoal] {
	return objectOf(
		plain("goal", func(g *profile.AgreedGoal) *string { return &g.ID }).says("the id of the goal"),
		codes("ksbs", func(g *profile.AgreedGoal) *[]string { return &g.KSBs }).says("what it is for"),
		text("text", func(g *profile.AgreedGoal) *safetext.Text { return &g.Text }).says("the goal as it was then"),
		word("status", profile.GoalStatuses, profile.GoalActive,
			func(g *profile.AgreedGoal) *profile.GoalStatus { return &g.Status }).says("left out, it is active"),
		date("due", func(g *profile.AgreedGoal) *calendar.Date { return &g.Due }).says("when it is due"),
		text("note", func(g *profile.AgreedGoal) *safetext.Text { return &g.Note }).
			says("why it is parked, or how it ended"),
		date("closed", func(g *profile.AgreedGoal) *calendar.Date { return &g.Closed }).says("the day it ended"),
	)
}}

var agreedLevelObject = lazy.Value[object[profile.AgreedLevel]]{Make: func() object[profile.AgreedLevel] {
	return objectOf(
		levelColumn("level", "the level that counted", func(x *profile.AgreedLevel) *level.Level { return &x.Level }, nil),
		date("on", func(x *profile.AgreedLevel) *calendar.Date { return &x.On }).needed(dayHint).
			says("the day it was given"),
		word("by", profile.Raters, profile.Self, func(x *profile.AgreedLevel) *profile.Rater { return &x.By }).
			says("self or agreed; left out, it is self"),
		text("with", func(x *profile.AgreedLevel) *safetext.Text { return &x.With }).ofColleagues().says("who agreed on it with you"),
		levelColumn("target", "the level wanted at gateway", func(x *profile.AgreedLevel) *level.Level { return &x.Target },
			nil),
		levelColumn("self", "what you had said since, where that was another",
			func(x *profile.AgreedLevel) *level.Level { return &x.Self },
			func(x *profile.AgreedLevel) *bool { return &x.Aged }),
		date("since", func(x *profile.AgreedLevel) *calendar.Date { return &x.Since }).says("since when you had said so"),
	)
}}

var checkedObject = lazy.Value[object[profile.Checked]]{Make: func() object[profile.Checked] {
	return objectOf(
		plain("action", func(c *profile.Checked) *string { return &c.Action }).needed("name the action by its id").
			says("the id of the action"),
		word("outcome", profile.ActionStatuses, profile.ActionOpen,
			func(c *profile.Checked) *profile.ActionStatus { return &c.Outcome }).
			needed("say what became of it: done, not-done, changed or dropped").says("what became of it"),
		text("reason", func(c *profile.Checked) *safetext.Text { return &c.Reason }).says("why, or what shows it"),
		flag("before", func(c *profile.Checked) *bool { return &c.Before }).says("it had ended before the review"),
		flag("since", func(c *profile.Checked) *bool { return &c.Since }).says("it was set after the review before"),
		plain("next", func(c *profile.Checked) *string { return &c.Next }).
			says("the id of the action that takes its place"),
	)
}}

var leftObject = lazy.Value[object[profile.Left]]{Make: func() object[profile.Left] {
	return objectOf(
		plain("review", func(l *profile.Left) *string { return &l.Review }).needed("name the review by its id").
			says("the id of the review that left it"),
		plain("ksb", func(l *profile.Left) *string { return &l.KSB }).
			says("what you differ on; left out, it is what was agreed in words"),
		word("outcome", profile.ActionStatuses, profile.ActionOpen,
			func(l *profile.Left) *profile.ActionStatus { return &l.Outcome }).
			says("done, not-done or dropped; left out, it is not answered"),
		text("note", func(l *profile.Left) *safetext.Text { return &l.Note }).says("what came of it, in words"),
		date("on", func(l *profile.Left) *calendar.Date { return &l.On }).says("the day it was said"),
	)
}}

var privateObject = lazy.Value[object[profile.Private]]{Make: func() object[profile.Private] {
	return objectOf(
		text("wellbeing", func(x *profile.Private) *safetext.Text { return &x.Wellbeing }).says("how you are"),
		text("workload", func(x *profile.Private) *safetext.Text { return &x.Workload }).says("how much there is to do"),
		text("support", func(x *profile.Private) *safetext.Text { return &x.Support }).says("what would help you"),
		text("adjustments", func(x *profile.Private) *safetext.Text { return &x.Adjust }).
			says("the reasonable adjustments that help you"),
	)
}}
