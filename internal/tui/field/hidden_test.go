package field

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
)

// A line that is longer than its field says on which side there is more.
func TestHidden(t *testing.T) {
	for _, x := range []struct {
		text          string
		several, home bool
		left, right   bool
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
		if left, right := f.Hidden(20); left != x.left || right != x.right {
			t.Errorf("%+v: left %v, right %v", x, left, right)
		}
	}
}
