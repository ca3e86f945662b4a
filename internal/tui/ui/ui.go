// Package ui is the contract between the root of the program and its screens: what a screen is given, what it may ask
// for, and what it hands back to be drawn. It holds no state, and of drawing it only knows how two panes stand side by
// side and how a page is cut to its room.
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

// Name is a screen's name, by which screens ask to go to one another.
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

// Context is what a screen may see: one revision of the record and the room there is to draw. A screen keeps nothing of
// it from one call to the next but what it copied out.
type Context struct {
	Rev      int
	Profile  profile.Profile
	Report   *gap.Report
	Standard *standard.Standard
	Library  *library.Library
	Today    calendar.Date
	Position string                         // the KSB where the learner stopped
	Waiting  func(ksb string) safetext.Text // the note that waits for the rating of a KSB; see WaitingNote
	Newest   int                            // the revision of the newest change that Undo takes back; 0 for none
	ReadOnly bool
	News     []coaching.Card // that serve the goals in flight and have changed; known a moment after the start
	Copies   string          // which copies of the profile lie beside it, in words; known a moment after the start

	Theme *theme.Theme
	Size  Size
	NewID func(prefix string) string // for Update only
	Clock func() time.Time           // for Update only; nil where no time passes

	own   coaching.Field // see Field
	ownOf int            // the revision after that which own is of
}

// WaitingNote is the note that was written before the rating that it goes with, and false where none waits.
func (c *Context) WaitingNote(ksb string) (safetext.Text, bool) {
	if c.Waiting == nil {
		return safetext.Text{}, false
	}
	note := c.Waiting(ksb)
	return note, !note.Empty()
}

// WaitingNotes says that there are notes that wait for their ratings, in the order of the duties, or "".
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

// Named are KSBs, each with its short title.
func (c *Context) Named(ksbs ...string) []string {
	return lists.Each(ksbs, func(id string) string { return id + " " + c.Title(id) })
}

// Field is the learner's field, or the zero Field where their role names none that is known.
func (c *Context) Field() coaching.Field {
	if c.ownOf != c.Rev+1 {
		c.own, _ = c.Library.Fields(c.Standard.Reference).Of(c.Profile.Learner.Role.Line())
		c.ownOf = c.Rev + 1
	}
	return c.own
}

// DutyTitle is the short title of a duty.
func (c *Context) DutyTitle(n int) string { return c.Library.DutyTitle(c.Standard.Reference, n) }

// Size is the room for a body in cells. Wide means that there is room for two panes, Narrow that words must go.
type Size struct {
	W, H   int
	Wide   bool
	Narrow bool
}

// The widths from which on there is room for two panes, and for comfort in one.
const (
	WideFrom   = 104
	NarrowUpTo = 75
)

// SavedRoom is how many cells of the first line the root needs behind the right end of a page: for saying that all is
// saved and, where there is room, since when.
func (s Size) SavedRoom() int {
	if s.Narrow {
		return len("  saved ")
	}
	return len("  saved 14:02")
}

// NewSize decides the size class of a body.
func NewSize(w, h int) Size { return Size{W: w, H: h, Wide: w >= WideFrom, Narrow: w <= NarrowUpTo} }

// Screen is one screen. Update may change the screen's own state and asks for the rest; View only draws, from the
// screen's state and the context. Messages are tea.KeyPressMsg, and the types of this package that end in Msg.
type Screen interface {
	Update(msg tea.Msg, c *Context) []Ask
	View(c *Context) Page
	Keys(c *Context) Keys
	Help() string // what the screen is for, for the help page, a line to each matter
	// what its signs mean, for the help page; those that all screens share are not among them
	Glyphs(t *theme.Theme) []Glyph
}

// Glyph is a sign that a screen draws, with what it means there.
type Glyph struct{ Shown, Means string }

// Page is what a screen draws: one line of head, left and right, and the lines of the body. Lines are cut to the room,
// so a page too large loses its right and its bottom and nothing else. Styled text is fine in all of them.
type Page struct {
	Left, Right string
	Body        []string
	Side        *Side          // beside the body or below it: what is said about the line under the cursor
	LateHead    bool           // the head is new with what is in hand, and may follow too
	LateOf      string         // what the late lines belong to, by a name of its own; they do not outlast it
	Late        []int          // lines of the body that are about what is in hand too, and may follow as the pane does
	Cursor      *Point         // where the real cursor stands in the body, for screen readers and Braille
	Rows        map[int]int    // body line -> index that a click on it chooses
	Keys        map[int]string // body line -> key that a click on it presses
}

