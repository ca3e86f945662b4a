package profile_test

import (
	"bytes"
	"errors"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/profile/file"
)

// Any file is refused, with positions and messages that can be shown, or read. What was read can be written as a new
// file with the same record, and a change to it leaves a text that reads back as the changed record.
func FuzzDecode(f *testing.F) {
	f.Add([]byte(small))
	f.Add([]byte(full))
	for _, s := range payloads {
		for _, src := range hostile(s) {
			f.Add([]byte(src))
		}
	}
	note := text("\"'''\\ \x1b")
	f.Fuzz(func(t *testing.T, src []byte) {
		read, err := file.Decode(src, find)
		if err != nil {
			var faults file.Faults
			if !errors.As(err, &faults) || len(faults) == 0 {
				t.Fatalf("%v is no file.Faults", err)
			}
			checkProblems(t, faults)
			return
		}
		checkProblems(t, read.Notes)
		checkProblems(t, read.OddDates(today))
		if !bytes.Equal(read.Doc.Bytes(), src) {
			t.Fatal("reading changed the text")
		}
		p := read.Profile
		fresh, err := file.New(p)
		if err != nil {
			t.Fatal(err)
		}
		same(t, mustDecode(t, fresh).Profile, p)
		changes := []profile.Change{
			profile.SetLearner{Learner: profile.Learner{Name: text("Someone else"), Start: calendar.Of(2025, 9, 1)}},
			profile.Rate{KSB: "K7", By: profile.Self, Level: level.Level(2), On: today, Note: &note},
			profile.AddEvidence{Today: today, Evidence: profile.Evidence{
				ID: "e-fuzz", KSBs: []string{"K7"}, On: today, Kind: profile.KindExample, Title: text("#"),
			}},
		}
		for _, change := range changes {
			changed, err := change.Apply(p, std)
			if err != nil {
				continue
			}
			mustWrite(t, read, p, changed)
			read, p = mustDecode(t, read.Doc.Bytes()), changed
			same(t, read.Profile, p)
		}
	})
}

func checkProblems(t *testing.T, problems []file.Problem) {
	t.Helper()
	for _, p := range problems {
		for _, shown := range []string{p.Key, p.Msg, p.Hint, p.Place(), p.What()} {
			checkShown(t, "a problem", "what the fuzzer made", shown)
		}
		if p.Pos.Line < 1 || p.Pos.Col < 1 || p.Msg == "" || p.Hint == "" {
			t.Errorf("%+v", p)
		}
	}
}
