package cli

import (
	"errors"
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

// A value is what a flag takes, other than a date.
type value struct {
	set     func(string) error
	kind    string   // the word for it in help; "string" is any text
	choices []string // what completion offers
	list    bool     // several are divided by commas
}

// String is not asked for: help shows no defaults.
func (v value) String() string { return "" }

// Set reads what was typed.
func (v value) Set(s string) error { return v.set(s) }

// Type is the word for it in help.
func (v value) Type() string { return v.kind }

// asOfFlag takes the day that is used as today, which therefore cannot be named from today.
func asOfFlag(to *calendar.Date) value {
	return value{kind: "DATE", set: func(s string) (err error) {
		*to, err = calendar.Typed(s)
		return err
	}}
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
	return value{kind: "string", set: func(s string) error {
		*to = text(s)
		return nil
	}}
}

// wordFlag takes one of a few words; any word where none are listed.
func wordFlag[T ~string](to *T, of []T) value {
	choices := listOf(of, func(x T) string { return string(x) })
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
	return value{kind: "string", set: func(s string) error {
		*to = append(*to, profile.Names(s)...)
		return nil
	}}
}
