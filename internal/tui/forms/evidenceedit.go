package forms

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// EvidenceEdit is the form in which a piece of evidence is changed, every field of it.
func EvidenceEdit(c *ui.Context, e profile.Evidence) ui.Form {
	duty := ""
	if e.Duty != 0 {
		duty = strconv.Itoa(e.Duty)
	}
	return ui.Form{
		Key: "evidence-edit-" + e.ID, Title: "Change this piece of evidence", Says: NoPatients, Send: "keep the changes", Models: NotesFor(c, "ksbs"), Together: oneForAnExample(c.Standard),
		Fields: []ui.Field{
			{ID: "title", Label: "What is it, in one line?", Value: e.Title.Raw(), Need: true},
			{ID: "on", Label: "When was it?", Value: e.On.String(), Need: true, Day: ui.PastDay, Check: ui.CheckDay(func(d calendar.Date) error { return profile.MayHaveHappened(d, e.On, c.Today) })},
			{ID: "ksbs", Label: "Which KSBs does it show?", Says: codesSays(""), Value: strings.Join(e.KSBs, ", "), Need: true, Check: CheckCodes(c, "")},
			{ID: "kind", Label: "What kind is it?", Says: "the first letters are enough: " + kindNames(), Value: profile.KindName(e.Kind), Need: true, Check: checkKind},
			{ID: "where", Label: "Where does it lie?", Says: "may stay empty", Value: e.Where.Raw()},
			{ID: "witness", Label: "Who saw it?", Says: "may stay empty", Value: e.Witness.Raw()},
			{ID: "duty", Label: "From which duty?", Says: "its number; may stay empty", Value: duty, Check: checkDuty(c.Standard)},
		},
	}
}

// EvidenceEdited is the change that a sent form asks for.
func EvidenceEdited(values map[string]string, c *ui.Context, id string) profile.EditEvidence {
	codes := ReadKSBs(c.Standard, values["ksbs"])
	on, _ := calendar.Parse(values["on"])
	kind, _ := readKind(values["kind"])
	duty, _ := strconv.Atoi(strings.TrimSpace(values["duty"]))
	title, where, witness := safetext.New(values["title"]), safetext.New(values["where"]), safetext.New(values["witness"])
	return profile.EditEvidence{ID: id, KSBs: &codes, On: &on, Kind: &kind, Title: &title, Where: &where, Witness: &witness, Duty: &duty, Today: c.Today}
}

func oneForAnExample(std *standard.Standard) func(map[string]string) (field, says string) {
	return func(values map[string]string) (field, says string) {
		kind, _ := readKind(values["kind"])
		codes := ReadKSBs(std, values["ksbs"])
		if err := profile.MayShow(kind, codes); err != nil {
			return "kind", err.Error() + "; for several choose another kind"
		}
		return "", ""
	}
}

func kindNames() string {
	names := make([]string, len(profile.Kinds))
	for i, kind := range profile.Kinds {
		names[i] = profile.KindName(kind)
	}
	return strings.Join(names, ", ")
}

// readKind reads a kind by its first letters, and false where they are those of none or of several.
func readKind(text string) (string, bool) {
	word := plainKind(text)
	found := ""
	for _, kind := range profile.Kinds {
		switch {
		case word == "":
			return "", false
		case plainKind(kind) == word:
			return kind, true
		case !strings.HasPrefix(plainKind(kind), word):
		case found != "":
			return "", false
		default:
			found = kind
		}
	}
	return found, found != ""
}

// plainKind makes words and hyphens alike.
func plainKind(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return r == ' ' || r == '-' }), "-")
}

func checkKind(text string) string {
	if _, ok := readKind(text); !ok {
		return "write one of: " + kindNames()
	}
	return ""
}

func checkDuty(std *standard.Standard) func(string) string {
	return func(text string) string {
		n, err := strconv.Atoi(text)
		if _, ok := std.Duty(n); text != "" && (err != nil || !ok) {
			return fmt.Sprintf("write the number of a duty, 1 to %d, or leave it empty", len(std.Duties))
		}
		return ""
	}
}
