package profile

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/standard"
)

// localZone is how the TOML library marks a value that was written as a plain date; a date with a time has another.
const localZone = "date-local"

func isLocalDate(v any) bool {
	t, ok := v.(time.Time)
	return ok && t.Location().String() == localZone
}

func localDate(v any) (calendar.Date, bool) {
	if !isLocalDate(v) {
		return calendar.Date{}, false
	}
	return calendar.FromTime(v.(time.Time)), true
}

func (r *reader) profile(t *table) Profile {
	var p Profile
	if !r.format(t) {
		return p
	}
	p.Standard = r.standard(t)
	if r.std == nil {
		return p
	}
	t.required("learner", "add a line [learner] and below it name = \"...\"; if more is missing, the file was cut short: restore a backup")
	if l := t.sub("learner"); l != nil {
		p.Learner = readLearner(l)
	}
	for _, x := range t.list("pause") {
		p.Pauses = append(p.Pauses, readPause(x))
	}
	if x := t.sub("target"); x != nil {
		p.Targets = readTargets(x)
	}
	if x := t.sub("expected"); x != nil {
		p.Curve = readCurve(x)
	}
	ids := identifiers{}
	for _, x := range t.list("round") {
		p.Rounds = append(p.Rounds, readRound(x, ids))
	}
	for i, round := range p.Rounds {
		if round.Closed.IsZero() && i < len(p.Rounds)-1 {
			t.list("round")[i].fault("", "add closed = with its date, or move it to the end", "a round that is not the last is still open")
		}
	}
	for _, x := range t.list("evidence") {
		p.Evidence = append(p.Evidence, readEvidence(x, ids))
	}
	for _, x := range t.list("reflection") {
		p.Reflections = append(p.Reflections, readReflection(x, ids))
	}
	for _, x := range t.list("goal") {
		p.Goals = append(p.Goals, readGoal(x, ids))
	}
	for _, x := range t.list("review") {
		p.Reviews = append(p.Reviews, readReview(x, ids))
	}
	if x := t.sub("prepare"); x != nil {
		p.Prepared = readPrivate(x)
	}
	if x := t.sub("settings"); x != nil {
		p.Settings = readSettings(x)
	}
	t.asked = append(t.asked, "mine") // the learner's own
	t.rest()
	return p
}

func (r *reader) format(t *table) bool {
	const hint = "the first key of a profile is format = 1; if it is gone the file may have been cut or be no profile at all: restore a backup"
	t.required("format", hint)
	n, ok := value[int64](t, "format", "a whole number", hint)
	if !ok {
		return false
	}
	if n > Format {
		t.fault("format", "update ksbcoach; nothing in the file was changed", "the file has format %d, this program reads up to %d", n, Format)
		return false
	}
	if n < 1 {
		t.fault("format", hint, "there is no format %d", n)
		return false
	}
	return true
}

func (r *reader) standard(t *table) string {
	t.required("standard", `add standard = "ST0413" below format`)
	ref, ok := value[string](t, "standard", "text", `write standard = "ST0413"`)
	if !ok {
		return ""
	}
	if r.std = r.find(ref); r.std == nil {
		t.fault("standard", "ksbcoach standard list shows those it has", "the standard %q is not known here", safetext.Line(clip(ref, 20)))
	}
	return ref
}

func readLearner(t *table) Learner {
	t.required("name", `add name = "..." below [learner]`)
	l := Learner{
		Name: t.text("name"), Role: t.text("role"), Start: t.date("start"), Gateway: t.date("gateway"), Review: t.date("review"), ID: readLearnerID(t),
	}
	if _, ok := t.m["name"].(string); ok && l.Name.Empty() {
		t.fault("name", "any name you like to be called by", "the name is empty")
	}
	if !l.Start.IsZero() && !l.Gateway.IsZero() && !l.Gateway.After(l.Start) {
		t.fault("gateway", "check both dates against your training plan", "the gateway is not after the start")
	}
	t.rest()
	return l
}

func readLearnerID(t *table) string {
	const hint = "take the line out, and the next rating sheet writes a good one; or write it as it was, such as l-7f3k9m2x"
	s, ok := value[string](t, "id", "text", hint)
	if ok && !ValidID(s) {
		t.fault("id", hint, "%q is not an id", safetext.Line(clip(s, 20)))
	}
	return s
}

func readPause(t *table) Pause {
	t.required("from", "give the first day away: from = 2026-02-01")
	t.required("to", "give the last day away: to = 2026-03-31")
	q := Pause{t.date("from"), t.date("to")}
	if !q.From.IsZero() && !q.To.IsZero() && q.To.Before(q.From) {
		t.fault("to", "swap the two dates", "the pause ends before it begins")
	}
	t.rest()
	return q
}

func readTargets(t *table) map[string]level.Level {
	out := map[string]level.Level{}
	for _, id := range t.r.doc.Keys(t.path...) {
		if !t.code(id) {
			continue
		}
		if n, ok := t.whole(id, 1, int(level.Max)); ok {
			out[id] = level.Level(n)
		}
	}
	return out
}

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

// identifiers are those in use, each with the line of its first use.
type identifiers map[string]int

