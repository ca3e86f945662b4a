package profile_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/profile"
)

// three is a learner with three pieces of evidence, each with a comment that the learner added.
const three = small + `
# the log
[[evidence]]
id = "e-1"
ksbs = ["K7"]
on = 2026-08-14
kind = "work-product"
title = "Probe log" # four weeks
where = "Equipment folder"

# the card
[[evidence]]
id = "e-2"
ksbs = ["K7", "S7"]
on = 2026-09-01
kind = "feedback"
title = "A card"
witness = "J. Ode"

# the last
[[evidence]]
id = "e-3"
ksbs = ["S7"]
on = 2026-09-02
kind = "example"
title = "Said so"
duty = 3
`

func TestEditEvidence(t *testing.T) {
	p := decode(t, three).Profile
	for name, x := range map[string]struct {
		c    profile.EditEvidence
		want func(*profile.Evidence)
	}{
		"the KSBs":       {profile.EditEvidence{KSBs: &[]string{"S7", "B1"}}, func(e *profile.Evidence) { e.KSBs = []string{"S7", "B1"} }},
		"the day":        {profile.EditEvidence{On: ptr(calendar.Of(2026, 8, 30))}, func(e *profile.Evidence) { e.On = calendar.Of(2026, 8, 30) }},
		"the kind":       {profile.EditEvidence{Kind: ptr("witness-testimony")}, func(e *profile.Evidence) { e.Kind = "witness-testimony" }},
		"the title":      {profile.EditEvidence{Title: ptr(text("A letter"))}, func(e *profile.Evidence) { e.Title = text("A letter") }},
		"the place":      {profile.EditEvidence{Where: ptr(text("Drawer"))}, func(e *profile.Evidence) { e.Where = text("Drawer") }},
		"nobody saw it":  {profile.EditEvidence{Witness: ptr(text(""))}, func(e *profile.Evidence) { e.Witness = text("") }},
		"the duty":       {profile.EditEvidence{Duty: ptr(2)}, func(e *profile.Evidence) { e.Duty = 2 }},
		"nothing at all": {profile.EditEvidence{}, func(*profile.Evidence) {}},
	} {
		x.c.ID = "e-2"
		want := deep(p)
		x.want(&want.Evidence[1])
		same(t, mustApply(t, p, x.c), want)
		if t.Failed() {
			t.Fatal(name)
		}
	}
	for want, c := range map[string]profile.EditEvidence{
		`there is no evidence "e-9"`: {ID: "e-9"},
		"no KSB is named":            {ID: "e-2", KSBs: &[]string{}},
		"K7 is named twice":          {ID: "e-2", KSBs: &[]string{"K7", "K7"}},
		`has no KSB "K99"`:           {ID: "e-2", KSBs: &[]string{"K99"}},
		"needs a title":              {ID: "e-2", Title: ptr(text(" "))},
		"needs a date":               {ID: "e-2", On: ptr(calendar.Date{})},
		"not a kind of evidence":     {ID: "e-2", Kind: ptr("photo")},
		"has no duty 11":             {ID: "e-2", Duty: ptr(11)},
		"the place is longer":        {ID: "e-2", Where: ptr(text(strings.Repeat("x", profile.MaxText+1)))},
	} {
		mustRefuse(t, p, c, want)
	}
}

func TestRemoveEvidence(t *testing.T) {
	p := decode(t, three).Profile
	q := mustApply(t, p, profile.RemoveEvidence{ID: "e-2"})
	if _, there := q.Piece("e-2"); there || len(q.Evidence) != 2 {
		t.Errorf("%+v", q.Evidence)
	}
	mustRefuse(t, p, profile.AddEvidence{Evidence: profile.Evidence{ID: "e-8", KSBs: []string{"K7", "S7"}, On: today, Kind: profile.KindExample, Title: text("x")}}, "an example is one situation for one KSB")
	mustRefuse(t, p, profile.RemoveEvidence{ID: "e-9"}, `there is no evidence "e-9"`)
}

