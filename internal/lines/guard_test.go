package lines

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/profile/file"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
)

// seenIn names a patient. The program must not say it again.
const seenIn = "Rang Mrs Zebedee 943 476 5919 today"

// unsaid fails if the program says anything that was found; what was typed is allowed.
func (r *room) unsaid(said string, typed ...string) {
	r.Helper()
	for _, x := range typed {
		said = strings.ReplaceAll(said, x, "")
	}
	if strings.Contains(said, "Zebedee") || strings.Contains(said, "943 ") {
		r.Errorf("what was found is said:\n%s", said)
	}
}

// What was typed is saved first, and then each thing in it that may name a patient is asked about.
func TestNamesOfPatientsAreAskedAbout(t *testing.T) {
	t.Parallel()
	r := newRoom(t, planned())
	said := r.talk("1", "1", "2", "note", seenIn, "1", "4", "note", seenIn+" again", "2", "back", "2", "Rang her", "undo", "quit")
	r.says(
		said, "Saved. Does this name a patient? 1 of 2 Your note on K", "1. Take it out. Then it reads: Rang [name taken out] […] today.",
		"Taken out. Saved. Does this name a patient? 2 of 2", "4. Leave it for now.",
		"How should it read? Type all of it again. Without it: Rang [name taken out] […] today again", "Changed. Saved.",
		"Taken back: changing what may name a patient.",
	)
	r.unsaid(said, seenIn+" again", seenIn, "It is: Rang [name taken out] 943 476 5919 today.") // this text is being changed
}

// back leaves the rest, which the first question offers again. What is no patient is not asked about again.
func TestLookingThroughTheWholeRecord(t *testing.T) {
	t.Parallel()
	p := planned()
	p.Goals[0].Note, p.Goals[0].Why = safetext.New(seenIn), safetext.New("for 943 476 5919")
	r := newRoom(t, p)
	said := r.talk("8", "back", "8", "3", "1", "8", "quit")
	r.says(
		said, "8. Look for anything that names a patient.", "1 of 3", "The rest stays as it is.", "at the first question, comes back to it",
		"Not asked about again. Saved.", "Taken out. Saved.", "Nothing in your profile looks as if it named a patient. The check looks at",
		"the only farrier on the ward",
	)
	r.unsaid(said)
	if n := len(r.profile().Privacy.Cleared); n != 1 {
		t.Errorf("%d marks", n)
	}
}

// Before a document is written, the guard asks about its words and the name of its file. Enter goes on.
func TestTheGuardAsksBeforeAFileIsWritten(t *testing.T) {
	t.Parallel()
	p := planned()
	p.Goals[0].Actions[0].Text = safetext.New(seenIn)
	r := newRoom(t, p)
	said := r.talk("5", "3", "~/for Mrs Zebedee.txt", "back", "~/pack.txt", "2", "1", "1", "quit")
	r.says(
		said, "The name of the file, letter 5: looks like the name of a patient", "2 places in it look as if they named a patient.",
		"1. Write it as it is. 2. Look at them first.", "Does this name a patient? 2 of 2", "Written into",
	)
	r.unsaid(said, "for Mrs Zebedee.txt")
	pack, err := os.ReadFile(filepath.Join(r.dir, "pack.txt"))
	if err != nil || !strings.Contains(string(pack), "[NHS number taken out]") || strings.Contains(string(pack), "943") {
		t.Errorf("%v\n%s", err, pack)
	}
	said = r.talk("5", "3", "~/for Mrs Zebedee.txt", "", "quit")
	r.says(said, "The name of the file looks as if it named a patient. back asks for another file. 1. Write it as it is.", "Written into")
}

// No question repeats what was found, in whatever field it is.
func TestNoQuestionRepeatsWhatWasFound(t *testing.T) {
	t.Parallel()
	n := 0
	p := file.MapTexts(planned(), func(string, safetext.Text) safetext.Text {
		n++
		return safetext.New(strings.Repeat("again ", n) + "by 943 476 5919 and Mrs Zebedee")
	})
	r := newRoom(t, p)
	answers := []string{"8"}
	for range 200 {
		answers = append(answers, "4")
	}
	said := r.talk(append(answers, "quit")...)
	for _, part := range strings.Split(said, "Does this name a patient?")[1:] {
		question, _, _ := strings.Cut(part, "?: 4")
		r.unsaid(question)
	}
	if asked := strings.Count(said, "looks like"); asked <= n {
		t.Errorf("%d questions on %d texts", asked, n)
	}
}

// If the file was changed elsewhere, which version counts is asked before the guard asks, since its changes would make
// one more version.
func TestTheGuardWaitsUntilAConflictIsSettled(t *testing.T) {
	t.Parallel()
	r := newRoom(t, beginner())
	answers, out, done := r.start()
	out.await(t, "What would you like")
	_, _ = io.WriteString(answers, "1\n2\n")
	out.await(t, "Saved.")
	path := filepath.Join(r.dir, "profile.toml")
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	theirs := strings.Replace(string(b), "K1 = { level = 2,", "K1 = { level = 4,", 1)
	if err := os.WriteFile(path, []byte(theirs), 0o600); err != nil || theirs == string(b) {
		t.Fatal(err, string(b))
	}
	_, _ = io.WriteString(answers, "note\n"+seenIn+"\n")
	out.await(t, "Which one should count?")
	_, _ = io.WriteString(answers, "1\n1\n1\nquit\n")
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	said := flat(out.String())
	side, guard := strings.Index(said, "Which one should count?"), strings.Index(said, "Does this name a patient?")
	if side < 0 || guard < side {
		t.Errorf("which side counts at %d, the guard at %d:\n%s", side, guard, said)
	}
	r.says(said, "Saved. The file was changed elsewhere too; both are in it now.", "Taken out. Saved.")
	if x, _ := r.profile().Newest("K1", profile.Self); strings.Contains(x.Note.Raw(), "943") {
		t.Errorf("%q", x.Note.Line())
	}
}
