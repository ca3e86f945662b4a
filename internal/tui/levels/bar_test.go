package levels

import (
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/tui/theme"
)

// A bar marks the target, and draws levels expected by now unlike later ones, in Unicode and in ASCII.
func TestBar(t *testing.T) {
	timed := func(target, expected level.Level) Aim { return Aim{target, expected, true} }
	for _, c := range []struct {
		s           Aim
		l           level.Level
		want, ascii string
	}{
		{timed(3, 2), 0, "▫▫·│", "..-|"},
		{timed(3, 2), 1, "▪▫·│", "#.-|"},
		{timed(3, 2), 2, "▪▪·│", "##-|"},
		{timed(3, 2), 3, "▪▪•│", "##+|"},
		{timed(3, 2), 4, "▪▪•│•", "##+|+"},
		{timed(4, 0), 1, "•···│", "+---|"},
		{Aim{Target: 3}, 1, "▪▫▫│", "#..|"},
		{Aim{Target: 3}, level.NoOpportunity, "▫▫▫│", "...|"},
		{Aim{Target: 3}, 3, "▪▪▪│", "###|"},
		{Aim{Target: 2}, 4, "▪▪│••", "##|++"},
	} {
		if got := c.s.Bar(c.l, theme.New(true, false)); got != c.want {
			t.Errorf("%+v at %s: %s, want %s", c.s, c.l, got, c.want)
		}
		if got := c.s.Bar(c.l, theme.New(true, true)); got != c.ascii {
			t.Errorf("%+v at %s: %s, want %s", c.s, c.l, got, c.ascii)
		}
	}
}
