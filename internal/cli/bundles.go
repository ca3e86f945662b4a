package cli

import (
	"fmt"

	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/session"
)

// project is a small project that is offered for several gaps at once. Its field says how it is done in the learner's
// own, where that differs; a move is a KSB's step up by it, and what in it proves that.
func (k *kit) project(s *session.Session, x plan.Suggestion) object {
	b := x.Bundle
	return object{
		{"id", b.ID},
		{"name", b.Name},
		{"about", b.About},
		{"field", k.fieldOf(s, *b)},
		{"goal", b.Goal},
		{"ksbs", x.KSBs},
		{"hours", b.Hours},
		{"offjob", b.OffJob},
		{"why", x.Why},
		{"agree", b.Agree},
		{"leaves", b.Leaves},
		{"moves", listOf(x.Moves, func(m plan.Move) object {
			return object{{"ksb", m.KSB}, {"from", m.From}, {"to", m.To}, {"proof", m.Proof}}
		})},
		{"due", x.Due},
		{"actions", listOf(x.Actions, actionObject)},
	}
}

// fieldOf is how a project is done in the learner's field, where that differs; else "".
func (k *kit) fieldOf(s *session.Session, b coaching.Bundle) string {
	return b.In(s.Field().ID)
}

// showProjects writes the projects alone.
func (o *planOptions) showProjects(p *page, s *session.Session, projects []plan.Suggestion) {
	if len(projects) == 0 {
		p.Para(0, "No small project would serve three of your gaps in less time than a goal for each.")
		p.next("ksbcoach gaps")
		return
	}
	o.projects(p, s, projects)
	p.next("ksbcoach goal add --bundle %s takes it over as one goal", projects[0].Bundle.ID)
}

// projects writes what is offered for several gaps at once.
func (o *planOptions) projects(p *page, s *session.Session, projects []plan.Suggestion) {
	p.document(plan.ProjectsDoc(projects, func(b coaching.Bundle) string { return o.fieldOf(s, b) }, s.Titles(),
		s.Today()))
}

// takeBundle is a project as a goal, with IDs.
func (o *goalAddOptions) takeBundle(s *session.Session) (profile.Goal, error) {
	b, ok := o.library.Growth(s.Standard().Reference).Bundle(o.bundle)
	if !ok {
		return profile.Goal{}, &usageError{
			fmt.Sprintf("there is no project %q", safetext.Line(o.bundle)),
			"ksbcoach plan --bundles lists those that fit your gaps",
		}
	}
	x, err := plan.Project(s.Report(), s.Profile(), b, s.Coach())
	if err != nil {
		return profile.Goal{}, err
	}
	return x.Taken(s.Today(), s.NewID), nil
}
