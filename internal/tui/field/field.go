// Package field is a text field, of one line or of several. It keeps its text byte for byte, even what a terminal must
// not be sent, and draws a cleaned form of it. The cursor moves and deletes by what a reader takes for one character,
// whatever that is made of. The package knows nothing of forms: moving between fields and sending are theirs.
//
// We do not use the fields of the Bubbles library for two reasons. Its field of one line counts code points where the
// terminal counts cells, so the cursor, which Braille displays and screen readers follow, is wrong once the text
// scrolls. And its field of several lines takes milliseconds for each key in a long text.
package field

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/ksbcoach/ksbcoach/internal/safetext"
)

// A char is what a reader takes for one character: a letter with its accents, a flag, a family.
type char struct {
	raw   string // as it goes into the record
	shown string // as it is drawn
	w     int    // cells
}

func (c char) newline() bool { return c.raw == "\n" || c.raw == "\r\n" }

func (c char) space() bool {
	r, _ := utf8.DecodeRuneInString(c.raw)
	return unicode.IsSpace(r)
}

func (c char) inLine() bool { return !c.newline() }

func (c char) inWord() bool { return !c.space() }

// Field is a text with a cursor in it. Drawing it also scrolls it to the cursor.
type Field struct {
	several bool
	chars   []char
	at      int // the cursor is before chars[at], or at the end
	left    int // one line: the first character that is drawn
	top     int // several lines: the first row that is drawn
	goal    int // several lines: the column that up and down try to keep, in cells; -1 for none

	value      string // the text of chars, if valueFresh
	valueFresh bool

	rows      []row // several lines: chars wrapped to rowsWidth cells, if rowsFresh
	rowsWidth int
	rowsFresh bool
}

// A row is one drawn line: the half-open range of its characters.
type row struct{ from, to int }

// New makes an empty field, of several lines or of one.
func New(several bool) Field { return Field{several: several, goal: -1} }

// Value is the text, byte for byte.
func (f *Field) Value() string {
	if !f.valueFresh {
		var b strings.Builder
		for _, c := range f.chars {
			b.WriteString(c.raw)
		}
		f.value, f.valueFresh = b.String(), true
	}
	return f.value
}

// AtEnd says whether the cursor is after the last character.
func (f *Field) AtEnd() bool { return f.at == len(f.chars) }

// Set replaces the text, and puts the cursor at its end.
func (f *Field) Set(s string) {
	f.chars = f.split(s)
	f.at, f.left, f.top = len(f.chars), 0, 0
	f.changed()
}

// Put puts the cursor after the first n bytes of the text, or after the character in which they end.
func (f *Field) Put(n int) {
	at := 0
	for n > 0 && at < len(f.chars) {
		n -= len(f.chars[at].raw)
		at++
	}
	f.move(at)
}

func (f *Field) changed() { f.valueFresh, f.rowsFresh, f.goal = false, false, -1 }

// split splits a text into characters.
func (f *Field) split(s string) []char {
	var out []char
	for s != "" {
		raw, _ := ansi.FirstGraphemeCluster(s, ansi.GraphemeWidth)
		if raw == "" {
			raw = s[:1]
		}
		s = s[len(raw):]
		out = append(out, f.char(raw))
	}
	return out
}

func (f *Field) char(raw string) char {
	shown := safetext.Line(raw)
	switch {
	case f.several && (raw == "\n" || raw == "\r\n"):
		return char{raw: raw}
	case raw == "\n" || raw == "\r\n":
		shown = " " // the text may have been typed elsewhere, with line breaks
	case raw == "\t":
		shown = " "
	}
	if ansi.StringWidth(shown) > 2 {
		shown = ansi.Truncate(shown, 2, "")
	}
	return char{raw, shown, ansi.StringWidth(shown)}
}

// Insert types a text at the cursor. Line breaks of all sorts become "\n" or, in a field of one line, spaces.
func (f *Field) Insert(s string) {
	s = lineBreaks(s)
	if !f.several {
		s = oneLine(s)
	}
	if s == "" {
		return
	}
	// The text may join with the characters around it: an accent typed by itself belongs to the letter before. So it is
	// split together with both neighbours.
	from, to := max(f.at-1, 0), min(f.at+1, len(f.chars))
	before, after := "", ""
	if from < f.at {
		before = f.chars[from].raw
	}
	if f.at < to {
		after = f.chars[f.at].raw
	}
	replaced := f.split(before + s + after)
	f.chars = slices.Replace(f.chars, from, to, replaced...)
	f.at = from
	for left := len(before) + len(s); left > 0 && f.at < from+len(replaced); f.at++ {
		left -= len(f.chars[f.at].raw)
	}
	f.changed()
}

