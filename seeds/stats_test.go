package seeds_test

import (
	"cmp"
	"maps"
	"slices"
	"testing"
)

// TestStats fails nothing. With -v it logs how much content there is, how hard it is to read and which texts are longest.
func TestStats(t *testing.T) {
	c := real(t)
	n := map[string]int{}
	for _, e := range c.entries {
		n["actions"] += len(e.Actions)
		n["questions"] += len(e.Questions)
		n["evidence"] += len(e.Evidence)
		n["examples"] += len(e.Examples)
		n["exemplars"] += len(e.Exemplars)
		if e.Scope != "" {
			n["scope notes"]++
		}
		for _, a := range e.Actions {
			n["actions: "+string(a.Sort)]++
		}
		for _, x := range e.Evidence {
			n["evidence: "+x.Kind]++
		}
	}
	for _, x := range c.cards {
		n["facts"] += len(x.Facts)
		if x.Confirm {
			n["cards to confirm"]++
		}
	}
	for id, count := range ownExamples(c.entries) {
		n["examples: "+id] = count
	}
	n["links"], n["bundles"] = len(c.growth.Links), len(c.growth.Bundles)
	n["KSBs"], n["cards"] = len(c.entries), len(c.cards)
	n["models"], n["theories"], n["practices"] = len(c.reflection.Models), len(c.appraisal.Theories), len(c.appraisal.Practices)
	for _, k := range slices.Sorted(maps.Keys(n)) {
		t.Logf("%-32s %5d", k, n[k])
	}
	logGrades(t, c)
	logLongest(t, c)
}

func logGrades(t *testing.T, c content) {
	type graded struct {
		ksb   string
		grade float64
	}
	var all []graded
	for _, e := range c.entries {
		all = append(all, graded{e.KSB, e.reading().grade()})
	}
	slices.SortFunc(all, func(a, b graded) int { return cmp.Compare(a.grade, b.grade) })
	first, middle, last := all[0], all[len(all)/2], all[len(all)-1]
	t.Logf("reading grade: easiest %s %.1f, median %.1f, hardest %s %.1f, bound %.0f",
		first.ksb, first.grade, middle.grade, last.ksb, last.grade, maxGrade)
	var cards reading
	for _, x := range c.cards {
		for _, f := range x.Facts {
			cards.add(f)
		}
	}
	t.Logf("reading grade of all fact cards together: %.1f", cards.grade())
}

func logLongest(t *testing.T, c content) {
	longest := map[string]field{}
	all := append(c.otherFields(), growthFields(c.growth)...)
	for _, e := range c.entries {
		all = append(all, e.fields()...)
	}
	for _, f := range all {
		if len(f.text) > len(longest[f.kind].text) {
			longest[f.kind] = f
		}
	}
	for _, kind := range slices.Sorted(maps.Keys(longest)) {
		f := longest[kind]
		t.Logf("longest %-20s %4d of %4d  %s %s", kind, len(f.text), bounds[kind], f.file, f.key)
	}
}
