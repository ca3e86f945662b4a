package forms

import (
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// mayBeEmpty is said of a field that nobody has to fill in.
const mayBeEmpty = "may stay empty"

// Due is the field for the day by which something is to be done. It refuses a day that is past, but not the one that
// was set before.
func Due(c *ui.Context, label string, set calendar.Date) ui.Field {
	ahead := func(d calendar.Date) error { return profile.MayBeDue(d, set, c.Today) }
	return ui.Field{
		ID: "due", Label: label, Says: mayBeEmpty, Value: set.String(), Day: ui.DueDay, Check: ui.CheckDay(ahead),
	}
}

// OneOf reads a word of a list by its first letters, and false where they are those of none or of several.
func OneOf[T ~string](text string, list []T) (found T, ok bool) {
	word := hyphened(text)
	for _, x := range list {
		switch {
		case hyphened(string(x)) == word:
			return x, true
		case word == "" || !strings.HasPrefix(hyphened(string(x)), word):
		case found != "":
			return "", false
		default:
			found = x
		}
	}
	return found, found != ""
}

// hyphened makes words and hyphens alike.
func hyphened(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return r == ' ' || r == '-' }), "-")
}

// CheckOneOf is a Field.Check for what OneOf reads; names say which words there are.
func CheckOneOf[T ~string](list []T, names string) func(string) string {
	return func(text string) string {
		if _, ok := OneOf(text, list); !ok {
			return "write " + names
		}
		return ""
	}
}
