package tui

import (
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/library"
	"github.com/ksbcoach/ksbcoach/internal/session"
)

// BenchmarkStart is everything of ours between exec and the first frame: open the profile, read the content that Home
// needs, draw.
func BenchmarkStart(b *testing.B) {
	o := sessionOptions(b, b.TempDir()+"/p.toml")
	s, err := session.Create(o, *demoProfile())
	if err != nil {
		b.Fatal(err)
	}
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
