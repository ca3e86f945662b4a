package cli

import (
	"fmt"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/session"
)

// bundleJSON is a small project that is offered for several gaps at once.
type bundleJSON struct {
	ID      string         `json:"id"`
	Name    string         `json:"name"`
	About   string         `json:"about"`
	Field   *string        `json:"field"` // how it is done in the learner's field, where that differs
	Goal    string         `json:"goal"`
	KSBs    []string       `json:"ksbs"`
	Hours   int            `json:"hours"`
	OffJob  profile.OffJob `json:"offjob"`
	Why     string         `json:"why"`
	Agree   string         `json:"agree"`
	Leaves  string         `json:"leaves"`
	Moves   []moveJSON     `json:"moves"`
	Due     *calendar.Date `json:"due"`
	Actions []actionJSON   `json:"actions"`
}

// moveJSON is a KSB's step up by a project, and what in the project proves it.
type moveJSON struct {
	KSB   string      `json:"ksb"`
	From  level.Level `json:"from"`
	To    level.Level `json:"to"`
	Proof string      `json:"proof"`
}

func (k *kit) project(s *session.Session, x plan.Suggestion) bundleJSON {
	b, field := x.Bundle, k.fieldOf(s, *x.Bundle)
	return bundleJSON{
		b.ID, b.Name, b.About, known(field, field != ""), b.Goal, list(x.KSBs), b.Hours, b.OffJob, x.Why, b.Agree, b.Leaves,
		listOf(x.Moves, func(m plan.Move) moveJSON { return moveJSON(m) }), knownDate(x.Due), listOf(x.Actions, actionObject),
	}
}

// fieldOf is how a project is done in the learner's field, where that differs; else "".
func (k *kit) fieldOf(s *session.Session, b coaching.Bundle) string {
	return b.In(s.Field())
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
	p.document(plan.ProjectsDoc(projects, func(b coaching.Bundle) string { return o.fieldOf(s, b) }, s.Titles(), s.Today()))
}

// takeBundle is a project as a goal, with IDs.
func (o *goalAddOptions) takeBundle(s *session.Session) (profile.Goal, error) {
	b, ok := o.library.Growth(s.Standard().Reference).Bundle(o.bundle)
	if !ok {
		return profile.Goal{}, &usageError{fmt.Sprintf("there is no project %q", safetext.Line(o.bundle)), "ksbcoach plan --bundles lists those that fit your gaps"}
	}
	x, err := plan.Project(s.Report(), s.Profile(), b, s.Coach())
	if err != nil {
		return profile.Goal{}, err
	}
	return x.Taken(s.Today(), s.NewID), nil
}
