package cli

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/ksbcoach/ksbcoach/internal/export"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
)

// usageError is a command that was called in a way that it does not have.
type usageError struct{ msg, hint string }

func (e *usageError) Error() string { return e.msg }

// Hint names the help that shows how.
func (e *usageError) Hint() string { return e.hint }

func misused(cmd *cobra.Command, format string, args ...any) *usageError {
	return &usageError{fmt.Sprintf(format, args...), cmd.CommandPath() + " --help shows how it is used"}
}

// neverRight makes a refusal wrong usage: it is of a value that no record could make right.
func neverRight(err error) error { return &usageError{err.Error(), hintOf(err)} }

// hinted is an error for which this command knows better what to try.
type hinted struct {
	err  error
	hint string
}

func withHint(err error, hint string) error { return &hinted{err, hint} }

func (e *hinted) Error() string { return e.err.Error() }

func (e *hinted) Unwrap() error { return e.err }

// Hint is what to try.
func (e *hinted) Hint() string { return e.hint }

// report writes what went wrong, if anything, and gives the exit code; here is that of the kit. On a terminal of so
// many columns the lines are wrapped; for a script, with 0 columns, each stays one.
func report(w io.Writer, columns int, here func(string) string, err error) int {
	var usage *usageError
	switch {
	case err == nil:
		return exitDone
	case interrupted(err):
		return exitInterrupted
	case errors.As(err, &usage):
		tell(w, columns, "error: ", usage.msg)
		tell(w, columns, "hint: ", here(usage.hint))
		return exitUsage
	}
	tell(w, columns, "error: ", err.Error())
	tell(w, columns, "hint: ", here(hintOf(err)))
	return exitFailed
}

// tell writes one message behind its head.
func tell(w io.Writer, columns int, head, msg string) {
	lines := []string{oneLine(msg)}
	if columns > 0 {
		lines = export.Wrap(lines[0], widthOf(columns)-len(head))
	}
	fmt.Fprintf(w, "%s%s\n", head, strings.Join(lines, "\n"+strings.Repeat(" ", len(head))))
}

// oneLine makes one clean line of a message and takes the capital off that libraries start with; a code such as K7 or a
// name in capitals keeps it.
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

// flagError puts what the flag library found into our words.
func flagError(cmd *cobra.Command, err error) error {
	var (
		value   *pflag.InvalidValueError
		unknown *pflag.NotExistError
		alone   *pflag.ValueRequiredError
	)
	switch {
	case errors.As(err, &value):
		return misused(cmd, "--%s%s", value.GetFlag().Name, valueError(value))
	case errors.As(err, &unknown) && unknown.GetSpecifiedShortnames() != "":
		return misused(cmd, "there is no -%s for %s", unknown.GetSpecifiedName(), cmd.CommandPath())
	case errors.As(err, &unknown):
		return misused(cmd, "there is no --%s for %s", unknown.GetSpecifiedName(), cmd.CommandPath())
	case errors.As(err, &alone):
		return misused(cmd, "--%s needs a value: %s", alone.GetFlag().Name, flagWord(alone.GetFlag()))
	}
	return misused(cmd, "%v", err)
}

// valueError says what is wrong with the value of a flag; our own flags say it themselves.
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

// flagWord is what help calls the value of a flag.
func flagWord(f *pflag.Flag) string {
	word, _ := pflag.UnquoteUsage(f)
	if word == "string" || word == "" {
		return "text"
	}
	return word
}

// longDash names a flag that begins with a long dash, as word processors make of two hyphens. What follows another flag
// is left alone, since it may be its text.
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
	for i, arg := range args {
		if arg == "--" {
			return nil
		}
		word := strings.TrimLeft(arg, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212-")
		first, _ := utf8.DecodeRuneInString(arg)
		name, _, _ := strings.Cut(word, "=")
		if first == utf8.RuneError || first < utf8.RuneSelf || word == arg || i > 0 &&
			strings.HasPrefix(args[i-1], "-") && !strings.Contains(args[i-1], "=") && !boolFlag(root, args[i-1]) {
			continue
		}
		if collect(root); names[name] {
			return &usageError{
				fmt.Sprintf("%s begins with a long dash: write two hyphens, --%s", arg, word),
				"text copied from a document or a web page may have different dashes and quotation marks from a " +
					"keyboard",
			}
		}
	}
	return nil
}

// boolFlag reports whether a flag takes no value in any command that has it.
func boolFlag(cmd *cobra.Command, arg string) bool {
	f := cmd.Flags().Lookup(strings.TrimLeft(arg, "-"))
	if f != nil && f.Value.Type() != "bool" {
		return false
	}
	alone := f != nil
	for _, sub := range cmd.Commands() {
		alone = boolFlag(sub, arg) || alone
	}
	return alone
}