// Side is what a page says about the line under the cursor: in a pane of its own behind a bar, or below the body where
// there is room for one pane only. While the cursor moves fast the root lets it stay as it was and follow when the
// cursor rests: over a slow line it would be most of what a key costs.
type Side struct {
	Lines []string
	At    int // cells of the body before the bar; 0: it is below the body
	From  int // the first line of the body that it stands beside, or the line that it begins at

	Scrolls bool // it was scrolled just now: that is what the key was for, so it does not wait
}

// Lines are the lines of the body with the pane beside or below them, in a room of h lines.
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

// CutTo cuts the body to its room. What a click does below it goes, and a cursor there.
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

// Ask is something that a screen asks the root for. Those of one Update are done in order, until a Do is refused.
type Ask interface{ ask() }

// Go goes to a screen, at a KSB, a goal, an action or a piece of evidence where that is said.
type Go struct {
	To      Name
	KSB     string
	Goal    string
	Piece   string
	Text    string // of KSB: what to read there
	Action  string
	Forward bool // of Rate: follow the list of what is due in the open round, from the KSB on
}

// Back goes to the screen before.
type Back struct{}

// Quit leaves the program.
type Quit struct{}

// Then is what follows an answer or a change. It is written where the question is asked, and is handed the context of
// its own moment: what was looked up when the question was asked may have changed since.
type Then func(c *Context) []Ask

// Saying follows with one line.
func Saying(text string) Then { return Asking(Say{Text: text}) }

// Asking is a Then that asks for these, whatever the context.
func Asking(a ...Ask) Then { return func(*Context) []Ask { return a } }

// Just is a Then that does something on the screen and asks for nothing.
func Just(do func(c *Context)) Then {
	return func(c *Context) []Ask { do(c); return nil }
}

// Going is a Then that goes to a screen.
func Going(to Name) Then { return Asking(Go{To: to}) }

// Values are what was typed into a form, by field.
type Values map[string]string

// Text is what was typed into a field.
func (v Values) Text(field string) safetext.Text { return safetext.New(v[field]) }

// Day is the day in a field that the form has checked; the zero day where it was left out.
func (v Values) Day(field string) calendar.Date {
	d, _ := calendar.Parse(strings.TrimSpace(v[field]))
	return d
}

// Do makes a change. Once it is made Then follows; nil says nothing.
type Do struct {
	Change profile.Change
	Then   Then
}

// Make makes a change, and then says the line that comes of it, or nothing for "".
func Make(change profile.Change, then func(c *Context) string) []Ask {
	return Asks(Do{Change: change, Then: func(c *Context) []Ask {
		if says := then(c); says != "" {
			return Asks(Say{Text: says})
		}
		return nil
	}})
}

// Undo takes back the newest change. What is no change a screen takes back itself: see Context.Newest.
type Undo struct{}

// Say shows one line until the next key. Text may be styled; words of the learner must come out of a safetext.Text.
type Say struct{ Text string }

// At remembers the KSB where the learner is.
type At struct{ KSB string }

// Wait keeps a note that was written before the rating that it goes with, until that is made; Taken says that it is in
// the record now, and an empty one forgets it.
type Wait struct {
	KSB   string
	Note  string // as it was typed
	Taken bool
}

// Edit opens a form. Then follows when it is sent.
type Edit struct {
	Form Form
	Then func(Values, *Context) []Ask
}

// Choose opens a list to choose from. Each option says what follows.
type Choose struct {
	Title   string
	Says    string // one line below the title
	Options []Option
	Calm    bool // digits choose nothing
	At      int  // the option that is pointed at first
	Typed   Then // opens the form that takes a letter typed on the list, or a paste; nil where no name is asked for
}

// Find opens the finder.
type Find struct{}

// Refuse says why something that would take typing does not open, in a notice that takes it: no note must rate.
type Refuse struct{ Title, Says string }

// Look looks whether the files are there that evidence lies in; the screen gets a FilesMsg when the answer is in.
type Look struct{}

// Sheet asks for a file, and makes a rating sheet there or takes one in. Without a Format it asks for that first.
type Sheet struct {
	Take   bool
	Format string // a word of sheet.Formats
}

// Scan asks for the file of a skills scan, and shows what its ratings would change.
type Scan struct{}

// Copies shows what is in a copy of the profile that a sync program left, and offers to take it in.
type Copies struct{}

// Paper is a page of the learner's as a text file of its own, to send or to print.
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

// Report offers a report of everything there is to show: its format, who reads it and what of the private goes in. With
// Write it asks for the file and writes it there.
type Report struct {
	handout.Options
	Format string // by its word; "" is the first that is offered
	Write  bool
	Warned bool // it was said what in it names a patient
}

// Option is one line of a Choose, with a second line of words where that helps. Key is the digit or letter that chooses
// it, in a list in which each has one; else it is the number of the line.
type Option struct {
	Text, Says, Key string
	Then            Then // nil: nothing follows
}

