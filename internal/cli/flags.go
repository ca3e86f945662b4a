package cli

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/words"
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
	cmd.LocalNonPersistentFlags().VisitAll(func(f *pflag.Flag) { found = found || f.Changed && f.Name != "json" })
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
		return x, &usageError{refusal.Error(), "ksbcoach find WORDS finds a code by what people call it; " +
			hintOf(refusal)}
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
	f.Var(k.dateFlag(&l.start, calendar.Past, clearable), "start", "the first day of the programme"+none)
	f.Var(k.dateFlag(&l.gateway, calendar.Future, clearable), "gateway",
		"the planned gateway; 36 months after the start if not given"+none)
	f.Var(k.dateFlag(&l.review, calendar.Future, clearable), "review", "the next appraisal or progress review"+none)
}

// dueFlag declares --due, the day by which something has to be done.
func (k *kit) dueFlag(cmd *cobra.Command, due *calendar.Date, clearable bool) {
	about := "by when, such as \"3 Nov 2026\" or \"in 2 weeks\""
	if clearable {
		about += "; none removes the date"
	}
	cmd.Flags().Var(k.dateFlag(due, calendar.Future, clearable), "due", about)
}

// takes checks that a command gets exactly the arguments of these names.
func takes(names ...string) cobra.PositionalArgs {
	return cobra.MatchAll(needs(names...), atMost(len(names)))
}

// needs checks that a command gets the arguments of these names at least.
func needs(names ...string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) >= len(names) {
			return nil
		}
		takes := strings.Join(names, " ")
		return misused(cmd, "%s is missing: %s takes %s", names[len(args)], cmd.CommandPath(), takes)
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
	f.Var(k.dateFlag(&w.due, calendar.Future, false), "due", "changed: it goes on, by this new date")
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

// replacingAction is the action that replaces another: a copy of it, changed by the flags that were given. A date in
// the past has to be given again.
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

// A value is what a flag takes.
type value struct {
	set     func(string) error
	again   func() error // reads it once more when all flags are read; nil where none of them changes it
	kind    string       // the word for it in help; "string" is any text
	choices []string     // what completion offers
	list    bool         // several are divided by commas
}

// String is not asked for: help shows no defaults.
func (v value) String() string { return "" }

// Set reads what was typed.
func (v value) Set(s string) error { return v.set(s) }

// Type is the word for it in help.
func (v value) Type() string { return v.kind }

// dateFlag takes a day, written as in a form; tense says whether it is past or to come. Where clearing makes sense,
// none takes the date away.
func (k *kit) dateFlag(to *calendar.Date, tense calendar.Tense, clearable bool) value {
	var typed string
	read := func() (err error) {
		if clearable && typed == "none" {
			*to = calendar.Date{}
			return nil
		}
		*to, err = calendar.Meant(typed, k.today(), tense)
		return err
	}
	// It is read again, since --as-of may have come after it.
	return value{kind: "DATE", again: read, set: func(s string) error { typed = s; return read() }}
}

// codesFlag takes one or more codes, divided by commas or blanks, also over several flags.
func codesFlag(to *[]string) value {
	return value{kind: "KSB", list: true, set: func(s string) error {
		codes := standard.Codes(s)
		if len(codes) == 0 {
			return errors.New("no KSB is named: write codes such as K7,S7, or leave the flag out")
		}
		*to = append(*to, codes...)
		return nil
	}}
}

// textFlag takes a person's words in.
func textFlag(to *safetext.Text) value {
	return value{kind: "string", set: func(s string) error { *to = text(s); return nil }}
}

// manyFlag takes a word each time that it is given.
func manyFlag(to *[]string, kind string) value {
	return value{kind: kind, set: func(s string) error { *to = append(*to, s); return nil }}
}

// wordFlag takes one of a few words; any word where none are listed.
func wordFlag[T ~string](to *T, of []T) value {
	choices := lists.Each(of, func(x T) string { return string(x) })
	return value{kind: "string", choices: choices, set: func(s string) error {
		if *to = T(asWord(s)); len(of) > 0 && !slices.Contains(of, *to) {
			return badWord{s, "say " + words.Either(of)}
		}
		return nil
	}}
}

// asWord is a word of a few as it is meant: in any case, with blanks for its hyphens.
func asWord(typed string) string {
	return strings.ReplaceAll(strings.ToLower(strings.TrimSpace(typed)), " ", "-")
}

// A badWord is one that a flag does not take, with what it takes.
type badWord struct{ word, takes string }

func (e badWord) Error() string { return safetext.Quote(e.word) + ": " + e.takes }

// partsFlag takes some of a few words, or none of them.
func partsFlag(to *[]string, of []string) value {
	choices := append([]string{"none"}, of...)
	return value{kind: "string", list: true, choices: choices, set: func(s string) error {
		parts := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return r == ',' || r == ' ' })
		if len(parts) == 1 && parts[0] == "none" {
			parts = nil
		}
		for _, x := range parts {
			if !slices.Contains(of, x) {
				return badWord{x, "the parts are " + strings.Join(of, ", ") + ", or none"}
			}
		}
		slices.Sort(parts)
		*to = slices.Compact(parts)
		return nil
	}}
}

// withUsage is the help of every --with.
const withUsage = "the `NAME` or role of a person who meets with you; divide several by commas, or give it several " +
	"times"

// namesFlag takes the names of those who meet with the learner, divided by commas, also over several flags.
func namesFlag(to *[]safetext.Text) value {
	return value{kind: "string", set: func(s string) error { *to = append(*to, profile.Names(s)...); return nil }}
}
