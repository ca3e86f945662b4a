package profile_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/profile/file"
)

func mentorRate(who string, l level.Level, on calendar.Date) profile.Rate {
	return profile.Rate{KSB: "K7", By: profile.Mentor, Level: l, On: on, Who: text(who)}
}

var twoMentors = profile.Batch{Changes: []profile.Change{mentorRate("J. Ode", 2, today), mentorRate("M. Ward", 1, today)}}

// listed writes the mentors' ratings of K7 as text.
func listed(list []profile.Rating) string {
	var out []string
	for _, x := range list {
		s := fmt.Sprintf("%s %s %d", x.By.Raw(), x.Level, x.On.Day)
		if !x.Note.Empty() {
			s += " " + x.Note.Raw()
		}
		out = append(out, s)
	}
	return strings.Join(out, ", ")
}

func TestSameName(t *testing.T) {
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{"J. Ode", "j ode", true},
		{"J.Ode", " J Ode", true},
		{"ΣΟΦΟΣ", "σοφος", true},
		{"ÄNGLA", "ängla", true},
		{"", " ", true},
		{".", ".", true},
		{"J. Ode", "J. Odell", false},
		{".", "", false},
		{"...", ".", false},
		{". .", "", false},
		{"J", "", false},
	} {
		if got := profile.SameName(text(c.a), text(c.b)); got != c.same {
			t.Errorf("%q and %q: %v", c.a, c.b, got)
		}
	}
}

// A mentor who rates again replaces only their own rating. The ratings of others stay, the newest first and, on one
// date, the one that was given last.
func TestRoundKeepsOneRatingPerMentor(t *testing.T) {
	nov := func(day int) calendar.Date { return calendar.Of(2026, 11, day) }
	noted := func(c profile.Rate, note string) profile.Rate {
		c.Note = ptr(text(note))
		return c
	}
	first := noted(mentorRate("J. Ode", 2, nov(10)), "twice")
	other := mentorRate("R. Lindqvist", 1, nov(12))
	for _, c := range []struct {
		name    string
		changes []profile.Change
		want    string
	}{
		{"two", []profile.Change{first, other}, "R. Lindqvist 1 12, J. Ode 2 10 twice"},
		{"an older one comes in", []profile.Change{other, first}, "R. Lindqvist 1 12, J. Ode 2 10 twice"},
		{"the first again", []profile.Change{first, other, mentorRate("j ode", 3, nov(13))}, "j ode 3 13 twice, R. Lindqvist 1 12"},
		{"the first again, on an older day", []profile.Change{first, other, mentorRate("J. Ode", 3, nov(11))}, "R. Lindqvist 1 12, J. Ode 3 11 twice"},
		{"the newest goes back behind", []profile.Change{first, other, mentorRate("R. Lindqvist", 1, nov(9))}, "J. Ode 2 10 twice, R. Lindqvist 1 9"},
		{"one day, the last recorded first", []profile.Change{first, mentorRate("R. Lindqvist", 1, nov(10)), mentorRate("M. Ward", 0, nov(10))}, "M. Ward 0 10, R. Lindqvist 1 10, J. Ode 2 10 twice"},
		{"three, one in between", []profile.Change{first, other, mentorRate("M. Ward", 0, nov(11))}, "R. Lindqvist 1 12, M. Ward 0 11, J. Ode 2 10 twice"},
		{"without a name", []profile.Change{first, mentorRate("", 1, nov(12))}, " 1 12, J. Ode 2 10 twice"},
		{"without a name, twice", []profile.Change{first, mentorRate("", 1, nov(12)), mentorRate("", 3, nov(13))}, " 3 13, J. Ode 2 10 twice"},
		{"another's note", []profile.Change{first, noted(other, "once"), profile.Note{KSB: "K7", By: profile.Mentor, Who: text("J. Ode"), Text: text("three times")}}, "R. Lindqvist 1 12 once, J. Ode 2 10 three times"},
		{"its own name now", []profile.Change{noted(mentorRate("", 1, nov(12)), "once"), first, profile.Rate{KSB: "K7", By: profile.Mentor, Level: 1, On: nov(12), Who: text("M. Ward"), Instead: ptr(text(""))}}, "M. Ward 1 12 once, J. Ode 2 10 twice"},
	} {
		p := mustApply(t, decode(t, small).Profile, c.changes...)
		if r, _ := p.Open(); listed(r.Mentors("K7")) != c.want || listed(p.Mentors("K7")) != c.want {
			t.Errorf("%s: %s, want %s", c.name, listed(r.Mentors("K7")), c.want)
		}
		src, err := file.New(p)
		if err != nil {
			t.Fatal(err)
		}
		same(t, decode(t, string(src)).Profile, p)
	}
	p := mustApply(t, decode(t, small).Profile, first, other)
	mustRefuse(t, p, profile.Note{KSB: "K7", By: profile.Mentor, Who: text("M. Ward"), Text: text("x")}, "K7 is not rated in this round")
	r, _ := p.Open()
	if x, ok := r.MentorRating("K7", text("j. ODE")); !ok || x.Level != 2 {
		t.Errorf("J. Ode: %+v", x)
	}
	if _, ok := r.MentorRating("K7", text("")); ok {
		t.Error("there is one without a name")
	}
	if got := listed(r.OtherMentors("K7", text("R Lindqvist"))); got != "J. Ode 2 10 twice" {
		t.Errorf("beside: %s", got)
	}
}

