package file

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/lazy"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/tomledit"
)

// Keys describes every key of the format, in the order of the file.
func Keys() []Key {
	return append([]Key{
		{Where: "format", Kind: "a whole number", About: "the version of this format: 1", Need: true},
		{Where: "standard", Kind: "text", About: "the reference of the standard, such as ST0413", Need: true},
	}, profileObject.Get().keys("")...)
}

// The tables below are the file format: what docs and README show of it follows them. Each is made when it is first asked for: a
// start with a snapshot of the record needs none.

const dayHint = "add on = with the day, such as 2026-11-22"

var profileObject = lazy.Value[object[profile.Profile]]{Make: func() object[profile.Profile] {
	return objectOf(
		sheetColumn(),
		codes("asked", func(p *profile.Profile) *[]string { return &p.Asked }).
			says("the KSBs that a rating sheet asks for"),
		section("learner", learnerObject.Get(), func(p *profile.Profile) *profile.Learner { return &p.Learner }).
			needed(`add a line [learner] and below it name = "..."; if more is missing, the file was cut off`).
			says("who the profile is about"),
		entries("pause", pauseObject.Get(), func(q profile.Pause) string { return q.From.String() + q.To.String() },
			func(p *profile.Profile) *[]profile.Pause { return &p.Pauses }).
			says("a break in learning: the month does not advance"),
		targetColumn(),
		curveColumn(),
		section("settings", settingsObject.Get(), func(p *profile.Profile) *profile.Settings { return &p.Settings }).
			says("your own settings"),
		section("privacy", privacyObject.Get(), func(p *profile.Profile) *profile.Privacy { return &p.Privacy }).
			passing(func(p *profile.Profile) bool { return len(p.Privacy.Cleared) == 0 }).
			says("what the guard for patients need not warn of again"),
		entries("round", roundObject.Get(), func(r profile.Round) string { return r.ID },
			func(p *profile.Profile) *[]profile.Round { return &p.Rounds }).
			says("one pass of rating"),
		entries("evidence", evidenceObject.Get(), func(e profile.Evidence) string { return e.ID },
			func(p *profile.Profile) *[]profile.Evidence { return &p.Evidence }).
			says("a dated thing that shows one or more KSBs"),
		entries("reflection", reflectionObject.Get(), func(r profile.Reflection) string { return r.ID },
			func(p *profile.Profile) *[]profile.Reflection { return &p.Reflections }).
			says("a reflection in one of the models"),
		entries("goal", goalObject.Get(), func(g profile.Goal) string { return g.ID },
			func(p *profile.Profile) *[]profile.Goal { return &p.Goals }).
			says("a goal with its actions"),
		entries("review", reviewObject.Get(), func(r profile.Review) string { return r.ID },
			func(p *profile.Profile) *[]profile.Review { return &p.Reviews }).
			says("an appraisal or a progress review"),
		section("prepare", privateObject.Get(), func(p *profile.Profile) *profile.Private { return &p.Prepared }).
			passing(func(p *profile.Profile) bool { return p.Prepared.Size() == 0 }).says("private notes for the next "+
			"review, which takes them over when it starts"),
		entries("answered", leftObject.Get(), profile.Left.Key, func(p *profile.Profile) *[]profile.Left { return &p.Answered }).
			says("what came of something that the last review left, until the next one is closed"),
	).checked(func(t *table, p *profile.Profile) {
		checkRounds(t, p)
		checkSheet(t, p)
	})
}}

// Moved is the record with every date in it moved by a number of days.
func Moved(p profile.Profile, days int) profile.Profile {
	profileObject.Get().walk(&p, "", visitor{date: func(_ string, d *calendar.Date) { *d = d.AddDays(days) }})
	return p
}

// LastDay is the newest day on which the record says that something happened; zero where it says nothing.
func LastDay(p profile.Profile) calendar.Date {
	var last calendar.Date
	happened := []string{"on", "opened", "closed", "set"} // other dates are plans, or begin and end the programme
	profileObject.Get().walk(&p, "", visitor{date: func(where string, day *calendar.Date) {
		key := where[strings.LastIndexByte(where, '.')+1:]
		if slices.Contains(happened, key) && day.After(last) {
			last = *day
		}
	}})
	return last
}

