package profile_test

import (
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/profile/file"
)

func gave(by profile.Rater, ksb string, l int, who string) profile.Rate {
	return profile.Rate{KSB: ksb, By: by, Level: level.Level(l), On: today, Who: text(who)}
}

// A level changed before the reveal is simply replaced. After it, the level that was given blind is kept as long as the
// two differ, for the learner and for each mentor.
func TestChangeAfterRevealKeepsBlindLevel(t *testing.T) {
	ode := func(l int) profile.Rate { return gave(profile.Mentor, "K8", l, "J. Ode") }
	for name, c := range map[string]struct {
		changes        []profile.Change
		level, blind   level.Level
		changed, equal bool
	}{
		"before it":        {[]profile.Change{ode(1), ode(3), profile.Reveal{On: today}}, 3, 0, false, true},
		"after it":         {[]profile.Change{ode(1), profile.Reveal{On: today}, ode(3)}, 3, 1, true, false},
		"twice":            {[]profile.Change{ode(1), profile.Reveal{On: today}, ode(2), ode(3)}, 3, 1, true, false},
		"and back":         {[]profile.Change{ode(3), profile.Reveal{On: today}, ode(1), ode(3)}, 3, 0, false, true},
		"the same":         {[]profile.Change{ode(3), profile.Reveal{On: today}, ode(3)}, 3, 0, false, true},
		"another's reveal": {[]profile.Change{gave(profile.Mentor, "K9", 1, "M. Ward"), profile.Reveal{On: today}, ode(1), ode(3)}, 3, 0, false, true},
	} {
		p := mustApply(t, decode(t, small).Profile, append([]profile.Change{gave(profile.Self, "K8", 3, "")}, c.changes...)...)
		r, _ := p.Open()
		x, _ := r.MentorRating("K8", text("J. Ode"))
		if x.Level != c.level || x.Blind != c.blind || x.Changed != c.changed || strings.Contains(strings.Join(r.Equal(), " "), "K8") != c.equal {
			t.Errorf("%s: %+v, equal %v", name, x, r.Equal())
		}
		src, err := file.New(p)
		if err != nil {
			t.Fatal(err)
		}
		same(t, decode(t, string(src)).Profile, p)
	}
	p := mustApply(t, decode(t, small).Profile, gave(profile.Self, "K8", 3, ""), ode(1), profile.Reveal{On: today}, gave(profile.Self, "K8", 1, ""))
	if x, _ := p.Newest("K8", profile.Self); x.BeforeReveal() != 3 || x.Level != 1 {
		t.Errorf("the learner's own: %+v", x)
	}
	mustRefuse(t, p, profile.AgreeEqual{On: today}, "no equal ratings")
	p = mustApply(t, decode(t, small).Profile, ode(1), profile.Reveal{On: today}, gave(profile.Self, "K8", 1, ""), gave(profile.Self, "K9", 1, ""))
	seen, _ := p.Newest("K8", profile.Self)
	unseen, _ := p.Newest("K9", profile.Self)
	if seen.Shown != today || !unseen.Shown.IsZero() {
		t.Errorf("given after the mentor's was seen: %+v, and not: %+v", seen, unseen)
	}
}

