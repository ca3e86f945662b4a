package progress

import (
	"fmt"
	"slices"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/tui/page"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// A mode is one of the parts of the screen.
type mode int

const (
	dutiesMode mode = iota
	kindsMode
	forecastMode
	modes
)

// past is everything that the screen shows, worked out once for each revision of the record.
type past struct {
	report   *gap.Report // of that revision
	moments  []appraisal.Moment
	rounds   []profile.Round // one for each moment
	duties   []series        // in the order of the standard
	all      series
	kinds    []kindPast
	forecast appraisal.Forecast
	timed    bool // the start date is known, so expected levels are too
}

// A series is the mean level of some KSBs from round to round.
type series struct {
	name     string
	means    []mean          // one for each moment
	share    appraisal.Share // now
	expected float64         // the mean of what is expected by now; only if past.timed
	target   float64         // the mean of the targets
}

// A mean is not known where nothing had a level.
type mean struct {
	level float64
	known bool
}

// kindPast is one kind of KSB: all of them, and what learner and mentor gave where both have rated.
type kindPast struct {
	kind         standard.Kind
	all          series
	self, mentor series // over the KSBs that both have rated
	both         int    // how many these are by now
	calibration  appraisal.Calibration
}

// withoutMentor says whether no mentor has rated anything that the learner has.
func (p *past) withoutMentor() bool {
	return !slices.ContainsFunc(p.kinds, func(k kindPast) bool { return k.both > 0 || k.calibration.Known })
}

func newPast(c *ui.Context) *past {
	p := &past{
		report: c.Report, moments: appraisal.Timeline(c.Profile, c.Standard, c.Library.Scale(), c.Today),
		forecast: appraisal.Project(c.Report, c.Profile), timed: c.Report.Timed,
	}
	if len(p.moments) == 0 {
		return p
	}
	for _, m := range p.moments {
		i := slices.IndexFunc(c.Profile.Rounds, func(r profile.Round) bool { return r.ID == m.Round })
		p.rounds = append(p.rounds, c.Profile.SeenRound(i))
	}
	p.all = p.series("all duties", func(m appraisal.Moment) appraisal.Share { return m.All })
	for i, d := range c.Standard.Duties {
		share := func(m appraisal.Moment) appraisal.Share { return m.Duties[i] }
		p.duties = append(p.duties, p.series(c.DutyTitle(d.Number), share))
	}
	calibrations := appraisal.Calibrate(c.Profile, c.Standard)
	for i, x := range p.moments[0].Kinds {
		all := p.series("all of them", func(m appraisal.Moment) appraisal.Share { return m.Kinds[i] })
		k := kindPast{kind: x.Kind, all: all, self: series{target: all.target}}
		k.mentor = series{name: "  your mentor", target: all.target}
		for _, m := range p.moments {
			var self, mentor mean
			self, mentor, k.both = commonMeans(m, x.Kind)
			k.self.means = append(k.self.means, self)
			k.mentor.means = append(k.mentor.means, mentor)
		}
		k.self.name = fmt.Sprintf("  you, on the %d both rated", k.both)
		if i < len(calibrations) {
			k.calibration = calibrations[i]
		}
		p.kinds = append(p.kinds, k)
	}
	return p
}

// series makes the series of a share of each moment. There must be a moment.
func (p *past) series(name string, share func(appraisal.Moment) appraisal.Share) series {
	s := series{name: name, share: share(p.moments[len(p.moments)-1])}
	for _, m := range p.moments {
		x, ok := share(m).Mean()
		s.means = append(s.means, mean{x, ok})
	}
	s.expected, s.target = s.share.ExpectedMean(), s.share.TargetMean()
	return s
}

// commonMeans is the mean level that the learner gave, and the mentor, over the KSBs of a kind that both had given a
// level by then. Means over different KSBs could not be compared.
func commonMeans(m appraisal.Moment, kind standard.Kind) (self, mentor mean, n int) {
	for id, l := range m.Self {
		other, both := m.Mentor[id]
		if k, _, ok := standard.SplitCode(id); !ok || k != kind || !both || l < 0 || other < 0 {
			continue
		}
		n++
		self.level += float64(l)
		mentor.level += float64(other)
	}
	if n == 0 {
		return mean{}, mean{}, 0
	}
	return mean{self.level / float64(n), true}, mean{mentor.level / float64(n), true}, n
}

// now is the mean of the newest round.
func (s series) now() mean {
	if len(s.means) == 0 {
		return mean{}
	}
	return s.means[len(s.means)-1]
}

// next is what Enter does in a part that is a text, in the words of the footer, and how.
func (s *Screen) next(p *past) (does string, enter ui.Then) {
	switch {
	case s.mode == kindsMode && slices.ContainsFunc(p.kinds, func(k kindPast) bool { return !k.calibration.Known }):
		// Not straight to the mentor's screen: the mentor must not see the levels on this page.
		return "to Home: b there, your mentor rates", ui.Going(ui.Home)
	case s.mode == kindsMode:
	case p.forecast.Gateway.IsZero():
		return "to Home, then d for the dates", ui.Going(ui.Home)
	case !p.forecast.Known && p.forecast.Gateway.After(p.report.AsOf):
		return "go on rating", ui.Going(ui.Rate)
	}
	return "see the gaps", ui.Going(ui.Gaps)
}

// A cell is what one round has on one KSB: the level that counts in it, and the mentor's.
type cell struct {
	level  *level.Level // nil if the learner did not rate it
	agreed bool         // level was agreed
	mentor *level.Level // nil if no mentor rated it
}

func cellOf(r profile.Round, ksb string) cell {
	var out cell
	if x, ok := r.Ratings[profile.Self][ksb]; ok {
		out.level = &x.Level
	}
	if x, ok := r.Ratings[profile.Agreed][ksb]; ok {
		out.level, out.agreed = &x.Level, true
	}
	if x, ok := r.Ratings[profile.Mentor][ksb]; ok {
		out.mentor = &x.Level
	}
	return out
}

// figure is a cell in characters, such as "2", "2a" if it was agreed, or "2  m1" with the mentor's level.
func (x cell) figure(none string) string {
	says := none
	if x.level != nil {
		says = x.level.Key()
	}
	if x.agreed {
		says += "a"
	}
	if x.mentor != nil {
		says += page.Spaces(2-len(says)) + " m" + x.mentor.Key()
	}
	return says
}
