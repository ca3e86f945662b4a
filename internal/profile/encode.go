package profile

import (
	"fmt"
	"maps"
	"reflect"
	"slices"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/tomledit"
)

// New is the text of a new profile file.
func New(p Profile) ([]byte, error) {
	const head = "# A ksbcoach profile. It is yours: edit it freely, comments stay. \"ksbcoach check\" looks it over.\n"
	doc, err := tomledit.Parse([]byte(head), tomledit.ProfileLimits)
	if err != nil {
		return nil, err
	}
	if err := doc.Set(tomledit.Int(Format), nil, "format"); err != nil {
		return nil, err
	}
	if err := doc.Set(tomledit.String(p.Standard), nil, "standard"); err != nil {
		return nil, err
	}
	if err := Write(doc, Profile{Standard: p.Standard}, p); err != nil {
		return nil, err
	}
	return doc.Bytes(), nil
}

// Write changes the text of a profile that reads as before so that it reads as after, and touches only the lines that
// differ. On an error the document may hold part of the change and must be thrown away.
func Write(doc *tomledit.Doc, before, after Profile) error {
	w := writer{doc}
	steps := []func() error{
		func() error { return w.fields(learnerFields(before.Learner), learnerFields(after.Learner), "learner") },
		func() error { return w.pauses(before.Pauses, after.Pauses) },
		func() error { return w.targets(before.Targets, after.Targets) },
		func() error { return w.fields(curveFields(before.Curve), curveFields(after.Curve), "expected") },
		func() error {
			return w.fields(settingsFields(before.Settings), settingsFields(after.Settings), "settings")
		},
		func() error { return w.rounds(before.Rounds, after.Rounds) },
		func() error { return list(w, before.Evidence, after.Evidence, evidenceList, "evidence") },
		func() error { return list(w, before.Reflections, after.Reflections, reflectionList, "reflection") },
		func() error { return list(w, before.Goals, after.Goals, goalList, "goal") },
		func() error { return list(w, before.Reviews, after.Reviews, reviewList, "review") },
		func() error { return w.prepared(before.Prepared, after.Prepared) },
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

type writer struct{ doc *tomledit.Doc }

// A field is one key with its value; nil stands for "not in the file".
type field struct {
	key string
	val tomledit.Value
	cmp any // what decides whether two values are the same
}

func textField(key string, t safetext.Text) field {
	if t.Raw() == "" {
		return field{key: key}
	}
	return field{key, tomledit.String(t.Raw()), t.Raw()}
}

func wordField(key, s string) field { return textField(key, safetext.New(s)) }

func dateField(key string, d calendar.Date) field {
	if d.IsZero() {
		return field{key: key}
	}
	return field{key, tomledit.Date(d.Year, int(d.Month), d.Day), d}
}

func intField(key string, n int) field {
	if n == 0 {
		return field{key: key}
	}
	return field{key, tomledit.Int(n), n}
}

func flagField(key string, on bool) field {
	if !on {
		return field{key: key}
	}
	return field{key, tomledit.Bool(true), on}
}

func listField(key string, ids []string) field {
	if len(ids) == 0 {
		return field{key: key}
	}
	return field{key, tomledit.Strings(ids), fmtList(ids)}
}

// fmtList tells lists apart: of two that differ it never makes the same.
func fmtList(ids []string) string { return fmt.Sprintf("%q", ids) }

func levelField(l level.Level) field {
	if l == level.NoOpportunity {
		return field{"level", tomledit.String(l.String()), l}
	}
	return field{"level", tomledit.Int(int(l)), l}
}

func keysOf(fields []field) []string {
	out := make([]string, len(fields))
	for i, f := range fields {
		out[i] = f.key
	}
	return out
}

func tableOf(fields []field) *tomledit.Table {
	t := tomledit.NewTable()
	for _, f := range fields {
		if f.val != nil {
			t.Set(f.key, f.val)
		}
	}
	return t
}

// fields edits those fields of the table at path that differ. Both lists hold the same keys in the same order. What goes
// goes first, so that new keys find their place among those that stay.
func (w writer) fields(before, after []field, path ...any) error {
	at := func(f field) []any { return append(slices.Clone(path), f.key) }
	for i, f := range after {
		if before[i].cmp != f.cmp && f.val == nil {
			if err := w.doc.Delete(at(f)...); err != nil {
				return err
			}
		}
	}
	order := orderOf(keysOf(after))
	for i, f := range after {
		if before[i].cmp != f.cmp && f.val != nil {
			if err := w.doc.Set(f.val, order, at(f)...); err != nil {
				return err
			}
		}
	}
	return nil
}

func learnerFields(l Learner) []field {
	return []field{
		textField("name", l.Name), textField("role", l.Role), dateField("start", l.Start), dateField("gateway", l.Gateway), dateField("review", l.Review),
		wordField("id", l.ID),
	}
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

func pauseFields(p Pause) []field { return []field{dateField("from", p.From), dateField("to", p.To)} }

func (w writer) pauses(before, after []Pause) error {
	for i := len(before) - 1; i >= 0; i-- {
		if !slices.Contains(after, before[i]) {
			if err := w.doc.Delete("pause", i); err != nil {
				return err
			}
		}
	}
	for _, p := range after {
		if !slices.Contains(before, p) {
			if err := w.doc.Append(tableOf(pauseFields(p)), "pause"); err != nil {
				return err
			}
		}
	}
	return nil
}

func (w writer) targets(before, after map[string]level.Level) error {
	for _, id := range slices.Sorted(maps.Keys(before)) {
		if _, ok := after[id]; !ok {
			if err := w.doc.Delete("target", id); err != nil {
				return err
			}
		}
	}
	if err := w.dropEmpty(len(before), len(after), "target"); err != nil {
		return err
	}
	for _, id := range slices.SortedFunc(maps.Keys(after), standard.Compare) {
		if l, ok := before[id]; !ok || l != after[id] {
			if err := w.doc.Set(tomledit.Int(int(after[id])), naturalOrder, "target", id); err != nil {
				return err
			}
		}
	}
	return nil
}

func roundFields(r Round) []field {
	return []field{wordField("id", r.ID), dateField("opened", r.Opened), dateField("closed", r.Closed)}
}

func ratingFields(r Rating) []field {
	return []field{levelField(r.Level), dateField("on", r.On), textField("note", r.Note), textField("by", r.By), textField("reason", r.Reason)}
}

// lineTable has one line for each KSB.
func lineTable[T any](m map[string]T, fields func(T) []field) *tomledit.Table {
	t := tomledit.NewTable()
	for _, id := range slices.SortedFunc(maps.Keys(m), standard.Compare) {
		t.Set(id, tomledit.Inline(tableOf(fields(m[id]))))
	}
	return t
}

func roundTable(r Round) *tomledit.Table {
	t := tableOf(roundFields(r))
	for _, by := range Raters {
		if len(r.Ratings[by]) == 0 {
			continue
		}
		t.Set(string(by), lineTable(r.Ratings[by], ratingFields))
		if by == Mentor && len(r.Others) > 0 {
			t.Set(othersKey, othersTable(r.Others))
		}
	}
	if len(r.Differ) > 0 {
		t.Set("differ", lineTable(r.Differ, differFields))
	}
	return t
}

// rounds are told apart by their place: a round is only ever added at the end, and only undoing takes the last one away.
func (w writer) rounds(before, after []Round) error {
	for i := len(before) - 1; i >= len(after); i-- {
		if err := w.doc.Delete("round", i); err != nil {
			return err
		}
	}
	var fresh []*tomledit.Table
	for i, r := range after {
		if i >= len(before) {
			fresh = append(fresh, roundTable(r))
			continue
		}
		if err := w.fields(roundFields(before[i]), roundFields(r), "round", i); err != nil {
			return err
		}
		for _, by := range Raters {
			if err := lines(w, before[i].Ratings[by], r.Ratings[by], ratingFields, "round", i, string(by)); err != nil {
				return err
			}
		}
		if err := w.others(before[i].Others, r.Others, "round", i, othersKey); err != nil {
			return err
		}
		if err := lines(w, before[i].Differ, r.Differ, differFields, "round", i, "differ"); err != nil {
			return err
		}
	}
	return w.appendAll(fresh, "round")
}

// dropEmpty takes out a table whose last line has gone, so that undoing the first line undoes its header too.
func (w writer) dropEmpty(before, after int, path ...any) error {
	if before == 0 || after > 0 || len(w.doc.Keys(path...)) > 0 {
		return nil
	}
	return w.doc.Delete(path...)
}

// lines edits a table with one line for each KSB.
func lines[T comparable](w writer, before, after map[string]T, fields func(T) []field, path ...any) error {
	for _, id := range slices.Sorted(maps.Keys(before)) {
		if _, ok := after[id]; !ok {
			if err := w.doc.Delete(append(slices.Clone(path), id)...); err != nil {
				return err
			}
		}
	}
	if err := w.dropEmpty(len(before), len(after), path...); err != nil {
		return err
	}
	for _, id := range slices.SortedFunc(maps.Keys(after), standard.Compare) {
		at := append(slices.Clone(path), id)
		old, ok := before[id]
		if ok && old == after[id] {
			continue
		}
		if ok {
			if err := w.fields(fields(old), fields(after[id]), at...); err != nil {
				return err
			}
			continue
		}
		if err := w.doc.Set(tomledit.Inline(tableOf(fields(after[id]))), naturalOrder, at...); err != nil {
			return err
		}
	}
	return nil
}

// A listed kind of entry has an ID and stands in an array of tables.
type listed[T any] struct {
	id     func(T) string
	fields func(T) []field
	table  func(T) *tomledit.Table
	below  func(w writer, before, after T, path ...any) error // what lies below its own fields
}

// list edits the entries that both have, takes out those that went, and puts the new ones where they stand: undoing the
// removal of one in the middle puts it back there.
func list[T any](w writer, before, after []T, k listed[T], path ...any) error {
	if sameList(before, after) {
		return nil
	}
	now := make(map[string]T, len(after))
	for _, x := range after {
		now[k.id(x)] = x
	}
	var order []string // of those in the file
	for i, x := range before {
		y, ok := now[k.id(x)]
		if !ok {
			continue
		}
		order = append(order, k.id(x))
		if reflect.DeepEqual(x, y) {
			continue
		}
		at := append(slices.Clone(path), i)
		if err := w.fields(k.fields(x), k.fields(y), at...); err != nil {
			return err
		}
		if k.below != nil {
			if err := k.below(w, x, y, at...); err != nil {
				return err
			}
		}
	}
	for i := len(before) - 1; i >= 0; i-- {
		if _, ok := now[k.id(before[i])]; !ok {
			if err := w.doc.Delete(append(slices.Clone(path), i)...); err != nil {
				return err
			}
		}
	}
	return add(w, order, after, k, path...)
}

// sameList says whether two lists are one and the same, which needs no look at what is in them: a list that is changed is
// a new one.
func sameList[T any](a, b []T) bool { return len(a) == len(b) && (len(a) == 0 || &a[0] == &b[0]) }

// appendAll adds entries to an array of tables; where there is none yet it is written at one go.
func (w writer) appendAll(tables []*tomledit.Table, path ...any) error {
	if len(tables) > 0 && !w.doc.Has(path...) {
		return w.doc.Set(tomledit.Tables(tables...), nil, path...)
	}
	for _, t := range tables {
		if err := w.doc.Append(t, path...); err != nil {
			return err
		}
	}
	return nil
}

// add puts those entries that are not in the file yet behind the one that they follow in the record.
func add[T any](w writer, order []string, after []T, k listed[T], path ...any) error {
	if len(order) == 0 {
		tables := make([]*tomledit.Table, len(after))
		for i, x := range after {
			tables[i] = k.table(x)
		}
		return w.appendAll(tables, path...)
	}
	behind := 0
	for _, x := range after {
		if i := slices.Index(order, k.id(x)); i >= 0 {
			behind = i + 1
			continue
		}
		if err := w.doc.Insert(k.table(x), behind, path...); err != nil {
			return err
		}
		order = slices.Insert(order, behind, k.id(x))
		behind++
	}
	return nil
}

func evidenceFields(e Evidence) []field {
	return []field{
		wordField("id", e.ID), listField("ksbs", e.KSBs), dateField("on", e.On), wordField("kind", e.Kind), textField("title", e.Title),
		textField("where", e.Where), textField("witness", e.Witness), intField("duty", e.Duty),
	}
}

var evidenceList = listed[Evidence]{
	id: func(e Evidence) string { return e.ID }, fields: evidenceFields,
	table: func(e Evidence) *tomledit.Table { return tableOf(evidenceFields(e)) },
}

func reflectionFields(r Reflection) []field {
	return []field{wordField("id", r.ID), dateField("on", r.On), wordField("model", r.Model), wordField("goal", r.Goal), listField("ksbs", r.KSBs)}
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

var reflectionList = listed[Reflection]{
	id: func(r Reflection) string { return r.ID }, fields: reflectionFields,
	table: func(r Reflection) *tomledit.Table {
		return tableOf(reflectionFields(r)).Set("answer", tableOf(answerFields(r, r.steps())))
	},
	below: func(w writer, before, after Reflection, path ...any) error {
		steps := after.steps()
		for _, s := range before.steps() {
			if !slices.Contains(steps, s) {
				steps = append(steps, s)
			}
		}
		return w.fields(answerFields(before, steps), answerFields(after, steps), append(slices.Clone(path), "answer")...)
	},
}

func goalFields(g Goal) []field {
	return []field{
		wordField("id", g.ID), listField("ksbs", g.KSBs), textField("text", g.Text), wordField("status", string(g.Status)), dateField("set", g.Set),
		dateField("due", g.Due), wordField("theory", g.Theory), textField("why", g.Why), textField("note", g.Note), dateField("closed", g.Closed),
	}
}

func actionFields(a Action) []field {
	return []field{
		wordField("id", a.ID), wordField("sort", string(a.Sort)), textField("text", a.Text), textField("who", a.Who), dateField("due", a.Due),
		textField("shows", a.Shows), wordField("status", string(a.Status)), textField("note", a.Note), dateField("closed", a.Closed),
	}
}

var actionList = listed[Action]{
	id: func(a Action) string { return a.ID }, fields: actionFields,
	table: func(a Action) *tomledit.Table { return tableOf(actionFields(a)) },
}

var goalList = listed[Goal]{
	id: func(g Goal) string { return g.ID }, fields: goalFields,
	table: func(g Goal) *tomledit.Table {
		t := tableOf(goalFields(g))
		if len(g.Actions) == 0 {
			return t
		}
		rows := make([]*tomledit.Table, len(g.Actions))
		for i, a := range g.Actions {
			rows[i] = tableOf(actionFields(a))
		}
		return t.Set("action", tomledit.Tables(rows...))
	},
	below: func(w writer, before, after Goal, path ...any) error {
		return list(w, before.Actions, after.Actions, actionList, append(slices.Clone(path), "action")...)
	},
}
