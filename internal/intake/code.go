package intake

import (
	"cmp"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/lazy"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/search"
	"github.com/ksbcoach/ksbcoach/internal/sorting"
	"github.com/ksbcoach/ksbcoach/internal/standard"
)

// codeForm is a code within a text: K7, K07, S-17, (K7), ST0413_K7.
var codeForm = lazy.Value[*regexp.Regexp]{Make: func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)(?:^|[^a-z0-9])([ksb])[ .\-]?0{0,2}([1-9][0-9]?)(\.[0-9a-z]+)?(?:$|[^a-z0-9])`)
}}

// kindForm is a code with its kind in full, which a text begins with: Knowledge 7, Skill 17.
var kindForm = lazy.Value[*regexp.Regexp]{Make: func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)^([ksb])(?:nowledge|kill|ehaviou?r)s?\s*(?:no\.?|#|:)?\s*([0-9]{1,2})\b`)
}}

const longestStatement = 3000 // how much of a cell is looked at for a code or a wording

type meant struct {
	ids   []string
	doubt string
	says  string // why it is none
}

// codesIn are the codes of this standard in a text, each once, with the first part of one that has parts, such as
// K7.1, or "". lead says that the text begins with the first one.
func codesIn(text string, std *standard.Standard) (ids []string, part string, lead bool) {
	text = text[:min(len(text), longestStatement)]
	if m := kindForm.Get().FindStringSubmatch(text); m != nil {
		text = m[1] + m[2] + text[len(m[0]):]
	}
	for at := 0; at < len(text); {
		m := codeForm.Get().FindStringSubmatchIndex(text[at:])
		if m == nil {
			break
		}
		id := strings.ToUpper(text[at+m[2]:at+m[3]]) + text[at+m[4]:at+m[5]]
		if _, ok := std.KSB(id); ok {
			if len(ids) == 0 {
				lead = strings.Trim(text[:at+m[2]], " ([{*•-\t") == ""
			}
			if m[6] >= 0 && part == "" {
				part = id + text[at+m[6]:at+m[7]]
			}
			if !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
		at += m[5] // the sign behind a code may be the one before the next
	}
	return ids, part, lead
}

// wordings measures how alike a text is to each statement of a standard, by the words that they share; a word that
// many statements have counts less.
type wordings struct {
	std    *standard.Standard
	worth  map[string]float64
	of     []map[string]bool // by statement: its words
	weight []float64         // and what they are worth together
	known  map[string]meant
	names  Scale // our levels by their names
}

func newWordings(std *standard.Standard, own *level.Scale) *wordings {
	w := &wordings{std: std, worth: map[string]float64{}, known: map[string]meant{}, names: levelsOf(own)}
	in := map[string]int{}
	for _, k := range std.KSBs {
		set := wordSet(k.Text)
		for word := range set {
			in[word]++
		}
		w.of = append(w.of, set)
	}
	n := float64(len(std.KSBs))
	for word, count := range in {
		w.worth[word] = math.Log((n + 1) / float64(count))
	}
	for _, set := range w.of {
		w.weight = append(w.weight, w.total(set))
	}
	return w
}

func wordSet(text string) map[string]bool {
	set := map[string]bool{}
	for _, word := range search.Words(text) {
		set[word] = true
	}
	return set
}

func (w *wordings) total(set map[string]bool) float64 {
	sum := 0.0
	for word := range set {
		sum += w.value(word)
	}
	return sum
}

// value is what a word counts; one of no statement counts as one of a few.
func (w *wordings) value(word string) float64 {
	if v, ok := w.worth[word]; ok {
		return v
	}
	return 2
}

// How alike a text and a statement are, from 0 to 1, where it is taken for the same without asking, and where asking
// is worth it; and how far ahead of the next it has to be.
const (
	surelyAlike = 0.8
	maybeAlike  = 0.45
	ahead       = 0.12
	leastWords  = 3
)

// alike is how alike a text is to each statement, the likest first.
func (w *wordings) alike(text string) (list []likeness) {
	set := wordSet(text[:min(len(text), longestStatement)])
	if len(set) < leastWords {
		return nil
	}
	total := w.total(set)
	for i, of := range w.of {
		shared := 0.0
		for word := range set {
			if of[word] {
				shared += w.worth[word]
			}
		}
		if sum := total + w.weight[i]; sum > 0 {
			list = append(list, likeness{w.std.KSBs[i].ID, 2 * shared / sum})
		}
	}
	sorting.By(list, func(a, b likeness) int { return cmp.Compare(b.much, a.much) })
	return list
}

type likeness struct {
	id   string
	much float64
}

// byWording is the KSB whose statement a text is.
func (w *wordings) byWording(text string) meant {
	if m, ok := w.known[text]; ok {
		return m
	}
	m := meant{says: "no code, and not the wording of a KSB"}
	if list := w.alike(text); len(list) > 1 && list[0].much >= maybeAlike {
		first, next := list[0], list[1]
		switch {
		case first.much < next.much+ahead:
			m.says = fmt.Sprintf("no code, and it may be %s or %s", first.id, next.id)
		case first.much >= surelyAlike:
			m = meant{ids: []string{first.id}}
		default:
			m = meant{ids: []string{first.id}, doubt: "no code: its wording is nearest to that of " + first.id}
		}
	}
	w.known[text] = m
	return m
}

// meant is which KSB the code and the statement of a row say, either of which may be empty.
func (w *wordings) meant(code, wording string) meant {
	ids, part, _ := codesIn(code, w.std)
	if len(ids) == 0 {
		in, partIn, lead := codesIn(wording, w.std)
		switch {
		case len(in) == 1 || lead:
			ids, part = in[:1], partIn
		case len(in) > 1:
			return meant{says: "it names " + strings.Join(in, ", ") + ", and does not begin with one of them"}
		case strings.TrimSpace(code+wording) == "":
			return meant{says: "no code and no wording"}
		case strings.TrimSpace(wording) == "":
			return meant{says: "this is no code of " + w.std.Reference}
		default:
			return w.byWording(wording)
		}
	}
	m := meant{ids: ids}
	switch other := w.other(ids, wording); {
	case len(ids) > 1:
		m.doubt = "one row for " + strings.Join(ids, ", ")
	case part != "":
		m.doubt = part + " is a part of " + ids[0]
	case other != "":
		m.doubt = fmt.Sprintf("the code is %s, the wording that of %s", ids[0], other)
	}
	return m
}

// other is the KSB whose statement a row has beside the code of another, as in an older version of a standard; "" for
// none.
func (w *wordings) other(ids []string, wording string) string {
	list := w.alike(wording)
	if len(list) == 0 || list[0].much < surelyAlike || slices.Contains(ids, list[0].id) {
		return ""
	}
	if slices.ContainsFunc(list, func(x likeness) bool { return slices.Contains(ids, x.id) && x.much > maybeAlike }) {
		return ""
	}
	return list[0].id
}
