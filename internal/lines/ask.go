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

// Where to go when something else than an answer was typed.
var (
	errBack   = errors.New("back")   // to the previous question
	errMenu   = errors.New("menu")   // to the first question
	errQuit   = errors.New("quit")   // out of the program
	errUndone = errors.New("undone") // to the same question, as things are without the change that was taken back
)

// A question is answered with one line.
type question struct {
	Prompt    string                 // what can be typed, such as "Type a number from 1 to 9"
	Help      string                 // the answer to ?
	FreeText  bool                   // the answer may be any words, so back, find and so on only count when typed alone
	Multiline bool                   // the answer may be several lines that were pasted
	ReadOut   func()                 // reads out the question; nil for nothing but the prompt
	Heard     bool                   // it was read out before and has not changed, so it is only repeated for "again"
	InForm    bool                   // undo goes back to the previous answer, since nothing has been changed yet
	Accept    func(said string) bool // takes an answer that is not a number, and says whether it did; may be nil
	YesNo     bool                   // it asks whether to go ahead, so undo is a no
}

// everywhere says what can be typed at any question.
const everywhere = "back goes to the previous question, again repeats this one, undo takes back the last " +
	"change, find and a few words looks for a statement, menu goes to the first question, quit saves and leaves."

// ask asks until there is an answer. Its error is where to go instead, such as errBack. Before that it asks what the
// last change left open: which version counts if the file was changed elsewhere, then what the patient guard found.
func (t *talk) ask(q question) (string, error) {
	for _, decide := range []func() error{t.settleConflict, t.askGuard} {
		if err := decide(); err != nil {
			return "", err
		}
	}
	readOut := q.ReadOut != nil && !q.Heard
	for {
		if readOut {
			q.ReadOut()
		}
		said, err := t.readAnswer(q)
		if err != nil {
			return "", err
		}
		again, err := t.handleWord(q, said)
		if err != nil || !again {
			return said, err
		}
		// After help the question is still fresh; anything else led away from it.
		readOut = q.ReadOut != nil && said != "?" && !strings.EqualFold(said, "help") &&
			(!q.Heard || strings.EqualFold(said, "again"))
	}
}

// handleWord carries out a word that is not an answer, such as back or find. It says whether to ask the question again.
func (t *talk) handleWord(q question, said string) (again bool, err error) {
	if query, slash := strings.CutPrefix(said, "/"); slash && !q.FreeText {
		return true, t.find(query)
	}
	word, rest, _ := strings.Cut(said, " ")
	word = strings.ToLower(word)
	if t.s == nil && rest == "" && (word == "find" || word == "menu") {
		t.tell("There is nothing else yet: these few questions come first.")
		return true, nil
	}
	switch {
	case word == "find" && (rest == "" || !q.FreeText):
		return true, t.find(rest)
	case rest != "":
		return false, nil
	}
	switch word {
	case "?", "help":
		t.tell("%s", strings.TrimSpace(q.Help+" Everywhere: "+everywhere))
		if q.FreeText {
			t.tell("To write one of these words alone as your answer, put a full stop after it.")
		}
		return true, nil
	case "again":
		return q.ReadOut != nil, nil
	case "back":
		return false, errBack
	case "menu":
		return false, errMenu
	case "quit", "exit":
		return false, errQuit
	case "undo":
		if q.YesNo {
			t.tell("Nothing taken back.")
		}
		if q.InForm || q.YesNo {
			return false, errBack
		}
		return true, t.undo()
	}
	return false, nil
}

