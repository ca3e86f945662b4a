// Package widget holds what several screens draw with: text that is wrapped, cut and padded by cells, lists that
// scroll. It knows the theme, no screens and no record.
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

// Wrap breaks plain text into lines of at most w cells, at spaces where it can.
func Wrap(s string, w int) []string {
	if w < 1 || s == "" {
		return nil
	}
	if len(s) <= w && !strings.Contains(s, "\n") {
		return []string{s}
	}
	// Without a hyphen there is nothing to keep together, and one of ours that somebody typed stays as it is.
	if !strings.Contains(s, "-") || strings.Contains(s, stuck) {
		return strings.Split(ansi.Wrap(s, w, " "), "\n")
	}
	return strings.Split(strings.ReplaceAll(ansi.Wrap(keptTogether(s), w, " "), stuck, "-"), "\n")
}

// Pack is facts with sep between, on as few lines of w cells as hold them. One that is longer has lines of its own.
func Pack(facts []string, sep string, w int) (lines []string) {
	whole := false
	for _, f := range facts {
		if n := len(lines); whole && Width(lines[n-1]+sep+f) <= w {
			lines[n-1] += sep + f
			continue
		}
		pieces := Wrap(f, w)
		lines, whole = append(lines, pieces...), len(pieces) == 1
	}
	return lines
}

// stuck is a hyphen at which nothing breaks, as wide as the other one.
const stuck = "\u2011"

// keptTogether lets lines break at a hyphen between two words only: an id such as b-2, a date or a flag stays whole.
func keptTogether(s string) string {
	var b strings.Builder
	for i := range len(s) {
		if s[i] == '-' && (lettersUpTo(s[:i]) < 2 || lettersFrom(s[i+1:]) < 2) {
			b.WriteString(stuck)
			continue
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// lettersUpTo counts the letters that a text ends with, and is 0 where a digit stands before them.
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

// lettersFrom counts the letters that a text begins with, and is 0 where a digit stands behind them.
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

// WrapTo is Wrap in at most n lines; the last one is cut where more text follows.
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

// First are the first n lines of some; where there are more, the last of them ends with cut, at the end of a word.
func First(lines []string, n, w int, cut string) []string {
	if len(lines) <= n || n < 1 {
		return lines
	}
	lines = lines[:n:n]
	lines[n-1] = CutWords(lines[n-1], w-Width(cut), "") + cut
	return lines
}

// CutWords shortens styled text to w cells at the end of a word, where that leaves at least half of the room filled.
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

// CutPlain shortens plain text to w cells at the end of a word, however much room that leaves, and takes the
// punctuation before the cut away. It is "" where there is room for no letter.
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

// wordsIn is how many of at most w cells of a plain text whole words take, without what joins them to the next; w
// itself where a long word would leave more than half of it empty.
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

// Cut shortens styled text to w cells.
func Cut(s string, w int, cut string) string {
	if w < 1 {
		return ""
	}
	if n, ok := plainWidth(s); ok && n <= w {
		return s
	}
	return ansi.Truncate(s, w, cut)
}

// Width is the number of cells that styled text takes.
func Width(s string) int {
	if n, ok := plainWidth(s); ok {
		return n
	}
	return ansi.StringWidth(s)
}

// Pad fills styled text with spaces to w cells; longer text is cut.
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

// cutFacts shortens styled facts to as many whole ones as fit into w cells, where the first does; else it cuts between
// words.
func cutFacts(s string, w int, cut string) string {
	plain := ansi.Strip(s)
	for i := len(plain) - 1; i > 0; i-- {
		if (strings.HasPrefix(plain[i:], " · ") || strings.HasPrefix(plain[i:], " - ") ||
			strings.HasPrefix(plain[i:], ", ")) && Width(plain[:i]) <= w {
			return Cut(s, Width(plain[:i]), "")
		}
	}
	return CutWords(s, w, cut)
}

// Spread puts a text at the left and one at the right of w cells. Without room the right one goes, fact by fact.
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

// SpreadFirst is Spread of the first pair that fits whole, else of the last.
func SpreadFirst(pairs [][2]string, w int, cut string) string {
	for _, x := range pairs {
		if Width(x[0])+Width(x[1])+1 <= w {
			return Spread(x[0], x[1], w, cut)
		}
	}
	last := pairs[len(pairs)-1]
	return Spread(last[0], last[1], w, cut)
}

// Fitting joins as many short facts as fit whole into w cells; the first are the most telling.
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

// Filled are some lines with empty ones below them up to n.
func Filled(lines []string, n int) []string {
	return append(lines, make([]string, max(n-len(lines), 0))...)
}

// Hang puts a lead before the first of some lines, and the others below what follows it.
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

// Style applies a style's Render to every line.
func Style(lines []string, render func(...string) string) []string {
	return lists.Each(lines, func(l string) string { return render(l) })
}

// Beside draws two columns of lines next to each other with a bar between; the left one takes w cells.
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

// Window gives the range of n rows that is shown in h lines when row cur must be seen: as little scrolling as keeps one
// row of context. Top is where the window started before.
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

// KeyName is how a key is named with the theme's glyphs: arrows have no ASCII form of one character.
func KeyName(name string, t *theme.Theme) string {
	if !t.ASCII {
		return name
	}
	return asciiKeys.Get().Replace(name)
}

var asciiKeys = lazy.Value[*strings.Replacer]{Make: func() *strings.Replacer {
	return strings.NewReplacer("↑↓", "up/down", "←→", "left/right", "↑", "up", "↓", "down", "←", "left", "→", "right")
}}

// Chosen is how a text is set that is chosen, beside a marker that says so. A long one is as it always is.
func Chosen(text string, t *theme.Theme) theme.Style {
	if Width(text) > 32 { // to colour it and take the colour off again would be most of what a key writes
		return t.Plain
	}
	return t.Accent
}

// Marked is the mark before a line with a text that may be chosen, and how that is set.
func Marked(chosen bool, text string, t *theme.Theme) (mark string, style theme.Style) {
	if mark, style = t.Mark(chosen); chosen {
		style = Chosen(text, t)
	}
	return mark, style
}

// Centre is the first of h lines that are shown of n, so that the lines from..to stand in their middle as far as the
// ends allow. It depends on nothing else, so that drawing twice draws the same.
func Centre(from, to, n, h int) int {
	top := (from+to)/2 - h/2
	if to-from > h {
		top = from
	}
	return max(min(top, n-h), 0)
}

// MoreSays tells how much of a list is out of sight, or "".
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

// plainWidth is the width of text in which every character takes one cell by itself, colours aside, which is nearly all
// that a frame is made of; false where there is anything else. It gives what ansi.StringWidth does, in about a tenth of
// the time: finding the graphemes of every line took two fifths of what a frame costs.
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

// colourEnd is the length of the colour sequence that s starts with, or 0 where it is no such thing.
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

// oneCell reports whether a character beyond ASCII takes one cell and joins with no neighbour of its kind: accented
// letters, dashes, quotes, and the signs, bars and frames that we draw.
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
