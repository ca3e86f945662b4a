// Package widget has the functions that several screens draw with: they wrap, cut and pad text by the cells that it
// takes on a terminal, and say which part of a list is in view. It knows the theme, but no screens and no record.
//
// A function takes either plain text or styled text (with colour sequences), as its comment says. A width is always in
// cells, and cut is what to put at the end of a text that was shortened, such as an ellipsis.
package widget

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"github.com/ksbcoach/ksbcoach/internal/lazy"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/tui/theme"
)

// Wrap breaks plain text into lines of at most w cells, at spaces where possible. It keeps ids, dates and flags whole.
func Wrap(s string, w int) []string {
	if w < 1 || s == "" {
		return nil
	}
	if len(s) <= w && !strings.Contains(s, "\n") {
		return []string{s}
	}
	// A text with no-break hyphens of its own is left alone: afterwards they could not be told from ours.
	if !strings.Contains(s, "-") || strings.Contains(s, noBreakHyphen) {
		return strings.Split(ansi.Wrap(s, w, " "), "\n")
	}
	return strings.Split(strings.ReplaceAll(ansi.Wrap(keptTogether(s), w, " "), noBreakHyphen, "-"), "\n")
}

// Pack puts plain facts, with sep between them, on as few lines of w cells as possible. A fact that needs more than one
// line has them to itself.
func Pack(facts []string, sep string, w int) (lines []string) {
	open := false // the last line may take another fact
	for _, f := range facts {
		if n := len(lines); open && Width(lines[n-1]+sep+f) <= w {
			lines[n-1] += sep + f
			continue
		}
		wrapped := Wrap(f, w)
		lines, open = append(lines, wrapped...), len(wrapped) == 1
	}
	return lines
}

// noBreakHyphen looks like a hyphen and is as wide, but no line breaks there.
const noBreakHyphen = "\u2011"

