package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/profile/file"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/standard"
)

// writeJSON is the one way in which JSON leaves the program: indented, with a line end, and with every character that
// must not reach a terminal as an escape, so that it can be looked at in one.
func (k *kit) writeJSON(v any) error {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(v); err != nil {
		return err
	}
	_, err := k.out.Write(escapeControls(b.Bytes()))
	return err
}

// An object is a thing as JSON shows it: keys, each with its value behind it, in the order in which they are written.
// What is missing has one form in all our JSON: an empty text and a day that is not known are null, and a list is never
// null.
type object []any

// MarshalJSON writes the keys with their values.
func (o object) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	for i := 0; i < len(o); i += 2 {
		fmt.Fprintf(&b, "%c%q:", "{,"[min(i, 1)], o[i])
		if err := enc.Encode(orNull(o[i+1])); err != nil {
			return nil, err
		}
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// orNull is a value, or null or an empty list if it is missing.
func orNull(v any) any {
	switch x := reflect.ValueOf(v); {
	case x.Kind() == reflect.String && x.Len() == 0, v == calendar.Date{}, v == safetext.Text{}:
		return nil
	case x.Kind() == reflect.Slice && x.IsNil():
		return []any{}
	case x.Kind() == reflect.Pointer && !x.IsNil():
		return orNull(x.Elem().Interface())
	}
	return v
}

// escapeControls escapes characters inside strings only: outside them our JSON is ASCII, and the line breaks of its
// indentation are left.
func escapeControls(src []byte) []byte {
	out := make([]byte, 0, len(src)+64)
	for len(src) > 0 {
		r, n := utf8.DecodeRune(src)
		switch {
		case r == '\n' || r < utf8.RuneSelf && r != 0x7f, !hidden(r):
			out = append(out, src[:n]...)
		case r > 0xffff:
			high, low := utf16.EncodeRune(r)
			out = fmt.Appendf(out, `\u%04x\u%04x`, high, low)
		default:
			out = fmt.Appendf(out, `\u%04x`, r)
		}
		src = src[n:]
	}
	return out
}

func hidden(r rune) bool { return safetext.Forbidden(r) || unicode.Is(unicode.Cf, r) }

// known is the value when it is known, else nil.
func known[T any](v T, ok bool) *T {
	if !ok {
		return nil
	}
	return &v
}

// reading are the commands that only show something. Each gets a --json, and gives by it what it says in words.
var reading = []string{
	"gaps", "plan", "next", "status", "progress", "report", "details", "reflect", "pause", "round", "round due",
	"compare",
	"opportunity", "check", "restore",
	"review", "review show", "review prepare", "review rehearse", "review agenda", "review record", "review settings",
	"evidence list", "evidence index", "find",
	"sheet show", "standard", "standard show", "standard list", "standard coach", "standard facts", "standard check",
	"standard export",
}

// writing are the commands that change the record or a sheet. Each gets a --json, and tells by it what it changed.
var writing = []string{
	"init", "rate", "target", "goal add", "goal edit", "goal park", "goal close", "goal reopen",
	"action add", "action edit", "action close", "action reopen", "pause remove", "round open", "round close",
	"review start", "review note", "review check", "review edit", "review cancel", "review close",
	"compare reveal", "compare agree", "compare differ", "compare equal", "evidence add", "evidence edit",
	"evidence remove",
	"sheet take", "sheet make", "sheet fill", "import", "privacy redact", "privacy clear",
}

func tellsJSON(root *cobra.Command) {
	give := func(paths []string, says string) {
		for _, path := range paths {
			cmd, rest, err := root.Find(strings.Fields(path))
			if err != nil || len(rest) > 0 {
				panic("there is no command " + path)
			}
			cmd.Flags().Bool("json", false, says)
		}
	}
	give(reading, "write JSON")
	give(writing, "write what was changed as JSON, with its id")
	give([]string{"merge"}, "write what came of it, with the questions, as JSON")
}

// asJSON says whether the command that runs was given --json.
func (k *kit) asJSON() bool {
	if k.running == nil {
		return false
	}
	f := k.running.Flags().Lookup("json")
	return f != nil && f.Value.String() == "true"
}

// answer is how every command that reads answers: with the object as JSON where that was asked for, else in words.
func (k *kit) answer(object any, words func(p *page)) error {
	if k.asJSON() {
		return k.writeJSON(object)
	}
	words(k.page())
	return nil
}

// writeChanged writes what a command changed as JSON: the thing that it was about, with its type, what became of it,
// its id, and its keys as docs/profile.md names them; and what else changed with it under also.
func (k *kit) writeChanged(before, after profile.Profile) error {
	found, err := file.Differences(before, after)
	if err != nil {
		return err
	}
	things := lists.Each(found, changedObject)
	main := changedObject(file.Difference{Change: "none"})
	if at := k.mainThing(found); at >= 0 {
		main = things[at]
		things = slices.Delete(things, at, at+1)
	}
	return k.writeJSON(append(main, "also", things))
}

// changedObject has first what every thing has, and then its keys.
func changedObject(d file.Difference) object {
	out := object{"type", d.Type, "change", d.Change, "id", d.ID}
	for _, key := range slices.Sorted(maps.Keys(d.Keys)) {
		if key != "id" {
			out = append(out, key, d.Keys[key])
		}
	}
	return out
}

// mainFirst are the types of things in the order in which a command is about them, where no argument names one.
var mainFirst = []string{
	"rating", "ratings", "difference", "target", "goal", "action", "evidence", "reflection",
	"pause", "review", "round", "learner", "settings", "privacy",
}

// mainThing is the place of the thing that a command is about: the one that an argument names, else the first of the
// first type.
func (k *kit) mainThing(found []file.Difference) int {
	for _, arg := range k.args {
		named := func(d file.Difference) bool { return d.ID != "" && (d.ID == arg || d.ID == standard.Code(arg)) }
		if i := slices.IndexFunc(found, named); i >= 0 {
			return i
		}
	}
	for _, kind := range mainFirst {
		if i := slices.IndexFunc(found, func(d file.Difference) bool { return d.Type == kind }); i >= 0 {
			return i
		}
	}
	return min(len(found), 1) - 1
}

// written is the page of a command that changed the record, or its JSON.
func (k *kit) written(before, after profile.Profile, say func(p *page)) error {
	if k.asJSON() {
		if after.Sheet {
			return k.writeSheet(after)
		}
		if err := k.writeChanged(before, after); err != nil {
			return fmt.Errorf("the change is kept, and could not be told as JSON: %w", err)
		}
		return nil
	}
	say(k.page())
	return nil
}

func actionObject(a profile.Action) object {
	return object{
		"id", a.ID, "text", a.Text, "sort", a.Sort, "who", a.Who, "due", a.Due, "shows", a.Shows, "if_then", a.IfThen,
		"status", a.Status, "note", a.Note, "minutes", known(a.Minutes, a.Minutes > 0), "offjob", a.OffJob,
	}
}

// viewObject is a level, with the day and the name of the mentor where there is one.
func viewObject(x profile.Rating) object { return object{"level", x.Level, "on", x.On, "by", x.By} }

// agedObject is the agreement behind a row that the learner has rated otherwise since, or nil.
func agedObject(x gap.Row, title plan.Titles, today calendar.Date) any {
	a := x.Aged
	if a == nil {
		return nil
	}
	return object{
		"ksb", a.KSB, "title", title(a.KSB), "agreed", viewObject(a.Agreed),
		"self", viewObject(profile.Rating{Level: a.Self.Level, On: a.Since}), "words", a.Words(today),
	}
}

func agedObjects(s *session.Session) []any {
	return lists.Each(s.Report().Aged(), func(x gap.Row) any { return agedObject(x, s.Titles(), s.Today()) })
}

// requestObject has null for planned where nothing is, and for the next step where no action is open.
func requestObject(q appraisal.Request) object {
	var planned *object
	if goal := q.Plan.Goal; q.Plan.Known() {
		planned = &object{
			"goal", goal.ID, "status", goal.Status, "since", goal.Set, "action", q.Plan.Action.ID,
			"due", q.Plan.Action.Due,
		}
	}
	return object{
		"duty", q.Duty, "ksb", q.KSB, "title", q.Title, "exposure", q.Exposure, "ask", q.Ask, "words", q.Words,
		"text", q.Text, "since", q.Since, "want", q.Want, "ways", q.Ways, "planned", planned,
	}
}

func nextObject(s plan.NextStep) object {
	return object{"kind", s.Kind, "text", s.Text, "ksb", s.KSB}
}

func (k *kit) writeSheet(sheet profile.Profile) error {
	r, _ := sheet.Open()
	return k.writeJSON(object{
		"id", r.ID, "standard", sheet.Standard, "learner", sheet.Learner.Name, "learner_id", sheet.Learner.ID,
		"made", r.Opened, "by", sheet.SheetMentor(), "on", sheet.SheetDay(), "filled", sheet.Filled(),
		"total", len(sheet.Asked),
		"ratings", lists.Each(sheet.Asked, func(id string) object {
			x, rated := r.Ratings[profile.Mentor][id]
			title := k.library.Title(sheet.Standard, id)
			return object{"ksb", id, "title", title, "level", known(x.Level, rated), "note", x.Note}
		}),
	})
}
