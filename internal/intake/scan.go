package intake

import (
	"fmt"
	"maps"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/xlsx"
)

// Scan is a file that was read, with what the learner has said about it so far.
type Scan struct {
	Tables   []xlsx.Table
	Options  Options
	Doubtful bool // what is in doubt is taken too
}

// Propose says how the file is understood, and what taking it in would change in a record.
func (s Scan) Propose(p profile.Profile, g Ground) (Proposal, Taking, error) {
	proposal, err := Understand(s.Tables, g, s.Options)
	if err != nil {
		return proposal, Taking{}, err
	}
	taking, err := Take(p, proposal, g, s.Doubtful)
	return proposal, taking, err
}

// On is the scan with the scale of a rater's levels.
func (s Scan) On(by profile.Rater, scale Scale) Scan {
	scales := map[profile.Rater]Scale{}
	maps.Copy(scales, s.Options.Scales)
	scales[by] = scale
	s.Options.Scales = scales
	return s
}

// Detail is something that a file may not say itself and the learner can.
type Detail struct {
	Word      string // as the flag of the command is called
	Ask, Says string
	field     func(o *Options) *string // nil for the mentor
}

// The words of the details that a Refused names.
const (
	detailSheet  = "sheet"
	detailColumn = "column"
)

// Details are all of them, in the order in which they are asked for.
var Details = []Detail{
	{"by", "Who is the mentor?", "Kept with their ratings, where the file does not name them.", nil},
	{detailSheet, "Which sheet is it?", "Its name, where another one was read.", func(o *Options) *string { return &o.Sheet }},
	{
		detailColumn, "Which column holds the levels?", "Its heading or its letter, where another one was read.",
		func(o *Options) *string { return &o.Column },
	},
}

// Of is what was said of it, or "".
func (d Detail) Of(o Options) string {
	if d.field == nil {
		return o.By.Line()
	}
	return *d.field(&o)
}

// Set keeps what is said of it; "" leaves it to the file.
func (d Detail) Set(o *Options, said string) {
	if d.field == nil {
		o.By = safetext.New(said)
		return
	}
	*d.field(o) = said
}

// Way is another way to take a scan in.
type Way struct {
	Text string
	As   Scan
}

// SayMore is how the details of a scan are offered to be said.
const SayMore = "Say who the mentor is, or which sheet or column to read"

// Ways are the other ways to take a scan in, by what became of it: what is in doubt may be taken too, and days that the
// record does not allow may all be today.
func (s Scan) Ways(t Taking, today calendar.Date) (ways []Way) {
	also, dated := s, s
	also.Doubtful = !s.Doubtful
	switch {
	case s.Doubtful:
		ways = append(ways, Way{"Leave out what is in doubt", also})
	case len(t.Doubt) > 0:
		ways = append(ways, Way{fmt.Sprintf("Take what is in doubt too (%d)", len(t.Doubt)), also})
	}
	switch dated.Options.On = today; {
	case !s.Options.On.IsZero():
		dated.Options.On = calendar.Date{}
		ways = append(ways, Way{"Go by the days in the file", dated})
	case len(t.Barred) > 0:
		ways = append(ways, Way{"Date them all today, in place of the days in the file", dated})
	}
	return ways
}
