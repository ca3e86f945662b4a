package tomledit

import "strings"

// addItem writes text as item i between the brackets of n.
func (ix *index) addItem(n *node, i int, text string) []splice {
	switch {
	case len(n.items) == 0:
		return []splice{ix.firstItem(n, text)}
	case i < len(n.items):
		return []splice{ix.itemBefore(n, i, text)}
	}
	return ix.itemAfter(n, text)
}

func (ix *index) firstItem(n *node, text string) splice {
	inner := span{n.val.start + 1, n.val.end - 1}
	if strings.Contains(ix.src[inner.start:inner.end], "\n") {
		indent := ix.indent(inner.end)
		return ix.newLines(ix.lineStart(inner.end), indent+"  "+text)
	}
	if n.kind == tableKind {
		text = " " + text + " "
	}
	return splice{inner, text}
}

func (ix *index) itemBefore(n *node, i int, text string) splice {
	at, floor := n.items[i].start, n.val.start+1
	if i > 0 {
		floor = n.items[i-1].comma + 1
	}
	if ix.starts(at, floor) {
		return ix.newLines(above(ix.src, ix.lineStart(at), floor), ix.indent(at)+text+",")
	}
	return splice{span{at, at}, text + ", "}
}

func (ix *index) itemAfter(n *node, text string) []splice {
	last := n.items[len(n.items)-1]
	end := max(last.end, last.comma+1)
	ownLine := ix.starts(last.start, n.val.start+1) && ix.lineEnd(end) < n.val.end
	switch {
	case ownLine && last.comma >= 0:
		return []splice{ix.newLines(ix.lineEnd(end), ix.indent(last.start)+text+",")}
	case ownLine:
		comma := splice{span{last.end, last.end}, ","}
		return []splice{comma, ix.newLines(ix.lineEnd(end), ix.indent(last.start)+text)}
	case last.comma >= 0:
		return []splice{{span{end, end}, " " + text + ","}}
	}
	return []splice{{span{end, end}, ", " + text}}
}

// removeItems takes out the items from up to to between the brackets of n.
func (ix *index) removeItems(n *node, from, to int) []splice {
	first, last := n.items[from], n.items[to-1]
	if to-from == len(n.items) && len(ix.commentsIn(n.val)) == 0 {
		return []splice{{span{n.val.start + 1, n.val.end - 1}, ""}}
	}
	floor := n.val.start + 1
	if from > 0 {
		floor = max(n.items[from-1].end, n.items[from-1].comma+1)
	}
	end := max(last.end, last.comma+1)
	var edits []splice
	if to == len(n.items) && from > 0 && last.comma < 0 {
		comma := n.items[from-1].comma
		edits = append(edits, splice{span{comma, comma + 1}, ""})
	}
	return append(edits, ix.removeItemText(span{first.start, end}, floor, to == len(n.items)))
}

// removeItemText takes out the bytes s, items and their commas, as whole lines
// if they stand alone on them. Comments in them stay.
func (ix *index) removeItemText(s span, floor int, atEnd bool) splice {
	lineEnd := ix.lineEnd(s.end)
	rest := strings.TrimLeft(ix.src[s.end:lineEnd], " \t")
	alone := rest[0] == '\r' || rest[0] == '\n' || rest[0] == '#'
	indent := ix.indent(s.start)
	if alone && ix.starts(s.start, floor) {
		text := ""
		for _, c := range ix.commentsIn(span{s.start, lineEnd}) {
			text += indent + c + ix.eol
		}
		return splice{span{ix.lineStart(s.start), lineEnd}, text}
	}
	text := ""
	for _, c := range ix.commentsIn(s) {
		text += c + ix.eol + indent
	}
	switch {
	case !atEnd && !alone:
		s.end = lineEnd - len(rest)
	case text == "" && strings.Trim(ix.src[floor:s.start], " \t") == "":
		s.start = floor
	}
	return splice{s, text}
}
