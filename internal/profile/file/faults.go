package file

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/BurntSushi/toml"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/tomledit"
)

// Problem is one thing in a profile file that is wrong or odd, with its place. All its text is safe to show.
type Problem struct {
	Pos  tomledit.Pos
	Cell string // in a workbook, such as D12, instead of Pos
	Key  string // such as round.self.K7
	Msg  string
	Hint string

	Later bool // it is in a form that a later ksbcoach wrote
}

// What is the message with the key that it is about, where it is about one.
func (p Problem) What() string {
	if p.Key == "" {
		return p.Msg
	}
	return p.Key + ": " + p.Msg
}

// Faults are the problems that keep a profile from being read whole; such a file is never written.
type Faults []Problem

func (f Faults) Error() string { return f[0].Place() + ": " + f[0].What() }

// Place is where it is, in words.
func (p Problem) Place() string {
	if p.Cell != "" {
		return "cell " + p.Cell
	}
	return fmt.Sprintf("line %d, column %d", p.Pos.Line, p.Pos.Col)
}

// Hint is what to try about the first of them.
func (f Faults) Hint() string { return f[0].Hint }

// IsLater says whether an error means that a later ksbcoach wrote the file.
func IsLater(err error) bool {
	var f Faults
	return errors.As(err, &f) && slices.ContainsFunc(f, func(p Problem) bool { return p.Later })
}

func byPlace(a, b Problem) int {
	return cmp.Or(cmp.Compare(a.Pos.Line, b.Pos.Line), cmp.Compare(a.Pos.Col, b.Pos.Col))
}

const editorHint = "open the file in an editor and correct this line"

func fromEdit(err error, src string) Problem {
	var e *tomledit.Error
	if !errors.As(err, &e) {
		return Problem{Pos: tomledit.Pos{Line: 1, Col: 1}, Msg: safetext.Brief(err.Error(), 160), Hint: editorHint}
	}
	p := Problem{Pos: e.Pos, Key: e.Key, Msg: e.Msg, Hint: cmp.Or(e.Hint, editorHint)}
	if e.Hint == "" && strings.HasPrefix(e.Msg, "expected a comma or }") {
		p.Hint = `put a comma between its parts; within a text write single quotes: note = "said 'fine' to her"`
	}
	if err := noDayAt(src, e.Pos); err != nil {
		p.Msg, p.Hint = err.Error(), "look the day up, and write it as YYYY-MM-DD, for example 2026-11-22"
	}
	return p
}

// noDayAt says what is wrong at a place that looks like a date but is not one, such as 2025-02-31.
func noDayAt(src string, at tomledit.Pos) error {
	lines := strings.Split(src, "\n")
	if at.Line < 1 || at.Line > len(lines) {
		return nil
	}
	line := []rune(lines[at.Line-1])
	if at.Col < 1 || len(line) < at.Col-1+len(time.DateOnly) {
		return nil
	}
	_, err := calendar.Parse(string(line[at.Col-1:][:len(time.DateOnly)]))
	if errors.Is(err, calendar.ErrForm) {
		return nil
	}
	return err
}

func fromParser(err error) Problem {
	var e toml.ParseError
	if !errors.As(err, &e) {
		return Problem{Pos: tomledit.Pos{Line: 1, Col: 1}, Msg: safetext.Brief(err.Error(), 160), Hint: editorHint}
	}
	p := Problem{
		Pos: tomledit.Pos{Line: e.Position.Line, Col: max(e.Position.Col, 1)},
		Key: safetext.Brief(e.LastKey, 60), Msg: safetext.Brief(e.Message, 160), Hint: editorHint,
	}
	if strings.Contains(e.Message, "out of range") {
		p.Msg = "the number is too large"
	}
	return p
}
