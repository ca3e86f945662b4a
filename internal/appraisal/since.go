package appraisal

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/doc"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// ChangeKind is the kind of thing that changed. Its values are part of the JSON output.
type ChangeKind string

// The kinds of change, in the order in which Since lists them.
const (
	levelChanged  ChangeKind = "level"    // the level that counts changed: an entry for each KSB
	firstRated    ChangeKind = "rated"    // rated for the first time: one entry for all KSBs
	evidenceAdded ChangeKind = "evidence" // one entry for all pieces
	goalDone      ChangeKind = "goal"     // an entry for each goal
	actionsClosed ChangeKind = "actions"  // an entry for each outcome
)

// Change is one thing that changed between two days.
type Change struct {
	Kind  ChangeKind
	KSB   string   // for a changed level
	IDs   []string // of the KSBs, pieces of evidence, goals or actions
	Step  string   // for a changed level: "2 to 3"
	Words string   // such as "S6 2 to 3" or "evidence +2"; safe to show
}

// Since lists what changed after the day from, up to and including the day to. A zero from means the beginning. Levels
// are those that count. If one round was closed and the next opened on the day from, ratings of the new round are
// changes.
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
	before, after := settledAt(p, from), ratedUntil(p, to)
	var out []Change
	var first []string
	for _, id := range std.Walk() {
		old, _, wasRated := before.Level(id)
		now, _, isRated := after.Level(id)
		switch {
		case !isRated:
		case !wasRated:
			first = append(first, id)
		case now.Level != old.Level:
			step := old.Level.Figure() + " to " + now.Level.Figure()
			out = append(out,
				Change{Kind: levelChanged, KSB: id, IDs: []string{id}, Step: step, Words: id + " " + step})
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

// InWords joins changes on one line, such as "S6 2 to 3, K7 1 to 2; evidence +2"; "nothing recorded" for none. There
// are commas between changes of one kind and semicolons elsewhere. Goals always have semicolons, since the learner's
// words may hold commas.
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

// InShort says how many changes of each kind there are, such as "31 levels moved, 12 KSBs rated for the first time and
// 6 new pieces of evidence"; "" for none. It holds none of the learner's own words.
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

// LeftWords say what a review left to follow up, such as "you 2, J. Ode 1: see her on artefact with two more traces",
// or "agreed on 13 Sep 2026: Teaching first".
func LeftWords(p profile.Profile, l profile.Left) string { return leftSaid(p, l, You) }

// leftSaid is LeftWords with another word for the learner.
func leftSaid(p profile.Profile, l profile.Left, you string) string {
	r, _ := p.Review(l.Review)
	if l.KSB == "" {
		return "agreed on " + r.On.Long() + ": " + r.Agreed.Line()
	}
	round, _ := p.Round(r.Round)
	var said []string
	if self, ok := round.Ratings[profile.Self][l.KSB]; ok {
		said = append(said, you+" "+Level(self))
	}
	if mentors := round.Mentors(l.KSB); len(mentors) > 0 {
		said = append(said, mentorWords(mentors, mentors[0].By.Or("your mentor")))
	}
	return strings.Join(said, ", ") + round.Differ[l.KSB].Note.After(": ")
}

// WhatCame asks about what a review left. It follows LeftWords.
const WhatCame = "What came of it?"

// Came says what came of something that a review left, such as "done: two more traces, both clean"; "" until that is
// answered.
func Came(l profile.Left) string {
	if l.Outcome == profile.ActionOpen {
		return ""
	}
	return l.Outcome.Words() + l.Note.After(": ")
}

// NotAnswered names what the last review left and nobody has answered yet, in a sentence, or "".
func NotAnswered(p profile.Profile) string {
	var ids []string
	for _, l := range p.Unanswered() {
		if name := cmp.Or(l.KSB, "what was agreed in words"); !slices.Contains(ids, name) {
			ids = append(ids, name)
		}
	}
	if len(ids) == 0 {
		return ""
	}
	return "Nobody has said yet what came of " + words.List(ids) + "; the next review asks again."
}

// LeftAnswered is said when everything that the last review left has been answered. It names actions that are overdue.
func LeftAnswered(p profile.Profile, today calendar.Date) string {
	if n := len(p.Overdue(today)); n > 0 {
		return "Nothing else is left to answer; " + words.Count(n, "action is", "actions are") + " overdue."
	}
	return "All that was left last time is answered."
}

// left writes the answers to what the previous review left.
func (w *recorder) left() {
	list := w.r.Left
	if w.r.Closed.IsZero() {
		list = w.p.Left()
	}
	var out []doc.Item
	for _, l := range list {
		if l.Outcome == profile.ActionOpen {
			continue
		}
		r, _ := w.p.Review(l.Review)
		round, _ := w.p.Round(r.Round)
		says := "Agreed in words on " + r.On.Long() + r.Agreed.After(": ")
		if l.KSB != "" {
			says = l.KSB + ", on which they differed on " + r.On.Long() + round.Differ[l.KSB].Note.After(": ")
		}
		says = strings.TrimSuffix(says, ".")
		out = append(out, line(sentence(says+". "+words.Capital(l.Outcome.Words())+".", l.Note)))
	}
	w.part("What came of what was left last time", out)
}

// LeftAs finds something that the last review left by what people type: a KSB, or "agreed" for what was agreed in
// words. If there are several, it finds the first that is not answered. It is false if there is none.
func LeftAs(p profile.Profile, name string) (profile.Left, bool) {
	ksb := standard.Code(name)
	if strings.EqualFold(name, "agreed") {
		ksb = ""
	}
	left, ok := lists.First(slices.Concat(p.Unanswered(), p.Left()), func(l profile.Left) bool { return l.KSB == ksb })
	left.KSB = ksb
	return left, ok
}

// LeftTitle is the title of the KSB that was left, or a title for what was agreed in words.
func LeftTitle(l profile.Left, title func(ksb string) string) string {
	if l.KSB == "" {
		return "What was agreed in words"
	}
	return safetext.Line(title(l.KSB))
}
