package tomledit

import (
	"errors"
	"sort"
	"strings"
)

// tester is what *testing.T, *testing.F's T and *rapid.T have in common.
type tester interface {
	Helper()
	Fatalf(format string, args ...any)
}

func mustParse(t tester, text string) *Doc {
	t.Helper()
	d, err := Parse([]byte(text), ProfileLimits)
	if err != nil {
		t.Fatalf("%v in\n%s", err, text)
	}
	return d
}

func mustDecode(t tester, text string) map[string]any {
	t.Helper()
	m, err := decode(text)
	if err != nil {
		t.Fatalf("decoder: %v in\n%s", err, text)
	}
	return m
}

// agrees fails unless the index of d has what the decoder reads.
func agrees(t tester, d *Doc) {
	t.Helper()
	text := string(d.Bytes())
	if diff := differ(mustDecode(t, text), indexed(d.ix, d.ix.root)); diff != "" {
		t.Fatalf("the index and the decoder differ:\n%s\nin\n%s", diff, text)
	}
}

// wanted is the model after an edit: false where the edit must be refused.
type wanted func(before map[string]any) (after any, ok bool)

// checkEdit makes an edit and fails unless the decoded text is then what the
// model says, every line but those touched is still there in order, every
// comment is kept, and the ways of ending lines are kept. The lines of the
// statement around n may change, and those of all below it if it is not an
// addition to n.
func checkEdit(t tester, d *Doc, n *node, adds bool, want wanted, do func() error) {
	t.Helper()
	was, old := d.ix, string(d.Bytes())
	after, possible := want(mustDecode(t, old))
	err := do()
	text := string(d.Bytes())
	var problem *Error
	switch {
	case err != nil && !errors.As(err, &problem):
		t.Fatalf("%v is not an *Error", err)
	case err != nil && text != old:
		t.Fatalf("failed with %v but changed\n%s\nto\n%s", err, old, text)
	case err != nil && possible:
		t.Fatalf("refused: %v (%s) in\n%s", err, problem.Hint, old)
	case err != nil:
		return
	case !possible:
		t.Fatalf("should have been refused:\n%s\nbecame\n%s", old, text)
	}
	if diff := differ(after, mustDecode(t, text)); diff != "" {
		t.Fatalf("%s\n%s\nbecame\n%s", diff, old, text)
	}
	agrees(t, d)
	keepsLayout(t, was, d.ix, n, adds)
}

func keepsLayout(t tester, was, is *index, n *node, adds bool) {
	t.Helper()
	if diff := append(without(commentTexts(was), commentTexts(is)), without(commentTexts(is), commentTexts(was))...); len(diff) > 0 {
		t.Fatalf("comments %q differ:\n%s\nbecame\n%s", diff, was.src, is.src)
	}
	lines := splitLines(is.src)
	at := 0
	for _, line := range untouched(was, n, adds) {
		for at < len(lines) && lines[at] != line {
			at++
		}
		if at++; at > len(lines) {
			t.Fatalf("line %q is gone:\n%s\nbecame\n%s", line, was.src, is.src)
		}
	}
	if crlf := strings.Count(was.src, "\r\n"); crlf > 0 && crlf == strings.Count(was.src, "\n") &&
		strings.Count(is.src, "\r\n") != strings.Count(is.src, "\n") {
		t.Fatalf("not all lines end in CRLF:\n%q\nbecame\n%q", was.src, is.src)
	}
	if was.src != "" && is.src != "" && len(was.stmts) > 0 && strings.HasSuffix(was.src, "\n") != strings.HasSuffix(is.src, "\n") &&
		strings.Trim(is.src, bom) != "" {
		t.Fatalf("the end of the last line changed:\n%q\nbecame\n%q", was.src, is.src)
	}
}

func commentTexts(ix *index) []string {
	var out []string
	for _, c := range ix.comments {
		out = append(out, ix.src[c.start:c.end])
	}
	sort.Strings(out)
	return out
}

// untouched are the lines that an edit of n may not change: all that are not
// blank and do not belong to such a statement.
func untouched(ix *index, n *node, adds bool) []string {
	var out []string
	at := 0
	skip := func(s span) {
		out = append(out, splitLines(ix.src[at:s.start])...)
		at = s.end
	}
	for i, e := range ix.stmts {
		around := !e.header && (e.node == n || n.under(e.node))
		if around || !adds && e.node.under(n) {
			skip(span{ix.lineStart(ix.stmts[i].start), ix.lineEnd(e.end)})
		}
	}
	skip(span{len(ix.src), len(ix.src)})
	return out
}

func splitLines(text string) []string {
	var out []string
	for _, line := range strings.Split(strings.TrimPrefix(text, bom), "\n") {
		if line = strings.TrimRight(line, "\r"); strings.TrimSpace(line) != "" {
			out = append(out, line)
		}
	}
	return out
}

// checkSet, checkAppend and checkDelete make one edit under checkEdit.

func checkSet(t tester, d *Doc, v Value, less func(a, b string) bool, path ...any) {
	t.Helper()
	n, rest := d.ix.find(path)
	want := func(m map[string]any) (any, bool) {
		if !fits(d, path, v) {
			return nil, false
		}
		return modelSet(m, path, model(v))
	}
	checkEdit(t, d, n, len(rest) > 0, want, func() error { return d.Set(v, less, path...) })
}

// fits is what the model cannot know: a list of [[ ]] tables holds nothing else.
func fits(d *Doc, path []any, v Value) bool {
	n, rest := d.ix.find(path)
	if len(rest) == 0 {
		return true
	}
	if i, isInt := rest[0].(int); isInt && n.kind == arrayKind && !n.inline && i == len(n.kids) {
		wrapped, err := wrap(rest[1:], v)
		_, isTable := asTable(wrapped)
		return err == nil && isTable
	}
	return true
}

func checkAppend(t tester, d *Doc, v *Table, path ...any) {
	t.Helper()
	n, rest := d.ix.find(path)
	want := func(m map[string]any) (any, bool) {
		if len(rest) > 0 {
			return modelSet(m, path, model(Tables(v)))
		}
		if n.kind != arrayKind || len(n.kids) > 0 && !n.holdsTables() {
			return nil, false
		}
		return modelSet(m, extend(path, len(n.kids)), model(v))
	}
	checkEdit(t, d, n, true, want, func() error { return insertLast(d, v, path...) })
}

func checkDelete(t tester, d *Doc, path ...any) {
	t.Helper()
	n, rest := d.ix.find(path)
	want := func(m map[string]any) (any, bool) {
		if len(rest) > 0 {
			return m, true
		}
		if n == d.ix.root {
			return nil, false
		}
		return modelDelete(m, pruned(n).path()), true
	}
	checkEdit(t, d, n, len(rest) > 0, want, func() error { return d.Delete(path...) })
}

// pruned is n, or the topmost table that exists only because of n.
func pruned(n *node) *node {
	for {
		p := n.parent
		if p == nil || p.explicit || p.inline || len(p.kids) > 1 {
			return n
		}
		n = p
	}
}
