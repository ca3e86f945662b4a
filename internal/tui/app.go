// Package tui is the full-screen program: the root that holds the session, the screens and what stands in front of
// them. Screens read and ask; the root does what they ask, one after the other, and saves off the screen's path. It
// knows no files and no commands.
package tui

import (
	"errors"
	"fmt"
	"os"
	"os/signal"
	"runtime/debug"
	"strings"
	"sync"
	"syscall"
	"time"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/export"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/library"
	"github.com/ksbcoach/ksbcoach/internal/plan"
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
	Open    func() (*session.Session, error)                  // nil, nil on the first run; called once, elsewhere
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

// now is the time by the clock that the program was given.
func (o Options) now() time.Time {
	if o.Now == nil {
		return time.Time{}
	}
	return o.Now()
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
	joint  *session.Merge  // a copy that is taken in and not yet moved to the backups
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

	// the record before the first text that the guard for patients has not looked at; nil for none
	unguarded *profile.Profile

	trail  trail
	drafts drafts
	frame  *tea.View // what was drawn last, while nothing changed
	tidy   func()    // at the first key
}

func newApp(o Options) *app {
	a := &app{
		o: o, s: o.Session, own: o.Theme, few: o.Getenv("NO_COLOR") != "", mouse: !overSSH(o.Getenv),
		tint: tint{ascii: o.ASCII || !speaksUTF8(o.Getenv), background: theme.BackgroundOf(o.Getenv("COLORFGBG"))},
		screens: map[ui.Name]ui.Screen{
			ui.Home: home.New(), ui.Rate: rate.New(), ui.Gaps: gaps.New(), ui.Plan: planning.New(), ui.KSB: ksb.New(),
			ui.Evidence: evidence.New(), ui.Appraisal: appraising.New(), ui.Mentor: mentor.New(),
			ui.Progress: progress.New(),
		},
		path: []ui.Name{ui.Home}, tidy: func() {}, madeOn: map[int]ui.Name{},
		drafts: drafts{sent: map[string]bool{}, made: map[int]written{}},
	}
	a.dress()
	a.askDay()
	if a.s == nil {
		a.front, a.welcome = dialog.NewForm(home.Welcome(o.File, a.today,
			func() *coaching.Fields { return o.Library.Fields(library.Default) }), nil), true
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
		return session.AlreadyOpen + ". You can look at everything."
	case a.s.ReadOnly() != nil:
		says := "Read only: " + a.s.ReadOnly().Error() + ". You can look at everything."
		if h, ok := errors.AsType[hinter](a.s.ReadOnly()); ok {
			says += " " + words.Capital(h.Hint()) + "."
		}
		return says
	case a.s.Warning() != "" && a.s.ChangedElsewhere() != "":
		return words.Capital(a.s.Warning()) + ". " + a.s.ChangedElsewhere()
	case a.s.Warning() != "":
		return a.s.Warning()
	case a.o.Demo:
		return "This is a sample learner in a temporary copy: try everything."
	}
	return a.s.ChangedElsewhere()
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

// askDay asks the clock for the day, so that whatever is done now is dated now however long the program has been open.
// It says whether a new day has begun.
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

// drawing is what a screen may see when it is drawn: a message takes room from it. What a key does is worked out
// without that, so that the page is back where it was when the message has gone.
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
		a.report = gap.Compute(a.s.Standard(), a.o.Library.Scale(), a.s.Profile(), a.today).WithOrder(a.s.Order())
		a.reportRev = a.s.Rev()
	}
	c.Rev, c.Profile, c.Report, c.Standard = a.s.Rev(), a.s.Profile(), a.report, a.s.Standard()
	c.Waiting = a.waitingNote
	c.Position, c.ReadOnly, c.NewID, c.Clock = a.s.Position(), a.s.ReadOnly() != nil, a.s.NewID, a.o.Now
	c.Newest = a.s.NewestRev()
	c.News, c.Copies = a.news, a.copies
	return c
}

// opening is the root until the session is open: the framework sets up the terminal meanwhile, and its first frame is
// due that much sooner. What comes in by then is kept for the app, keys that were typed ahead too.
type opening struct {
	o     Options
	out   *gate
	early []came
	app   *app // once the session is open
	err   error
	holds bool // the app is at work, and its first frame waits for the terminal to say its background
}

type openedMsg struct {
	s   *session.Session
	err error
}

