package intake

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/lazy"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// Scale is what the answers of a file mean as levels.
type Scale struct {
	name      string // as --scale takes it
	text      string // as a sentence says it
	low, high float64
	levels    map[string]level.Level // for answers in words; nil for numbers
}

// String is the scale as a sentence says it, such as "1 to 9".
func (s Scale) String() string { return s.text }

// Name is the scale as --scale takes it, such as "1-9".
func (s Scale) Name() string { return s.name }

// The words of the scales that have names, with the level that each stands for. Green, and yes, are what is met: level
// 3; no answer of three says that somebody leads others.
var colourLevels = lazy.Value[map[string]level.Level]{Make: func() map[string]level.Level {
	return map[string]level.Level{
		"red": 0, "amber": 2, "yellow": 2, "orange": 2, "green": 3, "r": 0, "a": 2, "g": 3, "🔴": 0, "🟠": 2, "🟡": 2,
		"🟢": 3,
	}
}}

var answerLevels = lazy.Value[map[string]level.Level]{Make: func() map[string]level.Level {
	return map[string]level.Level{
		"no": 0, "n": 0, "false": 0, "need more support": 2, "needs more support": 2, "more support": 2,
		"need support": 2, "needs support": 2, "more support needed": 2, "support needed": 2, "with support": 2,
		"yes": 3, "y": 3, "true": 3,
	}
}}

const (
	percentName = "percent"
	colourName  = "rag"
	answerName  = "yes-no"
	levelName   = "levels"
)

// ScaleWords are the scales that people meet, as --scale takes them.
var ScaleWords = []string{"0-4", "1-5", "1-9", "0-10", percentName, colourName, answerName, levelName}

// numbered are the scales of numbers that are looked for, the commonest first. Per cent is looked for only where a
// sign or a number above ten says so, since every low number would fit.
var numberScales = [][2]float64{{0, 4}, {1, 5}, {1, 9}, {0, 10}, {1, 10}, {0, 5}, {1, 4}, {1, 3}}

func numberScale(low, high float64) Scale {
	switch {
	case low == 0 && high == 100:
		return Scale{name: percentName, text: "per cent", high: 100}
	case low == 0 && high == 1:
		return Scale{name: "0-1", text: "0 to 1, as spreadsheets keep per cent", high: 1}
	}
	return Scale{figure(low) + "-" + figure(high), figure(low) + " to " + figure(high), low, high, nil}
}

func figure(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }

// rangeForm is a scale of numbers as people write it.
var rangePattern = lazy.Value[*regexp.Regexp]{Make: func() *regexp.Regexp {
	return regexp.MustCompile(`^(\d{1,3})\s*(?:-|–|—|\.\.\.?|to)\s*(\d{1,3})$`)
}}

// ReadScale reads a scale as people write it: 1-9 or 1 to 9, percent, rag, yes-no, levels for the names of our own, or
// each answer with its level, such as red=1, amber=2, green=3.
func ReadScale(typed string, own *level.Scale) (Scale, error) {
	text := strings.ToLower(strings.Join(strings.Fields(typed), " "))
	if strings.Contains(text, "=") {
		return readAssignments(text)
	}
	if low, high, ok := rangeEnds(rangePattern.Get(), text); ok {
		return numberScale(low, high), nil
	}
	switch text {
	case percentName, "per cent", "%", "percentage":
		return numberScale(0, 100), nil
	case colourName, "red/amber/green", "red-amber-green", "colours":
		return colourScale(), nil
	case answerName, "yes/no", "y/n", "yes no", "yes-no-support", "yes/no/need more support":
		return answerScale(), nil
	case levelName, "level", "words":
		return levelNameScale(own), nil
	}
	return Scale{}, fmt.Errorf("%q is no scale: say %s, or each answer with its level, such as \"red=1, amber=2, "+
		"green=3\"", safetext.Brief(typed, 30), words.Either(ScaleWords))
}

func colourScale() Scale {
	return Scale{name: colourName, text: "red, amber, green", levels: colourLevels.Get()}
}

func answerScale() Scale {
	return Scale{name: answerName, text: "yes, no, need more support", levels: answerLevels.Get()}
}