// MapTexts is the record with everything that a person typed into it put through f, which is told the dotted key.
func MapTexts(p profile.Profile, f func(where string, x safetext.Text) safetext.Text) profile.Profile {
	profileObject.Get().walk(&p, "", visitor{text: func(at Place, x *safetext.Text) { *x = f(at.Key, *x) }})
	return p
}

// EachText visits everything that a person typed into a record.
func EachText(p profile.Profile, visit func(at Place, x safetext.Text)) {
	profileObject.Get().walk(&p, "", visitor{text: func(at Place, x *safetext.Text) { visit(at, *x) }})
}

func checkRounds(t *table, p *profile.Profile) {
	for i, round := range p.Rounds {
		if round.Closed.IsZero() && i < len(p.Rounds)-1 {
			t.list("round")[i].fault("", "add closed = with its date, or move it to the end",
				"a round that is not the last is still open")
		}
	}
	if x, ok := t.get("mine"); ok { // the learner's own
		t.r.own["mine"] = fmt.Sprint(x)
	}
}

var learnerObject = lazy.Value[object[profile.Learner]]{Make: func() object[profile.Learner] {
	return objectOf(
		text("name", func(l *profile.Learner) *safetext.Text { return &l.Name }).ofColleagues().needed(`add name = "..." below [learner]`).
			says("what you like to be called"),
		text("role", func(l *profile.Learner) *safetext.Text { return &l.Role }).says("your role or specialism"),
		date("start", func(l *profile.Learner) *calendar.Date { return &l.Start }).says("the first day of the programme"),
		date("gateway", func(l *profile.Learner) *calendar.Date { return &l.Gateway }).
			says("the planned gateway; left out, it is the start plus 36 months"),
		date("review", func(l *profile.Learner) *calendar.Date { return &l.Review }).
			says("the next appraisal or progress review"),
		special[profile.Learner]{
			key: "id", kind: "an id, written by the program", about: "tells you from a namesake on rating sheets",
			read:  func(t *table, l *profile.Learner) { l.ID = readLearnerID(t) },
			field: func(l *profile.Learner) field { return wordField("id", l.ID) },
		}.column(),
	).checked(checkLearner)
}}

func checkLearner(t *table, l *profile.Learner) {
	if _, ok := t.m["name"].(string); ok && l.Name.Empty() {
		t.fault("name", "any name you like to be called by", "the name is empty")
	}
	if !l.Start.IsZero() && !l.Gateway.IsZero() && !l.Gateway.After(l.Start) {
		t.fault("gateway", "check both dates against your training plan", "the gateway is not after the start")
	}
}

func readLearnerID(t *table) string {
	const hint = "take the line out, and the next rating sheet writes a good one; or write it as it was, such as " +
		"l-7f3k9m2x"
	s, ok := value[string](t, "id", "text", hint)
	if ok && !profile.ValidID(s) {
		t.fault("id", hint, "%q is not an id", safetext.Brief(s, 20))
	}
	return s
}

var pauseObject = lazy.Value[object[profile.Pause]]{Make: func() object[profile.Pause] {
	return objectOf(
		date("from", func(q *profile.Pause) *calendar.Date { return &q.From }).
			needed("give the first day away: from = 2026-02-01").says("the first day away"),
		date("to", func(q *profile.Pause) *calendar.Date { return &q.To }).
			needed("give the last day away: to = 2026-03-31").says("the last day away"),
	).checked(func(t *table, q *profile.Pause) {
		if !q.From.IsZero() && !q.To.IsZero() && q.To.Before(q.From) {
			t.fault("to", "swap the two dates", "the pause ends before it begins")
		}
	})
}}

// targetColumn has a bare level for each KSB: S17 = 4.
func targetColumn() columnOf[profile.Profile] {
	return special[profile.Profile]{
		key: "target", kind: "lines, one for each",
		about: "the level wanted at gateway, from 1 to 4, where it is not 3: S17 = 4",
		read: func(t *table, p *profile.Profile) {
			sub := t.sub("target")
			if sub == nil {
				return
			}
			p.Targets = map[string]level.Level{}
			for _, id := range t.r.doc.Keys(sub.path...) {
				if !sub.code(id) {
					continue
				}
				if n, ok := sub.whole(id, 1, int(level.Max)); ok {
					p.Targets[id] = level.Level(n)
				}
			}
		},
		edit: func(w writer, before, after *profile.Profile, path ...any) error {
			if err := w.dropLines(standard.Sorted(before.Targets), standard.Sorted(after.Targets), "target"); err != nil {
				return err
			}
			for _, id := range standard.Sorted(after.Targets) {
				if l, ok := before.Targets[id]; !ok || l != after.Targets[id] {
					if err := w.doc.Set(tomledit.Int(int(after.Targets[id])), naturalOrder, "target", id); err != nil {
						return err
					}
				}
			}
			return nil
		},
	}.column()
}

