// Package ui is the contract between the root of the program and its screens. A screen is given a Context and a
// message, returns the Asks that the root should carry out, and hands back a Page to be drawn. The package holds no
// state. It draws nothing itself; it only joins the two panes of a page and cuts a page to its room.
package ui

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/handout"
	"github.com/ksbcoach/ksbcoach/internal/library"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/tui/theme"
	"github.com/ksbcoach/ksbcoach/internal/tui/widget"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// Name identifies a screen, for Go.
type Name string

// The screens.
const (
	Home Name = "home"
	Rate Name = "rate"
	Gaps Name = "gaps"
	Plan Name = "plan"
	KSB  Name = "ksb"

	Evidence  Name = "evidence"
	Appraisal Name = "appraisal"
	Mentor    Name = "mentor"
	Progress  Name = "progress"
)

// Context is what a screen may see: one revision of the record, and the room there is to draw. Each call gets a new
// one, so a screen must copy what it wants to keep.
type Context struct {
	Rev      int // the revision of the record; each change and each undo raises it
	Profile  profile.Profile
	Report   *gap.Report
	Standard *standard.Standard
	Library  *library.Library
	Today    calendar.Date
	Position string                         // the KSB where the learner stopped
	Waiting  func(ksb string) safetext.Text // the note that waits for the rating of a KSB; see WaitingNote
	Newest   int                            // the revision made by the change that Undo would take back; 0 for none
	ReadOnly bool
	News     []coaching.Card // changed fact cards about the goals in progress; known a moment after the start
	Copies   string          // names the copies of the profile in its folder; known a moment after the start

	Theme *theme.Theme
	Size  Size
	NewID func(prefix string) string // for Update only
	Clock func() time.Time           // for Update only; nil where no time passes

	field    coaching.Field // what Field found
	fieldRev int            // 1 + the revision that it was found for; 0 before the first call
}

// WaitingNote returns the note that the learner wrote on a KSB before rating it, and false where there is none.
func (c *Context) WaitingNote(ksb string) (safetext.Text, bool) {
	if c.Waiting == nil {
		return safetext.Text{}, false
	}
	note := c.Waiting(ksb)
	return note, !note.Empty()
}

// WaitingNotes says in a sentence which KSBs have a note that waits for a rating, in the order of the duties, or "".
func (c *Context) WaitingNotes() string {
	ids := lists.Where(c.Standard.Walk(), func(id string) bool { _, ok := c.WaitingNote(id); return ok })
	switch {
	case len(ids) == 0:
		return ""
	case len(ids) == 1:
		return "A note for " + ids[0] + " waits for its rating."
	}
	return "Notes for " + words.List(ids) + " wait for their ratings."
}

// Title is the short title of a KSB.
func (c *Context) Title(ksb string) string { return c.Library.Title(c.Standard.Reference, ksb) }

// Named returns each KSB followed by its short title.
func (c *Context) Named(ksbs ...string) []string {
	return lists.Each(ksbs, func(id string) string { return id + " " + c.Title(id) })
}

// Field is the learner's field, or the zero Field where their role names no field that we know.
func (c *Context) Field() coaching.Field {
	if c.fieldRev != c.Rev+1 {
		c.field, _ = c.Library.Fields(c.Standard.Reference).Of(c.Profile.Learner.Role.Line())
		c.fieldRev = c.Rev + 1
	}
	return c.field
}

// DutyTitle is the short title of a duty.
func (c *Context) DutyTitle(n int) string { return c.Library.DutyTitle(c.Standard.Reference, n) }

// Size is the room for the body of a page, in cells. Wide means that there is room for two panes, Narrow that some
// words must be left out.
type Size struct {
	W, H   int
	Wide   bool
	Narrow bool
}

// The widths at which a Size is wide, or narrow.
const (
	WideFrom   = 104
	NarrowUpTo = 75
)

