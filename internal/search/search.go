// Package search finds a KSB, a goal or a piece of evidence by what people call it: a code, a title, a word of the
// field, the wording, the coaching, a fact card, or something that the learner wrote. It forgives a slip or two. It
// knows neither the library nor the terminal: what may be found is handed to it as texts.
package search

import (
	"cmp"
	"math/bits"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/sorting"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// Where is the kind of text in which something was found.
type Where int

// The kinds of text, the most telling first. Those up to inGroup name a thing; the others say something about it.
const (
	inCode     Where = iota
	inAlias          // a word of the field
	inTitle          // the short title of a KSB, or the words of a goal or a piece of evidence
	inWording        // the published wording
	inFor            // the KSBs that a goal or a piece of evidence is for
	inGroup          // the duty or the kind
	inDetail         // an action or a reason of a goal; the place or witness of evidence
	inNote           // a note of the learner's, or one that they may see
	inFact           // a fact card
	inCoaching       // what the coach says
)

// weight is what a whole word counts that stands in such a text.
var weight = [...]float64{
	inCode: 100, inAlias: 70, inTitle: 60, inWording: 40, inFor: 20, inGroup: 20,
	inDetail: 34, inNote: 36, inFact: 28, inCoaching: 16,
}

func (w Where) names() bool { return w <= inGroup }

// shown says whether a text is on the line of a hit in any case.
func (w Where) shown() bool { return w == inCode || w == inTitle || w == inFor }

// Thing is what is found. One of its fields is given.
type Thing struct {
	KSB   string // a code
	Goal  string // the ID of a goal
	Piece string // the ID of a piece of evidence
	Act   string // the ID of something that one can do
}

// Kind says what it is: the code of a KSB, "Goal" or "Evidence".
func (t Thing) Kind() string {
	switch {
	case t.Goal != "":
		return "Goal"
	case t.Piece != "":
		return "Evidence"
	}
	return t.KSB
}

// Title is what it is called: the short title of a KSB, which title gives, or the words of the learner's own.
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

// KSBs are those that it is for.
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
	Action string // of a goal: the ID of the action that it is about
	Later  int    // 0 where it fits best; 1, 2 and so on where it stands second or third for one name
}

const later = 3 // how much less a text counts for each place that it stands later

// Index is texts that can be searched. It does not change once it is made.
type Index struct {
	texts []Text
	named []string       // all the words of a text that names something, folded
	words []string       // every word, folded and sorted
	found map[string]int // where a word is in words
	in    [][]int32      // by word: the texts that have it
}

// New makes an index. Things of equal rank are found in the order in which the texts first name them.
func New(texts []Text) *Index {
	x := &Index{texts: texts, named: make([]string, len(texts)), found: map[string]int{}}
	in, f := map[string][]int32{}, folder{}
	// the words of the text, which is often that of the one before: a word of the field has several KSBs
	var list []string
	for i, t := range texts {
		if i == 0 || t.Text != texts[i-1].Text {
			list = f.words(t.Text)
		}
		if t.Where.names() {
			x.named[i] = strings.Join(list, " ")
		}
		for _, word := range list {
			if !t.Where.names() && idle.Get()[word] {
				continue
			}
			if of := in[word]; len(of) == 0 || of[len(of)-1] != int32(i) {
				in[word] = append(of, int32(i))
			}
		}
	}
	for word := range in {
		x.words = append(x.words, word)
	}
	slices.Sort(x.words)
	x.in = make([][]int32, len(x.words))
	for i, word := range x.words {
		x.found[word], x.in[i] = i, in[word]
	}
	return x
}

// Hit is one thing that was found, with the text that best says why.
type Hit struct {
	Text
	terms []string
	score float64
	place int
}

// Found is what a search gave, the best first.
type Found struct {
	Hits    []Hit
	Partial bool // nothing has all of the words; these have the most of them
}

// Fitting are the best of the hits that have all of the words, at most n.
func (f Found) Fitting(n int) []Hit {
	if f.Partial {
		return nil
	}
	return f.Hits[:min(n, len(f.Hits))]
}

// Meant is Fitting for words that are complete: none where all of them are such as "the", which name nothing. While a
// word is typed it may begin as one of those does.
func (f Found) Meant(n int) []Hit {
	busy := func(word string) bool { return !idle.Get()[word] }
	if len(f.Hits) == 0 || !slices.ContainsFunc(f.Hits[0].terms, busy) {
		return nil
	}
	return f.Fitting(n)
}

const mostTerms = 8 // how many words of a query are looked at

// match is what one text has of a query.
type match struct {
	has   uint8 // a bit for each word
	value [mostTerms]float64
}

func (m *match) add(term int, v float64) {
	m.has |= 1 << term
	m.value[term] = max(m.value[term], v)
}

// thing gathers what the texts of one thing have.
type thing struct {
	place int
	named match // by all texts that name it together
	texts []int // into a list of candidates
}