// Init opens the session beside the event loop, so that a file on a drive that does not answer can be left. Before that
// it has the framework write each frame as a whole, as it does for a terminal that says it knows mode 2026: it does not
// ask over SSH, where frames come in pieces most, and a terminal that does not know the mode ignores it.
func (p *opening) Init() tea.Cmd {
	return tea.Sequence(func() tea.Msg {
		return tea.ModeReportMsg{Mode: ansi.ModeSynchronizedOutput, Value: ansi.ModeReset}
	}, func() tea.Msg {
		s, err := p.o.Open()
		return openedMsg{s, err}
	})
}

// Update keeps what comes in for the app, and makes way for it.
func (p *opening) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if p.holds {
		return p.hold(msg)
	}
	switch msg := msg.(type) {
	case openedMsg:
		if msg.err != nil {
			p.err = msg.err
			return p, tea.Quit
		}
		return p.begin(msg.s)
	case tea.KeyPressMsg:
		if msg.String() == "ctrl+c" {
			return p, tea.Quit
		}
	}
	p.early = append(p.early, came{msg, p.o.now()})
	return p, nil
}

func (p *opening) begin(s *session.Session) (tea.Model, tea.Cmd) {
	p.o.Session = s
	p.app = newApp(p.o)
	p.app.trail.rest, p.app.drafts.pause, p.app.retries.first = restTime, pauseTime, retryTime
	p.app.trail.slow = overSSH(p.o.Getenv)
	p.app.tidy = sync.OnceFunc(func() { tidy(p.o.Getenv) })
	first := p.app.message
	ask, cmds := p.app.Init(), []tea.Cmd{p.app.newsAfter(newsTime), p.app.copiesAfter(newsTime)}
	for _, x := range p.early { // the size of the window first, since what it does not show takes no keys
		if _, ok := x.msg.(tea.WindowSizeMsg); ok {
			cmds = append(cmds, p.app.enter(x.msg, x.at))
		}
	}
	for _, x := range p.early {
		cmds = append(cmds, p.app.enter(x.msg, x.at))
	}
	p.early = nil
	if p.app.message == "" {
		p.app.message, p.app.frame = first, nil // nobody has seen it yet
	}
	if p.app.leaving && (s == nil || !s.Dirty()) {
		return p.app, tea.Quit // typed ahead: there is nothing to show any more
	}
	p.out.open()
	if p.app.waitsForBackground() {
		// Asked by the framework, it would wait for the first frame, and the answer for the second.
		p.holds, p.app.unanswered = true, 1
		_, _ = p.out.Write([]byte(ansi.RequestBackgroundColor + ansi.RequestPrimaryDeviceAttributes))
		waited := tea.Tick(backgroundWait, func(time.Time) tea.Msg { return backgroundMsg{} })
		return p, tea.Batch(append(cmds, waited)...)
	}
	p.app.shown = true
	return p.app, tea.Batch(append(cmds, ask)...)
}

// hold hands on what comes in, and lets the app be drawn once the background is known or was waited for.
func (p *opening) hold(msg tea.Msg) (tea.Model, tea.Cmd) {
	cmd := p.app.enter(msg, p.o.now())
	switch msg.(type) {
	case tea.BackgroundColorMsg, backgroundMsg, uv.PrimaryDeviceAttributesEvent:
		p.app.shown = true
		return p.app, cmd
	}
	return p, cmd
}

// View draws nothing: what is to be said when the session cannot be opened is said on the learner's own screen.
func (p *opening) View() tea.View { return tea.NewView("") }

// gate is a terminal to which nothing is written before it opens. What the framework asks the terminal at the start
// would be answered into the shell when the program ends at once.
type gate struct {
	file *os.File

	mu     sync.Mutex
	isOpen bool
	held   []byte
}

// Write writes, or holds what is to be written.
func (g *gate) Write(b []byte) (int, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.isOpen {
		return g.file.Write(b)
	}
	g.held = append(g.held, b...)
	return len(b), nil
}

// Read, Close and Fd make it a terminal to the framework.
func (g *gate) Read(b []byte) (int, error) { return g.file.Read(b) }

// Close closes the terminal.
func (g *gate) Close() error { return g.file.Close() }

// Fd is the terminal's own.
func (g *gate) Fd() uintptr { return g.file.Fd() }

