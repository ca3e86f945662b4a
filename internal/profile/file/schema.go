package file

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/lazy"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/tomledit"
)

// Keys describes all keys of the file format, in the order of the file.
func Keys() []Key {
	return append([]Key{
		{Where: "format", Kind: "a whole number", About: "the version of this format: 1", Need: true},
		{Where: "standard", Kind: "text", About: "the reference of the standard, such as ST0413", Need: true},
	}, profileObject.Get().keysAt("")...)
}

// The tables below are the file format, from which docs/profile.md is made. Each is built when it is first asked for,
// since a start from a snapshot of the record needs none.

const dayHint = "add on = with the day, such as 2026-11-22"

var profileObject = lazy.Value[object]{Make: func() object {
	return objectOf[profile.Profile](checkProfile,
		sheetColumn(),
		codes("asked").says("the KSBs that a rating sheet asks for"),
		section("learner", learnerObject.Get()).
			needed(`add a line [learner] and below it name = "..."; if more is missing, the file was cut off`).
			says("who the profile is about"),
		entries("pause", pauseObject.Get()).says("a break in learning: the month does not advance"),
		lines("target", targetLine).says("the level wanted at gateway, from 1 to 4, where it is not 3: S17 = 4"),
		curveColumn(),
		section("settings", settingsObject.Get()).says("your own settings"),
		passing("privacy", privacyObject.Get()).says("what the guard for patients need not warn of again"),
		entries("round", roundObject.Get()).says("one pass of rating"),
		entries("evidence", evidenceObject.Get()).says("a dated thing that shows one or more KSBs"),
		entries("reflection", reflectionObject.Get()).says("a reflection in one of the models"),
		entries("goal", goalObject.Get()).says("a goal with its actions"),
		entries("review", reviewObject.Get()).says("an appraisal or a progress review"),
		passing("prepare", privateObject.Get()).of("Prepared").
			says("private notes for the next review, which takes them over when it starts"),
		entries("answered", leftObject.Get()).
			says("what came of something that the last review left, until the next one is closed"),
	)
}}

func visit(p *profile.Profile, v visitor) { profileObject.Get().walk(reflect.ValueOf(p).Elem(), "", v) }

// Moved is the record with all dates moved by a number of days.
func Moved(p profile.Profile, days int) profile.Profile {
	visit(&p, visitor{date: func(_ string, d *calendar.Date) { *d = d.AddDays(days) }})
	return p
}

// LastDay is the newest date on which something in the record happened; zero if there is none.
func LastDay(p profile.Profile) calendar.Date {
	var last calendar.Date
	happened := []string{"on", "opened", "closed", "set"} // other dates are plans, or begin and end the programme
	visit(&p, visitor{date: func(where string, day *calendar.Date) {
		key := where[strings.LastIndexByte(where, '.')+1:]
		if slices.Contains(happened, key) && day.After(last) {
			last = *day
		}
	}})
	return last
}

// MapTexts is the record with f applied to every text that a person typed. It is told the dotted key of each.
func MapTexts(p profile.Profile, f func(where string, x safetext.Text) safetext.Text) profile.Profile {
	visit(&p, visitor{text: func(at Place, x *safetext.Text) { *x = f(at.Key, *x) }})
	return p
}

// EachText visits every text that a person typed into a record.
func EachText(p profile.Profile, each func(at Place, x safetext.Text)) {
	visit(&p, visitor{text: func(at Place, x *safetext.Text) { each(at, *x) }})
}

func checkProfile(t *table, p *profile.Profile) {
	for i, round := range p.Rounds {
		if round.Closed.IsZero() && i < len(p.Rounds)-1 {
			t.list("round")[i].fault("", "add closed = with its date, or move it to the end",
				"a round that is not the last is still open")
		}
	}
	if x, ok := t.get("mine"); ok { // the learner's own
		t.r.own["mine"] = fmt.Sprint(x)
	}
	checkSheet(t, p)
}

var learnerObject = lazy.Value[object]{Make: func() object {
	return objectOf(func(t *table, l *profile.Learner) {
		if _, ok := t.m["name"].(string); ok && l.Name.Empty() {
			t.fault("name", "any name you like to be called by", "the name is empty")
		}
		if !l.Start.IsZero() && !l.Gateway.IsZero() && !l.Gateway.After(l.Start) {
			t.fault("gateway", "check both dates against your training plan", "the gateway is not after the start")
		}
	},
		text("name").ofColleagues().needed(`add name = "..." below [learner]`).says("what you like to be called"),
		text("role").says("your role or specialism"),
		date("start").says("the first day of the programme"),
		date("gateway").says("the planned gateway; left out, it is the start plus 36 months"),
		date("review").says("the next appraisal or progress review"),
		simple("id", "an id, written by the program", readLearnerID, tomledit.String).
			says("tells you from a namesake on rating sheets"),
	)
}}

