package tui

import (
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/library"
	"github.com/ksbcoach/ksbcoach/internal/longrecord"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/tui/uitest"
)

// BenchmarkStart is everything of ours between exec and the first frame: open the profile, read the content that Home
// needs, draw. Once as ever, for a file that this program has saved, and once for a file that was edited by hand.
func BenchmarkStart(b *testing.B) {
	std := library.New().Standard(library.Default)
	for _, c := range []struct {
		name string
		p    profile.Profile
	}{{"demo", *demoProfile()}, {"three years", longrecord.Make(std, uitest.Today)}} {
		for _, build := range []string{"this", ""} {
			name := c.name
			if build == "" {
				name += ", edited by hand"
			}
			b.Run(name, func(b *testing.B) { benchmarkStart(b, c.p, build) })
		}
	}
}

func benchmarkStart(b *testing.B, p profile.Profile, build string) {
	o := sessionOptions(b, b.TempDir()+"/p.toml")
	o.Build = build
	s, err := session.Create(o, p)
	if err != nil {
		b.Fatal(err)
	}
	s.SaveState()
	_ = s.Close()
	for b.Loop() {
		o.Library = library.New()
		s, err := session.Open(o)
		if err != nil {
			b.Fatal(err)
		}
		t := options(o)
		t.Session = s
		a := newApp(t)
		a.Update(tea.WindowSizeMsg{Width: 120, Height: 40})
		_ = a.View()
		_ = s.Close()
	}
}
