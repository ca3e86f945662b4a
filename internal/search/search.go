// Package search finds a KSB, a goal or a piece of evidence by what people call it: a code, a title, a word that is
// used in the field, the wording, the coaching, a fact card, or something that the learner wrote. It forgives a slip or
// two. It knows neither the library nor the terminal: what may be found is handed to it as texts.
//
// Words are compared folded, that is without capitals, plurals and spelling variants (see fold). A thing is found if
// one of its texts, together with its names, has the words of the query; how well depends on where each word is.
package search

import (
	"cmp"
	"maps"
	"math/bits"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/sorting"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// Where is the kind of text in which something was found.
type Where int

// The kinds of text. Those up to inGroup name a thing; the others say something about it.
const (
	inCode     Where = iota
	inAlias          // a word that is used in the field
	inTitle          // the short title of a KSB, or the words of a goal or a piece of evidence
	inWording        // the published wording
	inFor            // the KSBs that a goal or a piece of evidence is for
	inGroup          // the duty or the kind
	inDetail         // an action or a reason of a goal; the place or witness of evidence
	inNote           // a note by the learner, or one that they may see
	inFact           // a fact card
	inCoaching       // what the coach says
)

// weight is the score of a whole word in a text of that kind.
var weight = [...]float64{
	inCode: 100, inAlias: 70, inTitle: 60, inWording: 40, inFor: 20, inGroup: 20,
	inDetail: 34, inNote: 36, inFact: 28, inCoaching: 16,
}

func (w Where) names() bool { return w <= inGroup }

// shown says whether every hit is shown with such a text anyway.
func (w Where) shown() bool { return w == inCode || w == inTitle || w == inFor }

// Thing is what is found. Exactly one of its fields is set.
type Thing struct {
	KSB   string // a code
	Goal  string // the ID of a goal
	Piece string // the ID of a piece of evidence
	Act   string // the ID of something that one can do
}

// Kind says what it is: "Goal", "Evidence", or for a KSB its code.
func (t Thing) Kind() string {
	switch {
	case t.Goal != "":
		return "Goal"
	case t.Piece != "":
		return "Evidence"
	}
	return t.KSB
}

// Title is what it is called: the short title of a KSB, from title, or what the learner called it.
func (t Thing) Title(p profile.Profile, title func(ksb string) string) string {
	if t.KSB != "" {
		return title(t.KSB)
	}
	if g, ok := p.Goal(t.Goal); ok {
		return g.Text.Line()
	}
	e, _ := p.Piece(t.Piece)
	return e.Title.Line()
}

// KSBs are the codes of the KSBs that it is for.
func (t Thing) KSBs(p profile.Profile) []string {
	if t.KSB != "" {
		return []string{t.KSB}
	}
	if g, ok := p.Goal(t.Goal); ok {
		return g.KSBs
	}
	e, _ := p.Piece(t.Piece)
	return e.KSBs
}

// Text is one text by which a thing is found.
type Text struct {
	Of     Thing
	Where  Where
	Label  string // what the text is, as a sentence says it: "the fact card on hand hygiene", "your note of 5 Nov"
	Text   string // cleaned for showing
	Action string // for a text of a goal: the ID of the action that it is about
	Later  int    // the position of the thing in a list of several that share the text; 0 fits best
}

const laterPenalty = 3 // how much less a text counts for each place that it is later

// Index is texts that can be searched. It does not change once it is made.
type Index struct {
	texts     []Text
	named     []string  // for each text that names something, all its words, folded
	words     []string  // every word, folded and sorted
	textsWith [][]int32 // for each of words, the positions of the texts that have it
}

// New makes an index. Equally good hits come in the order in which texts first has them.
func New(texts []Text) *Index {
	x := &Index{texts: texts, named: make([]string, len(texts))}
	textsWith := map[string][]int32{}
	folded := folder{}
	var list []string // the words of the text; often it is the same as the one before, and need not be read again
	for i, t := range texts {
		if i == 0 || t.Text != texts[i-1].Text {
			list = folded.words(t.Text)
		}
		if t.Where.names() {
			x.named[i] = strings.Join(list, " ")
		}
		for _, word := range list {
			if !t.Where.names() && stopWords.Get()[word] {
				continue
			}
			if with := textsWith[word]; len(with) == 0 || with[len(with)-1] != int32(i) {
				textsWith[word] = append(with, int32(i))
			}
		}
	}
	x.words = slices.Sorted(maps.Keys(textsWith))
	x.textsWith = lists.Each(x.words, func(word string) []int32 { return textsWith[word] })
	return x
}

// Hit is one thing that was found, with the text that best explains why.
type Hit struct {
	Text
	terms []string
	score float64
	place int
}

// ComesClosest is what to say above hits of a Partial find.
const ComesClosest = "Nothing has all of these words; these come closest."

// Found is the result of a search, the best hits first.
type Found struct {
	Hits    []Hit
	Partial bool // nothing has all of the words; these have the most of them
}

// Fitting are the best hits, at most n, or none if they do not have all of the words.
func (f Found) Fitting(n int) []Hit {
	if f.Partial {
		return nil
	}
	return f.Hits[:min(n, len(f.Hits))]
}

// Meant is Fitting for a query that is complete: it is empty if all words are stop words such as "the". While the query
// is still being typed, use Fitting, because such a word may be the start of another.
func (f Found) Meant(n int) []Hit {
	matters := func(word string) bool { return !stopWords.Get()[word] }
	if len(f.Hits) == 0 || !slices.ContainsFunc(f.Hits[0].terms, matters) {
		return nil
	}
	return f.Fitting(n)
}

const maxTerms = 8 // how many words of a query count; match.has has a bit for each

// match is what a text, or several together, have of a query.
type match struct {
	has   uint8 // a bit for each word
	value [maxTerms]float64
}

func (m *match) add(term int, v float64) {
	m.has |= 1 << term
	m.value[term] = max(m.value[term], v)
}

// thingMatch is what all texts of one thing together have of a query.
type thingMatch struct {
	place int   // for the order of equal hits
	named match // of all texts that name it
	texts []int // positions in the list of candidates
}

// candidate is a text that has at least one word of the query.
type candidate struct {
	text  Text
	exact bool // it is the query and nothing else
	match match
}

// Find searches several indexes as if they were one. A query without words finds everything that has a code, in the
// order of the indexes.
func Find(query string, in ...*Index) Found {
	terms := parseQuery(query)
	if len(terms) == 0 {
		return everything(in)
	}
	s := finder{
		terms: terms, phrase: strings.Join(folder{}.words(query), " "), in: in,
		things: map[Thing]*thingMatch{}, at: map[[2]int]int{},
	}
	for i, term := range terms {
		s.lookUp(i, term)
	}
	return s.found()
}

func everything(in []*Index) (f Found) {
	seen := map[Thing]bool{}
	for _, x := range in {
		for _, t := range x.texts {
			if t.Of.KSB != "" && !seen[t.Of] {
				seen[t.Of] = true
				f.Hits = append(f.Hits, Hit{Text: t})
			}
		}
	}
	return f
}

// finder is one search.
type finder struct {
	terms  []string
	phrase string // the whole query, folded
	in     []*Index
	things map[Thing]*thingMatch
	all    []candidate
	at     map[[2]int]int // from an index and a text in it to its candidate
}

// lookUp adds the texts that have a word of the query, as a whole word or at the start of one. If there are none, it
// adds those that have it inside a word or with a slip.
func (s *finder) lookUp(term int, typed string) {
	hit := false
	for i, x := range s.in {
		x.startingWith(typed, func(word int, quality float64) {
			hit = true
			s.add(i, word, term, quality)
		})
	}
	if hit {
		return
	}
	for i, x := range s.in {
		x.similar(typed, func(word int, quality float64) { s.add(i, word, term, quality) })
	}
}

// add notes that the texts with a word of an index have a term of the query, and how well it fits.
func (s *finder) add(index, word, term int, quality float64) {
	x := s.in[index]
	for _, id := range x.textsWith[word] {
		t := x.texts[id]
		if len(s.terms[term]) == 1 && !t.Where.names() {
			continue // a single letter begins a word in half of all texts
		}
		key := [2]int{index, int(id)}
		c, ok := s.at[key]
		if !ok {
			c = len(s.all)
			s.at[key] = c
			s.all = append(s.all, candidate{text: t, exact: t.Where.names() && x.named[id] == s.phrase})
			if s.things[t.Of] == nil {
				s.things[t.Of] = &thingMatch{place: index<<24 | int(id)}
			}
			s.things[t.Of].texts = append(s.things[t.Of].texts, c)
		}
		value := (weight[t.Where] - laterPenalty*float64(t.Later)) * quality
		s.all[c].match.add(term, value)
		if t.Where.names() {
			s.things[t.Of].named.add(term, value)
		}
	}
}

// exactBonus is added to the score of a text that is the query and nothing else.
const exactBonus = 120

// found ranks the things, and leaves out those that have fewer words of the query than others.
func (s *finder) found() (f Found) {
	most := 0
	for of, t := range s.things {
		best, has := s.best(of, t)
		switch {
		case has > most:
			most, f.Hits = has, f.Hits[:0]
		case has < most:
			continue
		}
		f.Hits = append(f.Hits, best)
	}
	sorting.By(f.Hits, func(a, b Hit) int { return cmp.Or(cmp.Compare(b.score, a.score), a.place-b.place) })
	f.Partial = most < len(s.terms)
	return f
}

// best is the hit for one thing, and how many words of the query it has. Those must be in one of its texts or in its
// names: two words far apart in the coaching of a KSB say nothing about it.
func (s *finder) best(of Thing, t *thingMatch) (best Hit, most int) {
	best.Of, best.place, most = of, t.place, -1
	var plain Text
	for _, c := range t.texts {
		x := &s.all[c]
		has := bits.OnesCount8(x.match.has | t.named.has)
		score, own := 0.0, 0.0
		for i := range s.terms {
			score += max(x.match.value[i], t.named.value[i])
			own += x.match.value[i]
		}
		if x.exact {
			score += exactBonus - laterPenalty*float64(x.text.Later)
		}
		score += own / 1000 // of two texts with equal scores, the one that has more words itself
		if has > most || has == most && score > best.score {
			most = has
			best = Hit{Text: x.text, score: score, place: t.place}
		}
		if x.text.Where.shown() && bits.OnesCount8(x.match.has) == len(s.terms) {
			plain = x.text
		}
	}
	if plain.Of == of {
		best.Text = plain // all words are in what is shown anyway, so no other text needs to explain the hit
	}
	best.terms = s.terms
	return best, most
}

// Tells says whether the text says more than the code and title with which a hit is shown anyway.
func (h Hit) Tells() bool { return len(h.terms) > 0 && !h.Where.shown() }

// Read is the text at which to open the page of a KSB; "" if the hit is one of its names or no KSB.
func (h Hit) Read() string {
	if h.Where.names() || h.Of.KSB == "" {
		return ""
	}
	return h.Text.Text
}

// minExcerpt is how many characters of a text are shown after its label, even if there is less room.
const minExcerpt = 24

// Says says where the words were found, and shows them, in about room characters: "Your note, 5 Nov 2026: … the probe
// was cold …". Cut is the sign for what is left out.
func (h Hit) Says(room int, cut string) string {
	says := words.Capital(h.Label)
	if strings.HasSuffix(h.Label, h.Text.Text) {
		return says
	}
	return says + ": " + h.excerpt(max(room-len([]rune(says))-2, minExcerpt), cut)
}

// excerpt is the part of the text with the first word found, in whole words and at most room characters, with cut where
// words are left out.
func (h Hit) excerpt(room int, cut string) string {
	text := []rune(h.Text.Text)
	if len(text) <= room {
		return string(text)
	}
	at, mark := h.first(), len([]rune(cut))
	from := max(min(at-(room-2*mark)/4, len(text)-room+mark), 0)
	for from > 0 && text[from-1] != ' ' && from < at {
		from++
	}
	if from > 0 {
		room -= mark
	}
	to := len(text)
	if from+room < to {
		to = from + max(room-mark, 0)
	}
	for to < len(text) && to > from && text[to] != ' ' {
		to--
	}
	out := strings.TrimSpace(string(text[from:to]))
	if from > 0 {
		out = cut + out
	}
	if to < len(text) {
		out = strings.TrimRight(out, ",;:") + cut
	}
	return out
}

// first is the position, in characters, of the first word of the text that fits the query.
func (h Hit) first() int {
	for at, word := range wordsAt(h.Text.Text) {
		folded := fold(word)
		for _, term := range h.terms {
			if _, ok := fits(term, folded); ok {
				return len([]rune(h.Text.Text[:at]))
			}
		}
	}
	return 0
}
