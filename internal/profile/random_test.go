package profile_test

import (
	"fmt"
	"maps"
	"slices"

	"pgregory.net/rapid"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
)

// A maker draws random parts of profiles. Identifiers count up, so that they stand once.
type maker struct {
	t  *rapid.T
	id int
}

func (m *maker) n(most int) int        { return rapid.IntRange(0, most).Draw(m.t, "n") }
func (m *maker) maybe() bool           { return rapid.Bool().Draw(m.t, "maybe") }
func (m *maker) newID(p string) string { m.id++; return fmt.Sprintf("%s-%d", p, m.id) }

func pick[T any](m *maker, from []T) T { return from[m.n(len(from)-1)] }

func (m *maker) ksb() string { return pick(m, std.Walk()) }

func (m *maker) ksbs() []string {
	var out []string
	for range 1 + m.n(2) {
		if id := m.ksb(); !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return out
}

func (m *maker) date() calendar.Date { return calendar.Of(2025, 9, 15).AddDays(m.n(1200)) }

func (m *maker) someDate() calendar.Date {
	if m.maybe() {
		return calendar.Date{}
	}
	return m.date()
}

// odd are texts that a careless writer would break on.
var odd = []string{
	"", " ", "plain", `a "quoted" word`, `back\slash`, "two\nlines", "win\r\ndows", "tab\there", "]]", "[learner]", "# no comment", "'''", `"""`, "= 3", "2026-11-22",
	"é ü 漢字 👩🏽‍⚕️", "\x1b[31mred", "\u202eRTL", "\x00", "\ufeff", "\u0085", "x\u2028y", "\x7f", `\u0041`,
}

func (m *maker) text() safetext.Text {
	if m.maybe() {
		return safetext.New(pick(m, odd))
	}
	return safetext.New(rapid.String().Draw(m.t, "text"))
}

// words is a text that is not empty.
func (m *maker) words() safetext.Text { return safetext.New("x" + m.text().Raw()) }

func (m *maker) level() level.Level { return level.Level(m.n(int(level.Max)+1)) - 1 }

func (m *maker) rating(by profile.Rater) profile.Rating {
	r := profile.Rating{Level: m.level(), On: m.date(), Note: m.text()}
	if by != profile.Self {
		r.By, r.Reason = m.text(), m.words()
	}
	return r
}

func (m *maker) round(id string) profile.Round {
	r := profile.Round{ID: id, Opened: m.date(), Closed: m.date(), Ratings: map[profile.Rater]map[string]profile.Rating{}, Others: map[string][]profile.Rating{}}
	for _, by := range profile.Raters {
		rows := map[string]profile.Rating{}
		for range m.n(6) {
			rows[m.ksb()] = m.rating(by)
		}
		r.Ratings[by] = rows
	}
	for _, ksb := range slices.Sorted(maps.Keys(r.Ratings[profile.Mentor])) {
		if list := m.others(r.Ratings[profile.Mentor][ksb]); len(list) > 0 {
			r.Others[ksb] = list
		}
	}
	return r
}

// others are ratings of a KSB by up to three mentors more.
func (m *maker) others(first profile.Rating) []profile.Rating {
	list := []profile.Rating{first}
	for range m.n(3) {
		x := m.rating(profile.Mentor)
		x.On = list[len(list)-1].On.AddDays(-m.n(30)) // the newest first
		x.By = m.name()
		if !slices.ContainsFunc(list, func(y profile.Rating) bool { return profile.SameName(x.By, y.By) }) {
			list = append(list, x)
		}
	}
	return list[1:]
}

// name is that of one of a few mentors, or any text.
func (m *maker) name() safetext.Text {
	if m.maybe() {
		return m.text()
	}
	return text(pick(m, []string{"", "J. Ode", "j ode", "R. Lindqvist", "M. Ward"}))
}

func (m *maker) evidence() profile.Evidence {
	return profile.Evidence{ID: m.newID("e"), KSBs: m.ksbs(), On: m.date(), Kind: pick(m, profile.Kinds), Title: m.words(), Where: m.text(), Witness: m.text(), Duty: m.n(10)}
}

func (m *maker) reflection() profile.Reflection {
	r := profile.Reflection{ID: m.newID("r"), On: m.date(), Model: pick(m, []string{"", "driscoll", "my own"}), KSBs: m.ksbs(), Answers: []profile.Answer{{Step: "what", Text: m.words()}}}
	for _, step := range []string{"so-what", "What now?", "patients"} {
		if m.maybe() {
			r.Answers = append(r.Answers, profile.Answer{Step: step, Text: m.text()})
		}
	}
	return r
}

func (m *maker) action() profile.Action {
	return profile.Action{ID: m.newID("a"), Sort: pick(m, profile.Sorts), Text: m.words(), Who: m.text(), Due: m.someDate(), Shows: m.text(), Minutes: m.n(500), OffJob: pick(m, append([]profile.OffJob{""}, profile.OffJobs...)), Status: pick(m, profile.ActionStatuses), Note: m.text(), Closed: m.someDate()}
}

func (m *maker) goal() profile.Goal {
	g := profile.Goal{ID: m.newID("g"), KSBs: m.ksbs(), Text: m.words(), Status: pick(m, profile.GoalStatuses), Set: m.someDate(), Due: m.someDate(), Theory: pick(m, []string{"", "sbi"}), Why: m.text(), Note: m.text(), Closed: m.someDate()}
	for range m.n(2) {
		g.Actions = append(g.Actions, m.action())
	}
	return g
}

func (m *maker) learner() profile.Learner {
	return profile.Learner{
		Name: m.words(), Role: m.text(), Start: calendar.Of(2025, 1, 1).AddDays(m.n(9)), Gateway: calendar.Of(2028, 1, 1).AddDays(m.n(9)), Review: m.someDate(),
		ID: pick(m, []string{"", "l-7f3k9m2x"}),
	}
}

func (m *maker) pause() profile.Pause {
	from := m.date()
	return profile.Pause{From: from, To: from.AddDays(m.n(99))}
}

func (m *maker) profile() profile.Profile {
	p := profile.Profile{Standard: std.Reference, Learner: m.learner(), Targets: map[string]level.Level{}}
	for range m.n(2) {
		p.Pauses = append(p.Pauses, m.pause())
	}
	for range m.n(3) {
		p.Targets[m.ksb()] = level.Level(1 + m.n(3))
	}
	for i := range m.n(3) {
		p.Rounds = append(p.Rounds, m.round(fmt.Sprintf("round-%d", i)))
	}
	if n := len(p.Rounds); n > 0 && m.maybe() {
		p.Rounds[n-1].Closed = calendar.Date{}
	}
	for range m.n(3) {
		p.Evidence = append(p.Evidence, m.evidence())
	}
	for range m.n(2) {
		p.Reflections = append(p.Reflections, m.reflection())
	}
	for range m.n(3) {
		p.Goals = append(p.Goals, m.goal())
	}
	if m.maybe() {
		p.Prepared = profile.Private{Wellbeing: m.text(), Workload: m.text(), Support: m.words(), Adjust: m.text()}
	}
	return p
}

// change draws a change of p; it may be one that is refused.
func (m *maker) change(p profile.Profile) profile.Change {
	switch m.n(13) {
	case 0, 1, 2, 3:
		c := profile.Rate{KSB: m.ksb(), By: pick(m, profile.Raters), Level: m.level(), On: m.date(), Who: m.name(), Reason: m.text()}
		if len(p.Rounds) > 0 && c.By == profile.Mentor && m.maybe() {
			if rated := slices.Sorted(maps.Keys(p.Rounds[len(p.Rounds)-1].Ratings[profile.Mentor])); len(rated) > 0 {
				c.KSB = pick(m, rated)
			}
		}
		if m.maybe() {
			c.Note = ptr(m.text())
		}
		return c
	case 4:
		if m.maybe() {
			return profile.Note{KSB: m.ksb(), By: profile.Mentor, Who: m.name(), Text: m.text()}
		}
		return profile.Note{KSB: m.ksb(), Text: m.text()}
	case 5:
		if m.maybe() {
			return profile.Identify{ID: m.newID("l")}
		}
		return profile.SetLearner{Learner: m.learner()}
	case 6:
		return profile.SetTarget{KSB: m.ksb(), Level: level.Level(1 + m.n(3)), Default: 3}
	case 7:
		return profile.AddPause{Pause: m.pause()}
	case 8:
		return profile.AddEvidence{Evidence: m.evidence()}
	case 9:
		r := m.reflection()
		if len(p.Reflections) > 0 && m.maybe() {
			r.ID = pick(m, p.Reflections).ID
		}
		return profile.AddReflection{Reflection: r}
	case 10:
		return profile.Batch{Name: "two", Changes: []profile.Change{m.goalChange(p), profile.AddEvidence{Evidence: m.evidence()}}}
	case 11:
		if len(p.Evidence) > 0 {
			e := m.evidence()
			return profile.EditEvidence{ID: pick(m, p.Evidence).ID, KSBs: &e.KSBs, On: &e.On, Title: &e.Title, Where: &e.Where, Witness: &e.Witness, Duty: &e.Duty}
		}
	}
	return m.goalChange(p)
}

func (m *maker) goalChange(p profile.Profile) profile.Change {
	if len(p.Goals) == 0 || m.n(3) == 0 {
		return profile.AddGoal{Goal: m.goal()}
	}
	g := pick(m, p.Goals)
	switch m.n(4) {
	case 0:
		return profile.EditGoal{ID: g.ID, Text: ptr(m.words()), Why: ptr(m.text()), Theory: ptr("sbi"), Due: ptr(m.someDate())}
	case 1:
		return profile.SetGoalStatus{ID: g.ID, Status: pick(m, profile.GoalStatuses), On: m.date(), Note: m.text(), Actions: pick(m, profile.ActionStatuses), Reason: m.text()}
	case 2:
		if len(g.Actions) > 0 {
			return profile.EditAction{ID: pick(m, g.Actions).ID, Sort: ptr(pick(m, profile.Sorts)), Who: ptr(m.text()), Due: ptr(m.someDate()), Shows: ptr(m.text())}
		}
	case 3:
		if len(g.Actions) > 0 {
			return profile.SetActionStatus{ID: pick(m, g.Actions).ID, Status: pick(m, profile.ActionStatuses), On: m.date(), Note: m.text()}
		}
	}
	return profile.AddAction{Goal: g.ID, Action: m.action()}
}
