// Package tui is the full-screen program: the root, which holds the session, the screens and the dialog in front of
// them. Screens read the record and return asks; the root carries these out in order, in the same Update, and has the
// record saved on another goroutine. It knows nothing of file formats or of the command line.
//
// The way of a message: opening keeps what arrives before the session is open. Then inputFilter keeps out pieces of the
// terminal's answers, and receive hands the message to the dialog in front, to the keys that work everywhere, or to the
// screen. View draws the page of whichever is shown, and lag decides how much of it may follow a moment later.
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
	Open    func() (*session.Session, error)                  // called once, off the loop; nil, nil on the first run
	Session *session.Session                                  // what Open returned
	Create  func(l profile.Learner) (*session.Session, error) // makes the profile when the first form is sent
	File    string                                            // where Create will make it
	Library *library.Library
	Today   calendar.Date // fixed by --as-of; zero: ask Now for the day at each message
	Now     func() time.Time
	Getenv  func(string) string
	In, Out *os.File

	CanResume func() bool // whether a shell can bring the program back after Ctrl-Z; nil for a check of our own

	ASCII bool          // draw with ASCII only
	Theme profile.Theme // for this run, in place of the one in the profile; "" for the latter
	Demo  bool          // the profile is a sample in a temporary folder
}

// now returns the time by the clock that the program was given, or the zero time without one.
func (o Options) now() time.Time {
	if o.Now == nil {
		return time.Time{}
	}
	return o.Now()
}

// app is the root: the one tea.Model of the program once the session is open. Its state is changed by Update and what
// that calls, never by a command: work on another goroutine returns a doneMsg, whose function Update runs.
type app struct {
	o       Options
	s       *session.Session // nil until the first form is sent
	before  profile.Profile  // the record when the program began, for the parting line
	screens map[ui.Name]ui.Screen
	path    []ui.Name     // the way from Home; the last is the screen that is shown
	front   dialog.Dialog // the dialog in front of that screen, or nil
	reply   reply         // what to do when the dialog ends
	welcome bool          // the dialog in front is the form of the first run

	today       calendar.Date // as at the last message
	theme       *theme.Theme
	themeSource themeSource
	shown       bool          // the first frame may be on the screen
	fewColours  bool          // the terminal has no colours, or so few that nobody knows what they look like
	chosenTheme profile.Theme // chosen for this run; "" for the one in the profile
	cols, rows  int           // of the terminal; 0 until it says
	mouse       bool

	message string // above the keys, until the next key; may be styled
	trouble bool   // the message says that something went wrong
	sending *sending

	failed       error // why the last save failed, or nil
	retries      retries
	conflictRev  int    // the revision at which the learner was last asked what to do about a file changed elsewhere
	reloadNote   string // says that changes made elsewhere were merged; shown for some seconds, whatever is typed
	reloadNoteAt time.Time
	savedAt      string // clock time of the last save, "" before the first
	leaving      bool   // the program ends as soon as everything is saved
	warned       bool   // the learner knows that what is typed into the first form is not kept
	fileJobs     int    // files that are being written or read

	madeOn    map[int]ui.Name // by the revision of a change, the screen that it was made on
	undoNamed int             // the revision of a change made on another screen that u has named: u again takes it back

	typist int           // who has the keyboard
	visits int           // how often a mentor has had it
	rater  safetext.Text // the mentor who has it, once they have said their name

	report    *gap.Report // of reportRev, or nil
	reportRev int

	index   indexes
	results results

	news         []coaching.Card // fact cards that changed, once they were looked through
	takenCopy    *session.Merge  // a copy that was merged into the record and must move to the backups after the save
	copies       string          // names the copies of the profile in its folder, once they were looked for
	lookForFiles bool            // a screen asked whether the files of evidence exist
	lookForCopy  tea.Cmd         // a screen asked what is in a copy of the profile

	filter     inputFilter
	pace       pace
	beforeEsc  *place
	byKey      bool // the message being handled is a key or a click of the learner
	mouseDown  pressed
	unanswered int  // questions put to the terminal at the start whose answer must not end quit's wait
	quitting   bool // only waits for answers of the terminal before it ends

	// unguarded is the record from before the first text that was not yet checked for what names a patient, or nil.
	unguarded *profile.Profile

	lag    lag
	drafts drafts
	frame  *tea.View // the last frame, while nothing has changed since; else nil
	tuneGC func()    // called at each key
}

