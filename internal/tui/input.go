package tui

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"

	"github.com/ksbcoach/ksbcoach/internal/tui/dialog"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// Update handles one message.
func (a *app) Update(msg tea.Msg) (tea.Model, tea.Cmd) { return a, a.deliver(msg, a.o.now()) }

// deliver handles a message that arrived at a time: it passes the message through the filter, and hands what comes out
// to receive.
func (a *app) deliver(msg tea.Msg, at time.Time) tea.Cmd {
	now, hold := a.filter.take(msg, at)
	var cmds []tea.Cmd
	for _, x := range now {
		if _, ok := x.msg.(uv.PrimaryDeviceAttributesEvent); ok && a.unanswered > 0 {
			a.unanswered-- // an answer to begin, which must not end the wait of quit
			continue
		}
		cmds = append(cmds, a.receive(x.msg, x.at))
		a.guard()
	}
	if hold > 0 {
		turn := a.filter.turn
		cmds = append(cmds, tea.Tick(hold, func(time.Time) tea.Msg { return heldMsg{turn} }))
	}
	return tea.Batch(cmds...)
}

// tooSmall says whether the window is too small to draw the screen. Then keys must do nothing: nobody rates what they
// cannot see. While the size is not known yet, keys typed ahead do count.
func (a *app) tooSmall() bool {
	return a.cols > 0 && a.rows > 0 && (a.cols < minCols || a.rows < minRows)
}

// worksUnseen says whether a message is handled even if the window is too small: keys that leave or pause the program
// are, and whatever does not come from the keyboard or the mouse.
func worksUnseen(msg tea.Msg) bool {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return key.Matches(msg, global.leave) || key.Matches(msg, global.suspend)
	case tea.PasteMsg, tea.MouseClickMsg, tea.MouseReleaseMsg, tea.MouseMotionMsg, tea.MouseWheelMsg:
		return false
	}
	return true
}

// asText returns Enter or Tab as pasted text, if it came in a burst while something is being typed: some terminals
// paste without saying so, and the line breaks in such a text must not send the form, nor the tabs leave the field.
// False means that the key is a key.
func (a *app) asText(msg tea.KeyPressMsg) (tea.PasteMsg, bool) {
	if a.front == nil || !a.front.Typing() || !a.pace.burst || msg.IsRepeat || msg.Mod != 0 {
		return tea.PasteMsg{}, false
	}
	switch msg.Code {
	case tea.KeyEnter:
		return tea.PasteMsg{Content: "\n"}, true
	case tea.KeyTab:
		return tea.PasteMsg{Content: " "}, true
	}
	return tea.PasteMsg{}, false
}

// Init asks the terminal for its background; it need not answer. Over SSH nothing is asked: answers would come late and
// in pieces, and most terminals are dark.
func (a *app) Init() tea.Cmd {
	a.filter.asked = a.o.now() // even over SSH, since the framework asks other things
	if overSSH(a.o.Getenv) {
		return nil
	}
	return tea.RequestBackgroundColor
}

// waitedMsg says that quit has waited for answers of the terminal for long enough.
type waitedMsg struct{}

// quit ends the program. Soon after the start, answers of the terminal may still be on their way, and would be typed
// into the shell. So it asks one more question, which every terminal answers, and waits for that answer: it comes after
// all others.
func (a *app) quit() tea.Cmd {
	if a.filter.asked.IsZero() || a.o.now().Sub(a.filter.asked) > answersTime || a.quitting {
		return tea.Quit
	}
	a.quitting = true
	wait := tea.Tick(500*time.Millisecond, func(time.Time) tea.Msg { return waitedMsg{} })
	return tea.Batch(tea.Raw(ansi.RequestPrimaryDeviceAttributes), wait)
}

// endsWait says whether a message ends the wait of quit. Ctrl-C does too.
func endsWait(msg tea.Msg) bool {
	switch msg := msg.(type) {
	case waitedMsg, uv.PrimaryDeviceAttributesEvent:
		return true
	case tea.KeyPressMsg:
		return key.Matches(msg, global.leave)
	}
	return false
}

// mayEdit says whether the record can be changed. If not, it opens a notice that says why, with the title of the form
// that was asked for.
func (a *app) mayEdit(title string) bool {
	a.becomeWriter()
	err := a.s.ReadOnly()
	if err != nil {
		a.showError(err)
		a.refuse(ui.Refuse{Title: title, Says: a.message + "."})
	}
	return err == nil
}

// ifEditable calls do if mayEdit, and says whether it did.
func (a *app) ifEditable(title string, do func()) bool {
	may := a.mayEdit(title)
	if may {
		do()
	}
	return may
}

