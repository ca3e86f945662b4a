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

// text is for words typed on the command line. Our files are UTF-8, so bytes that are not become a visible mark here.
func text(s string) safetext.Text {
	return safetext.New(strings.ReplaceAll(strings.ToValidUTF8(s, string(safetext.Mark)), "\r\n", "\n"))
}

// given is the value of a flag, or nil if the flag was not given. Changes leave alone what is nil, and remove what is
// an empty text.
func given[T any](cmd *cobra.Command, flag string, value T) *T {
	return known(value, cmd.Flags().Changed(flag))
}

// setIfGiven sets a field to the value of a flag, if the flag was given.
func setIfGiven[T any](cmd *cobra.Command, flag string, to *T, value T) {
	if cmd.Flags().Changed(flag) {
		*to = value
	}
}

// needsChange refuses a command that changes what its flags name, if no flag was given.
func needsChange(cmd *cobra.Command) error {
	if anyFlagGiven(cmd) {
		return nil
	}
	return misused(cmd, "nothing to change was named")
}

// anyFlagGiven says whether a command was given any flag of its own other than --json.
func anyFlagGiven(cmd *cobra.Command) bool {
	found := false
	cmd.LocalNonPersistentFlags().VisitAll(func(f *pflag.Flag) { found = found || f.Changed && f.Name != "json" })
	return found
}

// ksbCode finds the KSB for a code as people write it, such as k7.
func ksbCode(std *standard.Standard, word string) (standard.KSB, error) {
	x, ok := std.KSB(standard.Code(word))
	if ok {
		return x, nil
	}
	refusal := asUsageError(profile.UnknownKSB(std, word))
	if _, _, code := standard.SplitCode(standard.Code(word)); !code && !std.Part {
		return x, &usageError{refusal.Error(), "ksbcoach find WORDS finds a code by what people call it; " +
			hintOf(refusal)}
	}
	return x, refusal
}

// joinCodes joins a code that was written as two words, such as k 7. The text after a flag is left alone.
func joinCodes(args []string) []string {
	var out []string
	for i := 0; i < len(args); i++ {
		word := args[i]
		afterFlag := i > 0 && strings.HasPrefix(args[i-1], "-") && args[i-1] != "--ksb"
		isLetter := len(word) == 1 && strings.ContainsAny(word, "kKsSbB")
		if isLetter && !afterFlag && i+1 < len(args) && len(args[i+1]) < 3 {
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
		return l, misused(cmd, "%q is not a level: %v", word, err)
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

// learnerFlags are the flags for the learner's name, role and dates. If clearable, the word none removes a date.
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

// exactArgs checks that a command gets exactly these arguments.
func exactArgs(names ...string) cobra.PositionalArgs {
	return cobra.MatchAll(minArgs(names...), maxArgs(len(names)))
}

// minArgs checks that a command gets at least these arguments.
func minArgs(names ...string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) >= len(names) {
			return nil
		}
		return misused(cmd, "%s is missing: %s takes %s", names[len(args)], cmd.CommandPath(), strings.Join(names, " "))
	}
}

// maxArgs checks that a command gets at most n arguments.
func maxArgs(n int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) > n {
			return misused(cmd, "%s is one word too many for %s", safetext.Quote(args[n]), cmd.CommandPath())
		}
		return nil
	}
}

// actionWords are the flags for what an action says: its text, who helps, what will show it, and its date.
type actionWords struct {
	sort                     profile.Sort
	text, who, shows, ifThen safetext.Text
	due                      calendar.Date
}

func (w *actionWords) flags(k *kit, cmd *cobra.Command, clearable bool) {
	f := cmd.Flags()
	f.Var(textFlag(&w.text), "text", "what you will do, in one line")
	f.Var(wordFlag(&w.sort, profile.Sorts), "sort", words.Either(profile.Sorts))
	f.Var(textFlag(&w.who), "who", "who helps")
	f.Var(textFlag(&w.shows), "shows", "what will show that it was done")
	f.Var(textFlag(&w.ifThen), "if-then",
		"what you will do when something gets in the way: \"If ..., then I will ...\"")
	k.dueFlag(cmd, &w.due, clearable)
}

// replacementFlags declares the flags for the action that replaces one closed as changed.
func (w *actionWords) replacementFlags(k *kit, cmd *cobra.Command) {
	f := cmd.Flags()
	f.Var(k.dateFlag(&w.due, calendar.Future, false), "due", "changed: it goes on, by this new date")
	f.Var(textFlag(&w.text), "text", "changed: what you will do now; the same words if not given")
	f.Var(textFlag(&w.who), "who", "changed: who helps now; as before if not given")
	f.Var(textFlag(&w.shows), "shows", "changed: what will show it now; as before if not given")
}

