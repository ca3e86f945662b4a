package safetext

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"
)

// payloads are ways in which text has taken over terminals; the sources are terminal escape advisories and our own
// trials.
var payloads = []string{
	"\x1b]52;c;ZXZpbA==\a", "\x1b]0;title\a", "\x1b[2J", "\x1b[6n", "\x1bc", "\x1bPq#0\x1b\\", "\x1b_apc\x1b\\", "\x1b^pm\x1b\\",
	"\x1b]8;;http://evil\x1b\\x\x1b]8;;\x1b\\", "\x1b[31mred", "BEGIN x\rEVIL", "\b\b\b", "\a", "\x00", "\x7f", "\x0e", "\x0f",
	"\u009b2J", "\u009d52;c;eA==\u009c", "\x9b2J", "\x9d0;x\x9c", "\xc3\x1b]52;c;x\a", "\u202eevil", "\u2066x\u2069", "\u200b", "\u200e",
	"\U000e0041", "\u2028", "\u2029", "a" + strings.Repeat("\u0301", 100), "\ufeff", "\u3164", "\ue000", "\xff\xfe",
}

func TestCleanLetsNothingThrough(t *testing.T) {
	for _, p := range payloads {
		for _, s := range []string{p, "before " + p + " after", p + p} {
			got := New(s).String()
			if !utf8.ValidString(got) {
				t.Errorf("%q: not UTF-8", s)
			}
			for _, r := range got {
				if r != '\n' && Forbidden(r) {
					t.Errorf("%q: %U got through", s, r)
				}
			}
			if Clean(got) != got {
				t.Errorf("%q: cleaning twice differs", s)
			}
			if New(s).Raw() != s {
				t.Errorf("%q: raw text changed", s)
			}
			if strings.ContainsAny(New(s).Line(), "\n\t") {
				t.Errorf("%q: Line has a break", s)
			}
		}
	}
}

func TestCleanShowsThatSomethingWasThere(t *testing.T) {
	if got := Clean("a\x1b[2Jb"); got != "a\uFFFD[2Jb" {
		t.Errorf("got %q", got)
	}
}

func TestCleanKeepsOrdinaryText(t *testing.T) {
	for _, s := range []string{"", "plain", "two\nlines", "naïve café", "Nguyễn", "李小龙", "👩‍🔬 at work", "½ µSv ± 3 %", "עברית", "x̂"} {
		if got := Clean(s); got != s {
			t.Errorf("Clean(%q) = %q", s, got)
		}
	}
	if got := Clean("a\r\nb\tc"); got != "a\nb    c" {
		t.Errorf("got %q", got)
	}
}

func TestPrintingATextPrintsTheCleanForm(t *testing.T) {
	if got := fmt.Sprintf("%s %v", New("\x1b[2J"), New("\x1bc")); strings.ContainsRune(got, 0x1b) {
		t.Errorf("got %q", got)
	}
}

func TestJSONKeepsTheRawText(t *testing.T) {
	raw := "a\x1b[2J\nb"
	out, err := json.Marshal(New(raw))
	var back string
	if err != nil || json.Unmarshal(out, &back) != nil || back != raw {
		t.Errorf("%s, %v", out, err)
	}
}

func FuzzClean(f *testing.F) {
	for _, p := range payloads {
		f.Add(p)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := Clean(s)
		if Clean(got) != got {
			t.Fatalf("not idempotent: %q", s)
		}
		for _, r := range got {
			if r != '\n' && Forbidden(r) {
				t.Fatalf("%U got through %q", r, s)
			}
		}
	})
}
