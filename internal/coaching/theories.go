package coaching

import "slices"

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

// The uses of theories: reasons for a goal, giving and taking feedback, rating, planning, and what appraisal is good for.
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
	if i := slices.IndexFunc(a.Theories, func(t Theory) bool { return t.ID == id }); i >= 0 {
		return a.Theories[i], true
	}
	return Theory{}, false
}

// For are the theories that serve a use, in the order of the file.
func (a *Appraisal) For(use Use) []Theory {
	var out []Theory
	for _, t := range a.Theories {
		if slices.Contains(t.Use, use) {
			out = append(out, t)
		}
	}
	return out
}

// DecodeAppraisal reads the theory and practice of appraisal.
func DecodeAppraisal(src string) (*Appraisal, error) {
	var a Appraisal
	return &a, decode(src, &a)
}