// SavedRoom is how many cells the root needs at the right end of the first line to say that all is saved and, where
// there is room, when.
func (s Size) SavedRoom() int {
	if s.Narrow {
		return len("  saved ")
	}
	return len("  saved 14:02")
}

// NewSize decides the size class of a body.
func NewSize(w, h int) Size { return Size{W: w, H: h, Wide: w >= WideFrom, Narrow: w <= NarrowUpTo} }

// Screen is one screen. Update gets tea.KeyPressMsg and the types of this package that end in Msg.
type Screen interface {
	// Update may change the screen's own state, and asks the root for everything else.
	Update(msg tea.Msg, c *Context) []Ask
	// View only draws, from the screen's state and the context. It reads no file and no clock.
	View(c *Context) Page
	// Keys are the keys that work now, for the footer and the help page.
	Keys(c *Context) Keys
	// Help says what the screen is for, for the help page: a line for each topic.
	Help() string
	// Glyphs are the signs of this screen and what they mean, without those that all screens share.
	Glyphs(t *theme.Theme) []Glyph
}

// Glyph is a sign that a screen draws, and its meaning there.
type Glyph struct{ Shown, Means string }

// Page is what a screen draws: the head (one line, with a left and a right part) and the lines of the body. All text
// may be styled. The root cuts lines to the width and the body to the height.
//
// While keys come fast the root may go on showing what the page said about the row before, and bring it up to date when
// the keys rest (see Side). Side, Late and LateHead mark what may be late in this way.
type Page struct {
	Left, Right string
	Body        []string
	Side        *Side          // a second pane, about the row under the cursor; nil for none
	Late        []int          // lines of the body that may be late too
	LateHead    bool           // the head may be late too
	LateOf      string         // names the part of the screen that is shown; what another part said is not kept
	Cursor      *Point         // where to put the terminal's cursor, which screen readers and Braille displays follow
	Rows        map[int]int    // body line -> the row that a click on it chooses
	Keys        map[int]string // body line -> the key that a click on it presses
}

// Side is what a page says about the row under the cursor: in a pane at the right of the body, or below it where there
// is room for one pane only. While the cursor moves fast the root leaves it as it was until the keys rest: over a slow
// line, redrawing it would be most of what a key costs.
type Side struct {
	Lines []string
	At    int // the width of the body, in cells, at the left of the pane; 0: the pane is below the body
	From  int // the line of the body at which the pane begins

	Scrolls bool // the last key scrolled this pane, so it must be drawn at once
}

// Lines returns the body with the pane beside or below it, in a room of h lines.
func (p Page) Lines(t *theme.Theme, h int) []string {
	if p.Side == nil || p.Side.From > len(p.Body) {
		return p.Body
	}
	if p.Side.At == 0 {
		below := p.Side.Lines[:max(min(len(p.Side.Lines), h-p.Side.From), 0)]
		return append(p.Body[:p.Side.From:p.Side.From], below...)
	}
	left := p.Body[p.Side.From:]
	both := widget.Beside(left, p.Side.Lines, p.Side.At, max(h-p.Side.From, 0), t.Glyphs.Bar)
	return append(p.Body[:p.Side.From:p.Side.From], both...)
}

// CutTo cuts the body to a room, and drops the clicks on rows, the late lines and the cursor of the lines that are cut
// off.
func (p *Page) CutTo(s Size) {
	p.Body = p.Body[:min(len(p.Body), max(s.H, 0))]
	for i, l := range p.Body {
		p.Body[i] = widget.Cut(l, s.W, "")
	}
	maps.DeleteFunc(p.Rows, func(y, _ int) bool { return y >= len(p.Body) })
	p.Late = slices.DeleteFunc(p.Late, func(y int) bool { return y >= len(p.Body) })
	switch at := p.Cursor; {
	case at == nil:
	case at.Y >= len(p.Body):
		p.Cursor = nil
	default:
		at.X = max(min(at.X, s.W-1), 0)
	}
}

// Point is a cell of the body, counted from 0.
type Point struct{ X, Y int }