func curveColumn() columnOf[profile.Profile] {
	return special[profile.Profile]{
		key: "expected", kind: "a table", about: "your own curve: curve = [[0, 0], [18, 50], [36, 100]] is the month and " +
			"the per cent of the target; months is how long it runs",
		read: func(t *table, p *profile.Profile) {
			if sub := t.sub("expected"); sub != nil && len(sub.m) > 0 {
				p.Curve = readCurve(sub)
			}
		},
		edit: func(w writer, before, after *profile.Profile, path ...any) error {
			return w.fields(curveFields(before.Curve), curveFields(after.Curve), "expected")
		},
	}.column()
}

func readCurve(t *table) level.Curve {
	months, ok := t.whole("months", 1, 240)
	if !ok {
		months = profile.ProgrammeMonths
	}
	const hint = "write curve = [[0, 0], [12, 50], [36, 100]]: month, per cent of the target"
	t.required("curve", hint)
	list, _ := value[[]any](t, "curve", "a list", hint)
	var points [][2]int
	for _, x := range list {
		pair, _ := x.([]any)
		if len(pair) != 2 {
			t.fault("curve", hint, "each point is a pair")
			return level.Curve{}
		}
		a, okA := pair[0].(int64)
		b, okB := pair[1].(int64)
		if !okA || !okB {
			t.fault("curve", hint, "each point is a pair of whole numbers")
			return level.Curve{}
		}
		points = append(points, [2]int{int(a), int(b)})
	}
	t.rest()
	if list == nil {
		return level.Curve{}
	}
	c, err := level.NewCurve(months, points)
	if err != nil {
		t.fault("curve", hint, "%s", strings.TrimPrefix(err.Error(), "curve: "))
	}
	return c
}

func curveFields(c level.Curve) []field {
	if c.IsZero() {
		return []field{{key: "months"}, {key: "curve"}}
	}
	points := make([]tomledit.Value, 0, len(c.Points()))
	same := ""
	for _, p := range c.Points() {
		points = append(points, tomledit.Ints([]int{p[0], p[1]}))
		same += string(rune(p[0])) + string(rune(p[1]))
	}
	return []field{intField("months", c.Months()), {"curve", tomledit.Array(points...), same}}
}

var settingsObject = lazy.Value[object[profile.Settings]]{Make: func() object[profile.Settings] {
	return objectOf(
		number("stale", 1, profile.MaxStale, func(s *profile.Settings) *int { return &s.Stale }).
			says("months until evidence is too old to support a claim; left out, 12"),
		number("every", 1, profile.MaxEvery, func(s *profile.Settings) *int { return &s.Every }).
			says("months between reviews; left out, 3"),
		word("theme", profile.Themes, "", func(s *profile.Settings) *profile.Theme { return &s.Theme }).
			says("the colours of the full screen; left out, auto"),
	)
}}

var privacyObject = lazy.Value[object[profile.Privacy]]{Make: func() object[profile.Privacy] {
	return objectOf(
		plains("cleared", func(x *profile.Privacy) *[]string { return &x.Cleared }).
			says("the marks of texts that you said are no identifiers; a mark is made of the text, which cannot be read out of it"),
	)
}}

var roundObject = lazy.Value[object[profile.Round]]{Make: func() object[profile.Round] {
	return objectOf(
		id(func(r *profile.Round) *string { return &r.ID }).says("such as baseline or review-1"),
		date("opened", func(r *profile.Round) *calendar.Date { return &r.Opened }).
			needed("give the day it was opened: opened = 2026-09-01").says("the day of the first rating"),
		date("closed", func(r *profile.Round) *calendar.Date { return &r.Closed }).
			says("the day it was closed; left out while it is open"),
		ratingsBy(profile.Self).says("your own ratings"),
		ratingsBy(profile.Mentor).says("the newest rating by a mentor"),
		othersColumn(),
		ratingsBy(profile.Agreed).says("what you agreed"),
		lines("differ", lineOf{"a note with its date", `{ on = 2026-11-22, note = "..." }`, "K7", (*table).code},
			differObject.Get(),
			func(r *profile.Round) map[string]profile.Differ { return r.Differ },
			func(r *profile.Round, m map[string]profile.Differ) { r.Differ = someOf(m) }).
			says("where you looked together and still differ"),
	).checked(func(_ *table, r *profile.Round) {
		if r.Ratings == nil {
			r.Ratings = map[profile.Rater]map[string]profile.Rating{}
		}
	})
}}

