package appraisal

import (
	"fmt"

	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/standard"
)

// Calibration compares how a learner rates one kind of KSB with the mentor who rated it last.
type Calibration struct {
	Kind   standard.Kind
	N      int // pairs of ratings of the same round, no opportunity left out
	Rounds int // rounds that have such a pair
	Known  bool
	Tenths int    // mean of self minus mentor in tenths of a level, rounded half away from zero; when Known
	Words  string // "you rate skills 0.6 above your mentor", or what is missing
}

// Mean is self minus mentor to one decimal.
func (c Calibration) Mean() float64 { return float64(c.Tenths) / 10 }

// enoughRounds is how many rounds must have ratings of both before a habit can be told from a day.
const enoughRounds = 2

// Calibrate gives the calibration by kind, for the kinds that the standard has. It is known once two rounds have
// ratings of both.
func Calibrate(p profile.Profile, std *standard.Standard) []Calibration {
	var out []Calibration
	for _, kind := range standard.Kinds {
		if std.Count(kind) == 0 {
			continue
		}
		c := Calibration{Kind: kind}
		sum := 0
		for _, r := range p.Rounds {
			n, total := pairsOf(r, std, kind)
			c.N, sum = c.N+n, sum+total
			if n > 0 {
				c.Rounds++
			}
		}
		if c.Known = c.Rounds >= enoughRounds; c.Known {
			c.Tenths = roundedDiv(10*sum, c.N)
		}
		c.Words = c.say()
		out = append(out, c)
	}
	return out
}

// pairsOf counts the KSBs of a kind that both rated in one round, and sums self minus mentor. It takes each level as it
// was before they looked at it together, since a later one is no longer an independent view. Where several mentors
// rated a KSB the newest rating counts: each KSB counts once, and a mean of mentors would be no one's opinion.
func pairsOf(r profile.Round, std *standard.Standard, kind standard.Kind) (n, sum int) {
	for id, self := range r.Ratings[profile.Self] {
		mentor, ok := r.Ratings[profile.Mentor][id]
		k, known := std.KSB(id)
		if ok && known && k.Kind == kind && self.Shown.IsZero() && self.First() >= 0 && mentor.First() >= 0 {
			n, sum = n+1, sum+int(self.First())-int(mentor.First())
		}
	}
	return n, sum
}

// roundedDiv divides and rounds half away from zero.
func roundedDiv(a, b int) int {
	if a < 0 {
		return -roundedDiv(-a, b)
	}
	return (2*a + b) / (2 * b)
}

func (c Calibration) say() string {
	kind := kindsOf(c.Kind)
	switch {
	case !c.Known:
		rounds := "none has them so far"
		if c.Rounds == 1 {
			rounds = "1 has them so far"
		}
		return fmt.Sprintf("%s: it takes two rounds with ratings of both of you; %s", kind, rounds)
	case c.Tenths == 0:
		return fmt.Sprintf("you rate %s as your mentor does", kind)
	case c.Tenths < 0:
		return fmt.Sprintf("you rate %s %.1f below your mentor", kind, -c.Mean())
	}
	return fmt.Sprintf("you rate %s %.1f above your mentor", kind, c.Mean())
}
