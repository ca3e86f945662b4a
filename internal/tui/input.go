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

// Update takes in one message: through the door, which keeps out what is no key, to what the message is for.
func (a *app) Update(msg tea.Msg) (tea.Model, tea.Cmd) { return a, a.enter(msg, a.o.now()) }

// enter takes in a message that came at some time.
func (a *app) enter(msg tea.Msg, at time.Time) tea.Cmd {
	now, hold := a.door.take(msg, at)
	var cmds []tea.Cmd
	for _, x := range now {
		if _, ok := x.msg.(uv.PrimaryDeviceAttributesEvent); ok && a.unanswered > 0 {
			a.unanswered-- // what quit asks is answered after that
			continue
		}
		cmds = append(cmds, a.receive(x.msg, x.at))
		a.guard()
	}
	if hold > 0 {
		turn := a.door.turn
		cmds = append(cmds, tea.Tick(hold, func(time.Time) tea.Msg { return heldMsg{turn} }))
	}
	return tea.Batch(cmds...)
}

// tooSmall says whether the window shows nothing but the wish for a larger one. What is not drawn takes no keys: nobody
// rates what they do not see. Before the size is known, what is typed ahead counts.
func (a *app) tooSmall() bool {
	return a.cols > 0 && a.rows > 0 && (a.cols < minCols || a.rows < minRows)
}

// unseenTakes says whether a message is for the program although nothing is drawn: leaving is, and what is not typed.
func unseenTakes(msg tea.Msg) bool {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return key.Matches(msg, global.leave) || key.Matches(msg, global.suspend)
	case tea.PasteMsg, tea.MouseClickMsg, tea.MouseReleaseMsg, tea.MouseMotionMsg, tea.MouseWheelMsg:
		return false
	}
	return true
}

// asText is a key as the text that it is inside of a burst: a paste of which the terminal does not say that it is one
// has line breaks that send nothing, and tabs that go nowhere. It says whether it is such a key.
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

// Init asks the terminal for its background, and expects no answer. Over SSH it asks nothing: there answers come late
// and in pieces, and most terminals are dark.
func (a *app) Init() tea.Cmd {
	a.door.asked = a.o.now() // the framework asks too
	if overSSH(a.o.Getenv) {
		return nil
	}
	return tea.RequestBackgroundColor
}

type waitedMsg struct{}

// quit ends the program. So soon after its start that answers of the terminal may be on their way, it waits for them,
// since they would be typed into the shell: one more question, which every terminal answers at once, is answered after
// all others.
func (a *app) quit() tea.Cmd {
	if a.door.asked.IsZero() || a.o.now().Sub(a.door.asked) > answersTime || a.quitting {
		return tea.Quit
	}
	a.quitting = true
	wait := tea.Tick(500*time.Millisecond, func(time.Time) tea.Msg { return waitedMsg{} })
	return tea.Batch(tea.Raw(ansi.RequestPrimaryDeviceAttributes), wait)
}

// quits says whether a message ends the wait of quit. Ctrl-C does too.
func quits(msg tea.Msg) bool {
	switch msg := msg.(type) {
	case waitedMsg, uv.PrimaryDeviceAttributesEvent:
		return true
	case tea.KeyPressMsg:
		return key.Matches(msg, global.leave)
	}
	return false
}

// mayEdit says whether the record may be changed. Where it may not, it says why in place of a form of that title.
func (a *app) mayEdit(title string) bool {
	a.becomeWriter()
	err := a.s.ReadOnly()
	if err != nil {
		a.say(err)
		a.refuse(ui.Refuse{Title: title, Says: a.message + "."})
	}
	return err == nil
}

// editing does what changes the record, where that may be, and says whether it may.
func (a *app) editing(title string, do func()) bool {
	may := a.mayEdit(title)
	if may {
		do()
	}
	return may
}

// refuse opens a notice in place of something that would have taken typing.
func (a *app) refuse(x ui.Refuse) {
	a.front, a.reply = dialog.NewNotice(x.Title, x.Says), reply{}
	a.message, a.trouble = "", false
}

// place is where the learner is: the screens one came by, and what stands in front.
type place struct {
	path    []ui.Name
	front   dialog.Dialog
	reply   reply
	message string
	trouble bool
}

// noteEsc notes where the learner is before an Esc, until the next key: it may turn out to be the beginning of an
// answer of the terminal, which is no key.
func (a *app) noteEsc(msg tea.KeyPressMsg) {
	a.beforeEsc = nil
	if key.Matches(msg, global.back) {
		a.beforeEsc = &place{slices.Clone(a.path), a.front, a.reply, a.message, a.trouble}
	}
}

// takeBackEsc goes back to where the learner was before the Esc that was none.
func (a *app) takeBackEsc() {
	if p := a.beforeEsc; p != nil && !a.leaving {
		a.path, a.front, a.reply, a.message, a.trouble = p.path, p.front, p.reply, p.message, p.trouble
	}
	a.beforeEsc = nil
}

