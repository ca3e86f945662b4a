// Package level is the scale that ratings are made on: the levels 0 to 4 and "no opportunity", their wording for each
// kind of KSB, the default target, and the curve that gives the level expected in each month. It knows nothing of
// learners and their ratings.
package level

import (
	"fmt"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"

	"github.com/ksbcoach/ksbcoach/internal/standard"
)

// Level is a rating: 0 to 4, or NoOpportunity.
type Level int8

// NoOpportunity means that the post gives no chance to try a KSB. It counts as rated and is not a low score, so check
// for it before doing arithmetic with levels.
const NoOpportunity Level = -1

// Max is the highest level, and Claim the lowest one that needs a dated example to be believed.
const (
	Max   Level = 4
	Claim Level = 3
)

// parse reads "0" to "4" or "none".
func parse(s string) (Level, error) {
	if s == "none" {
		return NoOpportunity, nil
	}
	if len(s) == 1 && s[0] >= '0' && s[0] <= '0'+byte(Max) {
		return Level(s[0] - '0'), nil
	}
	return 0, fmt.Errorf("a level is 0, 1, 2, 3, 4 or none (no opportunity)")
}

// Typed reads a level as people type it: "3" or "Level 3", and "n", "none" or "no opportunity".
func Typed(s string) (Level, error) {
	word := strings.ToLower(strings.TrimSpace(s))
	if word == "n" || word == "no opportunity" || word == "no-opportunity" {
		return NoOpportunity, nil
	}
	return parse(strings.TrimSpace(strings.TrimPrefix(word, "level ")))
}

// digit is the level as a digit behind a prefix, or none for no opportunity.
func (l Level) digit(prefix, none string) string {
	if l == NoOpportunity {
		return none
	}
	return prefix + string(rune('0'+l))
}

// String is the level as files and commands write it: "0" to "4" or "none".
func (l Level) String() string { return l.digit("", "none") }

// Figure is the level for a sentence in which it is clear that a level is meant: "2" or "no opportunity".
func (l Level) Figure() string { return l.digit("", "no opportunity") }

// InWords is the level where nothing around it says what it is: "level 2" or "no opportunity".
func (l Level) InWords() string { return l.digit("level ", "no opportunity") }

// Key is the key that gives this level on the screen: its digit, or "n". It also fits where there is room for one
// character only.
func (l Level) Key() string { return l.digit("", "n") }

// MarshalJSON writes a number, or the string "none".
func (l Level) MarshalJSON() ([]byte, error) {
	return []byte(l.digit("", `"none"`)), nil
}

// Words are the name of a level and its meaning for each kind of KSB.
type Words struct {
	Value     int    `toml:"value"`
	Name      string `toml:"name"`
	Knowledge string `toml:"knowledge"`
	Skill     string `toml:"skill"`
	Behaviour string `toml:"behaviour"`
}

// For is the meaning of the level for a KSB of this kind.
func (w Words) For(k standard.Kind) string {
	switch k {
	case standard.Skill:
		return w.Skill
	case standard.Behaviour:
		return w.Behaviour
	}
	return w.Knowledge
}

// Scale has the words of all levels, the default target and the default curve.
type Scale struct {
	Target Level
	Curve  Curve
	levels [Max + 1]Words
	none   Words               // for no opportunity
	seen   Words               // for no opportunity, as a mentor would say it
	others map[string][]string // by standard: the skills that include supporting others
}

// Words are the words of one level, or those of no opportunity.
func (s *Scale) Words(l Level) Words {
	if l < 0 || l > Max {
		return s.none
	}
	return s.levels[l]
}

// Named is a level with its name, such as "2 Supported", or "no opportunity".
func (s *Scale) Named(l Level) string {
	if l == NoOpportunity {
		return l.Figure()
	}
	return l.String() + " " + s.Words(l).Name
}

// Names lists all levels with their names: "0 Not yet, 1 Aware, ...".
func (s *Scale) Names() string {
	var out []string
	for l := range Max + 1 {
		out = append(out, s.Named(l))
	}
	return strings.Join(out, ", ")
}

// Seen is the meaning of a level for a KSB of this kind, as a mentor would say it. The two wordings differ only for no
// opportunity, where the learner's is about their own post.
func (s *Scale) Seen(l Level, k standard.Kind) string {
	if l == NoOpportunity {
		return s.seen.For(k)
	}
	return s.Words(l).For(k)
}

// Others says whether the published wording of a skill includes supporting others; level 3 then includes it too.
func (s *Scale) Others(reference, ksb string) bool { return slices.Contains(s.others[reference], ksb) }

// File has the keys of seeds/levels.toml.
type File struct {
	Target   int                 `toml:"target"`
	Level    []Words             `toml:"level"`
	None     Words               `toml:"none"`
	Seen     Words               `toml:"none_seen"`
	Others   map[string][]string `toml:"others"`
	Expected struct {
		Months int      `toml:"months"`
		Curve  [][2]int `toml:"curve"`
	} `toml:"expected"`
}

