package tui

import (
	"io/fs"
	"slices"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/library"
	"github.com/ksbcoach/ksbcoach/internal/longrecord"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/tui/uitest"
	"github.com/ksbcoach/ksbcoach/seeds"
)

// opened records which files of the content are opened.
type opened struct {
	fs.ReadFileFS
	names *[]string
}

func (o opened) ReadFile(name string) ([]byte, error) {
	*o.names = append(*o.names, name)
	return o.ReadFileFS.ReadFile(name)
}

// The first frame reads only the standard and the words of the levels, and none of the coaching. The first form reads
// only what the typed text needs.
func TestTheFirstFrameReadsNoCoaching(t *testing.T) {
	t.Parallel()
	for name, x := range map[string]struct {
		p     *profile.Profile
		width int
		reads []string
	}{
		"Home":           {demoProfile(), 80, []string{library.StartFile}},
		"Home, wide":     {demoProfile(), 120, []string{library.StartFile, "st0413/" + library.FieldsFile}}, // it names the first gaps
		"the first form": {nil, 120, nil},
	} {
		var names []string
		o := sessionOptions(t, t.TempDir()+"/p.toml")
		o.Library = library.From(opened{seeds.FS, &names})
		a := options(o)
		if x.p != nil {
			s, err := session.Create(o, *x.p)
			if err != nil {
				t.Fatal(err)
			}
			a.Session = s
		}
		app := newApp(a)
		app.Update(tea.WindowSizeMsg{Width: x.width, Height: 40})
		if app.View().Content == "" {
			t.Errorf("%s: nothing is drawn", name)
		}
		if !slices.Equal(names, x.reads) {
			t.Errorf("%s reads %v", name, names)
		}
	}
}

// BenchmarkStart does all of our work between exec and the first frame: open the profile, read the content that Home
// needs, draw. It does so for a file that this program has saved, as usual, and for one that was edited by hand.
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
