package lines

import (
	"io"
	"strings"
	"testing"
	"time"

	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
)

// noted is the beginner with two ratings, one with a note.
func noted(t *testing.T) profile.Profile {
	t.Helper()
	p := rated()
	note := profile.Note{KSB: "K1", Text: safetext.New("my own secret note")}
	p, err := note.Apply(p, lib.Standard(p.Standard))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestAMentorRatesBlindAndThenBothLook(t *testing.T) {
	t.Parallel()
	r := newRoom(t, noted(t))
	said := r.talk("4", "J. Ode", // the mentor sits down
		"undo", "find secret", "back", "1", "2", "note", "saw it twice", "?", "1", "2", "undo", "menu", "no",
		"11", "yes", // the duties, then both look
		"1", "1", "asked the ward first", // K1 is agreed
		"1", "2", "quit")
	from, to := strings.Index(said, "you rate now"), strings.Index(said, "Both of you can hear")
	if from < 0 || to < from {
		t.Fatalf("not handed over and looked at:\n%s", said)
	}
	for _, own := range []string{"my own secret note", "Expected by now", "target", "gap", "Sam Reed"} {
		if strings.Contains(said[from:to], own) {
			t.Errorf("%q is said while the mentor rates blind:\n%s", own, said[from:to])
		}
	}
	r.says(said[from:to], "There is nothing to take back.", "K1 is 2, Supported. Saved.",
		"Taken back: rating of K3. Saved.")
	r.says(said[to:], "You 0, your mentor 2.", "my own secret note", "saw it twice", "K1 is agreed at 1, Aware. Saved.",
		"Agreed: K2. Saved.")
	p := r.profile()
	if x, ok := p.Newest("K1", profile.Agreed); !ok || x.Level != 1 || x.By.Line() != "J. Ode" ||
		x.Reason.Line() != "asked the ward first" {
		t.Errorf("K1: %+v", x)
	}
	if x, ok := p.Newest("K2", profile.Agreed); !ok || x.Level != 1 {
		t.Errorf("K2: %+v", x)
	}
}

func TestMentorAndLearnerCannotUndoEachOther(t *testing.T) {
	t.Parallel()
	r := newRoom(t, rated())
	said := r.talk("4", "J. Ode", "1", "2", "menu", "yes", // back to the learner
		"undo", "quit")
	r.says(said, "Hand back to the learner?", "What J. Ode rated stays covered", "There is nothing to take back.")
	round, _ := r.profile().Open()
	if x, ok := round.MentorRating("K1", safetext.New("J. Ode")); !ok || x.Level != 2 {
		t.Errorf("the mentor's rating: %+v", x)
	}
	if strings.Contains(said, "J. Ode 2") || strings.Contains(said, "mentor 2") {
		t.Errorf("what the mentor rated is said before both have looked:\n%s", said)
	}
}

func TestAHandOverLeavesNoExtraEmptyLines(t *testing.T) {
	t.Parallel()
	r := newRoom(t, rated())
	r.terminal = true
	answers, out, done := r.start()
	for _, x := range [][2]string{
		{"quit, or ?: ", "4\n"}, {"what is your name", "J. Ode\n"}, {"Which duty have you seen", "quit\n"},
	} {
		out.await(t, x[0])
		time.Sleep(5 * tooSoon)
		_, _ = io.WriteString(answers, x[1])
	}
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	if strings.Contains(out.String(), "\n\n\n") || !strings.Contains(flat(out.String()), "do not scroll or read back") {
		t.Errorf("more than one empty line, or nothing asks not to look back:\n%s", out.String())
	}
}

func TestTheReviewIsPrepared(t *testing.T) {
	t.Parallel()
	r := newRoom(t, lib.Demo(today))
	said := r.talk("5", "1", "12", "1", "the teaching went first", "back", // hear the page, and say what came of a line
		"2",                   // what it rests on
		"3", r.dir+"/pack.md", // write it
		"4", "the two lists", "", "quit")
	if left := r.profile().Left(); len(left) == 0 || left[0].Note.Line() != "the teaching went first" {
		t.Errorf("what came of the last review: %+v", left)
	}
	r.says(said, "Proud of: 3. B1 Treating people", "What changed since 13 Sep 2026",
		"Written into "+r.dir+"/pack.md", "Kept. Saved.")
	found := false
	for _, x := range r.profile().Reflections {
		found = found || x.Model == profile.RehearsalModel && strings.Contains(x.Answers[0].Text.Line(), "the two lists")
	}
	if !found {
		t.Errorf("the note of the rehearsal is not kept:\n%s", said)
	}
}

func TestAWrittenFileIsNamedWithItsFolder(t *testing.T) {
	r := newRoom(t, lib.Demo(today))
	t.Chdir(r.dir)
	said := r.talk("5", "3", "pack", "3", "", "quit")
	said = strings.ReplaceAll(said, " ", "") // a path longer than a line is broken
	r.says(said, "Writteninto"+r.dir+"/pack", "Writteninto"+r.dir+"/review-pack-2026-11-22.txt")
}