func readLearnerID(t *table, _ string) string {
	const hint = "take the line out, and the next rating sheet writes a good one; or write it as it was, such as " +
		"l-7f3k9m2x"
	s, ok := value[string](t, "id", "text", hint)
	if ok && !profile.ValidID(s) {
		t.fault("id", hint, "%q is not an id", safetext.Brief(s, 20))
	}
	return s
}

var pauseObject = lazy.Value[object]{Make: func() object {
	return objectOf[profile.Pause](func(t *table, q *profile.Pause) {
		if !q.From.IsZero() && !q.To.IsZero() && q.To.Before(q.From) {
			t.fault("to", "swap the two dates", "the pause ends before it begins")
		}
	},
		date("from").needed("give the first day away: from = 2026-02-01").says("the first day away"),
		date("to").needed("give the last day away: to = 2026-03-31").says("the last day away"),
	)
}}

// targetLine is a bare level for a KSB: S17 = 4.
var targetLine = lineOf{
	named: (*table).code,
	read: func(sub *table, id string, x reflect.Value) bool {
		n, ok := sub.whole(id, 1, int(level.Max))
		x.SetInt(int64(n))
		return ok
	},
	value: func(x reflect.Value) tomledit.Value { return tomledit.Int(int(x.Int())) },
	edit: func(w *writer, _, after reflect.Value, path ...any) {
		w.set(tomledit.Int(int(after.Int())), nil, path...)
	},
}

func curveColumn() *column {
	return &column{
		key: "expected", from: "Curve", kind: "a table",
		about: "your own curve: curve = [[0, 0], [18, 50], [36, 100]] is the month and the per cent of the target; " +
			"months is how long it runs",
		read: func(t *table, x reflect.Value) {
			if sub := t.sub("expected"); sub != nil && len(sub.m) > 0 {
				*at[level.Curve](x) = readCurve(sub)
			}
		},
		edit: func(w *writer, before, after reflect.Value, _ ...any) {
			w.fields(curveFields(*at[level.Curve](before)), curveFields(*at[level.Curve](after)), "expected")
		},
	}
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
	t.noteUnknown()
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
	points := lists.Each(c.Points(), func(p [2]int) tomledit.Value { return tomledit.Ints(p[:]) })
	return []field{{"months", tomledit.Int(c.Months())}, {"curve", tomledit.Array(points...)}}
}

var settingsObject = lazy.Value[object]{Make: func() object {
	return objectOf[profile.Settings](nil,
		number("stale", 1, profile.MaxStale).says("months until evidence is too old to support a claim; left out, 12"),
		number("every", 1, profile.MaxEvery).says("months between reviews; left out, 3"),
		word("theme", profile.Themes, "").says("the colours of the full screen; left out, auto"),
	)
}}

var privacyObject = lazy.Value[object]{Make: func() object {
	return objectOf[profile.Privacy](nil,
		plains("cleared").
			says("the marks of texts that you said are no identifiers; a mark is made of the text, which cannot be "+
				"read out of it"),
	)
}}

var roundObject = lazy.Value[object]{Make: func() object {
	return objectOf(func(t *table, r *profile.Round) {
		if r.Ratings == nil {
			r.Ratings = map[profile.Rater]map[string]profile.Rating{}
		}
		checkOthers(t, r)
	},
		id().says("such as baseline or review-1"),
		date("opened").needed("give the day it was opened: opened = 2026-09-01").says("the day of the first rating"),
		date("closed").says("the day it was closed; left out while it is open"),
		ratingsBy(profile.Self).says("your own ratings"),
		ratingsBy(profile.Mentor).says("the newest rating by a mentor"),
		othersColumn().says("what other mentors gave, the newest first"),
		ratingsBy(profile.Agreed).says("what you agreed"),
		lines("differ", differObject.Get().
			line("a note with its date", `{ on = 2026-11-22, note = "..." }`, "K7", (*table).code)).
			says("where you looked together and still differ"),
	)
}}

