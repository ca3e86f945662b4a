package level

import (
	"fmt"
	"slices"
)

// Curve says which share of the target is wanted by which programme month. The zero Curve expects nothing.
type Curve struct {
	months int      // length of the programme that the points are drawn for
	points [][2]int // month, per cent of the target; months rise, per cent does not fall
}

// MaxPoints bounds a curve; one point a month for ten years.
const MaxPoints = 120

// NewCurve checks and makes a curve. Points are [month, per cent], months rising from 0, per cent from 0 to 100 and never
// falling. Months is the programme length in months that the points belong to.
func NewCurve(months int, points [][2]int) (Curve, error) {
	if months < 1 || months > 240 {
		return Curve{}, fmt.Errorf("months: %d, a programme has 1 to 240", months)
	}
	if len(points) < 2 || len(points) > MaxPoints {
		return Curve{}, fmt.Errorf("curve: %d points, it takes 2 to %d of the form [month, per cent]", len(points), MaxPoints)
	}
	for i, p := range points {
		switch {
		case p[0] < 0 || p[0] > months:
			return Curve{}, fmt.Errorf("curve: month %d lies outside 0 to %d", p[0], months)
		case p[1] < 0 || p[1] > 100:
			return Curve{}, fmt.Errorf("curve: %d per cent lies outside 0 to 100", p[1])
		case i > 0 && p[0] <= points[i-1][0]:
			return Curve{}, fmt.Errorf("curve: month %d must come after month %d", p[0], points[i-1][0])
		case i > 0 && p[1] < points[i-1][1]:
			return Curve{}, fmt.Errorf("curve: what is expected must not fall (month %d)", p[0])
		}
	}
	return Curve{months, slices.Clone(points)}, nil
}

// Points are the curve's own points, for writing them down.
func (c Curve) Points() [][2]int { return c.points }

// Months is the programme length that the points belong to.
func (c Curve) Months() int { return c.months }

// IsZero says whether this is no curve at all.
func (c Curve) IsZero() bool { return len(c.points) == 0 }

// Expected is the level wanted in a programme month, for a target and a programme of length months: the target's share on
// the curve, rounded down. Reckoned in whole numbers, so that no rounding error ever loses a level.
func (c Curve) Expected(target Level, month, length int) Level {
	if c.IsZero() || target <= 0 {
		return 0
	}
	if length < 1 {
		length = c.months
	}
	// The month on the curve's own scale is at/length.
	at := max(month, 0) * c.months
	num, den := c.share(at, length)
	return Level(int(target) * num / (den * 100))
}

// share is the per cent wanted at month at/length, as the fraction num/den.
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
