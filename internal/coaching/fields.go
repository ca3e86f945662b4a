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

// Example is what a KSB looks like in one field, or in a whole family of fields. One of the two is given, by its ID.
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
	First     []string `toml:"first"`     // KSBs that its work calls for soonest: a first plan takes them first
	Patients  bool     `toml:"patients"`  // its practitioners meet patients in their ordinary work
	Confirm   string   `toml:"confirm"`   // what of it a domain expert has yet to confirm
}

// Group is a family or a division of fields.
type Group struct {
	ID   string `toml:"id"`
	Name string `toml:"name"`
}

// Fields are the fields of healthcare science, with their families and divisions.
type Fields struct {
	Safety    []string `toml:"safety"` // KSBs in which a mistake hurts somebody
	Long      []string `toml:"long"`   // KSBs whose evidence takes months, such as those of audit and research
	Met       []string `toml:"met"`    // KSBs of meeting patients, which a field that meets none takes up after others
	Divisions []Group  `toml:"division"`
	Families  []Group  `toml:"family"`
	Fields    []Field  `toml:"field"`
}

// DecodeFields reads the fields. The linter of the seeds holds them to making sense.
func DecodeFields(src string) (*Fields, error) {
	t := new(Fields)
	return t, decode(src, t)
}

// Field finds a field by its ID.
func (f *Fields) Field(id string) (Field, bool) {
	return lists.First(f.Fields, func(x Field) bool { return x.ID == id })
}

// Find lists the fields that fit what somebody typed: first one of exactly that name or alias, then those of which a
// word begins with it, then those of a family of which one does, each in the order of the file. Nothing typed fits all.
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

// Understood names the field that a free text such as a role is taken for, by the rule of Of; "" for none.
func (f *Fields) Understood(text string) string {
	x, _ := f.Of(text)
	return x.Name
}

// Of is the field that a free text such as a role names: the one whose name, alias or ID stands in it, the longest if
// several. Where none does, it is the one field of which a name has the longest run of words of the text, such as
// "radiology physics" of "diagnostic radiology physics". What several fields share names none of them.
func (f *Fields) Of(text string) (Field, bool) {
	text = strings.ToLower(text)
	called := f.called()
	best, longest := Field{}, 0
	for i, names := range called {
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
		only, fit := -1, 0
		for i, names := range called {
			if slices.ContainsFunc(names, func(n string) bool { return wordIn(n, run) }) {
				only, fit = i, fit+1
			}
		}
		switch fit {
		case 0:
		case 1:
			return f.Fields[only], true
		default:
			return Field{}, false
		}
	}
	return Field{}, false
}

func (f *Fields) called() [][]string {
	out := make([][]string, len(f.Fields))
	for i, x := range f.Fields {
		out[i] = append(out[i], strings.ToLower(x.Name), strings.ReplaceAll(x.ID, "-", " "))
		for _, n := range x.Aliases {
			out[i] = append(out[i], strings.ToLower(n))
		}
	}
	return out
}

// mostWords is how many words of a text are looked at for those that a name has. A field of a form takes a whole
// document that was pasted by mistake, and its runs would be as many as the square of its words. No role has so many.
const mostWords = 30

// longestRun is how many words of a text are looked for as one run. What is longer names a field only as a whole name
// of it.
const longestRun = 8

// telling are the first words of a text that can tell one field from another, in small letters. What the roles of every
// field have in them cannot.
func telling(text string) []string {
	var out []string
	for w := range strings.FieldsFuncSeq(text,
		func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		if w = strings.ToLower(w); slices.Contains(common, w) {
			continue
		}
		if out = append(out, w); len(out) == mostWords {
			break
		}
	}
	return out
}

// common are words of roles that say nothing about the field.
var common = []string{
	"a", "an", "and", "apprentice", "apprenticeship", "assistant", "associate", "clinical", "degree", "department",
	"for", "health",
	"healthcare", "hospital", "in", "lab", "laboratory", "medical", "nhs", "of", "or", "practitioner", "science",
	"sciences", "scientist", "service",
	"services", "specialist", "student", "team", "technician", "technologist", "the", "trainee", "trust", "unit",
}

// runs are the runs of telling words in a text, the longest first. One word of several is none: "devices" alone does
// not tell which.
func runs(text string) []string {
	all := telling(text)
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

const mostNear = 3 // how many fields are offered where a text names none

// NearNames are the names, as one types them, of the fields that a text which names none may mean: those that share
// most telling words with it, and then others of their family. There are none where no field shares any.
func (f *Fields) NearNames(text string) []string {
	said := telling(text)
	shared := map[string]int{} // by the ID of the field
	var near []Field
	for i, names := range f.called() {
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

const mostOffered = 4 // how many fields are offered for what somebody is typing

// Offer says which field a text that is being typed is understood as, or "", and which fields would complete it.
// Nothing typed offers nothing, and any text may stay as it is.
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
	if meant = f.Understood(typed); meant == "" && len(names) == 0 {
		return "", f.NearNames(typed)
	}
	if meant != "" && len(names) > 0 && strings.EqualFold(names[0], meant) {
		return meant, names[:1] // an alias says which one it is
	}
	return meant, names
}

// begins says whether a name, or a word in it, begins with what was typed.
func begins(name, typed string) bool {
	return len(typed) <= len(name) && (strings.HasPrefix(name, typed) || strings.Contains(name, " "+typed))
}

// wordIn says whether a name stands in a text as whole words.
func wordIn(text, name string) bool {
	return words.In(text, name, func(r rune) bool { return r >= 'a' && r <= 'z' || r >= '0' && r <= '9' })
}

// nearness is how near an example is to a learner's own field.
type nearness int

// The nearest comes first.
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

// Says names an example for a learner in a field, so that one from next door is not taken for their own.
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

// Nearest orders examples for a learner in a field: its own, then its family's, its division's, and the rest, each in
// the order of the file. Without a field it is the order of the file.
func (f *Fields) Nearest(all []Example, field string) []Example {
	out := slices.Clone(all)
	sorting.By(out, func(a, b Example) int { return int(f.near(a, field)) - int(f.near(b, field)) })
	return out
}

// ExampleFor is the one example to show to a learner in a field. There is none where every example is from another
// division: that would teach somebody else's work.
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