// keptTogether replaces all hyphens but those between two words by no-break ones, so that an id such as b-2, a date or
// a flag stays whole.
func keptTogether(s string) string {
	var b strings.Builder
	for i := range len(s) {
		if s[i] == '-' && (lettersUpTo(s[:i]) < 2 || lettersFrom(s[i+1:]) < 2) {
			b.WriteString(noBreakHyphen)
			continue
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// lettersUpTo counts the letters at the end of a text; it is 0 where a digit is right before them.
func lettersUpTo(s string) (n int) {
	for len(s) > 0 {
		r, size := utf8.DecodeLastRuneInString(s)
		if unicode.IsDigit(r) {
			return 0
		}
		if !unicode.IsLetter(r) {
			break
		}
		s, n = s[:len(s)-size], n+1
	}
	return n
}

// lettersFrom counts the letters at the start of a text; it is 0 where a digit is right after them.
func lettersFrom(s string) (n int) {
	for _, r := range s {
		if unicode.IsDigit(r) {
			return 0
		}
		if !unicode.IsLetter(r) {
			break
		}
		n++
	}
	return n
}

// WrapTo is Wrap into at most n lines; the last one is cut where there is more text.
func WrapTo(s string, w, n int, cut string) []string {
	lines := Wrap(s, w)
	if len(lines) <= n {
		return lines
	}
	if n < 1 {
		return nil
	}
	lines = lines[:n]
	last := strings.TrimRight(lines[n-1], " ")
	lines[n-1] = ansi.Truncate(last, wordsIn(last, w-Width(cut)), "") + cut
	return lines
}

// First returns the first n lines. Where there are more, the last one is cut between words.
func First(lines []string, n, w int, cut string) []string {
	if len(lines) <= n || n < 1 {
		return lines
	}
	lines = lines[:n:n]
	lines[n-1] = CutWords(lines[n-1], w-Width(cut), "") + cut
	return lines
}

// CutWords shortens styled text to w cells: between words where that fills at least half of the room, else anywhere.
func CutWords(s string, w int, cut string) string {
	if Width(s) <= w {
		return s
	}
	if w < 1 {
		return ""
	}
	n := Width(cut)
	return Cut(s, wordsIn(ansi.Strip(s), w-n)+n, cut)
}

// CutPlain shortens plain text to w cells between words, however much room that leaves, and drops punctuation before
// the cut. It returns "" where there is no room for a single letter.
func CutPlain(s string, w int, cut string) string {
	if Width(s) <= w {
		return s
	}
	lines := Wrap(s, w-Width(cut))
	if len(lines) == 0 {
		return ""
	}
	return strings.TrimRight(lines[0], " .,;:") + cut
}

// wordsIn returns at how many cells, w at most, to cut a plain text so that it ends with a whole word and no
// punctuation. It returns w where a long word would otherwise leave more than half of the room empty.
func wordsIn(s string, w int) int {
	w = max(w, 0)
	if Width(s) <= w {
		return Width(s)
	}
	part := ansi.Truncate(s, w, "")
	if !strings.HasPrefix(s[len(part):], " ") {
		part = part[:strings.LastIndexByte(part, ' ')+1]
	}
	if n := Width(strings.TrimRight(part, " ,;:·-")); n > w/2 {
		return n
	}
	return w
}

// Cut shortens styled text to w cells, anywhere.
func Cut(s string, w int, cut string) string {
	if w < 1 {
		return ""
	}
	if n, ok := plainWidth(s); ok && n <= w {
		return s
	}
	return ansi.Truncate(s, w, cut)
}

// Width returns the number of cells that styled text takes.
func Width(s string) int {
	if n, ok := plainWidth(s); ok {
		return n
	}
	return ansi.StringWidth(s)
}

// Pad adds spaces to styled text up to w cells; longer text is cut.
func Pad(s string, w int) string {
	n := Width(s)
	if n > w {
		return Cut(s, w, "")
	}
	return s + strings.Repeat(" ", w-n)
}

// PadLeft is Pad with the spaces in front.
func PadLeft(s string, w int) string {
	n := Width(s)
	if n > w {
		return Cut(s, w, "")
	}
	return strings.Repeat(" ", w-n) + s
}

// cutFacts shortens styled facts to w cells: to as many whole facts as fit or, where not even the first does, between
// words.
func cutFacts(s string, w int, cut string) string {
	plain := ansi.Strip(s)
	for i := len(plain) - 1; i > 0; i-- {
		fact, rest := plain[:i], plain[i:]
		ends := strings.HasPrefix(rest, " · ") || strings.HasPrefix(rest, " - ") || strings.HasPrefix(rest, ", ")
		if ends && Width(fact) <= w {
			return Cut(s, Width(fact), "")
		}
	}
	return CutWords(s, w, cut)
}

// Spread puts one styled text at the left end of w cells and one at the right. Where there is no room for both, the
// right one loses facts, or all of it.
func Spread(left, right string, w int, cut string) string {
	l, r := Width(left), Width(right)
	if l+r+1 > w {
		if l >= w {
			return CutWords(left, w, cut)
		}
		room := w - l - 2
		if room < 8 {
			return left
		}
		right = cutFacts(right, room, cut)
		r = Width(right)
	}
	return left + strings.Repeat(" ", max(w-l-r, 0)) + right
}

// SpreadFirst is Spread for the first of the pairs (left, right) that fits whole, or else the last.
func SpreadFirst(pairs [][2]string, w int, cut string) string {
	for _, x := range pairs {
		if Width(x[0])+Width(x[1])+1 <= w {
			return Spread(x[0], x[1], w, cut)
		}
	}
	last := pairs[len(pairs)-1]
	return Spread(last[0], last[1], w, cut)
}

// Fitting joins facts, the most important first, for as long as they fit whole into w cells.
func Fitting(facts []string, sep string, w int) string {
	line := ""
	for i, f := range facts {
		next := f
		if i > 0 {
			next = line + sep + f
		}
		if Width(next) > w {
			break
		}
		line = next
	}
	return line
}

// Filled adds empty lines at the end until there are n.
func Filled(lines []string, n int) []string {
	return append(lines, make([]string, max(n-len(lines), 0))...)
}

// Hang puts lead before the first line, and indents the other lines by its width.
func Hang(lead string, lines []string) []string {
	out := Indent(lines, strings.Repeat(" ", Width(lead)))
	if len(lines) > 0 {
		out[0] = lead + lines[0]
	}
	return out
}

// Indent puts the same text before every line.
func Indent(lines []string, by string) []string {
	return lists.Each(lines, func(l string) string { return by + l })
}

// Style applies the Render of a style to every line.
func Style(lines []string, render func(...string) string) []string {
	return lists.Each(lines, func(l string) string { return render(l) })
}

// Beside draws two columns of h lines with a bar between them; the left one is w cells wide.
func Beside(left, right []string, w, h int, bar string) []string {
	out := make([]string, 0, h)
	for i := range h {
		l, r := "", ""
		if i < len(left) {
			l = left[i]
		}
		if i < len(right) {
			r = right[i]
		}
		out = append(out, Pad(l, w)+" "+bar+" "+r)
	}
	return out
}

// Window returns the half-open range of rows, of n, that is in view in h lines. Row cur must be seen, if possible with
// a row above and below it; beyond that, it scrolls as little as it can from top, where the window started before.
func Window(n, h, cur, top int) (from, to int) {
	if h < 1 || n < 1 {
		return 0, 0
	}
	context := 1
	if h < 4 {
		context = 0
	}
	top = min(top, max(cur-context, 0))
	top = max(top, cur+context+1-h)
	top = max(min(top, n-h), 0)
	return top, min(top+h, n)
}

// KeyName is the name of a key, in words for the arrows where the theme is ASCII.
func KeyName(name string, t *theme.Theme) string {
	if !t.ASCII {
		return name
	}
	return asciiKeys.Get().Replace(name)
}

var asciiKeys = lazy.Value[*strings.Replacer]{Make: func() *strings.Replacer {
	return strings.NewReplacer("↑↓", "up/down", "←→", "left/right", "↑", "up", "↓", "down", "←", "left", "→", "right")
}}

// Chosen is the style for the text of the chosen row, which also has a marker. A long text stays plain.
func Chosen(text string, t *theme.Theme) theme.Style {
	if Width(text) > 32 { // colouring it and taking the colour off again would be most of what a key writes
		return t.Plain
	}
	return t.Accent
}

// Marked returns the mark before the text of a row, and the style of the text.
func Marked(chosen bool, text string, t *theme.Theme) (mark string, style theme.Style) {
	mark, style = t.Mark(chosen)
	if chosen {
		style = Chosen(text, t)
	}
	return mark, style
}

// Centre returns the first line to show, of n in a room of h, so that the lines from..to are in the middle as far as
// the ends allow. It depends on nothing else, so drawing twice draws the same.
func Centre(from, to, n, h int) int {
	top := (from+to)/2 - h/2
	if to-from > h {
		top = from
	}
	return max(min(top, n-h), 0)
}

// MoreSays says how many rows of a list are out of sight, or "".
func MoreSays(above, below int) string {
	switch {
	case above == 0 && below == 0:
		return ""
	case above == 0:
		return fmt.Sprintf("%d more below", below)
	case below == 0:
		return fmt.Sprintf("%d more above", above)
	}
	return fmt.Sprintf("%d more above, %d below", above, below)
}

// plainWidth returns the width of a text in which every character, colours aside, takes one cell by itself, and false
// for any other text. Nearly all of a frame is such text, and this takes about a tenth of the time of ansi.StringWidth:
// finding the graphemes of every line took two fifths of the time of a frame. Where it returns true, the width must be
// that of ansi.StringWidth.
func plainWidth(s string) (n int, ok bool) {
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case c >= ' ' && c <= '~':
			n, i = n+1, i+1
		case c == '\x1b':
			end := colourEnd(s[i:])
			if end == 0 {
				return 0, false
			}
			i += end
		default:
			r, size := utf8.DecodeRuneInString(s[i:])
			if !oneCell(r) {
				return 0, false
			}
			n, i = n+1, i+size
		}
	}
	return n, true
}

// colourEnd returns the length of the colour sequence at the start of s, or 0 where there is none.
func colourEnd(s string) int {
	if len(s) < 3 || s[1] != '[' {
		return 0
	}
	for i := 2; i < len(s); i++ {
		switch c := s[i]; {
		case c == 'm':
			return i + 1
		case (c < '0' || c > '9') && c != ';' && c != ':':
			return 0
		}
	}
	return 0
}

// oneCell says whether a character beyond ASCII takes one cell and never joins with its neighbours: accented letters,
// dashes, quotes, and the signs, bars and frames that we draw.
func oneCell(r rune) bool {
	switch {
	case r >= 0xC0 && r <= 0x17F: // accented letters
		return true
	case r >= 0x2010 && r <= 0x2026: // dashes, quotes, bullet and ellipsis
		return true
	case r >= 0x2500 && r <= 0x259F: // frames and bars
		return true
	}
	switch r {
	case '£', '·', '←', '↑', '→', '↓', '✓', '○', '●', '◆', '◇', '▪', '▫', '▸', '▾', '◂', '◐', '×', '′', '›':
		return true
	}
	return false
}