// Only the block of that evidence leaves the file, and undoing the removal puts it back in its place.
func TestWriteRemovedEvidence(t *testing.T) {
	for id, want := range map[string][]string{
		"e-1": {"-[[evidence]]", `-id = "e-1"`, `-ksbs = ["K7"]`, "-on = 2026-08-14", `-kind = "work-product"`, `-title = "Probe log" # four weeks`, `-where = "Equipment folder"`, "+# four weeks"},
		"e-2": {"-[[evidence]]", `-id = "e-2"`, `-ksbs = ["K7", "S7"]`, "-on = 2026-09-01", `-kind = "feedback"`, `-title = "A card"`, `-witness = "J. Ode"`},
		"e-3": {"-[[evidence]]", `-id = "e-3"`, `-ksbs = ["S7"]`, "-on = 2026-09-02", `-kind = "example"`, `-title = "Said so"`, "-duty = 3"},
	} {
		f := decode(t, three)
		after := mustApply(t, f.Profile, profile.RemoveEvidence{ID: id})
		mustWrite(t, f, f.Profile, after)
		gone := string(f.Doc.Bytes())
		if got := slices.DeleteFunc(difference(three, gone), func(l string) bool { return l == "-" || l == "+" }); !slices.Equal(got, want) {
			t.Errorf("%s: %q", id, got)
		}
		for _, comment := range []string{"# the log", "# four weeks", "# the card", "# the last"} {
			if !strings.Contains(gone, comment) {
				t.Errorf("%s: the comment %q went", id, comment)
			}
		}
		mustWrite(t, f, after, f.Profile)
		if back := decode(t, string(f.Doc.Bytes())).Profile.Evidence; !reflect.DeepEqual(back, f.Profile.Evidence) {
			t.Errorf("%s came back as %+v", id, back)
		}
	}
}

func TestWriteEditedEvidence(t *testing.T) {
	got := edit(t, three, profile.EditEvidence{ID: "e-1", Title: ptr(text("Probe log, signed")), Witness: ptr(text("J. Ode"))})
	want := []string{
		`-title = "Probe log" # four weeks`, `-where = "Equipment folder"`,
		`+title = "Probe log, signed" # four weeks`, `+where = "Equipment folder"`, `+witness = "J. Ode"`,
	}
	if diff := difference(three, got); !slices.Equal(diff, want) {
		t.Errorf("%q", diff)
	}
}

func TestLosesSupport(t *testing.T) {
	p := mustApply(t, decode(t, three).Profile,
		profile.Rate{KSB: "S7", By: profile.Self, Level: 3, On: today}, profile.Rate{KSB: "K7", By: profile.Self, Level: 3, On: today})
	one := mustApply(t, p, profile.RemoveEvidence{ID: "e-2"})
	if got := profile.LosesSupport(p, one, today); got != nil {
		t.Errorf("another piece shows both: %q", got)
	}
	for want, c := range map[string]profile.Change{
		"K7": profile.RemoveEvidence{ID: "e-1"}, "S7": profile.EditEvidence{ID: "e-3", KSBs: &[]string{"B1"}}, "": profile.EditEvidence{ID: "e-3", Title: ptr(text("x"))},
	} {
		if got := strings.Join(profile.LosesSupport(one, mustApply(t, one, c), today), " "); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	old := profile.EditEvidence{ID: "e-1", On: ptr(today.AddMonths(-12))}
	if got := profile.LosesSupport(one, mustApply(t, one, old), today); !slices.Equal(got, []string{"K7"}) {
		t.Errorf("too old: %q", got)
	}
	low := mustApply(t, one, profile.Rate{KSB: "K7", By: profile.Self, Level: 2, On: today})
	if got := profile.LosesSupport(low, mustApply(t, low, profile.RemoveEvidence{ID: "e-1"}), today); got != nil {
		t.Errorf("no claim: %q", got)
	}
}
