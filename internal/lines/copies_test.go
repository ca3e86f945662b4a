package lines

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/profile"
)

// A copy that a sync program left is offered, asked about, taken in and moved to the backups.
func TestACopyIsTakenInLineByLine(t *testing.T) {
	t.Parallel()
	r := newRoom(t, planned())
	if strings.Contains(bare(r.talk("5", "quit")), bare("Take in a copy")) {
		t.Error("it is offered without a copy")
	}
	ours, err := os.ReadFile(filepath.Join(r.dir, "profile.toml"))
	if err != nil {
		t.Fatal(err)
	}
	rows := strings.SplitAfter(string(ours), "[round.self]\n")
	line, rest, _ := strings.Cut(rows[len(rows)-1], "\n")
	ksb, _, _ := strings.Cut(line, " ")
	was, _ := r.profile().Newest(ksb, profile.Self)
	other := level.Level(0)
	if was.Level == other {
		other = 1
	}
	rows[len(rows)-1] = ksb + " = { level = " + other.String() + ", on = 2026-11-21 }\n" + rest
	path := filepath.Join(r.dir, "profile (1).toml")
	if err := os.WriteFile(path, []byte(strings.Join(rows, "")), 0o600); err != nil {
		t.Fatal(err)
	}
	at := optionOf(t, bare(r.talk("5", "quit")), "Takeinacopy")
	r.says(bare(r.talk("5", at, "no", "quit")), bare("One thing was changed in both"))
	if _, err := os.Stat(path); err != nil {
		t.Fatal("it went unasked")
	}
	r.says(bare(r.talk("5", at, "yes", "2", "quit")), bare("your rating of "+ksb), bare("is now in the backups"))
	if x, _ := r.profile().Newest(ksb, profile.Self); x.Level != other {
		t.Errorf("%s is at %d, want %d", ksb, x.Level, other)
	}
	if _, err := os.Stat(path); err == nil {
		t.Error("the copy is still there")
	}
}

// The patient guard looks at what a copy brought, once that is saved.
func TestTheGuardLooksAtWhatACopyBrings(t *testing.T) {
	t.Parallel()
	r := newRoom(t, planned())
	ours, err := os.ReadFile(filepath.Join(r.dir, "profile.toml"))
	if err != nil {
		t.Fatal(err)
	}
	at := strings.LastIndex(string(ours), "[round.self]\n") + len("[round.self]\n")
	theirs := string(ours[:at]) + "S33 = { level = 4, on = 2026-11-21, note = \"" + seenIn + "\" }\n" + string(ours[at:])
	if err := os.WriteFile(filepath.Join(r.dir, "profile (1).toml"), []byte(theirs), 0o600); err != nil {
		t.Fatal(err)
	}
	option := optionOf(t, bare(r.talk("5", "quit")), "Takeinacopy")
	said := r.talk("5", option, "yes", "1", "1", "quit")
	r.says(said, "It brings 1 rating (S33", "is now in the backups", "Does this name a patient? 1 of 2 Your note on S33", "Taken out. Saved.")
	r.unsaid(said)
}
