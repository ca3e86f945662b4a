package coaching

import (
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// Growth says which KSBs a learner can work on together: the links between them, and small projects that use several.
type Growth struct {
	Links   []Link   `toml:"link"`
	Bundles []Bundle `toml:"bundle"`
}

// Link says that progress on one KSB helps with another, and why. It holds both ways.
type Link struct {
	KSBs [2]string `toml:"ksbs"`
	Why  string    `toml:"why"`
}

// Bundle is a small project that helps with several KSBs at once. The screens call it a project.
type Bundle struct {
	ID      string         `toml:"id"`
	Name    string         `toml:"name"`
	About   string         `toml:"about"`
	Goal    string         `toml:"goal"` // as the learner would write it: no full stop
	Hours   int            `toml:"hours"`
	OffJob  profile.OffJob `toml:"offjob"`
	Month   int            `toml:"month"`  // the first month of the programme in which it is offered; 0 for any
	Weeks   int            `toml:"weeks"`  // how long it takes at least, first step to last; 0 for no limit
	Agree   string         `toml:"agree"`  // who must agree before it begins
	Leaves  string         `toml:"leaves"` // the evidence the learner has at the end
	Serves  []Serves       `toml:"serves"`
	Steps   []Task         `toml:"step"` // in the order to do them
	Differs []Differs      `toml:"differs"`
}

// Serves is one KSB of a bundle. The bundle takes a learner up one level from any level at or above From and below To.
type Serves struct {
	KSB   string      `toml:"ksb"`
	From  level.Level `toml:"from"`
	To    level.Level `toml:"to"`
	Proof string      `toml:"proof"` // what in the project shows the step up
}

// Helps reports whether the bundle takes a learner at this level one level up.
func (s Serves) Helps(l level.Level) bool { return l >= s.From && l < s.To }

// ProofAt says what in the project shows that the learner reached a level. If Proof has a part for each level ("Level
// 1: ... Level 2: ..."), it is the part for that level; otherwise all of Proof.
func (s Serves) ProofAt(l level.Level) string {
	_, part, ok := strings.Cut(s.Proof, "Level "+l.String()+": ")
	if !ok {
		return s.Proof
	}
	part, _, _ = strings.Cut(part, " Level ")
	return words.Capital(part)
}

// Task is one step of a bundle.
type Task struct {
	Sort    profile.Sort `toml:"sort"`
	Minutes int          `toml:"minutes"`
	Text    string       `toml:"text"`
	Who     string       `toml:"who"`
	Result  string       `toml:"result"`
	Weeks   int          `toml:"weeks"` // how long it runs; 0 if less than a week
}

// Differs says how a bundle is done differently in some fields.
type Differs struct {
	Fields []string `toml:"fields"` // IDs
	Text   string   `toml:"text"`
}

// DecodeGrowth reads the links and bundles of a standard.
func DecodeGrowth(src string) (*Growth, error) {
	t := new(Growth)
	return t, decode(src, t)
}

// Bundle finds a bundle by its ID.
func (g *Growth) Bundle(id string) (Bundle, bool) {
	return lists.First(g.Bundles, func(b Bundle) bool { return b.ID == id })
}

// Linked reports whether there is a link between two KSBs, in either direction.
func (g *Growth) Linked(a, b string) bool {
	return slices.ContainsFunc(g.Links, func(l Link) bool {
		return l.KSBs == [2]string{a, b} || l.KSBs == [2]string{b, a}
	})
}

// From is the lowest level at which a bundle helps with any of its KSBs.
func (b Bundle) From() level.Level {
	from := level.Max
	for _, s := range b.Serves {
		from = min(from, s.From)
	}
	return from
}

// Minutes adds up the minutes of all steps.
func (b Bundle) Minutes() int {
	n := 0
	for _, t := range b.Steps {
		n += t.Minutes
	}
	return n
}

// In says how a bundle is done differently in a field, or "" if it is not.
func (b Bundle) In(field string) string {
	d, _ := lists.First(b.Differs, func(d Differs) bool { return slices.Contains(d.Fields, field) })
	return d.Text
}
