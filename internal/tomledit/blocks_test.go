package tomledit

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestBlocks(t *testing.T) {
	const src = "format = 1\n\n# about the first\n[[round]]\nid = \"[[round]]\"\n[round.self]\nK1 = { level = 2, note = '# no' } # yes\n\n" +
		"[[round]]\nlist = [\n  [1], # ]\n  [2],\n]\ntext = \"\"\"\n[[round]]\n\"\"\"\n\n# about the goal\n\n# of the goal\n[[goal]]\nid = 1\n"
	blocks, ok := Blocks(src, "round")
	if !ok || len(blocks) != 2 {
		t.Fatalf("%v %v", blocks, ok)
	}
	for i, want := range []string{
		"# about the first\n[[round]]\nid = \"[[round]]\"\n[round.self]\nK1 = { level = 2, note = '# no' } # yes\n\n",
		"[[round]]\nlist = [\n  [1], # ]\n  [2],\n]\ntext = \"\"\"\n[[round]]\n\"\"\"\n\n# about the goal\n\n",
	} {
		if got := src[blocks[i].Start:blocks[i].End]; got != want {
			t.Errorf("block %d is %q", i, got)
		}
	}
	if blocks[0].Headers != 2 || blocks[1].Headers != 1 {
		t.Errorf("headers: %+v", blocks)
	}
	for _, c := range []struct {
		name, src string
		n         int
		ok        bool
	}{
		{"none", "a = 1\n", 0, true},
		{"the end of the file", "[[round]]\nid = 1", 1, true},
		{"a quoted name", "[[ \"round\" ]]\n[ round . self ]\n", 1, true},
		{"one apart", "[[round]]\n[goal]\n[round.self]\n", 0, false},
		{"inline", "round = [{ id = 1 }]\n", 0, false},
		{"dotted", "round.id = 1\n", 0, false},
		{"a key of that name elsewhere", "[goal]\nround = 1\n[[round]]\n", 1, true},
		{"many values with a dot", strings.Repeat("[[round]]\nx = 1.5\n", 20), 20, true},
		{"a table", "[round]\nid = 1\n", 0, false},
		{"a comment above the first header, after a byte order mark", "\ufeff# mine\n[[round]]\nid = 1\n", 1, true},
		{"cut off", "[[round]]\nid = [1,\n", 0, false},
	} {
		if got, ok := Blocks(c.src, "round"); ok != c.ok || len(got) != c.n {
			t.Errorf("%s: %v %v", c.name, got, ok)
		}
	}
}

// Every block by itself reads as the element that it is in the whole text.
func TestBlocksReadAsTheirElements(t *testing.T) {
	found := false
	rapid.Check(t, func(t *rapid.T) {
		found = blocksAgree(t, mustParse(t, document(t))) || found
	})
	if !found {
		t.Error("no document had a block")
	}
}

// blocksAgree fails unless every block of a text, alone, reads as its element does in the whole. It says whether there is one.
func blocksAgree(t tester, d *Doc) (found bool) {
	t.Helper()
	src := string(d.Bytes())
	whole := mustDecode(t, src)
	for _, kid := range d.ix.root.kids {
		blocks, ok := Blocks(src, kid.key)
		if !ok || kid.kind != arrayKind || kid.inline {
			if ok && len(blocks) > 0 {
				t.Fatalf("%q has blocks %v in\n%s", kid.key, blocks, src)
			}
			continue
		}
		elements := whole[kid.key].([]any)
		if len(blocks) != len(elements) {
			t.Fatalf("%d blocks of %q, %d elements, in\n%s", len(blocks), kid.key, len(elements), src)
		}
		for i, b := range blocks {
			alone := mustDecode(t, src[b.Start:b.End])
			if diff := differ([]any{elements[i]}, alone[kid.key]); diff != "" || len(alone) != 1 {
				t.Fatalf("block %d of %q differs:\n%s\nin\n%s", i, kid.key, diff, src)
			}
			found = true
		}
	}
	return found
}
