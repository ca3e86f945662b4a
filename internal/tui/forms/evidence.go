// Package forms has the forms that several screens open: it makes the form, and turns what was sent into a change of
// the record. A form that only one screen opens is in the package of that screen.
package forms

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/lazy"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// NoPatients is the reminder to name no patient. Every form in which a learner writes about work must show it.
const NoPatients = coaching.NoPatients

// Example asks for one dated example of a KSB. Duty is the duty that it comes from, or 0; prompt is a question that
// helps to think of one, or "".
func Example(c *ui.Context, ksb string, duty int, prompt string) ui.Edit {
	return ui.Edit{
		Form: ui.Form{
			Key: "example:" + ksb, Title: "An example for " + ksb + " " + c.Title(ksb), Send: "keep the example",
			Says: strings.TrimSpace(prompt + " " + NoPatients), Models: Notes(c, ksb), Fields: []ui.Field{
				{ID: "title", Label: plan.AskExample, Need: true},
				{ID: "on", Label: "When?", Value: c.Today.String(), Day: ui.PastDay, Check: ui.CheckPast(c.Today)},
			},
		},
		Then: func(v ui.Values, c *ui.Context) []ui.Ask {
			e := EvidenceSent(v, c, Piece{Hand: ui.Hand{Duty: duty}, Kind: profile.KindExample})
			e.KSBs = []string{ksb}
			return ui.Asks(ui.Do{
				Change: profile.AddEvidence{Evidence: e, Today: c.Today},
				Then:   ui.Saying("Example kept for " + ksb + "."),
			})
		},
	}
}

// Piece is what is known about a new piece of evidence before its form is filled in.
type Piece struct {
	ui.Hand
	Kind string // one of profile.Kinds
}

var kindSays = lazy.Value[map[string]string]{Make: func() map[string]string {
	return map[string]string{
		profile.KindExample:     "one situation for one KSB, in a line",
		"observed-procedure":    "somebody qualified watched you do it and wrote it down, such as a DOPS",
		"case-based-discussion": "you talked one anonymised case through with somebody senior",
		"witness-testimony":     "a colleague wrote down what they saw you do",
		"work-product":          "something you made: a log, an SOP, a report, a poster, an audit",
		"reflective-account":    "what you made of something that happened",
		"training-record":       "a course, a competency sign-off, a certificate",
		"feedback":              "what patients or colleagues said to you or about you",
	}
}}

// kinds returns the kinds on offer for a new piece. An example is for one KSB only, so it is not offered for several.
func kinds(h ui.Hand) []string {
	return lists.Where(profile.Kinds, func(kind string) bool { return len(h.KSBs) < 2 || kind != profile.KindExample })
}

// AddEvidence asks for a new piece: first its kind, since leaving a menu loses no typing, then the rest. Kept is called
// once the piece is in the record.
func AddEvidence(c *ui.Context, h ui.Hand, kept func(profile.Evidence, *ui.Context) []ui.Ask) ui.Choose {
	ask := ui.Choose{Title: "What kind of evidence is it?", Says: aimSays(c, h.KSBs)}
	for _, kind := range kinds(h) {
		p := Piece{Hand: h, Kind: kind}
		name := profile.KindName(kind)
		ask.Options = append(ask.Options, ui.Option{
			Text: words.Capital(name), Says: kindSays.Get()[kind], Then: func(c *ui.Context) []ui.Ask {
				return ui.Asks(ui.Edit{Form: newEvidence(c, p), Then: func(v ui.Values, c *ui.Context) []ui.Ask {
					e := EvidenceSent(v, c, p)
					return ui.Asks(ui.Do{
						Change: profile.AddEvidence{Evidence: e, Today: c.Today},
						Then:   func(c *ui.Context) []ui.Ask { return kept(e, c) },
					})
				}})
			},
		})
	}
	return ask
}

func newEvidence(c *ui.Context, p Piece) ui.Form {
	const place = "a folder, a section of your portfolio, a link; "
	return ui.Form{
		Key:   "evidence" + words.After(":", strings.Join(p.KSBs, ",")),
		Title: "New evidence: " + profile.KindName(p.Kind), Send: "keep it", Models: NotesFor(c, "ksbs"),
		Says: strings.TrimSpace(aimSays(c, p.KSBs) + " " + NoPatients), Fields: []ui.Field{
			{ID: "title", Label: "What is it, in one line?", Need: true},
			{ID: "on", Label: "When was it?", Value: c.Today.String(), Day: ui.PastDay, Check: ui.CheckPast(c.Today)},
			showsField(c, p.Kind, p.KSBs),
			{ID: "where", Label: "Where is it?", Says: place + mayBeEmpty},
			{ID: "witness", Label: "Who saw it?", Says: mayBeEmpty},
		},
	}
}

