package coaching

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/sorting"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// Example is what a KSB looks like in one field, or in a whole family of fields. Either Field or Family is set, to an
// ID.
type Example struct {
	Field  string `toml:"field"`
	Family string `toml:"family"`
	Text   string `toml:"text"`
}

// Field is one field of healthcare science that a learner may work in.
type Field struct {
	ID        string   `toml:"id"`
	Name      string   `toml:"name"` // lower case, as in "an example from audiology"
	Family    string   `toml:"family"`
	Division  string   `toml:"division"`
	Aliases   []string `toml:"aliases"` // what people type for it
	Register  string   `toml:"register"`
	Standards []string `toml:"standards"` // what its services work to
	First     []string `toml:"first"`     // KSBs that its work needs soonest: a first plan takes them first
	Patients  bool     `toml:"patients"`  // its practitioners meet patients in their ordinary work
	Confirm   string   `toml:"confirm"`   // what a domain expert has yet to confirm
}

// Group is a family or a division of fields.
type Group struct {
	ID   string `toml:"id"`
	Name string `toml:"name"`
}

// Fields are the fields of healthcare science, with their families and divisions.
type Fields struct {
	Safety    []string `toml:"safety"` // KSBs in which a mistake hurts somebody
	Long      []string `toml:"long"`   // KSBs whose evidence takes months, such as audit and research
	Met       []string `toml:"met"`    // KSBs about meeting patients: a field that meets none takes them up last
	Divisions []Group  `toml:"division"`
	Families  []Group  `toml:"family"`
	Fields    []Field  `toml:"field"`
}

// DecodeFields reads the fields. It does not check that they make sense: the tests in seeds do.
func DecodeFields(src string) (*Fields, error) {
	t := new(Fields)
	return t, decode(src, t)
}

// Field finds a field by its ID.
func (f *Fields) Field(id string) (Field, bool) {
	return lists.First(f.Fields, func(x Field) bool { return x.ID == id })
}

// Find lists the fields that fit what somebody typed so far: first those with exactly that name or alias, then those
// with a word that begins with it, then those whose family has such a word, each in the order of the file. If nothing
// is typed, it lists every field.
func (f *Fields) Find(typed string) []Field {
	typed = strings.ToLower(strings.Join(strings.Fields(typed), " "))
	var exact, begun, related []Field
	for _, x := range f.Fields {
		names := append([]string{x.ID, x.Name}, x.Aliases...)
		switch {
		case slices.ContainsFunc(names, func(n string) bool { return strings.EqualFold(n, typed) }):
			exact = append(exact, x)
		case slices.ContainsFunc(names, func(n string) bool { return begins(strings.ToLower(n), typed) }):
			begun = append(begun, x)
		case begins(f.family(x.Family), typed):
			related = append(related, x)
		}
	}
	return slices.Concat(exact, begun, related)
}

// Understood is the name of the field that Of finds in a text; "" for none.
func (f *Fields) Understood(text string) string {
	x, _ := f.Of(text)
	return x.Name
}

// Of finds the field that a free text, such as a role, is about. It is the field whose name, alias or ID is in the
// text; if several are, the longest counts. If none is, it looks for runs of words of the text in the names, longest
// run first, so that "radiology physics trainee" finds "diagnostic radiology physics". A run in the names of several
// fields finds none.
func (f *Fields) Of(text string) (Field, bool) {
	text = strings.ToLower(text)
	allNames := f.lowerNames()
	best, longest := Field{}, 0
	for i, names := range allNames {
		for _, n := range names {
			if len(n) > longest && wordIn(text, n) {
				best, longest = f.Fields[i], len(n)
			}
		}
	}
	if longest > 0 {
		return best, true
	}
	for _, run := range runs(text) {
		var fit []Field
		for i, names := range allNames {
			if slices.ContainsFunc(names, func(n string) bool { return wordIn(n, run) }) {
				fit = append(fit, f.Fields[i])
			}
		}
		if len(fit) == 1 {
			return fit[0], true
		}
		if len(fit) > 1 {
			break
		}
	}
	return Field{}, false
}

// lowerNames lists for each field, in order, every name it has: its name, ID and aliases, in lower case.
func (f *Fields) lowerNames() [][]string {
	out := make([][]string, len(f.Fields))
	for i, x := range f.Fields {
		out[i] = append(out[i], strings.ToLower(x.Name), strings.ReplaceAll(x.ID, "-", " "))
		for _, n := range x.Aliases {
			out[i] = append(out[i], strings.ToLower(n))
		}
	}
	return out
}

// mostWords limits how many words of a text are compared with names. No role has more, but somebody may paste a whole
// document into a form by mistake, and the number of runs grows with the square of the number of words.
const mostWords = 30

// longestRun limits how many words a run may have. Longer names are only found whole.
const longestRun = 8

// distinctive lists the words of a text that can tell one field from another, in lower case: at most the first
// mostWords.
func distinctive(text string) []string {
	var out []string
	between := func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }
	for w := range strings.FieldsFuncSeq(text, between) {
		w = strings.ToLower(w)
		if !slices.Contains(common, w) {
			out = append(out, w)
		}
		if len(out) == mostWords {
			break
		}
	}
	return out
}

// common lists words in roles that say nothing about the field.
var common = []string{
	"a", "an", "and", "apprentice", "apprenticeship", "assistant", "associate", "clinical", "degree", "department",
	"for", "health", "healthcare", "hospital", "in", "lab", "laboratory", "medical", "nhs", "of", "or", "practitioner",
	"science", "sciences", "scientist", "service", "services", "specialist", "student", "team", "technician",
	"technologist", "the", "trainee", "trust", "unit",
}