// A terminal's answer, a click of the mouse and a paste begin with ESC. Where the line is slow that may arrive alone;
// after 50 ms the framework takes it for the key, and the rest for letters. How long the rest may be on its way:
const tailTime = 700 * time.Millisecond

// answersTime is how long after the terminal was asked something its answers may still come. An Esc in that time waits
// to be told from the beginning of one.
const answersTime = time.Second

// A door lets in what was typed and keeps out the rest of what came in pieces.
type door struct {
	asked time.Time // when the terminal was asked, or zero

	in   part
	kind rune      // what came after ESC: [ ] P _ ^ X O
	text string    // what came after that
	last time.Time // when the newest piece came
	held []came    // may be typed, or the beginning of an answer
	turn int       // counts what came, so that a timer knows whether it is the newest
}

// part is how much of something that came in pieces is there.
type part int

const (
	noPart    part = iota
	afterEsc       // ESC, which was let in or is held
	perhaps        // a sign that may go on with it, held for as long as a burst needs
	inAnswer       // the rest of an answer, which is kept out
	inPasting      // pasted text, whose beginning came in pieces
)

type came struct {
	msg tea.Msg
	at  time.Time
}

// notEscMsg says that the Esc that was let in last was the beginning of an answer.
type notEscMsg struct{}

// heldMsg says that nothing came after what is held back; the timer of that turn sends it.
type heldMsg struct{ turn int }

// take says what to do now of a message, and for how long to hold what is kept back: 0 for nothing.
func (d *door) take(msg tea.Msg, at time.Time) (now []came, hold time.Duration) {
	switch msg := msg.(type) {
	case heldMsg:
		if msg.turn != d.turn {
			return nil, 0
		}
		return d.letGo(), 0
	case tea.PasteMsg:
		if d.in == inPasting { // its end came whole
			d.text += msg.Content
			return d.letGo(), 0
		}
	case uv.UnknownEvent:
		d.begins(string(msg), at)
		return nil, 0
	case uv.UnknownCsiEvent:
		if strings.HasSuffix(string(msg), "[M") { // the beginning of what an old mouse says
			d.begins(string(msg), at)
			return nil, 0
		}
	case tea.KeyPressMsg:
		d.turn++
		return d.key(msg, at)
	}
	return []came{{msg, at}}, 0
}

// begins takes in the beginning of an answer that broke off after more than ESC.
func (d *door) begins(s string, at time.Time) {
	if len(s) > 1 && s[0] == 0x1b && strings.ContainsRune(introducers, rune(s[1])) {
		d.turn++
		d.in, d.kind, d.text, d.last = inAnswer, rune(s[1]), s[2:], at
	}
}

// introducers are the signs that follow ESC in what a terminal sends.
const introducers = "[]P_^XO"

func (d *door) key(msg tea.KeyPressMsg, at time.Time) (now []came, hold time.Duration) {
	r := typed(msg)
	late := at.Sub(d.last) > tailTime
	switch {
	case d.in == inPasting && !late:
		d.last = at
		switch {
		case msg.Code == tea.KeyEnter:
			d.text += "\n"
		case msg.Code == tea.KeyTab:
			d.text += "\t"
		default:
			d.text += msg.Text
		}
		return nil, tailTime
	case d.in == inAnswer && !late && d.continuesAnswer(msg, r):
		d.last = at
		if d.in == inPasting {
			return nil, tailTime
		}
		return nil, 0
	case d.in == perhaps && at.Sub(d.last) < burstTime && mayFollowESC(d.kind, r):
		if len(d.held) == 1 { // the Esc was not kept back with it
			now = []came{{notEscMsg{}, at}}
		}
		d.in, d.text, d.last, d.held = inAnswer, "", at, nil
		d.continuesAnswer(msg, r)
		if d.in == inPasting {
			return now, tailTime
		}
		return now, 0
	case d.in == afterEsc && !late && r != 0 && strings.ContainsRune(introducers, r):
		d.in, d.kind, d.last = perhaps, r, at
		d.held = append(d.held, came{msg, at})
		return nil, burstTime
	}
	now = d.letGo()
	switch {
	case msg.Code == tea.KeyEscape && msg.Mod == 0:
		d.in, d.last = afterEsc, at
		if !d.asked.IsZero() && at.After(d.asked) && at.Sub(d.asked) < answersTime {
			d.held = []came{{msg, at}}
			return now, tailTime
		}
	case strings.ContainsRune(introducers, withAlt(msg)):
		d.in, d.kind, d.text, d.last = inAnswer, withAlt(msg), "", at
		return now, 0
	}
	return append(now, came{msg, at}), 0
}

// letGo gives what was held back, and begins anew.
func (d *door) letGo() []came {
	now := d.held
	if d.in == inPasting {
		now = append(now, came{tea.PasteMsg{Content: d.text}, d.last})
	}
	d.in, d.text, d.held = noPart, "", nil
	return now
}