// showsField asks which KSBs a piece shows. Its kind, or "" where the form asks for that too, limits how many.
func showsField(c *ui.Context, kind string, ksbs []string) ui.Field {
	f := KSBs(c, "Which KSBs does it show?", codesSays(kind), ksbs)
	f.Check = checkCodes(c, kind)
	return f
}

// EvidenceSent makes the piece that a sent form describes.
func EvidenceSent(v ui.Values, c *ui.Context, p Piece) profile.Evidence {
	return profile.Evidence{
		ID: c.NewID("e"), KSBs: ReadKSBs(c.Standard, v["ksbs"]), On: cmp.Or(v.Day("on"), c.Today), Kind: p.Kind,
		Title: v.Text("title"), Where: v.Text("where"), Witness: v.Text("witness"), Duty: p.Duty,
	}
}

// EvidenceKept says that a new piece was kept.
func EvidenceKept(e profile.Evidence) string { return "Kept for " + words.List(e.KSBs) + "." }

func aimSays(c *ui.Context, ksbs []string) string {
	if len(ksbs) == 0 {
		return ""
	}
	return "For " + strings.Join(c.Named(ksbs...), "; ") + "."
}

// EvidenceEdit makes the form in which every field of a piece of evidence can be changed.
func EvidenceEdit(c *ui.Context, e profile.Evidence) ui.Form {
	duty := ""
	if e.Duty != 0 {
		duty = strconv.Itoa(e.Duty)
	}
	may := func(d calendar.Date) error { return profile.MayHaveHappened(d, e.On, c.Today) }
	return ui.Form{
		Key: "evidence-edit-" + e.ID, Title: "Change this piece of evidence", Send: "keep the changes",
		Says: NoPatients, Models: NotesFor(c, "ksbs"), Together: oneKSBForExample(c.Standard), Fields: []ui.Field{
			{ID: "title", Label: "What is it, in one line?", Value: e.Title.Raw(), Need: true},
			{
				ID: "on", Label: "When was it?", Value: e.On.String(), Need: true, Day: ui.PastDay,
				Check: ui.CheckDay(may),
			},
			showsField(c, "", e.KSBs),
			{
				ID: "kind", Label: "What kind is it?", Says: "the first letters are enough: " + kindNames(),
				Value: profile.KindName(e.Kind), Need: true, Check: CheckOneOf(profile.Kinds, "one of: "+kindNames()),
			},
			{ID: "where", Label: "Where is it?", Says: mayBeEmpty, Value: e.Where.Raw()},
			{ID: "witness", Label: "Who saw it?", Says: mayBeEmpty, Value: e.Witness.Raw()},
			{
				ID: "duty", Label: "From which duty?", Says: "its number; " + mayBeEmpty, Value: duty,
				Check: checkDuty(c.Standard),
			},
		},
	}
}

// EvidenceEdited makes the change that a sent EvidenceEdit asks for.
func EvidenceEdited(v ui.Values, c *ui.Context, id string) profile.EditEvidence {
	kind, _ := OneOf(v["kind"], profile.Kinds)
	duty, _ := strconv.Atoi(strings.TrimSpace(v["duty"]))
	return profile.EditEvidence{
		ID: id, KSBs: new(ReadKSBs(c.Standard, v["ksbs"])), On: new(v.Day("on")), Kind: &kind, Duty: &duty,
		Today: c.Today, Title: new(v.Text("title")), Where: new(v.Text("where")), Witness: new(v.Text("witness")),
	}
}

// oneKSBForExample is a Form.Together that refuses several KSBs for a kind that allows only one.
func oneKSBForExample(std *standard.Standard) func(ui.Values) (field, says string) {
	return func(v ui.Values) (field, says string) {
		kind, _ := OneOf(v["kind"], profile.Kinds)
		codes := ReadKSBs(std, v["ksbs"])
		if err := profile.MayShow(kind, codes); err != nil {
			return "kind", err.Error() + "; for several choose another kind"
		}
		return "", ""
	}
}

func kindNames() string { return strings.Join(lists.Each(profile.Kinds, profile.KindName), ", ") }

func checkDuty(std *standard.Standard) func(string) string {
	return func(text string) string {
		n, err := strconv.Atoi(text)
		if _, ok := std.Duty(n); text != "" && (err != nil || !ok) {
			return fmt.Sprintf("write the number of a duty, 1 to %d, or leave it empty", len(std.Duties))
		}
		return ""
	}
}
