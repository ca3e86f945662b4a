package cli

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/library"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// offers gives the words that an argument or a flag accepts, each followed by a tab and what it means.
type offers func() []string

// addCompletions lets the shell complete the arguments and flags of every command. What to offer goes by the name of an
// argument in the usage, such as GOAL, or by that of the flag: a choice of words, the shell's own files for a FILE, and
// nothing for free text.
func (k *kit) addCompletions(cmd *cobra.Command) {
	for _, sub := range cmd.Commands() {
		k.addCompletions(sub)
	}
	if names := argNames(cmd.Use); len(names) > 0 && cmd.ValidArgsFunction == nil {
		cmd.ValidArgsFunction = func(cmd *cobra.Command, args []string, begun string) (
			[]string, cobra.ShellCompDirective,
		) {
			n := len(args)
			if strings.Contains(cmd.Use, "...") {
				n = min(n, len(names)-1)
			}
			if n >= len(names) {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			return k.offer(cmd, names[n], args, begun)
		}
	}
	cmd.LocalNonPersistentFlags().VisitAll(func(f *pflag.Flag) {
		// The only error is that the flag has a completion already.
		_ = cmd.RegisterFlagCompletionFunc(f.Name,
			func(cmd *cobra.Command, args []string, begun string) ([]string, cobra.ShellCompDirective) {
				return k.offer(cmd, "--"+f.Name, args, begun)
			})
	})
}

// argNames are the names of the arguments in a usage: KSB and LEVEL in "rate KSB LEVEL --reason TEXT".
func argNames(usage string) []string {
	var out []string
	for _, word := range strings.Fields(usage)[1:] {
		if strings.HasPrefix(word, "-") {
			break
		}
		word, _, _ = strings.Cut(word, "|")
		word = strings.Trim(word, "[].")
		if word == strings.ToUpper(word) {
			out = append(out, word)
		}
	}
	return out
}

// offer gives the words for place, which is the name of an argument or a flag such as --ksb, that start with what has
// been begun. In a list, that is the word after the last comma.
func (k *kit) offer(cmd *cobra.Command, place string, args []string, begun string) ([]string,
	cobra.ShellCompDirective,
) {
	if slices.Contains([]string{"FILE", "--output", "--profile", "--print"}, place) {
		return nil, cobra.ShellCompDirectiveDefault
	}
	from, ok := k.offersOf(cmd, args, begun)[place]
	if !ok {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	before := ""
	if takesList(cmd, place) {
		before = begun[:strings.LastIndex(begun, ",")+1]
	}
	word := strings.ToLower(begun[len(before):])
	var out []string
	for _, x := range from() {
		if strings.HasPrefix(strings.ToLower(x), word) {
			out = append(out, before+x)
		}
	}
	return out, cobra.ShellCompDirectiveNoFileComp
}

// takesList says whether place is a flag that takes several words, divided by commas.
func takesList(cmd *cobra.Command, place string) bool {
	name, isFlag := strings.CutPrefix(place, "--")
	f := cmd.Flags().Lookup(name)
	if f == nil || !isFlag {
		return false
	}
	v, ok := f.Value.(flagValue)
	return ok && v.list
}

// offersOf has what to offer for each argument and flag that is a choice. For some commands that depends on the
// arguments before.
func (k *kit) offersOf(cmd *cobra.Command, args []string, begun string) map[string]offers {
	out := map[string]offers{
		"KSB": k.codes, "--ksb": k.codes, "LEVEL": k.levels(level.NoOpportunity), "--duty": k.duties,
		"GOAL": k.goals(anyGoal), "--goal": k.goals(anyGoal), "ACTION": k.actions(anyAction),
		"EVIDENCE": k.fromProfile(pieces), "REVIEW": k.fromProfile(reviews), "--add-to": k.fromProfile(reflections),
		"OUTCOME": wordsOf(profile.ActionEndings),
		"--role":  k.roles(begun), "--theory": k.theories, "--model": k.models, "--bundle": k.fromProfile(bundles),
		"REFERENCE": k.references, "--standard": k.references, "BACKUP": k.olderVersions,
	}
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		if v, ok := f.Value.(flagValue); ok && len(v.choices) > 0 {
			out["--"+f.Name] = func() []string { return v.choices }
		}
	})
	switch cmd.CommandPath() {
	case "ksbcoach goal park":
		out["GOAL"] = k.goals(func(g profile.Goal) bool { return g.Status != profile.GoalParked })
	case "ksbcoach goal close":
		out["GOAL"] = k.goals(func(g profile.Goal) bool {
			return g.Status == profile.GoalActive || g.Status == profile.GoalParked
		})
	case "ksbcoach goal reopen":
		out["GOAL"] = k.goals(func(g profile.Goal) bool { return g.Status != profile.GoalActive })
	case "ksbcoach action close":
		out["ACTION"] = k.actions(func(a profile.Action) bool { return a.Status == profile.ActionOpen })
	case "ksbcoach action reopen":
		out["ACTION"] = k.actions(func(a profile.Action) bool { return a.Status != profile.ActionOpen })
	case "ksbcoach review check":
		out["ACTION"] = k.fromProfile(checks)
		if len(args) > 0 && leftName(args[0]) != "" {
			out["OUTCOME"], out["--outcome"] = wordsOf(profile.LeftOutcomes), wordsOf(profile.LeftOutcomes)
		}
	case "ksbcoach sheet fill":
		out["KSB"], out["LEVEL"] = k.onSheet(args), func() []string {
			return append(k.levels(level.NoOpportunity)(), clearWord+"\ttakes the rating off")
		}
	case "ksbcoach evidence edit":
		out["--duty"] = func() []string { return append(k.duties(), "none") }
	case "ksbcoach pause remove":
		out["FROM"], out["TO"] = k.pauses(nil), k.pauses(args)
	case "ksbcoach target":
		out["LEVEL"] = k.levels(1)
	case "ksbcoach gaps":
		out["--kind"] = func() []string {
			return lists.Each(standard.Kinds, func(x standard.Kind) string { return string(x) + "\t" + x.String() })
		}
	}
	return out
}

