package cli

import (
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/standard"
)

// text takes words from the command line in. A file of ours is UTF-8, so broken bytes become marks here already.
func text(s string) safetext.Text {
	return safetext.New(strings.ReplaceAll(strings.ToValidUTF8(s, string(safetext.Mark)), "\r\n", "\n"))
}

// given is the value of a flag that was there, else nil: what is not named stays, and an empty text takes words away.
func given[T any](cmd *cobra.Command, flag string, value T) *T {
	return known(value, cmd.Flags().Changed(flag))
}

// take puts the value of a flag where it belongs, if the flag was there.
func take[T any](cmd *cobra.Command, flag string, to *T, value T) {
	if cmd.Flags().Changed(flag) {
		*to = value
	}
}

// needsChange refuses a command that changes what its flags name where none of them is there.
func needsChange(cmd *cobra.Command) error {
	if named(cmd) {
		return nil
	}
	return misused(cmd, "nothing to change was named")
}

// named says whether a command was given any flag of its own but --json.
func named(cmd *cobra.Command) bool {
	found := false
	cmd.LocalNonPersistentFlags().VisitAll(func(f *pflag.Flag) {
		found = found || f.Changed && f.Name != "json"
	})
	return found
}

// ksbCode reads a code as people write it.
func ksbCode(std *standard.Standard, word string) (standard.KSB, error) {
	x, ok := std.KSB(standard.Code(word))
	if ok {
		return x, nil
	}
	refusal := neverRight(profile.UnknownKSB(std, word))
	if _, _, code := standard.SplitCode(standard.Code(word)); !code && !std.Part {
		return x, &usageError{refusal.Error(), "ksbcoach find WORDS finds a code by what people call it; " + hintOf(refusal)}
	}
	return x, refusal
}

// joinCodes puts a code together that was written in two words, such as k 7. The words of a text flag are left alone.
func joinCodes(args []string) []string {
	var out []string
	for i := 0; i < len(args); i++ {
		word := args[i]
		text := i > 0 && strings.HasPrefix(args[i-1], "-") && args[i-1] != "--ksb"
		if i+1 < len(args) && !text && len(word) == 1 && strings.ContainsAny(word, "kKsSbB") && len(args[i+1]) < 3 {
			if _, err := strconv.ParseUint(args[i+1], 10, 8); err == nil {
				word += args[i+1]
				i++
			}
		}
		out = append(out, word)
	}
	return out
}

// ksbCodes reads several.
func ksbCodes(std *standard.Standard, words []string) ([]string, error) {
	var out []string
	for _, word := range words {
		x, err := ksbCode(std, word)
		if err != nil {
			return nil, err
		}
		out = append(out, x.ID)
	}
	return out, nil
}

// typedLevel reads a level that is an argument.
func typedLevel(cmd *cobra.Command, word string) (level.Level, error) {
	l, err := level.Typed(word)
	if err != nil {
		return l, misused(cmd, "%q is no level: %v", word, err)
	}
	return l, nil
}

// checkDuty refuses a --duty that the standard does not have.
func checkDuty(cmd *cobra.Command, std *standard.Standard, duty int) error {
	if _, ok := std.Duty(duty); ok || !cmd.Flags().Changed("duty") {
		return nil
	}
	return misused(cmd, "--duty %d: %s has duties 1 to %d", duty, std.Reference, len(std.Duties))
}

// learnerFlags are the flags for the learner's name, role and dates.
type learnerFlags struct {
	name, role             safetext.Text
	start, gateway, review calendar.Date
}

func (l *learnerFlags) flags(k *kit, cmd *cobra.Command, clearable bool) {
	f := cmd.Flags()
	none := ""
	if clearable {
		none = "; none removes it"
	}
	f.Var(textFlag(&l.name), "name", "your name, or what you like to be called")
	f.Var(textFlag(&l.role), "role", "your role or specialism")
	f.Var(dateFlag{k, &l.start, calendar.FirstOf, clearable}, "start", "the first day of the programme"+none)
	f.Var(dateFlag{k, &l.gateway, calendar.LastOf, clearable}, "gateway",
		"the planned gateway; 36 months after the start if not given"+none)
	f.Var(dateFlag{k, &l.review, calendar.LastOf, clearable}, "review", "the next appraisal or progress review"+none)
}