func newApp(o Options) *app {
	a := &app{
		o: o, s: o.Session, chosenTheme: o.Theme, fewColours: o.Getenv("NO_COLOR") != "", mouse: !overSSH(o.Getenv),
		themeSource: themeSource{
			ascii: o.ASCII || !speaksUTF8(o.Getenv), background: theme.BackgroundOf(o.Getenv("COLORFGBG")),
		},
		screens: map[ui.Name]ui.Screen{
			ui.Home: home.New(), ui.Rate: rate.New(), ui.Gaps: gaps.New(), ui.Plan: planning.New(), ui.KSB: ksb.New(),
			ui.Evidence: evidence.New(), ui.Appraisal: appraising.New(), ui.Mentor: mentor.New(),
			ui.Progress: progress.New(),
		},
		path: []ui.Name{ui.Home}, tuneGC: func() {}, madeOn: map[int]ui.Name{},
		drafts: drafts{sent: map[string]bool{}, made: map[int]typedText{}},
	}
	a.refreshTheme()
	a.askDay()
	if a.s == nil {
		a.front, a.welcome = dialog.NewForm(home.Welcome(o.File, a.today,
			func() *coaching.Fields { return o.Library.Fields(library.Default) }), nil), true
		return a
	}
	a.before = a.s.Profile()
	if a.isSheet() {
		a.screens[ui.Mentor], a.path = mentor.Sheet(a.s.Profile().SheetMentor()), []ui.Name{ui.Mentor}
	}
	a.message = a.firstMessage()
	return a
}

// firstMessage is what the learner should know before anything else, or "".
func (a *app) firstMessage() string {
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

// speaksUTF8 says whether the locale can show more than ASCII. Where no locale is set, nearly every terminal can.
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

// askDay asks the clock for the day, so that what is done after midnight has the right date however long the program
// has been open. It says whether a new day has begun.
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

// isSheet says whether a mentor is filling a rating sheet. Then only the mentor's screen is shown.
func (a *app) isSheet() bool { return a.s != nil && a.s.Profile().Sheet }

// current is the name of the screen that is shown.
func (a *app) current() ui.Name { return a.path[len(a.path)-1] }

func (a *app) screen() ui.Screen { return a.screens[a.current()] }

// chrome is how many lines are not the body: the head, the message and the keys.
const chrome = 3

// drawContext is the context for drawing, in which a long message takes room from the page. Keys are handled with the
// whole room, so that the page is back where it was once the message has gone.
func (a *app) drawContext() *ui.Context {
	c := a.context()
	c.Size = ui.NewSize(c.Size.W, max(c.Size.H-a.messageTakes(), 1))
	return c
}

// context makes the context for the present revision of the record.
func (a *app) context() *ui.Context {
	a.refreshTheme()
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

// opening is the tea.Model until the session is open. Meanwhile the framework sets up the terminal, so the first frame
// comes that much sooner. Messages that arrive by then, such as keys typed ahead, are kept for the app.
type opening struct {
	o     Options
	out   *gate
	early []arrival
	app   *app  // once the session is open
	err   error // why it could not be opened
	holds bool  // the app handles messages, but is not drawn before the terminal has said its background
}

type openedMsg struct {
	s   *session.Session
	err error
}

// Init opens the session on another goroutine, so that one can leave if the file is on a drive that does not answer.
// Before that it pretends that the terminal knows mode 2026, in which each frame is shown as a whole. The framework
// does not ask for it over SSH, where frames most often arrive in pieces; a terminal that does not know the mode
// ignores it.
func (p *opening) Init() tea.Cmd {
	return tea.Sequence(func() tea.Msg {
		return tea.ModeReportMsg{Mode: ansi.ModeSynchronizedOutput, Value: ansi.ModeReset}
	}, func() tea.Msg {
		s, err := p.o.Open()
		return openedMsg{s, err}
	})
}

// Update keeps messages for the app until that can begin.
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
	p.early = append(p.early, arrival{msg, p.o.now()})
	return p, nil
}

// begin starts the app on the session, and hands it the messages that arrived before.
func (p *opening) begin(s *session.Session) (tea.Model, tea.Cmd) {
	p.o.Session = s
	a := newApp(p.o)
	p.app = a
	a.lag.rest, a.lag.slow = restTime, overSSH(p.o.Getenv)
	a.drafts.pause = pauseTime
	a.retries.first = retryTime
	a.tuneGC = sync.OnceFunc(func() { tuneGC(p.o.Getenv) })
	first := a.message
	ask, cmds := a.Init(), []tea.Cmd{a.newsAfter(newsTime), a.copiesAfter(newsTime)}
	for _, x := range p.early { // the size of the window first: keys must do nothing in one that is too small
		if _, ok := x.msg.(tea.WindowSizeMsg); ok {
			cmds = append(cmds, a.deliver(x.msg, x.at))
		}
	}
	for _, x := range p.early {
		cmds = append(cmds, a.deliver(x.msg, x.at))
	}
	p.early = nil
	if a.message == "" {
		a.message, a.frame = first, nil // a key typed ahead has cleared it before anybody saw it
	}
	if a.leaving && (s == nil || !s.Dirty()) {
		return a, tea.Quit // Ctrl-C was typed ahead, and nothing was drawn yet
	}
	p.out.open()
	if a.waitsForBackground() {
		// Written here, since the framework would ask only with the first frame, and the answer come with the second.
		p.holds, a.unanswered = true, 1
		_, _ = p.out.Write([]byte(ansi.RequestBackgroundColor + ansi.RequestPrimaryDeviceAttributes))
		waited := tea.Tick(backgroundWait, func(time.Time) tea.Msg { return backgroundMsg{} })
		return p, tea.Batch(append(cmds, waited)...)
	}
	a.shown = true
	return a, tea.Batch(append(cmds, ask)...)
}

// hold hands messages on to the app, and lets it be drawn once the background is known or was waited for long enough.
func (p *opening) hold(msg tea.Msg) (tea.Model, tea.Cmd) {
	cmd := p.app.deliver(msg, p.o.now())
	switch msg.(type) {
	case tea.BackgroundColorMsg, backgroundMsg, uv.PrimaryDeviceAttributesEvent:
		p.app.shown = true
		return p.app, cmd
	}
	return p, cmd
}

// View draws nothing: if the session cannot be opened, the error must be printed as if there had been no full screen.
func (p *opening) View() tea.View { return tea.NewView("") }

// gate is a terminal that gets nothing before the gate is opened. The framework asks the terminal things at the start:
// if the program ended at once, the answers would land in the shell.
type gate struct {
	file *os.File

	mu     sync.Mutex
	isOpen bool
	held   []byte
}

// Write writes b, or holds it until the gate is opened.
func (g *gate) Write(b []byte) (int, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.isOpen {
		return g.file.Write(b)
	}
	g.held = append(g.held, b...)
	return len(b), nil
}

// Read reads from the terminal. The framework takes only what has Read, Close and Fd for one.
func (g *gate) Read(b []byte) (int, error) { return g.file.Read(b) }

// Close closes the terminal.
func (g *gate) Close() error { return g.file.Close() }

// Fd is the file descriptor of the terminal.
func (g *gate) Fd() uintptr { return g.file.Fd() }

// open writes what was held, and lets everything through from now on.
func (g *gate) open() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.isOpen = true
	_, _ = g.file.Write(g.held) // the framework meets the same error at the next frame
	g.held = nil
}