func wordsOf[T ~string](list []T) offers {
	return func() []string { return lists.Each(list, func(x T) string { return string(x) }) }
}

// profileStandard is the standard of the profile, or the default one if the profile cannot be read.
func (k *kit) profileStandard() *standard.Standard {
	if s, err := k.openToRead(); err == nil {
		return s.Standard()
	}
	return k.library.Standard(library.Default)
}

func (k *kit) codes() []string {
	std := k.profileStandard()
	title := func(x standard.KSB) string { return x.ID + "\t" + k.library.Title(std.Reference, x.ID) }
	return lists.Each(std.KSBs, title)
}

// levels offers the levels from the lowest one up; the lowest may be level.NoOpportunity.
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
	title := func(ref string) string { return ref + "\t" + k.library.Standard(ref).Title }
	return lists.Each(k.library.References(), title)
}

func (k *kit) theories() []string {
	return lists.Each(k.library.Appraisal().Theories, func(t coaching.Theory) string { return t.ID + "\t" + t.Name })
}

func (k *kit) models() []string {
	return lists.Each(k.library.Reflection().Models, func(m coaching.Model) string { return m.ID + "\t" + m.Name })
}

// fromProfile offers what list finds in the profile, or nothing if that cannot be read.
func (k *kit) fromProfile(list func(s *session.Session, p profile.Profile) []string) offers {
	return func() []string {
		s, err := k.openToRead()
		if err != nil {
			return nil
		}
		return list(s, s.Profile())
	}
}

func anyGoal(profile.Goal) bool { return true }

// goals offers the goals that a command takes.
func (k *kit) goals(takes func(profile.Goal) bool) offers {
	return k.fromProfile(func(_ *session.Session, p profile.Profile) []string {
		named := func(g profile.Goal) string { return g.ID + "\t" + g.Text.Line() }
		return lists.Each(lists.Where(p.Goals, takes), named)
	})
}

func anyAction(profile.Action) bool { return true }

