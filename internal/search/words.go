package search

import (
	"iter"
	"slices"
	"strings"
	"unicode"

	"github.com/ksbcoach/ksbcoach/internal/lazy"
	"github.com/ksbcoach/ksbcoach/internal/standard"
)

// How well a word of a text fits one that was typed.
const (
	whole  = 1.0
	begins = 0.8
	inside = 0.5
	slip   = 0.4
)

// idle are words that say nothing about what is looked for.
var idle = lazy.Value[map[string]bool]{Make: func() map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields("a an and are as at be but by can do does for from has have how i if in is it " +
		"its me my not of on or our so that the their them then there they this to was we what when which who will " +
		"with you your") {
		out[fold(w)] = true
	}
	return out
}}

// read takes a query apart into words to look for. Codes are read as people write them, such as K07 or S-17. Idle words
// are left out, unless there is nothing else.
func read(query string) []string {
	var terms, left []string
	for _, typed := range standard.Codes(query) {
		code := standard.Code(typed)
		if _, _, ok := standard.SplitCode(code); ok {
			terms = append(terms, strings.ToLower(code))
		} else {
			left = append(left, typed)
		}
	}
	if len(terms) == 0 {
		left = []string{query} // with its signs, so that R&D stays one word
	}
	for _, part := range left {
		for word := range split(part) {
			terms = append(terms, fold(word))
		}
	}
	if busy := slices.DeleteFunc(slices.Clone(terms), func(w string) bool { return idle.Get()[w] }); len(busy) > 0 {
		terms = busy
	}
	var out []string
	for _, w := range terms {
		if !slices.Contains(out, w) && len(out) < mostTerms {
			out = append(out, w)
		}
	}
	return out
}

// A folder remembers the words that it has folded: a text of any length has few.
type folder map[string]string

func (f folder) words(text string) []string {
	var out []string
	for word := range split(text) {
		folded, ok := f[word]
		if !ok {
			folded = fold(word)
			f[word] = folded
		}
		out = append(out, folded)
	}
	return out
}

// Words are the words of a text in the form in which they are compared: see fold.
func Words(text string) []string { return folder{}.words(text) }

// split gives the words of a text: letters and digits, with what stands inside a word, as in don't, IR(ME)R and R&D.
func split(text string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, word := range placed(text) {
			if !yield(word) {
				return
			}
		}
	}
}

// placed is split with the place of each word in bytes.
func placed(text string) iter.Seq2[int, string] {
	return func(yield func(int, string) bool) {
		from := -1
		end := func(to int) bool {
			if from < 0 {
				return true
			}
			word := strings.TrimRight(text[from:to], joining)
			at := from
			from = -1
			return yield(at, word)
		}
		for i, r := range text {
			switch {
			case unicode.IsLetter(r), unicode.IsDigit(r):
				if from < 0 {
					from = i
				}
			case from >= 0 && strings.ContainsRune(joining, r):
			default:
				if !end(i) {
					return
				}
			}
		}
		end(len(text))
	}
}

const joining = "'’()&" // the signs that do not part a word

// fold makes words alike that mean the same: without capitals, apostrophes and plurals, and with one spelling of
// practice and practise, and of the ending -ise.
func fold(word string) string {
	var b strings.Builder
	for _, r := range word {
		if !strings.ContainsRune(joining, r) {
			b.WriteRune(unicode.ToLower(r))
		}
	}
	w := b.String()
	if len(w) < 4 {
		return w
	}
	for _, end := range [][2]string{{"ies", "y"}, {"sses", "ss"}, {"xes", "x"}, {"ches", "ch"}, {"shes", "sh"}} {
		if rest, ok := strings.CutSuffix(w, end[0]); ok && len(rest) > 1 {
			w = rest + end[1]
			break
		}
	}
	if strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") && !strings.HasSuffix(w, "us") &&
		!strings.HasSuffix(w, "is") {
		w = w[:len(w)-1]
	}
	return spelling.Get().Replace(w)
}

var spelling = lazy.Value[*strings.Replacer]{Make: func() *strings.Replacer {
	return strings.NewReplacer("practis", "practic", "licens", "licenc", "iza", "isa", "ize", "ise", "izi", "isi")
}}

// begun visits the words that are the one that is typed, or begin with it.
func (x *Index) begun(typed string, visit func(word int, quality float64)) {
	from, _ := slices.BinarySearch(x.words, typed)
	for i := from; i < len(x.words) && strings.HasPrefix(x.words[i], typed); i++ {
		if len(x.words[i]) == len(typed) {
			visit(i, whole)
		} else {
			visit(i, begins)
		}
	}
}

// near visits the words that the one that is typed is inside of, or is but for a slip.
func (x *Index) near(typed string, visit func(word int, quality float64)) {
	for i, w := range x.words {
		if quality, ok := fits(typed, w); ok {
			visit(i, quality)
		}
	}
}

// leastInside is how long a word must be to be looked for inside of others, and leastSlip to be forgiven a slip.
const leastInside, leastSlip = 4, 4

// slips is how many slips a word of a length is forgiven.
func slips(n int) int {
	switch {
	case n < leastSlip:
		return 0
	case n < 8:
		return 1
	}
	return 2
}

// fits says how well a word fits what was typed.
func fits(typed, word string) (quality float64, ok bool) {
	switch {
	case typed == word:
		return whole, true
	case strings.HasPrefix(word, typed):
		return begins, true
	case len(typed) >= leastInside && strings.Contains(word, typed):
		return inside, true
	}
	n := slips(len(typed))
	if n == 0 || len(word)+n < len(typed) || !sameStart(typed, word) {
		return 0, false
	}
	d := distance(typed, word, n)
	if d > n {
		return 0, false
	}
	return slip - float64(d)/10, true
}

// sameStart says whether two words begin alike, but for one slip.
func sameStart(a, b string) bool {
	return a[0] == b[0] || len(b) > 1 && (a[0] == b[1] || a[1] == b[0] || a[1] == b[1])
}

// distance is by how many slips a typed word differs from the beginning of another: a letter that is missing, too many,
// wrong, or in the wrong order. Beyond most it is only known to be more. Words are counted in bytes, since the few
// letters beyond ASCII hardly matter.
func distance(typed, word string, most int) int {
	word = word[:min(len(word), len(typed)+most)]
	const room = 32
	if len(word) >= room {
		return most + 1
	}
	var rows [3][room + 1]int
	prev2, prev, row := &rows[0], &rows[1], &rows[2]
	for j := range len(word) + 1 {
		prev[j] = j
	}
	for i := 1; i <= len(typed); i++ {
		row[0] = i
		least := i
		for j := 1; j <= len(word); j++ {
			cost := 1
			if typed[i-1] == word[j-1] {
				cost = 0
			}
			d := min(prev[j]+1, row[j-1]+1, prev[j-1]+cost)
			if i > 1 && j > 1 && typed[i-1] == word[j-2] && typed[i-2] == word[j-1] {
				d = min(d, prev2[j-2]+1)
			}
			row[j] = d
			least = min(least, d)
		}
		if least > most {
			return most + 1
		}
		prev2, prev, row = prev, row, prev2
	}
	return slices.Min(prev[:len(word)+1])
}
