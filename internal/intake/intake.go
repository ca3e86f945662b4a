// Package intake makes sense of a skills scan: of the cells of a workbook, a CSV file or JSON it says which sheet and
// which columns hold ratings, on which scale, for which KSB and of which day, and what taking them in would change in
// a record. What could mean two things it asks or refuses, and what it does not understand it tells row by row. It
// opens no files: bytes are handed in.
package intake

import (
	"fmt"
	"maps"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/words"
	"github.com/ksbcoach/ksbcoach/internal/xlsx"
)

// Options are what the learner says about a file. All may be left out.
type Options struct {
	As     profile.Rater           // whose ratings are taken, and those of a column without an owner; "" takes both
	By     safetext.Text           // the mentor, where the file names none
	On     calendar.Date           // the day of all ratings, whatever the file says
	Sheet  string                  // the name of the sheet
	Column string                  // the heading or the letter of the column with the levels
	Scales map[profile.Rater]Scale // what the numbers or words of a rater mean
}

// Ground is what a file is understood by.
type Ground struct {
	Standard *standard.Standard
	Scale    *level.Scale
	Today    calendar.Date
}

// Proposal is what was understood of a file.
type Proposal struct {
	Sheet   string   // the name of the sheet; "" where the file has none
	Heading int      // the row of the headings, counted from 1
	Columns []Column // those that are read
	Left    []Column // those with a heading that are not
	Others  []string // other sheets that could hold ratings
	Scales  []Mapped // by rater
	Rows    []Row    // in the order of the file
	Missed  []Missed // what was not understood, or says no level
	Blank   int      // KSBs in the file without any level
	Earlier int      // ratings that a later one in the file follows
	Agreed  int      // ratings that two agreed, which only the two can agree again
	Undated bool     // some of the rows have no day of their own
}

// Column is a column of the sheet.
type Column struct {
	Letter, Heading string
	Means           string // what is read from it, or why it is not
}

// Row is one rating that the file gives.
type Row struct {
	KSB   string
	By    profile.Rater
	Who   safetext.Text // the mentor, where one is named
	Level level.Level
	On    calendar.Date // zero where the file gives none
	Note  safetext.Text
	Where string // such as "sheet Details, row 14"
	Doubt string // why it may be wrong; "" where it is plain
}

// Missed is something in the file that makes no rating.
type Missed struct{ Where, Says string }

// Mapped is the scale of one rater's column with what became of each answer that is in it.
type Mapped struct {
	By    profile.Rater
	Scale Scale
	From  string // why it is this scale
	Steps []Step // the lowest first
}

// Step is an answer with the level that it becomes.
type Step struct {
	Answer string
	Level  level.Level
}

// Refused is a file, or a part of one, that cannot be understood, and what to try instead.
type Refused struct {
	Msg, Try string
	Says     string // the word of the detail that would help, or ""
	Such     string // such a detail; "" for none that could be named
}

func refused(msg, try string) error { return &Refused{Msg: msg, Try: try} }

func (r *Refused) Error() string { return r.Msg }

// Hint is what to try, as a command takes it.
func (r *Refused) Hint() string {
	if r.Such == "" {
		return r.Try
	}
	return r.Try + ", such as --" + r.Says + " " + r.Such
}

// Unclear is an answer scale of which the file alone does not say which it is.
type Unclear struct {
	By     profile.Rater
	Values string  // the answers, in words
	Fits   []Scale // those that are known and hold all answers
}

func (u *Unclear) Error() string {
	if len(u.Fits) == 0 {
		return "no scale that is known has " + u.Values + " as " + owner(u.By) + " levels"
	}
	fits := words.Either(lists.Each(u.Fits, Scale.String))
	return owner(u.By) + " levels are " + u.Values + ", which may be on a scale of " + fits
}

// Hint names the option.
func (u *Unclear) Hint() string {
	prefix, example := "", "1-5"
	if u.By == profile.Mentor {
		prefix = string(profile.Mentor) + ":"
	}
	if len(u.Fits) > 0 {
		example = u.Fits[0].name
	}
	return "say which one, such as --scale " + prefix + example
}

func owner(by profile.Rater) string {
	if by == profile.Mentor {
		return "the mentor's"
	}
	return "your"
}

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
	{
		detailSheet, "Which sheet is it?", "Its name, where another one was read.",
		func(o *Options) *string { return &o.Sheet },
	},
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
