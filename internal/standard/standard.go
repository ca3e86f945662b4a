// Package standard is the occupational standard: its duties, its KSBs and the links between them. It reads the
// published text in one layout, and the TOML made from it, and checks both. It also reads KSB codes as people type
// them. It knows nothing of learners, levels or coaching.
package standard

import (
	"cmp"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/lazy"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/sorting"
)

// Kind is what a KSB is: knowledge, skill or behaviour.
type Kind byte

// The kinds; each is the letter that starts the code of a KSB.
const (
	Knowledge Kind = 'K'
	Skill     Kind = 'S'
	Behaviour Kind = 'B'
)

// String is the kind's name in lower case.
func (k Kind) String() string {
	switch k {
	case Knowledge:
		return "knowledge"
	case Skill:
		return "skill"
	case Behaviour:
		return "behaviour"
	}
	return "unknown"
}

// Kinds lists the kinds in the order in which standards print them.
var Kinds = []Kind{Knowledge, Skill, Behaviour}

// KSB is one knowledge, skill or behaviour statement. Text is the published wording, letter for letter.
type KSB struct {
	ID     string
	Kind   Kind
	Text   string
	Duties []int // numbers of the duties that name it, in duty order
}

// Duty is a numbered duty with the KSBs it is linked to, in published order.
type Duty struct {
	Number int
	Text   string
	KSBs   []string
}

// Standard is an occupational standard. Make one with ParsePublished or Decode, which also check it and build its
// indices. It is never changed after that.
type Standard struct {
	Reference string // such as ST0413
	Title     string
	Level     int    // in the qualification framework, 2 to 8
	Status    string // as the source gives it, such as "Standard in development"
	Duties    []Duty
	KSBs      []KSB // in published order: K1.. S1.. B1..
	Part      bool  // made by Only: some of its KSBs are left out

	byID  map[string]int // index into KSBs
	walk  []string
	place map[string]int // index into walk
}

// Only is the standard with some of its KSBs, each in its home duty and in no other; nil if none of the codes is in the
// standard.
func (s *Standard) Only(ids []string) *Standard {
	part := &Standard{Reference: s.Reference, Title: s.Title, Level: s.Level, Status: s.Status, Part: true}
	part.KSBs = lists.Where(s.KSBs, func(k KSB) bool { return slices.Contains(ids, k.ID) })
	for _, d := range s.Duties {
		d.KSBs = lists.Where(d.KSBs, func(id string) bool { return slices.Contains(ids, id) && s.Home(id) == d.Number })
		if len(d.KSBs) > 0 {
			part.Duties = append(part.Duties, d)
		}
	}
	if part.finish() != nil {
		return nil
	}
	return part
}

// Licence and Source are the attribution that the text of every published standard needs.
const (
	Licence = "Open Government Licence v3.0"
	Source  = "Skills England (Institute for Apprenticeships and Technical Education), Crown copyright"
)

// Caveat is shown wherever the wording of a KSB or a duty is shown as the standard's own.
const Caveat = "published draft; your training plan names the version you are on"

// KSB finds a statement by its code.
func (s *Standard) KSB(id string) (KSB, bool) {
	i, ok := s.byID[id]
	if !ok {
		return KSB{}, false
	}
	return s.KSBs[i], true
}

// Duty finds a duty by its number.
func (s *Standard) Duty(number int) (Duty, bool) {
	return lists.First(s.Duties, func(d Duty) bool { return d.Number == number })
}

// Walk lists the codes of all KSBs once each, in the order in which the duties first name them. This is the order in
// which learners rate themselves.
func (s *Standard) Walk() []string { return s.walk }

// Place is the position of a KSB in the walk, counted from 0; -1 for a code that is not in the standard.
func (s *Standard) Place(id string) int {
	if i, ok := s.place[id]; ok {
		return i
	}
	return -1
}

// Home is the number of the first duty that names a KSB, under which the walk rates it; 0 for an unknown code.
func (s *Standard) Home(id string) int {
	k, ok := s.KSB(id)
	if !ok || len(k.Duties) == 0 {
		return 0
	}
	return k.Duties[0]
}

// Links is the number of links between duties and KSBs.
func (s *Standard) Links() int {
	n := 0
	for _, d := range s.Duties {
		n += len(d.KSBs)
	}
	return n
}

// Count is the number of KSBs of one kind.
func (s *Standard) Count(k Kind) int {
	return lists.Count(s.KSBs, func(x KSB) bool { return x.Kind == k })
}

// Heading names a standard with its level, such as "ST0413 Healthcare science practitioner, level 6".
func (s *Standard) Heading() string {
	return fmt.Sprintf("%s %s, level %d", s.Reference, s.Title, s.Level)
}

// Sorted lists the codes that are the keys of a map, in the order of Compare.
func Sorted[V any](byCode map[string]V) []string {
	codes := slices.Collect(maps.Keys(byCode))
	sorting.By(codes, Compare)
	return codes
}

// Compare orders KSB codes as people do: K before S before B, and K2 before K10. Other text sorts last.
func Compare(a, b string) int {
	ka, na := codeRank(a)
	kb, nb := codeRank(b)
	return cmp.Or(ka-kb, na-nb, strings.Compare(a, b))
}

func codeRank(id string) (kind, number int) {
	k, n, ok := SplitCode(id)
	if !ok {
		return len(Kinds), 0
	}
	return slices.Index(Kinds, k), n
}

