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

// writeJSON is the only way JSON leaves the program: indented, with a line end, and with every character that a
// terminal might obey escaped, so that it is safe to look at in one.
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

// An object is a JSON object: key, value, key, value and so on, written in this order. In all our JSON an empty text or
// an unknown date is null, and an empty list is [] and never null.
type object []any

// MarshalJSON writes the keys with their values.
func (o object) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	b.WriteByte('{')
	for i := 0; i < len(o); i += 2 {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, "%q:", o[i])
		if err := enc.Encode(orNull(o[i+1])); err != nil {
			return nil, err
		}
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// orNull is the value, with null for an empty text or date and [] for a nil list.
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

// escapeControls escapes control and invisible characters. They occur inside strings only: outside them our JSON is
// ASCII, and the line breaks of its indentation stay.
func escapeControls(src []byte) []byte {
	out := make([]byte, 0, len(src)+64)
	for len(src) > 0 {
		r, n := utf8.DecodeRune(src)
		switch {
		case r < utf8.RuneSelf && r != 0x7f, !hidden(r): // json has escaped the other ASCII controls
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

// known is the value, or nil (null in JSON) if it is not known.
func known[T any](v T, ok bool) *T {
	if !ok {
		return nil
	}
	return &v
}

// readingCommands are the commands that only show something. Their --json gives what they otherwise say in words.
var readingCommands = []string{
	"gaps", "plan", "next", "status", "progress", "report", "details", "reflect", "pause", "round", "round due",
	"compare",
	"opportunity", "check", "restore",
	"review", "review show", "review prepare", "review rehearse", "review agenda", "review record", "review settings",
	"evidence list", "evidence index", "find",
	"sheet show", "standard", "standard show", "standard list", "standard coach", "standard facts", "standard check",
	"standard export",
}

// writingCommands are the commands that change the profile or a sheet. Their --json gives what they changed.
var writingCommands = []string{
	"init", "rate", "target", "goal add", "goal edit", "goal park", "goal close", "goal reopen",
	"action add", "action edit", "action close", "action reopen", "pause remove", "round open", "round close",
	"review start", "review note", "review check", "review edit", "review cancel", "review close",
	"compare reveal", "compare agree", "compare differ", "compare equal", "evidence add", "evidence edit",
	"evidence remove",
	"sheet take", "sheet make", "sheet fill", "import", "privacy redact", "privacy clear",
}

func addJSONFlags(root *cobra.Command) {
	give := func(paths []string, says string) {
		for _, path := range paths {
			cmd, rest, err := root.Find(strings.Fields(path))
			if err != nil || len(rest) > 0 {
				panic("there is no command " + path)
			}
			cmd.Flags().Bool("json", false, says)
		}
	}
	give(readingCommands, "write JSON")
	give(writingCommands, "write what was changed as JSON, with its id")
	give([]string{"merge"}, "write what came of it, with the questions, as JSON")
}

// asJSON says whether the running command was given --json.
func (k *kit) asJSON() bool {
	if k.running == nil {
		return false
	}
	f := k.running.Flags().Lookup("json")
	return f != nil && f.Value.String() == "true"
}

// answer gives the result of a command that reads: the object as JSON with --json, or else in words.
func (k *kit) answer(object any, words func(p *page)) error {
	if k.asJSON() {
		return k.writeJSON(object)
	}
	words(k.page())
	return nil
}

// writeChanged writes as JSON what a command changed. The thing the command was about comes first: its type, whether it
// was added, changed or removed, its id, and its keys as docs/profile.md names them. The key "also" lists
// what else changed.
func (k *kit) writeChanged(before, after profile.Profile) error {
	changes, err := file.Differences(before, after)
	if err != nil {
		return err
	}
	also := lists.Each(changes, changedObject)
	main := changedObject(file.Difference{Change: "none"})
	if at := k.mainChange(changes); at >= 0 {
		main = also[at]
		also = slices.Delete(also, at, at+1)
	}
	return k.writeJSON(append(main, "also", also))
}

// changedObject begins with the keys that every change has; those of the changed thing follow.
func changedObject(d file.Difference) object {
	out := object{"type", d.Type, "change", d.Change, "id", d.ID}
	for _, key := range slices.Sorted(maps.Keys(d.Keys)) {
		if key != "id" {
			out = append(out, key, d.Keys[key])
		}
	}
	return out
}

// mainFirst says which type of thing a command is most likely about, likeliest first, if no argument names the thing.
var mainFirst = []string{
	"rating", "ratings", "difference", "target", "goal", "action", "evidence", "reflection",
	"pause", "review", "round", "learner", "settings", "privacy",
}

// mainChange is the index of the change that the command is about: the one that an argument names, or else the first of
// the likeliest type. It is -1 if nothing changed.
func (k *kit) mainChange(changes []file.Difference) int {
	for _, arg := range k.args {
		named := func(d file.Difference) bool { return d.ID != "" && (d.ID == arg || d.ID == standard.Code(arg)) }
		if i := slices.IndexFunc(changes, named); i >= 0 {
			return i
		}
	}
	for _, kind := range mainFirst {
		if i := slices.IndexFunc(changes, func(d file.Difference) bool { return d.Type == kind }); i >= 0 {
			return i
		}
	}
	if len(changes) == 0 {
		return -1
	}
	return 0
}

// reportChange gives the result of a command that changed the profile: as JSON with --json, or else in words.
func (k *kit) reportChange(before, after profile.Profile, say func(p *page)) error {
	if k.asJSON() {
		if after.Sheet {
			return k.writeSheet(after)
		}
		if err := k.writeChanged(before, after); err != nil {
			return fmt.Errorf("the change is saved, but could not be shown as JSON: %w", err)
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

// viewObject is a level with its date and, for a mentor's, the name.
func viewObject(x profile.Rating) object { return object{"level", x.Level, "on", x.On, "by", x.By} }

// agedObject is the agreed level of a row, if the learner has rated the KSB differently since; otherwise nil.
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

// requestObject is a chance to ask for. Its planned is null if no goal covers it, and action and due are null if that
// goal has no open action.
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
