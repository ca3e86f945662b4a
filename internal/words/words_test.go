package words_test

import (
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/words"
)

func TestWords(t *testing.T) {
	for want, got := range map[string]string{
		"1 goal":            words.Count(1, "goal", "goals"),
		"0 goals":           words.Count(0, "goal", "goals"),
		"Élan":              words.Capital("élan"),
		"Supported":         words.Capital("supported"),
		"with: Ode, late":   strings.Join(words.Given(words.After("with: ", "Ode"), words.After("by ", ""), "late"), ", "),
		"":                  words.Capital("") + words.List(nil),
		"K7":                words.List([]string{"K7"}),
		"K7 and S7":         words.List([]string{"K7", "S7"}),
		"K7, S7 and S17":    words.List([]string{"K7", "S7", "S17"}),
		"yes, partly or no": words.Either([]string{"yes", "partly", "no"}),
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
