package cli

import (
	"slices"

	"github.com/spf13/cobra"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/session"
)

func newProgress(k *kit) *cobra.Command {
	var codes []string
	cmd := &cobra.Command{
		Use: "progress", Short: "Show rounds over time, and a forecast with its basis",
		Long: "Shows your levels round by round for each kind and duty, how you rate yourself beside your mentor (of " +
			"several, the one who rated last), and what the ratings so far say about gateway. The forecast says what " +
			"it rests on and what it cannot know; it is a sum, not a promise.",
		Example: "ksbcoach progress --ksb K7,S7",
		RunE: func(*cobra.Command, []string) error {
			return k.look(func(s *session.Session) error { return k.progress(s, codes) })
		},
	}
	cmd.Flags().Var(codesFlag(&codes), "ksb", "show the levels of these, round by round")
	return cmd
}

func (k *kit) progress(s *session.Session, codes []string) error {
	ksbs, err := ksbCodes(s.Standard(), codes)
	if err != nil {
		return err
	}
	r := s.Report()
	moments := appraisal.Timeline(s.Profile(), s.Standard(), k.library.Scale(), s.Today())
	return k.answer(progressObject(s, r, moments, ksbs), func(p *page) {
		p.document(appraisal.ProgressDoc(r, s.Profile(), moments, ksbs, s.Titles(), s.DutyTitle))
		next := k.next(s, r)
		if len(moments) > 0 {
			next.Text += commandFor(next)
		}
		p.next("%s", next.Text)
	})
}

func progressObject(s *session.Session, r *gap.Report, moments []appraisal.Moment, ksbs []string) object {
	f := appraisal.Project(r, s.Profile())
	forecast := object{
		"known", f.Known, "gateway", f.Gateway, "now", known(f.Now, f.Known), "low", known(f.Low, f.Known),
		"high", known(f.High, f.Known), "total", f.Total, "basis", f.Basis, "wide", f.Wide, "narrow", f.Narrow,
		"unknown", f.Unknown, "words", f.Words,
	}
	return object{
		"as_of", s.Today(), "rounds", listOf(moments, func(m appraisal.Moment) object { return momentObject(m, ksbs) }),
		"aged", agedObjects(s),
		"calibration", listOf(appraisal.Calibrate(s.Profile(), s.Standard()), func(c appraisal.Calibration) object {
			return object{
				"kind", c.Kind.String(), "pairs", c.N, "rounds", c.Rounds, "mean", known(c.Mean(), c.Known),
				"words", c.Words,
			}
		}),
		"forecast", forecast,
	}
}

func momentObject(m appraisal.Moment, ksbs []string) object {
	share := func(x appraisal.Share) object {
		mean, scored := x.Mean()
		return object{
			"duty", known(x.Duty, x.Duty != 0), "kind", known(x.Kind.String(), x.Kind != 0), "total", x.Total,
			"rated", x.Rated, "at_target", x.Met, "mean", known(appraisal.Tenth(mean), scored),
			"expected", known(appraisal.Tenth(x.ExpectedMean()), m.Timed),
		}
	}
	only := func(in map[string]level.Level) map[string]level.Level {
		out := map[string]level.Level{}
		for id, l := range in {
			if len(ksbs) == 0 || slices.Contains(ksbs, id) {
				out[id] = l
			}
		}
		return out
	}
	return object{
		"id", m.Round, "on", m.On, "open", m.Open, "month", known(m.Month, m.Timed), "all", share(m.All),
		"duties", listOf(m.Duties, share), "kinds", listOf(m.Kinds, share), "levels", only(m.Levels),
		"self", only(m.Self), "mentor", only(m.Mentor),
	}
}
