package planning

import (
	"fmt"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/tui/page"
	"github.com/ksbcoach/ksbcoach/internal/tui/theme"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

const (
	notWritten      = "Coaching for this KSB is not written yet."
	chooseGoalFirst = "Choose a goal first, or make one with n."
	goalAdvice      = "One thing you will be able to do, in your own words."
	sortAdvice      = "practise, people or study"
	modelAdvice     = "A few minutes and a few lines. Every model ends with what it means for patients."
	depthAdvice     = "Which of these sounds most like what you wrote? Enter takes its question along. No score, " +
		"nothing is stored."
	ifThenAdvice = "Such as: If the list runs late, then I will ask for ten minutes at handover. Can be left empty; " +
		"a plan like this makes a step likelier to happen."
	theoryAdvice = "Which of these fits your reason best? Its words are shown as an example, and you write your own."
	pathReflect  = "K31. What happened, what you make of it, what it means for patients. A few lines in a model that " +
		"you choose."
	pathAppraise = "K32. Why this goal, in the terms of a theory that an appraiser knows. One line."
	pathAct      = "K33. Small actions: what, with whom, by when, and what will show it. A check says what is " +
		"missing; it never stops you."
)

func (s *Screen) Help() string {
	return "Three to five goals at a time, each along the same path: reflect on it (K31), say why it matters (K32), " +
		"act (K33).\nEnter always takes the next step, and the first line says which.\nA project serves several gaps " +
		"at once: Enter shows its steps before it becomes a goal.\nThe SMART check says what is missing and never " +
		"stops you.\nEach action ends as done, not done, changed or dropped, with a reason, so that nothing is " +
		"forgotten at the review."
}

func (s *Screen) Glyphs(t *theme.Theme) []ui.Glyph {
	return append(page.Glyphs(t, page.Open, page.Done, page.Late, page.Waiting, page.Over),
		ui.Glyph{Shown: t.Glyphs.Unfold, Means: "Enter adds this to your record"})
}

// counts are the figures for the first line. A narrow one has room only for the goals under way.
func (l list) counts(narrow bool) []string {
	active, room := fmt.Sprintf("%d under way, ", l.active), profile.MaxInFlight-l.active
	switch {
	case l.active == 0:
		active = "no goal under way"
	case room < 1:
		active += "no room for more"
	default:
		active += fmt.Sprintf("room for %d", room)
	}
	count := func(n int, status string) string {
		if n == 0 || narrow {
			return ""
		}
		return fmt.Sprintf("%d %s", n, status)
	}
	return words.Given(active, count(l.parked, "parked"), count(l.ended, "closed"))
}

func (l list) intro() string {
	switch {
	case l.fresh:
		return "No goals yet, and nothing is rated yet."
	case l.active+l.parked == 0 && l.ended > 0:
		return "No goal under way. Three to five at a time is a good number."
	case l.active+l.parked == 0:
		return "No goals yet. Three to five at a time is a good number."
	case l.active == 0:
		return "Nothing is under way; what is parked waits for you."
	}
	return ""
}

func (l list) suggestedHead() string {
	if l.fresh {
		return "Or start from one of these"
	}
	var actions []profile.Action
	for _, r := range l.rows[l.suggest:] {
		if r.suggestion.Bundle == nil {
			actions = append(actions, r.suggestion.Actions...)
		}
	}
	return "Suggested from your ratings" + words.After(", ", plan.Effort(actions))
}

// outro is the lines below the list, which say what else can be shown.
func (l list) outro(closedShown bool) []string {
	var out []string
	if l.ended > 0 && !closedShown {
		out = append(out, "v shows "+words.Count(l.ended, "closed goal", "closed goals"))
	}
	if l.suggest < 0 {
		return append(out, "b suggests goals from your gaps")
	}
	return append(out, "n writes a goal of your own")
}

func comesWith(x plan.Suggestion) string {
	if len(x.Actions) == 0 {
		return "without actions so far"
	}
	return "with " + words.Count(len(x.Actions), "action", "actions")
}

func stillOpen(n int) string {
	return words.Form(n, "One action is", fmt.Sprintf("%d actions are", n)) + " still open."
}

func keepAdvice(ksbs []string) string {
	return "Rating yourself and planning is practice of " + strings.Join(ksbs, ", ") + ". " + plan.KeptNote
}
