package cli

import (
	"errors"
	"slices"
	"testing"

	"github.com/spf13/cobra"
)

// If a command is given too few or too many arguments, that is wrong usage, explained in our own words.
func TestAWrongNumberOfArgumentsIsWrongUsage(t *testing.T) {
	t.Parallel()
	refused := 0
	var look func(cmd *cobra.Command)
	look = func(cmd *cobra.Command) {
		for n := range 12 {
			err := cmd.ValidateArgs(slices.Repeat([]string{"x"}, n))
			var usage *usageError
			if err == nil {
				continue
			}
			if refused++; !errors.As(err, &usage) {
				t.Errorf("%s with %d arguments: %v", cmd.CommandPath(), n, err)
			}
		}
		for _, sub := range cmd.Commands() {
			look(sub)
		}
	}
	look(Commands())
	if refused < 100 {
		t.Errorf("only %d times something was refused", refused)
	}
}

// If the arguments only open the screen, the commands are not built; with any others they are.
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
