package tui

import (
	"fmt"
	"maps"
	"path/filepath"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/library"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/tui/uitest"
)

// unlike is another learner of the demo learner's name: other levels, notes, evidence, goals and dates. Only the mentor's own
// ratings of the open round are the same.
func unlike(p *profile.Profile) *profile.Profile {
	open, _ := p.Open()
	self := map[string]profile.Rating{}
	for i, id := range library.New().Standard(library.Default).Walk() {
		self[id] = profile.Rating{Level: level.Level(4 - i%3), On: uitest.Today, Note: text("SECRET " + id)}
	}
	return &profile.Profile{
		Standard: p.Standard, Learner: profile.Learner{Name: p.Learner.Name},
		Rounds: []profile.Round{{ID: "other", Opened: uitest.Today, Ratings: map[profile.Rater]map[string]profile.Rating{
			profile.Self: self, profile.Mentor: maps.Clone(open.Ratings[profile.Mentor]),
		}}},
	}
}

// blindRig is the whole program in the blind rating, with unsent text of the learner's own waiting in every form.
func blindRig(t *testing.T, p *profile.Profile, secret string) *rig {
	t.Helper()
	o := sessionOptions(t, filepath.Join(t.TempDir(), "profile.toml"))
	s, err := session.Create(o, *p)
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range append(s.Standard().Walk(), "") {
		for _, form := range []string{"evidence:" + id, "example:" + id, "note:" + id, "agree-" + id, "differ-" + id, "evidence"} {
			for _, field := range []string{"title", "note", "reason", "name", "where"} {
				s.SetDraft(draftKey(form, field), secret)
			}
		}
	}
	opts := options(o)
	opts.Session = s
	r := start(t, opts, o.Path, 80, 24)
	r.keys("a", "b")
	return r
}

// Nothing that the root itself brings to the screen in the blind rating betrays the learner: the key for evidence, help, the
// finder, messages, the window title, and every form and menu that can open there look the same for two learners of one
// name who could not be more different.
func TestNothingBetraysTheLearnerInTheWholeProgram(t *testing.T) {
	one, other := demoProfile(), unlike(demoProfile())
	a, b := blindRig(t, one, "SECRET one"), blindRig(t, other, "OTHER two")
	// What lies in the learner's folder has another path for each; it is as long.
	frame := func(r *rig) string {
		v := r.a.View()
		var cursor tea.Position
		if v.Cursor != nil {
			cursor = v.Cursor.Position
		}
		return fmt.Sprint(v.WindowTitle, cursor, strings.ReplaceAll(v.Content, "/"+filepath.Base(filepath.Dir(r.file)), "/DIR"))
	}
	script := []string{
		"E", "?", "pgdown", "pgdown", "pgdown", "E", "esc", "/", "M", "M", "u", "q", "v", "E", "esc", "esc", "E", "enter", "i", "E", "esc", "enter", "J", "enter", "E", "?", "end", "esc",
		"i", "end", "E", "enter", "E", "x", "enter", "i", "2", "w",
		"enter", "E", "?", "esc", "3", "E", "/", "left", "w", "E", "x", "esc", "w", "esc", "u", "n", "w", "E", "enter", "u", "u", "u", "E", "v", "down", "up", "enter", "E", "d", "E", "a", "esc", "E", "enter", "esc",
	}
	for i, name := range script {
		for _, r := range []*rig{a, b} {
			r.keys(name)
			if r.a.here() != "mentor" || r.a.front == nil && !r.a.blind() {
				t.Fatalf("line %d, %s: no longer in the blind rating\n%s", i, name, r.screen())
			}
		}
		if x, y := frame(a), frame(b); x != y {
			t.Fatalf("line %d, %s: the frames differ\n%s\n%s", i, name, a.screen(), b.screen())
		}
		if strings.Contains(a.screen(), "SECRET") {
			t.Fatalf("line %d, %s: the learner's text is shown\n%s", i, name, a.screen())
		}
	}
}
