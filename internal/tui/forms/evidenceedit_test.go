package forms_test

import (
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/tui/forms"
	"github.com/ksbcoach/ksbcoach/internal/tui/uitest"
)

func TestEvidenceEditChecks(t *testing.T) {
	c := uitest.Demo(80, 24)
	form := forms.EvidenceEdit(c, c.Profile.Evidence[0])
	check := map[string]func(string) string{}
	for _, f := range form.Fields {
		check[f.ID] = f.Check
	}
	for _, x := range []struct{ field, text, want string }{
		{"kind", "work product", ""},
		{"kind", "Work-Product", ""},
		{"kind", "wit", ""},
		{"kind", "case based discussion", ""},
		{"kind", "w", "write one of: example, "},
		{"kind", "photo", "write one of: "},
		{"kind", "", "write one of: "},
		{"duty", "", ""},
		{"duty", "10", ""},
		{"duty", "11", "1 to 10"},
		{"duty", "0", "1 to 10"},
		{"duty", "two", "1 to 10"},
		{"on", "2026-11-23", "still to come"},
		{"ksbs", "K7 S7", ""},
		{"ksbs", "K99", "is not a code"},
	} {
		if got := check[x.field](x.text); (got == "") != (x.want == "") || !strings.Contains(got, x.want) {
			t.Errorf("%s %q: %q", x.field, x.text, got)
		}
	}
	for ksbs, want := range map[string]string{"K7": "", "K7, S7": "kind"} {
		if field, _ := form.Together(map[string]string{"kind": "ex", "ksbs": ksbs}); field != want {
			t.Errorf("an example for %s: %q", ksbs, field)
		}
	}
}
