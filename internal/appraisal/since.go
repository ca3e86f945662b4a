package appraisal

import (
	"fmt"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// ChangeKind is what sort of thing changed.
type ChangeKind string

// The kinds of change, in the order in which Since gives them.
const (
	levelChanged  ChangeKind = "level"    // one KSB: the level that counts went from one to another
	firstRated    ChangeKind = "rated"    // rated for the first time: one entry for all of them
	evidenceAdded ChangeKind = "evidence" // one entry for all of it
	goalDone      ChangeKind = "goal"     // one goal
	actionsClosed ChangeKind = "actions"  // one entry for each outcome
)

// Change is one thing that changed between two days.
type Change struct {
	Kind  ChangeKind
	KSB   string   // of a changed level
	IDs   []string // of the KSBs, pieces of evidence, goals or actions
	Step  string   // of a changed level: "2 to 3"
	Words string   // such as "S6 2 to 3" or "evidence +2"; safe to show
}

// Since lists what changed after the day from, up to and including the day to. Levels are those that count; a zero from
// means the beginning. Where a round was closed and the next one opened on the day from, ratings of the new round count
// as changes.
func Since(p profile.Profile, std *standard.Standard, from, to calendar.Date) []Change {
	within := func(day calendar.Date) bool { return day.After(from) && !day.After(to) }
	out := levelChanges(p, std, from, to)
	added := lists.Where(p.Evidence, func(e profile.Evidence) bool { return within(e.On) })
	if n := len(added); n > 0 {
		ids := lists.Each(added, func(e profile.Evidence) string { return e.ID })
		out = append(out, Change{Kind: evidenceAdded, IDs: ids, Words: fmt.Sprintf("evidence +%d", n)})
	}
	for _, g := range p.Goals {
		if g.Status == profile.GoalDone && within(g.Closed) {
			out = append(out, Change{Kind: goalDone, IDs: []string{g.ID}, Words: "goal done: " + g.Text.Line()})
		}
	}
	return append(out, actionChanges(p, within)...)
}

// settledAt is the profile at the end of a day, without a round that was opened on the day the previous one was closed.
func settledAt(p profile.Profile, day calendar.Date) profile.Profile {
	p = ratedUntil(p, day)
	if n := len(p.Rounds); n > 1 && p.Rounds[n-1].Opened == day && p.Rounds[n-2].Closed == day {
		p.Rounds = p.Rounds[:n-1]
	}
	return p
}

func levelChanges(p profile.Profile, std *standard.Standard, from, to calendar.Date) []Change {
	was, is := settledAt(p, from), ratedUntil(p, to)
	var out []Change
	var first []string
	for _, id := range std.Walk() {
		now, _, rated := is.Level(id)
		old, _, before := was.Level(id)
		switch {
		case !rated:
		case !before:
			first = append(first, id)
		case now.Level != old.Level:
			step := old.Level.Figure() + " to " + now.Level.Figure()
			out = append(out, Change{Kind: levelChanged, KSB: id, IDs: []string{id}, Step: step, Words: id + " " + step})
		}
	}
	if n := len(first); n > 0 {
		out = append(out, Change{Kind: firstRated, IDs: first, Words: fmt.Sprintf("%d rated for the first time", n)})
	}
	return out
}

func actionChanges(p profile.Profile, within func(calendar.Date) bool) []Change {
	closed := map[profile.ActionStatus][]string{}
	for _, g := range p.Goals {
		for _, a := range g.Actions {
			if a.Status != profile.ActionOpen && within(a.Closed) {
				closed[a.Status] = append(closed[a.Status], a.ID)
			}
		}
	}
	var out []Change
	for _, s := range profile.ActionStatuses {
		if ids := closed[s]; len(ids) > 0 {
			says := words.Count(len(ids), "action", "actions") + " " + s.Words()
			out = append(out, Change{Kind: actionsClosed, IDs: ids, Words: says})
		}
	}
	return out
}

// InWords joins changes to one line, such as "S6 2 to 3, K7 1 to 2; evidence +2"; "nothing recorded" for none. Only
// what is of one kind has commas between, and no goal does: the learner's words may hold commas of their own.
func InWords(changes []Change) string {
	if len(changes) == 0 {
		return "nothing recorded"
	}
	var b strings.Builder
	for i, c := range changes {
		switch {
		case i == 0:
		case c.Kind == changes[i-1].Kind && c.Kind != goalDone:
			b.WriteString(", ")
		default:
			b.WriteString("; ")
		}
		b.WriteString(c.Words)
	}
	return b.String()
}

// InShort counts changes, such as "31 levels moved, 12 KSBs rated for the first time and 6 new pieces of evidence";
// "" for none. It says none of the learner's own words.
func InShort(changes []Change) string {
	n := map[ChangeKind]int{}
	var out, actions []string
	for _, c := range changes {
		n[c.Kind] += len(c.IDs)
		if c.Kind == actionsClosed {
			actions = append(actions, c.Words)
		}
	}
	for _, x := range []struct {
		kind            ChangeKind
		one, many, says string
	}{
		{levelChanged, "level", "levels", " moved"},
		{firstRated, "KSB", "KSBs", " rated for the first time"},
		{evidenceAdded, "new piece", "new pieces", " of evidence"},
		{goalDone, "goal", "goals", " reached"},
	} {
		if n[x.kind] > 0 {
			out = append(out, words.Count(n[x.kind], x.one, x.many)+x.says)
		}
	}
	return words.List(append(out, actions...))
}
