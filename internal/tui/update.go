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
var global = struct{ help, find, palette, evidence, back, mouse, colours, leave, suspend, quit, save key.Binding }{
	help:     ui.Bind("?", "help", "?"),
	find:     ui.Bind("/", "find by code or by any word: KSBs, coaching, your notes, goals and evidence", "/"),
	palette:  ui.Bind("ctrl+p", "what you can do, by its name; : opens it too", "ctrl+p", ":"),
	evidence: ui.Bind("E", "add evidence for what is on the screen, and come back here", "E"),
	back:     ui.Bind("esc", "back", "esc"),
	mouse:    ui.Bind("M", "mouse on or off (off lets you select text)", "M"),
	colours:  ui.Bind("T", "colours: dark, light, high contrast or plain", "T"),
	leave:    ui.Bind("ctrl+c", "leave from anywhere", "ctrl+c"),
	suspend:  ui.Bind("ctrl+z", "pause the program; fg in the shell brings it back", "ctrl+z"),
	quit:     ui.Bind("q", "leave, from Home", "q"),
	save:     ui.Bind("ctrl+s", "other ways to save, when it failed", "ctrl+s"),
}

// shortFind is global.find in the short words of the footer.
var shortFind = ui.Bind("/", "find")

// receive handles one message that the filter let through. A message that changes nothing keeps the last frame: there
// are many at the start, while the terminal answers.
func (a *app) receive(msg tea.Msg, at time.Time) tea.Cmd {
	before := a.frame
	if a.quitting {
		if endsWait(msg) {
			return tea.Quit
		}
		return nil
	}
	if a.askDay() {
		before = nil
	}
	if a.tooSmall() && !worksUnseen(msg) {
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
		a.lag.moved(keepNothing)
	case tea.BackgroundColorMsg:
		if !a.learnBackground(msg.Color) {
			a.frame = before
		}
	case tea.ColorProfileMsg:
		a.fewColours = a.fewColours || msg.Profile < colorprofile.ANSI256
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
		return a.showNews(msg)
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
		if !a.lag.rested(msg) {
			a.frame = before
		}
	case scrolledMsg:
		a.lag.scrolled()
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
		a.lag.moved(keepLines)
		turn := ui.WheelMsg{Lines: 1}
		if msg.Button == tea.MouseWheelUp {
			turn.Lines = -1
		}
		return a.withLagTimer(a.toShown(turn))
	default:
		a.frame = before
	}
	return nil
}

// key handles a key, or the text that it is part of if it came in a burst.
func (a *app) key(msg tea.KeyPressMsg, at time.Time) tea.Cmd {
	a.tuneGC()
	a.pace.note(msg, at)
	if text, ok := a.asText(msg); ok {
		a.message = "A line break that comes with the text stays in the text. Enter goes on when you are ready."
		a.trouble = false
		return a.inFront(text)
	}
	a.byKey = true
	defer func() { a.byKey = false }()
	a.lag.moved(a.keeps(msg.String()))
	return a.withLagTimer(a.press(msg))
}

// press does what a key means: in the dialog, everywhere, or on the screen, in that order.
func (a *app) press(msg tea.KeyPressMsg) tea.Cmd {
	if msg.Code == '[' && msg.Mod == tea.ModCtrl { // always was Esc, but enhanced keyboards tell the two apart
		msg = tea.KeyPressMsg{Code: tea.KeyEscape}
	}
	a.noteEsc(msg)
	switch {
	case key.Matches(msg, global.leave):
		return a.leave()
	case key.Matches(msg, global.suspend) && a.o.CanResume != nil && a.o.CanResume():
		return tea.Suspend
	case key.Matches(msg, global.suspend):
		return a.showMessage("Nothing here could bring the program back after Ctrl-Z. " +
			"To leave, press Ctrl-C: all is kept.")
	}
	a.message, a.trouble = a.recentReloadNote(), false
	a.leaving = false
	if !key.Matches(msg, global.back) {
		a.warned = false
	}
	if msg.String() != "u" {
		a.undoNamed = 0
	}
	if menu, ok := a.front.(*dialog.Menu); ok && key.Matches(msg, global.find) && menu.Digits() {
		a.closeFront() // the finder opens in its place: in this menu, what is typed next would choose something
	}
	if cmd, done := a.switchPalette(msg); done {
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
		return a.performAndSave(ui.Asks(ui.Find{}))
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
		if a.failed == nil {
			return a.showMessage("Everything is saved.")
		}
		a.message = ""
		a.askAboutSave()
		return nil
	case key.Matches(msg, global.back):
		return a.goBack()
	case key.Matches(msg, global.quit) && a.current() != ui.Home:
		return a.showMessage(howToLeave[a.isSheet()])
	}
	c := a.context()
	nothing := meansNothing(msg, a.screen().Keys(c)) // before Update, which may change what the keys are
	asks := a.screen().Update(msg, c)
	if nothing && len(asks) == 0 {
		a.message = noMeaning
	}
	return a.performAndSave(asks)
}

