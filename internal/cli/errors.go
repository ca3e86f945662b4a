package cli

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/ksbcoach/ksbcoach/internal/export"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// A usageError is about the command line itself, so the exit code is 2.
type usageError struct{ msg, hint string }

func (e *usageError) Error() string { return e.msg }

// Hint says how the command is used.
func (e *usageError) Hint() string { return e.hint }

func misused(cmd *cobra.Command, format string, args ...any) *usageError {
	return &usageError{fmt.Sprintf(format, args...), cmd.CommandPath() + " --help shows how it is used"}
}

// asUsageError is for a refusal of a value that would be wrong in every profile, such as an unknown KSB.
func asUsageError(err error) error { return &usageError{err.Error(), hintOf(err)} }

// hinted is an error with the hint of the command, which takes the place of any hint of its own.
type hinted struct {
	err  error
	hint string
}

func withHint(err error, hint string) error { return &hinted{err, hint} }

func (e *hinted) Error() string { return e.err.Error() }

func (e *hinted) Unwrap() error { return e.err }

// Hint is what to try.
func (e *hinted) Hint() string { return e.hint }

// report writes what went wrong, if anything, and gives the exit code; withProfile is the kit's. The messages are
// wrapped to a terminal with this many columns; with 0, for a script, each is one line.
func report(w io.Writer, columns int, withProfile func(string) string, err error) int {
	var usage *usageError
	switch {
	case err == nil:
		return exitDone
	case interrupted(err):
		return exitInterrupted
	case errors.As(err, &usage):
		tell(w, columns, "error: ", usage.msg)
		tell(w, columns, "hint: ", withProfile(usage.hint))
		return exitUsage
	}
	tell(w, columns, "error: ", err.Error())
	tell(w, columns, "hint: ", withProfile(hintOf(err)))
	return exitFailed
}

// tell writes one message after its head, such as "error: ".
func tell(w io.Writer, columns int, head, msg string) {
	lines := []string{oneLine(msg)}
	if columns > 0 {
		lines = export.Wrap(lines[0], widthOf(columns)-len(head))
	}
	fmt.Fprintf(w, "%s%s\n", head, strings.Join(lines, "\n"+strings.Repeat(" ", len(head))))
}

// oneLine makes a message one clean line and lower-cases the capital that some libraries begin with. A code such as K7
// and a word in capitals keep theirs.
func oneLine(msg string) string {
	msg = safetext.Line(msg)
	first, n := utf8.DecodeRuneInString(msg)
	second, _ := utf8.DecodeRuneInString(msg[n:])
	if unicode.IsUpper(first) && unicode.IsLower(second) {
		return string(unicode.ToLower(first)) + msg[n:]
	}
	return msg
}

func hintOf(err error) string {
	var h interface{ Hint() string }
	if errors.As(err, &h) && h.Hint() != "" {
		return h.Hint()
	}
	return "ksbcoach check examines the profile, and ksbcoach --help lists the commands"
}

// flagError puts an error of pflag into our words.
func flagError(cmd *cobra.Command, err error) error {
	var (
		value   *pflag.InvalidValueError
		unknown *pflag.NotExistError
		noValue *pflag.ValueRequiredError
	)
	switch {
	case errors.As(err, &value):
		return misused(cmd, "--%s%s", value.GetFlag().Name, valueError(value))
	case errors.As(err, &unknown) && unknown.GetSpecifiedShortnames() != "":
		return misused(cmd, "there is no -%s for %s", unknown.GetSpecifiedName(), cmd.CommandPath())
	case errors.As(err, &unknown):
		return misused(cmd, "there is no --%s for %s", unknown.GetSpecifiedName(), cmd.CommandPath())
	case errors.As(err, &noValue):
		return misused(cmd, "--%s needs a value: %s", noValue.GetFlag().Name, flagWord(noValue.GetFlag()))
	}
	return misused(cmd, "%v", err)
}

// valueError says what is wrong with the value of a flag. Our own flags explain it themselves; pflag's need our words.
func valueError(err *pflag.InvalidValueError) string {
	var (
		number *strconv.NumError
		word   badWord
	)
	switch {
	case errors.As(err, &word):
		return " " + word.Error()
	case !errors.As(err, &number):
		return fmt.Sprintf(": %v", errors.Unwrap(err))
	case err.GetFlag().Value.Type() == "bool":
		return fmt.Sprintf(" takes no value: leave out =%s", err.GetValue())
	case errors.Is(number, strconv.ErrRange):
		return fmt.Sprintf(": %s is too large a number", err.GetValue())
	}
	return fmt.Sprintf(" %q: give a whole number", err.GetValue())
}

// flagWord says what a flag takes: one of its words, or what help calls the value.
func flagWord(f *pflag.Flag) string {
	if v, ok := f.Value.(flagValue); ok && len(v.choices) > 0 && v.kind != "SCALE" {
		return words.Either(v.choices)
	}
	word, _ := pflag.UnquoteUsage(f)
	if word == "string" || word == "" {
		return "text"
	}
	return word
}

// longDash refuses a flag that begins with a long dash, which word processors make of two hyphens. An argument after
// another flag is left alone, since it may be the text for that flag.
func longDash(root *cobra.Command, args []string) error {
	names := map[string]bool{"help": true}
	var collect func(cmd *cobra.Command)
	collect = func(cmd *cobra.Command) {
		cmd.Flags().VisitAll(func(f *pflag.Flag) { names[f.Name] = true })
		cmd.PersistentFlags().VisitAll(func(f *pflag.Flag) { names[f.Name] = true })
		for _, sub := range cmd.Commands() {
			collect(sub)
		}
	}
	const longDashes = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
	for i, arg := range args {
		if arg == "--" {
			return nil
		}
		if first, _ := utf8.DecodeRuneInString(arg); !strings.ContainsRune(longDashes, first) {
			continue
		}
		if i > 0 {
			before := args[i-1]
			if strings.HasPrefix(before, "-") && !strings.Contains(before, "=") && !boolFlag(root, before) {
				continue
			}
		}
		collect(root)
		word := strings.TrimLeft(arg, longDashes+"-")
		if name, _, _ := strings.Cut(word, "="); names[name] {
			return &usageError{
				fmt.Sprintf("%s begins with a long dash: write two hyphens, --%s", arg, word),
				"text copied from a document or a web page often has other dashes and quotation marks than you type",
			}
		}
	}
	return nil
}

// boolFlag reports whether some command has this flag as one without a value.
func boolFlag(cmd *cobra.Command, arg string) bool {
	if f := cmd.Flags().Lookup(strings.TrimLeft(arg, "-")); f != nil {
		return f.Value.Type() == "bool"
	}
	return slices.ContainsFunc(cmd.Commands(), func(sub *cobra.Command) bool { return boolFlag(sub, arg) })
}
