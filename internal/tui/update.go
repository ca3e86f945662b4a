package tui

import (
	"errors"
	"slices"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/tui/dialog"
	"github.com/ksbcoach/ksbcoach/internal/tui/screens/home"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// global are the bindings that work on every screen.
var global = struct{ help, find, can, evidence, back, mouse, colours, leave, suspend, quit, save key.Binding }{
	help:     ui.Bind("?", "help", "?"),
	find:     ui.Bind("/", "find by code or by any word: KSBs, coaching, your notes, goals and evidence", "/"),
	can:      ui.Bind("ctrl+p", "what you can do, by its name; : opens it too", "ctrl+p", ":"),
	evidence: ui.Bind("E", "add evidence for what is on the screen, and come back here", "E"),
	back:     ui.Bind("esc", "back", "esc"),
	mouse:    ui.Bind("M", "mouse on or off (off lets you select text)", "M"),
	colours:  ui.Bind("T", "colours: dark, light, high contrast or plain", "T"),
	leave:    ui.Bind("ctrl+c", "leave from anywhere", "ctrl+c"),
	suspend:  ui.Bind("ctrl+z", "pause the program; fg in the shell brings it back", "ctrl+z"),
	quit:     ui.Bind("q", "leave, from Home", "q"),
	save:     ui.Bind("ctrl+s", "other ways to save, when it failed", "ctrl+s"),
}

// shortFind is the finder under the short word of the footer.
var shortFind = ui.Bind("/", "find")

// receive takes in one message that the door let in. A message that is none of ours, of which there are many while the
// terminal answers at the start, leaves the frame that is drawn.
func (a *app) receive(msg tea.Msg, at time.Time) tea.Cmd {
	before := a.frame
	switch {
	case a.quitting && quits(msg):
		return tea.Quit
	case a.quitting:
		return nil
	}
	if a.askDay() {
		before = nil
	}
	if a.tooSmall() && !unseenTakes(msg) {
		return nil
	}
	a.frame = nil
	a.handOver()
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		if a.cols == msg.Width && a.rows == msg.Height {
			a.frame = before
		}
		a.cols, a.rows = msg.Width, msg.Height
		a.trail.moved(nothingStays)
	case tea.BackgroundColorMsg:
		if !a.learnBackground(msg.Color) {
			a.frame = before
		}
	case tea.ColorProfileMsg:
		a.few = a.few || msg.Profile < colorprofile.ANSI256
	case savedMsg:
		return a.afterSave(session.Saved(msg))
	case retryMsg:
		return a.retry(msg)
	case doneMsg:
		return msg.then()
	case tea.FocusMsg, tea.ResumeMsg:
		return a.watch()
	case newsMsg:
		if len(msg.cards) == 0 {
			a.frame = before
		}
		return a.tell(msg)
	case copiesMsg:
		if string(msg) == a.copies {
			a.frame = before
		}
		a.copies = string(msg)
	case tea.KeyPressMsg:
		return a.key(msg, at)
	case notEscMsg:
		a.takeBackEsc()
	case pausedMsg:
		a.frame = before
		if msg.key == a.drafts.keys { // nothing was typed since the timer began
			return a.writeTyped()
		}
	case restedMsg:
		if !a.trail.rested(msg) {
			a.frame = before
		}
	case scrolledMsg:
		a.trail.scrolled()
	case tea.PasteMsg:
		if a.front != nil {
			return a.inFront(msg)
		}
	case tea.MouseClickMsg, tea.MouseMotionMsg, tea.MouseReleaseMsg:
		if a.mouseDown.clicks(msg) {
			return a.click(at)
		}
		a.frame = before
	case tea.MouseWheelMsg:
		a.trail.moved(linesStay)
		turn := ui.WheelMsg{Lines: 1}
		if msg.Button == tea.MouseWheelUp {
			turn.Lines = -1
		}
		return a.withPaneTimer(a.toShown(turn))
	default:
		a.frame = before
	}
	return nil
}

// key takes in a key, as text where it came inside of a burst.
func (a *app) key(msg tea.KeyPressMsg, at time.Time) tea.Cmd {
	a.tidy()
	a.pace.note(msg, at)
	if text, ok := a.asText(msg); ok {
		a.message, a.trouble = "A line break that comes with the text stays in the text. Enter goes on when you are "+
			"ready.", false
		return a.inFront(text)
	}
	a.byKey = true
	defer func() { a.byKey = false }()
	a.trail.moved(a.stays(msg.String()))
	return a.withPaneTimer(a.press(msg))
}

