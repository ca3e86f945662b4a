package widget

import (
	"slices"
	"strings"
	"testing"
)

func TestCutWordsAndWrapTo(t *testing.T) {
	for _, c := range []struct {
		text string
		w    int
		want string
	}{
		{"review in 19 days, 11 Dec", 25, "review in 19 days, 11 Dec"},
		{"review in 19 days, 11 Dec", 24, "review in 19 days, 11…"},
		{"review in 19 days, 11 Dec", 20, "review in 19 days…"},
		{"\x1b[1mLegal and professional\x1b[m", 12, "\x1b[1mLegal and…\x1b[m"},
		{"Electroencephalography", 10, "Electroen…"},
		{"K8 electroencephalography", 20, "K8 electroencephalo…"},
		{"any", 0, ""},
	} {
		got := CutWords(c.text, c.w, "…")
		if Width(got) > max(c.w, 0) || got != c.want {
			t.Errorf("%q in %d: %q, want %q", c.text, c.w, got, c.want)
		}
	}
	want := []string{"Go along on a", "service visit…"}
	if got := WrapTo("Go along on a service visit and ask what it checks", 16, 2, "…"); !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestCutPlain(t *testing.T) {
	for _, c := range []struct {
		text string
		w    int
		want string
	}{
		{"Ask, and listen", 15, "Ask, and listen"},
		{"Ask, and listen", 14, "Ask, and…"},
		{"Ask, and listen", 6, "Ask…"},
		{"An electroencephalogram", 20, "An…"},
		{"Electroencephalography", 10, "Electroen…"},
		{"any", 1, ""},
		{"any", 0, ""},
	} {
		if got := CutPlain(c.text, c.w, "…"); got != c.want {
			t.Errorf("%q in %d: %q, want %q", c.text, c.w, got, c.want)
		}
	}
}

func TestSpreadFirst(t *testing.T) {
	pairs := [][2]string{{"Asha Patel, audiology", "review in 19 days, 11 Dec"}, {"Asha Patel", "review in 19 days"}, {"Asha Patel", "soon"}}
	for w, want := range map[int]string{
		48: "Asha Patel, audiology  review in 19 days, 11 Dec",
		47: "Asha Patel, audiology review in 19 days, 11 Dec",
		46: "Asha Patel                   review in 19 days",
		15: "Asha Patel soon",
		10: "Asha Patel",
		8:  "Asha…",
	} {
		if got := SpreadFirst(pairs, w, "…"); got != want {
			t.Errorf("in %d: %q, want %q", w, got, want)
		}
	}
}

func TestFirst(t *testing.T) {
	lines := []string{"the workplace and how these support", "team working."}
	if got := First(lines, 1, 35, "…"); len(got) != 1 || got[0] != "the workplace and how these…" {
		t.Errorf("%q", got)
	}
	if got := First(lines, 2, 35, "…"); len(got) != 2 || got[1] != lines[1] {
		t.Errorf("all of them: %q", got)
	}
}

// An id, a date, a range or a flag stays on one line; two words may break at their hyphen.
func TestWrapBreaksNoIDAtItsHyphen(t *testing.T) {
	for says, want := range map[string]string{
		"bring it back with b-2":        "bring it back with|b-2",
		"read it again on 2026-11-29":   "read it again on|2026-11-29",
		"levels from here on 0-4":       "levels from here on|0-4",
		"give the flags --profile":      "give the flags|--profile",
		"write to them by e-mail":       "write to them by|e-mail",
		"do it with a show-back":        "do it with a show-|back",
		"she is well self-directed a-9": "she is well self-|directed a-9",
		"one\u2011 typed so stays":      "one\u2011 typed so stays",
	} {
		if got := strings.Join(Wrap(says, 20), "|"); got != want {
			t.Errorf("%q breaks into %q, want %q", says, got, want)
		}
	}
}
