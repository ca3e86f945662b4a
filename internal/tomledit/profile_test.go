package tomledit

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite testdata/profile.diff; read it before you keep it")

// profileEdits are edits of testdata/profile.toml, each made on the whole file
// as it is there.
var profileEdits = []struct {
	name string
	do   func(d *Doc) error
}{
	{"set a name", func(d *Doc) error { return d.Set(String("Zoë \"Z\" Patel"), nil, "learner", "name") }},
	{"set a date with a comment behind it", func(d *Doc) error { return d.Set(Date(2025, 9, 29), nil, "round", 0, "closed") }},
	{"close a round", func(d *Doc) error { return d.Set(Date(2026, 9, 30), nil, "round", 1, "closed") }},
	{"rate again", func(d *Doc) error { return d.Set(rating(4, 3), natural, "round", 1, "self", "K7") }},
	{"rate anew, in order", func(d *Doc) error { return d.Set(rating(2, 3), natural, "round", 1, "self", "K31") }},
	{"rate anew, last", func(d *Doc) error { return d.Set(rating(2, 3), nil, "round", 0, "self", "A1") }},
	{"rate without opportunity", func(d *Doc) error { return d.Set(String("none"), nil, "round", 0, "self", "B1", "level") }},
	{"first rating of a mentor", func(d *Doc) error { return d.Set(rating(1, 3), natural, "round", 0, "mentor", "K7") }},
	{"set a target", func(d *Doc) error { return d.Set(Int(4), natural, "target", "K7") }},
	{"first setting of a new table", func(d *Doc) error { return d.Set(Bool(true), nil, "display", "plain") }},
	{"next review", func(d *Doc) error { return d.Set(Date(2026, 12, 1), nil, "learner", "review") }},
	{"change the KSBs of evidence", func(d *Doc) error { return d.Set(Strings([]string{"K7", "S8", "S9"}), nil, "evidence", 0, "ksbs") }},
	{"add evidence", func(d *Doc) error {
		return insertLast(d, NewTable().Set("id", String("e-1")).Set("ksbs", Strings([]string{"K7"})).Set("on", Date(2026, 9, 1)), "evidence")
	}},
	{"add a round with ratings", func(d *Doc) error {
		self := NewTable().Set("K7", rating(3, 1))
		return insertLast(d, NewTable().Set("id", String("review-2")).Set("self", self).Set("opened", Date(2026, 12, 1)), "round")
	}},
	{"add a goal with an action", func(d *Doc) error {
		return insertLast(d, NewTable().Set("id", String("g-1")).Set("action", Tables(NewTable().Set("id", String("a-1")))), "goal")
	}},
	{"add an action", func(d *Doc) error { return insertLast(d, NewTable().Set("id", String("a-2")), "goal", 0, "action") }},
	{"do an action", func(d *Doc) error { return d.Set(String("done"), nil, "goal", 0, "action", 0, "status") }},
	{"check an action in a review", func(d *Doc) error {
		return insertLast(d, NewTable().Set("action", String("a-91xd")).Set("outcome", String("done")), "review", 0, "checked")
	}},
	{"first reflection", func(d *Doc) error { return insertLast(d, NewTable().Set("id", String("x-1")), "reflection") }},
	{"take back a rating", func(d *Doc) error { return d.Delete("round", 1, "self", "S24") }},
	{"take back the only rating of a mentor", func(d *Doc) error { return d.Delete("round", 1, "mentor", "K7") }},
	{"take back a note", func(d *Doc) error { return d.Delete("round", 1, "self", "K7", "note") }},
	{"delete evidence", func(d *Doc) error { return d.Delete("evidence", 0) }},
	{"delete a pause", func(d *Doc) error { return d.Delete("pause", 0) }},
	{"delete a round", func(d *Doc) error { return d.Delete("round", 0) }},
	{"delete the last table", func(d *Doc) error { return d.Delete("mine") }},
	{"delete the first key", func(d *Doc) error { return d.Delete("format") }},
	{"set what is there", func(d *Doc) error { return d.Set(Int(4), nil, "target", "S17") }},
	{"delete what is not there", func(d *Doc) error { return d.Delete("round", 7, "self") }},
}

