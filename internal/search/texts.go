package search

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// Names are the texts that name the KSBs of a standard. They contain nothing about a learner.
func Names(
	std *standard.Standard, title func(string) string, dutyTitle func(int) string, aliases []coaching.Alias,
) []Text {
	var out []Text
	for _, id := range std.Walk() {
		k, _ := std.KSB(id)
		of, duty := Thing{KSB: id}, std.Home(id)
		out = append(out, Text{Of: of, Where: inCode, Label: "its code", Text: id},
			Text{Of: of, Where: inCode, Label: "its code", Text: id[1:]},
			Text{Of: of, Where: inTitle, Label: "its title", Text: title(id)},
			Text{Of: of, Where: inWording, Label: "its wording", Text: k.Text},
			Text{Of: of, Where: inGroup, Label: fmt.Sprintf("Duty %d", duty), Text: dutyTitle(duty)},
			Text{Of: of, Where: inGroup, Label: "its kind", Text: k.Kind.String()})
	}
	for _, a := range aliases {
		for _, name := range a.Names {
			for i, id := range a.KSBs {
				if std.Place(id) >= 0 {
					out = append(out, Text{
						Of: Thing{KSB: id}, Where: inAlias, Label: "also called", Text: name,
						Later: i,
					})
				}
			}
		}
	}
	return out
}

// Entry is what the coach says about one KSB.
func Entry(ksb string, e coaching.Entry, f *coaching.Fields) []Text {
	var out []Text
	add := func(label string, texts ...string) {
		for _, t := range words.Given(texts...) {
			out = append(out, Text{Of: Thing{KSB: ksb}, Where: inCoaching, Label: label, Text: t})
		}
	}
	add("what good looks like", e.Good)
	for _, s := range e.Steps() {
		add(fmt.Sprintf("the step from %s to %s", s.From, s.To), s.Text, s.Goal)
	}
	add("the question for an example", e.Prompt, e.EarlyPrompt)
	add("support to ask for", e.Support)
	add("what an appraiser might ask", append(e.Questions, e.EarlyQuestions...)...)
	add("what it means for patients", e.Patients)
	add("its scope", e.Scope)
	for _, x := range e.Examples {
		add("the example from "+f.Where(x), x.Text)
	}
	for _, a := range e.Actions {
		add("an action", a.Text, a.Result, a.Who)
	}
	for _, x := range e.Evidence {
		add("what would show it", x.Sentence())
	}
	for _, x := range e.Exemplars {
		add("a made-up note of evidence", string(x.Text))
	}
	return out
}

// Cards are fact cards, as texts about the KSBs that they serve.
func Cards(cards []coaching.Card) []Text {
	var out []Text
	for _, c := range cards {
		for i, id := range c.KSBs {
			for _, t := range append([]string{c.Title, c.Authority}, c.Facts...) {
				out = append(out, Text{
					Of: Thing{KSB: id}, Where: inFact, Label: "the fact card " + c.Title, Text: t,
					Later: i,
				})
			}
		}
	}
	return out
}

// Acts are commands to find. Each has its name first and then other words for it; its ID is its position in the list.
func Acts(names [][]string) []Text {
	var out []Text
	for i, list := range names {
		for k, name := range list {
			where := inTitle
			if k > 0 {
				where = inGroup
			}
			out = append(out, Text{Of: Thing{Act: strconv.Itoa(i)}, Where: where, Text: name})
		}
	}
	return out
}

// Record are the learner's own texts: goals, evidence, and the notes on ratings that they may see. It leaves out
// private notes and those of a rehearsal, because somebody may be sitting next to the learner.
func Record(p profile.Profile) []Text {
	out := append(goals(p), pieces(p)...)
	for i := len(p.Rounds) - 1; i >= 0; i-- { // the newest first
		r := p.Rounds[i]
		for _, id := range standard.Sorted(r.Ratings[profile.Self]) {
			x := r.Ratings[profile.Self][id]
			out = appendText(out, Thing{KSB: id}, inNote, "your note, "+x.On.Long(), x.Note)
		}
		for _, id := range standard.Sorted(r.Ratings[profile.Agreed]) {
			x := r.Ratings[profile.Agreed][id]
			out = appendText(out, Thing{KSB: id}, inNote, "what was agreed, "+x.On.Long(), x.Reason)
		}
		for _, id := range standard.Sorted(r.Ratings[profile.Mentor]) {
			for _, x := range p.SeenIn(i, id) {
				label := "the note of " + cmp.Or(x.By.Line(), "your mentor") + ", " + x.On.Long()
				out = appendText(out, Thing{KSB: id}, inNote, label, x.Note)
			}
		}
	}
	for _, r := range p.Reflections {
		if r.Model == profile.RehearsalModel {
			continue
		}
		for _, a := range r.Answers {
			label := "your reflection of " + r.On.Long()
			if r.Goal != "" {
				out = append(out, Text{Of: Thing{Goal: r.Goal}, Where: inNote, Label: label, Text: a.Text.Line()})
				continue
			}
			for _, id := range r.KSBs {
				out = append(out, Text{Of: Thing{KSB: id}, Where: inNote, Label: label, Text: a.Text.Line()})
			}
		}
	}
	return out
}

// appendText adds a text that the learner wrote, if it is not empty.
func appendText(out []Text, of Thing, where Where, label string, text safetext.Text) []Text {
	if text.Empty() {
		return out
	}
	return append(out, Text{Of: of, Where: where, Label: label, Text: text.Line()})
}

func goals(p profile.Profile) []Text {
	var out []Text
	for _, g := range p.Goals {
		of := Thing{Goal: g.ID}
		out = append(out, Text{Of: of, Where: inTitle, Label: "the goal", Text: g.Text.Line()})
		out = append(out, Text{Of: of, Where: inFor, Label: "its KSBs", Text: strings.Join(g.KSBs, " ")})
		add := func(action, label string, text safetext.Text) {
			if !text.Empty() {
				out = append(out, Text{Of: of, Where: inDetail, Label: label, Text: text.Line(), Action: action})
			}
		}
		add("", "its reason", g.Why)
		add("", "your note on it", g.Note)
		for _, a := range g.Actions {
			add(a.ID, "its action", a.Text)
			add(a.ID, "what will show it", a.Shows)
			add(a.ID, "who helps", a.Who)
			add(a.ID, "what came of its action", a.Note)
		}
	}
	return out
}

func pieces(p profile.Profile) []Text {
	var out []Text
	for _, e := range p.Evidence {
		of := Thing{Piece: e.ID}
		out = append(out, Text{Of: of, Where: inTitle, Label: "your evidence", Text: e.Title.Line()},
			Text{Of: of, Where: inFor, Label: "its KSBs", Text: strings.Join(e.KSBs, " ")},
			Text{Of: of, Where: inGroup, Label: "its kind", Text: profile.KindName(e.Kind)})
		out = appendText(out, of, inDetail, "where it is kept", e.Where)
		out = appendText(out, of, inDetail, "who saw it", e.Witness)
	}
	return out
}
