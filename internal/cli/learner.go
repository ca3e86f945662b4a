package cli

import (
	"cmp"
	"errors"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/library"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/store"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

type initOptions struct {
	*kit
	learnerFlags
	standard string
}

func newInit(k *kit) *cobra.Command {
	o := &initOptions{kit: k}
	cmd := &cobra.Command{
		Use: "init --name NAME", Short: "Make your profile without the form",
		Long: "Makes a new profile file. Only the name is needed; without a start date the program cannot say what " +
			"is expected by now. A file that exists is never touched.",
		Example: `ksbcoach init --name "Sam Reed" --role Audiology --start 2026-09-14 --review 2026-12-11`, RunE: o.run,
	}
	o.flags(k, cmd, false)
	cmd.Flags().StringVar(&o.standard, "standard", library.Default, "the `REFERENCE` of the standard")
	return cmd
}

func (o *initOptions) run(cmd *cobra.Command, _ []string) error {
	if o.name.Empty() {
		return misused(cmd, "--name is missing: a profile needs a name")
	}
	std := o.library.Standard(strings.ToUpper(o.standard))
	if std == nil {
		return unknownStandard(o.standard)
	}
	learner := profile.Learner{Name: o.name, Role: o.role, Start: o.start, Gateway: o.gateway, Review: o.review}
	p, err := newProfile(std, learner, o.today())
	if err != nil {
		return err
	}
	where, err := o.sessionOptions()
	if err != nil {
		return err
	}
	s, err := session.Create(where, p)
	if errors.Is(err, store.ErrExists) {
		return withHint(err, "ksbcoach status shows what is in it; --profile FILE makes a new one under another name")
	}
	if err != nil {
		return err
	}
	defer s.Close()
	o.changed = true
	return o.reportChange(profile.Profile{Standard: p.Standard}, s.Profile(), func(page *page) { o.say(s, page) })
}

func (o *initOptions) say(s *session.Session, page *page) {
	l := s.Profile().Learner
	page.Line("made %s for %s", s.Path(), l.Name.Line())
	page.fact("field", o.fieldWords(s.Standard().Reference, l))
	page.fact("start", l.Start.Full())
	page.fact("gateway", l.Gateway.Full())
	page.fact("next review", l.Review.Full())
	if l.Start.IsZero() {
		page.Para(0, "No start date is given, so what is expected by now stays unknown.")
	}
	if says := (profile.Profile{}).AskIfPast(l.Review, o.today()); says != "" {
		page.Para(0, "%s ksbcoach review settings --next DATE sets another day.", says)
	}
	page.paras(words.FirstTerms()...)
	page.next("%s (ksbcoach rate %s LEVEL, or ksbcoach for the full screen)", s.Next().Text, s.Standard().Walk()[0])
}

type detailsOptions struct {
	*kit
	learnerFlags
	theme profile.Theme
}

func newDetails(k *kit) *cobra.Command {
	o := &detailsOptions{kit: k}
	cmd := &cobra.Command{
		Use: "details", Short: "Show or change your name, role, dates and colours",
		Long: "Shows your name, role, dates and the colours of the full screen, or changes those that you name and " +
			"leaves the rest. Your role also decides which field the coaching takes its examples from; the shell " +
			"completes --role with the names of the fields.",
		Example: `ksbcoach details --role Audiology --gateway 2029-09-13`, RunE: o.run,
	}
	o.flags(k, cmd, true)
	cmd.Flags().Var(wordFlag(&o.theme, profile.Themes), "theme",
		"the colours of the full screen: "+words.Either(profile.Themes))
	return cmd
}

func (o *detailsOptions) run(cmd *cobra.Command, _ []string) error {
	if !anyFlagGiven(cmd) {
		return o.read(o.show)
	}
	return o.edit(func(s *session.Session) error {
		l := s.Profile().Learner
		setIfGiven(cmd, "name", &l.Name, o.name)
		setIfGiven(cmd, "role", &l.Role, o.role)
		setIfGiven(cmd, "start", &l.Start, o.start)
		setIfGiven(cmd, "gateway", &l.Gateway, o.gateway)
		setIfGiven(cmd, "review", &l.Review, o.review)
		settings := s.Profile().Settings
		setIfGiven(cmd, "theme", &settings.Theme, o.theme)
		return s.Do(profile.Batch{Name: "your details", Changes: []profile.Change{
			profile.SetLearner{Learner: l, Today: s.Today()}, profile.SetSettings{Settings: settings},
		}})
	}, o.say)
}

func (o *detailsOptions) show(s *session.Session) error {
	l := s.Profile().Learner
	return o.answer(object{
		"id", l.ID, "name", l.Name, "role", l.Role, "field", o.fieldOf(s.Standard().Reference, l),
		"start", l.Start, "gateway", l.Gateway, "review", l.Review, "theme", s.Profile().Settings.Looks(),
	}, func(p *page) { o.say(s, p) })
}

func (o *detailsOptions) say(s *session.Session, p *page) {
	l := s.Profile().Learner
	p.Pair(0, labelWidth, "name", "%s", l.Name.Line())
	p.fact("role", cmp.Or(l.Role.Line(), "not set"))
	p.fact("field", o.fieldWords(s.Standard().Reference, l))
	p.fact("start", cmp.Or(l.Start.Full(), "not set"))
	gateway := cmp.Or(l.Gateway.Full(), "not set")
	if l.Gateway.IsZero() && !l.Start.IsZero() {
		gateway = s.Profile().GatewayDate().Full() + ", 36 months after the start"
	}
	p.fact("gateway", gateway)
	p.fact("next review", cmp.Or(l.Review.Full(), "not set"))
	p.fact("colours", string(s.Profile().Settings.Looks()))
	p.paras((profile.Profile{}).AskIfPast(l.Review, s.Today()))
	p.next("ksbcoach status shows where you stand")
}

func newPause(k *kit) *cobra.Command {
	cmd := &cobra.Command{
		Use: "pause FROM TO", Short: "Record or remove a break in learning",
		Long: "Records a break in learning, such as leave or illness, from its first to its last day. The programme " +
			"month does not advance during it, so being away does not put you behind. Without a day it lists the " +
			"breaks there are.",
		Example: "ksbcoach pause 2027-02-01 2027-03-31",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 { // both days, or none
				return nil
			}
			return exactArgs("FROM", "TO")(cmd, args)
		},
		RunE: k.pause,
	}
	cmd.AddCommand(&cobra.Command{
		Use: "remove FROM TO", Short: "Remove a break that was a mistake",
		Long:    "Removes a break in learning by its first and last day, as ksbcoach pause lists it.",
		Example: "ksbcoach pause remove 2027-02-01 2027-03-31",
		RunE: func(cmd *cobra.Command, args []string) error {
			pause, err := k.readPause(cmd, args)
			if err != nil {
				return err
			}
			return k.do(profile.RemovePause{Pause: pause}, func(s *session.Session, p *page) {
				p.Para(0, "removed: away from %s to %s", pause.From.Full(), pause.To.Full())
				p.monthNext(s)
			})
		},
	})
	return cmd
}