// A rating that came in late, in a later round, is listed too, and replaces an older one by the same mentor.
func TestMentorsIncludesLaterRounds(t *testing.T) {
	p := mustApply(t, decode(t, small).Profile, mentorRate("M. Ward", 0, today.AddDays(-9)), mentorRate("J. Ode", 2, today), profile.CloseRound{On: today},
		profile.OpenRound{On: today}, mentorRate("R. Lindqvist", 1, today.AddDays(-2)), mentorRate("M. Ward", 3, today.AddDays(-3)))
	if got := listed(p.Mentors("K7")); got != "J. Ode 2 22, M. Ward 0 13" {
		t.Errorf("before they looked: %s", got)
	}
	p = mustApply(t, p, profile.Reveal{On: today})
	if got := listed(p.Mentors("K7")); got != "J. Ode 2 22, R. Lindqvist 1 20, M. Ward 3 19" {
		t.Error(got)
	}
	if x, ok := p.NewestOf("K7", text("m ward")); !ok || x.Level != 3 {
		t.Errorf("%+v", x)
	}
	if got := p.MentorNamed(text("r lindqvist")); got.Raw() != "R. Lindqvist" {
		t.Error(got.Raw())
	}
	next := mustApply(t, p, mentorRate("J. Ode", 3, today.AddDays(1)), profile.Reveal{On: today.AddDays(1)})
	if got := listed(next.Mentors("K7")); got != "J. Ode 3 23, R. Lindqvist 1 20, M. Ward 3 19" {
		t.Error(got)
	}
}

// A KSB is equal only if every mentor who rated it gave the learner's level.
func TestEqualMeansAllMentors(t *testing.T) {
	self := profile.Rate{KSB: "K7", By: profile.Self, Level: 2, On: today}
	for _, c := range []struct {
		ode, ward level.Level
		equal     bool
	}{{2, 2, true}, {2, 1, false}, {1, 2, false}, {1, 1, false}} {
		p := mustApply(t, decode(t, small).Profile, self, mentorRate("J. Ode", c.ode, today), mentorRate("M. Ward", c.ward, today))
		if r, _ := p.Open(); slices.Contains(r.Equal(), "K7") != c.equal {
			t.Errorf("%d and %d: %v", c.ode, c.ward, r.Equal())
		}
		differ := profile.RecordDiffer{KSB: "K7", On: today, Note: text("watch it together")}
		if c.equal {
			mustRefuse(t, p, differ, "you both rated K7 at 2")
			continue
		}
		mustApply(t, p, differ)
	}
	p := mustApply(t, decode(t, small).Profile, self, mentorRate("J. Ode", 2, today), mentorRate("M. Ward", 2, today), profile.AgreeEqual{On: today})
	if x, _ := p.Newest("K7", profile.Agreed); x.Level != 2 || x.By.Raw() != "M. Ward" {
		t.Errorf("%+v", x)
	}
}

// In whatever order mentors rate, each has one rating in the round, their last, and the newest comes first.
func TestMentorsProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := &maker{t: t}
		p := profile.Profile{Standard: std.Reference}
		last := map[string]profile.Rate{}
		for range 1 + m.n(9) {
			who := pick(m, []string{"", "J. Ode", "R. Lindqvist", "M. Ward"})
			c := mentorRate(who, m.level(), today.AddDays(-m.n(3)))
			next, err := c.Apply(p, std)
			if err != nil {
				t.Fatalf("%v", err)
			}
			p, last[who] = next, c
		}
		r, _ := p.Open()
		list := r.Mentors("K7")
		if len(list) != len(last) || p.Ratings() != len(last) {
			t.Fatalf("%d mentors, but %s", len(last), listed(list))
		}
		for i, x := range list {
			if c := last[x.By.Raw()]; c.Level != x.Level || c.On != x.On || i > 0 && x.On.After(list[i-1].On) {
				t.Fatalf("%+v in %s", x, listed(list))
			}
		}
	})
}

