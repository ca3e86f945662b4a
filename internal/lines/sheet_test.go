package lines

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/sheet"
)

// The learner makes a rating sheet in each format, and takes in the one that comes back.
func TestASheetIsMadeAndTakenIn(t *testing.T) {
	t.Parallel()
	r := newRoom(t, planned())
	said := bare(r.talk("5"))
	at := optionOf(t, said, "Haveamentorelsewhererate")
	said = bare(r.talk("5", at, "1", "", at, "2", "", at, "3", "", "quit"))
	for _, f := range sheet.Formats {
		name := filepath.Join(r.dir, "rating-sheet-"+today.String()+f.Ending)
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatalf("%v\n%s", err, said)
		}
		if got := sheet.FormOf(data).Word; got != f.Word {
			t.Errorf("%s is in the form %s", name, got)
		}
		r.says(said, bare("Make "+f.Name+". "+f.For), bare("Written into "+name+". Send it to your mentor: "+f.Next))
	}
	made, err := os.ReadFile(filepath.Join(r.dir, "rating-sheet-"+today.String()+".toml"))
	if err != nil {
		t.Fatal(err)
	}
	back := filepath.Join(r.dir, "back.toml")
	fill := func(row string) {
		if err := os.WriteFile(back, append(made, row...), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	fill("K7 = { level = 7 }\n")
	r.says(bare(r.talk("5", at, "4", back, "quit")), bare("Not taken in:"), bare("there is no level 7"))
	fill(`K7 = { level = 1, note = "seen once", by = "R. Lindqvist" }` + "\n")
	r.says(bare(r.talk("5", at, "4", back, "quit")), bare("1 rating by R. Lindqvist taken into the round"))
	if x, _ := r.profile().NewestOf("K7", safetext.New("R. Lindqvist")); x.Level != 1 || x.Note.Raw() != "seen once" {
		t.Errorf("%+v", x)
	}
	r.says(bare(r.talk("5", at, "4", back, "quit")), bare("Nothing on it is new"))
}

// optionOf is the number of an option in bare text.
func optionOf(t *testing.T, said, text string) string {
	t.Helper()
	before, _, ok := strings.Cut(said, "."+text)
	if !ok {
		t.Fatalf("%q is not offered:\n%s", text, said)
	}
	return before[strings.LastIndexFunc(before, func(r rune) bool { return r < '0' || r > '9' })+1:]
}

// bare is a text without its spaces, since a long path is broken over lines.
func bare(s string) string { return strings.Join(strings.Fields(s), "") }
