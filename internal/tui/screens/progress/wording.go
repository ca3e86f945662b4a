package progress

import (
	"fmt"
	"math"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/tui/theme"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

func (s *Screen) Help() string {
	return "How your ratings have changed from round to round.\nNo opportunity does not count in a mean.\nA mean " +
		"hides a lot, and it may fall when more is rated: Enter on a duty shows the KSBs behind it.\nThe forecast is " +
		"worked out from what you rated so far; it is not a promise."
}

func (s *Screen) Glyphs(t *theme.Theme) []ui.Glyph {
	g := t.Glyphs
	return []ui.Glyph{
		{
			Shown: strings.Join(g.Columns, ""),
			Means: "from low to high, the mean level of one round: 0, up to the target or above",
		},
		{Shown: g.Target, Means: "among columns: the one after it is what is expected by now"},
		{Shown: g.None, Means: "not rated in that round"},
		{Shown: g.Full, Means: "in the forecast: the part of your KSBs that is at target"},
		{Shown: g.Empty, Means: "the part that is not"},
	}
}

const (
	noStart   = "No start date, so nothing is expected by now. To add it: Home, then d."
	cellMarks = "a agreed with your mentor, m what your mentor said, n no opportunity, %s not rated in that round."
	oneRound  = "One round so far. The next one shows what has moved."
)

var emptySays = []string{
	"Nothing is rated yet, so there is no progress to show.",
	"The first round of rating is where it starts; you can stop at any moment, and a later round shows what has moved.",
}

func headSays(c *ui.Context, p *past, sep string) string {
	says := words.Count(len(p.moments), "round", "rounds")
	if len(p.moments) == 0 {
		says = "nothing rated yet"
	}
	if p.timed {
		says = fmt.Sprintf("%d behind %s month %d of %d %s ", p.all.share.Behind, sep, c.Report.Month, c.Report.Length,
			sep) + says
	}
	return says
}

func enterDoes(does string) string { return "Enter: " + does + "." }

// momentSays is a round and the day it was closed, such as "baseline (18 Oct 2025)".
func momentSays(m appraisal.Moment) string {
	says := profile.RoundName(m.Round)
	if m.Open {
		return says + " (open)"
	}
	return says + " (" + m.On.Long() + ")"
}

// roundsSays says which round each number above the columns stands for. From is the index of the first one shown.
func roundsSays(p *past, from int) string {
	var parts []string
	for i, m := range p.moments[from:] {
		parts = append(parts, fmt.Sprintf("%d %s", from+i+1, momentSays(m)))
	}
	says := "Rounds: " + strings.Join(parts, "; ") + "."
	if from > 0 {
		says += " There is no room for " + words.Form(from, "the first one.", fmt.Sprintf("the first %d.", from))
	}
	return says
}

// columnsSays says how to read the columns of the picture. From is the index of the first round shown.
func columnsSays(p *past, from int) string {
	n := len(p.moments)
	if n == 1 {
		return oneRound
	}
	says := fmt.Sprintf("Columns: mean levels from %s to %s.", momentSays(p.moments[from]), momentSays(p.moments[n-1]))
	if p.timed {
		says += " After the line: expected by now."
	}
	return says
}

// dutySays is the figures of a duty in words.
func dutySays(number int, p *past, s series) string {
	says := fmt.Sprintf("Duty %d, %s: ", number, s.name)
	if p.timed && s.share.Rated > 0 {
		says += fmt.Sprintf("%d behind; ", s.share.Behind)
	}
	now := s.now()
	if !now.known {
		return says + "nothing with a level yet."
	}
	if first := s.means[0]; first.known && len(s.means) > 1 {
		says += fmt.Sprintf("%.1f in the first round, %.1f now", first.level, now.level)
	} else {
		says += fmt.Sprintf("%.1f now", now.level)
	}
	if p.timed {
		says += fmt.Sprintf(", %.1f expected (%s)", s.expected, compared(now.level, s.expected))
	}
	says += fmt.Sprintf("; %d of %d at target", s.share.Met, s.share.Total)
	if n := s.share.Total - s.share.Rated; n > 0 {
		says += fmt.Sprintf(", %d not rated yet", n)
	}
	return says + "."
}

// compared says how far a mean is above or below what is expected, after rounding both as they are shown.
func compared(now, expected float64) string {
	diff := int(math.Round(now*10)) - int(math.Round(expected*10))
	switch {
	case diff < 0:
		return fmt.Sprintf("%.1f below", float64(-diff)/10)
	case diff > 0:
		return fmt.Sprintf("%.1f above", float64(diff)/10)
	}
	return "on track"
}

const noMentorHere = "your mentor has not rated any of these so far"

// noMentor takes the place of noMentorHere if it would be true of every kind.
const noMentor = "No KSB is rated by both you and your mentor so far. How you rate beside them is shown here once " +
	"two rounds hold ratings of both of you."

// calibrationSays is how the learner rates a kind compared with the mentor, or what is missing to tell.
func calibrationSays(x appraisal.Calibration) string {
	says := words.Capital(x.Words)
	if x.Known {
		says += fmt.Sprintf(", over %s in %s", words.Count(x.N, "pair", "pairs"),
			words.Count(x.Rounds, "round", "rounds"))
	}
	return says + "."
}

func forecastRows(f appraisal.Forecast) []forecastRow {
	switch {
	case f.Wide:
		return []forecastRow{{"now", f.Now}} // the range for gateway is too wide to mean anything
	case f.Low == f.High:
		return []forecastRow{{"now", f.Now}, {"gateway", f.Low}}
	}
	return []forecastRow{{"now", f.Now}, {"gateway, lower", f.Low}, {"gateway, higher", f.High}}
}

// A forecastRow is one bar: how many KSBs are at target, or would be at gateway.
type forecastRow struct {
	label string
	met   int
}
