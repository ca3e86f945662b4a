package cli

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/standard"
)

// text takes words from the command line in. A file of ours is UTF-8, so broken bytes become marks here already.
func text(s string) safetext.Text {
	return safetext.New(strings.ReplaceAll(strings.ToValidUTF8(s, string(safetext.Mark)), "\r\n", "\n"))
}

// given is the text of a flag when the flag was there, else nil: an empty text that was given takes words away.
func given(cmd *cobra.Command, flag, value string) *safetext.Text {
	if !cmd.Flags().Changed(flag) {
		return nil
	}
	t := text(value)
	return &t
}

// ksbCode reads a code as people write it.
func ksbCode(std *standard.Standard, word string) (standard.KSB, error) {
	x, ok := std.KSB(standard.Code(word))
	if !ok {
		return standard.KSB{}, neverRight(profile.UnknownKSB(std, word))
	}
	return x, nil
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

// readParts reads the parts that a flag names, of those that there are.
func readParts(cmd *cobra.Command, flag, list string, parts []string) ([]string, error) {
	words := strings.FieldsFunc(strings.ToLower(list), func(r rune) bool { return r == ',' || r == ' ' })
	if len(words) == 0 || len(words) == 1 && words[0] == "none" {
		return nil, nil
	}
	for _, w := range words {
		if !slices.Contains(parts, w) {
			return nil, misused(cmd, "--%s %q: the parts are %s, or none", flag, w, strings.Join(parts, ", "))
		}
	}
	slices.Sort(words)
	return slices.Compact(words), nil
}

// withFlag is the help of every --with.
const withFlag = "the `NAME` or role of who meets with you; divide several by commas, or give it several times"

// people are the names of one or more --with.
func people(flags []string) []safetext.Text {
	var out []safetext.Text
	for _, x := range flags {
		out = append(out, profile.Names(x)...)
	}
	return out
}

// learnerFlags are the flags for who a profile is about and its dates.
type learnerFlags struct {
	name, role             string
	start, gateway, review calendar.Date
}

func (l *learnerFlags) flags(k *kit, cmd *cobra.Command, clearable bool) {
	f := cmd.Flags()
	none := ""
	if clearable {
		none = "; none takes it away"
	}
	f.StringVar(&l.name, "name", "", "your name, or what you like to be called")
	f.StringVar(&l.role, "role", "", "your role or specialism")
	f.Var(dateFlag{k, &l.start, calendar.FirstOf, clearable}, "start", "the first day of the programme"+none)
	f.Var(dateFlag{k, &l.gateway, calendar.LastOf, clearable}, "gateway", "the planned gateway; 36 months after the start if not given"+none)
	f.Var(dateFlag{k, &l.review, calendar.LastOf, clearable}, "review", "the next appraisal or progress review"+none)
}

// wordFlags are the flags that take one of a few words.
var wordFlags = []string{"as", "sort", "status", "outcome", "theory", "model", "clear", "helped", "valued"}

// asWord is such a word as it is meant: in any case, with blanks for its hyphens.
func asWord(typed string) string {
	return strings.ReplaceAll(strings.ToLower(strings.TrimSpace(typed)), " ", "-")
}

// A dateFlag is a day on the command line. Where clearing makes sense, none takes the date away.
type dateFlag struct {
	k         *kit
	date      *calendar.Date
	month     calendar.Whole // what a month alone means
	clearable bool
}

// String is the day.
func (f dateFlag) String() string {
	if f.date == nil {
		return ""
	}
	return f.date.String()
}

// Set reads the day, written as in a form.
func (f dateFlag) Set(s string) error {
	f.k.dated[f.date] = s
	return f.read(s)
}

func (f dateFlag) read(s string) (err error) {
	if f.clearable && s == "none" {
		*f.date = calendar.Date{}
		return nil
	}
	*f.date, err = calendar.Meant(s, f.k.today(), f.month)
	return err
}

// again reads the day once more when all flags are read: --as-of may have come after it.
func (f dateFlag) again() error { return f.read(f.k.dated[f.date]) }

// Type is the word for it in help.
func (f dateFlag) Type() string { return "DATE" }

// An asOfFlag is the day that is taken for today, so that it cannot be named from today.
type asOfFlag struct{ date *calendar.Date }

// String is the day.
func (f asOfFlag) String() string { return dateFlag{date: f.date}.String() }

// Set reads the day.
func (f asOfFlag) Set(s string) (err error) {
	*f.date, err = calendar.Typed(s)
	return err
}

// Type is the word for it in help.
func (f asOfFlag) Type() string { return "DATE" }

// A codesFlag is one or more codes, divided by commas or blanks, also over several flags.
type codesFlag struct{ codes *[]string }

// String is the codes.
func (f codesFlag) String() string {
	if f.codes == nil {
		return ""
	}
	return strings.Join(*f.codes, ",")
}

// Set adds codes.
func (f codesFlag) Set(s string) error {
	codes := standard.Codes(s)
	if len(codes) == 0 {
		return errors.New("no KSB is named: write codes such as K7,S7, or leave the flag out")
	}
	*f.codes = append(*f.codes, codes...)
	return nil
}

// Type is the word for it in help.
func (f codesFlag) Type() string { return "KSB" }

// takes checks that a command gets exactly the arguments of these names.
func takes(names ...string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) < len(names) {
			return misused(cmd, "%s is missing: %s takes %s", names[len(args)], cmd.CommandPath(), strings.Join(names, " "))
		}
		return atMost(len(names))(cmd, args)
	}
}

// atMost checks that a command does not get more arguments than n.
func atMost(n int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) > n {
			return misused(cmd, "%q is one word too many for %s", args[n], cmd.CommandPath())
		}
		return nil
	}
}
