package handout

import (
	"strconv"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/standard"
)

// redacted is a record of codes, levels and dates alone. What may stay is taken over piece by piece, so that a field
// that is new to the record stays out until somebody decides otherwise. Identifiers become numbers, since they can be
// written by hand.
func redacted(p profile.Profile) profile.Profile {
	out := profile.Profile{
		Standard: p.Standard, Pauses: p.Pauses, Targets: p.Targets, Curve: p.Curve, Settings: p.Settings,
		Learner: profile.Learner{Start: p.Learner.Start, Gateway: p.Learner.Gateway, Review: p.Learner.Review},
	}
	people := letters{}
	for i, r := range p.Rounds {
		out.Rounds = append(out.Rounds, redactedRound(r, i+1, people))
	}
	for i, e := range p.Evidence {
		out.Evidence = append(out.Evidence, profile.Evidence{
			ID: strconv.Itoa(i + 1), KSBs: e.KSBs, On: e.On, Duty: e.Duty,
		})
	}
	for i, g := range p.Goals {
		x := profile.Goal{
			ID: strconv.Itoa(i + 1), KSBs: g.KSBs, Status: g.Status, Set: g.Set, Due: g.Due, Closed: g.Closed,
		}
		for j, a := range g.Actions {
			x.Actions = append(x.Actions, profile.Action{
				ID: x.ID + "." + strconv.Itoa(j+1), Sort: a.Sort, Due: a.Due, Status: a.Status, Closed: a.Closed,
			})
		}
		out.Goals = append(out.Goals, x)
	}
	for i, r := range p.Reviews {
		out.Reviews = append(out.Reviews, profile.Review{
			ID: strconv.Itoa(i + 1), On: r.On, Kind: r.Kind, Next: r.Next, Closed: r.Closed,
		})
	}
	return out
}

func redactedRound(r profile.Round, number int, people letters) profile.Round {
	out := profile.Round{
		ID: "round " + strconv.Itoa(number), Opened: r.Opened, Closed: r.Closed,
		Ratings: map[profile.Rater]map[string]profile.Rating{}, Others: map[string][]profile.Rating{},
		Differ: map[string]profile.Differ{},
	}
	for _, by := range profile.Raters {
		out.Ratings[by] = map[string]profile.Rating{}
		for _, id := range standard.Sorted(r.Ratings[by]) { // in order, so that everybody keeps their letter
			out.Ratings[by][id] = redactedRating(r.Ratings[by][id], people)
		}
	}
	for _, id := range standard.Sorted(r.Others) {
		for _, x := range r.Others[id] {
			out.Others[id] = append(out.Others[id], redactedRating(x, people))
		}
	}
	for id, d := range r.Differ {
		out.Differ[id] = profile.Differ{On: d.On}
	}
	return out
}

func redactedRating(x profile.Rating, people letters) profile.Rating {
	return profile.Rating{
		Level: x.Level, On: x.On, Shown: x.Shown, Changed: x.Changed, Blind: x.Blind, By: people.of(x.By),
	}
}

// letters tell people apart without their names.
type letters map[string]string

// of is a letter for a name; a number would read as a level.
func (n letters) of(who safetext.Text) safetext.Text {
	if who.Empty() {
		return who
	}
	if _, known := n[who.Line()]; !known {
		n[who.Line()] = "mentor " + string(rune('A'+len(n)%26)) + strings.Repeat("'", len(n)/26)
	}
	return safetext.New(n[who.Line()])
}