// candidate is a text with what it has.
type candidate struct {
	text  Text
	same  bool // it is the query, and nothing else
	match match
}

// Find searches indexes as one. A query without words finds everything that has a code, in its order.
func Find(query string, in ...*Index) Found {
	terms := read(query)
	if len(terms) == 0 {
		return everything(in)
	}
	s := seeking{
		terms: terms, phrase: strings.Join(folder{}.words(query), " "), in: in,
		things: map[Thing]*thing{}, at: map[[2]int]int{},
	}
	for i, term := range terms {
		s.look(i, term)
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

type seeking struct {
	terms  []string
	phrase string
	in     []*Index
	things map[Thing]*thing
	all    []candidate
	at     map[[2]int]int // index and text -> candidate
}

// look notes the texts that have one word: as it stands or at the beginning of a word; failing that inside one, or with
// a slip.
func (s *seeking) look(term int, word string) {
	hit := false
	for i, x := range s.in {
		x.begun(word, func(w int, quality float64) {
			hit = true
			s.note(i, w, term, quality, word)
		})
	}
	if hit {
		return
	}
	for i, x := range s.in {
		x.near(word, func(w int, quality float64) { s.note(i, w, term, quality, word) })
	}
}

func (s *seeking) note(index, word, term int, quality float64, query string) {
	x := s.in[index]
	for _, id := range x.in[word] {
		t := x.texts[id]
		if len(query) == 1 && !t.Where.names() {
			continue // a single letter begins half of all texts
		}
		key := [2]int{index, int(id)}
		c, ok := s.at[key]
		if !ok {
			c = len(s.all)
			s.at[key] = c
			s.all = append(s.all, candidate{text: t, same: t.Where.names() && x.named[id] == s.phrase})
			if s.things[t.Of] == nil {
				s.things[t.Of] = &thing{place: index<<24 | int(id)}
			}
			s.things[t.Of].texts = append(s.things[t.Of].texts, c)
		}
		v := (weight[t.Where] - later*float64(t.Later)) * quality
		s.all[c].match.add(term, v)
		if t.Where.names() {
			s.things[t.Of].named.add(term, v)
		}
	}
}

const same = 120 // what it adds that a text is the query and nothing else

// found ranks the things: a thing counts where one of its texts, together with its names, has the words.
func (s *seeking) found() (f Found) {
	most := 0
	for of, t := range s.things {
		best, has, plain := Hit{place: t.place}, -1, Text{}
		best.Of = of
		for _, c := range t.texts {
			x := &s.all[c]
			n := bits.OnesCount8(x.match.has | t.named.has)
			score, own := 0.0, 0.0
			for i := range s.terms {
				score += max(x.match.value[i], t.named.value[i])
				own += x.match.value[i]
			}
			if x.same {
				score += same - later*float64(x.text.Later)
			}
			score += own / 1000 // of two texts the one that has more of it says why
			if n > has || n == has && score > best.score {
				best, has = Hit{Text: x.text, score: score, place: t.place}, n
			}
			if x.text.Where.shown() && bits.OnesCount8(x.match.has) == len(s.terms) {
				plain = x.text
			}
		}
		if plain.Of == of { // what is on its line anyway needs no other reason
			best.Text = plain
		}
		switch {
		case has > most:
			most, f.Hits = has, f.Hits[:0]
		case has < most:
			continue
		}
		best.terms = s.terms
		f.Hits = append(f.Hits, best)
	}
	sorting.By(f.Hits, func(a, b Hit) int { return cmp.Or(cmp.Compare(b.score, a.score), a.place-b.place) })
	f.Partial = most < len(s.terms)
	return f
}

// Tells says whether the text tells more than the code and the title that a hit is shown with.
func (h Hit) Tells() bool { return len(h.terms) > 0 && !h.Where.shown() }

// Read is the text to go on reading where the KSB is told about; "" where that is its name.
func (h Hit) Read() string {
	if h.Where.names() || h.Of.KSB == "" {
		return ""
	}
	return h.Text.Text
}

// leastExcerpt is how many characters of a text are shown behind what it is, even where that is more than there is
// room.
const leastExcerpt = 24

// Says says where it was found, with the words that were found there: "Your note, 5 Nov 2026: … the probe was cold …".
func (h Hit) Says(room int, cut string) string {
	says := words.Capital(h.Label)
	if strings.HasSuffix(h.Label, h.Text.Text) {
		return says
	}
	return says + ": " + h.excerpt(max(room-len([]rune(says))-2, leastExcerpt), cut)
}

// excerpt is the part of the text where it was found, in so many characters at most; whole words, with cut where some
// are left out.
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

// first is where the first word of the query stands in the text, counted in characters.
func (h Hit) first() int {
	for at, word := range placed(h.Text.Text) {
		folded := fold(word)
		for _, term := range h.terms {
			if _, ok := fits(term, folded); ok {
				return len([]rune(h.Text.Text[:at]))
			}
		}
	}
	return 0
}