// meansNothing says whether a key types something, and is none of a screen's keys.
func meansNothing(msg tea.KeyPressMsg, keys ui.Keys) bool {
	return msg.Text != "" && !slices.ContainsFunc(keys.All(), func(b key.Binding) bool { return key.Matches(msg, b) })
}

// goBack is Esc on a screen.
func (a *app) goBack() tea.Cmd {
	switch x, ok := a.screen().(interface{ Escape(c *ui.Context) bool }); {
	case ok && x.Escape(a.context()):
		return nil // it went back from a page of its own
	case a.isSheet():
		return a.performAndSave(ui.Asks(ui.Quit{}))
	case a.blind():
		a.askLeaveBlind()
		return nil
	}
	fromFinder := a.results.of != nil && slices.Equal(a.results.path, a.path)
	a.perform(ui.Asks(ui.Back{}))
	if fromFinder && !a.blind() { // open the finder as it was left, but have it search what was changed meanwhile
		a.front, a.reply, a.results = a.results.of, reply{}, results{}
		a.index.asked = a.index.rev != a.s.Rev()
	}
	return a.followUps()
}

// inFront hands a message to the dialog in front and, if that ends the dialog, does what its reply says.
func (a *app) inFront(msg tea.Msg) tea.Cmd {
	out := a.front.Update(msg, a.context())
	if out == nil || a.accidentalEnd(out) {
		return a.keepTyping(msg)
	}
	if a.welcome {
		return a.createProfile(out)
	}
	front, reply := a.closeFront()
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
		reply.typed()
		if a.front != nil {
			return tea.Batch(a.followUps(), a.inFront(msg))
		}
	case dialog.Jump:
		if a.blind() {
			return a.performAndSave(a.screen().Update(ui.FoundMsg{KSB: out.Go.KSB}, a.context()))
		}
		a.perform(ui.Asks(out.Go))
		if d, ok := front.(*dialog.Find); ok {
			a.results = results{d, slices.Clone(a.path)}
		}
		return a.followUps()
	}
	return nil
}

// createProfile makes the profile from the first form, and goes straight to Rate.
func (a *app) createProfile(out dialog.Outcome) tea.Cmd {
	sent, ok := out.(dialog.Sent)
	if !ok {
		if a.warns() {
			return nil
		}
		a.leaving = true
		return a.quit() // there is no profile yet
	}
	learner := home.Learner(sent.Values)
	if _, err := (profile.SetLearner{Learner: learner, Today: a.today}).Apply(profile.Profile{}, nil); err != nil {
		return a.showError(err)
	}
	s, err := a.o.Create(learner)
	if err != nil {
		return a.showError(err)
	}
	a.s, a.front, a.welcome = s, nil, false
	return a.performAndSave(ui.Asks(ui.Go{To: ui.Rate}))
}

// hinter is an error that says what to try.
type hinter interface {
	error
	Hint() string
}

// showMessage shows a message. It returns nil, for the caller to return.
func (a *app) showMessage(text string) tea.Cmd {
	a.message = text
	return nil
}

// showError shows an error with its hint as the message, cleaned, since some of its text may come from elsewhere. It
// returns nil, for the caller to return.
func (a *app) showError(err error) tea.Cmd {
	err = a.unseen(err)
	a.message, a.trouble = safetext.Line(err.Error()), true
	if session.OpenElsewhere(err) {
		return a.showMessage(session.AlreadyOpen)
	}
	if h, ok := errors.AsType[hinter](err); ok && h.Hint() != "" {
		a.message += ": " + safetext.Line(h.Hint())
	}
	return nil
}

