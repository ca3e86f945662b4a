// Package coaching is what the coach says: for each KSB what good looks like, actions, evidence and questions; dated
// fact cards; models of reflection; and the theory behind appraisal. It reads and checks content, and knows no learner.
package coaching

import (
	"fmt"
	"slices"

	"github.com/BurntSushi/toml"

	"github.com/ksbcoach/ksbcoach/internal/doc"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
)

// Model is a model of reflection.
type Model struct {
	ID      string `toml:"id"`
	Name    string `toml:"name"`
	Authors string `toml:"authors"`
	Suits   string `toml:"suits"`
	Steps   []Step `toml:"step"`
}

// Step is one step of a model with a question for it.
type Step struct {
	ID       string `toml:"id"`
	Name     string `toml:"name"`
	Question string `toml:"question"`
}

// Depth is one depth of reflection, how to know it, and a question that leads further.
type Depth struct {
	ID   string `toml:"id"`
	Name string `toml:"name"`
	Sign string `toml:"sign"`
	Next string `toml:"next"`
}

// Reflection is the models, and how deep a text can go.
type Reflection struct {
	Default   string  `toml:"default"`
	Anonymise string  `toml:"anonymise"`
	Models    []Model `toml:"model"`
	Depths    []Depth `toml:"depth"`
}

// PatientsStep is the step that every model ends with: what it means for patients.
const PatientsStep = "patients"

// Answers are those of a reflection in this model, with what was said now in their place, in the order of the model. An
// empty text takes an answer out. Answers to steps that the model does not have stay behind them: somebody wrote them.
func (m Model) Answers(was profile.Reflection, said map[string]safetext.Text) []profile.Answer {
	var out []profile.Answer
	for _, step := range m.Steps {
		text, now := said[step.ID]
		if !now {
			text = was.Answer(step.ID)
		}
		if !text.Empty() {
			out = append(out, profile.Answer{Step: step.ID, Text: text})
		}
	}
	for _, a := range was.Answers {
		if !slices.ContainsFunc(m.Steps, func(x Step) bool { return x.ID == a.Step }) {
			out = append(out, a)
		}
	}
	return out
}

// Model finds a model by its ID.
func (r *Reflection) Model(id string) (Model, bool) {
	return lists.First(r.Models, func(m Model) bool { return m.ID == id })
}

// decode reads content strictly: an unknown key is an error, since a misspelt one would be silence on the screen.
func decode(src string, into any) error {
	md, err := toml.Decode(src, into)
	if extra := md.Undecoded(); err == nil && len(extra) > 0 {
		err = fmt.Errorf("unknown key %q", extra[0].String())
	}
	return err
}

// DecodeReflection reads the models of reflection.
func DecodeReflection(src string) (*Reflection, error) {
	t := new(Reflection)
	return t, decode(src, t)
}

// Theory is one theory behind appraisal (K32) and what it changes in this program.
type Theory struct {
	ID      string `toml:"id"`
	Name    string `toml:"name"`
	Use     []Use  `toml:"use"`
	Author  string `toml:"author"`
	Year    string `toml:"year"`   // such as 1990 and 2002
	Where   string `toml:"where"`  // the journal, book or body
	Says    string `toml:"says"`   // what it says
	Number  string `toml:"number"` // the one number worth knowing; "" where there is none
	Limit   string `toml:"limit"`  // where it stops
	Here    string `toml:"here"`   // what it changes in this program
	Reason  string `toml:"reason"` // completes "I chose this goal because"; for the use of WhyGoal only
	Confirm bool   `toml:"confirm"`
}

// Use is what a theory is for.
type Use string

// The uses of theories: reasons for a goal, giving and taking feedback, rating, planning, and what appraisal is good
// for.
const (
	WhyGoal  Use = "why-goal"
	Feedback Use = "feedback"
	Rating   Use = "rating"
	Planning Use = "planning"
	Benefit  Use = "benefit"
)

// Source is who said it and when.
func (t Theory) Source() string { return t.Author + ", " + t.Year }

// Practice is one thing to do before, during or after an appraisal (K33).
type Practice struct {
	When string `toml:"when"`
	Text string `toml:"text"`
}

// Marker is one mark of a well-structured appraisal, with the question that asks for it.
type Marker struct {
	Text     string `toml:"text"`
	Question string `toml:"question"`
}

// Appraisal is the theory and the practice of appraisal.
type Appraisal struct {
	Theories  []Theory   `toml:"theory"`
	Practices []Practice `toml:"practice"`
	Marks     []Marker   `toml:"mark"`
}

// Theory finds a theory by its ID.
func (a *Appraisal) Theory(id string) (Theory, bool) {
	return lists.First(a.Theories, func(t Theory) bool { return t.ID == id })
}

// For are the theories that serve a use, in the order of the file.
func (a *Appraisal) For(use Use) []Theory {
	return lists.Where(a.Theories, func(t Theory) bool { return slices.Contains(t.Use, use) })
}

// DecodeAppraisal reads the theory and practice of appraisal.
func DecodeAppraisal(src string) (*Appraisal, error) {
	t := new(Appraisal)
	return t, decode(src, t)
}

// Reading is something open to all that is worth reading for a KSB or a theory, and the question to read it with.
type Reading struct {
	ID       string   `toml:"id"`
	KSBs     []string `toml:"ksbs"`
	Theories []string `toml:"theories"` // IDs of the theories it is about
	Cite     string   `toml:"cite"`     // in full: who, when, what, where
	URL      string   `toml:"url"`      // "" where no open address was found
	Minutes  int      `toml:"minutes"`  // for the part that the question needs
	Question string   `toml:"question"`
}

// ReadingsHead is the heading above readings.
const ReadingsHead = "To read, open to all"

// DecodeReadings reads the readings of a standard.
func DecodeReadings(src string) ([]Reading, error) {
	var f struct {
		Readings []Reading `toml:"reading"`
	}
	err := decode(src, &f)
	return f.Readings, err
}

// ReadingsDoc is readings as a document, each with the question to read it with.
func ReadingsDoc(all []Reading) doc.Doc {
	d := doc.Doc{Title: ReadingsHead}
	for _, x := range all {
		d.Add(doc.Item{Text: x.Cite})
		if x.URL != "" {
			d.Add(doc.Para{Depth: 1, Text: x.URL})
		}
		d.Add(doc.Para{Depth: 1, Text: fmt.Sprintf("%d min: %s", x.Minutes, x.Question)})
	}
	return d
}

// Alias is what people of the field call something, and the KSBs that it is about.
type Alias struct {
	Names []string `toml:"names"` // several for one thing: GDPR, data protection
	KSBs  []string `toml:"ksbs"`  // the one that fits best first
}

// DecodeAliases reads the words of the field. The linter of the seeds holds them to the standard.
func DecodeAliases(src string) ([]Alias, error) {
	var f struct {
		Aliases []Alias `toml:"alias"`
	}
	err := decode(src, &f)
	return f.Aliases, err
}