// readAnswer shows the prompt and waits for a line. On a terminal it ignores lines that were typed before the prompt
// was there, so that a paste or a key that is held down answers no question that nobody has heard.
func (t *talk) readAnswer(q question) (string, error) {
	ignored := 0
	for {
		if t.o.Terminal {
			n, ended := t.in.discard()
			if ended {
				return "", errQuit
			}
			ignored += n
		}
		if ignored > 0 {
			t.tell("%s in before this question and %s ignored.", words.Count(ignored, "line came", "lines came"),
				words.Form(ignored, "was", "were"))
		}
		_, _ = t.out.WriteString(strings.Join(export.Wrap(q.Prompt+":", t.page.Width), "\n") + " ")
		_ = t.out.Flush() // the final Flush of Run reports the error
		asked := t.o.Now()
		got, err := t.nextLine()
		switch {
		case err != nil:
			t.page.Blank()
			return "", err
		case t.o.Terminal && got.at.Sub(asked) < tooSoon:
			ignored = 1 + len(t.in.restOfPaste())
			t.page.Blank()
			continue
		}
		said := strings.TrimSpace(got.text)
		if t.o.Terminal && q.FreeText {
			separator := " "
			if q.Multiline {
				separator = "\n"
			}
			said = strings.TrimSpace(strings.Join(append([]string{said}, t.in.restOfPaste()...), separator))
		}
		if !t.o.Terminal { // a terminal has shown it already
			t.page.Line("%s", said)
		}
		return said, nil
	}
}

// nextLine waits for a line, or for what ends the run.
func (t *talk) nextLine() (line, error) {
	select {
	case sig := <-t.signals:
		if sig == os.Interrupt {
			return line{}, ErrInterrupted
		}
		return line{}, errQuit
	case got, ok := <-t.in.lines:
		if !ok || errors.Is(got.err, io.EOF) {
			return got, errQuit
		}
		return got, got.err
	}
}

// until calls ask again and again until the answer is back. ask must look at the record each time, since it may have
// changed.
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

// once calls ask until there is an answer, or back.
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
	Text   string       // short, so that listeners still remember it after the last option
	Detail string       // what it means, or ""
	Do     func() error // nil for nothing to do
}

// offerIf is the option, or an empty one that choose leaves out.
func offerIf(offered bool, o option) option {
	if !offered {
		return option{}
	}
	return o
}

// asking is an option that leads to a question or a form, and from there back to the menu.
func (t *talk) asking(text string, ask func() error) option {
	return option{Text: text, Do: func() error { return t.once(ask) }}
}

// hearing is an option that reads out a document.
func (t *talk) hearing(text string, makeDoc func() doc.Doc) option {
	return option{Text: text, Do: func() error { t.document(makeDoc()); return nil }}
}

// doing is an option that makes a change.
func (t *talk) doing(text string, c profile.Change, done string) option {
	return option{Text: text, Do: func() error { t.do(c, done); return nil }}
}

// wayOptions turns the ways of the domain into options.
func wayOptions[T any](list []plan.Way[T], do func(T) error) []option {
	return lists.Each(list, func(w plan.Way[T]) option {
		return option{Text: w.Text, Detail: w.Says, Do: func() error { return do(w.Is) }}
	})
}

// choose reads out numbered options and carries out the chosen one. Enter chooses the usual one, which counts from 1; 0
// for none.
func (t *talk) choose(title string, options []option, usual int) error {
	options = slices.DeleteFunc(options, func(x option) bool { return x.Text == "" }) // see offerIf
	i, err := t.askNumber(question{ReadOut: t.readOut(title, options)}, len(options), usual)
	if err != nil || options[i-1].Do == nil {
		return err
	}
	return options[i-1].Do()
}

// readOut gives a function that reads out a title and numbered options.
func (t *talk) readOut(title string, options []option) func() {
	return func() {
		t.tell("%s", title)
		for i, x := range options {
			t.item("%d. %s", i+1, strings.TrimSpace(sentence(x.Text)+" "+sentence(x.Detail)))
		}
	}
}

// returning changes the options of a menu so that back, in whatever they lead to, comes back to this menu and not to
// the one before.
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

// askNumber asks for a number from 1 to most. It is 0 where q.Accept took the answer.
func (t *talk) askNumber(q question, most, usual int) (int, error) {
	q.Prompt = "Type " + numbersUpTo(most) + q.Prompt
	if usual > 0 {
		q.Prompt += fmt.Sprintf(", Enter for %d", usual)
	}
	q.Prompt += ", or back, undo, find, quit, or ?"
	return t.readNumber(q, most, usual, usual > 0)
}

