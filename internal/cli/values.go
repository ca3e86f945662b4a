package cli

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

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

// A textFlag takes a person's words in.
type textFlag struct{ text *safetext.Text }

// String is the words.
func (f textFlag) String() string {
	if f.text == nil {
		return ""
	}
	return f.text.String()
}

// Set takes them in.
func (f textFlag) Set(s string) error {
	*f.text = text(s)
	return nil
}

// Type is that of any text.
func (f textFlag) Type() string { return "string" }

// A wordFlag takes one of a few words, which completion offers too; any word where none are listed.
type wordFlag[T ~string] struct {
	word *T
	of   []T
}

// String is the word.
func (f wordFlag[T]) String() string {
	if f.word == nil {
		return ""
	}
	return string(*f.word)
}

// Set reads the word.
func (f wordFlag[T]) Set(s string) error {
	if *f.word = T(asWord(s)); len(f.of) > 0 && !slices.Contains(f.of, *f.word) {
		return badWord{s, "say " + words.Either(f.of)}
	}
	return nil
}

// Type is that of any text.
func (f wordFlag[T]) Type() string { return "string" }

func (f wordFlag[T]) choices() []string { return listOf(f.of, func(x T) string { return string(x) }) }

// asWord is a word of a few as it is meant: in any case, with blanks for its hyphens.
func asWord(typed string) string {
	return strings.ReplaceAll(strings.ToLower(strings.TrimSpace(typed)), " ", "-")
}

// A badWord is one that a flag does not take, with what it takes.
type badWord struct{ word, takes string }

func (e badWord) Error() string { return fmt.Sprintf("%q: %s", e.word, e.takes) }

// A partsFlag takes some of a few words, or none of them.
type partsFlag struct {
	parts *[]string
	of    []string
}

// String is the parts.
func (f partsFlag) String() string {
	if f.parts == nil {
		return ""
	}
	return strings.Join(*f.parts, ",")
}

// Set reads the parts.
func (f partsFlag) Set(s string) error {
	parts := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return r == ',' || r == ' ' })
	if len(parts) == 1 && parts[0] == "none" {
		parts = nil
	}
	for _, x := range parts {
		if !slices.Contains(f.of, x) {
			return badWord{x, "the parts are " + strings.Join(f.of, ", ") + ", or none"}
		}
	}
	slices.Sort(parts)
	*f.parts = slices.Compact(parts)
	return nil
}

// Type is that of any text.
func (f partsFlag) Type() string { return "string" }

func (f partsFlag) choices() []string { return append([]string{"none"}, f.of...) }

// A namesFlag takes the names of those who meet with the learner, divided by commas, also over several flags.
type namesFlag struct{ names *[]safetext.Text }

// withUsage is the help of every --with.
const withUsage = "the `NAME` or role of a person who meets with you; divide several by commas, or give it " +
	"several times"

// String is the names.
func (f namesFlag) String() string {
	if f.names == nil {
		return ""
	}
	return safetext.Lines(*f.names)
}

// Set adds names.
func (f namesFlag) Set(s string) error {
	*f.names = append(*f.names, profile.Names(s)...)
	return nil
}

// Type is that of any text.
func (f namesFlag) Type() string { return "string" }
