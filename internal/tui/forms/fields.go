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

// mayBeEmpty is the hint of a field that can be left empty.
const mayBeEmpty = "can be left empty"

// Due is the field for the day by which something is to be done. It may not be past, unless it is the day set before.
func Due(c *ui.Context, label string, set calendar.Date) ui.Field {
	ahead := func(d calendar.Date) error { return profile.MayBeDue(d, set, c.Today) }
	return ui.Field{
		ID: "due", Label: label, Says: mayBeEmpty, Value: set.String(), Day: ui.DueDay, Check: ui.CheckDay(ahead),
	}
}

// OneOf returns the word of a list that a text is, or is the beginning of. False means that it fits none or several.
// Case does not matter, and a space is as good as a hyphen.
func OneOf[T ~string](text string, list []T) (found T, ok bool) {
	word := normal(text)
	for _, x := range list {
		switch {
		case normal(string(x)) == word:
			return x, true
		case word == "" || !strings.HasPrefix(normal(string(x)), word):
		case found != "":
			return "", false
		default:
			found = x
		}
	}
	return found, found != ""
}

// normal is a text in lower case, with hyphens for its spaces.
func normal(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return r == ' ' || r == '-' }), "-")
}

// CheckOneOf is a Field.Check for what OneOf reads. Names tells the learner which words there are.
func CheckOneOf[T ~string](list []T, names string) func(string) string {
	return func(text string) string {
		if _, ok := OneOf(text, list); !ok {
			return "write " + names
		}
		return ""
	}
}

// CodesAdvice is a hint for a field that asks for KSBs.
const CodesAdvice = "Codes such as K7, S7; or what you call it, such as GDPR: choose below."

func codesSays(kind string) string {
	if kind == profile.KindExample {
		return "one code, such as K7, or what you call it, such as GDPR; for several choose another kind"
	}
	return "codes such as K7, S7, or what you call it, such as GDPR; up to four for one piece"
}

// KSBs is a field for codes of the standard. Had are the codes that are in it at first.
func KSBs(c *ui.Context, label, says string, had []string) ui.Field {
	return ui.Field{
		ID: "ksbs", Label: label, Says: says, Value: strings.Join(had, ", "), Need: true,
		Check: checkKSBs(c), Pick: pickKSBs(c), Offer: meantKSBs(c, had),
	}
}

// ReadKSBs reads codes as people write them, such as "K7, s7 and B1", and returns each once. It skips words that are no
// codes; checkKSBs refuses those.
func ReadKSBs(std *standard.Standard, s string) []string {
	codes, _ := std.ReadCodes(s)
	return codes
}

// pickKSBs is a Field.Pick for codes. Where some of the words are no codes it offers the KSBs that the finder finds for
// them, each added to the codes that are there.
func pickKSBs(c *ui.Context) func(string) []ui.Pick {
	return func(typed string) []ui.Pick {
		codes, rest := c.Standard.ReadCodes(typed)
		if len(rest) == 0 {
			return nil
		}
		find := dialog.Meant
		if strings.HasSuffix(typed, rest[len(rest)-1]) {
			find = dialog.Matches // the last word is still being typed
		}
		return lists.Each(find(c, strings.Join(rest, " "), 5), func(m dialog.Match) ui.Pick {
			with := codes
			if !slices.Contains(codes, m.KSB) {
				with = append(slices.Clone(codes), m.KSB)
			}
			says := m.KSB + " " + c.Title(m.KSB) + words.After(". ", m.Says)
			return ui.Pick{Says: says, Text: strings.Join(with, ", ") + ", "}
		})
	}
}

// meantKSBs is a Field.Offer that spells out the codes in the field, except for those that were there at first, which
// the form names itself.
func meantKSBs(c *ui.Context, had []string) func(string) ui.Offer {
	return func(typed string) ui.Offer {
		added := lists.Where(ReadKSBs(c.Standard, typed), func(id string) bool { return !slices.Contains(had, id) })
		return ui.Offer{Meant: strings.Join(c.Named(added...), "; ")}
	}
}

// checkKSBs is a Field.Check for codes of the standard. For other words it suggests the codes that the finder finds.
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

// checkCodes is checkKSBs, and applies the rule for how many KSBs a kind of evidence may show.
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

const suggested = 3

