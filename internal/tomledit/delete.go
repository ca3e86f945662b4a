package tomledit

import (
	"slices"
	"strings"
)

// Delete takes out the key, table or element at path with everything below it, wherever in the text that is written. A
// missing node is no error and no change. Tables that existed only as part of longer headers or of dotted keys go with
// their last key; a table with a header or braces of its own stays, as does an inline array, but a list of [[ ]] tables
// is gone with its last block.
//
// Comments stay: those above a removed line where they are, those on it or in it as lines of their own. Of the blank
// lines around a removed block one group goes, if nothing is left between them.
func (d *Doc) Delete(path ...any) error {
	return d.edit(path, func(w *Doc) *Error {
		n, rest := w.ix.find(path)
		switch {
		case len(rest) > 0:
			return nil
		case n == w.ix.root:
			return refuse(path, "the whole text cannot be deleted", "name a key")
		}
		return w.remove(n)
	})
}

// remove takes out nodes that stand side by side.
func (d *Doc) remove(nodes ...*node) *Error {
	gone := func(e entry) bool { return slices.ContainsFunc(nodes, e.node.under) }
	ix := d.ix
	var edits []splice
	if box := nodes[0].container(); box != nil {
		runs(box.items, gone, func(from, to int) { edits = append(edits, ix.removeItems(box, from, to)...) })
	} else {
		runs(ix.stmts, gone, func(from, to int) { edits = append(edits, ix.removeLines(from, to)) })
	}
	return d.apply(edits...)
}

// runs calls do for each longest run entries[from:to] that is gone.
func runs(entries []entry, gone func(entry) bool, do func(from, to int)) {
	for from := 0; from < len(entries); from++ {
		to := from
		for to < len(entries) && gone(entries[to]) {
			to++
		}
		if to > from {
			do(from, to)
			from = to
		}
	}
}

// removeLines takes out the statements from up to to and leaves their comments.
func (ix *index) removeLines(from, to int) splice {
	start := ix.lineStart(ix.stmts[from].start)
	end := ix.lineEnd(ix.stmts[to-1].end)
	kept := ix.keptLines(from, to)
	if len(kept) > 0 {
		return splice{span{start, end}, strings.Join(kept, ix.eol) + ix.eol}
	}
	above, below := ix.gapAbove(start), ix.gapBelow(end)
	switch {
	case above == ix.lines[0] && below == len(ix.src):
		return splice{span{above, below}, ""}
	case above == ix.lines[0]:
		return splice{span{start, below}, ""}
	case below == len(ix.src) || below > end:
		return splice{span{above, end}, ""}
	}
	return splice{span{start, end}, ""}
}

// keptLines are the comments in and between the statements from up to to, and
// one blank line where blank lines parted them.
func (ix *index) keptLines(from, to int) []string {
	var kept []string
	gap := false
	keep := func(lines ...string) {
		if len(lines) > 0 && gap && len(kept) > 0 {
			kept = append(kept, "")
		}
		kept = append(kept, lines...)
		gap = gap && len(lines) == 0
	}
	for i := from; i < to; i++ {
		e := ix.stmts[i]
		at := ix.lineStart(e.start)
		if i > from {
			for line := ix.floor(i); line < at; line = ix.lineEnd(line) {
				if ix.isBlank(line) {
					gap = true
					continue
				}
				keep(strings.TrimRight(ix.src[line:ix.lineEnd(line)], "\r\n"))
			}
		}
		keep(prefixed(ix.indent(e.start), ix.commentsIn(span{e.start, ix.lineEnd(e.end)}))...)
	}
	return kept
}
