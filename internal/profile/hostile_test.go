package profile_test

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/profile/file"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
)

// payloads are texts that must not reach a terminal: escape sequences, C1, bidi and invisible characters, line breaks.
var payloads = []string{
	"\x1b]52;c;aGk=\a", "\x1b[2J", "\x1bP1$r0m\x1b\\", "\u009b2J", "\u009d0;x\u009c", "\u202eevil", "\u2066x\u2069", "\u200bx", "\u2028x", "\r\nEVIL", "\x00", "\x7f\b",
	"\u3164", "\U000e0041", strings.Repeat("\u0301", 50), strings.Repeat("x", 5000), `"; drop`, "\ufeff", "\ue000",
}

// escaped writes a payload as TOML that any parser accepts.
func escaped(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		fmt.Fprintf(&b, "\\U%08X", r)
	}
	b.WriteByte('"')
	return b.String()
}

// hostile are files with a payload in every place that a message may quote.
func hostile(s string) map[string]string {
	q := escaped(s)
	below := small + "[[evidence]]\n"
	return map[string]string{
		"top key":      q + " = 1\n" + small,
		"standard":     strings.Replace(small, `"ST0413"`, q, 1),
		"rated code":   strings.Replace(small, "K7 =", q+" =", 1),
		"rating key":   strings.Replace(small, "level = 1", "level = 7, "+q+" = 1", 1),
		"level":        strings.Replace(small, "level = 1", "level = "+q, 1),
		"round id":     strings.Replace(small, `"baseline"`, q, 1),
		"target":       small + "[target]\n" + q + " = 3\n",
		"kind":         below + "id = \"e\"\nksbs = [" + q + "]\non = 2026-01-01\ntitle = \"x\"\nkind = " + q + "\n",
		"status":       small + "[[goal]]\nid = " + q + "\nksbs = [\"K7\"]\ntext = " + q + "\nstatus = " + q + "\ntheory = " + q + "\n",
		"step":         small + "[[reflection]]\nid = \"r\"\non = 2026-01-01\nmodel = " + q + "\ngoal = " + q + "\n[reflection.answer]\n" + q + " = 3\n",
		"twice":        q + " = 1\n" + q + " = 2\n" + small,
		"number":       "[" + q + "]\nx = 99999999999999999999\n",
		"raw in a key": "[\"" + s + "\"]\nx = 1\n[\"" + s + "\"]\n",
		"raw value":    "format = " + s + "\n",
		"raw comment":  "# " + s + "\n" + small,
		"raw string":   strings.Replace(small, "Asha", s, 1),
		"deep":         "x = [[[[[[[[[[[[[[[[[[[[\"" + s + "\"\n",
	}
}

func TestNoMessageCarriesHostileText(t *testing.T) {
	for _, s := range payloads {
		for where, src := range hostile(s) {
			f, err := file.Decode([]byte(src), find)
			var problems []file.Problem
			if err != nil {
				problems = faultsOf(t, src)
				checkShown(t, where, s, err.Error())
			} else {
				problems = f.Notes
			}
			for _, p := range problems {
				for _, shown := range []string{p.Key, p.Msg, p.Hint} {
					checkShown(t, where, s, shown)
				}
				if p.Pos.Line < 1 || p.Pos.Col < 1 || p.Msg == "" || p.Hint == "" {
					t.Errorf("%s with %q: %+v", where, s, p)
				}
			}
		}
	}
}

func checkShown(t *testing.T, where, payload, shown string) {
	t.Helper()
	if !utf8.ValidString(shown) || strings.ContainsFunc(shown, safetext.Forbidden) {
		t.Errorf("%s with %q: %q reaches the screen", where, payload, shown)
	}
	if utf8.RuneCountInString(shown) > 600 {
		t.Errorf("%s with %.40q: a message of %d characters", where, payload, utf8.RuneCountInString(shown))
	}
}

// A file that was cut off at any byte is refused with a position or read as a shorter profile, which can then be
// written.
func TestDecodeCutAnywhere(t *testing.T) {
	read := 0
	for n := range len(full) {
		f, err := file.Decode([]byte(full[:n]), find)
		if err != nil {
			for _, p := range faultsOf(t, full[:n]) {
				if p.Pos.Line < 1 || p.Pos.Col < 1 || p.Msg == "" || p.Hint == "" {
					t.Fatalf("cut at %d: %+v", n, p)
				}
			}
			continue
		}
		read++
		if string(f.Doc.Bytes()) != full[:n] {
			t.Fatalf("cut at %d: the text is no longer what was read", n)
		}
		q, err := profile.SetLearner{Learner: profile.Learner{Name: text("Someone else")}}.Apply(f.Profile, std)
		if err != nil {
			t.Fatal(err)
		}
		if err := file.Write(f.Doc, f.Profile, q); err != nil {
			t.Fatalf("cut at %d: %v", n, err)
		}
		again, err := file.Decode(f.Doc.Bytes(), find)
		if err != nil || again.Profile.Ratings() != f.Profile.Ratings() {
			t.Fatalf("cut at %d: %v\n%s", n, err, f.Doc.Bytes())
		}
	}
	if read < 20 || read > len(full)/2 {
		t.Errorf("%d of %d cuts are profiles: the test has lost its sense", read, len(full))
	}
}

// With any one byte changed, nothing panics and every fault has a position.
func TestDecodeWithAnyByteChanged(t *testing.T) {
	for _, b := range []byte{0, '\r', '\n', '"', '[', ']', '=', '.', '#', '{', 0xff, '9'} {
		for n := 0; n < len(full); n += 7 {
			src := []byte(full)
			src[n] = b
			if _, err := file.Decode(src, find); err != nil {
				for _, p := range faultsOf(t, string(src)) {
					if p.Pos.Line < 1 || p.Pos.Col < 1 || p.Msg == "" || p.Hint == "" {
						t.Fatalf("%q at %d: %+v", b, n, p)
					}
				}
			}
		}
	}
}

// bombs are files that cost the TOML library seconds and gigabytes.
var bombs = map[string]string{
	"arrays":        "x = " + strings.Repeat("[", 40_000),
	"inline tables": "x = " + strings.Repeat("{a=", 13_000),
	"dotted key":    strings.Repeat("a.", 20_000) + "a = 1\n",
	"header":        "[" + strings.Repeat("a.", 20_000) + "a]\n",
	"keys":          strings.Repeat("[a]\n", 60_000),
	"elements":      "x = [" + strings.Repeat("1,", 60_000) + "]",
	"size":          "# " + strings.Repeat("x", 1<<20),
}

// Bombs are refused before the TOML library sees them, which shows in how little is allocated. For the time see
// BenchmarkDecodeBomb.
func TestDecodeRefusesBombs(t *testing.T) {
	for name, src := range bombs {
		t.Run(name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			faults := faultsOf(t, src)
			runtime.ReadMemStats(&after)
			if len(faults) != 1 {
				t.Errorf("%d faults", len(faults))
			}
			if used := after.TotalAlloc - before.TotalAlloc; used > 20<<20 {
				t.Errorf("%d MiB were used", used>>20)
			}
		})
	}
}

func BenchmarkDecodeBomb(b *testing.B) {
	for name, src := range bombs {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := file.Decode([]byte(src), find); err == nil {
					b.Fatal("accepted")
				}
			}
		})
	}
}
