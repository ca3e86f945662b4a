package cli

import (
	"cmp"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

func newRound(k *kit) *cobra.Command {
	return group(&cobra.Command{
		Use: "round", Short: "Show, open or close a round of rating",
		Long: "A round is one pass of rating: the baseline, then one for each review. A closed round is kept whole " +
			"and only read. Without a further word it lists your rounds and what changed in each.",
		Example: "ksbcoach round due", RunE: func(*cobra.Command, []string) error { return k.look(k.showRounds) },
	}, newRoundOpen(k), newRoundClose(k), newRoundDue(k))
}

func (k *kit) showRounds(s *session.Session) error {
	rounds := s.Profile().Rounds
	changes := roundChanges(s)
	out := []object{}
	for i, r := range rounds {
		out = append(out, object{
			"id", r.ID, "opened", r.Opened, "closed", r.Closed, "self", r.Rated(profile.Self),
			"mentor", r.Rated(profile.Mentor), "agreed", r.Rated(profile.Agreed), "differ", len(r.Differ),
			"changed", listOf(changes[i], func(c appraisal.Change) string { return c.Words }),
		})
	}
	return k.answer(object{"rounds", out}, func(p *page) {
		p.Para(0, "%s.", words.Count(len(rounds), "round", "rounds"))
		for i, r := range rounds {
			p.Blank()
			p.Para(0, "%s: %s", profile.RoundName(r.ID), roundDates(r))
			p.Para(2, "rated: you %d, %s; agreed: %d", r.Rated(profile.Self),
				appraisal.CountsByMentor(r.AllByMentors()), r.Rated(profile.Agreed))
			p.Para(2, "changed: %s", appraisal.InWords(changes[i]))
		}
		p.next("%s", k.roundNext(s))
	})
}

func roundDates(r profile.Round) string {
	if r.Closed.IsZero() {
		return "open since " + r.Opened.Long()
	}
	return r.Opened.Long() + " to " + r.Closed.Long()
}

// roundChanges lists for each round what changed since the one before was closed.
func roundChanges(s *session.Session) [][]appraisal.Change {
	var out [][]appraisal.Change
	var from calendar.Date
	for _, r := range s.Profile().Rounds {
		to := cmp.Or(r.Closed, s.Today())
		out = append(out, appraisal.Since(s.Profile(), s.Standard(), from, to))
		from = to
	}
	return out
}

func newRoundOpen(k *kit) *cobra.Command {
	var id string
	cmd := &cobra.Command{
		Use: "open", Short: "Open a new round",
		Long:    "Opens a new round. Your last levels and notes are kept and shown with it; what is due comes first.",
		Example: "ksbcoach round open --id spring-review",
		RunE: func(cmd *cobra.Command, _ []string) error {
			if id == "" && cmd.Flags().Changed("id") {
				return misused(cmd, "--id: the name of the round is empty")
			}
			return k.do(profile.OpenRound{ID: id, On: k.today()}, func(s *session.Session, p *page) {
				r, _ := s.Profile().Open()
				p.Para(0, "round %s opened on %s", profile.RoundName(r.ID), r.Opened.Long())
				p.next("%s", k.roundNext(s))
			})
		},
	}
	cmd.Flags().StringVar(&id, "id", "", "the `NAME` of the round; baseline, review-1 and so on if not given")
	return cmd
}

func newRoundClose(k *kit) *cobra.Command {
	return &cobra.Command{
		Use: "close", Short: "Close the open round",
		Long:    "Closes the open round with today's date. After that it is only read; the next rating opens another.",
		Example: "ksbcoach round close",
		RunE: func(*cobra.Command, []string) error {
			return k.do(profile.CloseRound{On: k.today()}, func(s *session.Session, p *page) {
				rounds := s.Profile().Rounds
				r := rounds[len(rounds)-1]
				p.Para(0, "round %s closed on %s, %s of yours in it", profile.RoundName(r.ID), r.Closed.Long(),
					words.Count(r.Rated(profile.Self), "rating", "ratings"))
				p.next("ksbcoach progress shows what became of the levels")
			})
		},
	}
}

// usualDue is how many due KSBs are shown before the rest is only counted.
const usualDue = 8

type roundDueOptions struct {
	*kit
	most int
}

func newRoundDue(k *kit) *cobra.Command {
	o := &roundDueOptions{kit: k}
	cmd := &cobra.Command{
		Use: "due", Short: "Show what to rate first, with the reasons",
		Long: "Lists what is due to be rated in this round, duty by duty: first the duty of the KSB that is furthest " +
			"behind, then those where you rate differently from what was agreed, there is new evidence or the rating " +
			"is old, and last what was never rated. You can still rate everything else.",
		Example: "ksbcoach round due --most 20", RunE: o.run,
	}
	cmd.Flags().IntVar(&o.most, "most", 0, fmt.Sprintf("no more than this `NUMBER`; %d if not given, and all of them "+
		"with --json", usualDue))
	return cmd
}

func (o *roundDueOptions) run(cmd *cobra.Command, _ []string) error {
	if o.most < 0 || o.most == 0 && cmd.Flags().Changed("most") {
		return misused(cmd, "--most %d: give a number from 1", o.most)
	}
	s, err := o.reading()
	if err != nil {
		return err
	}
	all := o.forwards(s)
	due := all[:min(cmp.Or(o.most, usualDue), len(all))]
	if o.most == 0 && o.asJSON() {
		due = all
	}
	title := s.Titles()
	round, open := s.Profile().Open()
	return o.answer(object{
		"as_of", s.Today(), "round", known(round.ID, open), "total", len(all),
		"due", listOf(due, func(f appraisal.Forward) object {
			last, _ := s.Profile().Newest(f.KSB, profile.Self)
			return object{
				"ksb", f.KSB, "title", title(f.KSB), "level", known(f.Last, f.Rated),
				"by", known(f.By, f.Rated), "note", last.Note, "reasons", forwardReasons(f), "words", f.Words,
			}
		}),
		"aged", agedObjects(s),
	}, func(p *page) {
		p.Para(0, "%s due.", words.Count(len(all), "KSB is", "KSBs are"))
		for _, f := range due {
			forward(s, p, f, title(f.KSB))
		}
		if n := len(all) - len(due); n > 0 {
			p.Blank()
			p.Para(0, "Then %d more: ksbcoach round due --most %d shows them all.", n, len(all))
		}
		p.aged(s)
		if len(due) == 0 {
			p.next("nothing is due: ksbcoach compare, or ksbcoach round close")
			return
		}
		p.next("ksbcoach rate %s LEVEL", due[0].KSB)
	})
}

// forward shows a KSB that is due, with its last level and what that means.
func forward(s *session.Session, p *page, f appraisal.Forward, title string) {
	p.Blank()
	p.Pair(0, 5, f.KSB, "%s", title)
	p.Para(5, "%s", f.Words)
	if !f.Rated {
		return
	}
	k, _ := s.Standard().KSB(f.KSB)
	scale := s.Library().Scale()
	p.Para(5, "%s: %s", appraisal.Last(s.Profile(), scale, f.KSB, s.Today()), scale.Words(f.Last).For(k.Kind))
	if last, _ := s.Profile().Newest(f.KSB, profile.Self); !last.Note.Empty() {
		p.Para(5, "your note: %s", last.Note.Line())
	}
}

func forwardReasons(f appraisal.Forward) []string {
	out := []string{}
	for _, x := range []struct {
		word string
		is   bool
	}{{"behind", f.Behind > 0}, {"aged", f.Aged}, {"changed", f.Changed}, {"stale", f.Stale}, {"unrated", !f.Rated}} {
		if x.is {
			out = append(out, x.word)
		}
	}
	return out
}