// dueFlag declares --due, the day by which something has to be done.
func (k *kit) dueFlag(cmd *cobra.Command, due *calendar.Date, clearable bool) {
	about := "by when, such as \"3 Nov 2026\" or \"in 2 weeks\""
	if clearable {
		about += "; none removes the date"
	}
	cmd.Flags().Var(dateFlag{k, due, calendar.LastOf, clearable}, "due", about)
}

// takes checks that a command gets exactly the arguments of these names.
func takes(names ...string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) < len(names) {
			return misused(cmd, "%s is missing: %s takes %s", names[len(args)], cmd.CommandPath(),
				strings.Join(names, " "))
		}
		return atMost(len(names))(cmd, args)
	}
}

// atMost checks that a command does not get more arguments than n.
func atMost(n int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) > n {
			return misused(cmd, "%s is one word too many for %s", safetext.Quote(args[n]), cmd.CommandPath())
		}
		return nil
	}
}

// actionWords are the flags for an action's own words and date.
type actionWords struct {
	sort                     profile.Sort
	text, who, shows, ifThen safetext.Text
	due                      calendar.Date
}

func (w *actionWords) flags(k *kit, cmd *cobra.Command, clearable bool) {
	f := cmd.Flags()
	f.Var(textFlag(&w.text), "text", "what you will do, in one line")
	f.Var(wordFlag(&w.sort, profile.Sorts), "sort", "`practise`, people or study")
	f.Var(textFlag(&w.who), "who", "who helps")
	f.Var(textFlag(&w.shows), "shows", "what will show that it was done")
	f.Var(textFlag(&w.ifThen), "if-then",
		"what you will do when something gets in the way: \"If ..., then I will ...\"")
	k.dueFlag(cmd, &w.due, clearable)
}

// onwardFlags declares the flags for the action that replaces a changed one.
func (w *actionWords) onwardFlags(k *kit, cmd *cobra.Command) {
	f := cmd.Flags()
	f.Var(dateFlag{k: k, date: &w.due, month: calendar.LastOf}, "due", "changed: it goes on, by this new date")
	f.Var(textFlag(&w.text), "text", "changed: what you will do now; the same words if not given")
	f.Var(textFlag(&w.who), "who", "changed: who helps now; as before if not given")
	f.Var(textFlag(&w.shows), "shows", "changed: what will show it now; as before if not given")
}

// changesNext reports whether one of those flags was given, and refuses them for any outcome but changed.
func (w *actionWords) changesNext(cmd *cobra.Command, outcome profile.ActionStatus) (bool, error) {
	for _, flag := range []string{"due", "text", "who", "shows"} {
		switch {
		case !cmd.Flags().Changed(flag):
		case outcome != profile.ActionChanged:
			return false, misused(cmd, "--%s belongs to an action that is changed and goes on", flag)
		case flag == "text" && w.text.Empty():
			return false, misused(cmd, "--text is empty: say what you will do now")
		default:
			return true, nil
		}
	}
	return false, nil
}

// replacingAction is the action that replaces another: a copy of it, changed by the flags that were given. A date in the past
// has to be given again.
func (w *actionWords) replacingAction(cmd *cobra.Command, s *session.Session, id string) (*profile.Action, error) {
	old, _, ok := s.Profile().Action(id)
	if !ok {
		return nil, nil // the change reports the unknown id
	}
	switch past := old.Due.Before(s.Today()) && !old.Due.IsZero(); {
	case w.due.IsZero() && past:
		return nil, misused(cmd, "--due is missing: by when will it be done now?")
	case !w.due.IsZero() && w.due.Before(s.Today()):
		return nil, misused(cmd, "--due: %s is past", w.due.Long())
	}
	words := old.Text
	take(cmd, "text", &words, w.text)
	a := old.Anew(s.NewID("a"), words)
	take(cmd, "due", &a.Due, w.due)
	take(cmd, "who", &a.Who, w.who)
	take(cmd, "shows", &a.Shows, w.shows)
	return &a, nil
}
