package forms

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/tui/dialog"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// CodesAdvice goes with a field that asks for KSBs.
const CodesAdvice = "Codes such as K7, S7; or what you call it, such as GDPR: choose below."

func codesSays(kind string) string {
	if kind == profile.KindExample {
		return "one code, such as K7, or what you call it, such as GDPR; for several choose another kind"
	}
	return "codes such as K7, S7, or what you call it, such as GDPR; up to four is what one piece carries well"
}

// ReadKSBs reads codes as people write them, such as "K7, s7 and B1", each once. Anything else is left out here and
// refused by CheckKSBs.
func ReadKSBs(std *standard.Standard, s string) []string {
	codes, _ := readCodes(std, s)
	return codes
}

// mostPicks is how many KSBs are offered for words that are typed.
const mostPicks = 5

// PickKSBs is a Field.Pick for codes of the standard: what the finder would find for the words behind the codes that are
// there already.
func PickKSBs(c *ui.Context) func(string) []ui.Pick {
	return func(typed string) []ui.Pick {
		codes, rest := codesFirst(c.Standard, typed)
		if rest == "" {
			return nil
		}
		var out []ui.Pick
		for _, m := range dialog.Matches(c, rest, mostPicks) {
			text := strings.Join(codes, ", ")
			if !slices.Contains(codes, m.KSB) {
				text = strings.Join(append(slices.Clone(codes), m.KSB), ", ")
			}
			out = append(out, ui.Pick{Says: m.KSB + " " + c.Title(m.KSB) + words.After(". ", m.Says), Text: text + ", "})
		}
		return out
	}
}

// MeantKSBs is a Field.Offer that names the KSBs whose codes were typed or chosen. Those that the form was opened with it
// names itself.
func MeantKSBs(c *ui.Context, had []string) func(string) ui.Offer {
	return func(typed string) ui.Offer {
		var named []string
		for _, id := range ReadKSBs(c.Standard, typed) {
			if !slices.Contains(had, id) {
				named = append(named, id+" "+c.Title(id))
			}
		}
		return ui.Offer{Meant: strings.Join(named, "; ")}
	}
}

// codesFirst takes apart the codes that a text begins with and the words behind them.
func codesFirst(std *standard.Standard, typed string) (codes []string, rest string) {
	list := standard.Codes(typed)
	for i, word := range list {
		id := standard.Code(word)
		if _, ok := std.KSB(id); !ok {
			return codes, strings.Join(list[i:], " ")
		}
		if !slices.Contains(codes, id) {
			codes = append(codes, id)
		}
	}
	return codes, ""
}

// readCodes returns the codes in a text, and the first word that is not one.
func readCodes(std *standard.Standard, s string) (codes []string, wrong string) {
	for _, word := range standard.Codes(s) {
		id := standard.Code(word)
		if _, ok := std.KSB(id); !ok {
			if wrong == "" {
				wrong = word
			}
			continue
		}
		if !slices.Contains(codes, id) {
			codes = append(codes, id)
		}
	}
	return codes, wrong
}

// CheckKSBs is a Field.Check for codes of the standard. For other words it names the codes that the finder would find.
func CheckKSBs(c *ui.Context) func(string) string {
	return func(s string) string {
		codes, wrong := readCodes(c.Standard, s)
		switch {
		case wrong != "":
			return unknownSays(c, s, wrong)
		case len(codes) == 0 && s != "":
			return "write at least one code, such as K7"
		}
		return ""
	}
}

// checkCodes is CheckKSBs with the rule for how many a kind of evidence may show.
func checkCodes(c *ui.Context, kind string) func(string) string {
	return func(s string) string {
		if says := CheckKSBs(c)(s); says != "" {
			return says
		}
		if rule := profile.MayShow(kind, ReadKSBs(c.Standard, s)); rule != nil {
			return rule.Error() + "; for more, Esc and choose another kind"
		}
		return ""
	}
}

const offered = 3

// unknownSays names the codes that fit what was typed, or says which codes there are.
func unknownSays(c *ui.Context, typed, wrong string) string {
	if found := dialog.Matches(c, safetext.Line(typed), offered); len(found) > 0 {
		named := make([]string, len(found))
		for i, x := range found {
			named[i] = x.KSB + " " + c.Title(x.KSB)
		}
		return "that fits " + strings.Join(named, "; ") + ": type the code"
	}
	if r := []rune(wrong); len(r) > 12 {
		wrong = string(r[:12])
	}
	known := profile.KnownCodes(c.Standard)
	return fmt.Sprintf("%s is not a code of %s; %s", safetext.Line(wrong), c.Standard.Reference, known)
}