// lineBreaks turns whatever counts as a line break somewhere, such as a carriage return or a Unicode separator, into
// "\n".
func lineBreaks(s string) string {
	if !strings.ContainsFunc(s, func(r rune) bool { return r != '\n' && isBreak(r) }) {
		return s
	}
	s = strings.ReplaceAll(s, "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		if isBreak(r) {
			return '\n'
		}
		return r
	}, s)
}

func isBreak(r rune) bool { return strings.ContainsRune("\n\r\v\f\u0085\u2028\u2029", r) }

// oneLine replaces each run of line breaks, and the white space around it, by one space. Breaks at either end are
// dropped.
func oneLine(s string) string {
	if !strings.Contains(s, "\n") {
		return s
	}
	if strings.TrimSpace(s) == "" {
		return " " // a break by itself still separates the words around it
	}
	lines := strings.Split(s, "\n")
	for i := range lines {
		switch {
		case i == 0:
			lines[i] = strings.TrimRight(lines[i], " \t")
		case i == len(lines)-1:
			lines[i] = strings.TrimLeft(lines[i], " \t")
		default:
			lines[i] = strings.TrimSpace(lines[i])
		}
	}
	return strings.Join(slices.DeleteFunc(lines, func(l string) bool { return l == "" }), " ")
}

// Key handles a key that types, deletes or moves the cursor. False means that the field has no use for it: Enter, Tab
// and, in a field of one line, the arrows up and down are left to the form.
func (f *Field) Key(msg tea.KeyPressMsg) bool {
	switch msg.String() {
	case "left", "ctrl+b":
		f.move(f.at - 1)
	case "right", "ctrl+f":
		f.move(f.at + 1)
	case "home", "ctrl+a":
		f.move(f.lineStart())
	case "end", "ctrl+e":
		f.move(f.lineEnd())
	case "ctrl+home":
		f.move(0)
	case "ctrl+end":
		f.move(len(f.chars))
	case "alt+left", "ctrl+left", "alt+b":
		f.move(f.wordBefore())
	case "alt+right", "ctrl+right", "alt+f":
		f.move(f.wordAfter())
	case "up", "down", "pgup", "pgdown", "ctrl+p", "ctrl+n":
		return f.vertical(msg.String())
	case "backspace", "ctrl+h", "shift+backspace":
		f.cut(f.at-1, f.at)
	case "delete", "ctrl+d":
		f.cut(f.at, f.at+1)
	case "ctrl+w", "alt+backspace", "ctrl+backspace":
		f.cut(f.wordBefore(), f.at)
	case "alt+delete", "alt+d", "ctrl+delete":
		f.cut(f.at, f.wordAfter())
	case "ctrl+u":
		f.cut(f.lineStart(), f.at)
	case "ctrl+k":
		f.cut(f.at, f.lineEnd())
	default:
		text := typedText(msg)
		f.Insert(text)
		return text != ""
	}
	return true
}

// typedText returns what a key types, or "". Some terminals send keys of the number pad without their text.
func typedText(msg tea.KeyPressMsg) string {
	text := msg.Text
	if text == "" && msg.Code >= tea.KeyKp0 && msg.Code <= tea.KeyKp9 && msg.Mod&^tea.ModShift == 0 {
		text = string('0' + (msg.Code - tea.KeyKp0))
	}
	if text == "" {
		text = padSign(msg)
	}
	if strings.ContainsFunc(text, safetext.Forbidden) {
		return ""
	}
	return text
}

// padSign returns what a key of the number pad types that is not a digit, or "".
func padSign(msg tea.KeyPressMsg) string {
	if msg.Mod&^tea.ModShift != 0 {
		return ""
	}
	return map[rune]string{
		tea.KeyKpDecimal: ".", tea.KeyKpComma: ",", tea.KeyKpMinus: "-", tea.KeyKpPlus: "+", tea.KeyKpDivide: "/",
		tea.KeyKpMultiply: "*", tea.KeyKpEqual: "=",
	}[msg.Code]
}

func (f *Field) move(to int) {
	f.at, f.goal = max(min(to, len(f.chars)), 0), -1
}

func (f *Field) cut(from, to int) {
	from, to = max(from, 0), min(to, len(f.chars))
	if from >= to {
		return
	}
	f.chars = slices.Delete(f.chars, from, to)
	f.at = from
	f.changed()
}

// skipBack returns the start of the run of such characters that ends at a place.
func (f *Field) skipBack(at int, such func(char) bool) int {
	for at > 0 && such(f.chars[at-1]) {
		at--
	}
	return at
}

// skip returns the end of the run of such characters that starts at a place.
func (f *Field) skip(at int, such func(char) bool) int {
	for at < len(f.chars) && such(f.chars[at]) {
		at++
	}
	return at
}

func (f *Field) lineStart() int { return f.skipBack(f.at, char.inLine) }

func (f *Field) lineEnd() int { return f.skip(f.at, char.inLine) }

func (f *Field) wordBefore() int { return f.skipBack(f.skipBack(f.at, char.space), char.inWord) }

