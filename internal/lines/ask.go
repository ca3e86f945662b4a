package lines

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/ksbcoach/ksbcoach/internal/doc"
	"github.com/ksbcoach/ksbcoach/internal/export"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// Where an answer leads that is none to the question.
var (
	errBack   = errors.New("back")   // to the question before
	errMenu   = errors.New("menu")   // to the first question
	errQuit   = errors.New("quit")   // out
	errUndone = errors.New("undone") // something was taken back: ask from how things are now
)

// A question is what is asked, with one line for an answer.
type question struct {
	Ask  string                 // what to type, such as "Level 0 to 4, or n"
	More string                 // what ? says
	Free bool                   // any words may be the answer, so that only a word of its own is taken for what it does
	Long bool                   // they may be several lines, as of a paste
	Says func()                 // what is said before it, and again when it comes back
	Mute bool                   // it was read out before and is as it was, so that only again reads it out
	Part bool                   // of a form, where undo goes back to the answer before
	Word func(said string) bool // takes an answer that is no number; nil where none is
	Sure bool                   // whether something is to be done, where undo takes nothing back
}

// everywhere is what may be typed at any question.
const everywhere = "back goes to the question before, again says this one once more, undo takes back the last " +
	"change, find and a few words looks for a statement, menu goes to the first question, quit saves and leaves."

// ask asks until there is an answer. What is typed to go elsewhere is an error that says where. What is to be decided
// about the change before comes first: which side counts where the file was changed elsewhere, and what the guard for
// patients asks.
func (t *talk) ask(q question) (string, error) {
	for _, first := range []func() error{t.settle, t.guard} {
		if err := first(); err != nil {
			return "", err
		}
	}
	tell := q.Says != nil && !q.Mute
	for {
		if tell {
			q.Says()
		}
		said, err := t.hear(q)
		if err != nil {
			return "", err
		}
		again, err := t.wish(q, said)
		if err != nil || !again {
			return said, err
		}
		// Help was about the question that was just heard; anything else led away from it.
		tell = q.Says != nil && said != "?" && !strings.EqualFold(said, "help") &&
			(!q.Mute || strings.EqualFold(said, "again"))
	}
}

// wish does what a word asks for that is no answer. It says whether the question is to be asked again.
func (t *talk) wish(q question, said string) (again bool, err error) {
	if sought, slash := strings.CutPrefix(said, "/"); slash && !q.Free {
		return true, t.find(sought)
	}
	word, rest, _ := strings.Cut(said, " ")
	word = strings.ToLower(word)
	if t.s == nil && rest == "" && (word == "find" || word == "menu") {
		t.tell("There is nothing else yet: these few questions come first.")
		return true, nil
	}
	switch {
	case word == "find" && (rest == "" || !q.Free):
		return true, t.find(rest)
	case rest != "":
		return false, nil
	}
	switch word {
	case "?", "help":
		t.tell("%s", strings.TrimSpace(q.More+" Everywhere: "+everywhere))
		if q.Free {
			t.tell("To write one of these words alone as your answer, put a full stop behind it.")
		}
		return true, nil
	case "again":
		return q.Says != nil, nil
	case "back":
		return false, errBack
	case "menu":
		return false, errMenu
	case "quit", "exit":
		return false, errQuit
	case "undo":
		if q.Sure {
			t.tell("Nothing taken back.")
		}
		if q.Part || q.Sure {
			return false, errBack
		}
		return true, t.undo()
	}
	return false, nil
}

// hear says what to type, and waits for a line. On a terminal a line counts only if it came after that.
func (t *talk) hear(q question) (string, error) {
	early := 0
	for {
		if t.o.Terminal {
			n, ended := t.in.stale()
			if ended {
				return "", errQuit
			}
			early += n
		}
		if early > 0 {
			t.tell("%s before this question and %s not taken.", words.Count(early, "line came", "lines came"),
				words.Form(early, "was", "were"))
		}
		_, _ = t.out.WriteString(strings.Join(export.Wrap(q.Ask+":", t.say.Width), "\n") + " ")
		_ = t.out.Flush() // the next write meets the same error
		asked := t.o.Now()
		x, err := t.wait()
		switch {
		case err != nil:
			t.say.Blank()
			return "", err
		case t.o.Terminal && x.at.Sub(asked) < soon:
			early = 1 + len(t.in.rest())
			t.say.Blank()
			continue
		}
		said := strings.TrimSpace(x.text)
		if t.o.Terminal && q.Free {
			between := " "
			if q.Long {
				between = "\n"
			}
			said = strings.TrimSpace(strings.Join(append([]string{said}, t.in.rest()...), between))
		}
		if !t.o.Terminal { // nobody else shows what was typed
			t.say.Line("%s", said)
		}
		return said, nil
	}
}