// refuse opens a notice in place of a form.
func (a *app) refuse(x ui.Refuse) {
	a.front, a.reply = dialog.NewNotice(x.Title, x.Says), reply{}
	a.message, a.trouble = "", false
}

// place is where the learner is: the way to the screen, the dialog in front, and the message.
type place struct {
	path    []ui.Name
	front   dialog.Dialog
	reply   reply
	message string
	trouble bool
}

// noteEsc notes where the learner is before an Esc, until the next key. The Esc may turn out to be the first byte of an
// answer of the terminal, and must then be taken back.
func (a *app) noteEsc(msg tea.KeyPressMsg) {
	a.beforeEsc = nil
	if key.Matches(msg, global.back) {
		a.beforeEsc = &place{slices.Clone(a.path), a.front, a.reply, a.message, a.trouble}
	}
}

// takeBackEsc goes back to where the learner was before the last Esc.
func (a *app) takeBackEsc() {
	if p := a.beforeEsc; p != nil && !a.leaving {
		a.path, a.front, a.reply, a.message, a.trouble = p.path, p.front, p.reply, p.message, p.trouble
	}
	a.beforeEsc = nil
}

// An answer of the terminal, a click of the mouse and a paste all begin with ESC. On a slow line that byte may arrive
// alone: after 50 ms the framework takes it for the key Esc, and the bytes that follow for letters. tailTime is how
// long those may take to arrive.
const tailTime = 700 * time.Millisecond

// answersTime is how long after the terminal was asked something its answers may still come. Within that time an Esc is
// held back for tailTime, since it may be the beginning of one.
const answersTime = time.Second

// An inputFilter lets messages through, except for keys that are really pieces of an answer of the terminal, of a click
// or of a paste. It puts a paste together again, and drops the others.
type inputFilter struct {
	asked time.Time // when the terminal was last asked something, or zero

	in   part
	kind rune      // the character after ESC, one of introducers
	text string    // what came after that
	last time.Time // when the newest piece arrived
	held []arrival // keys that may be typed, or may be the beginning of an answer
	turn int       // counts keys; tells the timer of the last one from older ones
}

// part is what the newest key may be a piece of.
type part int

const (
	noPart    part = iota
	afterEsc       // an ESC has come, which was let through or is held back
	perhaps        // one of introducers came after it, and is held back for burstTime
	inAnswer       // inside an answer, which is dropped
	inPasting      // inside a paste whose beginning came in pieces
)

// arrival is a message, and when it arrived.
type arrival struct {
	msg tea.Msg
	at  time.Time
}

// notEscMsg says that the Esc let through last was no key, but the beginning of an answer.
type notEscMsg struct{}

// heldMsg says that it is time to let through what is held back, if no key came since.
type heldMsg struct{ turn int }

// take returns the messages to handle now. If hold is not 0, a heldMsg must be sent after that time, to let through
// what is held back.
func (f *inputFilter) take(msg tea.Msg, at time.Time) (now []arrival, hold time.Duration) {
	switch msg := msg.(type) {
	case heldMsg:
		if msg.turn != f.turn {
			return nil, 0
		}
		return f.letGo(), 0
	case tea.PasteMsg:
		if f.in == inPasting { // the end of the paste came in one piece, and the framework understood it
			f.text += msg.Content
			return f.letGo(), 0
		}
	case uv.UnknownEvent:
		f.begins(string(msg), at)
		return nil, 0
	case uv.UnknownCsiEvent:
		if strings.HasSuffix(string(msg), "[M") { // the beginning of a click, in the oldest encoding
			f.begins(string(msg), at)
			return nil, 0
		}
	case tea.KeyPressMsg:
		f.turn++
		return f.key(msg, at)
	}
	return []arrival{{msg, at}}, 0
}

// begins notes the beginning of an answer, of which more than the ESC arrived together.
func (f *inputFilter) begins(s string, at time.Time) {
	if len(s) > 1 && s[0] == 0x1b && strings.ContainsRune(introducers, rune(s[1])) {
		f.turn++
		f.in, f.kind, f.text, f.last = inAnswer, rune(s[1]), s[2:], at
	}
}

// introducers are the characters that follow ESC in what a terminal sends.
const introducers = "[]P_^XO"