func (a *app) press(msg tea.KeyPressMsg) tea.Cmd {
	// which has always been Esc; an enhanced keyboard tells the two apart
	if msg.Code == '[' && msg.Mod == tea.ModCtrl {
		msg = tea.KeyPressMsg{Code: tea.KeyEscape}
	}
	a.noteEsc(msg)
	switch {
	case key.Matches(msg, global.leave):
		return a.leave()
	case key.Matches(msg, global.suspend) && a.o.CanResume != nil && a.o.CanResume():
		return tea.Suspend
	case key.Matches(msg, global.suspend):
		return a.note("Nothing here could bring the program back after Ctrl-Z. To leave, press Ctrl-C: all is kept.")
	}
	a.message, a.trouble = a.stillTold(), false
	a.leaving = false
	if !key.Matches(msg, global.back) {
		a.warned = false
	}
	if msg.String() != "u" {
		a.toTakeBack = 0
	}
	if menu, ok := a.front.(*dialog.Menu); ok && key.Matches(msg, global.find) && menu.Digits() {
		a.ended() // what is typed next is for the finder, and would choose here
	}
	if cmd, done := a.switches(msg); done {
		return cmd
	}
	if a.front != nil {
		return a.inFront(msg)
	}
	switch {
	case key.Matches(msg, global.help):
		a.front = a.help()
		return nil
	case key.Matches(msg, global.find):
		return a.do(ui.Asks(ui.Find{}))
	case key.Matches(msg, global.evidence):
		a.askEvidence()
		return nil
	case key.Matches(msg, global.mouse):
		a.mouse = !a.mouse
		a.message = "The mouse is off: you can select text with it. M turns it on."
		if a.mouse {
			a.message = "The mouse is on. M turns it off, to select text."
		}
		return nil
	case key.Matches(msg, global.colours):
		a.askColours()
		return nil
	case key.Matches(msg, global.save):
		if a.message = "Everything is saved."; a.failed != nil {
			a.message = ""
			a.askStuck()
		}
		return nil
	case key.Matches(msg, global.back):
		if x, ok := a.screen().(interface{ Escape(c *ui.Context) bool }); ok && x.Escape(a.context()) {
			return nil // from a page of the screen's own
		}
		if a.sheet() {
			return a.do(ui.Asks(ui.Quit{}))
		}
		if a.blind() {
			a.askLeaveBlind()
			return nil
		}
		found := a.results.of != nil && slices.Equal(a.results.path, a.path)
		a.then(ui.Asks(ui.Back{}))
		if found && !a.blind() { // the finder is there as it was left, and looks up anew what was changed meanwhile
			a.front, a.reply, a.results = a.results.of, reply{}, results{}
			a.index.asked = a.index.rev != a.s.Rev()
		}
		return a.goOn()
	case key.Matches(msg, global.quit) && a.here() != ui.Home:
		return a.note(howToLeave[a.sheet()])
	}
	c := a.context()
	nothing := meansNothing(msg, a.screen().Keys(c))
	asks := a.screen().Update(msg, c)
	if nothing && len(asks) == 0 {
		a.message = noMeaning
	}
	return a.do(asks)
}

// meansNothing says whether a key that types something is none of a screen's.
func meansNothing(msg tea.KeyPressMsg, keys ui.Keys) bool {
	return msg.Text != "" && !slices.ContainsFunc(keys.All(), func(b key.Binding) bool { return key.Matches(msg, b) })
}

// inFront hands a message to the dialog, and does what its end asks for.
func (a *app) inFront(msg tea.Msg) tea.Cmd {
	out := a.front.Update(msg, a.context())
	if out == nil || a.unmeantEnd(out) {
		return a.keepTyping(msg)
	}
	if a.welcome {
		return a.welcomed(out)
	}
	front, reply := a.ended()
	switch out := out.(type) {
	case dialog.Closed:
		if reply.closed != nil {
			return reply.closed()
		}
		if some, _ := a.keepDrafts(front); some {
			a.message = "What you typed is kept; it is there when you come back."
			return a.saveDrafts()
		}
	case dialog.Sent:
		return reply.sent(out.Values)
	case dialog.Picked:
		return reply.picked(out.Index)
	case dialog.Typed:
		if reply.typed(); a.front != nil {
			return tea.Batch(a.goOn(), a.inFront(msg))
		}
	case dialog.Jump:
		if a.blind() {
			return a.do(a.screen().Update(ui.FoundMsg{KSB: out.Go.KSB}, a.context()))
		}
		a.then(ui.Asks(out.Go))
		if d, ok := front.(*dialog.Find); ok {
			a.results = results{d, slices.Clone(a.path)}
		}
		return a.goOn()
	}
	return nil
}

// welcomed makes the profile from the first form and goes straight into the first duty.
func (a *app) welcomed(out dialog.Outcome) tea.Cmd {
	sent, ok := out.(dialog.Sent)
	if !ok {
		if a.warns() {
			return nil
		}
		a.leaving = true
		return a.quit() // nothing was made yet, so nothing is lost
	}
	learner := home.Learner(sent.Values)
	if _, err := (profile.SetLearner{Learner: learner, Today: a.today}).Apply(profile.Profile{}, nil); err != nil {
		return a.say(err)
	}
	s, err := a.o.Create(learner)
	if err != nil {
		return a.say(err)
	}
	a.s, a.front, a.welcome = s, nil, false
	return a.do(ui.Asks(ui.Go{To: ui.Rate}))
}

