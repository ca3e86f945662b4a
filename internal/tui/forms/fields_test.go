package forms_test

import (
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/tui/forms"
)

func TestOneOf(t *testing.T) {
	kinds := []string{"progress", "observed-procedure", "observed", "appraisal"}
	for text, want := range map[string]string{
		"Progress": "progress", " ap ": "appraisal", "observed procedure": "observed-procedure", "observed": "observed",
		"obs": "", "": "", "progressive": "",
	} {
		if got, ok := forms.OneOf(text, kinds); got != want || ok != (want != "") {
			t.Errorf("%q: %q, %v", text, got, ok)
		}
		says := forms.CheckOneOf(kinds, "one of them")(text)
		if (want == "") != (says == "write one of them") {
			t.Errorf("%q: %q", text, says)
		}
	}
	if got, _ := forms.OneOf("g", profile.ReviewKinds); got != profile.ReviewGateway {
		t.Errorf("of another type: %q", got)
	}
}
