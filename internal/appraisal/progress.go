package appraisal

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/doc"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/sorting"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// Moment is where the learner was at one round: on the day it was closed, or today for the open one.
type Moment struct {
	Round  string
	On     calendar.Date
	Open   bool
	Month  int // programme month, if Timed
	Timed  bool
	Levels map[string]level.Level // by KSB, those that count; like Self and Mentor, carried forward from earlier rounds
	Self   map[string]level.Level // the learner's own
	Mentor map[string]level.Level // the mentor's
	All    Share
	Duties []Share // in the order of the standard
	Kinds  []Share // knowledge, skills, behaviours, if the standard has them
}

// Share counts the KSBs of a duty, of a kind, or of all.
type Share struct {
	Duty     int           // 0 for a kind or all
	Kind     standard.Kind // 0 for a duty or all
	Total    int
	Rated    int // with a level or no opportunity
	Scored   int // with a level
	Met      int // at target or above
	Behind   int // behind what was expected then; 0 if the moment is not Timed
	Sum      int // the sum of the levels
	Expected int // the sum of the levels expected then of all KSBs; 0 if the moment is not Timed
	Target   int // the sum of the targets of all KSBs
}

// Mean is the mean level, and false if no KSB has one.
func (s Share) Mean() (float64, bool) {
	if s.Scored == 0 {
		return 0, false
	}
	return float64(s.Sum) / float64(s.Scored), true
}

// ExpectedMean is the mean of the levels expected then, of all KSBs.
func (s Share) ExpectedMean() float64 { return float64(s.Expected) / float64(max(s.Total, 1)) }

// TargetMean is the mean of the targets of all KSBs.
func (s Share) TargetMean() float64 { return float64(s.Target) / float64(max(s.Total, 1)) }

// Timeline gives one moment for each round that holds a rating, the oldest first.
func Timeline(p profile.Profile, std *standard.Standard, scale *level.Scale, today calendar.Date) []Moment {
	var out []Moment
	levels, self, mentor := map[string]level.Level{}, map[string]level.Level{}, map[string]level.Level{}
	for i, r := range p.Rounds {
		if r.Rated(profile.Self)+r.Rated(profile.Mentor)+r.Rated(profile.Agreed) == 0 {
			continue
		}
		m := Moment{Round: r.ID, On: r.Closed, Open: r.Closed.IsZero()}
		if m.Open {
			m.On = today
		}
		then := p
		then.Rounds, then.Evidence = p.Rounds[:i+1], nil // no share counts evidence
		carry(then, r, levels, self, mentor)
		m.Levels, m.Self, m.Mentor = maps.Clone(levels), maps.Clone(self), maps.Clone(mentor)
		m.share(gap.Compute(std, scale, then, m.On))
		out = append(out, m)
	}
	return out
}

// carry updates the maps with the ratings of r, which must be the last round of p.
func carry(p profile.Profile, r profile.Round, levels, self, mentor map[string]level.Level) {
	done := map[string]bool{}
	for _, by := range profile.Raters {
		for id := range r.Ratings[by] {
			if done[id] {
				continue // the look-ups below go through all rounds
			}
			done[id] = true
			if x, _, ok := p.Level(id); ok {
				levels[id] = x.Level
			}
			if x, ok := p.Newest(id, profile.Self); ok {
				self[id] = x.Level
			}
			if x, ok := p.Newest(id, profile.Mentor); ok {
				mentor[id] = x.Level
			}
		}
	}
}

// share fills in the counts. A behaviour counts in each of its duties, but as rated only in those that were opened.
func (m *Moment) share(r *gap.Report) {
	m.Month, m.Timed = r.Month, r.Timed
	count := func(s Share, opened bool, in func(standard.KSB) bool) Share {
		for _, row := range r.Rows {
			if in(row.KSB) {
				s.add(row, opened)
			}
		}
		return s
	}
	m.All = count(Share{}, true, func(standard.KSB) bool { return true })
	for _, d := range r.Standard.Duties {
		in := func(k standard.KSB) bool { return slices.Contains(k.Duties, d.Number) }
		m.Duties = append(m.Duties, count(Share{Duty: d.Number}, r.Opened(d.Number), in))
	}
	for _, kind := range standard.Kinds {
		if s := count(Share{Kind: kind}, true, func(k standard.KSB) bool { return k.Kind == kind }); s.Total > 0 {
			m.Kinds = append(m.Kinds, s)
		}
	}
}