// performAndSave carries out asks, and then followUps.
func (a *app) performAndSave(asks []ui.Ask) tea.Cmd {
	a.perform(asks)
	return a.followUps()
}

// followUps returns the commands that every update may need: for saving, looking things up and indexing; or for
// quitting, if that was asked for.
func (a *app) followUps() tea.Cmd {
	if a.leaving {
		return a.quitWhenSaved()
	}
	return tea.Batch(a.save(), a.lookUps(), a.indexing(), a.writeFresh())
}

// performOne carries out one ask. False means that it was refused.
func (a *app) performOne(ask ui.Ask) bool {
	switch ask := ask.(type) {
	case ui.Do:
		return a.change(ask)
	case ui.Undo:
		if a.accidental() {
			return false
		}
		a.undo()
	case ui.Go:
		a.goTo(ask)
	case ui.Back:
		if len(a.path) > 1 {
			a.path = a.path[:len(a.path)-1]
			a.perform(a.screen().Update(ui.BackMsg{}, a.context()))
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
		return a.ifEditable(ask.Form.Title, func() { a.edit(ask) })
	case ui.Choose:
		a.choose(ask)
	case ui.Find:
		a.find()
	case ui.Refuse:
		a.refuse(ask)
	case ui.Look:
		a.lookForFiles = true
	case ui.Sheet:
		if ask.Take {
			return a.ifEditable(sheetTitle, func() { a.askFile(a.sheetReadJob()) })
		}
		a.makeSheet(ask)
	case ui.Copies:
		return a.ifEditable(copiesTitle, a.takeCopy)
	case ui.Scan:
		return a.ifEditable(scanTitle, func() { a.askFile(a.scanJob()) })
	case ui.Report:
		switch {
		case !ask.Write:
			a.choose(a.reportMenu(ask))
		case ask.Warned:
			a.askFile(a.reportJob(ask))
		default:
			a.askToWrite(a.reportJob(ask))
		}
	case ui.Write:
		a.askToWrite(a.paperJob(ask.Paper))
	case ui.Quit:
		if a.accidental() {
			return false
		}
		a.leaving = true
	}
	return true
}

// perform carries out asks in order. Once one is refused, the rest is dropped.
func (a *app) perform(asks []ui.Ask) {
	for _, ask := range asks {
		if !a.performOne(ask) {
			return
		}
	}
}

// change makes a change of the record. False means that it was refused.
func (a *app) change(ask ui.Do) bool {
	if a.accidental() || !a.mayChange() {
		return false
	}
	if a.noteSent(a.sending != nil && a.s.Same(ask.Change)) {
		a.perform(a.afterAnswer(ask.Then))
		return true
	}
	before := a.s.Profile()
	if err := a.s.Do(ask.Change); err != nil {
		a.showError(err)
		return false
	}
	rate, rates := ask.Change.(profile.Rate)
	if !rates || rate.Note != nil || !rate.Reason.Empty() { // a level without words cannot name a patient
		a.guardLater(before)
	}
	a.madeOn[a.s.Rev()] = a.current()
	if rates && a.byKey {
		a.pace.decides(a.s.NewestRev())
		a.lag.rates()
	}
	a.perform(a.afterAnswer(ask.Then))
	return true
}

// goTo shows a screen. Going to a screen that is on the path already goes back to it, so that the path has no circles.
func (a *app) goTo(ask ui.Go) {
	at := slices.Index(a.path, ask.To)
	if at < 0 {
		at = len(a.path)
	}
	a.path = append(a.path[:at:at], ask.To)
	a.perform(a.screen().Update(ui.EnterMsg{Go: ask}, a.context()))
}

// toShown hands a message to the dialog in front or, without one, to the screen.
func (a *app) toShown(msg tea.Msg) tea.Cmd {
	if a.front != nil {
		return a.inFront(msg)
	}
	return a.performAndSave(a.screen().Update(msg, a.context()))
}
