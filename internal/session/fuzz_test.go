package session_test

import (
	"os"
	"slices"
	"strings"
	"testing"
)

// Whatever is in the state file, a session opens, and finds again what it writes there. The snapshot has a fuzz target in
// its own package.
func FuzzState(f *testing.F) {
	for _, s := range []string{
		"", "{", "[]", "\x00", `{"ksb": 5}`,
		`{"ksb":"K7","drafts":{"note/K7":"half a\nthought","":"x"},"told":["a@2026-01-01"],"looked":"x"}`,
		`{"drafts":null,"told":[null],"KSB":"\u001b[2J"}`, `{"drafts":{"a":"b","a":"\ud800"}}`,
	} {
		f.Add([]byte(s), "note/K7", "typed")
	}
	bench := newDesk(f, sample)
	s := bench.open()
	s.SetPosition("K1")
	s.SaveState()
	if err := s.Close(); err != nil {
		f.Fatal(err)
	}
	path := bench.stateFile()
	f.Fuzz(func(t *testing.T, data []byte, key, draft string) {
		key, draft = strings.ToValidUTF8(key, "?"), strings.ToValidUTF8(draft, "?") // as a terminal gives them
		d := *bench
		d.t = t
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		s := d.open()
		s.SetPosition("S7")
		s.SetDraft(key, draft)
		s.MarkAnnounced([]string{"b@2026-06-15"})
		s.SaveState()
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		first := read(t, path)
		again := d.open()
		if again.Position() != "S7" || !slices.Contains(again.Announced(), "b@2026-06-15") {
			t.Errorf("%q, %q", again.Position(), again.Announced())
		}
		again.SaveState()
		if err := again.Close(); err != nil {
			t.Fatal(err)
		}
		if second := read(t, path); second != first {
			t.Errorf("%q became %q", first, second)
		}
		if d.read() != sample {
			t.Error("the profile was changed")
		}
	})
}
