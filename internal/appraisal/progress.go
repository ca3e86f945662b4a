package appraisal

import (
	"maps"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/standard"
)

// Moment is where the learner stood at one round: at its closing, or today for the open one.
type Moment struct {
	Round  string
	On     calendar.Date
	Open   bool
	Month  int // programme month, when Timed
	Timed  bool
	Levels map[string]level.Level // that count, carried forward from earlier rounds
	Self   map[string]level.Level // the learner's own, carried forward
	Mentor map[string]level.Level // the mentor's, carried forward
	All    Share
	Duties []Share // in the order of the standard
	Kinds  []Share // knowledge, skills, behaviours, as far as the standard has them
}

// Share counts the KSBs of a duty, of a kind, or of all.
type Share struct {
	Duty     int           // 0 for a kind or all
	Kind     standard.Kind // 0 for a duty or all
	Total    int
	Rated    int // no opportunity included
	Scored   int // rated with a level
	Met      int // at target
	Behind   int // where the month should be, when the moment is Timed
	Sum      int // of the levels of the scored
	Expected int // sum of the levels expected then, of all KSBs, when the moment is Timed
	Target   int // sum of the targets of all KSBs
}

// Mean is the mean level of what was scored, and false where nothing was.
func (s Share) Mean() (float64, bool) {
	if s.Scored == 0 {
		return 0, false
	}
	return float64(s.Sum) / float64(s.Scored), true
}

// ExpectedMean is the mean level expected then.
func (s Share) ExpectedMean() float64 { return float64(s.Expected) / float64(max(s.Total, 1)) }

// TargetMean is the mean of the targets.
func (s Share) TargetMean() float64 { return float64(s.Target) / float64(max(s.Total, 1)) }

// Timeline gives one moment for each round with a rating in it, the oldest first. Rounds without any are left out.
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

// carry brings the maps forward by what one round, the last of the profile, holds.
func carry(p profile.Profile, r profile.Round, levels, self, mentor map[string]level.Level) {
	done := map[string]bool{}
	for _, by := range profile.Raters {
		for id := range r.Ratings[by] {
			if done[id] {
				continue // each look goes through all rounds
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

// share counts by duty and by kind, a behaviour in each of its duties that was opened.
func (m *Moment) share(r *gap.Report) {
	m.Month, m.Timed = r.Month, r.Timed
	duties, kinds := map[int]*Share{}, map[standard.Kind]*Share{}
	for _, d := range r.Standard.Duties {
		duties[d.Number] = &Share{Duty: d.Number}
	}
	for _, k := range standard.Kinds {
		kinds[k] = &Share{Kind: k}
	}
	for _, row := range r.Rows {
		m.All.add(row, true)
		kinds[row.KSB.Kind].add(row, true)
		for _, d := range row.KSB.Duties {
			duties[d].add(row, r.Opened(d))
		}
	}
	for _, d := range r.Standard.Duties {
		m.Duties = append(m.Duties, *duties[d.Number])
	}
	for _, k := range standard.Kinds {
		if kinds[k].Total > 0 {
			m.Kinds = append(m.Kinds, *kinds[k])
		}
	}
}

// add counts a row; of a duty that was never opened, only what is wanted there.
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
	if row.Opportunity() {
		return
	}
	s.Scored++
	s.Sum += int(row.Level)
	if row.Strength() {
		s.Met++
	}
}
