package appraisal_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/profile"
)

// done lists the parts of the meeting that are done, in order.
func done(p profile.Profile) []string {
	var out []string
	r, _ := p.OpenReview()
	for _, part := range appraisal.Agenda(60) {
		if appraisal.StateOf(p, std, r, part.ID).Done {
			out = append(out, part.ID)
		}
	}
	return out
}

// All through a meeting, a part counts as done once it is, and no sooner.
func TestPartsOfTheMeetingAreDoneWhenTheyAre(t *testing.T) {
	p := apply(t, asha(), profile.CloseRound{On: today}, profile.StartReview{ID: "r-1", On: today, With: texts([]string{"J. Ode"})})
	see := func(p profile.Profile, part, words string, want ...string) {
		t.Helper()
		if got := done(p); !slices.Equal(got, want) {
			t.Errorf("ticked: %q, want %q", got, want)
		}
		r, _ := p.OpenReview()
		if got := appraisal.StateOf(p, std, r, part).Words; got != words {
			t.Errorf("%s: %q, want %q", part, got, words)
		}
	}
	talk := func(parts ...string) profile.Change { return profile.EditReview{ID: "r-1", Talked: &parts} }
	see(p, profile.TalkReveal, "Your mentor has not rated anything in this round yet.")

	// Only parts that leave no trace in the record are ticked by hand.
	see(apply(t, p, talk(profile.Talks...)), profile.TalkWell, "", "well", "seen", "support")
	see(apply(t, p, talk(profile.Talks...), rate(profile.Mentor, "K7", 2, today)), profile.TalkWell, "", "well", "seen", "reveal", "support")
	if _, err := talk("new").Apply(p, std); refusal(t, err) != `"new" cannot be ticked by hand, or is named twice` {
		t.Error(err)
	}

	r, _ := p.OpenReview()
	left := p.Unchecked(r)
	for i, a := range left {
		see(p, "last", fmt.Sprintf("%d of %d still to check", len(left)-i, len(left)))
		check := profile.CheckAction{Review: "r-1", Action: a.ID, Outcome: profile.ActionDone}
		if i == 0 {
			check.Outcome, check.Reason, check.Next = profile.ActionChanged, text("x"), &profile.Action{ID: "a-0", Sort: a.Sort, Text: text("Go on")}
		}
		p = apply(t, p, check)
	}
	see(p, "last", fmt.Sprintf("All %d are checked.", len(left)), "last")

	// Two new actions are not three to five, and the one that goes on is one of them.
	_, g, _ := p.Action("a-0")
	see(p, "new", "1 action so far, which goes on from last time", "last")
	p = apply(t, p, profile.AddAction{Goal: g.ID, Action: profile.Action{ID: "a-1", Sort: profile.Study, Text: text("One")}})
	see(p, "new", "2 actions so far, 1 of them from last time", "last")
	p = apply(t, p, profile.AddAction{Goal: g.ID, Action: profile.Action{ID: "a-2", Sort: profile.Study, Text: text("Two")}})
	see(p, "new", "3 actions so far, 1 of them from last time", "last", "new")

	answers := []*string{ptr("yes"), ptr("no"), ptr("partly")}
	q := apply(t, p, profile.EditReview{ID: "r-1", Clear: answers[0], Helped: answers[1]})
	see(q, "close", "2 of the 3 closing questions answered", "last", "new")
	see(apply(t, q, profile.EditReview{ID: "r-1", Valued: answers[2]}), "close", "3 of the 3 closing questions answered", "last", "new", "close")
}

// Mentors' ratings are counted for each mentor.
func TestMentorsRatingsAreCountedByName(t *testing.T) {
	by := func(who, ksb string) profile.Rate {
		return profile.Rate{KSB: ksb, By: profile.Mentor, Level: 2, On: today, Who: text(who)}
	}
	p := apply(t, blank("Sam"), rate(profile.Self, "S2", 3, today), profile.StartReview{ID: "r-1", On: today, With: texts([]string{"J. Ode"})},
		by("J. Ode", "S2"), by("J. Ode", "S6"), by("M. Ward", "S2"))
	r, _ := p.OpenReview()
	want := "In this round you rated 1, J. Ode 2, M. Ward 1."
	if got := appraisal.StateOf(p, std, r, profile.TalkReveal).Words; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	round, _ := apply(t, blank("Sam"), by("", "S2"), by("", "S6")).Open()
	if got := appraisal.CountsByMentor(round.AllByMentors()); got != "your mentor 2" {
		t.Errorf("%q without a name", got)
	}
}

// Reveal and agree depend on the ratings of the round: if both rated nothing, nothing can be agreed.
func TestRevealAndAgreeFollowTheRatings(t *testing.T) {
	p := apply(t, blank("Sam"), rate(profile.Self, "S2", 3, today), rate(profile.Self, "S6", 2, today), profile.StartReview{ID: "r-1", On: today, With: texts([]string{"J. Ode"})})
	for _, x := range []struct {
		change profile.Change
		agree  string
		want   []string
	}{
		{rate(profile.Mentor, "K7", 2, today), "Nothing is rated by both of you in this round yet.", []string{"last"}},
		{rate(profile.Mentor, "S6", 2, today), "No difference is left. What you rate the same can be agreed at once: 1 KSB.", []string{"last", "reveal"}},
		{rate(profile.Mentor, "S2", 1, today), "1 difference is still open", []string{"last"}},
		{profile.AgreeEqual{On: today}, "1 difference is still open", []string{"last", "reveal"}},
		{profile.Agree{KSB: "S2", Level: 2, Reason: text("both saw it"), On: today}, "No difference is left.", []string{"last", "reveal", "agree"}},
	} {
		p = apply(t, p, x.change)
		if late := apply(t, p, profile.EditReview{ID: "r-1", On: ptr(days(1)), Today: days(1)}); x.change.Label() == "agreement of equal ratings" && slices.Contains(done(late), "reveal") {
			t.Error("what was agreed before the meeting ticks its reveal")
		}
		r, _ := p.OpenReview()
		if got, at := done(p), appraisal.StateOf(p, std, r, "agree"); !slices.Equal(got, x.want) || at.Words != x.agree || at.ByHand {
			t.Errorf("after the %s: %q, %+v", x.change.Label(), got, at)
		}
	}
}