// givesReplacement reports whether one of the replacementFlags was given. They are refused unless the outcome is
// changed.
func (w *actionWords) givesReplacement(cmd *cobra.Command, outcome profile.ActionStatus) (bool, error) {
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

// replacementFor is the action that replaces the one with this id: a copy of it, changed by the flags that were given.
// If the old date has passed, a new one has to be given.
func (w *actionWords) replacementFor(cmd *cobra.Command, s *session.Session, id string) (*profile.Action, error) {
	old, _, ok := s.Profile().Action(id)
	if !ok {
		return nil, nil // the change itself will report the unknown id
	}
	switch {
	case w.due.IsZero() && !old.Due.IsZero() && old.Due.Before(s.Today()):
		return nil, misused(cmd, "--due is missing: by when will it be done now?")
	case !w.due.IsZero() && w.due.Before(s.Today()):
		return nil, misused(cmd, "--due: %s is past", w.due.Long())
	}
	wording := old.Text
	setIfGiven(cmd, "text", &wording, w.text)
	a := old.ContinuedAs(s.NewID("a"), wording)
	setIfGiven(cmd, "due", &a.Due, w.due)
	setIfGiven(cmd, "who", &a.Who, w.who)
	setIfGiven(cmd, "shows", &a.Shows, w.shows)
	return &a, nil
}

// A flagValue is a pflag.Value made of a function that reads what was typed.
type flagValue struct {
	set     func(string) error
	reread  func() error // if not nil, called again once all flags are known
	kind    string       // what help calls the value; "string" means any text
	choices []string     // what completion offers
	list    bool         // takes several values, divided by commas
}

// String is empty: pflag asks for it to show defaults, and our help shows none.
func (v flagValue) String() string { return "" }

// Set reads what was typed.
func (v flagValue) Set(s string) error { return v.set(s) }

// Type is what help calls the value.
func (v flagValue) Type() string { return v.kind }

// dateFlag takes a date, written as in a form; tense says whether it is past or to come. If clearable, the word none
// removes the date.
func (k *kit) dateFlag(to *calendar.Date, tense calendar.Tense, clearable bool) flagValue {
	var typed string
	read := func() (err error) {
		if clearable && typed == "none" {
			*to = calendar.Date{}
			return nil
		}
		*to, err = calendar.Meant(typed, k.today(), tense)
		return err
	}
	// Words such as "in 2 weeks" depend on --as-of, which may come after this flag.
	return flagValue{kind: "DATE", reread: read, set: func(s string) error { typed = s; return read() }}
}

// codesFlag takes one or more codes, divided by commas or blanks. The flag may be repeated.
func codesFlag(to *[]string) flagValue {
	return flagValue{kind: "KSB", list: true, set: func(s string) error {
		codes := standard.Codes(s)
		if len(codes) == 0 {
			return errors.New("no KSB is named: write codes such as K7,S7, or leave the flag out")
		}
		*to = append(*to, codes...)
		return nil
	}}
}

// textFlag takes any text; see text.
func textFlag(to *safetext.Text) flagValue {
	return flagValue{kind: "string", set: func(s string) error { *to = text(s); return nil }}
}

// manyFlag takes one word each time it is given.
func manyFlag(to *[]string, kind string) flagValue {
	return flagValue{kind: kind, set: func(s string) error { *to = append(*to, s); return nil }}
}

// wordFlag takes one of the words in of, or any word if of is empty.
func wordFlag[T ~string](to *T, of []T) flagValue {
	choices := lists.Each(of, func(x T) string { return string(x) })
	return flagValue{kind: "WORD", choices: choices, set: func(s string) error {
		*to = T(asWord(s))
		if len(of) > 0 && !slices.Contains(of, *to) {
			return badWord{s, "say " + words.Either(of)}
		}
		return nil
	}}
}

// asWord puts a word of a fixed list into its usual form: people may type capitals, or blanks for hyphens.
func asWord(typed string) string {
	return strings.ReplaceAll(strings.ToLower(strings.TrimSpace(typed)), " ", "-")
}

// A badWord is a word that a flag does not take, with what it takes instead.
type badWord struct{ word, takes string }

func (e badWord) Error() string { return safetext.Quote(e.word) + ": " + e.takes }

// partsFlag takes any of the words in of, divided by commas, or the word none.
func partsFlag(to *[]string, of []string) flagValue {
	choices := append([]string{"none"}, of...)
	return flagValue{kind: "LIST", list: true, choices: choices, set: func(s string) error {
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

// withUsage is the help for every --with.
const withUsage = "the `NAME` or role of a person who meets with you; divide several by commas, or give it several " +
	"times"

// namesFlag takes the names of the people in a meeting, divided by commas. The flag may be repeated.
func namesFlag(to *[]safetext.Text) flagValue {
	return flagValue{kind: "string", set: func(s string) error { *to = append(*to, profile.Names(s)...); return nil }}
}