// Way is one way to answer a question, as it is offered, with the word of the record that it stands for.
type Way[T any] = plan.Way[T]

// Ways are the options that offer them, with what follows each.
func Ways[T any](list []Way[T], then func(T, *Context) []Ask) []Option {
	return lists.Each(list, func(w Way[T]) Option {
		return Option{Text: w.Text, Says: w.Says, Then: func(c *Context) []Ask { return then(w.Is, c) }}
	})
}

// Form is what is to be typed. Key names the draft that keeps unsent text; "" keeps none.
type Form struct {
	Key    string
	Title  string
	Says   string // one or two lines below the title
	Fields []Field
	At     string // the field to begin with, where that is not the first
	Send   string // what sending does, such as "keep the example"
	Models Models // to look at while typing; none where there is nothing to show

	// Together checks what only several fields show, and names the field to mend and what is wrong, or "".
	Together func(Values) (field, says string)
}

// Models are texts that somebody else might have written, to look at beside one's own when one asks for them.
type Models struct {
	Name string // what they are in a word, such as notes
	Says string // a line about all of them
	List []Model

	For  func(typed Values) []Model // in place of List, where they depend on what is typed when they are opened
	None string                     // what is to be typed first where For has none
}

// Model is one of them, with what is to be learned from it.
type Model struct{ Head, Text, Margin string }

// Field is one thing to type.
type Field struct {
	ID    string
	Label string
	Means string              // what the label means, where a newcomer may not know it; "" otherwise
	Says  string              // the question, or what may be left out
	Value string              // what stands there first
	At    int                 // where the cursor stands in Value first, in bytes; 0 for its end
	Lines int                 // more than 1: room for several lines
	Need  bool                // must not be empty
	Day   Day                 // more than NoDay: a day, typed as people write one and sent as YYYY-MM-DD
	Check func(string) string // what is wrong with the text, or ""; a day comes to it as it is sent
	Pick  func(string) []Pick // what the text may mean, to choose from below the field; none where it is clear
	Offer func(string) Offer  // what is known that the text may mean; nil where nothing is
	Doubt func(string) string // what may be a slip, or "": it is said once, and stands when Enter is pressed again
}

// Pick is one meaning of a text that is being typed.
type Pick struct {
	Says string // as it is offered
	Text string // what the field holds once it is taken
}

// Offer is what a text that is being typed may mean.
type Offer struct {
	Meant string   // what it is understood as, or ""
	Names []string // what would complete it, the likeliest first
}

// Day says what a field is the day of, and so what a month alone means there.
type Day int

// The days that are asked for.
const (
	NoDay    Day = iota
	ExactDay     // a month alone is refused
	PastDay      // of what has happened or begun: the first of a month
	DueDay       // of what is to be done by then: the last of a month
	FarDay       // the same, years ahead
)

// Read reads the day that was typed.
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

// Meant is the day that is understood, or "" where none is.
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

// DoneMsg says that a change was made or an answer given, so that the screen can put its cursor right.
type DoneMsg struct{}

// UndoneMsg says that a change was taken back. Slip: it was none of the learner's, but made by a key that was held
// down, so that all is as it was before.
type UndoneMsg struct {
	Change profile.Change
	Slip   bool
}

// EnterMsg tells a screen that it is shown, as a Go asked.
type EnterMsg struct{ Go Go }

// BackMsg tells a screen that it is shown again after the one that it led to.
type BackMsg struct{}

// FilesMsg is which files of evidence are there, by the ID of the piece: true for there, false for gone.
type FilesMsg struct{ Found map[string]bool }

// FoundMsg is the KSB that was found from a screen on which ratings are hidden: the screen goes there itself.
type FoundMsg struct{ KSB string }

// RowMsg is a click on a line that Page.Rows names.
type RowMsg struct{ Index int }

// WheelMsg is a turn of the wheel by a number of lines; negative is up.
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

// Asks is a list of asks, for brevity where they are returned.
func Asks(a ...Ask) []Ask { return a }

// CheckPast is a Field.Check for the date of something that has happened.
func CheckPast(today calendar.Date) func(string) string {
	return CheckDay(func(d calendar.Date) error { return profile.MayHaveHappened(d, calendar.Date{}, today) })
}

// CheckDay is a Field.Check for a date that a rule of the record may refuse.
func CheckDay(rule func(calendar.Date) error) func(string) string {
	return func(s string) string {
		d, err := calendar.Parse(s)
		if err != nil {
			return "" // left out
		}
		return Wrong(rule(d))
	}
}

// Wrong is a refusal of the record as a Field.Check says it, and "" for none.
func Wrong(err error) string {
	var r *profile.Refusal
	if errors.As(err, &r) {
		return r.Msg + ": " + r.Why
	}
	return ""
}