// someOf is a map, or nil where nothing is in it.
func someOf[E any](m map[string]E) map[string]E {
	if len(m) == 0 {
		return nil
	}
	return m
}

func ratingsBy(by profile.Rater) columnOf[profile.Round] {
	return lines(string(by), lineOf{"a rating", "{ level = 2, on = 2026-11-22 }", "K7", (*table).code}, ratingObject.Get(),
		func(r *profile.Round) map[string]profile.Rating { return r.Ratings[by] },
		func(r *profile.Round, m map[string]profile.Rating) {
			ratings := map[profile.Rater]map[string]profile.Rating{by: m}
			for other, theirs := range r.Ratings {
				if other != by {
					ratings[other] = theirs
				}
			}
			r.Ratings = ratings
		})
}

var ratingObject = lazy.Value[object[profile.Rating]]{Make: func() object[profile.Rating] {
	return objectOf(
		levelColumn("level", "the level; none is no opportunity", func(x *profile.Rating) *level.Level { return &x.Level },
			nil),
		date("on", func(x *profile.Rating) *calendar.Date { return &x.On }).needed(dayHint).freeOnSheet().
			says("the day it was given; on a rating sheet it may be left out"),
		text("note", func(x *profile.Rating) *safetext.Text { return &x.Note }).says("what you noted with it"),
		text("by", func(x *profile.Rating) *safetext.Text { return &x.By }).ofColleagues().
			says("who, for a mentor's rating and an agreed one"),
		text("reason", func(x *profile.Rating) *safetext.Text { return &x.Reason }).says("why, for an agreed rating"),
		date("shown", func(x *profile.Rating) *calendar.Date { return &x.Shown }).says("the day you looked at a mentor's "+
			"rating together; on your own, that you gave it after that"),
		levelColumn("blind", "the level that was given before you looked together, where it was changed after that",
			func(x *profile.Rating) *level.Level { return &x.Blind }, func(x *profile.Rating) *bool { return &x.Changed }),
	)
}}

// levelColumn has a level. With there it may be left out, and there says whether it is.
func levelColumn[T any](key, about string, at func(*T) *level.Level, there func(*T) *bool) columnOf[T] {
	c := special[T]{
		key: key, kind: `0, 1, 2, 3, 4 or "none"`, about: about,
		read: func(t *table, x *T) {
			if _, ok := t.m[key]; ok {
				*at(x) = t.level(key)
				if there != nil {
					*there(x) = true
				}
			}
			t.asked = append(t.asked, key)
		},
		field: func(x *T) field {
			if there != nil && !*there(x) {
				return field{key: key}
			}
			return levelField(key, *at(x))
		},
	}.column()
	if there == nil {
		c.need = `add ` + key + ` = with 0 to 4 or "none"`
	}
	return c
}

// othersColumn has a list of ratings for each KSB: what mentors gave other than the one whose rating is in
// [round.mentor].
func othersColumn() columnOf[profile.Round] {
	return special[profile.Round]{
		key: othersKey, kind: "lines, a list of ratings for each KSB", about: "what other mentors gave, the newest first",
		read: func(t *table, r *profile.Round) {
			if sub := t.sub(othersKey); sub != nil {
				r.Others = readOthers(sub, r.Ratings[profile.Mentor])
			}
		},
		put: func(r *profile.Round, t *tomledit.Table) {
			if len(r.Ratings[profile.Mentor]) == 0 || len(r.Others) == 0 {
				return
			}
			others := tomledit.NewTable()
			for _, id := range standard.Sorted(r.Others) {
				others.Set(id, ratingList(r.Others[id]))
			}
			t.Set(othersKey, others)
		},
		edit: func(w writer, before, after *profile.Round, path ...any) error {
			return w.otherMentors(before.Others, after.Others, pathTo(path, othersKey)...)
		},
		walk: func(r *profile.Round, where string, v visitor) {
			if !v.changes() {
				return
			}
			r.Others = maps.Clone(r.Others)
			for _, id := range standard.Sorted(r.Others) {
				r.Others[id] = slices.Clone(r.Others[id])
				for i := range r.Others[id] {
					ratingObject.Get().walk(&r.Others[id][i], where+"."+id, v)
				}
			}
		},
	}.column()
}