// open writes what was held, and holds nothing from now on.
func (g *gate) open() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.isOpen = true
	_, _ = g.file.Write(g.held) // the next frame meets the same error
	g.held = nil
}

// framesPerSecond is above the framework's default of 60: a key waits for the next frame. More than 100 answers no key
// much sooner, and wakes the processor too often while nothing happens (docs/decisions/3-100-frames.md).
const framesPerSecond = 100

// collectAt is the growth of the heap, in per cent, at which the collector runs once the first key is pressed. A rating
// makes little garbage, so it may run twice as often as is usual. There is no memory limit beside it: one below the
// live memory makes the collector run without end, idle too, and how much is live depends on the learner's record.
// Measured with 100 ratings: at 50 a profile of 1 MB peaks at 38 MiB and at 200 at 44, for the same CPU; a limit of 16
// MiB takes that to 28, and twice the CPU at the start.
const collectAt = 50

// startAt is the same until then: opening a long record makes a few megabytes of garbage once, which need not be
// collected in the middle of it.
const startAt = 200

// tidy has the collector keep to that, unless the user has said otherwise. Not at the start, whose garbage would cost
// more time than it is worth.
func tidy(getenv func(string) string) {
	if getenv("GOGC") == "" {
		debug.SetGCPercent(collectAt)
	}
}

// Run opens the session and shows the program until the learner leaves. Whatever ended it, what is not saved yet is
// saved and the lock given back before it returns.
func Run(o Options) error {
	if o.CanResume == nil {
		o.CanResume = canResume
	}
	if o.Getenv("GOGC") == "" {
		debug.SetGCPercent(startAt)
	}
	start := &opening{o: o, out: &gate{file: o.Out}}
	options := []tea.ProgramOption{tea.WithFPS(framesPerSecond), tea.WithInput(o.In), tea.WithOutput(start.out)}
	switch {
	case o.Getenv("NO_COLOR") != "":
		// The framework reads NO_COLOR as a truth value; any text is meant to count.
		options = append(options, tea.WithColorProfile(colorprofile.ASCII))
	case o.Out == os.Stdout:
		// Lip Gloss has asked already, of the system's database of terminals and, inside tmux, of tmux itself.
		options = append(options, tea.WithColorProfile(lipgloss.Writer.Profile))
	}
	p := tea.NewProgram(start, options...)
	// A closed terminal would end the process before anything is saved. Asking for the signal starts a thread, which
	// the first frame need not wait for.
	hup := make(chan os.Signal, 1)
	defer signal.Stop(hup)
	go func() {
		signal.Notify(hup, syscall.SIGHUP)
		if _, ok := <-hup; ok {
			p.Quit()
		}
	}()
	_, err := p.Run()
	if start.err != nil {
		return start.err
	}
	if start.app == nil {
		return err
	}
	failed := start.app.finish()
	if s := start.app.s; s != nil {
		_ = s.Close() // the system does it too
	}
	if failed != nil {
		return failed // however the program ended, this is what the learner must know
	}
	if says := start.app.farewell(); says != "" && err == nil {
		_, _ = fmt.Fprintln(o.Out, says) // a terminal that has been closed needs no word
	}
	return err
}

// farewell is what is left at the prompt, broken at blanks, since a terminal breaks in the middle of a word.
func (a *app) farewell() string {
	if a.cols == 0 {
		return a.left()
	}
	return strings.Join(export.Wrap(a.left(), a.cols), "\n")
}

// left is the line that is found at the prompt once the screen is gone, or "" where nothing was kept.
func (a *app) left() string {
	switch {
	case a.s == nil || a.s.ReadOnly() != nil:
		return ""
	case a.o.Demo:
		return "The sample learner is gone, with all that you tried."
	case a.blind() && !a.sheet():
		return "Kept in " + safetext.Line(a.s.Path()) + "." // what comes next may name a level
	}
	c := a.context()
	return plan.OnLeaving(c.Report, a.before, c.Profile, home.Next(c), a.s.Path())
}

// finish saves what is left when the screen is gone.
func (a *app) finish() error {
	if a.s == nil {
		return nil
	}
	if a.front != nil {
		a.keepDrafts(a.front)
	}
	err := a.s.SaveLeft()
	_ = a.forgetSent() // SaveState writes it
	a.s.SaveState()
	if err == nil {
		return nil
	}
	return a.s.Rescue(err)
}
