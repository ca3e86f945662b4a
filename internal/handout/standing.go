package handout

import (
	"fmt"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/doc"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// Words say who a report is for, in the learner's words: "my mentor".
func (a Audience) Words() string {
	return map[Audience]string{
		learner: "my own use", mentor: "my mentor", manager: "my line manager", provider: "my training provider",
	}[a]
}

// head adds the title, and what a reader has to know before anything else.
func (w *writer) head() {
	w.doc.Title = "Progress report without names or notes"
	of := w.Standard.Reference
	if !w.o.Redacted {
		w.doc.Title = "Progress report" + words.After(": ", w.Profile.Learner.Title())
		of = fmt.Sprintf("%s (%s)", w.Standard.Heading(), standard.Caveat)
	}
	programme := ""
	if w.r.Timed {
		programme = fmt.Sprintf("month %d of %d, gateway %s", w.r.Month, w.r.Length, w.Profile.GatewayDate().Long())
	}
	pair := func(label, text string) {
		if text != "" {
			w.doc.Add(doc.Pair{Label: label, Text: text})
		}
	}
	pair("Standard", of)
	pair("As of", w.Today.Long())
	pair("Programme", programme)
	pair("Next review", plan.ReviewFact(w.Profile, w.Today))
	if !w.o.Redacted {
		pair("Made for", w.o.For.Words())
	}
	switch {
	case w.o.Redacted:
	case w.o.For == learner:
		w.doc.Add(doc.Para{Text: appraisal.PackFirst})
	case w.o.For == mentor:
		w.doc.Add(doc.Para{Text: appraisal.PackFirstThere})
	}
}

// summary adds the report in two short paragraphs, with bars.
func (w *writer) summary() {
	w.heading("In short")
	w.para(w.rated())
	var sentences []string
	say := func(label, text string) {
		if text != "" {
			sentences = append(sentences, label+text+".")
		}
	}
	since := "So far: "
	if !w.pack.Since.IsZero() {
		since = "Since the review on " + w.pack.Since.Long() + ": "
	}
	say(since, appraisal.InShort(w.pack.Changes))
	if len(w.Profile.Goals) > 0 {
		say("Goals: ", plan.InHand(w.Profile, w.Today))
	}
	if w.o.For != manager {
		first := lists.Each(w.pack.Gaps, func(x appraisal.Point) string { return w.named(x.KSB) })
		say("First to work on: ", words.List(first))
	}
	if len(sentences) > 0 {
		w.para(strings.Join(sentences, " "))
	}
	all := w.r.Tally(0)
	w.doc.Add(share("Rated", all.Rated, all.Total))
	if w.r.Timed && all.Rated > 0 {
		scored := all.Rated - all.NoOpportunity
		w.doc.Add(share(fmt.Sprintf("Where month %d should be", w.r.Month), scored-all.Behind, scored))
	}
	w.doc.Add(share("At target for gateway", all.Met, all.Total))
}

// share is a bar for n of a whole.
func share(label string, n, of int) doc.Bar {
	return doc.Bar{Depth: 1, Label: label, Value: float64(n), Of: float64(of), Text: fmt.Sprintf("%d of %d", n, of)}
}

func (w *writer) named(ksb string) string { return strings.TrimSpace(ksb + " " + w.Title(ksb)) }

// rated says how many KSBs are rated, and how they compare with what is expected and with their targets.
func (w *writer) rated() string {
	all := w.r.Tally(0)
	says := fmt.Sprintf("%s %s rated %d of the %d KSBs (knowledge, skills and behaviours) of %s.", words.Capital(w.you),
		w.verb("have", "has"), all.Rated, all.Total, w.Standard.Reference)
	if all.Rated == 0 {
		return says
	}
	if w.r.Timed {
		says += fmt.Sprintf(" %s at or above where month %d of %d should be, and %s behind.",
			are(all.Rated-all.NoOpportunity-all.Behind), w.r.Month, w.r.Length, are(all.Behind))
	}
	says += fmt.Sprintf(" %s reached the target for gateway, and %s below it.",
		words.Count(all.Met, "has", "have"), are(all.Below))
	if n := all.NoOpportunity; n > 0 {
		says += fmt.Sprintf(" %s no opportunity in this post, which is not a low score.",
			words.Count(n, "KSB has", "KSBs have"))
	}
	return says
}

func are(n int) string { return words.Count(n, "is", "are") }

// verb picks the form of a verb that goes with w.you.
func (w *writer) verb(you, others string) string {
	if w.you == appraisal.You {
		return you
	}
	return others
}

// duties adds the map of duties by kind of KSB.
func (w *writer) duties() {
	if len(w.moments) == 0 {
		return // nothing is rated
	}
	caption := "How many of the rated KSBs are below target."
	if w.r.Timed {
		caption = fmt.Sprintf("How many of the rated KSBs are behind where month %d should be, and how many are below "+
			"target.", w.r.Month)
	}
	g := doc.Grid{Depth: 1, Caption: caption, RowLabel: "Duty", Columns: []string{"Knowledge", "Skills", "Behaviours"}}
	for _, d := range w.r.Heat() {
		g.Lines = append(g.Lines, doc.GridLine{
			Label: fmt.Sprintf("Duty %d", d.Duty), Name: w.DutyTitle(d.Duty), Cells: lists.Each(d.Kinds[:], w.heat),
		})
	}
	w.heading("Duty by duty")
	w.doc.Add(g)
}

func (w *writer) heat(x gap.Heat) doc.GridCell {
	missing := x.Below
	if w.r.Timed {
		missing = x.Behind
	}
	c := doc.GridCell{Words: x.Words(w.r.Timed), Figure: fmt.Sprintf("%d of %d", missing, x.Rated)}
	switch {
	case x.Total == 0:
		c.Figure = ""
	case x.Rated == 0:
		c.Tone, c.Figure = doc.ToneOpen, "not rated"
	case x.Behind > 0:
		c.Tone = doc.ToneBehind
	case x.Below > 0:
		c.Tone = doc.ToneBelow
	default:
		c.Tone = doc.ToneMet
	}
	return c
}

// progress adds the chart over the rounds, how many are at target by kind, and for the learner the forecast.
func (w *writer) progress() {
	if len(w.moments) == 0 {
		return
	}
	chart := doc.Chart{Depth: 1, Max: 4, Caption: "Mean level of what is rated, round by round."}
	for l := range level.Max + 1 {
		chart.Steps = append(chart.Steps, w.Scale.Words(l).Name)
	}
	means := doc.ChartLine{Name: "Mean level"}
	expected := doc.ChartLine{Name: "Expected then"}
	for _, m := range w.moments {
		name := profile.RoundName(m.Round)
		if m.Open {
			name += ", open"
		}
		chart.Times = append(chart.Times, doc.ChartTime{On: m.On, Name: name})
		mean, scored := m.All.Mean()
		means.Values = append(means.Values, known(mean, scored))
		expected.Values = append(expected.Values, known(m.All.ExpectedMean(), m.Timed))
	}
	chart.Lines = []doc.ChartLine{means}
	if w.r.Timed {
		chart.Lines = append(chart.Lines, expected)
		chart.Caption = "Mean level of what is rated, round by round, beside what was expected then."
	}
	w.heading("Progress")
	w.doc.Add(chart)
	now := w.moments[len(w.moments)-1]
	w.doc.Add(doc.Heading{Depth: 1, Text: "At target now"}, deeper(appraisal.AtTarget("All", now.All), 1))
	for _, k := range now.Kinds {
		w.doc.Add(deeper(appraisal.AtTarget(words.Capital(k.Kind.String()), k), 1))
	}
	if w.o.For == learner && !w.o.Redacted { // it is written to the learner
		w.doc.Add(doc.Heading{Depth: 1, Text: "Towards gateway"})
		w.para(appraisal.Project(w.r, w.Profile).Words)
	}
}

// known is a value rounded for the chart; nil if ok is false.
func known(x float64, ok bool) *float64 {
	if !ok {
		return nil
	}
	return new(appraisal.Tenth(x))
}

// deeper indents a heading, pair or bar further. Other blocks are returned as they are.
func deeper(b doc.Block, by int) doc.Block {
	switch b := b.(type) {
	case doc.Heading:
		b.Depth += by
		return b
	case doc.Pair:
		b.Depth += by
		return b
	case doc.Bar:
		b.Depth += by
		return b
	}
	return b
}

// figures adds what the figures in the report mean.
func (w *writer) figures() {
	w.heading("What the figures mean")
	for l := range level.Max + 1 {
		x := w.Scale.Words(l)
		w.doc.Add(doc.Pair{Depth: 1, Label: l.String() + " " + x.Name, Text: strings.Join(words.Given(
			x.Knowledge, x.Skill, x.Behaviour), "; ")})
	}
	stale := words.Count(w.r.StaleMonths, "month", "months")
	for _, says := range []string{
		"The level is the one agreed with the mentor, or else the learner's own rating. A mentor's rating alone " +
			"changes no level.",
		"The target is the level wanted at gateway: " + w.Scale.Target.String() +
			" unless set otherwise. Expected is the level wanted by now on the way there, and behind is how many " +
			"levels short of that the learner is.",
		"No opportunity says that the post gives no chance to try a KSB. It is not a low score.",
		"If the learner has rated a KSB differently since a level was agreed, the agreed level still counts, and " +
			"both are shown.",
		"A level of 3 or 4 needs a dated example not older than " + stale + "; without one it is shown as unsupported.",
		"These are the ratings of the learner and the mentor. They are not an assessment.",
	} {
		w.item(says)
	}
}
