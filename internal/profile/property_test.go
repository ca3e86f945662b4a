package profile_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/profile/file"
	"github.com/ksbcoach/ksbcoach/internal/standard"
)

// litter puts what is the learner's own into the text of a profile, as an editor by hand would: comments on lines of
// their own and at the end of lines, keys and tables we do not know, blank lines. Every piece has a number, and the
// pieces are given too.
func (m *maker) litter(src string) (string, []string) {
	var out, pieces []string
	piece := func(form string) string {
		pieces = append(pieces, fmt.Sprintf(form, len(pieces)+100))
		return pieces[len(pieces)-1]
	}
	lines := strings.Split(strings.TrimSuffix(src, "\n"), "\n")
	for i, line := range lines {
		header := strings.HasPrefix(line, "[")
		if m.n(9) == 0 {
			out = append(out, piece("# thought %d"))
		}
		if m.n(9) == 0 && line != "" {
			line += " " + piece("# aside %d")
		}
		out = append(out, line)
		if m.n(9) == 0 && header && !strings.HasSuffix(line, "]]") && !strings.Contains(line, "target") && !strings.Contains(line, "round.") && !strings.Contains(line, "answer") {
			out = append(out, piece("mine-%d = [ 1,2 , 3]"))
		}
		if m.n(19) == 0 && (i+1 == len(lines) || lines[i+1] == "") {
			out = append(out, "", piece("[ x.own%d ]"), piece("  note%d   = 'kept'"))
		}
	}
	return strings.Join(out, "\n") + "\n", pieces
}

func mustWrite(t failer, f *file.File, before, after profile.Profile) {
	t.Helper()
	if err := file.Write(f.Doc, before, after); err != nil {
		t.Fatalf("%v\n%s", err, f.Doc.Bytes())
	}
}

func mustDecode(t failer, src []byte) *file.File {
	t.Helper()
	f, err := file.Decode(src, find)
	if err != nil {
		t.Fatalf("%v\n%s", err, src)
	}
	return f
}

// Whatever a profile holds and whatever changes are made to it: what is written reads back as the same record; writing
// it again changes no byte; what is the learner's own stays; line ends stay; and writing the way back gives the old
// record.
func TestWriteProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := &maker{t: t}
		p := m.profile()
		src, err := file.New(p)
		if err != nil {
			t.Fatalf("%v", err)
		}
		same(t, mustDecode(t, src).Profile, p)

		text, pieces := m.litter(string(src))
		windows := m.maybe()
		if windows {
			text = strings.ReplaceAll(text, "\n", "\r\n")
		}
		f := mustDecode(t, []byte(text))
		same(t, f.Profile, p)
		history := []profile.Profile{f.Profile}
		for range 1 + m.n(5) {
			before := history[len(history)-1]
			now := before
			for range 1 + m.n(3) {
				if next, err := m.change(now).Apply(now, std); err == nil {
					now = next
				}
			}
			mustWrite(t, f, before, now)
			f = checkWritten(t, f, now, pieces, windows)
			history = append(history, now)
		}
		for i := len(history) - 2; i >= 0; i-- {
			mustWrite(t, f, history[i+1], history[i])
			f = checkWritten(t, f, history[i], pieces, windows)
		}
	})
}

func checkWritten(t *rapid.T, f *file.File, want profile.Profile, pieces []string, windows bool) *file.File {
	t.Helper()
	src := string(f.Doc.Bytes())
	read := mustDecode(t, []byte(src))
	same(t, read.Profile, want)
	mustWrite(t, read, read.Profile, want)
	if string(read.Doc.Bytes()) != src {
		t.Fatalf("writing the same again changed the text:\n%s\n%s", src, read.Doc.Bytes())
	}
	for _, p := range pieces {
		if strings.Count(src, p) != 1 {
			t.Fatalf("%q stands %d times in\n%s", p, strings.Count(src, p), src)
		}
	}
	if n := strings.Count(src, "\n"); windows && strings.Count(src, "\r\n") != n || !windows && strings.Contains(src, "\r") {
		t.Fatalf("line ends are mixed:\n%q", src)
	}
	return read
}

// Rating a KSB again changes one line, and rating another adds one line in the order of the codes.
func TestRatingProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := &maker{t: t}
		p := profile.Profile{Standard: std.Reference, Learner: m.learner(), Rounds: []profile.Round{m.round("a"), m.round("b")}}
		p.Rounds[1].Closed = calendar.Date{}
		p.Rounds[1].Ratings[profile.Self]["K1"] = m.rating(profile.Self)
		src, err := file.New(p)
		if err != nil {
			t.Fatalf("%v", err)
		}
		f := mustDecode(t, src)
		on := m.date()
		for _, first := range []calendar.Date{p.Rounds[1].Opened, p.Learner.Start} {
			if on.Before(first) {
				on = first
			}
		}
		c := profile.Rate{KSB: m.ksb(), By: profile.Self, Level: m.level(), On: on, Note: ptr(m.text())}
		_, rated := f.Profile.Rounds[1].Ratings[profile.Self][c.KSB]
		after, err := c.Apply(f.Profile, std)
		if err != nil {
			t.Fatalf("%v", err)
		}
		mustWrite(t, f, f.Profile, after)
		got := difference(string(src), string(f.Doc.Bytes()))
		switch {
		case !rated && (len(got) != 1 || !strings.HasPrefix(got[0], "+"+c.KSB+" = { level = ")):
			t.Fatalf("a new rating changed %q", got)
		case rated && len(got) != 0 && len(got) != 2:
			t.Fatalf("a rating changed %q", got)
		}
		keys := f.Doc.Keys("round", 1, "self")
		if !slices.IsSortedFunc(keys, standard.Compare) {
			t.Fatalf("the codes stand in the order %q", keys)
		}
	})
}
