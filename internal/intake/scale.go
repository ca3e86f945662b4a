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

// Scale says which of our levels the answers of a file mean.
type Scale struct {
	name      string // as --scale takes it
	text      string // as a sentence says it
	low, high float64
	levels    map[string]level.Level // by answer, normalised; nil for a scale of numbers from low to high
}

// String is the scale as a sentence says it, such as "1 to 9".
func (s Scale) String() string { return s.text }

// Name is the scale as --scale takes it, such as "1-9".
func (s Scale) Name() string { return s.name }

// The levels of the scales in words. Green and yes mean that somebody can do it, which is level 3; neither says that
// they lead others.
var colourLevels = lazy.Value[map[string]level.Level]{Make: func() map[string]level.Level {
	return map[string]level.Level{
		"red": 0, "amber": 2, "yellow": 2, "orange": 2, "green": 3, "r": 0, "a": 2, "g": 3, "🔴": 0, "🟠": 2, "🟡": 2,
		"🟢": 3,
	}
}}

var yesNoLevels = lazy.Value[map[string]level.Level]{Make: func() map[string]level.Level {
	return map[string]level.Level{
		"no": 0, "n": 0, "false": 0, "need more support": 2, "needs more support": 2, "more support": 2,
		"need support": 2, "needs support": 2, "more support needed": 2, "support needed": 2, "with support": 2,
		"yes": 3, "y": 3, "true": 3,
	}
}}

const (
	percentName    = "percent"
	colourName     = "rag"
	yesNoName      = "yes-no"
	levelNamesName = "levels"
)

// ScaleWords lists the common scales, as --scale takes them.
var ScaleWords = []string{"0-4", "1-5", "1-9", "0-10", percentName, colourName, yesNoName, levelNamesName}

// numberScales are the scales that answers in numbers are tried against, the commonest first. Per cent is not among
// them, since it would fit any numbers: see scalesThatHold.
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

// rangePattern is a scale of numbers as people write it.
var rangePattern = lazy.Value[*regexp.Regexp]{Make: func() *regexp.Regexp {
	return regexp.MustCompile(`^(\d{1,3})\s*(?:-|–|—|\.\.\.?|to)\s*(\d{1,3})$`)
}}

// ReadScale reads a scale as people write it: 1-9 or 1 to 9, percent, rag, yes-no, "levels" for the names of our own
// levels, or each answer with its level, such as red=1, amber=2, green=3. The error says what can be typed.
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
	case yesNoName, "yes/no", "y/n", "yes no", "yes-no-support", "yes/no/need more support":
		return yesNoScale(), nil
	case levelNamesName, "level", "words":
		return levelNameScale(own), nil
	}
	return Scale{}, fmt.Errorf("%q is not a scale: say %s, or each answer with its level, such as \"red=1, amber=2, "+
		"green=3\"", safetext.Brief(typed, 30), words.Either(ScaleWords))
}

func colourScale() Scale {
	return Scale{name: colourName, text: "red, amber, green", levels: colourLevels.Get()}
}

func yesNoScale() Scale {
	return Scale{name: yesNoName, text: "yes, no, need more support", levels: yesNoLevels.Get()}
}

// rangeEnds finds the two ends of a scale in a text; false where there is none, or its first end is not the lower one.
func rangeEnds(pattern *regexp.Regexp, text string) (low, high float64, ok bool) {
	if m := pattern.FindStringSubmatch(text); m != nil {
		low, _ = strconv.ParseFloat(m[1], 64)
		high, _ = strconv.ParseFloat(m[2], 64)
	}
	return low, high, low < high
}

func readAssignments(text string) (Scale, error) {
	s := Scale{name: text, text: "your own words", levels: map[string]level.Level{}}
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ';' }) {
		answer, levelText, ok := strings.Cut(part, "=")
		l, err := level.Typed(levelText)
		if answer = normalise(answer); !ok || answer == "" || err != nil {
			return Scale{}, fmt.Errorf("%q is not an answer with its level: write it as green=3",
				safetext.Brief(strings.TrimSpace(part), 30))
		}
		if _, twice := s.levels[answer]; twice {
			return Scale{}, fmt.Errorf("%q has two levels: give it one", safetext.Brief(answer, 30))
		}
		s.levels[answer] = l
	}
	return s, nil
}

// levelNameScale is the scale of our own levels: their names, their numbers, or both.
func levelNameScale(own *level.Scale) Scale {
	s := Scale{name: levelNamesName, text: "the names of our levels", levels: map[string]level.Level{}}
	for l := level.NoOpportunity; l <= level.Max; l++ {
		name := normalise(own.Words(l).Name)
		s.levels[name], s.levels[normalise(l.String())], s.levels[normalise(l.String()+" "+name)] = l, l, l
	}
	s.levels["no-opportunity"] = level.NoOpportunity
	return s
}

// normalise removes from an answer what does not matter: case, extra spaces, and punctuation at its ends.
func normalise(text string) string {
	return strings.Trim(strings.ToLower(strings.Join(strings.Fields(text), " ")), ".!:;,*\"' ")
}

// numberPattern is an answer with a number: level 3, 3/5, 7 of 9, 70%, 3 - Independent.
var numberPattern = lazy.Value[*regexp.Regexp]{Make: func() *regexp.Regexp {
	return regexp.MustCompile(`^(?:level|score|rating|grade)?\s*(\d{1,3}(?:[.,]\d{1,4})?)\s*(%|per cent)?\s*(?:(?:/|out of|of)\s*(\d{1,3}))?(?:\s*[-–—:=.)(]\s*\D*|\s+\D{1,60})?$`)
}}