var differObject = lazy.Value[object[profile.Differ]]{Make: func() object[profile.Differ] {
	return objectOf(
		date("on", func(d *profile.Differ) *calendar.Date { return &d.On }).needed(dayHint).
			says("the day you looked together"),
		text("note", func(d *profile.Differ) *safetext.Text { return &d.Note }).says("how you differ, in words"),
	)
}}

var evidenceObject = lazy.Value[object[profile.Evidence]]{Make: func() object[profile.Evidence] {
	return objectOf(
		id(func(e *profile.Evidence) *string { return &e.ID }).says("letters, digits and hyphens, once in the file"),
		codes("ksbs", func(e *profile.Evidence) *[]string { return &e.KSBs }).nonEmpty().
			says("what it shows; at least one"),
		date("on", func(e *profile.Evidence) *calendar.Date { return &e.On }).needed(dayHint).says("the day it happened"),
		word("kind", profile.Kinds, profile.KindExample, func(e *profile.Evidence) *string { return &e.Kind }).
			says("left out, it is an example"),
		text("title", func(e *profile.Evidence) *safetext.Text { return &e.Title }).
			needed("add title = with one line in quotes").says("what it is, without names of patients"),
		text("where", func(e *profile.Evidence) *safetext.Text { return &e.Where }).
			says("where it is kept: a file, a folder, an address"),
		text("witness", func(e *profile.Evidence) *safetext.Text { return &e.Witness }).ofColleagues().says("who saw it"),
		number("duty", 1, 999, func(e *profile.Evidence) *int { return &e.Duty }).
			says("the duty that an example came from"),
	).checked(func(t *table, e *profile.Evidence) {
		if _, ok := t.r.std.Duty(e.Duty); e.Duty != 0 && !ok {
			t.fault("duty", fmt.Sprintf("its duties run from 1 to %d", len(t.r.std.Duties)), "%s has no duty %d",
				t.r.std.Reference, e.Duty)
		}
	})
}}

var reflectionObject = lazy.Value[object[profile.Reflection]]{Make: func() object[profile.Reflection] {
	return objectOf(
		id(func(r *profile.Reflection) *string { return &r.ID }).says("letters, digits and hyphens, once in the file"),
		date("on", func(r *profile.Reflection) *calendar.Date { return &r.On }).needed(dayHint).
			says("the day it was written"),
		plain("model", func(r *profile.Reflection) *string { return &r.Model }).
			says("the model of reflection, such as driscoll"),
		plain("goal", func(r *profile.Reflection) *string { return &r.Goal }).says("the id of the goal it belongs to"),
		codes("ksbs", func(r *profile.Reflection) *[]string { return &r.KSBs }).says("what it is about"),
		answerColumn(),
	)
}}

// answerColumn has a text for each step of the model; the steps are the keys.
func answerColumn() columnOf[profile.Reflection] {
	return special[profile.Reflection]{
		key: "answer", kind: "a table", about: "what was written to each step of the model",
		read: func(t *table, r *profile.Reflection) {
			sub := t.sub("answer")
			if sub == nil {
				return
			}
			for _, step := range t.r.doc.Keys(sub.path...) {
				if !safetext.Plain(step) {
					sub.fault(step, plainHint, "the name of a step holds what cannot be shown")
				}
				r.Answers = append(r.Answers, profile.Answer{Step: step, Text: sub.text(step)})
			}
		},
		put: func(r *profile.Reflection, t *tomledit.Table) { t.Set("answer", tableOf(answerFields(r, stepsOf(r)))) },
		edit: func(w writer, before, after *profile.Reflection, path ...any) error {
			steps := stepsOf(after)
			for _, s := range stepsOf(before) {
				if !slices.Contains(steps, s) {
					steps = append(steps, s)
				}
			}
			return w.fields(answerFields(before, steps), answerFields(after, steps), pathTo(path, "answer")...)
		},
		walk: func(r *profile.Reflection, where string, v visitor) {
			if v.text == nil {
				return
			}
			r.Answers = slices.Clone(r.Answers)
			for i, a := range r.Answers {
				v.seeText(where+"."+a.Step, &r.Answers[i].Text)
			}
		},
	}.column()
}

