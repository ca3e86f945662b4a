package cli

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/library"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/standard"
)

// offers give the words that may stand at a place, each with what it means behind a tab.
type offers func() []string

// complete gives every command the completion of its arguments, by their names in its usage, and of its flags, by theirs. What is
// not a choice among words offers nothing, and a FILE the shell's own files.
func (k *kit) complete(cmd *cobra.Command) {
	for _, sub := range cmd.Commands() {
		k.complete(sub)
	}
	if names := argNames(cmd.Use); len(names) > 0 && cmd.ValidArgsFunction == nil {
		cmd.ValidArgsFunction = func(cmd *cobra.Command, args []string, begun string) ([]string, cobra.ShellCompDirective) {
			if len(args) >= len(names) {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			return k.offer(cmd, names[len(args)], begun)
		}
	}
	cmd.LocalNonPersistentFlags().VisitAll(func(f *pflag.Flag) {
		// The error says that there is one already.
		_ = cmd.RegisterFlagCompletionFunc(f.Name, func(cmd *cobra.Command, _ []string, begun string) ([]string, cobra.ShellCompDirective) {
			return k.offer(cmd, "--"+f.Name, begun)
		})
	})
}

// argNames are the arguments of a usage, such as KSB and LEVEL of "rate KSB LEVEL --reason TEXT".
func argNames(usage string) []string {
	var out []string
	for _, word := range strings.Fields(usage)[1:] {
		if strings.HasPrefix(word, "-") {
			break
		}
		if word = strings.Trim(word, "[].|"); word == strings.ToUpper(word) {
			out = append(out, word)
		}
	}
	return out
}

// offer gives what fits what is begun. In a list behind commas the last word is the one that is begun.
func (k *kit) offer(cmd *cobra.Command, place, begun string) ([]string, cobra.ShellCompDirective) {
	if slices.Contains([]string{"FILE", "FILE...", "--output", "--profile", "--print"}, place) {
		return nil, cobra.ShellCompDirectiveDefault
	}
	from, ok := k.offersOf(cmd)[place]
	if !ok {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	before := begun[:strings.LastIndex(begun, ",")+1]
	word := strings.ToLower(begun[len(before):])
	var out []string
	for _, x := range from() {
		if strings.HasPrefix(strings.ToLower(x), word) {
			out = append(out, before+x)
		}
	}
	return out, cobra.ShellCompDirectiveNoFileComp
}

// offersOf are the places of a command where there is a choice.
func (k *kit) offersOf(cmd *cobra.Command) map[string]offers {
	out := map[string]offers{
		"KSB": k.codes, "--ksb": k.codes, "LEVEL": k.levels(level.NoOpportunity),
		"GOAL": k.goals, "--goal": k.goals, "ACTION": k.actions, "EVIDENCE": k.pieces, "REVIEW": k.reviews, "--add-to": k.reflections,
		"OUTCOME": wordsOf(profile.ActionStatuses[1:]), "--outcome": wordsOf(profile.ActionStatuses[1:]), "--status": wordsOf(profile.ActionStatuses[1:]),
		"--as": wordsOf(profile.Raters), "--sort": wordsOf(profile.Sorts), "--theory": k.theories, "--model": k.models, "--bundle": k.bundles,
		"--clear": wordsOf(profile.Verdicts), "--helped": wordsOf(profile.Verdicts), "--valued": wordsOf(profile.Verdicts),
		"--share": wordsOf(profile.Shares), "--talked": wordsOf(profile.Talks),
		"REFERENCE": k.references, "--standard": k.references,
	}
	switch cmd.CommandPath() {
	case "ksbcoach target":
		out["LEVEL"] = k.levels(1)
	case "ksbcoach gaps":
		out["--kind"] = func() []string {
			return listOf(standard.Kinds, func(k standard.Kind) string { return string(rune(k)) + "\t" + k.String() })
		}
	case "ksbcoach evidence add", "ksbcoach evidence edit":
		out["--kind"] = func() []string { return slices.Clone(profile.Kinds) }
	case "ksbcoach review start", "ksbcoach review edit":
		out["--kind"] = wordsOf(profile.ReviewKinds)
	}
	return out
}

// wordsOf offers a list of words.
func wordsOf[T ~string](list []T) offers {
	return func() []string { return listOf(list, func(x T) string { return string(x) }) }
}

// standard is that of the profile, else the default one.
func (k *kit) standard() *standard.Standard {
	if s, err := k.reading(); err == nil {
		return s.Standard()
	}
	return k.library.Standard(library.Default)
}

func (k *kit) codes() []string {
	std := k.standard()
	return listOf(std.KSBs, func(x standard.KSB) string { return x.ID + "\t" + k.library.Title(std.Reference, x.ID) })
}

// levels offers those from the lowest that may be given.
func (k *kit) levels(lowest level.Level) offers {
	return func() []string {
		var out []string
		for l := lowest; l <= level.Max; l++ {
			out = append(out, l.String()+"\t"+k.library.Scale().Words(l).Name)
		}
		return out
	}
}

func (k *kit) references() []string {
	return listOf(k.library.References(), func(ref string) string { return ref + "\t" + k.library.Standard(ref).Title })
}

func (k *kit) theories() []string {
	var out []string
	for _, t := range k.library.Appraisal().Theories {
		out = append(out, t.ID+"\t"+t.Name)
	}
	return out
}

func (k *kit) models() []string {
	var out []string
	for _, m := range k.library.Reflection().Models {
		out = append(out, m.ID+"\t"+m.Name)
	}
	return out
}

// recorded offers what is in the profile; where none can be read, nothing.
func (k *kit) recorded(list func(p profile.Profile) []string) []string {
	s, err := k.reading()
	if err != nil {
		return nil
	}
	return list(s.Profile())
}

func (k *kit) goals() []string {
	return k.recorded(func(p profile.Profile) []string {
		return listOf(p.Goals, func(g profile.Goal) string { return g.ID + "\t" + g.Text.Line() })
	})
}

func (k *kit) actions() []string {
	return k.recorded(func(p profile.Profile) []string {
		var out []string
		for _, g := range p.Goals {
			out = append(out, listOf(g.Actions, func(a profile.Action) string { return a.ID + "\t" + a.Text.Line() })...)
		}
		return out
	})
}

func (k *kit) pieces() []string {
	return k.recorded(func(p profile.Profile) []string {
		return listOf(p.Evidence, func(e profile.Evidence) string { return e.ID + "\t" + e.Title.Line() })
	})
}

func (k *kit) reviews() []string {
	return k.recorded(func(p profile.Profile) []string {
		return listOf(p.Reviews, func(r profile.Review) string { return r.ID + "\t" + string(r.Kind) + ", " + r.On.Long() })
	})
}

func (k *kit) reflections() []string {
	return k.recorded(func(p profile.Profile) []string {
		return listOf(p.Reflections, func(r profile.Reflection) string {
			return r.ID + "\t" + strings.Join(r.KSBs, ", ") + ", " + r.On.Long()
		})
	})
}