// A mentor's rating stays covered until the learner rates the KSB, in that round or a later one, or both look at it. A
// second mentor's later rating of it is covered again.
func TestMentorsRatingStaysCovered(t *testing.T) {
	ode, ward := gave(profile.Mentor, "S8", 2, "J. Ode"), gave(profile.Mentor, "S8", 4, "M. Ward")
	for name, c := range map[string]struct {
		changes []profile.Change
		want    string
	}{
		"not rated":      {[]profile.Change{ode}, ""},
		"rated":          {[]profile.Change{ode, gave(profile.Self, "S8", 0, "")}, "J. Ode 2 22"},
		"looked at":      {[]profile.Change{ode, profile.Reveal{On: today}}, "J. Ode 2 22"},
		"another, later": {[]profile.Change{ode, profile.Reveal{On: today}, ward}, "J. Ode 2 22"},
		"closed":         {[]profile.Change{ode, profile.CloseRound{On: today}, profile.OpenRound{On: today}}, ""},
		"closed, opened": {[]profile.Change{ode, profile.CloseRound{On: today}, profile.OpenRound{On: today}, profile.Reveal{On: today}}, "J. Ode 2 22"},
		"rated later":    {[]profile.Change{ode, profile.CloseRound{On: today}, profile.OpenRound{On: today}, gave(profile.Self, "S8", 1, "")}, "J. Ode 2 22"},
		"agreed":         {[]profile.Change{ode, profile.Agree{KSB: "S8", Level: 2, On: today, Reason: text("seen")}}, "J. Ode 2 22"},
	} {
		p := mustApply(t, decode(t, small).Profile, c.changes...)
		_, seen := p.Newest("S8", profile.Mentor)
		if got := listed(p.Mentors("S8")); got != c.want || seen != (c.want != "") {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// An agreement is aged once the learner gives another level. The same level again does not age it, nor does an earlier
// rating.
func TestAgedAgreement(t *testing.T) {
	day := func(m, d int) calendar.Date { return calendar.Of(2026, 0, 1).AddMonths(m).AddDays(d - 1) }
	self := func(l int, on calendar.Date) profile.Change {
		return profile.Rate{KSB: "K8", By: profile.Self, Level: level.Level(l), On: on}
	}
	agree := profile.Agree{KSB: "K8", Level: 2, On: day(1, 12), Reason: text("seen")}
	next := []profile.Change{profile.CloseRound{On: day(1, 12)}, profile.OpenRound{On: day(1, 12)}}
	for name, c := range map[string]struct {
		changes []profile.Change
		want    string
	}{
		"said before":       {[]profile.Change{self(4, day(1, 10)), agree}, ""},
		"the same":          {append(append([]profile.Change{agree}, next...), self(2, day(11, 1))), ""},
		"another":           {append(append([]profile.Change{agree}, next...), self(4, day(11, 1))), "agreed 2 in January, you say 4 since 1 Nov"},
		"another day":       {[]profile.Change{agree, self(4, day(1, 20))}, "agreed 2 on 12 Jan, you say 4 since 20 Jan"},
		"the round after":   {append(append([]profile.Change{agree}, next...), self(0, day(1, 12))), "agreed 2 on 12 Jan, you say 0 since 12 Jan"},
		"no opportunity":    {append(append([]profile.Change{agree}, next...), self(-1, day(3, 2))), "agreed 2 in January, you say no opportunity since 2 Mar"},
		"agreed anew":       {append(append([]profile.Change{agree}, next...), self(4, day(11, 1)), profile.Agree{KSB: "K8", Level: 3, On: day(11, 2), Reason: text("seen")}), ""},
		"said so for years": {append(append([]profile.Change{agree}, next...), self(4, day(3, 1)), profile.CloseRound{On: day(3, 1)}, self(4, day(11, 1))), "agreed 2 in January, you say 4 since 1 Mar"},
	} {
		p := mustApply(t, profile.Profile{Standard: "ST0413", Learner: profile.Learner{Name: text("Asha")}}, c.changes...)
		got := ""
		if x, aged := p.Aged("K8"); aged {
			got = x.Words(day(11, 22))
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
		if x, _, _ := p.Level("K8"); c.want != "" && x.Level != 2 {
			t.Errorf("%s: the agreed level does not count any more: %s", name, x.Level)
		}
	}
	p := mustApply(t, profile.Profile{Standard: "ST0413", Learner: profile.Learner{Name: text("Asha")}}, agree, self(4, day(2, 1)))
	if x, _ := p.Aged("K8"); x.Words(day(20, 1)) != "agreed 2 in January 2026, you say 4 since 1 Feb 2026" {
		t.Error(x.Words(day(20, 1)))
	}
}
