package forms

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/tui/dialog"
	"github.com/ksbcoach/ksbcoach/internal/tui/page"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// mayBeEmpty is said of a field that nobody has to fill in.
const mayBeEmpty = "may stay empty"

// Due is the field for the day by which something is to be done: not past, unless it was set before.
func Due(c *ui.Context, label string, set calendar.Date) ui.Field {
	ahead := func(d calendar.Date) error { return profile.MayBeDue(d, set, c.Today) }
	return ui.Field{
		ID: "due", Label: label, Says: mayBeEmpty, Value: set.String(), Day: ui.DueDay, Check: ui.CheckDay(ahead),
	}
}

// OneOf reads a word of a list by its first letters, and false where they are those of none or of several.
func OneOf[T ~string](text string, list []T) (found T, ok bool) {
	word := hyphened(text)
	for _, x := range list {
		switch {
		case hyphened(string(x)) == word:
			return x, true
		case word == "" || !strings.HasPrefix(hyphened(string(x)), word):
		case found != "":
			return "", false
		default:
			found = x
		}
	}
	return found, found != ""
}

// hyphened makes words and hyphens alike.
func hyphened(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return r == ' ' || r == '-' }), "-")
}

// CheckOneOf is a Field.Check for what OneOf reads; names say which words there are.
func CheckOneOf[T ~string](list []T, names string) func(string) string {
	return func(text string) string {
		if _, ok := OneOf(text, list); !ok {
			return "write " + names
		}
		return ""
	}
}

// CodesAdvice goes with a field that asks for KSBs.
const CodesAdvice = "Codes such as K7, S7; or what you call it, such as GDPR: choose below."

func codesSays(kind string) string {
	if kind == profile.KindExample {
		return "one code, such as K7, or what you call it, such as GDPR; for several choose another kind"
	}
	return "codes such as K7, S7, or what you call it, such as GDPR; up to four is what one piece carries well"
}

// KSBs is a field for codes of the standard, with those that the form is opened with.
func KSBs(c *ui.Context, label, says string, had []string) ui.Field {
	return ui.Field{
		ID: "ksbs", Label: label, Says: says, Value: strings.Join(had, ", "), Need: true,
		Check: checkKSBs(c), Pick: pickKSBs(c), Offer: meantKSBs(c, had),
	}
}

// ReadKSBs reads codes as people write them, such as "K7, s7 and B1", each once; checkKSBs refuses what is no code.
func ReadKSBs(std *standard.Standard, s string) []string {
	codes, _ := std.ReadCodes(s)
	return codes
}

// pickKSBs is a Field.Pick for codes: what the finder finds for the words beside the codes that are there already.
func pickKSBs(c *ui.Context) func(string) []ui.Pick {
	return func(typed string) []ui.Pick {
		codes, rest := c.Standard.ReadCodes(typed)
		if len(rest) == 0 {
			return nil
		}
		fits := dialog.Meant
		if strings.HasSuffix(typed, rest[len(rest)-1]) {
			fits = dialog.Matches // its last word is still being typed
		}
		var out []ui.Pick
		for _, m := range fits(c, strings.Join(rest, " "), 5) {
			with := codes
			if !slices.Contains(codes, m.KSB) {
				with = append(slices.Clone(codes), m.KSB)
			}
			says := m.KSB + " " + c.Title(m.KSB) + words.After(". ", m.Says)
			out = append(out, ui.Pick{Says: says, Text: strings.Join(with, ", ") + ", "})
		}
		return out
	}
}

// meantKSBs is a Field.Offer that names the KSBs that were typed or chosen, but for those that the form names itself.
func meantKSBs(c *ui.Context, had []string) func(string) ui.Offer {
	return func(typed string) ui.Offer {
		given := slices.DeleteFunc(ReadKSBs(c.Standard, typed),
			func(id string) bool { return slices.Contains(had, id) })
		return ui.Offer{Meant: strings.Join(c.Named(given...), "; ")}
	}
}

// checkKSBs is a Field.Check for codes of the standard. For other words it names the codes that the finder would find.
func checkKSBs(c *ui.Context) func(string) string {
	return func(s string) string {
		codes, rest := c.Standard.ReadCodes(s)
		switch {
		case len(rest) > 0:
			return unknownSays(c, s, rest)
		case len(codes) == 0 && s != "":
			return profile.NoCode
		}
		return ""
	}
}

// checkCodes is checkKSBs with the rule for how many a kind of evidence may show.
func checkCodes(c *ui.Context, kind string) func(string) string {
	return func(s string) string {
		if says := checkKSBs(c)(s); says != "" {
			return says
		}
		if rule := profile.MayShow(kind, ReadKSBs(c.Standard, s)); rule != nil {
			return rule.Error() + "; for more, Esc and choose another kind"
		}
		return ""
	}
}

const offered = 3