// add counts a row. In a duty that was not opened it counts as not rated.
func (s *Share) add(row gap.Row, opened bool) {
	s.Total++
	s.Target += int(row.Target)
	if n, ok := row.Expected(); ok {
		s.Expected += int(n)
	}
	if !row.Rated || !opened {
		return
	}
	s.Rated++
	if row.Late() {
		s.Behind++
	}
	if row.NoOpportunity() {
		return
	}
	s.Scored++
	s.Sum += int(row.Level)
	if row.Strength() {
		s.Met++
	}
}

// Calibration compares how the learner rates one kind of KSB with how the mentor does.
type Calibration struct {
	Kind   standard.Kind
	N      int // KSBs with a level from both in the same round; in two rounds, a KSB counts twice
	Rounds int // rounds with at least one of these
	Known  bool
	Tenths int    // mean of self minus mentor in tenths of a level, rounded half away from zero; if Known
	Words  string // "you rate skills 0.6 above your mentor", or what is missing
}

// Mean is the mean of self minus mentor, to one decimal place.
func (c Calibration) Mean() float64 { return float64(c.Tenths) / 10 }

const enoughRounds = 2 // fewer rounds cannot tell a habit from a single day

// Calibrate gives the calibration for each kind of KSB in the standard. It is known once two rounds have ratings by
// both.
func Calibrate(p profile.Profile, std *standard.Standard) []Calibration {
	var out []Calibration
	for _, kind := range standard.Kinds {
		if std.Count(kind) == 0 {
			continue
		}
		c := Calibration{Kind: kind}
		sum := 0
		for _, r := range p.Rounds {
			n, difference := pairsOf(r, std, kind)
			c.N += n
			sum += difference
			if n > 0 {
				c.Rounds++
			}
		}
		if c.Rounds >= enoughRounds {
			c.Known = true
			c.Tenths = roundedDiv(10*sum, c.N)
		}
		c.Words = c.say()
		out = append(out, c)
	}
	return out
}

// pairsOf counts the KSBs of a kind that both rated in one round, and adds up self minus mentor. It takes each level as
// it was before they looked at it together: a later one is no longer independent. If several mentors rated a KSB, only
// the newest rating counts, because a mean of mentors would be nobody's opinion.
func pairsOf(r profile.Round, std *standard.Standard, kind standard.Kind) (n, sum int) {
	for id, self := range r.Ratings[profile.Self] {
		mentor, ok := r.Ratings[profile.Mentor][id]
		k, known := std.KSB(id)
		a, b := self.BeforeReveal(), mentor.BeforeReveal()
		if ok && known && k.Kind == kind && self.Shown.IsZero() && a >= 0 && b >= 0 {
			n++
			sum += int(a) - int(b)
		}
	}
	return n, sum
}

// roundedDiv divides a by a positive b, and rounds half away from zero.
func roundedDiv(a, b int) int {
	if a < 0 {
		return -roundedDiv(-a, b)
	}
	return (2*a + b) / (2 * b)
}

func (c Calibration) say() string {
	kind := c.Kind.String()
	if c.Kind != standard.Knowledge {
		kind += "s"
	}
	switch {
	case !c.Known:
		rounds := "none so far"
		if c.Rounds == 1 {
			rounds = "1 so far"
		}
		return fmt.Sprintf("%s: this needs two rounds that you have both rated in; %s", kind, rounds)
	case c.Tenths == 0:
		return fmt.Sprintf("you rate %s as your mentor does", kind)
	case c.Tenths < 0:
		return fmt.Sprintf("you rate %s %.1f below your mentor", kind, -c.Mean())
	}
	return fmt.Sprintf("you rate %s %.1f above your mentor", kind, c.Mean())
}

