package tui

import (
	"os"
	"reflect"
	"sync"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/profile/file"
	"github.com/ksbcoach/ksbcoach/internal/session"
)

// sessionOf opens a session with this profile in its file. Nearly every test uses the sample learner, whose file is
// made only once.
func sessionOf(tb testing.TB, o session.Options, p profile.Profile) *session.Session {
	tb.Helper()
	begin := session.Create
	if reflect.DeepEqual(p, sample().profile) {
		if err := os.WriteFile(o.Path, sample().text, 0o600); err != nil {
			tb.Fatal(err)
		}
		begin = func(o session.Options, _ profile.Profile) (*session.Session, error) { return session.Open(o) }
	}
	s, err := begin(o, p)
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

type sampleFile struct {
	profile profile.Profile
	text    []byte
}

var sample = sync.OnceValue(func() sampleFile {
	p := *demoProfile()
	text, err := file.New(p)
	if err != nil {
		panic(err)
	}
	return sampleFile{p, text}
})