// Ask is something that a screen asks the root to do. The root does the asks of one Update in order, and drops the rest
// once one is refused.
type Ask interface{ ask() }

// Go shows a screen, with the cursor on a KSB, goal, action or piece of evidence where one is named by its id.
type Go struct {
	To      Name
	KSB     string
	Goal    string
	Piece   string
	Text    string // for the screen KSB: the part of its text to scroll to
	Action  string
	Forward bool // for the screen Rate: go on through what is due in the open round, starting at the KSB
}

// Back returns to the screen before.
type Back struct{}

// Quit leaves the program once everything is saved.
type Quit struct{}

// Then is what to do after an answer or a change. It must use the context that it is given, and not the one from when
// the question was asked: the record may have changed since.
type Then func(c *Context) []Ask

// Saying is a Then that shows one line.
func Saying(text string) Then { return Asking(Say{Text: text}) }

// Asking is a Then that always gives these asks.
func Asking(a ...Ask) Then { return func(*Context) []Ask { return a } }

// Just is a Then that changes the state of the screen, and asks for nothing.
func Just(do func(c *Context)) Then {
	return func(c *Context) []Ask { do(c); return nil }
}

// Going is a Then that goes to a screen.
func Going(to Name) Then { return Asking(Go{To: to}) }

// Values are what was typed into a form, by the ID of the field.
type Values map[string]string

// Text returns what was typed into a field.
func (v Values) Text(field string) safetext.Text { return safetext.New(v[field]) }

// Day returns the day in a field that has a Day, or the zero date where it was left empty.
func (v Values) Day(field string) calendar.Date {
	d, _ := calendar.Parse(strings.TrimSpace(v[field]))
	return d
}

// Do changes the record. If the record refuses the change, the root says why and Then is not called. Then may be nil.
type Do struct {
	Change profile.Change
	Then   Then
}

// Make asks for a change, after which the line that says returns is shown; "" shows none.
func Make(change profile.Change, says func(c *Context) string) []Ask {
	return Asks(Do{Change: change, Then: func(c *Context) []Ask {
		if text := says(c); text != "" {
			return Asks(Say{Text: text})
		}
		return nil
	}})
}

// Undo takes back the newest change of the record. A step that changed no record the screen takes back itself; it can
// tell by Context.Newest which of the two is newer.
type Undo struct{}

// Say shows a message until the next key. Text may be styled; the learner's own words must come from a safetext.Text.
type Say struct{ Text string }

// At remembers the KSB where the learner is, so that the next start continues there.
type At struct{ KSB string }

// Wait keeps a note that was written before the rating that it belongs to. An empty Note forgets it; Taken says that
// the rating was made and the note is in the record now.
type Wait struct {
	KSB   string
	Note  string // as it was typed
	Taken bool
}

// Edit opens a form. Then is called with what was typed when the form is sent.
type Edit struct {
	Form Form
	Then func(Values, *Context) []Ask
}

// Choose opens a menu.
type Choose struct {
	Title   string
	Says    string // a paragraph below the title
	Options []Option
	Calm    bool // digits choose nothing, since one may still be typed that was meant to rate
	At      int  // the option under the cursor at first
	Typed   Then // where names are listed: opens a form for another name, when a letter is typed or text pasted
}

// Find opens the finder.
type Find struct{}

// Refuse says why a form does not open. The notice swallows what is typed: a "2" meant for a note must not rate.
type Refuse struct{ Title, Says string }

// Look checks on the disk whether the files of evidence still exist. The answer comes as a FilesMsg.
type Look struct{}

// Sheet asks for a file, and writes a new rating sheet there or, with Take, takes in a filled one. A new one without a
// Format asks for that first.
type Sheet struct {
	Take   bool
	Format string // a word of sheet.Formats
}

// Scan asks for the file of a skills scan, and shows what its ratings would change before they are taken in.
type Scan struct{}

// Copies shows what is in a copy of the profile that a sync program left, and offers to take it in.
type Copies struct{}

