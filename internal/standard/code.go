package standard

import (
	"regexp"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/lazy"
)

// codeForm is a code as people write it: in any case, with a blank behind the letter, or with noughts before the number.
var codeForm = lazy.Value[*regexp.Regexp]{Make: func() *regexp.Regexp { return regexp.MustCompile(`^([A-Za-z])[\s.-]*0*([0-9]+)[.:]?$`) }}

// Code is the code of a KSB as it is meant: K7 for k7, K07 or "k 7". What is no code comes back without the blanks around it, in
// capitals, so that it can be looked up and refused.
func Code(typed string) string {
	typed = strings.TrimSpace(typed)
	if m := codeForm.Get().FindStringSubmatch(typed); m != nil {
		return strings.ToUpper(m[1]) + m[2]
	}
	return strings.ToUpper(typed)
}

// Codes divides a list of codes as people write it, with commas, blanks, and the like between, and gives each as typed: a letter
// with its number behind a blank is one.
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

func isNumber(s string) bool { return strings.Trim(s, "0123456789") == "" }

// ReadKind reads a kind of KSB by its letter or its name, such as K or knowledge.
func ReadKind(typed string) (Kind, bool) {
	word := strings.ToLower(strings.TrimSpace(typed))
	for _, k := range Kinds {
		if word == strings.ToLower(string(rune(k))) || strings.TrimSuffix(word, "s") == strings.TrimSuffix(k.String(), "s") {
			return k, true
		}
	}
	return 0, false
}