// readNumber is askNumber with the prompt of q as it is. Enter gives the usual number if enterWorks.
func (t *talk) readNumber(q question, most, usual int, enterWorks bool) (int, error) {
	for {
		said, err := t.ask(q)
		if err != nil {
			return 0, err
		}
		n, err := strconv.Atoi(strings.TrimSuffix(said, "."))
		switch {
		case said == "" && enterWorks:
			return usual, nil
		case said == "":
			t.tell("Nothing was typed. Type %s.", numbersUpTo(most))
		case err == nil && n >= 1 && n <= most:
			return n, nil
		case err != nil && q.Accept != nil && q.Accept(said):
			return 0, nil
		default:
			t.tell("%q is none of these.", said)
		}
		q.ReadOut = nil // it was just read out
	}
}

// numbersUpTo says which numbers can be typed.
func numbersUpTo(most int) string {
	if most == 1 {
		return "1"
	}
	return "a number from 1 to " + strconv.Itoa(most)
}

// confirm asks whether to go ahead.
func (t *talk) confirm(ask string) (bool, error) {
	return t.yesOrNo(question{
		Help: "yes does it, no leaves everything as it is.", YesNo: true, ReadOut: func() { t.tell("%s", ask) },
	})
}

// confirmChange makes a change if the answer is yes.
func (t *talk) confirmChange(ask string, c profile.Change, done string) error {
	yes, err := t.confirm(ask)
	if yes {
		t.do(c, done)
	}
	return err
}

// yesOrNo asks until the answer is yes or no.
func (t *talk) yesOrNo(q question) (bool, error) {
	q.Prompt = "Type yes or no, or back, quit, or ?"
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
		q.ReadOut = func() { t.tell("Please say yes or no.") }
	}
}

// inOrder asks n questions one after the other. back goes to the previous one, and from the first one out.
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

// A line is what was typed, and when it arrived.
type line struct {
	text string
	at   time.Time
	err  error // why the input ended; no line follows
}

// A listener reads lines in the background, so that it is known when each one arrived.
type listener struct{ lines chan line }

const (
	// longestLine is how many bytes of a line are kept: more than any field of the record may have.
	longestLine = 64 << 10
	// mostPending is how many lines are read before somebody asks for them. The rest of a longer paste waits in the
	// terminal.
	mostPending = 4096
	// tooSoon is too short for anybody to have heard the question. A line that arrives within it was sent before, as
	// part of a paste or by a key that is held down.
	tooSoon = 100 * time.Millisecond
	// pasteGap is the longest time between two lines of one paste.
	pasteGap = 50 * time.Millisecond
)

func listen(in io.Reader, now func() time.Time) *listener {
	l := &listener{make(chan line, mostPending)}
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

// readLine reads a line, without its end and cut to longestLine.
func readLine(r *bufio.Reader) (string, error) {
	var b strings.Builder
	for {
		part, more, err := r.ReadLine()
		if room := longestLine - b.Len(); len(part) > room {
			part = part[:room]
		}
		b.Write(part)
		if err != nil || !more {
			return b.String(), err
		}
	}
}

// discard drops the lines that have arrived so far. It gives their number, and whether the input has ended.
func (l *listener) discard() (n int, ended bool) {
	for {
		select {
		case got, ok := <-l.lines:
			if !ok || got.err != nil {
				return n, true
			}
			n++
		default:
			return n, false
		}
	}
}

// restOfPaste takes the further lines of the paste that the last line began.
func (l *listener) restOfPaste() (more []string) {
	for {
		select {
		case got, ok := <-l.lines:
			if !ok || got.err != nil {
				return more
			}
			more = append(more, got.text)
		case <-time.After(pasteGap):
			return more
		}
	}
}
