// Package tui is the full-screen program: the root that holds the session, the screens and what stands in front of them.
// Screens read and ask; the root does what they ask, one after the other, and saves off the screen's path. It knows no
// files and no commands.
package tui

import (
	"errors"
	"os"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/library"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/tui/dialog"
	"github.com/ksbcoach/ksbcoach/internal/tui/screens/appraising"
	"github.com/ksbcoach/ksbcoach/internal/tui/screens/evidence"
	"github.com/ksbcoach/ksbcoach/internal/tui/screens/gaps"
	"github.com/ksbcoach/ksbcoach/internal/tui/screens/home"
	"github.com/ksbcoach/ksbcoach/internal/tui/screens/ksb"
	"github.com/ksbcoach/ksbcoach/internal/tui/screens/mentor"
	"github.com/ksbcoach/ksbcoach/internal/tui/screens/planning"
	"github.com/ksbcoach/ksbcoach/internal/tui/screens/progress"
	"github.com/ksbcoach/ksbcoach/internal/tui/screens/rate"
	"github.com/ksbcoach/ksbcoach/internal/tui/theme"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// Options are what the program is wired with.
type Options struct {
	Open    func() (*session.Session, error)                  // nil and no error on the first run; called once, on another goroutine
	Session *session.Session                                  // what Open gave
	Create  func(l profile.Learner) (*session.Session, error) // makes the profile when the first form is sent off
	File    string                                            // where Create will make it
	Library *library.Library
	Today   calendar.Date // what --as-of fixes; zero asks Now for the day at each message
	Now     func() time.Time
	Getenv  func(string) string
	In, Out *os.File

	CanResume func() bool // whether a shell would bring the program back after Ctrl-Z; nil for no

	ASCII bool          // draw with ASCII only
	Theme profile.Theme // in place of the one in the profile; "" for that
	Demo  bool          // the profile is a sample in a temporary place
}

// app is the root: the one tea.Model of the program.
type app struct {
	o       Options
	s       *session.Session // nil until the first form is sent off
	before  profile.Profile  // the record when the program began
	screens map[ui.Name]ui.Screen
	path    []ui.Name // where one came from; the last is the screen that is shown
	front   dialog.Dialog
	reply   reply // what follows once it has ended
	welcome bool  // the dialog in front is the first form

	today      calendar.Date // as at the last message
	theme      *theme.Theme
	tint       tint
	shown      bool          // the first frame may be on the screen
	few        bool          // there are no colours, or so few that nobody knows what they look like
	own        profile.Theme // chosen for as long as the program runs; "" for the one in the profile
	cols, rows int
	mouse      bool

	message string   // until the next key
	sending *sending // nil but while a form is sent off
	trouble bool     // the message says that something went wrong
	told    string   // that the file was changed elsewhere, which stays for a moment
	toldAt  time.Time
	failed  error // the last save failed
	retries retries
	asked   int    // the revision at which it was asked what to do about a file changed elsewhere
	savedAt string // clock time of the last save, "" before the first
	leaving bool
	warned  bool // that what is typed into the first form is not kept
	filing  int  // files that are being written or read

	madeOn     map[int]ui.Name // the screen on which each change was made, by its revision
	toTakeBack int             // the revision of a change made elsewhere that undo has just named

	hands  int           // who has the keyboard
	visits int           // of a mentor, so far
	rater  safetext.Text // the mentor who has it, once they have said their name

	report    *gap.Report
	reportRev int

	index   indexes
	results results

	news   []coaching.Card // fact cards that changed, once they were looked through
	joint  *session.Joint  // a copy that is taken in and not yet moved to the backups
	copies string          // which copies of the profile lie beside it, in words, once they were looked for
	look   bool            // the files of evidence are to be looked for
	seek   tea.Cmd         // looks for what was asked for beside the files

	door       door
	pace       pace
	beforeEsc  *place
	byKey      bool // what is done now was asked for by a key
	mouseDown  pressed
	unanswered int  // how often the terminal was asked at the start what it answers after everything else
	quitting   bool // nothing is left to do but to wait for answers of the terminal

	unguarded *profile.Profile // the record before the first text that the guard for patients has not looked at; nil for none

	trail  trail
	drafts drafts
	frame  *tea.View // what was drawn last, while nothing changed
	tidy   func()    // at the first key
}

// newApp makes the root on its first screen.
func newApp(o Options) *app {
	a := &app{
		o: o, s: o.Session, own: o.Theme, few: o.Getenv("NO_COLOR") != "", mouse: !overSSH(o.Getenv),
		tint: tint{ascii: o.ASCII || !speaksUTF8(o.Getenv), ground: theme.GroundOf(o.Getenv("COLORFGBG"))},
		screens: map[ui.Name]ui.Screen{
			ui.Home: home.New(), ui.Rate: rate.New(), ui.Gaps: gaps.New(), ui.Plan: planning.New(), ui.KSB: ksb.New(),
			ui.Evidence: evidence.New(), ui.Appraisal: appraising.New(), ui.Mentor: mentor.New(), ui.Progress: progress.New(),
		},
		path: []ui.Name{ui.Home}, tidy: func() {},
	}
	a.dress()
	a.askDay()
	if a.s == nil {
		a.front, a.welcome = dialog.NewForm(home.Welcome(o.File, a.today, func() *coaching.Fields { return o.Library.Fields(library.Default) }), nil), true
		return a
	}
	a.before = a.s.Profile()
	if a.sheet() {
		a.screens[ui.Mentor], a.path = mentor.Sheet(a.s.Profile().SheetMentor()), []ui.Name{ui.Mentor}
	}
	a.message = a.firstNews()
	return a
}

// firstNews is the first message: what the learner should know before anything else.
func (a *app) firstNews() string {
	switch {
	case session.OpenElsewhere(a.s.ReadOnly()):
		return session.Elsewhere + ". You can look at everything."
	case a.s.ReadOnly() != nil:
		says := "Read only: " + a.s.ReadOnly().Error() + ". You can look at everything."
		var h hinter
		if errors.As(a.s.ReadOnly(), &h) {
			says += " " + words.Capital(h.Hint()) + "."
		}
		return says
	case a.s.Warning() != "" && a.s.Elsewhere() != "":
		return words.Capital(a.s.Warning()) + ". " + a.s.Elsewhere()
	case a.s.Warning() != "":
		return a.s.Warning()
	case a.o.Demo:
		return "This is a sample learner in a temporary copy: try everything."
	}
	return a.s.Elsewhere()
}

// speaksUTF8 says whether the locale can show more than ASCII. A locale that says nothing is taken at today's custom.
func speaksUTF8(getenv func(string) string) bool {
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if v := strings.ToLower(getenv(name)); v != "" {
			return strings.Contains(v, "utf-8") || strings.Contains(v, "utf8")
		}
	}
	return true
}

