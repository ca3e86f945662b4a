package lines

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
)

// A skills scan is taken in line by line: it asks for the scale, says what it would change first, lets the learner name
// the column and the mentor, and undo takes all of it back.
func TestASkillsScanIsTakenInLineByLine(t *testing.T) {
	t.Parallel()
	r := newRoom(t, planned())
	at := optionOf(t, bare(r.talk("5")), "Takeinaskillsscan")
	name := filepath.Join(r.dir, "scan.csv")
	write := func(text string) {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	self := func(ksb string) profile.Rating {
		round, _ := r.profile().Open()
		return round.Ratings[profile.Self][ksb]
	}
	before := self("S22")

	write("%PDF-1.7")
	r.says(bare(r.talk("5", at, name, "quit")), bare("Not read:"), bare("this is not a workbook, CSV or JSON"))

	write("KSB,Self\nK99,2\nS22,5\nS24 and S30,3\n")
	said := bare(r.talk("5", at, name, "1", "1", "back", "quit"))
	r.says(said, bare("Which scale is it?"), bare("1. 1 to 5"), bare("1 rating of your own"), bare("Hear how it was read"),
		bare("Not understood"), "K99", bare("one row for S24, S30"))
	if self("S22") != before {
		t.Fatal("it was changed before it was told to be")
	}
	said = bare(r.talk("5", at, name, "1", "3", "2", "undo", "quit"))
	r.says(said, bare("Take what is in doubt too (2)"), bare("Leave out what is in doubt"), bare("3 ratings taken in"),
		bare("Taken back"))
	if self("S22") != before {
		t.Errorf("it was not taken back: %+v", self("S22"))
	}

	write("KSB,Mentor score (0-4),Mentor score (0-4)\nS22,1,3\n")
	said = bare(r.talk("5", at, name, "R. Lindqvist", "", "C", "2", "quit"))
	r.says(said, bare("Not understood: it is not clear which column"), bare("Who is the mentor?"), bare("1 rating taken in"))
	if x, _ := r.profile().NewestOf("S22", safetext.New("R. Lindqvist")); x.Level != 3 {
		t.Errorf("%+v", x)
	}
}
