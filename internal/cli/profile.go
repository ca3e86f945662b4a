package cli

import (
	"cmp"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/store"
)

// lockWait is how long a command that writes waits for another ksbcoach to finish: other commands take milliseconds, and
// an open program is not waited out.
const lockWait = 2 * time.Second

// sessionOptions finds the profile: the file that was named, else that of the environment, else the user's own.
func (k *kit) sessionOptions() (session.Options, error) {
	named := session.InHome(k.env.Places.Home, cmp.Or(k.file, k.env.Getenv("KSBCOACH_PROFILE")))
	places, err := store.FindPlaces(store.OS(), k.env.Places)
	switch {
	case err != nil && named == "":
		return session.Options{}, err
	case err != nil:
		places = store.PlacesBeside(named)
	}
	path := cmp.Or(named, places.Profile)
	return session.Options{
		Path: path, Places: places, Ops: store.OS(), Library: k.library,
		Now: k.env.Now, Today: k.asOf, Random: k.env.Random, Home: k.env.Places.Home, Build: k.env.Build,
	}, nil
}

// reading opens the profile to look at.
func (k *kit) reading() (*session.Session, error) {
	o, err := k.sessionOptions()
	if err != nil {
		return nil, err
	}
	o.Reading = true
	s, err := session.Open(o)
	return s, k.noProfile(o.Path, err)
}

// look opens the profile to look at, and has it shown.
func (k *kit) look(show func(s *session.Session) error) error {
	s, err := k.reading()
	if err != nil {
		return err
	}
	return show(s)
}

// noProfile says how to start where there is no file.
func (k *kit) noProfile(path string, err error) error {
	if !errors.Is(err, store.ErrNotExist) {
		return err
	}
	hint := `ksbcoach init --name "Your Name"`
	if k.file != "" {
		hint += fmt.Sprintf(" --profile %q", path)
	}
	return &hinted{fmt.Errorf("no profile yet at %s", path), hint + " makes one"}
}

// edit opens the profile, has it changed, saves it, and only then lets the command say so.
func (k *kit) edit(change func(s *session.Session) error, say func(s *session.Session, p *page)) error {
	o, err := k.sessionOptions()
	if err != nil {
		return err
	}
	o.Wait = lockWait
	s, err := session.Open(o)
	if err != nil {
		return k.noProfile(o.Path, err)
	}
	defer s.Close()
	if err := s.ReadOnly(); err != nil {
		return err
	}
	k.warn(s.Warning())
	before, was := s.Warning(), s.Profile()
	if err := change(s); err != nil {
		return err
	}
	err = s.Save()
	if errors.Is(err, store.ErrChanged) {
		return &hinted{err, "run the same command again: it will work on the new version"}
	}
	if err != nil {
		return err
	}
	k.changed = true
	if s.Warning() != before {
		k.warn(s.Warning())
	}
	return k.written(was, s.Profile(), func(p *page) { say(s, p) })
}

func (k *kit) warn(text string) {
	if text != "" {
		tell(k.env.Stderr, k.errColumns(), "warning: ", text)
	}
}

// next is the sensible next step of a learner.
func (k *kit) next(s *session.Session, r *gap.Report) plan.NextStep {
	due := appraisal.Due(r, s.Profile(), s.Profile().Settings.StaleMonths())
	return plan.Next(r, s.Profile(), s.Today(), s.Position(), appraisal.Codes(due), s.Titles())
}

// ksbCode reads a code as people write it.
func ksbCode(std *standard.Standard, word string) (standard.KSB, error) {
	x, ok := std.KSB(standard.Code(word))
	if !ok {
		return standard.KSB{}, neverRight(profile.UnknownKSB(std, word))
	}
	return x, nil
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
