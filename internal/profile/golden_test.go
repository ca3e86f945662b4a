package profile_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/profile/file"
)

var update = flag.Bool("update", false, "write the golden files anew; read them before you keep them")

// The golden files are what learners see if they open a new profile in an editor.
func TestNewProfiles(t *testing.T) {
	first := profile.Profile{Standard: "ST0413", Learner: profile.Learner{Name: text("Ben Okafor")}}
	begun := first
	begun.Learner.Role, begun.Learner.Start = text("Neurophysiology"), calendar.Of(2026, 9, 14)
	begun = mustApply(
		t, begun,
		profile.Rate{KSB: "K10", By: profile.Self, Level: 1, On: today}, profile.Rate{KSB: "B1", By: profile.Self, Level: 3, On: today, Note: ptr(text("With \"Mrs\" and not \"love\".\nAlways."))},
		profile.Rate{KSB: "K2", By: profile.Self, Level: 0, On: today}, profile.Rate{KSB: "S24", By: profile.Self, Level: -1, On: today},
		profile.AddEvidence{Evidence: profile.Evidence{ID: "e-7f3k", KSBs: []string{"B1"}, On: today, Kind: profile.KindExample, Title: text("Asked a patient what she likes to be called"), Duty: 1}},
	)
	all := decode(t, full).Profile
	all.Reviews = nil // their golden is with the reviews
	for name, p := range map[string]profile.Profile{"new-first.toml": first, "new-begun.toml": begun, "new-all.toml": all} {
		t.Run(name, func(t *testing.T) {
			got, err := file.New(p)
			if err != nil {
				t.Fatal(err)
			}
			path := filepath.Join("testdata", name)
			if *update {
				if err := os.WriteFile(path, got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if string(got) != string(want) {
				t.Errorf("%s differs (run with -update and read it):\n%s", path, strings.Join(difference(string(want), string(got)), "\n"))
			}
			f := decode(t, string(got))
			same(t, f.Profile, p)
			if len(f.Notes) > 0 {
				t.Errorf("notes: %v", f.Notes)
			}
		})
	}
}
