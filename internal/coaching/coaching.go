// Package coaching is what the coach says: for each KSB what good looks like, actions, evidence and questions; dated fact
// cards; models of reflection; and the theory behind appraisal. It reads and checks content, and knows no learner.
package coaching

import (
	"fmt"
	"slices"

	"github.com/BurntSushi/toml"

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
	if i := slices.IndexFunc(r.Models, func(m Model) bool { return m.ID == id }); i >= 0 {
		return r.Models[i], true
	}
	return Model{}, false
}

// decode reads content strictly: an unknown key is an error, since a misspelt one would be silence on the screen.
func decode(src string, into any) error {
	md, err := toml.Decode(src, into)
	if err != nil {
		return err
	}
	if extra := md.Undecoded(); len(extra) > 0 {
		return fmt.Errorf("unknown key %q", extra[0].String())
	}
	return nil
}

// DecodeReflection reads the models of reflection.
func DecodeReflection(src string) (*Reflection, error) {
	var r Reflection
	return &r, decode(src, &r)
}
