package forms

import (
	"cmp"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/lazy"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// Piece is what is known of a new piece of evidence before its form is filled in.
type Piece struct {
	ui.Hand
	Kind string
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

// kinds are the kinds that a new piece may be of. An example is one situation for one KSB, so that it is not among them
// where more are meant.
func kinds(h ui.Hand) []string {
	if len(h.KSBs) < 2 {
		return profile.Kinds
	}
	return slices.DeleteFunc(slices.Clone(profile.Kinds), func(kind string) bool { return kind == profile.KindExample })
}

// AddEvidence asks for a new piece: its kind, then the rest. The kind is asked first because leaving a menu then loses
// no typing. Kept follows once the piece is in the record.
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

// newEvidence is the form for a new piece of evidence.
func newEvidence(c *ui.Context, p Piece) ui.Form {
	key := "evidence"
	if len(p.KSBs) > 0 {
		key += ":" + strings.Join(p.KSBs, ",")
	}
	return ui.Form{
		Key: key, Title: "New evidence: " + profile.KindName(p.Kind), Send: "keep it", Models: NotesFor(c, "ksbs"),
		Says: strings.TrimSpace(aimSays(c, p.KSBs) + " " + NoPatients), Fields: []ui.Field{
			{ID: "title", Label: "What is it, in one line?", Need: true},
			{ID: "on", Label: "When was it?", Value: c.Today.String(), Day: ui.PastDay, Check: ui.CheckPast(c.Today)},
			showsField(c, p.Kind, p.KSBs),
			{ID: "where", Label: "Where does it lie?", Says: "a folder, a section of your portfolio, a link; may stay empty"},
			{ID: "witness", Label: "Who saw it?", Says: "may stay empty"},
		},
	}
}

// showsField asks which KSBs a piece shows. Its kind, where that is known, limits how many.
func showsField(c *ui.Context, kind string, ksbs []string) ui.Field {
	return ui.Field{
		ID: "ksbs", Label: "Which KSBs does it show?", Says: codesSays(kind), Value: strings.Join(ksbs, ", "), Need: true,
		Check: checkCodes(c, kind), Pick: PickKSBs(c), Offer: MeantKSBs(c, ksbs),
	}
}

// EvidenceSent is the piece that a sent form describes.
func EvidenceSent(v ui.Values, c *ui.Context, p Piece) profile.Evidence {
	return profile.Evidence{
		ID: c.NewID("e"), KSBs: ReadKSBs(c.Standard, v["ksbs"]), On: cmp.Or(v.Day("on"), c.Today), Kind: p.Kind,
		Title: v.Text("title"), Where: v.Text("where"), Witness: v.Text("witness"), Duty: p.Duty,
	}
}

// EvidenceKept is what to say once a new piece is kept.
func EvidenceKept(e profile.Evidence) string { return "Kept for " + words.List(e.KSBs) + "." }

func aimSays(c *ui.Context, ksbs []string) string {
	if len(ksbs) == 0 {
		return ""
	}
	named := make([]string, len(ksbs))
	for i, id := range ksbs {
		named[i] = id + " " + c.Title(id)
	}
	return "For " + strings.Join(named, "; ") + "."
}