// ProgressDoc is a document of progress over the rounds: the mean levels of kinds and duties, or if ksbs names any, the
// levels of those; then how the learner's ratings compare with the mentor's, and the forecast.
func ProgressDoc(
	r *gap.Report, p profile.Profile, moments []Moment, ksbs []string, title plan.Titles, dutyTitle func(int) string,
) doc.Doc {
	d := doc.Doc{Title: r.Summary()}
	if len(moments) == 0 {
		return d
	}
	if len(ksbs) > 0 {
		addLevels(&d, moments, ksbs, title)
	} else {
		addShares(&d, moments, dutyTitle)
	}
	aged := lists.Where(Aged(r, title), func(x Point) bool { return len(ksbs) == 0 || slices.Contains(ksbs, x.KSB) })
	d.Section(AgedHeading, lists.Each(aged, Point.Line))
	d.Section("You beside your mentor", lists.Each(Calibrate(p, r.Standard),
		func(c Calibration) string { return c.Words }))
	f := Project(r, p)
	d.Add(doc.Heading{Text: "Forecast for gateway"}, doc.Para{Depth: 1, Text: f.Words})
	if f.Known {
		d.Add(doc.Para{Depth: 1, Text: "It is based on " + f.Basis + "."})
	}
	d.Add(doc.Para{Depth: 1, Text: "It cannot know:"})
	for _, x := range f.Unknown {
		d.Add(doc.Item{Depth: 2, Text: x})
	}
	return d
}

// Tenth rounds a mean level to one decimal place, halves up, so that people and machines read the same figure. X must
// not be negative.
func Tenth(x float64) float64 { return float64(int(x*10+0.5)) / 10 }

const roundsBeside = 4 // how many rounds a table has room for

// addShares adds a table of mean levels, with a row for all KSBs, each kind and each duty, a column for each of the
// newest rounds, and one for what is expected by now.
func addShares(d *doc.Doc, moments []Moment, dutyTitle func(int) string) {
	which := " by round"
	if all := len(moments); all > roundsBeside {
		which = fmt.Sprintf(" by round, the newest %d of %d", roundsBeside, all)
		moments = moments[all-roundsBeside:]
	}
	d.Add(doc.Para{Text: "Mean level" + which + ", and in brackets how many are rated; what is not rated is not " +
		"counted.", SpaceBefore: true})
	t := doc.Table{Columns: []doc.Column{{}}}
	for _, m := range moments {
		t.Columns = append(t.Columns, doc.Column{Name: shortened(profile.RoundName(m.Round))})
	}
	t.Columns = append(t.Columns, doc.Column{Name: "Expected now"})
	last := moments[len(moments)-1]
	row := func(label string, pick func(Moment) Share) {
		cells := []doc.Cell{doc.Words(label)}
		for _, m := range moments {
			cells = append(cells, shareCell(pick(m)))
		}
		expected := doc.Words("not known")
		if last.Timed {
			mean := Tenth(pick(last).ExpectedMean())
			expected = doc.Number(mean, fmt.Sprintf("%.1f", mean))
		}
		t.Rows = append(t.Rows, doc.Row{Cells: append(cells, expected)})
	}
	row("All", func(m Moment) Share { return m.All })
	for i, k := range last.Kinds {
		row(words.Capital(k.Kind.String()), func(m Moment) Share { return m.Kinds[i] })
	}
	for i, x := range last.Duties {
		row(fmt.Sprintf("Duty %d", x.Duty), func(m Moment) Share { return m.Duties[i] })
	}
	d.Add(t, doc.Heading{Text: "At target now"}, AtTarget("All", last.All))
	for _, k := range last.Kinds {
		d.Add(AtTarget(words.Capital(k.Kind.String()), k))
	}
	d.Add(doc.Heading{Text: "The duties"})
	for _, x := range last.Duties {
		d.Add(doc.Pair{Label: fmt.Sprintf("Duty %d", x.Duty), Text: dutyTitle(x.Duty)})
	}
}

// AtTarget is a bar of how many KSBs of a share are at their target.
func AtTarget(label string, s Share) doc.Bar {
	text := fmt.Sprintf("%d of %d", s.Met, s.Total)
	return doc.Bar{Label: label, Value: float64(s.Met), Of: float64(s.Total), Text: text}
}

// shortened cuts a long name of a round for the head of a column.
func shortened(round string) string {
	const most = 12
	if name := []rune(round); len(name) > most {
		return string(name[:most-3]) + "..."
	}
	return round
}

func shareCell(s Share) doc.Cell {
	mean, scored := s.Mean()
	if !scored {
		return doc.Words(fmt.Sprintf("-   (%d/%d)", s.Rated, s.Total))
	}
	return doc.Number(Tenth(mean), fmt.Sprintf("%.1f (%d/%d)", Tenth(mean), s.Rated, s.Total))
}

