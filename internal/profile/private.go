package profile

import (
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/standard"
)

// Private are the learner's own notes for a review. They leave the file only where the review's Share names them.
type Private struct {
	Wellbeing safetext.Text
	Workload  safetext.Text
	Support   safetext.Text
	Adjust    safetext.Text // reasonable adjustments that help in the meeting and at work
}

// Private gives the private notes of a review.
func (r Review) Private() Private { return Private{r.Wellbeing, r.Workload, r.Support, r.Adjust} }

// Private gives the private notes that can be written now: those of the review that is open, else those prepared for
// the next one.
func (p Profile) Private() Private {
	if r, open := p.OpenReview(); open {
		return r.Private()
	}
	return p.Prepared
}

// KeepPrivate keeps private notes; what is nil stays. While no review is open they wait for the next one, and starting
// it moves them there.
type KeepPrivate struct{ Wellbeing, Workload, Support, Adjust *safetext.Text }

func (c KeepPrivate) Label() string { return "private notes" }

func (c KeepPrivate) Apply(p Profile, std *standard.Standard) (Profile, error) {
	if r, open := p.OpenReview(); open {
		return EditReview{
			ID: r.ID, Wellbeing: c.Wellbeing, Workload: c.Workload, Support: c.Support, Adjust: c.Adjust,
		}.Apply(p, std)
	}
	notes := p.Prepared
	setGiven(&notes, c)
	if err := p.checkPrivate(notes); err != nil {
		return p, err
	}
	p.Prepared = notes
	return p, nil
}

func (p Profile) checkPrivate(x Private) error {
	return p.checkTexts(lists.Each(x.Notes(), func(note PrivateNote) part {
		return part{"the part on " + note.About, note.Text}
	})...)
}

// A PrivateNote is one of the private notes. About is its word in Shares, by which the learner includes it in the
// record.
type PrivateNote struct {
	About string
	Text  safetext.Text
}

// Notes lists the private notes in the order of Shares, those that are empty too.
func (x Private) Notes() []PrivateNote {
	return []PrivateNote{
		{ShareWellbeing, x.Wellbeing}, {ShareWorkload, x.Workload}, {ShareSupport, x.Support}, {ShareAdjust, x.Adjust},
	}
}

// Size is how much is written, in bytes.
func (x Private) Size() int {
	n := 0
	for _, note := range x.Notes() {
		n += len(note.Text.Raw())
	}
	return n
}

// Empty says whether nothing is written.
func (x Private) Empty() bool {
	return !slices.ContainsFunc(x.Notes(), func(note PrivateNote) bool { return !note.Text.Empty() })
}

// Privacy is what the learner told the guard for patients, which is package privacy.
type Privacy struct {
	Cleared []string // marks of texts that are no identifiers
}

// Clear notes that texts of a record are no identifiers of patients, by their marks.
type Clear struct{ Marks []string }

func (c Clear) Label() string { return "not an identifier" }

func (c Clear) Apply(p Profile, _ *standard.Standard) (Profile, error) {
	if len(c.Marks) == 0 {
		return p, Refuse("ksbcoach check --privacy lists the marks", "no mark is named")
	}
	cleared := slices.Clone(p.Privacy.Cleared)
	for _, mark := range c.Marks {
		if !ValidID(mark) || !strings.Contains(mark, "-") {
			return p, Refuse("ksbcoach check --privacy lists the marks", "%q is not a mark", mark)
		}
		if !slices.Contains(cleared, mark) {
			cleared = append(cleared, mark)
		}
	}
	slices.Sort(cleared)
	p.Privacy.Cleared = cleared
	return p, nil
}
