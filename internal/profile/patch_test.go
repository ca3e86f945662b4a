package profile_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/longrecord"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/profile/file"
	"github.com/ksbcoach/ksbcoach/internal/tomledit"
)

// If Patch can make a change, it gives exactly the text that Write gives.
func TestPatchIsWrite(t *testing.T) {
	patched := 0
	rapid.Check(t, func(t *rapid.T) {
		m := &maker{t: t}
		p := m.profile()
		src, err := file.New(p)
		if err != nil {
			t.Fatalf("%v", err)
		}
		text := string(src)
		if m.maybe() {
			text, _ = m.litter(text)
		}
		if m.maybe() {
			text = strings.ReplaceAll(text, "\n", "\r\n")
		}
		for range 1 + m.n(5) {
			f := mustDecode(t, []byte(text))
			after, err := m.change(f.Profile).Apply(f.Profile, std)
			if err != nil {
				continue
			}
			got, ok := file.Patch(text, f.Profile, after, find)
			mustWrite(t, f, f.Profile, after)
			want := string(f.Doc.Bytes())
			if ok && got != want {
				t.Fatalf("Patch made\n%s\nWrite made\n%s\nof\n%s", got, want, text)
			}
			if ok && want != text {
				patched++
			}
			text = want
		}
	})
	least := 50
	if testing.Short() {
		least /= 5 // in short tests rapid draws a fifth of the cases
	}
	if patched < least {
		t.Errorf("Patch did %d changes, not %d", patched, least)
	}
}

// Patch can make the changes that learners make every day, on a long record too.
func TestPatchDoesTheEverydayChanges(t *testing.T) {
	today := calendar.Of(2026, 11, 22)
	p := longrecord.Make(std, today)
	src, err := file.New(p)
	if err != nil {
		t.Fatal(err)
	}
	piece := profile.Evidence{ID: "e-new", KSBs: []string{"K1"}, On: today, Kind: profile.KindExample, Title: text("Seen on the ward")}
	open := p.Goals[len(p.Goals)-1]
	for _, c := range []profile.Change{
		profile.Rate{KSB: "K7", By: profile.Self, Level: 1, On: today},
		profile.Rate{KSB: "K7", By: profile.Mentor, Level: 2, On: today, Who: text("J. Ode")},
		profile.Note{KSB: "K7", Text: text("two\nlines")},
		profile.AddEvidence{Evidence: piece},
		profile.EditEvidence{ID: p.Evidence[3].ID, Title: ptr(text("Another title"))},
		profile.SetActionStatus{ID: open.Actions[0].ID, Status: profile.ActionDone, On: today},
		profile.Batch{Name: "both", Changes: []profile.Change{
			profile.Rate{KSB: "S7", By: profile.Self, Level: 3, On: today}, profile.AddEvidence{Evidence: piece},
		}},
	} {
		after := mustApply(t, p, c)
		got, ok := file.Patch(string(src), p, after, find)
		if !ok {
			t.Errorf("%T was not done", c)
			continue
		}
		same(t, decode(t, got).Profile, after)
		if back, ok := file.Patch(got, after, p, find); ok && back != string(src) {
			t.Errorf("%T: the way back is another text", c)
		}
	}
}

func TestPatchLeavesTheRestToWrite(t *testing.T) {
	src, err := file.New(decode(t, full).Profile)
	if err != nil {
		t.Fatal(err)
	}
	f := decode(t, string(src))
	rated := mustApply(t, f.Profile, profile.Rate{KSB: "K7", By: profile.Self, Level: 1, On: calendar.Of(2026, 11, 22)})
	doubled := rated
	doubled.Rounds = append(append([]profile.Round{}, rated.Rounds...), rated.Rounds[0])
	named := rated
	named.Learner.Name = text("Another")
	if _, ok := file.Patch(string(src), f.Profile, rated, find); !ok {
		t.Error("a rating is left")
	}
	for _, c := range []struct {
		name  string
		src   string
		after profile.Profile
	}{
		{"a setting", string(src), named},
		{"an id that is used", string(src), doubled},
		{"mixed line ends", strings.Replace(string(src), "\n", "\r\n", 1), rated},
		{"a file that is full", string(src) + strings.Repeat("#\n", tomledit.ProfileLimits.Size/2), rated},
	} {
		if got, ok := file.Patch(c.src, f.Profile, c.after, find); ok {
			t.Errorf("%s: %q", c.name, got)
		}
	}
}