// key is take for a key.
func (f *inputFilter) key(msg tea.KeyPressMsg, at time.Time) (now []arrival, hold time.Duration) {
	r := typed(msg)
	late := at.Sub(f.last) > tailTime
	switch {
	case f.in == inPasting && !late:
		f.last = at
		switch {
		case msg.Code == tea.KeyEnter:
			f.text += "\n"
		case msg.Code == tea.KeyTab:
			f.text += "\t"
		default:
			f.text += msg.Text
		}
		return nil, tailTime
	case f.in == inAnswer && !late && f.continuesAnswer(msg, r):
		f.last = at
		if f.in == inPasting {
			return nil, tailTime
		}
		return nil, 0
	case f.in == perhaps && at.Sub(f.last) < burstTime && mayFollowESC(f.kind, r):
		if len(f.held) == 1 { // only the introducer: the Esc was let through
			now = []arrival{{notEscMsg{}, at}}
		}
		f.in, f.text, f.last, f.held = inAnswer, "", at, nil
		f.continuesAnswer(msg, r)
		if f.in == inPasting {
			return now, tailTime
		}
		return now, 0
	case f.in == afterEsc && !late && r != 0 && strings.ContainsRune(introducers, r):
		f.in, f.kind, f.last = perhaps, r, at
		f.held = append(f.held, arrival{msg, at})
		return nil, burstTime
	}
	now = f.letGo()
	switch {
	case msg.Code == tea.KeyEscape && msg.Mod == 0:
		f.in, f.last = afterEsc, at
		if !f.asked.IsZero() && at.After(f.asked) && at.Sub(f.asked) < answersTime {
			f.held = []arrival{{msg, at}}
			return now, tailTime
		}
	case strings.ContainsRune(introducers, withAlt(msg)):
		f.in, f.kind, f.text, f.last = inAnswer, withAlt(msg), "", at
		return now, 0
	}
	return append(now, arrival{msg, at}), 0
}

// letGo returns what was held back, and starts afresh.
func (f *inputFilter) letGo() []arrival {
	now := f.held
	if f.in == inPasting {
		now = append(now, arrival{tea.PasteMsg{Content: f.text}, f.last})
	}
	f.in, f.text, f.held = noPart, "", nil
	return now
}

