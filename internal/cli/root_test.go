package cli

import "testing"

// What opens the screen alone is spared the commands; whatever else is written finds them all.
func TestOnlyScreen(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		args []string
		want bool
	}{
		{nil, true},
		{[]string{"--ascii"}, true},
		{[]string{"--profile", "rate"}, true},
		{[]string{"--profile=rate", "--as-of=2026-11-22"}, true},
		{[]string{"--profile", "x.toml", "--as-of", "2026-11-22", "--ascii"}, true},
		{[]string{"--theme", "dark"}, true},
		{[]string{"--theme=dark"}, true},
		{[]string{"--profile"}, true}, // its error is the same
		{[]string{"rate"}, false},
		{[]string{"--profile", "x.toml", "rate"}, false},
		{[]string{"--help"}, false},
		{[]string{"-h"}, false},
		{[]string{"--version"}, false},
		{[]string{"--"}, false},
		{[]string{"frobnicate"}, false},
		{[]string{"__complete", ""}, false},
	} {
		if got := onlyScreen(c.args); got != c.want {
			t.Errorf("%q: %t", c.args, got)
		}
	}
	if n := len(newBareRoot(&kit{}).Commands()); n != 0 {
		t.Errorf("the screen alone has %d commands", n)
	}
}
