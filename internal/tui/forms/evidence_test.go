package forms_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/tui/forms"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/uitest"
)

func TestCheckCodes(t *testing.T) {
	c := uitest.Demo(80, 24)
	for _, x := range []struct{ kind, text, want string }{
		{"feedback", "K7, S7", ""},
		{"feedback", "k7 and b1.", ""},
		{"feedback", " , ", "at least one code"},
		{"feedback", "K7 K99", "K99 is not a code of ST0413; its codes run K1 to K33"},
		{"feedback", "interpreting data", "that fits S6 "},
		{"feedback", "K7, consent, K9", `"consent" fits K12 `},
		{"feedback", "S, K7", `"S" fits S1 `},
		{"feedback", "law, K7, K99", "K99 is not a code"},
		{"feedback", "handover zz", "zz is not a code"},
		{"feedback", "gdpr, handover", `"gdpr" fits K18 `},
		{"feedback", "K7 to K9", "to is not a code"},
		{"feedback", "zzz", "zzz is not a code of ST0413"},
		{profile.KindExample, "K7", ""},
		{profile.KindExample, "K7 S7", "one situation for one KSB"},
	} {
		got := forms.CheckCodes(c, x.kind)(x.text)
		if (got == "") != (x.want == "") || !strings.Contains(got, x.want) {
			t.Errorf("%s %q: %q", x.kind, x.text, got)
		}
	}
}

// In a field for KSBs, words find codes as in the finder, and what is picked is added after the codes that are there.
func TestPickKSBs(t *testing.T) {
	pick := forms.KSBs(uitest.Demo(80, 24), "", "", nil).Pick
	for typed, want := range map[string]ui.Pick{
		"gdpr":             {Says: "K18 Confidentiality and its limits. Also called: GDPR", Text: "K18, "},
		"K7, hand hygeine": {Says: "S23 Keeping the workplace safe. Also called: hand hygiene", Text: "K7, S23, "},
		"s23 k 7 handover": {Says: "S14 Passing on technical information. Also called: handover", Text: "S23, K7, S14, "},
		"K12, consent":     {Says: "K12 A person's rights in consent", Text: "K12, "},
		"consent, K7":      {Says: "K12 A person's rights in consent", Text: "K7, K12, "},
		"K7 to K9":         {},
		"":                 {},
		"K7":               {},
		"K7, S7 and ":      {},
		"K7, zzqq":         {},
	} {
		got := append(pick(typed), ui.Pick{})
		if got[0] != want || len(got) > 6 {
			t.Errorf("%q: %d offered, first %+v, want %+v", typed, len(got)-1, got[0], want)
		}
	}
	for n := range "information" {
		if typed := "information"[:n+1]; len(pick(typed)) == 0 {
			t.Errorf("nothing is offered at %q", typed)
		}
	}
}

func TestReadKSBs(t *testing.T) {
	c := uitest.Demo(80, 24)
	for text, want := range map[string][]string{
		"": nil, "k7": {"K7"}, "K7,S7": {"K7", "S7"}, " K7 , s7; K7 ": {"K7", "S7"}, "K7 and S7 & B1": {"K7", "S7", "B1"},
	} {
		if got := forms.ReadKSBs(c.Standard, text); !slices.Equal(got, want) {
			t.Errorf("%q: %v", text, got)
		}
	}
}

// Every kind of evidence is offered with a line about it; an example only for a single KSB.
func TestKinds(t *testing.T) {
	c := uitest.Demo(80, 24)
	for n, hand := range map[int]ui.Hand{len(profile.Kinds): {KSBs: []string{"K7"}}, len(profile.Kinds) - 1: {KSBs: []string{"K7", "S7"}}} {
		ask := forms.AddEvidence(c, hand, nil)
		if len(ask.Options) != n || len(forms.Kinds(hand)) != n || !strings.HasPrefix(ask.Says, "For K7 ") {
			t.Errorf("%+v", ask)
		}
		for _, o := range ask.Options {
			if o.Text == "" || o.Says == "" {
				t.Errorf("%+v", o)
			}
		}
	}
}