// DecodeFile reads seeds/levels.toml and refuses unknown keys. The values are checked by File.Scale.
func DecodeFile(src string) (File, error) {
	var f File
	md, err := toml.Decode(src, &f)
	if err != nil {
		return f, err
	}
	if extra := md.Undecoded(); len(extra) > 0 {
		return f, fmt.Errorf("unknown key %q: see the table in seeds/README.md", extra[0].String())
	}
	return f, nil
}

// Scale checks the values of the file and makes the scale of them.
func (f File) Scale() (*Scale, error) {
	if len(f.Level) != int(Max)+1 {
		return nil, fmt.Errorf("level: %d of them, there must be %d", len(f.Level), Max+1)
	}
	if f.Seen.Knowledge == "" || f.Seen.Skill == "" || f.Seen.Behaviour == "" {
		return nil, fmt.Errorf("none_seen: give knowledge, skill and behaviour")
	}
	if f.Target < 1 || f.Target > int(Max) {
		return nil, fmt.Errorf("target: %d, it must be 1 to %d", f.Target, Max)
	}
	for i, w := range append(f.Level, f.None) {
		if w.Name == "" || w.Knowledge == "" || w.Skill == "" || w.Behaviour == "" {
			return nil, fmt.Errorf("level %d: give name, knowledge, skill and behaviour", i)
		}
		if w.Value != i && i < len(f.Level) {
			return nil, fmt.Errorf("level: found value %d where %d is expected", w.Value, i)
		}
	}
	curve, err := NewCurve(f.Expected.Months, f.Expected.Curve)
	return &Scale{Level(f.Target), curve, [Max + 1]Words(f.Level), f.None, f.Seen, f.Others}, err
}

// Curve says what share of the target is expected by each month of the programme. The zero Curve expects nothing.
type Curve struct {
	months int      // the length of the programme that the points are drawn for
	points [][2]int // month, per cent of the target; months rise, per cent does not fall
}

// MaxPoints is the most points that a curve may have: one a month for ten years.
const MaxPoints = 120

// NewCurve checks and makes a curve. Points are [month, per cent]: months rise from 0, per cents are 0 to 100 and never
// fall. Months is the length of the programme that the points are drawn for.
func NewCurve(months int, points [][2]int) (Curve, error) {
	if months < 1 || months > 240 {
		return Curve{}, fmt.Errorf("months: %d, a programme has 1 to 240", months)
	}
	if len(points) < 2 || len(points) > MaxPoints {
		return Curve{}, fmt.Errorf("curve: %d points, it takes 2 to %d of the form [month, per cent]", len(points),
			MaxPoints)
	}
	for i, p := range points {
		switch {
		case p[0] < 0 || p[0] > months:
			return Curve{}, fmt.Errorf("curve: month %d is outside 0 to %d", p[0], months)
		case p[1] < 0 || p[1] > 100:
			return Curve{}, fmt.Errorf("curve: %d per cent is outside 0 to 100", p[1])
		case i > 0 && p[0] <= points[i-1][0]:
			return Curve{}, fmt.Errorf("curve: month %d must come after month %d", p[0], points[i-1][0])
		case i > 0 && p[1] < points[i-1][1]:
			return Curve{}, fmt.Errorf("curve: what is expected must not fall (month %d)", p[0])
		}
	}
	return Curve{months, slices.Clone(points)}, nil
}

// Points are the points as NewCurve was given them. Do not change them.
func (c Curve) Points() [][2]int { return c.points }

// Months is the length of the programme that the points are drawn for.
func (c Curve) Months() int { return c.months }

// IsZero says whether this is the zero Curve, which expects nothing.
func (c Curve) IsZero() bool { return len(c.points) == 0 }

// Expected is the level expected in a month of a programme that is length months long: the target's share on the curve,
// rounded down. It is calculated in whole numbers, so that no rounding error ever loses a level. A length below 1 is
// the length that the curve is drawn for.
func (c Curve) Expected(target Level, month, length int) Level {
	if c.IsZero() || target <= 0 {
		return 0
	}
	if length < 1 {
		length = c.months
	}
	at := max(month, 0) * c.months // at/length is the month on the curve
	num, den := c.share(at, length)
	return Level(int(target) * num / (den * 100))
}

// share is the per cent of the target at month at/length of the curve, as the fraction num/den.
func (c Curve) share(at, length int) (num, den int) {
	first, last := c.points[0], c.points[len(c.points)-1]
	if at <= first[0]*length {
		return first[1], 1
	}
	for i, p := range c.points[1:] {
		if at <= p[0]*length {
			prev := c.points[i]
			width := (p[0] - prev[0]) * length
			return prev[1]*width + (p[1]-prev[1])*(at-prev[0]*length), width
		}
	}
	return last[1], 1
}
