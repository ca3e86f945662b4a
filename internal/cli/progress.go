package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/session"
)

type progressOptions struct {
	*kit
	json bool
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
		RunE:    func(*cobra.Command, []string) error { return o.run() },
	}
	cmd.Flags().BoolVar(&o.json, "json", false, "write JSON")
	cmd.Flags().Var(codesFlag{&o.ksbs}, "ksb", "show the levels of these, round by round")
	return cmd
}

type progressJSON struct {
	AsOf        calendar.Date     `json:"as_of"`
	Rounds      []momentJSON      `json:"rounds"`
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

func (o *progressOptions) run() error {
	s, err := o.reading()
	if err != nil {
		return err
	}
	ksbs, err := ksbCodes(s.Standard(), o.ksbs)
	if err != nil {
		return err
	}
	r := s.Report()
	moments := appraisal.Timeline(s.Profile(), s.Standard(), o.library.Scale(), s.Today())
	if o.json {
		return o.writeJSON(o.object(s, r, moments, ksbs))
	}
	p := o.page()
	p.Para(0, "%s", r.Summary())
	if len(moments) == 0 {
		p.next("%s", o.next(s, r).Text)
		return nil
	}
	if len(ksbs) > 0 {
		o.levels(s, p, moments, ksbs)
	} else {
		shares(p, moments, s.DutyTitle)
	}
	p.Blank()
	p.Line("You beside your mentor:")
	for _, c := range appraisal.Calibrate(s.Profile(), s.Standard()) {
		p.Item(2, "%s", c.Words)
	}
	forecast(p, appraisal.Project(r, s.Profile()))
	next := o.next(s, r)
	p.next("%s%s", next.Text, commandFor(next))
	return nil
}

func (o *progressOptions) object(s *session.Session, r *gap.Report, moments []appraisal.Moment, ksbs []string) progressJSON {
	f := appraisal.Project(r, s.Profile())
	return progressJSON{
		AsOf:   s.Today(),
		Rounds: listOf(moments, func(m appraisal.Moment) momentJSON { return momentObject(m, ksbs) }),
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
			known(tenth(mean), scored), known(tenth(x.ExpectedMean()), m.Timed),
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

// tenth rounds to one decimal, a half up, for people and machines alike; a mean level is never negative.
func tenth(x float64) float64 { return float64(int(x*10+0.5)) / 10 }

// roundsBeside is how many rounds have room side by side; the newest are taken.
const roundsBeside = 4

// shares writes a table of mean levels: all, kinds and duties down, rounds across, and what is expected by now last.
func shares(p *page, moments []appraisal.Moment, dutyTitle func(int) string) {
	all := len(moments)
	moments = moments[max(all-roundsBeside, 0):]
	p.Blank()
	p.Para(0, "Mean level%s, and in brackets how many are rated; what is not rated is not counted.", newestOnly(all))
	head := []string{"", "Expected now"}
	for _, m := range slices.Backward(moments) {
		head = slices.Insert(head, 1, momentHead(m))
	}
	rows := [][]string{append(head, "")}
	last := moments[len(moments)-1]
	row := func(label, about string, pick func(appraisal.Moment) appraisal.Share) {
		cells := []string{label}
		for _, m := range moments {
			cells = append(cells, shareCell(pick(m)))
		}
		expected := "not known"
		if last.Timed {
			expected = fmt.Sprintf("%.1f", tenth(pick(last).ExpectedMean()))
		}
		rows = append(rows, append(cells, expected, about))
	}
	row("All", "", func(m appraisal.Moment) appraisal.Share { return m.All })
	for i, k := range last.Kinds {
		row(strings.ToUpper(k.Kind.String()[:1])+k.Kind.String()[1:], "", func(m appraisal.Moment) appraisal.Share { return m.Kinds[i] })
	}
	for i, d := range last.Duties {
		row(fmt.Sprintf("Duty %d", d.Duty), "", func(m appraisal.Moment) appraisal.Share { return m.Duties[i] })
	}
	p.Table(0, rows)
	p.Blank()
	for _, d := range last.Duties {
		p.Pair(0, 9, fmt.Sprintf("Duty %d", d.Duty), "%s", dutyTitle(d.Duty))
	}
}

func newestOnly(all int) string {
	if all <= roundsBeside {
		return " by round"
	}
	return fmt.Sprintf(" by round, the newest %d of %d", roundsBeside, all)
}

// momentHead names a round in a column; a long name of the learner's own is cut there and stands whole in JSON.
func momentHead(m appraisal.Moment) string {
	const most = 12
	name := []rune(m.Round)
	if len(name) > most {
		name = append(name[:most-3], []rune("...")...)
	}
	return string(name)
}

func shareCell(s appraisal.Share) string {
	mean, scored := s.Mean()
	if !scored {
		return fmt.Sprintf("-   (%d/%d)", s.Rated, s.Total)
	}
	return fmt.Sprintf("%.1f (%d/%d)", tenth(mean), s.Rated, s.Total)
}

// levels writes the levels of some KSBs, one line for each round.
func (o *progressOptions) levels(s *session.Session, p *page, moments []appraisal.Moment, ksbs []string) {
	said := func(in map[string]level.Level, id string) string {
		if l, ok := in[id]; ok {
			return l.String()
		}
		return "-"
	}
	for _, id := range ksbs {
		p.Blank()
		p.Pair(0, 5, id, "%s", s.Titles()(id))
		rows := [][]string{{"round", "on", "counts", "you", "mentor"}}
		for _, m := range moments {
			rows = append(rows, []string{m.Round, m.On.Long(), said(m.Levels, id), said(m.Self, id), said(m.Mentor, id)})
		}
		p.Table(5, rows)
	}
}

func forecast(p *page, f appraisal.Forecast) {
	p.Blank()
	p.Line("Forecast for gateway:")
	p.Para(2, "%s", f.Words)
	if f.Known {
		p.Para(2, "It rests on %s.", f.Basis)
	}
	p.Para(2, "It cannot know:")
	for _, x := range f.Unknown {
		p.Item(4, "%s", x)
	}
}
