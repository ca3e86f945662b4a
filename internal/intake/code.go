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

// codePattern finds a code within a text: K7, K07, S-17, (K7), ST0413_K7; also with a part, such as K7.1.
var codePattern = lazy.Value[*regexp.Regexp]{Make: func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)(?:^|[^a-z0-9])([ksb])[ .\-]?0{0,2}([1-9][0-9]?)(\.[0-9a-z]+)?(?:$|[^a-z0-9])`)
}}

// kindPattern finds a code at the beginning of a text with its kind written out: Knowledge 7, Skill 17.
var kindPattern = lazy.Value[*regexp.Regexp]{Make: func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)^([ksb])(?:nowledge|kill|ehaviou?r)s?\s*(?:no\.?|#|:)?\s*([0-9]{1,2})\b`)
}}

const longestText = 3000 // how many bytes of a cell are searched for a code or compared with the wording of KSBs

// match is what a row was taken to be about.
type match struct {
	ksbs    []string // several where one row names several
	doubt   string   // why they may be the wrong ones; "" for none
	whyNone string   // why no KSB was recognised
}

// codesIn finds the codes of this standard in a text, each once. part is the first one with a part, such as K7.1, or
// "". leads says that the text begins with the first code.
func codesIn(text string, std *standard.Standard) (ksbs []string, part string, leads bool) {
	text = text[:min(len(text), longestText)]
	if found := kindPattern.Get().FindStringSubmatch(text); found != nil {
		text = found[1] + found[2] + text[len(found[0]):]
	}
	for at := 0; at < len(text); {
		found := codePattern.Get().FindStringSubmatchIndex(text[at:])
		if found == nil {
			break
		}
		ksb := strings.ToUpper(text[at+found[2]:at+found[3]]) + text[at+found[4]:at+found[5]]
		if _, ok := std.KSB(ksb); ok {
			if len(ksbs) == 0 {
				leads = strings.Trim(text[:at+found[2]], " ([{*•-\t") == ""
			}
			if found[6] >= 0 && part == "" {
				part = ksb + text[at+found[6]:at+found[7]]
			}
			if !slices.Contains(ksbs, ksb) {
				ksbs = append(ksbs, ksb)
			}
		}
		at += found[5] // not past the separator, which may also come before the next code
	}
	return ksbs, part, leads
}

// A matcher recognises the KSB of a row by its code, or by how many words it shares with each statement of the
// standard. A word that many statements have weighs less.
type matcher struct {
	std        *standard.Standard
	weights    map[string]float64
	wordSets   []map[string]bool // the words of each statement, in the order of std.KSBs
	setWeights []float64         // the sum of the weights of each set
	cache      map[string]match  // by wording
	levelNames Scale             // our levels by their names
}

func newMatcher(std *standard.Standard, scale *level.Scale) *matcher {
	m := &matcher{std: std, weights: map[string]float64{}, cache: map[string]match{}, levelNames: levelNameScale(scale)}
	statements := map[string]int{} // how many have each word
	for _, k := range std.KSBs {
		set := wordSet(k.Text)
		for word := range set {
			statements[word]++
		}
		m.wordSets = append(m.wordSets, set)
	}
	n := float64(len(std.KSBs))
	for word, count := range statements {
		m.weights[word] = math.Log((n + 1) / float64(count))
	}
	for _, set := range m.wordSets {
		m.setWeights = append(m.setWeights, m.weightOf(set))
	}
	return m
}

func wordSet(text string) map[string]bool {
	set := map[string]bool{}
	for _, word := range search.Words(text) {
		set[word] = true
	}
	return set
}

func (m *matcher) weightOf(set map[string]bool) float64 {
	sum := 0.0
	for word := range set {
		sum += m.weight(word)
	}
	return sum
}

// weight is what a word counts. A word of no statement counts like one that a few have.
func (m *matcher) weight(word string) float64 {
	if v, ok := m.weights[word]; ok {
		return v
	}
	return 2
}

// When a text is taken for a statement. Scores go from 0 to 1.
const (
	sureScore     = 0.8  // from here on without doubt
	possibleScore = 0.45 // from here on in doubt
	leastLead     = 0.12 // how much better than the next statement it has to be
	leastWords    = 3    // texts with fewer are not compared
)

// rank scores how similar a text is to each statement, the most similar first; nil for a text that is too short.
func (m *matcher) rank(text string) (list []candidate) {
	set := wordSet(text[:min(len(text), longestText)])
	if len(set) < leastWords {
		return nil
	}
	total := m.weightOf(set)
	for i, words := range m.wordSets {
		shared := 0.0
		for word := range set {
			if words[word] {
				shared += m.weights[word]
			}
		}
		if sum := total + m.setWeights[i]; sum > 0 {
			list = append(list, candidate{m.std.KSBs[i].ID, 2 * shared / sum})
		}
	}
	sorting.By(list, func(a, b candidate) int { return cmp.Compare(b.score, a.score) })
	return list
}

type candidate struct {
	ksb   string
	score float64
}

// matchWording finds the KSB with this statement.
func (m *matcher) matchWording(text string) match {
	if got, ok := m.cache[text]; ok {
		return got
	}
	got := match{whyNone: "it has no code, and its wording is not that of a KSB"}
	if list := m.rank(text); len(list) > 1 && list[0].score >= possibleScore {
		first, next := list[0], list[1]
		switch {
		case first.score < next.score+leastLead:
			got.whyNone = fmt.Sprintf("it has no code, and may be %s or %s", first.ksb, next.ksb)
		case first.score >= sureScore:
			got = match{ksbs: []string{first.ksb}}
		default:
			doubt := "it has no code, and its wording is closest to that of " + first.ksb
			got = match{ksbs: []string{first.ksb}, doubt: doubt}
		}
	}
	m.cache[text] = got
	return got
}

// matchRow finds the KSB of a row from its code and its wording, either of which may be empty. The code wins, but is in
// doubt where the wording is clearly that of another KSB.
func (m *matcher) matchRow(code, wording string) match {
	ksbs, part, _ := codesIn(code, m.std)
	if len(ksbs) == 0 {
		named, namedPart, leads := codesIn(wording, m.std)
		switch {
		case len(named) == 1 || leads:
			ksbs, part = named[:1], namedPart
		case len(named) > 1:
			return match{whyNone: "it names " + strings.Join(named, ", ") + ", and begins with none of them"}
		case strings.TrimSpace(code+wording) == "":
			return match{whyNone: "it has no code and no wording"}
		case strings.TrimSpace(wording) == "":
			return match{whyNone: "this is not a code of " + m.std.Reference}
		default:
			return m.matchWording(wording)
		}
	}
	got := match{ksbs: ksbs}
	switch other := m.otherWording(ksbs, wording); {
	case len(ksbs) > 1:
		got.doubt = "one row for " + strings.Join(ksbs, ", ")
	case part != "":
		got.doubt = part + " is a part of " + ksbs[0]
	case other != "":
		got.doubt = fmt.Sprintf("the code is %s, but the wording is that of %s", ksbs[0], other)
	}
	return got
}

// otherWording is the KSB whose wording a row clearly has, although it has the code of another one, as in a scan for
// an older version of the standard; "" for none.
func (m *matcher) otherWording(ksbs []string, wording string) string {
	list := m.rank(wording)
	if len(list) == 0 || list[0].score < sureScore || slices.Contains(ksbs, list[0].ksb) {
		return ""
	}
	possible := func(x candidate) bool { return slices.Contains(ksbs, x.ksb) && x.score > possibleScore }
	if slices.ContainsFunc(list, possible) {
		return ""
	}
	return list[0].ksb
}
