package plan

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/sorting"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// work is what a learner has done by rating and planning, as the record shows it.
type work struct {
	rated     int      // KSBs that the learner rated
	reflected []string // KSBs that were reflected on, in the order of their codes
	reasoned  int      // goals with a reason in the learner's words
	planned   int      // actions
	done      int      // of them
}

func workOf(p profile.Profile, std *standard.Standard) work {
	var w work
	for _, id := range std.Walk() {
		if _, ok := p.Newest(id, profile.Self); ok {
			w.rated++
		}
	}
	for _, r := range p.Reflections {
		for _, id := range r.KSBs {
			if !slices.Contains(w.reflected, id) {
				w.reflected = append(w.reflected, id)
			}
		}
	}
	sorting.By(w.reflected, standard.Compare)
	for _, g := range p.Goals {
		if !g.Why.Empty() {
			w.reasoned++
		}
		w.planned += len(g.Actions)
		for _, a := range g.Actions {
			if a.Status == profile.ActionDone {
				w.done++
			}
		}
	}
	return w
}

// Practised lists the KSBs that a learner has practised by rating and planning, as far as the standard has them: a
// reflection is practice of K31 and S31, the reason for a goal of K32, actions are of K33, having done one is of S32,
// and B5, to be committed to developing one's own practice, takes both looking back and going on.
func Practised(p profile.Profile, std *standard.Standard) []string {
	w := workOf(p, std)
	reflected := len(w.reflected) > 0
	var out []string
	for _, x := range []struct {
		ksb  string
		done bool
	}{
		{"K31", reflected},
		{"K32", w.reasoned > 0},
		{"K33", w.planned > 0},
		{"S31", reflected},
		{"S32", w.done > 0},
		{"B5", reflected && w.planned > 0},
	} {
		if x.done && std.Place(x.ksb) >= 0 {
			out = append(out, x.ksb)
		}
	}
	return out
}

// The kind and the place of the evidence entry for this work.
const (
	keptKind  = "reflective-account"
	keptWhere = "this ksbcoach profile"
)

// Kept is the evidence entry that keeps the work of rating and planning itself: it says what was done, for the KSBs
// that it was practice of. Without any, nothing can be kept.
func Kept(id string, p profile.Profile, std *standard.Standard, today calendar.Date) (profile.Evidence, error) {
	ksbs := Practised(p, std)
	if len(ksbs) == 0 {
		return profile.Evidence{}, &profile.Refusal{
			Msg: "rating alone is not yet practice of reflecting and planning",
			Why: "reflect on a goal, say why you chose it, or give it an action first",
		}
	}
	return profile.Evidence{
		ID: id, KSBs: ksbs, On: today, Kind: keptKind, Title: safetext.New(workOf(p, std).words(len(std.Walk()))),
		Where: safetext.New(keptWhere),
	}, nil
}

// KeptIn is the entry of a record that keeps this work already, if there is one.
func KeptIn(p profile.Profile) (profile.Evidence, bool) {
	i := slices.IndexFunc(p.Evidence, func(e profile.Evidence) bool {
		return e.Kind == keptKind && e.Where.Line() == keptWhere
	})
	if i < 0 {
		return profile.Evidence{}, false
	}
	return p.Evidence[i], true
}

// words say what was done, such as "Rated myself on 24 of 72 KSBs; reflected on K7 and S6; said why I chose 2 goals;
// planned 5 actions and did 1".
func (w work) words(all int) string {
	var parts []string
	add := func(n int, format string, args ...any) {
		if n > 0 {
			parts = append(parts, fmt.Sprintf(format, args...))
		}
	}
	add(w.rated, "rated myself on %d of %d KSBs", w.rated, all)
	if len(w.reflected) > maxNamed {
		add(1, "reflected on %d KSBs", len(w.reflected))
	} else {
		add(len(w.reflected), "reflected on %s", words.List(w.reflected))
	}
	add(w.reasoned, "said why I chose %s", words.Count(w.reasoned, "goal", "goals"))
	if add(w.planned, "planned %s", words.Count(w.planned, "action", "actions")); w.done > 0 {
		parts[len(parts)-1] += fmt.Sprintf(" and did %d", w.done)
	}
	said := strings.Join(parts, "; ")
	return words.Capital(said)
}

// maxNamed is how many KSBs the title of the entry names one by one.
const maxNamed = 6

// KeptNote goes beside the offer to keep that work.
const KeptNote = "Some providers keep self-assessment out of the portfolio itself: ask yours before you hand it in."