func overSSH(getenv func(string) string) bool {
	return getenv("SSH_CONNECTION") != "" || getenv("SSH_TTY") != ""
}

// Init asks the terminal what it wants to know.
func (a *app) Init() tea.Cmd { return a.ask() }

// askDay asks the clock for the day, so that whatever is done now is dated now however long the program has been open. It
// says whether a new day has begun.
func (a *app) askDay() bool {
	day := a.o.Today
	if day.IsZero() {
		day = calendar.FromTime(a.o.Now())
	}
	if day == a.today {
		return false
	}
	a.today, a.report = day, nil
	return true
}

// sheet says whether a mentor fills a rating sheet; of the screens only the mentor's is shown then.
func (a *app) sheet() bool { return a.s != nil && a.s.Profile().Sheet }

// here is the screen that is shown.
func (a *app) here() ui.Name { return a.path[len(a.path)-1] }

func (a *app) screen() ui.Screen { return a.screens[a.here()] }

// chrome is how many lines the head, the rule and the keys take.
const chrome = 3

// drawing is what a screen may see when it is drawn: a message takes room from it. What a key does is worked out without
// that, so that the page is back where it was when the message has gone.
func (a *app) drawing() *ui.Context {
	c := a.context()
	c.Size = ui.NewSize(c.Size.W, max(c.Size.H-a.covered(), 1))
	return c
}

// context is what a screen may see now.
func (a *app) context() *ui.Context {
	a.dress()
	c := &ui.Context{
		Library: a.o.Library, Today: a.today, Theme: a.theme, Size: ui.NewSize(max(a.cols, 1), max(a.rows-chrome, 1)),
	}
	if a.s == nil {
		return c
	}
	if a.report == nil || a.reportRev != a.s.Rev() {
		a.report = gap.Compute(a.s.Standard(), a.o.Library.Scale(), a.s.Profile(), a.today).In(a.s.Order())
		a.reportRev = a.s.Rev()
	}
	c.Rev, c.Profile, c.Report, c.Standard = a.s.Rev(), a.s.Profile(), a.report, a.s.Standard()
	c.Waiting = a.waitingNote
	c.Position, c.ReadOnly, c.NewID, c.Clock = a.s.Position(), a.s.ReadOnly() != nil, a.s.NewID, a.o.Now
	c.Newest = a.s.NewestRev()
	c.News, c.Copies = a.news, a.copies
	return c
}
