package search

import (
	"iter"
	"slices"
	"strings"
	"unicode"

	"github.com/ksbcoach/ksbcoach/internal/lazy"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/standard"
)

// How well a word of a text fits one that was typed; see fits.
const (
	whole  = 1.0
	begins = 0.8
	inside = 0.5
	slip   = 0.4
)

// stopWords are words that say nothing about what somebody is looking for.
var stopWords = lazy.Value[map[string]bool]{Make: func() map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields("a an and are as at be but by can do does for from has have how i if in is it " +
		"its me my not of on or our so that the their them then there they this to was we what when which who will " +
		"with you your") {
		out[fold(w)] = true
	}
	return out
}}

// parseQuery gives the words to look for, folded, each once and maxTerms at most. It reads codes however people write
// them, such as K07 or S-17, and leaves stop words out unless there is nothing else.
func parseQuery(query string) []string {
	var terms, others []string
	for _, typed := range standard.Codes(query) {
		code := standard.Code(typed)
		if _, _, ok := standard.SplitCode(code); ok {
			terms = append(terms, strings.ToLower(code))
		} else {
			others = append(others, typed)
		}
	}
	if len(terms) == 0 {
		others = []string{query} // as typed, because Codes would split R&D
	}
	for _, part := range others {
		for word := range wordsIn(part) {
			terms = append(terms, fold(word))
		}
	}
	if telling := lists.Where(terms, func(w string) bool { return !stopWords.Get()[w] }); len(telling) > 0 {
		terms = telling
	}
	var out []string
	for _, w := range terms {
		if !slices.Contains(out, w) && len(out) < maxTerms {
			out = append(out, w)
		}
	}
	return out
}

// A folder folds words and remembers the results, since long texts repeat the same words.
type folder map[string]string

func (f folder) words(text string) []string {
	var out []string
	for word := range wordsIn(text) {
		folded, ok := f[word]
		if !ok {
			folded = fold(word)
			f[word] = folded
		}
		out = append(out, folded)
	}
	return out
}

// Words are the words of a text, folded: without capitals, plurals and spelling variants, as search compares them.
func Words(text string) []string { return folder{}.words(text) }

// wordsIn gives the words of a text. A word is letters and digits, and may have a few other signs inside, as in don't,
// IR(ME)R and R&D.
func wordsIn(text string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, word := range wordsAt(text) {
			if !yield(word) {
				return
			}
		}
	}
}

// wordsAt is wordsIn with the byte offset of each word.
func wordsAt(text string) iter.Seq2[int, string] {
	return func(yield func(int, string) bool) {
		from := -1
		end := func(to int) bool {
			if from < 0 {
				return true
			}
			word := strings.TrimRight(text[from:to], inWordSigns)
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
			case from >= 0 && strings.ContainsRune(inWordSigns, r):
			default:
				if !end(i) {
					return
				}
			}
		}
		end(len(text))
	}
}

const inWordSigns = "'’()&" // signs that do not end a word

// fold gives words that mean the same one form: it removes capitals, apostrophes and plural endings, and chooses one
// spelling of practice and practise, and of -ise and -ize.
func fold(word string) string {
	var b strings.Builder
	for _, r := range word {
		if !strings.ContainsRune(inWordSigns, r) {
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

// startingWith visits the words that are what was typed, or start with it.
func (x *Index) startingWith(typed string, visit func(word int, quality float64)) {
	from, _ := slices.BinarySearch(x.words, typed)
	for i := from; i < len(x.words) && strings.HasPrefix(x.words[i], typed); i++ {
		if len(x.words[i]) == len(typed) {
			visit(i, whole)
		} else {
			visit(i, begins)
		}
	}
}

// similar visits the words that contain what was typed, or are the same except for a slip or two.
func (x *Index) similar(typed string, visit func(word int, quality float64)) {
	for i, w := range x.words {
		if quality, ok := fits(typed, w); ok {
			visit(i, quality)
		}
	}
}

// A typed word must have this many bytes to be looked for inside other words, or to be forgiven a slip.
const minInside, minSlip = 4, 4

// slips is how many slips are forgiven in a typed word of n bytes.
func slips(n int) int {
	switch {
	case n < minSlip:
		return 0
	case n < 8:
		return 1
	}
	return 2
}

// fits says whether a word fits what was typed, and how well. Both are folded.
func fits(typed, word string) (quality float64, ok bool) {
	switch {
	case typed == word:
		return whole, true
	case strings.HasPrefix(word, typed):
		return begins, true
	case len(typed) >= minInside && strings.Contains(word, typed):
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

// sameStart says whether two words start alike, apart from one slip. It is a cheap test that spares most calls of
// distance.
func sameStart(a, b string) bool {
	return a[0] == b[0] || len(b) > 1 && (a[0] == b[1] || a[1] == b[0] || a[1] == b[1])
}

// distance is by how many slips a typed word differs from the start of another. A slip is a letter that is missing,
// extra or wrong, or two letters in the wrong order. Above most, the result is only some number above most. It compares
// bytes, since the few letters beyond ASCII hardly matter.
//
// This is the Damerau-Levenshtein distance: row[j] is the distance of typed[:i] from word[:j].
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
		lowest := i
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
			lowest = min(lowest, d)
		}
		if lowest > most {
			return most + 1
		}
		prev2, prev, row = prev, row, prev2
	}
	return slices.Min(prev[:len(word)+1])
}
