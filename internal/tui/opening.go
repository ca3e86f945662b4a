package tui

import (
	"os"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"

	"github.com/ksbcoach/ksbcoach/internal/session"
)

// opening is the root until the session is open: the framework sets up the terminal meanwhile, and its first frame is due
// that much sooner. What comes in by then is kept for the app, keys that were typed ahead too.
type opening struct {
	o     Options
	out   *gate
	early []came
	app   *app // once the session is open
	err   error
	holds bool // the app is at work, and its first frame waits for the terminal to say its background
}

// openedMsg is how opening the session ended.
type openedMsg struct {
	s   *session.Session
	err error
}

// Init opens the session beside the event loop, so that a file on a drive that does not answer can be left. Before that it
// has the framework write each frame as a whole, as it does for a terminal that says it knows mode 2026: it does not ask
// over SSH, where frames come in pieces most, and a terminal that does not know the mode ignores it.
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
	p.early = append(p.early, came{msg, p.now()})
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
	if p.app.waitsForGround() {
		// Asked by the framework, it would wait for the first frame, and the answer for the second.
		p.holds, p.app.unanswered = true, 1
		_, _ = p.out.Write([]byte(ansi.RequestBackgroundColor + ansi.RequestPrimaryDeviceAttributes))
		return p, tea.Batch(append(cmds, tea.Tick(groundWait, func(time.Time) tea.Msg { return groundMsg{} }))...)
	}
	p.app.shown = true
	return p.app, tea.Batch(append(cmds, ask)...)
}

// hold hands on what comes in, and lets the app be drawn once the background is known or was waited for.
func (p *opening) hold(msg tea.Msg) (tea.Model, tea.Cmd) {
	cmd := p.app.enter(msg, p.now())
	switch msg.(type) {
	case tea.BackgroundColorMsg, groundMsg, uv.PrimaryDeviceAttributesEvent:
		p.app.shown = true
		return p.app, cmd
	}
	return p, cmd
}

func (p *opening) now() time.Time {
	if p.o.Now == nil {
		return time.Time{}
	}
	return p.o.Now()
}

// View draws nothing: what is to be said when the session cannot be opened is said on the learner's own screen.
func (p *opening) View() tea.View { return tea.NewView("") }

// gate is a terminal to which nothing is written before it opens. What the framework asks the terminal at the start would
// be answered into the shell when the program ends at once.
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
