// Package intake makes sense of a skills scan: of the cells of a workbook, a CSV file or JSON it says which sheet and
// which columns hold ratings, on which scale, for which KSB and of which day, and what taking them in would change in
// a record. What could mean two things it asks or refuses, and what it does not understand it tells row by row. It
// opens no files: bytes are handed in.
package intake

import (
	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/words"
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
