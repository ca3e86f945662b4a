package session_test

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/session"
)

// Whatever is done, undone and saved, at once or on the side: once all is saved the file reads as the session says, and
// undoing everything gives back the very bytes that were there.
func TestTheFileReadsAsTheSession(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		d := newDesk(t, sample)
		s := d.open()
		var jobs []func() session.Saved
		done := 0
		for i := range rapid.IntRange(1, 12).Draw(r, "steps") {
			switch rapid.IntRange(0, 8).Draw(r, "step") {
			case 0, 1, 2:
				if s.Do(anyChange(r, i)) == nil {
					done++
				}
			case 3:
				if _, ok := s.Undo(); ok {
					done--
				}
			case 4:
				if job, ok := s.StartSave(); ok {
					jobs = append(jobs, job)
				}
			case 5, 6:
				if len(jobs) > 0 {
					s.FinishSave(jobs[len(jobs)-1]())
					jobs = jobs[:len(jobs)-1]
				}
			case 7:
				save(t, s)
				holds(t, d.path, s)
			case 8:
				if err := s.SaveLeft(); err != nil {
					r.Fatal(err)
				}
				holds(t, d.path, s)
			}
		}
		save(t, s)
		holds(t, d.path, s)
		for range done {
			s.Undo()
		}
		save(t, s)
		if d.read() != sample {
			r.Fatalf("all undone, and the file is\n%s", d.read())
		}
		for _, job := range jobs {
			s.FinishSave(job())
		}
		if s.Dirty() || d.read() != sample {
			r.Fatal("a late save did something")
		}
		if err := s.Close(); err != nil {
			r.Fatal(err)
		}
	})
}

func anyChange(r *rapid.T, i int) profile.Change {
	ksb := rapid.SampledFrom([]string{"K1", "K2", "K7", "K10", "S7", "B1"}).Draw(r, "ksb")
	text := safetext.New("x" + rapid.SampledFrom([]string{"", "a\nb", `"q"`, "\x1b[2J", "é"}).Draw(r, "text"))
	switch rapid.IntRange(0, 6).Draw(r, "change") {
	case 0, 1:
		return profile.Rate{KSB: ksb, By: rapid.SampledFrom(profile.Raters).Draw(r, "by"), Level: level.Level(rapid.IntRange(-1, 4).Draw(r, "level")), On: today, Note: &text, Reason: text}
	case 2:
		return profile.Note{KSB: ksb, Text: text}
	case 3:
		return profile.AddEvidence{Evidence: profile.Evidence{ID: fmt.Sprintf("e-%d", i), KSBs: []string{ksb}, On: today, Kind: "feedback", Title: text}}
	case 4:
		return profile.AddGoal{Goal: profile.Goal{ID: fmt.Sprintf("g-%d", i), KSBs: []string{ksb}, Text: text, Actions: []profile.Action{{ID: fmt.Sprintf("a-%d", i), Sort: profile.Study, Text: text}}}}
	case 5:
		return profile.SetTarget{KSB: ksb, Level: 4, Default: 3}
	}
	return profile.AddPause{Pause: profile.Pause{From: today.AddDays(i), To: today.AddDays(i)}}
}