func TestDecodeRefusesOtherMentors(t *testing.T) {
	below := func(s string) []string {
		return []string{"2025-09-20 }\n", "2025-09-20 }\n[round.mentor]\nK7 = { level = 2, on = 2025-09-21, by = \"J. Ode\" }\n[round.others]\n" + s + "\n"}
	}
	const one = "a mentor has one rating of a KSB in a round: keep the newer"
	checkBad(t, []badCase{
		{"without a newest one", below(`K8 = [{ level = 1, on = 2025-09-20, by = "M. Ward" }]`), []string{
			"15:1 round.others.K8: there is no mentor's rating of K8 below [round.mentor] | the newest one belongs below [round.mentor]: move it there",
		}},
		{"one mentor twice", below(`K7 = [{ level = 1, on = 2025-09-20, by = "j ode" }, { level = 1, on = 2025-09-20 }, { level = 1, on = 2025-09-19 }]`), []string{
			"15:37 round.others.K7.by: a second rating by j ode | " + one,
			"15:85 round.others.K7.by: a second rating without a name | " + one,
		}},
		{"not the newest first", below(`K7 = [{ level = 1, on = 2025-09-22, by = "M. Ward" }, { level = 1, on = 2025-09-20 }]`), []string{
			"15:20 round.others.K7.on: a newer rating comes after an older one | the newest one belongs below [round.mentor], and the others follow it by date",
		}},
		{"one row", below(`K7 = { level = 1, on = 2025-09-20, by = "M. Ward" }`), []string{
			`15:1 round.others.K7: a list of tables is needed here, not a table | write K7 = [{ level = 2, on = 2026-11-22, by = "..." }]`,
		}},
		{"bad rows", below("K99 = []\nK7 = [{ level = 9, by = 3 }]"), []string{
			"15:1 round.others.K99: ST0413 has no such KSB | " + codesHint,
			`16:7 round.others.K7: the key "on" is missing | add on = with the day, such as 2026-11-22`,
			"16:9 round.others.K7.level: there is no level 9 | " + levelHint,
			"16:20 round.others.K7.by: text is needed here, not a whole number | " + textHint,
		}},
	})
}

// Comments, order and added keys survive in lists of any layout, and undoing gives back the old text.
func TestWriteOtherMentors(t *testing.T) {
	head := small + "[round.mentor]\nK7 = { level = 2, on = 2025-09-21, by = \"J. Ode\" }\n"
	for name, others := range map[string]string{
		"none":   "",
		"inline": "[round.others]\nK7 = [{ by = \"M. Ward\", level = 1, on = 2025-09-20, mood = \"fair\" }] # why\n",
		"lines":  "[round.others]\nK7 = [\n  { level = 1, on = 2025-09-20, by = \"M. Ward\" }, # first\n  # then\n  { level = 0, on = 2025-09-19, by = \"A. B.\" },\n]\n",
		"blocks": "[[round.others.K7]]\nlevel = 1 # low\non = 2025-09-20\nby = \"M. Ward\"\nmood = \"fair\"\n",
		"empty":  "[round.others]\nK7 = []\nK8 = [] # later\n",
	} {
		for _, c := range []profile.Rate{mentorRate("R. L.", 3, today), mentorRate("R. L.", 3, calendar.Of(2025, 1, 1)), mentorRate("M. Ward", 3, today), mentorRate("J. Ode", 0, calendar.Of(2025, 1, 1))} {
			src := head + others
			f := decode(t, src)
			after := mustApply(t, f.Profile, c)
			mustWrite(t, f, f.Profile, after)
			got := string(f.Doc.Bytes())
			same(t, decode(t, got).Profile, after)
			for _, kept := range []string{"# why", "# first", "# then", "# low", "mood", "# later"} {
				if strings.Count(got, kept) != strings.Count(src, kept) {
					t.Errorf("%s, %s: %s went\n%s", name, c.Who.Raw(), kept, got)
				}
			}
			mustWrite(t, f, after, f.Profile)
			if got := string(f.Doc.Bytes()); got != src && name != "empty" { // an empty list may go
				t.Errorf("%s, %s on %s: undone, it is\n%s", name, c.Who.Raw(), c.On, got)
			}
		}
	}
}
