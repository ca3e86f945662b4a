// Package coaching is what the coach says: for each KSB what good looks like, actions, evidence and questions; dated fact
// cards; models of reflection; and the theory behind appraisal. It reads and checks content, and knows no learner.
package coaching

import (
	"fmt"
	"slices"
	"time"

	"github.com/BurntSushi/toml"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
)

// Card is a dated fact with its authority.
type Card struct {
	ID        string
	Duties    []int
	KSBs      []string
	Title     string
	Authority string
	Facts     []string
	Checked   calendar.Date
	ReviewBy  calendar.Date
	Confirm   bool // only general knowledge stands behind it
}

// Stale says whether a card should have been looked at again by a day.
func (c Card) Stale(today calendar.Date) bool { return c.ReviewBy.Before(today) }

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

// Model finds a model by its ID.
func (r *Reflection) Model(id string) (Model, bool) {
	if i := slices.IndexFunc(r.Models, func(m Model) bool { return m.ID == id }); i >= 0 {
		return r.Models[i], true
	}
	return Model{}, false
}

// Theory is one theory behind appraisal (K32) and what it changes in this program.
type Theory struct {
	ID      string `toml:"id"`
	Name    string `toml:"name"`
	Source  string `toml:"source"`
	Says    string `toml:"says"`
	Here    string `toml:"here"`
	Reason  string `toml:"reason"` // completes "I chose this goal because"
	Confirm bool   `toml:"confirm"`
}

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
	if i := slices.IndexFunc(a.Theories, func(t Theory) bool { return t.ID == id }); i >= 0 {
		return a.Theories[i], true
	}
	return Theory{}, false
}

// decode reads content strictly: an unknown key is an error, since a misspelt one would be silence on the screen.
func decode(src string, into any) error {
	md, err := toml.Decode(src, into)
	if err != nil {
		return err
	}
	if extra := md.Undecoded(); len(extra) > 0 {
		return fmt.Errorf("unknown key %q: seeds/README.md lists the keys", extra[0].String())
	}
	return nil
}

// DecodeReflection reads the models of reflection.
func DecodeReflection(src string) (*Reflection, error) {
	var r Reflection
	return &r, decode(src, &r)
}

// DecodeAppraisal reads the theory and practice of appraisal.
func DecodeAppraisal(src string) (*Appraisal, error) {
	var a Appraisal
	return &a, decode(src, &a)
}

// day is the calendar day of a time, and no date where none was given.
func day(t time.Time) calendar.Date {
	if t.IsZero() {
		return calendar.Date{}
	}
	return calendar.FromTime(t)
}

// DecodeCards reads the fact cards of one duty.
func DecodeCards(src string, duty int) ([]Card, error) {
	var f struct {
		Fact []struct {
			ID        string    `toml:"id"`
			Title     string    `toml:"title"`
			KSBs      []string  `toml:"ksbs"`
			Authority string    `toml:"authority"`
			Facts     []string  `toml:"facts"`
			Checked   time.Time `toml:"checked"`
			ReviewBy  time.Time `toml:"review_by"`
			Confirm   bool      `toml:"confirm"`
		} `toml:"fact"`
	}
	if err := decode(src, &f); err != nil {
		return nil, err
	}
	cards := make([]Card, len(f.Fact))
	for i, x := range f.Fact {
		cards[i] = Card{x.ID, []int{duty}, x.KSBs, x.Title, x.Authority, x.Facts, day(x.Checked), day(x.ReviewBy), x.Confirm}
	}
	return cards, nil
}