// hinter is an error that knows what to try.
type hinter interface {
	error
	Hint() string
}

// note shows a message, and has nothing else done.
func (a *app) note(text string) tea.Cmd {
	a.message = text
	return nil
}

// say is note for an error with its hint. Errors of ours are clean; whatever comes from elsewhere is cleaned here.
func (a *app) say(err error) tea.Cmd {
	err = a.unseen(err)
	a.message, a.trouble = safetext.Line(err.Error()), true
	if session.OpenElsewhere(err) {
		return a.note(session.AlreadyOpen)
	}
	if h, ok := errors.AsType[hinter](err); ok && h.Hint() != "" {
		a.message += ": " + safetext.Line(h.Hint())
	}
	return nil
}

// do does what a screen asked for, and what follows from it.
func (a *app) do(asks []ui.Ask) tea.Cmd {
	a.then(asks)
	return a.goOn()
}

// goOn saves what was changed, and leaves where that was asked for.
func (a *app) goOn() tea.Cmd {
	if a.leaving {
		return a.goOut()
	}
	return tea.Batch(a.save(), a.looking(), a.indexing(), a.writeFresh())
}

func (a *app) one(ask ui.Ask) bool {
	switch ask := ask.(type) {
	case ui.Do:
		return a.change(ask)
	case ui.Undo:
		if a.unmeant() {
			return false
		}
		a.undo()
	case ui.Go:
		a.goTo(ask)
	case ui.Back:
		if len(a.path) > 1 {
			a.path = a.path[:len(a.path)-1]
			a.then(a.screen().Update(ui.BackMsg{}, a.context()))
		} else {
			a.message = nothingBehind
		}
	case ui.Say:
		a.message = ask.Text
	case ui.At:
		a.s.SetPosition(ask.KSB)
	case ui.Wait:
		a.noteWaits(ask)
	case ui.Edit:
		return a.editing(ask.Form.Title, func() { a.edit(ask) })
	case ui.Choose:
		a.choose(ask)
	case ui.Find:
		a.find()
	case ui.Refuse:
		a.refuse(ask)
	case ui.Look:
		a.look = true
	case ui.Sheet:
		if ask.Take {
			return a.editing(sheetTitle, func() { a.askFile(a.sheetTaking()) })
		}
		a.makeSheet(ask)
	case ui.Copies:
		return a.editing(copiesTitle, a.takeCopy)
	case ui.Scan:
		return a.editing(scanTitle, func() { a.askFile(a.scanTaking()) })
	case ui.Report:
		switch {
		case !ask.Write:
			a.choose(a.reportMenu(ask))
		case ask.Warned:
			a.askFile(a.reportFiling(ask))
		default:
			a.askOut(a.reportFiling(ask))
		}
	case ui.Write:
		a.askOut(a.paperFiling(ask.Paper))
	case ui.Quit:
		if a.unmeant() {
			return false
		}
		a.leaving = true
	}
	return true
}

// then carries out what was asked for, in order; after a change that is refused the rest is dropped.
func (a *app) then(asks []ui.Ask) {
	for _, ask := range asks {
		if !a.one(ask) {
			return
		}
	}
}

func (a *app) change(ask ui.Do) bool {
	if a.unmeant() || !a.mayChange() {
		return false
	}
	if a.sends(a.sending != nil && a.s.Same(ask.Change)) {
		a.then(a.follows(ask.Then))
		return true
	}
	before := a.s.Profile()
	if err := a.s.Do(ask.Change); err != nil {
		a.say(err)
		return false
	}
	rate, rates := ask.Change.(profile.Rate)
	if !rates || rate.Note != nil || !rate.Reason.Empty() { // a level alone is no text, and is to be quick
		a.entered(before)
	}
	a.madeOn[a.s.Rev()] = a.here()
	if rates && a.byKey {
		a.pace.decides(a.s.NewestRev())
		a.trail.rates()
	}
	a.then(a.follows(ask.Then))
	return true
}

// goTo shows a screen. Going where one came from goes back there, so that the way back never grows round in circles.
func (a *app) goTo(ask ui.Go) {
	at := len(a.path)
	if i := slices.Index(a.path, ask.To); i >= 0 {
		at = i
	}
	a.path = append(a.path[:at:at], ask.To)
	a.then(a.screen().Update(ui.EnterMsg{Go: ask}, a.context()))
}

// toShown hands a message to what is shown, dialog or screen.
func (a *app) toShown(msg tea.Msg) tea.Cmd {
	if a.front != nil {
		return a.inFront(msg)
	}
	return a.do(a.screen().Update(msg, a.context()))
}
