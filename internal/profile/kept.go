package profile

import (
	"maps"
	"slices"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/standard"
)

// RehearsalModel is the model that the notes of a rehearsal name; they are never shared.
const RehearsalModel = "rehearsal"

// Kept is what a closed review tells of and what goes on changing elsewhere, written down as it was at the closing. It is
// empty in a review that an older version closed.
type Kept struct {
	Learner     safetext.Text           // the learner's name
	Unsupported []string                // the agreed claims without a fresh example on that day
	Stale       int                     // the limit that these miss, in months
	Reflections []string                // IDs of those that were shared
	Actions     map[string]AgreedAction // by ID: those that were checked, and those that were set
}

// AgreedAction is an action in the words of the review.
type AgreedAction struct {
	Text  safetext.Text
	Who   safetext.Text
	Due   calendar.Date
	Shows safetext.Text
	Next  string // ID of the action that takes its place, or ""
}

// Whole says whether a closed review keeps all that its record tells of, so that no later change shows in the record.
func (r Review) Whole() bool { return !r.Closed.IsZero() && !r.Kept.Learner.Empty() }

// AsAgreed is a review that is being closed, with what its record tells of written down.
func (p Profile) AsAgreed(r Review) Review {
	r.Kept = Kept{}
	k := Kept{Learner: p.Learner.Name}
	stale := p.Settings.StaleMonths()
	round, _ := p.Round(r.Round)
	for _, id := range slices.SortedFunc(maps.Keys(round.Ratings[Agreed]), standard.Compare) {
		if round.Ratings[Agreed][id].Level >= level.Claim && !p.Supported(id, r.Closed, stale) {
			k.Unsupported, k.Stale = append(k.Unsupported, id), stale
		}
	}
	if r.Shares(ShareReflections) {
		for _, x := range p.ReflectionsFor(r) {
			k.Reflections = append(k.Reflections, x.ID)
		}
	}
	k.Actions = p.agreedActions(r)
	r.Kept = k
	return r
}

// agreedActions are the actions of a review as the plan has them: the old ones by their words and by what takes their place,
// the new ones whole.
func (p Profile) agreedActions(r Review) map[string]AgreedAction {
	out := map[string]AgreedAction{}
	fresh := slices.Clone(r.Actions)
	for _, c := range r.Checked {
		a, _, ok := p.Action(c.Action)
		if !ok {
			continue
		}
		old := AgreedAction{Text: a.Text}
		if _, _, set := p.Action(c.Next); set {
			old.Next, fresh = c.Next, append(fresh, c.Next)
		}
		out[a.ID] = old
	}
	for _, id := range fresh {
		if a, _, ok := p.Action(id); ok {
			out[a.ID] = AgreedAction{Text: a.Text, Who: a.Who, Due: a.Due, Shows: a.Shows, Next: out[id].Next}
		}
	}
	if len(out) == 0 {
		return nil
	}
	return out
}

// Supported says whether a KSB has evidence that is younger on a day than so many months.
func (p Profile) Supported(ksb string, on calendar.Date, staleMonths int) bool {
	return slices.ContainsFunc(p.EvidenceFor(ksb), func(e Evidence) bool { return e.Fresh(on, staleMonths) })
}

// ReflectionsFor are those that a review shares where it shares reflections: as noted at its closing, and before that those
// written since the review before. The notes of a rehearsal are never among them.
func (p Profile) ReflectionsFor(r Review) []Reflection {
	if r.Whole() {
		return slices.DeleteFunc(slices.Clone(p.Reflections), func(x Reflection) bool { return !slices.Contains(r.Kept.Reflections, x.ID) })
	}
	var since calendar.Date
	for _, x := range p.Reviews {
		if x.ID != r.ID && !x.Closed.IsZero() && x.On.Before(r.On) {
			since = later(since, x.On)
		}
	}
	until := later(r.On, r.Closed)
	return slices.DeleteFunc(slices.Clone(p.Reflections), func(x Reflection) bool {
		return x.Model == RehearsalModel || !x.On.After(since) || x.On.After(until)
	})
}

// sharedIn is the closed review in which a reflection was shared, and false when it was in none.
func (p Profile) sharedIn(reflection string) (Review, bool) {
	i := slices.IndexFunc(p.Reviews, func(r Review) bool { return slices.Contains(r.Kept.Reflections, reflection) })
	if i < 0 {
		return Review{}, false
	}
	return p.Reviews[i], true
}