// readPause reads the first and the last day of a break.
func (k *kit) readPause(cmd *cobra.Command, args []string) (pause profile.Pause, err error) {
	pause.From, err = calendar.Meant(args[0], k.today(), calendar.Past)
	if err == nil {
		pause.To, err = calendar.Meant(args[1], k.today(), calendar.Future)
	}
	if err != nil {
		return pause, misused(cmd, "%v", err)
	}
	if err := profile.MayPause(pause); err != nil {
		return pause, asUsageError(err)
	}
	return pause, nil
}

func (k *kit) pause(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return k.read(k.listPauses)
	}
	pause, err := k.readPause(cmd, args)
	if err != nil {
		return err
	}
	return k.do(profile.AddPause{Pause: pause, Today: k.today()}, func(s *session.Session, p *page) {
		p.Para(0, "away from %s to %s, %s", pause.From.Full(), pause.To.Full(), pauseDays(pause))
		p.monthNext(s)
	})
}

func pauseDays(q profile.Pause) string { return words.Count(q.From.Days(q.To)+1, "day", "days") }

func (k *kit) listPauses(s *session.Session) error {
	pauses := s.Profile().Pauses
	return k.answer(object{"pauses", lists.Each(pauses, func(q profile.Pause) object {
		return object{"from", q.From, "to", q.To, "days", q.From.Days(q.To) + 1}
	})}, func(p *page) {
		p.Para(0, "%s.", words.Count(len(pauses), "break in learning", "breaks in learning"))
		for _, q := range pauses {
			p.Para(2, "from %s to %s, %s", q.From.Full(), q.To.Full(), pauseDays(q))
		}
		if len(pauses) == 0 {
			p.next("ksbcoach pause FROM TO records one")
			return
		}
		last := pauses[len(pauses)-1]
		p.next("ksbcoach pause remove %s %s would remove the last one", last.From, last.To)
	})
}

// monthNext says which month of the programme it is now, without the breaks.
func (p *page) monthNext(s *session.Session) {
	if month, ok := s.Profile().Month(s.Today()); ok {
		length, _ := s.Profile().Length()
		p.next("it is month %d of %d now; ksbcoach gaps shows what is expected", month, length)
		return
	}
	p.next("the month is not known, since no start date is set: ksbcoach details --start DATE")
}