func (ids identifiers) read(t *table, key string) string {
	const hint = "an id is letters, digits and hyphens, once in the file, such as g-2mq9"
	t.required(key, hint)
	s, ok := value[string](t, key, "text", hint)
	switch {
	case !ok:
		return ""
	case !ValidID(s):
		t.fault(key, hint, "%q is not an id", safetext.Line(clip(s, 20)))
	case ids[s] > 0:
		t.fault(key, hint, "the id %s is used twice, first in line %d", s, ids[s])
	default:
		pos, _ := t.r.doc.Pos(t.at(key)...)
		ids[s] = pos.Line
	}
	return s
}

// ValidID says whether text has the form of an identifier: letters in lower case, digits and hyphens, at most 40.
func ValidID(s string) bool {
	if s == "" || len(s) > 40 {
		return false
	}
	for _, c := range []byte(s) {
		if c != '-' && (c < '0' || c > '9') && (c < 'a' || c > 'z') {
			return false
		}
	}
	return true
}

func readRound(t *table, ids identifiers) Round {
	r := Round{ID: ids.read(t, "id"), Opened: t.date("opened"), Closed: t.date("closed"), Ratings: map[Rater]map[string]Rating{}}
	t.required("opened", "give the day it was opened: opened = 2026-09-01")
	for _, by := range Raters {
		x := t.sub(string(by))
		if x == nil {
			continue
		}
		m := map[string]Rating{}
		for _, id := range t.r.doc.Keys(x.path...) {
			if !x.code(id) {
				continue
			}
			if row := x.row(id); row != nil {
				m[id] = readRating(row)
			}
		}
		r.Ratings[by] = m
	}
	if x := t.sub(othersKey); x != nil {
		r.Others = readOthers(x, r.Ratings[Mentor])
	}
	if x := t.sub("differ"); x != nil {
		r.Differ = readDiffer(x)
	}
	t.rest()
	return r
}

func readRating(t *table) Rating {
	t.required("level", `add level = with 0 to 4 or "none"`)
	t.required("on", "add on = with the day, such as 2026-11-22")
	r := Rating{On: t.date("on"), Note: t.text("note"), By: t.text("by"), Reason: t.text("reason")}
	if _, ok := t.m["level"]; ok {
		r.Level = t.level("level")
	}
	t.asked = append(t.asked, "level")
	t.rest()
	return r
}

func readEvidence(t *table, ids identifiers) Evidence {
	t.named("ksbs")
	t.required("title", "add title = with one line in quotes")
	t.required("on", "add on = with the day, such as 2026-11-22")
	e := Evidence{
		ID: ids.read(t, "id"), KSBs: t.ksbs("ksbs"), On: t.date("on"), Kind: t.word("kind", Kinds, KindExample),
		Title: t.text("title"), Where: t.text("where"), Witness: t.text("witness"),
	}
	if n, ok := t.whole("duty", 1, 999); ok {
		e.Duty = n
		if _, ok := t.r.std.Duty(n); !ok {
			t.fault("duty", fmt.Sprintf("its duties run from 1 to %d", len(t.r.std.Duties)), "%s has no duty %d", t.r.std.Reference, n)
		}
	}
	t.rest()
	return e
}

func readReflection(t *table, ids identifiers) Reflection {
	t.required("on", "add on = with the day, such as 2026-11-22")
	r := Reflection{ID: ids.read(t, "id"), On: t.date("on"), Model: t.plain("model"), Goal: t.plain("goal"), KSBs: t.ksbs("ksbs")}
	if x := t.sub("answer"); x != nil {
		for _, step := range t.r.doc.Keys(x.path...) {
			if !plainWord(step) {
				x.fault(step, plainHint, "the name of a step holds what cannot be shown")
			}
			r.Answers = append(r.Answers, Answer{step, x.text(step)})
		}
	}
	t.rest()
	return r
}

func readGoal(t *table, ids identifiers) Goal {
	t.named("ksbs")
	t.required("text", "add text = with one line in quotes")
	g := Goal{
		ID: ids.read(t, "id"), KSBs: t.ksbs("ksbs"), Text: t.text("text"),
		Status: GoalStatus(t.word("status", words(GoalStatuses), string(GoalActive))),
		Set:    t.date("set"), Due: t.date("due"), Theory: t.plain("theory"), Why: t.text("why"), Note: t.text("note"), Closed: t.date("closed"),
	}
	for _, x := range t.list("action") {
		g.Actions = append(g.Actions, readAction(x, ids))
	}
	t.rest()
	return g
}

func readAction(t *table, ids identifiers) Action {
	t.required("text", "add text = with one line in quotes")
	a := Action{
		ID: ids.read(t, "id"), Sort: Sort(t.word("sort", words(Sorts), string(Practise))), Text: t.text("text"), Who: t.text("who"), Due: t.date("due"),
		Shows: t.text("shows"), Status: ActionStatus(t.word("status", words(ActionStatuses), string(ActionOpen))), Note: t.text("note"), Closed: t.date("closed"),
	}
	t.rest()
	return a
}

func words[T ~string](list []T) []string {
	out := make([]string, len(list))
	for i, x := range list {
		out[i] = string(x)
	}
	return out
}

// naturalOrder puts K2 before K10, for lines keyed by KSB.
func naturalOrder(a, b string) bool { return standard.Compare(a, b) < 0 }

// orderOf gives the order of a fixed list of keys; keys that are not in it come last.
func orderOf(keys []string) func(a, b string) bool {
	rank := func(k string) int {
		if i := slices.Index(keys, k); i >= 0 {
			return i
		}
		return len(keys)
	}
	return func(a, b string) bool { return rank(a) < rank(b) }
}
