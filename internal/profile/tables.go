package profile

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/tomledit"
)

// The tables below are the file format: what docs and README show of it follows them.

const dayHint = "add on = with the day, such as 2026-11-22"

var profileObject = object[Profile]{columns: []column[Profile]{
	section("learner", learnerObject, func(p *Profile) *Learner { return &p.Learner }).
		needed(`add a line [learner] and below it name = "..."; if more is missing, the file was cut short: restore a backup`),
	entries("pause", pauseObject, func(q Pause) string { return q.From.String() + q.To.String() }, func(p *Profile) *[]Pause { return &p.Pauses }),
	targetColumn,
	curveColumn,
	section("settings", settingsObject, func(p *Profile) *Settings { return &p.Settings }),
	entries("round", roundObject, func(r Round) string { return r.ID }, func(p *Profile) *[]Round { return &p.Rounds }),
	entries("evidence", evidenceObject, func(e Evidence) string { return e.ID }, func(p *Profile) *[]Evidence { return &p.Evidence }),
	entries("reflection", reflectionObject, func(r Reflection) string { return r.ID }, func(p *Profile) *[]Reflection { return &p.Reflections }),
	entries("goal", goalObject, func(g Goal) string { return g.ID }, func(p *Profile) *[]Goal { return &p.Goals }),
	entries("review", reviewObject, func(r Review) string { return r.ID }, func(p *Profile) *[]Review { return &p.Reviews }),
	section("prepare", privateObject, func(p *Profile) *Private { return &p.Prepared }).
		passing(func(p Profile) bool { return p.Prepared.size() == 0 }),
}, check: checkRounds}

func checkRounds(t *table, p *Profile) {
	for i, round := range p.Rounds {
		if round.Closed.IsZero() && i < len(p.Rounds)-1 {
			t.list("round")[i].fault("", "add closed = with its date, or move it to the end", "a round that is not the last is still open")
		}
	}
	t.asked = append(t.asked, "mine") // the learner's own
}

var learnerObject = object[Learner]{columns: []column[Learner]{
	text("name", func(l *Learner) *safetext.Text { return &l.Name }).needed(`add name = "..." below [learner]`),
	text("role", func(l *Learner) *safetext.Text { return &l.Role }),
	date("start", func(l *Learner) *calendar.Date { return &l.Start }),
	date("gateway", func(l *Learner) *calendar.Date { return &l.Gateway }),
	date("review", func(l *Learner) *calendar.Date { return &l.Review }),
	{
		key:   "id",
		read:  func(t *table, l *Learner) { l.ID = readLearnerID(t) },
		field: func(l Learner) field { return wordField("id", l.ID) },
	},
}, check: checkLearner}

func checkLearner(t *table, l *Learner) {
	if _, ok := t.m["name"].(string); ok && l.Name.Empty() {
		t.fault("name", "any name you like to be called by", "the name is empty")
	}
	if !l.Start.IsZero() && !l.Gateway.IsZero() && !l.Gateway.After(l.Start) {
		t.fault("gateway", "check both dates against your training plan", "the gateway is not after the start")
	}
}

func readLearnerID(t *table) string {
	const hint = "take the line out, and the next rating sheet writes a good one; or write it as it was, such as l-7f3k9m2x"
	s, ok := value[string](t, "id", "text", hint)
	if ok && !ValidID(s) {
		t.fault("id", hint, "%q is not an id", safetext.Line(clip(s, 20)))
	}
	return s
}

var pauseObject = object[Pause]{columns: []column[Pause]{
	date("from", func(q *Pause) *calendar.Date { return &q.From }).needed("give the first day away: from = 2026-02-01"),
	date("to", func(q *Pause) *calendar.Date { return &q.To }).needed("give the last day away: to = 2026-03-31"),
}, check: func(t *table, q *Pause) {
	if !q.From.IsZero() && !q.To.IsZero() && q.To.Before(q.From) {
		t.fault("to", "swap the two dates", "the pause ends before it begins")
	}
}}

