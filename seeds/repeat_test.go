package seeds_test

import (
	"regexp"
	"strings"
)

// shingleWords is how many words in a row two KSBs may not share; sentenceWords is from where a short sentence counts.
const (
	shingleWords  = 8
	sentenceWords = 5
)

// shared are runs of words that two KSBs may both use, with the reason.
var shared = map[string]string{}

var (
	sentenceGap = regexp.MustCompile(`[.?!]'?\s+`)
	notWord     = regexp.MustCompile(`[^a-z0-9]+`)
)

// normal is a text in lower case with single spaces between words and no punctuation.
func normal(text string) string {
	return strings.TrimSpace(notWord.ReplaceAllString(strings.ToLower(text), " "))
}

// shingles are the runs of n words of a text.
func shingles(text string, n int) []string {
	words := strings.Fields(normal(text))
	var out []string
	for i := 0; i+n <= len(words); i++ {
		out = append(out, strings.Join(words[i:i+n], " "))
	}
	return out
}

// checkRepeats finds sentences, and long runs of words, that serve two KSBs. Scope notes may be alike, since they say
// the same law of every skill; roles to ask are names.
func checkRepeats(entries []entry) problems {
	var ps problems
	sentences, runs := map[string]field{}, map[string]field{}
	for _, e := range entries {
		for _, f := range e.fields() {
			if f.kind == "scope" || f.kind == "action who" {
				continue
			}
			ps = append(ps, repeated(sentences, f)...)
			ps = append(ps, overlap(runs, f)...)
		}
	}
	return ps
}

func repeated(seen map[string]field, f field) problems {
	var ps problems
	for _, s := range sentenceGap.Split(f.text, -1) {
		s = normal(s)
		if len(strings.Fields(s)) < sentenceWords {
			continue
		}
		if g, ok := seen[s]; ok && g.file != f.file {
			ps.add(f, "write it for this KSB alone", "the sentence %q stands in %s, %s too", s, g.file, g.key)
			continue
		}
		seen[s] = f
	}
	return ps
}

// overlap reports the first run of words that a field shares with another file.
func overlap(seen map[string]field, f field) problems {
	var ps problems
	for _, s := range shingles(f.text, shingleWords) {
		g, ok := seen[s]
		if !ok {
			seen[s] = f
			continue
		}
		if g.file != f.file && shared[s] == "" && len(ps) == 0 {
			ps.add(f, "word it differently, or allow it with a reason in repeat_test.go", "%q stands in %s, %s too", s, g.file, g.key)
		}
	}
	return ps
}
