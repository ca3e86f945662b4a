// Package field is a field to type in, of one line or of several. It keeps what it holds byte for byte, also what a
// terminal must not be shown, and draws the cleaned form of it; it moves, deletes and puts the real cursor by what a
// reader takes for one character, whatever that is made of. It knows nothing of forms: what a key means beside typing
// is theirs.
//
// It is ours since the library's one-line field counts code points where the terminal counts cells, so that the cursor
// that Braille displays and screen readers follow is off as soon as the text scrolls, and since its field of several
// lines takes milliseconds for each key of a long text.
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

// Field holds a text and where in it is typed.
type Field struct {
	several bool
	chars   []char
	at      int // the cursor stands before this one
	left    int // of one line: the first that is drawn
	top     int // of several: the first row that is drawn
	goal    int // of several: the column that up and down keep to; -1 for none

	value string // the text as one, while it is whole
	whole bool

	rows  []row // of several lines, as wrapped for the width wide
	wide  int
	fresh bool // rows are those of the text
}

// A row is one drawn line: the characters from one to before another.
type row struct{ from, to int }

// New makes an empty field, of several lines or of one.
func New(several bool) Field { return Field{several: several, goal: -1} }

// Value is the text, byte for byte.
func (f *Field) Value() string {
	if !f.whole {
		var b strings.Builder
		for _, c := range f.chars {
			b.WriteString(c.raw)
		}
		f.value, f.whole = b.String(), true
	}
	return f.value
}

// AtEnd says whether the cursor stands behind the last character.
func (f *Field) AtEnd() bool { return f.at == len(f.chars) }

// Set replaces the text. The cursor goes to its end.
func (f *Field) Set(s string) {
	f.chars = f.split(s)
	f.at, f.left, f.top = len(f.chars), 0, 0
	f.changed()
}

// Put puts the cursor behind so many bytes of the text.
func (f *Field) Put(before int) {
	at := 0
	for before > 0 && at < len(f.chars) {
		before -= len(f.chars[at].raw)
		at++
	}
	f.move(at)
}

func (f *Field) changed() { f.whole, f.fresh, f.goal = false, false, -1 }

// split takes a text apart into characters.
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
		shown = " " // of one line, which may hold a break that was typed elsewhere
	case raw == "\t":
		shown = " "
	}
	if ansi.StringWidth(shown) > 2 {
		shown = ansi.Truncate(shown, 2, "")
	}
	return char{raw, shown, ansi.StringWidth(shown)}
}

// Insert types a text at the cursor. Breaks of all sorts become new lines, or spaces where there is one line only.
func (f *Field) Insert(s string) {
	s = lineBreaks(s)
	if !f.several {
		s = oneLine(s)
	}
	if s == "" {
		return
	}
	// A mark that is typed by itself belongs to the letter before it, and what follows may belong to what is typed.
	from, to := max(f.at-1, 0), min(f.at+1, len(f.chars))
	before, after := "", ""
	if from < f.at {
		before = f.chars[from].raw
	}
	if f.at < to {
		after = f.chars[f.at].raw
	}
	fresh := f.split(before + s + after)
	end := len(before) + len(s)
	at := from
	for n := 0; at-from < len(fresh) && n < end; at++ {
		n += len(fresh[at-from].raw)
	}
	f.chars = slices.Replace(f.chars, from, to, fresh...)
	f.at = at
	f.changed()
}

// lineBreaks makes a line break of all that is one somewhere, such as a carriage return or Unicode's separators.
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

// oneLine makes one space of each run of breaks and the white space around it. A break at either end goes.
func oneLine(s string) string {
	if !strings.Contains(s, "\n") {
		return s
	}
	if strings.TrimSpace(s) == "" {
		return " " // it came by itself, between two words
	}
	lines := strings.Split(s, "\n")
	for i := range lines {
		switch {
		case i == 0 && len(lines) > 1:
			lines[i] = strings.TrimRight(lines[i], " \t")
		case i == len(lines)-1:
			lines[i] = strings.TrimLeft(lines[i], " \t")
		default:
			lines[i] = strings.TrimSpace(lines[i])
		}
	}
	return strings.Join(slices.DeleteFunc(lines, func(l string) bool { return l == "" }), " ")
}

