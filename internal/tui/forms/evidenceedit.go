package forms

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// EvidenceEdit is the form for changing any field of a piece of evidence.
func EvidenceEdit(c *ui.Context, e profile.Evidence) ui.Form {
	duty := ""
	if e.Duty != 0 {
		duty = strconv.Itoa(e.Duty)
	}
	may := func(d calendar.Date) error { return profile.MayHaveHappened(d, e.On, c.Today) }
	return ui.Form{
		Key: "evidence-edit-" + e.ID, Title: "Change this piece of evidence", Says: NoPatients, Send: "keep the changes",
		Models: NotesFor(c, "ksbs"), Together: oneForAnExample(c.Standard), Fields: []ui.Field{
			{ID: "title", Label: "What is it, in one line?", Value: e.Title.Raw(), Need: true},
			{ID: "on", Label: "When was it?", Value: e.On.String(), Need: true, Day: ui.PastDay, Check: ui.CheckDay(may)},
			showsField(c, "", e.KSBs),
			{
				ID: "kind", Label: "What kind is it?", Says: "the first letters are enough: " + kindNames(),
				Value: profile.KindName(e.Kind), Need: true, Check: CheckOneOf(profile.Kinds, "one of: "+kindNames()),
			},
			{ID: "where", Label: "Where does it lie?", Says: mayBeEmpty, Value: e.Where.Raw()},
			{ID: "witness", Label: "Who saw it?", Says: mayBeEmpty, Value: e.Witness.Raw()},
			{
				ID: "duty", Label: "From which duty?", Says: "its number; " + mayBeEmpty, Value: duty,
				Check: checkDuty(c.Standard),
			},
		},
	}
}

// EvidenceEdited is the change that a sent form asks for.
func EvidenceEdited(v ui.Values, c *ui.Context, id string) profile.EditEvidence {
	kind, _ := OneOf(v["kind"], profile.Kinds)
	duty, _ := strconv.Atoi(strings.TrimSpace(v["duty"]))
	return profile.EditEvidence{
		ID: id, KSBs: new(ReadKSBs(c.Standard, v["ksbs"])), On: new(v.Day("on")), Kind: &kind, Duty: &duty, Today: c.Today,
		Title: new(v.Text("title")), Where: new(v.Text("where")), Witness: new(v.Text("witness")),
	}
}

func oneForAnExample(std *standard.Standard) func(ui.Values) (field, says string) {
	return func(v ui.Values) (field, says string) {
		kind, _ := OneOf(v["kind"], profile.Kinds)
		codes := ReadKSBs(std, v["ksbs"])
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

func checkDuty(std *standard.Standard) func(string) string {
	return func(text string) string {
		n, err := strconv.Atoi(text)
		if _, ok := std.Duty(n); text != "" && (err != nil || !ok) {
			return fmt.Sprintf("write the number of a duty, 1 to %d, or leave it empty", len(std.Duties))
		}
		return ""
	}
}
