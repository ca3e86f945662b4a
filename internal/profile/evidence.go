package profile

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/sorting"
	"github.com/ksbcoach/ksbcoach/internal/standard"
)

// AddEvidence adds a piece of evidence.
type AddEvidence struct {
	Evidence Evidence
	Today    calendar.Date // the day of the change; zero leaves out the checks that need it
}

func (c AddEvidence) Label() string {
	if c.Evidence.Kind == KindExample {
		return "example for " + strings.Join(c.Evidence.KSBs, ", ")
	}
	return "evidence for " + strings.Join(c.Evidence.KSBs, ", ")
}

func (c AddEvidence) Apply(p Profile, std *standard.Standard) (Profile, error) {
	e := c.Evidence
	err := cmp.Or(p.checkID(e.ID), p.checkEvidence(e, std), MayHaveHappened(e.On, calendar.Date{}, c.Today))
	if err != nil {
		return p, err
	}
	p.Evidence = append(slices.Clone(p.Evidence), e)
	return p, nil
}

func (p Profile) checkEvidence(e Evidence, std *standard.Standard) error {
	if err := cmp.Or(checkKSBs(std, e.KSBs), MayShow(e.Kind, e.KSBs)); err != nil {
		return err
	}
	switch {
	case e.Title.Empty():
		return Refuse("one line that names the situation", "evidence needs a title")
	case e.On.IsZero():
		return Refuse("give the day; a rough date will do", "evidence needs a date")
	case !slices.Contains(Kinds, e.Kind):
		return Refuse("the kinds are "+strings.Join(Kinds, ", "), "%q is not a kind of evidence",
			safetext.Brief(e.Kind, 30))
	}
	if _, ok := std.Duty(e.Duty); !ok && e.Duty != 0 {
		return Refuse(fmt.Sprintf("its duties run from 1 to %d", len(std.Duties)), "%s has no duty %d", std.Reference,
			e.Duty)
	}
	return p.checkTexts(part{"the title", e.Title}, part{"the place", e.Where}, part{"the witness", e.Witness})
}

// MayShow refuses an example for several KSBs. A file with such an example can still be opened.
func MayShow(kind string, ksbs []string) error {
	if kind == KindExample && len(ksbs) > 1 {
		return Refuse("for several KSBs choose another kind, such as work-product",
			"an example is one situation for one KSB")
	}
	return nil
}

// EditEvidence changes a piece of evidence; nil fields stay as they are. The records of closed reviews do not change.
type EditEvidence struct {
	ID      string
	KSBs    *[]string
	On      *calendar.Date
	Kind    *string
	Title   *safetext.Text
	Where   *safetext.Text
	Witness *safetext.Text
	Duty    *int          // 0 for none
	Today   calendar.Date // the day of the change; zero leaves out the checks that need it
}

func (c EditEvidence) Label() string { return "change of a piece of evidence" }

func (c EditEvidence) Apply(p Profile, std *standard.Standard) (Profile, error) {
	i, err := p.evidenceAt(c.ID)
	if err != nil {
		return p, err
	}
	e := p.Evidence[i]
	setGiven(&e, c)
	e.KSBs = slices.Clone(e.KSBs)
	if err := cmp.Or(p.checkEvidence(e, std), MayHaveHappened(e.On, p.Evidence[i].On, c.Today)); err != nil {
		return p, err
	}
	p.Evidence = withItem(p.Evidence, i, e)
	return p, nil
}

// RemoveEvidence removes a piece of evidence. Its block in the file goes too, with any keys that the learner added to
// it; comments stay.
type RemoveEvidence struct{ ID string }

func (c RemoveEvidence) Label() string { return "removal of a piece of evidence" }

func (c RemoveEvidence) Apply(p Profile, _ *standard.Standard) (Profile, error) {
	i, err := p.evidenceAt(c.ID)
	if err != nil {
		return p, err
	}
	p.Evidence = slices.Delete(slices.Clone(p.Evidence), i, i+1)
	return p, nil
}

func (p Profile) evidenceAt(id string) (int, error) {
	i := slices.IndexFunc(p.Evidence, func(e Evidence) bool { return e.ID == id })
	if i < 0 {
		return 0, Refuse("ksbcoach evidence list shows the ids", "there is no evidence %q", safetext.Brief(id, 20))
	}
	return i, nil
}

// Piece finds a piece of evidence by its ID.
func (p Profile) Piece(id string) (Evidence, bool) {
	return lists.First(p.Evidence, func(e Evidence) bool { return e.ID == id })
}

// unsupported says whether a KSB is at level 3 or 4 without evidence that is recent enough on that day.
func (p Profile) unsupported(ksb string, on calendar.Date) bool {
	r, _, rated := p.Level(ksb)
	return rated && r.Level >= level.Claim && !p.supported(ksb, on, p.Settings.StaleMonths())
}

// LosesSupport lists the KSBs, by code, whose claims to level 3 or 4 lose the last of their recent evidence by a
// change.
func LosesSupport(before, after Profile, on calendar.Date) []string {
	var out []string
	for _, e := range before.Evidence {
		for _, id := range e.KSBs {
			if !slices.Contains(out, id) && !before.unsupported(id, on) && after.unsupported(id, on) {
				out = append(out, id)
			}
		}
	}
	sorting.By(out, standard.Compare)
	return out
}

// KindExample is the kind of an example that is given while rating.
const KindExample = "example"

// Kinds lists the kinds of evidence, in the terms that apprenticeships use.
var Kinds = []string{
	KindExample, "observed-procedure", "case-based-discussion", "witness-testimony", "work-product",
	"reflective-account", "training-record", "feedback",
}

// KindName is a kind of evidence in words. Only the last hyphen becomes a space, as in case-based discussion.
func KindName(kind string) string {
	if i := strings.LastIndexByte(kind, '-'); i >= 0 {
		return kind[:i] + " " + kind[i+1:]
	}
	return kind
}

// KindFor is the kind of evidence for which none was chosen: an example if it is for one KSB, since that is what a
// rating asks for, else a work product.
func KindFor(ksbs []string) string {
	if len(ksbs) == 1 {
		return KindExample
	}
	return "work-product"
}