// runs lists the runs of two or more distinctive words in a text, the longest first. A single word counts only if the
// text has no other: "devices" alone does not tell which devices.
func runs(text string) []string {
	all := distinctive(text)
	if len(all) == 1 {
		return all
	}
	var out []string
	for n := min(len(all), longestRun); n > 1; n-- {
		for at := 0; at+n <= len(all); at++ {
			out = append(out, strings.Join(all[at:at+n], " "))
		}
	}
	return out
}

const mostNear = 3 // how many fields NearNames offers

// NearNames suggests fields for a text in which Of finds none: those that share most distinctive words with it, then
// others of the same family. It gives their names with a capital, as people type them, and none if no field shares a
// word.
func (f *Fields) NearNames(text string) []string {
	said := distinctive(text)
	shared := map[string]int{} // the number of shared words, by the ID of the field
	var near []Field
	for i, names := range f.lowerNames() {
		x := f.Fields[i]
		for _, w := range said {
			if slices.ContainsFunc(names, func(name string) bool { return wordIn(name, w) }) {
				shared[x.ID]++
			}
		}
		if shared[x.ID] > 0 {
			near = append(near, x)
		}
	}
	if len(near) == 0 {
		return nil
	}
	sorting.By(near, func(a, b Field) int { return shared[b.ID] - shared[a.ID] })
	for _, x := range f.Fields {
		if x.Family == near[0].Family && shared[x.ID] == 0 {
			near = append(near, x)
		}
	}
	return lists.Each(near[:min(len(near), mostNear)], func(x Field) string { return words.Capital(x.Name) })
}

const mostOffered = 4 // how many fields Offer suggests

// Offer says, while somebody types, which field the text means so far ("" for none), and suggests names to complete it.
// It suggests none if nothing is typed.
func (f *Fields) Offer(typed string) (meant string, names []string) {
	typed = strings.TrimSpace(typed)
	if typed == "" {
		return "", nil
	}
	for _, x := range f.Find(typed) {
		if name := words.Capital(x.Name); len(names) < mostOffered && !strings.EqualFold(name, typed) {
			names = append(names, name)
		}
	}
	meant = f.Understood(typed)
	if meant == "" && len(names) == 0 {
		return "", f.NearNames(typed)
	}
	if meant != "" && len(names) > 0 && strings.EqualFold(names[0], meant) {
		return meant, names[:1] // they typed an alias of this field: no other needs to be suggested
	}
	return meant, names
}

// begins reports whether a name, or a word in it, begins with what was typed.
func begins(name, typed string) bool {
	return len(typed) <= len(name) && (strings.HasPrefix(name, typed) || strings.Contains(name, " "+typed))
}

// wordIn reports whether a text in lower case has a name in it as whole words.
func wordIn(text, name string) bool {
	return words.In(text, name, func(r rune) bool { return r >= 'a' && r <= 'z' || r >= '0' && r <= '9' })
}

// nearness is how near an example is to a learner's own field, nearest first.
type nearness int

const (
	ownField nearness = iota
	sameFamily
	sameDivision
	elsewhere
)

// Where names the field or family of an example, for a heading.
func (f *Fields) Where(x Example) string {
	if x.Family != "" {
		return f.family(x.Family)
	}
	if own, ok := f.Field(x.Field); ok {
		return own.Name
	}
	return x.Field
}

// Says introduces an example to a learner in a field, so that they do not take one from another field for their own.
func (f *Fields) Says(x Example, field string) string {
	switch f.near(x, field) {
	case ownField:
		return "In your field, " + f.Where(x)
	case sameFamily:
		return "Close to your field, from " + f.Where(x)
	case sameDivision:
		own, _ := f.Field(field)
		return fmt.Sprintf("The nearest we have in %s, from %s", nameOf(f.Divisions, own.Division), f.Where(x))
	}
	return "From " + f.Where(x)
}

// Nearest sorts examples for a learner in a field (an ID): that field's first, then its family's, its division's, and
// the rest. Equally near examples stay in the order of the file, and so do all of them if the field is not known.
func (f *Fields) Nearest(all []Example, field string) []Example {
	out := slices.Clone(all)
	sorting.By(out, func(a, b Example) int { return int(f.near(a, field)) - int(f.near(b, field)) })
	return out
}

// ExampleFor picks the one example to show to a learner in a field (an ID). It reports false if every example is from
// another division, since that would teach somebody else's work; the example is then the first of the entry, if any.
func (f *Fields) ExampleFor(e Entry, field string) (Example, bool) {
	if len(e.Examples) == 0 {
		return Example{}, false
	}
	x := f.Nearest(e.Examples, field)[0]
	return x, f.near(x, field) != elsewhere
}

func (f *Fields) near(x Example, field string) nearness {
	own, ok := f.Field(field)
	if !ok {
		return elsewhere
	}
	if x.Field == own.ID {
		return ownField
	}
	other, known := f.Field(x.Field)
	switch {
	case x.Family == own.Family, known && other.Family == own.Family:
		return sameFamily
	case known && other.Division == own.Division,
		slices.ContainsFunc(f.Fields, func(y Field) bool { return y.Family == x.Family && y.Division == own.Division }):
		return sameDivision
	}
	return elsewhere
}

func (f *Fields) family(id string) string { return nameOf(f.Families, id) }

func nameOf(groups []Group, id string) string {
	if g, ok := lists.First(groups, func(g Group) bool { return g.ID == id }); ok {
		return g.Name
	}
	return id
}