// continuesAnswer says whether a key is the next sign of the answer, and ends it where it is the last.
func (d *door) continuesAnswer(msg tea.KeyPressMsg, r rune) bool {
	if d.kind == '[' || d.kind == 'O' {
		oldMouse := d.kind == '[' && strings.HasPrefix(d.text, "M")
		if (r < ' ' || r > '~') && !oldMouse {
			return false
		}
		d.text += string(r)
		switch {
		case oldMouse: // a button and a cell follow, in any signs
			if utf8.RuneCountInString(d.text) == len("Mbxy") {
				d.in = noPart
			}
		case d.kind == '[' && (d.text == "M" || d.text == "["): // an old mouse, or a function key of the Linux console
		case r < '@': // a parameter
		case d.kind == '[' && d.text == "200~":
			d.in, d.text = inPasting, ""
		default:
			d.in = noPart
		}
		return true
	}
	switch k := msg.String(); {
	case k == "ctrl+g", k == `alt+\`, r == '\\':
		d.in = noPart
		return true
	case k == "esc": // half of the end
		return true
	}
	const ofColours = "0123456789abcdefABCDEFrg:;/?" // the signs of an answer that says a colour
	return r >= ' ' && r <= '~' && (d.kind != ']' || strings.ContainsRune(ofColours, r))
}

// mayFollowESC says whether a sign may be the first after ESC and one of introducers.
func mayFollowESC(kind, r rune) bool {
	switch kind {
	case ']':
		return r >= '0' && r <= '9'
	case 'O':
		return r >= 'A' && r <= 'Z'
	}
	return r > ' ' && r <= '~'
}

// withAlt is the sign that a key with Alt would type, or a space: what comes as ESC and a sign is taken for one.
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

// typed is the sign that a key types, or 0.
func typed(msg tea.KeyPressMsg) rune {
	if r, n := utf8.DecodeRuneInString(msg.Text); n > 0 && n == len(msg.Text) {
		return r
	}
	return 0
}

// How soon after another key a key is not a decision: any key so soon that hands do not press it, or the same key as
// soon as a keyboard repeats one that is held down (every 25 to 100 ms).
const (
	burstTime  = 50 * time.Millisecond
	repeatTime = 120 * time.Millisecond
	pauseFirst = time.Second            // the longest pause after which a keyboard begins to repeat
	doubleTime = 400 * time.Millisecond // the longest time between the clicks of a double click
)

// A pace tells keys that were meant from those that came by themselves: from a key that is held down, or from text that
// a terminal pasted without saying so.
type pace struct {
	at    time.Time     // of the newest key
	since time.Duration // from the key before to it
	key   string
	burst bool // the newest key came too soon after the one before
	held  bool // it is the one before, held down

	clicked time.Time // the newest click
	double  bool      // it was the second of a double click, and nothing was pressed since

	// What the newest decision was, so that it can be taken back: after the first key of one that is held down there is
	// a pause, as long as between two that are meant, and only the third shows what the second was.
	decided string // the key that made it
	rev     int    // the revision that it made
	again   bool   // the key before it was the same, and decided too
}

// note takes in a key that came at some time.
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

// click takes in a click. The first of two points, and may open; the second may not decide what the first only pointed
// at.
func (p *pace) click(at time.Time) {
	p.double = !p.clicked.IsZero() && at.Sub(p.clicked) < doubleTime
	p.clicked, p.key, p.burst, p.held = at, "click", false, false
}

// deliberate says whether the newest key or click may decide something.
func (p *pace) deliberate() bool { return !p.burst && !p.held && !p.double }

// decides notes that the newest key made the change of a revision.
func (p *pace) decides(rev int) {
	p.again = p.decided == p.key && p.since < pauseFirst
	p.decided, p.rev = p.key, rev
}

// slipped gives the revision of a change that a key made while it was already held down, once; 0 for none.
func (p *pace) slipped() int {
	if !p.held || !p.again || p.decided != p.key {
		return 0
	}
	p.again = false
	return p.rev
}

// unmeant says whether a change, or leaving, comes from a key that was not meant, and tells the learner so.
func (a *app) unmeant() bool {
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

// unmeantEnd says the same of a key that ends a dialog with a decision.
func (a *app) unmeantEnd(out dialog.Outcome) bool {
	switch out.(type) {
	case dialog.Sent, dialog.Picked:
		return a.unmeant()
	}
	return false
}

// pressed is the cell on which the left button of the mouse went down, until it is let go of or moved away.
type pressed struct {
	x, y int
	down bool
}

// clicks takes in a message of the mouse, and says whether it ends a click: press and release on the same cell. A press
// alone may begin to mark text, or bring the window forward.
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

// click chooses what a line of the frame is for, or presses the key that it names.
func (a *app) click(at time.Time) tea.Cmd {
	a.trail.moved(nothingStays)
	a.pace.click(at)
	a.byKey = true
	defer func() { a.byKey = false }()
	y, page := a.mouseDown.y, a.page(a.drawing()) // as it was when it was pressed, with the message that goes now
	a.message, a.trouble = "", false
	if index, ok := page.Rows[y-1]; ok {
		return a.toShown(ui.RowMsg{Index: index})
	}
	if name, ok := page.Keys[y-1]; ok {
		return a.press(keyNamed(name))
	}
	return nil
}