// unknownSays is what to say about the words of a text that are no codes (rest): which codes they may mean or, where
// one looks like a code or fits no KSB, that it is none.
func unknownSays(c *ui.Context, typed string, rest []string) string {
	looksLikeCode := func(word string) bool { _, _, ok := standard.SplitCode(standard.Code(word)); return ok }
	fitsNone := func(word string) bool { return len(dialog.Meant(c, word, 1)) == 0 }
	sought := strings.Join(rest, " ")
	found := dialog.Meant(c, sought, suggested)
	wrong := slices.IndexFunc(rest, looksLikeCode)
	if wrong < 0 && len(found) == 0 {
		wrong = slices.IndexFunc(rest, fitsNone)
	}
	if wrong >= 0 {
		word := []rune(rest[wrong])
		return fmt.Sprintf("%s is not a code of %s; %s", safetext.Line(string(word[:min(len(word), 12)])),
			c.Standard.Reference, profile.KnownCodes(c.Standard))
	}
	if len(found) == 0 { // each word fits some KSB, but no KSB has all of them
		sought = rest[0]
		found = dialog.Meant(c, sought, suggested)
	}
	that := "that"
	if sought != strings.TrimSpace(typed) {
		that = strconv.Quote(safetext.Line(sought))
	}
	ids := lists.Each(found, func(m dialog.Match) string { return m.KSB })
	return that + " fits " + strings.Join(c.Named(ids...), "; ") + ": type the code"
}

// Notes are example notes of evidence for some KSBs, weak and strong ones, to look at while writing.
func Notes(c *ui.Context, ksbs ...string) ui.Models {
	return exemplars(c, "notes", ksbs, func(x coaching.Exemplar) bool { return x.Depth == "" })
}

// NotesFor is Notes for the KSBs that are typed into the field with this ID.
func NotesFor(c *ui.Context, field string) ui.Models {
	return ui.Models{
		Name: "notes", Says: coaching.MadeUp, None: "first say which KSBs it shows; then you can see notes for them",
		For: func(typed ui.Values) []ui.Model { return Notes(c, ReadKSBs(c.Standard, typed[field])...).List },
	}
}

// Reflections are example reflections of each depth, to look at while writing.
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

// ActionSign is the sign of an action, or of anything else that has the status of one.
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

// Outcome is what is known about the end of an action before the form about it is filled in.
type Outcome struct {
	Action profile.Action
	Status profile.ActionStatus // any but open
	Reason safetext.Text        // given earlier, if at all
	Next   *profile.Action      // the action set in its place earlier, or nil
}

// OutcomeForm asks what shows that an action is done or why it ended otherwise and, for a changed one, what the new
// action is.
func OutcomeForm(c *ui.Context, o Outcome) ui.Form {
	a := o.Action
	way, _ := lists.First(plan.ActionWays, func(x ui.Way[profile.ActionStatus]) bool { return x.Is == o.Status })
	form := ui.Form{Key: "action-" + string(o.Status) + "-" + a.ID, Title: way.Text, Says: a.Text.Line()}
	why := ui.Field{
		ID: "reason", Label: "Why?", Says: "One line. It is for learning from, not for blame.",
		Value: o.Reason.Raw(), Need: true,
	}
	switch o.Status {
	case profile.ActionDone:
		form.Send = "keep it"
		why.Label, why.Need = "What shows it?", false
		why.Says = "One line, such as where it is. It can be left empty." + a.Shows.After(" You meant to show: ")
	case profile.ActionChanged:
		form.Send, why.Label = "keep both", "What changed, and why?"
		form.Fields = nextActionFields(c, o)
	default:
		form.Send = "keep the reason"
	}
	form.Fields = append([]ui.Field{why}, form.Fields...)
	return form
}

func nextActionFields(c *ui.Context, o Outcome) []ui.Field {
	next := o.Action
	next.Due = plan.OnwardDue(next.Due, c.Profile, c.Today)
	if o.Next != nil {
		next = *o.Next
	}
	return []ui.Field{
		{ID: "text", Label: plan.AskOnward, Says: "Leave it empty if nothing takes its place.", Value: next.Text.Raw()},
		Due(c, "By when now?", next.Due),
		{ID: "who", Label: "Who helps?", Says: mayBeEmpty, Value: next.Who.Raw()},
		{ID: "shows", Label: "What will show it?", Says: mayBeEmpty, Value: next.Shows.Raw()},
	}
}

// OutcomeSent reads a sent OutcomeForm: the reason, and the action that replaces a changed one, or nil.
func OutcomeSent(v ui.Values, c *ui.Context, o Outcome) (safetext.Text, *profile.Action) {
	reason, text := v.Text("reason"), v.Text("text")
	if o.Status != profile.ActionChanged || text.Empty() {
		return reason, nil
	}
	next := o.Action.ContinuedAs(c.NewID("a"), text)
	next.Who, next.Due, next.Shows = v.Text("who"), v.Day("due"), v.Text("shows")
	return reason, &next
}
