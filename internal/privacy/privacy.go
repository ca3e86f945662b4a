// Package privacy is the guard for patients: it finds what looks as if it named one in what a learner typed, says why
// and what to write instead, and takes it out. It asks no file and no list of people: it goes by the form of a number,
// by its check digit and by the words around it. So it cannot know a patient who is told by what is rare about them
// ("the only farrier on the ward"), nor a name that has no title and no word for a patient beside it.
//
// Text comes in and findings go out. A finding says of what kind it is and where it is, and never holds the text
// itself, so that it may be printed and logged.
//
// There are no regular expressions: a text is cut into tokens once, and each rule is a walk over those. That starts in
// no time and says in plain words what a rule goes by.
package privacy

import (
	"cmp"
	"hash/fnv"
	"slices"
	"strings"
	"unicode"

	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/sorting"
)

// Kind is what a piece of text looks like.
type Kind string

// The kinds.
const (
	kindEmail    Kind = "email"
	kindNHS      Kind = "nhs"
	kindCHI      Kind = "chi"
	kindHC       Kind = "hc"
	kindHospital Kind = "hospital"
	kindPhone    Kind = "phone"
	kindDOB      Kind = "dob"
	kindPostcode Kind = "postcode"
	kindName     Kind = "name"
	kindInitials Kind = "initials"
)

// about is what is said of a kind: what it looks like, such as "an NHS number", and as the middle of a sentence why it
// should not be there and what to write instead.
type about struct {
	kind                     Kind
	like, why, instead, gone string
}

// kinds are in the order in which the surer one is taken where two findings overlap.
var kinds = []about{
	{
		kindEmail, "an e-mail address", "an address leads straight to a person",
		"say who it was by their part, such as \"the daughter\" or \"the supplier\"", "e-mail address",
	},
	{
		kindNHS, "an NHS number", "it names one patient in the whole country",
		"leave it out: \"a patient\" is enough, and your service can find the case again without you", "NHS number",
	},
	{
		kindCHI, "a CHI number", "it names one patient in Scotland, and holds the day they were born",
		"leave it out: \"a patient\" is enough", "CHI number",
	},
	{
		kindHC, "a Health and Care number", "it names one patient in Northern Ireland",
		"leave it out: \"a patient\" is enough", "Health and Care number",
	},
	{
		kindHospital, "a hospital or sample number", "whoever has the system can look the patient up by it",
		"leave it out, or say what sort of case it was", "hospital number",
	},
	{
		kindPhone, "a phone number", "a number leads straight to a person",
		"say who was rung: \"I rang the patient\", \"I rang the ward\"", "phone number",
	},
	{
		kindDOB, "a date of birth", "with the place and the day it is often enough to know the person",
		"write the age in tens of years, such as \"in her seventies\"", "date of birth",
	},
	{
		kindPostcode, "a postcode", "about fifteen homes share one",
		"say what mattered about it, such as \"lives far from the clinic\"", "postcode",
	},
	{
		kindName, "the name of a patient or of their family", "it names the person",
		"write \"the patient\", \"a man in his fifties\" or \"the daughter\"", "name",
	},
	{
		kindInitials, "a patient's initials", "initials with an age or a ward are often enough to know the person",
		"write \"the patient\", with the age in tens of years if it matters", "initials",
	},
}

// Limits says what the guard cannot know, for help and handbooks.
const Limits = "The guard goes by the form of numbers and by the words beside a name. It cannot know a patient who " +
	"is told by what is rare about them (\"the only farrier on the ward\"), a first name alone, or a picture; and it " +
	"may take a number of a thing for one of a person. Names of staff are not looked for: Dr, Prof. and Sister, and " +
	"a Mr or Mrs whom the words beside the name call a colleague. So read your notes through before you hand them on."

// Finding is a piece of a text that looks as if it named a patient.
type Finding struct {
	Kind       Kind
	Start, End int    // in bytes of the text
	Line       int    // from 1
	Mark       string // what it is known by when the learner says that it is no identifier
}

func (k Kind) rank() int { return slices.IndexFunc(kinds, func(x about) bool { return x.kind == k }) }

func (k Kind) about() about { return kinds[k.rank()] }

// takenOut stands in the place of what was taken out.
func (k Kind) takenOut() string { return "[" + k.about().gone + " taken out]" }

// find gives what in a text looks as if it named a patient, in the order of the text, none overlapping another.
func find(text string) []Finding {
	if !mayHold(text) {
		return nil
	}
	s := scan(text)
	var all []Finding
	for i := range s.tokens {
		for _, rule := range rules {
			if f, ok := rule(s, i); ok {
				all = append(all, f)
			}
		}
	}
	return s.settle(all)
}

// rules look whether something begins at a token.
var rules = []func(s *scanner, i int) (Finding, bool){
	(*scanner).email, (*scanner).national, (*scanner).hospital, (*scanner).phone, (*scanner).birthDate, (*scanner).postcode,
	(*scanner).titledName, (*scanner).titledPatient, (*scanner).patientName, (*scanner).listedName, (*scanner).initials,
}

// mayHold says whether a text has anything that a finding could begin with: a digit, an at sign or a capital.
func mayHold(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool {
		return r >= '0' && r <= '9' || r == '@' || unicode.IsUpper(r)
	}) || strings.Contains(text, "mr")
}

// settle takes the surer one of findings that overlap, and notes the line and the mark of each.
func (s *scanner) settle(all []Finding) []Finding {
	sorting.By(all, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.Kind.rank(), b.Kind.rank()), cmp.Compare(b.End-b.Start, a.End-a.Start))
	})
	var out []Finding
	for _, f := range all {
		if !slices.ContainsFunc(out, func(g Finding) bool { return f.Start < g.End && g.Start < f.End }) {
			f.Line = 1 + strings.Count(s.text[:f.Start], "\n")
			f.Mark = mark(f.Kind, s.text[f.Start:f.End])
			out = append(out, f)
		}
	}
	sorting.By(out, func(a, b Finding) int { return cmp.Compare(a.Start, b.Start) })
	return out
}

const markSigns = "23456789abcdefghjkmnpqrstuvwxyz" // letters and digits that are not taken for one another

// mark is what a text is known by once the learner has said that it is no identifier, such as nhs-7k2m. It goes by
// letters and digits alone, so that the same number with other spaces has the same. It is short on purpose: one text in
// about 900,000 has the same, which tells the findings of a record apart, while about a thousand NHS numbers have each,
// so that none can be read back out of it.
func mark(k Kind, text string) string {
	h := fnv.New64a()
	for _, r := range strings.ToLower(text) {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || r == '@' {
			_, _ = h.Write([]byte(string(r)))
		}
	}
	sum := h.Sum64()
	sum ^= sum >> 32
	out := []byte(string(k) + "-")
	for range 4 {
		out = append(out, markSigns[sum%uint64(len(markSigns))])
		sum /= uint64(len(markSigns))
	}
	return string(out)
}

// redact is a text with findings of it taken out, and what was there said in its place.
func redact(text string, found []Finding) string {
	var b strings.Builder
	at := 0
	for _, f := range found {
		b.WriteString(text[at:f.Start])
		b.WriteString(f.Kind.takenOut())
		at = f.End
	}
	b.WriteString(text[at:])
	return b.String()
}

// without are findings without those that the learner has marked as no identifiers.
func without(found []Finding, marked []string) []Finding {
	return lists.Where(found, func(f Finding) bool { return !slices.Contains(marked, f.Mark) })
}
