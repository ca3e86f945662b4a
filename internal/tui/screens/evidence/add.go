package evidence

import (
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// A draft is what is known of a new piece before the form is filled in. It is the note of the form.
type draft struct {
	ksbs []string
	duty int
	kind string
}

// kindMenu is the note of the menu that comes before the form: the kinds in its order.
type kindMenu struct {
	draft draft
	kinds []string
}

// added is the note of a piece that was kept.
type added struct {
	id   string
	ksbs []string
}

// add asks for the kind first, since a menu that is left loses nothing then, and a form keeps what was typed. An example is
// one situation for one KSB, so that it is not offered where more are meant.
func (s *Screen) add(c *ui.Context, d draft) []ui.Ask {
	menu := kindMenu{draft: d}
	ask := ui.Choose{Title: "What kind of evidence is it?", Says: aimSays(c, d.ksbs)}
	for _, kind := range profile.Kinds {
		if kind == profile.KindExample && len(d.ksbs) > 1 {
			continue
		}
		menu.kinds = append(menu.kinds, kind)
		ask.Options = append(ask.Options, ui.Option{Text: capital(kindName(kind)), Says: kindSays[kind]})
	}
	ask.Note = menu
	return ui.Asks(ask)
}

func chosen(msg ui.ChosenMsg, c *ui.Context) []ui.Ask {
	menu, ok := msg.Note.(kindMenu)
	if !ok || msg.Index < 0 || msg.Index >= len(menu.kinds) {
		return nil
	}
	d := menu.draft
	d.kind = menu.kinds[msg.Index]
	return ui.Asks(ui.Edit{Form: form(c, d), Note: d})
}

func form(c *ui.Context, d draft) ui.Form {
	key := "evidence"
	if len(d.ksbs) > 0 {
		key += ":" + strings.Join(d.ksbs, ",")
	}
	says := noPatients
	if aim := aimSays(c, d.ksbs); aim != "" {
		says = aim + " " + noPatients
	}
	return ui.Form{
		Key: key, Title: "New evidence: " + kindName(d.kind), Says: says, Send: "keep it",
		Fields: []ui.Field{
			{ID: "title", Label: "What is it, in one line?", Need: true},
			{ID: "on", Label: "When was it?", Says: "YYYY-MM-DD; roughly is fine", Value: c.Today.String(), Check: pastDate(c.Today)},
			{ID: "ksbs", Label: "Which KSBs does it show?", Says: codesSays(d.kind), Value: strings.Join(d.ksbs, ", "), Need: true, Check: checkCodes(c.Standard, d.kind)},
			{ID: "where", Label: "Where does it lie?", Says: "a folder, a section of your portfolio, a link; may stay empty"},
			{ID: "witness", Label: "Who saw it?", Says: "may stay empty"},
		},
	}
}

// pastDate refuses a day that is still to come: it would keep the piece fresh for longer than it is.
func pastDate(today calendar.Date) func(string) string {
	return func(s string) string {
		if d, err := calendar.Parse(s); err == nil && d.After(today) {
			return "that day is still to come; evidence is of something that happened"
		}
		return ui.CheckDate(s)
	}
}

func checkCodes(std *standard.Standard, kind string) func(string) string {
	return func(s string) string {
		codes, wrong := readCodes(std, s)
		switch {
		case wrong != "":
			return unknownSays(std, wrong)
		case len(codes) == 0:
			return "write at least one code, such as K7"
		case kind == profile.KindExample && len(codes) > 1:
			return "an example is one situation for one KSB; for more, Esc and choose another kind"
		}
		return ""
	}
}

// readCodes reads KSB codes as people write them, "K7, s7 and B1", each once; wrong is the first word that is none.
func readCodes(std *standard.Standard, s string) (codes []string, wrong string) {
	for _, word := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(" ,;/+&\n\t", r) }) {
		id := strings.ToUpper(strings.TrimSuffix(word, "."))
		if id == "AND" {
			continue
		}
		if _, ok := std.KSB(id); !ok {
			return nil, word
		}
		if !slices.Contains(codes, id) {
			codes = append(codes, id)
		}
	}
	return codes, ""
}

func filled(msg ui.FilledMsg, c *ui.Context) []ui.Ask {
	d, ok := msg.Note.(draft)
	if !ok {
		return nil
	}
	codes, _ := readCodes(c.Standard, msg.Values["ksbs"])
	on, err := calendar.Parse(msg.Values["on"])
	if err != nil {
		on = c.Today // the form has checked it: it was left out
	}
	e := profile.Evidence{
		ID: c.NewID("e"), KSBs: codes, On: on, Kind: d.kind, Title: safetext.New(msg.Values["title"]),
		Where: safetext.New(msg.Values["where"]), Witness: safetext.New(msg.Values["witness"]), Duty: d.duty,
	}
	return ui.Asks(ui.Do{Note: added{e.ID, codes}, Change: profile.AddEvidence{Evidence: e}})
}
