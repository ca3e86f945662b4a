// Package coaching holds what the coach can say: for each KSB what good looks like, actions, evidence and questions;
// dated fact cards; models of reflection; and the theory behind appraisal. It decodes this content, which is written in
// TOML (seeds/README.md explains the keys), and picks from it by level and field. It does not know the learner's
// record.
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

// Model is a model of reflection, such as Gibbs or Driscoll.
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

// Depth is how deep a reflection goes: the sign to recognise it by, and a question that leads to the next depth.
type Depth struct {
	ID   string `toml:"id"`
	Name string `toml:"name"`
	Sign string `toml:"sign"`
	Next string `toml:"next"`
}

// Reflection is everything the coach knows about writing reflections.
type Reflection struct {
	Default   string  `toml:"default"`
	Anonymise string  `toml:"anonymise"`
	Models    []Model `toml:"model"`
	Depths    []Depth `toml:"depth"`
}

// PatientsStep is the step that every model ends with: what it means for patients.
const PatientsStep = "patients"

// Answers updates the answers of a reflection with new texts by the ID of their step, in the order of the model. An
// empty text removes an answer. Answers to steps that this model lacks are kept at the end, since the learner wrote
// them.
func (m Model) Answers(was profile.Reflection, texts map[string]safetext.Text) []profile.Answer {
	var out []profile.Answer
	for _, step := range m.Steps {
		text, given := texts[step.ID]
		if !given {
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

// decode reads content strictly: an unknown key is an error, because the text under a misspelt key would never be
// shown.
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

// Theory is one theory behind appraisal (K32) and how this program uses it.
type Theory struct {
	ID      string `toml:"id"`
	Name    string `toml:"name"`
	Use     []Use  `toml:"use"`
	Author  string `toml:"author"`
	Year    string `toml:"year"`   // such as 1990 and 2002
	Where   string `toml:"where"`  // the journal, book or body
	Says    string `toml:"says"`   // what it says
	Number  string `toml:"number"` // the one number worth knowing; "" where there is none
	Limit   string `toml:"limit"`  // what it does not explain
	Here    string `toml:"here"`   // what this program does because of it
	Reason  string `toml:"reason"` // completes "I chose this goal because"; only for theories with the use WhyGoal
	Confirm bool   `toml:"confirm"`
}

// Use is what the program uses a theory for.
type Use string

// The uses of a theory: to give a reason for a goal, for giving and taking feedback, rating and planning, and to show
// that appraisal helps.
const (
	WhyGoal  Use = "why-goal"
	Feedback Use = "feedback"
	Rating   Use = "rating"
	Planning Use = "planning"
	Benefit  Use = "benefit"
)

// Source names the author and year.
func (t Theory) Source() string { return t.Author + ", " + t.Year }

// Practice is one thing to do before, during or after an appraisal (K33).
type Practice struct {
	When string `toml:"when"`
	Text string `toml:"text"`
}

// Marker is one mark of a well-structured appraisal, with the question that checks for it.
type Marker struct {
	Text     string `toml:"text"`
	Question string `toml:"question"`
}

// Appraisal is everything the coach knows about appraisal.
type Appraisal struct {
	Theories  []Theory   `toml:"theory"`
	Practices []Practice `toml:"practice"`
	Marks     []Marker   `toml:"mark"`
}

// Theory finds a theory by its ID.
func (a *Appraisal) Theory(id string) (Theory, bool) {
	return lists.First(a.Theories, func(t Theory) bool { return t.ID == id })
}

// For lists the theories with a use, in the order of the file.
func (a *Appraisal) For(use Use) []Theory {
	return lists.Where(a.Theories, func(t Theory) bool { return slices.Contains(t.Use, use) })
}

// DecodeAppraisal reads the theory and practice of appraisal.
func DecodeAppraisal(src string) (*Appraisal, error) {
	t := new(Appraisal)
	return t, decode(src, t)
}

// Reading is something worth reading for a KSB or a theory that anybody can open, and the question to read it with.
type Reading struct {
	ID       string   `toml:"id"`
	KSBs     []string `toml:"ksbs"`
	Theories []string `toml:"theories"` // IDs of the theories it is about
	Cite     string   `toml:"cite"`     // in full: who, when, what, where
	URL      string   `toml:"url"`      // "" where no open address was found
	Minutes  int      `toml:"minutes"`  // to read the part that answers the question
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

// ReadingsDoc lists readings as a document, each with the question to read it with.
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

// Alias is a word people use at work, such as "calibration", and the KSBs it is about.
type Alias struct {
	Names []string `toml:"names"` // several for one thing: GDPR, data protection
	KSBs  []string `toml:"ksbs"`  // the best fit first
}

// DecodeAliases reads the aliases of a standard. It does not check that the KSBs exist: the tests in seeds do.
func DecodeAliases(src string) ([]Alias, error) {
	var f struct {
		Aliases []Alias `toml:"alias"`
	}
	err := decode(src, &f)
	return f.Aliases, err
}
