package profile_test

import (
	"slices"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
)

// A date in place of a name is a slip, and people who met before are suggested, the newest first.
func TestMayBeNamesAndMetBefore(t *testing.T) {
	p := profile.Profile{Standard: "ST0413", Rounds: []profile.Round{{ID: "baseline", Opened: today, Ratings: map[profile.Rater]map[string]profile.Rating{
		profile.Mentor: {"K7": {Level: 2, On: today, By: text("J Ode")}, "S2": {Level: 2, On: today.AddDays(1), By: text("M. Aziz")}, "S6": {Level: 1, On: today}},
	}}}}
	for _, bad := range []string{"2026-11-22", "22/11/2026", "12", "-", "J. Ode, 2026-11-22", "22 Nov 2026", "Sun 22 November 2026", "Nov 2026", "22 Nov", "30 Feb 2026", "tomorrow", "J. Ode, in 2 weeks"} {
		mustRefuse(t, p, profile.StartReview{ID: "r-1", On: today, With: profile.Names(bad)}, "is not a name")
	}
	p = mustApply(t, p, profile.StartReview{ID: "r-1", On: today, With: profile.Names("R. Lindqvist, J. Ode")})
	names := profile.Names("7")
	mustRefuse(t, p, profile.EditReview{ID: "r-1", With: &names}, "is not a name")
	mustRefuse(t, p, profile.CloseReview{ID: "r-1", On: today, With: names, Next: today.AddDays(60)}, "is not a name")
	p = mustApply(t, p, profile.EditReview{ID: "r-1", With: ptr(profile.Names("Ängla, ward manager 3B, May, June Day, ward 4"))}, profile.EditReview{ID: "r-1", With: ptr(profile.Names("R. Lindqvist, J. Ode"))})
	for _, bad := range []string{"12", "2026-11-22", "22/11/2026", "22 Nov 2026", "tomorrow", "May 3", "June 2nd", "-"} {
		mustRefuse(t, p, profile.Rate{KSB: "K7", By: profile.Mentor, Level: 2, On: today, Who: text(bad)}, "is not a name")
	}
	mustApply(t, p, profile.Rate{KSB: "K7", By: profile.Mentor, Level: 2, On: today}, profile.Rate{KSB: "K7", By: profile.Mentor, Level: 2, On: today, Who: text("Ward manager 3B")})
	var got []string
	for _, x := range p.MetBefore() {
		got = append(got, x.Line())
	}
	if want := []string{"R. Lindqvist", "J. Ode", "M. Aziz"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	// A name that an older version accepted does not get in the way of other changes.
	p.Reviews[0].With = []safetext.Text{text("2026-11-22")}
	mustApply(t, p, profile.EditReview{ID: "r-1", Agreed: ptr(text("x"))})
}

// A mentor is known even if somebody else has since rated everything that they rated.
func TestMetBeforeKnowsOlderMentors(t *testing.T) {
	p := mustApply(t, profile.Profile{Standard: "ST0413"}, mentorRate("J. Ode", 2, today), mentorRate("M. Ward", 1, today.AddDays(1)), mentorRate("Z. Hart", 1, today.AddDays(2)))
	var got []string
	for _, x := range p.MetBefore() {
		got = append(got, x.Line())
	}
	if want := []string{"Z. Hart", "M. Ward", "J. Ode"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// The mentor who meets is the one who was named, in the known spelling, or else the only one who rated that day.
func TestMeetingMentor(t *testing.T) {
	p := mustApply(t, profile.Profile{Standard: "ST0413"}, mentorRate("J. Ode", 2, today),
		mentorRate("M. Ward", 1, today.AddDays(1)), mentorRate("Z. Hart", 1, today.AddDays(1)))
	for _, x := range []struct {
		day  int
		said []string
		want string
	}{{0, nil, "J. Ode"}, {1, nil, ""}, {2, nil, ""}, {1, []string{"", "m ward"}, "M. Ward"}, {0, []string{"A. New", "m ward"}, "A. New"}} {
		var said []safetext.Text
		for _, name := range x.said {
			said = append(said, text(name))
		}
		if got := p.MeetingMentor(today.AddDays(x.day), said...); got.Raw() != x.want {
			t.Errorf("on day %d, with %q said: %q, want %q", x.day, x.said, got.Raw(), x.want)
		}
	}
}
