package lines

import (
	"bufio"
	"io"
	"strings"
	"time"
)

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

// stale takes out what is there before a question is asked, and says how many lines that were. The end of input stays.
func (l *listener) stale() (n int, ended *line) {
	for {
		select {
		case x, ok := <-l.lines:
			if !ok || x.err != nil {
				return n, &line{err: io.EOF}
			}
			n++
		default:
			return n, nil
		}
	}
}

// rest are further lines that came in one paste with the one that was just taken.
func (l *listener) rest() (more []string, ended *line) {
	for {
		select {
		case x, ok := <-l.lines:
			if !ok || x.err != nil {
				return more, &line{err: io.EOF}
			}
			more = append(more, x.text)
		case <-time.After(together):
			return more, nil
		}
	}
}
