package seeds_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ksbcoach/ksbcoach/internal/coaching"
)

func soundCard() card {
	return card{
		file: "st0413/facts/duty-01.toml", duty: 1, ID: "a-rule", Title: "A rule", KSBs: []string{"K7"},
		Authority: "Some Act 2010", Facts: []string{"It says so."}, Status: coaching.Sourced, Locator: "Section 7", Checked: date(2026, time.November, 22), ReviewBy: date(2027, time.May, 31),
	}
}

func TestLinterCard(t *testing.T) {
	std := tiny(t)
	for _, tt := range []struct {
		name   string
		broken func(*card)
		want   string
	}{
		{"sound", func(*card) {}, ""},
		{"id", func(c *card) { c.ID = "A rule" }, `fact "A rule" id: not in the form of an id; use lower case`},
		{"authority missing", func(c *card) { c.Authority = "" }, `fact "a-rule" authority: nothing there; write it`},
		{"authority a web page", func(c *card) { c.Authority = "www.rules.org/7" }, "authority: a web address or a file is no authority"},
		{"three facts", func(c *card) { c.Facts = []string{"A.", "B.", "C."} }, "facts: 3 of them; give one or two"},
		{"no KSB", func(c *card) { c.KSBs = nil }, "ksbs: none; name the KSBs it serves"},
		{"KSB of another duty", func(c *card) { c.KSBs = []string{"K7", "K9"} }, "ksbs: K9 is not in Duty 1; name KSBs of this duty, or move the card"},
		{"no date", func(c *card) { c.Checked = day{} }, "checked: no date; write a date such as 2026-11-22"},
		{"dates swapped", func(c *card) { c.ReviewBy = date(2026, time.January, 1) }, "review_by: not after checked"},
		{"looked at too late", func(c *card) { c.ReviewBy = date(2030, time.January, 1) }, "days after checked, at most 760"},
		{"may change", func(c *card) {
			c.Facts = []string{"It may change."}
			c.ReviewBy = date(2027, time.November, 22)
		}, "365 days after checked, at most 200"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := soundCard()
			tt.broken(&c)
			expect(t, checkCard(std, c), tt.want)
		})
	}
}

func TestLinterCards(t *testing.T) {
	std := tiny(t)
	cards := func() []card {
		var out []card
		for i := range minCards {
			c := soundCard()
			c.ID, c.Title, c.Facts = fmt.Sprintf("rule-%d", i), fmt.Sprintf("Rule %d", i), []string{fmt.Sprintf("Rule %d says so.", i)}
			out = append(out, c)
		}
		return out
	}
	expect(t, checkCards(std, cards()), "")
	expect(t, checkCards(std, cards()[1:]), "59 cards, at least 60; write more")
	twice := cards()
	twice[1].ID = "rule-0"
	expect(t, checkCards(std, twice), `fact "rule-0" id: stands in st0413/facts/duty-01.toml too; give each card an id of its own`)
	unserved := cards()
	for i := range unserved {
		unserved[i].KSBs = []string{"S4"}
	}
	expect(t, checkCards(std, unserved), "facts: K7: no card; write a fact card that serves it")
	same := cards()
	same[0].Facts = []string{"An employer must tell the regulator within three days of it."}
	same[1].Facts, same[1].file = []string{"The employer must tell the regulator within three days."}, "st0413/facts/duty-02.toml"
	expect(t, checkCards(std, same), `"employer must tell the regulator within three days" stands in st0413/facts/duty-01.toml`)
}

func soundReflection() coaching.Reflection {
	r := coaching.Reflection{Default: "driscoll", Anonymise: "Leave out names."}
	for _, id := range wantModels {
		r.Models = append(r.Models, coaching.Model{ID: id, Name: id, Authors: "Someone 1970", Suits: "Ten minutes.", Steps: []coaching.Step{
			{ID: "what", Name: "What?", Question: "What was it?"}, {ID: coaching.PatientsStep, Name: "For patients", Question: "What for them?"},
		}})
	}
	for _, id := range wantDepths {
		r.Depths = append(r.Depths, coaching.Depth{ID: id, Name: id, Sign: "It tells.", Next: "Why?"})
	}
	return r
}

