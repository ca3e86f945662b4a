package appraisal

import (
	"fmt"
	"slices"

	"github.com/ksbcoach/ksbcoach/internal/doc"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// ProgressDoc is progress over the rounds as a document: means for kinds and duties, or for KSBs that are named their
// levels; then how the learner rates beside the mentor, and the forecast.
func ProgressDoc(
	r *gap.Report, p profile.Profile, moments []Moment, ksbs []string, title plan.Titles,
	dutyTitle func(duty int) string,
) doc.Doc {
	d := doc.Doc{Title: r.Summary()}
	if len(moments) == 0 {
		return d
	}
	if len(ksbs) > 0 {
		addLevels(&d, moments, ksbs, title)
	} else {
		addShares(&d, moments, dutyTitle)
	}
	aged := slices.DeleteFunc(Aged(r, title),
		func(x Point) bool { return len(ksbs) > 0 && !slices.Contains(ksbs, x.KSB) })
	d.Section(AgedHeading, each(aged, Point.Line))
	d.Section("You beside your mentor", each(Calibrate(p, r.Standard), func(c Calibration) string { return c.Words }))
	f := Project(r, p)
	d.Add(doc.Heading{Text: "Forecast for gateway"}, doc.Para{Depth: 1, Text: f.Words})
	if f.Known {
		d.Add(doc.Para{Depth: 1, Text: "It rests on " + f.Basis + "."})
	}
	d.Add(doc.Para{Depth: 1, Text: "It cannot know:"})
	for _, x := range f.Unknown {
		d.Add(doc.Item{Depth: 2, Text: x})
	}
	return d
}

// Tenth rounds to one decimal, a half up, for people and machines alike; a mean level is never negative.
func Tenth(x float64) float64 { return float64(int(x*10+0.5)) / 10 }

// roundsBeside is how many rounds have room side by side; the newest are taken.
const roundsBeside = 4

// addShares adds a table of mean levels: all, kinds and duties down, rounds across, and what is expected by now last.
func addShares(d *doc.Doc, moments []Moment, dutyTitle func(int) string) {
	which := " by round"
	if all := len(moments); all > roundsBeside {
		which = fmt.Sprintf(" by round, the newest %d of %d", roundsBeside, all)
		moments = moments[all-roundsBeside:]
	}
	d.Add(doc.Para{Text: "Mean level" + which + ", and in brackets how many are rated; what is not rated is not " +
		"counted.", Apart: true})
	t := doc.Table{Columns: []doc.Column{{}}}
	for _, m := range moments {
		t.Columns = append(t.Columns, doc.Column{Name: shortened(profile.RoundName(m.Round))})
	}
	t.Columns = append(t.Columns, doc.Column{Name: "Expected now"})
	last := moments[len(moments)-1]
	row := func(label string, pick func(Moment) Share) {
		cells := []doc.Cell{doc.Words(label)}
		for _, m := range moments {
			cells = append(cells, shareCell(pick(m)))
		}
		expected := doc.Words("not known")
		if last.Timed {
			mean := Tenth(pick(last).ExpectedMean())
			expected = doc.Number(mean, fmt.Sprintf("%.1f", mean))
		}
		t.Rows = append(t.Rows, doc.Row{Cells: append(cells, expected)})
	}
	row("All", func(m Moment) Share { return m.All })
	for i, k := range last.Kinds {
		row(words.Capital(k.Kind.String()), func(m Moment) Share { return m.Kinds[i] })
	}
	for i, x := range last.Duties {
		row(fmt.Sprintf("Duty %d", x.Duty), func(m Moment) Share { return m.Duties[i] })
	}
	d.Add(t, doc.Heading{Text: "At target now"}, AtTarget("All", last.All))
	for _, k := range last.Kinds {
		d.Add(AtTarget(words.Capital(k.Kind.String()), k))
	}
	d.Add(doc.Heading{Text: "The duties"})
	for _, x := range last.Duties {
		d.Add(doc.Pair{Label: fmt.Sprintf("Duty %d", x.Duty), Text: dutyTitle(x.Duty)})
	}
}

// AtTarget is how many KSBs of a share are at their target, as a bar.
func AtTarget(label string, s Share) doc.Bar {
	return doc.Bar{
		Label: label, Value: float64(s.Met), Of: float64(s.Total),
		Text: fmt.Sprintf("%d of %d", s.Met, s.Total),
	}
}

// shortened is the name of a round in the head of a column; a long name of the learner's own is cut there and whole in
// JSON.
func shortened(round string) string {
	const most = 12
	name := []rune(round)
	if len(name) > most {
		name = slices.Concat(name[:most-3], []rune("..."))
	}
	return string(name)
}

func shareCell(s Share) doc.Cell {
	mean, scored := s.Mean()
	if !scored {
		return doc.Words(fmt.Sprintf("-   (%d/%d)", s.Rated, s.Total))
	}
	return doc.Number(Tenth(mean), fmt.Sprintf("%.1f (%d/%d)", Tenth(mean), s.Rated, s.Total))
}

// addLevels adds the levels of some KSBs, one row for each round.
func addLevels(d *doc.Doc, moments []Moment, ksbs []string, title plan.Titles) {
	said := func(in map[string]level.Level, id string) doc.Cell {
		if l, ok := in[id]; ok {
			return doc.Number(float64(l), l.String())
		}
		return doc.Words("-")
	}
	for _, id := range ksbs {
		t := doc.Table{Depth: 1, Columns: []doc.Column{
			{Name: "round"},
			{Name: "on"},
			{Name: "counts"},
			{Name: "you"},
			{Name: "mentor"},
		}}
		for _, m := range moments {
			t.Rows = append(t.Rows, doc.Row{Cells: []doc.Cell{
				doc.Words(profile.RoundName(m.Round)), doc.Words(m.On.Long()), said(m.Levels, id), said(m.Self, id), said(m.Mentor, id),
			}})
		}
		d.Add(doc.Heading{Text: id + " " + title(id)}, t)
	}
}