// Paper is a document that is written to a file of its own, to send or to print.
type Paper int

// The papers.
const (
	PackPaper   Paper = iota // what to bring to a review
	RecordPaper              // the record of the last closed review
	ChancePaper              // the chances to ask for
	IndexPaper               // the index of the portfolio: which evidence shows which KSB
)

// Write asks for a file and writes a paper into it.
type Write struct{ Paper Paper }

// Report opens the menu of a report: its format, who reads it, and which private parts go in. With Write it asks for
// the file and writes it there.
type Report struct {
	handout.Options
	Format string // the Word of an export.Format; "" for the first that is offered
	Write  bool
	Warned bool // the learner has seen what in it looks as if it named a patient
}

// Option is one line of a menu, with a second line of explanation where that helps. Key is the digit or letter that
// chooses it; either all options of a menu have one or, for numbered lines, none.
type Option struct {
	Text, Says, Key string
	Then            Then // nil: choosing it only closes the menu
}

// Way is one answer to a question: how it is offered, and the word of the record that it stands for.
type Way[T any] = plan.Way[T]

// Ways makes a menu option of each way; then is called with the word that was chosen.
func Ways[T any](list []Way[T], then func(T, *Context) []Ask) []Option {
	return lists.Each(list, func(w Way[T]) Option {
		return Option{Text: w.Text, Says: w.Says, Then: func(c *Context) []Ask { return then(w.Is, c) }}
	})
}

// Form describes a form to fill in.
type Form struct {
	Key    string // names the draft in which unsent text is kept; "" keeps none
	Title  string
	Says   string // one or two lines below the title
	Fields []Field
	At     string // the ID of the field to begin with; "" for the first
	Send   string // what sending does, such as "keep the example"
	Models Models // examples to look at while typing; the zero Models for none

	// Together checks fields against one another. It returns the ID of the field to correct and what is wrong, or "".
	Together func(Values) (field, says string)
}

// Models are example texts that the learner can open beside their own.
type Models struct {
	Name string // what they are, in a word: notes
	Says string // a line about all of them
	List []Model

	For  func(typed Values) []Model // in place of List, where they depend on what is typed when they are opened
	None string                     // what to type first, where For returns none
}

// Model is one example text, with a heading above it and a comment on it.
type Model struct{ Head, Text, Margin string }

// Field is one thing to type.
type Field struct {
	ID    string
	Label string
	Means string              // what the label means, where a newcomer may not know it; "" otherwise
	Says  string              // a hint below the label, such as that it can be left empty
	Value string              // the text that is there at first
	At    int                 // where in Value the cursor is at first, in bytes; 0 for its end
	Lines int                 // more than 1: room for several lines
	Need  bool                // must not be empty
	Day   Day                 // unless NoDay, it holds a day: typed as people write one, sent as YYYY-MM-DD
	Check func(string) string // returns what is wrong with the text (a day as YYYY-MM-DD), or ""
	Pick  func(string) []Pick // returns what the text may mean, to choose from below the field; none where it is clear
	Offer func(string) Offer  // returns what the text is understood as, and how it may go on; may be nil
	Doubt func(string) string // returns what may be a slip, or ""; it warns once, and a second Enter accepts the text
}

// Pick is one possible meaning of what is being typed.
type Pick struct {
	Says string // as it is offered
	Text string // the text of the field once it is chosen
}

// Offer is what a field shows about the text that is being typed.
type Offer struct {
	Meant string   // what it is understood as, or ""
	Names []string // how it may go on, the likeliest first
}

// Day is what sort of day a field asks for. It decides what a month without a day means there.
type Day int

// The days that are asked for.
const (
	NoDay    Day = iota
	ExactDay     // a month alone is refused
	PastDay      // of what has happened or begun: the first of a month
	DueDay       // of what is to be done by then: the last of a month
	FarDay       // the same, years ahead
)