// framesPerSecond is above the framework's default of 60, since a key waits for the next frame. More than 100 would
// hardly be quicker, and would wake the processor too often while nothing happens (docs/decisions/3-100-frames.md).
const framesPerSecond = 100

// The growth of the heap, in per cent, at which the garbage collector runs (GOGC).
//
// Opening a long record makes a few megabytes of garbage once, which is not worth collecting before the first frame.
// After that a rating makes little garbage, so the collector may run twice as often as usual. We set no memory limit:
// below the live memory, which depends on the learner's record, the collector would run without end. Measured with 100
// ratings in a profile of 1 MB: the peak is 38 MiB at 50 and 44 MiB at 200, for the same CPU; a limit of 16 MiB gives
// 28 MiB, for twice the CPU at the start.
const (
	startGC = 200 // until the first key
	usualGC = 50  // from then on
)

// tuneGC sets the collector to usualGC, unless the user has set GOGC.
func tuneGC(getenv func(string) string) {
	if getenv("GOGC") == "" {
		debug.SetGCPercent(usualGC)
	}
}

// Run opens the session and shows the program until the learner leaves. However that came about, Run saves what is not
// saved yet and releases the lock before it returns.
func Run(o Options) error {
	if o.CanResume == nil {
		o.CanResume = canResume
	}
	if o.Getenv("GOGC") == "" {
		debug.SetGCPercent(startGC)
	}
	start := &opening{o: o, out: &gate{file: o.Out}}
	options := []tea.ProgramOption{tea.WithFPS(framesPerSecond), tea.WithInput(o.In), tea.WithOutput(start.out)}
	switch {
	case o.Getenv("NO_COLOR") != "":
		// The framework reads NO_COLOR as a truth value, but any text should switch colours off.
		options = append(options, tea.WithColorProfile(colorprofile.ASCII))
	case o.Out == os.Stdout:
		// Lip Gloss has found out already, by asking the terminfo database and, inside tmux, tmux itself.
		options = append(options, tea.WithColorProfile(lipgloss.Writer.Profile))
	}
	p := tea.NewProgram(start, options...)
	// When the terminal is closed, SIGHUP would end the process before anything is saved. Notify starts a thread, which
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
		_ = s.Close() // if it fails, the lock still goes when the process ends
	}
	if failed != nil {
		return failed // the learner must know this, however the program ended
	}
	if says := start.app.farewell(); says != "" && err == nil {
		_, _ = fmt.Fprintln(o.Out, says) // fails if the terminal was closed, and then nobody reads it
	}
	return err
}

// farewell is the parting line, wrapped between words, where a terminal would break it in the middle of one.
func (a *app) farewell() string {
	if a.cols == 0 {
		return a.partingLine()
	}
	return strings.Join(export.Wrap(a.partingLine(), a.cols), "\n")
}

// partingLine is what to print below the shell's prompt once the screen is gone, or "" where nothing was kept.
func (a *app) partingLine() string {
	switch {
	case a.s == nil || a.s.ReadOnly() != nil:
		return ""
	case a.o.Demo:
		return "The sample learner is gone, with all that you tried."
	case a.blind() && !a.isSheet():
		return "Kept in " + safetext.Line(a.s.Path()) + "." // the next step might name a level
	}
	c := a.context()
	return plan.OnLeaving(c.Report, a.before, c.Profile, home.Next(c), a.s.Path())
}

// finish saves what is not saved yet, after the screen is gone.
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
