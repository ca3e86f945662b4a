package cli

import (
	"github.com/spf13/cobra"

	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/standard"
)

func newTarget(k *kit) *cobra.Command {
	return &cobra.Command{
		Use:     "target KSB LEVEL",
		Short:   "Set the level you want by gateway",
		Long:    "Sets the level wanted at gateway for one KSB, from 1 to 4. It is 3 where nothing else is set.",
		Example: "ksbcoach target S17 4",
		Args:    takes("KSB", "LEVEL"),
		RunE:    k.setTarget,
	}
}

func (k *kit) setTarget(cmd *cobra.Command, args []string) error {
	l, err := level.Typed(args[1])
	if err != nil || l < 1 {
		return misused(cmd, "%q is no target: choose 1, 2, 3 or 4", args[1])
	}
	var x standard.KSB
	return k.edit(func(s *session.Session) error {
		if x, err = ksbCode(s.Standard(), args[0]); err != nil {
			return err
		}
		return s.Do(profile.SetTarget{KSB: x.ID, Level: l, Default: k.library.Scale().Target})
	}, func(s *session.Session, p *page) {
		words := k.library.Scale().Words(l)
		p.Para(0, "%s is wanted at %s %s by gateway: %s", x.ID, l, words.Name, words.For(x.Kind))
		p.next("ksbcoach gaps")
	})
}
