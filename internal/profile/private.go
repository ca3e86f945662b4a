package profile

import (
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/standard"
)

// Private are the learner's own notes for a review. They are shown to others only if the review's Share names them.
type Private struct {
	Wellbeing safetext.Text
	Workload  safetext.Text
	Support   safetext.Text
	Adjust    safetext.Text // reasonable adjustments that help in the meeting and at work
}

// Private is the private notes of the review.
func (r Review) Private() Private { return Private{r.Wellbeing, r.Workload, r.Support, r.Adjust} }

// Private is the private notes that can be changed now: those of the open review, else those for the next one.
func (p Profile) Private() Private {
	if r, open := p.OpenReview(); open {
		return r.Private()
	}
	return p.Prepared
}

// KeepPrivate changes the private notes; nil fields stay as they are. If no review is open the notes wait in Prepared,
// from where StartReview moves them into the next one.
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

// A PrivateNote is one of the private notes. About is its word in Shares, with which the learner can share it.
type PrivateNote struct {
	About string
	Text  safetext.Text
}

// Notes lists the private notes in the order of Shares, including empty ones.
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

// Privacy is what the learner has told package privacy, which warns of texts that may identify a patient.
type Privacy struct {
	Cleared []string // marks of texts that do not identify anyone, so that they need no warning
}

// Clear records that some texts do not identify a patient. It names them by the marks that package privacy gives them.
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
