package cli

import (
	"slices"

	"github.com/spf13/cobra"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/session"
)

type progressOptions struct {
	*kit
	ksbs []string
}

func newProgress(k *kit) *cobra.Command {
	o := &progressOptions{kit: k}
	cmd := &cobra.Command{
		Use:   "progress",
		Short: "Show rounds over time, and a forecast with its basis",
		Long: "Shows your levels round by round for each kind and duty, how you rate yourself beside your mentor (of several, the one who rated last), and what the ratings so " +
			"far say about gateway. The forecast says what it rests on and what it cannot know; it is a sum, not a promise.",
		Example: "ksbcoach progress --ksb K7,S7",
		Args:    takes(),
		RunE:    func(*cobra.Command, []string) error { return o.look(o.run) },
	}
	cmd.Flags().Var(codesFlag{&o.ksbs}, "ksb", "show the levels of these, round by round")
	return cmd
}

type progressJSON struct {
	AsOf        calendar.Date     `json:"as_of"`
	Rounds      []momentJSON      `json:"rounds"`
	Aged        []agedJSON        `json:"aged"`
	Calibration []calibrationJSON `json:"calibration"`
	Forecast    forecastJSON      `json:"forecast"`
}

type momentJSON struct {
	ID     string                 `json:"id"`
	On     calendar.Date          `json:"on"`
	Open   bool                   `json:"open"`
	Month  *int                   `json:"month"`
	All    shareJSON              `json:"all"`
	Duties []shareJSON            `json:"duties"`
	Kinds  []shareJSON            `json:"kinds"`
	Levels map[string]level.Level `json:"levels"`
	Self   map[string]level.Level `json:"self"`
	Mentor map[string]level.Level `json:"mentor"`
}

type shareJSON struct {
	Duty     *int     `json:"duty"`
	Kind     *string  `json:"kind"`
	Total    int      `json:"total"`
	Rated    int      `json:"rated"`
	AtTarget int      `json:"at_target"`
	Mean     *float64 `json:"mean"`
	Expected *float64 `json:"expected"`
}

type calibrationJSON struct {
	Kind   string   `json:"kind"`
	Pairs  int      `json:"pairs"`
	Rounds int      `json:"rounds"`
	Mean   *float64 `json:"mean"`
	Words  string   `json:"words"`
}

type forecastJSON struct {
	Known   bool           `json:"known"`
	Gateway *calendar.Date `json:"gateway"`
	Now     *int           `json:"now"`
	Low     *int           `json:"low"`
	High    *int           `json:"high"`
	Total   int            `json:"total"`
	Basis   *string        `json:"basis"`
	Unknown []string       `json:"unknown"`
	Words   string         `json:"words"`
}

func (o *progressOptions) run(s *session.Session) error {
	ksbs, err := ksbCodes(s.Standard(), o.ksbs)
	if err != nil {
		return err
	}
	r := s.Report()
	moments := appraisal.Timeline(s.Profile(), s.Standard(), o.library.Scale(), s.Today())
	return o.answer(o.object(s, r, moments, ksbs), func(p *page) {
		p.document(appraisal.ProgressDoc(r, s.Profile(), moments, ksbs, s.Titles(), s.DutyTitle))
		if len(moments) == 0 {
			p.next("%s", o.next(s, r).Text)
			return
		}
		next := o.next(s, r)
		p.next("%s%s", next.Text, commandFor(next))
	})
}

func (o *progressOptions) object(s *session.Session, r *gap.Report, moments []appraisal.Moment, ksbs []string) progressJSON {
	f := appraisal.Project(r, s.Profile())
	return progressJSON{
		AsOf:   s.Today(),
		Rounds: listOf(moments, func(m appraisal.Moment) momentJSON { return momentObject(m, ksbs) }),
		Aged:   agedObjects(s),
		Calibration: listOf(appraisal.Calibrate(s.Profile(), s.Standard()), func(c appraisal.Calibration) calibrationJSON {
			return calibrationJSON{c.Kind.String(), c.N, c.Rounds, known(c.Mean(), c.Known), c.Words}
		}),
		Forecast: forecastJSON{
			f.Known, knownDate(f.Gateway), known(f.Now, f.Known), known(f.Low, f.Known), known(f.High, f.Known), f.Total,
			known(f.Basis, f.Known), list(f.Unknown), f.Words,
		},
	}
}

func momentObject(m appraisal.Moment, ksbs []string) momentJSON {
	share := func(x appraisal.Share) shareJSON {
		mean, scored := x.Mean()
		return shareJSON{
			known(x.Duty, x.Duty != 0), known(x.Kind.String(), x.Kind != 0), x.Total, x.Rated, x.Met,
			known(appraisal.Tenth(mean), scored), known(appraisal.Tenth(x.ExpectedMean()), m.Timed),
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
	return momentJSON{
		m.Round, m.On, m.Open, known(m.Month, m.Timed), share(m.All), listOf(m.Duties, share), listOf(m.Kinds, share),
		only(m.Levels), only(m.Self), only(m.Mentor),
	}
}
