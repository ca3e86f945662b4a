package coaching

import (
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// Growth is what grows together: which KSBs help each other along, and the small projects that serve several of them.
type Growth struct {
	Links   []Link   `toml:"link"`
	Bundles []Bundle `toml:"bundle"`
}

// Link says that two KSBs grow together, and why. It holds both ways.
type Link struct {
	KSBs [2]string `toml:"ksbs"`
	Why  string    `toml:"why"`
}

// Bundle is a small project that serves several KSBs at once. Learners know it as a project.
type Bundle struct {
	ID      string         `toml:"id"`
	Name    string         `toml:"name"`
	About   string         `toml:"about"`
	Goal    string         `toml:"goal"` // as the learner would write it: no full stop
	Hours   int            `toml:"hours"`
	OffJob  profile.OffJob `toml:"offjob"`
	Month   int            `toml:"month"`  // of the programme, from which it is offered; 0 for any
	Weeks   int            `toml:"weeks"`  // that it takes at least from its first step to its last; 0 for any
	Agree   string         `toml:"agree"`  // who must agree before it begins
	Leaves  string         `toml:"leaves"` // the evidence that is there at the end
	Serves  []Serves       `toml:"serves"`
	Steps   []Task         `toml:"step"` // in the order in which they are done
	Differs []Differs      `toml:"differs"`
}

// Serves is a KSB of a bundle. The bundle helps a learner up one level from any level at or above From and below To.
type Serves struct {
	KSB   string      `toml:"ksb"`
	From  level.Level `toml:"from"`
	To    level.Level `toml:"to"`
	Proof string      `toml:"proof"` // what in the project shows the step up
}

// Helps says whether it moves a learner at a level up.
func (s Serves) Helps(l level.Level) bool { return l >= s.From && l < s.To }

// ProofAt is what in the project shows that a level was reached: the part for that level, where the proof has one for
// each.
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
	Weeks   int          `toml:"weeks"` // for how many it runs; 0 for less
}

// Differs says how some fields do a bundle in another way.
type Differs struct {
	Fields []string `toml:"fields"` // IDs of Fields
	Text   string   `toml:"text"`
}

// DecodeGrowth reads what grows together in a standard.
func DecodeGrowth(src string) (*Growth, error) {
	t := new(Growth)
	return t, decode(src, t)
}

// Bundle finds a bundle by its ID.
func (g *Growth) Bundle(id string) (Bundle, bool) {
	return lists.First(g.Bundles, func(b Bundle) bool { return b.ID == id })
}

// Linked says whether two KSBs grow together.
func (g *Growth) Linked(a, b string) bool {
	return slices.ContainsFunc(g.Links, func(l Link) bool {
		return l.KSBs == [2]string{a, b} || l.KSBs == [2]string{b, a}
	})
}

// From is the level from which a bundle can be started: the lowest at which it helps with any of its KSBs.
func (b Bundle) From() level.Level {
	from := level.Max
	for _, s := range b.Serves {
		from = min(from, s.From)
	}
	return from
}

// Minutes are those of all steps.
func (b Bundle) Minutes() int {
	n := 0
	for _, t := range b.Steps {
		n += t.Minutes
	}
	return n
}

// In is how a bundle is done in a field, where that differs; else "".
func (b Bundle) In(field string) string {
	d, _ := lists.First(b.Differs, func(d Differs) bool { return slices.Contains(d.Fields, field) })
	return d.Text
}