// targetColumn has a bare level for each KSB: S17 = 4.
var targetColumn = column[Profile]{
	key: "target",
	read: func(t *table, p *Profile) {
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
	edit: func(w writer, before, after Profile, path ...any) error {
		if err := dropLines(w, before.Targets, after.Targets, "target"); err != nil {
			return err
		}
		for _, id := range slices.SortedFunc(maps.Keys(after.Targets), standard.Compare) {
			if l, ok := before.Targets[id]; !ok || l != after.Targets[id] {
				if err := w.doc.Set(tomledit.Int(int(after.Targets[id])), naturalOrder, "target", id); err != nil {
					return err
				}
			}
		}
		return nil
	},
}

var curveColumn = column[Profile]{
	key: "expected",
	read: func(t *table, p *Profile) {
		if sub := t.sub("expected"); sub != nil {
			p.Curve = readCurve(sub)
		}
	},
	edit: func(w writer, before, after Profile, path ...any) error {
		return w.fields(curveFields(before.Curve), curveFields(after.Curve), "expected")
	},
}

func readCurve(t *table) level.Curve {
	months, ok := t.whole("months", 1, 240)
	if !ok {
		months = ProgrammeMonths
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

var settingsObject = object[Settings]{columns: []column[Settings]{
	number("stale", 1, maxStale, func(s *Settings) *int { return &s.Stale }),
	number("every", 1, maxEvery, func(s *Settings) *int { return &s.Every }),
}}

var roundObject = object[Round]{columns: []column[Round]{
	id(func(r *Round) *string { return &r.ID }),
	date("opened", func(r *Round) *calendar.Date { return &r.Opened }).needed("give the day it was opened: opened = 2026-09-01"),
	date("closed", func(r *Round) *calendar.Date { return &r.Closed }),
	ratingsBy(Self),
	ratingsBy(Mentor),
	othersColumn,
	ratingsBy(Agreed),
	lines("differ", lineOf{"a note with its date", `{ on = 2026-11-22, note = "..." }`, (*table).code}, differObject,
		func(r Round) map[string]Differ { return r.Differ },
		func(r *Round, m map[string]Differ) { r.Differ = someOf(m) }),
}, check: func(_ *table, r *Round) {
	if r.Ratings == nil {
		r.Ratings = map[Rater]map[string]Rating{}
	}
}}

// someOf is a map, or nil where nothing is in it.
func someOf[E any](m map[string]E) map[string]E {
	if len(m) == 0 {
		return nil
	}
	return m
}

func ratingsBy(by Rater) column[Round] {
	return lines(string(by), lineOf{"a rating", "{ level = 2, on = 2026-11-22 }", (*table).code}, ratingObject,
		func(r Round) map[string]Rating { return r.Ratings[by] },
		func(r *Round, m map[string]Rating) {
			ratings := map[Rater]map[string]Rating{by: m}
			for other, theirs := range r.Ratings {
				if other != by {
					ratings[other] = theirs
				}
			}
			r.Ratings = ratings
		})
}

var ratingObject = object[Rating]{columns: []column[Rating]{
	{
		key:  "level",
		need: `add level = with 0 to 4 or "none"`,
		read: func(t *table, x *Rating) {
			if _, ok := t.m["level"]; ok {
				x.Level = t.level("level")
			}
			t.asked = append(t.asked, "level")
		},
		field: func(x Rating) field { return levelField(x.Level) },
	},
	date("on", func(x *Rating) *calendar.Date { return &x.On }).needed(dayHint),
	text("note", func(x *Rating) *safetext.Text { return &x.Note }),
	text("by", func(x *Rating) *safetext.Text { return &x.By }),
	text("reason", func(x *Rating) *safetext.Text { return &x.Reason }),
}}

// othersColumn has a list of ratings for each KSB: what mentors gave other than the one whose rating is in [round.mentor].
var othersColumn = column[Round]{
	key: othersKey,
	read: func(t *table, r *Round) {
		if sub := t.sub(othersKey); sub != nil {
			r.Others = readOthers(sub, r.Ratings[Mentor])
		}
	},
	put: func(r Round, t *tomledit.Table) {
		if len(r.Ratings[Mentor]) == 0 || len(r.Others) == 0 {
			return
		}
		others := tomledit.NewTable()
		for _, id := range slices.SortedFunc(maps.Keys(r.Others), standard.Compare) {
			others.Set(id, ratingList(r.Others[id]))
		}
		t.Set(othersKey, others)
	},
	edit: func(w writer, before, after Round, path ...any) error {
		return w.others(before.Others, after.Others, below(path, othersKey)...)
	},
	walk: func(r *Round, where string, v visitor) {
		if !v.changes() {
			return
		}
		r.Others = maps.Clone(r.Others)
		for _, id := range slices.SortedFunc(maps.Keys(r.Others), standard.Compare) {
			r.Others[id] = slices.Clone(r.Others[id])
			for i := range r.Others[id] {
				ratingObject.walk(&r.Others[id][i], where+"."+id, v)
			}
		}
	},
}

var differObject = object[Differ]{columns: []column[Differ]{
	date("on", func(d *Differ) *calendar.Date { return &d.On }).needed(dayHint),
	text("note", func(d *Differ) *safetext.Text { return &d.Note }),
}}

var evidenceObject = object[Evidence]{columns: []column[Evidence]{
	id(func(e *Evidence) *string { return &e.ID }),
	codes("ksbs", func(e *Evidence) *[]string { return &e.KSBs }).nonEmpty(),
	date("on", func(e *Evidence) *calendar.Date { return &e.On }).needed(dayHint),
	word("kind", Kinds, KindExample, func(e *Evidence) *string { return &e.Kind }),
	text("title", func(e *Evidence) *safetext.Text { return &e.Title }).needed("add title = with one line in quotes"),
	text("where", func(e *Evidence) *safetext.Text { return &e.Where }),
	text("witness", func(e *Evidence) *safetext.Text { return &e.Witness }),
	number("duty", 1, 999, func(e *Evidence) *int { return &e.Duty }),
}, check: func(t *table, e *Evidence) {
	if _, ok := t.r.std.Duty(e.Duty); e.Duty != 0 && !ok {
		t.fault("duty", fmt.Sprintf("its duties run from 1 to %d", len(t.r.std.Duties)), "%s has no duty %d", t.r.std.Reference, e.Duty)
	}
}}

var reflectionObject = object[Reflection]{columns: []column[Reflection]{
	id(func(r *Reflection) *string { return &r.ID }),
	date("on", func(r *Reflection) *calendar.Date { return &r.On }).needed(dayHint),
	plain("model", func(r *Reflection) *string { return &r.Model }),
	plain("goal", func(r *Reflection) *string { return &r.Goal }),
	codes("ksbs", func(r *Reflection) *[]string { return &r.KSBs }),
	answerColumn,
}}

// answerColumn has a text for each step of the model; the steps are the keys.
var answerColumn = column[Reflection]{
	key: "answer",
	read: func(t *table, r *Reflection) {
		sub := t.sub("answer")
		if sub == nil {
			return
		}
		for _, step := range t.r.doc.Keys(sub.path...) {
			if !plainWord(step) {
				sub.fault(step, plainHint, "the name of a step holds what cannot be shown")
			}
			r.Answers = append(r.Answers, Answer{step, sub.text(step)})
		}
	},
	put: func(r Reflection, t *tomledit.Table) { t.Set("answer", tableOf(answerFields(r, r.steps()))) },
	edit: func(w writer, before, after Reflection, path ...any) error {
		steps := after.steps()
		for _, s := range before.steps() {
			if !slices.Contains(steps, s) {
				steps = append(steps, s)
			}
		}
		return w.fields(answerFields(before, steps), answerFields(after, steps), below(path, "answer")...)
	},
	walk: func(r *Reflection, where string, v visitor) {
		if v.text == nil {
			return
		}
		r.Answers = slices.Clone(r.Answers)
		for i, a := range r.Answers {
			v.seeText(where+"."+a.Step, &r.Answers[i].Text)
		}
	},
}

func (r Reflection) steps() []string {
	out := make([]string, len(r.Answers))
	for i, a := range r.Answers {
		out[i] = a.Step
	}
	return out
}

func answerFields(r Reflection, steps []string) []field {
	out := make([]field, len(steps))
	for i, s := range steps {
		out[i] = textField(s, r.Answer(s))
	}
	return out
}

var goalObject = object[Goal]{columns: []column[Goal]{
	id(func(g *Goal) *string { return &g.ID }),
	codes("ksbs", func(g *Goal) *[]string { return &g.KSBs }).nonEmpty(),
	text("text", func(g *Goal) *safetext.Text { return &g.Text }).needed("add text = with one line in quotes"),
	word("status", GoalStatuses, GoalActive, func(g *Goal) *GoalStatus { return &g.Status }),
	date("set", func(g *Goal) *calendar.Date { return &g.Set }),
	date("due", func(g *Goal) *calendar.Date { return &g.Due }),
	plain("theory", func(g *Goal) *string { return &g.Theory }),
	text("why", func(g *Goal) *safetext.Text { return &g.Why }),
	text("note", func(g *Goal) *safetext.Text { return &g.Note }),
	date("closed", func(g *Goal) *calendar.Date { return &g.Closed }),
	entries("action", actionObject, func(a Action) string { return a.ID }, func(g *Goal) *[]Action { return &g.Actions }),
}}

var actionObject = object[Action]{columns: []column[Action]{
	id(func(a *Action) *string { return &a.ID }),
	word("sort", Sorts, Practise, func(a *Action) *Sort { return &a.Sort }),
	text("text", func(a *Action) *safetext.Text { return &a.Text }).needed("add text = with one line in quotes"),
	text("who", func(a *Action) *safetext.Text { return &a.Who }),
	date("due", func(a *Action) *calendar.Date { return &a.Due }),
	text("shows", func(a *Action) *safetext.Text { return &a.Shows }),
	word("status", ActionStatuses, ActionOpen, func(a *Action) *ActionStatus { return &a.Status }),
	text("note", func(a *Action) *safetext.Text { return &a.Note }),
	date("closed", func(a *Action) *calendar.Date { return &a.Closed }),
}}

var reviewObject = object[Review]{columns: []column[Review]{
	id(func(r *Review) *string { return &r.ID }),
	date("on", func(r *Review) *calendar.Date { return &r.On }).needed(dayHint),
	word("kind", ReviewKinds, ReviewProgress, func(r *Review) *ReviewKind { return &r.Kind }),
	textList("with", func(r *Review) *[]safetext.Text { return &r.With }),
	plain("round", func(r *Review) *string { return &r.Round }),
	plains("actions", func(r *Review) *[]string { return &r.Actions }),
	text("agreed", func(r *Review) *safetext.Text { return &r.Agreed }),
	wordList("talked", Talks, func(r *Review) *[]string { return &r.Talked }),
	text("wellbeing", func(r *Review) *safetext.Text { return &r.Wellbeing }),
	text("workload", func(r *Review) *safetext.Text { return &r.Workload }),
	text("support", func(r *Review) *safetext.Text { return &r.Support }),
	wordList("share", Shares, func(r *Review) *[]string { return &r.Share }),
	word("clear", Verdicts, "", func(r *Review) *string { return &r.Clear }),
	word("helped", Verdicts, "", func(r *Review) *string { return &r.Helped }),
	word("valued", Verdicts, "", func(r *Review) *string { return &r.Valued }),
	date("next", func(r *Review) *calendar.Date { return &r.Next }),
	date("closed", func(r *Review) *calendar.Date { return &r.Closed }),
	plain("hash", func(r *Review) *string { return &r.Hash }),
	text("learner", func(r *Review) *safetext.Text { return &r.Kept.Learner }),
	plains("unsupported", func(r *Review) *[]string { return &r.Kept.Unsupported }),
	number("stale", 1, maxStale, func(r *Review) *int { return &r.Kept.Stale }),
	plains("reflections", func(r *Review) *[]string { return &r.Kept.Reflections }),
	lines("kept", lineOf{"an action", `{ text = "..." }`, validKey}, agreedObject,
		func(r Review) map[string]AgreedAction { return r.Kept.Actions },
		func(r *Review, m map[string]AgreedAction) { r.Kept.Actions = someOf(m) }),
	entries("checked", checkedObject, func(c Checked) string { return c.Action }, func(r *Review) *[]Checked { return &r.Checked }),
}}

// validKey checks that a key is an id.
func validKey(t *table, id string) bool {
	if !ValidID(id) {
		t.fault(id, "an id is letters, digits and hyphens, such as a-91xd", "that is not an id")
	}
	return true
}

var agreedObject = object[AgreedAction]{columns: []column[AgreedAction]{
	text("text", func(a *AgreedAction) *safetext.Text { return &a.Text }),
	text("who", func(a *AgreedAction) *safetext.Text { return &a.Who }),
	date("due", func(a *AgreedAction) *calendar.Date { return &a.Due }),
	text("shows", func(a *AgreedAction) *safetext.Text { return &a.Shows }),
	plain("next", func(a *AgreedAction) *string { return &a.Next }),
}}

var checkedObject = object[Checked]{columns: []column[Checked]{
	plain("action", func(c *Checked) *string { return &c.Action }).needed("name the action by its id"),
	word("outcome", ActionStatuses, ActionOpen, func(c *Checked) *ActionStatus { return &c.Outcome }).
		needed("say what became of it: done, not-done, changed or dropped"),
	text("reason", func(c *Checked) *safetext.Text { return &c.Reason }),
	flag("before", func(c *Checked) *bool { return &c.Before }),
	flag("since", func(c *Checked) *bool { return &c.Since }),
	plain("next", func(c *Checked) *string { return &c.Next }),
}}

var privateObject = object[Private]{columns: []column[Private]{
	text("wellbeing", func(x *Private) *safetext.Text { return &x.Wellbeing }),
	text("workload", func(x *Private) *safetext.Text { return &x.Workload }),
	text("support", func(x *Private) *safetext.Text { return &x.Support }),
}}

// code checks that a key is a KSB of the standard.
func (t *table) code(id string) bool {
	if t.r.known(id) {
		return true
	}
	hint := KnownCodes(t.r.std)
	if up := strings.ToUpper(strings.TrimSpace(id)); t.r.known(up) {
		hint = "write " + up
	}
	t.fault(id, hint, "%s has no such KSB", t.r.std.Reference)
	return false
}
