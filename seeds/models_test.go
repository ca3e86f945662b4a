package seeds_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/coaching"
)

// What the plan's path and the appraisal rest on.
var (
	wantModels   = []string{"driscoll", "gibbs", "kolb", "rolfe", "era"}
	wantDepths   = []string{"descriptive", "descriptive-reflective", "dialogic", "critical"}
	wantTheories = []string{
		"goal-setting", "smart", "self-determination", "psychological-contract", "pendleton", "sbi", "r2c2",
		"feedback-harm", "rater-errors", "seventy-twenty-ten", "grow", "justice", "self-efficacy", "if-then", "appraisal-limits", "appraisal-benefit",
	}
	phases = []string{"before", "during", "after"}
	// wantOthers are the skills whose published wording includes supporting or supervising others.
	wantOthers = []string{"S4", "S9", "S12", "S17", "S18", "S23"}
)

const (
	minPractices = 3 // in each phase
	marks        = 3
)

// modelFields are the texts of the models of reflection and the depths.
func modelFields(r coaching.Reflection) []field {
	out := []field{{reflectionFile, "anonymise", "anonymise", r.Anonymise}}
	add := func(key, kind, text string) { out = append(out, field{reflectionFile, key, kind, text}) }
	for _, m := range r.Models {
		add("model "+m.ID+" name", "model name", m.Name)
		add("model "+m.ID+" authors", "model authors", m.Authors)
		add("model "+m.ID+" suits", "model suits", m.Suits)
		for _, s := range m.Steps {
			add("model "+m.ID+" step "+s.ID+" name", "model.step name", s.Name)
			add("model "+m.ID+" step "+s.ID+" question", "model.step question", s.Question)
		}
	}
	for _, d := range r.Depths {
		add("depth "+d.ID+" name", "depth name", d.Name)
		add("depth "+d.ID+" sign", "depth sign", d.Sign)
		add("depth "+d.ID+" next", "depth next", d.Next)
	}
	return out
}

// appraisalFields are the texts of the theory and the practice of appraisal.
func appraisalFields(a coaching.Appraisal) []field {
	var out []field
	add := func(key, kind, text string) { out = append(out, field{appraisalFile, key, kind, text}) }
	for _, t := range a.Theories {
		for _, f := range theoryFields(t) {
			add(f.key, f.kind, f.text)
		}
	}
	for i, p := range a.Practices {
		add(fmt.Sprintf("practice %d text", i+1), "practice text", p.Text)
	}
	for i, m := range a.Marks {
		add(fmt.Sprintf("mark %d text", i+1), "mark text", m.Text)
		add(fmt.Sprintf("mark %d question", i+1), "mark question", m.Question)
	}
	return out
}

// otherFields are the texts outside the coaching: cards, models, appraisal and titles.
func (c content) otherFields() []field {
	var out []field
	for _, x := range c.cards {
		out = append(out, x.fields()...)
	}
	out = append(out, modelFields(c.reflection)...)
	out = append(out, fieldTexts(c.fields)...)
	out = append(out, appraisalFields(c.appraisal)...)
	for _, f := range readingFields(c.readings) {
		if f.kind != "reading cite" { // titles stay as they were published
			out = append(out, f)
		}
	}
	for id, t := range c.titles.KSB {
		out = append(out, field{titlesFile, "ksb " + id, "ksb title", t})
	}
	for id, t := range c.titles.Duty {
		out = append(out, field{titlesFile, "duty " + id, "duty title", t})
	}
	return out
}

// checkReflection holds the models to their steps, each model to an ending in patients, and the depths to four.
func checkReflection(r coaching.Reflection) problems {
	var ps problems
	for _, f := range modelFields(r) {
		ps = append(ps, checkLength(f)...)
	}
	var ids []string
	for _, m := range r.Models {
		ids = append(ids, m.ID)
		ps = append(ps, checkModel(m)...)
	}
	ps = append(ps, checkList(reflectionFile, "model", ids, wantModels)...)
	if !slices.Contains(ids, r.Default) {
		ps.add(at(reflectionFile, "default"), "name the id of a model", "there is no model %q", r.Default)
	}
	var depths []string
	for _, d := range r.Depths {
		depths = append(depths, d.ID)
	}
	if !slices.Equal(depths, wantDepths) {
		ps.add(at(reflectionFile, "depth"), "keep the four depths of Hatton and Smith in order", "%v", depths)
	}
	return ps
}

func checkModel(m coaching.Model) problems {
	var ps problems
	key := "model " + m.ID + " step"
	var ids []string
	for _, s := range m.Steps {
		if !idForm.MatchString(s.ID) || slices.Contains(ids, s.ID) {
			ps.add(at(reflectionFile, key), "give each step an id of its own in lower case", "the id %q", s.ID)
		}
		ids = append(ids, s.ID)
		if !strings.HasSuffix(s.Question, "?") {
			ps.add(at(reflectionFile, key+" "+s.ID+" question"), "end it with a question mark", "not a question")
		}
	}
	if len(ids) < 2 || ids[len(ids)-1] != coaching.PatientsStep {
		ps.add(at(reflectionFile, key), "end the model with the step "+coaching.PatientsStep, "the last step does not ask what it means for patients")
	}
	return ps
}

// checkList holds ids to being well formed, unique, and to containing those that are wanted.
func checkList(file, what string, ids, want []string) problems {
	var ps problems
	for i, id := range ids {
		if !idForm.MatchString(id) || slices.Contains(ids[:i], id) {
			ps.add(at(file, what+" id"), "give each an id of its own, lower case with hyphens", "the id %q", id)
		}
	}
	for _, id := range want {
		if !slices.Contains(ids, id) {
			ps.add(at(file, what), "write it", "%q is missing", id)
		}
	}
	return ps
}

var reasonForm = regexp.MustCompile(`^(?:[a-z]|I ).*[^.?]$`)

// checkAppraisal holds theories, practices and marks to being complete.
func checkAppraisal(a coaching.Appraisal) problems {
	var ps problems
	for _, f := range appraisalFields(a) {
		ps = append(ps, checkLength(f)...)
		if f.kind == "theory reason" && !reasonForm.MatchString(f.text) {
			ps.add(f, "write it so that it completes 'I chose this goal because', without a full stop", "does not complete that sentence")
		}
	}
	var ids []string
	for _, t := range a.Theories {
		ids = append(ids, t.ID)
	}
	ps = append(ps, checkList(appraisalFile, "theory", ids, wantTheories)...)
	ps = append(ps, checkUses(a.Theories)...)
	count := map[string]int{}
	for i, p := range a.Practices {
		count[p.When]++
		if !slices.Contains(phases, p.When) {
			ps.add(at(appraisalFile, fmt.Sprintf("practice %d when", i+1)), "say before, during or after", "unknown phase %q", p.When)
		}
	}
	for _, ph := range phases {
		if count[ph] < minPractices {
			ps.add(at(appraisalFile, "practice"), "write three or more", "%d for %q", count[ph], ph)
		}
	}
	if len(a.Marks) != marks {
		ps.add(at(appraisalFile, "mark"), "keep the three marks of a well-structured appraisal", "%d of them", len(a.Marks))
	}
	return ps
}

// checkOthersList holds levels.toml to the skills whose own wording includes supporting others.
func checkOthersList(others []string) problems {
	var ps problems
	if !slices.Equal(others, wantOthers) {
		ps.add(at(levelsFile, "others"), fmt.Sprintf("list %v", wantOthers), "%v", others)
	}
	return ps
}
