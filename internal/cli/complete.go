package cli

import (
	"strings"

	"github.com/spf13/cobra"

	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/library"
)

// completeKSB offers the codes with their titles to the shell.
func (k *kit) completeKSB(_ *cobra.Command, args []string, begun string) ([]string, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	var out []string
	for _, x := range k.library.Standard(library.Default).KSBs {
		if strings.HasPrefix(x.ID, strings.ToUpper(begun)) {
			out = append(out, x.ID+"\t"+k.library.Title(library.Default, x.ID))
		}
	}
	return out, cobra.ShellCompDirectiveNoFileComp
}

// completeRating offers a code, then a level.
func (k *kit) completeRating(cmd *cobra.Command, args []string, begun string) ([]string, cobra.ShellCompDirective) {
	if len(args) != 1 {
		return k.completeKSB(cmd, args, begun)
	}
	var out []string
	for l := level.NoOpportunity; l <= level.Max; l++ {
		out = append(out, l.String()+"\t"+k.library.Scale().Words(l).Name)
	}
	return out, cobra.ShellCompDirectiveNoFileComp
}