func TestLinterReflection(t *testing.T) {
	for _, tt := range []struct {
		name   string
		broken func(*coaching.Reflection)
		want   string
	}{
		{"sound", func(*coaching.Reflection) {}, ""},
		{"a model is missing", func(r *coaching.Reflection) { r.Models = slices.Delete(r.Models, 2, 3) }, `model: "kolb" is missing; write it`},
		{"no such default", func(r *coaching.Reflection) { r.Default = "boud" }, `default: there is no model "boud"`},
		{"no patients", func(r *coaching.Reflection) {
			r.Models[0].Steps = append(r.Models[0].Steps, coaching.Step{ID: "x", Name: "X", Question: "X?"})
		}, "model driscoll step: the last step does not ask what it means for patients"},
		{"a step twice", func(r *coaching.Reflection) {
			r.Models[1].Steps = slices.Insert(r.Models[1].Steps, 0, r.Models[1].Steps[0])
		}, `model gibbs step: the id "what"; give each step an id of its own`},
		{"no question", func(r *coaching.Reflection) { r.Models[0].Steps[0].Question = "Tell it." }, "model driscoll step what question: not a question"},
		{"too long", func(r *coaching.Reflection) { r.Depths[0].Next = strings.Repeat("y", 121) }, "depth descriptive next: 121 characters, at most 120"},
		{"three depths", func(r *coaching.Reflection) { r.Depths = r.Depths[:3] }, "depth: [descriptive descriptive-reflective dialogic]; keep the four depths"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := soundReflection()
			tt.broken(&r)
			expect(t, checkReflection(r), tt.want)
		})
	}
}

func soundAppraisal() coaching.Appraisal {
	var a coaching.Appraisal
	for i, id := range wantTheories {
		t := coaching.Theory{
			ID: id, Name: id, Use: []coaching.Use{uses[1+i%4]}, Author: "Someone", Year: "1990", Where: "A journal", Says: "It says.", Limit: "Not always.", Here: "We do.",
		}
		if i < 3 {
			t.Use, t.Reason = append(t.Use, coaching.WhyGoal), "it is my own choice"
		}
		a.Theories = append(a.Theories, t)
	}
	for _, ph := range phases {
		for range minPractices {
			a.Practices = append(a.Practices, coaching.Practice{When: ph, Text: "Do it."})
		}
	}
	for range marks {
		a.Marks = append(a.Marks, coaching.Marker{Text: "It was good.", Question: "How?"})
	}
	return a
}

func TestLinterAppraisal(t *testing.T) {
	for _, tt := range []struct {
		name   string
		broken func(*coaching.Appraisal)
		want   string
	}{
		{"sound", func(*coaching.Appraisal) {}, ""},
		{"no source", func(a *coaching.Appraisal) { a.Theories[0].Author = "" }, "theory goal-setting author: nothing there; write it"},
		{"a reason with a stop", func(a *coaching.Appraisal) { a.Theories[1].Reason = "It is good." }, "theory smart reason: does not complete that sentence"},
		{"no limit", func(a *coaching.Appraisal) { a.Theories[0].Limit = "" }, "theory goal-setting limit: nothing there; write it"},
		{"no use", func(a *coaching.Appraisal) { a.Theories[3].Use = nil }, "theory psychological-contract use: nothing; say what it is for"},
		{"a use of its own", func(a *coaching.Appraisal) { a.Theories[0].Use[0] = "fun" }, `unknown use "fun"`},
		{"why-goal without a reason", func(a *coaching.Appraisal) { a.Theories[0].Reason = "" }, "theory goal-setting reason: one without the other"},
		{"a reason for no goal", func(a *coaching.Appraisal) { a.Theories[5].Reason = "it fits" }, "theory sbi reason: one without the other"},
		{"a theory is missing", func(a *coaching.Appraisal) {
			a.Theories = slices.DeleteFunc(a.Theories, func(t coaching.Theory) bool { return t.ID == "grow" })
		}, `theory: "grow" is missing; write it`},
		{"few practices", func(a *coaching.Appraisal) { a.Practices = a.Practices[:8] }, `practice: 2 for "after"; write three or more`},
		{"unknown phase", func(a *coaching.Appraisal) {
			a.Practices = append(a.Practices, coaching.Practice{When: "later", Text: "Do it."})
		}, `practice 10 when: unknown phase "later"; say before, during or after`},
		{"two marks", func(a *coaching.Appraisal) { a.Marks = a.Marks[:2] }, "mark: 2 of them; keep the three marks"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a := soundAppraisal()
			tt.broken(&a)
			expect(t, checkAppraisal(a), tt.want)
		})
	}
}
