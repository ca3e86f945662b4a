package field

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
)

// A line that is longer than its field says on which side it goes on.
func TestAFieldSaysWhereItGoesOn(t *testing.T) {
	for _, x := range []struct {
		text           string
		several, home  bool
		before, behind bool
	}{
		{"short", false, false, false, false},
		{strings.Repeat("word ", 10), false, false, true, false},
		{strings.Repeat("word ", 10), false, true, false, true},
		{strings.Repeat("word ", 10), true, false, false, false},
	} {
		f := New(x.several)
		f.Set(x.text)
		if x.home {
			f.Key(tea.KeyPressMsg{Code: tea.KeyHome})
		}
		f.Draw(20, 3)
		if before, behind := f.Hidden(20); before != x.before || behind != x.behind {
			t.Errorf("%+v: before %v, behind %v", x, before, behind)
		}
	}
}
