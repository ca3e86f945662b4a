// Package intake makes sense of a skills scan, the spreadsheet of ratings that a college or employer asks for. It works
// in three steps: Read turns the bytes of a workbook, CSV or JSON into cells; Understand finds out which sheet and
// columns hold ratings, on which scale, and for which KSB and day; Take says what taking them in would change in a
// record.
//
// It never guesses silently: what could mean two things is asked about, refused or marked as in doubt, and what is not
// understood is reported row by row. It opens no files and changes no record.
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

// Options is what the learner says about a file. All of it may be left out.
type Options struct {
	As     profile.Rater           // take this rater's levels only, and those of a column that does not say whose
	By     safetext.Text           // the mentor's name, where the file has none
	On     calendar.Date           // the day of all ratings, in place of the days in the file
	Sheet  string                  // the name of the sheet to read
	Column string                  // the heading or the letter of the column that holds the levels
	Scales map[profile.Rater]Scale // the scale of each rater's answers
}

// Ground is what is needed to understand any file.
type Ground struct {
	Standard *standard.Standard
	Scale    *level.Scale
	Today    calendar.Date
}

// Proposal is how a file was understood.
type Proposal struct {
	Sheet   string   // the names of the sheets that are read; "" where the file has none
	Heading int      // the row of the headings, counted from 1
	Columns []Column // the columns that are read
	Left    []Column // columns with a heading that are not read
	Others  []string // names of other sheets that could hold ratings
	Scales  []Mapped // by rater
	Rows    []Row    // in the order of the file
	Missed  []Missed // what was not understood, or has no level
	Blank   int      // KSBs in the file without any level
	Earlier int      // ratings left out, since the file has a later one
	Agreed  int      // agreed levels left out, since only learner and mentor together can agree one
	Undated bool     // some rows have no day
}

// Column describes a column of the sheet.
type Column struct {
	Letter, Heading string
	Means           string // what is read from it, or why nothing is
}

// Row is one rating that the file gives.
type Row struct {
	KSB   string
	By    profile.Rater
	Who   safetext.Text // the mentor, where one is named
	Level level.Level
	On    calendar.Date // zero where the file gives none
	Note  safetext.Text
	Where string // in the file, such as "sheet Details, row 14"
	Doubt string // why it may be wrong; "" for no doubt
}

// Missed is a row that gives no rating, and why.
type Missed struct{ Where, Says string }

// Mapped is the scale of one rater's answers, with the level that each of them becomes.
type Mapped struct {
	By    profile.Rater
	Scale Scale
	From  string // how this scale was found, such as "as the sheet says"
	Steps []Step // by level, the lowest first
}

// Step is an answer that is in the file, with its level.
type Step struct {
	Answer string
	Level  level.Level
}

// Refused is the error for a file that cannot be understood.
type Refused struct {
	Msg, Try string // what is wrong, and what to try instead
	Says     string // the Word of the Detail that would help; "" for none
	Such     string // an example of what to say for it, or ""
}

func refused(msg, try string) error { return &Refused{Msg: msg, Try: try} }

func (r *Refused) Error() string { return r.Msg }

// Hint is what to try, with the flag of the command that helps.
func (r *Refused) Hint() string {
	if r.Such == "" {
		return r.Try
	}
	return r.Try + ", such as --" + r.Says + " " + r.Such
}

// Unclear is the error for answers that could be on more than one scale, or are on none that is known.
type Unclear struct {
	By     profile.Rater
	Values string  // a summary of the answers, such as "numbers from 1 to 4"
	Fits   []Scale // the known scales that have all the answers
}

func (u *Unclear) Error() string {
	if len(u.Fits) == 0 {
		return possessive(u.By) + " levels are " + u.Values + ", which no known scale has"
	}
	fits := words.Either(lists.Each(u.Fits, Scale.String))
	return possessive(u.By) + " levels are " + u.Values + ", which may be on a scale of " + fits
}

// Hint is the flag of the command that names the scale.
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

func possessive(by profile.Rater) string {
	if by == profile.Mentor {
		return "the mentor's"
	}
	return "your"
}

// Scan is a file that was read, with what the learner has said about it so far. Its methods give changed copies.
type Scan struct {
	Tables   []xlsx.Table
	Options  Options
	Doubtful bool // take what is in doubt, too
}

// Propose says how the file is understood and what taking it in would change in a record. The errors are those of
// Understand and Take.
func (s Scan) Propose(p profile.Profile, g Ground) (Proposal, Taking, error) {
	proposal, err := Understand(s.Tables, g, s.Options)
	if err != nil {
		return proposal, Taking{}, err
	}
	taking, err := Take(p, proposal, g, s.Doubtful)
	return proposal, taking, err
}

// WithScale is the scan with a scale for the answers of a rater.
func (s Scan) WithScale(by profile.Rater, scale Scale) Scan {
	scales := map[profile.Rater]Scale{}
	maps.Copy(scales, s.Options.Scales)
	scales[by] = scale
	s.Options.Scales = scales
	return s
}

// Detail is something that the learner can say where the file does not.
type Detail struct {
	Word      string // the name of the flag of the command
	Ask, Says string
	field     func(o *Options) *string // nil for the mentor's name, which is no string
}

// The words of details that a Refused asks for.
const (
	sheetDetail  = "sheet"
	columnDetail = "column"
)

// Details lists all details in the order in which to ask for them.
var Details = []Detail{
	{"by", "Who is the mentor?", "Kept with their ratings, where the file does not name them.", nil},
	{
		sheetDetail, "Which sheet is it?", "Its name, where another one was read.",
		func(o *Options) *string { return &o.Sheet },
	},
	{
		columnDetail, "Which column holds the levels?", "Its heading or its letter, where another one was read.",
		func(o *Options) *string { return &o.Column },
	},
}

// Of is what was said so far, or "".
func (d Detail) Of(o Options) string {
	if d.field == nil {
		return o.By.Line()
	}
	return *d.field(&o)
}

// Set notes what was said; "" leaves it to the file.
func (d Detail) Set(o *Options, said string) {
	if d.field == nil {
		o.By = safetext.New(said)
		return
	}
	*d.field(o) = said
}

// Way is an alternative for taking a scan in.
type Way struct {
	Text string
	As   Scan
}

// SayMore is the option under which the details of a scan are asked for.
const SayMore = "Say who the mentor is, or which sheet or column to read"

// Ways lists the alternatives that make sense for what would be taken in: to take what is in doubt too, or to date all
// of it today where the record does not allow the days in the file. Each can be reversed.
func (s Scan) Ways(t Taking, today calendar.Date) (ways []Way) {
	other, redated := s, s
	other.Doubtful = !s.Doubtful
	switch {
	case s.Doubtful:
		ways = append(ways, Way{"Leave out what is in doubt", other})
	case len(t.Doubt) > 0:
		ways = append(ways, Way{fmt.Sprintf("Take what is in doubt too (%d)", len(t.Doubt)), other})
	}
	switch redated.Options.On = today; {
	case !s.Options.On.IsZero():
		redated.Options.On = calendar.Date{}
		ways = append(ways, Way{"Use the days in the file", redated})
	case len(t.Barred) > 0:
		ways = append(ways, Way{"Date them all today, whatever the file says", redated})
	}
	return ways
}