func stepsOf(r *profile.Reflection) []string {
	out := make([]string, len(r.Answers))
	for i, a := range r.Answers {
		out[i] = a.Step
	}
	return out
}

func answerFields(r *profile.Reflection, steps []string) []field {
	out := make([]field, len(steps))
	for i, s := range steps {
		out[i] = textField(s, r.Answer(s))
	}
	return out
}

var goalObject = lazy.Value[object[profile.Goal]]{Make: func() object[profile.Goal] {
	return objectOf(
		id(func(g *profile.Goal) *string { return &g.ID }).says("letters, digits and hyphens, once in the file"),
		codes("ksbs", func(g *profile.Goal) *[]string { return &g.KSBs }).nonEmpty().says("what it works on; at least one"),
		text("text", func(g *profile.Goal) *safetext.Text { return &g.Text }).needed("add text = with one line in quotes").
			says("the goal, in a sentence"),
		word("status", profile.GoalStatuses, profile.GoalActive,
			func(g *profile.Goal) *profile.GoalStatus { return &g.Status }).says("left out, it is active"),
		date("set", func(g *profile.Goal) *calendar.Date { return &g.Set }).says("the day it was made"),
		date("due", func(g *profile.Goal) *calendar.Date { return &g.Due }).says("when it should be reached"),
		plain("theory", func(g *profile.Goal) *string { return &g.Theory }).
			says("the theory its reason rests on, such as goal-setting"),
		text("why", func(g *profile.Goal) *safetext.Text { return &g.Why }).says("the reason, in a line"),
		text("note", func(g *profile.Goal) *safetext.Text { return &g.Note }).says("why it is parked, closed or dropped"),
		date("closed", func(g *profile.Goal) *calendar.Date { return &g.Closed }).says("the day it ended"),
		entries("action", actionObject.Get(), func(a profile.Action) string { return a.ID },
			func(g *profile.Goal) *[]profile.Action { return &g.Actions }).says("what you will do"),
	)
}}

var actionObject = lazy.Value[object[profile.Action]]{Make: func() object[profile.Action] {
	return objectOf(
		id(func(a *profile.Action) *string { return &a.ID }).says("letters, digits and hyphens, once in the file"),
		word("sort", profile.Sorts, profile.Practise, func(a *profile.Action) *profile.Sort { return &a.Sort }).
			says("left out, it is practise"),
		text("text", func(a *profile.Action) *safetext.Text { return &a.Text }).
			needed("add text = with one line in quotes").says("what to do"),
		text("who", func(a *profile.Action) *safetext.Text { return &a.Who }).ofColleagues().says("who helps"),
		date("due", func(a *profile.Action) *calendar.Date { return &a.Due }).says("when it should be done"),
		text("shows", func(a *profile.Action) *safetext.Text { return &a.Shows }).says("what will show that it was done"),
		text("if_then", func(a *profile.Action) *safetext.Text { return &a.IfThen }).
			says("what you will do when something gets in the way"),
		number("minutes", 1, profile.MaxMinutes, func(a *profile.Action) *int { return &a.Minutes }).
			says("of your own time, in all"),
		word("offjob", profile.OffJobs, "", func(a *profile.Action) *profile.OffJob { return &a.OffJob }).
			says("whether it normally counts as off-the-job training"),
		word("status", profile.ActionStatuses, profile.ActionOpen,
			func(a *profile.Action) *profile.ActionStatus { return &a.Status }).says("left out, it is open"),
		text("note", func(a *profile.Action) *safetext.Text { return &a.Note }).says("what came of it"),
		date("closed", func(a *profile.Action) *calendar.Date { return &a.Closed }).says("the day it ended"),
	)
}}

// code checks that a key is a KSB of the standard.
func (t *table) code(id string) bool {
	if t.r.known(id) {
		return true
	}
	hint := profile.KnownCodes(t.r.std)
	if up := strings.ToUpper(strings.TrimSpace(id)); t.r.known(up) {
		hint = "write " + up
	}
	t.fault(id, hint, "%s has no such KSB", t.r.std.Reference)
	return false
}