func (f *Field) wordAfter() int { return f.skip(f.skip(f.at, char.space), char.inWord) }

// Draw returns the text as it is shown in a room of w cells, and the column and row of the cursor. In a field of one
// line that is the part around the cursor; in one of several lines, exactly h rows.
func (f *Field) Draw(w, h int) (lines []string, x, y int) {
	w, h = max(w, 2), max(h, 1)
	if !f.several {
		line, x := f.window(w)
		return []string{line}, x, 0
	}
	f.wrap(w)
	y = f.rowOf(f.at)
	f.top = max(min(f.top, y, len(f.rows)-h), y-h+1, 0)
	for _, r := range f.rows[f.top:min(f.top+h, len(f.rows))] {
		lines = append(lines, text(f.chars[r.from:r.to]))
	}
	for len(lines) < h {
		lines = append(lines, "")
	}
	return lines, min(width(f.chars[f.rows[y].from:f.at]), w-1), y - f.top
}

// Hidden says whether a field of one line, as it was last drawn in w cells, has more text at the left or at the right.
func (f *Field) Hidden(w int) (left, right bool) {
	if f.several {
		return false, false
	}
	return f.left > 0, width(f.chars[f.left:]) > max(w, 2)
}

// Rows returns how many rows the text of a field of several lines takes at a width of w cells.
func (f *Field) Rows(w int) int {
	f.wrap(max(w, 2))
	return len(f.rows)
}

// window scrolls a field of one line to the cursor, and returns the part that is drawn and the column of the cursor.
// One cell after the text stays free for the cursor.
func (f *Field) window(w int) (string, int) {
	least, before := f.at, 0 // the first character that can be drawn with the cursor still in view
	for least > 0 && before+f.chars[least-1].w <= w-1 {
		least--
		before += f.chars[least].w
	}
	f.left = max(min(f.left, f.at), least)
	for f.left > 0 && width(f.chars[f.left-1:]) <= w-1 { // after a deletion there is room for more
		f.left--
	}
	to, used := f.left, 0
	for to < len(f.chars) && used+f.chars[to].w <= w {
		used += f.chars[to].w
		to++
	}
	return text(f.chars[f.left:to]), width(f.chars[f.left:f.at])
}

// wrap lays the text out in rows of at most w cells, broken after spaces where possible. A cell at the end stays free
// for the cursor, unless a space is there.
func (f *Field) wrap(w int) {
	if f.rowsFresh && f.rowsWidth == w {
		return
	}
	f.rows, f.rowsWidth, f.rowsFresh = f.rows[:0], w, true
	from, used, space := 0, 0, -1 // of this row: its start, its cells so far, its last space
	for i, c := range f.chars {
		if c.newline() {
			f.rows = append(f.rows, row{from, i})
			from, used, space = i+1, 0, -1
			continue
		}
		if used+c.w > w-1 && i > from && (!c.space() || used+c.w > w) {
			to := i
			if space >= from && !c.space() {
				to = space + 1
			}
			f.rows = append(f.rows, row{from, to})
			from, space = to, -1
			used = width(f.chars[from:i])
		}
		if c.space() {
			space = i
		}
		used += c.w
	}
	f.rows = append(f.rows, row{from, len(f.chars)})
}

// rowOf returns the row of a place in the text. Where a line was wrapped, the place between two rows is in the second.
func (f *Field) rowOf(at int) int {
	i, found := slices.BinarySearchFunc(f.rows, at, func(r row, at int) int { return r.from - at })
	if !found {
		i--
	}
	return max(i, 0)
}

// vertical moves the cursor by rows, as the text was last drawn. False means that the field has only one line.
func (f *Field) vertical(key string) bool {
	if !f.several {
		return false
	}
	f.wrap(max(f.rowsWidth, 2))
	y := f.rowOf(f.at)
	goal := f.goal
	if goal < 0 {
		goal = width(f.chars[f.rows[y].from:f.at])
	}
	to := y + map[string]int{"up": -1, "ctrl+p": -1, "down": 1, "ctrl+n": 1, "pgup": -page, "pgdown": page}[key]
	to = max(min(to, len(f.rows)-1), 0)
	r := f.rows[to]
	last := r.to // the last place that is still in this row: see rowOf
	if to < len(f.rows)-1 && !f.chars[r.to].newline() {
		last = r.to - 1
	}
	at, used := r.from, 0
	for at < last && used+f.chars[at].w <= goal {
		used += f.chars[at].w
		at++
	}
	f.at, f.goal = at, goal
	return true
}

// page is how many rows a page key moves by.
const page = 6

func width(chars []char) int {
	n := 0
	for _, c := range chars {
		n += c.w
	}
	return n
}

func text(chars []char) string {
	var b strings.Builder
	for _, c := range chars {
		b.WriteString(c.shown)
	}
	return b.String()
}