// addLevels adds, for each KSB, a table of its levels in all rounds.
func addLevels(d *doc.Doc, moments []Moment, ksbs []string, title plan.Titles) {
	said := func(levels map[string]level.Level, id string) doc.Cell {
		if l, ok := levels[id]; ok {
			return doc.Number(float64(l), l.String())
		}
		return doc.Words("-")
	}
	for _, id := range ksbs {
		t := doc.Table{Depth: 1}
		for _, name := range []string{"round", "on", "counts", "you", "mentor"} {
			t.Columns = append(t.Columns, doc.Column{Name: name})
		}
		for _, m := range moments {
			t.Rows = append(t.Rows, doc.Row{Cells: []doc.Cell{
				doc.Words(profile.RoundName(m.Round)), doc.Words(m.On.Long()),
				said(m.Levels, id), said(m.Self, id), said(m.Mentor, id),
			}})
		}
		d.Add(doc.Heading{Text: id + " " + title(id)}, t)
	}
}

// Forecast estimates from the ratings so far how many KSBs will be at target by gateway. It is arithmetic, never a
// promise, and says what it is based on.
type Forecast struct {
	Known    bool
	Why      string // what is missing, if it is not known
	Basis    string // the rounds and dates that it is based on
	Rounds   int
	From, To calendar.Date // the days of the first and last rating that it is based on
	Gateway  calendar.Date
	Now      int // KSBs at target today
	Low      int // KSBs at target at gateway, at half the median pace
	High     int // KSBs at target at gateway, at the pace of the fastest quarter
	Total    int
	Wide     bool     // Low and High are too far apart to be of use
	Narrow   []string // if Wide, what would bring them closer together
	Unknown  []string // what it cannot know
	Words    string
}

const (
	wideFrom    = 6  // Low and High are too far apart if one in this many KSBs lies between them
	apart       = 28 // the fewest days between the first and the last rating of a KSB that make a pace
	enoughPaces = 4  // with a pace for fewer KSBs, a quarter of them means nothing
)

// A pace is how many levels were gained in how many days of learning, without pauses.
type pace struct{ rise, days int }

// Project makes the forecast on the day of the report. The pace of a KSB that began below target is its rise between
// its first and last round over the days between, without pauses. It takes every level to the gateway twice: at the
// pace of the fastest quarter, and at half the median pace, since later levels tend to take longer. It needs two
// rounds, four KSBs rated twice at least four weeks apart, and a gateway that is still ahead.
func Project(r *gap.Report, p profile.Profile) Forecast {
	f := Forecast{Gateway: p.GatewayDate(), Total: len(r.Rows), Unknown: unknown(r)}
	paces := f.measure(r, p)
	switch {
	case f.Gateway.IsZero():
		f.Why = "there is no gateway date: give the start of your programme or the planned gateway"
	case !f.Gateway.After(r.AsOf):
		f.Why = "the gateway date, " + f.Gateway.Long() + ", has come"
	case f.Rounds < enoughRounds:
		f.Why = "it takes two rounds of rating; " + words.Count(f.Rounds, "round has", "rounds have") +
			" ratings of yours so far"
	case len(paces) < enoughPaces:
		f.Why = fmt.Sprintf("%s below target and rated twice with four weeks of learning between; it takes %d",
			words.Count(len(paces), "KSB was", "KSBs were"), enoughPaces)
	}
	if f.Why != "" {
		f.Words = "No forecast yet: " + f.Why + "."
		return f
	}
	f.Known = true
	f.Basis = fmt.Sprintf("%s from %s to %s and the %d KSBs that began below target and were rated "+
		"in more than one of them", words.Count(f.Rounds, "round", "rounds"), f.From.Long(), f.To.Long(), len(paces))
	left := p.LearningDays(r.AsOf, f.Gateway)
	f.Now = reached(r, pace{0, 1}, left)
	median := paces[(len(paces)-1)/2]
	f.Low = reached(r, pace{median.rise, 2 * median.days}, left)
	f.High = reached(r, paces[(3*len(paces)-1)/4], left)
	f.Wide = (f.High-f.Low)*wideFrom >= f.Total
	if f.Wide {
		f.Narrow = narrowing(r, p)
		f.Words = fmt.Sprintf("%d of %d are at target now. How many it will be at gateway, %s, cannot be said yet: "+
			"a slower and a faster pace give very different numbers. To make a forecast possible: %s.", f.Now, f.Total,
			f.Gateway.Long(), strings.Join(f.Narrow, "; "))
		return f
	}
	span := fmt.Sprint(f.Low)
	if f.Low == f.High {
		f.Basis += "; half the usual pace and the pace of the faster quarter come to the same"
	} else {
		span = fmt.Sprintf("between %d and %d", f.Low, f.High)
		f.Basis += "; the lower figure is for half the usual pace, the higher one for the pace of the faster quarter"
	}
	f.Words = fmt.Sprintf("%d of %d are at target now. At this pace it would be %s by %s: a sum, not a promise.", f.Now,
		f.Total, span, f.Gateway.Long()) + f.lowWhy(median)
	return f
}

