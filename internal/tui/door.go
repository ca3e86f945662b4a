package tui

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"
)

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

// came is a message and when it came.
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
	return r >= ' ' && r <= '~' && (d.kind != ']' || strings.ContainsRune(ofColours, r))
}

// ofColours are the signs of an answer that says a colour.
const ofColours = "0123456789abcdefABCDEFrg:;/?"

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