// continuesAnswer says whether a key is the next character of the answer. It ends the answer if it is the last one.
func (f *inputFilter) continuesAnswer(msg tea.KeyPressMsg, r rune) bool {
	if f.kind == '[' || f.kind == 'O' {
		oldMouse := f.kind == '[' && strings.HasPrefix(f.text, "M")
		if (r < ' ' || r > '~') && !oldMouse {
			return false
		}
		f.text += string(r)
		switch {
		case oldMouse: // three characters follow, for the button and the cell; they can be any
			if utf8.RuneCountInString(f.text) == len("Mbxy") {
				f.in = noPart
			}
		case f.kind == '[' && (f.text == "M" || f.text == "["): // the oldest mouse, or a key of the Linux console: more
		case r < '@': // part of a parameter: more follows
		case f.kind == '[' && f.text == "200~":
			f.in, f.text = inPasting, ""
		default:
			f.in = noPart
		}
		return true
	}
	switch k := msg.String(); {
	case k == "ctrl+g", k == `alt+\`, r == '\\':
		f.in = noPart
		return true
	case k == "esc": // the first half of the end, ESC \
		return true
	}
	const inColours = "0123456789abcdefABCDEFrg:;/?" // the characters of an answer about a colour
	return r >= ' ' && r <= '~' && (f.kind != ']' || strings.ContainsRune(inColours, r))
}

// mayFollowESC says whether a character may come after ESC and an introducer.
func mayFollowESC(kind, r rune) bool {
	switch kind {
	case ']':
		return r >= '0' && r <= '9'
	case 'O':
		return r >= 'A' && r <= 'Z'
	}
	return r > ' ' && r <= '~'
}

// withAlt returns the character of a key with Alt, or a space for any other key: the framework takes ESC and a
// character that arrive together for such a key.
func withAlt(msg tea.KeyPressMsg) rune {
	switch msg.Mod {
	case tea.ModAlt:
		return msg.Code
	case tea.ModAlt | tea.ModShift:
		if msg.ShiftedCode != 0 {
			return msg.ShiftedCode
		}
		return unicode.ToUpper(msg.Code)
	}
	return ' '
}

// typed returns the single character that a key types, or 0.
func typed(msg tea.KeyPressMsg) rune {
	if r, n := utf8.DecodeRuneInString(msg.Text); n > 0 && n == len(msg.Text) {
		return r
	}
	return 0
}

// How soon after another one a key or click is no decision of the learner's.
const (
	burstTime  = 50 * time.Millisecond  // sooner than hands can press another key
	repeatTime = 120 * time.Millisecond // the same key, repeated by the keyboard: every 25 to 100 ms
	pauseFirst = time.Second            // the longest pause before a keyboard starts to repeat a held key
	doubleTime = 400 * time.Millisecond // the longest time between the clicks of a double click
)

// A pace tells keys that the learner means from others: from the repeats of a key that is held down, and from text that
// a terminal pasted without saying so.
type pace struct {
	at    time.Time     // of the newest key
	since time.Duration // how long that was after the key before
	key   string
	burst bool // the newest key came too soon after the one before
	held  bool // the newest key is a repeat of the one before

	clicked time.Time // the newest click
	double  bool      // it was the second of a double click, and no key came since

	// The newest decision, so that it can be taken back. The first repeat of a held key comes after a pause as long as
	// between two keys that are meant, so it decides too. Only the second repeat shows that the first was one.
	decided string // the key that made the decision
	rev     int    // the revision that it made
	again   bool   // the key before was the same, and also decided something
}

// note notes a key, and when it came.
func (p *pace) note(msg tea.KeyPressMsg, at time.Time) {
	first, same := p.at.IsZero(), msg.String() == p.key
	p.since = at.Sub(p.at)
	p.burst = !first && p.since < burstTime
	p.held = msg.IsRepeat || same && !first && p.since < repeatTime
	p.at, p.key, p.double = at, msg.String(), false
	if !same {
		p.decided = ""
	}
}

// click notes a click. The second click of a double click must not decide: the first may only have moved the cursor to
// what it would decide.
func (p *pace) click(at time.Time) {
	p.double = !p.clicked.IsZero() && at.Sub(p.clicked) < doubleTime
	p.clicked, p.key, p.burst, p.held = at, "click", false, false
}

// deliberate says whether the newest key or click may decide something.
func (p *pace) deliberate() bool { return !p.burst && !p.held && !p.double }

// decides notes that the newest key made a change, with its revision.
func (p *pace) decides(rev int) {
	p.again = p.decided == p.key && p.since < pauseFirst
	p.decided, p.rev = p.key, rev
}

// slipped returns the revision of the change that the first repeat of a held key has made, once it turns out to be one;
// else 0. It returns each revision only once.
func (p *pace) slipped() int {
	if !p.held || !p.again || p.decided != p.key {
		return 0
	}
	p.again = false
	return p.rev
}

// accidental says whether the key that asks for a change, or for leaving, was not meant. If so it tells the learner,
// and undoes what the first repeat of a held key has changed.
func (a *app) accidental() bool {
	if !a.byKey || a.pace.deliberate() {
		return false
	}
	const heldDown = "A key that is held down counts once. Let go, and press it for each one."
	a.trouble = false
	switch {
	case a.pace.double:
		a.message = "Two quick clicks only point. Click once more, or press Enter, to decide."
	case a.pace.held:
		a.message = heldDown
	default:
		a.message = "That key came too soon after the one before, so it was not taken. Press it again if you meant it."
	}
	if rev := a.pace.slipped(); rev != 0 && rev == a.s.NewestRev() {
		a.takeBack(true)
		a.message += " " + heldDown
	}
	return true
}

// accidentalEnd is accidental for a key that ends a dialog with a decision.
func (a *app) accidentalEnd(out dialog.Outcome) bool {
	switch out.(type) {
	case dialog.Sent, dialog.Picked:
		return a.accidental()
	}
	return false
}

// pressed is the cell on which the left mouse button went down, until it is released or moved away.
type pressed struct {
	x, y int
	down bool
}

// clicks handles a message of the mouse, and says whether it completes a click: press and release on the same cell. A
// press alone may begin to select text, or bring the window to the front.
func (p *pressed) clicks(msg tea.Msg) bool {
	switch msg := msg.(type) {
	case tea.MouseClickMsg:
		*p = pressed{msg.X, msg.Y, msg.Button == tea.MouseLeft}
	case tea.MouseMotionMsg:
		p.down = p.down && msg.X == p.x && msg.Y == p.y
	case tea.MouseReleaseMsg:
		was := *p
		p.down = false
		return was.down && msg.X == was.x && msg.Y == was.y
	}
	return false
}

// click chooses the row at the mouse, or presses the key that is named there.
func (a *app) click(at time.Time) tea.Cmd {
	a.lag.moved(keepNothing)
	a.pace.click(at)
	a.byKey = true
	defer func() { a.byKey = false }()
	page := a.page(a.drawContext()) // as it was clicked on, before the message goes
	a.message, a.trouble = "", false
	line := a.mouseDown.y - 1 // of the body, below the head
	if index, ok := page.Rows[line]; ok {
		return a.toShown(ui.RowMsg{Index: index})
	}
	if name, ok := page.Keys[line]; ok {
		return a.press(keyNamed(name))
	}
	return nil
}