// unknownSays says of the words of a text that are no codes which codes they fit, or which one fits none.
func unknownSays(c *ui.Context, typed string, rest []string) string {
	isCode := func(word string) bool { _, _, ok := standard.SplitCode(standard.Code(word)); return ok }
	fitsNone := func(word string) bool { return len(dialog.Meant(c, word, 1)) == 0 }
	sought := strings.Join(rest, " ")
	wrong := slices.IndexFunc(rest, isCode)
	found := dialog.Meant(c, sought, offered)
	if wrong < 0 && len(found) == 0 {
		wrong = slices.IndexFunc(rest, fitsNone)
	}
	if wrong >= 0 {
		word := []rune(rest[wrong])
		return fmt.Sprintf("%s is not a code of %s; %s", safetext.Line(string(word[:min(len(word), 12)])),
			c.Standard.Reference, profile.KnownCodes(c.Standard))
	}
	if len(found) == 0 { // each fits something, but nothing fits all
		sought = rest[0]
		found = dialog.Meant(c, sought, offered)
	}
	named := make([]string, len(found))
	for i, x := range found {
		named[i] = x.KSB + " " + c.Title(x.KSB)
	}
	that := "that"
	if sought != strings.TrimSpace(typed) {
		that = strconv.Quote(safetext.Line(sought))
	}
	return that + " fits " + strings.Join(named, "; ") + ": type the code"
}

// Notes are weak and strong notes of evidence for some KSBs, to look at while writing one.
func Notes(c *ui.Context, ksbs ...string) ui.Models {
	return exemplars(c, "notes", ksbs, func(x coaching.Exemplar) bool { return x.Depth == "" })
}

// NotesFor are those for the KSBs that are typed into a field.
func NotesFor(c *ui.Context, field string) ui.Models {
	return ui.Models{
		Name: "notes", Says: coaching.MadeUp, None: "say first which KSBs it shows, and their notes can be seen",
		For: func(typed ui.Values) []ui.Model { return Notes(c, ReadKSBs(c.Standard, typed[field])...).List },
	}
}

// Reflections are examples at each depth, to look at while writing one.
func Reflections(c *ui.Context) ui.Models {
	return exemplars(c, "reflections", []string{"K31"}, func(x coaching.Exemplar) bool { return x.Depth != "" })
}

func exemplars(c *ui.Context, name string, ksbs []string, fits func(coaching.Exemplar) bool) ui.Models {
	m := ui.Models{Name: name, Says: coaching.MadeUp}
	for _, id := range ksbs {
		e, _ := c.Entry(id)
		for _, x := range e.Exemplars {
			if !fits(x) {
				continue
			}
			head := x.Says()
			if len(ksbs) > 1 {
				head = strings.TrimSpace(head + " for " + id + " " + c.Title(id))
			}
			m.List = append(m.List, ui.Model{Head: head, Text: string(x.Text), Margin: x.Margin})
		}
	}
	return m
}

// ActionSign is the sign of an action, or of what else ends as an action does.
func ActionSign(status profile.ActionStatus, late bool) page.Sign {
	switch {
	case late:
		return page.Late
	case status == profile.ActionOpen:
		return page.Open
	case status == profile.ActionDone:
		return page.Done
	}
	return page.Over
}

// Outcome is what is known about how an action ended before the form is filled in.
type Outcome struct {
	Action profile.Action
	Status profile.ActionStatus // any but open
	Reason safetext.Text        // as it was said before, if it was
	Next   *profile.Action      // what was set in its place before, if anything
}

// OutcomeForm asks what shows that an action is done, or why it ended otherwise and, if it goes on, for the next one.
func OutcomeForm(c *ui.Context, o Outcome) ui.Form {
	a := o.Action
	way, _ := lists.First(plan.ActionWays, func(x ui.Way[profile.ActionStatus]) bool { return x.Is == o.Status })
	form := ui.Form{Key: "action-" + string(o.Status) + "-" + a.ID, Title: way.Text, Says: a.Text.Line()}
	why := ui.Field{
		ID: "reason", Label: "Why?", Says: "One line. It is for learning from, not for blame.",
		Value: o.Reason.Raw(), Need: true,
	}
	switch form.Send = "keep the reason"; o.Status {
	case profile.ActionDone:
		form.Send = "keep it"
		why.Label, why.Says, why.Need = "What shows it?", "One line, such as where it lies. It may stay empty.", false
		why.Says += a.Shows.After(" You meant to show: ")
	case profile.ActionChanged:
		form.Send, why.Label = "keep both", "What changed, and why?"
		form.Fields = onwardFields(c, o)
	}
	form.Fields = append([]ui.Field{why}, form.Fields...)
	return form
}

func onwardFields(c *ui.Context, o Outcome) []ui.Field {
	next := o.Action
	if next.Due = plan.OnwardDue(next.Due, c.Profile, c.Today); o.Next != nil {
		next = *o.Next
	}
	return []ui.Field{
		{ID: "text", Label: plan.AskOnward, Says: "Leave it empty if nothing takes its place.", Value: next.Text.Raw()},
		Due(c, "By when now?", next.Due),
		{ID: "who", Label: "Who helps?", Says: mayBeEmpty, Value: next.Who.Raw()},
		{ID: "shows", Label: "What will show it?", Says: mayBeEmpty, Value: next.Shows.Raw()},
	}
}

// OutcomeSent reads the form: the reason, and the action that replaces one that is changed, or nil.
func OutcomeSent(v ui.Values, c *ui.Context, o Outcome) (safetext.Text, *profile.Action) {
	reason, words := v.Text("reason"), v.Text("text")
	if o.Status != profile.ActionChanged || words.Empty() {
		return reason, nil
	}
	next := o.Action.Anew(c.NewID("a"), words)
	next.Who, next.Due, next.Shows = v.Text("who"), v.Day("due"), v.Text("shows")
	return reason, &next
}
