package library

import (
	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/profile/file"
)

// demoDay is the day that seeds/demo.toml is written for.
var demoDay = calendar.Of(2026, 11, 22)

// DemoStopped is the KSB at which the sample learner stopped.
const DemoStopped = "K21"

// Demo is the sample learner as she would be on a day. She is the same for the same day.
func (l *Library) Demo(today calendar.Date) profile.Profile {
	p := file.Moved(l.demo(), demoDay.Days(today))
	p.Learner.Gateway = p.Learner.Start.AddMonths(profile.ProgrammeMonths)
	std := l.Standard(p.Standard)
	for i, r := range p.Reviews {
		p.Reviews[i] = p.AsAgreed(r)
		p.Reviews[i].Hash = appraisal.Hash(appraisal.Record(p, std, p.Reviews[i]))
	}
	return p
}