// wait is for the next line, or what ends the talk.
func (t *talk) wait() (line, error) {
	select {
	case sig := <-t.stopped:
		if sig == os.Interrupt {
			return line{}, ErrInterrupted
		}
		return line{}, errQuit
	case x, ok := <-t.in.lines:
		if !ok || errors.Is(x.err, io.EOF) {
			return x, errQuit
		}
		return x, x.err
	}
}

// until asks until the answer is back. What is asked may be another each time, since the record may be.
func (t *talk) until(ask func() error) error {
	for {
		switch err := ask(); {
		case errors.Is(err, errBack):
			return nil
		case err != nil && !errors.Is(err, errUndone):
			return err
		}
	}
}

// once asks until there is an answer, or back.
func (t *talk) once(ask func() error) error {
	return t.until(func() error {
		if err := ask(); err != nil {
			return err
		}
		return errBack
	})
}

// An option is one of several numbered choices.
type option struct {
	Text string // short enough to be remembered until the last was read out
	Says string // what it means, or ""
	Do   func() error
}

// when is an option that is offered at times only.
func when(offered bool, o option) option {
	if !offered {
		return option{}
	}
	return o
}

// asking is an option that leads to a question or a form, and from there back to where it was chosen.
func (t *talk) asking(text string, ask func() error) option {
	return option{Text: text, Do: func() error { return t.once(ask) }}
}

// hearing is an option that reads out a document.
func (t *talk) hearing(text string, d func() doc.Doc) option {
	return option{Text: text, Do: func() error { t.document(d()); return nil }}
}

// doing is an option that makes a change.
func (t *talk) doing(text string, c profile.Change, says string) option {
	return option{Text: text, Do: func() error { t.do(c, says); return nil }}
}

// ways are the options that offer some ways, each with what follows it.
func ways[T any](list []plan.Way[T], do func(T) error) []option {
	return lists.Each(list, func(w plan.Way[T]) option {
		return option{Text: w.Text, Says: w.Says, Do: func() error { return do(w.Is) }}
	})
}

// choose reads out numbered choices, and does the one that is taken. Enter alone takes the usual one; 0 is none.
func (t *talk) choose(title string, options []option, usual int) error {
	options = slices.DeleteFunc(options, func(x option) bool { return x.Text == "" }) // see when
	i, err := t.number(question{Says: t.saying(title, options)}, len(options), usual)
	if err != nil || options[i-1].Do == nil {
		return err
	}
	return options[i-1].Do()
}

func (t *talk) saying(title string, options []option) func() {
	return func() {
		t.tell("%s", title)
		for i, x := range options {
			t.item("%d. %s", i+1, strings.TrimSpace(sentence(x.Text)+" "+sentence(x.Says)))
		}
	}
}

// returning are the options of a menu to which back leads from whatever one of them led to, in place of out of it.
func returning(options []option) []option {
	for i := range options {
		do := options[i].Do
		options[i].Do = func() error {
			if err := do(); !errors.Is(err, errBack) {
				return err
			}
			return nil
		}
	}
	return options
}

// number asks for a number from 1. It is 0 where a word was taken.
func (t *talk) number(q question, most, usual int) (int, error) {
	q.Ask = "Type " + oneOf(most) + q.Ask
	if usual > 0 {
		q.Ask += fmt.Sprintf(", Enter for %d", usual)
	}
	q.Ask += ", or back, undo, find, quit, or ?"
	return t.numbered(q, most, usual, usual > 0)
}

