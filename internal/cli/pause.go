package cli

import (
	"github.com/spf13/cobra"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

type pauseOptions struct {
	*kit
}

func newPause(k *kit) *cobra.Command {
	o := &pauseOptions{kit: k}
	cmd := &cobra.Command{
		Use:   "pause FROM TO",
		Short: "Record or remove a break in learning",
		Long: "Records a break in learning, such as leave or illness, from its first to its last day. The programme " +
			"month does not advance during it, so being away does not put you behind. Without a day it lists the " +
			"breaks there are.",
		Example: "ksbcoach pause 2027-02-01 2027-03-31",
		Args:    pauseArgs,
		RunE:    o.run,
	}
	cmd.AddCommand(newPauseRemove(k))
	return cmd
}

func newPauseRemove(k *kit) *cobra.Command {
	o := &pauseOptions{kit: k}
	return &cobra.Command{
		Use:     "remove FROM TO",
		Short:   "Remove a break that was a mistake",
		Long:    "Removes a break in learning by its first and last day, as ksbcoach pause lists it.",
		Example: "ksbcoach pause remove 2027-02-01 2027-03-31",
		Args:    takes("FROM", "TO"),
		RunE: func(cmd *cobra.Command, args []string) error {
			pause, err := o.read(cmd, args)
			if err != nil {
				return err
			}
			return o.do(profile.RemovePause{Pause: pause}, func(s *session.Session, p *page) {
				p.Para(0, "removed: away from %s to %s", pause.From.Full(), pause.To.Full())
				o.monthNext(s, p)
			})
		},
	}
}

// pauseArgs takes both days, or none.
func pauseArgs(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	return takes("FROM", "TO")(cmd, args)
}

// read reads the two days.
func (o *pauseOptions) read(cmd *cobra.Command, args []string) (profile.Pause, error) {
	var pause profile.Pause
	for i, to := range []*calendar.Date{&pause.From, &pause.To} {
		var err error
		if *to, err = calendar.Meant(args[i], o.today(),
			[]calendar.Whole{calendar.FirstOf, calendar.LastOf}[i]); err != nil {
			return pause, misused(cmd, "%v", err)
		}
	}
	if err := profile.MayPause(pause); err != nil {
		return pause, neverRight(err)
	}
	return pause, nil
}

func (o *pauseOptions) run(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return o.look(o.list)
	}
	pause, err := o.read(cmd, args)
	if err != nil {
		return err
	}
	return o.do(profile.AddPause{Pause: pause, Today: o.today()}, func(s *session.Session, p *page) {
		p.Para(0, "away from %s to %s, %s", pause.From.Full(), pause.To.Full(), pauseDays(pause))
		o.monthNext(s, p)
	})
}

func pauseDays(q profile.Pause) string { return words.Count(q.From.Days(q.To)+1, "day", "days") }

func (o *pauseOptions) list(s *session.Session) error {
	pauses := s.Profile().Pauses
	return o.answer(object{{"pauses", listOf(pauses, func(q profile.Pause) object {
		return object{{"from", q.From}, {"to", q.To}, {"days", q.From.Days(q.To) + 1}}
	})}}, func(p *page) {
		p.Para(0, "%s.", words.Count(len(pauses), "break in learning", "breaks in learning"))
		for _, q := range pauses {
			p.Para(2, "from %s to %s, %s", q.From.Full(), q.To.Full(), pauseDays(q))
		}
		if len(pauses) == 0 {
			p.next("ksbcoach pause FROM TO records one")
			return
		}
		p.next("ksbcoach pause remove %s %s would remove the last one", pauses[len(pauses)-1].From,
			pauses[len(pauses)-1].To)
	})
}

// monthNext says which month of the programme it is, with the breaks taken out.
func (o *pauseOptions) monthNext(s *session.Session, p *page) {
	if month, ok := s.Profile().Month(s.Today()); ok {
		length, _ := s.Profile().Length()
		p.next("it is month %d of %d now; ksbcoach gaps shows what is expected", month, length)
		return
	}
	p.next("the month is not known, since no start date is set: ksbcoach details --start DATE")
}
