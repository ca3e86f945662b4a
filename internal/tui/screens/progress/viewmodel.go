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

// A mode is one of the parts.
type mode int

const (
	dutiesMode mode = iota
	kindsMode
	forecastMode
	modes
)

// past is what was reckoned from one revision of the record.
type past struct {
	report   *gap.Report // of that revision
	moments  []appraisal.Moment
	rounds   []profile.Round // of the moments
	duties   []series
	all      series
	kinds    []kindPast
	forecast appraisal.Forecast
	timed    bool
}

// A series is the mean level of some KSBs from round to round.
type series struct {
	name  string
	means []mean
	want  float64 // expected by now, when the programme has dates
	share appraisal.Share

	target float64 // the mean of the targets
}

// A mean is unknown where nothing had a level.
type mean struct {
	level float64
	known bool
}

// kindPast is one kind of KSB: all of them, and learner beside mentor where both have rated.
type kindPast struct {
	kind         standard.Kind
	all          series
	self, mentor series
	both         int // KSBs that both have rated by now
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
		p.duties = append(p.duties, p.series(c.DutyTitle(d.Number),
			func(m appraisal.Moment) appraisal.Share { return m.Duties[i] }))
	}
	calibrations := appraisal.Calibrate(c.Profile, c.Standard)
	for i, share := range p.moments[0].Kinds {
		k := kindPast{kind: share.Kind, all: p.series("all of them",
			func(m appraisal.Moment) appraisal.Share { return m.Kinds[i] })}
		k.mentor.name = "  your mentor"
		for _, m := range p.moments {
			var self, mentor mean
			self, mentor, k.both = commonMeans(m, share.Kind)
			k.self.means, k.mentor.means = append(k.self.means, self), append(k.mentor.means, mentor)
		}
		k.self.name, k.self.target = fmt.Sprintf("  you, on the %d both rated", k.both),
			k.all.target // both are over what both have rated
		k.mentor.target = k.all.target
		if i < len(calibrations) {
			k.calibration = calibrations[i]
		}
		p.kinds = append(p.kinds, k)
	}
	return p
}

func (p *past) series(name string, of func(appraisal.Moment) appraisal.Share) series {
	s := series{name: name}
	for _, m := range p.moments {
		x, ok := of(m).Mean()
		s.means = append(s.means, mean{x, ok})
	}
	s.share = of(p.moments[len(p.moments)-1])
	s.want, s.target = s.share.ExpectedMean(), s.share.TargetMean()
	return s
}

// commonMeans is the mean of learner and of mentor over the KSBs of a kind that both had given a level by then:
// means over different KSBs could not be compared.
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

func (s series) now() mean {
	if len(s.means) == 0 {
		return mean{}
	}
	return s.means[len(s.means)-1]
}

// next is what Enter does in a part that is read, in the words of the footer, and how.
func (s *Screen) next(p *past) (does string, enter ui.Then) {
	switch {
	case s.mode == kindsMode && slices.ContainsFunc(p.kinds, func(k kindPast) bool { return !k.calibration.Known }):
		return "to Home: b there, your mentor rates",
			ui.Going(ui.Home) // not from here, since the levels are on this page
	case s.mode == kindsMode:
	case p.forecast.Gateway.IsZero():
		return "to Home, then d for the dates", ui.Going(ui.Home)
	case !p.forecast.Known && p.forecast.Gateway.After(p.report.AsOf):
		return "go on rating", ui.Going(ui.Rate)
	}
	return "see the gaps", ui.Going(ui.Gaps)
}

// A cell is what one round says of one KSB: the level that counts in it, whether it was agreed, and the mentor's.
type cell struct {
	level  *level.Level
	agreed bool
	mentor *level.Level
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

// figure is a cell in characters: 2, 2a where agreed, and m1 for the mentor.
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