// numbered is number, where q says all that may be typed. Enter takes the usual number.
func (t *talk) numbered(q question, most, usual int, enter bool) (int, error) {
	for {
		said, err := t.ask(q)
		if err != nil {
			return 0, err
		}
		n, err := strconv.Atoi(strings.TrimSuffix(said, "."))
		switch {
		case said == "" && enter:
			return usual, nil
		case said == "":
			t.tell("Nothing was typed. Type %s.", oneOf(most))
		case err == nil && n >= 1 && n <= most:
			return n, nil
		case err != nil && q.Word != nil && q.Word(said):
			return 0, nil
		default:
			t.tell("%q is none of these.", said)
		}
		q.Says = nil // they were just read out
	}
}

// oneOf says which numbers may be typed.
func oneOf(most int) string {
	if most == 1 {
		return "1"
	}
	return "a number from 1 to " + strconv.Itoa(most)
}

// sure asks a question whose answer is yes or no.
func (t *talk) sure(says string) (bool, error) {
	return t.yesOrNo(question{
		More: "yes does it, no leaves everything as it is.", Sure: true, Says: func() { t.tell("%s", says) },
	})
}

// sureTo makes a change where the answer is yes.
func (t *talk) sureTo(ask string, c profile.Change, says string) error {
	yes, err := t.sure(ask)
	if yes {
		t.do(c, says)
	}
	return err
}

// yesOrNo asks until the answer is one of the two.
func (t *talk) yesOrNo(q question) (bool, error) {
	q.Ask = "Type yes or no, or back, quit, or ?"
	for {
		said, err := t.ask(q)
		switch word := strings.ToLower(said); {
		case err != nil:
			return false, err
		case word == "y" || word == "yes":
			return true, nil
		case word == "n" || word == "no":
			return false, nil
		}
		q.Says = func() { t.tell("Please say yes or no.") }
	}
}

// inOrder asks so many questions one after the other. back goes to the one before, and from the first out of them.
func inOrder(n int, ask func(i int) error) error {
	for i := 0; i < n; {
		err := ask(i)
		switch {
		case errors.Is(err, errBack) && i > 0:
			i--
		case err != nil:
			return err
		default:
			i++
		}
	}
	return nil
}

// A line is one that was typed, and when it came.
type line struct {
	text string
	at   time.Time
	err  error // of the end of input, after which nothing comes
}

// A listener reads lines beside the talk, so that it is known when each came.
type listener struct{ lines chan line }

const (
	// longest is how much of a line is read: more than any field of the record holds.
	longest = 64 << 10
	// ahead is how many lines are read before they are asked for. A paste of more waits in the terminal.
	ahead = 4096
	// soon is so short that nobody has heard a question by then: what comes within it was sent before, such as the rest
	// of a paste or a key that is held down.
	soon = 100 * time.Millisecond
	// together is how close the lines of one paste come.
	together = 50 * time.Millisecond
)

func listen(in io.Reader, now func() time.Time) *listener {
	l := &listener{make(chan line, ahead)}
	go func() {
		r := bufio.NewReader(in)
		for {
			text, err := readLine(r)
			if text != "" || err == nil {
				l.lines <- line{text: text, at: now()}
			}
			if err != nil {
				l.lines <- line{err: err, at: now()}
				close(l.lines)
				return
			}
		}
	}()
	return l
}

// readLine is one line without its end. What is longer than longest is cut there.
func readLine(r *bufio.Reader) (string, error) {
	var b strings.Builder
	for {
		part, more, err := r.ReadLine()
		if room := longest - b.Len(); len(part) > room {
			part = part[:room]
		}
		b.Write(part)
		if err != nil || !more {
			return b.String(), err
		}
	}
}

// stale takes out what is there before a question is asked, and says how many lines that were and whether it was the
// end.
func (l *listener) stale() (n int, ended bool) {
	for {
		select {
		case x, ok := <-l.lines:
			if !ok || x.err != nil {
				return n, true
			}
			n++
		default:
			return n, false
		}
	}
}

// rest are further lines that came in one paste with the one that was just taken.
func (l *listener) rest() (more []string) {
	for {
		select {
		case x, ok := <-l.lines:
			if !ok || x.err != nil {
				return more
			}
			more = append(more, x.text)
		case <-time.After(together):
			return more
		}
	}
}
