package profile_test

import (
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/profile/file"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
)

// made is a small record after some changes.
func made(t *testing.T, from profile.Profile, changes ...profile.Change) profile.Profile {
	t.Helper()
	for _, c := range changes {
		next, err := c.Apply(from, std)
		if err != nil {
			t.Fatalf("%s: %v", c.Label(), err)
		}
		from = next
	}
	return from
}

var mergeDay = calendar.Of(2026, 11, 22)

func selfRates(ksb string, l level.Level) profile.Change {
	return profile.Rate{KSB: ksb, By: profile.Self, Level: l, On: mergeDay}
}

func TestMerge(t *testing.T) {
	base := made(t, profile.Profile{Standard: "ST0413", Learner: profile.Learner{Name: safetext.New("Asha")}},
		selfRates("K7", 1), selfRates("S7", 2),
		profile.AddGoal{Goal: profile.Goal{ID: "g-1", KSBs: []string{"K7"}, Text: safetext.New("Explain one audit")}})
	saved := made(t, base, selfRates("K7", 3), selfRates("K8", 2))
	action := profile.AddAction{Goal: "g-1", Action: profile.Action{ID: "a-1", Sort: profile.Study, Text: safetext.New("read it")}}
	pause := profile.AddPause{Pause: profile.Pause{From: mergeDay, To: mergeDay.AddDays(3)}}
	noGoal := base
	noGoal.Goals = nil
	for _, c := range []struct {
		name                    string
		bases                   []profile.Profile
		ours, theirs            profile.Profile
		want                    profile.Profile // if nothing clashes, or if ours is taken
		clash, oursIs, theirsIs string
	}{
		{"an older copy came back", []profile.Profile{base, saved}, made(t, saved, selfRates("K9", 1)), base, made(t, saved, selfRates("K9", 1)), "", "", ""},
		{"they changed another KSB", []profile.Profile{base, saved}, saved, made(t, saved, selfRates("S7", 4)), made(t, saved, selfRates("S7", 4)), "", "", ""},
		{"they changed another KSB of the older copy", []profile.Profile{base, saved}, saved, made(t, base, selfRates("S7", 4)), made(t, saved, selfRates("S7", 4)), "", "", ""},
		{"both did the same", []profile.Profile{base}, made(t, base, pause), made(t, base, pause), made(t, base, pause), "", "", ""},
		{"both added something", []profile.Profile{base}, made(t, base, action), made(t, base, pause), made(t, base, pause, action), "", "", ""},
		{
			"both rated it",
			[]profile.Profile{base},
			made(t, base, selfRates("K7", 3)), made(t, base, selfRates("K7", 2)), made(t, base, selfRates("K7", 3)),
			"your rating of K7", "level 3, 22 Nov", "level 2, 22 Nov",
		},
		{
			"both set a target of 0 and of 2",
			[]profile.Profile{base},
			made(t, base, profile.SetTarget{KSB: "K7", Level: 2}), made(t, base, profile.SetTarget{KSB: "K7", Level: 1}),
			made(t, base, profile.SetTarget{KSB: "K7", Level: 2}), "the target of K7", "level 2", "level 1",
		},
		{"one was taken out that the other worked on", []profile.Profile{base}, made(t, base, action), noGoal, made(t, base, action), "", "", ""},
		{"taken out there, and untouched here", []profile.Profile{base}, made(t, base, pause), noGoal, made(t, noGoal, pause), "", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, clashes := merge(c.bases, c.ours, c.theirs, nil)
			if a, b := asText(t, got), asText(t, c.want); a != b {
				t.Errorf("merged:\n%s\nwant:\n%s", a, b)
			}
			if c.clash == "" {
				if len(clashes) > 0 {
					t.Errorf("clashes: %+v", clashes)
				}
				return
			}
			if len(clashes) != 1 || clashes[0].What != c.clash || clashes[0].Ours != c.oursIs || clashes[0].Theirs != c.theirsIs {
				t.Fatalf("clashes: %+v; want %s: %s or %s", clashes, c.clash, c.oursIs, c.theirsIs)
			}
			got, _ = merge(c.bases, c.ours, c.theirs, func(string) bool { return false })
			if a, b := asText(t, got), asText(t, c.theirs); a != b {
				t.Errorf("with theirs:\n%s\nwant:\n%s", a, b)
			}
		})
	}
}

