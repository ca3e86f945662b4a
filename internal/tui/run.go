package tui

import (
	"fmt"
	"os"
	"os/signal"
	"runtime/debug"
	"strings"
	"syscall"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"

	"github.com/ksbcoach/ksbcoach/internal/export"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/tui/screens/home"
)

// framesPerSecond is above the framework's default of 60: a key waits for the next frame. More than 100 answers no key much
// sooner, and wakes the processor too often while nothing happens (docs/decisions/3-100-frames.md).
const framesPerSecond = 100

// collectAt is the growth of the heap, in per cent, at which the collector runs once the first key is pressed. A rating makes
// little garbage, so it may run twice as often as is usual. There is no memory limit beside it: one below the live memory makes
// the collector run without end, idle too, and how much is live depends on the learner's record.
// Measured with 100 ratings: at 50 a profile of 1 MB peaks at 38 MiB and at 200 at 44, for the same CPU; a limit of 16 MiB takes
// that to 28, and twice the CPU at the start.
const collectAt = 50

// startAt is the same until then: opening a long record makes a few megabytes of garbage once, which need not be collected in
// the middle of it.
const startAt = 200

// tidy has the collector keep to that, unless the user has said otherwise. Not at the start, whose garbage would cost more
// time than it is worth.
func tidy(getenv func(string) string) {
	if getenv("GOGC") == "" {
		debug.SetGCPercent(collectAt)
	}
}

// Run opens the session and shows the program until the learner leaves. Whatever ended it, what is not saved yet is saved
// and the lock given back before it returns.
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
	// A closed terminal would end the process before anything is saved. Asking for the signal starts a thread, which the first
	// frame need not wait for.
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
	return a.s.Rescued(err)
}