// parseNumber reads an answer with a number; outOf is 5 for 3/5, 100 for per cent, and 0 where it does not say.
func parseNumber(answer string) (n, outOf float64, ok bool) {
	match := numberPattern.Get().FindStringSubmatch(answer)
	if match == nil {
		return 0, 0, false
	}
	n, err := strconv.ParseFloat(strings.Replace(match[1], ",", ".", 1), 64)
	outOf, _ = strconv.ParseFloat(match[3], 64)
	if match[2] != "" {
		outOf = 100
	}
	return n, outOf, err == nil
}

// level is the level of an answer; false where the scale does not have the answer. Between two levels it is the lower
// one, so that nobody is credited with more than they claimed.
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
		ok = ok && s.name == levelNamesName && n == math.Trunc(n) && n <= float64(level.Max)
		return level.Level(n), ok
	}
	if !ok || n < s.low || n > s.high || of > 0 && of != s.high && (of != 100 || s.high != 1) {
		return 0, false
	}
	if of == 100 && s.high == 1 {
		n /= 100
	}
	const rounding = 1e-9 // so that 0.75 of 1 does not come out just below 3
	return level.Level((n-s.low)/(s.high-s.low)*float64(level.Max) + rounding), true
}

// warning says how the scale and our levels differ, for the learner to check these steps; "" where they do not.
func (s Scale) warning(steps []Step) string {
	if s.levels == nil && s.high-s.low > float64(level.Max) {
		says := words.Capital(s.String()) + " has more steps than our five levels. In between, the lower level counts"
		for i := 1; i < len(steps); i++ {
			if steps[i].Level == steps[i-1].Level {
				return fmt.Sprintf("%s, so %s and %s both become %s.",
					says, steps[i-1].Answer, steps[i].Answer, steps[i].Level.Figure())
			}
		}
		return says + "."
	}
	if s.levels == nil && s.high-s.low == float64(level.Max) || s.name == levelNamesName {
		return ""
	}
	if len(steps) > int(level.Max) {
		return "Check that each level is right; ksbcoach import --scale can give an answer another one."
	}
	return "The file has fewer answers than there are levels. Check that each level is right; " +
		"ksbcoach import --scale can give an answer another one."
}

// guessScale works out the scale of some answers: by their words, by what the headings and the lines above say, or
// because only one known scale has all of them. why says how, for the learner. fits lists all scales that are possible;
// s is only set where there is one.
func guessScale(answers []string, hints string, own *level.Scale) (s Scale, why string, fits []Scale) {
	votes := map[string]int{} // by scale: the answers that it has, with all scales of numbers as one
	levelNames, colour, yesNo := levelNameScale(own), colourScale(), yesNoScale()
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
		for _, w := range []Scale{levelNames, colour, yesNo} {
			if _, has := w.levels[x]; has && !(ok && len(x) == 1) { // a digit alone says nothing for our level names
				votes[w.name]++
			}
		}
	}
	inWords := func(s Scale) (Scale, string, []Scale) { return s, "by its words", []Scale{s} }
	switch most := max(votes["numbers"], votes[levelNamesName], votes[colourName], votes[yesNoName]); {
	case most == 0:
		return Scale{}, "", nil
	case votes[levelNamesName] == most && (len(figures) == 0 || !onlyNoOpportunity(answers)),
		votes[levelNamesName] > 0 && votes["numbers"] == most && namesLevel(answers, levelNames):
		return inWords(levelNames)
	case votes[colourName] == most:
		return inWords(colour)
	case votes[yesNoName] == most:
		return inWords(yesNo)
	}
	low, high, ok := rangeEnds(rangeInTextPattern.Get(), strings.ToLower(hints))
	if ok && slices.Min(figures) >= low && slices.Max(figures) <= high {
		return numberScale(low, high), "as the sheet says", []Scale{numberScale(low, high)}
	}
	fits = scalesThatHold(figures, outOf)
	if len(fits) == 1 {
		return fits[0], "the only known scale that has all its numbers", fits
	}
	return Scale{}, "", fits
}

// rangeInTextPattern finds a scale within a heading or a line of help.
var rangeInTextPattern = lazy.Value[*regexp.Regexp]{Make: func() *regexp.Regexp {
	return regexp.MustCompile(`(?:^|[^\d/.-])([01])\s*(?:-|–|—|to)\s*(\d{1,3})(?:[^\d/.-]|[.](?:\D|$)|$)`)
}}

// onlyNoOpportunity says whether all answers are empty or "no opportunity", which is on every scale.
func onlyNoOpportunity(list []string) bool {
	return !slices.ContainsFunc(list, func(x string) bool {
		x = normalise(x)
		return x != "none" && x != "no opportunity" && x != ""
	})
}

// namesLevel says whether some answer has the name of one of our levels, such as 2 Supported; a bare number does not.
func namesLevel(list []string, levelNames Scale) bool {
	return slices.ContainsFunc(list, func(x string) bool {
		x = normalise(x)
		l, ok := levelNames.levels[x]
		return ok && len(x) > 1 && l != level.NoOpportunity
	})
}

// scalesThatHold lists the scales that have all these numbers. Per cent is only tried where a % or a number above ten
// suggests it.
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