// SplitCode splits a code such as K12 into its kind and its number. It refuses anything but a capital K, S or B with a
// number from 1 to 999 and no leading zero.
func SplitCode(id string) (Kind, int, bool) {
	if len(id) < 2 || len(id) > 4 || id[1] == '0' || !slices.Contains(Kinds, Kind(id[0])) {
		return 0, 0, false
	}
	n, err := strconv.ParseUint(id[1:], 10, 16)
	if err != nil {
		return 0, 0, false
	}
	return Kind(id[0]), int(n), true
}

// finish builds the indices and checks that the parts fit together.
func (s *Standard) finish() error {
	s.byID = make(map[string]int, len(s.KSBs))
	for i := range s.KSBs {
		k := &s.KSBs[i]
		kind, _, ok := SplitCode(k.ID)
		if !ok {
			return fmt.Errorf("ksb %q: a code is K, S or B with a number, such as K7", k.ID)
		}
		if _, twice := s.byID[k.ID]; twice {
			return fmt.Errorf("ksb %s is listed twice", k.ID)
		}
		if k.Text == "" {
			return fmt.Errorf("ksb %s has no text", k.ID)
		}
		k.Kind, k.Duties = kind, nil
		s.byID[k.ID] = i
	}
	s.place = make(map[string]int, len(s.KSBs))
	s.walk = nil
	numbers := map[int]bool{}
	for _, d := range s.Duties {
		if d.Number < 1 || numbers[d.Number] {
			return fmt.Errorf("duty %d: numbers start at 1 and are used once each", d.Number)
		}
		numbers[d.Number] = true
		if err := s.link(d); err != nil {
			return err
		}
	}
	return s.complete()
}

// link adds a duty to the KSBs that it names, and those that are new to the walk.
func (s *Standard) link(d Duty) error {
	if d.Text == "" || len(d.KSBs) == 0 {
		return fmt.Errorf("duty %d has no text or no KSBs", d.Number)
	}
	for _, id := range d.KSBs {
		i, ok := s.byID[id]
		if !ok {
			return fmt.Errorf("duty %d names %q, which is not among the KSBs", d.Number, id)
		}
		k := &s.KSBs[i]
		if slices.Contains(k.Duties, d.Number) {
			return fmt.Errorf("duty %d names %s twice", d.Number, id)
		}
		if len(k.Duties) == 0 {
			s.place[id] = len(s.walk)
			s.walk = append(s.walk, id)
		}
		k.Duties = append(k.Duties, d.Number)
	}
	return nil
}

// complete says what is missing from a standard whose duties are linked.
func (s *Standard) complete() error {
	switch {
	case s.Reference == "":
		return fmt.Errorf("the reference number is missing")
	case s.Title == "":
		return fmt.Errorf("the title is missing")
	case s.Level < 2 || s.Level > 8:
		return fmt.Errorf("level %d: levels run from 2 to 8", s.Level)
	case len(s.Duties) == 0:
		return fmt.Errorf("there are no duties")
	}
	for _, k := range s.KSBs {
		if len(k.Duties) == 0 {
			return fmt.Errorf("ksb %s is in no duty", k.ID)
		}
	}
	return nil
}

// codeForm is a code as people type it: in any case, with a space, dot or hyphen behind the letter, with leading
// zeros, or with a dot or colon at the end.
var codeForm = lazy.Value[*regexp.Regexp]{Make: func() *regexp.Regexp {
	return regexp.MustCompile(`^([A-Za-z])[\s.-]*0*([0-9]+)[.:]?$`)
}}

// Code reads a KSB code as people type it: K7 from k7, K07 or "k 7". Anything else is returned in capitals without the
// spaces around it, to be looked up and refused. A code that is returned need not exist.
func Code(typed string) string {
	typed = strings.TrimSpace(typed)
	if m := codeForm.Get().FindStringSubmatch(typed); m != nil {
		return strings.ToUpper(m[1]) + m[2]
	}
	return strings.ToUpper(typed)
}

// Codes splits a typed list of codes at commas, spaces, "and" and the like, and returns each code as it was typed. A
// letter and its number with a space between them, "k 7", are one code.
func Codes(typed string) []string {
	words := strings.FieldsFunc(typed, func(r rune) bool { return strings.ContainsRune(" ,;/+&\n\t", r) })
	var out []string
	for i := 0; i < len(words); i++ {
		word := words[i]
		if i+1 < len(words) && len(word) == 1 && isNumber(words[i+1]) {
			word += words[i+1]
			i++
		}
		if !strings.EqualFold(word, "and") {
			out = append(out, word)
		}
	}
	return out
}

// ReadCodes reads a typed list of codes: those that are in the standard, once each, and the words that are not.
func (s *Standard) ReadCodes(typed string) (codes, rest []string) {
	for _, word := range Codes(typed) {
		k, ok := s.KSB(Code(word))
		if !ok {
			rest = append(rest, word)
		} else if !slices.Contains(codes, k.ID) {
			codes = append(codes, k.ID)
		}
	}
	return codes, rest
}

func isNumber(s string) bool { return strings.Trim(s, "0123456789") == "" }

// ReadKind reads a kind of KSB by its letter or its name: "K", "knowledge", "skill" or "skills".
func ReadKind(typed string) (Kind, bool) {
	word := strings.ToLower(strings.TrimSpace(typed))
	return lists.First(Kinds, func(k Kind) bool {
		return word == strings.ToLower(string(rune(k))) || strings.TrimSuffix(word, "s") == k.String()
	})
}
