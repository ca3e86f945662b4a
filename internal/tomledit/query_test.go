package tomledit

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
)

const queried = "\ufeff# é\n" +
	"\t\"né\" = 'x' # c\n" +
	"[[round]]\n" +
	"self.K7 = { level = 1, on = 2025-09-20 }\n" +
	"[round.mentor.K7]\n" +
	"level = 2\n" +
	"[[round]]\n" +
	"ksbs = [\n  'K7',\n  { e = [] },\n]\n" +
	"[round.mentor]\n"

func TestPositions(t *testing.T) {
	d := mustParse(t, queried)
	for _, c := range []struct {
		path []any
		key  Pos
	}{
		{nil, Pos{1, 1}},
		{[]any{"né"}, Pos{2, 2}},
		{[]any{"round"}, Pos{3, 3}},
		{[]any{"round", 0}, Pos{3, 1}},
		{[]any{"round", 0, "self"}, Pos{4, 1}},
		{[]any{"round", 0, "self", "K7"}, Pos{4, 6}},
		{[]any{"round", 0, "self", "K7", "on"}, Pos{4, 24}},
		{[]any{"round", 0, "mentor"}, Pos{5, 8}},
		{[]any{"round", 0, "mentor", "K7"}, Pos{5, 15}},
		{[]any{"round", 1, "mentor"}, Pos{12, 8}},
		{[]any{"round", 1, "ksbs"}, Pos{8, 1}},
		{[]any{"round", 1, "ksbs", 0}, Pos{9, 3}},
		{[]any{"round", 1, "ksbs", 1, "é"}, Pos{}},
	} {
		if c.key == (Pos{}) {
			_, key := d.Pos(c.path...)
			if d.Has(c.path...) || key {
				t.Errorf("%v is there", c.path)
			}
			continue
		}
		key, ok := d.Pos(c.path...)
		if !ok || key != c.key {
			t.Errorf("%v is at %v, want %v", c.path, key, c.key)
		}
	}
}

func TestPositionOfSuperTable(t *testing.T) {
	d := mustParse(t, "[a.b]\n[ a ]\n")
	if pos, _ := d.Pos("a"); pos != (Pos{2, 3}) {
		t.Errorf("its own header is at 2, 3, got %v", pos)
	}
}

func TestKeysAndLen(t *testing.T) {
	d := mustParse(t, queried)
	if got := d.Keys("round", 0); !slices.Equal(got, []string{"self", "mentor"}) {
		t.Errorf("keys %q", got)
	}
	if d.Keys("round") != nil || d.Keys("nothing") != nil || d.Keys("né") != nil {
		t.Error("what is not a table has keys")
	}
	if d.Len("round") != 2 || d.Len("round", 1, "ksbs") != 2 || d.Len("né") != 0 || d.Len() != 0 || d.Len("nothing") != 0 {
		t.Error("wrong lengths")
	}
	if d.Has("round", 2) || d.Has("round", -1) || d.Has("round", "0") || d.Has("né", 0) || !d.Has() {
		t.Error("wrong Has")
	}
}

func TestManyKeys(t *testing.T) {
	d := mustParse(t, lines(100, func(i int) string { return fmt.Sprintf("k%d = %d", i, i) }))
	for _, i := range []int{0, 7, 8, 9, 50, 99} {
		if pos, ok := d.Pos(fmt.Sprintf("k%d", i)); !ok || pos.Line != i+1 {
			t.Errorf("k%d is at %v, %v", i, pos, ok)
		}
	}
	if _, err := Parse([]byte(string(d.Bytes())+"k50 = 1\n"), ProfileLimits); err == nil || !strings.Contains(err.Error(), "line 51") {
		t.Errorf("got %v", err)
	}
}

func TestBytesIsACopy(t *testing.T) {
	src := []byte("a = 1\n")
	d := mustParse(t, string(src))
	copy(d.Bytes(), "b = 2")
	if !reflect.DeepEqual(d.Bytes(), src) {
		t.Errorf("got %q", d.Bytes())
	}
}

func TestWrongPathsPanic(t *testing.T) {
	d := mustParse(t, "a = 1\n")
	for name, use := range map[string]func(){
		"Has":    func() { d.Has("a", 1.5) },
		"Set":    func() { _ = d.Set(Int(1), nil, int64(1)) },
		"Insert": func() { _ = d.Insert(nil, 0, nil) },
		"Delete": func() { _ = d.Delete([]string{"a"}) },
		"Value":  func() { _ = d.Set(Array(nil), nil, "a") },
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("no panic")
				}
			}()
			use()
		})
	}
}
