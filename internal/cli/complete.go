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

// offers give the words that a place accepts, each followed by a tab and its meaning.
type offers func() []string

// complete gives every command the completion of its arguments, by their names in its usage, and of its flags, by
// theirs. What is not a choice among words offers nothing, and a FILE the shell's own files.
func (k *kit) complete(cmd *cobra.Command) {
	for _, sub := range cmd.Commands() {
		k.complete(sub)
	}
	if names := argNames(cmd.Use); len(names) > 0 && cmd.ValidArgsFunction == nil {
		cmd.ValidArgsFunction = func(cmd *cobra.Command, args []string, begun string) (
			[]string, cobra.ShellCompDirective,
		) {
			at := len(args)
			if strings.Contains(cmd.Use, "...") {
				at = min(at, len(names)-1)
			}
			if at >= len(names) {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			return k.offer(cmd, names[at], args, begun)
		}
	}
	cmd.LocalNonPersistentFlags().VisitAll(func(f *pflag.Flag) {
		// The error says that there is one already.
		_ = cmd.RegisterFlagCompletionFunc(f.Name,
			func(cmd *cobra.Command, args []string, begun string) ([]string, cobra.ShellCompDirective) {
				return k.offer(cmd, "--"+f.Name, args, begun)
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
		word, _, _ = strings.Cut(word, "|")
		if word = strings.Trim(word, "[]."); word == strings.ToUpper(word) {
			out = append(out, word)
		}
	}
	return out
}

// offer gives what fits what is begun. Where a list is taken, the word behind the last comma is the one that is begun.
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

// takesList says whether several words, divided by commas, are taken at a place.
func takesList(cmd *cobra.Command, place string) bool {
	name, flag := strings.CutPrefix(place, "--")
	f := cmd.Flags().Lookup(name)
	if f == nil || !flag {
		return false
	}
	v, ok := f.Value.(value)
	return ok && v.list
}

// offersOf are the places of a command where there is a choice, behind the arguments that are there already.
func (k *kit) offersOf(cmd *cobra.Command, args []string, begun string) map[string]offers {
	out := map[string]offers{
		"KSB": k.codes, "--ksb": k.codes, "LEVEL": k.levels(level.NoOpportunity), "--duty": k.duties,
		"GOAL": k.goals(anyGoal), "--goal": k.goals(anyGoal), "ACTION": k.actions(anyAction),
		"EVIDENCE": k.recorded(pieces), "REVIEW": k.recorded(reviews), "--add-to": k.recorded(reflections),
		"OUTCOME": wordsOf(profile.ActionEndings),
		"--role":  k.roles(begun), "--theory": k.theories, "--model": k.models, "--bundle": k.recorded(bundles),
		"REFERENCE": k.references, "--standard": k.references, "BACKUP": k.olderVersions,
	}
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		if v, ok := f.Value.(value); ok && len(v.choices) > 0 {
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
		out["ACTION"] = k.recorded(checks)
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

// standard is that of the profile, else the default one.
func (k *kit) standard() *standard.Standard {
	if s, err := k.reading(); err == nil {
		return s.Standard()
	}
	return k.library.Standard(library.Default)
}

func (k *kit) codes() []string {
	std := k.standard()
	title := func(x standard.KSB) string { return x.ID + "\t" + k.library.Title(std.Reference, x.ID) }
	return lists.Each(std.KSBs, title)
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
	title := func(ref string) string { return ref + "\t" + k.library.Standard(ref).Title }
	return lists.Each(k.library.References(), title)
}

func (k *kit) theories() []string {
	return lists.Each(k.library.Appraisal().Theories, func(t coaching.Theory) string { return t.ID + "\t" + t.Name })
}

func (k *kit) models() []string {
	return lists.Each(k.library.Reflection().Models, func(m coaching.Model) string { return m.ID + "\t" + m.Name })
}

// recorded offers what is in the profile; where none can be read, nothing.
func (k *kit) recorded(list func(s *session.Session, p profile.Profile) []string) offers {
	return func() []string {
		s, err := k.reading()
		if err != nil {
			return nil
		}
		return list(s, s.Profile())
	}
}

func anyGoal(profile.Goal) bool { return true }

// goals offers those that a command takes.
func (k *kit) goals(takes func(profile.Goal) bool) offers {
	named := func(g profile.Goal) string { return g.ID + "\t" + g.Text.Line() }
	return k.recorded(func(_ *session.Session, p profile.Profile) []string {
		return lists.Each(lists.Where(p.Goals, takes), named)
	})
}

func anyAction(profile.Action) bool { return true }

// actions offers those that a command takes.
func (k *kit) actions(takes func(profile.Action) bool) offers {
	return k.recorded(func(_ *session.Session, p profile.Profile) (out []string) {
		for _, g := range p.Goals {
			out = append(out, lists.Each(lists.Where(g.Actions, takes), namedAction)...)
		}
		return out
	})
}

func namedAction(a profile.Action) string { return a.ID + "\t" + a.Text.Line() }

// checks offers what review check says something of: the actions that the open review has to check, and what the last
// one left.
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

// onSheet offers the codes that the sheet asks for which is named first.
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

// pauses offers the first days of the pauses, or the last days of those that begin on the day that is there.
func (k *kit) pauses(args []string) offers {
	return k.recorded(func(_ *session.Session, p profile.Profile) (out []string) {
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

// olderVersions offers the backups of the profile, whether or not that can be read. None is read.
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
	std := k.standard()
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

// roles are the fields that the coach has examples of and, once something is typed, what else they are called; any
// other role may be typed.
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

// bundles offers the projects that would serve gaps of the learner, by their ids.
func bundles(s *session.Session, p profile.Profile) (out []string) {
	for _, b := range s.Library().Growth(s.Standard().Reference).Bundles {
		if _, err := plan.Project(s.Report(), p, b, s.Coach()); err == nil {
			out = append(out, b.ID+"\t"+b.Name)
		}
	}
	return out
}
