package file

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
)

// What a merge says of the places that it asks about.

// hidden says whether a mentor's rating is not yet the learner's to see.
func hidden(path []string, v reflect.Value) bool {
	if !v.IsValid() || len(path) < 3 || path[0] != "Rounds" || path[2] != "Mentors" {
		return false
	}
	x, ok := v.Interface().(profile.Rating)
	return !ok || x.Shown.IsZero()
}

// private says whether a place is the learner's alone: a private note, or one of a rehearsal. Any reflection counts as
// that here.
func private(path []string) bool {
	return path[0] == "Prepared" || path[0] == "Reflections" || path[0] == "Reviews" &&
		slices.Contains([]string{"Wellbeing", "Workload", "Support", "Adjust"}, path[len(path)-1])
}

// what names a place for the learner.
func (m *merger) what(path []string) string {
	last := path[len(path)-1]
	switch path[0] {
	case "Learner":
		return map[string]string{
			"Name": "your name", "Role": "your role", "Start": "the start of the programme",
			"Gateway": "the gateway date", "Review": "the day of the next review",
		}[last]
	case "Targets":
		return "the target of " + last
	case "Rounds":
		return roundPlace(path)
	case "Goals", "Evidence", "Reflections", "Reviews":
		return m.itemPlace(path)
	case "Prepared":
		return "your private notes on " + fieldWords(last)
	case "Answered":
		return "what came of what the last review left"
	case "Settings":
		return map[string]string{
			"Stale": "how long evidence supports a claim", "Every": "how often a review comes round", "Theme": "the colours of the screen",
		}[last]
	}
	return fieldWords(path[0])
}

func roundPlace(path []string) string {
	last := path[len(path)-1]
	switch {
	case len(path) == 2:
		return "the round " + last
	case path[2] == "Differ":
		return "what you recorded as differing on " + last
	case path[2] == "Mentors":
		return "a mentor's rating of " + path[min(3, len(path)-1)]
	case slices.Contains(path, string(profile.Agreed)):
		return "the agreed level of " + last
	case slices.Contains(path, string(profile.Self)):
		return "your rating of " + last
	}
	return "when the round " + path[1] + " was " + strings.ToLower(last)
}

// itemPlace is a part of something that has an ID, called by its own words.
func (m *merger) itemPlace(path []string) string {
	name := fieldWords(path[0]) + " " + path[1]
	for _, p := range []profile.Profile{m.Ours, m.Theirs} {
		if g, ok := p.Goal(path[1]); ok && path[0] == "Goals" {
			name = "the goal " + g.Text.Quoted()
		}
		if e, ok := p.Piece(path[1]); ok && path[0] == "Evidence" {
			name = "the evidence " + e.Title.Quoted()
		}
		if r, ok := p.Review(path[1]); ok && path[0] == "Reviews" {
			name = "the review of " + r.On.Short()
		}
	}
	switch {
	case len(path) == 2:
		return name
	case path[2] == "Actions" && path[0] == "Goals":
		return "an action of " + name
	}
	return name + ": " + fieldWords(path[len(path)-1])
}

// fieldWords turns the name of a field into words.
func fieldWords(field string) string {
	known := map[string]string{
		"KSBs": "its KSBs", "Text": "its words", "On": "its day", "Due": "when it is due", "Set": "when it was set",
		"Why": "the reason", "Who": "who helps", "Where": "where it is", "Closed": "when it was closed", "Adjust": "adjustments",
		"Evidence": "the evidence", "Reflections": "the reflection", "Curve": "the expected curve", "Standard": "the standard",
		"Pauses": "the pauses",
	}
	return cmp.Or(known[field], strings.ToLower(field))
}

func (e ending) words() string {
	said := strings.ReplaceAll(e.Status, "-", " ")
	if !e.Closed.IsZero() {
		said += ", " + e.Closed.Short()
	}
	return said
}

// wordsFor describes the value at a place.
func wordsFor(v reflect.Value) string {
	if !v.IsValid() {
		return "nothing"
	}
	if x, ok := v.Interface().(level.Level); ok {
		return x.InWords() // of which 0 is one
	}
	if v.IsZero() {
		return "nothing"
	}
	switch x := v.Interface().(type) {
	case profile.Rating:
		said := fmt.Sprintf("%s, %s", x.Level.InWords(), x.On.Short())
		if !x.Note.Empty() {
			said += ", " + x.Note.Quoted()
		}
		return said
	case profile.Differ:
		return fmt.Sprintf("recorded %s, %s", x.On.Short(), x.Note.Quoted())
	case safetext.Text:
		return x.Quoted()
	case calendar.Date:
		return x.Short()
	case ending:
		return x.words()
	case profile.Pause:
		return x.From.Long() + " to " + x.To.Long()
	case profile.Review:
		return "as it was closed on " + x.Closed.Long()
	case profile.Goal:
		return x.Text.Quoted()
	case profile.Action:
		return x.Text.Quoted()
	case profile.Evidence:
		return x.Title.Quoted()
	case string:
		return safetext.Line(x)
	case int:
		return fmt.Sprint(x)
	}
	return "as it is there"
}