func asText(t *testing.T, p profile.Profile) string {
	t.Helper()
	b, err := file.New(p)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// If two mentors rate in two copies, both ratings are kept, and what the learner may not see yet is not shown.
func TestMergeKeepsEveryMentor(t *testing.T) {
	base := made(t, profile.Profile{Standard: "ST0413", Learner: profile.Learner{Name: safetext.New("Asha")}}, selfRates("K7", 1))
	by := func(who string, l level.Level) profile.Change {
		return profile.Rate{KSB: "K7", By: profile.Mentor, Level: l, On: mergeDay, Who: safetext.New(who)}
	}
	got, clashes := merge([]profile.Profile{base}, made(t, base, by("J. Ode", 2)), made(t, base, by("R. Lind", 3)), nil)
	if len(clashes) > 0 {
		t.Errorf("two mentors clash: %+v", clashes)
	}
	if _, err := file.Decode([]byte(asText(t, got)), find); err != nil {
		t.Error(err)
	}
	one, two := made(t, base, by("J. Ode", 2), by("R. Lind", 3)), made(t, base, by("R. Lind", 3), by("M. Abe", 1))
	got, _ = merge([]profile.Profile{base, made(t, base, by("R. Lind", 3))}, one, two, nil)
	var names []string
	for _, x := range got.Rounds[0].Mentors("K7") {
		names = append(names, x.By.Raw())
	}
	slices.Sort(names)
	if want := []string{"J. Ode", "M. Abe", "R. Lind"}; !slices.Equal(names, want) {
		t.Errorf("mentors %v, want %v", names, want)
	}
	_, clashes = merge([]profile.Profile{base}, made(t, base, by("J. Ode", 2)), made(t, base, by("J. Ode", 4)), nil)
	if len(clashes) != 1 {
		t.Fatalf("a covered rating: %+v", clashes)
	}
	if c := clashes[0]; c.Key != "Rounds baseline Mentors K7 JODE" || c.What != "a mentor's rating of K7" || !c.Covered || c.Ours+c.Theirs+c.Base != "" || !c.OursOn.IsZero() {
		t.Errorf("a covered rating: %+v", clashes)
	}
}

// If one side changed nothing, the result is the other's record, whatever is in it. If both did, the result is valid,
// and merging either way round asks about the same places.
func TestMergeProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := &maker{t: t}
		base := m.profile()
		ours, theirs := m.changed(base), m.changed(base)
		for _, c := range []struct{ ours, theirs, want profile.Profile }{{base, base, base}, {ours, base, ours}, {base, theirs, theirs}, {ours, ours, ours}} {
			if got, clashes := merge([]profile.Profile{base}, c.ours, c.theirs, nil); !reflect.DeepEqual(got, c.want) || len(clashes) > 0 {
				t.Fatalf("clashes %v\n got %+v\nwant %+v", clashes, got, c.want)
			}
		}
		_, one := merge([]profile.Profile{base}, ours, theirs, nil)
		_, two := merge([]profile.Profile{base}, ours, theirs, func(string) bool { return false })
		if !reflect.DeepEqual(one, two) {
			t.Fatalf("%+v\n%+v", one, two)
		}
	})
}

// changed is a record after some changes that its rules allow.
func (m *maker) changed(p profile.Profile) profile.Profile {
	for range m.n(4) {
		if next, err := m.change(p).Apply(p, std); err == nil {
			p = next
		}
	}
	return p
}

// While a review is under way others may see the screen, so a clash between private notes does not quote them.
func TestPrivateNotesAreNotQuotedInAMeeting(t *testing.T) {
	base := made(t, profile.Profile{Standard: "ST0413", Learner: profile.Learner{Name: safetext.New("Asha")}}, selfRates("K7", 1))
	meets := made(t, base, profile.StartReview{ID: "v-1", On: mergeDay, With: profile.Names("J. Ode")})
	note := func(p profile.Profile, says string) profile.Profile {
		return made(t, p, profile.KeepPrivate{Workload: ptr(safetext.New(says))})
	}
	for _, from := range []profile.Profile{base, meets} {
		_, clashes := merge([]profile.Profile{from}, note(from, "Ten lists"), note(from, "Two lists"), nil)
		if len(clashes) != 1 || clashes[0].Covered != from.Meeting() || (clashes[0].Ours == "") != from.Meeting() {
			t.Errorf("meeting %v: %+v", from.Meeting(), clashes)
		}
	}
}