// ends are the two ends of a scale of numbers in a text; false where there are none of which the first is the lower.
func rangeEnds(form *regexp.Regexp, text string) (low, high float64, ok bool) {
	if m := form.FindStringSubmatch(text); m != nil {
		low, _ = strconv.ParseFloat(m[1], 64)
		high, _ = strconv.ParseFloat(m[2], 64)
	}
	return low, high, low < high
}

func readAssignments(text string) (Scale, error) {
	s := Scale{name: text, text: "your own words", levels: map[string]level.Level{}}
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ';' }) {
		answer, levelText, ok := strings.Cut(part, "=")
		found, err := level.Typed(levelText)
		if answer = normalise(answer); !ok || answer == "" || err != nil {
			return Scale{}, fmt.Errorf("%q is no answer with its level: write it as green=3",
				safetext.Brief(strings.TrimSpace(part), 30))
		}
		if _, twice := s.levels[answer]; twice {
			return Scale{}, fmt.Errorf("%q has two levels: give it one", safetext.Brief(answer, 30))
		}
		s.levels[answer] = found
	}
	return s, nil
}

// levelsOf are our own levels by their names.
func levelNameScale(own *level.Scale) Scale {
	s := Scale{name: levelName, text: "the names of our levels", levels: map[string]level.Level{}}
	for l := level.NoOpportunity; l <= level.Max; l++ {
		name := normalise(own.Words(l).Name)
		s.levels[name], s.levels[normalise(l.String())], s.levels[normalise(l.String()+" "+name)] = l, l, l
	}
	s.levels["no-opportunity"] = level.NoOpportunity
	return s
}

// plain is an answer without what people write now this way and now that.
func normalise(text string) string {
	return strings.Trim(strings.ToLower(strings.Join(strings.Fields(text), " ")), ".!:;,*\"' ")
}

// numberForm is a number as an answer: level 3, 3/5, 7 of 9, 70%, 3 - Independent.
var numberPattern = lazy.Value[*regexp.Regexp]{Make: func() *regexp.Regexp {
	return regexp.MustCompile(`^(?:level|score|rating|grade)?\s*(\d{1,3}(?:[.,]\d{1,4})?)\s*(%|per cent)?\s*(?:(?:/|out of|of)\s*(\d{1,3}))?(?:\s*[-–—:=.)(]\s*\D*|\s+\D{1,60})?$`)
}}

// number reads an answer that is a number; of is what it is out of, 0 where it does not say, and 100 for per cent.
func parseNumber(answer string) (n, of float64, ok bool) {
	m := numberPattern.Get().FindStringSubmatch(answer)
	if m == nil {
		return 0, 0, false
	}
	n, err := strconv.ParseFloat(strings.Replace(m[1], ",", ".", 1), 64)
	of, _ = strconv.ParseFloat(m[3], 64)
	if m[2] != "" {
		of = 100
	}
	return n, of, err == nil
}

// level is the level of an answer; false where the scale does not have it. Between two levels it is the lower one, so
// that nobody is said to be further than they said.
func (s Scale) level(answer string) (level.Level, bool) {
	answer = normalise(answer)
	if l, ok := s.levels[answer]; ok {
		return l, true
	}
	if answer == "none" || answer == "no opportunity" {
		return level.NoOpportunity, true
	}
	n, of, ok := parseNumber(answer)
	if s.levels != nil {
		ok = ok && s.name == levelName && n == math.Trunc(n) && n <= float64(level.Max)
		return level.Level(n), ok
	}
	if !ok || n < s.low || n > s.high || of > 0 && of != s.high && (of != 100 || s.high != 1) {
		return 0, false
	}
	if of == 100 && s.high == 1 {
		n /= 100
	}
	const rounding = 1e-9 // so that 0.75 of 1 is not a hair below 3
	return level.Level((n-s.low)/(s.high-s.low)*float64(level.Max) + rounding), true
}