// actions offers the actions that a command takes.
func (k *kit) actions(takes func(profile.Action) bool) offers {
	return k.fromProfile(func(_ *session.Session, p profile.Profile) (out []string) {
		for _, g := range p.Goals {
			out = append(out, lists.Each(lists.Where(g.Actions, takes), namedAction)...)
		}
		return out
	})
}

func namedAction(a profile.Action) string { return a.ID + "\t" + a.Text.Line() }

// checks offers what review check takes: the actions to check in the open review, and what the last review left open.
func checks(s *session.Session, p profile.Profile) (out []string) {
	if r, open := p.OpenReview(); open {
		for _, c := range r.Checked {
			if a, _, ok := p.Action(c.Action); ok && !c.Before {
				out = append(out, namedAction(a))
			}
		}
	}
	for _, l := range p.Left() {
		out = append(out, cmp.Or(l.KSB, leftAgreed)+"\t"+appraisal.LeftTitle(l, s.Titles()))
	}
	return out
}

// onSheet offers the KSBs on the sheet that the first argument names.
func (k *kit) onSheet(args []string) offers {
	return func() []string {
		if len(args) == 0 {
			return nil
		}
		sheet, err := k.readSheet(args[0], calendar.Date{})
		if err != nil {
			return nil
		}
		title := func(id string) string { return id + "\t" + k.library.Title(sheet.Standard, id) }
		return lists.Each(sheet.Asked, title)
	}
}

// pauses offers the first day of each pause; once a first day is given, the last day of the pause that begins on it.
func (k *kit) pauses(args []string) offers {
	return k.fromProfile(func(_ *session.Session, p profile.Profile) (out []string) {
		for _, x := range p.Pauses {
			switch {
			case len(args) == 0:
				out = append(out, x.From.String()+"\tto "+x.To.Long())
			case args[0] == x.From.String():
				out = append(out, x.To.String()+"\tfrom "+x.From.Long())
			}
		}
		return out
	})
}

// olderVersions offers the backups of the profile, even if the profile cannot be read. The backups are not opened.
func (k *kit) olderVersions() []string {
	o, err := k.sessionOptions()
	if err != nil {
		return nil
	}
	older, err := session.KeptVersions(o)
	if err != nil {
		return nil
	}
	return lists.Each(older.List, func(v session.Version) string { return v.ID + "\t" + v.When(k.today()) })
}

func (k *kit) duties() []string {
	std := k.profileStandard()
	return lists.Each(std.Duties, func(d standard.Duty) string {
		return strconv.Itoa(d.Number) + "\t" + k.library.DutyTitle(std.Reference, d.Number)
	})
}

func pieces(_ *session.Session, p profile.Profile) []string {
	return lists.Each(p.Evidence, func(e profile.Evidence) string { return e.ID + "\t" + e.Title.Line() })
}

func reviews(_ *session.Session, p profile.Profile) []string {
	return lists.Each(p.Reviews, func(r profile.Review) string {
		return r.ID + "\t" + string(r.Kind) + ", " + r.On.Long()
	})
}

func reflections(_ *session.Session, p profile.Profile) []string {
	return lists.Each(p.Reflections, func(r profile.Reflection) string {
		return r.ID + "\t" + strings.Join(r.KSBs, ", ") + ", " + r.On.Long()
	})
}

// roles offers the fields that the coach has examples for and, once something is typed, their other names. Any other
// role may be typed too.
func (k *kit) roles(begun string) offers {
	return func() []string {
		var out []string
		for _, x := range k.library.Fields(library.Default).Fields {
			name := words.Capital(x.Name)
			out = append(out, name+"\t"+strings.Join(x.Aliases[:min(len(x.Aliases), 3)], ", "))
			if begun != "" {
				out = append(out, lists.Each(x.Aliases, func(alias string) string { return alias + "\t" + name })...)
			}
		}
		return out
	}
}

// bundles offers the small projects that would serve the learner's gaps.
func bundles(s *session.Session, p profile.Profile) (out []string) {
	for _, b := range s.Library().Growth(s.Standard().Reference).Bundles {
		if _, err := plan.Project(s.Report(), p, b, s.Coach()); err == nil {
			out = append(out, b.ID+"\t"+b.Name)
		}
	}
	return out
}