func ratingsBy(by profile.Rater) *column {
	line := ratingObject.Get().line("a rating", "{ level = 2, on = 2026-11-22 }", "K7", (*table).code)
	get := func(x reflect.Value) reflect.Value {
		return reflect.ValueOf((*at[map[profile.Rater]map[string]profile.Rating](x))[by])
	}
	return linesIn(string(by), line, get, func(x, m reflect.Value) {
		all := at[map[profile.Rater]map[string]profile.Rating](x)
		ratings := map[profile.Rater]map[string]profile.Rating{}
		maps.Copy(ratings, *all)
		ratings[by] = m.Interface().(map[string]profile.Rating)
		*all = ratings
	}).of("Ratings")
}

var ratingObject = lazy.Value[object]{Make: func() object {
	return objectOf[profile.Rating](nil,
		levelColumn("level", "the level; none is no opportunity", ""),
		date("on").needed(dayHint).freeOnSheet().says("the day it was given; on a rating sheet it may be left out"),
		text("note").says("what you noted with it"),
		text("by").ofColleagues().says("who, for a mentor's rating and an agreed one"),
		text("reason").says("why, for an agreed rating"),
		date("shown").says("the day you looked at a mentor's "+
			"rating together; on your own, that you gave it after that"),
		levelColumn("blind", "the level that was given before you looked together, where it was changed after that",
			"Changed"),
	)
}}

// levelColumn is a level. If it may be left out, there is the name of the bool field that says whether it is there;
// else there is "".
func levelColumn(key, about, there string) *column {
	name := strings.ToUpper(key[:1]) + key[1:]
	c := &column{
		key: key, kind: `0, 1, 2, 3, 4 or "none"`, about: about, whole: true,
		read: func(t *table, x reflect.Value) {
			if _, ok := t.m[key]; ok {
				x.FieldByName(name).SetInt(int64(t.level(key)))
				if there != "" {
					x.FieldByName(there).SetBool(true)
				}
			}
			t.asked = append(t.asked, key)
		},
		value: func(x reflect.Value) tomledit.Value {
			if there != "" && !x.FieldByName(there).Bool() {
				return nil
			}
			return levelValue(*at[level.Level](x.FieldByName(name)))
		},
	}
	if there == "" {
		c.need = `add ` + key + ` = with 0 to 4 or "none"`
	}
	return c
}

var differObject = lazy.Value[object]{Make: func() object {
	return objectOf[profile.Differ](nil,
		date("on").needed(dayHint).says("the day you looked together"),
		text("note").says("how you differ, in words"),
	)
}}

var evidenceObject = lazy.Value[object]{Make: func() object {
	return objectOf[profile.Evidence](func(t *table, e *profile.Evidence) {
		if _, ok := t.r.std.Duty(e.Duty); e.Duty != 0 && !ok {
			t.fault("duty", fmt.Sprintf("its duties run from 1 to %d", len(t.r.std.Duties)), "%s has no duty %d",
				t.r.std.Reference, e.Duty)
		}
	},
		id().says("letters, digits and hyphens, once in the file"),
		codes("ksbs").needed(codesHint).says("what it shows; at least one"),
		date("on").needed(dayHint).says("the day it happened"),
		word("kind", profile.Kinds, profile.KindExample).says("left out, it is an example"),
		text("title").needed("add title = with one line in quotes").says("what it is, without names of patients"),
		text("where").says("where it is kept: a file, a folder, an address"),
		text("witness").ofColleagues().says("who saw it"),
		number("duty", 1, 999).says("the duty that an example came from"),
	)
}}

var reflectionObject = lazy.Value[object]{Make: func() object {
	return objectOf[profile.Reflection](nil,
		id().says("letters, digits and hyphens, once in the file"),
		date("on").needed(dayHint).says("the day it was written"),
		plain("model").says("the model of reflection, such as driscoll"),
		plain("goal").says("the id of the goal it belongs to"),
		codes("ksbs").says("what it is about"),
		answerColumn(),
	)
}}

