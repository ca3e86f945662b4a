// Package privacy guards patients: it finds places in a learner's texts that look as if they named one, says why that
// matters and what to write instead, and takes them out. It uses no list of people: it looks at the form of numbers, at
// their check digits and at the words around them. So it misses a patient described by something rare ("the only
// farrier on the ward"), and a name without a title or a word for a patient near it.
//
// Text goes in and findings come out. A Finding has the kind and the position but never the text itself, so that it is
// safe to print.
//
// There are no regular expressions, since compiling them would slow the start of the program: scan cuts a text into
// tokens once, and each rule looks at the tokens around one position.
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

const (
	kindEmail    Kind = "email"
	kindNHS      Kind = "nhs"
	kindCHI      Kind = "chi" // Community Health Index, Scotland
	kindHC       Kind = "hc"  // Health and Care number, Northern Ireland
	kindHospital Kind = "hospital"
	kindPhone    Kind = "phone"
	kindDOB      Kind = "dob"
	kindPostcode Kind = "postcode"
	kindName     Kind = "name"
	kindInitials Kind = "initials"
)

// about has the words for a kind. They are parts of sentences.
type about struct {
	kind    Kind
	like    string // what it looks like: "an NHS number"
	why     string // why it should not be in a note
	instead string // what to write instead
	gone    string // what was taken out: "NHS number"
}

// kinds lists the most certain kind first: where two findings overlap, the earlier kind wins.
var kinds = []about{
	{
		kindEmail, "an e-mail address", "it leads straight to a person",
		"say who they are instead, such as \"the daughter\" or \"the supplier\"", "e-mail address",
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
		kindHospital, "a hospital or sample number", "anybody who can use the system can look the patient up with it",
		"leave it out, or say what sort of case it was", "hospital number",
	},
	{
		kindPhone, "a phone number", "it leads straight to a person",
		"say who was rung: \"I rang the patient\", \"I rang the ward\"", "phone number",
	},
	{
		kindDOB, "a date of birth", "together with a place and a date it is often enough to recognise somebody",
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
		kindInitials, "a patient's initials", "initials with an age or a ward are often enough to recognise somebody",
		"write \"the patient\", with the age in tens of years if it matters", "initials",
	},
}

// Limits says what the guard cannot find, for help pages.
const Limits = "The check looks at the form of numbers and at the words around a name. It cannot recognise a patient " +
	"by something rare (\"the only farrier on the ward\"), by a first name alone or in a picture, and it may take " +
	"the number of a thing for a patient's. It does not look for names of staff: those after Dr, Prof. or Sister, " +
	"and a Mr or Mrs whom the words around the name call a colleague. So read your notes through before you hand " +
	"them on."

// Finding is a piece of a text that looks as if it named a patient.
type Finding struct {
	Kind       Kind
	Start, End int    // in bytes of the text
	Line       int    // from 1
	Mark       string // a short code for the kind and text: see mark
}

func (k Kind) rank() int { return slices.IndexFunc(kinds, func(x about) bool { return x.kind == k }) }

func (k Kind) about() about { return kinds[k.rank()] }

// takenOut replaces what was taken out.
func (k Kind) takenOut() string { return "[" + k.about().gone + " taken out]" }

// find lists the places in a text that look as if they named a patient, in order and without overlaps.
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

// rules each report whether something that names a patient begins (or, for an e-mail address, has its @) at a token.
var rules = []func(s *scanner, i int) (Finding, bool){
	(*scanner).email, (*scanner).national, (*scanner).hospital, (*scanner).phone, (*scanner).birthDate,
	(*scanner).postcode, (*scanner).titledName, (*scanner).titledPatient, (*scanner).patientName, (*scanner).listedName,
	(*scanner).initials,
}

// mayHold reports whether a text has anything that a finding needs: a digit, an @, a capital, or "mr".
func mayHold(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool {
		return r >= '0' && r <= '9' || r == '@' || unicode.IsUpper(r)
	}) || strings.Contains(text, "mr")
}

// settle keeps the most certain of findings that overlap, the longest if they are equally certain. It fills in the line
// and the mark of each.
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

const markSigns = "23456789abcdefghjkmnpqrstuvwxyz" // without letters and digits that look alike

// mark makes a short code for a text, such as nhs-7k2m, which the profile keeps when the learner says that the text
// does not name a patient. Only letters and digits count, so that the same number with other spaces has the same mark.
// Four signs are few on purpose: with about 900,000 marks, the findings of one record have different ones, but about a
// thousand NHS numbers share each, so that nobody can work a number out from its mark.
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

// redact replaces findings in a text, which must be in order, by what was taken out.
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

// without leaves out the findings that the learner has cleared: those whose mark the profile keeps.
func without(found []Finding, cleared []string) []Finding {
	return lists.Where(found, func(f Finding) bool { return !slices.Contains(cleared, f.Mark) })
}