// fineness says what the scale loses, or what it cannot say, among these steps; "" where nothing.
func (s Scale) lossNote(steps []Step) string {
	if s.levels == nil && s.high-s.low > float64(level.Max) {
		says := fmt.Sprintf("Five levels hold less than %s: between two levels it is the lower one", s)
		for i := 1; i < len(steps); i++ {
			if steps[i].Level == steps[i-1].Level {
				return fmt.Sprintf("%s, so %s and %s are both %s.",
					says, steps[i-1].Answer, steps[i].Answer, steps[i].Level.Figure())
			}
		}
		return says + "."
	}
	if s.levels == nil && s.high-s.low == float64(level.Max) || s.name == levelName {
		return ""
	}
	return "The file has fewer answers than there are levels: look whether each fits; --scale can give every answer " +
		"its level."
}

// guess says which scale the answers of a column are on: from the words in it, from a number that says what it is out
// of, from what the sheet says about it, or since only one that is known holds them all. Unclear says that more than
// one does.
func guessScale(answers []string, said string, own *level.Scale) (s Scale, why string, fits []Scale) {
	votes := map[string]int{}
	named, colour, answer := levelNameScale(own), colourScale(), answerScale()
	var figures []float64
	outOf := map[float64]bool{}
	for _, x := range answers {
		x = normalise(x)
		n, of, ok := parseNumber(x)
		if ok {
			figures = append(figures, n)
			votes["numbers"]++
			if of > 0 {
				outOf[of] = true
			}
		}
		for _, w := range []Scale{named, colour, answer} {
			if _, has := w.levels[x]; has && !(ok && len(x) == 1) {
				votes[w.name]++
			}
		}
	}
	words := func(s Scale) (Scale, string, []Scale) { return s, "by its words", []Scale{s} }
	switch most := max(votes["numbers"], votes[levelName], votes[colourName], votes[answerName]); {
	case most == 0:
		return Scale{}, "", nil
	case votes[levelName] == most && (len(figures) == 0 || !onlyNone(answers)),
		votes[levelName] > 0 && votes["numbers"] == most && namesLevel(answers, named):
		return words(named)
	case votes[colourName] == most:
		return words(colour)
	case votes[answerName] == most:
		return words(answer)
	}
	low, high, ok := rangeEnds(rangeInTextPattern.Get(), strings.ToLower(said))
	if ok && slices.Min(figures) >= low && slices.Max(figures) <= high {
		return numberScale(low, high), "as the sheet says", []Scale{numberScale(low, high)}
	}
	fits = scalesThatHold(figures, outOf)
	if len(fits) == 1 {
		return fits[0], "the only scale known that holds all its numbers", fits
	}
	return Scale{}, "", fits
}

// saidForm is a scale within a heading or a line of help.
var rangeInTextPattern = lazy.Value[*regexp.Regexp]{Make: func() *regexp.Regexp {
	return regexp.MustCompile(`(?:^|[^\d/.-])([01])\s*(?:-|–|—|to)\s*(\d{1,3})(?:[^\d/.-]|[.](?:\D|$)|$)`)
}}

// onlyNone says whether no answer but no opportunity is one of our levels.
func onlyNone(list []string) bool {
	return !slices.ContainsFunc(list,
		func(x string) bool { x = normalise(x); return x != "none" && x != "no opportunity" && x != "" })
}

// hasNamed says whether an answer has the name of a level of ours, such as 2 Supported; a bare number says nothing.
func namesLevel(list []string, own Scale) bool {
	return slices.ContainsFunc(list, func(x string) bool {
		x = normalise(x)
		l, ok := own.levels[x]
		return ok && len(x) > 1 && l != level.NoOpportunity
	})
}

// fitting are the scales of numbers that hold all of these.
func scalesThatHold(figures []float64, outOf map[float64]bool) (fits []Scale) {
	low, high := slices.Min(figures), slices.Max(figures)
	whole := !slices.ContainsFunc(figures, func(n float64) bool { return n != math.Trunc(n) })
	if len(outOf) == 0 && high <= 1 && !whole {
		return []Scale{numberScale(0, 1)}
	}
	for _, s := range numberScales {
		if low >= s[0] && high <= s[1] && (len(outOf) == 0 || len(outOf) == 1 && outOf[s[1]]) {
			fits = append(fits, numberScale(s[0], s[1]))
		}
	}
	if (outOf[100] || len(outOf) == 0 && high > 10) && high <= 100 {
		fits = append(fits, numberScale(0, 100))
	}
	return fits
}