// answerColumn has a text for each step of a reflection. The steps are the keys.
func answerColumn() *column {
	return &column{
		key: "answer", kind: "a table", about: "what was written to each step of the model",
		read: func(t *table, x reflect.Value) {
			sub := t.sub("answer")
			if sub == nil {
				return
			}
			answers := at[[]profile.Answer](x)
			for _, step := range t.r.doc.Keys(sub.path...) {
				if !safetext.Plain(step) {
					sub.fault(step, plainHint, "the name of a step has characters that cannot be shown")
				}
				*answers = append(*answers, profile.Answer{Step: step, Text: sub.text(step)})
			}
		},
		put: func(x reflect.Value, t *tomledit.Table) { t.Set("answer", tableOf(answerFields(x, x))) },
		edit: func(w *writer, before, after reflect.Value, path ...any) {
			w.fields(answerFields(before, after, before), answerFields(after, after, before), pathTo(path, "answer")...)
		},
		walk: func(x reflect.Value, where string, v visitor) {
			if v.text == nil {
				return
			}
			answers := slices.Clone(*at[[]profile.Answer](x))
			for i, a := range answers {
				v.seeText(where+"."+a.Step, &answers[i].Text)
			}
			*at[[]profile.Answer](x) = answers
		},
	}
}

// answerFields are the answers to all steps that any of the lists of answers has, each step once.
func answerFields(answers reflect.Value, stepsOf ...reflect.Value) []field {
	r := profile.Reflection{Answers: *at[[]profile.Answer](answers)}
	var out []field
	for _, list := range stepsOf {
		for _, a := range *at[[]profile.Answer](list) {
			if !slices.ContainsFunc(out, func(f field) bool { return f.key == a.Step }) {
				out = append(out, field{a.Step, textValue(r.Answer(a.Step))})
			}
		}
	}
	return out
}

var goalObject = lazy.Value[object]{Make: func() object {
	return objectOf[profile.Goal](nil,
		id().says("letters, digits and hyphens, once in the file"),
		codes("ksbs").needed(codesHint).says("what it works on; at least one"),
		text("text").needed("add text = with one line in quotes").says("the goal, in a sentence"),
		word("status", profile.GoalStatuses, profile.GoalActive).says("left out, it is active"),
		date("set").says("the day it was made"),
		date("due").says("when it should be reached"),
		plain("theory").says("the theory its reason rests on, such as goal-setting"),
		text("why").says("the reason, in a line"),
		text("note").says("why it is parked, closed or dropped"),
		date("closed").says("the day it ended"),
		entries("action", actionObject.Get()).says("what you will do"),
	)
}}

var actionObject = lazy.Value[object]{Make: func() object {
	return objectOf[profile.Action](nil,
		id().says("letters, digits and hyphens, once in the file"),
		word("sort", profile.Sorts, profile.Practise).says("left out, it is practise"),
		text("text").needed("add text = with one line in quotes").says("what to do"),
		text("who").ofColleagues().says("who helps"),
		date("due").says("when it should be done"),
		text("shows").says("what will show that it was done"),
		text("if_then").says("what you will do when something gets in the way"),
		number("minutes", 1, profile.MaxMinutes).says("of your own time, in all"),
		word("offjob", profile.OffJobs, "").says("whether it normally counts as off-the-job training"),
		word("status", profile.ActionStatuses, profile.ActionOpen).says("left out, it is open"),
		text("note").says("what came of it"),
		date("closed").says("the day it ended"),
	)
}}

func (t *table) code(id string) bool {
	if t.r.knows(id) {
		return true
	}
	hint := profile.KnownCodes(t.r.std)
	if up := strings.ToUpper(strings.TrimSpace(id)); t.r.knows(up) {
		hint = "write " + up
	}
	t.fault(id, hint, "%s has no such KSB", t.r.std.Reference)
	return false
}

// Redact replaces texts that may identify a patient, wherever they are, byte for byte. A closed review stays as it is,
// since its check code is made from its texts.
type Redact struct{ Texts map[string]string } // what is to stand there, by what stands there now

// Label is for undo.
func (c Redact) Label() string { return "changing what may name a patient" }

// Apply refuses if none of the texts is in a place that may change.
func (c Redact) Apply(p profile.Profile, _ *standard.Standard) (profile.Profile, error) {
	after := p
	visit(&after, visitor{text: func(_ Place, x *safetext.Text) {
		if instead, ok := c.Texts[x.Raw()]; ok {
			*x = safetext.New(instead)
		}
	}})
	for i, r := range p.Reviews {
		if !r.Closed.IsZero() {
			after.Reviews[i] = r
		}
	}
	if reflect.DeepEqual(after, p) {
		return p, profile.Refuse("take it out of the file by hand, and tell those who have the record of that review",
			"that is only in a review that is closed, and a closed review stays as it is")
	}
	return after, nil
}