// Read reads a day as people type it. The error says how to write it.
func (d Day) Read(s string, today calendar.Date) (calendar.Date, error) {
	tense := map[Day]calendar.Tense{PastDay: calendar.Past, DueDay: calendar.Future, FarDay: calendar.Future}
	return calendar.Meant(s, today, tense[d])
}

// Advice says how a day may be written.
func (d Day) Advice(today calendar.Date) string {
	month := func(d calendar.Date) string { return fmt.Sprintf("%s %d", d.Month.String()[:3], d.Year) }
	next := today.AddMonths(1)
	if d == FarDay {
		next = today.AddMonths(24)
	}
	switch d {
	case ExactDay:
		return fmt.Sprintf("such as %s or %d/%d/%02d", today.Long(), today.Day, today.Month, today.Year%100)
	case PastDay:
		return "such as " + today.Long() + ", or just " + month(today)
	case DueDay, FarDay:
		return "such as " + next.Long() + ", or " + month(next) + " for its last day"
	}
	return ""
}

// Meant says which day is understood, or "" where the text is no day.
func (d Day) Meant(s string, today calendar.Date) string {
	day, err := d.Read(s, today)
	if err != nil {
		return ""
	}
	says := "= " + day.Full()
	if _, err := ExactDay.Read(s, today); errors.Is(err, calendar.ErrMonth) {
		says += map[Day]string{PastDay: ", its first day", DueDay: ", its last day", FarDay: ", its last day"}[d]
	}
	return says
}

// DoneMsg says that a change was made or a question answered, so that the screen can correct its cursor.
type DoneMsg struct{}

// UndoneMsg says that a change was taken back. Slip means that the learner never made it on purpose (a key was held
// down), so the screen should be as if it had not happened.
type UndoneMsg struct {
	Change profile.Change
	Slip   bool
}

// EnterMsg says that the screen is shown now, because of a Go.
type EnterMsg struct{ Go Go }

// BackMsg says that the screen is shown again, after the learner came back from the one that it led to.
type BackMsg struct{}

// FilesMsg answers Look: by the ID of the piece of evidence, whether its file exists.
type FilesMsg struct{ Found map[string]bool }

// FoundMsg is the KSB that a mentor who rates blind found with the finder: the screen itself moves to it.
type FoundMsg struct{ KSB string }

// RowMsg is a click on a line of Page.Rows, with the row that it gives there.
type RowMsg struct{ Index int }

// WheelMsg is a turn of the mouse wheel by a number of lines; negative is up.
type WheelMsg struct{ Lines int }

func (Go) ask()     {}
func (Back) ask()   {}
func (Quit) ask()   {}
func (Do) ask()     {}
func (Undo) ask()   {}
func (Say) ask()    {}
func (At) ask()     {}
func (Wait) ask()   {}
func (Edit) ask()   {}
func (Choose) ask() {}
func (Find) ask()   {}
func (Refuse) ask() {}
func (Look) ask()   {}
func (Sheet) ask()  {}
func (Scan) ask()   {}
func (Copies) ask() {}
func (Write) ask()  {}
func (Report) ask() {}

// Asks is []Ask{a...}, for brevity.
func Asks(a ...Ask) []Ask { return a }

// CheckPast is a Field.Check for the day of something that has happened.
func CheckPast(today calendar.Date) func(string) string {
	return CheckDay(func(d calendar.Date) error { return profile.MayHaveHappened(d, calendar.Date{}, today) })
}

// CheckDay is a Field.Check that applies a rule of the record to a day.
func CheckDay(rule func(calendar.Date) error) func(string) string {
	return func(s string) string {
		d, err := calendar.Parse(s)
		if err != nil {
			return "" // left out
		}
		return Wrong(rule(d))
	}
}

// Wrong words a refusal of the record as a Field.Check returns it; it is "" for any other error and for nil.
func Wrong(err error) string {
	var r *profile.Refusal
	if errors.As(err, &r) {
		return r.Msg + ": " + r.Why
	}
	return ""
}