// narrowing lists what would bring the two figures closer together: more KSBs with a pace, and paces over a longer
// time.
func narrowing(r *gap.Report, p profile.Profile) (out []string) {
	once := lists.Count(r.Rows, func(row gap.Row) bool {
		_, _, twice := ends(p, row.KSB.ID)
		return !twice && row.Gap() > 0
	})
	if n := len(r.Unrated()); n > 0 {
		out = append(out, "rate the "+words.Count(n, "KSB", "KSBs")+" not rated yet")
	}
	if once > 0 {
		out = append(out, "rate again the "+words.Count(once, "KSB", "KSBs")+
			" below target that you rated in one round only")
	}
	return append(out, "rate another round, at least four weeks after this one")
}

// lowWhy says why the lower figure is the same as today's, if it is.
func (f *Forecast) lowWhy(median pace) string {
	today := "The lower figure is where you are today"
	if f.Low == f.High {
		today = "That is where you are today"
	}
	switch {
	case f.Low > f.Now || f.Now == f.Total:
		return ""
	case median.rise == 0:
		return " " + today + ": half or more of the KSBs that it is based on did not rise."
	case f.High == f.Now:
		return " " + today + ": even at the pace of the faster quarter no other KSB gets as far as its target by then."
	}
	return " " + today + ": at half the usual pace no other KSB gets as far as its target by then."
}

// measure gives the pace of each KSB that has one, the slowest first, and sets Rounds, From and To.
func (f *Forecast) measure(r *gap.Report, p profile.Profile) []pace {
	rated := func(x profile.Round) bool { return x.Rated(profile.Self)+x.Rated(profile.Agreed) > 0 }
	f.Rounds = lists.Count(p.Rounds, rated)
	var out []pace
	for _, row := range r.Rows {
		first, last, ok := ends(p, row.KSB.ID)
		if !ok || first.Level >= row.Target {
			continue // one that began at its target had no need to rise
		}
		days := p.LearningDays(first.On, last.On)
		if days < apart {
			continue
		}
		out = append(out, pace{max(int(last.Level)-int(first.Level), 0), days})
		if f.From.IsZero() || first.On.Before(f.From) {
			f.From = first.On
		}
		if last.On.After(f.To) {
			f.To = last.On
		}
	}
	sorting.By(out, func(a, b pace) int { return cmp.Compare(a.rise*b.days, b.rise*a.days) })
	return out
}

// ends gives the first and the last rating of a KSB with a level: in each round the agreed one, else the learner's own.
// It is false unless two rounds have one.
func ends(p profile.Profile, id string) (first, last profile.Rating, ok bool) {
	n := 0
	for _, r := range p.Rounds {
		x, rated := r.Ratings[profile.Agreed][id]
		if !rated {
			x, rated = r.Ratings[profile.Self][id]
		}
		if !rated || x.Level < 0 {
			continue
		}
		n++
		if n == 1 {
			first = x
		}
		last = x
	}
	return first, last, n >= enoughRounds
}

// reached counts the KSBs that are at target after the given days at a pace.
func reached(r *gap.Report, at pace, days int) int {
	return lists.Count(r.Rows, func(x gap.Row) bool {
		return x.Rated && !x.NoOpportunity() && at.rise*days >= x.Gap()*at.days
	})
}

func unknown(r *gap.Report) []string {
	var out []string
	if n := len(r.Unrated()); n > 0 {
		out = append(out, fmt.Sprintf("where you stand on the %s not rated yet; none of them is counted",
			words.Count(n, "KSB", "KSBs")))
	}
	if n := len(r.NoOpportunity()); n > 0 {
		out = append(out, fmt.Sprintf("whether a chance will come for the %s without opportunity",
			words.Count(n, "KSB", "KSBs")))
	}
	return append(out, "whether the next levels take longer than the first ones; they often do",
		"which rotations, teaching and leave lie ahead",
		"what an assessor will decide: your ratings are not an assessment")
}