// Key does what a key means in a field, and says whether it meant anything. Enter, tab and the arrows up and down of
// one line are the form's.
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

// typedText is what a key types: nothing for one that types nothing. A key of the number pad may bring no text of its
// own.
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

// padSign is what a key of the number pad types that is no digit.
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

// back is how far characters go on that are such, before a place.
func (f *Field) back(from int, such func(char) bool) int {
	for from > 0 && such(f.chars[from-1]) {
		from--
	}
	return from
}

// on is the same behind it.
func (f *Field) on(from int, such func(char) bool) int {
	for from < len(f.chars) && such(f.chars[from]) {
		from++
	}
	return from
}

func (f *Field) lineStart() int { return f.back(f.at, char.inLine) }

func (f *Field) lineEnd() int { return f.on(f.at, char.inLine) }

func (f *Field) wordBefore() int { return f.back(f.back(f.at, char.space), char.inWord) }

func (f *Field) wordAfter() int { return f.on(f.on(f.at, char.space), char.inWord) }

// Draw gives the text in a room of w cells, and where in it the real cursor stands. Of one line it is the part around
// the cursor; of several, at most h rows of it.
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

// Hidden says whether a field of one line, as it was drawn last in w cells, goes on before or behind what is seen.
func (f *Field) Hidden(w int) (before, behind bool) {
	if f.several {
		return false, false
	}
	return f.left > 0, width(f.chars[f.left:]) > max(w, 2)
}

// Rows is how many rows the text of a field of several lines takes in a room of w cells.
func (f *Field) Rows(w int) int {
	f.wrap(max(w, 2))
	return len(f.rows)
}

// window is the part of one line that is drawn. A cell is kept free behind the text for the cursor at its end.
func (f *Field) window(w int) (string, int) {
	first, before := f.at, 0 // as far back as there is room before the cursor
	for first > 0 && before+f.chars[first-1].w <= w-1 {
		first--
		before += f.chars[first].w
	}
	f.left = max(min(f.left, f.at), first)
	for f.left > 0 && width(f.chars[f.left-1:]) <= w-1 { // room again after something was deleted
		f.left--
	}
	to, used := f.left, 0
	for to < len(f.chars) && used+f.chars[to].w <= w {
		used += f.chars[to].w
		to++
	}
	return text(f.chars[f.left:to]), width(f.chars[f.left:f.at])
}

// wrap lays the text out in rows of at most w cells, broken at spaces where there are any.
func (f *Field) wrap(w int) {
	if f.fresh && f.wide == w {
		return
	}
	f.rows, f.wide, f.fresh = f.rows[:0], w, true
	from, used, space := 0, 0, -1
	for i := 0; i < len(f.chars); i++ {
		c := f.chars[i]
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

// rowOf is the row in which a place is; the end of a row that was broken belongs to the next.
func (f *Field) rowOf(at int) int {
	i, found := slices.BinarySearchFunc(f.rows, at, func(r row, at int) int { return r.from - at })
	if !found {
		i--
	}
	return max(i, 0)
}

// vertical moves by rows of what was drawn last, and says whether the field has rows to move by.
func (f *Field) vertical(key string) bool {
	if !f.several {
		return false
	}
	f.wrap(max(f.wide, 2))
	y := f.rowOf(f.at)
	goal := f.goal
	if goal < 0 {
		goal = width(f.chars[f.rows[y].from:f.at])
	}
	to := y + map[string]int{"up": -1, "ctrl+p": -1, "down": 1, "ctrl+n": 1, "pgup": -page, "pgdown": page}[key]
	to = max(min(to, len(f.rows)-1), 0)
	r := f.rows[to]
	at, used := r.from, 0
	for at < r.to && used+f.chars[at].w <= goal && (at+1 < r.to || to == len(f.rows)-1 || f.chars[r.to].newline()) {
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
