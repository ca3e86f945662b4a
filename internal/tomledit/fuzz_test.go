package tomledit

import (
	"bytes"
	"errors"
	"os"
	"strings"
	"testing"
)

// fuzzLimits keep one input quick.
var fuzzLimits = Limits{Size: 4 << 10, Depth: 16, Keys: 1000}

func addSeeds(f *testing.F, add func(text string)) {
	f.Helper()
	profile, err := os.ReadFile("testdata/profile.toml")
	if err != nil {
		f.Fatal(err)
	}
	add(string(profile))
	for _, form := range forms {
		add(form.text)
	}
	for _, edit := range edits {
		add(edit.text)
	}
	for _, c := range refusedTexts {
		add(c.text)
	}
}

func FuzzParse(f *testing.F) {
	addSeeds(f, func(text string) { f.Add([]byte(text)) })
	f.Fuzz(func(t *testing.T, src []byte) {
		d, err := Parse(src, fuzzLimits)
		if err != nil {
			var problem *Error
			if !errors.As(err, &problem) || problem.Msg == "" {
				t.Fatalf("%v is not an *Error", err)
			}
			showsSafely(t, problem)
			return
		}
		if !bytes.Equal(d.Bytes(), src) {
			t.Fatal("reading changed the text")
		}
		for _, n := range d.ix.nodes {
			if pos, ok := d.Pos(n.path()...); !ok || pos.Line < 1 || pos.Col < 1 {
				t.Fatalf("%v is at %v, %v", n.path(), pos, ok)
			}
		}
		if _, err := decode(string(src)); err == nil {
			agrees(t, d)
			blocksAgree(t, d)
		}
	})
}

func FuzzSet(f *testing.F) {
	addSeeds(f, func(text string) { f.Add(text, uint16(1), uint16(7), "text") })
	f.Fuzz(func(t *testing.T, text string, where, what uint16, s string) {
		d, err := Parse([]byte(text), fuzzLimits)
		if err != nil {
			return
		}
		if _, err := decode(text); err != nil {
			return
		}
		d.lim = Limits{Size: 1 << 20, Depth: 64, Keys: 50_000} // room for the edit
		n := d.ix.root
		if i := int(where) % (len(d.ix.nodes) + 1); i > 0 {
			n = d.ix.nodes[i-1]
		}
		fuzzEdit(t, d, n, what, s)
	})
}

// fuzzEdit makes the edit of n that the bits of what choose.
func fuzzEdit(t tester, d *Doc, n *node, what uint16, s string) {
	values := []Value{
		String(s), Int(len(s)), float(0.5), Bool(true), Date(2026, 11, 22), Strings([]string{s, "b"}), Ints(nil),
		NewTable().Set("k", String(s)), Inline(NewTable().Set("k", Int(1)).Set("t", NewTable())), Tables(NewTable().Set("k", Int(1)), NewTable()),
		Tables(NewTable().Set("t", NewTable().Set("k", Int(2)))),
	}
	v := values[int(what>>4)%len(values)]
	key := "new" + strings.ToValidUTF8(s, "?")
	less := func(a, b string) bool { return a < b }
	path := n.path()
	switch what % 8 {
	case 0:
		checkDelete(t, d, path...)
	case 1:
		checkAppend(t, d, NewTable().Set("k", v), path...)
	case 2:
		checkAppend(t, d, NewTable(), extend(path, key)...)
	case 3:
		checkSet(t, d, v, less, extend(path, key)...)
	case 4:
		checkSet(t, d, v, nil, append(path, key, "deep")...)
	case 5:
		checkSet(t, d, v, nil, extend(path, len(n.kids))...)
	default:
		checkSet(t, d, v, less, path...)
	}
}