func rating(level, day int) Value {
	return Inline(NewTable().Set("level", Int(level)).Set("on", Date(2026, 9, day)))
}

// natural orders K7 before K31 and K before S.
func natural(a, b string) bool {
	if a[0] != b[0] {
		return a[0] < b[0]
	}
	return len(a) < len(b) || len(a) == len(b) && a < b
}

func TestProfileEdits(t *testing.T) {
	const golden = "testdata/profile.diff"
	src, err := os.ReadFile("testdata/profile.toml")
	if err != nil {
		t.Fatal(err)
	}
	var got strings.Builder
	for _, edit := range profileEdits {
		for _, eol := range []string{"\r\n", "\n"} {
			text := strings.ReplaceAll(string(src), "\n", eol)
			d := mustParse(t, text)
			if err := edit.do(d); err != nil {
				t.Fatalf("%s: %v", edit.name, err)
			}
			agrees(t, d)
			after := string(d.Bytes())
			if eol == "\r\n" && strings.Count(after, "\n") != strings.Count(after, eol) {
				t.Errorf("%s: not all lines end in CRLF", edit.name)
			}
			if eol == "\n" {
				fmt.Fprintf(&got, "== %s\n%s", edit.name, lineDiff(text, after))
			}
		}
	}
	if *update {
		if err := os.WriteFile(golden, []byte(got.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if string(want) != got.String() {
		t.Errorf("%s differs (run with -update and read it):\n%s", golden, lineDiff(string(want), got.String()))
	}
}

// A file that was cut off is read as far as the decoder reads it, or refused
// with a place inside it.
func TestProfileCutAtEveryByte(t *testing.T) {
	src, err := os.ReadFile("testdata/profile.toml")
	if err != nil {
		t.Fatal(err)
	}
	for end := range src {
		text := string(src[:end])
		d, err := Parse(src[:end], ProfileLimits)
		_, wrong := decode(text)
		if (err == nil) != (wrong == nil) {
			t.Fatalf("cut at %d: index %v, decoder %v", end, err, wrong)
		}
		if err == nil {
			agrees(t, d)
			continue
		}
		problem, ok := err.(*Error)
		if !ok || problem.Pos.Line < 1 || problem.Pos.Line > 1+strings.Count(text, "\n") || problem.Hint == "" {
			t.Fatalf("cut at %d: %#v", end, err)
		}
	}
}

// lineDiff lists the lines that a change took out and put in, numbered as in
// the text they stand in, with the line before for context.
func lineDiff(a, b string) string {
	old, now := strings.Split(a, "\n"), strings.Split(b, "\n")
	common := make([][]int, len(old)+1)
	for i := range common {
		common[i] = make([]int, len(now)+1)
	}
	for i := len(old) - 1; i >= 0; i-- {
		for j := len(now) - 1; j >= 0; j-- {
			if common[i][j] = max(common[i+1][j], common[i][j+1]); old[i] == now[j] {
				common[i][j] = common[i+1][j+1] + 1
			}
		}
	}
	var out strings.Builder
	i, j, same := 0, 0, true
	for i < len(old) || j < len(now) {
		if i < len(old) && j < len(now) && old[i] == now[j] {
			i, j, same = i+1, j+1, true
			continue
		}
		if same && i > 0 {
			fmt.Fprintf(&out, "%4d   %s\n", i, old[i-1])
		}
		same = false
		if j == len(now) || i < len(old) && common[i+1][j] >= common[i][j+1] {
			fmt.Fprintf(&out, "%4d - %s\n", i+1, old[i])
			i++
		} else {
			fmt.Fprintf(&out, "%4d + %s\n", j+1, now[j])
			j++
		}
	}
	return out.String()
}
