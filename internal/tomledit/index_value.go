package tomledit

// value reads the value of n. Nesting was bounded by Check, so recursion is too.
func (b *builder) value(n *node) *Error {
	n.val.start = b.pos
	var err *Error
	switch {
	case b.at('"') || b.at('\''):
		err = b.text()
	case b.at('['):
		err = b.array(n)
	case b.at('{'):
		err = b.inlineTable(n)
	default:
		err = b.word()
	}
	n.val.end = b.pos
	return err
}

func (b *builder) word() *Error {
	end := bareEnd(b.src, b.pos)
	word := b.src[b.pos:end]
	if isBareLiteral(word) {
		b.pos = end
		return nil
	}
	if word == "" || !isWordStart(word[0]) {
		return b.unexpected("a value")
	}
	hint := `text stands between straight quotes: "`
	switch {
	case word == "True" || word == "TRUE" || word == "False" || word == "FALSE":
		hint = "true and false are written in small letters"
	case isDigit(word[0]):
		hint = `a date is written 2025-09-15, a number 3 or 2.5; anything else needs quotes: "`
	}
	return fault(b.src, b.pos, quote(word)+" is not a value", hint)
}

func isWordStart(ch byte) bool { return isBareByte(ch) || ch == '+' || ch == '.' }

func (b *builder) array(n *node) *Error {
	n.kind, n.inline = arrayKind, true
	if err := b.shaped(n, arrayShape); err != nil {
		return err
	}
	open, mark := b.pos, len(b.items)
	b.pos++
	for more := true; more; {
		b.trivia()
		if b.take(']') {
			break
		}
		if b.eof() {
			return fault(b.src, open, "a list that opens here is never closed", "add the missing ]")
		}
		kid := b.add(n, "", b.pos, literalKind)
		err := b.value(kid)
		if err != nil {
			return err
		}
		b.reading(n)
		b.items = append(b.items, entry{node: kid, owner: n, span: kid.val, comma: -1})
		if more, err = b.comma(']'); err != nil {
			return err
		}
	}
	b.keepItems(n, mark)
	return nil
}

func (b *builder) inlineTable(n *node) *Error {
	n.kind, n.inline = tableKind, true
	open, mark := b.pos, len(b.items)
	b.pos++
	for more := true; more; {
		b.trivia()
		if b.take('}') {
			break
		}
		if b.eof() {
			return fault(b.src, open, "a table that opens here is never closed", "add the missing }")
		}
		e, err := b.pair(n)
		if err != nil {
			return err
		}
		b.items = append(b.items, e)
		if more, err = b.comma('}'); err != nil {
			return err
		}
	}
	b.keepItems(n, mark)
	return nil
}

// comma reads what follows an item: a comma, which says that there may be more, or the closing bracket.
func (b *builder) comma(closing byte) (more bool, err *Error) {
	b.trivia()
	if b.at(',') {
		b.items[len(b.items)-1].comma = b.pos
		b.pos++
		return true, nil
	}
	if b.take(closing) {
		return false, nil
	}
	return false, b.unexpected("a comma or " + string(closing))
}

// keepItems gives n the items read since mark, in a slice of just their size.
func (b *builder) keepItems(n *node, mark int) {
	n.items = append(make([]entry, 0, len(b.items)-mark), b.items[mark:]...)
	b.items = b.items[:mark]
}
